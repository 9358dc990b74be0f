"""The pattern language of the rule files, and its compilation to one regular expression each.

A pattern is a row of elements between spaces: `help~ {org} ..4 (grow|scale up) [your] <number> $`. What each means
stands in docs/decisions/0003-rules-are-data.md. Nothing here can nest one open repetition in another, so no pattern can
run away: repetitions are bounded and a pattern is only ever searched inside one sentence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

__all__ = ["Pattern", "PatternError", "Slots", "compile_pattern", "stems"]

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|hundreds"
    "|thousand|thousands|million|millions|dozens"
)
CLASSES: Final[Mapping[str, str]] = {
    "number": rf" (?:{_NUMBER_WORDS}|[$£€]?\d[^ ]*)",
    "money": r" (?:[$£€]\d[^ ]*|\d[^ ]*[$£€]|\d[\d.,]*k(?:/[a-z]+)?)",
    "percent": r" \d[^ ]*%",
    "url": r" <url>",
    "handle": r" <handle>",
    "phone": r" \d{5,}",
    "name": " (?:\x01+)",
    "emoji": r" <emoji>",
    "plural": r" [a-z]{2,}[^\W_isu0-9']s",
}
_LEXER = re.compile(
    r"\((?P<either>[a-z0-9'&/%€£+ |]+)\)|\[(?P<maybe>[a-z0-9'&/%€£+ |]+)\]"
    r"|\.\.(?P<gap>\d)|<(?P<cls>\w+)>|\{(?P<slot>\w+)\}|(?P<mark>[()\[\]|^$*])|(?P<word>[a-z0-9'&/%$€£+]+~?(?![^\s()\[\]|]))|(?P<space>\s+)"
)


def _weigh(words: str, weight: int) -> dict[str, int]:
    return dict.fromkeys(words.split(), weight)


# How often words come, roughly: the rarest word set of a pattern decides which sentences it is tried on.
_OFTEN: Final[Mapping[str, int]] = _weigh(
    "a an and are as at be but by for from have i i'm if in is it it's just me my no not of on or our so that the this to up was"
    " we with you your",
    40,
) | _weigh(
    "about after again all also always am any back been being best can come could day did do does each every few find first free get"
    " give go going good got great had has he help her here him his how i'd i'll i've into know last let let's like ll look looking love"
    " make making many may message might minutes more most much need new next now one only open other out over own people please post"
    " quick really right same see send share she should some still such take talk tell than thank thanks their them then there these they"
    " think thought time today too two us use very want way we're we've week well were what what's when where which who why will work"
    " working would year years you'd you'll you're you've",
    12,
)


_MANY: Final = 8  # alternatives; few are not worth putting together


class PatternError(ValueError):
    """A pattern that does not read. The message says what and where."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the expression, with one set of words of which at least one must be there for it to match."""

    source: str
    needs: tuple[frozenset[str], ...] = ()
    length: int = 0
    least: int = 0  # the fewest words it can match


@dataclass(slots=True)
class Pattern:
    """One compiled pattern: `needs` are word sets, the rarest first, that a sentence must meet before `expression`
    is worth a search.
    """

    text: str
    source: str
    needs: tuple[frozenset[str], ...]
    named: bool
    words: frozenset[str] = field(default_factory=frozenset[str])
    _expression: re.Pattern[str] | None = None

    @property
    def expression(self) -> re.Pattern[str]:
        """The regular expression, compiled when first wanted: most patterns are never met in a day."""
        if self._expression is None:
            self._expression = re.compile(self.source)
        return self._expression


class Slots:
    """Named word groups for patterns; may refer to one another, not in a circle."""

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        self._groups = dict(groups)
        self._parts: dict[str, _Part] = {}
        self._open: list[str] = []

    def part(self, name: str) -> _Part:
        """The compiled group. Raises PatternError for one that is not there or runs in a circle."""
        if name in self._parts:
            return self._parts[name]
        if name not in self._groups:
            raise PatternError(f"there is no slot {{{name}}}")
        if name in self._open:
            raise PatternError(f"the slot {{{name}}} refers to itself")
        self._open.append(name)
        try:
            parts = [_Reader(entry, self).whole() for entry in self._groups[name]]
        finally:
            self._open.pop()
        self._parts[name] = part = _either(parts)
        return part


