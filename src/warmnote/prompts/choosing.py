"""Three things to ask a person, chosen from what is known.

Pure and repeatable: the same person, history, day and seed give the same prompts, in any process; seed + 1 gives others,
and counting on shows everything there is before anything comes again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Self
from zlib import crc32

from warmnote.model import Message, Person, PromptUse, Stage
from warmnote.prompts._known import known
from warmnote.prompts._said import asked_for_peace, is_bot, no_letters, unanswered
from warmnote.prompts._spelling import BRITISH, Spelling
from warmnote.prompts._topic import Topic, pronouns
from warmnote.prompts.interests import Interest, InterestReader, shipped
from warmnote.prompts.packs import USUAL, Pack, SpellingName
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
    facts = {fact.kind for fact in person.facts if not fact.hidden}
    if person.do_not_write:
        reason = f"You noted not to write to {_them(spoken.they)}."
    elif asked_for_peace(messages):
        reason = f"{spoken.they.capitalize()} asked to be left in peace."
    elif "bot" in facts or is_bot(person.bio):
        reason = "This account says that it is a bot, so nobody is there to answer."
    elif "do_not_contact" in facts or no_letters(person.bio):
        reason = f"{spoken.their.capitalize()} page asks for no messages."
    elif (unanswered(messages) if messages else person.unanswered) >= 2:
        reason = "No answer to two letters."
    else:
        return ""
    return f"{reason} The kindest message is none."


@dataclass(frozen=True, slots=True)
class _Candidate:
    starter: Starter
    topic: Topic | None
    others: Mapping[str, Topic]
    tier: int


@dataclass(frozen=True, slots=True)
class _Past:
    """What was used before: on this person, in order, and how often on others within a month."""

    had: Mapping[str, int]
    recent: Mapping[str, int]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Prompter:
    """Chooses among starters. Build it once; every call is independent of the ones before."""

    starters: tuple[Starter, ...]
    reader: InterestReader
    spelling: Spelling = BRITISH

    @classmethod
    def load(
        cls,
        directory: Path | None = None,
        interests: Path | None = None,
        *,
        packs: Iterable[Pack] = (),
        spelling: SpellingName = "british",
        off: frozenset[str] = frozenset(),
    ) -> Self:
        """Reads the starters and the vocabulary, those that come with Warmnote unless told otherwise; about 60 ms.

        `packs` add theirs. `off` are ids of starters to leave out; USUAL among them leaves out all but the packs'. American
        spelling is put in as starters are filled. Raises StarterError or Expected, naming the file, for one that cannot be
        used.
        """
        usual = () if USUAL in off else read_starters(directory)
        added = (
            replace(starter, reason=starter.reason or f"from “{pack.title}”") if not starter.needs else starter
            for pack in packs
            for starter in pack.starters
        )
        starters = tuple(starter for starter in (*usual, *added) if starter.id not in off)
        reader = InterestReader.load(interests) if interests else shipped()
        return cls(starters, reader, Spelling.load(spelling))

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
        kind: str = "",
    ) -> tuple[Prompt, ...]:
        """`count` prompts of different kinds, the best first; none at all where `silence` gives a reason.

        `used` are earlier uses on anybody: what this person already had is left out while there is anything else, what
        others had in the last month comes later. `kind` asks for one kind alone, "ending" also where nothing sounds like it.
        """
        if count < 1 or silence(person, messages):
            return ()
        past = self._past(person, used, today)
        fields = known(person, messages, today, self.reader, ending=kind == "ending")
        candidates = [c for c in self._candidates(person, fields) if not kind or c.starter.kind == kind]
        fresh = [c for c in candidates if c.starter.id not in past.had]
        if len({c.starter.id for c in fresh}) >= count:
            candidates = fresh
        kinds = _by_kind(candidates, past, person.id)
        chosen = _page(_without_small_talk(kinds, count), seed, count)
        return tuple(self._prompt(candidate, person) for candidate in chosen)

    def preview(self, starter: Starter, person: Person, messages: Sequence[Message], today: date) -> Prompt | None:
        """How one starter would read for a person, whatever their stage; None if something that it needs is not known.

        Raises StarterError for a text that cannot be filled.
        """
        fields = known(person, messages, today, self.reader, ending=starter.kind == "ending")
        anyone = replace(starter, min_stage=0, max_stage=3)
        first = next(iter(_of_starter(anyone, person, fields)), None)
        return self._prompt(first, person) if first is not None else None

    def fillings(
        self, prompt_ids: Iterable[str], person: Person, messages: Sequence[Message], today: date
    ) -> tuple[str, ...]:
        """Every way in which starters can have been put into a letter to a person, for `provenance` to find them again.

        Ids that nobody knows any more are passed over.
        """
        wanted = set(prompt_ids)
        starters = [starter for starter in self.starters if starter.id in wanted]
        if not starters:
            return ()
        fields = known(person, messages, today, self.reader, ending=True)
        found: list[str] = []
        for starter in starters:
            anyone = replace(starter, min_stage=0, max_stage=3, days=None)
            found += [self._prompt(candidate, person).starter for candidate in _of_starter(anyone, person, fields)]
            found.append(self.spelling.apply(starter.text))
        return tuple(dict.fromkeys(found))

    def _past(self, person: Person, used: Sequence[PromptUse], today: date) -> _Past:
        ordered = sorted((use for use in used if use.person == person.id), key=lambda use: use.at)
        had = {use.prompt: number for number, use in enumerate(ordered)}
        recent: dict[str, int] = {}
        for use in used:
            if use.person != person.id and today - use.at.date() <= _MONTH:
                recent[use.prompt] = recent.get(use.prompt, 0) + 1
        return _Past(had, recent, frozenset(starter.kind for starter in self.starters if starter.id in had))

    def _candidates(self, person: Person, fields: Mapping[str, list[Topic]]) -> Iterable[_Candidate]:
        for starter in self.starters:
            yield from _of_starter(starter, person, fields)

    def _prompt(self, candidate: _Candidate, person: Person) -> Prompt:
        starter, topic = candidate.starter, candidate.topic
        spoken = pronouns(person.pronouns)
        fields = {name: _value(other, starter) for name, other in candidate.others.items()}
        title = self.spelling.apply(starter.title) if starter.language == "en" else starter.title
        reason = starter.reason
        if topic:
            fields[starter.needs[0]] = _value(topic, starter)
            fields = dict(topic.fields) | fields
            # A goodbye that was heard tells more than the file's own line.
            reason = (topic.reason if starter.kind == "ending" else "") or reason or _reason(topic, candidate.others)
            title = title or topic.title
        for name, word in (("{their}", spoken.their), ("{they}", spoken.they), ("{them}", _them(spoken.they))):
            title = title.replace(name, word)
        title = title or starter.kind.replace("_", " ")
        return Prompt(
            id=starter.id,
            kind=starter.kind,
            title=plain(title[:1].upper() + title[1:]),
            starter=starter.fill(fields, self.spelling),
            reason=plain(reason or "anyone can answer"),
            interest=topic.interest if topic else None,
        )


def _of_starter(starter: Starter, person: Person, fields: Mapping[str, list[Topic]]) -> Iterable[_Candidate]:
    """Every way in which a starter can be filled for a person."""
    stage = person.stage
    if starter.kind == "reconnect" and "talked" in fields:
        stage = max(stage, Stage.CONVERSATION)  # the stage itself goes down with the silence that this is for
    if not starter.min_stage <= stage <= starter.max_stage:
        return
    if starter.language != "en" and not _ENGLISH.isdisjoint(starter.needs):
        return
    optional = {name: topics[0] for name in starter.optional if (topics := fields.get(name))}
    if not starter.needs:
        yield _Candidate(starter, None, optional, _tier(starter, None))
        return
    first, *rest = starter.needs
    for topic in fields.get(first, ()):
        if starter.about and not starter.about & {topic.name, topic.group}:
            continue
        if starter.days is not None and (topic.days is None or topic.days > starter.days):
            continue
        if topic.old_post and "long_ago" not in starter.needs:
            continue
        if first == "place" and topic.name.islower():
            continue
        found = {name: other for name in rest if (other := _with(topic, name, fields)) is not None}
        if len(found) == len(rest):
            more = {name: other for name in optional if (other := _with(topic, name, fields)) is not None}
            yield _Candidate(starter, topic, more | found, _tier(starter, topic))


# Fields that are put into words here, and those words are English.
_ENGLISH = frozenset({"seen", "gap", "month", "met_when"})


def _value(topic: Topic, starter: Starter) -> str:
    """What a topic puts into a starter; in other languages their own words, not the vocabulary's English name for it."""
    if starter.language == "en" or topic.value == "yes":
        return topic.value
    return topic.interest.text if topic.interest is not None else topic.name or topic.value


