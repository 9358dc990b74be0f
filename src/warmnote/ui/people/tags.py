"""The user's own tags: a chip for each, and a field that knows those which are there already."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCompleter, QLineEdit, QSizePolicy, QWidget

from warmnote.model import Person
from warmnote.notebook import LONGEST_TAG
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import FlowLayout, button, clear

__all__ = ["KnownTags", "TagChip", "TagField", "Tags"]

KnownTags = Callable[[], Sequence[tuple[str, int]]]
"""All tags of the notebook, each with the number of people who have it."""

_WIDEST = 260


class TagChip(QAbstractButton):
    """One tag, outlined. Pressed it is looked for; its cross, or Delete, takes it off (`removed`)."""

    removed = Signal()

    def __init__(self, theme: Theme, tag: str) -> None:
        super().__init__()
        self._theme = theme
        self._tag = tag
        self.setObjectName("tag")
        self.setText(tag.replace("&", "&&"))
        self.setToolTip("Show everyone with this tag. The cross takes it off.")
        self.setAccessibleName(f"Tag {tag}")
        self.setAccessibleDescription("Enter shows everyone with this tag, Delete takes it off")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics, px = QFontMetrics(self._theme.font(12)), self._theme.px
        words = min(metrics.horizontalAdvance(self._tag), px(_WIDEST))
        return QSize(words + px(12) + px(22), metrics.height() + px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, px = self._theme.tokens, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.hasFocus()
        painter.setPen(
            QPen(
                QColor(tokens.ember if focus else tokens.edge if self.underMouse() else tokens.line), 2 if focus else 1
            )
        )
        painter.setBrush(QColor(tokens.select if self.underMouse() else tokens.card))
        radius = self.height() / 2 - 1
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)
        painter.setFont(self._theme.font(12))
        inside = self.rect().adjusted(px(11), 0, -px(22), 0)
        painter.setPen(QColor(tokens.ink))
        cut = painter.fontMetrics().elidedText(self._tag, Qt.TextElideMode.ElideRight, inside.width() + 1)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), cut)
        size = px(12)
        over = self._cross().contains(self.mapFromGlobal(self.cursor().pos())) and self.underMouse()
        place = QRect(self.width() - px(8) - size, (self.height() - size) // 2, size, size)
        self._theme.icon("close", tokens.ember if over else tokens.soft, size).paint(painter, place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._cross().contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.removed.emit()
            case _:
                super().keyPressEvent(event)

    def _cross(self) -> QRect:
        wide = self._theme.px(22)
        return QRect(self.width() - wide, 0, wide, self.height())


class TagField(QLineEdit):
    """Takes a tag: `given(str)` on Enter, or when one of those that are there is taken. `left()` on Escape."""

    given = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, known: KnownTags) -> None:
        super().__init__()
        self._known = known
        self.setObjectName("tag-field")
        self.setAccessibleName("A tag")
        self.setPlaceholderText("Such as conference")
        self.setMaxLength(LONGEST_TAG)
        self._words = QStringListModel(self)
        completer = QCompleter(self._words, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = completer.popup()
        assert popup is not None
        popup.setProperty("role", "completions")
        popup.setObjectName("tag-completions")
        self.completions = popup
        completer.activated.connect(self._on_taken)
        self.setCompleter(completer)
        self.returnPressed.connect(lambda: self._on_taken(self.text()))
        self.setMinimumWidth(theme.px(190))

    def _on_taken(self, tag: str) -> None:
        if tag := " ".join(tag.split()):
            self.given.emit(tag)
            # The completer writes what was taken after it has told of it.
            QTimer.singleShot(0, self, self.clear)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._words.setStringList([tag for tag, _ in self._known()])
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Tags(QWidget):
    """A person's tags, and a field for another. `given`, `removed` and `wanted` carry the tag.

    Without tags there is nothing to see until `add`.
    """

    given = Signal(str)
    removed = Signal(str)
    wanted = Signal(str)

    def __init__(self, theme: Theme, known: KnownTags) -> None:
        super().__init__()
        self.setObjectName("tags")
        self._theme = theme
        self._person = 0
        self._tags: tuple[str, ...] = ()
        self._flow = FlowLayout(self, spacing=theme.px(6))
        self._field = TagField(theme, known)
        self._field.given.connect(self.given)
        self._field.left.connect(self._on_left)
        self._field.installEventFilter(self)
        self._add = button("+ Tag", "quiet", self.add, "add-tag")
        self._add.setAccessibleName("Add a tag to this person")
        self._flow.addWidget(self._field)
        self._flow.addWidget(self._add)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._field.hide()
        self._fit()

    def show_person(self, person: Person) -> None:
        """Show a person's tags; the same person keeps what is half typed, and the keyboard where it is."""
        if person.id != self._person:
            self._person = person.id
            self._on_left()
        if person.tags != self._tags:
            self._show_tags(person.tags)

    def add(self) -> None:
        """Open the field for another tag."""
        self._field.show()
        self._fit()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_tags(self, tags: tuple[str, ...]) -> None:
        focus = self.window().focusWidget()
        held = next((at for at, chip in enumerate(self._chips()) if chip is focus), None)
        self._tags = tags
        for part in (self._field, self._add):
            self._flow.removeWidget(part)
        clear(self._flow)
        for tag in tags:
            chip = TagChip(self._theme, tag)
            chip.clicked.connect(lambda _=False, tag=tag: self.wanted.emit(tag))
            chip.removed.connect(lambda tag=tag: self.removed.emit(tag))
            self._flow.addWidget(chip)
            chip.show()
        self._flow.addWidget(self._field)
        self._flow.addWidget(self._add)
        self._fit()
        if held is not None:
            chips = self._chips()
            there = chips[min(held, len(chips) - 1)] if chips else self._add
            there.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chips(self) -> list[TagChip]:
        found = (self._flow.itemAt(place) for place in range(self._flow.count()))
        return [chip for item in found if item is not None and isinstance(chip := item.widget(), TagChip)]

    def _fit(self) -> None:
        open_ = not self._field.isHidden()
        self._add.setVisible(bool(self._tags) and not open_)
        self.setVisible(bool(self._tags) or open_)
        self.updateGeometry()

    def _on_left(self) -> None:
        back = self._field.hasFocus()
        self._field.clear()
        self._field.hide()
        self._fit()
        if back and self._tags:
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        left = watched is self._field and event.type() == QEvent.Type.FocusOut
        if left and not self._field.text() and not self._field.completions.isVisible():
            self._on_left()
        return super().eventFilter(watched, event)
