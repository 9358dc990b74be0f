"""The page that greets someone who has no people yet: what this is for, and three ways to begin."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from warmnote.ui.scrolled import ScrolledPage
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import Card, PlainLabel, button

__all__ = ["FirstRun"]

# Narrower than this a card would break its text into splinters: then they stand one below the other.
_NARROWEST_CARD = 210
_GAP = 16
_WIDEST = 992
_WIDEST_TEXT = 640


class FirstRun(ScrolledPage):
    """Three ways to begin, as signals: `samples_wanted`, `import_wanted`, `add_wanted`."""

    samples_wanted = Signal()
    import_wanted = Signal()
    add_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("first-run")
        px = theme.px
        column = QWidget()
        column.setMaximumWidth(px(_WIDEST))
        outer = QHBoxLayout(self.page)
        outer.setContentsMargins(px(20), px(24), px(20), px(24))
        outer.addStretch(1)
        outer.addWidget(column, 1000)
        outer.addStretch(1)

        title = PlainLabel("Write the follow-up they are glad to get", "title", wrap=True)
        says = PlainLabel(
            "Warmnote keeps the people who just followed you, gives you something real to ask them, and tells you when your "
            "words start to sound like a pitch. It never sends anything for you; your people and words stay on this computer.",
            "lead",
            wrap=True,
        )
        says.setMaximumWidth(px(_WIDEST_TEXT))
        foot = PlainLabel(
            "Only new people count as new: your first import is the starting point, not a to-do list.",
            "secondary",
            wrap=True,
        )
        self._cards = Cards(
            theme,
            _way(
                theme,
                "Look around first",
                "Twelve invented people, a few half-written letters. Remove them with one click later.",
                ("Try it with sample people", "primary", "first-run-samples", self.samples_wanted.emit),
            ),
            _way(
                theme,
                "Bring your followers",
                "Your handle on Bluesky, Mastodon or GitHub, or a file: what a network lets you download, an address book, any "
                "table. Drop it anywhere on this window.",
                ("Bring followers…", "", "first-run-import", self.import_wanted.emit),
            ),
            _way(
                theme,
                "Start with one person",
                "Type a name and paste their bio. That is enough for the first question.",
                ("Add a person…", "", "first-run-add", self.add_wanted.emit),
            ),
        )
        # The keyboard begins at the first of the three ways.
        if (first := self._cards.findChild(QPushButton, "first-run-samples")) is not None:
            self.setFocusProxy(first)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addStretch(10)
        layout.addWidget(title)
        layout.addSpacing(px(8))
        layout.addWidget(says)
        layout.addSpacing(px(28))
        layout.addWidget(self._cards)
        layout.addSpacing(px(16))
        layout.addWidget(foot)
        layout.addStretch(9)


class Cards(QWidget):
    """Cards side by side, all as wide as each other, or one below the other where there is no room."""

    def __init__(self, theme: Theme, *cards: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._cards = cards
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(_GAP))
        self._arrange(len(cards))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        count = len(self._cards)
        needed = count * self._theme.px(_NARROWEST_CARD) + (count - 1) * self._grid.spacing()
        self._arrange(count if self.width() >= needed else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, place // columns, place % columns)
            self._grid.setColumnStretch(place, 1 if place < columns else 0)


def _way(theme: Theme, title: str, text: str, action: tuple[str, str, str, Callable[[], object]]) -> Card:
    px = theme.px
    card = Card((px(20), px(18), px(20), px(16)), px(8))
    words, role, name, act = action
    go = button(words, role, act, name)
    go.setAutoDefault(True)  # Enter works as well as the space bar
    go.setAccessibleDescription(text)
    card.layout_.addWidget(PlainLabel(title, "heading", wrap=True))
    card.layout_.addWidget(PlainLabel(text, "card-text", wrap=True))
    card.layout_.addStretch(1)
    card.layout_.addSpacing(px(4))
    card.layout_.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
    return card
