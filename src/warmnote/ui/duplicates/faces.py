"""What the review shows while there is no pair on it: that it looks, or what came of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from warmnote.model import Expected
from warmnote.ui.duplicates.review import Review
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import FlowLayout, PlainLabel, button, row

__all__ = ["Busy", "Said"]


class Busy(QWidget):
    """A sentence, a bar with a count, and a way to stop."""

    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(px(420))
        self._bar.setAccessibleName("Looking for people who are here twice")
        self._count = PlainLabel("", "secondary")
        self.stop = button("Cancel", on_click=self.cancelled.emit, name="duplicates-stop")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(44), px(30), px(44), px(30))
        column.setSpacing(px(12))
        column.addStretch(1)
        column.addWidget(PlainLabel("Looking for people who are here twice", "heading", wrap=True))
        column.addWidget(self._bar)
        column.addWidget(self._count)
        column.addLayout(row(self.stop, 1))
        column.addStretch(2)

    def begin(self) -> None:
        """Show that nothing is counted yet."""
        self._count.setText("")
        self._bar.setRange(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        self._count.setText(f"{done:,} of {total:,}" if total else f"{done:,}")
        self._bar.setAccessibleDescription(self._count.text())


class Said(QWidget):
    """What came of it, and where to go from here."""

    back_wanted = Signal()
    again_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self._heading = PlainLabel("", "title", wrap=True)
        self._heading.setObjectName("duplicates-heading")
        self._words = PlainLabel("", "lead", wrap=True)
        self._words.setObjectName("duplicates-words")
        self._back = button("Back to people", "primary", self.back_wanted.emit, "duplicates-back")
        self._again = button("Look again", on_click=self.again_wanted.emit, name="duplicates-again")
        self._undo = button("Undo the last (Z)", "quiet", self.undo_wanted.emit, "duplicates-undo-done")
        actions = QWidget()
        flow = FlowLayout(actions, spacing=px(8))
        height = max(made.sizeHint().height() for made in (self._back, self._again, self._undo))
        for made in (self._back, self._again, self._undo):
            made.setMinimumHeight(height)  # so that their words stand on one line
            flow.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(44), px(30), px(44), px(30))
        column.setSpacing(px(12))
        column.addStretch(1)
        column.addWidget(self._heading)
        column.addWidget(self._words)
        column.addWidget(actions)
        column.addStretch(2)

    def first(self) -> QPushButton:
        """Where the keyboard goes."""
        return self._back

    def show_nobody(self) -> None:
        """There is no pair."""
        self._say("Nobody is here twice", "No two people have enough in common to be one.", again="Look again")

    def show_stopped(self) -> None:
        """The user stopped the search."""
        self._say("Stopped", "Nothing was changed.", again="Look again")

    def show_error(self, error: Expected) -> None:
        """The search could not be done."""
        self._say(error.message, error.hint, again="Look again")

    def show_done(self, review: Review, *, given: bool) -> None:
        """All pairs were looked at; `given` if it was one that the user picked."""
        counts = (
            (review.merged, "merged"),
            (review.apart, "not the same"),
            (review.later, "left for later"),
        )
        said = ", ".join(f"{count:,} {words}" for count, words in counts if count)
        them = "that one" if review.later == 1 else f"those {review.later:,}"
        again = "Look for others" if given else f"Look at {them} again" if review.later else "Look again"
        self._say(
            "That was the last pair" if not given else "Done",
            f"{said}." if said else "",
            again,
            undo=review.can_take_back,
        )

    def _say(self, heading: str, words: str, again: str, *, undo: bool = False) -> None:
        self._heading.setText(heading)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._again.setText(again)
        self._undo.setVisible(undo)
