"""Pairs of people who may be one, the surest first, with the reasons in words.

Nobody is compared with everybody. Two people are looked at if they share a company, a city or a domain of e-mail and
their names begin alike; or a long handle, a handle that is the other's name, or an address. The rest is weighing.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from itertools import combinations

from warmnote.accounts import stands_in
from warmnote.matching import signs
from warmnote.matching.names import Agreement, agreement, read_name
from warmnote.matching.pairs import CROWD, Candidate, Pair
from warmnote.matching.weighing import One, Scale, handles_of
from warmnote.matching.words import words

__all__ = ["suggest"]

_SHARED_BY = 4  # more people with one handle or address, and it is not a person's
# In a block of names that begin alike each is held against each; 100,000 people need an eighth of them.
_MOST_IN_BLOCK = 300
_MOST_COMPARISONS = 150_000
_EVERY = 2_000


def suggest(
    people: Sequence[Candidate], ruled_out: Set[tuple[int, int]], progress: Callable[[int, int], None]
) -> tuple[Pair, ...]:
    """See `warmnote.matching.suggest`."""
    return _Search(people, ruled_out, progress).pairs()


class _Search:
    def __init__(
        self, people: Sequence[Candidate], ruled_out: Set[tuple[int, int]], progress: Callable[[int, int], None]
    ) -> None:
        self._ruled_out = ruled_out
        self._progress = progress
        self._total = 2 * len(people)
        self._ones: list[One] = []
        self._read(people)
        self._called = Counter(one.key for one in self._ones)
        self._at: dict[tuple[str, object], list[int]] = {}
        self._seen: set[int] = set()
        self._comparisons = 0

    def _read(self, people: Sequence[Candidate]) -> None:
        companies: dict[str, tuple[str, ...]] = {"": ()}
        cities: dict[str, str] = {"": ""}
        for number, who in enumerate(people):
            if number % _EVERY == 0:
                self._progress(number, self._total)
            if (company := companies.get(who.company)) is None:
                company = companies[who.company] = signs.company(who.company)
            if (city := cities.get(who.location)) is None:
                city = cities[who.location] = signs.city(who.location)
            nameless = stands_in(who.name, [(key, handle) for _, key, handle in who.accounts])
            name = read_name("" if nameless else who.name)
            handles = tuple((of, key) for of, _, handle in who.accounts if (key := signs.handle(of, handle)))
            domain = signs.domain(who.email) if who.email else ""
            self._ones.append(One(who, name, " ".join(sorted(name.words)), company, city, domain, handles))

    def pairs(self) -> tuple[Pair, ...]:
        found: list[Pair] = []
        for i, j in (*self._by_sign(), *self._by_name()):
            number = i * len(self._ones) + j
            if number not in self._seen:
                self._seen.add(number)
                if (pair := self._weighed(self._ones[i], self._ones[j])) is not None:
                    found.append(pair)
        self._progress(self._total, self._total)
        return tuple(sorted(found, key=lambda pair: (-pair.sure, pair.left, pair.right)))

    # who is looked at

    def _by_sign(self) -> Iterator[tuple[int, int]]:
        """Those who share a handle or an address, or of whom one's handle is the other's name."""
        handles: dict[str, list[int]] = {}
        addresses: dict[str, list[int]] = {}
        for i, one in enumerate(self._ones):
            for handle in {handle for _, handle in one.handles}:
                handles.setdefault(handle, []).append(i)
            if one.who.email:
                addresses.setdefault(one.who.email.strip().casefold(), []).append(i)
        for shared in (*handles.values(), *addresses.values()):
            if 1 < len(shared) <= _SHARED_BY:
                yield from combinations(shared, 2)
        for j, one in enumerate(self._ones):
            if len(one.name.words) > 1:
                for joined in handles_of(one.name):
                    for i in handles.get(joined, ())[:_SHARED_BY]:
                        if i != j and self._meet(self._ones[i], one):
                            yield min(i, j), max(i, j)

    @staticmethod
    def _meet(one: One, other: One) -> bool:
        return bool(
            (one.company and one.company == other.company)
            or (one.city and one.city == other.city)
            or (one.domain and one.domain == other.domain)
        )

    def _by_name(self) -> Iterator[tuple[int, int]]:
        """Those whose names begin alike at one company, in one city or under one domain; the rarest of these first."""
        for i, one in enumerate(self._ones):
            if one.name.is_full:
                if one.company:
                    self._at.setdefault(("company", one.company[0]), []).append(i)
                if one.city:
                    self._at.setdefault(("city", one.city), []).append(i)
                if one.domain:
                    self._at.setdefault(("domain", one.domain), []).append(i)
        done = 0
        for number, members in enumerate(sorted(self._at.values(), key=len)):
            if number % _EVERY == 0 or len(members) > _EVERY:
                self._progress(len(self._ones) + min(done, len(self._ones)), self._total)
            done += len(members)
            if len(members) > 1:
                yield from self._within(members)

    def _within(self, members: list[int]) -> Iterator[tuple[int, int]]:
        named: dict[str, list[int]] = {}
        for i in members:
            named.setdefault(self._ones[i].key, []).append(i)
        for people in named.values():
            if 1 < len(people) <= CROWD:
                yield from combinations(people, 2)
        blocks: dict[tuple[object, str], list[str]] = {}
        for key, people in named.items():
            for block in _blocks(self._ones[people[0]].name.words):
                blocks.setdefault(block, []).append(key)
        compared: set[tuple[str, str]] = set()
        for block in blocks.values():
            if 1 < len(block) <= _MOST_IN_BLOCK:
                for one, other in combinations(block, 2):
                    if (one, other) not in compared and self._comparisons < _MOST_COMPARISONS:
                        compared.add((one, other))
                        self._comparisons += 1
                        yield from self._if_alike(named[one], named[other])

    def _if_alike(self, some: list[int], others: list[int]) -> Iterator[tuple[int, int]]:
        if len(some) + len(others) > CROWD:
            return
        if agreement(self._ones[some[0]].name, self._ones[others[0]].name) >= Agreement.INITIAL:
            for i in some:
                for j in others:
                    yield min(i, j), max(i, j)

    # what speaks for it

    def _weighed(self, one: One, other: One) -> Pair | None:
        left, right = (one, other) if one.who.id < other.who.id else (other, one)
        if (left.who.id, right.who.id) in self._ruled_out or left.who.id == right.who.id:
            return None
        scale = Scale(left, right)
        if left.name.generation and right.name.generation and left.name.generation != right.name.generation:
            return None
        scale.weigh_names(max(self._called[left.key], self._called[right.key]))
        scale.weigh_addresses()
        scale.weigh_handles()
        scale.weigh_work(len(self._at.get(("company", left.company[0]), ())) if left.company else 0)
        scale.weigh_place(len(self._at.get(("city", left.city), ())) if left.city else 0)
        if not scale.weigh_networks():
            return None
        return scale.pair()


def _blocks(found: tuple[str, ...]) -> Iterator[tuple[object, str]]:
    """Under what a name is looked up: each word, or the group it is a nickname in, with the initial of another."""
    if len(found) == 1:
        yield found[0], ""
    groups = words().nicknames
    for i, word in enumerate(found):
        if len(word) > 1:
            for j, other in enumerate(found):
                if i != j:
                    yield word, other[0]
                    for group in groups.get(word, ()):
                        yield group, other[0]
