"""For whom the starters are read: the one on the desk, anybody else, or somebody invented."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from warmnote.notebook import View
from warmnote.ui.journal import Journal
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import Button

__all__ = ["NOBODY", "WhomButton"]

NOBODY = 0
_MOST = 40
_STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class WhomButton(Button):
    """A button with the name; pressed, it opens a search. `chosen(int)` brings a person, or NOBODY for an invented one."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, journal: Journal) -> None:
        super().__init__("")
        self._theme, self._journal = theme, journal
        self.setObjectName("prompts-whom")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._on_theme()
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow behind the name
        theme.changed.connect(self._on_theme)
        self._on_desk = NOBODY
        self.clicked.connect(self._open)

    def show_whom(self, name: str, on_desk: int) -> None:
        """Show a name, empty for somebody invented; `on_desk` is the first to be offered."""
        self._on_desk = on_desk
        words = name if len(name) <= 32 else f"{name[:31]}…"
        self.setText(f"{words.replace('&', '&&') or 'Somebody invented'}\N{EN SPACE}")
        self.setAccessibleName(f"As they read for {name or 'somebody invented'}")
        self.setAccessibleDescription("Choose whom the starters are read for")

    def _on_theme(self) -> None:
        size = self._theme.px(12)
        self.setIcon(self._theme.icon("chevron", size=size))
        self.setIconSize(QSize(size, size))

    def _open(self) -> None:
        popup = _Search(self, self._theme, self._journal, self._on_desk)
        popup.chosen.connect(self.chosen)
        popup.open_below(self)


class _Search(QFrame):
    chosen = Signal(int)

    def __init__(self, parent: WhomButton, theme: Theme, journal: Journal, on_desk: int) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("prompts-whom-search")
        self.setProperty("role", "popup")
        self._journal, self._on_desk = journal, on_desk
        px = theme.px
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._field = QLineEdit()
        self._field.setPlaceholderText("Search people")
        self._field.setAccessibleName("Search people")
        self._field.setProperty("role", "search")
        self._field.textChanged.connect(self._find)
        self._field.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName("People")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._take)
        self._list.itemActivated.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(8), px(8), px(8), px(8))
        layout.addWidget(self._field)
        layout.addWidget(self._list)
        self.setFocusProxy(self._field)
        self.resize(px(300), px(320))
        self._find()

    def open_below(self, button: WhomButton) -> None:
        """Show it under the button, inside the screen."""
        place = button.mapToGlobal(QPoint(0, button.height() + 2))
        room = button.screen().availableGeometry()
        self.resize(min(self.width(), room.width()), min(self.height(), room.height()))
        self.move(min(place.x(), room.right() - self.width()), min(place.y(), room.bottom() - self.height()))
        self.show()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _find(self) -> None:
        words = self._field.text().strip()
        reader = self._journal.reader
        ids = list(reader.person_ids(View.ALL, words)[:_MOST])
        if not words:
            ids = [each for each in (self._on_desk,) if each] + [each for each in ids if each != self._on_desk]
        self._list.clear()
        if not words or "somebody invented".startswith(words.casefold()):
            self._add(NOBODY, "Somebody invented")
        for person in reader.rows(ids):
            self._add(person.id, f"{person.name} · on the desk" if person.id == self._on_desk else person.name)
        self._list.setCurrentRow(0)

    def _add(self, person: int, words: str) -> None:
        item = QListWidgetItem(words)
        item.setData(Qt.ItemDataRole.UserRole, person)
        self._list.addItem(item)

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
            self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _STEPS:
                self._list.event(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self._list.currentItem())
                return True
        return super().eventFilter(watched, event)
