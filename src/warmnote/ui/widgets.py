"""The few building blocks that every page is made of: plain labels, cards, buttons, chips and a wrapping row.

Whatever comes from outside (a name, a bio, a post) is shown as plain text: a label that guesses at rich text would
render its markup, and a hostile bio could hang the window (quadratic layout of nested tags).
"""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from warmnote.ui.names import initials
from warmnote.ui.theme import Theme

__all__ = [
    "Avatar",
    "Button",
    "Card",
    "ElidedLabel",
    "FlowLayout",
    "PlainLabel",
    "button",
    "clear",
    "row",
    "rule",
    "tooltip",
]


class PlainLabel(QLabel):
    """A label that never takes its text for markup. `role` names its look in the style sheet."""

    def __init__(self, text: str = "", role: str = "body", *, wrap: bool = False, selectable: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(text)

    def set_role(self, role: str) -> None:
        """Change the look; the sheet is asked again only if it differs."""
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)


class ElidedLabel(PlainLabel):
    """A plain label of one line that ends in an ellipsis when there is no room, with the whole in its tooltip."""

    def __init__(self, text: str = "", role: str = "body") -> None:
        super().__init__(text, role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        cut = QFontMetrics(self.font()).horizontalAdvance(self.text()) > self.width()
        self.setToolTip(tooltip(self.text()) if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)


class Card(QFrame):
    """A framed surface with a vertical layout of its own, `layout_`."""

    def __init__(self, margins: tuple[int, int, int, int] = (16, 12, 16, 12), spacing: int = 8) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(*margins)
        self.layout_.setSpacing(spacing)


class Button(QPushButton):
    """A push button that Enter presses as well as Space, outside dialogs too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


class Avatar(QWidget):
    """A person's initials on the colour that belongs to the name."""

    def __init__(self, theme: Theme, size: int) -> None:
        super().__init__()
        self._theme = theme
        self._name = ""
        self._size = size
        self.setFixedSize(size, size)

    def show_name(self, name: str) -> None:
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_avatar(painter, self.rect(), self._name, self._theme)


def paint_avatar(painter: QPainter, rect: QRect, name: str, theme: Theme) -> None:
    """Paint initials in a circle that fills `rect`; used by the avatar widget and by the list's rows."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.tokens.avatar(name))
    painter.drawEllipse(rect)
    painter.setPen(Qt.GlobalColor.white)
    font = theme.font(14, bold=True)
    font.setPixelSize(max(11, round(rect.height() * 0.36)))
    painter.setFont(font)
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), initials(name))
    painter.restore()


def button(text: str, role: str = "", on_click: Callable[[], object] | None = None, name: str = "") -> QPushButton:
    """A push button in one of the sheet's roles: primary, link, quiet, filter, chip, or the plain outlined one."""
    made = Button(text)
    if role:
        made.setProperty("role", role)
    if name:
        made.setObjectName(name)
    if role in {"primary", "link", "quiet", "filter", "chip", ""}:
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if on_click is not None:
        made.clicked.connect(lambda: on_click())
    return made


def rule() -> QFrame:
    """A hairline between two parts of a card."""
    line = QFrame()
    line.setProperty("role", "rule")
    return line


def tooltip(text: str) -> str:
    """Text from outside, made safe for a tooltip, which would otherwise take it for markup."""
    from html import escape  # with its table of every entity, which the first picture of the window does not need

    return f"<qt>{escape(text)}</qt>" if text else ""


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def row(*parts: QWidget | int, spacing: int = 8) -> QHBoxLayout:
    """A horizontal layout of widgets; a number stands for that much stretch."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
        else:
            layout.addWidget(part)
    return layout


class FlowLayout(QLayout):
    """Places its items side by side and begins a new line when the width is used up."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # Qt expects null past the end
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if (widget := item.widget()) is not None and widget.isHidden():
                continue
            size = item.sizeHint()
            if size.width() > (room := max(rect.width(), 1)):
                size = QSize(room, item.heightForWidth(room) if item.hasHeightForWidth() else size.height())
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line - rect.y()
