"""Names as people write them, and how far two of them agree.

Titles, emoji, brackets and what follows a bar go; case, accents and the order of the words do not matter, "Moreno, Ana"
is "Ana Moreno", and Bob is Robert. A slip of the pen is forgiven inside a word. It is not where it makes another name:
Hanna is not Anna, Daniela is not Daniel.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from warmnote.matching.words import folded, spelling, words

__all__ = ["Agreement", "Name", "agreement", "names_agree", "read_name"]

SIMILAR = 92  # of 100, for names with a slip of the pen in them

_PLAIN = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*")
_BRACKETS = re.compile(r"[(\[{<][^)\]}>]*[)\]}>]?")
_REST = re.compile(r"\s[-–—·•~@/]\s.*|[|•→/\\].*", re.DOTALL)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_LETTER = re.compile(r"['’ʼ`´.]")
_WORD = re.compile(r"[^\W_]+")
_GENERATIONS = {
    "jr": "jr",
    "junior": "jr",
    "sr": "sr",
    "senior": "sr",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "2nd": "2",
    "3rd": "3",
}
# Scripts whose names are written as one word: from two characters on it is a full one.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u1100-\u11ff\uac00-\ud7af]+")


@dataclass(frozen=True, slots=True)
class Name:
    """The words of a name in their order, the given name first, and `jr`, `sr` or a number if it says so."""

    words: tuple[str, ...]
    generation: str = ""

    @property
    def is_full(self) -> bool:
        """Whether it is more than a first name or a nickname."""
        return len(self.words) > 1 or any(len(word) > 1 and _UNSPACED.fullmatch(word) for word in self.words)


class Agreement(IntEnum):
    """How far two names agree."""

    CONFLICT = 0  # two full names of two people
    HALF = 1  # two full names with a word in common, as after a wedding
    UNKNOWN = 2  # too little, or in two scripts
    WORD = 3  # the one word that one of them has is the other's, or in it
    INITIAL = 4  # A. Moreno and Ana Moreno
    PART = 5  # Ana Moreno and Ana Lucía Moreno
    NEAR = 6  # Bob and Robert, Moreno and Morreno
    SAME = 7


def read_name(text: str) -> Name:
    """The name in what somebody calls themselves; without any word if there is none."""
    plain = " " in text and _PLAIN.fullmatch(text)  # nearly all of a long list
    found = text.lower().replace("-", " ").split(" ") if plain else _words_of(text)
    return _shortened(found)


def _words_of(text: str) -> list[str]:
    short = _REST.sub("", _BRACKETS.sub(" ", text))
    if not _WORD.search(short):
        short = text
    if " " not in short.strip():
        short = _CAMEL.sub(" ", short)
    first, *others = (_split(part) for part in short.split(","))
    given: list[str] = []
    after: list[str] = []
    for part in others:
        if all(word in words().titles_after_comma for word in part) or (len(first) > 1 and len(part) > 2):
            continue
        if not given and not _GENERATIONS.keys() >= set(part):
            given = part
        else:
            after += part
    return [*given, *first, *after]


def _split(text: str) -> list[str]:
    return _WORD.findall(folded(_NO_LETTER.sub("", text)) if "." not in text else folded(_NO_LETTER.sub(" ", text)))


def _shortened(found: list[str]) -> Name:
    lists = words()
    kept = [word for word in found if word not in lists.titles]
    generation = next((_GENERATIONS[word] for word in kept[1:] if word in _GENERATIONS), "")
    if generation:
        kept = [word for word in kept if word not in _GENERATIONS]
    if len(kept) > 1 and all(_UNSPACED.fullmatch(word) for word in kept):
        kept = ["".join(kept)]
    if len(kept) > 2:
        kept = (
            [w for w in kept if w not in lists.particles] if sum(w not in lists.particles for w in kept) > 1 else kept
        )
    return Name(tuple(spelling(word) for word in kept), generation)


def agreement(one: Name, other: Name) -> Agreement:
    """How far two names agree."""
    if one.generation and other.generation and one.generation != other.generation:
        return Agreement.CONFLICT
    if one.words == other.words:
        return (Agreement.SAME if one.is_full else Agreement.WORD) if one.words else Agreement.UNKNOWN
    if not one.words or not other.words or _scripts(one) != _scripts(other):
        return Agreement.UNKNOWN
    if len(one.words) == 1 or len(other.words) == 1:
        return _of_one_word(one, other)
    return _of_full_names(one, other)


def _of_one_word(one: Name, other: Name) -> Agreement:
    if "".join(sorted(one.words)) == "".join(sorted(other.words)):
        return Agreement.SAME
    if "".join(one.words) == "".join(other.words):
        return Agreement.SAME
    shorter, longer = sorted((one, other), key=lambda name: len(name.words))
    word = shorter.words[0]
    if len(word) > 1 and any(word == w or _nicknames(word, w) for w in longer.words):
        return Agreement.WORD
    both_full = one.is_full and other.is_full
    return Agreement.CONFLICT if both_full else Agreement.UNKNOWN


def _of_full_names(one: Name, other: Name) -> Agreement:
    left, right = list(one.words), list(other.words)
    equal = _take_out(left, right, lambda a, b: a == b)
    if not left and not right:
        return Agreement.SAME
    if "".join(left) == "".join(right) or "".join(one.words) == "".join(other.words):
        return Agreement.SAME
    nicknames = _take_out(left, right, _nicknames)
    slips = _take_out(left, right, lambda a, b: _slip(a, b, given=one.words[0] == a and other.words[0] == b))
    initials = _take_out(left, right, _initial)
    written = [*equal, *nicknames, *slips]
    if not written:
        return Agreement.CONFLICT
    if (left and right) or len(written) + len(initials) < 2 or (slips and (left or right or not _similar(written))):
        return Agreement.HALF if equal or nicknames else Agreement.CONFLICT
    if initials and len(written) < 2:
        return Agreement.INITIAL
    if left or right or initials:
        return Agreement.PART
    return Agreement.NEAR


def _take_out(left: list[str], right: list[str], alike: Callable[[str, str], bool]) -> list[tuple[str, str]]:
    """Takes out of both lists the words that are alike, and returns them."""
    taken: list[tuple[str, str]] = []
    for word in tuple(left):
        found = next((other for other in right if alike(word, other)), None)
        if found is not None:
            left.remove(word)
            right.remove(found)
            taken.append((word, found))
    return taken


def _nicknames(one: str, other: str) -> bool:
    groups = words().nicknames
    return not groups.get(one, frozenset()).isdisjoint(groups.get(other, frozenset()))


def _initial(one: str, other: str) -> bool:
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0]


def _slip(one: str, other: str, given: bool) -> bool:
    """Whether a word is the other with one letter wrong, too many or in the wrong place, and not another name."""
    if one[0] != other[0] or min(len(one), len(other)) < 3 or not (one.isalpha() and other.isalpha()):
        return False
    from rapidfuzz.distance import OSA

    if OSA.distance(one, other, score_cutoff=1) != 1:
        return False
    known = words().nicknames
    if given and (one[-1] != other[-1] or (one in known and other in known)):
        return False
    if len(one) == len(other):
        swapped = sorted(one) == sorted(other)
        return swapped or len(one) >= (7 if given else 8)
    shorter, longer = sorted((one, other), key=len)
    place = next((i for i, letter in enumerate(shorter) if letter != longer[i]), len(shorter))
    doubled = longer[place] == longer[place - 1]
    return doubled or longer[place] == "h" or len(longer) >= (7 if given else 5)


def _similar(written: list[tuple[str, str]]) -> bool:
    """Whether two names, as pairs of words, are alike enough for a slip. A nickname counts as the name."""
    from rapidfuzz import fuzz

    pairs = [(one, one if _nicknames(one, other) else other) for one, other in written]
    return fuzz.ratio(" ".join(one for one, _ in pairs), " ".join(other for _, other in pairs)) >= SIMILAR


def _scripts(name: Name) -> bool:
    return "".join(name.words).isascii()


def names_agree(a: str, b: str) -> bool:
    """See `warmnote.matching.names_agree`."""
    one, other = read_name(a), read_name(b)
    if one.generation and other.generation and one.generation != other.generation:
        return False
    if not one.is_full or not other.is_full or _scripts(one) != _scripts(other):
        return True
    if any(
        x == y or _nicknames(x, y) or _slip(x, y, given=False)
        for x in one.words
        for y in other.words
        if len(x) > 1 and len(y) > 1
    ):
        return True
    shorter, longer = sorted((one, other), key=lambda name: sum(map(len, name.words)))
    initials = sorted(word[0] for word in longer.words)
    return all(len(word) == 1 for word in shorter.words) and sorted(shorter.words) == initials
