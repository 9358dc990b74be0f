"""The column of people: search, the four views with their counts, the order, and the list itself."""

from array import array

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from warmnote.model import Clock
from warmnote.notebook import Changes, Order, View
from warmnote.ui.journal import Journal
from warmnote.ui.people.delegate import PersonDelegate
from warmnote.ui.people.foot import Foot
from warmnote.ui.people.list_model import PeopleModel
from warmnote.ui.people.list_view import NobodyHere, PeopleList
from warmnote.ui.people.order import OrderButton
from warmnote.ui.people.search import SearchField, ViewFilters
from warmnote.ui.theme import Theme
from warmnote.ui.when import day_of
from warmnote.ui.widgets import PlainLabel, row

__all__ = ["PeoplePanel"]

# One letter matches nearly everybody: wait for the next one. More letters are found at once, a burst of keys together.
_FIRST_LETTER_MS = 100
_NEXT_LETTER_MS = 15
_MINUTE_MS = 60_000
_ANY_HEIGHT = 16_777_215  # Qt's own way to say that there is no limit


class PeoplePanel(QFrame):
    """Finds and chooses people. What the choice shows, and every change, is up to whoever listens.

    `chosen(int)` follows the keyboard at once; `opened(int)` is Enter or a double click, `clicked(int)` a click, also on
    whoever is chosen already. While more than one is selected nobody is chosen anew; `many(int)` tells how many they are,
    and 0 when it is over. `delete_wanted(list[int])` and `archive_wanted(list[int], bool)`, False to bring them back, only
    ask, as do `profile_wanted(int)` of the context menu, `add_wanted` and `twice_wanted`.
    """

    chosen = Signal(int)
    opened = Signal(int)
    clicked = Signal(int)
    many = Signal(int)
    profile_wanted = Signal(int)
    add_wanted = Signal()
    delete_wanted = Signal(object)
    archive_wanted = Signal(object, bool)
    twice_wanted = Signal()
    view_changed = Signal(object)

    def __init__(self, theme: Theme, journal: Journal, clock: Clock, view: View = View.ALL) -> None:
        super().__init__()
        self.setObjectName("people")
        self.setProperty("role", "column")
        self._theme = theme
        self._reader = journal.reader
        self._clock = clock
        self._view, self._order = view, Order.NEWEST
        self._chosen: int | None = None
        self._many = 0
        self._following = False
        # What was listed at the last reset, and who stood at the top of the window with which shift in pixels.
        self._listed: tuple[View, str, Order] | None = None
        self._top: tuple[int, int] | None = None
        self._today = day_of(clock())
        self._model = PeopleModel(journal.reader, clock, self)
        self._build(theme)
        self._typing = QTimer(self, singleShot=True)
        self._typing.timeout.connect(self._show_list)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self._on_minute)
        self._model.modelAboutToBeReset.connect(self._on_about_to_reset)
        self._model.modelReset.connect(self._on_reset)
        theme.changed.connect(self._on_theme)
        self._set_icons()
        self._filters.check(view)
        self._count_views()
        self._show_list()

    def refresh(self, changes: Changes | None = None) -> None:
        """Follow a change of the notebook; None after anything larger, such as another day."""
        chosen, held = self._chosen, self._list.selected() if self._many else array("q")
        before, row = self._model.ids(0, self._model.rowCount()), self._list.currentIndex().row()
        there = chosen is not None and self._model.row_of(chosen) >= 0
        self._following = True
        self._model.apply(changes)
        if held:
            self._list.select_people(held)
        if chosen is not None and self._model.row_of(chosen) < 0:
            if not self._reader.rows([chosen]):
                self._chosen = None
            if there and not self._list.count() and (beside := self._model.beside(before, row)) >= 0:
                self._list.choose(beside)
        self._following = False
        self._count_views()
        self._tell()
        self._on_settled()

    def select(self, person_id: int) -> bool:
        """Choose a person, among all people if the present view or search leaves them out. False if nobody has the id."""
        if self._model.row_of(person_id) < 0:
            if not self._reader.rows([person_id]):
                return False
            self._search.clear()
            self.set_view(View.ALL)
            if self._model.row_of(person_id) < 0:
                self.set_view(View.ARCHIVED)
        place = self._model.row_of(person_id)
        self._list.choose(place)
        self._list.scrollTo(self._model.index(place))
        return True

    def current(self) -> int | None:
        """The person who was chosen last, even while a search hides them; None after they were deleted."""
        return self._chosen

    def choose_first(self) -> None:
        """Choose the first person of the list if none is chosen there."""
        if not self._list.currentIndex().isValid() and self._model.rowCount():
            self._list.choose(0)

    def step(self, by: int) -> None:
        """Choose the person that many rows further down, or up, as far as the list goes."""
        if last := self._model.rowCount():
            place = min(max(0, self._list.currentIndex().row() + by), last - 1)
            self._list.choose(place)
            self._list.scrollTo(self._model.index(place))

    def selected(self) -> list[int]:
        """Everyone who is selected, in the order of the list."""
        return list(self._list.selected())

    def select_one(self) -> None:
        """Go back from many to one: to whoever was chosen last, or where the keyboard is."""
        place = -1 if self._chosen is None else self._model.row_of(self._chosen)
        if self._many and (place := place if place >= 0 else self._list.currentIndex().row()) >= 0:
            self._list.choose(place)

    def search_for(self, text: str) -> None:
        """Look for something among all people."""
        self._search.setText(text)
        self.set_view(View.ALL)

    def show_pairs(self, count: int) -> None:
        """Say below the list how many pairs may be one person each; 0 says nothing."""
        self._foot.show_pairs(count)

    def show_above(self, widget: QWidget) -> None:
        """Take a widget in above the list."""
        self._above.addWidget(widget)

    def make_room(self, *, wanted: bool) -> None:
        """Leave the room of everything else to what stands above the list, and to the list."""
        for part in (self._search, self._filters, self._count, self._order_button, self._add, self._foot):
            part.setMaximumHeight(0 if wanted else _ANY_HEIGHT)

    def focus_search(self) -> None:
        """Put the keyboard into the search, ready to type over what is there."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def focus_list(self) -> None:
        """Put the keyboard into the list, on the first person if none is chosen there; into the search if it is empty."""
        self.choose_first()
        there = self._list if self._model.rowCount() else self._search
        there.setFocus(Qt.FocusReason.OtherFocusReason)

    def view(self) -> View:
        """The view that is shown."""
        return self._view

    def set_view(self, view: View) -> None:
        """Show another view; the search stays as it is."""
        self._filters.check(view)
        self._typing.stop()
        changed = view != self._view
        self._view = view
        self._foot.show_counts(self._counts, view)
        self._show_list()
        if changed:
            self.view_changed.emit(view)

    def order(self) -> Order:
        """The order in which people are listed."""
        return self._order

    def set_order(self, order: Order) -> None:
        """List people in another order."""
        self._order = order
        self._order_button.show_order(order)
        self._show_list()

    def _build(self, theme: Theme) -> None:
        px = theme.px
        self._search = SearchField(theme)
        self._search.textChanged.connect(self._on_typed)
        self._search.left_down.connect(self.focus_list)
        self._search.entered.connect(self._on_search_entered)
        self._add = QToolButton()
        self._add.setObjectName("people-add")
        self._add.setAccessibleName("Add a person")
        self._add.setToolTip("Add a person")
        self._add.setCursor(Qt.CursorShape.PointingHandCursor)
        self._add.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._add.clicked.connect(lambda: self.add_wanted.emit())

        self._filters = ViewFilters(theme)
        self._filters.picked.connect(self.set_view)

        self._count = PlainLabel("", "faint")
        self._count.setObjectName("people-count")
        self._order_button = OrderButton(theme)
        self._order_button.picked.connect(self.set_order)

        self._delegate = PersonDelegate(theme, self._clock, self)
        self._list = PeopleList(self._model, self._delegate.row_height)
        self._list.setItemDelegate(self._delegate)
        self._list.settled.connect(self._on_settled)
        self._list.opened.connect(self.opened)
        self._list.clicked.connect(self._on_clicked)
        self._list.delete_pressed.connect(self._on_delete)
        self._list.menu_wanted.connect(self._on_menu)
        self._list.typed.connect(self._on_typed_in_list)
        self._nobody = NobodyHere(theme)
        self._nobody.show_all.connect(lambda: self.set_view(View.ALL))
        self._nobody.clear_search.connect(self._on_clear_search)
        self._nobody.add_wanted.connect(self.add_wanted)
        self.setFocusProxy(self._list)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._nobody)

        head = QVBoxLayout()
        head.setContentsMargins(px(14), px(16), px(14), px(2))
        head.setSpacing(px(10))
        head.addWidget(self._search)
        head.addWidget(self._filters)
        below = row(self._count, 1, self._order_button, self._add, spacing=px(2))
        below.setContentsMargins(px(2), 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(14), 0, px(6), px(4))
        foot.addLayout(below)
        layout.addLayout(foot)
        self._above = QVBoxLayout()
        self._above.setContentsMargins(px(14), 0, px(14), px(8))
        layout.addLayout(self._above)
        layout.addWidget(self._stack, 1)
        self._foot = Foot(theme)
        self._foot.view_wanted.connect(self.set_view)
        self._foot.twice_wanted.connect(self.twice_wanted)
        layout.addWidget(self._foot)

    # -------------------------------------------------------------------------------------------------- the list

    def _show_list(self) -> None:
        self._model.show(self._view, self._search.text().strip(), self._order)
        self._tell()

    def _count_views(self) -> None:
        self._counts = counts = self._reader.counts()
        self._filters.show_counts(counts)
        self._foot.show_counts(counts, self._view)

    def _tell(self) -> None:
        """Bring the line above the list and the empty page up to date."""
        shown, query = self._model.rowCount(), self._search.text().strip()
        if self._many:
            self._count.setText(f"{self._many:,} selected")
        elif self._view is View.ARCHIVED and not query:
            self._count.setText(f"{shown:,} archived")
        else:
            self._count.setText(f"{shown:,} found" if query else _people(shown))
        if not shown:
            self._nobody.explain(self._view, query, anyone=self._counts.all + self._counts.archived > 0)
            if self._list.hasFocus():
                self._search.setFocus()
        self._stack.setCurrentWidget(self._list if shown else self._nobody)

    def _on_settled(self) -> None:
        """Choose whoever is selected, if it is one; tell if they are many."""
        if self._following:
            return
        count, before = self._list.count(), self._many
        self._many = count if count > 1 else 0
        if self._many != before:
            self._delegate.marking = self._many > 0
            self._list.viewport().update()
            self._tell()
            self.many.emit(self._many)
        if count == 1:
            (person,) = self._list.selected()
            self._model.keep(person)
            if person != self._chosen:
                self._chosen = person
                self.chosen.emit(person)

    def _on_about_to_reset(self) -> None:
        top = self._list.indexAt(QPoint(4, 1))
        self._top = (self._model.person_id(top.row()), self._list.visualRect(top).top()) if top.isValid() else None

    def _on_reset(self) -> None:
        """Choose the same person as before, and stay at the same place if the list is still the same one."""
        place = -1 if self._chosen is None else self._model.row_of(self._chosen)
        if place >= 0:
            self._list.choose(place)
        elif not self._following:
            self._on_settled()
        same = (self._model.view, self._model.query, self._model.order) == self._listed
        self._listed = (self._model.view, self._model.query, self._model.order)
        if same and self._top is not None and (top := self._model.row_of(self._top[0])) >= 0:
            self._list.scrollTo(self._model.index(top), QAbstractItemView.ScrollHint.PositionAtTop)
            bar = self._list.verticalScrollBar()
            bar.setValue(bar.value() - self._top[1])
        elif place < 0:
            self._list.scrollToTop()

    def _on_typed(self, text: str) -> None:
        length = len(text.strip())
        self._typing.start(_FIRST_LETTER_MS if length == 1 else _NEXT_LETTER_MS if length else 0)

    def _on_search_entered(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self._show_list()
        if self._model.rowCount():
            self.focus_list()
            self.opened.emit(self._model.person_id(self._list.currentIndex().row()))

    def _on_typed_in_list(self, text: str) -> None:
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search.setText(text)

    def _on_clear_search(self) -> None:
        self._search.clear()
        self._search.setFocus()

    def _on_clicked(self, index: QModelIndex) -> None:
        if not self._many and self._list.selectionModel().isSelected(index):
            self.clicked.emit(self._model.person_id(index.row()))

    def _on_delete(self) -> None:
        if people := self.selected():
            self.delete_wanted.emit(people)

    def _on_menu(self, person: int, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        people, away = self.selected() if self._many else [person], self._view is not View.ARCHIVED
        if not self._many:
            menu.addAction("Write to them", lambda: self.opened.emit(person))
            menu.addAction("Open profile", lambda: self.profile_wanted.emit(person))
            menu.addSeparator()
        menu.addAction("Archive" if away else "Bring back", lambda: self.archive_wanted.emit(people, away))
        menu.addAction("Delete…", lambda: self.delete_wanted.emit(people))
        menu.popup(place)

    def _on_minute(self) -> None:
        """Let the ages follow the clock, and the views follow the calendar."""
        self._follow_calendar()
        self._list.viewport().update()

    def _follow_calendar(self) -> None:
        if (today := day_of(self._clock())) != self._today:
            self._today = today
            self.refresh()

    def _on_theme(self) -> None:
        self._set_icons()
        self._list.viewport().update()

    def _set_icons(self) -> None:
        self._add.setIcon(self._theme.icon("add", self._theme.tokens.ember, self._theme.px(18)))
        self._add.setIconSize(QSize(self._theme.px(18), self._theme.px(18)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Without repainting: a window that is about to be shown paints itself, and the first viewport() that Qt hands
        # over makes PySide load every kind of widget, for 9 ms.
        self._follow_calendar()
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"
