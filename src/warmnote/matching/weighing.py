"""What speaks for two people being one, and what against it: each sign has a weight, and a sentence for the user.

The weights add up to the logarithm of odds. They were tuned by hand on the first part of tests/unit/same_or_not.tsv.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from warmnote.matching import signs
from warmnote.matching.names import Agreement, Name, agreement
from warmnote.matching.pairs import Candidate, Pair
from warmnote.model import Network

__all__ = ["One", "Scale", "handles_of"]

_SURE_ENOUGH = 0.5
_START = -1.0
_NAMES = {
    Agreement.SAME: 2.0,
    Agreement.NEAR: 1.6,
    Agreement.PART: 1.3,
    Agreement.INITIAL: 0.4,
    Agreement.WORD: 0.0,
    Agreement.UNKNOWN: -0.4,
    Agreement.HALF: -1.5,
    Agreement.CONFLICT: -3.0,
}
_EMAIL, _COMPANY, _NEAR_COMPANY, _CITY, _DOMAIN, _HANDLE, _NAMED_HANDLE, _HANDLE_IS_NAME = (
    3.5,
    2.0,
    1.4,
    1.4,
    1.6,
    3.0,
    1.2,
    1.6,
)
_COMMON_NAME = 2.4
_OTHER_CITY, _OTHER_COMPANY, _SAME_NETWORK = -0.9, -0.5, -2.4


@dataclass(frozen=True, slots=True)
class One:
    """A candidate as it is compared."""

    who: Candidate
    name: Name
    key: str
    company: tuple[str, ...]
    city: str
    domain: str
    handles: tuple[tuple[Network, str], ...]


def handles_of(name: Name) -> Iterable[str]:
    """The handles that somebody of this name would like to have."""
    first, *rest = name.words
    yield "".join(name.words)
    if rest:
        yield f"{rest[-1]}{first}"
        yield f"{first[0]}{rest[-1]}"


class Scale:
    """Weighs two people against each other."""

    def __init__(self, left: One, right: One) -> None:
        self._left = left
        self._right = right
        self._weight = _START
        self._for: list[tuple[float, str, str]] = []  # weight, in two words, in a sentence
        self._against: list[str] = []
        self._names = Agreement.UNKNOWN
        self._proved = False

    def _add(self, weight: float, reason: str, why: str) -> None:
        self._weight += weight
        self._for.append((weight, reason, why))

    def _object(self, weight: float, why: str) -> None:
        self._weight += weight
        self._against.append(why)

    def weigh_names(self, called: int) -> None:
        """`called`: how many in the notebook have one of these names. A name that many have says little."""
        self._names = agreement(self._left.name, self._right.name)
        weight = _NAMES[self._names]
        if called > 2 and self._names > Agreement.WORD:
            weight -= min(0.75 * math.log2(called / 2), _COMMON_NAME)
        names = f"{self._left.who.name} and {self._right.who.name}"
        match self._names:
            case Agreement.SAME:
                self._add(weight, "same name", f"both are called {self._left.who.name}")
            case Agreement.NEAR:
                self._add(weight, "nearly the same name", f"nearly the same name: {names}")
            case Agreement.PART:
                self._add(weight, "nearly the same name", f"one name is part of the other: {names}")
            case Agreement.INITIAL:
                self._add(weight, "a name with an initial", f"an initial for a name: {names}")
            case Agreement.CONFLICT | Agreement.HALF:
                self._object(weight, f"other names: {names}")
            case _:
                self._weight += weight
        if called > 2 and self._names > Agreement.WORD:
            self._against.append(f"{called:,} people in your notebook have that name")
        one, other = self._left.name.generation, self._right.name.generation
        if one != other:
            self._object(-1.0, "only one of them is " + {"jr": "Junior", "sr": "Senior"}.get(one or other, "numbered"))

    def weigh_addresses(self) -> None:
        """An address of their own that two people share, or one domain. After the names, as all that follow."""
        one, other = self._left.who.email.strip().casefold(), self._right.who.email.strip().casefold()
        if one and one == other:
            if signs.is_office(one):
                if self._names >= Agreement.INITIAL:
                    self._proved = True
                    self._add(_DOMAIN, "same e-mail", f"both write from {one}")
                return
            self._proved = True
            if self._names <= Agreement.HALF:
                self._add(_EMAIL + 1.0, "same e-mail, other name", f"both write from {one}")
            else:
                self._add(_EMAIL, "same e-mail", f"both write from {one}")
        elif self._left.domain and self._left.domain == self._right.domain:
            self._proved = self._proved or self._names >= Agreement.INITIAL
            self._add(_DOMAIN, "same e-mail domain", f"both have an address at {self._left.domain}")

    def weigh_handles(self) -> None:
        """One handle on two networks, or a handle that is the other's name."""
        shared = {
            handle
            for of, handle in self._left.handles
            for on, other in self._right.handles
            if handle == other and of != on
        }
        if shared:
            longest = max(shared, key=len)
            # Whoever is called John Smith likes to be @johnsmith: that says little more than the name.
            names = [one.name for one in (self._left, self._right) if self._names >= Agreement.INITIAL]
            named = any(longest in handles_of(name) for name in names)
            self._proved = True
            long = min(max(0.25 * (len(longest) - 8), 0), 2)
            self._add(_HANDLE_IS_NAME if named else _HANDLE + long, f"same handle @{longest}", f"both are @{longest}")
            return
        if self._names not in (Agreement.UNKNOWN, Agreement.WORD):
            return
        for one, other in ((self._left, self._right), (self._right, self._left)):
            wanted = set(handles_of(one.name)) if len(one.name.words) > 1 else set[str]()
            if handle := next((h for _, h in other.handles if h in wanted), None):
                self._proved = True
                self._add(_NAMED_HANDLE, f"@{handle} is the name", f"@{handle} is {one.who.name} in one word")
                return

    def weigh_work(self, colleagues: int) -> None:
        """`colleagues`: how many in the notebook are at companies that begin alike. Among many, one says less."""
        one, other = self._left.company, self._right.company
        if not one or not other:
            return
        crowd = 0.15 * math.log2(colleagues / 50) if colleagues > 50 else 0.0
        if one == other or "".join(one) == "".join(other):
            self._known_at()
            self._add(_COMPANY - crowd, "same company", f"both at {self._left.who.company}")
        elif one[0] == other[0] and signs.near(one, other):
            self._known_at()
            self._add(
                _NEAR_COMPANY - crowd,
                "nearly the same company",
                f"{self._left.who.company} and {self._right.who.company}",
            )
        else:
            self._object(_OTHER_COMPANY, f"other companies: {self._left.who.company} and {self._right.who.company}")

    def weigh_place(self, neighbours: int) -> None:
        """`neighbours`: how many in the notebook live in that city."""
        one, other = self._left.city, self._right.city
        if not one or not other:
            return
        if one == other:
            self._known_at()
            crowd = 0.1 * math.log2(neighbours / 200) if neighbours > 200 else 0.0
            self._add(_CITY - crowd, "same city", f"both in {self._left.who.location}")
        else:
            self._object(_OTHER_CITY, f"other cities: {self._left.who.location} and {self._right.who.location}")

    def _known_at(self) -> None:
        self._proved = self._proved or self._names >= Agreement.INITIAL

    def weigh_networks(self) -> bool:
        """Two accounts on one network are two people, as a rule; returns whether they are ruled out by that."""
        for network in sorted({n for n, _, _ in self._left.who.accounts} - signs.MANY):
            mine = {key for n, key, _ in self._left.who.accounts if n == network}
            theirs = {key for n, key, _ in self._right.who.accounts if n == network}
            if not theirs or not mine.isdisjoint(theirs):
                continue
            self._object(_SAME_NETWORK, f"each has an account of their own on {network.label}")
            same_work = self._left.company and self._left.company == self._right.company
            email = self._left.who.email and self._left.who.email.casefold() == self._right.who.email.casefold()
            moved = network == Network.MASTODON and set(self._left.handles) & set(self._right.handles)
            if self._names is not Agreement.SAME or not (same_work or email or moved):
                return False
        return True

    def pair(self) -> Pair | None:
        """The two, if it is more likely than not that they are worth a look."""
        sure = 1 / (1 + math.exp(-self._weight))
        if not self._proved or sure < _SURE_ENOUGH:
            return None
        strongest = sorted(self._for, key=lambda sign: -sign[0])[:2]
        reason = ", ".join(sign[1] for sign in self._for if sign in strongest)
        why = (*(sign[2] for sign in self._for), *self._against)
        return Pair(self._left.who.id, self._right.who.id, reason, round(sure, 3), why)
