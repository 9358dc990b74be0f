"""The words that stand for an interest, read from `resources/interests`."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Self
from unicodedata import normalize

from warmnote.model import Expected
from warmnote.prompts._guards import USUAL, Guard, guards
from warmnote.prompts._words import Token, words_of
from warmnote.resources import resource

__all__ = ["Match", "Phrase", "Vocabulary"]

_SILENCE = "silence.toml"
_PLAIN = re.compile(
    "[a-z0-9 :,\u0300-\u036f]*\\Z"
)  # most lines are, once folded: no apostrophe, no emoji; ten times faster
_NAMED = frozenset(("team", "show", "music", "book"))
_NOT_PEOPLE = frozenset("flyer drawer boxer cooker ale freezer storyteller server hunter".split())
_FILLERS = frozenset(
    "a addict addicts and club community crazy daily day dad de du every everyday family fan fans for fun girl girls goals gram guy i in insta "
    "instagram bluesky mastodon tiktok twitter linkedin bsky is it junkie kid life lifestyle liebe lover lovers love loves mad man men mode "
    "mom moms mum my nerd nerds nation obsessed of on our people person photo s squad style sunday saturday friday the this time tok vibes "
    "woman women world days lady amo meu mi mon".split()
)
_BEGINNING, _ENDS = "hobby", (
    "trinkerin", "trinker", "liebhaberin", "liebhaber", "liebe", "freundin", "freund", "mama", "mami", "papa", "junkie",
    "sammlerin", "sammler", "spielerin", "spieler", "leserin", "leser", "verruckte", "verruckter", "begeisterte",
    "begeisterter", "sangerin", "sanger", "wurm", "fan", "nerd", "lover", "holic", "aholic", "fahrerin", "fahrer",
)  # fmt: skip


class Phrase(NamedTuple):
    """One way to say an interest. Without a `kind` it is a matter to keep silent about, `group` its reach."""

    words: tuple[str, ...]
    kind: str
    name: str
    group: str


class Entry(NamedTuple):
    """What a line of the lists is about."""

    kind: str
    name: str
    group: str


Said = tuple[tuple[str, ...], Entry]
"""One way to say an entry; a plain pair, since there are some seventeen thousand to make at the start."""


class Match(NamedTuple):
    """A phrase found: the tokens `first` up to but not including `last`."""

    phrase: Phrase
    first: int
    last: int
    hashtag: bool = False
    plural: bool = False


@dataclass(slots=True)
class Vocabulary:
    """All phrases by their first word, and those of several words by their joined spelling."""

    by_first: dict[str, list[Said]] = field(default_factory=dict[str, list[Said]])
    joined: dict[str, Said] = field(default_factory=dict[str, Said])
    groups: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    guards: dict[tuple[str, tuple[str, ...]], Guard] = field(default_factory=dict[tuple[str, tuple[str, ...]], Guard])
    _next: dict[str, dict[str, list[Said]]] = field(default_factory=dict[str, dict[str, list[Said]]])

    @classmethod
    def load(cls, directory: Path | None = None) -> Self:
        """Reads every TOML file of `directory`, or of the folder that comes with Warmnote.

        Raises Expected naming the file when one cannot be read.
        """
        vocabulary = cls()
        for path in sorted((directory or resource("interests")).glob("*.toml")):
            try:
                data = tomllib.loads(path.read_text(encoding="utf-8"))
                if path.name == _SILENCE:
                    vocabulary._add_silent(data)
                else:
                    vocabulary._add_kind(data)
            except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as problem:
                raise Expected(f"The list of interests {path.name} cannot be read: {problem}.") from problem
        return vocabulary

    def __len__(self) -> int:
        return len(self.groups)

    def _add_kind(self, data: dict[str, Any]) -> None:
        kind: str = data["kind"]
        for alias, guard in guards(data):
            self.guards[kind, _words(alias)] = guard
        for group, text in data["words"].items():
            for line in text.splitlines():
                name, _, also = line.partition(": ")
                if not name:
                    continue
                self.groups.setdefault((kind, name), group)
                folded = _quickly(line)
                if folded:
                    aliases = map(str.split, folded.replace(": ", ", ", 1).split(", "))
                else:
                    aliases = _spelt(f"{name}, {also}" if also else name)
                self._add(aliases, Entry(kind, name, group))

    def _add_silent(self, data: dict[str, Any]) -> None:
        for topic, lists in data.items():
            for reach, said in lists.items():
                self._add((_words(a.strip(" ,")) for a in said.replace("\n", " ").split(", ")), Entry("", topic, reach))

    def _add(self, aliases: Iterable[Sequence[str]], entry: Entry) -> None:
        by_first, joined = self.by_first, self.joined
        for alias in aliases:
            said = (tuple(alias), entry)
            by_first.setdefault(alias[0], []).append(said)
            if len(alias) > 1:
                joined.setdefault("".join(alias), said)

    def group(self, kind: str, name: str) -> str:
        """The group an interest belongs to, or "?" for one that the vocabulary does not know."""
        return self.groups.get((kind, name), "?")

    def other(self, phrase: Phrase, kind: str) -> Phrase | None:
        """The same words as something of another kind, if they are listed so."""
        said = self.by_first[phrase.words[0]]
        return next(
            (Phrase(words, *entry) for words, entry in said if words == phrase.words and entry.kind == kind), None
        )

    def find(self, tokens: Sequence[Token]) -> Iterator[Match]:
        """The phrases in `tokens`, left to right, the longest first, none overlapping."""
        at, by_first, joined = 0, self.by_first, self.joined
        while at < len(tokens):
            word = tokens[at].word
            match = self._at(tokens, at, self._starting(word, tokens, at)) if word in by_first else None
            if match is None:
                last = word[-1]
                if word[0] == "#":
                    phrase = self._hashtag(word[1:])
                    match = Match(phrase, at, at + 1, hashtag=True) if phrase else None
                elif word in joined and len(word) > 6:
                    match = self._if_allowed(joined[word], tokens, at)
                elif last == "s" or last == "r":
                    match = self._inflected(tokens, at, word)
                elif "\u200d" in word:  # 🏃‍♀️ is a 🏃
                    match = self._at(tokens, at, by_first.get(word[0], ()))
                if match is None and len(word) > 7:
                    match = self._compound(at, word)
            if match:
                yield match
            at = match.last if match else at + 1

    def named(self, text: str) -> Phrase | None:
        """The phrase that `text` is as a whole, if it is one."""
        words = words_of(text)
        if not words:
            return None
        for said, entry in self.by_first.get(words[0], ()):
            if entry.kind and len(said) == len(words) and said[:-1] == words[:-1] and _is_form(words[-1], said[-1]):
                return Phrase(said, *entry)
        return next((p for p in self._singles(words[0]) if p.kind), None) if len(words) == 1 else None

    def _starting(self, word: str, tokens: Sequence[Token], at: int) -> Sequence[Said]:
        """What begins with `word` and may go on as the text does, the longest first."""
        said = self.by_first[word]
        if len(said) == 1:
            return said
        index = self._next.get(word)
        if index is None:
            index = self._next[word] = {}
            for each in sorted(said, key=_length, reverse=True):
                index.setdefault(each[0][1] if len(each[0]) > 1 else "", []).append(each)
        following = tokens[at + 1].word if at + 1 < len(tokens) else ""
        fit: list[Said] = []
        if following and len(index) > ("" in index):
            for second in (following, *_stems(following), following + "s"):
                fit += index.get(second, ())
            fit.sort(key=_length, reverse=True)
        return [*fit, *index.get("", ())]

    def _guard(self, words: tuple[str, ...], entry: Entry) -> Guard | None:
        guard = self.guards.get((entry.kind, words))
        return guard if guard or entry.group not in USUAL or not words[0][0].isalpha() else USUAL[entry.group]

    def _at(self, tokens: Sequence[Token], at: int, said: Iterable[Said]) -> Match | None:
        for words, entry in said:
            last = at + len(words)
            if len(words) > 1 and not _same(words, tokens, at, last):
                continue
            if (
                entry.kind in _NAMED
                and len(words) > 1
                and not _is_title(words, entry.name, tokens[at], tokens[last - 1])
            ):
                continue
            guard = self._guard(words, entry)
            if guard is None or guard.fits(tokens, at, last):
                plural = len(words) > 1 and tokens[last - 1].word != words[-1]
                return Match(Phrase(words, *entry), at, last, plural=plural)
        return None

    def _if_allowed(self, said: Said, tokens: Sequence[Token], at: int, plural: bool = False) -> Match | None:
        guard = self._guard(*said)
        allowed = guard is None or guard.fits(tokens, at, at + 1)
        return Match(Phrase(said[0], *said[1]), at, at + 1, plural=plural) if allowed else None

    def _inflected(self, tokens: Sequence[Token], at: int, word: str) -> Match | None:
        for phrase in self._singles(word):
            match = self._if_allowed((phrase.words, Entry(*phrase[1:])), tokens, at, plural=word[-1] == "s")
            if match:
                return match
        return None

    def _singles(self, word: str) -> Iterator[Phrase]:
        """The phrases of one word of which `word` is a form."""
        for stem in (word, *_stems(word)):
            known = False
            for words, entry in self.by_first.get(stem, ()):
                if len(words) == 1:
                    known = True
                    yield Phrase(words, *entry)
            if known:
                return  # what is listed in one form ("cats") has its guard there

    def _compound(self, at: int, word: str) -> Match | None:
        """A compound as German makes them, of a word that is known: "Hobbyimkerin", "Katzenmama"."""
        if word.startswith(_BEGINNING):
            rest = word[len(_BEGINNING) :]
        elif word.endswith(_ENDS):
            rest = word[: -max(len(end) for end in _ENDS if word.endswith(end))]
        else:
            return None
        for stem in (rest, rest.removesuffix("n"), rest.removesuffix("s"), rest.removesuffix("en")):
            phrase = self._piece(stem) if len(stem) > 2 else None
            if phrase and phrase.kind:
                return Match(phrase, at, at + 1)
        return None

    def _piece(self, word: str) -> Phrase | None:
        """What a piece of a hashtag means by itself."""
        if word in self.joined:
            words, entry = self.joined[word]
            return Phrase(words, *entry)
        for phrase in self._singles(word):
            guard = self._guard(phrase.words, Entry(*phrase[1:]))
            if guard is None or not guard.asks_for_context:
                return phrase
        return None

    def _hashtag(self, word: str) -> Phrase | None:
        plain = word.replace(" ", "")
        return self._piece(plain) or self._split(plain[:40]) or (self._of_humps(word.split()) if " " in word else None)

    def _split(self, word: str) -> Phrase | None:
        """The longest phrase of which a hashtag is made, the rest being small words: #instarunners, #mydoglife."""
        length = len(word)
        reach: list[tuple[int, Phrase | None] | None] = [None] * (length + 1)
        reach[0] = (0, None)
        for end in range(1, length + 1):
            for start in range(max(0, end - 20), end):
                before, piece = reach[start], word[start:end]
                if before is None:
                    continue
                phrase = self._piece(piece) if len(piece) > 2 or piece[-1].isdigit() else None
                if phrase is None and piece not in _FILLERS:
                    continue
                score = before[0] + (len(piece) ** 2 if phrase else 0)
                held = reach[end]
                if held is None or score > held[0]:
                    kept = before[1]
                    if phrase and not (kept and len("".join(kept.words)) >= len(piece)):
                        kept = phrase
                    reach[end] = (score, kept)
        found = reach[length]
        return found[1] if found else None

    def _of_humps(self, humps: Sequence[str]) -> Phrase | None:
        """What a hashtag in camel case ends with, or holds in two words or more: #TorontoParkrun, #NoWaterColourToday."""
        for size in range(min(3, len(humps)), 0, -1):
            for start in range(len(humps) - size, -1, -1):
                piece = "".join(humps[start : start + size])
                if size == 1 and (start + 1 < len(humps) or len(piece) < 5):
                    continue
                phrase = self._piece(piece)
                if phrase:
                    return phrase
        return None


