"""The rules as data: reading `resources/rules/*.toml`, refusing what is wrong, and finding where each rule applies.

The language of the files is described in docs/decisions/0003-rules-are-data.md.
"""

import tomllib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

from warmnote.coldness.pattern import Pattern, PatternError, Slots, compile_pattern
from warmnote.coldness.text import Sentence, Text
from warmnote.model import Expected

__all__ = ["Category", "Hit", "Rule", "RuleError", "Rulebook", "Spans"]

CATEGORIES: Final = (
    "pitch", "link", "meeting", "hype", "money", "recruit", "urgency", "freebie", "tease", "flattery", "self", "template",
    "sameness", "pressure", "guilt", "jargon", "shout", "no_interest", "intrusion",
)  # fmt: skip
_SEEN_AT_MOST: Final = 1000
_NEEDS: Final = 3  # as many of a pattern's needs are looked at; two let a third more searches through, four save few
_NONE: Final = frozenset[str]()
_NEGATORS: Final = frozenset(
    "not no never don't doesn't didn't isn't aren't wasn't won't can't without nothing neither nor hardly stop avoid".split()
)
_THEIRS: Final = frozenset("your their his her its yours".split())
_THEIRS_APPLIES: Final = frozenset("hype money freebie urgency jargon recruit self pitch link meeting".split())
_SEEN_IN: Final = frozenset("in of at saw seen watched about".split())  # "her part in Act Now": a title as well
_TITLED: Final = frozenset(
    "called titled named entitled book film song album novel podcast movie show series record band".split()
)


class RuleError(Expected):
    """A rule file that cannot be used. `file`, `rule` (empty for the file as a whole) and `reason` say why."""

    def __init__(self, file: str, rule: str, reason: str) -> None:
        super().__init__(
            f"{file}: {rule + ': ' if rule else ''}{reason}.", "Correct the file, or put the original one back."
        )
        self.file, self.rule, self.reason = file, rule, reason


@dataclass(frozen=True, slots=True)
class Category:
    """One of the nineteen kinds of coldness. `stages` are the multipliers for the four stages of knowing each other."""

    id: str
    title: str
    severity: int
    stages: tuple[float, float, float, float]
    why: str
    advice: str
    asked: float = 1.0
    floor: str = ""
    fix: str = "none"
    fix_label: str = ""
    beside: frozenset[str] = frozenset()  # a weak sign of this category is a clear one beside a sign of these


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of coldness: what it is called, why it counts, what to do, and on what evidence."""

    id: str
    category: str
    title: str
    why: str
    advice: str
    evidence: str
    source: str
    severity: int
    sure: bool = True
    fix: str = "none"
    fix_label: str = ""
    replace: str | None = None
    only: str = ""
    negation: bool = False
    theirs: bool = False
    measure: str = ""
    points: int | None = None
    cold: tuple[str, ...] = ()
    warm: tuple[str, ...] = ()
    match: tuple[Pattern, ...] = field(default=(), repr=False)
    unless: tuple[Pattern, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that applies to the words `[first, last)` of a text, which are in sentence number `sentence`."""

    rule: Rule
    first: int
    last: int
    sentence: int


