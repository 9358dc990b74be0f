"""What the readers of tables share: walking the rows, and keeping people, skipped rows and problems apart."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from warmnote.followers import dates, text
from warmnote.followers.columns import Columns, Role
from warmnote.followers.text import Table
from warmnote.followers.watch import Watch
from warmnote.model import Incoming, Network, Problem

__all__ = ["CUT", "Gathering", "Row", "dating", "notes_on", "rows", "take_cut"]

CUT = "the file breaks off in this row"
_ENOUGH = 3  # rows whose dates are as long as one another may be so by chance if there are fewer
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(slots=True)
class Gathering:
    """Collects a batch row by row. The first record of a key is kept, later ones are skipped with the row they repeat."""

    people: list[Incoming] = field(default_factory=list[Incoming])
    skipped: list[Problem] = field(default_factory=list[Problem])
    problems: list[Problem] = field(default_factory=list[Problem])
    _rows: dict[tuple[Network, str], int] = field(default_factory=dict[tuple[Network, str], int])

    def add(self, person: Incoming) -> None:
        """Keep a person, unless the file had them before."""
        key = (person.network, person.key)
        before = self._rows.get(key)
        if before is None:
            self._rows[key] = person.row
            self.people.append(person)
        elif person.key.startswith("name:"):
            self.skip(person.row, f"the same name as row {before:,}, and nothing that tells the two apart")
        else:
            self.skip(person.row, f"the same person as in row {before:,}")

    def skip(self, row: int, reason: str, column: str = "") -> None:
        """Leave a row out."""
        self.skipped.append(Problem(row, column, reason))

    def mind(self, row: int, column: str, reason: str) -> None:
        """Keep a row though something in it could not be used."""
        self.problems.append(Problem(row, column, reason))

    def day(self, row: "Row", reading: dates.Dating) -> date | None:
        """The day of the follow; a value that is no date becomes a problem."""
        value = row.one(Role.FOLLOWED)
        found = dates.read(value, day_first=reading.day_first) if value else None
        if found is None and not dates.absent(value):
            column = row.columns.heading(Role.FOLLOWED)
            self.mind(row.number, column, f"“{value}” is not a date; the person is kept without one")
        return found

    def email(self, row: "Row", values: Sequence[str]) -> str:
        """The first of `values` that is an e-mail address; if there are some and none is one, that is a problem."""
        for value in values:
            if _EMAIL.fullmatch(value):
                return value
        if values:
            column = row.columns.heading(Role.EMAIL)
            self.mind(row.number, column, f"“{values[0]}” is not an e-mail address; the person is kept without it")
        return ""


@dataclass(slots=True)
class Row:
    """One record, read by role. `number` is the row at which a spreadsheet shows it."""

    number: int
    cells: list[str]
    columns: Columns

    def one(self, role: Role) -> str:
        """The first value of a role, on one line."""
        for column in self.columns.roles.get(role, ()):
            if (cell := self.cells[column]) and (value := text.line(cell)):
                return value
        return ""

    def all(self, role: Role) -> list[str]:
        """Every value of a role, from left to right, each on one line."""
        found = [text.line(cell) for column in self.columns.roles.get(role, ()) if (cell := self.cells[column])]
        return [value for value in found if value] if found else found


def rows(table: Table, columns: Columns, start: int, width: int, gathering: Gathering, watch: Watch) -> Iterator[Row]:
    """The records from index `start` on that are not blank, each at least `width` cells long.

    Tells `watch` how many records are done. Rows with more cells than the header, and mended ones, become problems.
    """
    total = len(table.records)
    for row in table.mended:
        gathering.mind(
            row, "", "a quotation mark is opened here and never closed; the lines behind it were read one by one"
        )
    for index in range(start, total):
        if (index - start) % watch.EVERY == 0:
            watch.tell(index, total)
        cells = table.records[index]
        table.records[index] = []  # read once: letting go of it here halves the memory that a long file needs
        number = table.numbers[index]
        missing = width - len(cells)
        if not any(map(str.strip, cells)):
            continue
        if missing > 0:
            cells += [""] * missing
        elif missing < 0 and any(cell.strip() for cell in cells[width:]):
            gathering.mind(number, "", f"{len(cells)} cells where the header has {width}; the last ones were left out")
        yield Row(number, cells, columns)
    watch.tell(total, total)


def take_cut(table: Table, start: int, width: int, last_column: int | None = None, *, even: bool = True) -> int | None:
    """Take away the last record if the file breaks off inside it; its row, else None.

    Many programs end no file with a line break, so what tells is that all other records are `width` cells wide and this
    one is not, or that a quotation mark in it is open. `last_column`, if given, is one that is filled in every row with
    texts of one length, as LinkedIn's dates are. `even` says that the program is known to write all rows equally wide.
    """
    records, numbers = table.records, table.numbers
    last = len(records) - 1
    while last > start and not any(records[last]):
        last -= 1
    if last < start:
        return None
    first = last
    if is_open := numbers[last] in table.mended:
        while first > start and numbers[first - 1] == numbers[last]:
            first -= 1
        is_open = all(len(cells) < width for cells in records[first : last + 1])
    if not is_open:
        first = last
        others = [cells for cells in records[start:last] if cells]
        if min(map(len, others), default=width if even else 0) < width:
            return None
        if len(records[last]) >= width and not _is_shorter(table, others, records[last], last_column):
            return None
    del records[first:]
    return numbers[first]


def _is_shorter(table: Table, others: Sequence[Sequence[str]], cells: Sequence[str], column: int | None) -> bool:
    """Whether a cell that always has the same length in the others is shorter here, at the very end of the file."""
    if table.ended or column is None or len(others) < _ENOUGH:
        return False
    usual = {len(other[column]) for other in others}
    return len(usual) == 1 and len(cells[column]) < usual.pop()


def dating(table: Table, start: int, column: int | None) -> dates.Dating:
    """How the dates in a column are to be read; any order where there is no such column."""
    if column is None:
        return dates.Dating(day_first=False)
    values: Iterable[str] = (cells[column] for cells in table.records[start:] if len(cells) > column)
    return dates.survey(list(dict.fromkeys(values)), delimiter=table.delimiter)


def notes_on(table: Table, reading: dates.Dating, gathering: Gathering) -> tuple[str, ...]:
    """What is worth telling about a file as a whole."""
    notes: list[str] = []
    if not gathering.people and not gathering.skipped:
        notes.append("The file has a header and no people below it.")
    if reading.note:
        notes.append(reading.note)
    if table.damaged:
        count = "One character" if table.damaged == 1 else f"{table.damaged:,} characters"
        notes.append(f"{count} could not be read and became “\ufffd”.")
    return tuple(notes)
