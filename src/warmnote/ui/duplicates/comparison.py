"""Two people side by side, line by line, each line marked: the same, different, or only on one side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from warmnote.model import Fact, Identity, Knowledge, Network
from warmnote.notebook import Comparison, Side
from warmnote.ui.pressable import Pressable
from warmnote.ui.theme import Theme
from warmnote.ui.when import ago
from warmnote.ui.widgets import Avatar, Card, PlainLabel, clear, rule

__all__ = ["Line", "Mark", "SideBySide", "lines_of"]

_FACTS = 6
_SIDE_BY_SIDE = 560


class Mark(Enum):
    """How two values stand to each other: the sign, the word and the look of the label that says so."""

    SAME = ("=", "same", "faint")
    DIFFERS = ("≠", "differs", "cold")
    ONE = ("+", "one side", "faint")
    BOTH = ("+", "both stay", "faint")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is known of either: what it is, and what is known of each."""

    what: str
    left: str
    right: str
    mark: Mark


def lines_of(comparison: Comparison, now: datetime) -> tuple[Line, ...]:
    """What is known of the two, without what is known of neither."""
    found: list[Line] = []
    one, other = comparison.left, comparison.right
    for what, left, right in (
        ("Name", one.person.name, other.person.name),
        ("Position", one.person.position, other.person.position),
        ("Company", one.person.company, other.person.company),
        ("Place", one.person.location, other.person.location),
        ("E-mail", one.person.email, other.person.email),
        ("Bio", one.person.bio, other.person.bio),
        ("Pronouns", one.person.pronouns, other.person.pronouns),
    ):
        if left or right:
            alike = " ".join(left.casefold().split()) == " ".join(right.casefold().split())
            mark = Mark.SAME if alike else Mark.DIFFERS if left and right else Mark.ONE
            found.append(Line(what, left, right, mark))
    for what, lefts, rights in (
        ("Accounts", _accounts(one, now), _accounts(other, now)),
        ("Facts", _facts(one.person.facts), _facts(other.person.facts)),
        ("Tags", one.person.tags, other.person.tags),
        ("Talked", _talk(one, now), _talk(other, now)),
        ("Notes", _notes(one), _notes(other)),
        ("Letter", _letter(one), _letter(other)),
    ):
        if lefts or rights:
            both = Mark.SAME if set(lefts) == set(rights) else Mark.BOTH if lefts and rights else Mark.ONE
            found.append(Line(what, "\n".join(lefts), "\n".join(rights), both))
    return tuple(found)


def _accounts(side: Side, now: datetime) -> tuple[str, ...]:
    return tuple(_account(identity, now) for identity in side.person.identities)


def _account(identity: Identity, now: datetime) -> str:
    where = "" if identity.network is Network.OTHER else f"{identity.network.label} "
    named = identity.handle or identity.url.removeprefix("https://").removeprefix("www.")
    at = f"@{named}" if identity.handle and not {"@", "/", " "} & set(named) and named == identity.handle else named
    said = f"{where}{at}".strip() or identity.network.label
    if identity.followed_on is None or identity.followed_known is Knowledge.FIRST_SEEN:
        return said
    verb = "connected" if identity.network is Network.LINKEDIN else "followed you"
    return f"{said}, {verb} {ago(identity.followed_on, now)}"


def _facts(facts: Sequence[Fact]) -> tuple[str, ...]:
    shown = [f"{fact.kind} {fact.text}" for fact in facts if not fact.hidden]
    more = len(shown) - _FACTS
    return (*shown[:_FACTS], *([f"and {more} more"] if more > 0 else []))


def _talk(side: Side, now: datetime) -> tuple[str, ...]:
    if not side.messages:
        return ()
    many = "1 message" if side.messages == 1 else f"{side.messages:,} messages"
    return (f"{many}, the last {ago(side.last_contact, now)}" if side.last_contact is not None else many,)


def _notes(side: Side) -> tuple[str, ...]:
    return ("1 note" if side.notes == 1 else f"{side.notes:,} notes",) if side.notes else ()


def _letter(side: Side) -> tuple[str, ...]:
    return ("A letter begun",) if side.draft else ()


