"""Places converted between Python's code points and Qt's UTF-16 units, whatever the text holds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from warmnote.ui.letter.spans import Places

_CHARACTERS = st.one_of(
    st.sampled_from(["a", " ", "\u00a0", "\u2028", "\u2029", "\n", "é", "e\u0301", "“", "⟦", "⟧", "\ufffd", "\uffff"]),
    st.sampled_from(["😀", "👩\u200d👩\u200d👧", "🇪🇸", "🏳️\u200d🌈", "👍🏽", "\U00010000", "\U0010ffff", "𝐇"]),
    st.characters(exclude_categories=["Cs"]),
)
_TEXTS = st.lists(_CHARACTERS, max_size=40).map("".join)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@settings(deadline=None, max_examples=200)
@given(_TEXTS)
def test_every_place_is_the_length_of_what_stands_before_it(text: str) -> None:
    places = Places(text)
    for place in range(len(text) + 1):
        assert places.to_qt(place) == _units(text[:place])


@settings(deadline=None, max_examples=200)
@given(_TEXTS)
def test_there_and_back_is_the_same_place(text: str) -> None:
    places = Places(text)
    assert [places.to_python(places.to_qt(place)) for place in range(len(text) + 1)] == list(range(len(text) + 1))


@settings(deadline=None, max_examples=200)
@given(_TEXTS)
def test_a_unit_inside_a_character_is_that_character(text: str) -> None:
    places = Places(text)
    for place, character in enumerate(text):
        if character > "\uffff":
            assert places.to_python(places.to_qt(place) + 1) == place


@given(_TEXTS, st.integers(-5, 200))
@settings(deadline=None, max_examples=100)
def test_places_outside_are_the_nearest_end(text: str, place: int) -> None:
    places = Places(text)
    assert 0 <= places.to_qt(place) <= _units(text)
    assert 0 <= places.to_python(place) <= len(text)


def test_after_two_emoji_the_word_is_still_the_word() -> None:
    text = "😀😀 reaching out"
    places = Places(text)
    start, end = places.to_qt(3), places.to_qt(11)
    assert text.encode("utf-16-le")[start * 2 : end * 2].decode("utf-16-le") == "reaching"
