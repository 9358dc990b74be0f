import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmnote.store.text import clean, fold, query_terms, search_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ana MORENO", "ana moreno"),
        ("Émile Zoë", "emile zoe"),
        ("Søren Łukasz Æsa", "soren lukasz aesa"),
        ("Straße", "strasse"),
        ("Ｆｕｌｌ", "full"),
        ("İstanbul", "istanbul"),
    ],
)
def test_case_accents_and_width_do_not_matter(text: str, folded: str):
    assert fold(text) == folded


def test_words_are_found_with_and_without_their_apostrophe():
    assert search_words("Pat O'Brien").split() == ["pat", "o", "brien", "obrien"]


def test_words_stand_once_and_signs_do_not_count():
    assert search_words("ana_moreno, Ana! 🚀 c++") == "ana moreno c"


def test_scripts_without_spaces_are_found_by_any_character():
    assert "京" in search_words("私は東京に住む").split()
    assert query_terms("東京") == ("東", "京")


def test_a_query_of_signs_has_no_terms():
    assert query_terms(' "*" -- ') == ()


@given(st.text())
def test_what_is_cleaned_can_be_kept(text: str):
    kept = clean(text)
    with closing(sqlite3.connect(":memory:")) as database:
        assert database.execute("select ?", (kept,)).fetchone() == (kept,)
        assert database.execute("select json_extract(json_array(?), '$[0]')", (kept,)).fetchone() == (kept,)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_ordinary_text_is_left_alone(text: str):
    assert clean(text) == text


def test_half_a_surrogate_pair_becomes_a_replacement_character():
    assert clean("a\ud83db\0") == "a\ufffdb"
