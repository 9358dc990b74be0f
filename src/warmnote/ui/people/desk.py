"""The desk: one person with their card, the letter to them, what to ask about, and the meter that reads along."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from warmnote.channels import Channels
from warmnote.coldness import Meter
from warmnote.model import Expected, Fact, FollowUp, Message, MessageKind, Stage
from warmnote.notebook import Changes, Notebook, Opened
from warmnote.prompts import Prompter, silence
from warmnote.ui.asking.cards import PromptCards
from warmnote.ui.journal import Journal
from warmnote.ui.letter.panel import LetterPanel
from warmnote.ui.meter.panel import MeterPanel
from warmnote.ui.names import first_name
from warmnote.ui.people.card import PersonCard
from warmnote.ui.people.paste import Pasted
from warmnote.ui.tasks import Tasks
from warmnote.ui.theme import Theme
from warmnote.ui.when import day_of
from warmnote.ui.widgets import button

__all__ = ["Desk"]

_A_MONTH = timedelta(days=30)

_LOGGED = {
    MessageKind.RECEIVED: "Their message is logged",
    MessageKind.NOTE: "Note kept",
    MessageKind.MEETING: "Logged",
}


class Desk(QScrollArea):
    """Shows one person and does to the notebook what the user does on their card and in their letter.

    `meter` is a widget of its own, for the page to place beside the desk or, with `fold_meter`, below the letter.
    `emptied()` tells that the person is gone, `back_wanted()`, `edit_wanted(Person)`, `delete_wanted(int)` and
    `tag_wanted(str)`, to see everyone with a tag, ask the page; `noticed(str)` carries a sentence for the notice bar.
    """

    emptied = Signal()
    back_wanted = Signal()
    edit_wanted = Signal(object)
    delete_wanted = Signal(int)
    tag_wanted = Signal(str)
    noticed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        journal: Journal,
        tasks: Tasks,
        meter: Meter,
        prompter: Prompter,
        channels: Channels,
        seed: int,
    ) -> None:
        super().__init__()
        self.setObjectName("desk")
        self._theme, self._journal, self._prompter, self._seed = theme, journal, prompter, seed
        self._others = 0
        self._opened: Opened | None = None
        px = theme.px
        self.card = PersonCard(theme, journal.clock, journal.reader.bulk.tags)
        self.letter = LetterPanel(theme, journal, tasks, meter, channels, fillings=self._fillings)
        self.prompts = PromptCards(theme)
        self.meter = MeterPanel(theme, meter)
        self._back = button("Back to people", "quiet", self.back_wanted.emit, "back-to-people")
        self._back.setIcon(theme.icon("back", size=16))
        inside = QWidget()
        inside.setProperty("role", "paper")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(px(20), px(18), px(20), px(18))
        self._column.setSpacing(px(14))
        self._column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.card)
        self._column.addWidget(self.letter, 1)
        self._column.addWidget(self.prompts)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # With very large text in a small window the card is wider than the room: then it can be scrolled.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._connect_card()
        self._connect_filing()
        self._connect_meter()
        self.prompts.used.connect(self.letter.insert_starter)
        self.prompts.others_wanted.connect(self._on_others_wanted)
        journal.changed.connect(self._on_changed)

    @property
    def person_id(self) -> int | None:
        """Who is on the desk."""
        return self._opened.person.id if self._opened is not None else None

    @property
    def opened(self) -> Opened | None:
        """Who is on the desk, with everything known."""
        return self._opened

    def open_person(self, person: int) -> bool:
        """Put a person on the desk; what was written to the one before is saved. False if they are gone."""
        if self.person_id == person:
            return True
        self.letter.flush()
        try:
            opened = self._journal.reader.open_person(person)
        except Expected as gone:
            self.noticed.emit(gone.message)
            return False
        self._opened = opened
        self._others = 0
        self.card.show_person(opened)
        self.letter.open_person(opened)
        self._show_prompts()
        self.verticalScrollBar().setValue(0)
        return True

    def offer_from(self, prompter: Prompter) -> None:
        """Choose what to ask about from other packs, or in another spelling, from now on."""
        self._prompter = prompter
        self._show_prompts()

    def write(self) -> None:
        """Put the keyboard into the letter, and the letter into view."""
        # After the layout has settled: the page may just have been brought up.
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.letter, 0, 0))
        self.letter.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_profile(self, address: str) -> None:
        """Open a page in the browser, if it is an ordinary web address."""
        url = QUrl(address, QUrl.ParsingMode.StrictMode)
        if url.isValid() and url.scheme() in ("https", "http") and url.host() and not url.userInfo():
            QDesktopServices.openUrl(url)
        else:
            self.noticed.emit("That address is not an ordinary web page, so it was not opened.")

    def let_rest(self, person: int, name: str) -> None:
        """Leave a person in peace until they write."""
        self._write(lambda notebook: notebook.rest(person), f"{name} rests until they write to you")

    def show_back(self, shown: bool) -> None:
        """Offer the way back to the list, where the list is a page of its own."""
        self._back.setVisible(shown)

    def fold_meter(self) -> None:
        """Take the meter in below the letter."""
        self._column.insertWidget(self._column.indexOf(self.letter) + 1, self.meter)

    # What the user does

    def _connect_card(self) -> None:
        card, chips, timeline = self.card, self.card.chips, self.card.timeline
        card.edit_wanted.connect(lambda: self._with_person(lambda opened: self.edit_wanted.emit(opened.person)))
        card.delete_wanted.connect(lambda: self._with_person(lambda opened: self.delete_wanted.emit(opened.person.id)))
        card.rest_wanted.connect(
            lambda: self._with_person(lambda opened: self.let_rest(opened.person.id, first_name(opened.person.name)))
        )
        card.profile_wanted.connect(self.open_profile)
        chips.saved.connect(self._on_fact_saved)
        chips.removed.connect(self._on_fact_removed)
        timeline.logged.connect(self._on_logged)
        timeline.edited.connect(lambda message: self._write(lambda nb: nb.edit_message(message), "Changed"))
        timeline.removed.connect(
            lambda message: self._write(lambda nb: nb.remove_message(message.id), "Removed from the history")
        )
        timeline.planned.connect(self._on_planned)

    def _connect_filing(self) -> None:
        card, tags, standing = self.card, self.card.tags, self.card.standing
        tags.wanted.connect(self.tag_wanted)
        tags.given.connect(lambda tag: self._file(lambda notebook, person: notebook.bulk.tag([person], tag)))
        tags.removed.connect(lambda tag: self._file(lambda notebook, person: notebook.bulk.untag([person], tag)))
        card.stage_wanted.connect(self._on_stage)
        standing.computed_wanted.connect(lambda: self._on_stage(None))
        card.archive_wanted.connect(self._on_archive)
        standing.unarchive_wanted.connect(lambda: self._on_archive(away=False))
        standing.profile_wanted.connect(self.open_profile)
        standing.part_wanted.connect(lambda merge: self._file(lambda notebook, _: notebook.duplicates.part(merge)))
        standing.pasted.connect(self._on_pasted)

    def _on_stage(self, stage: Stage | None) -> None:
        self._file(lambda notebook, person: notebook.bulk.set_stage([person], stage))

    def _on_archive(self, away: bool) -> None:
        self._file(
            lambda notebook, person: notebook.bulk.archive([person]) if away else notebook.bulk.unarchive([person])
        )

    def _on_pasted(self, account: int, read: Pasted) -> None:
        self._file(
            lambda notebook, person: notebook.profiles.fill_in(
                person, account, name=read.name, handle=read.handle, bio=read.bio
            )
        )

    def _file(self, use_case: Callable[[Notebook, int], Changes]) -> None:
        if (person := self.person_id) is not None:
            self._journal.write(lambda notebook: use_case(notebook, person), notice=lambda changes: changes.label)

    def _connect_meter(self) -> None:
        letter, meter = self.letter, self.meter
        letter.read.connect(meter.show_reading)
        letter.about_changed.connect(meter.show_about)
        letter.cleared.connect(meter.show_nobody)
        meter.chosen.connect(letter.show_words)
        letter.asking.subject_changed.connect(meter.show_subject)
        meter.fix_wanted.connect(letter.apply_fix)
        meter.ask_wanted.connect(letter.ask)
        meter.excuse_wanted.connect(letter.excuse)
        meter.allow_wanted.connect(letter.allow)
        meter.rule_off_wanted.connect(letter.turn_off)
        meter.rule_on_wanted.connect(letter.turn_on)
        meter.asked_changed.connect(letter.set_asked)

    def _on_fact_saved(self, fact: Fact) -> None:
        self._with_person(
            lambda opened: self._write(
                lambda notebook: notebook.edit_fact(fact) if fact.id else notebook.add_fact(opened.person.id, fact),
                "Saved",
            )
        )

    def _on_fact_removed(self, fact: Fact) -> None:
        def remove(opened: Opened, notebook: Notebook) -> Changes:
            if fact.id:
                return notebook.remove_fact(fact.id)
            return notebook.hide_interest(opened.person.id, fact.kind, fact.text)

        self._with_person(lambda opened: self._write(partial(remove, opened), f"Removed: {fact.text}"))

    def _on_logged(self, message: Message) -> None:
        self._with_person(
            lambda opened: self._write(
                lambda notebook: notebook.log(opened.person.id, message), _LOGGED.get(message.kind, "Logged")
            )
        )

    def _on_planned(self, plan: FollowUp | None) -> None:
        said = "Planned" if plan is not None else "Done"
        self._with_person(lambda opened: self._write(lambda notebook: notebook.plan(opened.person.id, plan), said))

    def _on_others_wanted(self) -> None:
        self._others += 1
        self._show_prompts()

    def _with_person(self, do: Callable[[Opened], object]) -> None:
        if self._opened is not None:
            do(self._opened)

    def _write(self, use_case: Callable[[Notebook], Changes], notice: str) -> None:
        self._journal.write(use_case, notice=notice)

    # What happens elsewhere

    def _on_changed(self, changes: Changes) -> None:
        current, before = self.person_id, self._opened
        if current is None or before is None:
            return
        if current in changes.removed:
            self._opened = None
            self.emptied.emit()
        elif current in changes.changed | changes.added:
            self._opened = self._journal.reader.open_person(current)
            now = self._opened
            if (before.person, before.messages, before.merges) != (now.person, now.messages, now.merges):
                self.card.show_person(self._opened)
                self._show_prompts()

    def _show_prompts(self) -> None:
        if self._opened is None:
            return
        opened = self._opened
        now = self._journal.clock()
        used = (*opened.used, *self._journal.reader.used_prompts(now - _A_MONTH))
        shown, others = (
            self._prompter.suggest(opened.person, opened.messages, used, day_of(now), self._seed + page)
            for page in (self._others, self._others + 1)
        )
        self.prompts.show_prompts(shown, silence(opened.person, opened.messages))
        self.letter.asking.offer((*shown, *others))

    def _fillings(self, opened: Opened) -> tuple[str, ...]:
        today = day_of(self._journal.clock())
        return self._prompter.fillings([use.prompt for use in opened.used], opened.person, opened.messages, today)