class SideBySide(Card):
    """Both people as a table with a head for each; the head that is checked stays. `chosen(int)` is 0 for the left."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        px = theme.px
        super().__init__((px(16), px(14), px(16), px(14)), px(10))
        self.setObjectName("side-by-side")
        self._theme = theme
        self._lines: tuple[Line, ...] = ()
        self._narrow: bool | None = None
        self._group = QButtonGroup(self)
        self._heads = (_Head(theme, "keep-left"), _Head(theme, "keep-right"))
        self._over = heads = QHBoxLayout()
        heads.setSpacing(px(12))
        for side, head in enumerate(self._heads):
            self._group.addButton(head, side)
            head.clicked.connect(lambda _=False, side=side: self.chosen.emit(side))
            heads.addWidget(head, 1)
        self._table = QFrame()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(7))
        self.layout_.addLayout(heads)
        self.layout_.addWidget(self._table)

    def show_pair(self, comparison: Comparison, now: datetime) -> None:
        """Show two people."""
        self._lines = lines_of(comparison, now)
        for head, side in zip(self._heads, (comparison.left, comparison.right), strict=True):
            head.show_name(side.person.name)
        self._build()

    def show_kept(self, side: int) -> None:
        """Mark who stays."""
        for each, head in enumerate(self._heads):
            head.setChecked(each == side)
            head.show_part(stays=each == side)

    def focus_kept(self) -> None:
        """Put the keyboard on whoever stays."""
        next(head for head in self._heads if head.isChecked()).setFocus(Qt.FocusReason.OtherFocusReason)

    def summary(self) -> str:
        """The marks in a sentence, for a screen reader."""
        said = [
            f"{words}: {', '.join(line.what.lower() for line in self._lines if line.mark in marks)}"
            for words, marks in (("The same", {Mark.SAME}), ("Different", {Mark.DIFFERS}))
            if any(line.mark in marks for line in self._lines)
        ]
        return ". ".join(said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (self.width() < self._theme.px(_SIDE_BY_SIDE)) is not self._narrow:
            self._build()

    def _build(self) -> None:
        clear(self._grid)
        self._narrow = narrow = self.width() < self._theme.px(_SIDE_BY_SIDE)
        self._over.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        # Wide: what it is, left, the mark, right. Narrow: what it is and the mark above, left and right below.
        for column, stretch in enumerate((1, 1, 0, 0) if narrow else (0, 1, 0, 1)):
            self._grid.setColumnStretch(column, stretch)
        left, right = self._heads[0].name, self._heads[1].name
        at = 0
        for line in self._lines:
            self._grid.addWidget(rule(), at, 0, 1, 2 if narrow else 4)
            sign, word, role = line.mark.value
            what, mark = PlainLabel(line.what, "section"), PlainLabel(f"{sign} {word}", role)
            mark.setAlignment(Qt.AlignmentFlag.AlignCenter if not narrow else Qt.AlignmentFlag.AlignRight)
            sides = [_value(line.left, f"{line.what} of {left}"), _value(line.right, f"{line.what} of {right}")]
            top = Qt.AlignmentFlag.AlignTop
            if narrow:
                self._grid.addWidget(what, at + 1, 0)
                self._grid.addWidget(mark, at + 1, 1)
                self._grid.addWidget(sides[0], at + 2, 0, top)
                self._grid.addWidget(sides[1], at + 2, 1, top)
            else:
                self._grid.addWidget(what, at + 1, 0, top)
                self._grid.addWidget(sides[0], at + 1, 1, top)
                self._grid.addWidget(mark, at + 1, 2, top | Qt.AlignmentFlag.AlignHCenter)
                self._grid.addWidget(sides[1], at + 1, 3, top)
            at += 3
        for place in range(self._grid.count()):
            if (item := self._grid.itemAt(place)) is not None and (part := item.widget()) is not None:
                part.show()


class _Head(Pressable):
    """Who it is, and whether they stay; pressed, they do."""

    def __init__(self, theme: Theme, name: str) -> None:
        px = theme.px
        super().__init__((px(12), px(10), px(12), px(10)), px(2))
        self.setObjectName(name)
        self.setProperty("role", "keep")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.name = ""
        self._avatar = Avatar(theme, px(38))
        self._name = PlainLabel("", "heading", wrap=True)
        self._part = PlainLabel("", "secondary", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(self._name)
        words.addWidget(self._part)
        inside = QHBoxLayout()
        inside.setSpacing(px(10))
        inside.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(words, 1)
        self.layout_.addLayout(inside)
        for part in (self._avatar, self._name, self._part):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_name(self, name: str) -> None:
        self.name = name
        self._avatar.show_name(name)
        self._name.setText(name)

    def show_part(self, *, stays: bool) -> None:
        self._part.setText("✓ Stays" if stays else "Is added to the other")
        self._part.set_role("warm" if stays else "secondary")
        self.setAccessibleName(f"{self.name}: {'stays' if stays else 'is added to the other'}")


def _value(text: str, name: str) -> QWidget:
    label = PlainLabel(text or "–", "body" if text else "faint", wrap=True, selectable=bool(text))
    label.setAccessibleName(f"{name}: {text or 'not known'}")
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
