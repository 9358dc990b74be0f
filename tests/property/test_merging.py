"""Whoever is merged, and in whatever order they are parted: the notebook is the one it was, and nothing is ever lost."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from warmnote.model import Batch, Draft, Fact, FollowUp, Identity, Incoming, Message, MessageKind, Network
from warmnote.notebook import Notebook, Store

Dump = dict[str, list[tuple[Any, ...]]]

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PEOPLE = 5
words = st.sampled_from(("", "", "pots", "kiln", "it's \N{ROCKET}"))
some = st.sampled_from(("pots", "kiln", "dog"))
person = st.fixed_dictionaries(
    {
        "name": st.sampled_from(("Ana", "Ana Moreno", "Ém")),
        "fields": st.fixed_dictionaries({"bio": words, "company": words, "email": words}),
        "edited": st.fixed_dictionaries({}, optional={"bio": words, "do_not_write": st.booleans()}),
        "imported": st.booleans(),
        "changed": st.booleans(),
        "accounts": st.integers(0, 2),
        "links": st.booleans(),
        "facts": st.lists(some, max_size=2),
        "log": st.lists(st.tuples(st.sampled_from(MessageKind), some, st.integers(0, 30)), max_size=3),
        "draft": st.none() | words,
        "plan": st.none() | st.tuples(st.integers(-3, 3), words),
        "tags": st.sets(st.sampled_from(("buyer", "Buyer", "friend")), max_size=2),
        "excused": st.sets(some, max_size=2),
        "prompt": st.booleans(),
        "rests": st.none() | st.integers(0, 30),
        "archived": st.booleans(),
        "stage": st.none() | st.integers(0, 3),
    }
)
crowds = st.lists(person, min_size=PEOPLE, max_size=PEOPLE)
moves = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=PEOPLE)


def dump(path: Path) -> Dump:
    with closing(sqlite3.connect(path)) as database:
        names = [name for (name,) in database.execute("select name from sqlite_schema where type = 'table'")]
        kept = [n for n in names if not n.startswith("search_") and n not in ("sqlite_sequence", "revisions", "search")]
        content: Dump = {n: database.execute(f"select * from {n} order by 1").fetchall() for n in kept}
        content["search"] = database.execute("select rowid, words from search order by rowid").fetchall()
        return content


@contextmanager
def book() -> Iterator[tuple[Notebook, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notebook.db"
        notebook = Notebook(Store(path), lambda: NOON, UTC)
        yield notebook, path
        notebook.close()


def bring_in(notebook: Notebook, crowd: list[dict[str, Any]], again: bool) -> None:
    people = [
        Incoming(n, Network.X, f"x{n}", p["name"], f"h{n}{again}", bio="again" if again else p["fields"]["bio"],
                 facts=tuple(Fact("post", text) for text in p["facts"]))
        for n, p in enumerate(crowd)
        if p["imported"] and (p["changed"] or not again)
    ]  # fmt: skip
    notebook.import_batch(Batch("X", Network.X, "x.csv", tuple(people)))


def fill(notebook: Notebook, crowd: list[dict[str, Any]]) -> None:
    """Makes the people, with something in every table that hangs on a person."""
    bring_in(notebook, crowd, again=False)
    bring_in(notebook, crowd, again=True)
    for n, one in enumerate(crowd):
        account = notebook._store.people.of_identity(Network.X, f"x{n}")
        if account is None:
            (account,) = notebook.add_person(one["name"], **one["fields"]).added
        notebook.edit_person(account, **one["edited"])
        with notebook._store.step():
            give_accounts(notebook._store, account, n, one)
            write_to(notebook._store, account, one)


def give_accounts(store: Store, person: int, n: int, one: dict[str, Any]) -> None:
    for number in range(one["accounts"]):
        identity = store.people.add_identity(person, Identity(Network.GITHUB, f"{n}-{number}", f"git{n}"))
        store._db.run("insert into absences values (?, ?, 1, 0)", (identity, person))
        if one["links"]:
            store._db.run(
                "insert into links (person, identity, network, key) values (?, ?, 'x', 'x0')", (person, identity)
            )


def write_to(store: Store, person: int, one: dict[str, Any]) -> None:
    people = store.people
    for text in one["facts"]:
        people.add_fact(person, Fact("craft", text))
    for kind, text, days in one["log"]:
        store.log.add(person, Message(kind, text, NOON - timedelta(days=days)))
    for tag in one["tags"]:
        store.bulk.tag([person], tag)
    for text in one["excused"]:
        store.waivers.excuse(person, "pitch.offer", text, NOON)
    if one["draft"] is not None:
        people.save_draft(person, Draft(one["draft"], 0, "email"), NOON)
    if one["plan"] is not None:
        people.plan(person, FollowUp((NOON + timedelta(days=one["plan"][0])).date(), one["plan"][1]))
    if one["prompt"]:
        people.use_prompt(person, "craft.first", NOON)
    people.rest(person, None if one["rests"] is None else NOON - timedelta(days=one["rests"]))
    store.bulk.archive([person], NOON if one["archived"] else None)
    store._db.run("update people set stage = ? where id = ?", (one["stage"], person))


def everyone(path: Path) -> list[int]:
    return [row[0] for row in dump(path)["people"]]


def what_there_is(content: Dump) -> dict[str, set[object]]:
    """What no merge may lose, without whose it is; letters begun and tags by what they say."""
    return {
        "identities": {row[:1] + row[2:-1] for row in content["identities"]},
        # A merge may make an account silent on a field, and lets none speak that was silent.
        "silent": {(row[0], field) for row in content["identities"] for field in row[-1].split()},
        "facts": {row[:1] + row[2:] for row in content["facts"]},
        "messages": {row[:1] + row[2:] for row in content["messages"]},
        "handles": {row[:1] + row[2:] for row in content["handles"]},
        "links": {row[:1] + row[2:] for row in content["links"]},
        "prompts": {row[:1] + row[2:] for row in content["prompt_uses"]},
        "tags": {row[2].lower() for row in content["tags"]},
        "excused": {row[2:4] for row in content["excused"]},
        "brought": {row[2] for row in content["brought"]},
    }


def merge(notebook: Notebook, path: Path, move: tuple[int, int]) -> int | None:
    ids = everyone(path)
    kept, gone = ids[move[0] % len(ids)], ids[move[1] % len(ids)]
    if kept == gone:
        return None
    before = dump(path)
    store = notebook._store
    with store.step() as step:
        number = store.merging.merge(kept, gone, "by hand", NOON)
    after = dump(path)
    assert (step.changed, step.removed, step.added) == ({kept}, {gone}, set())
    there, was = what_there_is(after), what_there_is(before)
    assert all(was[kind] <= there[kind] for kind in was)
    drafts = {row[0]: row[1] for row in before["drafts"]}
    whole = {row[0]: row[1] for row in after["drafts"]}.get(kept, "")
    assert all(drafts.get(one, "").strip() in whole for one in (kept, gone))
    assert step.number is not None
    undone = store.undo(step.number)
    assert dump(path) == before
    assert undone.number is not None
    store.undo(undone.number)
    assert dump(path) == after
    return number


def part(notebook: Notebook, number: int) -> tuple[int, int]:
    with notebook._store.step() as step:
        kept, back = notebook._store.merging.part(number)
    assert (step.changed, step.added, step.removed) == ({kept}, {back}, set())
    return kept, back


def sound(notebook: Notebook, path: Path) -> None:
    content = dump(path)
    notebook._store.rebuild()
    assert dump(path) == content, "what is kept beside the facts follows from them"
    with closing(sqlite3.connect(path)) as database:
        assert not database.execute("pragma foreign_key_check").fetchall()


@settings(max_examples=60, deadline=None)
@given(crowds, moves, st.randoms(use_true_random=False), st.sets(st.tuples(st.integers(1, 5), st.integers(1, 5))))
def test_parting_in_any_order_leads_back(crowd, moves, chance, different):
    with book() as (notebook, path):
        fill(notebook, crowd)
        with notebook._store.step():
            for a, b in different:
                if a != b:
                    notebook._store.merging.not_same(a, b)
        before = dump(path)
        ruled_out = notebook._store.merging.ruled_out()
        merges = [number for move in moves if (number := merge(notebook, path, move)) is not None]
        sound(notebook, path)
        chance.shuffle(merges)
        for number in merges:
            part(notebook, number)
        assert dump(path) == before
        assert notebook._store.merging.ruled_out() == ruled_out
        sound(notebook, path)


def write_on(notebook: Notebook, person: int, what: int, crowd: list[dict[str, Any]]) -> None:
    """Something that the user does, or an import."""
    something: list[Callable[[], object]] = [
        lambda: notebook.edit_person(person, bio="mine", company=""),
        lambda: notebook.save_draft(person, Draft("Dear Ana, ")),
        lambda: notebook.log_sent(person, "Hello", "email"),
        lambda: notebook.bulk.tag([person], "buyer"),
        lambda: notebook.bulk.untag([person], "buyer"),
        lambda: notebook.plan(person, FollowUp(NOON.date(), "later")),
        lambda: notebook.add_fact(person, Fact("pet", "dog")),
        lambda: bring_in(notebook, crowd, again=True),
        lambda: bring_in(notebook, crowd, again=False),
    ]
    something[what % len(something)]()


@settings(max_examples=60, deadline=None)
@given(crowds, st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20)), max_size=12))
def test_nothing_is_lost_whatever_is_done_in_between(crowd, steps):
    """Merges, partings, edits and imports in any order: each row is still there, with somebody who is there."""
    with book() as (notebook, path):
        fill(notebook, crowd)
        number_of_people = len(everyone(path))
        merges: list[int] = []
        for one, other, what in steps:
            before = what_there_is(dump(path))
            if what < 9:
                before.pop("tags")
                write_on(notebook, everyone(path)[one % len(everyone(path))], what, crowd)
                for changing in ("identities", "handles"):  # an import may write there
                    before.pop(changing)
            elif what % 2 and merges:
                before.pop("silent")  # who is parted speaks again
                part(notebook, merges.pop(one % len(merges)))
            elif (number := merge(notebook, path, (one, other))) is not None:
                merges.append(number)
            there = what_there_is(dump(path))
            assert all(rows <= there[kind] for kind, rows in before.items())
            assert len(everyone(path)) + len(merges) == number_of_people
        sound(notebook, path)
        for number in merges:
            part(notebook, number)
        assert len(everyone(path)) == number_of_people
        sound(notebook, path)
