"""Why the wording counts, in words that mean something to the writer."""

import pytest

from warmnote.coldness.heard import Heard, heard_why

WHY = "Sellers write like this."


def why(*words: str, end: int = 20) -> str:
    return heard_why(Heard("pitch", 0, end, 0, True, words), WHY)


@pytest.mark.parametrize(
    "phrases",
    [
        (),
        ("hotels", "our", "fifteen"),  # a word alone may be anybody's
        ("it is", "and I'll", "for you"),
        ("gardens at Lumen",),  # a name is not a manner of speaking
        ("there's one",),
    ],
)
def test_phrases_that_say_nothing_out_of_their_sentence_are_left_out(phrases: tuple[str, ...]) -> None:
    assert why(*phrases) == WHY


def test_telling_phrases_are_named_on_one_line() -> None:
    assert why("compare\nnotes", "your", "as I noticed") == f"{WHY} Here: “compare notes”, “as I noticed”."


def test_a_remark_about_the_whole_letter_says_so() -> None:
    assert why("our", end=0) == f"{WHY} It is the letter as a whole, not one place in it."
    assert why("compare notes", end=0).endswith("in it. Here: “compare notes”.")
