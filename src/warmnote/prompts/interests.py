"""What a person cares about, read from what they chose to show.

It reads by whole words, never by parts of words, hears "not a runner" as silence, and keeps silent on health, faith,
politics, sexuality, money, children by name and live whereabouts. It never asks the network; a bio takes under 2 ms.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Self

from warmnote.model import Fact, Message, MessageKind, Person
from warmnote.prompts._cues import career, cues, language_spans
from warmnote.prompts._vocabulary import Match, Vocabulary
from warmnote.prompts._words import Token, read

__all__ = ["KINDS", "TOLD", "Interest", "InterestReader", "interests"]

KINDS = (
    "craft", "sport", "music", "food", "place", "pet", "family", "cause", "book", "show", "game", "profession", "project",
    "event", "milestone", "language", "team", "learning", "nature", "collecting",
)  # fmt: skip
"""The kinds of the vocabulary; a fact of the same kind is taken at its word."""

TOLD = ("post", "question", "photo", "trip", "common", "mutual", "learned", "birthday")
"""Kinds of facts that are a sentence rather than a subject: what they posted, asked, showed, where they went, what the two
share, whom both know, what was learnt from them, when their birthday is."""

_LONGEST = 2000  # characters read of any one field


@dataclass(frozen=True, slots=True)
class Interest:
    """One thing to talk about. `text` is how they put it: `start` to `end`, in code points, of the field it was read in.

    `name` is its usual name ("trail running" for "trail runs"). `source` is "bio", "location", "headline", "post",
    "message", or what the user noted as a fact's source. `confidence` runs from 0 to 1. `on` is the day it was said,
    where known; `fact` the id of the fact it was read in, 0 for the fields of the person.
    """

    kind: str
    name: str
    text: str
    start: int
    end: int
    source: str
    confidence: float
    on: date | None = None
    fact: int = 0


def interests(person: Person, messages: Sequence[Message] = ()) -> tuple[Interest, ...]:
    """What is known of a person's interests, with the vocabulary that comes with Warmnote. See InterestReader.of."""
    return shipped().of(person, messages)


@cache
def shipped() -> "InterestReader":
    """The reader with the vocabulary that comes with Warmnote, read once."""
    return InterestReader.load()


