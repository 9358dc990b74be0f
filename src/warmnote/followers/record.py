"""One row of a table as a person: a follower, or an entry of an address book."""

import re
from collections.abc import Sequence

from warmnote import accounts
from warmnote.accounts import Account
from warmnote.followers import headers, text
from warmnote.followers.contact import Book, Contact, birthday
from warmnote.followers.gather import Row
from warmnote.followers.headers import Role
from warmnote.followers.layout import Layout
from warmnote.model import Fact, Identity, Incoming, Knowledge, Network

__all__ = ["add"]

_PLAIN = re.compile(r"[\d\s.,:%€$£/+-]*|https?://\S+|[0-9a-f-]{16,}|\S+@\S+\.\S+", re.IGNORECASE)
_FLAGS = frozenset(
    ["true", "false", "yes", "no", "ja", "nein", "oui", "non", "si", "sí", "sim", "não", "y", "n", "none", "null", "nan",
     "n/a", "-", "0/0/00", "unspecified", "normal", "smtp", "falsch", "wahr", "faux", "vrai", "falso"]
)  # fmt: skip
_FACT_CAP = 200
_FACTS_CAP = 12
_JOINT = " ::: "  # Google's, between several values in one cell; the main one is marked "* "
_EMAILS = re.compile(r"\s*[,;|\n]\s*|\s+:::\s+")
_LABELS = re.compile(r"\s*(?: ::: |[,;|])\s*")
_SYSTEM_LABELS = re.compile(r"\*.*|(?:my)?contacts|imported on .*|starred(?: in android)?|none", re.IGNORECASE)


def add(row: Row, layout: Layout, book: Book) -> bool:
    """Make a person of a row, or say why not."""
    name = _name(row)
    emails = _emails(row)
    found = _accounts(row, layout)
    if not (name or emails or found):
        book.skip(row.number, "no name and no address")
        return False
    followed_on = book.day(row, layout.dating)
    if not layout.follows:
        book.put(row.number, _contact(row, layout, name, emails, found), row.columns.heading(Role.EMAIL) or "e-mail")
        return True
    email = book.email(row, emails)
    company = row.one(Role.COMPANY)
    if found:
        account = found[0]
    else:
        key = email.casefold() or accounts.by_name(name, on=followed_on, at=company)
        account = Account(Network.EMAIL if email else Network.OTHER, key, "", "")
    book.add(
        Incoming(
            row=row.number,
            network=account.network,
            key=account.key,
            name=name or account.handle or email or account.key,
            handle=account.handle,
            url=account.url,
            bio=_bio(row),
            location=_location(row, layout),
            company=company,
            position=row.one(Role.POSITION),
            pronouns=row.one(Role.PRONOUNS),
            email=email,
            followed_on=followed_on,
            followed_known=Knowledge.EXACT if followed_on is not None else Knowledge.FIRST_SEEN,
            facts=_facts(row, layout),
            accounts=_further(account, found, emails, email),
        )
    )
    return True


def _further(main: Account, found: Sequence[Account], emails: Sequence[str], email: str) -> tuple[Identity, ...]:
    """The accounts of a follower beside the one by which they are known."""
    if len(found) < 2 and len(emails) < 2:
        return ()
    others = {(one.network, one.key): Identity(one.network, one.key, one.handle, one.url) for one in found[1:]}
    for value in emails:
        if value != email and "@" in value[1:-1]:
            others[Network.EMAIL, value.casefold()] = Identity(Network.EMAIL, value.casefold())
    others.pop((main.network, main.key), None)
    return tuple(others.values())


def _contact(row: Row, layout: Layout, name: str, emails: Sequence[str], found: Sequence[Account]) -> Contact:
    return Contact(
        name=name,
        emails=tuple(emails),
        profiles=tuple(found),
        company=row.one(Role.COMPANY),
        position=row.one(Role.POSITION),
        location=_location(row, layout),
        pronouns=row.one(Role.PRONOUNS),
        bio=_bio(row),
        facts=_facts(row, layout),
    )


def _name(row: Row) -> str:
    """The full name from whatever parts there are; some files call only the family name a name."""
    name, first, last = row.one(Role.NAME), row.one(Role.FIRST), row.one(Role.LAST)
    if not first and not last:
        return name or row.one(Role.NICKNAME)
    if not name:
        return " ".join(filter(None, (first, row.one(Role.MIDDLE), last)))
    present = name.casefold()
    before = first if first.casefold() not in present else ""
    behind = last if last.casefold() not in present else ""
    return " ".join(filter(None, (before, name, behind)))


def _bio(row: Row) -> str:
    for column in row.columns.of(Role.BIO):
        if value := text.paragraphs(row.cells[column]):
            return value
    return ""


def _location(row: Row, layout: Layout) -> str:
    """City and country of the first address that has any."""
    for places in layout.places:
        values = dict.fromkeys(value for column in places if (value := text.line(row.cells[column])))
        if values:
            return ", ".join(values)
    return ""


