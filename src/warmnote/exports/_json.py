"""Warmnote's own format: everything, one person a line, the same bytes for the same people."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, BinaryIO

from warmnote.model import Exported, Fact, Identity, Message, Mine, Trace

__all__ = ["VERSION", "write_json"]

VERSION = 1


def write_json(people: Iterable[Exported], out: BinaryIO, exported_at: datetime) -> int:
    """Writes one JSON object with all that is known of the people; returns how many there were.

    Lines end in LF. The file is whole only if this returns.
    """
    out.write(f'{{"warmnote": {VERSION}, "exported_at": "{_moment(exported_at)}", "people": ['.encode())
    count = 0
    for one in people:
        # A lone half of a surrogate pair cannot be UTF-8; the store holds none.
        text = json.dumps(_person(one), ensure_ascii=False)
        out.write(b",\n" if count else b"\n")
        out.write(text.encode("utf-8", "replace"))
        count += 1
    out.write(b"\n]}\n")
    return count


def _person(one: Exported) -> dict[str, Any]:
    person, mine = one.person, one.mine
    contacts = [m.at for m in one.messages if m.kind != "note"]
    return {
        "id": person.id,
        "name": person.name,
        "bio": person.bio,
        "location": person.location,
        "company": person.company,
        "position": person.position,
        "pronouns": person.pronouns,
        "email": person.email,
        "is_new": person.is_new,
        "is_sample": person.is_sample,
        "do_not_write": person.do_not_write,
        "added_at": _moment(person.added_at),
        "archived_at": _moment(person.archived_at),
        "resting_since": _moment(mine.rested_at),
        "progress": person.progress.value,
        "stage": person.stage.name.lower(),
        "stage_by_hand": person.stage_by_hand,
        "unanswered": person.unanswered,
        "last_contact": _moment(max(contacts, default=None)),
        "tags": list(person.tags),
        "follow_up": None
        if person.follow_up is None
        else {"due": _day(person.follow_up.due), "why": person.follow_up.why},
        "draft": _draft(mine),
        "identities": [_identity(identity, mine) for identity in person.identities],
        "facts": [_fact(fact) for fact in person.facts],
        "history": [_message(message) for message in one.messages],
        "owned": list(mine.owned),
        "prompts": [{"prompt": use.prompt, "at": _moment(use.at)} for use in mine.used],
        "let_pass": [{"rule": rule, "words": words, "at": _moment(at)} for rule, words, at in mine.excused],
    }


def _draft(mine: Mine) -> dict[str, Any] | None:
    draft = mine.draft
    if draft is None:
        return None
    return {"text": draft.text, "cursor": draft.cursor, "channel": draft.channel, "saved_at": _moment(draft.saved_at)}


def _identity(identity: Identity, mine: Mine) -> dict[str, Any]:
    account = (identity.network, identity.key)
    trace = next((t for t in mine.traces if (t.network, t.key) == account), Trace(*account))
    return {
        "network": identity.network.value,
        "key": identity.key,
        "handle": identity.handle,
        "url": identity.url,
        "followed_on": _day(identity.followed_on),
        "followed_known": identity.followed_known.value,
        "follows": trace.follows,
        "not_seen_since": _moment(trace.last_seen),
        "silent": list(trace.silent),
        "past_handles": [{"handle": handle, "until": _day(until)} for handle, until in trace.formers],
        "links": [{"network": link.network.value, "key": link.key, "verified": link.verified} for link in trace.links],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "kind": fact.kind,
        "text": fact.text,
        "source": fact.source,
        "on": _day(fact.on),
        "shared": fact.shared,
        "hidden": fact.hidden,
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "kind": message.kind.value,
        "text": message.text,
        "at": _moment(message.at),
        "channel": message.channel,
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _day(on: date | None) -> str | None:
    return None if on is None else on.isoformat()
