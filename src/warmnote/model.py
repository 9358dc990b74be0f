"""What Warmnote knows: people, where they are met, what was learnt of them and what was said.

Plain frozen values, shared by every room of the house; no storage, no scoring, no Qt. Times are aware datetimes
in UTC, days are plain dates in the user's own calendar.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

__all__ = [
    "Batch",
    "Clock",
    "Draft",
    "Expected",
    "Exported",
    "Fact",
    "FollowUp",
    "Identity",
    "Incoming",
    "Knowledge",
    "Link",
    "Message",
    "MessageKind",
    "Mine",
    "Network",
    "Person",
    "Problem",
    "Progress",
    "PromptUse",
    "Stage",
    "Trace",
]

Clock = Callable[[], datetime]
"""Gives the present moment, aware, in UTC. Passed in everywhere so that tests can hold time still."""


class Expected(Exception):
    """Something that can happen to anyone (a locked file, wrong columns): told to the user, never a crash.

    `message` says what happened in words a salesperson knows; `hint` says what to do about it and may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class Network(StrEnum):
    """Where an identity lives. The value is what is stored; `label` is what people read."""

    LINKEDIN = "linkedin"
    X = "x"
    BLUESKY = "bluesky"
    MASTODON = "mastodon"
    INSTAGRAM = "instagram"
    THREADS = "threads"
    FACEBOOK = "facebook"
    TIKTOK = "tiktok"
    GITHUB = "github"
    EMAIL = "email"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The name as its owners write it."""
        special = {
            "linkedin": "LinkedIn",
            "tiktok": "TikTok",
            "github": "GitHub",
            "email": "E-mail",
            "other": "elsewhere",
        }
        return special.get(self.value, self.value.title())


class Knowledge(StrEnum):
    """How well the day of a follow is known."""

    EXACT = "exact"  # the network gave it
    APPROX = "approx"  # read from the order of a list
    FIRST_SEEN = "first_seen"  # the day Warmnote met the person


class Stage(IntEnum):
    """How far two people have come, as the meter sees it (docs: the taxonomy's section on stages)."""

    FIRST_TOUCH = 0
    EXCHANGED_ONCE = 1
    CONVERSATION = 2
    RELATIONSHIP = 3


class Progress(StrEnum):
    """The four steps a person's card shows, computed from the log."""

    NEW = "new"  # nothing was sent yet
    GREETED = "greeted"  # you wrote, they have not answered
    REPLIED = "replied"  # they answered at least once
    TALKING = "talking"  # a conversation or more


class MessageKind(StrEnum):
    """What a line of a person's timeline is."""

    SENT = "sent"
    RECEIVED = "received"
    NOTE = "note"  # the user's own, never shown to the meter as something said
    MEETING = "meeting"  # a call or a meeting that took place


@dataclass(frozen=True, slots=True)
class Identity:
    """One account of a person. `key` is the network's stable key and unique within it; handles may change."""

    network: Network
    key: str
    handle: str = ""
    url: str = ""
    followed_on: date | None = None
    followed_known: Knowledge = Knowledge.FIRST_SEEN
    id: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of a person, with where and when it was seen.

    `kind` is a word of the interests' vocabulary ("craft", "place", "pet", "post", ...), `text` their own words.
    `shared` is False for what they did not show publicly: using it is intrusion. `hidden` facts are the ones that
    the user struck out; they keep a reader of bios from offering the same thing again.
    """

    kind: str
    text: str
    source: str = ""
    on: date | None = None
    shared: bool = True
    hidden: bool = False
    id: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of the log between the user and a person."""

    kind: MessageKind
    text: str
    at: datetime
    channel: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """The one unfinished letter to a person; `cursor` counts code points from the start of `text`."""

    text: str = ""
    cursor: int = 0
    channel: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """When the user wants to come back to a person, and why."""

    due: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class PromptUse:
    """A starter that was put into a letter."""

    prompt: str
    person: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """One human with everything needed to write to them.

    `is_new` tells a follower who arrived since the last import from one who was there before; it stays until the
    first message is sent. `unanswered` counts what was sent since their last word. `stage` is computed from the log
    unless the user has set it (`stage_by_hand`). Whoever is archived stays in the notebook and out of every list.
    """

    id: int
    name: str
    bio: str = ""
    location: str = ""
    company: str = ""
    position: str = ""
    pronouns: str = ""
    email: str = ""
    is_new: bool = False
    is_sample: bool = False
    do_not_write: bool = False
    added_at: datetime | None = None
    progress: Progress = Progress.NEW
    stage: Stage = Stage.FIRST_TOUCH
    stage_by_hand: bool = False
    unanswered: int = 0
    follow_up: FollowUp | None = None
    identities: tuple[Identity, ...] = ()
    facts: tuple[Fact, ...] = ()
    tags: tuple[str, ...] = ()
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An account that a person names as theirs on another: `network` and `key` are those of an Identity.

    A link counts as proof only if it is `verified` (the network has seen a link back) or the other account links back.
    """

    network: Network
    key: str
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """What the notebook keeps of an account beside it.

    `follows`: it was in a list of followers. `silent` are the fields of Person on which another account of theirs
    speaks. `formers` are the handles it had before, each with the day on which it was met under another one. `last_seen`
    is set for an account that the latest whole list did not hold: the moment of the last one that did.
    """

    network: Network
    key: str
    follows: bool = False
    silent: tuple[str, ...] = ()
    formers: tuple[tuple[str, date], ...] = ()
    links: tuple[Link, ...] = ()
    last_seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mine:
    """What no source but Warmnote's own export brings, and that only for people not yet there.

    `owned` names the fields of Person that the user edited by hand; `stage` is the one they set, None for computed.
    `excused` are the findings let pass for the person: rule, words, when. The `person` of each of `used` is 0.
    """

    tags: tuple[str, ...] = ()
    draft: Draft | None = None
    follow_up: FollowUp | None = None
    stage: Stage | None = None
    owned: tuple[str, ...] = ()
    is_new: bool = False
    added_at: datetime | None = None
    archived_at: datetime | None = None
    rested_at: datetime | None = None
    is_sample: bool = False
    traces: tuple[Trace, ...] = ()
    used: tuple[PromptUse, ...] = ()
    excused: tuple[tuple[str, str, datetime | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """One person as an export holds them, with everything that belongs to them; the log from the oldest on."""

    person: Person
    messages: tuple[Message, ...]
    mine: Mine


@dataclass(frozen=True, slots=True)
class Incoming:
    """One person as a file or a network gives them. `row` is the record's number in the source, counted from 1.

    `network` and `key` are the account by which they are known again; `accounts` are further ones of the same person,
    as sure as the source itself (an address book's other addresses); `links` are what they claim on their profile.
    `follows` is False for those whom the source does not call followers or connections (an address book, the other
    side of a conversation): they are never new followers. `only_known` records add to people who are there already
    and make nobody.
    """

    row: int
    network: Network
    key: str
    name: str = ""
    handle: str = ""
    url: str = ""
    bio: str = ""
    location: str = ""
    company: str = ""
    position: str = ""
    pronouns: str = ""
    email: str = ""
    followed_on: date | None = None
    followed_known: Knowledge = Knowledge.FIRST_SEEN
    do_not_write: bool = False
    facts: tuple[Fact, ...] = ()
    messages: tuple[Message, ...] = ()
    accounts: tuple[Identity, ...] = ()
    links: tuple[Link, ...] = ()
    follows: bool = True
    only_known: bool = False
    mine: Mine | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong with a record: `row` counted from 1 (None: the file as a whole), `column` may be empty."""

    row: int | None
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What a source held: the people, the records left out (each with its reason), and the smaller problems.

    A record in `skipped` made no person; one in `problems` made a person with something missing.
    `source` is a readable name ("LinkedIn connections"), `origin` the file's name, `read_as` the text encoding.
    `whole` names the networks whose complete list of followers this is: only there does an absence mean anything.
    """

    source: str
    network: Network
    origin: str
    people: tuple[Incoming, ...]
    skipped: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    read_as: str = ""
    exported_on: date | None = None
    notes: tuple[str, ...] = ()
    whole: frozenset[Network] = frozenset()
