"""JSON as exports hold it: whole or cut short, of any encoding, with any type where another was expected.

`load` and `parse` want the whole file, `salvage` gives what stands before the place where a file breaks off. The getters
take any object and never raise: what is missing or of the wrong type is the empty value of theirs. Texts come out of
them on one line and clean; `paragraphs_of` keeps the line breaks of a longer one.
"""

import json
import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import cast

from warmnote.followers import text
from warmnote.followers.container import Container, Entry
from warmnote.model import Expected

__all__ = [
    "Loaded",
    "content",
    "cut_short",
    "day_of",
    "list_of",
    "load",
    "number_of",
    "object_of",
    "paragraphs_of",
    "parse",
    "salvage",
    "seconds_of",
    "text_of",
    "unmojibake",
    "value_of",
]

_TOKEN = re.compile(r'"(?:[^"\\]+|\\.)*"?|[\[\]{},]', re.DOTALL)
_NUMERAL = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,20})?")
_CLOSER = {"[": "]", "{": "}"}
_BEYOND = datetime(2100, 1, 1, tzinfo=UTC).timestamp()
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_AGAIN = "Download it again and choose the new file."


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file holds. `broken` says where it breaks off, as the end of a sentence ("at line 12"); empty if it is whole."""

    value: object
    broken: str = ""


def content(container: Container, entry: Entry) -> str:
    """The text of an entry, without its byte-order mark. Nothing is cleaned yet: `unmojibake` needs every character."""
    data = container.read(entry)
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as error:
        if error.end >= len(data) and error.reason.startswith("unexpected end"):
            return data[: error.start].decode(error.encoding, errors="replace")
        return text.decode(data)[0]


def load(container: Container, entry: Entry) -> object:
    """The value that an entry holds; `Expected`, with the line, if it is not whole."""
    return parse(content(container, entry), container.where(entry))


def parse(source: str, where: str) -> object:
    """The value that a text holds; `where` names the file in the `Expected` that is raised if it is not whole."""
    try:
        return _decoded(source)
    except json.JSONDecodeError as error:
        raise Expected(f"“{where}” is cut short or damaged {_place(source, error.pos)}.", _AGAIN) from error
    except RecursionError as error:
        raise _too_deep(where) from error


def salvage(source: str, where: str) -> Loaded:
    """The value that a text holds, or all of it that is complete before the place where it breaks off.

    An element of the outermost list that is not complete is left out altogether. Raises `Expected` if nothing is left.
    """
    try:
        return Loaded(_decoded(source))
    except json.JSONDecodeError as error:
        place = _place(source, error.pos)
        mended = _closed(source[: error.pos])
    except RecursionError as error:
        raise _too_deep(where) from error
    try:
        value = _decoded(mended) if mended else None
    except (json.JSONDecodeError, RecursionError):
        value = None
    if not value:
        raise Expected(f"“{where}” is cut short or damaged {place}, and nothing can be read of it.", _AGAIN)
    return Loaded(value, place)


def cut_short(broken: str) -> str:
    """The reason of a problem for a file that breaks off at the place `broken` and was read up to there."""
    return f"the file is cut short or damaged {broken}; what stands before was read. Download it again for the rest"


def value_of(value: object, key: str) -> object:
    """Whatever stands at `key` of an object, else None."""
    return cast("dict[str, object]", value).get(key) if isinstance(value, dict) else None


def object_of(value: object, key: str) -> dict[str, object]:
    """The object at `key` of an object, else an empty one."""
    found = value_of(value, key)
    return cast("dict[str, object]", found) if isinstance(found, dict) else {}


def list_of(value: object, key: str) -> list[object]:
    """The list at `key` of an object, else an empty one."""
    found = value_of(value, key)
    return cast("list[object]", found) if isinstance(found, list) else []


def text_of(value: object, key: str) -> str:
    """The text at `key` of an object on one line, else nothing. Numbers that stand for a text (an id) are given as one."""
    found = _words(value, key)
    return text.line(text.clean(found)) if found else ""


def paragraphs_of(value: object, key: str) -> str:
    """The text at `key` of an object with its line breaks, else nothing."""
    found = _words(value, key)
    return text.paragraphs(text.clean(found)) if found else ""


def number_of(value: object, key: str) -> float | None:
    """The finite number at `key` of an object, be it written as a text; None if there is none."""
    found = value_of(value, key)
    if isinstance(found, str):
        return float(found) if _NUMERAL.fullmatch(found) else None
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    try:
        number = float(found)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def seconds_of(value: object, key: str) -> int | None:
    """The moment at `key` in seconds since 1970, given there in seconds, milliseconds or microseconds.

    None for what is no number, for 0, which stands for "unknown", and for moments outside 1970 to 2099.
    """
    number = number_of(value, key)
    if number is None or number < 1:
        return None
    for _ in range(2):
        if number >= _BEYOND:
            number /= 1000
    return int(number) if 1 <= number < _BEYOND else None


def day_of(seconds: int | None) -> date | None:
    """The day of a moment that `seconds_of` gave, in UTC."""
    return None if seconds is None else (_ZERO + timedelta(seconds=seconds)).date()


def unmojibake(value: object) -> object:
    """Repair every text and key inside a value that Meta wrote as if each byte of UTF-8 were a character.

    Lists and objects are changed in place. Texts that are not such are kept, so a second call changes nothing.
    """
    if isinstance(value, str):
        return _repaired(value)
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            _repair_object(cast("dict[str, object]", found), waiting)
        elif isinstance(found, list):
            items = cast("list[object]", found)
            for index, item in enumerate(items):
                if isinstance(item, str):
                    if not item.isascii():
                        items[index] = _repaired(item)
                elif isinstance(item, dict | list):
                    waiting.append(cast("object", item))
    return value


def _repair_object(items: dict[str, object], waiting: list[object]) -> None:
    renamed = False
    for key, item in items.items():
        if isinstance(item, str):
            if not item.isascii():
                items[key] = _repaired(item)
        elif isinstance(item, dict | list):
            waiting.append(cast("object", item))
        renamed = renamed or not key.isascii()
    if renamed:
        pairs = [(_repaired(key), item) for key, item in items.items()]
        items.clear()
        items.update(pairs)


def _repaired(value: str) -> str:
    if value.isascii():
        return value
    try:
        return value.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return value


def _words(value: object, key: str) -> str:
    found = value_of(value, key)
    if isinstance(found, str):
        return found
    return str(found) if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 10**30 else ""


def _decoded(source: str) -> object:
    try:
        return json.loads(source, strict=False)
    except json.JSONDecodeError:
        raise
    except ValueError:  # a number of more digits than Python turns into one
        return json.loads(source, strict=False, parse_int=_integer)


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) < 1_000 else None


def _place(source: str, position: int) -> str:
    line = source.count("\n", 0, position) + 1
    return f"at line {line:,}" if line > 1 or "\n" in source else f"at character {position + 1:,}"


def _too_deep(where: str) -> Expected:
    return Expected(
        f"“{where}” is nested far deeper than any list of followers.", "Check that this is the file you meant."
    )


def _closed(source: str) -> str:
    """The beginning of a text up to its last complete element, with what is open closed again; nothing if there is none.

    The element is one of the outermost list that is open, or of the innermost object if no list is.
    """
    stack: list[str] = []
    ends: list[int] = []  # for each open bracket, where its last complete element ends
    for token in _TOKEN.finditer(source):
        mark = token[0]
        if mark in ("{", "["):
            stack.append(mark)
            ends.append(token.end())
        elif mark == ",":
            if ends:
                ends[-1] = token.start()
        elif mark in ("]", "}"):
            if not stack:
                return ""
            stack.pop()
            ends.pop()
            if ends:
                ends[-1] = token.end()
    if not stack:
        return ""
    kept = stack.index("[") if "[" in stack else len(stack) - 1
    return source[: ends[kept]] + "".join(_CLOSER[mark] for mark in reversed(stack[: kept + 1]))