class Spans:
    """Stretches that do not overlap, kept in order so that a long text stays quick."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, start: int, end: int) -> bool:
        """Take `[start, end)` in if it is free; False when it overlaps what is there."""
        place = bisect_left(self._starts, end)
        if place and self._ends[place - 1] > start:
            return False
        self._starts.insert(place, start)
        self._ends.insert(place, end)
        return True


class Rulebook:
    """All rules of a folder. A sentence meets only the few of which the rarest words are in it."""

    def __init__(self, categories: Mapping[str, Category], rules: Iterable[Rule]) -> None:
        self.categories = dict(categories)
        self.rules = {rule.id: rule for rule in rules}
        self._seen: dict[tuple[str, str, bool], tuple[tuple[Rule, int, int], ...]] = {}
        self._patterns = [(pattern, rule) for rule in self.rules.values() for pattern in rule.match]
        # Each pattern has a bit in each of three fields, for its three rarest needs. A word has the bits of the needs
        # that it meets: those of a sentence's words together tell which patterns are worth a search. It takes half the
        # time of looking at the sets themselves, which lie all over the memory.
        count = len(self._patterns)
        met: dict[frozenset[str], int] = {}
        for number, (pattern, _) in enumerate(self._patterns):
            for place in range(_NEEDS):
                need = pattern.needs[place] if place < len(pattern.needs) else _NONE
                met[need] = met.get(need, 0) | 1 << place * count + number
        self._unneeded = met.pop(_NONE, 0)
        self._met: dict[str, int] = {}
        for need, bits in met.items():
            for word in need:
                self._met[word] = self._met.get(word, 0) | bits
        known = frozenset[str]().union(*(pattern.words for pattern, _ in self._patterns))
        self.known = frozenset(word for word in known if len(word) > 2)

    @classmethod
    def load(cls, directory: Path, only: Sequence[str] = (), measures: Collection[str] = ()) -> "Rulebook":
        """Read the rule files of `directory` (`only`: just these categories). Raises RuleError for the first mistake.

        `measures` are the names of measures there are; with none, rules that are measured are left out.
        """
        slots = Slots(_slots(directory / "_slots.toml"))
        categories: dict[str, Category] = {}
        rules: dict[str, Rule] = {}
        paths = sorted(path for path in directory.glob("*.toml") if not path.name.startswith("_"))
        for path in paths:
            if only and path.stem not in only:
                continue
            reader = _FileReader(path, slots)
            category = reader.category()
            categories[category.id] = category
            for rule in reader.rules(category):
                if rule.id in rules:
                    raise RuleError(path.name, rule.id, "the id is used twice")
                rules[rule.id] = rule
        for rule in _FileReader(directory / "_measures.toml", slots).measured(categories) if measures else ():
            if rule.measure not in measures:
                raise RuleError("_measures.toml", rule.id, f"there is no measure {rule.measure!r}")
            rules[rule.id] = rule
        for rule in _phrases(directory / "_phrases.toml", slots) if measures else ():
            rules[rule.id] = rule
        return cls(categories, rules.values())

    def hits(self, text: Text) -> list[Hit]:
        """Every place where a rule with patterns applies, in the order of the words. One rule's hits never overlap."""
        found = [
            Hit(rule, sentence.first + first, sentence.first + last, number)
            for number, sentence in enumerate(text.sentences)
            for rule, first, last in self._in_sentence(sentence)
            if not _silenced(rule, text, sentence, sentence.first + first, sentence.first + last)
        ]
        found.sort(key=lambda hit: (hit.first, hit.last, hit.rule.id))
        return found

    def _in_sentence(self, sentence: Sentence) -> tuple[tuple[Rule, int, int], ...]:
        # A draft is read again at every pause, and all but one of its sentences are as they were.
        key = (sentence.canonical, sentence.named, sentence.question)
        if (found := self._seen.get(key)) is None:
            if len(self._seen) >= _SEEN_AT_MOST:
                self._seen.clear()
            self._seen[key] = found = tuple(self._search(sentence))
        return found

    def _able(self, words: Iterable[str]) -> Iterator[tuple[Pattern, Rule]]:
        """The patterns whose needs the words meet."""
        met, count = self._unneeded, len(self._patterns)
        for bits in filter(None, map(self._met.get, words)):
            met |= bits
        able = met & met >> count & met >> 2 * count & (1 << count) - 1
        while able:
            number = able.bit_length() - 1
            able ^= 1 << number
            yield self._patterns[number]

    def _search(self, sentence: Sentence) -> Iterator[tuple[Rule, int, int]]:
        spans: dict[str, list[tuple[int, int]]] = {}
        canonical = sentence.canonical
        for pattern, rule in self._able(sentence.words):
            if rule.only and sentence.question is (rule.only == "statement"):
                continue
            if pattern.expression.search(canonical) or pattern.named:
                spans.setdefault(rule.id, []).extend(_places(pattern, sentence))
        for rule_id, places in spans.items():
            rule = self.rules[rule_id]
            if not any(_is_in(guard, sentence) for guard in rule.unless):
                for first, last in _longest(places):
                    yield rule, first - sentence.first, last - sentence.first


def _is_in(pattern: Pattern, sentence: Sentence) -> bool:
    for need in pattern.needs:
        if need.isdisjoint(sentence.words):
            return False
    search = pattern.expression.search
    return bool(search(sentence.canonical) or (pattern.named and search(sentence.named)))