def stems(word: str) -> frozenset[str]:
    """`word` with its regular inflections: offer, offers, offered, offering, offer's."""
    forms = {word, f"{word}s", f"{word}'s"}
    if word.endswith("e"):
        forms |= {f"{word}d", f"{word[:-1]}ing", f"{word}r", f"{word}rs"}
    elif word.endswith("y") and word[-2:-1] not in "aeiou":
        forms |= {f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"}
        forms.discard(f"{word}s")
    else:
        forms |= {f"{word}ed", f"{word}ing"}
        if word.endswith(("s", "x", "z", "ch", "sh", "o")):
            forms.add(f"{word}es")
        if re.fullmatch(r"[a-z]*[^aeiou][aeiou][bdgklmnprtv]", word):
            forms |= {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}
    return frozenset(forms)


@lru_cache(maxsize=4096)
def _word(word: str) -> _Part:
    forms = stems(word[:-1]) if word.endswith("~") else frozenset({word})
    body = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    return _Part(f" (?:{body})" if len(forms) > 1 else f" {body}", (forms,), 1, 1)


def _either(parts: Sequence[_Part]) -> _Part:
    if len(parts) == 1:
        return parts[0]
    # The longer reading is tried first, so that the longest match wins.
    ordered = sorted(parts, key=lambda part: (-part.length, -len(part.source)))
    if all(part.source.startswith(" ") for part in ordered):
        source = f" (?:{_any_of([part.source[1:] for part in ordered])})"
    else:
        source = "(?:" + "|".join(part.source for part in ordered) + ")"
    if all(part.needs for part in parts):
        needs = (frozenset[str]().union(*(_rarest(part.needs) for part in parts)),)
    else:
        needs = ()
    return _Part(source, needs, max(part.length for part in parts), min(part.least for part in parts))


def _any_of(sources: Sequence[str]) -> str:
    """One of several expressions, the first that fits. Many are put together by first letter: `re` tries each in turn."""
    if len(sources) < _MANY or not all(source[0].isalnum() for source in sources):
        return "|".join(sources)
    groups: dict[str, list[str]] = {}
    for source in sources:
        groups.setdefault(source[0], []).append(source[1:])
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in groups.items())


@lru_cache(maxsize=4096)
def _flat(alternatives: str) -> _Part:
    """The words between two brackets that hold no sign but the stroke: most brackets are of this kind."""
    rows = [row.split() for row in alternatives.split("|")]
    if not all(rows):
        raise PatternError(f"({alternatives}) has an empty place")
    rows.sort(key=lambda row: (-len(row), -sum(map(len, row))))
    needs = frozenset(row[0] if len(row) == 1 else min(row, key=lambda word: _OFTEN.get(word, 1)) for row in rows)
    source = _any_of([" ".join(map(re.escape, row)) for row in rows])
    return _Part(f" (?:{source})" if len(rows) > 1 else f" {source}", (needs,), len(rows[0]), len(rows[-1]))


def _cost(words: frozenset[str]) -> int:
    return sum(_OFTEN.get(word, 1) for word in words)


def _rarest(needs: tuple[frozenset[str], ...]) -> frozenset[str]:
    return needs[0] if len(needs) == 1 else min(needs, key=_cost)


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, text: str, slots: Slots) -> None:
        self._text = text
        self._slots = slots
        self._tokens: list[tuple[str, str]] = []
        position = 0
        while position < len(text):
            match = _LEXER.match(text, position)
            if match is None:
                wrong = text[position:].split(maxsplit=1)[0]
                raise PatternError(
                    f"{wrong!r} at {position} is neither a word in small letters nor a sign of the language"
                )
            kind = match.lastgroup or ""
            if kind != "space":
                self._tokens.append((kind, match[kind]))
            position = match.end()
        self._next = 0

    def whole(self) -> _Part:
        part = self._alternatives()
        if self._next < len(self._tokens):
            raise PatternError(f"{self._tokens[self._next][1]!r} closes nothing")
        if not part.source:
            raise PatternError("it is empty")
        return part

    def _alternatives(self) -> _Part:
        parts = [self._row()]
        while self._peek() == ("mark", "|"):
            self._next += 1
            parts.append(self._row())
        return _either(parts)

    def _row(self) -> _Part:
        sources: list[str] = []
        needs: list[frozenset[str]] = []
        length = least = 0
        while (token := self._peek()) is not None and token not in {("mark", "|"), ("mark", ")"), ("mark", "]")}:
            self._next += 1
            part = self._element(*token)
            sources.append(part.source)
            needs.extend(part.needs)
            length += part.length
            least += part.least
        return _Part("".join(sources), tuple(needs), length, least)

    def _element(self, kind: str, value: str) -> _Part:
        if kind == "word":
            return _word(value)
        if kind == "either":
            return _flat(value)
        if kind == "maybe":
            return _Part(f"(?:{_flat(value).source})?", (), 0)
        if kind == "gap":
            return _Part(rf"(?: [^ ]+){{0,{value}}}?")
        if kind == "slot":
            return self._slots.part(value)
        if kind == "cls":
            if value not in CLASSES:
                raise PatternError(f"there is no class <{value}>")
            need = (frozenset({f"<{value}>"}),) if value in {"url", "handle", "emoji"} else ()
            return _Part(CLASSES[value], need, 1, 1)
        return self._mark(value)

    def _mark(self, value: str) -> _Part:
        if value == "^":
            return _Part(r"\A")
        if value == "$":
            return _Part(r"\Z")
        if value == "*":
            return _Part(" [^ ]+", (), 1, 1)
        closing = ")" if value == "(" else "]"
        inside = self._alternatives()
        if self._peek() != ("mark", closing):
            raise PatternError(f"{value!r} is never closed")
        self._next += 1
        if value == "(":
            return inside
        return _Part(f"(?:{inside.source})?", (), 0)

    def _peek(self) -> tuple[str, str] | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None


def compile_pattern(text: str, slots: Slots) -> Pattern:
    """Read one pattern. Raises PatternError with the reason when it does not read or could match nothing at all."""
    part = _Reader(text, slots).whole()
    source = part.source + r"(?![^ ])"
    if not part.least:
        raise PatternError("it would match nothing at all")
    needs = tuple(sorted(part.needs, key=_cost))
    words = frozenset[str]().union(*needs) if needs else frozenset[str]()
    return Pattern(text, source, needs, "\x01" in source, words)
