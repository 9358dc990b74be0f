"""The list as a view with its keys, and what stands in its place when it is empty."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QVBoxLayout, QWidget

from warmnote.notebook import View
from warmnote.ui.people.list_model import PeopleModel
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import PlainLabel, button

__all__ = ["VIEW_WORDS", "NobodyHere", "PeopleList"]

VIEW_WORDS = {View.NEW: "New", View.DUE: "Due", View.WAITING: "Waiting", View.ALL: "All"}


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
    View.ALL: _Nobody("No people yet", "Add the first by hand and paste their bio, or import a follower list."),
}


class PeopleList(QTableView):
    """The list: arrow keys choose, Enter opens, Delete asks, a letter begins a search.

    A table of one column, because QListView asks the model about every row whenever it lays them out: 160 ms for 100,000
    people where a table needs 2.
    """

    opened = Signal(int)
    delete_pressed = Signal(int)
    menu_wanted = Signal(int, QPoint)
    typed = Signal(str)

    def __init__(self, model: PeopleModel, row_height: int) -> None:
        super().__init__()
        self.setObjectName("people-list")
        self.setAccessibleName("People")
        self.setProperty("role", "people")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
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
        self.doubleClicked.connect(lambda index: self.opened.emit(model.person_id(index.row())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            person = index.data(PeopleModel.ID)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.opened.emit(person)
                return
            if event.key() == Qt.Key.Key_Delete:
                self.delete_pressed.emit(person)
                return
            if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
                last = index.model().rowCount() - 1
                self.setCurrentIndex(index.model().index(0 if event.key() == Qt.Key.Key_Home else last, 0))
                return
        super().keyPressEvent(event)

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
            where = "" if view is View.ALL else f" in {VIEW_WORDS[view]}"
            self._heading.setText(f"Nobody{where} fits “{query}”")
            self._text.setText("Warmnote looks for the beginnings of words in names, handles, bios and notes.")
        else:
            told = _EMPTY[view if anyone else View.ALL]
            self._heading.setText(told.heading)
            self._text.setText(told.text)
        self._clear.setVisible(bool(query))
        self._all.setText("Search in all people" if query else "Show all people")
        self._all.setVisible(anyone and view is not View.ALL)
        self._add.setVisible(not anyone)
