"""The list as a view with its keys, and what stands in its place when it is empty."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTableView, QVBoxLayout, QWidget

from warmnote.notebook import View
from warmnote.ui.people.list_model import PeopleModel
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import PlainLabel, button

__all__ = ["VIEW_WORDS", "NobodyHere", "PeopleList"]

VIEW_WORDS = {View.NEW: "New", View.DUE: "Due", View.WAITING: "Waiting", View.ALL: "All"}

_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect


@dataclass(frozen=True, slots=True)
class _Nobody:
    """What an empty list says: a heading, and what has to happen for someone to appear."""

    heading: str
    text: str


_EMPTY = {
    View.NEW: _Nobody("Nobody new", "Followers who arrive after your first import stand here until you write to them."),
    View.DUE: _Nobody("Nobody is due", "Plan to come back to someone, and they stand here when the day comes."),
    View.WAITING: _Nobody(
        "Nobody is waiting", "Those who wrote last stand here until you answer. Log a reply on their page."
    ),
    View.ARCHIVED: _Nobody("Nobody is archived", "Whoever you archive is kept here, and stands in no other list."),
    View.ALL: _Nobody("No people yet", "Add the first by hand and paste their bio, or import a follower list."),
}
_ALL_AWAY = _Nobody("Everybody is archived", "They are kept. The link below leads to them.")


class PeopleList(QTableView):
    """The list: arrow keys choose, Enter opens, Delete asks, a letter begins a search; with Ctrl or Shift, several.

    `settled` follows every change of what is selected; how many that are says `count`. A table of one column, because
    QListView asks the model about every row whenever it lays them out: 160 ms for 100,000 people where a table needs 2.
    """

    opened = Signal(int)
    settled = Signal()
    delete_pressed = Signal()
    menu_wanted = Signal(int, QPoint)
    typed = Signal(str)

    def __init__(self, model: PeopleModel, row_height: int) -> None:
        super().__init__()
        self._people = model
        self.setObjectName("people-list")
        self.setAccessibleName("People")
        self.setProperty("role", "people")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().setMinimumSectionSize(row_height)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.verticalScrollBar().setSingleStep(row_height // 2)
        self.setModel(model)
        self.selectionModel().selectionChanged.connect(lambda: self.settled.emit())
        self.doubleClicked.connect(lambda index: self.opened.emit(model.person_id(index.row())))

    def choose(self, row: int) -> None:
        """Select the person in a row, and nobody else."""
        # Not setCurrentIndex: with Ctrl down, for a shortcut perhaps, it would select this one besides the others.
        self.selectionModel().setCurrentIndex(self._people.index(row), _ALONE)

    def _ranges(self) -> "Iterable[QItemSelectionRange]":
        # A list of C++, which the stubs do not say.
        return cast("Iterable[QItemSelectionRange]", self.selectionModel().selection())

    def count(self) -> int:
        """How many people are selected."""
        return sum(part.height() for part in self._ranges())

    def selected(self) -> "array[int]":
        """The selected people in the order of the list. Costs as much as there are gaps between them."""
        found: array[int] = array("q")
        for part in sorted(self._ranges(), key=lambda part: part.top()):
            found += self._people.ids(part.top(), part.bottom())
        return found

    def select_people(self, people: "array[int]") -> None:
        """Select those of these people who are in the list, and nobody else; the current one stays."""
        whole = QItemSelection()
        for first, last in self._people.runs(people):
            whole.append(QItemSelectionRange(self._people.index(first), self._people.index(last)))
        self.selectionModel().select(whole, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def minimumSizeHint(self) -> QSize:
        # Qt asks for room for both ends of a scroll bar.
        return QSize(super().minimumSizeHint().width(), self.verticalHeader().defaultSectionSize() // 3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            match event.key():
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self.choose(index.row())
                    self.opened.emit(index.data(PeopleModel.ID))
                    return
                case Qt.Key.Key_Delete:
                    self.delete_pressed.emit()
                    return
                case Qt.Key.Key_Escape if self.count() > 1:
                    self.choose(index.row())
                    return
                case _:
                    pass
        super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        # A table's Home and End go to the ends of the row.
        match action:
            case QAbstractItemView.CursorAction.MoveHome:
                return self._people.index(0)
            case QAbstractItemView.CursorAction.MoveEnd:
                return self._people.index(self._people.rowCount() - 1)
            case _:
                return super().moveCursor(action, modifiers)

    def keyboardSearch(self, search: str) -> None:
        # Qt would ask every row for its name, one call into Python each.
        if search.strip():
            self.typed.emit(search)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            place = event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_wanted.emit(index.data(PeopleModel.ID), place)


class NobodyHere(QWidget):
    """Stands in the place of an empty list and says what would fill it."""

    show_all = Signal()
    clear_search = Signal()
    add_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("people-empty")
        # It takes the list's place and must not keep it from being low.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._heading = PlainLabel("", "heading", wrap=True)
        self._text = PlainLabel("", "secondary", wrap=True)
        self._clear = button("Clear the search", "link", self.clear_search.emit, "people-clear-search")
        self._all = button("", "link", self.show_all.emit, "people-show-all")
        self._add = button("Add a person…", "link", self.add_wanted.emit, "people-empty-add")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(40), theme.px(16), theme.px(16))
        layout.setSpacing(theme.px(6))
        layout.addWidget(self._heading)
        layout.addWidget(self._text)
        layout.addSpacing(theme.px(4))
        for link in (self._clear, self._all, self._add):
            layout.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)

    def explain(self, view: View, query: str, *, anyone: bool) -> None:
        """Say why nobody is in this view, or nobody fits the query."""
        if query:
            where = {View.ALL: "", View.ARCHIVED: " among the archived"}.get(view, f" in {VIEW_WORDS.get(view)}")
            self._heading.setText(f"Nobody{where} fits “{query}”")
            self._text.setText("Warmnote looks for the beginnings of words in names, handles, bios, tags and notes.")
        else:
            told = _ALL_AWAY if anyone and view is View.ALL else _EMPTY[view if anyone else View.ALL]
            self._heading.setText(told.heading)
            self._text.setText(told.text)
        self._clear.setVisible(bool(query))
        self._all.setText("Search in all people" if query else "Show all people")
        self._all.setVisible(anyone and view is not View.ALL)
        self._add.setVisible(not anyone)
