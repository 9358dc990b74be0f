"""Generated from the rule files: each rule's own examples, and what every rule owes its reader.

To try one category: `pytest -q tests/rules -k hype`.
"""

import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from warmnote.coldness.rules import Rule, Rulebook
from warmnote.coldness.text import tokenise
from warmnote.resources import resource

RULES = resource("rules")
FILES = sorted(path for path in RULES.glob("*.toml") if not path.name.startswith("_"))


def _rules(path: Path) -> list[str]:
    return [entry["id"] for entry in tomllib.loads(path.read_text("utf-8")).get("rule", []) if entry.get("match")]


def _cases() -> Iterator[ParameterSet]:
    for path in FILES:
        for rule in _rules(path):
            yield pytest.param(path.stem, rule, id=rule)


@pytest.fixture(scope="module")
def books() -> dict[str, Rulebook]:
    return {}


def _book(books: dict[str, Rulebook], category: str) -> Rulebook:
    if category not in books:
        books[category] = Rulebook.load(RULES, only=(category,))
    return books[category]


def _fired(book: Rulebook, example: str) -> set[str]:
    return {hit.rule.id for hit in book.hits(tokenise(example, book.known))}


@pytest.mark.parametrize(("category", "rule"), list(_cases()))
def test_cold_examples_fire_and_warm_ones_do_not(books: dict[str, Rulebook], category: str, rule: str) -> None:
    book = _book(books, category)
    silent = [example for example in book.rules[rule].cold if rule not in _fired(book, example)]
    false_alarms = [example for example in book.rules[rule].warm if rule in _fired(book, example)]
    assert not silent, f"{rule} does not fire on its cold examples: {silent}"
    assert not false_alarms, f"{rule} fires on its warm examples: {false_alarms}"


@pytest.mark.parametrize(("category", "rule"), list(_cases()))
def test_a_rule_has_enough_examples_and_they_differ(books: dict[str, Rulebook], category: str, rule: str) -> None:
    data: Rule = _book(books, category).rules[rule]
    examples = (*data.cold, *data.warm)
    assert len(examples) >= 8
    assert len(set(examples)) == len(examples)


@pytest.mark.parametrize(("category", "rule"), list(_cases()))
def test_a_rule_is_quick_on_text_made_to_slow_it_down(books: dict[str, Rulebook], category: str, rule: str) -> None:
    book = _book(books, category)
    data = book.rules[rule]
    for example in data.cold[:2]:
        words = example.rstrip(".!?").replace("\n", " ").replace(". ", " ").split()
        # One endless sentence that keeps beginning to match and never ends.
        text = tokenise(" ".join((words[:-1] or words) * (4000 // len(words))), book.known)
        alone = Rulebook(book.categories, [data])
        started = time.perf_counter()
        alone.hits(text)
        assert time.perf_counter() - started < 0.5
