"""A handle or a number that stands in for a name never takes the place of a name."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from warmnote import followers
from warmnote.accounts import stands_in
from warmnote.model import Batch, Identity, Incoming, Network
from warmnote.notebook import Notebook, View

WILL = "98765432"
WITHOUT_NAMES = f"window.YTD.follower.part0 = {json.dumps([{'follower': {'accountId': WILL}}])}"
WITH_NAMES = json.dumps(
    [{"id": WILL, "username": "willbrandt", "name": "Will Brandt", "bio": "Bread", "followers_count": 5}]
)


def of(*people: Incoming) -> Batch:
    return Batch("A source", people[0].network, "file", people)


def x(name: str, handle: str = "anapots", **fields: object) -> Incoming:
    return Incoming(1, Network.X, "1234567890", name, handle, **fields)  # type: ignore[arg-type]


def instagram(name: str, handle: str = "anapots", **fields: object) -> Incoming:
    return Incoming(1, Network.INSTAGRAM, handle, name, handle, **fields)  # type: ignore[arg-type]


def names(notebook: Notebook) -> list[str]:
    return sorted(row.name for row in notebook.rows(notebook.person_ids(View.ALL)))


@pytest.fixture
def take(notebook: Notebook, tmp_path: Path) -> Callable[[str, str], str]:
    def taking(content: str, name: str) -> str:
        (tmp_path / name).write_text(content, encoding="utf-8")
        notebook.import_batch(followers.read(tmp_path / name))
        (found,) = names(notebook)
        return found

    return taking


@pytest.mark.parametrize("name", ["", " ", "anapots", "@anapots", "1234567890", "X user …7890", "ana@kiln.example"])
def test_what_stands_in_for_a_name(name: str):
    assert stands_in(name, [("1234567890", "anapots")])


@pytest.mark.parametrize("name", ["Ana Moreno", "Ana", "Anapots", "X user", "ana pots", "安"])
def test_what_is_a_name(name: str):
    assert not stands_in(name, [("1234567890", "anapots"), ("email:ana@kiln.example", "")])


def test_an_archive_without_names_takes_none_away(take):
    assert take(WITH_NAMES, "exported.json") == "Will Brandt"
    assert take(WITHOUT_NAMES, "follower.js") == "Will Brandt"


def test_a_name_takes_the_place_of_a_number(take):
    assert take(WITHOUT_NAMES, "follower.js") == "X user …5432"
    assert take(WITH_NAMES, "exported.json") == "Will Brandt"


def test_only_the_name_waits(notebook: Notebook):
    notebook.import_batch(of(x("Ana Moreno", bio="Pots")))
    notebook.import_batch(of(x("ana_kiln", "ana_kiln", bio="Pots and pans")))
    (person,) = (notebook.open_person(one).person for one in notebook.person_ids(View.ALL))
    assert (person.name, person.bio, person.identities[0].handle) == ("Ana Moreno", "Pots and pans", "ana_kiln")


def test_a_new_handle_takes_the_place_of_the_old_one(notebook: Notebook):
    notebook.import_batch(of(x("anapots")))
    notebook.import_batch(of(x("ana_kiln", "ana_kiln")))
    assert names(notebook) == ["ana_kiln"]


def test_of_two_records_of_one_account_the_one_with_a_name_names_it(notebook: Notebook):
    notebook.import_batch(of(x("anapots"), x("Ana Moreno", only_known=True)))
    assert names(notebook) == ["Ana Moreno"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_who_are_merged_the_one_with_a_name_names_both(notebook: Notebook, order: Sequence[int]):
    notebook.import_batch(of(instagram("anapots")))
    notebook.import_batch(of(x("Ana Moreno", "moreno")))
    both = sorted(notebook.person_ids(View.ALL))
    notebook.duplicates.merge(*(both[i] for i in order))
    assert names(notebook) == ["Ana Moreno"]
    ((merge,),) = (notebook.duplicates.merges_of(one) for one in notebook.person_ids(View.ALL))
    notebook.duplicates.part(merge.id)
    assert names(notebook) == ["Ana Moreno", "anapots"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_whoever_had_the_name_speaks_for_it(notebook: Notebook, order: Sequence[int]):
    notebook.import_batch(of(instagram("anapots")))
    notebook.import_batch(of(x("Ana Moreno", "moreno")))
    both = sorted(notebook.person_ids(View.ALL))
    notebook.duplicates.merge(*(both[i] for i in order))
    notebook.import_batch(of(instagram("anapots")))
    notebook.import_batch(of(instagram("Ana M.")))
    assert names(notebook) == ["Ana Moreno"]
    notebook.import_batch(of(x("Ana Moreno Ruiz", "moreno")))
    assert names(notebook) == ["Ana Moreno Ruiz"]


def test_what_the_user_typed_is_a_name_whatever_it_is(notebook: Notebook):
    notebook.import_batch(of(instagram("anapots")))
    notebook.import_batch(of(x("Ana Moreno", "moreno")))
    first, second = sorted(notebook.person_ids(View.ALL))
    notebook.edit_person(first, name="ana")
    notebook.edit_person(first, name="anapots")
    notebook.duplicates.merge(first, second)
    assert names(notebook) == ["anapots"]


def test_an_account_that_a_nameless_record_names_may_bring_the_name(notebook: Notebook):
    further = (Identity(Network.X, "1234567890", "anapots"),)
    notebook.import_batch(of(Incoming(1, Network.EMAIL, "email:a@b.example", "a@b.example", accounts=further)))
    notebook.import_batch(of(x("Ana Moreno")))
    assert names(notebook) == ["Ana Moreno"]


def test_a_number_is_no_name_that_speaks_against_an_equal_e_mail(notebook: Notebook):
    notebook.import_batch(of(x("X user …7890", "", email="ana@kiln.example")))
    card = Incoming(1, Network.EMAIL, "email:ana@kiln.example", "Ana Moreno Ruiz", email="ana@kiln.example")
    (item,) = notebook.preview(of(card)).items
    assert item.reason == "joins X user …7890: same e-mail"
    notebook.import_batch(of(card))
    assert names(notebook) == ["Ana Moreno Ruiz"]


def test_two_handles_alike_are_not_two_names_alike(notebook: Notebook):
    notebook.import_batch(of(instagram("anapots")))
    notebook.import_batch(of(x("anapots")))
    (pair,) = notebook.duplicates.find()
    assert not any("called" in why for why in pair.why)


def test_the_case_of_an_address_or_a_handle_is_no_change(notebook: Notebook):
    first = instagram("Ana Moreno", "AnaPots", email="Ana@Kiln.example")
    second = replace(first, handle="anapots", email="ana@kiln.example")
    notebook.import_batch(of(first))
    for incoming in (second, first):
        preview = notebook.preview(of(incoming))
        assert (preview.changed, preview.unchanged) == (0, 1)
        notebook.import_batch(of(incoming))
    (person,) = notebook.person_ids(View.ALL)
    opened = notebook.open_person(person)
    assert (opened.person.email, opened.person.identities[0].handle) == ("Ana@Kiln.example", "AnaPots")
    assert opened.past_handles == ()