def _emails(row: Row) -> list[str]:
    """The e-mail addresses of a row, the main one first; a cell may hold several."""
    values = _several(row, Role.EMAIL)
    if any(value.count("@") > 1 for value in values):
        values = [part for value in values for part in _EMAILS.split(value) if part]
    return list(dict.fromkeys(values)) if len(values) > 1 else values


def _several(row: Row, role: Role) -> list[str]:
    """The values of a role; where a cell holds several, the main one comes first."""
    values = row.all(role)
    if not any(_JOINT in value or value.startswith("* ") for value in values):
        return values
    parts = [
        part for value in values for part in sorted(value.split(_JOINT), key=lambda part: not part.startswith("* "))
    ]
    return [part.removeprefix("* ").strip() for part in parts if part.strip()]


def _accounts(row: Row, layout: Layout) -> list[Account]:
    """The accounts of a row: by profile address, by handle, then by a website that happens to be a profile."""
    network = layout.network
    known = row.columns
    found: list[Account] = []
    if known.of(Role.PROFILE):
        profiles = map(accounts.profile, _several(row, Role.PROFILE))
        found = [one for one in profiles if one is not None and network in (None, one.network)]
    for column, named in known.accounts.items():
        value = text.line(row.cells[column])
        if value and (account := accounts.profile(value) or accounts.by_handle(named, value)):
            found.append(account)
    if known.of(Role.HANDLE) and (not found or layout.network is not None) and (account := _by_handle(row, layout)):
        found.append(account)
    if network is None and known.of(Role.WEBSITE):
        found += filter(None, map(accounts.profile, _several(row, Role.WEBSITE)))
    found = list({(one.network, one.key): one for one in found}.values())
    if not found or not known.of(Role.ID):
        return found
    return [_numbered(row, layout, found[0]), *found[1:]]


def _numbered(row: Row, layout: Layout, account: Account) -> Account:
    """The account with the number or DID that the row gives it."""
    number = row.one(Role.ID).strip("'\"")
    if layout.numbered and number.isascii() and number.isdecimal() and len(number) <= 20:
        return Account(account.network, number, account.handle, account.url)
    if account.network is Network.BLUESKY and number.startswith("did:"):
        return Account(account.network, number, account.handle, account.url)
    return account


def _by_handle(row: Row, layout: Layout) -> Account | None:
    for value in row.all(Role.HANDLE):
        if account := accounts.profile(value) or accounts.by_handle(layout.network or _spelt_like(value), value):
            # A handle of nobody knows which place is worth less than an e-mail address.
            placeless = account.network is Network.OTHER
            return None if placeless and (row.columns.of(Role.EMAIL) or not layout.follows) else account
    return None


def _spelt_like(handle: str) -> Network:
    """The network whose handles look like this one."""
    if "@" in handle[1:]:
        return Network.MASTODON
    return Network.BLUESKY if handle.casefold().endswith(".bsky.social") else Network.OTHER


def _facts(row: Row, layout: Layout) -> tuple[Fact, ...]:
    """Notes and websites, and of the columns nobody knows those cells that are words: not numbers, flags or addresses."""
    facts: list[Fact] = []
    known, origin = row.columns, layout.origin
    if known.of(Role.NOTE):
        notes = map(text.paragraphs, (row.cells[column] for column in known.of(Role.NOTE)))
        facts += [Fact("note", value, origin, shared=False) for value in notes if value]
    if known.of(Role.NICKNAME) and (name := row.one(Role.NICKNAME)):
        facts.append(Fact("nickname", name, origin))
    if day := _birthday(row, layout):
        facts.append(Fact("birthday", day, origin, shared=False))
    if known.of(Role.WEBSITE):
        sites = _several(row, Role.WEBSITE)
        facts += [Fact("website", site, origin) for site in sites if layout.network or accounts.profile(site) is None]
    if known.of(Role.LABEL):
        labels = (label.strip("\"'") for value in row.all(Role.LABEL) for label in _LABELS.split(value))
        facts += [Fact("label", label, origin, shared=False) for label in labels if _is_label(label)]
    for column, kind in layout.kinds:
        value = text.line(row.cells[column])
        if value and len(value) <= _FACT_CAP and value.casefold() not in _FLAGS and not _PLAIN.fullmatch(value):
            shared = layout.public and headers.NEVER_SHARED.search(kind) is None
            facts.append(Fact(kind, value, origin, shared=shared))
    return tuple(facts[:_FACTS_CAP])


def _birthday(row: Row, layout: Layout) -> str:
    if layout.born is None:
        return birthday(row.one(Role.BIRTHDAY), day_first=_days_first(layout)) if row.columns.of(Role.BIRTHDAY) else ""
    month, day = (text.line(row.cells[column]) for column in layout.born)
    return birthday(f"--{month:0>2}{day:0>2}") if month and day else ""


def _days_first(layout: Layout) -> bool:
    return layout.birthdays is not None and layout.birthdays.day_first


def _is_label(label: str) -> bool:
    return bool(label) and _SYSTEM_LABELS.fullmatch(label) is None and label.casefold() not in _FLAGS
