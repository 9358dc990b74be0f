"""What a merge keeps for the day on which two people are to be two again.

* `moved`: the rows that went over, by table. Those that are still there go back.
* `dropped`: the rows that the other had already (a tag), which wait in the image.
* `own`: the values of the one who went, and `layers`: for each of them what the one who stays had before and after.
* `changes`: what imports wrote over the fields of the one who went, for taking such an import back.
* `nameless`: which of the two names were none, but a handle or a number standing in for one.
* `silenced`: the accounts that became silent, each with the fields; see `_voices`.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from warmnote.store._database import Database
from warmnote.store._layers import DRAFT, PLAN, Value

__all__ = [
    "AMONG",
    "MOVED",
    "OF_IDENTITY",
    "ONE_ROW",
    "OWNERS",
    "UNIQUE",
    "Image",
    "Merge",
    "decoded",
    "encoded",
    "write",
]

# What goes over with the one who goes. Every table with a column `person` is named in one of these, or waits in the image.
_FREE = ("identities", "facts", "messages", "prompt_uses")
# Of each of these a person has one of a kind: what tells the kind, and what else is in the row.
UNIQUE = {"tags": (("tag",), ()), "excused": (("rule", "matched"), ("at",)), "brought": (("digest",), ("batch",))}
# Where an account goes, these go with it.
OF_IDENTITY = ("handles", "absences", "links", "import_changes")
OWNERS = {"merges": "kept"}
MOVED = (*_FREE, *UNIQUE, "merges")
ONE_ROW = {DRAFT: ("drafts", ("text", "cursor", "channel", "saved_at")), PLAN: ("follow_ups", ("due", "why"))}

AMONG = "(select value from json_each(?))"


@dataclass(slots=True)
class Image:
    """See the module. `into` is who stayed at the time, who may since have gone into someone else."""

    into: int
    batch: int | None
    own: dict[str, Value]
    owned: list[list[Any]]
    layers: dict[str, list[Value]] = field(default_factory=dict[str, list[Value]])
    moved: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    dropped: dict[str, list[list[Any]]] = field(default_factory=dict[str, list[list[Any]]])
    changes: list[list[Any]] = field(default_factory=list[list[Any]])
    nameless: list[str] = field(default_factory=list[str])
    silenced: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])


@dataclass(slots=True)
class Merge:
    """A merge while one of its family is taken back; `dirty` if its image is to be stored anew."""

    id: int
    gone: int
    image: Image
    dirty: bool = False


def encoded(image: Image) -> str:
    """An image as it is stored."""
    return json.dumps(asdict(image), ensure_ascii=False, separators=(",", ":"))


def decoded(stored: str) -> Image:
    """An image that was stored."""
    return Image(**json.loads(stored))


def write(database: Database, person: int, layer: str, before: Value, after: Value) -> None:
    """Writes a layer of a person who is there and has `before` in it."""
    if layer in ONE_ROW:
        table, columns = ONE_ROW[layer]
        if after is None:
            database.run(f"delete from {table} where person = ?", (person,))
        else:
            database.run(
                f"insert into {table} (person, {', '.join(columns)}) values (?, {', '.join('?' * len(columns))})"
                f" on conflict (person) do update set {', '.join(f'{c} = excluded.{c}' for c in columns)}",
                (person, *after),
            )
        return
    (old, was_owned), (new, owned) = before or ["", 0], after or ["", 0]
    if old != new:
        database.run(f"update people set {layer} = ? where id = ?", (new, person))
    if owned and not was_owned:
        database.run("insert into owned (person, field) values (?, ?) on conflict do nothing", (person, layer))
    elif was_owned and not owned:
        database.run("delete from owned where person = ? and field = ?", (person, layer))
