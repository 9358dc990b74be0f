"""The words that stand for an interest, read from `resources/interests`."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Self

from warmnote.model import Expected
from warmnote.prompts._words import Token, fold, words_of
from warmnote.resources import resource

__all__ = ["Match", "Phrase", "Vocabulary"]


@dataclass(frozen=True, slots=True)
class Guard:
    """The neighbours that a phrase must or must not have to mean its interest."""

    capital: bool = False
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    only_before: frozenset[str] = frozenset()
    only_after: frozenset[str] = frozenset()

    def fits(self, capital: bool, before: str, after: str) -> bool:
        """Whether it holds between these two words (empty at the edge of a clause)."""
        return (
            (capital or not self.capital)
            and after not in self.not_before
            and before not in self.not_after
            and (not self.only_before or after in self.only_before)
            and (not self.only_after or before in self.only_after)
        )


_SILENCE = "silence.toml"
_CUES = frozenset(
    fold(w) for w in ("in", "from", "near", "around", "to", "at", "en", "à", "bei", "aus", "em", "📍", "🏠")
)
_CAPITAL = Guard(capital=True)
_NAMES = ("places", "languages")  # groups whose entries are names: they need a capital
_NOT_PEOPLE = frozenset({"flyer", "drawer", "boxer", "cooker", "dinghy sailer", "ale"})
_FILLERS = frozenset(
    "a addict and club community crazy daily dad fan fun girl goals gram insta instagram is i life lover lovers love loves man mad my "
    "of obsessed people person photo s the this time woman world mum mom nerd style every day".split()
)


class Phrase(NamedTuple):
    """One way to say an interest. Without a `kind` it is a matter to keep silent about, `group` its reach."""

    words: tuple[str, ...]
    kind: str
    name: str
    group: str
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: the tokens `first` up to but not including `last`."""

    phrase: Phrase
    first: int
    last: int
    hashtag: bool = False


@dataclass(slots=True)
class Vocabulary:
    """All phrases, by their first two words, and by their joined spelling."""

    by_start: dict[tuple[str, ...], list[Phrase]] = field(default_factory=dict[tuple[str, ...], list[Phrase]])
    first: set[str] = field(default_factory=set[str])
    joined: dict[str, Phrase] = field(default_factory=dict[str, Phrase])
    groups: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    @classmethod
    def load(cls, directory: Path | None = None) -> Self:
        """Reads every TOML file of `directory`, or of the folder that comes with Warmnote.

        Raises Expected naming the file when one cannot be read.
        """
        vocabulary = cls()
        for path in sorted((directory or resource("interests")).glob("*.toml")):
            try:
                data = tomllib.loads(path.read_text(encoding="utf-8"))
                phrases = list(_silent(data) if path.name == _SILENCE else _phrases(data))
            except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
                raise Expected(f"The list of interests {path.name} cannot be read: {problem}.") from problem
            vocabulary._add(phrases)
        for phrases in vocabulary.by_start.values():
            phrases.sort(key=lambda phrase: -len(phrase.words))
        return vocabulary

    def __len__(self) -> int:
        return len(self.groups)

    def _add(self, phrases: Iterable[Phrase]) -> None:
        for phrase in phrases:
            self.first.add(phrase.words[0])
            self.by_start.setdefault(phrase.words[:2], []).append(phrase)
            self.joined.setdefault("".join(phrase.words), phrase)
            if phrase.kind:
                self.groups.setdefault((phrase.kind, phrase.name), phrase.group)

    def group(self, kind: str, name: str) -> str:
        """The group an interest belongs to, or "?" for one that the vocabulary does not know."""
        return self.groups.get((kind, name), "?")

    def find(self, tokens: Sequence[Token]) -> Iterator[Match]:
        """The phrases in `tokens`, left to right, the longest first, none overlapping."""
        at = 0
        while at < len(tokens):
            word = tokens[at].word
            known = word in self.first or word in self.joined or word[:1] == "#" or "\u200d" in word
            match = self._at(tokens, at) if known else None
            if match:
                yield match
            at = match.last if match else at + 1

    def named(self, text: str) -> Phrase | None:
        """The phrase that `text` is as a whole, if it is one."""
        words = words_of(text)
        return next((each for each in self.by_start.get(words[:2], ()) if each.words == words and each.kind), None)

    def _at(self, tokens: Sequence[Token], at: int) -> Match | None:
        token = tokens[at]
        if token.word.startswith("#"):
            phrase = self._hashtag(token.word[1:])
            return Match(phrase, at, at + 1, hashtag=True) if phrase else None
        following = tokens[at + 1].word if at + 1 < len(tokens) else ""
        for start in ((token.word, following), (token.word,)):
            for phrase in self.by_start.get(start, ()):
                last = at + len(phrase.words)
                if _same(phrase.words, tokens, at, last) and _allowed(phrase, tokens, at, last):
                    return Match(phrase, at, last)
        if token.word in self.joined and len(token.word) > 6:
            phrase = self.joined[token.word]
            return Match(phrase, at, at + 1) if _allowed(phrase, tokens, at, at + 1) else None
        if "\u200d" in token.word:  # 🏃‍♀️ is a 🏃
            phrase = next(iter(self.by_start.get((token.word[0],), ())), None)
            return Match(phrase, at, at + 1) if phrase else None
        return None

    def _hashtag(self, word: str) -> Phrase | None:
        """The longest phrase of which a hashtag is made, the rest being small words: #instarunners, #mydoglife."""
        if word in self.joined:
            return self.joined[word]
        length = min(len(word), 40)
        reach: list[tuple[int, Phrase | None] | None] = [None] * (length + 1)
        reach[0] = (0, None)
        for end in range(1, length + 1):
            for start in range(max(0, end - 20), end):
                before, piece = reach[start], word[start:end]
                if before is None:
                    continue
                phrase = self.joined.get(piece) if len(piece) > 2 else None
                if phrase is None and piece not in _FILLERS:
                    continue
                score = before[0] + (len(piece) ** 2 if phrase else 0)
                held = reach[end]
                if held is None or score > held[0]:
                    kept = (
                        before[1] if before[1] and len("".join(before[1].words)) >= len(piece) else phrase or before[1]
                    )
                    reach[end] = (score, kept)
        found = reach[length]
        return found[1] if found and length == len(word) else None


