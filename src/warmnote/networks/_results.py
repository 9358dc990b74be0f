"""What the three networks share: the values that come back, and collecting people while a list is read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from warmnote import accounts
from warmnote.model import Batch, Incoming, Link, Network, Problem
from warmnote.networks._account import Account
from warmnote.networks._client import Client, Failed
from warmnote.networks._errand import Manners, Watch
from warmnote.networks._memory import Ledger, Page
from warmnote.networks._walk import Walk, Walked

__all__ = ["SMALL", "Errand", "Gathered", "Synced", "links_of"]

SMALL = 2_000
"""A list that had at most so many people at its last end is always walked whole: that is twenty questions."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What a network answered. `key` is its own for the account that was asked about.

    `asked` is a sentence that tells what was asked of whom. `whole`: the list was seen to its end, in one go.
    """

    batch: Batch
    key: str
    asked: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Errand:
    """One errand to one network."""

    account: Account
    client: Client
    ledger: Ledger
    known: Callable[[Sequence[str]], set[str]]
    watch: Watch
    manners: Manners
    whole: bool = False

    @property
    def today(self) -> date:
        """The day in this machine's calendar."""
        return self.manners.now().astimezone().date()

    def stop_after(self, size: int) -> int:
        """After how many known people in a row a walk may end early; 0: it goes to the end. `size` is a page's."""
        return 0 if self.whole or self.ledger.length() <= SMALL else size

    def walk(
        self, ask: Callable[[str], Page], key: Callable[[dict[str, Any]], str], *, size: int, most: int = 0
    ) -> Walked:
        """Walk the list of followers; see Walk. `size` is that of a full page."""
        found = Walk(
            ask,
            key,
            self.ledger,
            self.watch,
            self.manners.now,
            self.known,
            stop_after=self.stop_after(size),
            pages=self.manners.pages,
            most=most,
            said=f"Asking {self.client.host} for the followers of {self.account.shown}",
        ).go()
        if found.ended:
            self.ledger.set_length(len(found.entries))
        return found

    def people_in(self, value: object) -> list[Any]:
        """The list in an answer. Raises Failed if it is none."""
        if not isinstance(value, list):
            raise Failed(
                f"{self.client.host} answered, but not with a list of followers.", "Check the name of the server."
            )
        return cast(list[Any], value)

    def told(self, people: int, more: str = "") -> str:
        """What was asked of whom, as a sentence."""
        questions = "1 question" if self.client.asked == 1 else f"{self.client.asked:,} questions"
        found = "1 person" if people == 1 else f"{people:,} people"
        return f"{self.client.host} was asked for the followers of {self.account.shown}{more}: {questions}, {found}."

    def first_seen(self, key: str, known: set[str]) -> date | None:
        """The day that stands for the follow's: today for somebody who has come to a list that was known before."""
        return self.today if known and key not in known else None


@dataclass(slots=True)
class Gathered:
    """Collects a batch entry by entry; rows count from 1 in the list's order."""

    network: Network
    source: str
    origin: str
    people: list[Incoming] = field(default_factory=list[Incoming])
    skipped: list[Problem] = field(default_factory=list[Problem])
    problems: list[Problem] = field(default_factory=list[Problem])
    notes: list[str] = field(default_factory=list[str])

    def skip(self, row: int, reason: str) -> None:
        """Leave an entry out."""
        self.skipped.append(Problem(row, "", reason))

    def batch(self, walked: Walked | None = None, *, on: date | None = None, whole: bool = False) -> Batch:
        """The batch; `whole` if the list was seen to its end in one go."""
        if walked is not None and walked.problem:
            self.problems.append(Problem(None, "", walked.problem))
        return Batch(
            self.source,
            self.network,
            self.origin,
            tuple(self.people),
            tuple(self.skipped),
            tuple(self.problems),
            exported_on=on,
            notes=tuple(self.notes),
            whole=frozenset({self.network}) if whole else frozenset(),
        )


def links_of(addresses: Iterable[str], network: Network, key: str, verified: Iterable[str] = ()) -> tuple[Link, ...]:
    """The accounts on other networks, or others on this one, that web addresses lead to.

    `verified` are those of the addresses that the network has seen a link back from.
    """
    proven = set(verified)
    found: dict[tuple[Network, str], Link] = {}
    for address in addresses:
        account = accounts.profile(address)
        if account is None or (account.network, account.key) == (network, key):
            continue
        place = account.network, account.key
        if place not in found or address in proven:
            found[place] = Link(*place, verified=address in proven)
    return tuple(found.values())
