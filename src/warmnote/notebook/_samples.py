"""The invented people for trying Warmnote out, read from resources/samples/people.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from warmnote.model import Draft, Expected, Fact, FollowUp, Identity, Knowledge, Message, MessageKind, Network
from warmnote.resources import resource
from warmnote.store import Store

__all__ = ["Sample", "add_sample", "load_samples"]


@dataclass(frozen=True, slots=True)
class Sample:
    """One invented person with everything that belongs to them."""

    fields: dict[str, str]
    identity: Identity
    is_new: bool
    facts: tuple[Fact, ...]
    messages: tuple[Message, ...]
    follow_up: FollowUp | None
    draft: Draft | None


def load_samples(now: datetime, day: date, path: Path | None = None) -> tuple[Sample, ...]:
    """The people of a file in the format of `samples/people.toml`, with its days counted back from `now` and `day`.

    Raises Expected if the file cannot be understood.
    """
    source = path or resource("samples/people.toml")
    try:
        people = tomllib.loads(source.read_text(encoding="utf-8"))["person"]
        return tuple(_sample(person, now, day) for person in people)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise Expected(f"The sample people in {source.name} cannot be read: {error}.", "") from error


def _sample(person: dict[str, Any], now: datetime, day: date) -> Sample:
    name, handle = str(person["name"]), str(person.get("handle", ""))
    followed = person.get("followed_days_ago")
    planned = person.get("follow_up")
    draft = str(person.get("draft", ""))
    return Sample(
        fields={
            field: str(person[field])
            for field in ("name", "bio", "location", "company", "position", "pronouns", "email")
            if field in person
        },
        identity=Identity(
            Network(person.get("network", "other")),
            f"sample:{(handle or name).casefold()}",
            handle,
            str(person.get("url", "")),
            None if followed is None else day - timedelta(days=int(followed)),
            Knowledge.EXACT,
        ),
        is_new=bool(person.get("is_new", False)),
        facts=tuple(
            Fact(
                str(fact["kind"]),
                str(fact["text"]),
                str(fact.get("source", "")),
                day - timedelta(days=int(fact["days_ago"])) if "days_ago" in fact else None,
                bool(fact.get("shared", True)),
            )
            for fact in person.get("facts", ())
        ),
        messages=tuple(
            Message(
                MessageKind(message["kind"]),
                str(message["text"]),
                now - timedelta(days=float(message["days_ago"])),
                str(message.get("channel", "")),
            )
            for message in person.get("messages", ())
        ),
        follow_up=None
        if planned is None
        else FollowUp(day + timedelta(days=int(planned["in_days"])), str(planned.get("why", ""))),
        draft=Draft(draft, len(draft), str(person.get("draft_channel", ""))) if draft else None,
    )


def add_sample(store: Store, sample: Sample, now: datetime) -> None:
    """Adds an invented person, inside a step, unless they are already there."""
    people = store.people
    if people.of_identity(sample.identity.network, sample.identity.key) is not None:
        return
    person = people.add(sample.fields, now, is_new=sample.is_new, is_sample=True)
    people.add_identity(person, sample.identity)
    for fact in sample.facts:
        people.add_fact(person, fact)
    for message in sample.messages:
        store.log.add(person, message)
    if sample.follow_up is not None:
        people.plan(person, sample.follow_up)
    if sample.draft is not None:
        people.save_draft(person, sample.draft, now)
