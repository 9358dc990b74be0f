"""The pattern language of the rule files."""

import pytest

from warmnote.coldness.pattern import PatternError, Slots, compile_pattern
from warmnote.coldness.text import tokenise

SLOTS = Slots({"org": ["shop~", "small {kind}"], "kind": ["team~", "club"], "round": ["a {round}"]})


def _found(pattern: str, text: str) -> list[str]:
    compiled = compile_pattern(pattern, SLOTS)
    sentence = tokenise(text).sentences[0]
    if any(need.isdisjoint(sentence.words) for need in compiled.needs):
        return []
    return [match.group().strip() for match in compiled.expression.finditer(sentence.named or sentence.canonical)]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("we help", "We help you", ["we help"]),
        ("we help", "We helped you", []),
        ("we help~", "we helped you", ["we helped"]),
        ("art", "The artist started", []),
        ("(we|i) (win|give up)", "but I give up", ["i give up"]),
        ("a [very] good", "a good and a very good day", ["a good", "a very good"]),
        ("we help {org}", "we help small teams", ["we help small teams"]),
        ("we ..2 win", "we shall surely win", ["we shall surely win"]),
        ("we ..2 win", "we shall one day surely win", []),
        ("one * three", "one two three", ["one two three"]),
        ("^ we", "we and we", ["we"]),
        ("we $", "we and we", ["we"]),
        ("make <money>", "make $19K/mo", ["make $19k/mo"]),
        ("<number> days", "ten days or 4 days", ["ten days", "4 days"]),
        ("<percent> off", "take 20% off", ["20% off"]),
        ("at <url>", "look at example.com", ["at <url>"]),
        ("dm <handle>", "dm @ana", ["dm <handle>"]),
        ("by (the sea|the sea shore)", "by the sea shore", ["by the sea shore"]),
    ],
)
def test_what_a_pattern_finds(pattern: str, text: str, found: list[str]) -> None:
    assert _found(pattern, text) == found


def test_a_name_is_a_capital_inside_a_sentence() -> None:
    compiled = compile_pattern("helped <name>", SLOTS)
    assert compiled.expression.search(tokenise("We helped Larkfield grow").sentences[0].named)
    assert not compiled.expression.search(tokenise("We helped people").sentences[0].canonical)


@pytest.mark.parametrize(
    "pattern", ["(we", "we)", "[x", "We", "a-b", "what?", "{nowhere}", "{round}", "<nothing>", "", "[x]", "..3", "a~b"]
)
def test_what_does_not_read_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern, SLOTS)


def test_the_rarest_words_are_looked_for_first() -> None:
    assert compile_pattern("we (help|assist) you", SLOTS).needs[0] == {"help", "assist"}
