"""What a person cares about, read from what they chose to show.

It reads by whole words, never by parts of words, hears "not a runner" as silence, and keeps silent on health, faith,
politics, sexuality, money, children by name and live whereabouts. It never asks the network; a bio takes under 2 ms.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Self

from warmnote.model import Fact, Message, MessageKind, Person
from warmnote.prompts._cues import Cue, career, cues, language_spans
from warmnote.prompts._silence import Hushed
from warmnote.prompts._vocabulary import Match, Vocabulary
from warmnote.prompts._words import Token, is_mark, read

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
        said = tuple(self.vocabulary.find(tokens))
        matches = self._told_apart(text, tokens, said)
        hushed = Hushed.of(text, tokens, matches)
        seen, denied = _heard(tokens, matches, hushed)
        found = [self._listed(text, tokens, match, source) for match in seen]
        starts = {tokens[match.first].start: match.phrase.kind for match in matches}
        for cue in cues(text, tokens, {match.last for match in seen}):
            first, last = _covering(tokens, cue.start, cue.end)
            if last <= first or hushed.covers(first, last, cue.kind) or hushed.denies(first, last):
                continue
            if cue.kind == "place" and starts.get(cue.start, "place") not in _PLACE_LIKE:
                continue  # "🏡 Realtor"
            named = self._name_of(cue, said, tokens)
            if (cue.kind, named) not in denied:
                if cue.kind in _OPENED:
                    found = [each for each in found if not cue.opener <= each.start < cue.start]
                found.append(Interest(cue.kind, named, cue.text, cue.start, cue.end, source, 0.8))
        return tuple(_apart(found))

    def _told_apart(self, text: str, tokens: Sequence[Token], matches: Sequence[Match]) -> Sequence[Match]:
        """The matches with every language that is not spoken of as theirs left out, or taken for the place it also is."""
        if not any(match.phrase.kind == "language" for match in matches):
            return matches
        spoken = language_spans(text)
        kept: list[Match] = []
        for number, match in enumerate(matches):
            start, end = tokens[match.first].start, tokens[match.last - 1].end
            language = match.phrase.kind == "language"
            if not language or any(a <= start and end <= b for a, b in spoken) or _in_row(tokens, matches, number):
                kept.append(match)
            elif is_mark(tokens[match.first].word):
                place = self.vocabulary.other(match.phrase, "place")
                kept += [match._replace(phrase=place)] if place else []
        return kept

    def _listed(self, text: str, tokens: Sequence[Token], match: Match, source: str) -> Interest:
        start, end = tokens[match.first].start, tokens[match.last - 1].end
        sure = 0.85 if match.hashtag else 0.6 if is_mark(tokens[match.first].word) else 0.9
        start, end, words = _with_pet_name(text, start, end, match.phrase.kind)
        return Interest(match.phrase.kind, match.phrase.name, words, start, end, source, sure)

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

    def _name_of(self, cue: Cue, matches: Iterable[Match], tokens: Sequence[Token]) -> str:
        """The vocabulary's name for what a cue points at, or the words themselves."""
        for match in matches:
            at, until = tokens[match.first].start, tokens[match.last - 1].end
            if at == cue.start and until == cue.end and match.phrase.kind:
                return match.phrase.name
        text = re.sub(r"^the ", "", cue.text) if cue.kind == "learning" else cue.text
        return text if cue.kind in _AS_WRITTEN else text[:1].lower() + text[1:]

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
_MINE = re.compile(
    r"(?i)\b(?:i|i['’](?:m|ve)|my|our|we|we['’](?:re|ve)|mi|meine?|mon|ma|minha|meu)\s+(?:[\w'’-]+\s+){0,3}\Z"
)
_OPENED = ("project", "collecting", "learning", "book", "event", "cause")
"""Kinds whose cue opens with a word that is no interest beside what it leads to: "currently reading", "walking every street"."""
_AS_WRITTEN = ("place", "book", "event", "learning", "cause")
_PLACE_LIKE = ("place", "language")
_ARROWS = frozenset("✈🛫🛬🚗🚂🚆")


