"""Who in a batch is certainly one person with somebody else, there already or in the same batch. Reads only.

Certain are an equal e-mail address (not that of an office, and not if the names speak against it), an account that
one source gives to both, a link that the network itself has verified, and two links that name each other. Nobody is
joined against an account of each on one network, against the user's word, or with an invented person.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from warmnote.accounts import stands_in
from warmnote.model import Link, Network
from warmnote.store._database import Database
from warmnote.store.text import clean

__all__ = ["AccountKey", "Join", "Joins", "NamesAgree", "Signs", "by_handle", "comparable", "owners"]

AccountKey = tuple[str, str]
"""A network and the account's key there."""

NamesAgree = Callable[[str, str], bool]

_EQUAL_EMAIL = "same e-mail"
_EMAIL = Network.EMAIL.value
_KEY_OF_EMAIL = "email:"
_NUMBERED = frozenset({Network.X.value, Network.BLUESKY.value, Network.GITHUB.value})
# Of these one person may have many: they tell nothing against being one.
_MANY = frozenset({_EMAIL, Network.OTHER.value})
_ROLES = frozenset(
    """abuse accounts admin administration anfrage bestellung billing booking bookings buchhaltung buero bonjour careers
    contact contacto contact-us contato customerservice enquiries enquiry events feedback finance hallo hello help
    helpdesk hey hi hola hr info information inquiries invoice invoices jobs kontakt kundenservice legal mail mailbox
    marketing media newsletter no-reply noreply office order orders partner partners post postmaster pr press presse
    privacy reception sales secretary security service services shop studio support team verkauf vertrieb webmaster
    welcome""".split()
)


@dataclass(frozen=True, slots=True)
class Join:
    """Two people found to be one, as ids at that moment: `gone` goes into `kept`, the lower number.

    `name` is that of the one to whom the record did not belong.
    """

    kept: int
    gone: int
    reason: str
    name: str


@dataclass(slots=True)
class Signs:
    """What a record brings by which its person may be somebody else too.

    `own` are the accounts that are new with this record, `shared` those that it names and somebody else has.
    """

    person: int
    makes: bool
    name: str
    nameless: bool
    own: tuple[AccountKey, ...]
    shared: tuple[AccountKey, ...] = ()
    emails: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(slots=True)
class _Group:
    """Those who were found to be one so far."""

    name: str
    """What they are called, be it by their handle."""
    names: set[str]
    """None of them for somebody without a name, or the names say nothing."""
    members: list[int]
    accounts: set[AccountKey] = field(default_factory=set[AccountKey])
    links: set[AccountKey] = field(default_factory=set[AccountKey])
    invented: bool = False


def by_handle(network: str, handle: str) -> AccountKey | None:
    """The key under which others name an account whose own key is a number; None where the keys are handles."""
    return (network, f"@{handle.lower()}") if network in _NUMBERED and handle else None


def owners(database: Database, accounts: Iterable[AccountKey]) -> dict[AccountKey, int]:
    """Whose the accounts are, without those that nobody has. An account with a number is found by its handle too."""
    found: dict[AccountKey, int] = {}
    for network, keys in _by_network(accounts).items():
        if network in _NUMBERED and (handles := [key[1:] for key in keys if key.startswith("@")]):
            for handle, person in database.rows(
                # The network stands in the text, or the index of handles would not be used.
                f"select handle, person from identities where network = '{network}' and handle in ({_marks(handles)})",
                handles,
            ):
                found[network, f"@{handle.lower()}"] = person
        for key, person in database.rows(
            f"select key, person from identities where network = ? and key in ({_marks(keys)})", [network, *keys]
        ):
            found[network, key] = person
    return found


def comparable(address: str) -> str:
    """An e-mail address as it is compared; nothing if it is that of an office, or none at all."""
    address = clean(address).strip().casefold()
    local, at, _ = address.partition("@")
    return "" if not at or local.partition("+")[0] in _ROLES else address


