"""Imports: what is new, what changed, what stays the user's, and taking it all back."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from warmnote.model import (
    Batch,
    Draft,
    Expected,
    Fact,
    FollowUp,
    Incoming,
    Knowledge,
    Message,
    MessageKind,
    Network,
    Problem,
)
from warmnote.notebook import Cancelled, Changes, FieldChange, ItemKind, Notebook, Order, Store, Undo, View

from .dump import dump

MakeBatch = Callable[..., Batch]
Add = Callable[..., int]

ANA: dict[str, object] = {
    "name": "Ana Moreno",
    "company": "Moreno Ceramics",
    "position": "Owner",
    "url": "https://x/ana",
}
TUNDE: dict[str, object] = {"name": "Tunde Okafor", "company": "Harbour Logistics", "position": "Shipper"}
PRIYA: dict[str, object] = {"name": "Priya Shah", "position": "Associate"}


def find(notebook: Notebook, name: str) -> int:
    (person,) = notebook.person_ids(View.ALL, name)
    return person


def undo(notebook: Notebook, changes: Changes) -> Changes:
    assert changes.undo is not None
    return notebook.undo(changes.undo)


def test_the_first_import_of_a_network_is_a_baseline(notebook: Notebook, batch: MakeBatch):
    incoming = batch(ANA, TUNDE)
    assert notebook.preview(incoming).baseline
    notebook.import_batch(incoming)
    assert notebook.counts().new == 0
    assert not notebook.preview(incoming).baseline
    assert notebook.preview(batch(ANA, network=Network.X)).baseline, "each network has its own"


def test_who_was_not_in_the_last_import_is_new(notebook: Notebook, batch: MakeBatch):
    notebook.import_batch(batch(ANA))
    preview = notebook.preview(batch(ANA, TUNDE))
    assert (preview.new, preview.unchanged, preview.arrivals(None)) == (1, 1, 1)
    notebook.import_batch(batch(ANA, TUNDE))
    assert list(notebook.person_ids(View.NEW)) == [find(notebook, "tunde")]


def test_the_first_follower_after_an_empty_list_is_new(notebook: Notebook, batch: MakeBatch, path: Path):
    """An account without followers yet: that list is the baseline too."""
    before = dump(path)
    empty = notebook.import_batch(batch())
    assert not empty.added
    first = batch(ANA)
    preview = notebook.preview(first)
    assert (preview.baseline, preview.followed, preview.arrivals(None)) == (False, {Network.LINKEDIN}, 1)
    arrived = notebook.import_batch(first)
    assert notebook.counts().new == 1
    assert notebook.preview(batch()).unchanged == 0
    undo(notebook, arrived)
    undo(notebook, empty)
    assert dump(path) == before
    assert notebook.preview(first).baseline


def test_a_day_can_be_named_from_which_followers_are_new(notebook: Notebook, batch: MakeBatch):
    incoming = batch(
        {**ANA, "followed_on": date(2026, 11, 1)}, {**TUNDE, "followed_on": date(2026, 11, 2)}, PRIYA
    )  # fmt: skip
    preview = notebook.preview(incoming)
    assert [preview.arrivals(d) for d in (None, date(2026, 11, 2), date(2026, 11, 1))] == [0, 1, 2]
    notebook.import_batch(incoming, new_since=date(2026, 11, 2))
    assert list(notebook.person_ids(View.NEW)) == [find(notebook, "tunde")]


def test_who_may_not_be_written_to_is_not_new(notebook: Notebook, batch: MakeBatch):
    notebook.import_batch(batch(ANA))
    notebook.import_batch(batch(ANA, {**TUNDE, "do_not_write": True}))
    assert notebook.counts().new == 0


def test_a_second_import_changes_nothing(notebook: Notebook, batch: MakeBatch, path: Path, clock):
    rich = {
        **ANA,
        "handle": "ana",
        "facts": (Fact("post", "a kiln"), Fact("post", "a kiln"), Fact("invitation", "Hi", "Invitations.csv")),
        "messages": (Message(MessageKind.RECEIVED, "Hi", clock()),),
    }
    notebook.import_batch(batch(rich, TUNDE))
    before = dump(path)
    preview = notebook.preview(batch(rich, TUNDE))
    assert (preview.new, preview.changed, preview.unchanged) == (0, 0, 2)
    changes = notebook.import_batch(batch(rich, TUNDE))
    assert (changes.added, changes.changed, changes.removed) == (frozenset(), frozenset(), frozenset())
    after = dump(path)
    assert [name for name in after if after[name] != before[name]] == ["imports", "snapshots"]
    assert len(notebook.open_person(find(notebook, "ana")).person.facts) == 2


def test_a_preview_shows_each_record_and_writes_nothing(notebook: Notebook, batch: MakeBatch, path: Path):
    notebook.import_batch(batch({**PRIYA, "row": 4}, {**TUNDE, "row": 5}))
    before = dump(path)
    incoming = replace(
        batch(
            {**ANA, "row": 2},
            {**PRIYA, "position": "Partner", "row": 4},
            {**TUNDE, "row": 5},
            {**TUNDE, "row": 9, "company": "Other"},
            {"name": "No Account", "key": " ", "row": 10},
        ),
        skipped=(Problem(3, "", "no name, only a date (a closed account)"),),
        problems=(Problem(2, "Connected On", "“31 Feb 2024” is not a date"), Problem(None, "", "cut short")),
    )
    reader = Notebook(Store(path, read_only=True), notebook._clock, UTC)
    preview = reader.preview(incoming)
    reader.close()
    assert [(item.row, item.kind) for item in preview.items] == [
        (None, ItemKind.PROBLEM),
        (2, ItemKind.PROBLEM),
        (2, ItemKind.NEW),
        (3, ItemKind.SKIPPED),
        (4, ItemKind.CHANGED),
        (5, ItemKind.UNCHANGED),
        (9, ItemKind.SKIPPED),
        (10, ItemKind.SKIPPED),
    ]
    assert (preview.new, preview.changed, preview.unchanged, preview.skipped, preview.problems) == (1, 1, 1, 3, 2)
    changed = preview.items[4]
    assert changed.changes == (FieldChange("position", "Associate", "Partner"),)
    assert changed.person == find(notebook, "priya")
    assert preview.items[6].reason == "the same account as row 5"
    assert "account" in preview.items[7].reason
    assert dump(path) == before
    notebook.import_batch(incoming)
    record, _ = notebook.batches()
    assert (record.new, record.changed, record.unchanged, record.skipped, record.problems) == (1, 1, 1, 3, 2)


def test_what_the_source_leaves_empty_erases_nothing(notebook: Notebook, batch: MakeBatch):
    notebook.import_batch(batch({**ANA, "bio": "Potter", "handle": "ana", "followed_on": date(2026, 1, 2)}))
    notebook.import_batch(batch({"name": "Ana Moreno"}))
    person = notebook.open_person(find(notebook, "ana")).person
    assert (person.bio, person.company) == ("Potter", "Moreno Ceramics")
    assert (person.identities[0].handle, person.identities[0].followed_on) == ("ana", date(2026, 1, 2))


def test_what_the_user_wrote_is_never_changed(notebook: Notebook, batch: MakeBatch, clock):
    rich = {**ANA, "bio": "Potter", "facts": (Fact("post", "a kiln"), Fact("pet", "dog"))}
    notebook.import_batch(batch(rich))
    ana = find(notebook, "ana")
    notebook.edit_person(ana, name="Anna", bio="")
    kiln, dog = notebook.open_person(ana).person.facts
    notebook.edit_fact(replace(kiln, text="her kiln cracked"))
    notebook.remove_fact(dog.id)
    notebook.save_draft(ana, Draft("Dear Anna"))
    notebook.plan(ana, FollowUp(date(2026, 12, 1)))
    notebook.log(ana, Message(MessageKind.NOTE, "met at the fair", clock()))
    notebook.import_batch(batch({**rich, "name": "Ana M.", "company": "Kiln & Co", "key": "ana moreno"}))
    opened = notebook.open_person(ana)
    assert (opened.person.name, opened.person.bio, opened.person.company) == ("Anna", "", "Kiln & Co")
    assert [fact.text for fact in opened.person.facts] == ["her kiln cracked"]
    assert opened.draft.text == "Dear Anna"
    assert opened.person.follow_up == FollowUp(date(2026, 12, 1))
    assert [message.text for message in opened.messages] == ["met at the fair"]


def test_what_the_user_entered_word_for_word_does_not_come_twice(notebook: Notebook, batch: MakeBatch):
    notebook.import_batch(batch(ANA))
    ana = find(notebook, "ana")
    notebook.add_fact(ana, Fact("pet", "dog", "a chat"))
    changes = notebook.import_batch(batch({**ANA, "facts": (Fact("pet", "dog", "bio"),)}))
    assert not changes.changed
    assert [fact.source for fact in notebook.open_person(ana).person.facts] == ["a chat"]


def test_an_imported_message_that_was_removed_does_not_come_back(notebook: Notebook, batch: MakeBatch, clock):
    rich = {**ANA, "messages": (Message(MessageKind.RECEIVED, "Hi", clock()),)}
    notebook.import_batch(batch(rich))
    ana = find(notebook, "ana")
    notebook.remove_message(notebook.open_person(ana).messages[0].id)
    notebook.import_batch(batch(rich))
    assert not notebook.open_person(ana).messages


def test_a_handle_that_changed_is_remembered_and_found(notebook: Notebook, batch: MakeBatch):
    notebook.import_batch(batch({**ANA, "handle": "ana"}))
    notebook.import_batch(batch({**ANA, "handle": "moreno-pots"}))
    opened = notebook.open_person(find(notebook, "moreno-pots"))
    assert opened.past_handles == ("ana",)
    assert opened.person.identities[0].handle == "moreno-pots"


@pytest.mark.parametrize(
    ("held", "incoming", "kept"),
    [
        ((None, Knowledge.FIRST_SEEN), (date(2026, 1, 1), Knowledge.APPROX), date(2026, 1, 1)),
        ((date(2026, 1, 1), Knowledge.APPROX), (date(2026, 2, 2), Knowledge.EXACT), date(2026, 2, 2)),
        ((date(2026, 1, 1), Knowledge.EXACT), (date(2026, 2, 2), Knowledge.EXACT), date(2026, 2, 2)),
        ((date(2026, 1, 1), Knowledge.EXACT), (date(2026, 2, 2), Knowledge.FIRST_SEEN), date(2026, 1, 1)),
        ((date(2026, 1, 1), Knowledge.EXACT), (None, Knowledge.FIRST_SEEN), date(2026, 1, 1)),
    ],
)
def test_a_day_known_better_takes_the_place_of_a_guess(
    notebook: Notebook, batch: MakeBatch, held, incoming, kept: date
):
    notebook.import_batch(batch({**ANA, "followed_on": held[0], "followed_known": held[1]}))
    notebook.import_batch(batch({**ANA, "followed_on": incoming[0], "followed_known": incoming[1]}))
    (account,) = notebook.open_person(find(notebook, "ana")).person.identities
    assert account.followed_on == kept


def test_a_person_known_by_a_poorer_key_is_known_again(notebook: Notebook, batch: MakeBatch, path: Path):
    """A list of handles first, then one with account numbers."""
    notebook.import_batch(batch({"name": "Ana", "key": "@ana", "handle": "ana"}, network=Network.X))
    ana = find(notebook, "ana")
    before = dump(path)
    changes = notebook.import_batch(batch({"name": "Ana", "key": "1234", "handle": "ana"}, network=Network.X))
    assert (changes.added, changes.changed) == (frozenset(), {ana})
    assert notebook.open_person(ana).person.identities[0].key == "1234"
    undo(notebook, changes)
    assert dump(path) == before


def test_a_handle_that_another_account_has_now_does_not_make_them_one(notebook: Notebook, batch: MakeBatch):
    ana: dict[str, object] = {"name": "Ana Moreno", "key": "123", "handle": "anapots"}
    named: dict[str, object] = {"name": "Bo Lindqvist", "key": "@bo", "handle": "bo"}
    notebook.import_batch(batch(ana, named, network=Network.X))
    other = batch({"name": "Zoe Adeyemi", "key": "789", "handle": "anapots"}, network=Network.X)
    assert notebook.preview(other).new == 1
    assert len(notebook.import_batch(other).added) == 1


def test_two_records_do_not_share_a_poorer_key(notebook: Notebook, batch: MakeBatch):
    notebook.import_batch(batch({"name": "Ana", "key": "@ana", "handle": "ana"}, network=Network.X))
    again = batch(
        {"name": "Ana", "key": "1", "handle": "ana"},
        {"name": "Ana Two", "key": "2", "handle": "ana"},
        network=Network.X,
    )
    notebook.import_batch(again)
    assert notebook.counts().all == 2


def test_absence_is_not_an_unfollow_but_is_known(notebook: Notebook, batch: MakeBatch, path: Path, clock):
    first_seen = clock()
    notebook.import_batch(batch(ANA, TUNDE))
    ana = find(notebook, "ana")
    (account,) = notebook.open_person(ana).person.identities
    clock.forward(days=1)
    before = dump(path)
    without = notebook.import_batch(batch(TUNDE))
    assert not without.changed
    assert notebook.open_person(ana).last_seen == {account.id: first_seen}
    clock.forward(days=1)
    gone_again = notebook.import_batch(batch(TUNDE))
    assert notebook.open_person(ana).last_seen == {account.id: first_seen}
    back = notebook.import_batch(batch(ANA, TUNDE))
    assert not notebook.open_person(ana).last_seen
    for changes in (back, gone_again, without):
        undo(notebook, changes)
    assert dump(path) == before


def test_undoing_an_earlier_absence_keeps_a_later_one(notebook: Notebook, batch: MakeBatch):
    notebook.import_batch(batch(ANA, TUNDE))
    first = notebook.import_batch(batch(TUNDE))
    notebook.import_batch(batch(TUNDE))
    undo(notebook, first)
    assert notebook.open_person(find(notebook, "ana")).last_seen


def test_an_import_is_taken_back_exactly_and_done_again(notebook: Notebook, batch: MakeBatch, path: Path, clock):
    rich = {**ANA, "handle": "ana", "facts": (Fact("post", "a kiln"),)}
    notebook.import_batch(batch(rich, PRIYA))
    ana = find(notebook, "ana")
    notebook.rest(ana)
    clock.forward(days=1)
    before = dump(path)
    changes = notebook.import_batch(
        batch(
            {
                **rich,
                "handle": "moreno",
                "bio": "Potter",
                "do_not_write": True,
                "followed_on": date(2026, 11, 1),
                "followed_known": Knowledge.EXACT,
                "facts": (Fact("post", "a new kiln"),),
                "messages": (Message(MessageKind.RECEIVED, "Hi", clock()),),
            },
            TUNDE,
        )
    )
    after = dump(path)
    assert changes.added == {find(notebook, "tunde")}
    assert changes.changed == {ana}
    undone = undo(notebook, changes)
    assert dump(path) == before
    again = undo(notebook, undone)
    assert dump(path) == after
    undo(notebook, again)
    assert dump(path) == before


def test_an_import_is_taken_back_after_a_restart(path: Path, batch: MakeBatch, clock):
    notebook = Notebook(Store(path), clock, UTC)
    notebook.import_batch(batch(PRIYA))
    before = dump(path)
    notebook.import_batch(batch({**PRIYA, "position": "Partner"}, ANA))
    notebook.close()
    notebook = Notebook(Store(path), clock, UTC)
    latest, _ = notebook.batches()
    notebook.undo_import(latest.id)
    assert dump(path) == before
    with pytest.raises(Expected, match="already undone"):
        notebook.undo(Undo(batch=latest.id))
    notebook.close()


ADDITIONS: dict[str, Callable[[Notebook, int], object]] = {
    "note": lambda n, p: n.log(p, Message(MessageKind.NOTE, "x", datetime(2026, 11, 1, tzinfo=UTC))),
    "letter": lambda n, p: n.log_sent(p, "x", ""),
    "draft": lambda n, p: n.save_draft(p, Draft("x")),
    "fact": lambda n, p: n.add_fact(p, Fact("pet", "x")),
    "edited fact": lambda n, p: n.edit_fact(replace(n.open_person(p).person.facts[0], text="x")),
    "name": lambda n, p: n.edit_person(p, name="x"),
    "plan": lambda n, p: n.plan(p, FollowUp(date(2026, 12, 1))),
    "rest": lambda n, p: n.rest(p),
    "prompt": lambda n, p: n.record_prompt(p, "x"),
    "excused": lambda n, p: n.excuse(p, "x", "x"),
}


@pytest.mark.parametrize("addition", ADDITIONS.values(), ids=ADDITIONS.keys())
def test_a_person_the_user_added_to_stays_when_their_import_goes(
    notebook: Notebook, batch: MakeBatch, path: Path, addition: Callable[[Notebook, int], object]
):
    changes = notebook.import_batch(batch({**ANA, "facts": (Fact("post", "a kiln"),)}, TUNDE))
    ana = find(notebook, "ana")
    addition(notebook, ana)
    before = notebook.open_person(ana)
    undone = undo(notebook, changes)
    assert "1 person you have added to stayed" in undone.label
    assert notebook.open_person(ana) == before
    assert not notebook.person_ids(View.ALL, "tunde")
    assert not notebook.batches()


def test_a_field_goes_back_only_if_it_is_still_what_the_import_wrote(notebook: Notebook, batch: MakeBatch):
    notebook.import_batch(batch({**ANA, "bio": "one", "location": "here"}))
    changes = notebook.import_batch(batch({**ANA, "bio": "two", "location": "there"}))
    ana = find(notebook, "ana")
    notebook.edit_person(ana, bio="mine")
    undo(notebook, changes)
    person = notebook.open_person(ana).person
    assert (person.bio, person.location) == ("mine", "here")


def test_imports_are_taken_back_in_any_order(notebook: Notebook, batch: MakeBatch, path: Path):
    notebook.import_batch(batch({**ANA, "bio": "one"}))
    before = dump(path)
    second = notebook.import_batch(batch({**ANA, "bio": "two"}))
    third = notebook.import_batch(batch({**ANA, "bio": "three"}))
    undo(notebook, second)
    assert notebook.open_person(find(notebook, "ana")).person.bio == "three"
    undo(notebook, third)
    assert dump(path) == before


def test_people_that_a_later_import_holds_too_become_that_imports(notebook: Notebook, batch: MakeBatch, path: Path):
    before = dump(path)
    first = notebook.import_batch(batch(ANA, TUNDE))
    second = notebook.import_batch(batch(ANA))
    undone = undo(notebook, first)
    assert "1 person that a later import holds too stayed" in undone.label
    assert len(undone.removed) == 1
    assert [row.name for row in notebook.rows(notebook.person_ids(View.ALL))] == ["Ana Moreno"]
    undo(notebook, second)
    assert dump(path) == before


def test_deleting_an_imported_person_and_undoing_the_import_leaves_nothing(notebook: Notebook, batch: MakeBatch):
    changes = notebook.import_batch(batch(ANA, TUNDE))
    gone = notebook.delete_people([find(notebook, "ana")])
    undo(notebook, changes)
    assert notebook.counts().all == 0
    undo(notebook, gone)
    assert [row.name for row in notebook.rows(notebook.person_ids(View.ALL))] == ["Ana Moreno"]


def test_an_import_can_be_stopped_and_leaves_nothing(notebook: Notebook, path: Path):
    people = tuple(Incoming(n, Network.X, f"@p{n}", f"Person {n}") for n in range(1, 1001))
    batch = Batch("X", Network.X, "followers.csv", people)
    before = dump(path)
    heard: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        notebook.import_batch(batch, progress=lambda *done: heard.append(done), cancelled=lambda: len(heard) == 2)
    assert len(heard) == 2
    assert all(0 < done < 1000 == total for done, total in heard)
    assert dump(path) == before
    with pytest.raises(Cancelled):
        notebook.preview(batch, cancelled=lambda: True)
    changes = notebook.import_batch(batch, progress=lambda *done: heard.append(done))
    assert heard[-1] == (1000, 1000)
    assert heard[2:] == sorted(heard[2:])
    assert len(changes.added) == 1000


def test_an_import_can_be_stopped_when_all_is_written_and_the_lists_are_brought_up_to_date(
    notebook: Notebook, path: Path
):
    people = tuple(Incoming(n, Network.X, f"@p{n}", f"Person {n}", bio="pots and kilns " * 9) for n in range(1, 6001))
    before = dump(path)
    asked = 0
    written = False

    def progress(done: int, total: int) -> None:
        nonlocal written
        written = done >= total * 0.7

    def cancelled() -> bool:
        nonlocal asked
        asked += written
        return asked > 2

    with pytest.raises(Cancelled):
        notebook.import_batch(Batch("X", Network.X, "followers.csv", people), progress=progress, cancelled=cancelled)
    assert dump(path) == before
    assert len(notebook.import_batch(Batch("X", Network.X, "followers.csv", people)).added) == 6000


def test_the_list_can_be_read_while_an_import_is_under_way(notebook: Notebook, path: Path, clock):
    notebook.add_person("Ana")
    people = tuple(Incoming(n, Network.X, f"@p{n}", f"Person {n}") for n in range(1, 801))
    reader = Notebook(Store(path, read_only=True, patience_ms=0), clock, UTC)
    seen: list[int] = []

    def look(done: int, total: int) -> None:
        if done == total:
            return
        seen.append(len(reader.person_ids(View.ALL)) + len(reader.rows(reader.person_ids(View.ALL, "ana"))))
        assert reader.today().people == 0
        assert reader.counts().all == 1

    notebook.import_batch(Batch("X", Network.X, "followers.csv", people), progress=look)
    assert set(seen) == {2}
    assert reader.counts().all == 801
    reader.close()


def test_a_draft_is_saved_by_another_thread_as_soon_as_the_import_is_through(path: Path, clock):
    """Two writers never lose a write: the second waits."""
    first = Notebook(Store(path), clock, UTC)
    (ana,) = first.add_person("Ana").added
    failed: list[BaseException] = []

    def write() -> None:
        try:
            second = Notebook(Store(path), clock, UTC)
            for number in range(20):
                second.save_draft(ana, Draft(f"draft {number}"))
            second.close()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test shows it
            failed.append(error)

    thread = threading.Thread(target=write)
    thread.start()
    people = tuple(Incoming(n, Network.X, f"@p{n}", f"Person {n}") for n in range(1, 2001))
    first.import_batch(Batch("X", Network.X, "followers.csv", people))
    thread.join()
    assert not failed
    assert first.open_person(ana).draft.text == "draft 19"
    assert first.counts().all == 2001
    first.close()


def test_names_of_every_kind_survive(notebook: Notebook, batch: MakeBatch):
    odd = "Ana \N{ROCKET} \ud83d O'Brien \0 \N{RIGHT-TO-LEFT OVERRIDE}"
    notebook.import_batch(batch({"name": odd, "key": "a\ud83d"}))
    (row,) = notebook.rows(notebook.person_ids(View.ALL, "obrien", Order.NAME))
    assert row.name.startswith("Ana \N{ROCKET} \ufffd O'Brien")
    assert not notebook.import_batch(batch({"name": odd, "key": "a\ud83d"})).changed
