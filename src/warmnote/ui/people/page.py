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
from warmnote.ui.names import first_name
from warmnote.ui.people.panel import PeoplePanel
from warmnote.ui.scrolled import ScrolledPage
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import PlainLabel

if TYPE_CHECKING:  # it brings the meter and the prompts with it, which the first picture of the window does not need
    from warmnote.ui.people.desk import Desk
    from warmnote.ui.people.many import Many

__all__ = ["PeoplePage"]

_FOLD_METER_BELOW = 1100
_LIST_ALONE_BELOW = 820
_ROOMY_HEIGHT = 480
_RAIL = 76


class PeoplePage(QWidget):
    """Finds a person and puts them on the desk. `noticed(str)` carries a sentence for the notice bar.

    The desk comes a moment after the window, by `equip`; `desk` is None until then. While several people are selected,
    what can be done to all of them stands in the desk's place; the desk keeps its person and the letter.
    `same_wanted(left, right)` asks to look whether two people are one, `twice_wanted()` for all who may be.
    """

    noticed = Signal(str)
    same_wanted = Signal(int, int)
    twice_wanted = Signal()

    def __init__(self, theme: Theme, journal: Journal, settings: QSettings) -> None:
        super().__init__()
        self._theme, self._journal, self._settings = theme, journal, settings
        self._mode = ""
        self._person_shown = False
        self._writing = False
        self._selecting = False
        self._many: Many | None = None
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
        self._several = ScrolledPage()
        self._several_column = QVBoxLayout(self._several.page)
        self._several_column.setContentsMargins(px(20), px(18), px(20), px(18))
        self._several_column.setSpacing(px(14))
        self._waits = PlainLabel("", "faint", wrap=True)
        self._waits.setContentsMargins(px(18), 0, px(18), 0)
        self._several_column.addWidget(self._waits)
        self._several_column.addStretch(1)
        self._middle.addWidget(self._several)
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
        self.people.many.connect(self._on_many)
        self.people.twice_wanted.connect(self.twice_wanted)
        self.people.delete_wanted.connect(self.delete_people)
        self.people.archive_wanted.connect(self.archive_people)
        self.people.profile_wanted.connect(self._on_profile_of)
        journal.changed.connect(self._on_changed)

    def start(self) -> None:
        """Fill the list and choose whoever was chosen last, or the first."""
        self.people.refresh(None)
        pairs = self._settings.value("people/pairs", 0, int)
        self.people.show_pairs(pairs if isinstance(pairs, int) else 0)
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
        desk.tag_wanted.connect(self._on_tag)
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
        self._person_shown = self.desk is not None
        self._open(person)
        self._lay_out()
        if write:
            self.write_to(person)

    def write_to(self, person: int) -> None:
        """Put the keyboard into the letter to a person."""
        self._writing = True
        self._person_shown = True
        self.people.select_one()
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

    def archive_people(self, people: list[int], away: bool) -> None:
        """Set people aside, or bring them back; the notice offers to undo it."""
        self._journal.write(
            lambda notebook: notebook.bulk.archive(people) if away else notebook.bulk.unarchive(people),
            notice=lambda changes: changes.label,
        )

    def archive_selected(self) -> None:
        """Set aside whoever is selected, or bring them back from the archive."""
        if people := self.people.selected():
            self.archive_people(people, away=self.people.view() is not View.ARCHIVED)

    def tag(self) -> None:
        """Open the field for a tag, for whoever is selected."""
        if self._selecting:
            self._several_card().tag()
        elif self.desk is not None and self.desk.person_id is not None:
            self._person_shown = True
            self._lay_out()
            self.desk.card.tags.add()

    def flush(self) -> None:
        """Save what is being written and where the user was; before the window closes."""
        if self.desk is not None:
            self.desk.letter.flush()
            self._settings.setValue("people/chosen", self.desk.person_id or 0)
        self._settings.setValue("people/splitter", self._splitter.saveState())

    # What happens

    def _on_chosen(self, person: int) -> None:
        self._writing = False
        # In the narrow window, moving through the list leaves it in view; a click or Enter goes to the person.
        self._open(person)
        self._lay_out()

    def _on_clicked(self) -> None:
        # In the narrow window a click goes to the person, who may be the one that was chosen at the start.
        self._person_shown = self.desk is not None
        self._lay_out()

    def _on_many(self, count: int) -> None:
        if count and not self._selecting and self.desk is not None:
            self.desk.letter.flush()
        self._selecting = count > 0
        if count:
            self._several_card().show_people(self.people.selected(), self.people.view())
            opened = self.desk.opened if self.desk is not None else None
            whom = first_name(opened.person.name) if opened is not None else ""
            written = self.desk is not None and bool(self.desk.letter.editor.toPlainText().strip())
            back = f"Esc in the list goes back to {whom}."
            self._waits.setText(f"Your letter to {whom} waits. {back}" if written else back if whom else "")
        elif self._many is not None:
            focus = self.window().focusWidget()
            if focus is not None and self._many.isAncestorOf(focus):
                self.people.focus_list()
            self._many.leave()
        self._lay_out()

    def _several_card(self) -> "Many":
        if self._many is None:
            from warmnote.ui.people.many import Many

            self._many = many = Many(self._theme, self._journal)
            many.cleared.connect(self.people.select_one)
            many.delete_wanted.connect(self.delete_people)
            many.same_wanted.connect(self.same_wanted)
            if self._mode == "alone":
                self.people.show_above(many)
            else:
                self._several_column.insertWidget(0, many)
        return self._many

    def _open(self, person: int) -> None:
        if self.desk is not None and self.desk.open_person(person):
            self._show_middle()

    def _show_middle(self) -> None:
        if self._selecting:
            self._middle.setCurrentWidget(self._several)
        elif self.desk is not None and self.desk.person_id is not None:
            self._middle.setCurrentWidget(self.desk)
        elif self.desk is not None:
            self._middle.setCurrentIndex(1)

    def _on_emptied(self) -> None:
        self._show_middle()
        self._person_shown = False
        self.people.choose_first()
        self._lay_out()

    def show_list(self, view: View) -> None:
        """Show a view of the list; in the narrow window the list takes the place of the person."""
        self.people.set_view(view)
        self._on_back()

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

    def _on_tag(self, tag: str) -> None:
        self._person_shown = False
        self.people.search_for(tag)
        self._lay_out()

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
        alone = mode == "alone"
        if self._many is not None:
            if alone and self._mode != "alone":
                self.people.show_above(self._many)
            elif not alone and self._mode == "alone":
                self._several_column.insertWidget(0, self._many)
            self._many.setVisible(self._selecting)
            tight = alone and self._selecting and self.height() < self._theme.px(_ROOMY_HEIGHT)
            self._many.make_small(small=tight)
            self.people.make_room(wanted=tight)
        self._mode = mode
        person = self._person_shown and not self._selecting
        self._side.setVisible(mode == "wide" and not self._selecting)
        self.people.setVisible(not alone or not person)
        self._middle.setVisible(not alone or person)
        self._show_middle()
        if self.desk is not None:
            self.desk.show_back(alone)

    def _place_meter(self, desk: "Desk", *, beside: bool) -> None:
        if beside:
            self._side_layout.addWidget(desk.meter)
        else:
            desk.fold_meter()
        desk.meter.set_folded(not beside)
