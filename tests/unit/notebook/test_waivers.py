"""What the meter lets pass: listed with who, what and when; put back; phrases checked before they are kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from warmnote.model import Expected
from warmnote.notebook import Excused, Gone, Notebook

Add = Callable[..., int]


def test_excused_findings_are_listed_with_person_words_and_time(notebook: Notebook, add: Add, clock) -> None:
    ana, ben = add("Ana Moreno"), add("Ben Ode")
    notebook.excuse(ana, "link.address", "Bit.ly/X")
    start = clock()
    clock.forward(hours=3)
    notebook.excuse(ben, "template.nothing-else", "")
    assert notebook.excused() == (
        Excused(ben, "Ben Ode", "template.nothing-else", "", start + timedelta(hours=3)),
        Excused(ana, "Ana Moreno", "link.address", "bit.ly/x", start),
    )


def test_an_excuse_is_taken_back_for_this_person_alone(notebook: Notebook, add: Add) -> None:
    ana, ben = add("Ana"), add("Ben")
    for person in (ana, ben):
        notebook.excuse(person, "link.address", "bit.ly/x")
    done = notebook.unexcuse(ana, "link.address", "BIT.LY/x")
    assert (done.changed, [each.person for each in notebook.excused()]) == ({ana}, [ben])
    assert notebook.open_person(ana).excused == frozenset()
    assert notebook.unexcuse(ana, "link.address", "bit.ly/x").undo is None
    assert done.undo is not None
    notebook.undo(done.undo)
    assert notebook.open_person(ana).excused == {("link.address", "bit.ly/x")}


def test_excuses_go_with_their_person_and_come_back_with_them(notebook: Notebook, add: Add, clock) -> None:
    ana = add("Ana")
    notebook.excuse(ana, "link.address", "bit.ly/x")
    listed = notebook.excused()
    gone = notebook.delete_people([ana])
    assert notebook.excused() == ()
    assert gone.undo is not None
    notebook.undo(gone.undo)
    assert notebook.excused() == listed


def test_who_is_gone_cannot_be_excused(notebook: Notebook) -> None:
    with pytest.raises(Gone):
        notebook.excuse(77, "r", "x")


def test_phrases_are_kept_on_one_line_the_latest_first(notebook: Notebook) -> None:
    notebook.allow("  Free \n Library ")
    done = notebook.allow("Offer Street")
    assert notebook.allowed_phrases() == ("Offer Street", "Free Library")
    assert (done.added, done.changed, done.removed) == (frozenset(), frozenset(), frozenset())
    notebook.disallow("free library")
    assert notebook.allowed_phrases() == ("Offer Street",)
    assert notebook.disallow("free library").undo is None


@pytest.mark.parametrize("phrase", ["", " ", "x", "!!", "…", "long " * 16 + "!", "\0a"])
def test_a_phrase_has_two_to_eighty_characters_with_a_word(notebook: Notebook, phrase: str) -> None:
    with pytest.raises(Expected, match="2 to 80 characters"):
        notebook.allow(phrase)
    assert notebook.allowed_phrases() == ()


@pytest.mark.parametrize("phrase", ["ab", "x1", "a" * 80, "C&A"])
def test_the_shortest_and_the_longest(notebook: Notebook, phrase: str) -> None:
    notebook.allow(phrase)
    assert notebook.allowed_phrases() == (phrase,)


@pytest.mark.parametrize("again", ["Ma's Free Library", "ma’s free   LIBRARY", "Ma's Free Library."])
def test_a_phrase_that_is_there_is_named(notebook: Notebook, again: str) -> None:
    notebook.allow("Ma’s Free Library")
    with pytest.raises(Expected, match="“Ma’s Free Library” is on the list already"):
        notebook.allow(again)
    assert len(notebook.allowed_phrases()) == 1


def test_five_hundred_phrases_are_room_enough(notebook: Notebook) -> None:
    for number in range(500):
        notebook.allow(f"Firm {number}")
    with pytest.raises(Expected, match="room for 500"):
        notebook.allow("One more")


def test_what_an_earlier_version_excused_has_no_time(notebook: Notebook, add: Add) -> None:
    notebook.excuse(add("Ana"), "link.address", "bit.ly/x")
    notebook._store._db.run("update excused set at = null")
    assert [each.at for each in notebook.excused()] == [None]
