"""The letter on its card: whom it goes to and where, the text, how long it is, and what can be done with it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence, QShortcut

from warmnote.channels import Channel, Channels
from warmnote.coldness import Finding, Meter, Reading, Strength
from warmnote.model import Draft, Expected
from warmnote.notebook import Changes, Opened
from warmnote.prompts import Prompt
from warmnote.ui.journal import Journal
from warmnote.ui.letter.about import about
from warmnote.ui.letter.ask import Asking, place_for
from warmnote.ui.letter.editor import LetterEditor
from warmnote.ui.letter.footer import LetterFooter
from warmnote.ui.letter.header import LetterHeader
from warmnote.ui.letter.live import LiveMeter
from warmnote.ui.letter.origin import Fillings, Origin
from warmnote.ui.letter.others import SentToOthers
from warmnote.ui.letter.plain import letter_text
from warmnote.ui.letter.profile import offered, profile
from warmnote.ui.letter.saving import DraftSaver
from warmnote.ui.letter.sheets import Sheet, Sheets
from warmnote.ui.letter.standing import Standing
from warmnote.ui.letter.words import copied_words, invitation, last_word, remark, saved_words
from warmnote.ui.meter.waivers import Waiving, allowable
from warmnote.ui.names import first_name
from warmnote.ui.tasks import Tasks
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import Card, PlainLabel, rule

__all__ = ["LetterPanel"]

_TICK_MS = 20_000


class LetterPanel(Card):
    """Everything about the one letter that is being written.

    `read(Reading | None, str)` carries each new reading with its text, `about_changed(About)` what it was read against,
    `cleared()` that nobody is open. `copied(str)` and `logged(str)` tell what was done with a text. `asking` is where
    the prompts for a finding's "Ask about" come in.
    """

    read = Signal(object, str)
    about_changed = Signal(object)
    cleared = Signal()
    copied = Signal(str)
    logged = Signal(str)

    def __init__(
        self,
        theme: Theme,
        journal: Journal,
        tasks: Tasks,
        meter: Meter,
        channels: Channels,
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
        fillings: Fillings = lambda _: (),
    ) -> None:
        super().__init__((0, 0, 0, 0), 0)
        self.setObjectName("letter-panel")
        self._journal, self._channels, self._open_url = journal, channels, open_url
        self._opened: Opened | None = None
        self._sheet: Sheet | None = None
        self._sheets = Sheets()
        self._channel: Channel | None = None
        self._waiving = Waiving(journal)
        self._build(theme)
        self._standing = Standing(self, self.editor, self._footer, channels)
        self._origin = Origin(self.editor, self._footer, fillings)
        self.asking = Asking(self)
        self.asking.subject_changed.connect(self.editor.ask_about)
        self._saver = DraftSaver(self, journal, self._snapshot)
        self._saver.state_changed.connect(self._show_saved)
        self._live = LiveMeter(self, meter, tasks, self.editor.toPlainText)
        self._live.read.connect(self._on_read)
        self._live.graded.connect(self._footer.show_grade)
        self._others = SentToOthers(self, journal, self._snapshot)
        self._others.found.connect(self._tell_about)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._show_saved)
        journal.changed.connect(self._on_changed)
        self._connect()
        self.close_person()

    @property
    def person_id(self) -> int | None:
        """Who is open."""
        return self._opened.person.id if self._opened else None

    def open_person(self, opened: Opened) -> None:
        """Put the letter to this person on the desk; for the one who is there already, only what is known is renewed."""
        if self._opened is not None and self._opened.person.id == opened.person.id:
            self._renew(opened)
            return
        self._leave()
        self._opened = opened
        person, draft = opened.person, self._saver.latest(opened.person.id, opened.draft)
        self._address(draft.channel)
        sheet = self._sheet = self._sheets.take(person.id) or self._unfold(opened, draft)
        self.editor.show_document(sheet.document, sheet.anchor, sheet.cursor)
        self.editor.verticalScrollBar().setValue(sheet.scroll)
        self._waiving.look_up()
        stored = self._as_stored(opened.draft)
        if self._saver.settled(person.id) and stored.text != self.editor.toPlainText():
            self._take_over(stored)
        self._saver.begin(person.id, stored)
        self._standing.copied = ""
        self.asking.offer(())
        self.setEnabled(True)
        self._tick.start()
        self._footer.show_grade(None)
        self._show_remark()
        self._standing.show(self._opened, self._channel)
        self._tell_about()
        self._live.now()
        self._others.now()

    def close_person(self) -> None:
        """Clear the desk. What was on it is saved and waits for its person."""
        self._leave()
        self._opened = self._sheet = None
        self._live.stop()
        self._tick.stop()
        self.editor.show_document(self.editor.new_document(""))
        self.editor.setPlaceholderText("Choose someone to write to.")
        self.editor.setAccessibleName("Letter")
        self._header.show_nobody()
        self._channel = None
        self._show_remark()
        self._standing.show(None, None)
        self._show_saved()
        self.setEnabled(False)
        self.cleared.emit()

    def flush(self) -> None:
        """Save now what is not saved yet."""
        self._saver.flush()

    def insert_starter(self, prompt: Prompt) -> None:
        """Put a prompt's starter into the letter, and remember that it was used."""
        self._use(prompt, self.editor.insert_starter)

    def _use(self, prompt: Prompt, put: Callable[[str], object]) -> None:
        if self._opened is None or self._sheet is None:
            return
        person = self._opened.person.id
        self._sheet.starters = (*self._sheet.starters, prompt.starter)
        put(prompt.starter)
        self._journal.write(lambda notebook: notebook.record_prompt(person, prompt.id))
        self._tell_about()
        self._live.now()

    def ask(self, finding: Finding) -> None:
        """Put a question about them in the place of a finding's sentence, or last in the letter, as one step to undo."""
        present, prompt = self._present(finding), self.asking.prompt
        if present is not None and prompt is not None:
            place = place_for(present, self.editor.toPlainText())
            self._use(prompt, lambda starter: self.editor.put_starter(starter, *place))

    def apply_fix(self, finding: Finding) -> None:
        """Do a finding's one-click fix, as one step to undo. A finding that the text has outgrown does nothing."""
        present = self._present(finding)
        if present is None or present.fix is None:
            return
        self.editor.replace(present.fix.start, present.fix.end, present.fix.text)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._live.now()

    def excuse(self, finding: Finding) -> None:
        """These words are fine in letters to this person."""
        if self._opened is None:
            return
        self._waiving.excuse(self._opened.person.id, finding.rule, self._live.words(finding).casefold())

    def allow(self, finding: Finding) -> None:
        """The phrase that these words belong to is never marked again."""
        present = self._present(finding)
        if present is not None and (phrase := allowable(present, self.editor.toPlainText())):
            self._waiving.allow(phrase)

    def turn_off(self, rule_id: str) -> None:
        """Never use this rule again."""
        self._waiving.turn_off(rule_id)

    def turn_on(self, rule_id: str) -> None:
        """Use a rule again."""
        self._waiving.turn_on(rule_id)

    def set_asked(self, asked: bool | None) -> None:
        """What the user says about the person's last message asking for their work; None leaves it to the meter."""
        if self._sheet is not None and self._opened is not None:
            self._sheet.asked, self._sheet.asked_of = asked, last_word(self._opened)
            self._tell_about()

    def show_words(self, item: Finding | Strength) -> None:
        """Select the words that a row of the meter is about; one about the whole letter selects none."""
        if item.end > item.start and not self._live.pending:
            self.editor.select(item.start, item.end)
        else:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy(self) -> None:
        """Put the letter on the clipboard and open the person's page. With an open blank, go to the blank instead."""
        if self._opened is None or self._channel is None:
            return
        text = self.editor.toPlainText()
        if self.editor.open_blanks or not text.strip():
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.editor.go_to_blank()
            return
        QGuiApplication.clipboard().setText(text.strip())
        self.flush()
        url = profile(self._opened.person, self._channel, self._channels)
        shown, address = url is not None and self._open_url(url), url.toDisplayString() if url is not None else ""
        self._standing.copied = copied_words(self._opened, address, shown=shown)
        self._standing.show(self._opened, self._channel)
        self.copied.emit(text.strip())

    def log_sent(self) -> None:
        """Write the letter into the log as sent and clear the desk for the next one. Can be undone."""
        text = self.editor.toPlainText().strip()
        if self._opened is None or self._channel is None or not text or self.editor.go_to_blank():
            return
        person, channel, name = self._opened.person.id, self._channel.id, first_name(self._opened.person.name)
        whole = self.editor.toPlainText()
        self.flush()  # so that Undo brings back these very words
        self.editor.replace(0, len(whole), "")
        self._sheets.put_away(person)

        def bring_back() -> None:
            if self.person_id == person and not self.editor.toPlainText():
                self.editor.replace(0, 0, whole)

        self._saver.write(
            person,
            Draft("", 0, channel),
            lambda notebook: notebook.log_sent(person, text, channel),
            notice=f"Logged as sent to {name}",
            failed=bring_back,
        )
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.logged.emit(text)

    def _build(self, theme: Theme) -> None:
        self._header = LetterHeader(theme)
        self._remark = PlainLabel("", "remark", wrap=True)
        self._remark.setObjectName("letter-remark")
        self.editor = LetterEditor(theme)
        self.editor.setMinimumHeight(theme.px(200))
        self._footer = LetterFooter(theme)
        for part in (self._header, rule(), self._remark):
            self.layout_.addWidget(part)
        self.layout_.addWidget(self.editor, 1)
        self.layout_.addWidget(rule())
        self.layout_.addWidget(self._footer)

    def _connect(self) -> None:
        editor = self.editor
        editor.edited.connect(self._on_edited)
        editor.left.connect(self.flush)
        editor.fix_wanted.connect(self.apply_fix)
        editor.ask_wanted.connect(self.ask)
        editor.excuse_wanted.connect(self.excuse)
        editor.allow_wanted.connect(self.allow)
        editor.rule_off_wanted.connect(self.turn_off)
        self._header.channel_chosen.connect(self._on_channel_chosen)
        self._footer.copy_wanted.connect(self.copy)
        self._footer.log_wanted.connect(self.log_sent)
        for keys, act in {
            "Ctrl+Return": self.copy,
            "Ctrl+Enter": self.copy,
            "F8": lambda: self.editor.go_to_mark(),
            "Shift+F8": lambda: self.editor.go_to_mark(forward=False),
        }.items():
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _snapshot(self) -> tuple[int, Draft] | None:
        if self._opened is None or self._channel is None:
            return None
        text = self.editor.toPlainText()
        cursor = self.editor.cursor_place()[1] if text else 0
        return self._opened.person.id, Draft(text, cursor, self._channel.id)

    def _unfold(self, opened: Opened, draft: Draft) -> Sheet:
        sheet = Sheet(self.editor.new_document(draft.text), draft.cursor, draft.cursor)
        self._origin.recall(sheet, opened, draft.text)
        return self._sheets.put(opened.person.id, sheet)

    def _leave(self) -> None:
        if self._opened is None or self._sheet is None:
            return
        self.flush()
        self._sheet.anchor, self._sheet.cursor = self.editor.cursor_place()
        self._sheet.scroll = self.editor.verticalScrollBar().value()

    def _as_stored(self, draft: Draft) -> Draft:
        # Neither the channel that the desk offers nor the editor's plain spaces are something to save.
        channel = draft.channel or (self._channel.id if self._channel else "")
        return replace(draft, text=letter_text(draft.text), channel=channel)

    def _address(self, chosen: str) -> None:
        """Show whom the letter goes to, on the channel `chosen` or on the usual one of the network where they met."""
        if self._opened is None:
            return
        person, name = self._opened.person, first_name(self._opened.person.name)
        channels = offered(person, self._channels, chosen)
        self._channel = next((channel for channel in channels if channel.id == chosen), channels[0])
        self._header.show_person(name, channels, self._channel.id)
        self.editor.setAccessibleName(f"Letter to {name}")
        self.editor.setPlaceholderText(invitation(self._opened))

    def _renew(self, opened: Opened) -> None:
        before, self._opened = self._opened, opened
        if before is None or before.person != opened.person:
            self._address(self._channel.id if self._channel else "")
            self._standing.show(self._opened, self._channel)
        self._waiving.look_up()
        stored, person = self._as_stored(opened.draft), opened.person.id
        if self._saver.settled(person) and stored.text != self._saver.saved(person).text:
            self._saver.begin(person, stored)
            self._take_over(stored)
        self._show_remark()
        self._tell_about()

    def _take_over(self, draft: Draft) -> None:
        """Show a draft that was changed behind the desk's back (an undo); the words here stay a step to undo."""
        self.editor.replace(0, len(self.editor.toPlainText()), draft.text)
        self.editor.put_cursor(draft.cursor)

    def _on_changed(self, changes: Changes) -> None:
        if self._opened is None:
            return
        person = self._opened.person.id
        if person in changes.removed:
            self._opened = None
            self._sheets.drop(person)
            self.close_person()
            return
        if person in changes.changed:
            try:
                self._renew(self._journal.reader.open_person(person))
            except Expected:
                return
        elif self._waiving.look_up():
            self._tell_about()

    def _on_edited(self) -> None:
        self._standing.copied = ""
        self._live.touch()
        self._others.touch()
        self._saver.touch()
        self._standing.show(self._opened, self._channel)

    def _on_read(self, reading: Reading | None, text: str) -> None:
        self.editor.show_reading(reading, text)
        if self._sheet is not None:
            self._origin.show(self._sheet, text)
        self.read.emit(reading, text)

    def _on_channel_chosen(self, channel_id: str) -> None:
        self._channel = self._channels.get(channel_id)
        self._standing.show(self._opened, self._channel)
        self.flush()

    def _tell_about(self) -> None:
        if self._opened is None or self._sheet is None:
            return
        last = last_word(self._opened)
        view = about(
            self._opened,
            sent_to_others=self._others.sent,
            rules_off=self._waiving.off,
            asked=self._sheet.asked if last and self._sheet.asked_of == last else None,
            starters=self._sheet.starters,
            allowed=self._waiving.allowed,
        )
        self.about_changed.emit(view)
        self._live.about(view)
        self.asking.renew(self._opened.used, self._sheet.starters)

    def _present(self, finding: Finding) -> Finding | None:
        if self._live.pending:
            self._live.now()
        return self._live.present(finding)

    def _show_remark(self) -> None:
        self._remark.setText(remark(self._opened) if self._opened else "")
        self._remark.setVisible(bool(self._remark.text()))

    def _show_saved(self) -> None:
        saver, now = self._saver, self._journal.clock()
        shown = self._opened is not None and bool(self.editor.toPlainText())
        text = saved_words(saver.problem, saver.saving, saver.saved_at if shown else None, now)
        self._header.show_saved(text, problem=bool(saver.problem))
