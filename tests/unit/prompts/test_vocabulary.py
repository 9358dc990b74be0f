"""The lists of interests: rich enough, and free of contradictions."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from warmnote.model import Expected
from warmnote.prompts import KINDS, InterestReader
from warmnote.prompts._words import read, words_of
from warmnote.resources import resource, resources

FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in resources("interests", ".toml")}
LISTS = {stem: data for stem, data in FILES.items() if stem != "silence"}


def entries(data: dict[str, Any]) -> Iterator[tuple[str, str, list[str]]]:
    """The group, the name and the aliases of every line of a list."""
    for group, text in data["words"].items():
        for line in text.splitlines():
            name, _, also = line.partition(": ")
            if name:
                yield group, name, also.split(", ") if also else []


def spellings(alias: str) -> set[tuple[str, ...]]:
    return {words_of(alias.partition("/")[0]), words_of(alias.replace("o/a", "a").replace("/", ""))}


def said(data: dict[str, Any]) -> set[tuple[str, ...]]:
    return {words for _, name, also in entries(data) for alias in (name, *also) for words in spellings(alias)}


def test_at_least_fifteen_hundred_entries_and_every_kind_of_the_field() -> None:
    sizes = Counter({data["kind"]: sum(1 for _ in entries(data)) for data in LISTS.values()})
    assert sizes.keys() == set(KINDS)
    assert sizes.total() - sizes["place"] - sizes["team"] >= 1500  # places and teams alone would be cheap
    assert min(sizes.values()) >= 5


@pytest.mark.parametrize("stem", LISTS)
def test_no_alias_means_two_things_within_a_kind(stem: str) -> None:
    times = Counter(words_of(alias) for _, name, also in entries(LISTS[stem]) for alias in (name, *also))
    assert [words for words, count in times.items() if count > 1] == []


@pytest.mark.parametrize("stem", LISTS)
def test_groups_and_names_cannot_be_confused(stem: str) -> None:
    assert {name for _, name, _ in entries(LISTS[stem])} & LISTS[stem]["words"].keys() == set()


@pytest.mark.parametrize("stem", LISTS)
def test_every_guard_guards_something(stem: str) -> None:
    data = LISTS[stem]
    guarded = [line.partition(": ")[0] for line in data.get("guards", "").splitlines() if line]
    short = [
        alias.strip(" ,") for text in data.get("only", {}).values() for alias in text.replace("\n", " ").split(", ")
    ]
    known = said(data)
    assert [alias for alias in (*guarded, *short) if words_of(alias) not in known] == []


@pytest.mark.parametrize("stem", LISTS)
def test_every_name_is_known_by_itself(stem: str) -> None:
    vocabulary = InterestReader.load().vocabulary
    kind = LISTS[stem]["kind"]
    for _, name, _ in entries(LISTS[stem]):
        words = words_of(name)
        assert vocabulary.named(name) is not None, name
        assert any(said == words and entry.kind == kind for said, entry in vocabulary.by_first[words[0]]), name


def test_a_short_way_to_fold_comes_to_the_same() -> None:
    vocabulary = InterestReader.load().vocabulary
    known = {words for all_of_one in vocabulary.by_first.values() for words, _ in all_of_one}
    for data in LISTS.values():
        assert said(data) - known == set()


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("#trailrunning", "trail running"),
        ("#TrailRunning", "trail running"),
        ("#instarunners", "running"),
        ("#mydoglife", "dog"),
        ("#CatsOfBluesky", "cat"),
        ("#TorontoKnitting", "knitting"),
        ("#hundeliebe", "dog"),
        ("🏃‍♀️", "running"),
        ("🧗🏽", "climbing"),
        ("🇯🇵", "Japan"),
        ("Hobbyimkerin", "beekeeping"),
        ("Kaffeetrinker", "coffee"),
        ("woodturners", "woodturning"),
        ("dachshunds", "dachshund"),
        ("abogada", "lawyer"),
        ("Lehrerin", "teacher"),
    ],
)
def test_words_hashtags_emoji_and_compounds(word: str, name: str) -> None:
    assert [interest.name for interest in InterestReader.load().text(word, "bio")] == [name]


@pytest.mark.parametrize("word", ["#gamechanger", "#mondaymotivation", "#xyzzyplugh", "#b2b", "#", "Softwarelizenz"])
def test_what_no_word_is_made_of(word: str) -> None:
    assert list(InterestReader.load().vocabulary.find(read(word))) == []


def test_where_the_lists_are_from_is_told_beside_them() -> None:
    note = resource("interests/README.md").read_text(encoding="utf-8")
    assert "written here from general knowledge; no list was taken over" in " ".join(note.split())


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("kind = ", "cannot be read"),
        ('[words]\na = "x"', "cannot be read"),
        ('kind = "craft"\nguards = "x: not near y"\n[words]\na = "x"', "not near"),
        ('kind = "craft"\n[words]\na = 3', "cannot be read"),
        ('kind = "craft"\n[words]\na = "x: ???"', "cannot be read"),
    ],
)
def test_a_faulty_list_is_named(tmp_path: Path, toml: str, says: str) -> None:
    (tmp_path / "odd.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(Expected, match=says) as raised:
        InterestReader.load(tmp_path)
    assert "odd.toml" in raised.value.message
