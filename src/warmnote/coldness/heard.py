"""What the model of wording adds to the rules: it doubts their marks in kind letters, and marks what they do not know.

How cold a letter is stays a sum of findings (docs/decisions/0004-scoring.md). The model says how far a letter is to be
taken for selling; that decides which findings there are. The numbers here are log odds, chosen on letters whose
authors the model had not read (docs/decisions/0012-a-model-of-wording.md).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from warmnote.coldness.known import content, simple_words
from warmnote.coldness.reading import Strength
from warmnote.coldness.score import Mark, Scored
from warmnote.coldness.text import Sentence, Text
from warmnote.coldness.wording import Phrase, Said, Worded
from warmnote.model import Stage

__all__ = ["CLEAR", "Heard", "doubt", "evidence", "heard_why", "hush", "kind", "lean", "listen", "sounding", "span"]

CLEAR: Final = 5.2
"""From this evidence on a letter sells; below it no severe mark of a rule is clear by itself."""
SHOWN: Final = 4.2
"""From this evidence on the coldest sentence is marked; below, the wording is a remark about the whole letter."""
SOFT: Final = 1.0
"""Below this evidence a push is clear only in a sentence that sounds like selling."""
QUIET: Final = 0.5
"""Below this evidence weak signs and stock phrases are let pass."""
TIES: Final = 3.0
"""Below this evidence an earlier talk that the log does not know is more likely a talk than a trick."""
SELLS: Final = 2.5
"""From these log odds on a sentence sells, whatever stands around it."""
MARKED: Final = 1.2
"""From these log odds on a sentence is marked in a letter that sells."""

# Few words leave room for little evidence, many for much by chance: what is given to letters of up to 8 words (none from
# 16 on), and taken from those of 120 and more (none up to 60).
_SHORT, _LONG = 1.5, 0.8
# What the number tends to at an evidence below CLEAR, and how far the wording may move it from what the rules found.
_LEVELS: Final = ((-6.0, 0), (-2.5, 6), (0.0, 14), (2.0, 24), (3.6, 34), (CLEAR, 46))
_COOLS_FROM, _WARMS_TO = 1.2, -0.5
_COOLS, _WARMS = 24, 17
_LEAST_WORDS: Final = 8  # fewer are too few to be called kind by their wording

_ASKS: Final = frozenset("pitch link meeting money recruit urgency freebie tease pressure guilt intrusion".split())
_SPEAKING: Final = _ASKS - {"meeting", "link"}  # kind letters ask for a talk and pass on pages as often
_SEVERE: Final = frozenset("pitch link money recruit intrusion".split())
_PUSHES: Final = frozenset("urgency freebie tease pressure guilt".split())
_MANNER: Final = frozenset("template self flattery jargon shout no_interest".split())
_TAKEN: Final = _ASKS | {"flattery", "template", "self"}
_CERTAIN: Final = frozenset({"intrusion.unshared-fact", "link.placeholder"})  # read off the record or text, not guessed
_OWN: Final = frozenset(
    "pitch meeting guilt pressure flattery self template freebie".split()
)  # have a rule for wording
_MOST_POINTS: Final = 60  # of asks; more of them say nothing new
_MOST_MARKS: Final = 4


@dataclass(frozen=True, slots=True)
class Heard:
    """Words that sound like selling: a mark of the category, or with `end` 0 a remark about the whole letter.

    `words` are the phrases that it rests on. `points`: a fixed price, None for what the category costs.
    """

    category: str
    start: int
    end: int
    sentence: int
    sure: bool
    words: tuple[str, ...]
    points: int | None = None


def evidence(worded: Worded, scored: Sequence[Scored], words: int) -> float:
    """How far a letter of so many words is to be taken for selling, before kind words count: the log odds of its
    wording, and one for each 20 points of asks that the rules found.
    """
    points = sum(item.points for item in scored if item.mark.rule.category in _SPEAKING)
    short, long = min(1.0, max(0.0, (16 - words) / 8)), min(1.0, max(0.0, (words - 60) / 60))
    return worded.weight + min(points, _MOST_POINTS) / 20 + _SHORT * short - _LONG * long


def sounding(worded: Worded, weight: float) -> frozenset[int]:
    """The sentences that earn no warmth: those that sound like selling in a letter that sells."""
    if weight < CLEAR:
        return frozenset()
    return frozenset(number for number, said in enumerate(worded.sentences) if said.weight > 0)


def doubt(marks: Sequence[Mark], worded: Worded, weight: float, stage: Stage) -> None:
    """Make clear marks of rules weak where neither the letter nor their sentence sounds like selling.

    Only in the stages that have floors: later on a mark costs little anyway.
    """
    if weight >= CLEAR or stage > Stage.EXCHANGED_ONCE:
        return
    for mark in marks:
        said = worded.sentences[mark.sentence].weight if mark.sentence >= 0 else float("-inf")
        if mark.rule.category == "intrusion" and weight >= TIES:
            continue
        if mark.rule.category in _SEVERE and mark.rule.id not in _CERTAIN:
            mark.sure = mark.sure and said >= SELLS
        elif weight < SOFT and mark.rule.category in _PUSHES and not mark.rule.measure:
            mark.sure = mark.sure and said >= 0


def hush(marks: Sequence[Mark], weight: float) -> list[Mark]:
    """The marks without those that mean nothing in a kind letter: weak signs, and mere manner of speaking."""
    if weight >= QUIET:
        return list(marks)
    return [mark for mark in marks if mark.rule.measure or (mark.sure and mark.rule.category not in _MANNER)]


def listen(text: Text, worded: Worded, weight: float, marks: Sequence[Mark]) -> tuple[Heard, ...]:
    """What to mark beside the rules' `marks` in a letter that sells; there, weak marks of theirs become clear."""
    if weight < CLEAR or not worded.sentences:
        return ()
    for mark in marks:
        if mark.rule.category in _ASKS and mark.end:
            mark.sure = True
    taken = {mark.sentence for mark in marks if mark.end and mark.rule.category in _TAKEN}
    ranked = sorted(range(len(worded.sentences)), key=lambda number: (-worded.sentences[number].weight, number))
    held = any(mark.severity == 4 and mark.end and mark.rule.category in _ASKS for mark in marks)
    found = [] if held else [_heard(text, worded, ranked[0], "pitch", sure=True)]
    taken.update(heard.sentence for heard in found)
    for number in ranked:
        if worded.sentences[number].weight < MARKED or len(found) == _MOST_MARKS:
            break
        if number not in taken:
            found.append(_heard(text, worded, number, "", sure=False))
    return tuple(found)


