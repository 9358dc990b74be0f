"""The JSON, which holds everything."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar, cast

from warmnote.followers import jsons
from warmnote.followers.container import Container, Entry
from warmnote.followers.own.gathered import FIELDS, STAGES, Gathered, Person, day, moment
from warmnote.followers.watch import Watch
from warmnote.model import (
    Batch,
    Draft,
    Expected,
    Fact,
    FollowUp,
    Identity,
    Knowledge,
    Link,
    Message,
    MessageKind,
    Mine,
    Network,
    Problem,
    PromptUse,
    Trace,
)

__all__ = ["read_whole"]

Kind = TypeVar("Kind", bound=StrEnum)

_VERSION = 1


def read_whole(container: Container, entry: Entry, watch: Watch) -> Batch:
    """Read the JSON in an entry, or what there is of it before it breaks off."""
    loaded = jsons.salvage(jsons.content(container, entry), container.where(entry))
    whole = _Object(loaded.value, Person(0))
    version = whole.number("warmnote")
    if version is not None and version > _VERSION:
        raise Expected(
            f"“{container.where(entry)}” was written by a newer Warmnote.", "Update Warmnote, then choose it again."
        )
    gathered = Gathered()
    if loaded.broken:
        gathered.problems.append(
            Problem(None, "", f"the file is cut short or damaged {loaded.broken}; the people before that were read")
        )
    found = whole.items("people")
    for row, value in enumerate(found, 1):
        found[row - 1] = None  # read once: two copies of everybody are one too many
        if row % watch.EVERY == 0:
            watch.tell(row, len(found))
        if isinstance(value, dict):
            gathered.add(_from_object(_Object(cast(object, value), Person(row))))
        else:
            gathered.skipped.append(Problem(row, "", "not a person, but something else"))
    watch.tell(len(found), len(found))
    exported = whole.moment("exported_at")
    return gathered.batch(container, "UTF-8", None if exported is None else exported.date())


class _Object:
    """A JSON object of whatever content. What is there and of the wrong type becomes a problem of the person's."""

    def __init__(self, value: object, person: Person, within: str = "") -> None:
        self._values = cast(dict[str, object], value) if isinstance(value, dict) else dict[str, object]()
        self._within = within
        self.person = person

    def _wrong(self, key: str) -> None:
        self.person.mind(f"{self._within}{key}", "a value of the wrong kind; it was left out")

    def text(self, key: str) -> str:
        value = self._values.get(key)
        if isinstance(value, str):
            return value
        if value is not None:
            self._wrong(key)
        return ""

    def flag(self, key: str, *, default: bool = False) -> bool:
        value = self._values.get(key)
        if isinstance(value, bool):
            return value
        if value is not None:
            self._wrong(key)
        return default

    def number(self, key: str) -> int | None:
        value = self._values.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**62:
            return value
        if value is not None:
            self._wrong(key)
        return None

    def items(self, key: str) -> list[object]:
        value = self._values.get(key)
        if isinstance(value, list):
            return cast(list[object], value)
        if value is not None:
            self._wrong(key)
        return []

    def objects(self, key: str) -> "Iterator[_Object]":
        for value in self.items(key):
            if isinstance(value, dict):
                yield _Object(cast(object, value), self.person, f"{self._within}{key}: ")
            else:
                self._wrong(key)

    def object(self, key: str) -> "_Object | None":
        value = self._values.get(key)
        if isinstance(value, dict):
            return _Object(cast(object, value), self.person, f"{self._within}{key}: ")
        if value is not None:
            self._wrong(key)
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.items(key)
        if not all(isinstance(value, str) for value in found):
            self._wrong(key)
        return tuple(value for value in found if isinstance(value, str))

    def day(self, key: str) -> date | None:
        value = self.text(key)
        found = day(value)
        if value and found is None:
            self._wrong(key)
        return found

    def moment(self, key: str) -> datetime | None:
        value = self.text(key)
        found = moment(value)
        if value and found is None:
            self._wrong(key)
        return found

    def one_of(self, key: str, kind: type[Kind]) -> Kind | None:
        value = self.text(key)
        try:
            return kind(value)
        except ValueError:
            self._wrong(key)
            return None


def _from_object(found: _Object) -> Person:
    person = found.person
    person.fields = {name: found.text(name) for name in FIELDS}
    person.number = found.number("id") or 0
    person.do_not_write = found.flag("do_not_write")
    traces: list[Trace] = []
    for one in found.objects("identities"):
        _add_identity(one, person, traces)
    person.facts = tuple(
        Fact(
            one.text("kind"),
            one.text("text"),
            one.text("source"),
            one.day("on"),
            one.flag("shared", default=True),
            one.flag("hidden"),
        )
        for one in found.objects("facts")
    )
    messages: list[Message] = []
    for one in found.objects("history"):
        kind, at = one.one_of("kind", MessageKind), one.moment("at")
        if kind is not None and at is not None:
            messages.append(Message(kind, one.text("text"), at, one.text("channel")))
        elif kind is not None:
            person.mind("history", "an entry without its moment; it was left out")
    person.messages = tuple(messages)
    person.mine = _mine(found, tuple(traces))
    return person


def _add_identity(one: _Object, person: Person, traces: list[Trace]) -> None:
    network, key = one.one_of("network", Network), one.text("key")
    if network is None or not key.strip():
        person.mind("identities", "an account without a network or a key; it was left out")
        return
    known = one.one_of("followed_known", Knowledge) or Knowledge.FIRST_SEEN
    person.identities.append(Identity(network, key, one.text("handle"), one.text("url"), one.day("followed_on"), known))
    formers = ((former.text("handle"), former.day("until")) for former in one.objects("past_handles"))
    links = (
        (link.one_of("network", Network), link.text("key"), link.flag("verified")) for link in one.objects("links")
    )
    traces.append(
        Trace(
            network,
            key,
            one.flag("follows"),
            tuple(name for name in one.texts("silent") if name in FIELDS),
            tuple((handle, until) for handle, until in formers if until is not None),
            tuple(Link(to, their_key, verified) for to, their_key, verified in links if to is not None),
            one.moment("not_seen_since"),
        )
    )


def _mine(found: _Object, traces: tuple[Trace, ...]) -> Mine:
    plan, draft = found.object("follow_up"), found.object("draft")
    due = plan.day("due") if plan else None
    used = ((one.text("prompt"), one.moment("at")) for one in found.objects("prompts"))
    return Mine(
        tags=found.texts("tags"),
        draft=_draft(draft) if draft else None,
        follow_up=FollowUp(due, plan.text("why")) if plan and due else None,
        stage=STAGES.get(found.text("stage")) if found.flag("stage_by_hand") else None,
        owned=tuple(name for name in found.texts("owned") if name in (*FIELDS, "do_not_write")),
        is_new=found.flag("is_new"),
        added_at=found.moment("added_at"),
        archived_at=found.moment("archived_at"),
        rested_at=found.moment("resting_since"),
        is_sample=found.flag("is_sample"),
        traces=traces,
        used=tuple(PromptUse(prompt, 0, at) for prompt, at in used if at is not None),
        excused=tuple((one.text("rule"), one.text("words"), one.moment("at")) for one in found.objects("let_pass")),
    )


def _draft(draft: _Object) -> Draft:
    words = draft.text("text")
    cursor = min(max(draft.number("cursor") or 0, 0), len(words))
    return Draft(words, cursor, draft.text("channel"), draft.moment("saved_at"))
