"""Two people who turn out to be one.

Whoever goes is taken out of `people`; what belongs to them is given to the one who stays. What it takes to part the two
again, at any later time, is kept in an image: see `_images` and `_parting`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warmnote.accounts import stands_in
from warmnote.model import Network
from warmnote.store._database import Database
from warmnote.store._images import MOVED, OF_IDENTITY, ONE_ROW, OWNERS, UNIQUE, Image, encoded, write
from warmnote.store._layers import COLUMNS, DRAFT, LAYERS, PLAN, Value, joined, matters
from warmnote.store._parting import Parting
from warmnote.store._people import Gone
from warmnote.store._times import from_moment, moment
from warmnote.store._voices import agree

__all__ = ["MergeRecord", "Merging"]

_BELONGINGS = " union all ".join(
    f"select '{table}', id from {table} where {OWNERS.get(table, 'person')} = ?1" for table in MOVED
)


@dataclass(frozen=True, slots=True)
class MergeRecord:
    """Someone who went into a person: their name then, why and when. `id` is what parts the two again."""

    id: int
    name: str
    reason: str
    at: datetime


class Merging:
    """Reads and writes of merges. Writes belong inside `Store.step` or `Store.import_step`."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._parting = Parting(database)

    # reading

    def merges_of(self, person: int) -> tuple[MergeRecord, ...]:
        """Everyone who went into a person, the latest first."""
        rows = self._db.rows("select id, name, reason, at from merges where kept = ? order by id desc", (person,))
        return tuple(MergeRecord(merge, name, reason, moment(at)) for merge, name, reason, at in rows)

    def candidates(self) -> list[tuple[int, str, str, str, str]]:
        """Everyone but the invented people: id, name, company, location and e-mail."""
        return self._db.rows("select id, name, company, location, email from people where is_sample = 0")

    def accounts(self) -> dict[int, list[tuple[Network, str, str]]]:
        """The accounts of everyone: network, key and handle."""
        networks = {network.value: network for network in Network}
        found: dict[int, list[tuple[Network, str, str]]] = {}
        for person, network, key, handle in self._db.rows("select person, network, key, handle from identities"):
            found.setdefault(person, []).append((networks[network], key, handle))
        return found

    def ruled_out(self) -> set[tuple[int, int]]:
        """The pairs that the user called different people, the smaller id first.

        Someone who went into another person takes their pairs along.
        """
        return {pair for _, pair in self._ruled_out() if pair[0] != pair[1]}

    def _ruled_out(self) -> list[tuple[int, tuple[int, int]]]:
        now = dict(self._db.rows("select gone, kept from merges"))
        return [
            (row, _pair(now.get(a, a), now.get(b, b)))
            for row, a, b in self._db.rows("select id, person, other from not_same")
        ]

    # writing

    def not_same(self, a: int, b: int) -> None:
        """Remembers that two people are two."""
        self._db.run("insert into not_same (person, other) values (?, ?) on conflict do nothing", _pair(a, b))

    def again(self, a: int, b: int) -> None:
        """Forgets that two people are two."""
        rows = [row for row, pair in self._ruled_out() if pair == _pair(a, b)]
        self._db.run_many("delete from not_same where id = ?", [(row,) for row in rows])

    def merge(self, kept: int, gone: int, reason: str, at: datetime, batch: int | None = None) -> int:
        """Makes one person of two, who is `kept` from then on; returns what `part` needs. Raises Gone.

        `reason` is told to the user; `batch` is the import that found it out, None for the user.
        """
        if kept == gone:
            raise ValueError("nobody can be merged with themselves")
        values, owned, batches = self._values(kept, gone)
        image = Image(kept, batches[gone], values[gone], owned[gone])
        names = ((person, (values[person]["name"] or [""])[0]) for person in (kept, gone))
        image.nameless = [name for person, name in names if self._is_nameless(person, name)]
        image.silenced = agree(self._db, kept, gone, image.nameless)
        self._hand_over(kept, gone, image)
        for layer in LAYERS:
            before, own = values[kept][layer], values[gone][layer]
            after = joined(layer, before, own, image.nameless)
            if layer == "rested_at" and self._wrote_since(kept, after):
                after = [None, 0]
            if after != before or matters(layer, own):
                image.layers[layer] = [before, after]
            if after != before:
                write(self._db, kept, layer, before, after)
        name = (values[gone]["name"] or [""])[0]
        self._db.run("delete from people where id = ?", (gone,))
        return self._db.insert(
            "insert into merges (kept, gone, name, reason, at, batch, image) values (?, ?, ?, ?, ?, ?, ?)",
            (kept, gone, name, reason, from_moment(at), batch, encoded(image)),
        )

    def part(self, merge: int) -> tuple[int, int]:
        """Makes two of one again; returns who stays and the id that is back, the same as before.

        What came since the merge stays where it is. Raises Expected if there is no such merge any more.
        """
        return self._parting.part(merge)

    def parts_of_batch(self, batch: int) -> None:
        """Makes the merges as if an import had not been; to be called before the rest of it is taken back.

        Merges that the import made are parted. So are those by hand of somebody whom it brought, unless the user has
        written anything to that person: then they stay merged and count as entered by hand.
        """
        self._parting.parts_of_batch(batch)

    def _values(
        self, kept: int, gone: int
    ) -> tuple[dict[int, dict[str, Value]], dict[int, list[list[Any]]], dict[int, int | None]]:
        """What two people have of each layer, the user's fields among them as (row, field), and their imports."""
        pair = (kept, gone)
        people = {
            row[0]: row
            for row in self._db.rows(f"select id, batch, {', '.join(COLUMNS)} from people where id in (?, ?)", pair)
        }
        if len(people) < 2:
            raise Gone
        owned: dict[int, list[list[Any]]] = {kept: [], gone: []}
        for person, row, name in self._db.rows("select person, id, field from owned where person in (?, ?)", pair):
            owned[person].append([row, name])
        values: dict[int, dict[str, Value]] = {}
        for person, (_, _, *columns) in people.items():
            mine = {name for _, name in owned[person]}
            values[person] = {
                column: [value, int(column in mine)] for column, value in zip(COLUMNS, columns, strict=True)
            }
            values[person] |= {DRAFT: None, PLAN: None}
        for layer, (table, columns) in ONE_ROW.items():
            for person, *row in self._db.rows(
                f"select person, {', '.join(columns)} from {table} where person in (?, ?)", pair
            ):
                values[person][layer] = row
        return values, owned, {person: row[1] for person, row in people.items()}

    def _is_nameless(self, person: int, name: str) -> bool:
        accounts = self._db.rows("select key, handle from identities where person = ?", (person,))
        return bool(name) and stands_in(name, accounts)

    def _hand_over(self, kept: int, gone: int, image: Image) -> None:
        """Gives the rows of `gone` to `kept`, and what cannot be given to the image."""
        for table, row in self._db.rows(_BELONGINGS, (gone,)):
            image.moved.setdefault(table, []).append(row)
        for table in UNIQUE.keys() & image.moved:
            self._drop(table, kept, gone, image)
        for table in image.moved:
            owner = OWNERS.get(table, "person")
            self._db.run(f"update {table} set {owner} = ? where {owner} = ?", (kept, gone))
        image.changes = [
            list(row)
            for row in self._db.rows(
                "select id, batch, field, old, new from import_changes where person = ? and identity is null", (gone,)
            )
        ]
        if image.changes:
            self._db.run("delete from import_changes where person = ? and identity is null", (gone,))
        if "identities" in image.moved:
            for table in OF_IDENTITY:
                self._db.run(f"update {table} set person = ? where person = ?", (kept, gone))
        for table in ("owned", "drafts", "follow_ups"):
            self._db.run(f"delete from {table} where person = ?", (gone,))

    def _drop(self, table: str, kept: int, gone: int, image: Image) -> None:
        key, rest = UNIQUE[table]
        held = " and ".join(f"held.{column} = t.{column}" for column in key)
        columns = ", ".join(f"t.{column}" for column in (*key, *rest))
        double = [
            list(row)
            for row in self._db.rows(
                f"select t.id, {columns} from {table} t where t.person = ? and exists"
                f" (select 1 from {table} held where held.person = ? and {held})",
                (gone, kept),
            )
        ]
        if double:
            image.dropped[table] = double
            ids = {row[0] for row in double}
            image.moved[table] = [row for row in image.moved[table] if row not in ids]
            self._db.run_many(f"delete from {table} where id = ?", [(row,) for row in ids])

    def _wrote_since(self, person: int, rested: Value) -> bool:
        """Whether a word of theirs is newer than a rest, which ends it. After the logs of both are one."""
        return (
            rested is not None
            and rested[0] is not None
            and self._db.value(
                "select exists(select 1 from messages where person = ? and at > ? and kind = 'received')",
                (person, rested[0]),
            )
            == 1
        )


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
