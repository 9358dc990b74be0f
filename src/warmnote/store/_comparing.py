"""What a batch would do to the notebook: each record against what is there, and who turns out to be one. Reads only."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from warmnote.accounts import stands_in
from warmnote.model import Batch, Fact, Identity, Incoming, Message, MessageKind, Network
from warmnote.store._compare import (
    PERSON_FIELDS,
    POORER,
    Comparison,
    Held,
    ItemKind,
    against,
    digest,
    distinct,
    distinct_links,
    read_held,
    read_person,
)
from warmnote.store._database import Database
from warmnote.store._deletions import Deletions
from warmnote.store._joins import AccountKey, Join, Joins, NamesAgree, Signs, by_handle, comparable, owners
from warmnote.store._mine import Keyless, is_keyless
from warmnote.store._records import Records
from warmnote.store._times import moment
from warmnote.store.text import clean

__all__ = ["Comparing", "EarlierKeys"]

_CHUNK = 400
_NOTHING: frozenset[str] = frozenset()
_NO_LINKS: Mapping[AccountKey, bool] = {}

EarlierKeys = Callable[[Incoming], tuple[str, ...]]


class Comparing:
    """Compares a batch with the notebook as it is before anything of the batch is written."""

    def __init__(
        self,
        database: Database,
        batch: Batch,
        earlier_keys: EarlierKeys,
        names_agree: NamesAgree,
        ruled_out: set[tuple[int, int]],
    ) -> None:
        """`earlier_keys` names the keys under which a poorer source would have brought the same account;
        `names_agree` tells whether two names may be one person's; `ruled_out` are pairs known to be two.
        """
        self._db = database
        self._records = Records(batch.people)
        self._earlier_keys = earlier_keys
        self._poorer = {network for network in self._records.networks if _has_poorer_keys(database, str(network))}
        self._keyless = Keyless(database)
        self._has_owned = bool(database.value("select exists(select 1 from owned)"))
        self._first = self._next = 1 + (database.value("select seq from sqlite_sequence where name = 'people'") or 0)
        self._met: set[int] = set()
        self._speaking: dict[tuple[int, str], int] = {}
        self._made: list[Comparison] = []
        self._deletions = Deletions(database)
        self._joins = Joins(database, names_agree, ruled_out, self._records.have_links)

    def pieces(self) -> Iterator[list[Comparison]]:
        """The records in their order, in pieces.

        A record that makes a person is NEW when it is given, and may have become CHANGED when the last piece is: a
        later record may show that they are somebody known.
        """
        for start in range(0, len(self._records.people), _CHUNK):
            yield self._piece(range(start, min(start + _CHUNK, len(self._records.people))))

    @property
    def joins(self) -> Sequence[Join]:
        """Those found so far, in the order in which they are to be made."""
        return self._joins.found

    def _piece(self, indices: Sequence[int]) -> list[Comparison]:
        records = self._records
        held = self._held(indices)
        named = _Named(self._db, [records.people[index] for index in indices], held)
        deleted = self._deletions.of(
            (records.people[index], self._earlier_keys(records.people[index]))
            for index in indices
            if index not in records.left_out
        )
        owned = _owned(self._db, {h.person for h in held.values()}) if self._has_owned else {}
        piece: list[Comparison] = []
        signs: list[Signs] = []
        for index in indices:
            incoming = records.people[index]
            if index in records.left_out:
                kind, reason = records.left_out[index]
                piece.append(Comparison(kind, incoming, reason=reason))
                continue
            known = self._known(incoming, held)
            accounts, shared = self._further(index, incoming, known, named)
            if known is not None:
                self._met.add(known.identity)
                links = named.links.get(known.identity, _NO_LINKS)
                item = against(incoming, known, owned.get(known.person, _NOTHING), named.brought, links, accounts)
                if item.changes:
                    self._let_speak(item)
            elif incoming.only_known:
                piece.append(Comparison(ItemKind.SKIPPED, incoming, reason="nobody in your notebook has this account"))
                continue
            elif (day := deleted.get((incoming.network.value, incoming.key))) is not None:
                reason = f"you deleted this person on {day.day} {day:%B %Y}"
                piece.append(Comparison(ItemKind.SKIPPED, incoming, reason=reason))
                continue
            else:
                item = self._new(incoming, accounts)
            piece.append(item)
            if (sign := self._signs(item, shared)) is not None:
                signs.append(sign)
        self._join(piece, signs)
        return piece

    def _held(self, indices: Iterable[int]) -> dict[AccountKey, Held]:
        wanted: dict[str, list[str]] = {}
        keyless: list[Incoming] = []
        for index in indices:
            if index not in self._records.left_out:
                incoming = self._records.people[index]
                if is_keyless(incoming):
                    keyless.append(incoming)
                    continue
                keys = wanted.setdefault(incoming.network, [])
                keys.append(incoming.key)
                if incoming.network in self._poorer:
                    keys += map(clean, self._earlier_keys(incoming))
        held: dict[AccountKey, Held] = {}
        for network, keys in wanted.items():
            held |= read_held(self._db, str(network), keys)
        for incoming in keyless:
            if (person := self._keyless.find(incoming)) is not None:
                held[incoming.network.value, incoming.key] = read_person(self._db, person, incoming.key)
        return held

    def _known(self, incoming: Incoming, held: Mapping[AccountKey, Held]) -> Held | None:
        network = incoming.network
        found = held.get((network, incoming.key))
        if found is not None or network not in self._poorer:
            return found
        # Of several records for one poorer account the first has it.
        earlier = (held.get((network, clean(key))) for key in self._earlier_keys(incoming))
        return next(
            (h for h in earlier if h is not None and h.key.startswith(POORER) and h.identity not in self._met), None
        )

    def _further(
        self, index: int, incoming: Incoming, known: Held | None, named: "_Named"
    ) -> tuple[tuple[Identity, ...], list[AccountKey]]:
        """The further accounts that are free, and those that somebody else has or will have."""
        if not incoming.accounts:
            return (), []
        free: dict[AccountKey, Identity] = {}
        shared: list[AccountKey] = []
        person = 0 if known is None else known.person
        for account in incoming.accounts:
            key = (account.network.value, clean(account.key))
            if not key[1].strip() or key == (incoming.network, incoming.key):
                continue
            owner = named.owners.get(key)
            if owner is not None and owner != person:
                shared.append(key)
            elif owner is None and self._records.index_of(key) == index:
                free.setdefault(key, account)
            elif owner is None:
                shared.append(key)
        return tuple(free.values()), shared

    def _new(self, incoming: Incoming, accounts: tuple[Identity, ...]) -> Comparison:
        item = Comparison(
            ItemKind.NEW,
            incoming,
            self._next,
            makes=True,
            # What the user wrote twice is in their own export twice.
            facts=distinct(incoming.facts) if incoming.mine is None else incoming.facts,
            messages=distinct(incoming.messages) if incoming.mine is None else incoming.messages,
            accounts=accounts,
            links=distinct_links(incoming, {}),
        )
        self._next += 1
        self._made.append(item)
        return item

    def _let_speak(self, item: Comparison) -> None:
        """Of several accounts of one person the first that has something new to say on a field says it."""
        kept = tuple(
            change
            for change in item.changes
            if change.field not in PERSON_FIELDS
            or self._speaking.setdefault((item.person, change.field), item.identity) == item.identity
        )
        if len(kept) < len(item.changes):
            item.changes = kept
            item.kind = ItemKind.CHANGED if kept else ItemKind.UNCHANGED

    def _signs(self, item: Comparison, shared: list[AccountKey]) -> Signs | None:
        incoming = item.incoming
        if incoming.mine is not None and not shared:
            # Those of an own export were two people in the notebook that it comes from, whatever they have in common.
            return None
        main = (incoming.network, incoming.key)
        emails = [incoming.email] if item.makes else [c.new for c in item.changes if c.field == "email"]
        own: list[AccountKey] = []
        if item.makes or any(change.field == "key" for change in item.changes):
            own = [main]
        own += [(account.network.value, clean(account.key)) for account in item.accounts]
        if not (
            item.accounts or shared or item.links or any(emails) or self._records.is_claimed(main)
            or (own and self._joins.wants_everyone)
        ):  # fmt: skip
            return None
        for network, key in (*own, *shared):
            if network == Network.EMAIL.value:
                emails.append(key.removeprefix("email:"))
        handle = by_handle(incoming.network, clean(incoming.handle))
        if handle is not None and main in own:
            own.append(handle)
        return Signs(
            item.person,
            item.makes,
            clean(incoming.name),
            stands_in(incoming.name, [(incoming.key, incoming.handle)]),
            tuple(own),
            tuple(key for key in shared if key[0] != Network.EMAIL.value),
            tuple(dict.fromkeys(filter(None, map(comparable, emails)))),
            item.links,
        )

    def _join(self, piece: Iterable[Comparison], signs: Sequence[Signs]) -> None:
        found = self._joins.of(signs)
        if not found:
            return
        for item in piece:
            joins = found.pop(item.person, None) if item.person else None
            if joins is None:
                continue
            item.kind = ItemKind.CHANGED
            item.reason = "; ".join(f"joins {join.name}: {join.reason}" for join in joins)
            for join in joins:
                if join.gone >= self._first and join.gone != item.person:
                    # Counted as new before it was known who they are.
                    earlier = self._made[join.gone - self._first]
                    earlier.kind = ItemKind.CHANGED
                    earlier.reason = earlier.reason or f"joins {item.incoming.name}: {join.reason}"


class _Named:
    """What the notebook holds of the further accounts, links, facts and messages that a piece of a batch names."""

    def __init__(self, database: Database, piece: Sequence[Incoming], held: Mapping[AccountKey, Held]) -> None:
        accounts = {(account.network.value, clean(account.key)) for incoming in piece for account in incoming.accounts}
        self.owners = owners(database, accounts) if accounts else {}
        self.brought = _brought(database, piece, held)
        self.links: dict[int, dict[AccountKey, bool]] = {}
        if held and any(incoming.links for incoming in piece):
            ids = [h.identity for h in held.values()]
            for identity, network, key, verified in database.rows(
                f"select identity, network, key, verified from links where identity in ({', '.join('?' * len(ids))})",
                ids,
            ):
                self.links.setdefault(identity, {})[network, key] = bool(verified)


def _has_poorer_keys(database: Database, network: str) -> bool:
    """Whether there are accounts of the network known by a key for which there may be a better one now."""
    return any(
        database.value(
            "select exists(select 1 from identities where network = ? and key >= ? and key < ?)",
            (network, beginning, beginning[:-1] + chr(ord(beginning[-1]) + 1)),
        )
        for beginning in POORER
    )


def _owned(database: Database, people: set[int]) -> dict[int, set[str]]:
    owned: dict[int, set[str]] = {}
    for person, field in database.rows(
        f"select person, field from owned where person in ({', '.join('?' * len(people))})", list(people)
    ):
        owned.setdefault(person, set()).add(field)
    return owned


def _brought(database: Database, piece: Sequence[Incoming], held: Mapping[AccountKey, Held]) -> set[tuple[int, str]]:
    """The facts and messages that imports have brought, and those that the user has entered word for word."""
    if not held or not any(incoming.facts or incoming.messages for incoming in piece):
        return set()
    people = {h.person for h in held.values()}
    marks, ids = ", ".join("?" * len(people)), list(people)
    known = set(database.rows(f"select person, digest from brought where person in ({marks})", ids))
    for person, kind, text in database.rows(f"select person, kind, text from facts where person in ({marks})", ids):
        known.add((person, digest(Fact(kind, text))))
    if any(incoming.messages for incoming in piece):
        for person, kind, text, at in database.rows(
            f"select person, kind, text, at from messages where person in ({marks})", ids
        ):
            known.add((person, digest(Message(MessageKind(kind), text, moment(at)))))
    return known
