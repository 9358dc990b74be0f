"""The accounts whose followers the user asks networks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from warmnote.model import Network
from warmnote.store._database import Database, Row
from warmnote.store._times import from_moment, moment
from warmnote.store.text import clean

__all__ = ["Source", "Sources"]

_COLUMNS = "id, network, handle, key, daily, synced_at, walked_at, asked, failed"
_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Source:
    """One of the user's own accounts on a network, and how asking for its followers went.

    `key` is the network's own for it, "" before the first answer. `synced_at` is the last success, `walked_at` the last
    one that saw the whole list; `asked` tells what was asked of whom then, `failed` what went wrong since, "" if nothing.
    """

    id: int
    network: Network
    handle: str
    key: str = ""
    daily: bool = False
    synced_at: datetime | None = None
    walked_at: datetime | None = None
    asked: str = ""
    failed: str = ""


class Sources:
    """Reads and writes of sources. Writes belong inside `Store.step`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> tuple[Source, ...]:
        """Every source, in the order they were added."""
        return tuple(map(_source, self._db.rows(f"select {_COLUMNS} from sources order by id")))

    def get(self, network: Network, handle: str) -> Source | None:
        """The source of a handle, whatever its capitals."""
        row = self._db.row(
            f"select {_COLUMNS} from sources where network = ? and handle = ?", (network.value, clean(handle))
        )
        return None if row is None else _source(row)

    def known(self, network: Network, keys: Sequence[str]) -> set[str]:
        """Those of `keys` under which an account of the network is in the notebook."""
        found: set[str] = set()
        wanted = iter(dict.fromkeys(map(clean, keys)))
        while piece := list(islice(wanted, _AT_A_TIME)):
            marks = ", ".join("?" * len(piece))
            found.update(
                self._db.column(
                    f"select key from identities where network = ? and key in ({marks})", [network.value, *piece]
                )
            )
        return found

    def add(self, network: Network, handle: str) -> None:
        """Adds a source; one that is there stays as it is."""
        self._db.run(
            "insert into sources (network, handle) values (?, ?) on conflict do nothing",
            (network.value, clean(handle)),
        )

    def remove(self, source: int) -> None:
        """Removes a source and nobody who came from it."""
        self._db.run("delete from sources where id = ?", (source,))

    def set_daily(self, source: int, *, daily: bool) -> None:
        """Whether to ask each day."""
        self._db.run("update sources set daily = ? where id = ?", (int(daily), source))

    def succeeded(self, source: int, key: str, asked: str, at: datetime, *, whole: bool) -> None:
        """Writes down an answer; `whole` if the list was seen to its end."""
        self._db.run(
            "update sources set key = ?, asked = ?, failed = '', synced_at = ?,"
            " walked_at = iif(?, ?, walked_at) where id = ?",
            (clean(key), clean(asked), from_moment(at), int(whole), from_moment(at), source),
        )

    def failed(self, source: int, problem: str) -> None:
        """Writes down what went wrong."""
        self._db.run("update sources set failed = ? where id = ?", (clean(problem), source))


def _source(row: Row) -> Source:
    number, network, handle, key, daily, synced, walked, asked, failed = row
    return Source(
        number,
        Network(network),
        handle,
        key,
        bool(daily),
        None if synced is None else moment(synced),
        None if walked is None else moment(walked),
        asked,
        failed,
    )