def _heard(
    tokens: Sequence[Token], matches: Sequence[Match], hushed: Hushed
) -> tuple[list[Match], set[tuple[str, str]]]:
    """The matches that mean what they say, and the interests that the text denies anywhere."""
    kinds = {match.first: match.phrase.kind for match in matches} | {match.last: match.phrase.kind for match in matches}
    begins = {(match.first, match.phrase.kind) for match in matches}
    ends = {(match.last, match.phrase.kind) for match in matches}
    heard: list[Match] = []
    denied: set[tuple[str, str]] = set()
    for number, match in enumerate(matches):
        phrase, first, last = match.phrase, match.first, match.last
        if not phrase.kind:
            continue
        if hushed.denies(first, last):
            denied.add((phrase.kind, phrase.name))
            continue
        if hushed.covers(first, last, phrase.kind) or hushed.figurative(match):
            continue
        if phrase.kind == "family" and ((last, "pet") in begins or (first, "pet") in ends):
            continue  # "mum of two dachshunds", "🐶 mum"
        if is_mark(tokens[first].word) and _decorates(tokens, matches, number, kinds):
            continue
        heard.append(match)
    return [match for match in heard if (match.phrase.kind, match.phrase.name) not in denied], denied


def _in_row(tokens: Sequence[Token], matches: Sequence[Match], number: int) -> bool:
    """Whether a language stands beside another one, each by itself: "English | Français"."""
    match = matches[number]
    if is_mark(tokens[match.first].word):
        return False

    def whole(each: Match) -> bool:
        clause = tokens[each.first].clause
        before = each.first == 0 or tokens[each.first - 1].clause != clause
        return before and (each.last == len(tokens) or tokens[each.last].clause != clause)

    beside = [matches[n] for n in (number - 1, number + 1) if 0 <= n < len(matches)]
    return whole(match) and any(
        each.phrase.kind == "language" and whole(each) and (each.last == match.first or match.last == each.first)
        for each in beside
    )


def _decorates(tokens: Sequence[Token], matches: Sequence[Match], number: int, kinds: Mapping[int, str]) -> bool:
    """Whether an emoji only repeats what was just said, or is an arrow between two places."""
    match = matches[number]
    if tokens[match.first].word in _ARROWS:
        return "place" in (kinds.get(match.last), kinds.get(match.first - 1), kinds.get(match.first))
    if not number or match.phrase.kind == "place" or is_mark(tokens[matches[number - 1].first].word):
        return False
    before = matches[number - 1].phrase
    near = match.first - matches[number - 1].last <= 3
    return near and (before.kind, before.group) == (match.phrase.kind, match.phrase.group)


_CALLED = re.compile(r"\s+(?:called|named)\s+[A-ZÀ-Þ][\w’-]+")


def _with_pet_name(text: str, start: int, end: int, kind: str) -> tuple[int, int, str]:
    """Takes "called Biscuit" along, so that one can ask after Biscuit."""
    called = _CALLED.match(text, end) if kind == "pet" else None
    end = called.end() if called else end
    return start, end, text[start:end]


def _covering(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    first = bisect_left(tokens, start, key=lambda token: token.start)
    return first, bisect_right(tokens, end, lo=first, key=lambda token: token.end)


def _apart(found: Iterable[Interest]) -> Iterator[Interest]:
    """Of interests that share words, the longer, then the one found by cue."""
    taken: set[int] = set()
    kept: list[Interest] = []
    for interest in sorted(found, key=_weight):
        span = range(interest.start, interest.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(interest)
    yield from sorted(kept, key=lambda interest: interest.start)


def _weight(interest: Interest) -> tuple[int, float]:
    return interest.start - interest.end, interest.confidence


def _once(found: Iterable[Interest], struck: set[tuple[str, str]]) -> Iterator[Interest]:
    best: dict[tuple[str, str], Interest] = {}
    for interest in found:
        if struck & {(interest.kind, interest.text.casefold()), (interest.kind, interest.name.casefold())}:
            continue
        key = (interest.kind, interest.name.casefold())
        if key not in best or best[key].confidence + 0.2 < interest.confidence:
            best[key] = interest
    yield from best.values()
