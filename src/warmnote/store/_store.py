"""The store: one file, one connection, every statement of SQL behind it."""

import contextlib
import sqlite3
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

from warmnote.model import Expected
from warmnote.store._agenda import Agenda
from warmnote.store._bulk import Bulk
from warmnote.store._database import Database
from warmnote.store._deletions import Deletions
from warmnote.store._derived import Derived
from warmnote.store._file import back_up, enter, leave, rotate
from warmnote.store._imports import Imports
from warmnote.store._listing import Listing
from warmnote.store._log import Log
from warmnote.store._mappings import Mappings
from warmnote.store._merging import Merging
from warmnote.store._people import People
from warmnote.store._sent import SentIndex
from warmnote.store._sources import Sources
from warmnote.store._undo import UndoLog, UndoRefused
from warmnote.store._waivers import Waivers
from warmnote.store._whole import Whole

__all__ = ["Step", "Store"]

_DAY_SECONDS = 86_400


@dataclass(slots=True)
class Step:
    """What one transaction did. Filled in when its block ends; `number` is None if there is nothing to take back."""

    added: frozenset[int] = frozenset()
    changed: frozenset[int] = frozenset()
    removed: frozenset[int] = frozenset()
    number: int | None = None


class Store:
    """People and everything said with them, in one SQLite file.

    A store belongs to the thread that made it. Make one that writes and as many as needed with `read_only`; readers
    never wait for the writer. `notice` is set if the file had to be put aside and a copy was opened instead.
    """

    def __init__(self, path: Path, read_only: bool = False, *, patience_ms: int = 5_000) -> None:
        """Opens the notebook at `path`; makes, upgrades or restores it if need be. Raises Expected.

        `patience_ms` is how long to wait for another program.
        """
        self.path = path
        self.notice: Expected | None = enter(path, patience_ms)
        with contextlib.ExitStack() as undo:
            undo.callback(leave, path)
            self._db = Database(path, read_only=read_only, patience_ms=patience_ms)
            undo.callback(self._db.close)
            self.people = People(self._db)
            self.log = Log(self._db)
            self.listing = Listing(self._db)
            self.agenda = Agenda(self._db)
            self.waivers = Waivers(self._db)
            self.bulk = Bulk(self._db)
            self.whole = Whole(self._db)
            self.deletions = Deletions(self._db)
            self.sources = Sources(self._db)
            self.mappings = Mappings(self._db)
            self.merging = Merging(self._db)
            self.imports = Imports(self._db, self.merging)
            self.sent = SentIndex(self._db)
            if not read_only:
                self._undo = UndoLog(self._db)
                self._derived = Derived(self._db, self.sent)
            self._closing = undo.pop_all()

    def copy_daily(self) -> None:
        """Makes the day's copy beside the notebook, once a day; of five, the oldest goes. For the store that writes."""
        if self._db.value("select exists(select 1 from people)"):
            # A disk without room for a copy is no reason not to open the notebook.
            with contextlib.suppress(Expected):
                rotate(self.path, self._db.connection, every_seconds=_DAY_SECONDS)

    def close(self) -> None:
        """Lets go of the file."""
        self._closing.close()

    def backup(self, path: Path) -> None:
        """Writes a complete copy to `path`, over what is there. Raises Expected if that cannot be done."""
        back_up(self._db.connection, path)

    def snapshot(self) -> contextlib.AbstractContextManager[None]:
        """A block whose reads all see the same moment."""
        return self._db.snapshot()

    @contextlib.contextmanager
    def step(self, *, undoable: bool = True, cancelled: Callable[[], bool] | None = None) -> Generator[Step]:
        """One transaction: on disk when the block ends, or nothing of it if the block raises.

        Without `undoable` it cannot be taken back by `undo`, but still tells whom it touched. Raises Interrupted once
        `cancelled`, which is asked every few milliseconds, says so.
        """
        step = Step()
        with self._db.transaction(), self._db.interrupted_by(cancelled):
            first = self._undo.position() + 1
            yield step
            last = self._undo.position()
            if last >= first:
                self._derived.refresh(first - 1)
                self._tell(step, first)
                if not undoable:
                    self._undo.forget(first, last)
        if undoable and last >= first:
            step.number = self._undo.keep(first, last)

    @contextlib.contextmanager
    def import_step(self, cancelled: Callable[[], bool] | None = None) -> Generator[Step]:
        """A `step` for many rows at once, whose undo is `imports.take_back`."""
        with self.step(undoable=False, cancelled=cancelled) as step, self._undo.in_bulk():
            yield step

    def undo(self, number: int) -> Step:
        """Takes back the step of that number exactly. Raises Expected if something later stands in the way."""
        try:
            with self.step() as step:
                done = self._undo.take_back(number)
        except sqlite3.IntegrityError as error:
            # What a row hung on was deleted later.
            raise UndoRefused from error
        done()
        return step

    def index_sent(self, most: int) -> None:
        """Works off at most so many of the letters that wait to be indexed."""
        with self._db.transaction():
            self.sent.catch_up(most)

    def rebuild(self) -> None:
        """Computes all derived tables anew."""
        with self._db.transaction():
            self._derived.rebuild()

    def _tell(self, step: Step, first: int) -> None:
        # An import brings a hundred thousand: they are read once and held once.
        came = "tbl = 'people' and op = 'insert'"
        added = frozenset(self._people_of(first, came))
        removed = frozenset(self._people_of(first, "tbl = 'people' and op = 'delete'"))
        touched = self._people_of(
            first,
            "tbl not in ('import_changes', 'brought', 'absences')"
            f" and person not in (select person from undo_log where seq >= {first:d} and {came})",
        )
        both = added & removed
        step.added = added - both if both else added
        step.removed = removed - both if both else removed
        step.changed = frozenset(touched) - removed

    def _people_of(self, first: int, condition: str) -> list[int]:
        return self._db.column(
            f"select distinct person from undo_log where seq >= ? and person is not null and {condition}", (first,)
        )
