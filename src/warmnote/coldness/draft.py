"""What a measure is given, and the little that all measures share."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from warmnote.coldness.heard import Heard
from warmnote.coldness.known import Known
from warmnote.coldness.reading import About
from warmnote.coldness.rules import Hit, Rule
from warmnote.coldness.sameness import Sent
from warmnote.coldness.score import Mark
from warmnote.coldness.strengths import Interest
from warmnote.coldness.text import Sentence, Text
from warmnote.model import Stage

__all__ = ["PREPOSITIONS", "SIGN_OFFS", "Draft", "Measure", "sentence_at", "sentence_of", "whole"]


@dataclass(frozen=True, slots=True)
class Draft:
    """All that a measure may look at."""

    text: Text
    about: About
    known: Known
    sent: Sent
    stage: Stage
    asked: bool
    offers: bool  # an offer or a link was found and counts
    interest: Interest
    referred: bool  # something from their record is mentioned
    phrases: Mapping[str, Sequence[Hit]]
    hits: Mapping[str, Sequence[Hit]]
    grade: Callable[[str], float | None]
    heard: Sequence[Heard]


Measure = Callable[[Draft, Rule], Iterator[Mark]]


def whole(rule: Rule) -> Mark:
    """A mark about the message as a whole."""
    return Mark.of(rule, 0, 0)


def sentence_of(text: Text, word: int) -> tuple[int, Sentence]:
    """The sentence that holds a word, with its number."""
    number = bisect_right(text.sentences, word, key=lambda sentence: sentence.last)
    return number, text.sentences[number]


def sentence_at(text: Text, offset: int) -> int:
    """The number of the sentence at a place in the source; -1 behind the last one."""
    number = bisect_right(text.sentences, offset, key=lambda sentence: sentence.end)
    return number if number < len(text.sentences) else -1


PREPOSITIONS: Final = frozenset("at for from on of with by to like via".split())
SIGN_OFFS: Final = frozenset("best regards cheers sincerely warmly yours thanks love kind warm".split())
