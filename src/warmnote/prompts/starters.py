"""Starters as data: the first sentence or two of a letter, with fields and blanks.

They are shared as files, so a starter is never trusted: `_template` says what little it may do, `_toml` how much of a file
is read.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from warmnote.prompts._fields import FIELDS, STARTER_KINDS
from warmnote.prompts._spelling import BRITISH, Spelling
from warmnote.prompts._template import TemplateProblem, read_template, render
from warmnote.prompts._toml import StarterError, read_table
from warmnote.resources import resource

__all__ = ["Starter", "StarterError", "blanks", "plain", "read_starters", "starter_of"]

_BLANK = re.compile("⟦[^⟦⟧]*⟧")
_ID = re.compile(r"[a-z0-9_-]{1,40}(?:\.[a-z0-9_-]{1,60})?")
_SHIPPED_ID = re.compile(r"[a-z0-9_]+\.[a-z0-9-]+")
_LONGEST_FIELD = 300
_LONGEST_LABEL = 120
_MOST = 2_000
_UNWANTED = re.compile("[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff⟦⟧]+")
_FILE_KEYS = frozenset({"kind", "title", "reason", "min_stage", "max_stage", "example", "starter"})
_STARTER_KEYS = frozenset({"id", "text", "needs", "about", "min_stage", "max_stage", "days", "weight", "example"})
_OWN_KEYS = _STARTER_KEYS | {"kind", "title", "reason"}


def blanks(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of the blanks ⟦…⟧ in `text`, brackets included, in code points. A letter with one is not finished."""
    return tuple(found.span() for found in _BLANK.finditer(text))


@dataclass(frozen=True, slots=True)
class Starter:
    """One starter. `needs` are the fields that must be known, the first of which decides what the prompt is about.

    `min_stage` and `max_stage` bound how far two people have come, `days` how old the thing may be (None: any age), `about`
    the names or groups of the vocabulary. `example` holds a value for each field and each blank's hint; a test fills them
    in and reads the result. `pack` is the id of the pack it came in, empty for those that Warmnote is never without; the
    `id` of one from a pack begins with it.
    """

    id: str
    kind: str
    text: str
    needs: tuple[str, ...] = ()
    about: frozenset[str] = frozenset()
    min_stage: int = 0
    max_stage: int = 3
    days: int | None = None
    weight: int = 1
    title: str = ""
    reason: str = ""
    example: Mapping[str, str] = field(default_factory=dict[str, str])
    pack: str = ""
    language: str = "en"

    @property
    def optional(self) -> tuple[str, ...]:
        """The fields that it uses if they are known, and does without if not. Raises TemplateProblem."""
        return read_template(self.text).optional if "{%" in self.text or "|" in self.text else ()

    def fill(self, fields: Mapping[str, str], spelling: Spelling = BRITISH) -> str:
        """The text with its fields filled in; blanks stay. Raises StarterError for a missing field or a forbidden construct.

        Values are plain text: what they hold is never read as a template or respelled, and brackets of blanks in them are
        dropped.
        """
        text = spelling.apply(self.text) if self.language == "en" else self.text
        try:
            filled = render(text, {name: plain(value) for name, value in fields.items()})
        except TemplateProblem as problem:
            raise StarterError(f"The starter {self.id} cannot be used: {problem}") from problem
        except KeyError as problem:
            raise StarterError(f"The starter {self.id} cannot be filled: the field {problem} is missing.") from problem
        except Exception as problem:  # whatever a shared template provokes inside jinja2 is the starter's fault
            raise StarterError(f"The starter {self.id} cannot be filled: {problem}") from problem
        return " ".join(filled.split())

    def check(self) -> None:
        """Looks the text through without filling it. Raises StarterError as `fill` does."""
        try:
            read_template(self.text)
        except TemplateProblem as problem:
            raise StarterError(f"The starter {self.id} cannot be used: {problem}") from problem


def read_starters(directory: Path | None = None) -> tuple[Starter, ...]:
    """All starters of a folder of TOML files, or those that come with Warmnote, in the order of files and lines.

    A folder of somebody else's is checked as a whole at once; ours are checked by their tests and compiled when used.
    Raises StarterError.
    """
    starters: dict[str, Starter] = {}
    for path in sorted((directory or resource("prompts")).glob("*.toml")):
        if path.name == "spelling.toml":
            continue
        for starter in _read(path):
            if starter.id in starters:
                raise StarterError(f"{path.name}: the starter {starter.id} is there twice.")
            if directory is not None:
                starter.check()
            starters[starter.id] = starter
    return tuple(starters.values())


def _read(path: Path) -> Iterator[Starter]:
    data, lines = read_table(path)
    unknown = data.keys() - _FILE_KEYS
    if unknown or not isinstance(data.get("kind"), str):
        raise StarterError(f"{path.name}: {f'{min(unknown)} is not known here' if unknown else 'the kind is missing'}.")
    shared = {key: data[key] for key in ("kind", "title", "reason", "min_stage", "max_stage") if key in data}
    for record, place in records(path.name, data, lines):
        unknown = record.keys() - _STARTER_KEYS
        if unknown:
            raise StarterError(f"{place}: {min(unknown)} is not known here.")
        if not _SHIPPED_ID.fullmatch(str(record.get("id", ""))):
            raise StarterError(f"{place} cannot be read: an id is made of small letters: kind.what-it-asks.")
        example = {**data.get("example", {}), **record.get("example", {})}
        yield starter_of({**shared, **record, "example": example}, place)


