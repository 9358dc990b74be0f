"""One SQLite connection with calm errors: what can happen to anyone becomes Expected, the rest stays a bug."""

import sqlite3
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from warmnote.model import Expected
from warmnote.store.text import fold, search_words

__all__ = ["Damaged", "Database", "Interrupted", "Row", "translate"]

Row = tuple[Any, ...]

_STEPS_BETWEEN_QUESTIONS = 100_000  # of SQLite's machine: a few milliseconds


class Damaged(Expected):
    """The file is not a readable database any more."""


class Interrupted(Expected):
    """The user stopped a statement; nothing of its transaction was kept."""

    def __init__(self) -> None:
        super().__init__("Stopped. Nothing was changed.", "")


def translate(error: sqlite3.Error, path: Path) -> Expected | None:
    """What to tell the user about a SQLite error, or None if it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    match primary:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Expected(
                f"Another program is writing to {path.name} and does not let go.",
                "Close other Warmnote windows or the program that copies the file, then try again.",
            )
        case sqlite3.SQLITE_INTERRUPT:
            return Interrupted()
        case sqlite3.SQLITE_FULL:
            return Expected("The disk is full, so nothing could be saved.", "Free some space, then try again.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_AUTH:
            return Expected(
                f"Warmnote may not write to {path}.",
                "Check that the folder exists and is yours to write to, or choose another with --data-dir.",
            )
        case sqlite3.SQLITE_IOERR:
            return Expected(
                f"The disk did not answer while reading or writing {path.name}.",
                "If the folder is on a network or a stick, check that it is still there.",
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return Damaged(
                f"{path.name} is damaged.",
                "Start Warmnote again: it puts the damaged file aside and opens the latest copy.",
            )
        case _:
            return None


class Database:
    """A connection to one file. Belongs to the thread that made it."""

    def __init__(self, path: Path, *, read_only: bool = False, patience_ms: int = 5_000) -> None:
        """Opens `path`, which must exist. `patience_ms` is how long to wait for another writer."""
        self.path = path
        with self._calm():
            uri = f"{path.absolute().as_uri()}?mode=rw"
            self._connection = sqlite3.connect(uri, uri=True, isolation_level=None)
        try:
            with self._calm():
                self._configure(read_only, patience_ms)
        except BaseException:
            self._connection.close()
            raise

    def _configure(self, read_only: bool, patience_ms: int) -> None:
        run = self._connection.execute
        run(f"pragma busy_timeout = {patience_ms:d}")
        run("pragma journal_mode = wal")
        run("pragma synchronous = full")
        run("pragma foreign_keys = on")
        run("pragma cache_size = -16000")
        if read_only:
            run("pragma query_only = on")
        self._connection.create_function("fold", 1, fold, deterministic=True)
        self._connection.create_function("search_words", 1, search_words, deterministic=True)

    @property
    def connection(self) -> sqlite3.Connection:
        """The bare connection, for the backup."""
        return self._connection

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Runs one statement; returns how many rows it changed."""
        with self._calm():
            return self._connection.execute(sql, parameters).rowcount

    def run_named(self, sql: str, parameters: Mapping[str, object]) -> int:
        """Runs one statement whose parameters have names; returns how many rows it changed."""
        with self._calm():
            return self._connection.execute(sql, parameters).rowcount

    def insert(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Runs one INSERT; returns the new row's id."""
        with self._calm():
            return self._connection.execute(sql, parameters).lastrowid or 0

    def run_many(self, sql: str, parameters: Iterable[Sequence[object]]) -> int:
        """Runs one statement for each row of parameters; returns how many rows they changed together."""
        with self._calm():
            return self._connection.executemany(sql, parameters).rowcount

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""
        with self._calm():
            return self._connection.execute(sql, parameters).fetchall()

    def each(self, sql: str, parameters: Mapping[str, object]) -> Generator[Row]:
        """The rows of a query one by one, for whoever may stop early."""
        with self._calm(), closing(self._connection.execute(sql, parameters)) as cursor:
            yield from cursor

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """The first row of a query, if there is one."""
        with self._calm():
            return self._connection.execute(sql, parameters).fetchone()

    def value(self, sql: str, parameters: Sequence[object] = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.row(sql, parameters)
        return None if row is None else row[0]

    def column(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        """The first column of all rows."""
        return [row[0] for row in self.rows(sql, parameters)]

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All or nothing, on disk when the block ends."""
        self.run("begin immediate")
        try:
            yield
            self.run("commit")
        except BaseException:
            # A full disk makes SQLite roll back by itself.
            if self._connection.in_transaction:
                self._connection.rollback()
            raise

    @contextmanager
    def interrupted_by(self, cancelled: Callable[[], bool] | None) -> Generator[None]:
        """A block whose statements raise Interrupted once `cancelled` says so, however long one takes."""
        if cancelled is None:
            yield
            return
        self._connection.set_progress_handler(lambda: int(cancelled()), _STEPS_BETWEEN_QUESTIONS)
        try:
            yield
        finally:
            self._connection.set_progress_handler(None, 0)

    @contextmanager
    def snapshot(self) -> Generator[None]:
        """Several reads of one moment. Never waits for a writer."""
        if self._connection.in_transaction:
            yield
            return
        self.run("begin")
        try:
            yield
        finally:
            self._connection.rollback()

    @contextmanager
    def _calm(self) -> Generator[None]:
        try:
            yield
        except sqlite3.Error as error:
            told = translate(error, self.path)
            if told is None:
                raise
            raise told from error
