"""Which of an export's files is which: told by their headers, since names and folders change."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from warmnote.followers import gather, text
from warmnote.followers.columns import Columns, canonical
from warmnote.followers.container import LOOKED_INTO, Container, Entry, Form
from warmnote.followers.gather import Gathering
from warmnote.followers.text import Table
from warmnote.followers.watch import Watch
from warmnote.model import Expected, Problem

__all__ = ["SCANNED", "Kind", "Part", "Sheet", "find", "header_of", "named_columns", "refuse"]

SCANNED = 15
"""Records among which a header is looked for."""

_NO_ROLES = Columns((), {}, {}, ())
_EXPORTED = re.compile(r"(\d{2})-(\d{2})-(\d{4})")


class Kind(Enum):
    """The files that are read; the value is the beginning of the name that LinkedIn gives them."""

    CONNECTIONS = "connections"
    INVITATIONS = "invitations"
    MESSAGES = "messages"
    PROFILE = "profile"


# Headers by which the files that are not read are known, and what they are.
_OTHERS = (
    ({"first name", "last name", "maiden name", "headline"}, "Profile", "your own profile"),
    ({"organization", "followed on"}, "Company Follows", "companies that you follow"),
    ({"date", "full name", "status"}, "Member_Follows", "people whom you follow, not your connections"),
    ({"endorsement date", "skill name"}, "Endorsements", "who endorsed whom for which skill"),
    ({"first name", "last name", "text", "creation date", "status"}, "Recommendations", "recommendations"),
)
_SIGNATURES = (
    (Kind.INVITATIONS, {"from", "to", "sent at", "direction"}),
    (Kind.MESSAGES, {"conversation id", "from", "to", "content"}),
    (Kind.MESSAGES, {"from", "to", "date", "subject", "content", "folder"}),
    (Kind.PROFILE, {"first name", "last name", "maiden name", "headline"}),
)
_EXPORT_FILES = frozenset(
    f"{name}.csv"
    for name in (
        "invitations", "messages", "profile", "company follows", "member follows", "positions", "education", "skills",
        "email addresses", "phonenumbers", "phone numbers", "registration", "rich media", "ad targeting", "languages",
        "importedcontacts", "savedjobs", "saved jobs", "profile summary", "whatsapp phone numbers", "learning", "receipts",
    )
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Part:
    """What every file gives beside its people: how it was read, the rows left out, the smaller problems, and remarks."""

    read_as: str
    skipped: list[Problem] = field(default_factory=list[Problem])
    problems: list[Problem] = field(default_factory=list[Problem])
    notes: list[str] = field(default_factory=list[str])

    def mind_cut(self, row: int | None, name: str) -> None:
        """Say of the file `name` that it breaks off in this row; not at all if that is None."""
        if row is not None:
            self.skipped.append(Problem(row, "", gather.CUT))
            self.notes.append(f"“{name}” breaks off in row {row:,}. Download the export again to get the rest.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose columns are asked for by name. `start` is the index of the first record below the header."""

    table: Table
    start: int
    width: int
    names: dict[str, int]
    cut: int | None

    @classmethod
    def of(cls, table: Table, header: int, last_column: int | None = None) -> "Sheet":
        """The sheet below a header. A last record that breaks off is taken away; `cut` is its row.

        `last_column`, if given, is one that is filled in every row with texts of one length, as LinkedIn's dates are.
        """
        names = table.records[header]
        cut = gather.take_cut(table, header + 1, len(names), last_column)
        return cls(table, header + 1, len(names), named_columns(names), cut)

    def rows(self, gathering: Gathering, watch: Watch) -> Iterator[tuple[int, list[str]]]:
        """The number and the cells of each row that is not blank; what is wrong with a row goes to `gathering`."""
        for row in gather.rows(self.table, _NO_ROLES, self.start, self.width, gathering, watch):
            yield row.number, row.cells

    def column(self, *names: str) -> int:
        """The column of the first of these headers that is there, else -1."""
        return next((self.names[name] for name in names if name in self.names), -1)


def named_columns(header: Sequence[str]) -> dict[str, int]:
    """Where each header stands, by its canonical form; of two that are the same the first."""
    return {canonical(cell): column for column, cell in reversed(list(enumerate(header)))}


def header_of(kind: Kind, records: Sequence[Sequence[str]], name: str = "") -> int | None:
    """The index of the header of a file of this kind; None if it is no such file.

    `name` helps with the connections of 2016, which copy Outlook's columns.
    """
    for index, cells in enumerate(records[:SCANNED]):
        names = [canonical(cell) for cell in cells]
        if kind is Kind.CONNECTIONS:
            if _heads_connections(names, name):
                return index
        elif any(kind is one and signature.issubset(names) for one, signature in _SIGNATURES):
            return index
    return None


def find(container: Container) -> dict[Kind, list[Entry]]:
    """The files of each kind in a container, the best of each first.

    What has the usual name comes first, then the later of two exports if both tell their day, then the outermost; and
    all kinds prefer the folder in which the connections lie.
    """
    tables = sorted(container.tables(), key=_promise)[:LOOKED_INTO]
    found: dict[Kind, list[Entry]] = {}
    for entry in tables:
        records = _head(container, entry)
        name = f"{container.origin} {entry.base}"
        kind = next((kind for kind in Kind if header_of(kind, records, name) is not None), None)
        if kind is not None:
            found.setdefault(kind, []).append(entry)
    for kind, entries in found.items():
        if all(_day(entry.name) for entry in entries):
            entries.sort(key=lambda entry: -_day(entry.name))
        entries.sort(key=functools.partial(_is_named_otherwise, kind))
    home = next((_folder(found[kind][0]) for kind in Kind if kind in found), "")
    for entries in found.values():
        entries.sort(key=lambda entry: _folder(entry) != home)
    return found


def refuse(container: Container) -> None:
    """Raise `Expected` for another file of LinkedIn's export, and for an export without anything that is read."""
    tables = container.tables()
    if len(tables) == 1:
        _refuse_other(_head(container, tables[0]))
    if container.form is not Form.FILE:
        _refuse_export(container)


def _heads_connections(names: Sequence[str], name: str) -> bool:
    if {"first name", "last name", "connected on"}.issubset(names):
        return True
    if list(names[:2]) != ["title", "first name"] or not {"last name", "email address"}.issubset(names):
        return False
    # Outlook itself has the company behind the suffix.
    behind = names[names.index("suffix") + 1 :][:1] if "suffix" in names else ()
    return "email address" in behind or re.search(r"linkedin|connections", name, re.IGNORECASE) is not None


def _promise(entry: Entry) -> int:
    return next((rank for rank, kind in enumerate(Kind) if kind.value in entry.base), len(Kind))


def _is_named_otherwise(kind: Kind, entry: Entry) -> bool:
    return not entry.base.startswith(kind.value)


def _folder(entry: Entry) -> str:
    return entry.name.rpartition("/")[0]


def _day(name: str) -> int:
    """The day of the export in a folder's name (month first) as a number that grows; 0 where there is none."""
    match = _EXPORTED.search(name)
    return int(match[3] + match[1] + match[2]) if match else 0


def _head(container: Container, entry: Entry) -> Sequence[Sequence[str]]:
    try:
        head = container.head(entry)
    except Expected:
        if container.form is Form.FILE or "connections" in entry.base:
            raise
        return ()  # some other file that is locked or damaged
    return text.table(head, partial=len(head) < entry.size).records


def _refuse_other(records: Iterable[Sequence[str]]) -> None:
    for cells, _ in zip(records, range(SCANNED), strict=False):
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
