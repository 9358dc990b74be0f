"""Whoever the user deleted does not come back with the next import."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from warmnote import exports, followers
from warmnote.model import Batch, Identity, Incoming, Network
from warmnote.notebook import ItemKind, Notebook, Store, View

from .dump import dump

ANA = Incoming(1, Network.X, "123", "Ana Moreno", "anapots")
BO = Incoming(2, Network.X, "456", "Bo", "bo")
FOLLOWERS = Batch("X archive", Network.X, "x.zip", (ANA, BO), whole=frozenset({Network.X}))


def of(*people: Incoming) -> Batch:
    return Batch("A source", people[0].network, "file", people)


def names(notebook: Notebook) -> list[str]:
    return sorted(row.name for row in notebook.rows(notebook.person_ids(View.ALL)))


def delete(notebook: Notebook, name: str):
    return notebook.delete_people(notebook.person_ids(View.ALL, name))


def test_the_next_import_leaves_them_out_and_says_why(notebook: Notebook, path: Path, clock):
    notebook.import_batch(FOLLOWERS)
    clock.forward(days=1)
    deletion = delete(notebook, "Ana")
    assert notebook.deleted() == 1
    before = dump(path)["people"]
    clock.forward(days=30)
    left_out = notebook.preview(FOLLOWERS).items[0]
    assert (left_out.kind, left_out.reason) == (ItemKind.SKIPPED, "you deleted this person on 24 November 2026")
    again = notebook.import_batch(FOLLOWERS)
    assert (again.added, again.changed) == (frozenset(), frozenset())
    assert dump(path)["people"] == before
    assert notebook.batches()[0].skipped == 1
    notebook.undo(deletion.undo)
    assert names(notebook) == ["Ana Moreno", "Bo"]
    assert notebook.deleted() == 0
    assert notebook.preview(FOLLOWERS).unchanged == 2


def test_the_day_is_that_of_the_users_calendar(path: Path, clock):
    from zoneinfo import ZoneInfo

    clock.forward(hours=11, minutes=30)
    notebook = Notebook(Store(path), clock, ZoneInfo("Pacific/Auckland"))
    notebook.import_batch(FOLLOWERS)
    delete(notebook, "Ana")
    assert notebook.preview(FOLLOWERS).items[0].reason.endswith("on 24 November 2026")
    notebook.close()


def test_a_richer_and_a_poorer_source_know_them_too(notebook: Notebook):
    notebook.import_batch(of(ANA, replace(BO, key="@bo")))
    notebook.delete_people(notebook.person_ids(View.ALL))
    assert notebook.preview(of(replace(ANA, key="@anapots"), BO)).skipped == 2
    # A handle that somebody else has now is not the deleted account.
    assert notebook.preview(of(replace(ANA, key="789"))).new == 1


def test_an_address_book_that_names_their_account_does_not_bring_them_back(notebook: Notebook):
    notebook.import_batch(FOLLOWERS)
    delete(notebook, "Ana")
    card = Incoming(1, Network.EMAIL, "email:ana@kiln.example", "Ana", accounts=(Identity(Network.X, "123"),))
    assert notebook.preview(of(card)).skipped == 1
    notebook.add_person("Ana", email="ana@kiln.example", network=Network.EMAIL, handle="ana@kiln.example")
    assert notebook.preview(of(card)).skipped == 1


def test_adding_by_hand_is_free_and_the_account_is_known_again(notebook: Notebook):
    notebook.import_batch(FOLLOWERS)
    delete(notebook, "Ana")
    notebook.add_person("Ana Moreno", network=Network.X, url="https://x.com/i/user/123")
    assert notebook.deleted() == 0
    assert notebook.preview(FOLLOWERS).skipped == 0
    delete(notebook, "Ana")
    assert notebook.deleted() == 1


def test_everybody_who_went_into_them_stays_away(notebook: Notebook):
    notebook.import_batch(FOLLOWERS)
    notebook.duplicates.merge(*sorted(notebook.person_ids(View.ALL)))
    notebook.delete_people(notebook.person_ids(View.ALL))
    assert notebook.preview(FOLLOWERS).skipped == 2


def test_undoing_an_import_and_removing_the_samples_are_no_deletions(notebook: Notebook):
    notebook.add_samples()
    notebook.import_batch(FOLLOWERS)
    notebook.undo_import(notebook.batches()[0].id)
    notebook.remove_samples()
    assert notebook.deleted() == 0
    assert notebook.import_batch(FOLLOWERS).added
    notebook.add_samples()
    notebook.delete_people(notebook.person_ids(View.ALL))
    assert notebook.deleted() == 2


def test_forgetting_lets_them_come_back_and_hinders_no_undo(notebook: Notebook, path: Path):
    notebook.import_batch(FOLLOWERS)
    before = dump(path)
    deletion = delete(notebook, "Ana")
    forgotten = notebook.forget_deletions()
    assert notebook.deleted() == 0
    assert notebook.preview(FOLLOWERS).new == 1
    notebook.undo(forgotten.undo)
    assert notebook.deleted() == 1
    notebook.forget_deletions()
    notebook.undo(deletion.undo)
    assert dump(path) == before
    assert notebook.forget_deletions().undo is None


def test_an_own_export_brings_them_back(notebook: Notebook, tmp_path: Path, clock: Callable):
    notebook.import_batch(FOLLOWERS)
    out = io.BytesIO()
    exports.write_json(notebook.export(), out, clock())
    file = tmp_path / "own.json"
    file.write_bytes(out.getvalue())
    notebook.delete_people(notebook.person_ids(View.ALL))
    notebook.import_batch(followers.read(file))
    assert names(notebook) == ["Ana Moreno", "Bo"]
    assert notebook.deleted() == 0
    assert notebook.preview(FOLLOWERS).unchanged == 2