def lean(
    text: Text, worded: Worded, weight: float, number: int, marks: Sequence[Mark], scale: float
) -> tuple[Heard, ...]:
    """What the wording adds to a `number` below what its evidence lets expect, in a letter that does not clearly sell.

    `scale` is what a pitch counts for in this stage.
    """
    points = round(scale * min(_COOLS, _level(weight) - max(0, number)))
    if not _COOLS_FROM <= weight < CLEAR or points < 2 or not worded.sentences:
        return ()
    coldest = max(range(len(worded.sentences)), key=lambda at: (worded.sentences[at].weight, -at))
    heard = _heard(text, worded, coldest, "pitch", sure=False)
    taken = any(mark.end and mark.sentence == coldest and mark.rule.category in _TAKEN for mark in marks)
    start, end = (0, 0) if taken or weight < SHOWN else (heard.start, heard.end)
    return (Heard("pitch", start, end, coldest, False, heard.words, points),)


def kind(weight: float, number: int, words: int, room: int) -> tuple[Strength, ...]:
    """What the wording takes from a `number` above what its evidence lets expect: at most `room` points."""
    points = min(_WARMS, room, number - round(_level(weight)))
    if weight > _WARMS_TO or words < _LEAST_WORDS or points < 2:
        return ()
    return (Strength(0, 0, "wording", "Worded like a note between people", -points),)


def _level(weight: float) -> float:
    for (left, low), (right, high) in pairwise(_LEVELS):
        if weight < right:
            return low + (high - low) * max(0.0, weight - left) / (right - left)
    return _LEVELS[-1][1]


def span(text: Text, worded: Worded, number: int) -> tuple[int, int]:
    """Where the wording of a sentence is marked: from the first to the last of the phrases that weigh most."""
    return _span(text, text.sentences[number], worded.sentences[number].told_by())


def _span(text: Text, sentence: Sentence, told: Sequence[tuple[Phrase, int, int]]) -> tuple[int, int]:
    first = min((first for _, first, _ in told), default=0)
    last = max((last for _, _, last in told), default=sentence.last - sentence.first)
    return text.starts[sentence.first + first], text.ends[sentence.first + last - 1]


def _heard(text: Text, worded: Worded, number: int, category: str, *, sure: bool) -> Heard:
    said, sentence = worded.sentences[number], text.sentences[number]
    told = said.told_by()
    words = tuple(
        text.source[text.starts[sentence.first + begin] : text.ends[sentence.first + end - 1]] for _, begin, end in told
    )
    return Heard(category or _category(said), *_span(text, sentence, told), number, sure, words)


def _category(said: Said) -> str:
    return said.category if said.category in _OWN else "pitch"


def heard_why(heard: Heard, why: str) -> str:
    """The reason of a rule, with the phrases that it rests on where they mean something by themselves."""
    whole = "" if heard.end else " It is the letter as a whole, not one place in it."
    telling = [" ".join(phrase.split()) for phrase in heard.words if _tells(phrase)]
    here = f" Here: {', '.join(f'“{phrase}”' for phrase in telling)}." if telling else ""
    return f"{why}{whole}{here}"


def _tells(phrase: str) -> bool:
    """Whether a phrase means something out of its sentence: two words or more, none a name, one that is not common."""
    words = phrase.split()
    named = any(word[0].isupper() and not re.fullmatch(r"I(?:['’]\w+)?", word) for word in words[1:])
    own = content(word for word in simple_words(phrase) if "'" not in word)
    return len(words) > 1 and not named and any(own)
