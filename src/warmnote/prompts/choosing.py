"""Three things to ask a person, chosen from what is known.

Pure and repeatable: the same person, history, day and seed give the same prompts, in any process; seed + 1 gives others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count as counting
from pathlib import Path
from typing import Self
from zlib import crc32

from warmnote.model import Message, Person, PromptUse
from warmnote.prompts._known import Topic, known, pronouns
from warmnote.prompts._said import last_exchange, unanswered
from warmnote.prompts.interests import Interest, InterestReader, shipped
from warmnote.prompts.starters import Starter, plain, read_starters

__all__ = ["Prompt", "Prompter", "silence"]

_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A card: something to begin with. `starter` is its text, in which blanks ⟦…⟧ wait for the writer.

    `id` names the starter it came from, `kind` what sort of question it is, `title` a word or two for the card's head,
    `reason` where it comes from, `interest` what it is about, if it is about one.
    """

    id: str
    kind: str
    title: str
    starter: str
    reason: str
    interest: Interest | None = None


def silence(person: Person, messages: Sequence[Message] = ()) -> str:
    """Why the kindest message is none, in one sentence; empty when writing is welcome."""
    spoken = pronouns(person.pronouns)
    if person.do_not_write:
        return f"You noted not to write to {_them(spoken.they)}. The kindest message is none."
    exchange = last_exchange(messages, date.max)
    if exchange and exchange.asked_for_peace:
        return f"{spoken.they.capitalize()} asked to be left in peace. The kindest message is none."
    if (unanswered(messages) if messages else person.unanswered) >= 2:
        return "No answer to two letters. The kindest message is none."
    return ""


@dataclass(frozen=True, slots=True)
class _Candidate:
    starter: Starter
    topic: Topic | None
    others: Mapping[str, Topic]
    tier: int


@dataclass(frozen=True, slots=True)
class Prompter:
    """Chooses among starters. Build it once; every call is independent of the ones before."""

    starters: tuple[Starter, ...]
    reader: InterestReader

    @classmethod
    def load(cls, directory: Path | None = None, interests: Path | None = None) -> Self:
        """Reads the starters and the vocabulary, those that come with Warmnote unless told otherwise; about 40 ms.

        Raises StarterError or Expected, naming the file, for one that cannot be used.
        """
        return cls(read_starters(directory), InterestReader.load(interests) if interests else shipped())

    def silence(self, person: Person, messages: Sequence[Message] = ()) -> str:
        """Why `suggest` has nothing to say: see the function of the same name."""
        return silence(person, messages)

    def suggest(
        self,
        person: Person,
        messages: Sequence[Message],
        used: Sequence[PromptUse],
        today: date,
        seed: int = 0,
        count: int = 3,
    ) -> tuple[Prompt, ...]:
        """`count` prompts of different kinds, the best first; none at all where `silence` gives a reason.

        `used` are earlier uses on anybody: what this person already had is left out while there is anything else, what
        others had in the last month comes later.
        """
        if count < 1 or silence(person, messages):
            return ()
        fields, _ = known(person, messages, today, self.reader)
        had = {use.prompt for use in used if use.person == person.id}
        recent = [use.prompt for use in used if use.person != person.id and today - use.at.date() <= _MONTH]
        candidates = [c for c in self._candidates(person, fields) if c.starter.id not in had]
        if len({c.starter.id for c in candidates}) < count:
            candidates = list(self._candidates(person, fields))
        kinds = _by_kind(candidates, {prompt: recent.count(prompt) for prompt in set(recent)}, had, person.id)
        chosen = _page(_without_small_talk(kinds, count), seed, count)
        return tuple(_prompt(candidate, person) for candidate in chosen)

    def _candidates(self, person: Person, fields: Mapping[str, list[Topic]]) -> Iterable[_Candidate]:
        for starter in self.starters:
            if not starter.min_stage <= person.stage <= starter.max_stage:
                continue
            if not starter.needs:
                yield _Candidate(starter, None, {}, _tier(starter, None))
                continue
            first, *rest = starter.needs
            for topic in fields.get(first, ()):
                if starter.about and not starter.about & {topic.name, topic.group}:
                    continue
                if starter.days is not None and (topic.days is None or topic.days > starter.days):
                    continue
                if first == "place" and topic.name.islower():
                    continue
                others = {name: _with(topic, name, fields) for name in rest}
                found = {name: other for name, other in others.items() if other is not None}
                if len(found) == len(others):
                    yield _Candidate(starter, topic, found, _tier(starter, topic))


def _with(topic: Topic, name: str, fields: Mapping[str, list[Topic]]) -> Topic | None:
    """A further field beside `topic`: what belongs to it, else the person's own; "seen" belongs to its topic alone."""
    if name in topic.fields:
        return Topic(topic.fields[name], "", "", topic.key, source=topic.source)
    if name in ("seen", "pet_name", "old", "position", "long_ago"):
        return None
    return next((other for other in fields.get(name, ()) if other.key != topic.key or not other.key), None)


_FOLLOWING = ("follow_up", "reconnect")
_SMALL_TALK = 6
_PINNED = 2  # tiers below this are offered first, whatever the seed


