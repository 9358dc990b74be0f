"""The button that says in which order people are listed, and changes it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from warmnote.notebook import Order
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import Button

__all__ = ["OrderButton"]

_WORDS = {
    Order.NEWEST: "Newest first",
    Order.NAME: "Name",
    Order.LAST_CONTACT: "Last contact",
    Order.PROGRESS: "Stage",
}


class OrderButton(Button):
    """Shows one order and offers all. `picked(Order)` when the user takes one."""

    picked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("people-order")
        self.setProperty("role", "quiet")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the words
        menu = QMenu(self)
        group = QActionGroup(menu)
        self._actions: dict[Order, QAction] = {}
        for order, words in _WORDS.items():
            action = QAction(words, group, checkable=True)
            action.triggered.connect(lambda _=False, order=order: self.picked.emit(order))
            menu.addAction(action)
            self._actions[order] = action
        self.setMenu(menu)
        theme.changed.connect(self._set_icon)
        self._set_icon()
        self.show_order(Order.NEWEST)

    def show_order(self, order: Order) -> None:
        """Say which order it is."""
        self._actions[order].setChecked(True)
        self.setText(_WORDS[order])
        self.setAccessibleName(f"Order of the list: {_WORDS[order]}")

    def _set_icon(self) -> None:
        self.setIcon(self._theme.icon("down", size=self._theme.px(14)))
        self.setIconSize(QSize(self._theme.px(12), self._theme.px(12)))