def _length(said: Said) -> int:
    return len(said[0])


def _is_title(words: tuple[str, ...], name: str, first: Token, last: Token) -> bool:
    """Whether a name is written as one: "the King" is not the Kings, nor a "Family guy" Family Guy."""
    if len(last.word) < len(words[-1]) and name.startswith("the "):
        return False
    whole = first.capital and not last.capital and last.word[0].isalpha()
    return not (whole and name.casefold() == " ".join(words) and name.rsplit(maxsplit=1)[-1][0].isupper())


def _same(words: tuple[str, ...], tokens: Sequence[Token], at: int, last: int) -> bool:
    if last > len(tokens) or (len(words) > 2 and tokens[at + 1].word != words[1]):
        return False
    if tokens[last - 1].clause != tokens[at].clause or not _is_form(tokens[last - 1].word, words[len(words) - 1]):
        return False
    return len(words) == 2 or all(tokens[at + n].word == words[n] for n in range(1, len(words) - 1))


def _is_form(said: str, listed: str) -> bool:
    """Whether the last word of a phrase was said as listed, in the plural or singular, or as the person who does it."""
    if said == listed:
        return True
    if said[0] != listed[0] or said == "s":
        return False
    return listed in _stems(said) or (listed[-1] == "s" and said + "s" == listed and len(said) > 3)


