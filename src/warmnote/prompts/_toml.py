"""Files of starters as tables, however they were meant: of bounded size, depth and time to read."""

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from warmnote.model import Expected

__all__ = ["StarterError", "read_table"]

_LARGEST: Final = 1_000_000  # bytes
_DEEPEST: Final = 8
_LONGEST_BARE: Final = 500  # a key or a number; texts stand in quotes
# Twice what two thousand starters with everything in them hold.
_MOST: Final = {"[": 10_000, "{": 10_000, "=": 60_000, ",": 60_000, "[[starter]]": 2_000}
_TOKEN = re.compile(
    r'"""(?:[^\\"]|\\.|"{1,2}(?!"))*+"{3,5}|\'\'\'(?:[^\']|\'{1,2}(?!\'))*+\'{3,5}|"(?:[^"\\\n]|\\[^\n])*+"|\'[^\'\n]*+\''
    r'|"""|\'\'\'|#[^\n]*+|\[\[[ \t]*starter[ \t]*\]\]|[^"\'#.\[\]{}=,\n]++|.|\n',
    re.DOTALL,
)
_QUOTES: Final = frozenset(('"', "'", '"""', "'''"))
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class StarterError(Expected):
    """A file of starters, or one starter, that cannot be used: the message names the file, the starter and the reason."""


def read_table(path: Path) -> tuple[dict[str, Any], tuple[int, ...]]:
    """What a TOML file holds, and the line on which each `[[starter]]` of it begins. Raises StarterError."""
    text = _text(path)
    lines = _walk(path.name, text)
    try:
        return tomllib.loads(text), lines
    except (ValueError, OverflowError) as problem:  # a date of the year 0, a number of five thousand digits
        raise _unreadable(path.name, text, str(problem)) from problem
    except RecursionError as problem:
        raise StarterError(f"{path.name} cannot be read: it is nested too deeply.") from problem


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise StarterError(f"{path.name} cannot be read: it is no file.", "Choose a file that ends in .toml.")
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as problem:
        raise StarterError(f"{path.name} cannot be read: {problem.strerror or problem}.") from problem
    if len(data) > _LARGEST:
        raise StarterError(
            f"{path.name} is larger than {_LARGEST // 1_000_000} MB.",
            "A pack of prompts is a small text file; is this one?",
        )
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise StarterError(
            f"{path.name} cannot be read: line {line} is no UTF-8 text.", "Save it as UTF-8 and try again."
        ) from problem


def _unreadable(name: str, text: str, problem: str) -> StarterError:
    at = _AT.search(problem)
    if at is None:
        return StarterError(f"{name} cannot be read: {problem}.", "Put that right and try again.")
    line, column = (at[1], at[2]) if at[1] else (text.count("\n") + 1, len(text) - text.rfind("\n"))
    wrong = f"{name} cannot be read: line {line}, column {column}: {problem[: at.start()]}."
    return StarterError(wrong, 'Texts stand in "quotes", and each starter begins with [[starter]].')


def _walk(name: str, text: str) -> tuple[int, ...]:
    """The lines of the starters. Raises StarterError for what would take the parser's time: it is read in one pass.

    A key of a hundred thousand parts or brackets inside brackets are no mistake that anybody makes.
    """
    lines: list[int] = []
    counts = dict.fromkeys(_MOST, 0)
    line, depth, dots = 1, 0, 0
    for found in _TOKEN.finditer(text):
        token = found[0]
        first = token[0]
        if first == "[" and len(token) > 1:
            lines.append(line)
            token = "[[starter]]"
        elif first in "[{":
            depth, dots = depth + 1, 0
        elif first in "]}":
            depth = max(0, depth - 1)
        elif first == ".":
            dots += 1
        elif first in "=,\n":
            dots = 0
        if token in _QUOTES:
            column = found.start() - text.rfind("\n", 0, found.start())
            wrong = f"{name} cannot be read: line {line}, column {column}: this text is never closed."
            raise StarterError(wrong, f"Put {token} behind it; inside, write \\{token[0]} for {token[0]}.")
        if token in counts:
            counts[token] += 1
            if counts[token] > _MOST[token]:
                raise StarterError(f"{name} holds more than {_MOST[token]:,} times {token}.", "Make two packs of it.")
        if depth > _DEEPEST or dots > _DEEPEST:
            what = "brackets inside brackets" if depth > _DEEPEST else "a key of very many parts"
            raise StarterError(f"{name} cannot be read: line {line} has {what}.", "No pack needs that.")
        if len(token) > _LONGEST_BARE and first not in "\"'#":
            wrong = f"{name} cannot be read: line {line} has a name or number of {len(token):,} characters."
            raise StarterError(wrong, 'A text stands in "quotes".')
        line += token.count("\n")
    return tuple(lines)
