"""Warmnote's own JSON: all of it, and back again."""

import json
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmnote import followers
from warmnote.model import (
    Batch,
    Draft,
    Expected,
    Fact,
    FollowUp,
    Identity,
    Incoming,
    Knowledge,
    Link,
    Message,
    MessageKind,
    Network,
    Stage,
)
from warmnote.notebook import Notebook, Undo

from .conftest import NOON, as_json, notebook_at, people_of

ANA = {
    "name": "Ana Moreno",
    "bio": "Potter in Bilbao.\nRuns a small studio.",
    "location": "Bilbao",
    "company": "Moreno Ceramics",
    "position": "Owner",
    "pronouns": "she/her",
    "email": "ana@example.com",
}


def fill(notebook: Notebook) -> tuple[int, int]:
    """Somebody with everything, and somebody with nothing but a name."""
    row = Incoming(
        2, Network.MASTODON, "ana@example.social", handle="ana@example.social", url="https://example.social/@ana",
        followed_on=date(2026, 11, 20), followed_known=Knowledge.EXACT, **ANA,
        facts=(Fact("post", "a kiln that cracked", "Mastodon post", date(2026, 11, 19)),),
        accounts=(Identity(Network.GITHUB, "4711", "anamoreno", "https://github.com/anamoreno"),),
        links=(Link(Network.GITHUB, "4711", True),),
    )  # fmt: skip
    later = Incoming(2, Network.MASTODON, "ana@example.social", ANA["name"], handle="ana.m@example.social")
    notebook.import_batch(Batch("Followers", Network.MASTODON, "followers.csv", (row,)))
    notebook.import_batch(Batch("Followers", Network.MASTODON, "followers.csv", (later,)))
    (ana,) = notebook.person_ids(notebook_view("all"))
    notebook.edit_person(ana, location="Bilbo", do_not_write=True)
    notebook.add_fact(ana, Fact("pet", "greyhound", shared=False))
    notebook.hide_interest(ana, "pet", "greyhound")
    notebook.log(ana, Message(MessageKind.RECEIVED, "Do you fire at 1,200?", NOON - timedelta(days=2)))
    for text in ("likes tea", "likes tea"):
        notebook.log(ana, Message(MessageKind.NOTE, text, NOON - timedelta(days=1)))
    notebook.log_sent(ana, "I do!", "mastodon.post")
    notebook.save_draft(ana, Draft("Dear Ana", 4, "mastodon.post"))
    notebook.record_prompt(ana, "craft.first-piece")
    notebook.excuse(ana, "pitch.we-help-you", "we help you")
    notebook.plan(ana, FollowUp(date(2026, 12, 3), "the fair"))
    notebook.bulk.tag([ana], "Conference")
    notebook.bulk.tag([ana], "potters")
    notebook.bulk.set_stage([ana], Stage.RELATIONSHIP)
    (bo,) = notebook.add_person("Bo").added
    notebook.rest(bo)
    notebook.bulk.archive([bo])
    return ana, bo


def notebook_view(name: str) -> Any:
    from warmnote.notebook import View

    return View(name)


def test_everything_is_in_it(notebook: Notebook):
    fill(notebook)
    ana, bo = json.loads(as_json(notebook))["people"]
    assert {field: ana[field] for field in ANA} == {**ANA, "location": "Bilbo"}
    mastodon, github = ana["identities"]
    assert (mastodon["network"], mastodon["key"]) == ("mastodon", "ana@example.social")
    assert (mastodon["handle"], mastodon["followed_on"], mastodon["followed_known"]) == (
        "ana.m@example.social", "2026-11-20", "exact",
    )  # fmt: skip
    assert [former["handle"] for former in mastodon["past_handles"]] == ["ana@example.social"]
    assert mastodon["links"] == [{"network": "github", "key": "4711", "verified": True}]
    assert github["key"] == "4711"
    assert [(f["kind"], f["text"], f["on"], f["shared"], f["hidden"]) for f in ana["facts"]] == [
        ("post", "a kiln that cracked", "2026-11-19", True, False),
        ("pet", "greyhound", None, False, True),
    ]
    assert [(m["kind"], m["text"]) for m in ana["history"]] == [
        ("received", "Do you fire at 1,200?"), ("note", "likes tea"), ("note", "likes tea"), ("sent", "I do!"),
    ]  # fmt: skip
    assert ana["tags"] == ["Conference", "potters"]
    assert (ana["draft"]["text"], ana["draft"]["cursor"]) == ("Dear Ana", 4)
    assert ana["follow_up"] == {"due": "2026-12-03", "why": "the fair"}
    assert (ana["stage"], ana["stage_by_hand"], ana["do_not_write"]) == ("relationship", True, True)
    assert ana["owned"] == ["do_not_write", "location"]
    assert ana["prompts"][0]["prompt"] == "craft.first-piece"
    assert ana["let_pass"][0]["rule"] == "pitch.we-help-you"
    assert bo["identities"] == []
    assert bo["archived_at"]
    assert bo["resting_since"]