@dataclass(frozen=True, slots=True)
class InterestReader:
    """Reads interests with one vocabulary."""

    vocabulary: Vocabulary

    @classmethod
    def load(cls, directory: Path | None = None) -> Self:
        """Reads the vocabulary, about 35 ms for the one that comes with Warmnote. Raises Expected for a faulty file."""
        return cls(Vocabulary.load(directory))

    def of(self, person: Person, messages: Sequence[Message] = ()) -> tuple[Interest, ...]:
        """Bio first, in reading order, then location, headline, facts and their messages; each interest once, where best seen.

        Hidden facts strike out what they name wherever else it was read; facts that were not shared are not used.
        """
        found = [*self.text(person.bio, "bio"), *self._location(person.location), *self._headline(person.position)]
        for fact in person.facts:
            if not fact.hidden and fact.shared:
                found += self._fact(fact)
        for message in messages:
            if message.kind is MessageKind.RECEIVED:
                on = message.at.date()
                found += [replace(i, on=on, confidence=i.confidence - 0.1) for i in self._own(message.text)]
        struck = {(fact.kind, fact.text.casefold()) for fact in person.facts if fact.hidden or not fact.shared}
        return tuple(_once(found, struck))

    def text(self, text: str, source: str) -> tuple[Interest, ...]:
        """The interests of one text, in reading order."""
        text = text[:_LONGEST]
        tokens = read(text)
        matches = tuple(self.vocabulary.find(tokens))
        hushed = _Hushed.of(text, tokens, matches)
        spoken = language_spans(text) if any(match.phrase.kind == "language" for match in matches) else ()
        begins = {(match.first, match.phrase.kind) for match in matches}
        found: list[tuple[int, Interest]] = []
        for match in matches:
            start, end = tokens[match.first].start, tokens[match.last - 1].end
            if not match.phrase.kind or hushed.covers(match.first, match.last, match.phrase.kind):
                continue
            if match.phrase.kind == "family" and (match.last, "pet") in begins:
                continue  # "mum of two dachshunds"
            if match.phrase.kind == "language" and not any(a <= start and end <= b for a, b in spoken):
                continue
            sure = 0.85 if match.hashtag else 0.9 if tokens[match.first].word[0].isalnum() else 0.6
            start, end, words = _with_pet_name(text, start, end, match.phrase.kind)
            found.append((1, Interest(match.phrase.kind, match.phrase.name, words, start, end, source, sure)))
        for cue in cues(text):
            first, last = _covering(tokens, cue.start, cue.end)
            if last <= first or hushed.covers(first, last, cue.kind):
                continue
            named = self._name_of(cue.kind, cue.text, matches, tokens, cue.start, cue.end)
            found.append((0, Interest(cue.kind, named, cue.text, cue.start, cue.end, source, 0.8)))
        return tuple(_apart(found))

    def _own(self, text: str) -> Iterator[Interest]:
        """What a message says of its writer: in talk, "a retired conductor" or "running late" is nobody's interest."""
        for interest in self.text(text, "message"):
            if interest.kind not in ("family", "milestone") and _MINE.search(text, 0, interest.start):
                yield interest

    def about(self, text: str) -> tuple[str, str] | None:
        """What they were and became, if the text says so and the vocabulary knows both as work ("ex-lawyer, now baker")."""
        pair = career(text[:_LONGEST])
        if not pair:
            return None
        works = ("profession", "craft", "food", "nature", "music")
        known = [phrase for phrase in map(self.vocabulary.named, pair) if phrase and phrase.kind in works]
        return pair if len(known) == 2 and not self.silent(text) else None

    def silent(self, text: str) -> bool:
        """Whether a text touches what Warmnote never asks about."""
        return any(not match.phrase.kind for match in self.vocabulary.find(read(text[:_LONGEST])))

    def group(self, interest: Interest) -> str:
        """The vocabulary's group of an interest ("instrument", "trails"), "?" for one it does not list."""
        return self.vocabulary.group(interest.kind, interest.name)

    def _name_of(
        self, kind: str, text: str, matches: Iterable[Match], tokens: Sequence[Token], start: int, end: int
    ) -> str:
        """The vocabulary's name for what a cue points at, or the words themselves."""
        for match in matches:
            at, until = tokens[match.first].start, tokens[match.last - 1].end
            if at == start and until == end and match.phrase.kind:
                return match.phrase.name
        text = re.sub(r"^the ", "", text) if kind == "learning" else text
        return text if kind in ("place", "book", "event", "learning", "cause") else text[:1].lower() + text[1:]

    def _location(self, location: str) -> Iterator[Interest]:
        part = _LOCATION.search(location[:200])
        if not part or _JOKE.search(location) or self.silent(part["place"]):
            return
        phrase = self.vocabulary.named(part["place"])
        name = phrase.name if phrase and phrase.kind == "place" else part["place"]
        start, end = part.span("place")
        yield Interest("place", name, part["place"], start, end, "location", 0.95)

    def _headline(self, position: str) -> Iterator[Interest]:
        for interest in self.text(position, "headline"):
            if interest.kind in ("profession", "craft", "food", "music"):
                yield replace(interest, confidence=0.85)

    def _fact(self, fact: Fact) -> Iterator[Interest]:
        text = fact.text[:_LONGEST].strip()
        if not text or self.silent(text):
            return
        source = "post" if fact.kind in ("post", "question", "photo") else fact.source.strip() or "your notes"
        if fact.kind in KINDS:
            phrase = self.vocabulary.named(text)
            name = phrase.name if phrase and phrase.kind == fact.kind else text
            yield Interest(fact.kind, name, fact.text, 0, len(fact.text), source, 1.0, fact.on, fact.id)
        elif fact.kind in TOLD:
            yield Interest(fact.kind, text, fact.text, 0, len(fact.text), source, 1.0, fact.on, fact.id)
        if fact.kind == "post":
            for interest in self.text(fact.text, "post"):
                yield replace(interest, confidence=interest.confidence - 0.1, on=fact.on, fact=fact.id)


_LOCATION = re.compile(
    r"(?:^|[📍🏠🏡🌍🌎🌏])\s*(?i:greater\s+|the\s+city\s+of\s+|near\s+|based\s+in\s+)?"
    r"(?P<place>[^\W\d_][\w’'. -]*?[\w.])\s*(?=$|[,|/•·()&–—]|\s(?:-|and|y|et|und)\s|\s(?:Metropolitan|Area|Region|Bay Area|Metroplex)\b)"
)
_JOKE = re.compile(
    r"(?i)\b(?:everywhere|nowhere|anywhere|somewhere|internet|online|remote|worldwide|global|earth|planet|moon|mars|home|here|"
    r"your|my|bed|sofa|couch|heaven|hell|hogwarts|narnia|she|he|they|him|her|them|cloud|metaverse|web|\d+)\b"
)
_NEGATIVE = frozenset(
    "not no never hate hates dislike dislikes loathe loathes despise can't cannot cant don't dont doesn't didn't won't isn't "
    "aren't ain't wasn't anti allergic non without zero nunca pas kein keine keinen nicht nao jamais odio avoid avoids".split()
)
_PAST = frozenset("ex former formerly recovering reformed lapsed quit ancien ehemalige ehemaliger exfutbolista".split())
_TURNS = frozenset("but now turned yet though instead became gone pero aber mais mas".split())
_LISTS = frozenset(("and", "y", "et", "und", "e"))
_AFTER = frozenset("hater haters averse intolerant avoider sceptic skeptic phobic denier free".split())
_STILL_YES = re.compile(
    r"\b(?:not (?:only|just)|never (?:not|without|say no|enough|too)|(?:can't|cannot|cant|don't|dont|won't) (?:\w+ ){0,2}?"
    r"(?:without|stop|resist|enough|get enough|go anywhere)|no such thing as too|not without|no day without|no stranger to)\b"
)
_SARCASM = re.compile(
    r"(?i)\bsaid no ?(?:one|body)\b|\byeah right\b|(?:^|\s)/s\b|\bas if\b|\bnot my thing\b|\b(?:is|are) not for me\b"
)
_DISCLAIMER = re.compile(
    r"(?i)\b(?:views?|opinions?|thoughts|tweets?|posts|toots|skeets|takes|everything|content)\b[^.|•\n]{0,40}\b(?:own|mine|personal|employer\S*)\b"
    r"|\b(?:rts?|retweets?|likes|reposts?|follows?)\s*(?:≠|!=|=/=|are not|aren't|not|do not|don't)[^.|•\n]*"
)
_MINE = re.compile(
    r"(?i)\b(?:i|i['’](?:m|ve)|my|our|we|we['’](?:re|ve)|mi|meine?|mon|ma|minha|meu)\s+(?:[\w'’-]+\s+){0,3}\Z"
)
_TIED = frozenset(("cause", "event", "milestone", "family", "learning", "project", "place"))


