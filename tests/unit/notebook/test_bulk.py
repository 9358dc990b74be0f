"""What is done to many people at once, each with its undo; and the archive, which is in no other list."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from warmnote.model import Batch, Expected, Fact, FollowUp, Message, MessageKind, Progress, Stage
from warmnote.notebook import Changes, Notebook, Order, Store, View

from .dump import dump

Add = Callable[..., int]
MakeBatch = Callable[..., Batch]


@pytest.fixture
def three(add: Add) -> tuple[int, int, int]:
    return add("Ana", "Potter"), add("Bo"), add("Cy")


def there_and_back(notebook: Notebook, path: Path, do: Callable[[], Changes]) -> Changes:
    """Does it, takes it back, does it again by taking that back; the file must follow."""
    before = dump(path)
    changes = do()
    after = dump(path)
    assert after != before
    assert changes.undo is not None
    undone = notebook.undo(changes.undo)
    assert dump(path) == before
    assert undone.undo is not None
    notebook.undo(undone.undo)
    assert {name: set(rows) for name, rows in dump(path).items()} == {name: set(rows) for name, rows in after.items()}
    return changes


EVERYTHING = [
    (lambda n, ids: n.bulk.tag(ids, "conference"), "3 people were tagged “conference”"),
    (lambda n, ids: n.bulk.untag(ids, "old"), "“old” was taken off 3 people"),
    (lambda n, ids: n.bulk.set_stage(ids, Stage.CONVERSATION), "The stage of 3 people was set to “conversation”"),
    (lambda n, ids: n.bulk.set_stage(ids, None), "The stage of 3 people was left to the log again"),
    (lambda n, ids: n.bulk.plan(ids, FollowUp(date(2026, 12, 3), "the fair")), "3 people are planned for 3 December 2026"),
    (lambda n, ids: n.bulk.plan(ids, None), "3 people are no longer planned"),
    (lambda n, ids: n.bulk.archive(ids), "3 people were archived"),
]  # fmt: skip


@pytest.mark.parametrize(("do", "label"), EVERYTHING)
def test_one_undo_takes_all_of_it_back(notebook: Notebook, three, path: Path, do, label: str):
    notebook.bulk.tag(three, "old")
    notebook.bulk.set_stage(three, Stage.RELATIONSHIP)
    notebook.bulk.plan(three, FollowUp(date(2027, 1, 1)))
    changes = there_and_back(notebook, path, lambda: do(notebook, three))
    assert changes.label == label
    assert changes.changed == set(three)


def test_one_person_is_named(notebook: Notebook, three):
    ana = three[0]
    assert notebook.bulk.tag([ana], "fair").label == "Ana was tagged “fair”"
    assert notebook.bulk.untag([ana], "fair").label == "“fair” was taken off Ana"
    assert notebook.bulk.plan([ana], FollowUp(date(2026, 12, 3))).label == "Ana is planned for 3 December 2026"
    assert notebook.bulk.archive([ana]).label == "Ana was archived"
    assert notebook.bulk.unarchive([ana]).label == "Ana was taken back from the archive"


@pytest.mark.parametrize(("do", "_"), EVERYTHING)
def test_a_second_time_there_is_nothing_to_change_and_nothing_to_undo(notebook: Notebook, three, do, _):
    do(notebook, three)
    again = do(notebook, three)
    assert (again.changed, again.undo, again.label) == (frozenset(), None, "Nothing to change")


@pytest.mark.parametrize(("do", "_"), EVERYTHING)
def test_people_who_are_gone_are_passed_over(notebook: Notebook, three, do, _):
    notebook.bulk.tag(three, "old")
    notebook.bulk.set_stage(three, Stage.RELATIONSHIP)
    notebook.bulk.plan(three, FollowUp(date(2027, 1, 1)))
    notebook.delete_people([three[1]])
    assert do(notebook, [*three, 4711]).changed == {three[0], three[2]}


@pytest.mark.parametrize(("do", "_"), EVERYTHING)
def test_nobody_is_no_error(notebook: Notebook, path: Path, do, _):
    before = dump(path)
    assert not do(notebook, []).changed
    assert dump(path) == before


# tags


def test_a_tag_is_one_line_without_space_around(notebook: Notebook, three):
    notebook.bulk.tag(three, "  Berlin   2026 ")
    assert notebook.open_person(three[0]).person.tags == ("Berlin 2026",)


@pytest.mark.parametrize("tag", ["", "  ", "\0", "two\nlines", "one\u2028two", "x" * 41])
def test_what_cannot_be_a_tag_is_refused_in_words(notebook: Notebook, three, path: Path, tag: str):
    before = dump(path)
    with pytest.raises(Expected, match="tag"):
        notebook.bulk.tag(three, tag)
    assert dump(path) == before


def test_forty_characters_are_a_tag(notebook: Notebook, three):
    notebook.bulk.tag(three, "é" * 40)
    assert notebook.bulk.tags() == (("é" * 40, 3),)


@pytest.mark.parametrize("again", ["conference", "CONFERENCE", "Conference"])
def test_capitals_make_no_other_tag(notebook: Notebook, three, again: str):
    notebook.bulk.tag(three[:1], "Conference")
    notebook.bulk.tag(three, again)
    assert notebook.bulk.tags() == (("Conference", 3),)
    notebook.bulk.untag(three[1:], again)
    assert notebook.bulk.tags() == (("Conference", 1),)


def test_nor_do_those_that_only_other_languages_have(notebook: Notebook, three):
    notebook.bulk.tag(three[:1], "Ärzte")
    notebook.bulk.tag(three, "ÄRZTE")
    assert notebook.bulk.tags() == (("Ärzte", 3),)


def test_tags_are_listed_by_the_alphabet_and_found_by_search(notebook: Notebook, three):
    ana, bo, _ = three
    notebook.bulk.tag([ana, bo], "potters")
    notebook.bulk.tag([bo], "Fair in Berlin")
    assert notebook.bulk.tags() == (("Fair in Berlin", 1), ("potters", 2))
    assert notebook.open_person(bo).person.tags == ("Fair in Berlin", "potters")
    assert list(notebook.person_ids(View.ALL, "berl")) == [bo]
    notebook.bulk.untag([bo], "fair in berlin")
    assert not notebook.person_ids(View.ALL, "berl")


def test_imports_leave_tags_stages_and_the_archive_alone(notebook: Notebook, batch: MakeBatch):
    notebook.import_batch(batch({"name": "Ana"}))
    (ana,) = notebook.person_ids(View.ALL)
    notebook.bulk.tag([ana], "potters")
    notebook.bulk.set_stage([ana], Stage.CONVERSATION)
    notebook.bulk.archive([ana])
    notebook.import_batch(batch({"name": "Ana", "bio": "Weaver"}))
    person = notebook.open_person(ana).person
    assert (person.bio, person.tags, person.stage) == ("Weaver", ("potters",), Stage.CONVERSATION)
    assert person.archived_at is not None


def test_an_import_taken_back_leaves_those_who_were_tagged(notebook: Notebook, batch: MakeBatch):
    changes = notebook.import_batch(batch({"name": "Ana"}, {"name": "Bo"}))
    ana = next(iter(notebook.person_ids(View.ALL, "ana")))
    notebook.bulk.tag([ana], "potters")
    assert changes.undo is not None
    notebook.undo(changes.undo)
    assert list(notebook.person_ids(View.ALL)) == [ana]


# stage


def test_a_stage_set_by_hand_holds_whatever_the_log_says(notebook: Notebook, three, clock):
    ana = three[0]
    notebook.bulk.set_stage([ana], Stage.RELATIONSHIP)
    person = notebook.open_person(ana).person
    assert (person.stage, person.stage_by_hand, person.progress) == (Stage.RELATIONSHIP, True, Progress.NEW)
    notebook.log(ana, Message(MessageKind.RECEIVED, "Hello", clock()))
    assert notebook.open_person(ana).person.stage is Stage.RELATIONSHIP
    notebook.bulk.set_stage([ana], None)
    person = notebook.open_person(ana).person
    assert (person.stage, person.stage_by_hand) == (Stage.EXCHANGED_ONCE, False)


# plans


def test_a_plan_for_many_ends_their_rest(notebook: Notebook, three, clock):
    notebook.rest(three[0])
    notebook.bulk.plan(three, FollowUp(clock().date(), "the fair"))
    assert {entry.id for entry in notebook.today().back} == set(three)


# the archive


def everywhere(notebook: Notebook, person: int) -> set[str]:
    """The lists that show a person."""
    found = {view.value for view in View if person in notebook.person_ids(view)}
    found |= {
        f"today {name}"
        for name in ("waiting", "hello", "back", "rest")
        if any(entry.id == person for entry in getattr(notebook.today(), name))
    }
    return found | {f"{order}" for order in Order if person in notebook.person_ids(View.ALL, "", order)}


def test_who_is_archived_is_in_the_archive_and_nowhere_else(notebook: Notebook, add: Add, clock):
    new, waiting, due, silent = add("New"), add("Waiting"), add("Due"), add("Silent")
    notebook.add_fact(new, Fact("pet", "a dog"))
    notebook.log(waiting, Message(MessageKind.RECEIVED, "Hello?", clock()))
    notebook.plan(due, FollowUp(clock().date()))
    for days in (3, 1):
        notebook.log(silent, Message(MessageKind.SENT, "Hello", clock() - timedelta(days=days)))
    people = (new, waiting, due, silent)
    shown = [everywhere(notebook, person) for person in people]
    assert [sorted(found - {"all", *Order}) for found in shown] == [
        ["new", "today hello"], ["new", "today waiting", "waiting"], ["due", "new", "today back"], ["today rest"],
    ]  # fmt: skip
    before = (notebook.counts(), notebook.today())
    changes = notebook.bulk.archive(people)
    assert [everywhere(notebook, person) for person in people] == [{"archived"}] * 4
    counts = notebook.counts()
    assert (counts.new, counts.due, counts.waiting, counts.all, counts.archived) == (0, 0, 0, 0, 4)
    assert notebook.today().people == notebook.today().new == 0
    assert changes.undo is not None
    notebook.undo(changes.undo)
    assert [everywhere(notebook, person) for person in people] == shown
    assert (notebook.counts(), notebook.today()) == before


def test_the_archive_is_searched_by_itself_and_opens(notebook: Notebook, three):
    ana, bo, _ = three
    notebook.bulk.archive([ana])
    assert list(notebook.person_ids(View.ARCHIVED, "potter")) == [ana]
    assert not notebook.person_ids(View.ALL, "potter")
    assert not notebook.person_ids(View.ARCHIVED, "bo")
    assert notebook.open_person(ana).person.archived_at is not None
    assert [row.name for row in notebook.rows([ana])] == ["Ana"]
    assert list(notebook.person_ids(View.ALL, "", Order.NAME)) == [bo, three[2]]


@pytest.mark.parametrize("order", list(Order))
def test_the_archive_has_the_order_of_the_list(notebook: Notebook, three, order: Order):
    everyone = list(notebook.person_ids(View.ALL, "", order))
    notebook.bulk.archive(three)
    assert list(notebook.person_ids(View.ARCHIVED, "", order)) == everyone


def test_another_reader_sees_the_archive_at_once(notebook: Notebook, three, path: Path, clock):
    reader = Notebook(Store(path, read_only=True), clock)
    try:
        assert len(reader.person_ids(View.ALL)) == 3
        notebook.bulk.archive(three[:2])
        assert list(reader.person_ids(View.ALL)) == [three[2]]
        assert len(reader.person_ids(View.ARCHIVED)) == 2
    finally:
        reader.close()


def test_the_tags_of_the_archived_do_not_count(notebook: Notebook, three):
    notebook.bulk.tag(three, "potters")
    notebook.bulk.archive(three[:1])
    assert notebook.bulk.tags() == (("potters", 2),)


def test_what_is_kept_beside_is_what_it_would_be_computed_anew(notebook: Notebook, three, path: Path, clock):
    notebook.log(three[0], Message(MessageKind.RECEIVED, "Hello?", clock()))
    for do, _ in EVERYTHING:
        notebook.bulk.tag(three, "old")
        do(notebook, three[:2])
        before = dump(path)
        notebook._store.rebuild()
        assert dump(path) == before
