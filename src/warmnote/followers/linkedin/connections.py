"""LinkedIn's Connections.csv, as every export since 2016 wrote it and as spreadsheets save it again.

The connection's key comes from the profile address. The exports to mid-2023 have none: there it is the e-mail address,
else name and day (`accounts.earlier_keys` gives the same keys for a record that has an address).
"""

from dataclasses import dataclass
from sys import intern

from warmnote import accounts
from warmnote.accounts import Account
from warmnote.followers import columns, gather, text
from warmnote.followers.columns import Role
from warmnote.followers.container import Container, Entry
from warmnote.followers.dates import Dating
from warmnote.followers.gather import Gathering, Row
from warmnote.followers.linkedin.files import Kind, Part, Sheet, header_of
from warmnote.followers.watch import Watch
from warmnote.model import Expected, Fact, Incoming, Knowledge, Network

__all__ = ["SOURCE", "Connections", "read"]

SOURCE = "LinkedIn connections"


@dataclass(slots=True, kw_only=True)
class Connections(Part):
    """What the file holds. `addressed` says whether it has profile addresses, `whole` whether it is all there."""

    people: list[Incoming]
    addressed: bool
    whole: bool


def read(container: Container, entry: Entry, watch: Watch) -> Connections:
    """The connections in an entry that `files.find` has found; may raise `Cancelled`."""
    table = text.table(container.read(entry), watch)
    header = header_of(Kind.CONNECTIONS, table.records, f"{container.origin} {entry.base}")
    if header is None:
        raise Expected(f"“{entry.name}” changed while it was being read.", "Choose it again.")
    guessed = columns.guess(table.records[header])
    sheet = Sheet.of(table, header, guessed.first(Role.FOLLOWED))
    dating = gather.dating(table, sheet.start, guessed.first(Role.FOLLOWED))
    gathering = Gathering()
    for row in gather.rows(table, guessed, sheet.start, sheet.width, gathering, watch):
        person = _person(row, dating, gathering)
        if person is not None:
            gathering.add(person)
    found = Connections(
        read_as=table.read_as,
        skipped=gathering.skipped,
        problems=gathering.problems,
        notes=list(gather.notes_on(table, dating, gathering)),
        people=gathering.people,
        addressed=bool(guessed.of(Role.PROFILE)),
        whole=sheet.cut is None,
    )
    found.mind_cut(sheet.cut, entry.name)
    if not found.addressed and found.people:
        found.notes.append(
            "This export has no profile addresses. People in it are told apart by e-mail address, else by name and day."
        )
    return found


def _person(row: Row, dating: Dating, gathering: Gathering) -> Incoming | None:
    name = " ".join(filter(None, (row.one(Role.FIRST), row.one(Role.MIDDLE), row.one(Role.LAST))))
    email = gathering.email(row, row.all(Role.EMAIL))
    account = _account(row, gathering)
    if not (name or email or account):
        gathering.skip(row.number, _nobody(row))
        return None
    followed_on = gathering.day(row, dating)
    if account is not None:
        key = account.key
    elif email:
        key = accounts.by_email(email)
    else:
        key = accounts.by_name(name, on=followed_on)
    if not name:
        name = (account.handle or account.key) if account is not None else email
        gathering.mind(row.number, "", f"no name; shown as “{name}” until you give one")
    websites = row.all(Role.WEBSITE)
    return Incoming(
        row=row.number,
        network=Network.LINKEDIN,
        key=key,
        name=name,
        handle=account.handle if account is not None else "",
        url=account.url if account is not None else "",
        # Thousands have them in common: each is held once.
        company=intern(row.one(Role.COMPANY)),
        position=intern(row.one(Role.POSITION)),
        email=email,
        followed_on=followed_on,
        followed_known=Knowledge.EXACT if followed_on is not None else Knowledge.FIRST_SEEN,
        facts=tuple(Fact("website", value, SOURCE) for value in websites) if websites else (),
    )


def _account(row: Row, gathering: Gathering) -> Account | None:
    url = row.one(Role.PROFILE)
    if not url:
        return None
    account = accounts.profile(url)
    if account is not None and account.network is Network.LINKEDIN:
        return account
    column = row.columns.heading(Role.PROFILE)
    gathering.mind(row.number, column, f"“{url}” is not the address of a LinkedIn profile")
    return None


def _nobody(row: Row) -> str:
    others = (role for role in row.columns.roles if role is not Role.FOLLOWED)
    if row.one(Role.FOLLOWED) and not any(row.one(role) for role in others):
        return "no name, only a date (a closed account)"
    return "no name and no address"
