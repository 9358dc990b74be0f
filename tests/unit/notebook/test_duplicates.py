"""The page of duplicates, without the page: who is suggested, what a merge says, and how it is taken back."""

import pytest

from warmnote.model import Draft, Expected, Message, MessageKind, Network
from warmnote.notebook import Cancelled, Gone

from .dump import dump


def of(notebook, person: int):
    return notebook.open_person(person)


def pairs(notebook) -> list[tuple[int, int]]:
    return [(pair.left, pair.right) for pair in notebook.duplicates.find()]


@pytest.fixture
def two(notebook, add) -> tuple[int, int]:
    return (
        add("Ana Moreno", company="Kiln & Co", network=Network.X, handle="anapots"),
        add("Moreno, Ana", company="Kiln", network=Network.LINKEDIN, url="https://linkedin.com/in/ana-moreno"),
    )


def test_two_of_one_name_at_one_company_are_suggested(notebook, add, two):
    add("Greta Nilsson", company="Kiln")
    (pair,) = notebook.duplicates.find()
    assert (pair.left, pair.right) == two
    assert pair.reason == "same name, same company"
    assert pair.why == ("both are called Ana Moreno", "both at Kiln & Co")


def test_the_archived_are_people_too_and_the_invented_are_not(notebook, two):
    notebook.bulk.archive([two[0]])
    assert pairs(notebook) == [two]
    notebook._store._db.run("update people set is_sample = 1 where id = ?", (two[1],))
    assert pairs(notebook) == []


def test_not_the_same_is_remembered_and_undone(notebook, two):
    changes = notebook.duplicates.not_same(*two)
    assert changes.label == "Ana Moreno and Moreno, Ana stay two people"
    assert pairs(notebook) == []
    notebook.undo(changes.undo)
    assert pairs(notebook) == [two]


def test_a_merge_and_its_undo(notebook, path, two):
    before = dump(path)
    changes = notebook.duplicates.merge(*two, reason="same name, same company")
    assert (changes.changed, changes.removed) == ({two[0]}, {two[1]})
    assert changes.label == "Ana Moreno and Moreno, Ana are one person now"
    assert pairs(notebook) == []
    assert {i.network for i in of(notebook, two[0]).person.identities} == {Network.X, Network.LINKEDIN}
    (record,) = of(notebook, two[0]).merges
    assert (record.name, record.reason) == ("Moreno, Ana", "same name, same company")
    notebook.undo(changes.undo)
    assert dump(path) == before


def test_parting_later_and_its_undo(notebook, path, two):
    before = dump(path)
    notebook.duplicates.merge(*two)
    merged = dump(path)
    (record,) = notebook.duplicates.merges_of(two[0])
    changes = notebook.duplicates.part(record.id)
    assert (changes.changed, changes.added) == ({two[0]}, {two[1]})
    assert changes.label == "Ana Moreno and Moreno, Ana are two people again"
    assert notebook.duplicates.find() == (), "whoever parts them means it"
    apart = dump(path)
    assert apart.pop("not_same")
    assert apart == {table: rows for table, rows in before.items() if table != "not_same"}
    notebook.undo(changes.undo)
    assert dump(path) == merged
    with pytest.raises(Expected):
        notebook.duplicates.part(record.id + 1)


def test_search_finds_the_one_by_what_was_of_the_other(notebook, two):
    notebook.duplicates.merge(*two)
    assert list(notebook.person_ids("all", "anapots")) == [two[0]]
    (record,) = notebook.duplicates.merges_of(two[0])
    notebook.duplicates.part(record.id)
    assert list(notebook.person_ids("all", "anapots")) == [two[0]]
    assert list(notebook.person_ids("all", "linkedin")) == []


def test_side_by_side(notebook, clock, two):
    left, right = two
    notebook.log(right, Message(MessageKind.RECEIVED, "Hello", clock()))
    notebook.log(right, Message(MessageKind.NOTE, "met in Bilbao", clock()))
    notebook.save_draft(left, Draft("Dear Ana"))
    comparison = notebook.duplicates.compare(left, right)
    assert (comparison.left.messages, comparison.left.notes, comparison.left.draft) == (0, 0, True)
    assert (comparison.right.messages, comparison.right.notes, comparison.right.draft) == (1, 1, False)
    assert (comparison.left.last_contact, comparison.right.last_contact) == (None, clock())
    assert comparison.left.networks == (Network.X,)
    assert comparison.right.person.name == "Moreno, Ana"
    with pytest.raises(Gone):
        notebook.duplicates.compare(left, 99)


def test_who_had_better_stay(notebook, clock, two):
    left, right = two
    assert notebook.duplicates.compare(left, right).kept == left
    notebook.log(right, Message(MessageKind.RECEIVED, "Hello", clock()))
    assert notebook.duplicates.compare(left, right).kept == right


def test_whoever_was_deleted_meanwhile(notebook, two):
    notebook.delete_people([two[1]])
    for write in (notebook.duplicates.merge, notebook.duplicates.not_same):
        with pytest.raises(Gone):
            write(*two)


def test_the_search_tells_how_far_it_is_and_can_be_stopped(notebook, two):
    heard: list[tuple[int, int]] = []
    notebook.duplicates.find(lambda done, total: heard.append((done, total)))
    assert heard[-1] == (4, 4)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    with pytest.raises(Cancelled):
        notebook.duplicates.find(cancelled=lambda: True)
