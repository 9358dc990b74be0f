"""The people of an address book: how one entry becomes a person, and how entries that share an address are told apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from warmnote import accounts
from warmnote.accounts import Account
from warmnote.followers import dates
from warmnote.followers.gather import Gathering
from warmnote.model import Fact, Identity, Incoming, Network

__all__ = ["Book", "Contact", "birthday"]

_EMAIL = re.compile(r"[^@\s<>,;:\"()]+@[^@\s<>,;:\"()]+")
_INSIDE = re.compile(r"[^<]*<\s*([^<>\s]+@[^<>\s]+)\s*>")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_BIRTHDAY = re.compile(r"(?:\d{4}|-)?-?(\d{2})-?(\d{2})(?:[T ].*)?")


@dataclass(slots=True)
class Contact:
    """One entry of an address book as written there: `emails` with the preferred one first, checked by nobody yet."""

    name: str = ""
    emails: tuple[str, ...] = ()
    profiles: tuple[Account, ...] = ()
    company: str = ""
    position: str = ""
    location: str = ""
    pronouns: str = ""
    bio: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(slots=True)
class Book(Gathering):
    """Collects the entries of an address book: people who follow nobody, known by their e-mail address.

    An entry that repeats an earlier one adds what it has to that one. Two entries with one address and names that have
    nothing in common are two people: the second is known by another address of theirs, or by name.
    """

    cut_off: bool = False
    _at: dict[tuple[Network, str], tuple[int, int]] = field(default_factory=dict[tuple[Network, str], tuple[int, int]])
    _file: int = 0
    _repeated: int = 0

    def next_file(self) -> None:
        """Tell that the entries which follow come from another file."""
        self._file += 1

    def put(self, row: int, contact: Contact, column: str = "e-mail") -> None:
        """Keep an entry as a person; `column` is what the source calls its e-mail addresses."""
        emails = self._addresses(row, contact, column)
        main, shared = self._identity(row, contact, emails, column)
        own = [email for email in emails if email.casefold() not in shared] if shared else emails
        known = (main.network, main.key)
        further = {(Network.EMAIL, key): Identity(Network.EMAIL, key) for key in map(str.casefold, own)}
        for one in contact.profiles:
            further[one.network, one.key] = Identity(one.network, one.key, one.handle, one.url)
        further.pop(known, None)
        facts = contact.facts
        if shared:
            facts += tuple(Fact("e-mail", email, shared=False) for email in emails if email.casefold() in shared)
        person = Incoming(
            row=row,
            network=main.network,
            key=main.key,
            name=contact.name or (emails[0] if emails else main.handle or main.key),
            handle=main.handle,
            url=main.url,
            bio=contact.bio,
            location=contact.location,
            company=contact.company,
            position=contact.position,
            pronouns=contact.pronouns,
            email=own[0] if own else "",
            facts=facts,
            accounts=tuple(further.values()),
            follows=False,
        )
        before = self._at.get(known)
        if before is None:
            self._at[known] = (len(self.people), self._file)
            self.people.append(person)
        else:
            self._repeat(person, *before)

    def notes(self, what: str) -> tuple[str, ...]:
        """What is worth telling about the entries, which are called `what`."""
        if not self._repeated:
            return ()
        stand = "stands" if self._repeated == 1 else "stand"
        return (f"{self._repeated:,} of the {what} {stand} in more than one of the files; each person was read once.",)

    def _repeat(self, person: Incoming, index: int, file: int) -> None:
        kept = self.people[index]
        self.people[index] = _together(kept, person)
        if file != self._file:
            self._repeated += 1
        elif person.key.startswith("name:"):
            self.skip(person.row, f"the same name as row {kept.row:,}, and nothing that tells the two apart")
        else:
            self.skip(person.row, f"the same person as in row {kept.row:,}; what is more here was added there")

    def _addresses(self, row: int, contact: Contact, column: str) -> list[str]:
        found: list[str] = []
        for value in contact.emails:
            value = value.strip().removeprefix("mailto:")
            if (match := _EMAIL.fullmatch(value)) or (match := _INSIDE.fullmatch(value)):
                found.append(match[match.lastindex or 0])
            else:
                self.mind(row, column, f"“{value[:80]}” is not an e-mail address; the person is kept without it")
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def _identity(
        self, row: int, contact: Contact, emails: Sequence[str], column: str
    ) -> tuple[Account, frozenset[str]]:
        """The account by which an entry is known, and those of its e-mail addresses that are somebody else's too."""
        shared: list[str] = []
        for email in emails:
            key = email.casefold()
            before = self._at.get((Network.EMAIL, key))
            if before is None or _may_be_one(self.people[before[0]].name, contact.name):
                return Account(Network.EMAIL, key, "", ""), frozenset(shared)
            shared.append(key)
            first = self.people[before[0]]
            self.mind(row, column, f"“{email}” is the address of {first.name} in row {first.row:,} too")
        if contact.profiles:
            return contact.profiles[0], frozenset(shared)
        return Account(Network.OTHER, accounts.by_name(contact.name, at=contact.company), "", ""), frozenset(shared)


def _may_be_one(name: str, other: str) -> bool:
    """Whether two names with one address may be the same person's: they have a word in common, or one is none."""
    words, others = (set(_WORD.findall(text.casefold())) for text in (name, other))
    return not words or not others or "@" in name or "@" in other or not words.isdisjoint(others)


def _together(kept: Incoming, more: Incoming) -> Incoming:
    """A person with what a second entry adds: nothing that is there already changes."""
    return replace(
        kept,
        name=more.name if "@" in kept.name and "@" not in more.name else kept.name,
        bio=kept.bio or more.bio,
        location=kept.location or more.location,
        company=kept.company or more.company,
        position=kept.position or more.position,
        pronouns=kept.pronouns or more.pronouns,
        facts=tuple(dict.fromkeys((*kept.facts, *more.facts))),
        accounts=tuple(dict.fromkeys((*kept.accounts, *more.accounts))),
    )


@lru_cache(maxsize=4_096)
def birthday(value: str, *, day_first: bool = False) -> str:
    """Day and month of a birthday in words (“3 February”), whatever is known of the year; empty if `value` is none."""
    if not value:
        return ""
    if match := _BIRTHDAY.fullmatch(value):
        month, day = int(match[1]), int(match[2])
    elif found := dates.read(value, day_first=day_first):
        month, day = found.month, found.day
    else:
        return ""
    return f"{day} {_MONTHS[month - 1]}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