@dataclass(frozen=True, slots=True)
class _Hushed:
    """The parts of a text that say nothing: denied, meant otherwise, somebody's disclaimer, or not for us to touch."""

    tokens: Sequence[Token]
    silent: tuple[Match, ...]
    clauses: frozenset[int]
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str, tokens: Sequence[Token], matches: Iterable[Match]) -> Self:
        silent = tuple(match for match in matches if not match.phrase.kind)
        tied = frozenset(tokens[match.first].clause for match in silent if match.phrase.group == "clause")
        spans = [found.span() for found in _DISCLAIMER.finditer(text)]
        for match in silent:
            if match.phrase.group == "clause":
                start, end = _sentence(text, tokens[match.first].start, tokens[match.last - 1].end)
                # "In memory of my father, who loved chess" is one thought; three commas make a list of separate ones
                spans += [(start, end)] if text.count(",", start, end) < 2 else []
        for found in _SARCASM.finditer(text):
            spans.append(_sentence(text, *found.span()))
        return cls(tokens, silent, tied, tuple(spans))

    def covers(self, first: int, last: int, kind: str) -> bool:
        start, end, clause = self.tokens[first].start, self.tokens[last - 1].end, self.tokens[first].clause
        return (
            any(a <= start < b or a < end <= b for a, b in self.spans)
            or any(match.first < last and first < match.last for match in self.silent)
            or clause in self.clauses
            or (kind in _TIED and any(self.tokens[match.first].clause == clause for match in self.silent))
            or self._denied(first, last, clause)
        )

    def _denied(self, first: int, last: int, clause: int) -> bool:
        after = [token.word for token in self.tokens[last : last + 2] if token.clause == clause]
        if after and (
            after[0] in _AFTER or after[:1] == ["isn't"] or after == ["is", "not"] or after == ["are", "not"]
        ):
            return True
        said: list[str] = []
        listed = False
        for token in reversed(self.tokens[max(0, first - 5) : first]):
            if token.clause != clause or token.word in _TURNS:
                break
            if token.word in _LISTS:
                listed = True
            if token.word in _PAST and not listed:
                return True
            said.append(token.word)
        before = " ".join(reversed(said))
        return any(word in _NEGATIVE for word in said) and not _STILL_YES.search(before)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence, or item of a list, around a place in `text`."""
    after = _STOP.search(text, end)
    return max(text.rfind(stop, 0, start) for stop in _STOPS) + 1, after.start() if after else len(text)


_STOPS = ".!?|•·;\n"
_STOP = re.compile(f"[{_STOPS}]")
_CALLED = re.compile(r"\s+(?:called|named)\s+[A-ZÀ-Þ][\w’-]+")


def _with_pet_name(text: str, start: int, end: int, kind: str) -> tuple[int, int, str]:
    """Takes "called Biscuit" along, so that one can ask after Biscuit."""
    called = _CALLED.match(text, end) if kind == "pet" else None
    end = called.end() if called else end
    return start, end, text[start:end]


def _covering(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    first = bisect_left(tokens, start, key=lambda token: token.start)
    return first, bisect_right(tokens, end, lo=first, key=lambda token: token.end)


def _apart(found: Iterable[tuple[int, Interest]]) -> Iterator[Interest]:
    """Of interests that share words, the one found by cue, then the longer."""
    taken: set[int] = set()
    kept: list[Interest] = []
    for _, interest in sorted(found, key=lambda pair: (pair[0], pair[1].start - pair[1].end)):
        span = range(interest.start, interest.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(interest)
    yield from sorted(kept, key=lambda interest: interest.start)


def _once(found: Iterable[Interest], struck: set[tuple[str, str]]) -> Iterator[Interest]:
    best: dict[tuple[str, str], Interest] = {}
    for interest in found:
        if struck & {(interest.kind, interest.text.casefold()), (interest.kind, interest.name.casefold())}:
            continue
        key = (interest.kind, interest.name.casefold())
        if key not in best or best[key].confidence + 0.2 < interest.confidence:
            best[key] = interest
    yield from best.values()
