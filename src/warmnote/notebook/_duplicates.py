"""One person per human: who may be the same, side by side, and what the user says to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from warmnote.model import Clock, MessageKind, Network, Person
from warmnote.notebook._values import Cancelled, Changes
from warmnote.store import Exchange, MergeRecord, Store

if TYPE_CHECKING:
    from warmnote.matching import Pair

__all__ = ["Comparison", "Duplicates", "Side"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two people beside each other. `messages` counts what was said, without `notes`; `draft` if one is begun."""

    person: Person
    messages: int
    notes: int
    last_contact: datetime | None
    draft: bool

    @property
    def networks(self) -> tuple[Network, ...]:
        """Where they have accounts, each once."""
        return tuple(dict.fromkeys(identity.network for identity in self.person.identities))

    @property
    def weight(self) -> int:
        """How much hangs on this one; the other is the one to go into it."""
        return self.messages + self.notes + len(self.person.identities) + len(self.person.facts) + 2 * self.draft


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two people beside each other. `kept` is the id of the one on whom more hangs, the left one if it is all one."""

    left: Side
    right: Side

    @property
    def kept(self) -> int:
        """Who had better stay."""
        return (self.right if self.right.weight > self.left.weight else self.left).person.id


class Duplicates:
    """Suggestions, merges and partings. Nothing is ever merged here but by the user's word."""

    def __init__(self, store: Store, clock: Clock, zone: tzinfo | None) -> None:
        self._store = store
        self._clock = clock
        self._zone = zone

    def find(
        self, progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> "tuple[Pair, ...]":
        """The pairs who may be one person, the surest first, the archived among them; 4 s for 100,000 people.

        Not those whom the user called different, and none of the invented people. `progress` hears (done, of how
        many). Raises Cancelled once `cancelled` says so.
        """
        from warmnote.matching import Candidate, suggest  # nobody needs it before the page is opened

        def passed(done: int, total: int) -> None:
            if progress is not None:
                progress(done, total)
            if cancelled is not None and cancelled():
                raise Cancelled

        with self._store.snapshot():
            accounts = self._store.merging.accounts()
            people = [
                Candidate(person, name, company, location, email, tuple(accounts.get(person, ())))
                for person, name, company, location, email in self._store.merging.candidates()
            ]
            ruled_out = self._store.merging.ruled_out()
        return suggest(people, ruled_out, passed)

    def compare(self, left: int, right: int) -> Comparison:
        """Two people side by side. Raises Gone."""
        with self._store.snapshot():
            return Comparison(self._side(left), self._side(right))

    def _side(self, person: int) -> Side:
        found = self._store.people.get(person, self._clock(), self._zone)
        log = self._store.log.of(person)
        notes = sum(entry.kind is MessageKind.NOTE for entry in log)
        draft = bool(self._store.people.draft(person).text.strip())
        return Side(found, len(log) - notes, notes, Exchange.of(log).last_contact, draft)

    def merges_of(self, person: int) -> tuple[MergeRecord, ...]:
        """Everyone who went into a person, the latest first."""
        return self._store.merging.merges_of(person)

    def merge(self, kept: int, gone: int, reason: str = "by hand") -> Changes:
        """Makes one person of two, `kept` from then on, who loses nothing of either. Raises Gone.

        `reason` is what the person's card says later. To take it back: undo, or `part` at any later time.
        """
        name, other = self._store.people.name(kept), self._store.people.name(gone)
        with self._store.step() as step:
            self._store.merging.merge(kept, gone, reason, self._clock())
        return Changes.of(step, f"{name} and {other} are one person now")

    def part(self, merge: int) -> Changes:
        """Takes a merge back; whoever went is there again under the same id. What came since stays where it is.

        The two are remembered as two, as by `not_same`, or the next import might join them again.

        Raises Expected if that was done already.
        """
        with self._store.step() as step:
            kept, back = self._store.merging.part(merge)
            self._store.merging.not_same(kept, back)
        names = self._store.people.name(kept), self._store.people.name(back)
        return Changes.of(step, f"{names[0]} and {names[1]} are two people again")

    def not_same(self, a: int, b: int) -> Changes:
        """Remembers that two people are two: they are not suggested again, and no import joins them. Raises Gone."""
        names = self._store.people.name(a), self._store.people.name(b)
        with self._store.step() as step:
            self._store.merging.not_same(a, b)
        return Changes.of(step, f"{names[0]} and {names[1]} stay two people")
