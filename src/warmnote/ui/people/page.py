"""The people page: the list, the desk with the chosen person, and the meter beside it.

Wide, the three stand side by side; narrower, the meter folds below the text; narrowest, the list is a page of its own.
"""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from warmnote.model import Person
from warmnote.notebook import Changes, View
from warmnote.ui.journal import Journal
from warmnote.ui.people.panel import PeoplePanel
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import PlainLabel

if TYPE_CHECKING:  # it brings the meter and the prompts with it, which the first picture of the window does not need
    from warmnote.ui.people.desk import Desk

__all__ = ["PeoplePage"]

_FOLD_METER_BELOW = 1100
_LIST_ALONE_BELOW = 820
_RAIL = 76


class PeoplePage(QWidget):
    """Finds a person and puts them on the desk. `noticed(str)` carries a sentence for the notice bar.

    The desk comes a moment after the window, by `equip`; `desk` is None until then.
    """

    noticed = Signal(str)

    def __init__(self, theme: Theme, journal: Journal, settings: QSettings) -> None:
        super().__init__()
        self._theme, self._journal, self._settings = theme, journal, settings
        self._mode = ""
        self._person_shown = False
        self._writing = False
        self.desk: Desk | None = None
        px = theme.px
        self.people = PeoplePanel(theme, journal, journal.clock)
        self.people.setMinimumWidth(px(230))
        nobody = PlainLabel("Choose someone on the left, and write to them here.", "secondary", wrap=True)
        nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._middle = QStackedWidget()
        self._middle.setMinimumWidth(px(340))
        self._middle.addWidget(QWidget())
        self._middle.addWidget(nobody)
        self._side = QFrame()
        self._side.setProperty("role", "side")
        self._side.setMinimumWidth(px(270))
        self._side_layout = QVBoxLayout(self._side)
        self._side_layout.setContentsMargins(0, 0, 0, 0)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("people-splitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        for part in (self.people, self._middle, self._side):
            self._splitter.addWidget(part)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([px(316), px(650), px(318)])
        if isinstance(state := settings.value("people/splitter"), QByteArray):
            self._splitter.restoreState(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self.people.chosen.connect(self._on_chosen)
        self.people.clicked.connect(self._on_clicked)
        self.people.opened.connect(self.write_to)
        self.people.add_wanted.connect(self.add_person)
        self.people.delete_wanted.connect(self.delete_people)
        self.people.profile_wanted.connect(self._on_profile_of)
        journal.changed.connect(self._on_changed)

    def start(self) -> None:
        """Fill the list and choose whoever was chosen last, or the first."""
        self.people.refresh(None)
        last = self._settings.value("people/chosen", 0, int)
        if not (isinstance(last, int) and last and self.people.select(last)):
            self.people.choose_first()
        self._person_shown = False

    def equip(self, desk: "Desk") -> None:
        """Set up the desk, with whoever is chosen on it."""
        self.desk = desk
        self._middle.addWidget(desk)
        desk.emptied.connect(self._on_emptied)
        desk.back_wanted.connect(self._on_back)
        desk.edit_wanted.connect(self._on_edit)
        desk.delete_wanted.connect(lambda person: self.delete_people([person]))
        desk.noticed.connect(self.noticed)
        self._mode = ""
        self._lay_out()
        chosen = self.people.current()
        if chosen is not None:
            self._open(chosen)
        if self._writing:
            desk.write()

    # What the window and the shortcuts ask for

    def current(self) -> int | None:
        """The person on the desk."""
        return self.desk.person_id if self.desk is not None else None

    def show_person(self, person: int, *, write: bool = False) -> None:
        """Choose a person in the list, whatever filter is on; with `write`, put the keyboard into the letter."""
        self.people.select(person)
        self._open(person)
        if write:
            self.write_to(person)

    def write_to(self, person: int) -> None:
        """Put the keyboard into the letter to a person."""
        self._writing = True
        self._person_shown = True
        self._open(person)
        self._lay_out()
        if self.desk is not None:
            self.desk.write()

    def write(self) -> None:
        """Put the keyboard into the letter to whoever is chosen."""
        if (person := self.people.current()) is not None:
            self.write_to(person)

    def add_person(self) -> None:
        """Ask for a new person and choose them."""
        from warmnote.ui.people.add import AddPerson  # brings the prompts with it

        dialog = AddPerson(self._theme, self._journal, parent=self.window())
        dialog.accepted_fields.connect(self._on_add)
        dialog.open()

    def delete_people(self, people: list[int]) -> None:
        """Delete people with all that was written; the notice offers to put them back."""
        self._journal.write(lambda notebook: notebook.delete_people(people), notice=lambda changes: changes.label)

    def flush(self) -> None:
        """Save what is being written and where the user was; before the window closes."""
        if self.desk is not None:
            self.desk.letter.flush()
            self._settings.setValue("people/chosen", self.desk.person_id or 0)
        self._settings.setValue("people/splitter", self._splitter.saveState())

    # What happens

    def _on_chosen(self, person: int) -> None:
        self._writing = False
        # In the narrow window, the first choice at the start leaves the list in view; the user's own goes to the person.
        self._person_shown = self._mode != "" and self.desk is not None
        self._open(person)
        self._lay_out()

    def _on_clicked(self) -> None:
        # In the narrow window a click goes to the person, who may be the one that was chosen at the start.
        self._person_shown = self.desk is not None
        self._lay_out()

    def _open(self, person: int) -> None:
        if self.desk is not None and self.desk.open_person(person):
            self._middle.setCurrentWidget(self.desk)

    def _on_emptied(self) -> None:
        self._middle.setCurrentIndex(1)
        self._person_shown = False
        self.people.choose_first()
        self._lay_out()

    def _on_back(self) -> None:
        if self.desk is not None:
            self.desk.letter.flush()
        self._person_shown = False
        self._lay_out()
        self.people.focus_list()

    def _on_changed(self, changes: Changes) -> None:
        self.people.refresh(changes)
        if self.current() is None:
            self.people.choose_first()
            if (chosen := self.people.current()) is not None:
                self._open(chosen)

    def _on_add(self, fields: dict[str, Any]) -> None:
        def done(changes: Changes) -> None:
            (person,) = changes.added
            self.people.set_view(View.ALL)
            self.show_person(person, write=True)

        self._journal.write(lambda notebook: notebook.add_person(**fields), done, notice=f"Added {fields['name']}")

    def _on_edit(self, person: Person) -> None:
        from warmnote.ui.people.add import AddPerson

        def change(fields: dict[str, Any]) -> None:
            self._journal.write(lambda notebook: notebook.edit_person(person.id, **fields), notice="Changed")

        dialog = AddPerson(self._theme, self._journal, person=person, parent=self.window())
        dialog.accepted_fields.connect(change)
        dialog.open()

    def _on_profile_of(self, person: int) -> None:
        identities = self._journal.reader.open_person(person).person.identities
        address = next((identity.url for identity in identities if identity.url), "")
        if address and self.desk is not None:
            self.desk.open_profile(address)
        else:
            self.noticed.emit("No address of a page is known for this person.")

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold and unfold."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.width() + self._theme.px(_RAIL)
        mode = "wide"
        if width < self._theme.px(_FOLD_METER_BELOW):
            mode = "folded" if width >= self._theme.px(_LIST_ALONE_BELOW) else "alone"
        if self.desk is not None and (not self._mode or (mode == "wide") != (self._mode == "wide")):
            self._place_meter(self.desk, beside=mode == "wide")
        self._mode = mode
        alone = mode == "alone"
        self._side.setVisible(mode == "wide")
        self.people.setVisible(not alone or not self._person_shown)
        self._middle.setVisible(not alone or self._person_shown)
        if self.desk is not None:
            self.desk.show_back(alone)

    def _place_meter(self, desk: "Desk", *, beside: bool) -> None:
        if beside:
            self._side_layout.addWidget(desk.meter)
        else:
            desk.fold_meter()
        desk.meter.set_folded(not beside)