_ITS_OWN = ("seen", "pet_name", "old", "position", "long_ago")


def _with(topic: Topic, name: str, fields: Mapping[str, list[Topic]]) -> Topic | None:
    """A further field beside `topic`: what belongs to it, else the person's own; "seen" belongs to its topic alone."""
    if name in topic.fields:
        return Topic(topic.fields[name], "", "", topic.key, source=topic.source)
    if name in _ITS_OWN:
        return None
    return next((other for other in fields.get(name, ()) if other.key != topic.key or not other.key), None)


_TIERS = {
    "about_my_work": 0, "thanks_meeting": 1, "reconnect": 2, "reply": 4, "follow_up": 5, "place": 13, "post": 13, "work": 14,
    "workplace": 14, "own": 12, "still": 13, "ending": 99,
}  # fmt: skip
_PROMISED, _FRESH_POST, _PINNED, _FRESH, _CARED_FOR, _SMALL_TALK, _LAST = 3, 6, 7, 10, 11, 20, 99
_ANYONES = ("hello", "everyday")
_THANKS_DAYS = 7


def _tier(starter: Starter, topic: Topic | None) -> int:
    """How early a kind comes up: where the two left off, a fresh post, fresh news, what they care about, later the rest."""
    kind = starter.kind
    if kind in _ANYONES:
        return _SMALL_TALK + _ANYONES.index(kind)
    if kind == "thanks_meeting" and topic and (topic.days or 0) > _THANKS_DAYS:
        return _FRESH
    if kind == "follow_up" and ("promise" in starter.needs or "plan" in starter.needs):
        return _PROMISED
    if kind in ("post", "question") and topic and topic.fresh:
        return _FRESH_POST
    usual = _TIERS.get(kind, _CARED_FOR)
    news = kind == "deeper" or (topic is not None and topic.fresh)
    return _FRESH if news and _PINNED < usual < _LAST else usual