def _places(pattern: Pattern, sentence: Sentence) -> list[tuple[int, int]]:
    places = sentence.spans_of(pattern.expression.finditer(sentence.canonical))
    return places + sentence.spans_of(pattern.expression.finditer(sentence.named)) if pattern.named else places


def _longest(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if len(places) == 1:
        return places
    taken = Spans()
    return [
        place for place in sorted(set(places), key=lambda place: (place[0] - place[1], place[0])) if taken.add(*place)
    ]


def _silenced(rule: Rule, text: Text, sentence: Sentence, first: int, last: int) -> bool:
    """The guards that every rule shares: whose it is, quotation, titles, and negation where the rule asks for it."""
    before = text.words[max(sentence.first, first - 3) : first]
    if before:
        owner = before[-1]
        theirs = owner in _THEIRS or (owner.endswith("'s") and owner not in _CONTRACTED)
        if theirs and not rule.theirs and rule.category in _THEIRS_APPLIES:
            return True
        if rule.negation and not _NEGATORS.isdisjoint(before):
            return True
        if last - first <= 3 and owner in _SEEN_IN and text.capital[last - 1] and text.capital[first]:
            return True
        if last - first <= 2 and not _TITLED.isdisjoint(before) and all(text.capital[first:last]):
            return True
    start, end = text.starts[first], text.ends[last - 1]
    if text.quoted and text.is_quoted(start, end):
        within = sum(right - left for left, right in text.quoted)
        return within * 2 < len(text.source)  # a message that is all quotation is the writer's own
    return False


_CONTRACTED: Final = frozenset(
    "it's that's here's there's what's who's how's he's she's let's where's when's one's".split()
)


def _slots(path: Path) -> dict[str, list[str]]:
    if not path.exists():
        return {}
    table = _toml(path)
    slots: dict[str, list[str]] = {}
    for name, entries in table.items():
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in cast(list[Any], entries)):
            raise RuleError(path.name, name, "a slot is a list of strings")
        slots[name] = cast(list[str], entries)
    return slots


def _phrases(path: Path, slots: Slots) -> Iterator[Rule]:
    """The turns of phrase that the code asks for, as rules of a category of their own that has no points."""
    reader = _FileReader(path, slots)
    for name, patterns in _slots(path).items():
        yield Rule(
            id=f"phrase.{name}", category="phrase", title="", why="", advice="", evidence="house", source="", severity=1,
            match=reader.patterns(f"phrase.{name}", patterns),
        )  # fmt: skip


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(path.name, "", f"it does not read as TOML ({error})") from error


_CATEGORY_KEYS: Final[dict[str, type | tuple[type, ...]]] = {
    "category": str, "title": str, "severity": int, "stages": list, "asked": (int, float), "floor": str, "why": str,
    "advice": str, "fix": str, "fix_label": str, "beside": list, "rule": list,
}  # fmt: skip
_RULE_KEYS: Final[dict[str, type | tuple[type, ...]]] = {
    "id": str, "title": str, "match": list, "unless": list, "only": str, "sure": bool, "severity": int, "why": str,
    "advice": str, "fix": str, "fix_label": str, "replace": str, "evidence": str, "source": str, "cold": list, "warm": list,
    "negation": bool, "theirs": bool, "measure": str, "points": int,
}  # fmt: skip


