"""The notebook's file before it is used: made, upgraded, checked, put aside and restored, copied.

A file is never deleted because it looks wrong. What cannot be read is renamed, and the newest copy that passes a
check takes its place.
"""

import contextlib
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Generator
from datetime import datetime
from pathlib import Path

from warmnote.model import Expected
from warmnote.store._database import Damaged, translate

__all__ = ["APPLICATION_ID", "BACKUPS_KEPT", "SCHEMA", "back_up", "backups", "enter", "leave", "rotate"]

APPLICATION_ID = 0x574E4F54  # "WNOT"
BACKUPS_KEPT = 5
_MIGRATIONS = tuple(sorted((Path(__file__).parent / "migrations").glob("[0-9]*.sql")))
SCHEMA = len(_MIGRATIONS)
"""The number of the newest schema; stands in the file as its user_version."""


_lock = threading.Lock()
_in_use: dict[Path, tuple[int, Expected | None]] = {}


def enter(path: Path, patience_ms: int) -> Expected | None:
    """Sees to it that `path` is a sound notebook of this version's schema; to be followed by `leave`.

    The first to come in a process looks through the pages (65 ms for 100,000 people), and those who come meanwhile wait
    for it: nobody holds a file open that is about to be put aside. Returns a notice if that was done. Raises Expected:
    no access, another kind of file, one from a newer Warmnote.
    """
    path = path.absolute()
    with _lock:
        users, notice = _in_use.get(path, (0, None))
        if not users:
            notice = _prepare(path, patience_ms)
        _in_use[path] = (users + 1, notice)
        return notice


def leave(path: Path) -> None:
    """Tells that a user of `path` has closed it."""
    path = path.absolute()
    with _lock:
        users, notice = _in_use.get(path, (1, None))
        if users > 1:
            _in_use[path] = (users - 1, notice)
        else:
            _in_use.pop(path, None)


def _prepare(path: Path, patience_ms: int) -> Expected | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _create(path)
        damage = _damage(path, patience_ms)
        notice = _restore(path, damage) if damage else None
    except OSError as error:
        raise Expected(
            f"Warmnote cannot use the folder {path.parent}: {error.strerror or error}.",
            "Check that it exists and is yours to write to, or choose another with --data-dir.",
        ) from error
    _upgrade(path, patience_ms)
    return notice


def _create(path: Path) -> None:
    """Makes an empty notebook whole and only then gives it its name: no other process ever sees half of one."""
    beside = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.new")
    try:
        connection = _open(beside)
        try:
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
            for number in range(SCHEMA):
                _migrate(connection, number)
        finally:
            connection.close()
        _name_if_free(beside, path)
    except sqlite3.Error as error:
        raise translate(error, path) or error from error
    finally:
        beside.unlink(missing_ok=True)


def _name_if_free(beside: Path, path: Path) -> None:
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        if not path.exists():
            beside.rename(path)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def _migrate(connection: sqlite3.Connection, number: int) -> None:
    """Runs migration `number` (from 0) with everything it brings, or not at all."""
    script = _MIGRATIONS[number].read_text(encoding="utf-8")
    connection.execute("pragma foreign_keys = off")
    try:
        connection.executescript(f"begin immediate;\n{script}\npragma user_version = {number + 1};\ncommit;")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.rollback()
        raise


def _damage(path: Path, patience_ms: int) -> str:
    """Why the file cannot be used, or "". Raises Expected if it is not for this program to touch."""
    if path.stat().st_size == 0:
        return "was empty"
    try:
        # A bare connection: a database of another program must stay exactly as it is.
        with _calm(path), contextlib.closing(_open(path)) as connection:
            ask = connection.execute
            ask(f"pragma busy_timeout = {patience_ms:d}")
            application = ask("pragma application_id").fetchone()[0]
            version = ask("pragma user_version").fetchone()[0]
            if application != APPLICATION_ID:
                raise Expected(
                    f"{path} is a database of another program, not a Warmnote notebook.",
                    "Choose another folder with --data-dir.",
                )
            if version > SCHEMA:
                raise Expected(
                    f"{path} was written by a newer Warmnote (format {version}; this one reads up to {SCHEMA}).",
                    "Update Warmnote, or open a copy of the notebook from before the update.",
                )
            if ask("pragma quick_check(1)").fetchone()[0] != "ok":
                return "was damaged"
    except Damaged:
        return "was damaged"
    return ""


def _restore(path: Path, damage: str) -> Expected:
    aside = _put_aside(path)
    told = f"The notebook {damage}. It was kept as {aside.name}"
    for copy in reversed(backups(path)):
        if not _sound(copy):
            continue
        beside = path.with_name(f".{path.name}.restored")
        shutil.copyfile(copy, beside)
        beside.replace(path)
        made = datetime.fromtimestamp(copy.stat().st_mtime).astimezone()
        return Expected(
            f"{told}, and the copy of {made:%d %B %Y, %H:%M} was opened.",
            "What was written since then is missing.",
        )
    _create(path)
    return Expected(f"{told}. There was no copy to open, so this is a new, empty notebook.", "")


def _put_aside(path: Path) -> Path:
    stamp = time.strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{stamp}-{number}")
    path.rename(aside)
    for tail in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + tail).rename(aside.with_name(aside.name + tail))
    return aside


def _sound(path: Path) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            version = copy.execute("pragma user_version").fetchone()[0]
            application = copy.execute("pragma application_id").fetchone()[0]
            whole = copy.execute("pragma quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.Error:
        return False
    return whole and application == APPLICATION_ID and 1 <= version <= SCHEMA


def _upgrade(path: Path, patience_ms: int) -> None:
    """Runs the migrations that the file lacks, after a copy of it was made."""
    with _calm(path), contextlib.closing(_open(path)) as connection:
        connection.execute(f"pragma busy_timeout = {patience_ms:d}")
        version = connection.execute("pragma user_version").fetchone()[0]
        if version < SCHEMA:
            rotate(path, connection)
        for number in range(version, SCHEMA):
            _migrate(connection, number)


def backups(path: Path) -> list[Path]:
    """The rotated copies of the notebook at `path`, oldest first."""
    return sorted((path.parent / "backups").glob(f"{path.stem}-*{path.suffix}"))


def rotate(path: Path, connection: sqlite3.Connection, *, every_seconds: float = 0) -> Path | None:
    """Adds a copy to the folder `backups` beside `path` unless the newest is younger than that; keeps five."""
    kept = backups(path)
    now = time.time()
    if kept and now - kept[-1].stat().st_mtime < every_seconds:
        return None
    name = f"{path.stem}-{datetime.fromtimestamp(now).astimezone():%Y%m%d-%H%M%S-%f}{path.suffix}"
    target = path.parent / "backups" / name
    back_up(connection, target)
    for old in backups(path)[:-BACKUPS_KEPT]:
        old.unlink(missing_ok=True)
    return target


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Writes a whole copy of the database to `target`, which is complete or not there at all.

    Raises Expected if the place cannot be written to.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with _calm(target):
            copy = _open(part)
            try:
                connection.backup(copy)
                copy.execute("pragma journal_mode = delete")
            finally:
                copy.close()
        part.replace(target)
    except OSError as error:
        raise Expected(
            f"The copy could not be written to {target}: {error.strerror or error}.", "Choose another folder."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def _calm(path: Path) -> Generator[None]:
    try:
        yield
    except sqlite3.Error as error:
        told = translate(error, path)
        if told is None:
            raise
        raise told from error
