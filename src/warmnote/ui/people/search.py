"""What narrows the list down: the search field, and the buttons of the four views."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLineEdit, QSizePolicy, QToolButton, QWidget

from warmnote.notebook import Counts, View
from warmnote.ui.people.list_view import VIEW_WORDS
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import FlowLayout, PlainLabel

__all__ = ["SearchField", "ViewButton", "ViewFilters"]


class SearchField(QLineEdit):
    """The search: Escape clears, Down (`left_down`) goes to the list, Enter (`entered`) takes the first who fits."""

    left_down = Signal()
    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("people-search")
        self.setProperty("role", "search")
        self.setAccessibleName("Search people, bios, notes")
        self.setPlaceholderText("Search people, bios, notes")
        self.setMaxLength(200)
        self.setTextMargins(theme.px(20), 0, theme.px(22), 0)
        # QLineEdit's own actions stay small when the text is large.
        self._clear = QToolButton(self)
        self._clear.setObjectName("people-search-clear")
        self._clear.setAccessibleName("Clear the search")
        self._clear.setToolTip("Clear the search")
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.PointingHandCursor)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self._hint = PlainLabel(QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText), "faint")
        self._hint.setParent(self)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self._on_text)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case Qt.Key.Key_Down | Qt.Key.Key_PageDown:
                self.left_down.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case _:
                super().keyPressEvent(event)
                return
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._clear.sizeHint()
        self._clear.setGeometry(
            self.width() - size.width() - 4, (self.height() - size.height()) // 2, size.width(), size.height()
        )
        self._place_hint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = self._theme.px(16)
        self._glass.paint(QPainter(self), self._theme.px(10), (self.height() - size) // 2, size, size)

    def _on_text(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._place_hint()

    def _place_hint(self) -> None:
        size = self._hint.sizeHint()
        wanted = self.fontMetrics().horizontalAdvance(self.placeholderText()) + size.width() + self._theme.px(52)
        self._hint.setVisible(not self.text() and wanted <= self.width())
        self._hint.setGeometry(self.width() - size.width() - self._theme.px(12), 0, size.width(), self.height())

    def _on_theme(self) -> None:
        size = self._theme.px(16)
        self._glass = self._theme.icon("search", size=size)
        self._clear.setIcon(self._theme.icon("close", size=size))
        self._clear.setIconSize(QSize(size, size))


class ViewButton(QAbstractButton):
    """One of several views: its name and how many people it holds. The chosen one is filled with ink."""

    def __init__(self, theme: Theme, word: str, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._word = word
        self._count = ""
        self.setObjectName(name)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Say how many people the view holds."""
        text = f"{count:,}" if count < 100_000 else f"{count // 1000:,}k"
        self.setAccessibleName(f"{self._word}, {'1 person' if count == 1 else f'{count:,} people'}")
        if text != self._count:
            self._count = text
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        # As wide as the bold words are, so that choosing one does not move the others.
        metrics = QFontMetrics(self._theme.font(12, bold=True))
        return QSize(metrics.horizontalAdvance(self._label()) + self._theme.px(9), metrics.height() + self._theme.px(9))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, chosen = self._theme.tokens, self.isChecked()
        ground = tokens.ink if chosen else tokens.select if self.underMouse() else tokens.paper
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(
            QPen(QColor(tokens.ember), 2) if self.hasFocus() else QPen(QColor(ground if chosen else tokens.line), 1)
        )
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        if chosen and self.hasFocus():
            painter.setPen(QPen(QColor(tokens.paper), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = box.adjusted(1.5, 1.5, -1.5, -1.5)
            painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
        painter.setFont(self._theme.font(12, bold=chosen))
        painter.setPen(QColor(tokens.paper if chosen else tokens.ink))
        painter.drawText(QRect(self.rect()), int(Qt.AlignmentFlag.AlignCenter), self._label())

    def _label(self) -> str:
        return f"{self._word} {self._count}"


class ViewFilters(QWidget):
    """The views as a row of buttons, one of them checked, or none in a view that has no button. `picked(View)`."""

    picked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._made: dict[View, ViewButton] = {}
        flow = FlowLayout(self, spacing=theme.px(3))
        for view, word in VIEW_WORDS.items():
            made = ViewButton(theme, word, f"people-view-{view.value}")
            made.clicked.connect(lambda _=False, view=view: self.picked.emit(view))
            self._group.addButton(made)
            flow.addWidget(made)
            self._made[view] = made

    def check(self, view: View) -> None:
        """Show which view it is."""
        stop = view if view in self._made else View.ALL
        self._group.setExclusive(view in self._made)  # or one of them would have to stay checked
        for each, made in self._made.items():
            made.setChecked(each is view)
            # Tab comes to the chosen one; the arrow keys go on from there.
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each is stop else Qt.FocusPolicy.ClickFocus)

    def show_counts(self, counts: Counts) -> None:
        """Say how many people each view holds."""
        numbers = {View.NEW: counts.new, View.DUE: counts.due, View.WAITING: counts.waiting, View.ALL: counts.all}
        for view, made in self._made.items():
            made.show_count(numbers[view])
