"""Several people at once: selected by real keys and clicks, at any size of the list, and done with as one."""

import time
from array import array

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from warmnote.model import MessageKind
from warmnote.notebook import Order, View
from warmnote.ui.people.list_model import PeopleModel
from warmnote.ui.people.list_view import PeopleList
from warmnote.ui.people.panel import PeoplePanel

Key, Mod = Qt.Key, Qt.KeyboardModifier


class Hands:
    """The panel on screen with its list, and what it told."""

    def __init__(self, qtbot, desk, view: View = View.ALL) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.panel = PeoplePanel(desk.theme, desk.journal, desk.clock, view)
        self.panel.resize(316, 700)
        qtbot.addWidget(self.panel)
        self.told: list[tuple[str, object]] = []
        for name in ("chosen", "opened", "clicked", "many", "delete_wanted"):
            getattr(self.panel, name).connect(lambda value, name=name: self.told.append((name, value)))
        self.panel.archive_wanted.connect(lambda people, away: self.told.append(("archive_wanted", (people, away))))
        desk.journal.changed.connect(self.panel.refresh)
        self.panel.set_order(Order.NAME)
        self.panel.show()
        qtbot.waitExposed(self.panel)
        self.panel.activateWindow()
        qtbot.waitUntil(self.panel.isActiveWindow)
        self.list: PeopleList = self.panel.findChild(PeopleList)
        self.list.setFocus()

    def click(self, row: int, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        place = self.list.visualRect(self.list.model().index(row)).center()
        self.qtbot.mouseClick(self.list.viewport(), Qt.MouseButton.LeftButton, modifiers, place)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        self.qtbot.keyClick(self.list, key, modifiers)

    @property
    def names(self) -> list[str]:
        return [row.name for row in self.desk.journal.reader.rows(self.panel.selected())]

    @property
    def told_last(self) -> tuple[str, object]:
        return self.told[-1]

    def count(self) -> str:
        return next(
            w.text() for w in self.panel.findChildren(object) if getattr(w, "objectName", str)() == "people-count"
        )


@pytest.fixture
def five(desk) -> list[int]:
    return [desk.add(name) for name in ("Ana", "Ben", "Cleo", "Dora", "Emil")]


def test_ctrl_click_gathers_and_lets_go(qtbot, desk, five):
    hands = Hands(qtbot, desk)
    hands.click(0)
    assert hands.told == [("chosen", five[0]), ("clicked", five[0])]
    hands.click(2, Mod.ControlModifier)
    hands.click(4, Mod.ControlModifier)
    assert hands.names == ["Ana", "Cleo", "Emil"]
    assert hands.told[2:] == [("many", 2), ("many", 3)]  # nobody is chosen anew, and no click goes to a person
    assert hands.count() == "3 selected"
    hands.click(2, Mod.ControlModifier)
    hands.click(4, Mod.ControlModifier)
    assert hands.names == ["Ana"]
    assert hands.told_last == ("many", 0)
    assert hands.panel.current() == five[0]
    assert hands.count() == "5 people"


def test_shift_selects_up_to_there_by_mouse_and_by_keys(qtbot, desk, five):
    hands = Hands(qtbot, desk)
    hands.click(1)
    hands.click(3, Mod.ShiftModifier)
    assert hands.names == ["Ben", "Cleo", "Dora"]
    hands.key(Key.Key_Down, Mod.ShiftModifier)
    assert hands.names == ["Ben", "Cleo", "Dora", "Emil"]
    hands.key(Key.Key_Home, Mod.ShiftModifier)
    assert hands.names == ["Ana", "Ben"]
    hands.key(Key.Key_Down)
    assert hands.names == ["Ben"]
    assert hands.panel.current() == five[1]


def test_ctrl_and_space_pick_by_keyboard_alone(qtbot, desk, five):
    hands = Hands(qtbot, desk)
    hands.click(0)
    hands.key(Key.Key_Down, Mod.ControlModifier)
    hands.key(Key.Key_Down, Mod.ControlModifier)
    assert hands.names == ["Ana"]
    hands.key(Key.Key_Space, Mod.ControlModifier)
    assert hands.names == ["Ana", "Cleo"]
    hands.key(Key.Key_Space, Mod.ControlModifier)
    assert hands.names == ["Ana"]


def test_escape_goes_back_to_one(qtbot, desk, five):
    hands = Hands(qtbot, desk)
    hands.key(Key.Key_A, Mod.ControlModifier)
    assert hands.told_last == ("many", 5)
    hands.key(Key.Key_Escape)
    assert len(hands.names) == 1


def test_enter_opens_the_one_with_the_focus(qtbot, desk, five):
    hands = Hands(qtbot, desk)
    hands.click(1)
    hands.key(Key.Key_Down, Mod.ShiftModifier)
    hands.key(Key.Key_Return)
    assert hands.told[-2:] == [("chosen", five[2]), ("opened", five[2])]
    assert hands.names == ["Cleo"]


def test_a_shortcut_with_ctrl_chooses_one(qtbot, desk, five):
    hands = Hands(qtbot, desk)
    hands.click(1)
    window = hands.panel.windowHandle()
    qtbot.keyPress(window, Key.Key_Control, Mod.ControlModifier)
    assert QApplication.keyboardModifiers() == Mod.ControlModifier
    hands.panel.select(five[4])
    qtbot.keyRelease(window, Key.Key_Control)
    assert hands.names == ["Emil"]


def test_delete_asks_for_all_and_the_next_is_chosen_when_it_happens(qtbot, desk, five):
    hands = Hands(qtbot, desk)
    hands.click(1)
    hands.click(3, Mod.ControlModifier)
    hands.key(Key.Key_Delete)
    assert hands.told_last == ("delete_wanted", [five[1], five[3]])
    changes = desk.write(lambda notebook: notebook.delete_people([five[1], five[3]]))
    assert hands.names == ["Emil"]  # whoever stood below the last of them
    assert hands.panel.current() == five[4]
    assert hands.told[-2:] == [("many", 0), ("chosen", five[4])]
    desk.write(lambda notebook: notebook.undo(changes.undo))
    assert hands.names == ["Emil"]
    assert hands.list.model().rowCount() == 5


def test_archiving_everyone_leaves_nobody_chosen_and_says_where_they_are(qtbot, desk, five):
    hands = Hands(qtbot, desk)
    hands.key(Key.Key_A, Mod.ControlModifier)
    desk.write(lambda notebook: notebook.bulk.archive(hands.panel.selected()))
    assert hands.names == []
    assert hands.told_last == ("many", 0)
    archived = next(w for w in hands.panel.findChildren(object) if getattr(w, "objectName", str)() == "people-archived")
    assert archived.text() == "5 archived"
    archived.click()
    assert hands.panel.view() is View.ARCHIVED
    assert hands.list.model().rowCount() == 5
    assert archived.text() == "Back to all people"
    archived.click()
    assert hands.panel.view() is View.ALL
    assert not archived.isHidden()


def test_whoever_is_archived_leaves_the_list_though_they_were_chosen(qtbot, desk, five):
    hands = Hands(qtbot, desk)
    hands.click(1)
    desk.write(lambda notebook: notebook.bulk.archive([five[1]]))
    assert hands.list.model().rowCount() == 4
    assert hands.panel.current() == five[2]
    hands.panel.set_view(View.ARCHIVED)
    hands.click(0)
    desk.write(lambda notebook: notebook.bulk.unarchive([five[1]]))
    assert hands.list.model().rowCount() == 0


def test_an_archived_person_is_found_where_they_are(qtbot, desk, five):
    desk.write(lambda notebook: notebook.bulk.archive([five[1]]))
    hands = Hands(qtbot, desk)
    assert hands.panel.select(five[1])
    assert hands.panel.view() is View.ARCHIVED
    assert hands.names == ["Ben"]


def test_a_selection_stays_when_the_notebook_changes_under_it(qtbot, desk, five):
    hands = Hands(qtbot, desk)
    hands.click(1)
    hands.click(3, Mod.ControlModifier)
    desk.write(lambda notebook: notebook.bulk.tag([five[1], five[3]], "conference"))
    desk.add("Caspar")
    desk.write(lambda notebook: notebook.edit_person(five[3], name="Aaron"))  # moves to the top
    desk.write(lambda notebook: notebook.delete_people([five[0]]))
    assert hands.names == ["Aaron", "Ben"]
    assert hands.panel.current() == five[1]


def test_another_list_lets_the_selection_go(qtbot, desk, five):
    for person in five[:2]:
        desk.log(person, MessageKind.SENT)
    hands = Hands(qtbot, desk)
    hands.click(0)
    hands.key(Key.Key_A, Mod.ControlModifier)
    hands.panel.set_view(View.NEW)
    assert hands.told_last[0] == "many"
    assert hands.told_last[1] == 0
    assert hands.panel.current() == five[0]


def test_the_menu_is_for_all_who_are_selected(qtbot, desk, five):
    hands = Hands(qtbot, desk)
    hands.click(0)
    hands.click(1, Mod.ControlModifier)
    hands.list.menu_wanted.emit(five[1], QPoint(10, 10))
    (menu,) = [menu for menu in hands.panel.findChildren(QMenu) if menu.isVisible()]
    actions = {action.text(): action for action in menu.actions()}
    assert set(actions) == {"Archive", "Delete…"}
    actions["Archive"].trigger()
    menu.close()
    assert hands.told_last == ("archive_wanted", (five[:2], True))


def test_a_hundred_thousand_are_selected_without_asking_for_their_rows(qtbot, desk, monkeypatch):
    hands = Hands(qtbot, desk)
    desk.bring(20_000)
    model: PeopleModel = hands.list.model()
    ids = model._ids
    model.beginResetModel()
    model._ids = array("q", [person + 100_000 * turn for turn in range(5) for person in ids])
    model.endResetModel()
    assert model.rowCount() == 100_000
    asked = []
    monkeypatch.setattr(model, "person", lambda row: asked.append(row))
    start = time.perf_counter()
    hands.key(Key.Key_A, Mod.ControlModifier)
    assert hands.told_last == ("many", 100_000)
    assert len(hands.panel.selected()) == 100_000
    hands.list.viewport().grab()
    assert time.perf_counter() - start < 1
    assert len(set(asked)) < 40  # those in sight


def test_who_is_selected_has_a_tick(qtbot, desk, five):
    hands = Hands(qtbot, desk)
    hands.click(0)
    before = hands.list.viewport().grab().toImage()
    hands.click(1, Mod.ControlModifier)
    after = hands.list.viewport().grab().toImage()
    assert before.pixelColor(36, 12) != after.pixelColor(36, 12)  # the face of the first
    hands.click(1, Mod.ControlModifier)
    assert hands.list.viewport().grab().toImage().pixelColor(36, 12) == before.pixelColor(36, 12)


def test_a_change_of_many_people_is_told_in_one_piece(qtbot, desk):
    people = sorted(desk.bring(9_000).added)
    model = PeopleModel(desk.journal.reader, desk.clock)
    model.show(View.ALL)
    told = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    changes = desk.write(lambda notebook: notebook.bulk.tag(people[:8_000:2], "fair"))
    start = time.perf_counter()
    model.apply(changes)
    assert told == [(0, 8_999)]
    assert time.perf_counter() - start < 0.5
