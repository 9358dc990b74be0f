"""What each rule says it rests on: shown to the writer beside the finding, so in words, and only what is true."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet

from warmnote.resources import resource

LONGEST = 80
OURS = "House rule"


def _entries() -> Iterator[dict[str, Any]]:
    for path in sorted(resource("rules").glob("*.toml")):
        yield from tomllib.loads(path.read_text("utf-8")).get("rule", [])


def _cases() -> Iterator[ParameterSet]:
    return (pytest.param(entry, id=entry["id"]) for entry in _entries())


@pytest.mark.parametrize("entry", list(_cases()))
def test_a_source_is_a_short_phrase_for_a_reader(entry: dict[str, Any]) -> None:
    source = entry.get("source", "")
    assert 0 < len(source) <= LONGEST
    assert source == source.strip()
    assert source[0].isupper()
    assert not source.endswith(".")  # the popup adds what it needs
    assert not [
        inner for inner in ("EVIDENCE", "dm_dev", "bulk_dev", "founding", "docs/", "[", "]", ";") if inner in source
    ]


@pytest.mark.parametrize("entry", list(_cases()))
def test_our_own_judgement_is_called_so_and_nothing_else_is(entry: dict[str, Any]) -> None:
    assert (entry["evidence"] == "house") == (entry["source"] == OURS)


def test_a_source_is_one_kind_of_evidence() -> None:
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for entry in _entries():
        kinds[entry["source"]].add(entry["evidence"])
    assert {source: sorted(found) for source, found in kinds.items() if len(found) > 1} == {}


def test_a_source_is_always_called_the_same() -> None:
    sources = {entry["source"] for entry in _entries()}
    assert len({source.casefold() for source in sources}) == len(sources)
