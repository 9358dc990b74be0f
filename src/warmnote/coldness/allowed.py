"""Phrases of the writer's own that are never marked: the name of a library that is called free, of a street called Offer.

An allowed phrase covers the places of a text where its words stand whole and in order on one line. Letter case, the
shape of quotation marks and apostrophes, and the width of spaces make no difference; everything else does. What is
marked wholly within such a place is let pass, whichever rule found it; a mark that reaches beyond it stays.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

__all__ = ["AllowedPhrases", "Covered", "phrase_key", "phrase_of"]

_ALIKE: Final = str.maketrans(
    {**dict.fromkeys("‘’‚‛ʼ´′＇", "'"), **dict.fromkeys("“”„‟«»″＂", '"'), **dict.fromkeys("‐‑", "-")}
)
_LETTER = "(?:[^\\W_]|[\u0300-\u036f])"
_TOKEN = re.compile(rf"[^\W_]{_LETTER}*(?:'{_LETTER}+)*|\n|[^\w\s]|_")
_WORD_BEFORE = re.compile(r"(?<!\w)([^\W_][\w'’-]*) \Z")
_WORD_AFTER = re.compile(r" ([^\W_](?:[\w’'-]*[^\W_])?)(?!\w)")
_NEVER_IN_A_NAME: Final = frozenset(
    "the a an i my our your their we you he she they and or but at in on of for from with to hi hello dear hey".split()
)
_LONGEST_WORD: Final = 40
_EDGES: Final = frozenset(".,;:…'\"()")


def phrase_key(phrase: str) -> str:
    """A phrase as it is compared: the same for two phrases that cover the same places, empty if it has no word in it."""
    return " ".join(_words_of(phrase))


def phrase_of(source: str, start: int, end: int) -> str:
    """The phrase that marked words belong to: the whole name where they stand in one ("Free" in "the Free Library"),
    else the words themselves, on one line.
    """
    marked = source[start:end]
    if marked[:1].isupper() and not marked.isupper():
        while (word := _WORD_BEFORE.search(source[max(0, start - _LONGEST_WORD) : start])) and _is_named(word[1]):
            start -= len(word[0])
        while (word := _WORD_AFTER.match(source, end)) and _is_named(word[1]):
            end = word.end() - 2 * word[1].endswith(("'s", "’s"))
    return " ".join(source[start:end].split())


@dataclass(frozen=True, slots=True)
class Covered:
    """The places of one text that allowed phrases cover, in order. `reach[n]` is how far the first n + 1 of them reach."""

    starts: tuple[int, ...] = ()
    reach: tuple[int, ...] = ()

    def holds(self, start: int, end: int) -> bool:
        """Whether `[start, end)` lies wholly within one of the places; what is about the whole text never does."""
        before = bisect_right(self.starts, start)
        return end > start and before > 0 and self.reach[before - 1] >= end


class AllowedPhrases:
    """A list of phrases made ready for reading. Reading takes time linear in the text, for however many phrases."""

    def __init__(self, phrases: Sequence[str] = ()) -> None:
        self.phrases = phrases
        self._keys = {key for phrase in phrases if (key := _words_of(phrase))}
        lengths: dict[str, set[int]] = {}
        for key in self._keys:
            lengths.setdefault(key[0], set()).add(len(key))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def cover(self, source: str) -> Covered:
        """Where the phrases stand in a text, in code points."""
        if not self._keys:
            return Covered()
        tokens = list(_TOKEN.finditer(source if source.isascii() else source.translate(_ALIKE)))
        words = [_compared(token[0]) for token in tokens]
        found = [
            (tokens[at].start(), tokens[at + length - 1].end())
            for at, word in enumerate(words)
            for length in self._lengths.get(word, ())
            if tuple(words[at : at + length]) in self._keys
        ]
        return Covered(tuple(start for start, _ in found), tuple(accumulate((end for _, end in found), max)))


def _is_named(word: str) -> bool:
    return word[0].isupper() and word.lower() not in _NEVER_IN_A_NAME


def _words_of(phrase: str) -> tuple[str, ...]:
    words = [_compared(word) for word in _TOKEN.findall(" ".join(phrase.split()).translate(_ALIKE))]
    if not any(word[0].isalnum() for word in words):
        return ()
    while words[-1] in _EDGES:
        words.pop()
    while words[0] in _EDGES:
        words.pop(0)
    return tuple(words)


def _compared(word: str) -> str:
    return word.lower() if word.isascii() else unicodedata.normalize("NFC", word).casefold()
