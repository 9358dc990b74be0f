"""One person of an export, and all of them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from warmnote.followers.container import Container
from warmnote.model import Batch, Fact, Identity, Incoming, Message, Mine, Network, Problem, Stage

__all__ = ["FIELDS", "STAGES", "Gathered", "Person", "day", "moment"]

FIELDS = ("name", "bio", "location", "company", "position", "pronouns", "email")
STAGES = {stage.name.lower(): stage for stage in Stage}

_SOURCE = "Warmnote export"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Gathered:
    """The people read so far, and what was left out."""

    people: list[Incoming] = field(default_factory=list[Incoming])
    skipped: list[Problem] = field(default_factory=list[Problem])
    problems: list[Problem] = field(default_factory=list[Problem])

    def add(self, person: "Person") -> None:
        """Keep somebody, or say why not."""
        self.problems += person.problems
        incoming = person.incoming()
        if incoming is None:
            self.skipped.append(Problem(person.row, "", "no name and no account"))
        else:
            self.people.append(incoming)

    def batch(self, container: Container, read_as: str, on: date | None, notes: tuple[str, ...] = ()) -> Batch:
        """All of it."""
        return Batch(
            _SOURCE,
            Network.OTHER,
            container.origin,
            tuple(self.people),
            tuple(self.skipped),
            tuple(self.problems),
            read_as,
            on,
            notes,
        )


@dataclass(slots=True)
class Person:
    """One person of an export; what cannot be used is noted among the problems."""

    row: int
    problems: list[Problem] = field(default_factory=list[Problem])
    fields: dict[str, Any] = field(default_factory=dict[str, Any])
    identities: list[Identity] = field(default_factory=list[Identity])
    facts: tuple[Fact, ...] = ()
    messages: tuple[Message, ...] = ()
    do_not_write: bool = False
    number: int = 0
    mine: Mine = field(default_factory=Mine)

    def mind(self, column: str, reason: str) -> None:
        """Note that something was left out."""
        self.problems.append(Problem(self.row, column, reason))

    def incoming(self) -> Incoming | None:
        """The record; None for nobody."""
        if self.identities:
            first, *further = self.identities
        elif self.fields.get("name", "").strip():
            added = self.mine.added_at or _EPOCH
            birth = (added - _EPOCH) // timedelta(microseconds=1)
            first, further = Identity(Network.OTHER, f"warmnote:{birth}:{self.number}"), []
        else:
            return None
        return Incoming(
            row=self.row,
            network=first.network,
            key=first.key,
            handle=first.handle,
            url=first.url,
            followed_on=first.followed_on,
            followed_known=first.followed_known,
            do_not_write=self.do_not_write,
            facts=self.facts,
            messages=self.messages,
            accounts=tuple(further),
            follows=False,
            mine=self.mine,
            **self.fields,
        )


def day(value: str) -> date | None:
    """The day that a text gives; None for none."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def moment(value: str) -> datetime | None:
    """The moment that a text gives, in UTC; None for none."""
    try:
        at = datetime.fromisoformat(value)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
