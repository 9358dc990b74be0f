"""What is never read: figures of speech, other people's lives, and what is nobody's business."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmnote.model import Fact, Person
from warmnote.prompts import InterestReader, interests

READER = InterestReader.load()
SENSITIVE = (
    "cancer survivor", "in recovery", "depression", "my late husband", "diabetic", "HIV", "ADHD", "chemo", "Muslim", "Catholic",
    "child of God", "Bible study", "atheist", "Tory", "Labour councillor", "MAGA", "pro life", "gay", "queer", "trans", "single",
    "in debt", "bitcoin", "open to work", "divorced", "custody", "lives at 4 High Street", "just landed", "currently in",
)  # fmt: skip
TIED = (
    "cancer survivor",
    "in recovery",
    "depression",
    "my late husband",
    "chemo",
    "custody",
    "just landed",
    "currently in",
)
INTERESTS = (
    "pottery",
    "trail running",
    "chess",
    "Lisbon",
    "guitar",
    "two cats",
    "sourdough",
    "Arsenal",
    "🎸",
    "#knitting",
)
BITS = st.lists(
    st.sampled_from(SENSITIVE + INTERESTS + ("I love", "not a", "and", "|", "•", ",", ".", "\n", "in", "my")),
    max_size=12,
)


@pytest.mark.parametrize(
    "text",
    [
        "Juggling priorities and driving growth",
        "Sailing through spreadsheets",
        "Marketing is a marathon of meetings",
        "Surfing the wave of AI. Diving into data. Swimming in data.",
        "Climbing the corporate ladder",
        "Baking quality into every release. Planting seeds of change.",
        "Storyteller. Growth ninja. Sales guru. 🚀",
        "Wearing many hats, herding cats",
        "Piece of cake. Lone wolf. Night owl. Dark horse.",
        "We help founders, recruiters and estate agents grow",
        "Looking for plumbers who want more leads",
        "MSc Psychology, Leeds University",
        "“The only way out is through” – Robert Frost",
        "Building the future. Building bridges between teams.",
        "Machine learning, AI training for Acme",
        "@dogs_daily · me@guitar.example · www.chess.example/running",
    ],
)
def test_figures_of_speech_and_other_people(text: str) -> None:
    assert READER.text(text, "bio") == ()


@pytest.mark.parametrize("words", SENSITIVE)
def test_the_sensitive_is_never_offered(words: str) -> None:
    for interest in READER.text(f"Potter. {words}. Chess, sourdough.", "bio"):
        assert interest.name in ("pottery", "chess", "sourdough")


@pytest.mark.parametrize("words", TIED)
@pytest.mark.parametrize("interest", ["running", "Lisbon", "baking", "my cat"])
def test_what_is_tied_to_it_stays_unread(words: str, interest: str) -> None:
    assert READER.text(f"{words} {interest}", "bio") == ()


@settings(max_examples=150, deadline=None)
@given(BITS)
def test_no_interest_touches_a_sensitive_word_and_all_are_as_written(bits: list[str]) -> None:
    text = " ".join(bits)
    for interest in READER.text(text, "bio"):
        assert interest.text == text[interest.start : interest.end]
        assert interest.name
        assert 0 < interest.confidence <= 1
        for words in SENSITIVE:
            assert words.casefold() not in interest.text.casefold()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for interest in interests(Person(1, "Somebody", bio=text, location=text, position=text)):
        field = text
        assert interest.text == field[interest.start : interest.end]


@settings(max_examples=60, deadline=None)
@given(BITS, st.integers(0, 11), st.booleans())
def test_what_was_struck_out_is_not_offered_again(bits: list[str], which: int, shared: bool) -> None:
    person = Person(1, "Somebody", bio=" ".join(bits))
    found = interests(person)
    if found:
        gone = found[which % len(found)]
        fact = Fact(gone.kind, gone.name, hidden=shared, shared=shared)
        left = interests(replace(person, facts=(fact,)))
        assert (gone.kind, gone.name) not in {(each.kind, each.name) for each in left}
