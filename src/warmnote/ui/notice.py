"""The notice bar: what was just done, with one action (mostly Undo), at the foot of the window for a while."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from warmnote.ui.theme import Theme
from warmnote.ui.widgets import PlainLabel, button

__all__ = ["NoticeBar"]

_SHOWN_MS = 7000


class NoticeBar(QFrame):
    """Lies over the foot of its parent. It stays while the mouse or the keyboard is on it, then goes by itself."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._parent = parent
        self._act: Callable[[], object] | None = None
        self._text = PlainLabel("", "body")
        self._text.setWordWrap(True)
        self._action = button("Undo", on_click=self._on_action, name="notice-action")
        self._close = button("Close", on_click=self.hide, name="notice-close")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(8), theme.px(10), theme.px(8))
        layout.setSpacing(theme.px(10))
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self._on_time_out)
        parent.installEventFilter(self)
        self.hide()

    def tell(self, text: str, action: str = "", act: Callable[[], object] | None = None) -> None:
        """Show a sentence, with an action if there is one. A newer notice takes the place of an older one."""
        # Dear to load, and nothing is told at first.
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        self._act = act
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(act is not None)
        self.setAccessibleName(text)
        self.show()
        self.raise_()
        self._place()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _on_action(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()

    def _on_time_out(self) -> None:
        if self.underMouse() or self.isAncestorOf(self.window().focusWidget() or self.window()):
            self._timer.start()
        else:
            self.hide()

    def _place(self) -> None:
        parent = self._parent
        # Wide enough for the sentence on one line where the window allows it, or it wraps.
        self._text.setWordWrap(False)
        one_line = self.sizeHint().width()
        self._text.setWordWrap(True)
        width = min(max(self._theme.px(320), one_line), parent.width() - 32)
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        self.setGeometry((parent.width() - width) // 2, parent.height() - height - self._theme.px(16), width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