def _same(words: tuple[str, ...], tokens: Sequence[Token], at: int, last: int) -> bool:
    if len(words) == 1:
        return True
    if last > len(tokens) or tokens[last - 1].clause != tokens[at].clause:
        return False
    return all(token.word == word for token, word in zip(tokens[at:last], words, strict=True))


def _allowed(phrase: Phrase, tokens: Sequence[Token], at: int, last: int) -> bool:
    if phrase.guard is None:
        return True
    clause = tokens[at].clause
    before = tokens[at - 1].word if at and tokens[at - 1].clause == clause else ""
    after = tokens[last].word if last < len(tokens) and tokens[last].clause == clause else ""
    return phrase.guard.fits(tokens[at].capital, before, after)


def _phrases(data: dict[str, Any]) -> Iterator[Phrase]:
    kind: str = data["kind"]
    guards = {_said(alias): _guard(alias, rules) for alias, rules in data.get("guards", {}).items()}
    for group, names in data.items():
        if group in ("kind", "guards"):
            continue
        usual = _CAPITAL if group in _NAMES else None
        for name, also in names.items():
            for words in dict.fromkeys(map(_said, (name, *also))):
                guard = guards.get(words, usual if words and words[0][0].isalpha() else None)
                for form in _forms(words):
                    yield Phrase(form, kind, name, group, guard)


def _guard(alias: str, rules: dict[str, Any]) -> Guard:
    sets = {key: frozenset(map(fold, value)) for key, value in rules.items() if key not in ("cue", "capital")}
    if rules.get("cue"):
        sets["only_after"] = _CUES
    unknown = sets.keys() - {"not_before", "not_after", "only_before", "only_after"}
    if unknown:
        raise ValueError(f"unknown guard {', '.join(sorted(unknown))} at {alias}")
    return Guard(capital=bool(rules.get("capital") or rules.get("cue")), **sets)


def _silent(data: dict[str, Any]) -> Iterator[Phrase]:
    for topic, lists in data.items():
        for reach, said in lists.items():
            for words in map(_said, said):
                for form in _forms(words):
                    yield Phrase(form, "", topic, reach)


def _said(alias: str) -> tuple[str, ...]:
    if alias.isascii() and alias.replace(" ", "").isalpha():  # most are; ten times faster
        return tuple(alias.lower().split())
    return words_of(alias)


def _forms(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The phrase, its plural, and the person who does it ("woodturning": "woodturner", "woodturners")."""
    if not words:
        return
    yield words
    *rest, last = words
    if not (last.isascii() and last.isalpha() and len(last) > 2):
        return
    yield (*rest, _plural(last))
    if last.endswith("ing") and len(last) > 5:
        agent = last[:-3] + "er"
        if agent not in _NOT_PEOPLE:
            yield (*rest, agent)
            yield (*rest, agent + "s")


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "ch", "sh", "z")):
        return word + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
