"""Which words of a letter are still the prompt's."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmnote.prompts import blanks, own_words, provenance, read_starters, unchanged

KILN = "I keep thinking of your post about a kiln that cracked, because ⟦why it stayed with you⟧. How are things now?"
WHEEL = "What got you started at the wheel, and what are you making at the moment?"


def prompts(text: str, *starters: str) -> list[str]:
    return [text[start:end] for start, end in provenance(text, starters)]


def test_a_starter_as_it_came_is_all_the_prompts() -> None:
    assert prompts(f"Hi Ana,\n\n{WHEEL}", WHEEL) == [WHEEL.rstrip("?")]
    assert own_words(f"Hi Ana,\n\n{WHEEL}", provenance(f"Hi Ana,\n\n{WHEEL}", [WHEEL])) == (2, 17)


def test_what_fills_a_blank_is_the_writers() -> None:
    text = KILN.replace("⟦why it stayed with you⟧", "I broke a whole shelf of plates last month")
    assert prompts(text, KILN) == [
        "I keep thinking of your post about a kiln that cracked, because",
        "How are things now",
    ]
    assert own_words(text, provenance(text, [KILN])) == (9, 25)


def test_an_open_blank_is_nobodys() -> None:
    assert own_words(KILN, provenance(KILN, [KILN])) == (0, 16)
    assert len(prompts(KILN, KILN)) == 2


def test_a_changed_word_is_the_writers() -> None:
    text = "What got you started at the loom, and what are you making at the moment?"
    assert prompts(text, WHEEL) == ["What got you started at the", "and what are you making at the moment"]


def test_quotes_and_case_make_no_difference() -> None:
    assert prompts("i’d rather ask: IT'S late, isn’t it", "I'd rather ask: it’s late, isn't it") != []


@pytest.mark.parametrize(
    "text",
    ["", "What got you into pottery?", "How are you? What are you doing at the moment?", "🙂", "⟦a⟧", "the the the"],
)
def test_a_few_words_in_common_are_chance(text: str) -> None:
    assert prompts(text, WHEEL, KILN) == []


def test_short_pieces_between_blanks_belong_to_their_starter() -> None:
    starter = "I went from ⟦old⟧ to ⟦new⟧ in one terrible spring. And you?"
    assert prompts("I went from Leeds to Bath in one terrible spring. And you?", starter) == [
        "I went from", "to", "in one terrible spring. And you",
    ]  # fmt: skip


def test_fields_that_are_not_filled_count_as_blanks() -> None:
    assert prompts("Your bio mentions chess. How did that start?", "{{ seen }} {{ hobby }}. How did that start?") == [
        "How did that start"
    ]


def test_two_starters_in_one_letter() -> None:
    text = f"{WHEEL} I thought so on Sunday. How are things now? {KILN}"
    spans = prompts(text, WHEEL, KILN)
    assert spans[0].startswith("What got you")
    assert any("kiln that cracked" in span for span in spans)


def test_unchanged_sentences() -> None:
    text = "Hi Ana, " + KILN.replace("⟦why it stayed with you⟧", "I laughed")
    assert unchanged(text, [KILN]) == ("How are things now?",)
    assert unchanged(WHEEL, [WHEEL]) == (WHEEL,)
    assert unchanged("Mine alone.", [WHEEL]) == ()


@pytest.mark.parametrize("starter", read_starters(), ids=lambda starter: starter.id)
def test_every_starter_is_known_again(starter) -> None:
    filled = starter.fill(starter.example)
    assert own_words(filled, provenance(filled, [filled]))[0] == 0


@settings(max_examples=100, deadline=None)
@given(
    text=st.text(st.sampled_from("ab ⟦⟧{}%🙂\n.?"), max_size=60),
    starters=st.lists(st.sampled_from([WHEEL, KILN, "", "a b a b a"]), max_size=3),
)
def test_spans_are_in_order_and_apart_from_blanks(text: str, starters: list[str]) -> None:
    spans = provenance(text, starters)
    assert all(start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(end <= first or last <= start for start, end in spans for first, last in blanks(text))
    own, total = own_words(text, spans)
    assert 0 <= own <= total


def test_a_book_of_a_letter_takes_no_time() -> None:
    text = ("what are you making at the moment and what got you started " * 2_000) + WHEEL
    started = time.perf_counter()
    provenance(text, [WHEEL, KILN])
    assert time.perf_counter() - started < 1
