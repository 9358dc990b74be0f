"""The lists of interests: rich enough, and free of contradictions."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from warmnote.model import Expected
from warmnote.prompts import KINDS, InterestReader
from warmnote.prompts._words import words_of
from warmnote.resources import resources

FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in resources("interests", ".toml")}
LISTS = {stem: data for stem, data in FILES.items() if stem != "silence"}


def groups(data: dict[str, Any]) -> dict[str, dict[str, list[str]]]:
    return {name: names for name, names in data.items() if name not in ("kind", "guards")}


def test_at_least_five_hundred_entries_in_every_kind_of_the_field() -> None:
    sizes = Counter({data["kind"]: sum(map(len, groups(data).values())) for data in LISTS.values()})
    assert sizes.keys() == set(KINDS)
    assert sizes.total() - sizes["place"] >= 500  # places alone would be cheap


@pytest.mark.parametrize("stem", LISTS)
def test_no_alias_means_two_things_within_a_kind(stem: str) -> None:
    said = Counter(
        words_of(alias)
        for names in groups(LISTS[stem]).values()
        for name, also in names.items()
        for alias in {words_of(each): each for each in (name, *also)}.values()
    )
    assert [words for words, times in said.items() if times > 1] == []


@pytest.mark.parametrize("stem", LISTS)
def test_groups_and_names_cannot_be_confused(stem: str) -> None:
    named = {name for names in groups(LISTS[stem]).values() for name in names}
    assert named & groups(LISTS[stem]).keys() == set()


@pytest.mark.parametrize("stem", LISTS)
def test_every_guard_guards_something(stem: str) -> None:
    said = {
        words_of(each)
        for names in groups(LISTS[stem]).values()
        for name, also in names.items()
        for each in (name, *also)
    }
    assert [alias for alias in LISTS[stem].get("guards", {}) if words_of(alias) not in said] == []


@pytest.mark.parametrize("stem", LISTS)
def test_every_name_is_found_by_itself(stem: str) -> None:
    vocabulary = InterestReader.load().vocabulary
    kind = LISTS[stem]["kind"]
    for names in groups(LISTS[stem]).values():
        for name in names:
            phrase = vocabulary.named(name)
            assert phrase is not None, name
            assert any(p.words == words_of(name) and p.kind == kind for p in vocabulary.by_start[words_of(name)[:2]]), (
                name
            )


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("kind = ", "cannot be read"),
        ('[a]\n"x" = []', "cannot be read"),
        ('kind = "craft"\n[a]\n"x" = []\n[guards]\nx = { not_near = ["y"] }', "not_near"),
        ('kind = "craft"\n[a]\nx = 3', "cannot be read"),
    ],
)
def test_a_faulty_list_is_named(tmp_path: Path, toml: str, says: str) -> None:
    (tmp_path / "odd.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(Expected, match=says) as raised:
        InterestReader.load(tmp_path)
    assert "odd.toml" in raised.value.message
