"""What a record would do to the person to whom it belongs.

A person may have accounts on several networks, each with its own idea of their name. Where they met, the account that
was there first speaks for a field, and the others are `silent` on it: so two sources never write over each other.
"""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeVar, cast

from warmnote.accounts import stands_in
from warmnote.model import Fact, Identity, Incoming, Knowledge, Link, Message
from warmnote.store._database import Database
from warmnote.store._joins import AccountKey, by_handle
from warmnote.store._times import from_day, from_moment
from warmnote.store.text import clean

__all__ = [
    "PERSON_FIELDS",
    "POORER",
    "Comparison",
    "FieldChange",
    "Held",
    "ItemKind",
    "against",
    "digest",
    "distinct",
    "distinct_links",
    "read_held",
    "read_person",
]

PERSON_FIELDS = ("name", "bio", "location", "company", "position", "pronouns", "email")
"""What a network says of a person; the user's own once edited by hand."""

Item = TypeVar("Item", Fact, Message)

_FIELDS = ", ".join(f"p.{field}" for field in PERSON_FIELDS)
_KNOWN = {Knowledge.FIRST_SEEN.value: 0, Knowledge.APPROX.value: 1, Knowledge.EXACT.value: 2}
POORER = ("@", "email:", "name:")
"""How the keys begin by which an account is known until there is a better one (`accounts.earlier_keys`)."""


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

    `field` is a field of Person or Identity (`key` if the account was known by a poorer one before); or `fact`,
    `message`, `account` or `link` for something added; or `follows` for an account that was not among the followers.
    """

    field: str
    old: str
    new: str


@dataclass(slots=True)
class Comparison:
    """One record of a batch and what it would do.

    `person` is the id they have, or will have if the record `makes` them; 0 for a record that is left out. `identity`
    is 0 unless the account is known. What is in `changes` of facts and the like is also in the fields of their names.
    """

    kind: ItemKind
    incoming: Incoming
    person: int = 0
    identity: int = 0
    makes: bool = False
    changes: tuple[FieldChange, ...] = ()
    facts: tuple[Fact, ...] = ()
    messages: tuple[Message, ...] = ()
    accounts: tuple[Identity, ...] = ()
    links: tuple[Link, ...] = ()
    reason: str = ""


class Held(NamedTuple):
    """An account that is there, and its person."""

    key: str
    identity: int
    person: int
    handle: str
    url: str
    followed_on: str | None
    followed_known: str
    follows: int
    silent: str
    do_not_write: int
    name: str
    bio: str
    location: str
    company: str
    position: str
    pronouns: str
    email: str

    @property
    def fields(self) -> tuple[str, ...]:
        """What is there of PERSON_FIELDS, in their order."""
        return cast("tuple[str, ...]", self[-len(PERSON_FIELDS) :])


def digest(item: Fact | Message) -> str:
    """By which a fact or message that an import brought is known again, whatever the user makes of it."""
    import hashlib  # loads a library of the system, which opening the notebook does not need

    if isinstance(item, Fact):
        parts = ("fact", item.kind, item.text)
    else:
        parts = ("message", item.kind.value, str(from_moment(item.at)), item.text)
    return hashlib.blake2b("\x1f".join(map(clean, parts)).encode(), digest_size=16).hexdigest()


def read_held(database: Database, network: str, keys: Sequence[str]) -> dict[AccountKey, Held]:
    """The accounts of a network that are there, by key; where accounts have numbers, by handle too."""
    columns = f"i.id, i.person, i.handle, i.url, i.followed_on, i.followed_known, i.follows, i.silent, p.do_not_write, {_FIELDS}"
    held: dict[AccountKey, Held] = {}
    handles = [key[1:] for key in keys if key.startswith("@") and by_handle(network, key[1:])]
    if handles:
        for row in database.rows(
            # The network stands in the text, or the index of handles would not be used.
            f"select i.key, {columns} from identities i cross join people p on p.id = i.person"
            f" where i.network = '{network}' and i.handle in ({', '.join('?' * len(handles))})",
            handles,
        ):
            held[network, f"@{row[3].lower()}"] = Held._make(row)
    for row in database.rows(
        f"select i.key, {columns} from identities i cross join people p on p.id = i.person"
        f" where i.network = ? and i.key in ({', '.join('?' * len(keys))})",
        [network, *keys],
    ):
        held[network, row[0]] = Held._make(row)
    return held


def read_person(database: Database, person: int, key: str) -> Held:
    """Somebody without an account, as if they had an empty one of that key."""
    columns = f"?1, 0, p.id, '', '', null, '{Knowledge.FIRST_SEEN.value}', 0, '', p.do_not_write, {_FIELDS}"
    return Held._make(database.rows(f"select {columns} from people p where p.id = ?2", (key, person))[0])


def distinct(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Each fact or message once."""
    return items if len(items) < 2 else tuple({digest(item): item for item in items}.values())


