"""Reading rule files: what the loader refuses, and the guards that every rule shares."""

from pathlib import Path

import pytest

from warmnote.coldness.rules import Hit, Rulebook, RuleError
from warmnote.coldness.text import tokenise

HEAD = """category = "hype"
title = "Big words"
severity = 3
stages = [1.0, 1.0, 0.8, 0.6]
why = "w"
advice = "a"
"""
RULE = """[[rule]]
id = "hype.amazing"
match = ["amazing [gadget]"]
evidence = "house"
source = "house rule"
cold = ["a", "b", "c"]
warm = ["d", "e", "f"]
"""


def _book(folder: Path, content: str, name: str = "hype.toml") -> Rulebook:
    (folder / name).write_text(content, encoding="utf-8")
    return Rulebook.load(folder)


def _hits(book: Rulebook, text: str) -> list[Hit]:
    return book.hits(tokenise(text, book.known))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("category = ", "TOML"),
        (HEAD.replace('"hype"', '"nonsense"'), "does not belong"),
        (HEAD.replace("severity = 3", "severity = 7"), "severity"),
        (HEAD.replace("[1.0, 1.0, 0.8, 0.6]", "[1.0]"), "four multipliers"),
        (HEAD.replace('title = "Big words"\n', ""), "'title' is missing"),
        (HEAD + "surprise = 1\n", "no key"),
        (HEAD + RULE.replace('"hype.amazing"', '"money.amazing"'), "must begin with"),
        (HEAD + RULE.replace('"house"', '"rumour"'), "evidence is one of"),
        (HEAD + RULE.replace('["a", "b", "c"]', '["a"]'), "three cold and three warm"),
        (HEAD + RULE.replace("amazing [gadget]", "amazing ("), "does not read"),
        (HEAD + RULE.replace('match = ["amazing [gadget]"]\n', ""), "patterns (match) or the name of a measure"),
        (HEAD + RULE + RULE, "used twice"),
        (HEAD + RULE.replace('"house rule"', "7"), "wrong kind"),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(RuleError, match=r"hype\.toml") as caught:
        _book(tmp_path, content)
    assert reason in str(caught.value)


def test_a_rule_takes_from_its_category_what_it_does_not_say(tmp_path: Path) -> None:
    rule = _book(tmp_path, HEAD + RULE).rules["hype.amazing"]
    assert (rule.title, rule.severity, rule.why, rule.advice, rule.sure) == ("Big words", 3, "w", "a", True)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It is amazing.", 1),
        ("It is an amazing gadget.", 1),
        ("Your amazing gadget works.", 0),
        ("Ana's amazing gadget works.", 0),
        ("It's amazing.", 1),
        ('You called it "an amazing gadget" on Monday and I laughed.', 0),
        ('"An amazing gadget"', 1),
        ("Have you read the book Amazing?", 0),
        ("Amazing. Amazing!", 2),
    ],
)
def test_the_guards_that_all_rules_share(tmp_path: Path, text: str, count: int) -> None:
    assert len(_hits(_book(tmp_path, HEAD + RULE), text)) == count


@pytest.mark.parametrize(
    ("option", "text", "count"),
    [
        ("negation = true\n", "It is not amazing.", 0),
        ("negation = true\n", "It is amazing.", 1),
        ("theirs = true\n", "Your amazing gadget works.", 1),
        ('only = "question"\n', "Is it amazing?", 1),
        ('only = "question"\n', "It is amazing.", 0),
        ('only = "statement"\n', "Is it amazing?", 0),
        ('unless = ["in the rain"]\n', "It is amazing in the rain.", 0),
        ('unless = ["in the rain"]\n', "It is amazing. We sat in the rain.", 1),
    ],
)
def test_the_options_of_a_rule(tmp_path: Path, option: str, text: str, count: int) -> None:
    assert len(_hits(_book(tmp_path, HEAD + RULE + option), text)) == count


def test_the_longest_match_of_a_rule_wins(tmp_path: Path) -> None:
    (hit,) = _hits(_book(tmp_path, HEAD + RULE), "an amazing gadget")
    assert (hit.first, hit.last) == (1, 3)
