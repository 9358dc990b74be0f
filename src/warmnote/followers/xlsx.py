"""Spreadsheets (xlsx, xlsm, xls, ods): each sheet as the CSV that the program would have saved, for the readers of tables.

A spreadsheet from outside is not trusted: its size is checked before it is unpacked, the cells it claims to have before
they are laid out.
"""

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from warmnote.followers import text
from warmnote.followers.container import Container, Entry, Form
from warmnote.followers.watch import Watch
from warmnote.model import Batch, Expected

__all__ = ["Sheet", "as_read", "sheets"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL_CAP = 20_000_000
_COLUMN_CAP = 16_384
_SHEET_CAP = 50
_EXACT = 10**15  # larger whole numbers have lost their last digits in a spreadsheet
_TAG = rb"<(?:\w+:)?(?:c|row)(?=[\s/>])"
_REFERENCE = rb"\sr\s*=\s*[\"'](?:[A-Z]{1,3}[1-9]\d{0,6}|[1-9]\d{0,6})[\"']"
_UNPLACED = re.compile(_TAG + rb"(?![^<>]*?" + _REFERENCE + rb")", re.IGNORECASE)
_WIDE = re.compile(_TAG + rb"[^<>]*?\sr\s*=\s*[\"']([A-Z]{2,3})\d", re.IGNORECASE)
_LONG = re.compile(_TAG + rb"[^<>]*?\sr\s*=\s*[\"'][A-Z]{0,3}(\d{5,7})[\"']", re.IGNORECASE)
_PLACE = re.compile(r"([A-Z]{1,3})?([1-9]\d{0,6})", re.IGNORECASE)
_SHEET_FILE = re.compile(r"^xl/worksheets/[^/]+\.xml$", re.IGNORECASE)
_ERRORS = frozenset(["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"])


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with something in it; `container` holds it as the only file, a CSV."""

    name: str
    container: Container


def sheets(path: Path, container: Container, watch: Watch) -> tuple[Sheet, ...] | None:
    """The sheets of a spreadsheet that are not empty, in order, hidden ones last; None if it is no spreadsheet.

    `path` is the file that `container` was opened from.

    Raises `Expected` for one that is protected, damaged or larger than a list of people can be.
    """
    if container.form is Form.FILE:
        kind = _older(container)
    elif container.form is Form.ZIP:
        kind = _packed(container)
    else:
        kind = ""
    if not kind:
        return None
    watch.check()
    found: list[Sheet] = []
    for name, rows in _tables(path, container, kind):
        watch.check()
        if data := _as_csv(rows):
            entry = Entry(container.origin, len(data), name)
            made = Container(container.origin, Form.FILE, [entry], lambda _, data=data: io.BytesIO(data))
            found.append(Sheet(text.line(text.clean(name)), made))
    if not found:
        raise Expected(
            f"There is nothing in the spreadsheet “{container.origin}”.", "Check that this is the file you meant."
        )
    return tuple(found)


def as_read(batch: Batch, sheet: Sheet, count: int) -> Batch:
    """A batch that was read from one of `count` sheets, as the user should see it."""
    notes = batch.notes
    if count > 1:
        notes = (f"Read from the sheet “{sheet.name}”. There is something in {count:,} sheets of the workbook.", *notes)
    return replace(batch, read_as="", notes=notes)


def _older(container: Container) -> str:
    entry = container.entries[0] if container.entries else None
    if entry is None or not entry.size or not container.head(entry).startswith(_OLE):
        return ""
    head = container.head(entry)
    if "EncryptedPackage".encode("utf-16-le") in head or "EncryptedPackage".encode("utf-16-le") in container.read(
        entry
    ):
        raise _protected(container)
    words = container.read(entry)
    return "xls" if any(name.encode("utf-16-le") in words for name in ("Workbook", "Book")) else ""


def _packed(container: Container) -> str:
    names = {entry.name.casefold() for entry in container.entries}
    if "xl/workbook.bin" in names:
        raise Expected(
            f"“{container.origin}” is a binary workbook (xlsb), which Warmnote does not read.",
            "In Excel, choose Save As and “Excel Workbook (.xlsx)”, then choose that file.",
        )
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        mime = next(entry for entry in container.entries if entry.name.casefold() == "mimetype")
        if container.read(mime).startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return "ods"
    return ""


def _tables(path: Path, container: Container, kind: str) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    """Name and rows of each sheet, from row 1 and column A on."""
    if kind != "xls":
        _check(container, kind)
    data = path.read_bytes()  # no larger than what was just unpacked
    import python_calamine  # a compiled library, for those who have a spreadsheet

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible, plain = python_calamine.SheetVisibleEnum.Visible, python_calamine.SheetTypeEnum.WorkSheet
        listed = [sheet for sheet in workbook.sheets_metadata[:_SHEET_CAP] if sheet.typ == plain]
        for sheet in sorted(listed, key=lambda sheet: sheet.visible != visible):
            cells = workbook.get_sheet_by_name(sheet.name)
            _allow(container, cells.total_height, cells.total_width)
            yield sheet.name, cells.to_python(skip_empty_area=False)
    except python_calamine.PasswordError as error:
        raise _protected(container) from error
    except Expected:
        raise
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _damaged(container) from error
    except BaseException as error:
        # What the library's own faults are raised as is no Exception, and has no name that could be imported.
        if type(error).__name__ == "PanicException":
            raise _damaged(container) from error
        raise


def _check(container: Container, kind: str) -> None:
    """Unpack every part once, within the caps, and see that the cells it names are not more than anyone has."""
    for entry in container.entries:
        if not entry.base.endswith((".xml", ".rels")):
            continue
        data = container.read(entry)
        if not _is_whole(data):
            raise _damaged(container)
        if kind == "xlsx" and _SHEET_FILE.match(entry.name):
            extent = _extent(data)
            if extent is None:
                raise _damaged(container)
            _allow(container, *extent)


def _is_whole(data: bytes) -> bool:
    """Whether XML is complete and declares no entities: the library turns in circles on what is not."""
    from xml.parsers import expat

    def refuse(*_: object) -> None:
        raise ValueError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):  # the last for an encoding that nobody knows
        return False
    return True


def _allow(container: Container, rows: int, columns: int) -> None:
    """Raise `Expected` for more cells than a list of people has; what lays them out would take the memory first."""
    if columns > _COLUMN_CAP or rows * columns > _CELL_CAP:
        raise Expected(
            f"A sheet of “{container.origin}” claims to have {rows:,} rows and {columns:,} columns, more than Warmnote reads.",
            "Delete the empty rows and columns around the list and save the file again, or save the list as CSV.",
        )


def _extent(data: bytes) -> tuple[int, int] | None:
    """How many rows and columns a sheet claims at most; None if a cell's place makes no sense."""
    if _UNPLACED.search(data):
        return _counted(data)
    columns = max((_number(letters.decode("ascii")) for letters in set(_WIDE.findall(data))), default=26)
    return max(map(int, _LONG.findall(data)), default=10_000), columns


def _counted(data: bytes) -> tuple[int, int] | None:
    """The extent of a sheet in which some cells do not say where they are: each is then the next one."""
    from xml.parsers import expat

    row = column = rows = columns = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, rows, columns
        name = name.rpartition(":")[2]
        if name not in ("row", "c"):
            return
        place = attributes.get("r", "")
        match = _PLACE.fullmatch(place)
        if place and (match is None or (name == "c") != bool(match[1])):
            raise ValueError(place)
        if name == "row":
            row, column = int(match[2]) if match else row + 1, 0
        else:
            column = _number(match[1]) if match else column + 1
            row = int(match[2]) if match else row
        rows, columns = max(rows, row), max(columns, column)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError):
        return None
    return rows, columns


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """The rows as CSV in UTF-8; empty if there is nothing in them."""
    out = io.StringIO(newline="")
    out.write("sep=,\n")  # so that commas and semicolons in the cells play no part
    writer = csv.writer(out, lineterminator="\n")
    filled = False
    for row in rows:
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        filled = filled or bool(cells)
        writer.writerow(cells)
    return out.getvalue().encode("utf-8", "replace") if filled else b""


def _text(value: object) -> str:
    """A cell as it would be typed: whole numbers without “.0”, days as 2026-11-23, errors as nothing."""
    match value:
        case str():
            return "" if value in _ERRORS else value
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return _figure(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return ""


def _figure(value: float) -> str:
    if not math.isfinite(value):
        return ""
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return f"{value:.14E}" if abs(value) >= _EXACT else repr(value)


def _protected(container: Container) -> Expected:
    return Expected(
        f"“{container.origin}” is protected with a password.",
        "Open it in its program, save a copy without a password, and choose the copy.",
    )


def _damaged(container: Container) -> Expected:
    return Expected(
        f"The spreadsheet “{container.origin}” is damaged, so it cannot be read.",
        "Open it in its program and save it again, or save the sheet as CSV and choose the CSV.",
    )
