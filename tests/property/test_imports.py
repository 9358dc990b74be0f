"""Imports of many networks, in any order: they are taken back exactly, and never take the user's own words along."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from warmnote.model import (
    Batch,
    Draft,
    Fact,
    FollowUp,
    Identity,
    Incoming,
    Link,
    Message,
    MessageKind,
    Mine,
    Network,
    Stage,
)
from warmnote.notebook import Notebook, Store, View

Dump = dict[str, list[tuple[Any, ...]]]

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NETWORKS = (Network.LINKEDIN, Network.X, Network.EMAIL)
KEYS = ("a", "b", "c", "@h")
networks = st.sampled_from(NETWORKS)
keys = st.sampled_from(KEYS)
names = st.sampled_from(("Ana Moreno", "Ana M.", "Tunde Okafor", "Kim", ""))
emails = st.sampled_from(("", "", "ana@x.example", "kim@x.example", "info@x.example"))
facts = st.lists(st.sampled_from(("kiln", "dog")), max_size=2, unique=True)


def _messages(texts: list[str]) -> tuple[Message, ...]:
    return tuple(Message(MessageKind.RECEIVED, text, NOON - timedelta(days=3)) for text in texts)


mine = st.builds(
    Mine,
    tags=st.lists(st.sampled_from(("vip", "fair")), max_size=2, unique=True).map(tuple),
    draft=st.none() | st.just(Draft("Dear", 4, "", NOON)),
    follow_up=st.none() | st.just(FollowUp(NOON.date())),
    stage=st.none() | st.just(Stage.CONVERSATION),
    owned=st.sampled_from(((), ("name",))),
    is_new=st.booleans(),
    archived_at=st.none() | st.just(NOON),
)


def _fitting(person: Incoming) -> Incoming:
    """With a handle that does not contradict the key."""
    return replace(person, handle=person.key[1:]) if person.key.startswith("@") else person


records = st.builds(
    Incoming,
    row=st.integers(1, 9),
    network=networks,
    key=keys,
    name=names,
    handle=st.sampled_from(("", "h", "g")),
    bio=st.sampled_from(("", "Potter", "Baker")),
    email=emails,
    do_not_write=st.booleans(),
    facts=facts.map(lambda texts: tuple(Fact("pet", text) for text in texts)),
    messages=facts.map(_messages),
    accounts=st.lists(st.builds(Identity, network=networks, key=keys), max_size=2).map(tuple),
    links=st.lists(st.builds(Link, network=networks, key=keys, verified=st.booleans()), max_size=2).map(tuple),
    follows=st.booleans(),
    only_known=st.sampled_from((False, False, False, True)),
    mine=st.none(),
).map(_fitting)
exported = st.builds(
    lambda person, mine: replace(person, accounts=(), links=(), only_known=False, mine=mine), records, mine
)
batches = st.builds(
    lambda people, whole: Batch("A list", Network.LINKEDIN, "list.csv", tuple(people), whole=frozenset(whole)),
    people=st.lists(records, max_size=5) | st.lists(records, max_size=5) | st.lists(exported, max_size=3),
    whole=st.sets(networks, max_size=3),
)


def dump(path: Path) -> Dump:
    with closing(sqlite3.connect(path)) as database:
        tables = [name for (name,) in database.execute("select name from sqlite_schema where type = 'table'")]
        kept = [
            t for t in tables if not t.startswith("search_") and t not in ("sqlite_sequence", "revisions", "search")
        ]
        content: Dump = {t: database.execute(f"select * from {t} order by 1").fetchall() for t in kept}
        content["search"] = database.execute("select rowid, words from search order by rowid").fetchall()
        return content


@contextmanager
def opened() -> Iterator[tuple[Notebook, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notebook.db"
        now = [NOON]

        def clock() -> datetime:
            now[0] += timedelta(minutes=1)
            return now[0]

        notebook = Notebook(Store(path), clock, UTC)
        yield notebook, path
        content = dump(path)
        notebook._store.rebuild()
        assert dump(path) == content, "what is kept beside the facts follows from them"
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("pragma integrity_check").fetchone() == ("ok",)
            assert not database.execute("pragma foreign_key_check").fetchall()
        notebook.close()


@given(sequence=st.lists(batches, min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_imports_are_taken_back_exactly_from_the_last_to_the_first(sequence: list[Batch]):
    with opened() as (notebook, path):
        worlds: list[tuple[int, Dump]] = []
        for batch in sequence:
            before = dump(path)
            preview = notebook.preview(batch)
            assert dump(path) == before
            changes = notebook.import_batch(batch)
            assert len(changes.added) == preview.new
            record = notebook.batches()[0]
            assert (record.new, record.changed, record.unchanged) == (
                preview.new,
                preview.changed,
                preview.unchanged,
            )
            worlds.append((record.id, before))
        for batch, before in reversed(worlds):
            notebook.undo_import(batch)
            assert dump(path) == before


@given(earlier=st.lists(batches, max_size=2), batch=batches)
@settings(max_examples=60, deadline=None)
def test_the_same_import_again_changes_nothing(earlier: list[Batch], batch: Batch):
    with opened() as (notebook, path):
        for one in earlier:
            notebook.import_batch(one)
        notebook.import_batch(batch)
        before = dump(path)
        preview = notebook.preview(batch)
        changes = notebook.import_batch(batch)
        assert (preview.new, preview.changed) == (0, 0)
        assert not changes.added | changes.changed | changes.removed
        after = dump(path)
        assert {name for name in after if after[name] != before[name]} <= {"imports", "snapshots"}


@given(sequence=st.lists(batches, min_size=1, max_size=4), data=st.data())
@settings(max_examples=60, deadline=None)
def test_what_the_user_wrote_outlives_every_import(sequence: list[Batch], data: st.DataObject):
    with opened() as (notebook, path):
        written: set[str] = set()
        for number, batch in enumerate(sequence):
            notebook.import_batch(batch)
            people = list(notebook.person_ids(View.ALL))
            if people:
                person = data.draw(st.sampled_from(people))
                notebook.log(person, Message(MessageKind.NOTE, f"note {number}", NOON))
                notebook.save_draft(data.draw(st.sampled_from(people)), Draft(f"draft {number}"))
                written.add(f"note {number}")
        drafts = _drafts(path)
        for batch in data.draw(st.permutations([record.id for record in notebook.batches()])):
            notebook.undo_import(batch)
            assert _notes(path) >= written
            assert _drafts(path) >= drafts


def _notes(path: Path) -> set[str]:
    return {row[3] for row in dump(path)["messages"] if row[2] == MessageKind.NOTE}


def _drafts(path: Path) -> set[str]:
    """The letters that the user began; two of them may stand in one, below each other."""
    texts = [row[1] for row in dump(path)["drafts"]]
    return {part for text in texts for part in text.split("\n\n") if part.startswith("draft")}
