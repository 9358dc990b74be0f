"""What each transaction did to each row, so that it can be taken back exactly.

Temporary triggers write the image of a row before and after every change into a temporary table. Taking a step back
walks its entries from the last to the first; each must find the row as the step left it, else the whole undo is
refused: what the user did later is never overwritten. An undo is a step like any other, so it can be taken back too.
Derived tables and columns are not logged; they are computed again.
"""

import json
from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from warmnote.model import Expected
from warmnote.store._database import Database

__all__ = ["Entry", "UndoLog", "UndoRefused"]

_DERIVED_COLUMNS = {"name_key", "newest", "fresh"}
_WITHOUT_PERSON = {"rules_off", "allowed_phrases", "imports", "snapshots", "sources", "deletions"}
# What hangs on a row comes after the row.
LOGGED = (
    *("people", "owned", "identities", "handles", "absences", "facts", "messages", "drafts", "follow_ups"),
    *("prompt_uses", "rules_off", "allowed_phrases", "excused", "imports", "import_changes", "brought"),
    *("tags", "links", "not_same", "snapshots", "sources", "merges", "deletions"),
)
# What a person is searched by; a change of any other column is quiet: the index of words need not hear of it.
_SEARCHED = ("name", "bio", "location", "company", "position", "email")
# What hangs on a person; a person with any of it that the step did not bring is not taken away.
_BELONGINGS = ("identities", "facts", "messages", "follow_ups", "prompt_uses", "excused", "tags")
# The tables to which an import adds as many rows as there are people, and whose rows they are.
_IN_BULK = {"people": "id", "identities": "person"}
# Rows that stand in nobody's way: if they are gone or there again, the rest is taken back all the same.
_PASSING = {"deletions"}
_STEPS_KEPT = 200


