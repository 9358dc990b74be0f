"""A card that is a button: pressed as a whole by mouse, Space or Enter, and told to screen readers as a button."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout

__all__ = ["Pressable"]


class Pressable(QPushButton):
    """A framed surface with a vertical layout of its own, `layout_`; what lies in it lets the mouse through to it."""

    def __init__(self, margins: tuple[int, int, int, int], spacing: int) -> None:
        super().__init__()
        self.setProperty("role", "pick")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(*margins)
        self.layout_.setSpacing(spacing)

    # A push button takes its size from its text; this one is as large as what lies in it.

    def sizeHint(self) -> QSize:
        return self.layout_.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.layout_.minimumSize()

    def hasHeightForWidth(self) -> bool:
        return self.layout_.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        return self.layout_.heightForWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.click()
        else:
            super().keyPressEvent(event)