def records(name: str, data: dict[str, Any], lines: tuple[int, ...]) -> Iterator[tuple[dict[str, Any], str]]:
    """The tables of the starters in a file called `name`, each with how to speak of it. Raises StarterError."""
    found = data.get("starter", [])
    if not isinstance(found, list) or not all(isinstance(record, dict) for record in cast(list[Any], found)):
        raise StarterError(f"{name}: starters are written as tables.", "Begin each with a line [[starter]].")
    starters = cast(list[dict[str, Any]], found)
    if len(starters) > _MOST:  # written as an array, not as tables of their own
        raise StarterError(f"{name} holds {len(starters):,} starters; {_MOST:,} is the most.", "Make two packs of it.")
    for number, record in enumerate(starters, 1):
        line = f", line {lines[number - 1]}" if len(lines) == len(starters) else ""
        given = record.get("id")
        yield record, f"{name}{line}: starter {given[:80] if isinstance(given, str) and given else number}"


def starter_of(record: Mapping[str, Any], place: str) -> Starter:
    """A starter from its table; `place` is how to speak of it. Raises StarterError, which says what was expected."""
    text = _words(record, "text", place, longest=5_000_000)
    if not text.strip():
        raise StarterError(
            f"{place} cannot be read: the text is missing.", 'It needs a line text = "..." with a question.'
        )
    example = record.get("example", {})
    if not _is_table_of_words(example):
        raise StarterError(f"{place} cannot be read: the example is a table of short texts.", 'As { hobby = "chess" }.')
    return Starter(
        id=_words(record, "id", place),
        kind=_words(record, "kind", place),
        text=text,
        needs=tuple(_list(record, "needs", place)),
        about=frozenset(_list(record, "about", place)),
        min_stage=_number(record, "min_stage", 0, 0, 3, place),
        max_stage=_number(record, "max_stage", 3, 0, 3, place),
        days=_number(record, "days", 0, 0, 36_500, place) if "days" in record else None,
        weight=_number(record, "weight", 1, 1, 9, place),
        title=plain(_words(record, "title", place)),
        reason=plain(_words(record, "reason", place)),
        example=dict(example),
    )


def own_starter(record: Mapping[str, Any], place: str) -> Starter:
    """A starter of a pack: with its own kind, its fields checked, and `needs` found out where they are not given."""
    unknown = record.keys() - _OWN_KEYS
    if unknown:
        raise StarterError(f"{place}: {min(unknown)} is not known here.", f"Known are {', '.join(sorted(_OWN_KEYS))}.")
    starter = starter_of({"kind": "own", **record}, place)
    if starter.id and not _ID.fullmatch(starter.id):
        raise StarterError(f"{place}: an id is made of small letters, digits and dashes.", "As hobby.how-it-began.")
    if starter.kind not in STARTER_KINDS:
        raise StarterError(
            f"{place}: the kind {starter.kind[:40]} is not known.", _instead(starter.kind, STARTER_KINDS)
        )
    try:
        asked = read_template(starter.text)
    except TemplateProblem as problem:
        where = f"line {problem.line}, column {problem.column} of its text"
        raise StarterError(f"{place}, {where}: {problem.wrong}", problem.cure) from problem
    for name in (*starter.needs, *asked.needed, *asked.optional):
        if name not in FIELDS:
            raise StarterError(f"{place}: the field {name[:40]} is not known.", _instead(name, tuple(FIELDS)))
    missing = [name for name in asked.needed if name not in starter.needs]
    if missing and "needs" in record:
        cure = f'Add "{missing[0]}" to needs, or leave needs out.'
        raise StarterError(f"{place}: its text uses {missing[0]}, which its needs do not name.", cure)
    if starter.min_stage > starter.max_stage:
        raise StarterError(f"{place}: min_stage is more than max_stage.", "Both run from 0 (no answer yet) to 3.")
    return starter


def _instead(word: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(word[:40], known, 1)
    return f"Did you mean {near[0]}?" if near else f"Known are {', '.join(known)}."


def _words(record: Mapping[str, Any], key: str, place: str, longest: int = _LONGEST_LABEL) -> str:
    value = record.get(key, "")
    if not isinstance(value, str):
        raise StarterError(f"{place} cannot be read: {key} is a text.", f'Write {key} = "...".')
    if len(value) > longest:
        raise StarterError(f"{place} cannot be read: {key} is longer than {longest} characters.")
    return value


def _list(record: Mapping[str, Any], key: str, place: str) -> list[str]:
    value = record.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in cast(list[Any], value)):
        raise StarterError(f"{place} cannot be read: {key} is a list of words.", f'Write {key} = ["...", "..."].')
    return cast(list[str], value)


def _number(record: Mapping[str, Any], key: str, default: int, least: int, most: int, place: str) -> int:
    value = record.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise StarterError(f"{place} cannot be read: {key} is a whole number from {least} to {most}.")
    return value


def _is_table_of_words(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    table = cast(dict[str, Any], value)
    return len(table) <= 100 and all(isinstance(each, str) and len(each) <= _LONGEST_FIELD for each in table.values())


def plain(value: str) -> str:
    """A value as it may stand in a letter: one line, of bounded length, nothing invisible, no brackets of blanks."""
    return _UNWANTED.sub(" ", value[:_LONGEST_FIELD]).strip()
