"""What the wording of a letter says where no rule knows it: short phrases, weighed by a linear model.

The model is a readable table (resources/wording/phrases.tsv), made by tests/corpus/train.py. A phrase is one to three
words of one sentence; every phrase has a weight for the letter as a whole and one for the sentence that it stands in,
positive where letters that sell use it. Nothing but these sums enters, so that each answer can name its phrases.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Final

from warmnote.coldness.text import Sentence, Text
from warmnote.resources import resource

__all__ = ["LETTER_SCALE", "SENTENCE_SCALE", "Phrase", "Said", "Worded", "Wording", "WordingError", "phrases", "units"]

LETTER_SCALE: Final = 5.0
SENTENCE_SCALE: Final = 4.0
"""How far the length of a text counts: a weight is worth this much divided by the root of the number of phrases."""

_LONGEST: Final = 3
_SEEN_AT_MOST: Final = 512
_MARKS: Final = frozenset("^?!.")


class WordingError(ValueError):
    """A table of phrases that does not read. The message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line of the table. `category` is what sentences with it are mostly marked as, empty for a kind phrase."""

    text: str
    letter: float
    sentence: float
    category: str


@dataclass
class Said:
    """How far one sentence sounds like selling: `weight` is log odds. `row` is the sentence as the model sees it, `found`
    its phrases.
    """

    weight: float
    row: Sequence[str] = ()
    found: Mapping[str, Phrase] = field(default_factory=dict[str, Phrase])

    @cached_property
    def places(self) -> tuple[tuple[Phrase, int, int], ...]:
        """The phrases that speak for selling, with the words (as indices into the sentence) that they cover."""
        # Worked out when asked for, as few sentences are marked.
        return tuple(
            (phrase, first, last)
            for text, first, last in phrases(self.row)
            if (phrase := self.found.get(text)) and phrase.sentence > 0
        )

    def told_by(self, count: int = 3) -> tuple[tuple[Phrase, int, int], ...]:
        """The phrases that weigh most for selling, the heaviest first, none within another."""
        chosen: list[tuple[Phrase, int, int]] = []
        for place in sorted(self.places, key=lambda place: (-place[0].sentence, place[1], place[2])):
            _, first, last = place
            if len(chosen) == count:
                break
            if first < last and all(last <= begin or end <= first for _, begin, end in chosen):
                chosen.append(place)
        return tuple(chosen)

    @property
    def category(self) -> str:
        """What the phrases that speak for selling are mostly signs of."""
        total: dict[str, float] = {}
        for phrase, _, _ in self.places:
            if phrase.category:
                total[phrase.category] = total.get(phrase.category, 0.0) + phrase.sentence
        return max(sorted(total), key=total.__getitem__, default="pitch")


@dataclass(frozen=True, slots=True)
class Worded:
    """The wording of a letter. `weight` is the evidence of all of it for selling (log odds, 0 is even)."""

    weight: float
    sentences: tuple[Said, ...]


_NOTHING: Final = Said(-30.0)


def units(words: Sequence[str], ender: str, vocabulary: Collection[str]) -> list[str]:
    """The words of a sentence as the model sees them: between two edges, numbers and unknown words by their kind."""
    row = ["^"]
    for word in words:
        if word in vocabulary:
            row.append(word)
        elif word[0] in "$£€" or word[-1] in "$£€":
            row.append("<money>")
        elif word[0].isdigit():
            row.append("<percent>" if word[-1] == "%" else "<number>")
        else:
            row.append("<rare>")
    row.append(ender)
    return row


def phrases(row: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Every phrase of a row of units, with the words that it covers (edges aside)."""
    last_word = len(row) - 2
    for first, text in enumerate(row):
        first_word = first - 1 if first else 0
        yield text, first_word, min(last_word, first)
        for last in range(first + 1, min(len(row), first + _LONGEST)):
            text = f"{text} {row[last]}"
            yield text, first_word, min(last_word, last)


def ender_of(sentence: Sentence) -> str:
    """How a sentence ends, as the model sees it."""
    return "?" if sentence.question else "!" if "!" in sentence.ender else "."


class Wording:
    """The table, ready for reading. Remembers sentences that it has read."""

    def __init__(self, table: Mapping[str, Phrase], letter_bias: float, sentence_bias: float) -> None:
        self._table = table
        self._letter_bias = letter_bias
        self._sentence_bias = sentence_bias
        self._opening = frozenset(text.rpartition(" ")[0] for text in table if text.count(" ") == _LONGEST - 1)
        self._vocabulary = frozenset(text for text in table if " " not in text and text not in _MARKS)
        self._seen: dict[tuple[str, str], Said] = {}

    @classmethod
    def load(cls, path: Path | None = None) -> "Wording":
        """Read a table, by default the one that comes with Warmnote. Raises WordingError."""
        path = resource("wording/phrases.tsv") if path is None else path
        table: dict[str, Phrase] = {}
        biases: dict[str, float] = {}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            cells = line.split("\t")
            try:
                if len(cells) == 2 and cells[0] in {"letter bias", "sentence bias"}:
                    biases[cells[0]] = float(cells[1])
                else:
                    text, letter, sentence, category = cells
                    table[text] = Phrase(text, float(letter), float(sentence), category)
            except ValueError as error:
                raise WordingError(
                    f"{path.name}, line {number}: expected phrase, two weights and a category"
                ) from error
        if len(biases) < 2 or not table:
            raise WordingError(f"{path.name}: the biases or the phrases are missing")
        return cls(table, biases["letter bias"], biases["sentence bias"])

    def read(self, text: Text, but: Collection[int] = ()) -> Worded:
        """Weigh the wording of a letter, `but` for some of its sentences. Takes time linear in its length."""
        said = tuple(
            _NOTHING if number in but else self._sentence(text, sentence)
            for number, sentence in enumerate(text.sentences)
        )
        found: dict[str, Phrase] = {}
        for item in said:
            found.update(item.found)
        weight = self._letter_bias
        if found:
            weight += LETTER_SCALE * sum([phrase.letter for phrase in found.values()]) / math.sqrt(len(found))
        # The coldest sentences speak for the letter; kind ones beside them take nothing back.
        weight += math.log(math.fsum(math.exp(min(item.weight, 30.0)) for item in said)) if said else 0.0
        return Worded(weight, said)

    def _sentence(self, text: Text, sentence: Sentence) -> Said:
        key = (sentence.canonical, ender_of(sentence))
        said = self._seen.get(key)
        if said is None:
            if len(self._seen) >= _SEEN_AT_MOST:
                self._seen.clear()
            said = self._seen[key] = self._weigh(
                units(text.words[sentence.first : sentence.last], key[1], self._vocabulary)
            )
        return said

    def _weigh(self, row: Sequence[str]) -> Said:
        # Finds what `phrases` yields, without the places and the many threes that the table cannot hold.
        table, opening = self._table, self._opening
        pairs = [f"{left} {right}" for left, right in pairwise(row)]
        threes = [f"{pair} {third}" for pair, third in zip(pairs, row[2:], strict=False) if pair in opening]
        found = {text: table[text] for text in (*row, *pairs, *threes) if text in table}
        weight = self._sentence_bias
        if found:
            weight += SENTENCE_SCALE * sum([phrase.sentence for phrase in found.values()]) / math.sqrt(len(found))
        return Said(weight, row, found)