class UndoRefused(Expected):
    """A later change stands in the way."""

    def __init__(self) -> None:
        super().__init__("This cannot be undone any more: it was changed again later.", "Undo the later change first.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one row: `before` is None for a row that was new, `after` for one that went."""

    table: str
    row: int
    person: int | None
    before: list[Any] | None
    after: list[Any] | None


class UndoLog:
    """The log of one writing connection, for as long as it is open; the last 200 steps can be taken back."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._columns = {table: self._base_columns(table) for table in LOGGED}
        self._keys = {
            table: database.value("select name from pragma_table_info(?) where pk = 1", (table,)) for table in LOGGED
        }
        self._steps: dict[int, tuple[int, int]] = {}
        self._next_step = 1
        database.run(
            "create temp table undo_log (seq integer primary key, tbl text, op text, row integer, person integer,"
            " quiet integer, before text, after text)"
        )
        database.run("create temp table undo_mode (images integer)")
        database.run("insert into undo_mode values (1)")
        for table in LOGGED:
            self._watch(table)

    def _base_columns(self, table: str) -> tuple[str, ...]:
        columns = self._db.column("select name from pragma_table_info(?) order by cid", (table,))
        return tuple(c for c in columns if c not in _DERIVED_COLUMNS)

    def _watch(self, table: str, ops: Collection[str] = ("insert", "update", "delete")) -> None:
        columns, key = self._columns[table], self._keys[table]
        owner = {"people": "id", "merges": "kept"}.get(table, "person")

        def image(row: str) -> str:
            values = ", ".join(f"{row}.{c}" for c in columns)
            return f"iif((select images from undo_mode), json_array({values}), null)"

        def entry(op: str, row: str, before: str, after: str) -> str:
            person = "null" if table in _WITHOUT_PERSON else f"{row}.{owner}"
            quiet = "0"
            if (table, op) == ("people", "update"):
                quiet = " and ".join(f"old.{c} is new.{c}" for c in _SEARCHED)
            return (
                "insert into undo_log (tbl, op, row, person, quiet, before, after) values"
                f" ('{table}', '{op}', {row}.{key}, {person}, {quiet}, {before}, {after});"
            )

        differs = " or ".join(f"old.{c} is not new.{c}" for c in columns)
        for op, condition, body in (
            ("insert", "", entry("insert", "new", "null", image("new"))),
            ("update", f" when {differs}", entry("update", "new", image("old"), image("new"))),
            ("delete", "", entry("delete", "old", image("old"), "null")),
        ):
            if op in ops:
                self._db.run(
                    f"create temp trigger undo_{op}_{table} after {op} on main.{table}{condition} begin {body} end"
                )

    def position(self) -> int:
        """The number of the latest entry."""
        return self._db.value("select coalesce(max(seq), 0) from undo_log")

    @contextmanager
    def in_bulk(self) -> Generator[None]:
        """A block in which a step can tell what it touched, but not be taken back: for imports, which keep their own images.

        Those who come are entered when it ends: with a trigger for each row an import takes a fifth longer. If it
        raises, the caller's transaction puts the triggers back.
        """
        run = self._db.run
        start = self.position()
        last = {
            table: self._db.value("select seq from sqlite_sequence where name = ?", (table,)) or 0 for table in _IN_BULK
        }
        run("update undo_mode set images = 0")
        for table in _IN_BULK:
            run(f"drop trigger temp.undo_insert_{table}")
        yield
        enter = "insert into undo_log (tbl, op, row, person, quiet)"
        for table, owner in _IN_BULK.items():
            run(f"{enter} select '{table}', 'insert', id, {owner}, 0 from {table} where id > ?", (last[table],))
            self._watch(table, ("insert",))
        # Whoever came and went into somebody else.
        run(
            f"{enter} select tbl, 'insert', row, person, 0 from undo_log"
            " where seq > ? and tbl = 'people' and op = 'delete' and row > ?",
            (start, last["people"]),
        )
        run("update undo_mode set images = 1")

    def keep(self, first: int, last: int) -> int:
        """Remembers the entries from `first` to `last` as a step; returns its number."""
        step = self._next_step
        self._next_step += 1
        self._steps[step] = (first, last)
        while len(self._steps) > _STEPS_KEPT:
            self._drop(next(iter(self._steps)))
        return step

    def forget(self, first: int, last: int) -> None:
        """Drops entries that nobody will take back."""
        self._db.run("delete from undo_log where seq between ? and ?", (first, last))

    def _drop(self, step: int) -> None:
        self.forget(*self._steps.pop(step))

    def take_back(self, step: int) -> Callable[[], None]:
        """Puts the rows back as they were before `step`, inside the caller's transaction.

        Returns what is to be called once that transaction is on disk. Raises Expected if a later change stands in the
        way or the step is no longer known.
        """
        if step not in self._steps:
            raise Expected("This can no longer be undone.", "")
        first, last = self._steps[step]
        rows = self._db.rows(
            "select tbl, op, row, person, before, after from undo_log where seq between ? and ? order by seq desc",
            (first, last),
        )
        self._db.run("pragma defer_foreign_keys = on")
        for op, group in groupby(rows, key=lambda r: r[1]):
            entries = [
                Entry(table, row, person, before and json.loads(before), after and json.loads(after))
                for table, _, row, person, before, after in group
            ]
            match op:
                case "insert":
                    # What hangs on a row goes before the row.
                    entries.sort(key=lambda e: -LOGGED.index(e.table))
                    for table, of_table in groupby(entries, key=lambda e: e.table):
                        self._remove(table, list(of_table))
                case "delete":
                    # References are looked at when the transaction ends, so whole tables can come back at a time.
                    entries.sort(key=lambda e: e.table)
                    for table, of_table in groupby(entries, key=lambda e: e.table):
                        self._bring_back(table, list(of_table))
                case _:
                    for (table, changed), alike in groupby(entries, key=self._changed):
                        self._restore(table, changed, list(alike))
        return lambda: self._drop(step)

    def _changed(self, entry: Entry) -> tuple[str, tuple[int, ...]]:
        before, after = entry.before or [], entry.after or []
        return entry.table, tuple(i for i in range(len(before)) if before[i] != after[i])

    def _compared(self, table: str, columns: Sequence[int]) -> tuple[str, Sequence[int]]:
        """The condition under which a row is still what a step left, as far as `columns` are concerned, and its columns."""
        if table == "drafts":
            # Where the cursor stood and when it was saved is nothing to lose.
            columns = [self._columns[table].index("text")]
        same = "".join(f" and {self._columns[table][i]} collate binary is ?" for i in columns)
        return f"where {self._keys[table]} = ?{same}", columns

    def _remove(self, table: str, entries: list[Entry]) -> None:
        if table == "people" and any(self._has_belongings(entry.row) for entry in entries):
            raise UndoRefused
        condition, compared = self._compared(table, range(len(self._columns[table])))
        rows = ([entry.row, *((entry.after or [])[i] for i in compared)] for entry in entries)
        self._insist(table, self._db.run_many(f"delete from {table} {condition}", rows), entries)

    def _has_belongings(self, person: int) -> bool:
        held = " union all ".join(f"select 1 from {table} where person = :p" for table in _BELONGINGS)
        held += " union all select 1 from merges where kept = :p"
        sql = f"select exists({held} union all select 1 from drafts where person = :p and trim(text) != '')"
        return bool(self._db.value(sql.replace(":p", str(int(person)))))

    def _bring_back(self, table: str, entries: list[Entry]) -> None:
        columns = self._columns[table]
        before = self._db.value("select count(*) from " + table)
        self._db.run_many(
            f"insert or ignore into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})",
            [entry.before or [] for entry in entries],
        )
        # What is there again, or whose account now belongs to someone else, was left out by "or ignore".
        self._insist(table, self._db.value("select count(*) from " + table) - before, entries)

    def _restore(self, table: str, changed: Sequence[int], entries: list[Entry]) -> None:
        columns = self._columns[table]
        condition, compared = self._compared(table, changed)
        rows = (
            [*((entry.before or [])[i] for i in changed), entry.row, *((entry.after or [])[i] for i in compared)]
            for entry in entries
        )
        assignments = ", ".join(f"{columns[i]} = ?" for i in changed)
        self._insist(table, self._db.run_many(f"update {table} set {assignments} {condition}", rows), entries)

    @staticmethod
    def _insist(table: str, done: int, entries: Sequence[Entry]) -> None:
        if done != len(entries) and table not in _PASSING:
            raise UndoRefused
