"""LinkedIn's Invitations.csv: who asked to connect, whom you asked, and the few words that went with it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from warmnote import accounts
from warmnote.accounts import Account
from warmnote.followers import dates, moments, text
from warmnote.followers.container import Container, Entry
from warmnote.followers.gather import Gathering
from warmnote.followers.linkedin.files import Kind, Part, Sheet, header_of
from warmnote.followers.watch import Watch
from warmnote.model import Expected, Network, Problem

__all__ = ["Invitation", "Invitations", "member", "read"]


@dataclass(frozen=True, slots=True)
class Invitation:
    """One invitation; `name` and `account` are the other side's. `at` is None where the file tells no readable time."""

    row: int
    incoming: bool
    name: str
    account: Account | None
    at: datetime | None
    text: str


@dataclass(slots=True, kw_only=True)
class Invitations(Part):
    """What the file holds. `owner` is the key of the user's own account, empty if the file has no addresses."""

    owner: str = ""
    owner_name: str = ""
    all: list[Invitation] = field(default_factory=list[Invitation])


@dataclass(frozen=True, slots=True)
class _Side:
    name: str
    account: Account | None


@dataclass(frozen=True, slots=True)
class _Record:
    row: int
    direction: str
    inviter: _Side
    invitee: _Side
    sent_at: str
    text: str


def read(container: Container, entry: Entry, watch: Watch) -> Invitations:
    """The invitations in an entry that `files.find` has found; may raise `Cancelled`."""
    table = text.table(container.read(entry), watch)
    header = header_of(Kind.INVITATIONS, table.records)
    if header is None:
        raise Expected(f"“{entry.name}” changed while it was being read.", "Choose it again.")
    sheet = Sheet.of(table, header)
    found = Invitations(read_as=table.read_as)
    records = _records(sheet, found, watch)
    _find_owner(records, found)
    dating = dates.survey(list(dict.fromkeys(record.sent_at for record in records)), delimiter=table.delimiter)
    if dating.note:
        found.notes.append(dating.note)
    for record in records:
        _take(record, dating, found)
    found.mind_cut(sheet.cut, entry.name)
    return found


def member(address: str) -> Account | None:
    """The account of a LinkedIn profile address; None for the address of anything else."""
    account = accounts.profile(text.line(address))
    return account if account is not None and account.network is Network.LINKEDIN else None


def _records(sheet: Sheet, found: Invitations, watch: Watch) -> list[_Record]:
    sent_from, sent_to = sheet.column("from"), sheet.column("to")
    inviter = sheet.column("inviter profile url", "inviterprofileurl")
    invitee = sheet.column("invitee profile url", "inviteeprofileurl")
    direction, sent_at, message = sheet.column("direction"), sheet.column("sent at"), sheet.column("message")
    records: list[_Record] = []
    gathering = Gathering()
    for number, cells in sheet.rows(gathering, watch):
        records.append(
            _Record(
                number,
                text.line(cells[direction]).casefold(),
                _Side(text.line(cells[sent_from]), member(cells[inviter]) if inviter >= 0 else None),
                _Side(text.line(cells[sent_to]), member(cells[invitee]) if invitee >= 0 else None),
                text.line(cells[sent_at]),
                text.paragraphs(cells[message]) if message >= 0 else "",
            )
        )
    found.problems += gathering.problems
    return records


def _find_owner(records: list[_Record], found: Invitations) -> None:
    """The owner is who stands on the receiving side of what came in and on the sending side of what went out."""
    sides = [
        record.invitee if record.direction == "incoming" else record.inviter
        for record in records
        if record.direction in ("incoming", "outgoing")
    ]
    if not sides:  # a shuffled or shortened column: the one who has a part in most of the invitations
        sides = [side for record in records for side in (record.inviter, record.invitee)]
    keys = Counter(side.account.key for side in sides if side.account)
    found.owner = keys.most_common(1)[0][0] if keys else ""
    names = Counter(side.name for side in sides if side.name and (not side.account or side.account.key == found.owner))
    found.owner_name = names.most_common(1)[0][0] if names else ""


def _take(record: _Record, dating: dates.Dating, found: Invitations) -> None:
    incoming = _is_incoming(record, found)
    if incoming is None:
        found.skipped.append(Problem(record.row, "Direction", "it does not say who invited whom"))
        return
    other = record.inviter if incoming else record.invitee
    if other.account is None and not other.name:
        found.skipped.append(Problem(record.row, "", "no name and no address (a closed account)"))
        return
    if other.account is not None and other.account.key == found.owner:
        found.skipped.append(Problem(record.row, "", "this is your own account"))
        return
    at = moments.read(record.sent_at, day_first=dating.day_first) if record.sent_at else None
    if at is None and not dates.absent(record.sent_at):
        reason = f"“{record.sent_at}” is not a date; the invitation is kept without one"
        found.problems.append(Problem(record.row, "Sent At", reason))
    found.all.append(Invitation(record.row, incoming, other.name, other.account, at, record.text))


def _is_incoming(record: _Record, found: Invitations) -> bool | None:
    if record.direction in ("incoming", "outgoing"):
        return record.direction == "incoming"
    for side, incoming in ((record.inviter, False), (record.invitee, True)):
        if side.account is not None and side.account.key == found.owner:
            return incoming
    return None
