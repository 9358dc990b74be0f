"""Starters that were being written when the user went elsewhere; they are there again after a restart."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from PySide6.QtCore import QSettings

__all__ = ["NEW", "Draft", "Drafts"]

NEW = "new"
"""The key of the starter that has not been saved yet."""

_SETTING = "prompts/drafts"


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the editor. `days` is the age that something may have, 0 for any."""

    text: str = ""
    title: str = ""
    kind: str = "own"
    stage: int = 0
    days: int = 0
    pack: str = ""


class Drafts:
    """Unfinished starters by the id of the starter, NEW for one without. Kept in the window's settings."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings
        self._drafts = _read(str(settings.value(_SETTING, "")))

    @property
    def ids(self) -> frozenset[str]:
        """The starters that are unfinished."""
        return frozenset(self._drafts)

    def get(self, key: str) -> Draft | None:
        """What was left unfinished under a key."""
        return self._drafts.get(key)

    def keep(self, key: str, draft: Draft) -> None:
        """Keep what stands in the editor."""
        if self._drafts.get(key) != draft:
            self._drafts[key] = draft
            self._write()

    def drop(self, key: str) -> None:
        """It is saved, or no longer wanted."""
        if self._drafts.pop(key, None) is not None:
            self._write()

    def _write(self) -> None:
        self._settings.setValue(_SETTING, json.dumps({key: asdict(draft) for key, draft in self._drafts.items()}))


def _read(text: str) -> dict[str, Draft]:
    try:
        data: Any = json.loads(text or "{}")
        types: dict[str, Any] = {field.name: type(field.default) for field in fields(Draft)}
        return {
            str(key): Draft(**{name: types[name](value) for name, value in each.items() if name in types})
            for key, each in data.items()
        }
    except (ValueError, TypeError, AttributeError):  # somebody's own hand in the file
        return {}
