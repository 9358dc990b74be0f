"""What the columns of a table mean, as the user says it: the table to look at, the answer, and the answer kept."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from warmnote import accounts
from warmnote.followers.columns import Columns
from warmnote.followers.headers import Role
from warmnote.model import Expected, Network

__all__ = ["Mapping", "Recall", "Remembered", "Sheet", "Unmapped", "digest"]

_NAMING = frozenset({Role.NAME, Role.FIRST, Role.LAST, Role.EMAIL, Role.PROFILE, Role.HANDLE, Role.NICKNAME})


@dataclass(frozen=True, slots=True)
class Mapping:
    """The meaning of each column from left to right: a role, or None for one that is kept as a fact under its heading.

    `networks` says, column by column, where a handle belongs; None for a column without handles, and for handles of
    which that is unknown. `follows` tells whether the people of the table follow the user.
    """

    roles: tuple[Role | None, ...]
    networks: tuple[Network | None, ...] = ()
    follows: bool = False

    @property
    def names_people(self) -> bool:
        """Whether some column says who a person is."""
        return not _NAMING.isdisjoint(self.roles)

    def columns(self, header: Sequence[str]) -> Columns:
        """The columns of a table with this header, read as the user said. A column that was not there is kept."""
        roles: dict[Role, tuple[int, ...]] = {}
        named: dict[int, Network] = {}
        rest: list[int] = []
        for column in range(max(len(header), len(self.roles))):
            role = self.roles[column] if column < len(self.roles) else None
            network = self.networks[column] if column < len(self.networks) else None
            if role is None:
                rest.append(column)
            elif role is Role.HANDLE and network is not None:
                named[column] = network
            else:
                roles[role] = (*roles.get(role, ()), column)
        shown = (*header, *(f"Column {column + 1}" for column in range(len(header), len(self.roles))))
        return Columns(tuple(shown), roles, named, tuple(rest))

    def to_text(self) -> str:
        """The mapping as a line of JSON, for keeping it."""
        return json.dumps({"roles": self.roles, "networks": self.networks, "follows": self.follows}, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Mapping | None":
        """The mapping of a line that `to_text` made; None for one that this version does not understand."""
        try:
            data = json.loads(text)
            roles = tuple(None if role is None else Role(role) for role in data["roles"])
            networks = tuple(None if network is None else Network(network) for network in data["networks"])
            return cls(roles, networks, bool(data["follows"]))
        except (ValueError, TypeError, KeyError):
            return None


@dataclass(frozen=True, slots=True)
class Remembered:
    """A mapping that the user made on an earlier day for a table with the same header."""

    mapping: Mapping
    on: date


Recall = Callable[[str], Remembered | None]
"""Finds what the user said of a header, by its `digest`."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be mapped: its header, up to ten of its rows as written, and what was guessed of its columns.

    `digest` tells one header from another; it is empty for a table without one, which cannot be known again.
    """

    origin: str
    header: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    guessed: Mapping
    digest: str


class Unmapped(Expected):
    """A table in which nobody was found, with its `sheet`: the user may say what the columns mean."""

    def __init__(self, message: str, hint: str, sheet: Sheet) -> None:
        super().__init__(message, hint)
        self.sheet = sheet


def digest(header: Sequence[str]) -> str:
    """A short text that is equal for equal headers, whatever their case and spaces; empty if there is no header."""
    if not any(cell.strip() for cell in header):
        return ""
    folded = "\x1f".join(map(accounts.folded, header))
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()[:40]
