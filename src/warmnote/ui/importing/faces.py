"""Two faces of the import page: at work, and what went wrong."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from warmnote.model import Expected
from warmnote.ui.scrolled import ScrolledPage
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import Card, FlowLayout, PlainLabel, button, row

__all__ = ["Busy", "Trouble"]


class Busy(QWidget):
    """A sentence, a bar with a count, and a way to stop."""

    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self._words = PlainLabel("", "heading", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(px(420))
        self._count = PlainLabel("", "secondary")
        stop = button("Cancel", on_click=self.cancelled.emit, name="import-stop")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(44), px(30), px(44), px(30))
        column.setSpacing(px(12))
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        column.addWidget(self._count)
        column.addLayout(row(stop, 1))
        column.addStretch(2)

    def begin(self, words: str) -> None:
        self._words.setText(words)
        self._count.setText("")
        self._bar.setRange(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        self._count.setText(f"{done:,} of {total:,}" if total else f"{done:,}")
        self._bar.setAccessibleDescription(self._count.text())


class Trouble(ScrolledPage):
    """Why something could not be read or imported, and what to do about it."""

    choose_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self._title = PlainLabel("", "title", wrap=True)
        self._about = PlainLabel("", "secondary", wrap=True)
        self._message = PlainLabel("", "heading", wrap=True, selectable=True)
        self._hint = PlainLabel("", "secondary", wrap=True, selectable=True)
        self._message.setObjectName("import-message")
        self._choose = button("Choose another file…", "primary", self.choose_wanted.emit, "import-choose-another")
        self._back = button("Back", on_click=self.back_wanted.emit, name="import-back")
        offers = QWidget()
        line = FlowLayout(offers, spacing=px(8))
        line.addWidget(self._choose)
        line.addWidget(self._back)
        card = Card((px(20), px(18), px(20), px(18)), px(10))
        card.layout_.addWidget(self._message)
        card.layout_.addWidget(self._hint)
        card.layout_.addWidget(offers)
        inside = QWidget()
        inside.setMaximumWidth(px(892))
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(44), px(30), px(44), px(30))
        column.setSpacing(px(14))
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addWidget(card)
        column.addStretch(1)
        outer = QHBoxLayout(self.page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inside, 1000)
        outer.addStretch(1)

    def show_error(self, error: Expected, *, file: bool, place: str, more: bool) -> None:
        """Say what went wrong: with a file, or with what a network gave. `more`: further files wait."""
        self._title.setText("This file was not read" if file else "This was not imported")
        self._about.setText(f"{place} Nothing of it was written.".strip())
        self._message.setText(error.message)
        self._hint.setText(error.hint)
        self._hint.setVisible(bool(error.hint))
        self._choose.setVisible(file and not more)
        self._back.setText("Next file" if more else "Back")
