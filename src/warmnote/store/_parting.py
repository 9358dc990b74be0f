"""One person who turns out to be two after all, at any later time.

People who were merged can be merged again, and parted in any order. So parting walks the later merges of the same
person, and those above, as if the one merge had never been: see `_written`. What is newer than a merge is left alone.
"""

import json
from collections.abc import Iterable
from typing import Any

from warmnote.model import Expected
from warmnote.store._database import Database, Row
from warmnote.store._images import AMONG, OF_IDENTITY, ONE_ROW, OWNERS, UNIQUE, Image, Merge, decoded, encoded, write
from warmnote.store._layers import COLUMNS, DRAFT, PLAN, Value, joined, same
from warmnote.store._voices import disagree

__all__ = ["Parting"]


class Parting:
    """Takes merges back. For `Merging`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def part(self, merge: int) -> tuple[int, int]:
        """Makes two of one again; returns who stays and the id that is back, the same as before.

        What came since the merge stays where it is. Raises Expected if there is no such merge any more.
        """
        kept = self._db.value("select kept from merges where id = ?", (merge,))
        if kept is None:
            raise Expected("These two are already apart.", "")
        family = self._family(kept)
        parted = family.pop(merge)
        gone, image = parted.gone, parted.image
        above = _above(family, image.into)
        self._forget(above, gone, "merges", {merge})
        for layer, (before, after) in image.layers.items():
            self._written(family, kept, parted, layer, after, before)
        self._bring_back(gone, image)
        freed = self._take_back(kept, gone, image, above)
        nested = [family.pop(merge) for merge in image.moved.get("merges", ()) if merge in family]
        self._settle(kept, family, freed)
        disagree(self._db, kept, gone, image, family.values(), nested)
        self._save(family.values())
        self._db.run("delete from merges where id = ?", (merge,))
        return kept, gone

    def parts_of_batch(self, batch: int) -> None:
        """Makes the merges as if an import had not been; to be called before the rest of it is taken back.

        Merges that the import made are parted. So are those by hand of somebody whom it brought, unless the user has
        written anything to that person: then they stay merged and count as entered by hand.
        """
        for merge in self._db.column("select id from merges where batch = ? order by id desc", (batch,)):
            self.part(merge)
        # Whoever went first may be what is left of somebody who went later: so from the first on, each as it is by then.
        for merge in self._db.column("select id from merges order by id"):
            image = decoded(self._db.value("select image from merges where id = ?", (merge,)))
            if image.batch == batch and not self._touched(image):
                self.part(merge)
            elif image.batch == batch or any(row[1] == batch for row in image.changes) or _brought(image, batch):
                self._without_batch(merge, batch)

    def _family(self, kept: int) -> dict[int, Merge]:
        """All merges in a person, with those in whoever went into them."""
        rows = self._db.rows("select id, gone, image from merges where kept = ? order by id", (kept,))
        return {merge: Merge(merge, gone, decoded(image)) for merge, gone, image in rows}

    def _save(self, merges: Iterable[Merge]) -> None:
        self._db.run_many(
            "update merges set image = ? where id = ?", [(encoded(m.image), m.id) for m in merges if m.dirty]
        )

    def _written(self, family: dict[int, Merge], kept: int, since: Merge, layer: str, old: Value, new: Value) -> None:
        """Writes a layer as if the merge `since` had left `new` there instead of `old`.

        Later merges of the same person are made again in thought; then the value is that of the one whom this person
        went into, and so on up to `kept`. It ends where something else was written over the value.
        """
        at, after = since.image.into, since.id
        nameless = {name for merge in (since, *family.values()) for name in merge.image.nameless}
        while old != new:
            for later in sorted(
                (m for m in family.values() if m.image.into == at and m.id > after), key=lambda m: m.id
            ):
                if layer not in later.image.layers:
                    continue  # it had nothing to give
                found, left = later.image.layers[layer]
                if not same(layer, found, old):
                    return
                again = joined(layer, new, later.image.own[layer], nameless)
                later.image.layers[layer] = [new, again]
                later.dirty = True
                old, new = left, again
            above = next((m for m in family.values() if m.gone == at), None)
            if above is None:
                self._write_over(kept, layer, old, new)
                return
            if not same(layer, above.image.own[layer], old):
                return
            above.image.own[layer] = new
            above.dirty = True
            if layer not in above.image.layers:
                return
            found, left = above.image.layers[layer]
            old, new = left, joined(layer, found, new, nameless)
            above.image.layers[layer] = [found, new]
            at, after = above.image.into, above.id

    def _write_over(self, person: int, layer: str, old: Value, new: Value) -> None:
        """Writes a value if the one there is still `old`."""
        if layer in ONE_ROW:
            table, columns = ONE_ROW[layer]
            row = self._db.row(f"select {', '.join(columns)} from {table} where person = ?", (person,))
            held: Value = None if row is None else list(row)
        else:
            held = list(
                self._db.row(
                    f"select {layer}, exists(select 1 from owned where person = ?1 and field = ?2)"
                    " from people where id = ?1",
                    (person, layer),
                )
                or ()
            )
        if same(layer, held, old):
            write(self._db, person, layer, held, new)
        elif old is not None and new is not None and layer in COLUMNS:
            # An import has written over it: what that one found is now what was there before.
            self._db.run(
                "update import_changes set old = ? where id = (select id from import_changes"
                " where person = ? and identity is null and field = ? and old is ? order by id limit 1)",
                (new[0], person, layer, old[0]),
            )

    def _bring_back(self, gone: int, image: Image) -> None:
        """Makes the person who went anew, with what waited in the image."""
        batch = self._db.value("select id from imports where id = ?", (image.batch,))
        self._db.run(
            f"insert into people (id, batch, {', '.join(COLUMNS)}) values (?, ?, {', '.join('?' * len(COLUMNS))})",
            (gone, batch, *((image.own[column] or [None])[0] for column in COLUMNS)),
        )
        held = {name for name in COLUMNS if (image.own[name] or [None, 0])[1]}
        self._db.run_many(
            "insert into owned (id, person, field) values (?, ?, ?)",
            [(row, gone, name) for row, name in image.owned if name in held or name not in COLUMNS],
        )
        for layer in ONE_ROW:
            if image.own[layer] is not None:
                write(self._db, gone, layer, None, image.own[layer])
        self._db.run_many(
            "insert into import_changes (id, batch, person, field, old, new)"
            " select ?1, ?2, ?3, ?4, ?5, ?6 where exists (select 1 from imports where id = ?2)",
            [(row, of, gone, name, old, new) for row, of, name, old, new in image.changes],
        )
        for table, rows in image.dropped.items():
            self._insert(table, gone, rows)

    def _insert(self, table: str, person: int, rows: Iterable[list[Any]]) -> None:
        key, rest = UNIQUE[table]
        columns = ("id", "person", *key, *rest)
        self._db.run_many(
            f"insert into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))}) on conflict do nothing",
            [(row, person, *values) for row, *values in rows],
        )

    def _take_back(self, kept: int, gone: int, image: Image, above: list[Merge]) -> dict[str, list[Row]]:
        """Gives `gone` the rows that are still with `kept`, or wait in a merge above.

        Returns what `kept` no longer has, by table, of that of which one has one of a kind.
        """
        freed: dict[str, list[Row]] = {}
        for table, ids in image.moved.items():
            owner = OWNERS.get(table, "person")
            if table in UNIQUE:
                freed[table] = self._db.rows(
                    f"select {', '.join(UNIQUE[table][0])} from {table} where person = ? and id in {AMONG}",
                    (kept, json.dumps(ids)),
                )
            self._db.run(
                f"update {table} set {owner} = ? where {owner} = ? and id in {AMONG}", (gone, kept, json.dumps(ids))
            )
            self._forget(above, gone, table, set(ids))
        if "identities" in image.moved:
            for table in OF_IDENTITY:
                self._db.run(
                    f"update {table} set person = ? where person = ? and identity in {AMONG}",
                    (gone, kept, json.dumps(image.moved["identities"])),
                )
        return freed

    def _forget(self, above: list[Merge], gone: int, table: str, ids: set[int]) -> None:
        """Takes rows out of the merges above, which will not have them to give back; `gone` gets those that wait."""
        for merge in above:
            moved, dropped = merge.image.moved.get(table, ()), merge.image.dropped.get(table, ())
            if ids.isdisjoint(moved) and ids.isdisjoint(row[0] for row in dropped):
                continue
            waiting = [row for row in dropped if row[0] in ids]
            if waiting:
                self._insert(table, gone, waiting)
                merge.image.dropped[table] = [row for row in dropped if row[0] not in ids]
            merge.image.moved[table] = [row for row in moved if row not in ids]
            merge.dirty = True

    def _settle(self, kept: int, family: dict[int, Merge], freed: dict[str, list[Row]]) -> None:
        """Gives `kept` what others had too of that which `freed` names, and what waited for that reason."""
        # Whoever went into someone who went has theirs only when the other has none.
        nearest = sorted(family.values(), key=lambda merge: len(_above(family, merge.image.into)))
        for table, keys in freed.items():
            for wanted in {_folded(key) for key in keys}:
                for merge in nearest:
                    dropped = merge.image.dropped.get(table, [])
                    row = next((r for r in dropped if _folded(r[1 : 1 + len(wanted)]) == wanted), None)
                    if row is None:
                        continue
                    self._insert(table, kept, [row])
                    dropped.remove(row)
                    for holder in (merge, *_above(family, merge.image.into)):
                        holder.image.moved.setdefault(table, []).append(row[0])
                        holder.dirty = True
                    break

    # imports that are taken back

    def _touched(self, image: Image) -> bool:
        """Whether the user, or another import, has added anything to the one who went."""
        own = image.own
        if any((own[column] or [None])[0] is not None for column in ("rested_at", "archived_at", "stage")):
            return True
        if image.owned or own[PLAN] is not None or (own[DRAFT] or [""])[0].strip():
            return True
        if any(
            image.moved.get(table) or image.dropped.get(table) for table in ("prompt_uses", "excused", "tags", "merges")
        ):
            return True
        edited = {"facts": "or edited", "messages": "or edited", "identities": ""}
        return any(
            self._db.value(
                f"select exists(select 1 from {table} where id in {AMONG} and (batch is not ? {also}))",
                (json.dumps(image.moved.get(table, [])), image.batch),
            )
            for table, also in edited.items()
        )

    def _without_batch(self, merge: int, batch: int) -> None:
        """Takes what an import brought out of the image of a merge that stays."""
        kept = self._db.value("select kept from merges where id = ?", (merge,))
        family = self._family(kept)
        this = family[merge]
        image = this.image
        this.dirty = True
        for row in sorted((row for row in image.changes if row[1] == batch), reverse=True):
            _, _, name, old, new = row
            image.changes.remove(row)
            later = next((r for r in image.changes if r[2] == name and r[1] > batch), None)
            if later is not None:
                later[3] = old
            elif (own := image.own.get(name)) is not None and own[0] == new:
                self._own(family, kept, this, name, [old, own[1]])
        brought = image.dropped.get("brought", [])
        if image.batch == batch:
            image.batch = None
            image.dropped["brought"] = [[*row[:2], None] if row[2] == batch else row for row in brought]
            for table in ("identities", "facts", "messages", "brought"):
                self._db.run(
                    f"update {table} set batch = null where batch = ? and id in {AMONG}",
                    (batch, json.dumps(image.moved.get(table, []))),
                )
        else:
            image.dropped["brought"] = [row for row in brought if row[2] != batch]
        self._save(family.values())

    def _own(self, family: dict[int, Merge], kept: int, merge: Merge, layer: str, own: Value) -> None:
        """Writes a value of someone who went, and what came of it."""
        merge.image.own[layer] = own
        if layer in merge.image.layers:
            before, old = merge.image.layers[layer]
            new = joined(layer, before, own, merge.image.nameless)
            merge.image.layers[layer] = [before, new]
            self._written(family, kept, merge, layer, old, new)


def _above(family: dict[int, Merge], person: int) -> list[Merge]:
    """The merges by which someone who went, and whoever they went into, came to where they are."""
    by_gone = {merge.gone: merge for merge in family.values()}
    path: list[Merge] = []
    while (merge := by_gone.get(person)) is not None:
        path.append(merge)
        person = merge.image.into
    return path


def _brought(image: Image, batch: int) -> bool:
    return any(row[2] == batch for row in image.dropped.get("brought", ()))


def _folded(key: Iterable[Any]) -> tuple[Any, ...]:
    """Tags are the same whatever their capitals, as SQLite sees it: in ASCII."""
    return tuple(_ascii_lower(part) if isinstance(part, str) else part for part in key)


def _ascii_lower(text: str) -> str:
    return text.lower() if text.isascii() else "".join(c.lower() if c.isascii() else c for c in text)
