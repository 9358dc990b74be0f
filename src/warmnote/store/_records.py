"""The records of a batch before they are compared: which of them speak of one account, and which cannot be used."""

from collections.abc import Iterable
from dataclasses import replace

from warmnote.accounts import stands_in
from warmnote.model import Incoming
from warmnote.store._compare import PERSON_FIELDS, ItemKind
from warmnote.store._joins import AccountKey, by_handle
from warmnote.store.text import clean

__all__ = ["Records"]


class Records:
    """A batch's records, each account once, with keys that can be stored.

    Of several records that a source has of one account as a follower the first counts. Others (a conversation, a list
    of the blocked) add to it.
    """

    def __init__(self, people: Iterable[Incoming]) -> None:
        self.people = list(people)
        self.left_out: dict[int, tuple[ItemKind, str]] = {}
        """What becomes of the records that are not compared, by their index, and why."""
        self.networks = {person.network for person in self.people}
        self.have_links = any(person.links for person in self.people)
        self._index: dict[str, dict[str, int]] = {network: {} for network in self.networks}
        self._by_handle: dict[AccountKey, int] = {}
        self._claimed: set[AccountKey] = set()
        # Those who are told by a handle while another record may have the number, and those who only add.
        named: list[int] = []
        adding: list[int] = []
        for index, person in enumerate(self.people):
            key = clean(person.key)
            if key is not person.key:
                person = self.people[index] = replace(person, key=key)
            if not key or key.isspace():
                self.left_out[index] = (ItemKind.SKIPPED, "no account or address to tell this person by")
            elif person.only_known:
                adding.append(index)
            elif key.startswith("@") and by_handle(person.network, key[1:]) is not None:
                named.append(index)
            elif (first := self._index[person.network].setdefault(key, index)) != index:
                self._again(first, index)
            elif person.handle and (handle := by_handle(person.network, clean(person.handle))) is not None:
                self._by_handle.setdefault(handle, index)
        for index in named:
            person = self.people[index]
            self._place(index, (person.network, person.key), (person.network, person.key.lower()))
        self._claim()
        for index in adding:
            person = self.people[index]
            account = (person.network, person.key)
            self._place(index, account, by_handle(person.network, clean(person.handle)) or account)

    def index_of(self, account: AccountKey) -> int | None:
        """The index of the record to which an account belongs."""
        return self._index.get(account[0], {}).get(account[1])

    def is_claimed(self, account: AccountKey) -> bool:
        """Whether another record than its own names an account as its further one."""
        return account in self._claimed

    def _place(self, index: int, account: AccountKey, handle: AccountKey) -> None:
        """Lets a record speak for its account, or go with the one that does. The account may be named by `handle` too."""
        first = next(
            (f for f in (self.index_of(account), self.index_of(handle), self._by_handle.get(handle)) if f is not None),
            None,
        )
        if first is None:
            self._index[account[0]][account[1]] = index
        else:
            self._again(first, index)

    def _claim(self) -> None:
        for index, person in enumerate(self.people):
            if person.accounts and index not in self.left_out:
                for account in person.accounts:
                    key = clean(account.key)
                    owner = self._index.setdefault(account.network.value, {}).setdefault(key, index)
                    if owner != index:
                        self._claimed.add((account.network.value, key))

    def _again(self, first: int, index: int) -> None:
        listed = self.people[first], self.people[index]
        if all(person.follows and not person.only_known for person in listed):
            self.left_out[index] = (ItemKind.SKIPPED, f"the same account as row {self.people[first].row}")
        else:
            self._add(first, index)

    def _add(self, first: int, index: int) -> None:
        person, other = self.people[first], self.people[index]
        self.left_out[index] = (ItemKind.UNCHANGED, f"goes with row {person.row}")
        alike = (person.network, person.key) == (other.network, other.key)
        fields = (*PERSON_FIELDS, "handle", "url") if alike else PERSON_FIELDS
        if _is_nameless(person) and not _is_nameless(other):
            person = replace(person, name=other.name)
        self.people[first] = replace(
            person,
            **{field: getattr(person, field) or getattr(other, field) for field in fields},
            do_not_write=person.do_not_write or other.do_not_write,
            follows=person.follows or (other.follows and not other.only_known),
            followed_on=person.followed_on or other.followed_on,
            followed_known=person.followed_known if person.followed_on else other.followed_known,
            facts=(*person.facts, *other.facts),
            messages=(*person.messages, *other.messages),
            accounts=(*person.accounts, *other.accounts),
            links=(*person.links, *other.links),
        )


def _is_nameless(person: Incoming) -> bool:
    return stands_in(person.name, [(person.key, person.handle)])
