"""What must stand around a word of the vocabulary for it to mean its interest: "jam" is none after "traffic"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from warmnote.prompts._words import Token, fold, is_mark

__all__ = ["USUAL", "Guard", "guards"]

_RULES = ("not before", "not after", "only before", "only after", "near")
_CUES = frozenset(
    fold(w)
    for w in ("in", "from", "near", "around", "to", "at", "outside", "en", "à", "bei", "aus", "em", "📍", "🏠", "🏡")
)
_BEFORE_NAMES = frozenset(
    "the sunny rainy beautiful rural lovely central downtown greater north south east west old".split()
)
_FANS = frozenset(
    "go fan fans nation supporter supporters since till til season forever army baby fc afc cf sc united believer faithful "
    "tragic diehard lifelong suffering in 4".split()
)
_DOERS = frozenset("i we i'd also still sometimes occasionally mostly mainly badly to and who".split())
_REGIONS = frozenset(
    "al ak az ar ca ct fl ga ia il ks ky la mi mn ms mo mt ne nv nh nj nm ny nc nd oh or ri sc sd tn tx ut vt va wa wv wi wy dc uk "
    "usa us england scotland wales ireland france germany spain portugal italy australia canada ontario texas florida california "
    "georgia arizona ohio michigan".split()
)


@dataclass(frozen=True, slots=True)
class Guard:
    """What must hold around a phrase for it to mean its interest; the sets are folded neighbours of the same clause.

    `cue` wants a word like "in" before it (or a state after it), `alone` is content with a clause of its own, `name`
    with a capital letter as well. `near` is satisfied by either neighbour.
    """

    capital: bool = False
    cue: bool = False
    alone: bool = False
    name: bool = False
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    only_before: frozenset[str] = frozenset()
    only_after: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()

    def fits(self, tokens: Sequence[Token], at: int, last: int) -> bool:
        """Whether it holds for the tokens from `at` up to but not including `last`."""
        clause, capital = tokens[at].clause, tokens[at].capital
        before = tokens[at - 1].word if at and tokens[at - 1].clause == clause else ""
        after = tokens[last].word if last < len(tokens) and tokens[last].clause == clause else ""
        if is_mark(before or " ") and before not in _CUES:
            before = ""
        if is_mark(after or " "):
            after = ""
        if self.alone and not self.cue:
            return (not before and not after) or (bool(self.near) and (before in self.near or after in self.near))
        return (
            (capital or not self.capital)
            and after not in self.not_before
            and before not in self.not_after
            and (not self.only_before or after in self.only_before)
            and (not self.only_after or before in self.only_after)
            and (not self.near or before in self.near or after in self.near)
            and (not self.cue or (self.name and capital) or (self.alone and not before and not after)
                 or _cued(tokens, at, last, before))
        )  # fmt: skip

    @property
    def asks_for_context(self) -> bool:
        """Whether it can hold only beside other words, as no piece of a hashtag is."""
        return bool(
            self.only_before or self.only_after or self.near or (self.cue and not self.name) or self.alone > self.name
        )


def _cued(tokens: Sequence[Token], at: int, last: int, before: str) -> bool:
    if before in _BEFORE_NAMES and at > 1:
        before = tokens[at - 2].word
    if before in _CUES:
        return True
    return last < len(tokens) and tokens[last].word in _REGIONS and tokens[last].start - tokens[last - 1].end <= 2


_SHORT = {
    "capital": Guard(capital=True),
    "cue": Guard(capital=True, cue=True),
    "alone": Guard(capital=True, cue=True, alone=True),
    "fan": Guard(capital=True, near=_FANS),
    "verb": Guard(only_after=_DOERS),
}
USUAL = {"places": Guard(cue=True, alone=True, name=True), "mascots": Guard(capital=True, near=_FANS)}
"""What guards the words of these groups unless the list says otherwise."""


def guards(data: dict[str, Any]) -> Iterator[tuple[str, Guard]]:
    """The guards of one list, each with the alias that it guards. Raises ValueError for a rule that is none."""
    for short, names in data.get("only", {}).items():
        for alias in names.replace("\n", " ").split(", "):
            yield alias.strip(" ,"), _SHORT[short]
    for line in data.get("guards", "").splitlines():
        if line:
            alias, _, rules = line.partition(": ")
            yield alias, _guard(alias, rules)


def _guard(alias: str, rules: str) -> Guard:
    given = dict[str, Any]()
    for rule in rules.split("; "):
        if rule in ("capital", "alone"):
            given[rule] = True
            continue
        name = next((name for name in _RULES if rule.startswith(name + " ")), None)
        if name is None:
            raise ValueError(f"unknown guard {rule!r} at {alias}")
        given[name.replace(" ", "_")] = frozenset(map(fold, rule[len(name) + 1 :].split(", ")))
    return Guard(**given)
