import json
import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmnote.followers import jsons
from warmnote.followers.container import opened
from warmnote.model import Expected

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)
GETTERS = (
    jsons.text_of,
    jsons.paragraphs_of,
    jsons.list_of,
    jsons.object_of,
    jsons.number_of,
    jsons.seconds_of,
    jsons.value_of,
)


def mangled(value: str) -> str:
    """As Meta writes it: every byte of UTF-8 as a character."""
    return value.encode().decode("latin-1")


@pytest.fixture
def load(saved):
    def of(content):
        with opened(saved(content, "data.json")) as container:
            return jsons.load(container, container.entries[0])

    return of


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_every_encoding_of_json_is_read(load, encoding):
    assert load('{"name": "Zoë 🌱"}'.encode(encoding)) == {"name": "Zoë 🌱"}


def test_a_file_in_the_encoding_of_windows_is_read(load):
    assert load('{"name": "Zoë"}'.encode("cp1252")) == {"name": "Zoë"}


def test_line_breaks_inside_a_text_are_forgiven(load):
    assert load('{"bio": "one\ntwo"}') == {"bio": "one\ntwo"}


def test_what_is_not_whole_is_told_with_its_line(load):
    with pytest.raises(Expected) as caught:
        load('{\n "a": 1,\n "b": [1, 2')
    assert "data.json" in caught.value.message
    assert "line 3" in caught.value.message
    assert caught.value.hint


def test_one_long_line_is_told_by_its_character():
    with pytest.raises(Expected, match="at character 10"):
        jsons.parse('{"a": [1,', "x.json")


def test_nesting_without_end_is_no_crash():
    for source in ("[" * 200_000, '{"a":' * 200_000, "[" * 200_000 + "]" * 200_000):
        with pytest.raises(Expected):
            jsons.parse(source, "x.json")
        with pytest.raises(Expected):
            jsons.salvage(source, "x.json")


def test_a_number_of_five_thousand_digits_is_no_crash():
    value = jsons.parse('{"a": %s, "b": 2}' % ("9" * 5_000), "x.json")
    assert jsons.number_of(value, "a") is None
    assert jsons.number_of(value, "b") == 2


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('[{"a": 1}, {"a": 2}, {"a": ', [{"a": 1}, {"a": 2}]),
        ('[{"a": 1}, {"a": 2}', [{"a": 1}, {"a": 2}]),
        ('[{"a": [1, 2]}, {"a": [3, ', [{"a": [1, 2]}]),
        ('{"k": {"list": [{"a": "]}"}, {"a": "cut', {"k": {"list": [{"a": "]}"}]}}),
        ('{"f": {"ana": "2019", "ben": "20', {"f": {"ana": "2019"}}),
        ('{"x": [1], "list": [{"a": 1}, {"a"', {"x": [1], "list": [{"a": 1}]}),
        ('[{"a": "say \\"hi\\", {"}, {"a": 2} oops', [{"a": 'say "hi", {'}, {"a": 2}]),
    ],
)
def test_what_stands_before_the_break_is_kept(source, value):
    loaded = jsons.salvage(source, "x.json")
    assert loaded.value == value
    assert loaded.broken.startswith("at character ")


@pytest.mark.parametrize("source", ["", "x", "[", '[{"a": ', '{"a', "]", '"text', "[,", "{}}", "nul"])
def test_if_nothing_is_left_it_is_told(source):
    with pytest.raises(Expected, match="nothing can be read"):
        jsons.salvage(source, "x.json")


def test_a_whole_file_is_not_broken():
    assert jsons.salvage("[]", "x.json") == jsons.Loaded([], "")


@given(st.lists(st.dictionaries(st.text(max_size=4), VALUES, max_size=3), min_size=1, max_size=6), st.data())
def test_a_cut_list_gives_its_first_entries(entries, data):
    source = json.dumps(entries)
    cut = data.draw(st.integers(0, len(source) - 1))
    try:
        loaded = jsons.salvage(source[:cut], "x.json")
    except Expected:
        return
    assert isinstance(loaded.value, list)
    assert json.dumps(loaded.value) == json.dumps(entries[: len(loaded.value)])
    assert len(loaded.value) >= len(entries) - 1 - source[cut:].count("}")


@given(VALUES, st.text(max_size=6))
def test_no_getter_ever_raises(value, key):
    for get in GETTERS:
        get(value, key)
        get({key: value}, key)


@given(st.text(), st.text())
def test_whatever_was_mangled_is_repaired(key, name):
    spoilt = {mangled(key): [{"inner": mangled(name)}]}
    assert jsons.unmojibake(spoilt) == {key: [{"inner": name}]}


@pytest.mark.parametrize("name", ["Zoë", "Łukasz", "Дарья", "山田", "🌱 Ana", "Ana", ""])
def test_mangled_names_and_keys_are_repaired(name):
    spoilt = {mangled(name): [mangled(name), {"inner": mangled(name)}], "n": 1}
    assert jsons.unmojibake(spoilt) == {name: [name, {"inner": name}], "n": 1}
    assert jsons.unmojibake(mangled(name)) == name


@pytest.mark.parametrize("name", ["Café", "Zoë – Łukasz", "Müller", "naïve Ã", "Ã"])
def test_names_that_are_whole_stay(name):
    assert jsons.unmojibake([name]) == [name]


def test_repairing_keeps_the_order_of_keys():
    spoilt = {"a": 1, mangled("é"): 2, "z": 3}
    jsons.unmojibake(spoilt)
    assert list(spoilt) == ["a", "é", "z"]


def test_repairing_reaches_any_depth():
    deep: object = mangled("Zoë")
    for _ in range(5_000):
        deep = [deep]
    assert jsons.unmojibake(deep) is deep


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (1_735_732_800, 1_735_732_800),
        (1_735_732_800_000, 1_735_732_800),
        (1_735_732_800_000_000, 1_735_732_800),
        (1_735_732_800.9, 1_735_732_800),
        (" 1735732800 ", None),
        ("1735732801", 1_735_732_801),
        (0, None),
        (-5, None),
        (10**40, None),
        (math.nan, None),
        (math.inf, None),
        (True, None),
        ("soon", None),
        (None, None),
        ([], None),
    ],
)
def test_moments(value, seconds):
    assert jsons.seconds_of({"at": value}, "at") == seconds


def test_days_are_those_of_utc():
    assert jsons.day_of(1_735_689_599) == date(2024, 12, 31)
    assert jsons.day_of(1_735_689_600) == date(2025, 1, 1)
    assert jsons.day_of(None) is None


def test_texts_come_out_clean_and_on_one_line():
    value = {"a": " Ana \n\u202e Moreno\ud800 ", "b": 42, "c": True, "d": ["x"], "e": "one\n\n\n\ntwo"}
    assert [jsons.text_of(value, key) for key in "abcd"] == ["Ana Moreno", "42", "", ""]
    assert jsons.paragraphs_of(value, "e") == "one\n\ntwo"
    assert len(jsons.text_of({"a": "x" * 10**7}, "a")) == 500