@lru_cache(maxsize=4096)
def _stems(word: str) -> tuple[str, ...]:
    """What `word` may be the plural of, or the person who does it ("woodturners": "woodturner", "woodturning")."""
    stems: list[str] = []
    if word.endswith("s") and len(word) > 3 and not word.endswith("ss") and word != "folks":
        stems.append(word[:-1])
        if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
            stems.append(word[:-2])
        if word.endswith("ies"):
            stems.append(word[:-3] + "y")
    agents = [each for each in (word, *stems) if each.endswith("er") and len(each) > 4 and each not in _NOT_PEOPLE]
    return (*stems, *(agent[:-2] + "ing" for agent in agents))


def _spelt(aliases: str) -> Iterator[tuple[str, ...]]:
    """The words of each alias, of two where its other gender is given: "abogado/a", "lehrer/in"."""
    for alias in aliases.split(", "):
        alias, slash, ending = alias.partition("/")
        words = _words(alias)
        yield words
        if slash:
            stem = words[-1][:-1] if ending == "a" and words[-1].endswith("o") else words[-1]
            yield (*words[:-1], stem + ending)


def _words(alias: str) -> tuple[str, ...]:
    folded = _quickly(alias)
    return tuple(folded.split()) if folded else words_of(alias)


def _quickly(line: str) -> str:
    """A line folded as a whole, or nothing if it holds more than letters, figures, spaces and hyphens."""
    folded = line.lower().replace("-", " ")
    if folded.isascii():
        return folded if _PLAIN.match(folded) else ""
    folded = normalize("NFKD", folded)
    return folded.encode("ascii", "ignore").decode() if _PLAIN.match(folded) else ""