def _tier(starter: Starter, topic: Topic | None) -> int:
    """How early a kind comes up: 0 our last exchange, 1 a fresh post, 2 fresh news, 3 what they care about, later the rest."""
    if starter.kind in _FOLLOWING:
        return 0
    if starter.kind in ("post", "question") and topic and topic.fresh:
        return 1
    if starter.kind == "deeper" or (topic and topic.fresh):
        return 2
    return {"place": 4, "post": 4, "work": 5, "workplace": 5, "hello": _SMALL_TALK, "everyday": _SMALL_TALK + 1}.get(
        starter.kind, 3
    )


def _without_small_talk(
    kinds: Sequence[tuple[int, list[_Candidate]]], count: int
) -> Sequence[tuple[int, list[_Candidate]]]:
    """Questions that anyone could answer stay away while there is enough to go by."""
    own = [pair for pair in kinds if pair[0] < _SMALL_TALK]
    return own if len(own) >= count else kinds


def _by_kind(
    candidates: Iterable[_Candidate], recent: Mapping[str, int], had: set[str], person: int
) -> list[tuple[int, list[_Candidate]]]:
    """The candidates of each kind in the order they should come up, and the kinds in theirs, with their tier."""
    kinds: dict[str, list[_Candidate]] = {}
    for candidate in candidates:
        kinds.setdefault(candidate.starter.kind, []).append(candidate)
    touched = {prompt.split(".", 1)[0] for prompt in had}

    def rank(candidate: _Candidate) -> tuple[int, int, int, int, int]:
        starter, topic = candidate.starter, candidate.topic
        return (
            candidate.tier,
            recent.get(starter.id, 0),
            -starter.weight,
            topic.order if topic else 0,
            crc32(f"{person} {starter.id}".encode()),
        )

    ordered: list[tuple[tuple[int, bool, int, str], list[_Candidate]]] = []
    for kind, group in kinds.items():
        group.sort(key=rank)
        group[:] = _spread(group)
        order = min((c.topic.order for c in group if c.topic), default=99)
        ordered.append(((group[0].tier, kind in touched, order, kind), group))
    ordered.sort(key=lambda pair: pair[0])
    return [(key[0], group) for key, group in ordered]


def _spread(group: Iterable[_Candidate]) -> list[_Candidate]:
    """Every starter once before any comes a second time for another subject."""
    times: dict[str, int] = {}
    turns: list[tuple[int, _Candidate]] = []
    for candidate in group:
        turn = times[candidate.starter.id] = times.get(candidate.starter.id, -1) + 1
        turns.append((turn, candidate))
    return [candidate for _, candidate in sorted(turns, key=lambda pair: pair[0])]


def _page(kinds: Sequence[tuple[int, list[_Candidate]]], seed: int, count: int) -> list[_Candidate]:
    """The seed-th page: the pinned kinds, then the others in turn, each time with their next starter."""
    pinned = [group for tier, group in kinds if tier < _PINNED][:count]
    rest = [group for tier, group in kinds if tier >= _PINNED]
    chosen: list[_Candidate] = []
    for group in pinned:
        _take(group, seed, chosen)
    free = count - len(chosen)
    if not rest:
        rest = pinned
    for slot in counting():
        if len(chosen) >= count or slot >= len(rest) + count * 20:
            break
        turn, which = divmod(seed * free + slot, len(rest)) if rest else (0, 0)
        if rest:
            _take(rest[which], turn, chosen)
    return sorted(chosen, key=lambda candidate: candidate.tier)


def _take(group: Sequence[_Candidate], turn: int, chosen: list[_Candidate]) -> None:
    """Adds the turn-th of `group`, or the next that is neither chosen yet nor about the same thing, if there is one."""
    ids = {candidate.starter.id for candidate in chosen}
    about = {candidate.topic.key for candidate in chosen if candidate.topic} - {""}
    free = [c for c in group if c.starter.id not in ids]
    other = [c for c in free if c.topic is None or c.topic.key not in about] or free
    if other:
        # counted within the whole group, so that the same turn means the same starter whatever was chosen before
        wanted = group[turn % len(group)]
        chosen.append(wanted if wanted in other else other[turn % len(other)])


def _prompt(candidate: _Candidate, person: Person) -> Prompt:
    starter, topic = candidate.starter, candidate.topic
    spoken = pronouns(person.pronouns)
    fields = {name: other.value for name, other in candidate.others.items()}
    reason = starter.reason
    title = starter.title
    if topic:
        fields[starter.needs[0]] = topic.value
        fields = dict(topic.fields) | fields
        reason = reason or _reason(topic, candidate.others)
        title = title or topic.title
    title = title.replace("{their}", spoken.their).replace("{they}", spoken.they).replace(
        "{them}", _them(spoken.they)
    ) or starter.kind.replace("_", " ")
    return Prompt(
        id=starter.id,
        kind=starter.kind,
        title=plain(title[:1].upper() + title[1:]),
        starter=starter.fill(fields),
        reason=plain(reason),
        interest=topic.interest if topic else None,
    )


def _reason(topic: Topic, others: Mapping[str, Topic]) -> str:
    """Where it comes from; a place that stands elsewhere than the subject is named as well."""
    place = others.get("place")
    if place and topic.reason and ", " not in topic.reason:
        return f"{topic.reason} and place"
    return topic.reason


def _them(they: str) -> str:
    return {"she": "her", "he": "him"}.get(they, "them")