def test_the_same_notebook_gives_the_same_bytes(notebook: Notebook):
    fill(notebook)
    assert as_json(notebook) == as_json(notebook)


def test_into_an_empty_notebook_it_all_comes_back(notebook: Notebook, empty: Notebook, read):
    fill(notebook)
    data = as_json(notebook)
    batch = read(data)
    assert not batch.problems
    assert not batch.skipped
    assert empty.preview(batch).new == 2
    empty.import_batch(batch)
    assert people_of(as_json(empty)) == people_of(data)


# Numbers that each notebook gives anew, which import brought what and what of it was edited, and what is computed.
BOOKKEEPING = {"id", "person", "identity", "batch", "edited", "newest"}
NOT_OF_PEOPLE = {
    *("imports", "import_changes", "brought", "absences", "merges", "not_same", "snapshots", "mappings", "sources"),
    "deletions",
    *("rules_off", "allowed_phrases", "unindexed", "revisions", "runs", "sqlite_sequence", "sqlite_stat1"),
}


def tables(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every column of every table that is about people."""
    with closing(sqlite3.connect(path)) as database:
        names = [name for (name,) in database.execute("select name from sqlite_schema where type = 'table'")]
        found: dict[str, list[tuple[Any, ...]]] = {}
        for name in sorted(set(names) - NOT_OF_PEOPLE):
            if not name.startswith("search"):
                columns = [
                    row[1] for row in database.execute(f"pragma table_info({name})") if row[1] not in BOOKKEEPING
                ]
                found[name] = sorted(database.execute(f"select {', '.join(columns)} from {name}"), key=repr)
        return found


def test_every_column_of_every_table_about_people_comes_back(notebook: Notebook, empty: Notebook, read, tmp_path: Path):
    fill(notebook)
    empty.import_batch(read(as_json(notebook)))
    found = tables(tmp_path / "one.db")
    assert all(found.values()), "the person with everything lacks something that a table holds"
    assert tables(tmp_path / "other.db") == found


def test_into_the_notebook_it_came_from_it_changes_nothing(notebook: Notebook, read):
    fill(notebook)
    data = as_json(notebook)
    batch = read(data)
    told = notebook.preview(batch)
    assert (told.new, told.changed, told.unchanged) == (0, 0, 2)
    changes = notebook.import_batch(batch)
    assert not changes.added | changes.changed | changes.removed
    assert as_json(notebook) == data


def test_a_second_time_it_changes_nothing_either(notebook: Notebook, empty: Notebook, read):
    fill(notebook)
    batch = read(as_json(notebook))
    empty.import_batch(batch)
    before = as_json(empty)
    again = empty.import_batch(batch)
    assert not again.added | again.changed
    assert as_json(empty) == before


def test_what_the_user_wrote_since_stays(notebook: Notebook, read):
    ana, bo = fill(notebook)
    batch = read(as_json(notebook))
    notebook.edit_person(bo, name="Bo Lindqvist")
    notebook.bulk.untag([ana], "potters")
    notebook.save_draft(ana, Draft("Dear Ana, again"))
    notebook.plan(ana, None)
    after = as_json(notebook)
    notebook.import_batch(batch)
    assert as_json(notebook) == after


def test_undone_it_leaves_an_empty_notebook(notebook: Notebook, empty: Notebook, read):
    fill(notebook)
    changes = empty.import_batch(read(as_json(notebook)))
    assert isinstance(changes.undo, Undo)
    empty.undo(changes.undo)
    assert people_of(as_json(empty)) == []


def test_undone_it_leaves_those_of_whom_the_user_has_changed_something(notebook: Notebook, empty: Notebook, read):
    fill(notebook)
    changes = empty.import_batch(read(as_json(notebook)))
    bo = next(one.person.id for one in empty.export() if one.person.name == "Bo")
    empty.bulk.tag([bo], "friends")
    assert changes.undo is not None
    empty.undo(changes.undo)
    assert [one.person.name for one in empty.export()] == ["Bo"]


def test_two_with_one_address_stay_two(notebook: Notebook, empty: Notebook, read):
    for handle in ("ana", "anna"):
        notebook.add_person("Ana Moreno", network=Network.X, handle=handle, email="ana@example.com")
    data = as_json(notebook)
    empty.import_batch(read(data))
    assert people_of(as_json(empty)) == people_of(data)


def test_two_of_one_name_added_at_one_moment_stay_two(tmp_path: Path, empty: Notebook, read):
    from warmnote.notebook import Store

    still = Notebook(Store(tmp_path / "still.db"), lambda: NOON, UTC)
    for _ in range(2):
        still.add_person("Bo")
    still.add_person("Cy")
    data = as_json(still)
    still.close()
    batch = read(data)
    for _ in range(2):
        empty.import_batch(batch)
    assert people_of(as_json(empty)) == people_of(data)


def test_the_invented_people_stay_invented(notebook: Notebook, empty: Notebook, read):
    notebook.add_samples()
    data = as_json(notebook)
    empty.import_batch(read(data))
    assert people_of(as_json(empty)) == people_of(data)
    empty.remove_samples()
    assert not list(empty.export())


def test_no_one_it_brings_is_a_new_follower_but_those_who_were(notebook: Notebook, empty: Notebook, read):
    (ana,) = notebook.add_person("Ana", network=Network.X, handle="ana").added
    notebook.add_person("Bo", network=Network.X, handle="bo")
    notebook.log_sent(ana, "Hello", "x.dm")
    empty.import_batch(read(as_json(notebook)))
    assert empty.counts().new == 1


# ----- whatever is in the notebook

NASTY = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["=1+1", "'=1+1", "-2", "@ana", "\t=x", "a,b;c|d", 'say "hi"', "line\nbreak\r\nand\rmore", "a\0b", "\ud83d",
         "Ã©lÃ¨ve", "\u202eעברית", "👩🏽‍🚒🇪🇸", "\u2028\u0085", "[2026-01-01T00:00:00+00:00] x", "\\n", " both ends ", "ß" * 300]
    ),
)  # fmt: skip
MOMENTS = st.integers(-(10**15), 2 * 10**15).map(lambda n: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=n))
DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))
ACCOUNTS = st.builds(
    Identity,
    st.sampled_from(Network),
    NASTY.filter(lambda key: bool(key.replace("\0", "").strip()) and not key.startswith(("warmnote:", "@"))),
    NASTY,
    NASTY,
    st.none() | DAYS,
    st.sampled_from(Knowledge),
)


@st.composite
def notebooks(draw: st.DrawFn) -> list[dict[str, Any]]:
    return draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "name": NASTY,
                    "bio": NASTY,
                    "email": NASTY,
                    "company": NASTY,
                    "accounts": st.lists(ACCOUNTS, max_size=3),
                    "facts": st.lists(
                        st.builds(Fact, NASTY, NASTY, NASTY, st.none() | DAYS, st.booleans(), st.booleans()), max_size=3
                    ),
                    "messages": st.lists(
                        st.builds(Message, st.sampled_from(MessageKind), NASTY, MOMENTS, NASTY), max_size=3
                    ),
                    "tags": st.lists(NASTY, max_size=2),
                    "draft": NASTY,
                    "follow_up": st.none() | st.builds(FollowUp, DAYS, NASTY),
                    "stage": st.none() | st.sampled_from(Stage),
                    "archived": st.booleans(),
                    "resting": st.booleans(),
                    "edited": st.booleans(),
                }
            ),
            max_size=4,
        )
    )


def write(notebook: Notebook, people: list[dict[str, Any]]) -> None:
    for one in people:
        try:
            (person,) = notebook.add_person(one["name"], one["bio"], email=one["email"], company=one["company"]).added
        except Expected:  # no name
            continue
        with notebook._store.step():
            for account in one["accounts"]:
                try:
                    notebook._store.people.add_identity(person, account)
                except Expected:  # somebody has it
                    continue
        for fact in one["facts"]:
            notebook.add_fact(person, fact)
        for message in one["messages"]:
            notebook.log(person, message)
        for tag in one["tags"]:
            try:
                notebook.bulk.tag([person], tag)
            except Expected:  # too long, or nothing
                continue
        notebook.save_draft(person, Draft(one["draft"], len(one["draft"]) // 2))
        notebook.plan(person, one["follow_up"])
        notebook.bulk.set_stage([person], one["stage"])
        if one["resting"]:
            notebook.rest(person)
        if one["archived"]:
            notebook.bulk.archive([person])
        if one["edited"]:
            notebook.edit_person(person, bio=one["bio"] + "!", pronouns="they")


@settings(max_examples=25, deadline=None)
@given(notebooks())
def test_whatever_is_in_a_notebook_comes_back(people: list[dict[str, Any]]):
    with tempfile.TemporaryDirectory() as folder:
        one, other = notebook_at(Path(folder, "one.db")), notebook_at(Path(folder, "other.db"))
        try:
            write(one, people)
            data = as_json(one)
            path = Path(folder, "people.json")
            path.write_bytes(data)
            batch = followers.read(path)
            other.import_batch(batch)
            assert people_of(as_json(other)) == people_of(data)
            again = one.import_batch(batch)
            assert not again.added | again.changed
            assert as_json(one) == data
        finally:
            one.close()
            other.close()


# ----- files that are not as they were written


def test_a_file_cut_short_gives_the_people_before_the_cut(notebook: Notebook, read):
    fill(notebook)
    data = as_json(notebook)
    batch = read(data[: data.rindex(b'{"id"') + 40])
    assert [person.name for person in batch.people] == ["Ana Moreno"]
    (problem,) = batch.problems
    assert "cut short" in problem.reason


def test_a_newer_version_is_refused_in_words(read):
    with pytest.raises(Expected, match="newer Warmnote"):
        read(b'{"warmnote": 2, "people": []}')


def test_a_file_with_its_keys_in_another_order_is_known(notebook: Notebook, empty: Notebook, read):
    fill(notebook)
    data = as_json(notebook)
    batch = read(json.dumps(json.loads(data), sort_keys=True, indent=2).encode("utf-16"))
    empty.import_batch(batch)
    assert people_of(as_json(empty)) == people_of(data)


WHOLE = {
    "warmnote": 1,
    "exported_at": "2026-11-23T12:00:00+00:00",
    "people": [
        {
            "id": 1, "name": "Ana", "bio": "Potter", "is_new": True, "added_at": "2026-11-23T12:00:00+00:00", "stage": "conversation",
            "stage_by_hand": True, "tags": ["a"], "follow_up": {"due": "2026-12-03", "why": ""},
            "draft": {"text": "Dear", "cursor": 1, "channel": "", "saved_at": "2026-11-23T12:00:00+00:00"},
            "identities": [
                {
                    "network": "x", "key": "@ana", "handle": "ana", "url": "", "followed_on": "2026-11-20",
                    "followed_known": "exact", "follows": True, "silent": ["bio"],
                    "past_handles": [{"handle": "anna", "until": "2026-11-01"}],
                    "links": [{"network": "github", "key": "1", "verified": True}],
                }
            ],
            "facts": [{"kind": "pet", "text": "dog", "source": "", "on": None, "shared": True, "hidden": False}],
            "history": [{"kind": "note", "text": "x", "at": "2026-11-23T12:00:00+00:00", "channel": ""}],
            "owned": ["bio"], "prompts": [{"prompt": "p", "at": "2026-11-23T12:00:00+00:00"}],
            "let_pass": [{"rule": "r", "words": "w", "at": None}],
        }
    ],
}  # fmt: skip
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=True),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
    st.just([None, 1, "x", {}, []]),
    st.just("9999-12-31T23:59:59-23:00"),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    return [place for key in keys for place in [(*path, key), *places(value[key], (*path, key))]]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_value_anywhere_gives_a_batch_that_can_be_imported(data: st.DataObject):
    whole = json.loads(json.dumps(WHOLE))
    for place in data.draw(st.lists(st.sampled_from(places(WHOLE)), min_size=1, max_size=3)):
        inner = whole
        try:
            for key in place[:-1]:
                inner = inner[key]
            if data.draw(st.booleans()):
                inner[place[-1]] = data.draw(ODD)
            else:
                del inner[place[-1]]
        except (KeyError, IndexError, TypeError):  # an earlier change took it away
            continue
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "people.json")
        text = json.dumps(whole)
        path.write_text(text[: data.draw(st.integers(len(text) // 2, len(text)))], "utf-8")
        try:
            batch = followers.read(path)
        except Expected:
            return
        notebook = notebook_at(Path(folder, "one.db"))
        try:
            notebook.import_batch(batch)
            list(notebook.export())
        finally:
            notebook.close()


def test_who_was_not_in_the_latest_list_comes_back_so(notebook: Notebook, empty: Notebook, read):
    ana, bo = (Incoming(row, Network.GITHUB, str(row), name, handle=name) for row, name in ((1, "ana"), (2, "bo")))
    whole = frozenset({Network.GITHUB})
    for people in ((ana, bo), (ana,)):
        notebook.import_batch(Batch("Followers", Network.GITHUB, "followers.csv", people, whole=whole))
    data = as_json(notebook)
    here, away = json.loads(data)["people"]
    assert here["identities"][0]["not_seen_since"] is None
    assert away["identities"][0]["not_seen_since"] == away["added_at"]
    batch = read(data)
    empty.import_batch(batch)
    assert people_of(as_json(empty)) == people_of(data)
    notebook.import_batch(batch)
    assert as_json(notebook) == data
    empty.import_batch(Batch("Followers", Network.GITHUB, "followers.csv", (ana, bo), whole=whole))
    assert '"not_seen_since": "' not in as_json(empty).decode()
