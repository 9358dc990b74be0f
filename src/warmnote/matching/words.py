"""The lists of resources/matching, read once."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from warmnote.resources import resource

__all__ = ["Words", "folded", "spelling", "words"]

# Letters that Unicode does not decompose although people type them without the stroke.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"})
_UMLAUT = re.compile("(?<=[aou])e")


def folded(text: str) -> str:
    """Text without case, accents and width."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c)).translate(_STROKES)


def spelling(word: str) -> str:
    """A folded word in one of the ways it may be spelt: an umlaut written out is the plain vowel."""
    return _UMLAUT.sub("", word) if "e" in word else word


@dataclass(frozen=True, slots=True)
class Words:
    """See resources/matching/words.toml. `nicknames` gives the groups of a name, `cities` the first of its names."""

    nicknames: Mapping[str, frozenset[int]]
    titles: frozenset[str]
    titles_after_comma: frozenset[str]
    particles: frozenset[str]
    company_words: frozenset[str]
    no_company: frozenset[str]
    no_city: frozenset[str]
    city_words: frozenset[str]
    cities: Mapping[str, str]
    shared_handles: frozenset[str]
    free_mail: frozenset[str]
    offices: frozenset[str]


@cache
def words() -> Words:
    """The lists, as they are compared."""
    data = tomllib.loads(resource("matching/words.toml").read_text("utf-8"))
    nicknames: dict[str, set[int]] = {}
    for number, group in enumerate(data["nicknames"]):
        for name in group.split():
            nicknames.setdefault(spelling(name), set()).add(number)
    titles = frozenset(data["titles"].split())
    return Words(
        nicknames={name: frozenset(groups) for name, groups in nicknames.items()},
        titles=titles,
        titles_after_comma=titles | frozenset(data["titles_after_comma"].split()),
        particles=frozenset(data["particles"].split()),
        company_words=frozenset(data["company_words"].split()),
        no_company=frozenset(data["no_company"]),
        no_city=frozenset(data["no_city"].split()),
        city_words=frozenset(data["city_words"].split()),
        cities={name: group.split()[0] for group in data["cities"] for name in group.split()},
        shared_handles=frozenset(data["shared_handles"].split()),
        free_mail=frozenset(data["free_mail"].split()),
        offices=frozenset(data["offices"].split()),
    )
