"""What the use cases give back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from warmnote.model import Draft, Expected, Incoming, Message, Network, Person, PromptUse
from warmnote.store import FieldChange, ItemKind, MergeRecord, Step

__all__ = [
    "Back",
    "Cancelled",
    "Changes",
    "Hello",
    "Opened",
    "Preview",
    "PreviewItem",
    "Resting",
    "Today",
    "Undo",
    "Waiting",
]


class Cancelled(Expected):
    """The user stopped the work; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("Stopped. Nothing was changed.", "")


@dataclass(frozen=True, slots=True)
class Undo:
    """A ticket for `Notebook.undo`, good for one use.

    `step` is good until the notebook is closed; `batch` names an import, which can be undone at any later time.
    `label` says what would be taken back.
    """

    step: int | None = None
    batch: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """Whom a write touched, by id, in words for the notice bar ("Ana Moreno was deleted"), and how to take it back.

    The label of an undo is that of what was taken back.
    """

    added: frozenset[int] = frozenset()
    changed: frozenset[int] = frozenset()
    removed: frozenset[int] = frozenset()
    label: str = ""
    undo: Undo | None = None

    @classmethod
    def of(cls, step: Step, label: str) -> "Changes":
        """What a finished step did, with the ticket that takes it back if it did anything."""
        undo = None if step.number is None else Undo(step=step.number, label=label)
        return cls(step.added, step.changed, step.removed, label, undo)


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything needed to write to a person, read in one moment.

    `messages` holds notes and meetings too, the oldest first. `last_seen` tells of accounts that the latest imports
    did not hold when they last were in one; absence is not an unfollow. `merges` are those who went into this person.
    """

    person: Person
    draft: Draft
    messages: tuple[Message, ...]
    used: tuple[PromptUse, ...]
    excused: frozenset[tuple[str, str]]
    past_handles: tuple[str, ...] = ()
    last_seen: Mapping[int, datetime] = field(default_factory=lambda: MappingProxyType({}))
    merges: tuple[MergeRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Someone who had the last word. `asked` if it holds a question; `why` is what the user planned with them."""

    id: int
    name: str
    text: str
    at: datetime
    asked: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Hello:
    """A new person worth a hello, with the thing to begin with.

    `kind` is the fact's kind, or "bio", or "work" (position and company); `source` is where it was seen, `on` when.
    """

    id: int
    name: str
    reason: str
    kind: str
    source: str
    on: date | None
    followed_on: date | None


@dataclass(frozen=True, slots=True)
class Back:
    """Someone the user wanted to come back to today or earlier."""

    id: int
    name: str
    why: str
    due: date


@dataclass(frozen=True, slots=True)
class Resting:
    """Someone who left two or more letters unanswered: the kindest thing is to wait."""

    id: int
    name: str
    letters: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Today:
    """What the day holds. Nobody stands in two of the lists. `new` counts everyone the filter New shows."""

    day: date
    waiting: tuple[Waiting, ...] = ()
    hello: tuple[Hello, ...] = ()
    back: tuple[Back, ...] = ()
    rest: tuple[Resting, ...] = ()
    new: int = 0

    @property
    def people(self) -> int:
        """How many people the page shows."""
        return len(self.waiting) + len(self.hello) + len(self.back) + len(self.rest)


@dataclass(frozen=True, slots=True)
class PreviewItem:
    """One line of a preview. A record with a problem has a line of its own besides the person it made.

    `row` is None for what concerns the source as a whole; `person` is the id of someone already known.
    """

    kind: ItemKind
    row: int | None
    incoming: Incoming | None = None
    changes: tuple[FieldChange, ...] = ()
    person: int | None = None
    column: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. `baseline`: no followers of these networks were imported before, so nobody counts as
    new follower unless the user names a day. `followed` names the networks of which there were.
    """

    source: str
    network: Network
    origin: str
    read_as: str
    exported_on: date | None
    notes: tuple[str, ...]
    baseline: bool
    followed: frozenset[Network]
    items: tuple[PreviewItem, ...]
    new: int
    changed: int
    unchanged: int
    skipped: int
    problems: int

    def arrivals(self, new_since: date | None) -> int:
        """How many would be marked as new followers by `import_batch(batch, new_since)`."""
        return sum(
            one.network in self.followed
            or (new_since is not None and one.followed_on is not None and one.followed_on >= new_since)
            for item in self.items
            if item.kind is ItemKind.NEW and (one := item.incoming) is not None and one.follows
        )
