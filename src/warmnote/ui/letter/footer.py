"""The foot of the letter: how long it is, how hard to read, and what to do with it when it is done."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from warmnote.channels import Length
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import PlainLabel, button, row, tooltip

__all__ = ["LetterFooter", "length_words", "own_line"]

_NEAR = 0.9


class LetterFooter(QWidget):
    """Counts on the left, actions on the right; one above the other where they do not fit side by side."""

    copy_wanted = Signal()
    log_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        px = theme.px
        self._length = PlainLabel("", "secondary")
        self._length.setObjectName("letter-length")
        self._dot = PlainLabel("·", "faint")
        self._grade = PlainLabel("", "secondary")
        self._grade.setObjectName("letter-grade")
        self._grade.setToolTip(
            "School years needed to read it with ease. Notes that get an answer read at grade 5 or so."
        )
        self.log = button("Log as sent", on_click=self.log_wanted.emit, name="log-sent")
        self.copy = button("Copy and open profile", "primary", self.copy_wanted.emit, "copy-letter")
        self._hint = PlainLabel("", "faint", wrap=True)
        self._hint.setObjectName("letter-hint")
        self._hint.hide()
        self._own = PlainLabel("", "faint", wrap=True)
        self._own.setObjectName("letter-own")
        self._own.setToolTip("Words with a hairline below them are as a prompt brought them.")
        self._own.hide()
        self._counts = QWidget()
        counts = QHBoxLayout(self._counts)
        counts.setContentsMargins(0, 0, 0, 0)
        counts.setSpacing(px(9))
        for label in (self._length, self._dot, self._grade):
            counts.addWidget(label)
        counts.addStretch(1)
        self._actions = QWidget()
        self._actions.setLayout(row(1, self.log, self.copy, spacing=px(10)))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(px(16), px(10), px(16), px(10))
        self._grid.setSpacing(px(8))
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self._hint, 0, 0, 1, 2)
        self._grid.addWidget(self._own, 1, 0, 1, 2)
        self._stacked: bool | None = None
        self._actions_state: tuple[object, ...] = ()
        self.show_grade(None)

    def show_length(self, length: Length) -> None:
        """Show how much of the channel's room is used; near the end and past it also in words and colour."""
        text, role = length_words(length)
        self._length.setText(text)
        self._length.set_role(role)
        self._length.setToolTip(tooltip(length.note))
        self._arrange()

    def show_grade(self, grade: float | None) -> None:
        """Show the school grade the letter reads at; nothing while it is not known."""
        shown = grade is not None
        self._grade.setText(f"reads at grade {max(1, round(grade))}" if grade is not None else "")
        self._grade.setVisible(shown)
        self._dot.setVisible(shown)
        self._arrange()

    def show_nothing(self) -> None:
        """Nobody is open: nothing to count and nothing to do."""
        self._length.setText("")
        self.show_grade(None)
        self.show_own(0, 0)
        self.show_hint("")
        self.show_actions(copy="Copy and open profile", copy_tip="", copy_off=True, log_off=True, offer_log=False)

    def show_hint(self, text: str) -> None:
        """A sentence above counts and actions, or none."""
        if text != self._hint.text():
            self._hint.setText(text)
            self._hint.setVisible(bool(text))

    def show_own(self, own: int, words: int) -> None:
        """How many of the letter's words are the writer's own; nothing when all are."""
        text = "" if own == words else own_line(own, words)
        if text != self._own.text():
            self._own.setText(text)
            self._own.setVisible(bool(text))

    def show_actions(self, *, copy: str, copy_tip: str, copy_off: bool, log_off: bool, offer_log: bool) -> None:
        """Set what the two buttons say and allow. With `offer_log` logging is the next thing to do."""
        state = (copy, copy_tip, copy_off, log_off, offer_log)
        if state == self._actions_state:
            return  # with most keys nothing changes here
        self._actions_state = state
        self.copy.setText(copy)
        self.copy.setToolTip(tooltip(copy_tip))
        self.copy.setAccessibleDescription(copy_tip)
        self.copy.setEnabled(not copy_off)
        self.log.setEnabled(not log_off)
        for each, role in ((self.log, "primary" if offer_log else ""), (self.copy, "" if offer_log else "primary")):
            if each.property("role") != role:
                each.setProperty("role", role)
                each.style().unpolish(each)
                each.style().polish(each)
        self._arrange()

    def _arrange(self) -> None:
        margins = self._grid.contentsMargins()
        needed = self._counts.sizeHint().width() + self._actions.sizeHint().width() + self._theme.px(12)
        stacked = needed > self.width() - margins.left() - margins.right()
        if stacked == self._stacked:
            return
        self._stacked = stacked
        for part in (self._counts, self._actions):
            self._grid.removeWidget(part)
        self._grid.addWidget(self._counts, 2, 0)
        if stacked:
            self._grid.addWidget(self._actions, 3, 0, 1, 2)
        else:
            self._grid.addWidget(self._actions, 2, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        # Side by side the two would keep the window from getting narrow; stacked they need the wider of both.
        width = max(self._counts.minimumSizeHint().width(), self._actions.minimumSizeHint().width())
        margins = self._grid.contentsMargins()
        return QSize(width + margins.left() + margins.right(), super().minimumSizeHint().height())


def own_line(own: int, words: int) -> str:
    """What the foot says of a letter in which a prompt's words are left."""
    mine = f"{own:,}" if own else "None"
    return f"{mine} of {words:,} {'word is' if words == 1 else 'words are'} yours; a hairline marks the prompt’s."


def length_words(length: Length) -> tuple[str, str]:
    """A length as a sentence's worth of text, and the role that colours it."""
    if length.limit is None:
        return f"{length.used:,} {'character' if length.used == 1 else 'characters'}", "secondary"
    shown = f"{length.used:,} / {length.limit:,}"
    if length.parts > 1:
        return f"{shown}, {length.parts} parts", "cold"
    if length.over:
        return f"{shown}, {length.over:,} too many", "cold"
    if length.used >= _NEAR * length.limit:
        return f"{shown}, {length.limit - length.used:,} left", "strong"
    return shown, "secondary"
