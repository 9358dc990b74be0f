"""From bytes to clean text, and from text to the records of a table.

Exports arrive in every encoding and with every delimiter that a spreadsheet has ever written. What comes out of here
holds no control characters, no lone surrogates and no direction overrides, so no later room has to think of them.
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from warmnote.followers.watch import Watch
from warmnote.model import Expected

__all__ = ["Table", "clean", "decode", "line", "name", "paragraphs", "table"]

_BOMS = (  # UTF-32 first: its little-endian mark begins like UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"utf-32": "UTF-32", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
# Tab, line feed, carriage return and the other line breaks (\x0b \x0c \x85) stay: `line` and `paragraphs` know them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_GAPS = re.compile(r"\n{3,}")
_GUARDS = frozenset("'=")
_FORMULA = frozenset("=+-@")
_DELIMITERS = ",;\t|"
_SAMPLE = 20
_NOTHING: list[str] = []
_CHUNK = 10_000
_LINE_CAP = 500
_TEXT_CAP = 20_000


@dataclass(frozen=True, slots=True)
class Table:
    """The records of a delimited file.

    `numbers[i]` is the row at which a spreadsheet shows `records[i]`: every record counts from 1, the preamble, the
    header and blank lines too, and a record with line breaks inside its quotes is one row. `mended` lists the rows in
    which a quotation mark was never closed and which were read line by line; all records of such a row share its number.
    `ended` says that the text ends with a line break, as no text does that was cut off inside a cell.
    """

    records: list[list[str]]
    numbers: Sequence[int]
    delimiter: str
    read_as: str
    damaged: int
    mended: tuple[int, ...] = ()
    ended: bool = False


def decode(data: bytes) -> tuple[str, str, int]:
    """Text, the readable name of its encoding, and how many characters could not be read.

    The ladder: byte-order mark, UTF-16 recognised by its zeros, strict UTF-8, then Windows-1252. UTF-8 that is only
    cut off or scratched stays UTF-8, since reading all of it as Windows-1252 would spoil every other letter.
    """
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "") or _by_zeros(data)
    if encoding:
        text = data.decode(encoding, errors="replace")
        return clean(text), _NAMES[encoding], text.count("\ufffd")
    try:
        return clean(data.decode("utf-8")), "UTF-8", 0
    except UnicodeDecodeError as error:
        if error.end >= len(data) and error.reason == "unexpected end of data":
            return clean(data[: error.start].decode("utf-8")), "UTF-8", 0
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    whole = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", text))
    if whole > 4 * lost:
        return clean(text), "UTF-8", lost
    text = data.decode("cp1252", errors="replace")
    return clean(text), "Windows-1252", text.count("\ufffd")


def _by_zeros(data: bytes) -> str:
    """UTF-16 without a mark, as old exports of contacts are: in Latin text every second byte is zero."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 2:
        return ""
    if sample[1::2].count(0) > half * 0.6 and sample[0::2].count(0) < half * 0.1:
        return "utf-16-le"
    if sample[0::2].count(0) > half * 0.6 and sample[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return ""


def clean(text: str) -> str:
    """Text without control characters, lone surrogates and direction overrides; line breaks stay."""
    return _UNWANTED.sub("", text) if _UNWANTED.search(text) else text


def line(value: str) -> str:
    """A decoded value for one line: without line breaks or doubled spaces, and without a spreadsheet's guards.

    The guards are the `'` that keeps `=`, `+`, `-` and `@` from being run as a formula, and `="..."`. At most 500
    characters come back; what is longer ends in an ellipsis.
    """
    if not value:
        return value
    # Most cells are as they should be: they are kept, not copied.
    if "  " in value or value[0] == " " or value[-1] == " " or not value.isprintable():
        value = " ".join(value.split())
    if value[:1] in _GUARDS:
        value = _unguarded(value)
    return value if len(value) <= _LINE_CAP else f"{value[: _LINE_CAP - 1].rstrip()}…"


def name(path: str) -> str:
    """A file's name as it may be shown: what no encoding explains becomes a replacement character."""
    return line(clean(path.encode("utf-8", "replace").decode("utf-8")))


def _unguarded(value: str) -> str:
    if value.startswith("'") and value[1:2] in _FORMULA:
        return value[1:]
    if value.startswith('="') and value.endswith('"') and len(value) > 2:
        return value[2:-1].strip()
    return value


def paragraphs(value: str) -> str:
    """A value that may hold line breaks: each kind of them becomes a line feed, at most one empty line in a row."""
    if value.isascii() and "\n" not in value and "\r" not in value:
        text = " ".join(value.split())
    else:
        lines = [" ".join(part.split()) for part in value.splitlines()]
        text = _GAPS.sub("\n\n", "\n".join(lines)).strip()
    if text[:1] in _GUARDS:
        text = _unguarded(text)
    return text if len(text) <= _TEXT_CAP else f"{text[: _TEXT_CAP - 1].rstrip()}…"


def table(data: bytes, watch: Watch | None = None, *, partial: bool = False) -> Table:
    """Read delimited text of any encoding; `partial` says that `data` is only the beginning of a file.

    Any bytes give a table, though perhaps a senseless one. `watch` may raise `Cancelled`.
    """
    text, read_as, damaged = decode(data)
    del data  # megabytes that nobody needs any more
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    ended = text.endswith("\n")
    # Excel's own first line that names the delimiter is not a row to anybody.
    told = re.match(r'"?sep=([,;|\t])"?\n', text, re.IGNORECASE)
    if told:
        text = text[told.end() :]
    delimiter = told[1] if told else _delimiter(text)
    records = _records(text, delimiter, watch or Watch())
    if inner := _unwrapped(records):
        text, delimiter = inner, _delimiter(inner)
        records = _records(text, delimiter, watch or Watch())
    if partial and len(records) > 1:
        records.pop()  # the last one is likely to be cut
    if text.count("\n") > len(records):
        mended = _mend(text, delimiter, records)
        if mended:
            records, numbers, rows = mended
            return Table(records, numbers, delimiter, read_as, damaged, rows, ended)
    return Table(records, range(1, len(records) + 1), delimiter, read_as, damaged, ended=ended)


def _unwrapped(records: list[list[str]]) -> str:
    """The text inside a table that was saved as one column, every whole line in quotation marks; else nothing."""
    sample = [cells for cells in records[:_SAMPLE] if cells]
    if len(sample) < 2 or any(len(cells) > 1 or "\n" in cells[0] for cells in sample):
        return ""
    inner = "\n".join(cells[0] if cells else "" for cells in records)
    delimiter = _delimiter(inner)
    widths = [len(next(_reader([cells[0]], delimiter), _NOTHING)) for cells in sample]
    header = max(widths)
    return inner if header > 2 and widths.count(header) * 2 > len(widths) else ""


class _Reader(Protocol):
    """What `csv.reader` gives; the standard library has no public name for it."""

    @property
    def line_num(self) -> int: ...
    def __iter__(self) -> Iterator[list[str]]: ...
    def __next__(self) -> list[str]: ...


def _reader(source: Iterable[str], delimiter: str) -> _Reader:
    csv.field_size_limit(2**31 - 1)
    return csv.reader(source, delimiter=delimiter, skipinitialspace=True)


def _lines(text: str) -> Iterator[str]:
    """The physical lines, one at a time. Not str.splitlines(): it breaks at U+2028 and vertical tabs too.

    A list of them, or io.StringIO with its 4 bytes a letter, would be the largest thing held while a long file is read.
    """
    start = 0
    while (end := text.find("\n", start) + 1) > 0:
        yield text[start:end]
        start = end
    if start < len(text):
        yield f"{text[start:]}\n"


def _records(text: str, delimiter: str, watch: Watch) -> list[list[str]]:
    reader = _reader(_lines(text), delimiter)
    records: list[list[str]] = []
    try:
        while chunk := list(islice(reader, _CHUNK)):
            watch.check()
            records += chunk
    except csv.Error as error:
        raise Expected("The table in this file is damaged, so it cannot be read.", "Save it as CSV again.") from error
    return records


def _delimiter(text: str) -> str:
    """The delimiter under which most of the first records have equally many cells, more cells being better."""
    sample = text[:65_536]
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        reader = _reader(_lines(sample), delimiter)
        widths = Counter(len(cells) for cells in islice((cells for cells in reader if cells), _SAMPLE))
        score = max(((width - 1) * count for width, count in widths.items()), default=0)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _mend(
    text: str, delimiter: str, records: list[list[str]]
) -> tuple[list[list[str]], list[int], tuple[int, ...]] | None:
    """Find records that swallowed others because a quotation mark was never closed, and read those line by line."""
    width = Counter(len(cells) for cells in records if len(cells) > 1).most_common(1)
    if not width or width[0][0] < 3:
        return None
    usual = width[0][0]
    suspects = {number for number, cells in enumerate(records, 1) if _swallowed(cells, usual, delimiter)}
    if not suspects:
        return None
    lines = list(_lines(text))
    reader = _reader(lines, delimiter)
    mended: list[list[str]] = []
    numbers: list[int] = []
    start = 0
    for number, cells in enumerate(reader, 1):
        parts = (
            [cells]
            if number not in suspects
            else [_alone(part, usual, delimiter) for part in lines[start : reader.line_num]]
        )
        mended += parts
        numbers += [number] * len(parts)
        start = reader.line_num
    return mended, numbers, tuple(sorted(suspects))


def _swallowed(cells: list[str], usual: int, delimiter: str) -> bool:
    inner = [part for cell in cells if "\n" in cell for part in cell.split("\n")[1:]]
    if not inner:
        return False
    # A letter of many lines may hold a line with as many commas by chance, a record of the right width rarely three.
    needed = 1 if len(cells) != usual else 3
    return sum(len(next(_reader([part], delimiter), _NOTHING)) == usual for part in inner) >= needed


def _alone(part: str, usual: int, delimiter: str) -> list[str]:
    cells = next(_reader([part], delimiter), _NOTHING)
    if len(cells) == usual:
        return cells
    return part.rstrip("\r\n").replace('"', "").split(delimiter)