def distinct_links(incoming: Incoming, held: Mapping[AccountKey, bool]) -> tuple[Link, ...]:
    """The links that are not `held` yet, or not as verified ones."""
    if not incoming.links:
        return ()
    own = (incoming.network, incoming.key)
    found: dict[AccountKey, Link] = {}
    for link in incoming.links:
        key = (link.network.value, clean(link.key))
        known = key == own or not key[1].strip() or key in held
        if (not known and key not in found) or (link.verified and key != own and not held.get(key, False)):
            found[key] = link
    return tuple(found.values())


def against(
    incoming: Incoming,
    held: Held,
    owned: Collection[str],
    brought: Set[tuple[int, str]],
    links_held: Mapping[AccountKey, bool],
    accounts: tuple[Identity, ...],
) -> Comparison:
    """What a record changes of somebody known.

    `owned` are the fields that the user wrote, `brought` the facts and messages that are there, by person and digest,
    `links_held` the links of the account, and `accounts` the further ones that are free.
    """
    changes: list[FieldChange] = []
    for field, old in zip(PERSON_FIELDS, held.fields, strict=True):
        new = getattr(incoming, field)
        if (
            new
            and new != old
            and field not in owned
            and (not old or field not in held.silent)
            and (new := clean(new)) != old
            and (field != "name" or _names_better(incoming, held))
            and (field != "email" or new.casefold() != old.casefold())
        ):
            changes.append(FieldChange(field, old, new))
    for field, old in (("key", held.key), ("handle", held.handle), ("url", held.url)):
        new = getattr(incoming, field)
        if new and new != old and (new := clean(new)) != old and (field != "key" or not new.startswith(POORER)):
            if field == "handle" and new.casefold() == old.casefold():
                continue  # sources write one handle in different case: nobody was renamed
            changes.append(FieldChange(field, old, new))
    if incoming.followed_on is not None:
        changes += _follow(incoming, held)
    if incoming.follows and not held.follows and not incoming.only_known:
        changes.append(FieldChange("follows", "0", "1"))
    if incoming.do_not_write and not held.do_not_write and "do_not_write" not in owned:
        changes.append(FieldChange("do_not_write", "0", "1"))
    facts, messages = incoming.facts, incoming.messages
    if facts:
        facts = tuple(f for f in distinct(facts) if (held.person, digest(f)) not in brought)
        changes += [FieldChange("fact", "", fact.text) for fact in facts]
    if messages:
        messages = tuple(m for m in distinct(messages) if (held.person, digest(m)) not in brought)
        changes += [FieldChange("message", "", message.text) for message in messages]
    links = distinct_links(incoming, links_held)
    changes += [FieldChange("account", "", f"{a.handle or a.key} ({a.network.label})") for a in accounts]
    changes += [FieldChange("link", "", link.key) for link in links]
    kind = ItemKind.CHANGED if changes else ItemKind.UNCHANGED
    return Comparison(
        kind, incoming, held.person, held.identity, False, tuple(changes), facts, messages, accounts, links
    )


def _names_better(incoming: Incoming, held: Held) -> bool:
    """Whether a name may take the place of the one that is there: what stands in for a name replaces only its like."""
    return not stands_in(incoming.name, [(incoming.key, incoming.handle)]) or stands_in(
        held.name, [(held.key, held.handle)]
    )


def _follow(incoming: Incoming, held: Held) -> list[FieldChange]:
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
