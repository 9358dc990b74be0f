"""Filling in somebody of whom only a number was known, by hand and in one step."""

import pytest

from warmnote.model import Batch, Incoming, Network
from warmnote.notebook import Gone, Notebook, View


@pytest.fixture
def numbered(notebook: Notebook) -> tuple[int, int]:
    """The ids of somebody with a bare number, and of that account."""
    there = Incoming(1, Network.X, "123456789", name="X user …6789", url="https://x.com/i/user/123456789")
    (person,) = notebook.import_batch(Batch("X archive", Network.X, "twitter.zip", (there,))).added
    return person, notebook.open_person(person).person.identities[0].id


def test_all_is_written_in_one_step_and_taken_back_in_one(notebook, numbered):
    person, account = numbered
    before = notebook.open_person(person)
    changes = notebook.profiles.fill_in(person, account, name=" Ana Moreno ", handle="@anamoreno", bio="Potter\n")
    now = notebook.open_person(person).person
    assert (now.name, now.bio, now.identities[0].handle) == ("Ana Moreno", "Potter", "anamoreno")
    assert (now.identities[0].key, now.identities[0].url) == ("123456789", "https://x.com/i/user/123456789")
    assert changes.changed == {person}
    assert list(notebook.person_ids(View.ALL, "anamoreno")) == [person]
    notebook.undo(changes.undo)
    assert notebook.open_person(person) == before


def test_what_is_empty_stays(notebook, numbered):
    person, account = numbered
    notebook.profiles.fill_in(person, account, handle="anamoreno")
    now = notebook.open_person(person).person
    assert (now.name, now.bio, now.identities[0].handle) == ("X user …6789", "", "anamoreno")
    assert notebook.profiles.fill_in(person, account).undo is None


def test_a_later_import_of_the_same_number_leaves_what_was_pasted(notebook, numbered):
    person, account = numbered
    notebook.profiles.fill_in(person, account, name="Ana Moreno", handle="anamoreno", bio="Potter")
    there = Incoming(1, Network.X, "123456789", name="X user …6789", url="https://x.com/i/user/123456789")
    notebook.import_batch(Batch("X archive", Network.X, "twitter.zip", (there,)))
    now = notebook.open_person(person).person
    assert (now.name, now.bio, now.identities[0].handle) == ("Ana Moreno", "Potter", "anamoreno")


def test_an_account_of_somebody_else_is_refused(notebook, numbered):
    _, account = numbered
    (other,) = notebook.add_person("Ben").added
    with pytest.raises(Gone):
        notebook.profiles.fill_in(other, account, name="Ana", handle="ana")
    assert notebook.open_person(other).person.name == "Ben"
