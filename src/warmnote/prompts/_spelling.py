"""British and American spelling: starters are written in British, and respelled as they are filled in."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from warmnote.model import Expected
from warmnote.resources import resource

__all__ = ["BRITISH", "Spelling"]

_FILE: Final = "spelling.toml"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# What stands in braces is a field's name or a field's value in waiting.
_FIELD = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How starters are spelled. `words` maps British words, in small letters, to what is written instead."""

    words: Mapping[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def load(cls, name: str = "british", path: Path | None = None) -> Self:
        """The spelling called "british" or "american"; `path` is another list of words. Raises Expected for a faulty one."""
        if name == "british":
            return cls()
        if name != "american":
            raise Expected(f"There is no spelling called {name}.", "It is british or american.")
        return cls(_read(path or resource("prompts") / _FILE))

    def apply(self, text: str) -> str:
        """A starter's own words respelled, whole words only and each in its own case; fields are left alone."""
        if not self.words:
            return text
        parts = _FIELD.split(text)
        parts[::2] = [_WORD.sub(self._respell, part) for part in parts[::2]]
        return "".join(parts)

    def _respell(self, found: re.Match[str]) -> str:
        word = found[0]
        other = self.words.get(word.casefold())
        if other is None:
            head, dash, tail = word.rpartition("-")
            return self._respell_part(head) + dash + self._respell_part(tail) if dash else word
        return _in_case_of(word, other)

    def _respell_part(self, word: str) -> str:
        return _WORD.sub(self._respell, word)


BRITISH: Final = Spelling()


def _in_case_of(word: str, other: str) -> str:
    if word.isupper() and len(word) > 1:
        return other.upper()
    return other[:1].upper() + other[1:] if word[:1].isupper() else other


@cache
def _read(path: Path) -> Mapping[str, str]:
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise Expected(f"{path.name} cannot be read: {problem}.") from problem
    words: dict[str, str] = {}
    for british, american in _pairs(data):
        if not isinstance(american, str):
            raise Expected(f"{path.name}: {british} needs a word behind it.")
        words[british.casefold()] = american
    return words


def _pairs(table: dict[str, Any]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in table.items():
        found += _pairs(value) if isinstance(value, dict) else [(key, value)]  # pyright: ignore[reportUnknownArgumentType]
    return found
