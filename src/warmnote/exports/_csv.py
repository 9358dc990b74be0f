"""CSV for spreadsheets: UTF-8 with a byte-order mark, CRLF, and no cell that a spreadsheet would run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import BinaryIO

from warmnote.model import Exported, Identity, Message, MessageKind

__all__ = ["HISTORY", "PEOPLE", "write_csv", "write_history"]

PEOPLE = (
    *("Warmnote ID", "Name", "E-mail", "Company", "Position", "Location", "Pronouns", "Bio", "Accounts", "Followed on"),
    *("Tags", "Stage", "Stage set by hand", "Last contact", "Follow-up", "Follow-up reason", "Notes", "Draft", "New"),
    *("Do not write", "Resting since", "Archived", "Added", "Edited by hand"),
)
"""The header of the people's table. The names do not change: programs may rely on them."""

HISTORY = ("Warmnote ID", "Name", "When", "Kind", "Channel", "Text")
"""The header of the table of messages."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_DAY_OF_NOTE = re.compile(r"(?m)^(\\*\[\d{4}-)")
_ESCAPED = str.maketrans({"\\": "\\\\", "|": "\\|", "\n": "\\n", "\r": "\\r"})


def write_csv(people: Iterable[Exported], out: BinaryIO) -> int:
    """Writes one row a person; returns how many there were. Moments are in UTC.

    Several accounts stand in one cell, one a line, as `network | key | handle | address | followed on | how well known`;
    notes likewise, each begun by its moment in brackets. Facts and letters are left out: see `write_history` and JSON.
    """
    return _write(out, PEOPLE, (_person(one) for one in people))


def write_history(people: Iterable[Exported], out: BinaryIO) -> int:
    """Writes one row for each entry of the people's logs, notes too; returns how many there were."""
    rows = (
        (_id(one), one.person.name, _moment(m.at), m.kind.value, m.channel, m.text)
        for one in people
        for m in one.messages
    )
    return _write(out, HISTORY, rows)


def _write(out: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)

    def put(row: Sequence[str]) -> None:
        writer.writerow([_safe(cell) for cell in row])
        out.write(buffer.getvalue().encode("utf-8", "replace"))
        buffer.seek(0)
        buffer.truncate()

    out.write(b"\xef\xbb\xbf")
    put(header)
    count = 0
    for row in rows:
        put(row)
        count += 1
    return count


def _safe(cell: str) -> str:
    """With a `'` before what a spreadsheet takes for a formula; taking one away gives every cell back exactly."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _person(one: Exported) -> tuple[str, ...]:
    person, mine = one.person, one.mine
    contacts = [m.at for m in one.messages if m.kind is not MessageKind.NOTE]
    followed = [i.followed_on for i in person.identities if i.followed_on is not None]
    follow_up = person.follow_up
    return (
        _id(one),
        person.name,
        person.email,
        person.company,
        person.position,
        person.location,
        person.pronouns,
        person.bio,
        "\n".join(map(_account, person.identities)),
        max(followed).isoformat() if followed else "",
        ", ".join(tag.replace("\\", "\\\\").replace(",", "\\,") for tag in person.tags),
        person.stage.name.lower(),
        _flag(person.stage_by_hand),
        _moment(max(contacts, default=None)),
        follow_up.due.isoformat() if follow_up else "",
        follow_up.why if follow_up else "",
        "\n\n".join(map(_note, (m for m in one.messages if m.kind is MessageKind.NOTE))),
        mine.draft.text if mine.draft else "",
        _flag(person.is_new),
        _flag(person.do_not_write),
        _moment(mine.rested_at),
        _moment(person.archived_at),
        _moment(person.added_at),
        ", ".join(mine.owned),
    )


def _id(one: Exported) -> str:
    return str(one.person.id)


def _account(identity: Identity) -> str:
    day = "" if identity.followed_on is None else identity.followed_on.isoformat()
    fields = (
        identity.network.value,
        identity.key,
        identity.handle,
        identity.url,
        day,
        identity.followed_known.value,
    )
    return " | ".join(field.translate(_ESCAPED) for field in fields)


def _note(note: Message) -> str:
    # A line of the note's own that looks like the beginning of a note is kept apart by a backslash.
    text = _DAY_OF_NOTE.sub(r"\\\1", note.text)
    return f"[{_moment(note.at)}] {text}"


def _flag(value: bool) -> str:
    return "yes" if value else ""


def _moment(at: datetime | None) -> str:
    return "" if at is None else at.isoformat()
