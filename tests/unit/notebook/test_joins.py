"""One person per human: who an import knows to be somebody already there, and who stays two."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from warmnote.model import Batch, Draft, Fact, Identity, Link, Message, MessageKind, Network
from warmnote.notebook import Changes, ItemKind, Notebook, Store, View

from .dump import dump

MakeBatch = Callable[..., Batch]

ANA: dict[str, object] = {"name": "Ana Moreno", "key": "/in/ana", "email": "ana@moreno.example", "company": "Kiln"}
ANA_ON_BLUESKY: dict[str, object] = {"name": "ana ✨", "key": "did:plc:ana", "handle": "ana.example", "bio": "Pots"}


def names(notebook: Notebook, query: str = "") -> list[str]:
    return [row.name for row in notebook.rows(notebook.person_ids(View.ALL, query))]


def undo(notebook: Notebook, changes: Changes) -> Changes:
    assert changes.undo is not None
    return notebook.undo(changes.undo)


def only(notebook: Notebook, query: str = "") -> int:
    (person,) = notebook.person_ids(View.ALL, query)
    return person


def test_an_equal_e_mail_makes_one_person(notebook: Notebook, batch: MakeBatch, path: Path):
    notebook.import_batch(batch(ANA))
    before = dump(path)
    book = batch(
        {"name": "Moreno, Ana", "key": "email:ana@moreno.example", "email": "Ana@Moreno.example", "bio": "Potter"},
        network=Network.EMAIL,
    )
    preview = notebook.preview(book)
    (item,) = preview.items
    assert (preview.new, preview.changed) == (0, 1)
    assert item.kind is ItemKind.CHANGED
    assert item.person is None
    assert item.reason == "joins Ana Moreno: same e-mail"
    changes = notebook.import_batch(book)
    ana = only(notebook)
    assert (changes.added, changes.changed, changes.removed) == (frozenset(), {ana}, frozenset())
    record = notebook.batches()[0]
    assert (record.new, record.changed) == (0, 1)
    person = notebook.open_person(ana).person
    assert (person.name, person.bio, person.company) == ("Ana Moreno", "Potter", "Kiln")
    assert {i.network for i in person.identities} == {Network.LINKEDIN, Network.EMAIL}
    undo(notebook, changes)
    assert dump(path) == before


def test_sources_that_call_a_person_differently_do_not_write_over_each_other(
    notebook: Notebook, batch: MakeBatch, path: Path
):
    linkedin = batch(ANA)
    bluesky = batch({**ANA_ON_BLUESKY, "email": "ana@moreno.example"}, network=Network.BLUESKY)
    notebook.import_batch(linkedin)
    notebook.import_batch(bluesky)
    for again in (bluesky, linkedin, bluesky):
        before = dump(path)
        preview = notebook.preview(again)
        assert (preview.new, preview.changed, preview.unchanged) == (0, 0, 1)
        assert not notebook.import_batch(again).changed
        after = dump(path)
        assert [name for name in after if after[name] != before[name]] == ["imports", "snapshots"]
    # Each goes on speaking for what it gave.
    notebook.import_batch(batch({**ANA_ON_BLUESKY, "bio": "More pots"}, network=Network.BLUESKY))
    notebook.import_batch(batch({**ANA, "name": "Ana M. Moreno"}))
    person = notebook.open_person(only(notebook)).person
    assert (person.name, person.bio) == ("Ana M. Moreno", "More pots")


@pytest.mark.parametrize("together", [True, False])
def test_of_two_accounts_the_one_that_speaks_first_speaks_from_then_on(
    notebook: Notebook, batch: MakeBatch, path: Path, together: bool
):
    ana: dict[str, object] = {"name": "Ana", "key": "ana", "network": Network.INSTAGRAM}
    notebook.import_batch(batch({**ana, "accounts": (Identity(Network.X, "1", "anapots"),)}))
    before = dump(path)
    potter = {**ana, "bio": "Potter"}
    runner: dict[str, object] = {"name": "Ana", "key": "1", "handle": "anapots", "bio": "Runner", "network": Network.X}
    lists = [batch(potter, runner)] if together else [batch(potter), batch(runner)]
    changes = [notebook.import_batch(one) for one in lists]
    assert notebook.open_person(only(notebook)).person.bio == "Potter"
    for one in lists:
        assert notebook.preview(one).changed == 0
    notebook.import_batch(batch({**potter, "bio": "Potter and baker"}))
    assert notebook.open_person(only(notebook)).person.bio == "Potter and baker"
    notebook.undo_import(notebook.batches()[0].id)
    for change in reversed(changes):
        undo(notebook, change)
    assert dump(path) == before


def test_what_the_user_typed_of_somebody_without_an_account_stays(notebook: Notebook, batch: MakeBatch):
    (ana,) = notebook.add_person("Anita", email="ana@moreno.example").added
    for _ in range(2):
        notebook.import_batch(batch(ANA))
        person = notebook.open_person(ana).person
        assert (person.name, person.company) == ("Anita", "Kiln")


@pytest.mark.parametrize("address", ["info@moreno.example", "Sales@moreno.example", "kontakt@moreno.example", ""])
def test_the_address_of_an_office_joins_nobody(notebook: Notebook, batch: MakeBatch, address: str):
    notebook.import_batch(batch({**ANA, "email": address}))
    notebook.import_batch(batch({"name": "Ana Moreno", "key": "1", "email": address}, network=Network.X))
    assert len(names(notebook)) == 2


def test_an_e_mail_shared_by_two_names_joins_nobody(notebook: Notebook, batch: MakeBatch):
    notebook.import_batch(batch(ANA))
    notebook.import_batch(batch({**ANA, "name": "Tunde Okafor", "key": "1"}, network=Network.X))
    assert len(names(notebook)) == 2


def test_who_was_called_different_stays_different(notebook: Notebook, batch: MakeBatch):
    notebook.import_batch(batch({**ANA, "email": ""}))
    notebook.import_batch(batch({"name": "Ana Moreno", "key": "1"}, network=Network.X))
    with notebook._store.step():
        notebook._store.merging.not_same(*notebook.person_ids(View.ALL))
    notebook.import_batch(batch({"name": "Ana Moreno", "key": "1", "email": ANA["email"]}, network=Network.X))
    notebook.import_batch(batch(ANA))
    assert len(names(notebook)) == 2


def test_the_invented_people_are_joined_with_nobody(notebook: Notebook, batch: MakeBatch):
    notebook.add_samples()
    sample = notebook.open_person(notebook.person_ids(View.ALL)[0]).person
    with notebook._store.step():
        notebook._store.people.edit(sample.id, {"email": "ana@moreno.example"})
    notebook.import_batch(batch({**ANA, "name": sample.name}))
    assert len(notebook.person_ids(View.ALL, sample.name)) == 2


def test_two_records_of_one_batch_are_joined(notebook: Notebook, batch: MakeBatch, path: Path):
    before = dump(path)
    book = batch(
        {**ANA, "row": 1},
        {"name": "A. Moreno", "key": "1", "network": Network.X, "email": "ana@moreno.example", "row": 2},
        {"name": "Tunde Okafor", "row": 3},
    )
    preview = notebook.preview(book)
    assert [(item.kind, item.reason) for item in preview.items] == [
        (ItemKind.NEW, ""),
        (ItemKind.CHANGED, "joins Ana Moreno: same e-mail"),
        (ItemKind.NEW, ""),
    ]
    changes = notebook.import_batch(book)
    assert len(changes.added) == preview.new == 2
    assert not changes.removed
    assert sorted(names(notebook)) == ["Ana Moreno", "Tunde Okafor"]
    again = notebook.import_batch(book)
    assert not again.changed
    undo(notebook, again)
    undo(notebook, changes)
    assert dump(path) == before


def test_further_accounts_are_added_and_taken_back(notebook: Notebook, batch: MakeBatch, path: Path):
    notebook.import_batch(batch(ANA))
    before = dump(path)
    more = (Identity(Network.GITHUB, "@anam", "anam"), Identity(Network.EMAIL, "email:a@b.example"))
    book = batch({**ANA, "accounts": more})
    (item,) = notebook.preview(book).items
    assert [(c.field, c.new) for c in item.changes] == [
        ("account", "anam (GitHub)"),
        ("account", "email:a@b.example (E-mail)"),
    ]
    changes = notebook.import_batch(book)
    person = notebook.open_person(only(notebook, "anam")).person
    assert [i.network for i in person.identities] == [Network.LINKEDIN, Network.GITHUB, Network.EMAIL]
    assert not notebook.import_batch(book).changed
    # The account number is found out later; it is the same account.
    github = batch({"name": "Ana", "key": "4711", "handle": "anam"}, network=Network.GITHUB)
    assert notebook.import_batch(github).added == frozenset()
    for record in notebook.batches()[:2]:
        notebook.undo_import(record.id)
    undo(notebook, changes)
    assert dump(path) == before


def test_an_account_that_somebody_else_has_makes_one_of_the_two(notebook: Notebook, batch: MakeBatch, path: Path):
    notebook.import_batch(batch(ANA_ON_BLUESKY, network=Network.BLUESKY))
    notebook.import_batch(batch({**ANA, "email": ""}))
    before = dump(path)
    # A handle, while Bluesky's own key is a number.
    book = batch({**ANA, "accounts": (Identity(Network.BLUESKY, "@ana.example", "ana.example"),)})
    (item,) = notebook.preview(book).items
    assert item.reason == "joins ana ✨: same Bluesky account"
    changes = notebook.import_batch(book)
    assert names(notebook) == ["ana ✨"]
    assert len(changes.removed) == 1
    assert not notebook.import_batch(book).changed
    undo(notebook, notebook.import_batch(book))
    notebook.undo_import(notebook.batches()[0].id)
    undo(notebook, changes)
    assert dump(path) == before


@pytest.mark.parametrize("theirs_first", [True, False])
def test_an_account_named_within_one_batch_joins_its_record(notebook: Notebook, batch: MakeBatch, theirs_first: bool):
    ana = {**ANA, "accounts": (Identity(Network.X, "1", "ana"),)}
    theirs = {"name": "ana", "key": "1", "handle": "ana", "network": Network.X}
    changes = notebook.import_batch(batch(*((theirs, ana) if theirs_first else (ana, theirs))))
    assert len(changes.added) == 1
    person = notebook.open_person(only(notebook)).person
    assert {(i.network, i.key) for i in person.identities} == {(Network.LINKEDIN, "/in/ana"), (Network.X, "1")}


def test_two_links_that_name_each_other_make_one_person(notebook: Notebook, batch: MakeBatch, path: Path):
    to_github, to_bluesky = Link(Network.GITHUB, "@anam"), Link(Network.BLUESKY, "@ana.example")
    notebook.import_batch(batch({**ANA_ON_BLUESKY, "links": (to_github,)}, network=Network.BLUESKY))
    notebook.import_batch(batch({"name": "Ana", "key": "4711", "handle": "anam"}, network=Network.GITHUB))
    assert len(names(notebook)) == 2, "one link alone proves nothing"
    before = dump(path)
    both = batch(
        {"name": "Ana", "key": "4711", "handle": "anam", "links": (to_bluesky,)}, network=Network.GITHUB
    )  # fmt: skip
    (item,) = notebook.preview(both).items
    assert item.reason == "joins ana ✨: each links to the other"
    changes = notebook.import_batch(both)
    assert names(notebook) == ["ana ✨"]
    assert not notebook.import_batch(both).changed
    notebook.undo_import(notebook.batches()[0].id)
    undo(notebook, changes)
    assert dump(path) == before


def test_a_link_that_the_network_has_verified_is_enough(notebook: Notebook, batch: MakeBatch):
    claimed = Link(Network.GITHUB, "@anam")
    mastodon: dict[str, object] = {"name": "Ana", "key": "ana@x.example"}
    notebook.import_batch(batch({"name": "Ana M", "key": "7", "handle": "anam"}, network=Network.GITHUB))
    notebook.import_batch(batch({**mastodon, "links": (claimed,)}, network=Network.MASTODON))
    assert len(names(notebook)) == 2
    changes = notebook.import_batch(
        batch({**mastodon, "links": (replace(claimed, verified=True),)}, network=Network.MASTODON)
    )
    assert len(names(notebook)) == 1
    undo(notebook, changes)
    assert len(names(notebook)) == 2


def test_whoever_is_new_is_known_by_a_link_that_was_there_before(notebook: Notebook, batch: MakeBatch):
    link = Link(Network.GITHUB, "@anam", verified=True)
    notebook.import_batch(batch({"name": "Ana", "key": "ana@x.example", "links": (link,)}, network=Network.MASTODON))
    github = batch({"name": "A.", "key": "7", "handle": "anam"}, network=Network.GITHUB)
    assert notebook.preview(github).changed == 1
    assert not notebook.import_batch(github).added
    assert names(notebook) == ["Ana"]


def test_two_accounts_on_one_network_are_two_people(notebook: Notebook, batch: MakeBatch):
    """Unless an equal e-mail says so."""
    notebook.import_batch(batch({"name": "Ana", "key": "1"}, {"name": "Ana", "key": "2"}, network=Network.X))
    link = Link(Network.X, "2", verified=True)
    notebook.import_batch(batch({"name": "Ana", "key": "1", "links": (link,)}, network=Network.X))
    assert len(names(notebook)) == 2
    mail = {"name": "Ana", "email": "ana@moreno.example"}
    notebook.import_batch(batch({**mail, "key": "1"}, {**mail, "key": "2"}, network=Network.X))
    assert len(names(notebook)) == 1


def test_two_numbers_are_two_accounts_whatever_the_handle(notebook: Notebook, batch: MakeBatch):
    ana: dict[str, object] = {"name": "Ana", "key": "/in/ana", "accounts": (Identity(Network.X, "1"),)}
    notebook.import_batch(batch(ana))
    notebook.import_batch(batch({"name": "Ana", "key": "1", "handle": "anapots"}, network=Network.X))
    taken = {"name": "Zoe", "key": "2", "handle": "anapots", "accounts": (Identity(Network.LINKEDIN, "/in/ana"),)}
    notebook.import_batch(batch(taken, network=Network.X))
    assert sorted(names(notebook)) == ["Ana", "Zoe"]


def test_two_who_are_there_become_one_when_the_e_mail_comes(notebook: Notebook, batch: MakeBatch, path: Path, clock):
    notebook.import_batch(batch(ANA))
    notebook.import_batch(batch(ANA_ON_BLUESKY, network=Network.BLUESKY))
    linkedin, bluesky = notebook.person_ids(View.ALL, "moreno")[0], notebook.person_ids(View.ALL, "pots")[0]
    notebook.save_draft(bluesky, Draft("Dear Ana"))
    notebook.log(linkedin, Message(MessageKind.NOTE, "met at the fair", clock()))
    before = dump(path)
    mails = batch({**ANA_ON_BLUESKY, "email": "ANA@moreno.example"}, network=Network.BLUESKY)
    changes = notebook.import_batch(mails)
    opened = notebook.open_person(linkedin)
    assert opened.draft.text == "Dear Ana"
    assert [message.text for message in opened.messages] == ["met at the fair"]
    assert changes.removed == {bluesky}
    undo(notebook, changes)
    assert dump(path) == before


def test_what_was_written_since_stays_when_the_import_goes(notebook: Notebook, batch: MakeBatch, clock):
    notebook.import_batch(batch(ANA))
    ana = only(notebook)
    changes = notebook.import_batch(
        batch({"name": "Ana", "key": "1", "email": "ana@moreno.example"}, network=Network.X)
    )  # fmt: skip
    notebook.log_sent(ana, "Hello Ana", "email")
    notebook.save_draft(ana, Draft("And again"))
    undo(notebook, changes)
    opened = notebook.open_person(ana)
    assert [message.text for message in opened.messages] == ["Hello Ana"]
    assert opened.draft.text == "And again"
    assert len(names(notebook)) == 1


# records that only add


def test_only_known_records_add_to_those_who_are_there_and_make_nobody(notebook: Notebook, batch: MakeBatch):
    notebook.import_batch(batch(ANA))
    blocked = batch(
        {"name": "", "key": "/in/ana", "only_known": True, "do_not_write": True},
        {"name": "Nobody", "key": "/in/nobody", "only_known": True, "do_not_write": True},
    )
    blocked = replace(blocked, whole=frozenset())
    preview = notebook.preview(blocked)
    assert [(item.kind, item.reason) for item in preview.items] == [
        (ItemKind.CHANGED, ""),
        (ItemKind.SKIPPED, "nobody in your notebook has this account"),
    ]
    notebook.import_batch(blocked)
    assert notebook.open_person(only(notebook)).person.do_not_write
    assert not notebook.import_batch(blocked).changed


def test_an_only_known_record_of_somebody_in_the_same_file_goes_with_theirs(notebook: Notebook, batch: MakeBatch):
    said = Message(MessageKind.RECEIVED, "Hi", datetime(2026, 11, 1, tzinfo=UTC))
    book = batch(
        {"name": "", "key": "/in/ana", "only_known": True, "messages": (said,), "row": 1},
        {**ANA, "row": 2},
        {"name": "", "key": "/in/ana", "only_known": True, "facts": (Fact("invitation", "Hello"),), "row": 3},
    )
    preview = notebook.preview(book)
    assert (preview.new, preview.changed, preview.unchanged, preview.skipped) == (1, 0, 2, 0)
    notebook.import_batch(book)
    opened = notebook.open_person(only(notebook))
    assert [m.text for m in opened.messages] == ["Hi"]
    assert [f.text for f in opened.person.facts] == ["Hello"]
    assert not notebook.import_batch(book).changed


# newness and absence, for each network


def test_each_network_of_a_batch_has_its_own_baseline(notebook: Notebook, batch: MakeBatch):
    instagram, threads = Network.INSTAGRAM, Network.THREADS
    notebook.import_batch(batch({"name": "ana"}, network=instagram))
    both = replace(
        batch({"name": "ana"}, {"name": "tunde"}, {"name": "kim", "network": threads}, network=instagram),
        whole=frozenset({instagram, threads}),
    )
    preview = notebook.preview(both)
    assert not preview.baseline
    assert preview.arrivals(None) == 1
    notebook.import_batch(both)
    assert [row.name for row in notebook.rows(notebook.person_ids(View.NEW))] == ["tunde"]


def test_those_who_do_not_follow_are_never_new_and_no_baseline(notebook: Notebook, batch: MakeBatch):
    book = replace(batch({"name": "Kim", "follows": False}, network=Network.X), whole=frozenset())
    notebook.import_batch(book)
    assert notebook.preview(batch({"name": "Ana"}, network=Network.X)).baseline
    notebook.import_batch(batch({"name": "Ana"}, network=Network.X))
    notebook.import_batch(replace(batch({"name": "Jae", "follows": False}, network=Network.X), whole=frozenset()))
    assert notebook.counts().new == 0
    # Whoever was met elsewhere and now follows is a new follower.
    changes = notebook.import_batch(batch({"name": "Ana"}, {"name": "Kim"}, network=Network.X))
    assert [row.name for row in notebook.rows(notebook.person_ids(View.NEW))] == ["Kim"]
    undo(notebook, changes)
    assert notebook.counts().new == 0


def test_who_follows_anew_is_new_though_the_day_is_old(notebook: Notebook, batch: MakeBatch, clock):
    """Networks give days that were set back; the list before did not hold them."""
    notebook.import_batch(batch({"name": "Ana"}, network=Network.BLUESKY))
    backdated = {"name": "Kim", "followed_on": datetime(2019, 1, 1, tzinfo=UTC).date()}
    notebook.import_batch(batch({"name": "Ana"}, backdated, network=Network.BLUESKY))
    assert [row.name for row in notebook.rows(notebook.person_ids(View.NEW))] == ["Kim"]


def test_a_list_of_a_few_says_nothing_of_the_others(notebook: Notebook, batch: MakeBatch, clock):
    notebook.import_batch(batch({"name": "Ana"}, {"name": "Tunde"}, network=Network.X))
    clock.forward(days=1)
    increment = replace(batch({"name": "Kim"}, network=Network.X), whole=frozenset())
    notebook.import_batch(increment)
    seen = clock()
    assert all(not notebook.open_person(person).last_seen for person in notebook.person_ids(View.ALL))
    assert [row.name for row in notebook.rows(notebook.person_ids(View.NEW))] == ["Kim"]
    clock.forward(days=1)
    notebook.import_batch(batch({"name": "Ana"}, network=Network.X))
    kim = notebook.open_person(only(notebook, "kim"))
    assert list(kim.last_seen.values()) == [seen]
    back = replace(batch({"name": "Tunde"}, network=Network.X), whole=frozenset())
    notebook.import_batch(back)
    assert not notebook.open_person(only(notebook, "tunde")).last_seen


def test_a_whole_list_after_a_few_is_still_a_baseline(notebook: Notebook, batch: MakeBatch):
    notebook.import_batch(replace(batch({"name": "Ana"}, network=Network.X), whole=frozenset()))
    notebook.import_batch(batch({"name": "Ana"}, {"name": "Tunde"}, network=Network.X))
    assert notebook.counts().new == 0


def test_the_other_side_of_a_conversation_is_not_absent(notebook: Notebook, batch: MakeBatch):
    notebook.import_batch(batch({"name": "Ana"}, {"name": "Kim", "follows": False}, network=Network.X))
    notebook.import_batch(batch({"name": "Ana"}, network=Network.X))
    assert not notebook.open_person(only(notebook, "kim")).last_seen


def test_a_poorer_list_after_a_richer_one_knows_the_same_people(notebook: Notebook, batch: MakeBatch):
    notebook.import_batch(batch({"name": "Ana", "key": "1234", "handle": "Ana_M"}, network=Network.X))
    poorer = batch({"name": "Ana", "key": "@ana_m", "handle": "Ana_M"}, network=Network.X)
    assert notebook.preview(poorer).unchanged == 1
    assert not notebook.import_batch(poorer).added
    assert notebook.open_person(only(notebook)).person.identities[0].key == "1234"


def test_shuffled_rows_give_the_same_people(path: Path, batch: MakeBatch, clock):
    people: list[dict[str, object]] = [
        {**ANA, "accounts": (Identity(Network.X, "1"),)},
        {"name": "ana", "key": "1", "network": Network.X},
        {"name": "A. Moreno", "key": "9", "network": Network.GITHUB, "email": "ana@moreno.example"},
        {"name": "Tunde"},
        {"name": "Kim", "key": "k", "links": (Link(Network.X, "2"),)},
        {"name": "kim", "key": "2", "network": Network.X, "links": (Link(Network.LINKEDIN, "k"),)},
    ]
    found: list[set[frozenset[tuple[str, str]]]] = []
    for order in (people, people[::-1], people[3:] + people[:3]):
        notebook = Notebook(Store(path.with_name(f"{len(found)}.db")), clock, UTC)
        notebook.import_batch(batch(*order))
        found.append(
            {
                frozenset((i.network.value, i.key) for i in notebook.open_person(p).person.identities)
                for p in notebook.person_ids(View.ALL)
            }
        )
        notebook.close()
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 3