class Joins:
    """Finds the joins of one batch. The records are to be shown in their order, in pieces."""

    def __init__(
        self, database: Database, names_agree: NamesAgree, ruled_out: set[tuple[int, int]], batch_has_links: bool
    ) -> None:
        """`ruled_out` are pairs whom the user called different people, the lower number first."""
        self._db = database
        self._names_agree = names_agree
        self._ruled_out = ruled_out
        self._stored_links = bool(database.value("select exists(select 1 from links)"))
        self.wants_everyone = self._stored_links or batch_has_links
        """Whether records without any sign of their own may be named by others."""
        self.found: list[Join] = []
        self._groups: dict[int, _Group] = {}
        self._into: dict[int, int] = {}
        # What the records so far have brought.
        self._owners: dict[AccountKey, int] = {}
        self._named: dict[AccountKey, list[int]] = {}
        self._linking: dict[AccountKey, list[tuple[int, bool]]] = {}
        self._mails: dict[str, list[int]] = {}
        # What the notebook holds of what the present piece names.
        self._held: dict[AccountKey, int] = {}
        self._held_mails: dict[str, list[int]] = {}
        self._held_linking: dict[AccountKey, list[tuple[int, bool]]] = {}

    def of(self, piece: Sequence[Signs]) -> dict[int, list[Join]]:
        """The joins that each record of a piece brings about, by its person."""
        if not piece:
            return {}
        self._look_up(piece)
        found: dict[int, list[Join]] = {}
        for signs in piece:
            self._note(signs)
            for other, reason in self._others(signs):
                join = self._joined(signs.person, other, reason)
                if join is not None:
                    found.setdefault(signs.person, []).append(join)
            for address in signs.emails:
                self._mails.setdefault(address, []).append(signs.person)
        return found

    def _others(self, signs: Signs) -> Iterator[tuple[int, str]]:
        for address in signs.emails:
            for other in (*self._held_mails.get(address, ()), *self._mails.get(address, ())):
                yield other, _EQUAL_EMAIL
        for account in signs.shared:
            other = self._owner(account)
            if other is None:
                self._named.setdefault(account, []).append(signs.person)
            else:
                yield other, _same(account)
        for account in signs.own:
            for other in self._named.pop(account, ()):
                yield other, _same(account)
        yield from self._linked(signs)

    def _linked(self, signs: Signs) -> Iterator[tuple[int, str]]:
        for account in signs.own:
            for other, verified in (*self._held_linking.get(account, ()), *self._linking.get(account, ())):
                if verified:
                    yield other, "a verified link"
                elif self._links(signs.person, other):
                    yield other, "each links to the other"
        for link in signs.links:
            account = (link.network.value, clean(link.key))
            self._linking.setdefault(account, []).append((signs.person, link.verified))
            other = self._owner(account)
            if other is not None and link.verified:
                yield other, "a verified link"
            elif other is not None and self._links(other, signs.person):
                yield other, "each links to the other"

    def _owner(self, account: AccountKey) -> int | None:
        return self._held.get(account) or self._owners.get(account)

    def _links(self, one: int, other: int) -> bool:
        """Whether an account of the other is among those that the one names."""
        return not self._group(one).links.isdisjoint(self._group(other).accounts)

    def _joined(self, person: int, other: int, reason: str) -> Join | None:
        mine, theirs = self._group(person), self._group(other)
        if mine is theirs or mine.invented or theirs.invented or self._are_ruled_out(mine, theirs):
            return None
        if reason == _EQUAL_EMAIL:
            pairs = [(a, b) for a in mine.names for b in theirs.names]
            if pairs and not any(self._names_agree(a, b) for a, b in pairs):
                return None
        elif _contradict(mine.accounts, theirs.accounts):
            return None
        kept, gone = sorted((self._root(person), self._root(other)))
        join = Join(kept, gone, reason, theirs.name)
        group, merged = self._groups[kept], self._groups.pop(gone)
        self._into[gone] = kept
        self.found.append(join)
        group.names |= merged.names
        group.members += merged.members
        group.accounts |= merged.accounts
        group.links |= merged.links
        return join

    def _are_ruled_out(self, mine: _Group, theirs: _Group) -> bool:
        return bool(self._ruled_out) and any(
            (min(a, b), max(a, b)) in self._ruled_out for a in mine.members for b in theirs.members
        )

    def _root(self, person: int) -> int:
        while (into := self._into.get(person)) is not None:
            person = into
        return person

    def _group(self, person: int) -> _Group:
        root = self._root(person)
        if root not in self._groups:
            self._load([root])
        return self._groups[root]

    def _note(self, signs: Signs) -> None:
        if signs.makes:
            self._groups[signs.person] = _Group(signs.name, set(), [signs.person])
        group = self._group(signs.person)
        if not signs.nameless:
            group.names.add(signs.name)
        group.accounts.update(signs.own)
        group.links.update((link.network.value, clean(link.key)) for link in signs.links)
        for account in signs.own:
            self._owners[account] = signs.person

    # what the notebook holds

    def _look_up(self, piece: Sequence[Signs]) -> None:
        mails = {address for signs in piece for address in signs.emails}
        named = {account for signs in piece for account in signs.shared}
        named |= {(link.network.value, clean(link.key)) for signs in piece for link in signs.links}
        own = {account for signs in piece for account in signs.own} if self._stored_links else set[AccountKey]()
        self._held_mails = self._with_mails(mails)
        self._held = owners(self._db, named)
        self._held_linking = self._naming(own)
        concerned = {person for people in self._held_mails.values() for person in people}
        concerned.update(self._held.values())
        concerned.update(person for people in self._held_linking.values() for person, _ in people)
        concerned.update(signs.person for signs in piece if not signs.makes)
        self._load([person for person in concerned if self._root(person) not in self._groups])

    def _naming(self, accounts: set[AccountKey]) -> dict[AccountKey, list[tuple[int, bool]]]:
        found: dict[AccountKey, list[tuple[int, bool]]] = {}
        for network, keys in _by_network(accounts).items():
            for key, person, verified in self._db.rows(
                f"select key, person, verified from links where network = ? and key in ({_marks(keys)})",
                [network, *keys],
            ):
                found.setdefault((network, key), []).append((person, bool(verified)))
        return found

    def _with_mails(self, addresses: set[str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        if not addresses:
            return found
        wanted = list(addresses)
        rows = self._db.rows(
            f"select email, id from people where email != '' and email in ({_marks(wanted)})", wanted
        ) + self._db.rows(
            f"select substr(key, {len(_KEY_OF_EMAIL) + 1}), person from identities where network = ?"
            f" and key in ({_marks(wanted)})",
            [_EMAIL, *(f"{_KEY_OF_EMAIL}{address}" for address in wanted)],
        )
        for address, person in sorted(set(rows), key=lambda row: row[1]):
            people = found.setdefault(address.strip().casefold(), [])
            if person not in people:
                people.append(person)
        return found

    def _load(self, people: Sequence[int]) -> None:
        if not people:
            return
        marks = _marks(people)
        for person, name, invented in self._db.rows(
            f"select id, name, is_sample from people where id in ({marks})", people
        ):
            self._groups[person] = _Group(name, set(), [person], invented=bool(invented))
        called: dict[int, list[tuple[str, str]]] = {}
        for person, network, key, handle in self._db.rows(
            f"select person, network, key, handle from identities where person in ({marks})", people
        ):
            called.setdefault(person, []).append((key, handle))
            accounts = self._groups[person].accounts
            accounts.add((network, key))
            if (named := by_handle(network, handle)) is not None:
                accounts.add(named)
        for person in people:
            group = self._groups[person]
            if not stands_in(group.name, called.get(person, ())):
                group.names.add(group.name)
        if self._stored_links:
            for person, network, key in self._db.rows(
                f"select person, network, key from links where person in ({marks})", people
            ):
                self._groups[person].links.add((network, key))


def _by_network(accounts: Iterable[AccountKey]) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for network, key in accounts:
        keys.setdefault(str(network), []).append(key)
    return keys


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _same(account: AccountKey) -> str:
    return f"same {Network(account[0]).label} account"


def _contradict(mine: set[AccountKey], theirs: set[AccountKey]) -> bool:
    """Whether both have an account on one network, and not the same one."""
    for network in {network for network, _ in theirs} - _MANY:
        ours, others = _keys_on(network, mine), _keys_on(network, theirs)
        numbers, other_numbers = _numbers(ours), _numbers(others)
        # Two numbers are two accounts, though one may have the handle now that the other had.
        both_numbered = network in _NUMBERED and numbers and other_numbers
        if ours and (numbers.isdisjoint(other_numbers) if both_numbered else ours.isdisjoint(others)):
            return True
    return False


def _keys_on(network: str, accounts: Iterable[AccountKey]) -> set[str]:
    return {key for of, key in accounts if of == network}


def _numbers(keys: Iterable[str]) -> set[str]:
    return {key for key in keys if not key.startswith("@")}
