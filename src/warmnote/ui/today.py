"""The page Today: who waits for an answer, whom to greet, whom to come back to, and whom to leave in peace."""

import re
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from warmnote.model import Clock
from warmnote.notebook import Today
from warmnote.ui import today_entries as entries
from warmnote.ui.journal import Journal
from warmnote.ui.scrolled import ScrolledPage
from warmnote.ui.theme import Theme
from warmnote.ui.today_entries import Entry
from warmnote.ui.when import day_of
from warmnote.ui.widgets import Avatar, Card, PlainLabel, button, clear, row

__all__ = ["TodayPage"]

_WIDEST = 892
_ROOMY = 520
_MINUTE_MS = 60_000
_SHOWN_AT_ONCE = 12
_SHOWN_MORE = 50
_LONG_WORD = re.compile(r"\S{14}(?=\S)")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class TodayPage(ScrolledPage):
    """The day's people as cards. `person_wanted(int)` asks to write to someone, `rest_wanted(int)` to let someone rest.

    On a quiet day it offers `import_wanted` and `add_wanted`. What is shown is read by `refresh`.
    """

    person_wanted = Signal(int)
    rest_wanted = Signal(int)
    import_wanted = Signal()
    add_wanted = Signal()

    def __init__(self, theme: Theme, journal: Journal, clock: Clock) -> None:
        super().__init__()
        self.setObjectName("today")
        self._theme, self._reader, self._clock = theme, journal.reader, clock
        self._today: Today | None = None
        px = theme.px
        self._title = PlainLabel("", "title", wrap=True)
        self._title.setObjectName("today-title")
        self._estimate = PlainLabel("", "lead", wrap=True)
        self._estimate.setObjectName("today-estimate")
        self._sections = {
            name: Section(theme, name, heading)
            for name, heading in (
                ("waiting", "Waiting for you"),
                ("hello", "Worth a hello"),
                ("back", "You wanted to come back to"),
                ("rest", "Leave in peace for now"),
            )
        }
        self._quiet = self._make_quiet()
        column = QWidget()
        column.setMaximumWidth(px(_WIDEST))
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._title)
        layout.addSpacing(px(4))
        layout.addWidget(self._estimate)
        layout.addSpacing(px(28))
        for section in self._sections.values():
            section.person_wanted.connect(self.person_wanted)
            section.rest_wanted.connect(self.rest_wanted)
            section.stepped.connect(self._on_stepped)
            section.filled.connect(self._order_tabs)
            layout.addWidget(section)
        layout.addWidget(self._quiet)
        layout.addStretch(1)
        self._margins = outer = QHBoxLayout(self.page)
        outer.addWidget(column, 1000)
        outer.addStretch(1)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self._on_minute)

    def refresh(self) -> None:
        """Read the day again; cards are only made anew for a section that has changed."""
        self._today = today = self._reader.today()
        now = self._clock()
        focus = self.window().focusWidget()
        held = focus is not None and self.isAncestorOf(focus)
        letters = len(today.waiting) + len(today.hello) + len(today.back)
        weekday = _WEEKDAYS[today.day.weekday()]
        self._title.setText(f"{weekday}, {_people(today.people)}" if today.people else weekday)
        self._estimate.setText(
            entries.estimate(letters, bool(today.waiting)) if today.people else "Nobody needs you just now."
        )
        sections = self._sections
        sections["waiting"].show_entries([entries.waiting(entry) for entry in today.waiting], now)
        known = f"{len(today.hello)} of {today.new:,} new, those you know something about"
        sections["hello"].show_entries([entries.hello(entry) for entry in today.hello], now, known)
        sections["back"].show_entries([entries.back(entry) for entry in today.back], now)
        sections["rest"].show_entries([entries.resting(entry) for entry in today.rest], now)
        self._quiet.setVisible(not today.people)
        left = self.window().focusWidget()
        if held and (cards := self._cards()) and not (left is not None and self.isAncestorOf(left)):
            # The section that had the keyboard is gone; Qt would hand it to the rail.
            cards[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Put the keyboard on the first card."""
        if cards := self._cards():
            cards[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = self._theme.px
        sides = px(44) if self.width() >= px(_ROOMY) else px(16)
        self._margins.setContentsMargins(sides, px(32), sides, px(32))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_minute()
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()

    def _make_quiet(self) -> QWidget:
        px = self._theme.px
        card = Card((px(20), px(18), px(20), px(18)), px(8))
        card.setObjectName("today-quiet")
        card.layout_.addWidget(PlainLabel("A quiet day", "heading", wrap=True))
        says = (
            "Answers to you, days you plan to come back on, and new followers you know something about will stand here."
        )
        card.layout_.addWidget(PlainLabel(says, "secondary", wrap=True))
        bring = button("Import followers…", "", self.import_wanted.emit, "today-import")
        add = button("Add a person…", "", self.add_wanted.emit, "today-add")
        for each in (bring, add):
            each.setAutoDefault(True)
        card.layout_.addSpacing(px(4))
        card.layout_.addLayout(row(bring, add, 1))
        card.hide()
        return card

    def _cards(self) -> list["PersonCard"]:
        return [card for section in self._sections.values() for card in section.cards]

    def _order_tabs(self) -> None:
        # Qt puts what is made later last, wherever it stands.
        stops = [stop for section in self._sections.values() for stop in section.tab_stops()]
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def _on_stepped(self, card: "PersonCard", step: int) -> None:
        cards = self._cards()
        place = cards.index(card) + step
        if 0 <= place < len(cards):
            cards[place].setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(cards[place], 0, self._theme.px(48))

    def _on_minute(self) -> None:
        if self._today is None:
            return
        now = self._clock()
        if day_of(now) != self._today.day:
            self.refresh()
        for card in self._cards():
            card.tell(now)


class Section(QWidget):
    """A heading with its count, and a card for each person. It hides itself when there is nobody.

    `filled` tells that its cards are new ones.
    """

    person_wanted = Signal(int)
    rest_wanted = Signal(int)
    stepped = Signal(object, int)
    filled = Signal()

    def __init__(self, theme: Theme, name: str, heading: str) -> None:
        super().__init__()
        self.setObjectName(f"today-{name}")
        self._theme = theme
        self._entries: list[Entry] = []
        self._limit = _SHOWN_AT_ONCE
        self.cards: list[PersonCard] = []
        self._count = PlainLabel("", "faint", wrap=True)
        self._more = button("", "link", self._on_more, f"today-{name}-more")
        self._more.setAutoDefault(True)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(12))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.px(18))
        layout.setSpacing(theme.px(6))
        head = row(PlainLabel(heading, "heading"), self._count, spacing=theme.px(10))
        head.setStretchFactor(self._count, 1)
        layout.addLayout(head)
        layout.addLayout(self._list)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_entries(self, entries: list[Entry], now: datetime, count: str = "") -> None:
        """Show these people. If they are the ones on screen, only the times are told anew."""
        self._count.setText(count or f"{len(entries):,}")
        self.setVisible(bool(entries))
        if [entry.source for entry in entries] == [entry.source for entry in self._entries]:
            for card in self.cards:
                card.tell(now)
            return
        self._entries = entries
        self._fill(now)
        self.filled.emit()

    def tab_stops(self) -> list[QWidget]:
        """What the keyboard reaches, in reading order."""
        stops: list[QWidget] = []
        for card in self.cards:
            stops += filter(None, (card, card.action))
        return [*stops, self._more]

    def _fill(self, now: datetime) -> None:
        self._now = now
        focus = self.window().focusWidget()
        place = next(
            (n for n, card in enumerate(self.cards) if focus is card or (focus and card.isAncestorOf(focus))), -1
        )
        held = self.cards[place].entry.person if place >= 0 else 0
        clear(self._list)
        self.cards = []
        for entry in self._entries[: self._limit]:
            card = PersonCard(self._theme, entry)
            card.clicked.connect(lambda _=False, person=entry.person: self.person_wanted.emit(person))
            card.rest_wanted.connect(self.rest_wanted)
            card.stepped.connect(self.stepped)
            card.tell(now)
            self._list.addWidget(card)
            card.show()  # a layout would show it later, too late to put the keyboard on it
            self.cards.append(card)
        hidden = len(self._entries) - len(self.cards)
        self._more.setText(f"Show {min(hidden, _SHOWN_MORE):,} more")
        self._more.setVisible(hidden > 0)
        if place >= 0 and self.cards:
            # Where the keyboard was: on the same person, or on who has come into their place.
            same = next((card for card in self.cards if card.entry.person == held), None)
            (same or self.cards[min(place, len(self.cards) - 1)]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_more(self) -> None:
        seen = len(self.cards)
        self._limit += _SHOWN_MORE
        self._fill(self._now)
        self.filled.emit()
        self.cards[seen].setFocus(Qt.FocusReason.TabFocusReason)


class PersonCard(QPushButton):
    """One person: the initials, two lines, and the word for what a click or Enter does.

    To let someone rest is a button of its own; the card itself then opens their page.
    """

    rest_wanted = Signal(int)
    stepped = Signal(object, int)

    def __init__(self, theme: Theme, entry: Entry) -> None:
        super().__init__()
        px = theme.px
        self.entry = entry
        self.setObjectName(f"today-person-{entry.person}")
        self.setProperty("role", "person-card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        face = Avatar(theme, px(38))
        face.show_name(entry.name)
        title = PlainLabel(_breakable(entry.title), "card-title", wrap=True)
        self._line = PlainLabel("", "secondary", wrap=True)
        self._told: str | None = None
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(title)
        words.addWidget(self._line)
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(px(16), px(13), px(16), px(13))
        layout.setSpacing(px(12))
        layout.addWidget(face)
        layout.addLayout(words, 1)
        for part in (face, title, self._line):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.action: QPushButton | None = None
        if entry.rest:
            rest = button(
                entry.action, "action", lambda: self.rest_wanted.emit(entry.person), f"today-rest-{entry.person}"
            )
            rest.setAccessibleName(f"{entry.action}: {entry.name}")
            rest.setAutoDefault(True)  # or Enter would go on to the card
            layout.addWidget(rest)
            self.action = rest
        else:
            word = PlainLabel(entry.action, "action")
            word.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(word)

    def tell(self, now: datetime) -> None:
        """Say how long ago, as of now."""
        line = self.entry.line(now)
        if line != self._told:
            self._told = line
            self._line.setText(_breakable(line))
            self._line.setVisible(bool(line))
            self.setAccessibleName(f"{self.entry.title}. {line}. {'Open' if self.entry.rest else self.entry.action}")

    def sizeHint(self) -> QSize:
        return self._layout.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._layout.totalMinimumSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self.stepped.emit(self, steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _people(number: int) -> str:
    return "one person" if number == 1 else f"{number:,} people"


def _breakable(text: str) -> str:
    """The text with places to break very long words at, which would else make the page wider than its window."""
    return _LONG_WORD.sub("\\g<0>\u200b", text)
