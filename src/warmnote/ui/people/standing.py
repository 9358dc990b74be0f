"""What else stands about a person: that they are archived, whom they were put together from, when last seen.

Each line says one thing and, where it can be changed, holds the way to do so. Nothing to say, nothing to see.
"""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from warmnote.model import Identity, Network
from warmnote.notebook import MergeRecord, Opened
from warmnote.ui.people.many import STAGE_WORDS
from warmnote.ui.people.paste import PasteBox, Pasted
from warmnote.ui.theme import Theme
from warmnote.ui.when import ago, day_of, long_day
from warmnote.ui.widgets import FlowLayout, PlainLabel, button, clear

__all__ = ["Standing", "known_by_number"]


def known_by_number(opened: Opened) -> Identity | None:
    """The account of a person of whom nothing but its number is known; None if there is more."""
    person = opened.person
    if person.bio or len(person.identities) != 1:
        return None
    (account,) = person.identities
    # Nobody has a name yet but the one made from the number.
    unnamed = not person.name or person.name.endswith(account.key[-4:])
    return account if unnamed and account.key.isdecimal() and not account.handle and account.url else None


class Standing(QWidget):
    """Lines below what is known of a person. Its signals ask to do what a line offers."""

    unarchive_wanted = Signal()
    computed_wanted = Signal()
    part_wanted = Signal(int)
    profile_wanted = Signal(str)
    pasted = Signal(int, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("standing")
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self._unfolded = False
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.px(4))

    def show_standing(self, opened: Opened, now: datetime) -> None:
        """Say what there is to say; the same as before stays as it is, with what is half pasted."""
        person = opened.person
        told = (
            *(person.id, person.archived_at, person.stage_by_hand, person.stage, person.identities, bool(person.bio)),
            *(opened.merges, opened.past_handles, tuple(opened.last_seen.items()), now.date()),
        )
        if told == self._shown:
            return
        if self._shown and self._shown[0] != person.id:
            self._unfolded = False
        self._shown = told
        self._opened, self._now = opened, now
        self._build()

    def _build(self) -> None:
        focus = self.window().focusWidget()
        held = focus is not None and self.isAncestorOf(focus)
        clear(self._lines)
        opened, now = self._opened, self._now
        person = opened.person
        if person.archived_at is not None:
            back = button("Bring back", "link", self.unarchive_wanted.emit, "bring-back")
            self._add(_Words(f"Archived {ago(person.archived_at, now)}. Out of every list.", "warm"), back)
        if (account := known_by_number(opened)) is not None:
            self._tell_of_number(account)
        if person.stage_by_hand:
            computed = button("As the log says", "link", self.computed_wanted.emit, "stage-computed")
            self._add(_Words(f"Stage set by you: {STAGE_WORDS[person.stage].lower()}", "secondary"), computed)
        if opened.merges:
            self._tell_of_merges(opened.merges, len(person.identities))
        for identity in person.identities:
            if (seen := opened.last_seen.get(identity.id)) is not None:
                where = f" on {identity.network.label}" if identity.network is not Network.OTHER else ""
                line = _Words(f"Not seen{where} since {long_day(day_of(seen), day_of(now))}", "secondary")
                line.setToolTip("The latest lists did not hold this account. That need not mean that they left.")
                self._add(line)
        if opened.past_handles:
            self._add(_Words(f"Earlier {', '.join(_handle(name) for name in opened.past_handles)}", "secondary"))
        self.setVisible(self._lines.count() > 0)
        if held and (first := self.findChild(QPushButton)) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_of_number(self, account: Identity) -> None:
        self._add(
            _Words("Only a number is known of them", "secondary"),
            button("Open profile", "link", lambda: self.profile_wanted.emit(account.url), "number-profile"),
            button("Paste what stands there…", "link", lambda: self._paste(account), "number-paste"),
        )
        self._box = QVBoxLayout()
        self._lines.addLayout(self._box)

    def _paste(self, account: Identity) -> None:
        def save(read: Pasted) -> None:
            clear(self._box)
            self.pasted.emit(account.id, read)

        clear(self._box)
        box = PasteBox(self._theme, save, self._leave_box)
        self._box.addWidget(box)
        box.show()
        box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_box(self) -> None:
        back = self.findChild(QPushButton, "number-paste")
        if back is not None:
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(self._box)

    def _tell_of_merges(self, merges: tuple[MergeRecord, ...], accounts: int) -> None:
        whole = (
            f"Put together from {accounts} accounts" if accounts > 1 else f"Put together from {len(merges) + 1} people"
        )
        fold = button("Hide" if self._unfolded else "Show", "link", self._on_fold, "merges-fold")
        fold.setAccessibleName(f"{whole}: {'hide' if self._unfolded else 'show'} how")
        self._add(_Words(whole, "secondary"), fold)
        if not self._unfolded:
            return
        today = day_of(self._now)
        for merge in merges:
            apart = button("Take apart", "link", lambda merge=merge: self.part_wanted.emit(merge.id), "take-apart")
            apart.setAccessibleName(f"Take {merge.name} apart again")
            told = f"{merge.name} was joined on {long_day(day_of(merge.at), today)}"
            line = self._add(_Words(f"{told}: {merge.reason}" if merge.reason else told, "secondary"), apart)
            line.setContentsMargins(self._theme.px(12), 0, 0, 0)

    def _on_fold(self) -> None:
        self._unfolded = not self._unfolded
        self._build()
        if (fold := self.findChild(QPushButton, "merges-fold")) is not None:
            fold.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, *parts: QWidget) -> QWidget:
        line = QWidget()
        flow = FlowLayout(line, spacing=self._theme.px(8))
        height = max(part.sizeHint().height() for part in parts)
        for part in parts:
            part.setMinimumHeight(height)  # so that their words stand on one line
            flow.addWidget(part)
        self._lines.addWidget(line)
        line.show()
        return line


class _Words(PlainLabel):
    """A line as wide as its words, which wraps when it is given less."""

    def __init__(self, text: str, role: str) -> None:
        super().__init__(text, role, wrap=True)

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), self.fontMetrics().averageCharWidth() * 20), self.sizeHint().height())


def _handle(name: str) -> str:
    return name if name.startswith("@") or "@" in name or "/" in name else f"@{name}"
