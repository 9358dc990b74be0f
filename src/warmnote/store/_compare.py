"""What a batch would do to the notebook: each record against the person it belongs to. Reads only."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import TypeVar

from warmnote.model import Fact, Incoming, Knowledge, Message
from warmnote.store._database import Database
from warmnote.store._times import from_day, from_moment
from warmnote.store.text import clean

__all__ = ["CHUNK", "PERSON_FIELDS", "Comparison", "EarlierKeys", "FieldChange", "ItemKind", "compare", "digest"]

CHUNK = 400
PERSON_FIELDS = ("name", "bio", "location", "company", "position", "pronouns", "email")
"""What a network says of a person; the user's own once edited by hand."""

Account = tuple[str, str]
EarlierKeys = Callable[[Incoming], tuple[str, ...]]
Item = TypeVar("Item", Fact, Message)

_KNOWN = {Knowledge.FIRST_SEEN.value: 0, Knowledge.APPROX.value: 1, Knowledge.EXACT.value: 2}


class ItemKind(StrEnum):
    """What an import makes of a record."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that an import would write, as it is and as it will be.

    `field` is a field of Person or Identity (`key` if the account was known by a poorer one before), or `fact` or
    `message` for something added.
    """

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One record of a batch and what it would do. Person and identity are 0 for someone new."""

    kind: ItemKind
    incoming: Incoming
    person: int = 0
    identity: int = 0
    changes: tuple[FieldChange, ...] = ()
    facts: tuple[Fact, ...] = ()
    messages: tuple[Message, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Held:
    key: str
    identity: int
    person: int
    handle: str
    url: str
    followed_on: str | None
    followed_known: str
    do_not_write: int
    fields: tuple[str, ...]


def digest(item: Fact | Message) -> str:
    """By which a fact or message that an import brought is known again, whatever the user makes of it."""
    import hashlib  # loads a library of the system, which opening the notebook does not need

    if isinstance(item, Fact):
        parts = ("fact", item.kind, item.text)
    else:
        parts = ("message", item.kind.value, str(from_moment(item.at)), item.text)
    return hashlib.blake2b("\x1f".join(map(clean, parts)).encode(), digest_size=16).hexdigest()


def compare(database: Database, people: Sequence[Incoming], earlier_keys: EarlierKeys) -> Iterator[list[Comparison]]:
    """What each record would do, in pieces of CHUNK records and in their order.

    `earlier_keys` names the keys under which a poorer source would have brought the same account.
    """
    rows_seen: dict[tuple[str, str], int] = {}
    met: set[int] = set()
    for start in range(0, len(people), CHUNK):
        chunk = people[start : start + CHUNK]
        accounts = [_accounts(incoming, earlier_keys) for incoming in chunk]
        held = _held(database, accounts)
        owned = _owned(database, {h.person for h in held.values()})
        brought = _brought(database, chunk, held)
        compared: list[Comparison] = []
        for incoming, (account, *earlier) in zip(chunk, accounts, strict=True):
            if reason := _unfit(incoming, rows_seen.get(account)):
                compared.append(Comparison(ItemKind.SKIPPED, incoming, reason=reason))
                continue
            rows_seen[account] = incoming.row
            known = held.get(account) or next(
                (h for e in earlier if (h := held.get(e)) and h.identity not in met), None
            )
            if known is None:
                facts, messages = _distinct(incoming.facts), _distinct(incoming.messages)
                compared.append(Comparison(ItemKind.NEW, incoming, facts=facts, messages=messages))
            else:
                met.add(known.identity)
                compared.append(_against(incoming, known, owned.get(known.person, set()), brought))
        yield compared


def _accounts(incoming: Incoming, earlier_keys: EarlierKeys) -> list[Account]:
    return [(incoming.network.value, clean(key)) for key in (incoming.key, *earlier_keys(incoming))]


def _unfit(incoming: Incoming, earlier_row: int | None) -> str:
    if not incoming.key.strip():
        return "no account or address to tell this person by"
    if earlier_row is not None:
        return f"the same account as row {earlier_row}"
    return ""


def _held(database: Database, accounts: Iterable[Iterable[Account]]) -> dict[Account, _Held]:
    wanted: dict[str, list[str]] = {}
    for network, key in chain.from_iterable(accounts):
        wanted.setdefault(network, []).append(key)
    held: dict[Account, _Held] = {}
    for network, keys in wanted.items():
        for row in database.rows(
            f"""
            select i.key, i.id, i.person, i.handle, i.url, i.followed_on, i.followed_known, p.do_not_write,
                {", ".join(f"p.{field}" for field in PERSON_FIELDS)}
            from identities i cross join people p on p.id = i.person
            where i.network = ? and i.key in ({", ".join("?" * len(keys))})
            """,
            [network, *keys],
        ):
            held[network, row[0]] = _Held(*row[:8], fields=row[8:])
    return held


def _owned(database: Database, people: set[int]) -> dict[int, set[str]]:
    owned: dict[int, set[str]] = {}
    for person, field in database.rows(
        f"select person, field from owned where person in ({', '.join('?' * len(people))})", list(people)
    ):
        owned.setdefault(person, set()).add(field)
    return owned


def _brought(database: Database, chunk: Sequence[Incoming], held: Mapping[Account, _Held]) -> set[tuple[int, str]]:
    """The facts and messages that imports have brought, and those that the user has entered word for word."""
    if not any(incoming.facts or incoming.messages for incoming in chunk):
        return set()
    people = {h.person for h in held.values()}
    marks, ids = ", ".join("?" * len(people)), list(people)
    known = set(database.rows(f"select person, digest from brought where person in ({marks})", ids))
    for person, kind, text in database.rows(f"select person, kind, text from facts where person in ({marks})", ids):
        known.add((person, digest(Fact(kind, text))))
    return known


def _distinct(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return items if len(items) < 2 else tuple({digest(item): item for item in items}.values())


def _against(incoming: Incoming, held: _Held, owned: set[str], brought: set[tuple[int, str]]) -> Comparison:
    changes: list[FieldChange] = []
    for field, old in zip(PERSON_FIELDS, held.fields, strict=True):
        new = getattr(incoming, field)
        if new and new != old and field not in owned and (new := clean(new)) != old:
            changes.append(FieldChange(field, old, new))
    for field, old in (("key", held.key), ("handle", held.handle), ("url", held.url)):
        new = clean(getattr(incoming, field))
        if new and new != old:
            changes.append(FieldChange(field, old, new))
    changes += _follow(incoming, held)
    if incoming.do_not_write and not held.do_not_write and "do_not_write" not in owned:
        changes.append(FieldChange("do_not_write", "0", "1"))
    facts = tuple(f for f in _distinct(incoming.facts) if (held.person, digest(f)) not in brought)
    messages = tuple(m for m in _distinct(incoming.messages) if (held.person, digest(m)) not in brought)
    changes += [FieldChange("fact", "", fact.text) for fact in facts]
    changes += [FieldChange("message", "", message.text) for message in messages]
    kind = ItemKind.CHANGED if changes else ItemKind.UNCHANGED
    return Comparison(kind, incoming, held.person, held.identity, tuple(changes), facts, messages)


def _follow(incoming: Incoming, held: _Held) -> list[FieldChange]:
    """A day of follow that is known better, or as well but otherwise, takes the place of the one held."""
    new, known = from_day(incoming.followed_on), incoming.followed_known.value
    if new is None or (held.followed_on is not None and _KNOWN[known] < _KNOWN[held.followed_known]):
        return []
    changes: list[FieldChange] = []
    if new != held.followed_on:
        changes.append(FieldChange("followed_on", held.followed_on or "", new))
    if known != held.followed_known:
        changes.append(FieldChange("followed_known", held.followed_known, known))
    return changes