def _without_small_talk(
    kinds: Sequence[tuple[int, list[_Candidate]]], count: int
) -> Sequence[tuple[int, list[_Candidate]]]:
    """Questions that anyone could answer stay away while there is enough to go by."""
    own = [pair for pair in kinds if pair[0] < _SMALL_TALK or pair[0] == _LAST]
    return own if len(own) >= count else kinds


def _by_kind(candidates: Iterable[_Candidate], past: _Past, person: int) -> list[tuple[int, list[_Candidate]]]:
    """The candidates of each kind in the order they should come up, and the kinds in theirs, with their tier."""
    kinds: dict[str, list[_Candidate]] = {}
    for candidate in candidates:
        kinds.setdefault(candidate.starter.kind, []).append(candidate)

    def rank(candidate: _Candidate) -> tuple[int, int, int, int, int, int]:
        starter, topic = candidate.starter, candidate.topic
        return (
            past.had.get(starter.id, -1),
            candidate.tier,
            past.recent.get(starter.id, 0),
            -starter.weight,
            topic.order if topic else 0,
            crc32(f"{person} {starter.id}".encode()),
        )

    ordered: list[tuple[tuple[int, bool, int, str], list[_Candidate]]] = []
    for kind, group in kinds.items():
        group.sort(key=rank)
        group[:] = _spread(group)
        order = min((c.topic.order for c in group if c.topic), default=99)
        ordered.append(((min(c.tier for c in group), kind in past.kinds, order, kind), group))
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
    """The seed-th page: the pinned kinds first, one of each, then a page of what is dealt from all others.

    Whatever the seed, what is pinned keeps its place; each pinned kind and the pages go round by themselves.
    """
    last = [group for tier, group in kinds if tier == _LAST][: max(0, count - 1)]
    pinned = [group for tier, group in kinds if tier < _PINNED]
    dealt = [group for tier, group in kinds if _PINNED <= tier < _LAST]
    room = count - len(last)
    if dealt and room > 1:
        # One place is always left to what they care about.
        dealt, pinned = [*dealt, *pinned[room - 1 :]], pinned[: room - 1]
    first = [group[seed % len(group)] for group in pinned[:room]]
    pages = _deal(dealt or pinned, room - len(first), first if not dealt else [])
    chosen = first + (pages[seed % len(pages)] if pages else [])
    chosen.sort(key=lambda candidate: candidate.tier)
    return chosen + [group[seed % len(group)] for group in last]


def _deal(groups: Sequence[list[_Candidate]], size: int, beside: Sequence[_Candidate]) -> list[list[_Candidate]]:
    """All of `groups` in pages of `size`: kind by kind in turn, no starter twice on a page, kinds and subjects apart.

    The last page is filled up from the front.
    """
    if size < 1:
        return []
    taken = {candidate.starter.id for candidate in beside}
    rounds = max((len(group) for group in groups), default=0)
    deck = [group[turn] for turn in range(rounds) for group in groups if turn < len(group)]
    left = [candidate for candidate in deck if candidate.starter.id not in taken]
    pages: list[list[_Candidate]] = []
    while left:
        page: list[_Candidate] = []
        for source in (left, deck):
            while len(page) < size and (best := _next(source, page, taken)) is not None:
                page.append(best)
                if source is left:
                    left.remove(best)
        pages.append(page)
    return pages


def _next(source: Sequence[_Candidate], page: Sequence[_Candidate], taken: set[str]) -> _Candidate | None:
    """The first that goes with a page: of another kind and subject if there is one, never the same starter."""
    ids = taken | {candidate.starter.id for candidate in page}
    kinds = {candidate.starter.kind for candidate in page}
    about = {candidate.topic.key for candidate in page if candidate.topic} - {""}
    free = [candidate for candidate in source if candidate.starter.id not in ids]
    apart = [c for c in free if c.starter.kind not in kinds]
    both = next((c for c in apart if c.topic is None or c.topic.key not in about), None)
    return both or next(iter(apart), None) or next(iter(free), None)


def _reason(topic: Topic, others: Mapping[str, Topic]) -> str:
    """Where it comes from; a place that stands elsewhere than the subject is named as well."""
    place = others.get("place")
    if place and topic.reason and ", " not in topic.reason:
        return f"{topic.reason} and place"
    return topic.reason


def _them(they: str) -> str:
    return {"she": "her", "he": "him"}.get(they, "them")
