"""LinkedIn's Connections.csv, as every export since 2016 wrote it and as spreadsheets save it again.

The connection's key comes from the profile address. The exports to mid-2023 have none: there it is the e-mail address,
else name and day (`accounts.earlier_keys` gives the same keys for a record that has an address).
"""

import re
from collections.abc import Callable, Sequence
from datetime import date

from warmnote import accounts
from warmnote.accounts import Account
from warmnote.followers import columns, gather, text
from warmnote.followers.columns import Role, canonical
from warmnote.followers.container import LOOKED_INTO, Container, Entry, Form
from warmnote.followers.dates import Dating
from warmnote.followers.gather import Gathering, Row
from warmnote.followers.watch import Watch
from warmnote.model import Batch, Expected, Fact, Incoming, Knowledge, Network

__all__ = ["recognise"]

_SOURCE = "LinkedIn connections"
_SCANNED = 15
_EXPORT_NAME = re.compile(r"LinkedInDataExport[_ ](\d{2})-(\d{2})-(\d{4})", re.IGNORECASE)
# Headers by which the other files of the same export are known, and what they are.
_OTHERS = (
    ({"from", "to", "sent at", "message", "direction"}, "Invitations", "the invitations you sent and received"),
    ({"conversation id", "from", "to", "content"}, "messages", "your conversations"),
    ({"from", "to", "date", "subject", "content", "folder"}, "Messages", "your conversations"),
    ({"first name", "last name", "maiden name", "headline"}, "Profile", "your own profile"),
    ({"organization", "followed on"}, "Company Follows", "companies that you follow"),
    ({"date", "full name", "status"}, "Member_Follows", "people whom you follow, not your connections"),
    ({"endorsement date", "skill name"}, "Endorsements", "who endorsed whom for which skill"),
    ({"first name", "last name", "text", "creation date", "status"}, "Recommendations", "recommendations"),
)
_EXPORT_FILES = frozenset(
    f"{name}.csv"
    for name in (
        "invitations", "messages", "profile", "company follows", "member follows", "positions", "education", "skills",
        "email addresses", "phonenumbers", "phone numbers", "registration", "rich media", "ad targeting", "languages",
        "importedcontacts", "savedjobs", "saved jobs", "profile summary", "whatsapp phone numbers", "learning", "receipts",
    )
)  # fmt: skip


def recognise(container: Container) -> Callable[[Watch], Batch] | None:
    """The reading of the container's connections; None if there are none and nothing else says LinkedIn.

    Raises `Expected` for another file of LinkedIn's export, and for an export without connections.
    """
    tables = sorted(container.tables(), key=lambda entry: "connections" not in entry.base)
    found = [entry for entry in tables[:LOOKED_INTO] if _is_connections(container, entry)]
    if found:
        return lambda watch: _read(container, found, watch)
    if len(tables) == 1:
        _refuse(_head(container, tables[0]))
    if container.form is not Form.FILE:
        _refuse_export(container)
    return None


def _head(container: Container, entry: Entry) -> Sequence[Sequence[str]]:
    try:
        head = container.head(entry)
    except Expected:
        if container.form is Form.FILE or "connections" in entry.base:
            raise
        return ()  # some other file that is locked or damaged
    return text.table(head, partial=len(head) < entry.size).records


def _is_connections(container: Container, entry: Entry) -> bool:
    return _header(_head(container, entry), f"{container.origin} {entry.base}") is not None


def _header(records: Sequence[Sequence[str]], name: str) -> int | None:
    """The index of the header of connections; `name` helps with the shape that copies Outlook's columns."""
    for index, cells in enumerate(records[:_SCANNED]):
        names = [canonical(cell) for cell in cells]
        if {"first name", "last name", "connected on"}.issubset(names):
            return index
        if names[:2] == ["title", "first name"] and {"last name", "email address"}.issubset(names):
            # Outlook itself has the company behind the suffix.
            behind = names[names.index("suffix") + 1 :][:1] if "suffix" in names else []
            if behind == ["email address"] or re.search(r"linkedin|connections", name, re.IGNORECASE):
                return index
    return None


def _refuse(records: Sequence[Sequence[str]]) -> None:
    for cells in records[:_SCANNED]:
        names = {canonical(cell) for cell in cells}
        for signature, name, content in _OTHERS:
            if signature == names or (signature < names and len(signature) > 3):
                raise Expected(
                    f"This is a LinkedIn {name} file ({content}). Warmnote looked for Connections.",
                    "Choose Connections.csv from the same export, or the whole zip.",
                )


def _refuse_export(container: Container) -> None:
    known = [entry for entry in container.entries if entry.base in _EXPORT_FILES]
    named = "linkedindataexport" in container.origin.casefold() and bool(known)
    if len(known) < 2 and not named:
        return
    shown = ", ".join(entry.name.rpartition("/")[2] for entry in known[:3])
    more = f" and {len(known) - 3} more" if len(known) > 3 else ""
    raise Expected(
        f"This LinkedIn export has no Connections.csv. It holds {shown}{more}.",
        "LinkedIn may send an export in two parts: look for a second mail, or ask for Connections when you request it.",
    )


def _read(container: Container, found: Sequence[Entry], watch: Watch) -> Batch:
    entry = found[0]
    table = text.table(container.read(entry), watch)
    header = _header(table.records, f"{container.origin} {entry.base}")
    if header is None:
        raise Expected(f"“{entry.name}” changed while it was being read.", "Choose it again.")
    guessed = columns.guess(table.records[header])
    dating = gather.dating(table, header + 1, guessed.first(Role.FOLLOWED))
    gathering = Gathering()
    for row in gather.rows(table, guessed, header + 1, len(guessed.header), gathering, watch):
        person = _person(row, dating, gathering)
        if person is not None:
            gathering.add(person)
    notes = list(gather.notes_on(table, dating, gathering))
    if not guessed.of(Role.PROFILE) and gathering.people:
        notes.append(
            "This export has no profile addresses. People in it are told apart by e-mail address, else by name and day."
        )
    if len(found) > 1:
        others = ", ".join(f"“{other.name}”" for other in found[1:4])
        notes.append(f"Read from “{entry.name}”. There are connections in {others} too; choose that file to read it.")
    return Batch(
        _SOURCE,
        Network.LINKEDIN,
        container.origin,
        tuple(gathering.people),
        tuple(gathering.skipped),
        tuple(gathering.problems),
        table.read_as,
        _exported_on(container.origin),
        tuple(notes),
        frozenset({Network.LINKEDIN}),
    )


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
        company=row.one(Role.COMPANY),
        position=row.one(Role.POSITION),
        email=email,
        followed_on=followed_on,
        followed_known=Knowledge.EXACT if followed_on is not None else Knowledge.FIRST_SEEN,
        facts=tuple(Fact("website", value, _SOURCE) for value in websites) if websites else (),
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


def _exported_on(origin: str) -> date | None:
    """The day in the name that LinkedIn gives its zips (month first); a renamed zip has none."""
    match = _EXPORT_NAME.search(origin)
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[1]), int(match[2]))
    except ValueError:
        return None
