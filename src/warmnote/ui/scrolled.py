"""A page of wrapped text and cards that scrolls up and down, and only when it must."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

__all__ = ["ScrolledPage"]


class ScrolledPage(QScrollArea):
    """A scroll area that is as wide as its place. What it shows goes into the layout of `page`."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "paper")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page = _Page()
        self.setWidget(self.page)


class _Page(QWidget):
    def minimumSizeHint(self) -> QSize:
        # A layout's own answer is the height of its text at the narrowest width, which the scroll area would keep at any
        # width. Without it, the height for the actual width decides.
        return QSize(super().minimumSizeHint().width(), 0)
