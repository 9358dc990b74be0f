"""The list's model against the real notebook: what it holds is what the notebook says, told to a view step by step."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from warmnote.model import Batch, Draft, Incoming, Message, MessageKind, Network
from warmnote.notebook import Changes, Notebook, Order, Store, View
from warmnote.ui.people.list_model import PeopleModel

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday, as the desk has it


class Heard:
    """Counts what a model tells its views."""

    def __init__(self, model: PeopleModel) -> None:
        self.events: list[tuple] = []
        model.rowsInserted.connect(lambda _, first, last: self.events.append(("in", first, last)))
        model.rowsRemoved.connect(lambda _, first, last: self.events.append(("out", first, last)))
        model.rowsMoved.connect(lambda _, first, last, __, to: self.events.append(("move", first, to)))
        model.modelReset.connect(lambda: self.events.append(("reset",)))
        model.dataChanged.connect(lambda first, last: self.events.append(("data", first.row(), last.row())))


@pytest.fixture
def model(desk):
    model = PeopleModel(desk.journal.reader, desk.clock)
    desk.model = model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    return model


def names(model: PeopleModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def test_rows_come_in_the_order_of_the_notebook(desk, model):
    for name in ("Will Brandt", "Ana Moreno", "Priya Shah"):
        desk.add(name)
    model.show(View.ALL, "", Order.NAME)
    assert names(model) == ["Ana Moreno", "Priya Shah", "Will Brandt"]
    model.show(View.ALL, "pri")
    assert names(model) == ["Priya Shah"]
    model.show(View.WAITING)
    assert names(model) == []


def test_a_screen_reader_hears_a_sentence(desk, model):
    ana = desk.add("Ana Moreno", bio="Potter in Bilbao")
    desk.log(ana, MessageKind.SENT, days_ago=3)
    desk.log(ana, MessageKind.RECEIVED, "The kiln cracked", days_ago=2)
    desk.plan(ana, NOON.date() + timedelta(days=1))
    model.show(View.ALL)
    said = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert (
        said
        == "Ana Moreno, waiting for your answer, wrote “The kiln cracked”, Replied, planned for tomorrow, 2 days ago"
    )


def test_an_addition_is_one_insertion(desk, model):
    for name in ("Ana", "Cleo"):
        desk.add(name)
    model.show(View.ALL, "", Order.NAME)
    heard = Heard(model)
    changes = desk.write(lambda notebook: notebook.add_person("Ben"))
    model.apply(changes)
    assert heard.events == [("in", 1, 1)]
    assert names(model) == ["Ana", "Ben", "Cleo"]


def test_a_deletion_and_its_undo_touch_only_these_rows(desk, model):
    people = [desk.add(name) for name in ("Ana", "Ben", "Cleo", "Dora", "Emil")]
    model.show(View.ALL, "", Order.NAME)
    heard = Heard(model)
    changes = desk.write(lambda notebook: notebook.delete_people([people[1], people[2], people[4]]))
    model.apply(changes)
    assert heard.events == [("out", 4, 4), ("out", 1, 2)]
    assert names(model) == ["Ana", "Dora"]
    heard.events.clear()
    model.apply(desk.write(lambda notebook: notebook.undo(changes.undo)))
    assert heard.events == [("in", 1, 2), ("in", 4, 4)]
    assert names(model) == ["Ana", "Ben", "Cleo", "Dora", "Emil"]


def test_a_change_in_place_repaints_one_row_with_the_new_words(desk, model):
    people = [desk.add(name) for name in ("Ana", "Ben", "Cleo")]
    model.show(View.ALL, "", Order.NAME)
    assert model.person(1).line == ""
    heard = Heard(model)
    model.apply(desk.write(lambda notebook: notebook.edit_person(people[1], bio="Bakes bread")))
    assert heard.events == [("data", 1, 1)]
    assert model.person(1).line == "Bakes bread"


def test_a_letter_moves_the_person_up_without_a_reset(desk, model):
    people = [desk.add(name) for name in ("Ana", "Ben", "Cleo", "Dora")]
    for days, person in enumerate(people, 1):
        desk.log(person, MessageKind.SENT, days_ago=days)
    model.show(View.ALL, "", Order.LAST_CONTACT)
    assert names(model) == ["Ana", "Ben", "Cleo", "Dora"]
    heard = Heard(model)
    model.apply(desk.log(people[2], MessageKind.RECEIVED))
    assert names(model) == ["Cleo", "Ana", "Ben", "Dora"]
    assert [event[0] for event in heard.events] == ["move", "data"]


def test_a_saved_draft_says_nothing_about_places(desk, model):
    people = [desk.add(name) for name in ("Ana", "Ben")]
    model.show(View.ALL)
    heard = Heard(model)
    model.apply(desk.write(lambda notebook: notebook.save_draft(people[0], Draft("Hello Ana"))))
    assert not {"in", "out", "move", "reset"} & {event[0] for event in heard.events}


def test_who_is_kept_stays_in_place_until_let_go(desk, model):
    people = [desk.add(name) for name in ("Ana", "Ben", "Cleo")]
    model.show(View.NEW, "", Order.NAME)
    model.keep(people[1])
    model.apply(desk.log(people[1], MessageKind.SENT))
    assert names(model) == ["Ana", "Ben", "Cleo"]
    model.apply(desk.write(lambda notebook: notebook.delete_people([people[0]])))
    assert names(model) == ["Ben", "Cleo"]
    model.keep(people[2])
    model.apply(Changes())
    assert names(model) == ["Cleo"]


def test_who_is_kept_goes_when_deleted(desk, model):
    people = [desk.add(name) for name in ("Ana", "Ben")]
    model.show(View.NEW, "", Order.NAME)
    model.keep(people[1])
    model.apply(desk.write(lambda notebook: notebook.delete_people([people[1]])))
    assert names(model) == ["Ana"]


def test_a_person_deleted_behind_the_lists_back_has_no_data(desk, model):
    desk.bring(200)
    model.show(View.ALL, "", Order.NAME)
    gone = model.person_id(150)  # in a page that was not read yet
    desk.write(lambda notebook: notebook.delete_people([gone]))
    assert names(model)[149:152] == ["Person 00150", None, "Person 00152"]
    assert model.index(150).data(PeopleModel.ROW) is None


def test_an_import_of_many_goes_in_without_losing_those_who_were_there(desk, model):
    ana = desk.add("Ana Moreno")
    model.show(View.ALL, "", Order.NAME)
    heard = Heard(model)
    model.apply(desk.bring(3000))
    assert [event[0] for event in heard.events if event[0] != "data"] == ["in"]
    assert model.rowCount() == 3001
    assert model.row_of(ana) == 0
    assert model.person(2999).name == "Person 02999"


def test_too_many_places_are_one_reset(desk, model):
    people = desk.bring(2000).added
    model.show(View.ALL, "", Order.NAME)
    heard = Heard(model)
    model.apply(desk.write(lambda notebook: notebook.delete_people(sorted(people)[::2])))
    assert heard.events == [("reset",)]
    assert model.rowCount() == 1000


NAMES = st.sampled_from(("Ana", "Ben", "Cleo", "Dora", "Emil", "Åsa", "ana"))
STEP = st.one_of(
    st.tuples(st.just("add"), NAMES),
    st.tuples(st.just("import"), st.integers(1, 6)),
    st.tuples(st.just("delete"), st.lists(st.integers(0, 20), min_size=1, max_size=4)),
    st.tuples(st.just("rename"), st.integers(0, 20), NAMES),
    st.tuples(
        st.just("log"),
        st.integers(0, 20),
        st.sampled_from((MessageKind.SENT, MessageKind.RECEIVED)),
        st.integers(0, 400),
    ),
    st.tuples(st.just("undo")),
)


@given(
    steps=st.lists(STEP, max_size=14),
    shown=st.tuples(st.sampled_from(View), st.sampled_from(("", "an")), st.sampled_from(Order)),
    at_once=st.integers(1, 3),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_changes_the_list_is_what_the_notebook_says(qapp, tmp_path_factory, steps, shown, at_once):
    """Also when several writes are told as one, and with Qt's own watch over the order of signals."""
    notebook = Notebook(Store(tmp_path_factory.mktemp("book") / "warmnote.db"), lambda: NOON)
    model = PeopleModel(notebook, lambda: NOON)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show(*shown)
    last = Changes()
    told = Changes()
    for number, step in enumerate(steps):
        people = list(notebook.person_ids(View.ALL, "", Order.NAME))
        match step:
            case ("add", name):
                last = notebook.add_person(name)
            case ("import", count):
                arrivals = tuple(Incoming(n, Network.X, f"{number}-{n}", f"Ana {n}") for n in range(1, count + 1))
                last = notebook.import_batch(Batch("Followers", Network.X, "f.csv", arrivals), None)
            case ("delete", places) if people:
                last = notebook.delete_people({people[place % len(people)] for place in places})
            case ("rename", place, name) if people:
                last = notebook.edit_person(people[place % len(people)], name=name)
            case ("log", place, kind, days) if people:
                message = Message(kind, "How was it?", NOON - timedelta(days=days))
                last = notebook.log(people[place % len(people)], message)
            case ("undo",) if last.undo is not None:
                last = notebook.undo(last.undo)
            case _:
                continue
        told = Changes(told.added | last.added, told.changed | last.changed, told.removed | last.removed)
        if number % at_once == 0:
            model.apply(told)
            told = Changes()
            assert [model.person_id(row) for row in range(model.rowCount())] == list(notebook.person_ids(*shown))
            rows = notebook.rows(notebook.person_ids(*shown))
            assert [model.person(row) for row in range(model.rowCount())] == rows
    del tester
    notebook.close()
