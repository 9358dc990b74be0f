"""The table of people, as it was written or as a spreadsheet has saved it again."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from itertools import zip_longest
from typing import TypeVar

from warmnote.followers import text
from warmnote.followers.container import Container, Entry
from warmnote.followers.own.gathered import FIELDS, STAGES, Gathered, Person, day, moment
from warmnote.followers.watch import Watch
from warmnote.model import Batch, Draft, Expected, FollowUp, Identity, Knowledge, Message, MessageKind, Mine, Network

__all__ = ["first_row", "read_people"]

T = TypeVar("T")

_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_NOTE = re.compile(r"^\[(\d{4}-\d\d-\d\dT[\d:.]+\+00:00)\] ", re.MULTILINE)
_OF_NOTE = re.compile(r"^\\(?=\\*\[\d{4}-)", re.MULTILINE)
_ESCAPE = re.compile(r"\\(.)")
_TAG_END = re.compile(r"(?<!\\)((?:\\\\)*), ?")


def read_people(container: Container, entry: Entry, watch: Watch) -> Batch:
    """Read the table in an entry."""
    content, read_as = _decoded(container.read(entry))
    csv.field_size_limit(2**31 - 1)
    # Not text.table: it tidies, and this is to come back as it was.
    reader = csv.reader(StringIO(content, newline=""), delimiter=_delimiter(content))
    gathered = Gathered()
    try:
        header = next(reader, list[str]())
        for row, cells in enumerate(reader, 2):
            if row % watch.EVERY == 0:
                watch.check()
            if any(cell.strip() for cell in cells):
                named = zip(header, map(_unguarded, cells), strict=False)
                gathered.add(_from_row({name.strip(): cell for name, cell in named}, Person(row)))
    except csv.Error as error:
        raise Expected("The table in this file is damaged, so it cannot be read.", "Export it again.") from error
    note = "Warmnote's table of people holds no letters and no facts; the JSON export does."
    return gathered.batch(container, read_as, None, (note,))


def _decoded(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        content, read_as, _ = text.decode(data)
        return content, read_as


def first_row(content: str) -> list[str]:
    """The headers of a table by its beginning."""
    first = content.partition("\n")[0]
    return [cell.strip().strip('"') for cell in first.split(_delimiter(first))]


def _delimiter(content: str) -> str:
    first = content.partition("\n")[0]
    return max(",;\t", key=first.count)


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def _from_row(cells: Mapping[str, str], person: Person) -> Person:
    def told(column: str, read: "Callable[[str], T | None]") -> "T | None":
        value = cells.get(column, "").strip()
        found = read(value) if value else None
        if value and found is None:
            person.mind(column, f"“{value[:80]}” cannot be read; it was left out")
        return found

    headers = ("Name", "Bio", "Location", "Company", "Position", "Pronouns", "E-mail")
    person.fields = {name: cells.get(header, "") for name, header in zip(FIELDS, headers, strict=True)}
    number = cells.get("Warmnote ID", "").strip()
    person.number = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0
    person.do_not_write = _flag(cells, "Do not write")
    for line in cells.get("Accounts", "").split("\n"):
        if line.strip():
            _add_account(line, person)
    person.messages = tuple(_notes(cells.get("Notes", "")))
    due, draft = told("Follow-up", day), cells.get("Draft", "")
    owned = (name.strip() for name in cells.get("Edited by hand", "").split(","))
    person.mine = Mine(
        tags=tuple(_tags(cells.get("Tags", ""))),
        draft=Draft(draft, len(draft)) if draft else None,
        follow_up=FollowUp(due, cells.get("Follow-up reason", "")) if due else None,
        stage=told("Stage", STAGES.get) if _flag(cells, "Stage set by hand") else None,
        owned=tuple(name for name in owned if name in (*FIELDS, "do_not_write")),
        is_new=_flag(cells, "New"),
        added_at=told("Added", moment),
        archived_at=told("Archived", moment),
        rested_at=told("Resting since", moment),
    )
    return person


def _flag(cells: Mapping[str, str], column: str) -> bool:
    return cells.get(column, "").strip().casefold() in ("yes", "true", "1")


def _add_account(line: str, person: Person) -> None:
    parts = [_unescaped(part) for part in line.rstrip("\r").split(" | ")]
    network, key, handle, url, followed, known = (*parts, "", "", "", "", "", "")[:6]
    try:
        person.identities.append(
            Identity(Network(network.strip()), key, handle, url, day(followed.strip()), Knowledge(known.strip()))
        )
    except ValueError:
        person.mind("Accounts", f"“{line[:80]}” cannot be read; it was left out")


def _unescaped(part: str) -> str:
    return _ESCAPE.sub(lambda match: {"n": "\n", "r": "\r"}.get(match[1], match[1]), part)


def _tags(cell: str) -> Iterator[str]:
    for part in _TAG_END.sub("\\1\n", cell).split("\n"):
        if tag := _unescaped(part).strip():
            yield tag


def _notes(cell: str) -> Iterator[Message]:
    begun = list(_NOTE.finditer(cell))
    for note, following in zip_longest(begun, begun[1:]):
        words = cell[note.end() : following.start() if following else len(cell)]
        if following:
            words = words.removesuffix("\n\n")
        if at := moment(note[1]):
            yield Message(MessageKind.NOTE, _OF_NOTE.sub("", words), at)
