"""Two people made one, and two again: what goes where, and what imports that are taken back make of it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from warmnote.model import Batch, Draft, Expected, Fact, FollowUp, Identity, Incoming, Message, MessageKind, Network
from warmnote.store import Gone, Step, Store
from warmnote.store._images import OF_IDENTITY, OWNERS, UNIQUE
from warmnote.store._layers import COLUMNS, joined

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PLAIN = {"name": "Ana"}


@pytest.fixture
def add(store: Store) -> Callable[..., int]:
    def adding(**fields: str) -> int:
        with store.step():
            return store.people.add(PLAIN | fields, NOON)

    return adding


def merge(store: Store, kept: int, gone: int, reason: str = "by hand") -> int:
    with store.step():
        return store.merging.merge(kept, gone, reason, NOON)


def part(store: Store, number: int) -> Step:
    with store.step() as step:
        store.merging.part(number)
    return step


def field(store: Store, person: int, name: str) -> object:
    return getattr(store.people.get(person, NOON, UTC), name)


def columns(path: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return [row[1] for row in database.execute(f"pragma table_info({table})")]


# what there is


def test_no_table_that_hangs_on_a_person_is_forgotten(store: Store, path: Path):
    """Whoever adds a table decides here what becomes of it when two people become one."""
    with closing(sqlite3.connect(path)) as database:
        tables = [name for (name,) in database.execute("select name from sqlite_schema where type = 'table'")]
    hanging = {table for table in tables if {"person", "kept"} & set(columns(path, table))}
    moved = {"identities", "facts", "messages", "prompt_uses", *UNIQUE, *OWNERS, *OF_IDENTITY}
    waiting = {"owned", "drafts", "follow_ups", "import_changes"}
    derived, for_good = {"threads"}, {"not_same"}
    assert hanging == moved | waiting | derived | for_good


def test_no_column_of_a_person_is_forgotten(store: Store, path: Path):
    assert set(columns(path, "people")) == {"id", "batch", "name_key", "newest", "fresh", *COLUMNS}


def test_unique_rows_are_written_whole(store: Store, path: Path):
    for table, (key, rest) in UNIQUE.items():
        assert {"id", "person", *key, *rest} == set(columns(path, table))


# one


def test_everything_of_both_is_with_the_one_who_stays(store: Store, add):
    kept, gone = add(name="Ana Moreno"), add(name="A. Moreno", bio="Potter", email="ana@kiln.es")
    with store.step():
        store.people.add_identity(gone, Identity(Network.X, "1", "anapots"))
        store.people.add_fact(gone, Fact("pet", "a dog"))
        store.log.add(gone, Message(MessageKind.NOTE, "met in Bilbao", NOON))
        store.people.save_draft(gone, Draft("Dear Ana", 3, "x"), NOON)
        store.people.plan(gone, FollowUp(NOON.date(), "kiln"))
        store.people.use_prompt(gone, "craft.first", NOON)
        store.waivers.excuse(gone, "pitch.offer", "offer", NOON)
        store.bulk.tag([gone], "buyer")
    number = merge(store, kept, gone, "same e-mail")
    person = store.people.get(kept, NOON, UTC)
    assert (person.name, person.bio, person.email, person.tags) == ("Ana Moreno", "Potter", "ana@kiln.es", ("buyer",))
    assert [identity.key for identity in person.identities] == ["1"]
    assert [fact.text for fact in person.facts] == ["a dog"]
    assert [entry.text for entry in store.log.of(kept)] == ["met in Bilbao"]
    assert store.people.draft(kept).text == "Dear Ana"
    assert person.follow_up == FollowUp(NOON.date(), "kiln")
    assert len(store.people.prompts_used(person=kept)) == 1
    assert store.waivers.excused(kept) == {("pitch.offer", "offer")}
    with pytest.raises(Gone):
        store.people.require(gone)
    (record,) = store.merging.merges_of(kept)
    assert (record.id, record.name, record.reason, record.at) == (number, "A. Moreno", "same e-mail", NOON)


def test_who_is_gone_cannot_be_merged(store: Store, add):
    kept = add()
    with pytest.raises(Gone):
        merge(store, kept, 99)
    with pytest.raises(Gone):
        merge(store, 99, kept)
    with pytest.raises(ValueError, match="themselves"):
        merge(store, kept, kept)


@pytest.mark.parametrize(
    ("layer", "kept", "gone", "after"),
    [
        ("bio", ["Potter", 0], ["Runner", 0], ["Potter", 0]),
        ("bio", ["", 0], ["Runner", 0], ["Runner", 0]),
        ("bio", ["Potter", 0], ["", 0], ["Potter", 0]),
        ("bio", ["Potter", 0], ["mine", 1], ["mine", 1]),  # what the user wrote goes before what an import brought
        ("bio", ["mine", 1], ["also mine", 1], ["mine", 1]),
        ("bio", ["", 1], ["Runner", 0], ["", 1]),  # the user struck it out
        ("bio", ["Potter", 0], ["", 1], ["Potter", 0]),
        ("do_not_write", [0, 0], [1, 0], [1, 0]),
        ("do_not_write", [1, 1], [0, 1], [1, 1]),
        ("is_new", [0, 0], [1, 0], [1, 0]),
        ("is_sample", [1, 0], [0, 0], [0, 0]),
        ("archived_at", [5, 0], [None, 0], [None, 0]),
        ("archived_at", [5, 0], [7, 0], [5, 0]),
        ("rested_at", [None, 0], [7, 0], [7, 0]),
        ("rested_at", [9, 0], [7, 0], [9, 0]),
        ("added_at", [9, 0], [7, 0], [7, 0]),
        ("stage", [None, 0], [2, 0], [2, 0]),
        ("stage", [1, 0], [2, 0], [1, 0]),
        ("draft", None, ["Dear", 2, "x", 7], ["Dear", 2, "x", 7]),
        ("draft", ["  ", 0, "", 9], ["Dear", 2, "x", 7], ["Dear", 2, "x", 9]),
        ("draft", ["Hello\n", 2, "", 5], ["Dear", 1, "x", 7], ["Hello\n\nDear", 2, "x", 7]),
        ("draft", ["Hello", 2, "", 5], [" ", 1, "x", 7], ["Hello", 2, "", 5]),
        ("follow_up", None, ["2026-11-30", "why"], ["2026-11-30", "why"]),
        ("follow_up", ["2026-12-02", "kiln"], ["2026-11-30", "why"], ["2026-11-30", "kiln; why"]),
        ("follow_up", ["2026-12-02", "kiln"], ["2026-12-30", "kiln"], ["2026-12-02", "kiln"]),
    ],
)
def test_what_becomes_of_two_values(layer: str, kept: object, gone: object, after: object):
    assert joined(layer, kept, gone) == after  # type: ignore[arg-type]


def test_a_word_of_theirs_ends_the_rest_of_the_other(store: Store, add):
    """The user let one account rest; the human wrote from the other since, and waits for an answer."""
    resting, writing = add(), add()
    with store.step():
        store.people.rest(resting, NOON - timedelta(days=9))
        store.log.add(writing, Message(MessageKind.RECEIVED, "Are you there?", NOON))
    number = merge(store, resting, writing)
    assert [word.person for word in store.agenda.waiting()] == [resting]
    part(store, number)
    assert [word.person for word in store.agenda.waiting()] == [writing]
    assert store._db.value("select rested_at is not null from people where id = ?", (resting,))


def test_an_import_does_not_write_over_what_the_user_wrote_of_the_other(store: Store, add):
    kept, gone = add(company="Old"), add()
    with store.step():
        store.people.edit(gone, {"company": "Mine"})
    number = merge(store, kept, gone)
    assert store._db.rows("select person, field from owned") == [(kept, "company")]
    part(store, number)
    assert store._db.rows("select person, field from owned") == [(gone, "company")]
    assert (field(store, kept, "company"), field(store, gone, "company")) == ("Old", "Mine")


# two again


def test_the_same_id_comes_back_and_what_came_later_stays(store: Store, add):
    kept, gone = add(), add(bio="Potter")
    with store.step():
        store.log.add(gone, Message(MessageKind.NOTE, "before", NOON))
    number = merge(store, kept, gone)
    with store.step():
        store.log.add(kept, Message(MessageKind.NOTE, "after", NOON))
        store.bulk.tag([kept], "buyer")
    step = part(store, number)
    assert (step.added, step.changed) == ({gone}, {kept})
    assert [entry.text for entry in store.log.of(gone)] == ["before"]
    assert [entry.text for entry in store.log.of(kept)] == ["after"]
    assert (field(store, kept, "tags"), field(store, kept, "bio"), field(store, gone, "bio")) == (
        ("buyer",),
        "",
        "Potter",
    )
    with pytest.raises(Expected, match="already apart"):
        part(store, number)


def test_a_field_that_was_edited_since_stays(store: Store, add):
    kept, gone = add(), add(bio="Potter", company="Kiln")
    number = merge(store, kept, gone)
    with store.step():
        store.people.edit(kept, {"bio": "Potter in Bilbao"})
    part(store, number)
    assert (field(store, kept, "bio"), field(store, kept, "company")) == ("Potter in Bilbao", "")
    assert (field(store, gone, "bio"), field(store, gone, "company")) == ("Potter", "Kiln")


def test_drafts_part_unless_somebody_wrote_on(store: Store, add):
    for more in ("", " and more"):
        kept, gone = add(), add()
        with store.step():
            store.people.save_draft(kept, Draft("Hello", 5, "email"), NOON)
            store.people.save_draft(gone, Draft("Dear Ana", 8), NOON)
        number = merge(store, kept, gone)
        whole = store.people.draft(kept).text
        assert whole == "Hello\n\nDear Ana"
        if more:
            with store.step():
                store.people.save_draft(kept, Draft(whole + more), NOON)
        part(store, number)
        assert store.people.draft(gone).text == "Dear Ana"
        assert store.people.draft(kept).text == (whole + more if more else "Hello")


def test_a_person_in_a_person_in_a_person(store: Store, add):
    """The bio of the innermost goes away with the innermost, wherever it was handed on to."""
    a, b, c = add(), add(bio="Potter"), add()
    inner = merge(store, a, b)
    outer = merge(store, c, a)
    assert (field(store, c, "bio"), [m.id for m in store.merging.merges_of(c)]) == ("Potter", [outer, inner])
    part(store, inner)
    assert (field(store, c, "bio"), field(store, b, "bio")) == ("", "Potter")
    part(store, outer)
    assert [field(store, person, "bio") for person in (a, b, c)] == ["", "Potter", ""]


def test_merges_go_back_with_the_one_who_had_them(store: Store, add):
    a, b, c = add(), add(bio="Potter"), add()
    inner = merge(store, a, b)
    part(store, merge(store, c, a))
    assert ([m.id for m in store.merging.merges_of(a)], store.merging.merges_of(c)) == ([inner], ())
    part(store, inner)
    assert [field(store, person, "bio") for person in (a, b, c)] == ["", "Potter", ""]


def test_what_a_second_one_would_have_given_is_given_then(store: Store, add):
    kept, first, second = add(), add(bio="Potter", company="Kiln"), add(bio="Runner")
    with store.step():
        store.people.edit(second, {"do_not_write": True})
        store.people.edit(first, {"do_not_write": True})
        store.bulk.tag([first, second], "buyer")
    number = merge(store, kept, first)
    merge(store, kept, second)
    part(store, number)
    person = store.people.get(kept, NOON, UTC)
    assert (person.bio, person.company, person.do_not_write, person.tags) == ("Runner", "", True, ("buyer",))


def test_deleting_the_one_deletes_all_and_undo_brings_all_back(store: Store, add):
    kept, gone = add(), add(bio="Potter")
    number = merge(store, kept, gone)
    with store.step() as step:
        store.people.delete([kept])
    assert store.merging.merges_of(kept) == ()
    store.undo(step.number or 0)
    part(store, number)
    assert field(store, gone, "bio") == "Potter"


def test_undoing_an_addition_does_not_take_away_who_went_into_it(store: Store, add):
    gone = add(bio="Potter")
    with store.step() as step:
        kept = store.people.add(PLAIN, NOON)
    merge(store, kept, gone)
    with pytest.raises(Expected):
        store.undo(step.number or 0)
    assert store.merging.merges_of(kept)


# two for good


def test_a_pair_that_was_ruled_out_stays_so_through_merges(store: Store, add):
    a, b, c = add(), add(), add()
    with store.step():
        store.merging.not_same(b, a)
        store.merging.not_same(a, b)
    assert store.merging.ruled_out() == {(a, b)}
    number = merge(store, c, b)
    assert store.merging.ruled_out() == {(a, c)}
    together = merge(store, a, c)
    assert store.merging.ruled_out() == set()
    part(store, together)
    part(store, number)
    assert store.merging.ruled_out() == {(a, b)}
    with store.step():
        store.merging.again(b, a)
    assert store.merging.ruled_out() == set()


# imports


def brought(store: Store, network: Network, *people: Incoming) -> int:
    batch = Batch(network.label, network, f"{network}.csv", people)
    with store.import_step():
        return store.imports.write(batch, None, NOON, lambda one: (), lambda a, b: True, lambda share: None)


def incoming(network: Network, key: str, **fields: object) -> Incoming:
    return Incoming(**{"row": 1, "network": network, "key": key, "name": "Ana", **fields})  # type: ignore[arg-type]


def taken_back(store: Store, batch: int) -> None:
    with store.step() as step:
        store.imports.take_back(batch)
    assert step.number is not None


def people(store: Store) -> list[int]:
    return store._db.column("select id from people order by id")


@pytest.fixture
def two(store: Store) -> tuple[int, int, int, int]:
    """Two people of two imports, made one by hand: the batches, who stayed and who went."""
    first = brought(store, Network.LINKEDIN, incoming(Network.LINKEDIN, "/in/ana", company="Kiln"))
    second = brought(
        store, Network.X, incoming(Network.X, "7", handle="anapots", bio="Potter", facts=(Fact("post", "clay"),))
    )
    kept, gone = people(store)
    return first, second, kept, gone


def test_taking_back_the_import_of_the_one_who_went(store: Store, two):
    _, second, kept, gone = two
    merge(store, kept, gone)
    taken_back(store, second)
    assert people(store) == [kept]
    assert [i.key for i in store.people.identities(kept)] == ["/in/ana"]
    assert (field(store, kept, "bio"), field(store, kept, "facts"), store.merging.merges_of(kept)) == ("", (), ())


def test_taking_back_the_import_of_the_one_who_went_when_the_user_wrote_of_them(store: Store, two):
    _, second, kept, gone = two
    with store.step():
        store.log.add(gone, Message(MessageKind.NOTE, "met in Bilbao", NOON))
    number = merge(store, kept, gone)
    taken_back(store, second)
    assert people(store) == [kept]
    assert [entry.text for entry in store.log.of(kept)] == ["met in Bilbao"]
    assert [i.key for i in store.people.identities(kept)] == ["/in/ana", "7"]
    part(store, number)
    assert [entry.text for entry in store.log.of(gone)] == ["met in Bilbao"]
    assert [i.key for i in store.people.identities(gone)] == ["7"]
    assert store._db.column("select batch from people where id = ?", (gone,)) == [None]


def test_taking_back_the_import_of_the_one_who_stayed(store: Store, two):
    first, _, kept, gone = two
    number = merge(store, kept, gone)
    taken_back(store, first)
    assert people(store) == [kept], "somebody went into them: the user has worked on that person"
    assert {i.key for i in store.people.identities(kept)} >= {"7"}
    part(store, number)
    assert [i.key for i in store.people.identities(gone)] == ["7"]
    assert (field(store, gone, "bio"), [f.text for f in store.people.facts(gone)]) == ("Potter", ["clay"])


def test_two_of_one_import_go_with_it(store: Store):
    number = brought(store, Network.X, incoming(Network.X, "1"), incoming(Network.X, "2"), incoming(Network.X, "3"))
    a, b, c = people(store)
    merge(store, a, b)
    merge(store, c, a)
    taken_back(store, number)
    assert people(store) == []


def test_taking_back_what_an_import_wrote_over_the_one_who_went(store: Store):
    brought(store, Network.LINKEDIN, incoming(Network.LINKEDIN, "/in/ana"))
    brought(store, Network.X, incoming(Network.X, "7", bio="Potter"))
    again = brought(store, Network.X, incoming(Network.X, "7", bio="Potter and runner", location="Bilbao"))
    kept, gone = people(store)
    number = merge(store, kept, gone)
    assert field(store, kept, "bio") == "Potter and runner"
    taken_back(store, again)
    assert (field(store, kept, "bio"), field(store, kept, "location")) == ("Potter", "")
    part(store, number)
    assert (field(store, kept, "bio"), field(store, gone, "bio"), field(store, gone, "location")) == ("", "Potter", "")


def test_a_merge_by_an_import_is_parted_with_it(store: Store, add):
    one, other = add(), add(bio="Potter")
    number = brought(store, Network.X, incoming(Network.X, "7"))
    with store.step():
        store.merging.merge(one, other, "same e-mail", NOON, number)
    taken_back(store, number)
    assert people(store) == [one, other]
    assert (field(store, one, "bio"), field(store, other, "bio")) == ("", "Potter")


# which account speaks for a field


def silent(store: Store) -> dict[str, str]:
    return dict(store._db.rows("select key, silent from identities"))


def test_whoever_is_parted_speaks_for_themselves_whatever_else_was_merged(store: Store):
    for key in ("1", "2", "3"):
        brought(store, Network.X, incoming(Network.X, key, bio="Potter"))
    a, b, c = people(store)
    first = merge(store, b, c)
    second = merge(store, a, b)
    assert silent(store) == {"1": "", "2": "name bio", "3": "name bio"}
    step = part(store, first)
    assert (step.changed, step.added) == ({a}, {c})
    assert silent(store) == {"1": "", "2": "name bio", "3": ""}
    part(store, second)
    assert silent(store) == {"1": "", "2": "", "3": ""}


def test_what_two_merges_made_silent_stays_so_when_one_is_taken_back(store: Store, add):
    brought(store, Network.X, incoming(Network.X, "1"))
    (one,) = people(store)
    first = merge(store, one, add(bio="Potter"))
    second = merge(store, add(bio="Runner"), one)
    part(store, first)
    assert silent(store) == {"1": "name bio"}
    part(store, second)
    assert silent(store) == {"1": ""}


def test_whoever_is_parted_is_not_kept_silent_by_what_the_other_source_said_meanwhile(store: Store):
    brought(store, Network.X, incoming(Network.X, "1"))
    brought(store, Network.LINKEDIN, incoming(Network.LINKEDIN, "2"))
    one, other = people(store)
    number = merge(store, one, other)
    brought(store, Network.X, incoming(Network.X, "1", bio="Potter"))
    assert silent(store) == {"1": "", "2": "name bio"}
    brought(store, Network.LINKEDIN, incoming(Network.LINKEDIN, "2", bio="Runner"))
    assert field(store, one, "bio") == "Potter"
    part(store, number)
    assert silent(store) == {"1": "", "2": ""}
    brought(store, Network.LINKEDIN, incoming(Network.LINKEDIN, "2", bio="Runner"))
    assert (field(store, one, "bio"), field(store, other, "bio")) == ("Potter", "Runner")
