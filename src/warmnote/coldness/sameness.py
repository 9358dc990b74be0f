"""How much of a draft went to others already: the share of its three-word runs that stand in one letter to them.

A run is kept as a number. Those numbers stand in the index of what was sent, so they may never come out differently:
another way of cutting needs a migration that has every letter indexed anew.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import Final
from zlib import crc32

from warmnote.coldness.strengths import greeted_name
from warmnote.coldness.text import Sentence, Text, tokenise

__all__ = ["MANY", "Sent", "compared", "enough", "runs", "wanted"]

MANY: Final = 20
"""Nobody needs to know to how many more than this a sentence went."""

_RUN: Final = 3
_KEPT: Final = 256  # stretches of a draft whose answer is remembered
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_QUOTES = str.maketrans("‘’ʼ`´", "'''''")


def _words(text: str) -> list[str]:
    # Not the meter's own way of folding, which learns new disguises.
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return _WORD.findall(text.casefold())


def runs(text: str) -> frozenset[int]:
    """The three-word runs of a text, each as a whole number of 32 bits with sign.

    Two runs in four thousand million share a number; whoever counts on it compares texts in the end.
    """
    words = [word.encode("utf-8", "replace") for word in _words(text)]
    numbers = [crc32(b" ".join(words[start : start + _RUN])) for start in range(len(words) - _RUN + 1)]
    return frozenset(number - (number >> 31 << 32) for number in numbers)


def enough(total: int) -> int:
    """How many of a sentence's `total` runs a letter must hold to count as having had that sentence: 75 %."""
    return -(-3 * total // 4)


def compared(text: Text) -> Iterator[tuple[int, Sentence, str]]:
    """The sentences long enough to be called the same (four words), with number and words; a greeted name is left out."""
    name = greeted_name(text)
    for number, sentence in enumerate(text.sentences):
        if sentence.last - sentence.first > _RUN:
            start = text.ends[name[1] - 1] if name and number == 0 else sentence.start
            yield number, sentence, text.source[start : sentence.end]


def wanted(draft: str) -> list[frozenset[int]]:
    """What to look for among the letters sent: the runs of each sentence of `draft` that is compared."""
    return [found for _, _, words in compared(tokenise(draft)) if (found := runs(words))]


class Sent:
    """Letters that went to other people, each with whom it went to. Made in about 40 microseconds a letter.

    It need not hold every letter ever sent, only those that share a sentence with the draft. Belongs to one thread at
    a time.
    """

    __slots__ = ("_holders", "_known", "letters")

    def __init__(self, letters: Iterable[tuple[Hashable, str]] = ()) -> None:
        self.letters = tuple(dict.fromkeys(letters))
        self._holders: dict[int, list[int]] = {}
        self._known: dict[str, tuple[int, Counter[int]]] = {}
        for number, (_, text) in enumerate(self.letters):
            for run in runs(text):
                self._holders.setdefault(run, []).append(number)

    @classmethod
    def each_to_one(cls, texts: Iterable[str]) -> "Sent":
        """Letters of which nothing is known but that each went to someone else."""
        return cls(enumerate(texts))

    def __bool__(self) -> bool:
        return bool(self.letters)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sent) and self.letters == other.letters

    def __hash__(self) -> int:
        return hash(self.letters)

    def people(self, sentence: str) -> int:
        """How many people were sent at least 75 % of a sentence in one letter."""
        total, shared = self._shared(sentence)
        return self._people(shared, enough(total)) if total else 0

    def people_of_all(self, sentences: Iterable[str]) -> int:
        """How many people were sent more than 80 % of all `sentences` together in one letter."""
        total, shared = 0, Counter[int]()
        for sentence in sentences:
            size, held = self._shared(sentence)
            total += size
            shared.update(held)
        return self._people(shared, total * 4 // 5 + 1) if total else 0

    def _people(self, shared: Counter[int], least: int) -> int:
        return len({self.letters[number][0] for number, count in shared.items() if count >= least})

    def _shared(self, sentence: str) -> tuple[int, Counter[int]]:
        """How many runs a sentence has, and how many of them each letter holds."""
        # With every key all sentences are asked for, of which one has changed.
        known = self._known.get(sentence)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = runs(sentence)
            held = Counter(number for run in found for number in self._holders.get(run, ()))
            known = self._known[sentence] = (len(found), held)
        return known