class _FileReader:
    """Reads one category's file."""

    def __init__(self, path: Path, slots: Slots) -> None:
        self._file = path.name
        self._stem = path.stem
        self._slots = slots
        self._table = _toml(path)

    def category(self) -> Category:
        table = self._table
        self._check(table, _CATEGORY_KEYS, ("category", "title", "severity", "stages", "why", "advice"), "")
        name = table["category"]
        if name not in CATEGORIES or name != self._stem:
            raise RuleError(self._file, "", f"the category {name!r} does not belong into this file")
        stages = tuple(float(stage) for stage in table["stages"])
        if len(stages) != 4 or not all(0.0 <= stage <= 1.0 for stage in stages):
            raise RuleError(self._file, "", "stages are four multipliers between 0 and 1")
        if table["severity"] not in (1, 2, 3, 4):
            raise RuleError(self._file, "", "severity is 1, 2, 3 or 4")
        self._one_of("", table.get("floor", ""), ("", "severe", "ask"), "floor")
        self._one_of("", table.get("fix", "none"), ("none", "words", "sentence"), "fix")
        for other in table.get("beside", ()):
            self._one_of("", other, CATEGORIES, "beside")
        return Category(
            id=name, title=table["title"], severity=table["severity"], stages=cast(Any, stages), why=table["why"],
            advice=table["advice"], asked=float(table.get("asked", 1.0)), floor=table.get("floor", ""),
            fix=table.get("fix", "none"), fix_label=table.get("fix_label", ""),
            beside=frozenset(table.get("beside", ())),
        )  # fmt: skip

    def rules(self, category: Category) -> list[Rule]:
        return [self._rule(entry, category) for entry in self._table.get("rule", [])]

    def measured(self, categories: Mapping[str, Category]) -> Iterator[Rule]:
        """The rules of a file of measures, which may belong to any category; a category that was taken out takes
        its measures with it.
        """
        for entry in self._table.get("rule", []):
            category = categories.get(str(entry.get("id", "")).partition(".")[0])
            if category is not None:
                yield self._rule(entry, category)

    def _rule(self, entry: dict[str, Any], category: Category) -> Rule:
        name = str(entry.get("id", "a rule without an id"))
        self._check(entry, _RULE_KEYS, ("id", "evidence", "source"), name)
        if name.partition(".")[0] != category.id or not name.partition(".")[2]:
            raise RuleError(self._file, name, f"the id must begin with {category.id!r} and a dot")
        self._one_of(name, entry["evidence"], ("experiment", "observation", "house"), "evidence")
        self._one_of(name, entry.get("only", ""), ("", "question", "statement"), "only")
        self._one_of(name, entry.get("fix", "none"), ("none", "words", "sentence"), "fix")
        self._one_of(name, entry.get("severity", 1), (1, 2, 3, 4), "severity")
        if not (entry.get("match") or entry.get("measure")):
            raise RuleError(self._file, name, "a rule has patterns (match) or the name of a measure")
        cold, warm = tuple(entry.get("cold", ())), tuple(entry.get("warm", ()))
        if entry.get("match") and (len(cold) < 3 or len(warm) < 3):
            raise RuleError(self._file, name, "a rule needs at least three cold and three warm examples")
        return Rule(
            id=name, category=category.id, title=entry.get("title", category.title), why=entry.get("why", category.why),
            advice=entry.get("advice", category.advice), evidence=entry["evidence"], source=entry["source"],
            severity=entry.get("severity", category.severity), sure=entry.get("sure", True),
            fix=entry.get("fix", category.fix), fix_label=entry.get("fix_label", category.fix_label),
            replace=entry.get("replace"), only=entry.get("only", ""), negation=entry.get("negation", False),
            theirs=entry.get("theirs", False), measure=entry.get("measure", ""), points=entry.get("points"),
            cold=cold, warm=warm, match=self.patterns(name, entry.get("match", ())),
            unless=self.patterns(name, entry.get("unless", ())),
        )  # fmt: skip

    def patterns(self, rule: str, texts: Sequence[str]) -> tuple[Pattern, ...]:
        """Compile patterns on behalf of a rule."""
        patterns: list[Pattern] = []
        for text in texts:
            try:
                patterns.append(compile_pattern(text, self._slots))
            except PatternError as error:
                raise RuleError(self._file, rule, f"the pattern {text!r} does not read: {error}") from error
        return tuple(patterns)

    def _check(self, table: dict[str, Any], keys: Mapping[str, Any], required: Sequence[str], rule: str) -> None:
        for key, value in table.items():
            if key not in keys:
                raise RuleError(self._file, rule, f"{key!r} is no key of this format")
            if not isinstance(value, keys[key]) or (keys[key] is int and isinstance(value, bool)):
                raise RuleError(self._file, rule, f"{key!r} has a value of the wrong kind")
            strings = key in {"match", "unless", "cold", "warm"}
            if strings and not all(isinstance(item, str) and item for item in value):
                raise RuleError(self._file, rule, f"{key!r} is a list of strings")
        for key in required:
            if key not in table:
                raise RuleError(self._file, rule, f"{key!r} is missing")

    def _one_of(self, rule: str, value: Any, allowed: Sequence[Any], key: str) -> None:
        if value not in allowed:
            raise RuleError(self._file, rule, f"{key} is one of {', '.join(map(str, allowed))}")
