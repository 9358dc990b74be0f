"""Starters as data: the first sentence or two of a letter, with fields and blanks.

They will be shared as files, so a starter is never trusted: Jinja2's sandbox, undefined names are errors, and of the
language only `{{ field }}`, `{{ field | default("...") }}` and `{% if field %}` remain. jinja2 is imported on first use.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warmnote.model import Expected
from warmnote.resources import resource

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

__all__ = ["Starter", "StarterError", "blanks", "plain", "read_starters"]

_BLANK = re.compile("⟦[^⟦⟧]*⟧")
_ID = re.compile(r"[a-z0-9_]+\.[a-z0-9-]+")
_LONGEST_TEMPLATE = 5_000
_LONGEST_FIELD = 300
_LONGEST_OUTPUT = 20_000
_UNWANTED = re.compile("[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff⟦⟧]+")
_JINJAS_OWN = frozenset({"self", "super", "loop", "caller", "varargs", "kwargs"})
_FILE_KEYS = frozenset({"kind", "title", "reason", "min_stage", "max_stage", "example", "starter"})
_STARTER_KEYS = frozenset({"id", "text", "needs", "about", "min_stage", "max_stage", "days", "weight", "example"})


class StarterError(Expected):
    """A file of starters, or one starter, that cannot be used: the message names the file, the starter and the reason."""


def blanks(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of the blanks ⟦…⟧ in `text`, brackets included, in code points. A letter with one is not finished."""
    return tuple(found.span() for found in _BLANK.finditer(text))


@dataclass(frozen=True, slots=True)
class Starter:
    """One starter. `needs` are the fields that must be known, the first of which decides what the prompt is about.

    `example` holds a value for each field and each blank's hint; a test fills them in and reads the result.
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

    def fill(self, fields: Mapping[str, str]) -> str:
        """The text with its fields filled in; blanks stay. Raises StarterError for a missing field or a forbidden construct.

        Values are plain text: what they hold is never read as a template, and brackets of blanks in them are dropped.
        """
        cleaned = {name: plain(value) for name, value in fields.items()}
        try:
            filled = _template(self.text).render(cleaned)
        except StarterError as problem:
            raise StarterError(f"The starter {self.id} cannot be used: {problem.message}") from problem
        except Exception as problem:  # whatever a shared template provokes inside jinja2 is the starter's fault
            raise StarterError(f"The starter {self.id} cannot be filled: {problem}") from problem
        if len(filled) > _LONGEST_OUTPUT:
            raise StarterError(f"The starter {self.id} became longer than {_LONGEST_OUTPUT:,} characters.")
        return " ".join(filled.split())

    def check(self) -> None:
        """Compiles the text without filling it. Raises StarterError as `fill` does."""
        try:
            _template(self.text)
        except StarterError as problem:
            raise StarterError(f"The starter {self.id} cannot be used: {problem.message}") from problem


def read_starters(directory: Path | None = None) -> tuple[Starter, ...]:
    """All starters of a folder of TOML files, or those that come with Warmnote, in the order of files and lines.

    A folder of somebody else's is checked as a whole at once; ours are checked by their tests and compiled when used.
    Raises StarterError.
    """
    starters: dict[str, Starter] = {}
    for path in sorted((directory or resource("prompts")).glob("*.toml")):
        for starter in _read(path):
            if starter.id in starters:
                raise StarterError(f"{path.name}: the starter {starter.id} is there twice.")
            if directory is not None:
                starter.check()
            starters[starter.id] = starter
    return tuple(starters.values())


def _read(path: Path) -> Iterator[Starter]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise StarterError(f"{path.name} cannot be read: {problem}.") from problem
    unknown = data.keys() - _FILE_KEYS
    if unknown or not isinstance(data.get("kind"), str):
        raise StarterError(f"{path.name}: {f'{min(unknown)} is not known here' if unknown else 'the kind is missing'}.")
    for number, record in enumerate(data.get("starter", ()), 1):
        name = f"{path.name}: starter {record.get('id', number)}"
        unknown = record.keys() - _STARTER_KEYS
        if unknown:
            raise StarterError(f"{name}: {min(unknown)} is not known here.")
        try:
            yield _starter(data, record)
        except (KeyError, TypeError, ValueError) as problem:
            raise StarterError(f"{name} cannot be read: {problem}.") from problem


def _starter(data: dict[str, Any], record: dict[str, Any]) -> Starter:
    if not _ID.fullmatch(record["id"]):
        raise ValueError("an id is made of small letters: kind.what-it-asks")
    if not isinstance(record["text"], str) or not record["text"].strip():
        raise ValueError("the text is missing")
    return Starter(
        id=record["id"],
        kind=data["kind"],
        text=record["text"],
        needs=tuple(record.get("needs", ())),
        about=frozenset(record.get("about", ())),
        min_stage=int(record.get("min_stage", data.get("min_stage", 0))),
        max_stage=int(record.get("max_stage", data.get("max_stage", 3))),
        days=record.get("days"),
        weight=int(record.get("weight", 1)),
        title=data.get("title", ""),
        reason=data.get("reason", ""),
        example={**data.get("example", {}), **record.get("example", {})},
    )


def plain(value: str) -> str:
    """A value as it may stand in a letter: one line, of bounded length, nothing invisible, no brackets of blanks."""
    return _UNWANTED.sub(" ", value[:_LONGEST_FIELD]).strip()


@cache
def _environment() -> "SandboxedEnvironment":
    from jinja2 import StrictUndefined  # 50 ms that the first window need not wait for
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, cache_size=0)
    environment.globals = {}
    return environment


@cache
def _template(text: str) -> "Template":
    """Compiles a text after looking at everything it asks for. Raises StarterError."""
    from jinja2 import TemplateError, nodes

    if len(text) > _LONGEST_TEMPLATE:
        raise StarterError(f"it is longer than {_LONGEST_TEMPLATE:,} characters.")
    allowed = (
        nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Filter, nodes.Const, nodes.Not,
        nodes.And, nodes.Or,
    )  # fmt: skip
    try:
        tree = _environment().parse(text)
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, allowed) or (isinstance(node, nodes.Name) and node.ctx != "load"):
                raise StarterError(f"line {node.lineno} uses {type(node).__name__.lower()}, which a starter may not.")
            if isinstance(node, nodes.Name) and node.name in _JINJAS_OWN:
                raise StarterError(f"line {node.lineno} uses {node.name}, which is no field.")
            if isinstance(node, nodes.Filter) and node.name != "default":
                raise StarterError(f"line {node.lineno} uses the filter {node.name}; only default is allowed.")
        return _environment().from_string(tree)
    except TemplateError as problem:
        raise StarterError(f"{problem}.") from problem
    except RecursionError as problem:
        raise StarterError("it is nested too deeply.") from problem
