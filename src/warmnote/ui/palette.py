"""The command palette and the list of shortcuts: everything the window can do, found by typing.

Both are made from the window's own actions, so that neither can forget one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from warmnote.notebook import View
from warmnote.ui.journal import Journal
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import PlainLabel, button, row

__all__ = ["Palette", "ShortcutList"]

_PEOPLE_SHOWN = 8
_PEOPLE_LOOKED_AT = 64
# Keys that widgets handle themselves, for the list of shortcuts.
_OTHER_KEYS = (
    ("Copy and open profile", "Ctrl+Enter"),
    ("Use a prompt", "Ctrl+1, Ctrl+2, Ctrl+3"),
    ("Other prompts", "Ctrl+R"),
    ("Next blank, previous blank", "Tab, Shift+Tab"),
    ("Next mark, previous mark", "F8, Shift+F8"),
    ("Why is this marked", "Alt+Enter"),
    ("Select several people", "Ctrl+click, Shift+click, Ctrl+Space"),
    ("Select everyone in the list", "Ctrl+A"),
    ("The same person: merge, not the same, later, undo", "M, N, L, Z"),
    ("Close what is open", "Esc"),
)


@dataclass(frozen=True, slots=True)
class _Entry:
    words: str
    keys: str
    run: Callable[[], object]


class Palette(QDialog):
    """Type a few letters of a command or of a person; Enter does it, Escape leaves."""

    def __init__(
        self, parent: QWidget, theme: Theme, journal: Journal, actions: Sequence[QAction], show: Callable[[int], object]
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("Commands")
        self._journal = journal
        self._show_person = show
        self._commands = [
            _Entry(_words(action), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText), action.trigger)
            for action in actions
            if action.isEnabled() and action.text()
        ]
        frame = QFrame()
        frame.setProperty("role", "popup")
        self._field = QLineEdit()
        self._field.setObjectName("palette-field")
        self._field.setPlaceholderText("A command or a person")
        self._field.setAccessibleName("A command or a person")
        self._field.textChanged.connect(self._fill)
        self._field.installEventFilter(self)
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName("Found")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.itemActivated.connect(self._run)
        self._list.itemClicked.connect(self._run)
        self._list.setStyleSheet(f"QListWidget::item {{ padding: {theme.px(6)}px; }}")
        inside = QVBoxLayout(frame)
        inside.addWidget(self._field)
        inside.addWidget(self._list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        self.resize(min(theme.px(520), parent.width() - 40), min(theme.px(420), parent.height() - 80))
        middle = parent.mapToGlobal(parent.rect().center())
        self.move(middle.x() - self.width() // 2, parent.mapToGlobal(parent.rect().topLeft()).y() + theme.px(60))
        self._fill("")
        self._field.setFocus()

    def _fill(self, text: str) -> None:
        wanted = text.casefold().split()
        found = [entry for entry in self._commands if all(word in entry.words.casefold() for word in wanted)]
        if wanted:
            reader = self._journal.reader
            people = reader.rows(reader.person_ids(View.ALL, text)[:_PEOPLE_LOOKED_AT])
            # Names first: the words may also stand in a bio or a company.
            people.sort(key=lambda person: not all(word in person.name.casefold() for word in wanted))
            found += [
                _Entry(row.name, row.line, lambda person=row.id: self._show_person(person))
                for row in people[:_PEOPLE_SHOWN]
            ]
        self._list.clear()
        for entry in found:
            item = QListWidgetItem(f"{entry.words}    {entry.keys}" if entry.keys else entry.words)
            item.setData(Qt.ItemDataRole.UserRole, entry)
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _run(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        entry: _Entry = item.data(Qt.ItemDataRole.UserRole)
        self.close()
        entry.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and self._list.count():
                self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self._list.currentItem())
                return True
        return super().eventFilter(watched, event)


class ShortcutList(QDialog):
    """All keys of the window on one page."""

    def __init__(self, parent: QWidget, theme: Theme, actions: Sequence[QAction]) -> None:
        super().__init__(parent)
        self.setObjectName("shortcut-list")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard shortcuts")
        rows = [
            (_words(action), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
            for action in actions
            if not action.shortcut().isEmpty()
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(6))
        for place, (words, keys) in enumerate([*rows, *_OTHER_KEYS]):
            grid.addWidget(PlainLabel(words, "body"), place, 0)
            grid.addWidget(PlainLabel(keys, "strong"), place, 1)
        inside = QWidget()
        inside.setProperty("role", "paper")
        inside.setLayout(grid)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.addWidget(scroll)
        close = button("Close", on_click=self.close)
        layout.addLayout(row(1, close))
        self.resize(theme.px(460), min(theme.px(620), parent.height() - 40))
        close.setFocus()


def _words(action: QAction) -> str:
    return action.text().replace("&", "")
