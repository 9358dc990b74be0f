"""The file: made whole, upgraded, checked, put aside and restored, never thrown away."""

import hashlib
import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from warmnote.model import Expected
from warmnote.store import Order, Store, View
from warmnote.store import _file as file

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HERE = Path(__file__).parent


def add(store: Store, name: str) -> int:
    with store.step() as step:
        store.people.add({"name": name}, NOON)
    (person,) = step.added
    return person


def names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return [row[0] for row in database.execute("select name from people order by id")]


def notebook(path: Path, *people: str) -> None:
    store = Store(path)
    for name in people:
        add(store, name)
    store.close()


def aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*.damaged-*"))


def test_a_new_notebook_says_what_it_is(path: Path):
    notebook(path)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("pragma application_id").fetchone() == (file.APPLICATION_ID,)
        assert database.execute("pragma user_version").fetchone() == (file.SCHEMA,)
        assert database.execute("pragma journal_mode").fetchone() == ("wal",)


def test_nothing_half_made_is_left_beside_it(path: Path):
    notebook(path)
    assert [p.name for p in path.parent.iterdir()] == ["notebook.db"]


def test_commits_wait_for_the_disk(store: Store):
    assert store._db.value("pragma synchronous") == 2
    assert store._db.value("pragma foreign_keys") == 1


def test_a_reader_may_be_first(path: Path):
    reader = Store(path, read_only=True)
    writer = Store(path)
    add(writer, "Ana")
    assert reader.listing.counts(NOON.date()).all == 1
    with pytest.raises(Expected):
        reader._db.run("delete from people")
    reader.close()
    writer.close()


def test_many_may_make_it_at_once(path: Path):
    failed: list[BaseException] = []

    def opens() -> None:
        try:
            Store(path).close()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test shows it
            failed.append(error)

    threads = [threading.Thread(target=opens) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert not aside(path)


@pytest.mark.parametrize("damage", ["truncated", "header", "page", "empty"])
def test_a_damaged_file_is_put_aside_and_the_newest_copy_opened(path: Path, damage: str):
    notebook(path, "Ana")
    store = Store(path)
    store.copy_daily()  # with Ana
    add(store, "Tunde")
    store.close()
    whole = path.read_bytes()
    damaged = {
        "truncated": whole[: len(whole) // 2],
        "header": b"x" * 100 + whole[100:],
        "page": whole[:4096] + os.urandom(len(whole) - 4096),
        "empty": b"",
    }[damage]
    path.write_bytes(damaged)

    store = Store(path)
    assert store.notice is not None
    assert "copy of" in store.notice.message
    store.close()
    assert names(path) == ["Ana"]
    (kept,) = aside(path)
    assert kept.read_bytes() == damaged
    assert kept.name in store.notice.message
    assert Store(path).notice is None


def test_a_damaged_file_without_a_copy_is_kept_too(path: Path):
    path.write_bytes(b"these are not the bytes of a database" * 100)
    store = Store(path)
    assert store.notice is not None
    assert "no copy" in store.notice.message
    add(store, "Ana")
    store.close()
    assert aside(path)[0].read_bytes().startswith(b"these are not")


def test_a_damaged_copy_is_passed_over(path: Path):
    notebook(path, "Ana")
    store = Store(path)
    store.copy_daily()
    store.close()
    (good,) = file.backups(path)
    bad = good.with_name("notebook-99990101-000000-000000.db")
    bad.write_bytes(b"no" * 5000)
    path.write_bytes(b"")
    store = Store(path)
    store.close()
    assert names(path) == ["Ana"]
    assert bad.exists()


def test_everyone_who_opens_it_learns_that_a_copy_was_opened(path: Path):
    path.write_bytes(b"")
    first, second = Store(path), Store(path, read_only=True)
    assert first.notice is not None
    assert second.notice is first.notice
    first.close()
    second.close()


def test_a_database_of_another_program_stays_as_it_is(path: Path):
    with closing(sqlite3.connect(path)) as database:
        database.execute("create table mine (a)")
    before = path.read_bytes()
    with pytest.raises(Expected, match="another program"):
        Store(path)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["notebook.db"]


def test_a_notebook_of_a_newer_warmnote_is_refused_and_left_alone(path: Path):
    notebook(path, "Ana")
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"pragma user_version = {file.SCHEMA + 1}")
    with pytest.raises(Expected, match="newer Warmnote"):
        Store(path)
    assert names(path) == ["Ana"]
    assert not aside(path)


def test_a_file_that_is_not_in_reach_is_explained(tmp_path: Path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(Expected, match="cannot use the folder") as told:
        Store(tmp_path / "file" / "notebook.db")
    assert "--data-dir" in told.value.hint


@pytest.mark.skipif(os.name == "nt" or getattr(os, "geteuid", lambda: 0)() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_explained(tmp_path: Path):
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(Expected) as told:
        Store(folder / "notebook.db")
    assert told.value.hint


def test_another_program_that_holds_the_file_is_named_as_such(path: Path):
    notebook(path, "Ana")
    store = Store(path, patience_ms=20)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(Expected, match="Another program is writing"):
            add(store, "Tunde")
        assert store.listing.counts(NOON.date()).all == 1, "reading goes on"
        other.execute("rollback")
    add(store, "Tunde")
    store.close()


def test_a_full_disk_loses_nothing_that_was_there(path: Path):
    store = Store(path)
    add(store, "Ana")
    pages = store._db.value("pragma page_count")
    store._db.run(f"pragma max_page_count = {pages}")
    with pytest.raises(Expected, match="disk is full"):
        add(store, "x" * 4_000_000)
    store._db.run("pragma max_page_count = 1073741823")
    add(store, "Tunde")
    assert store.listing.counts(NOON.date()).all == 2
    assert store._db.value("pragma integrity_check") == "ok"
    store.close()


def test_a_backup_is_complete_and_opens(store: Store, tmp_path: Path):
    add(store, "Ana")
    target = tmp_path / "elsewhere" / "copy.db"
    store.backup(target)
    assert [p.name for p in target.parent.iterdir()] == ["copy.db"]
    copy = Store(target)
    assert copy.listing.counts(NOON.date()).all == 1
    assert copy.notice is None
    copy.close()


def test_a_backup_that_cannot_be_written_is_explained(store: Store, tmp_path: Path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(Expected, match="could not be written"):
        store.backup(tmp_path / "file" / "copy.db")


def test_one_copy_a_day_and_five_in_all(path: Path):
    notebook(path, "Ana")

    def come_and_go() -> None:
        store = Store(path)
        store.copy_daily()
        store.close()

    for day in range(8, 0, -1):
        come_and_go()
        newest = file.backups(path)[-1]
        stamp = time.time() - day * 86_400
        os.utime(newest, (stamp, stamp))
    come_and_go()
    come_and_go()
    copies = file.backups(path)
    assert len(copies) == file.BACKUPS_KEPT
    assert all(names(copy) == ["Ana"] for copy in copies)


@pytest.mark.parametrize("released", sorted((HERE / "released").glob("*.sql")), ids=lambda p: p.stem)
def test_notebooks_of_every_released_schema_can_be_opened(path: Path, released: Path):
    rows = released.read_text(encoding="utf-8")
    scripts = file._MIGRATIONS[: int(released.stem)]
    # Digests are of the text with line feeds, whatever a checkout makes of them.
    digest = hashlib.sha256(scripts[-1].read_text(encoding="utf-8").encode()).hexdigest()
    assert f"{scripts[-1].name}, sha256 {digest}." in rows, "a migration that was released must stay as it was"
    with closing(sqlite3.connect(path)) as database:
        for script in scripts:
            database.executescript(script.read_text(encoding="utf-8"))
        database.executescript(
            f"{rows} pragma user_version = {len(scripts)}; pragma application_id = {file.APPLICATION_ID};"
        )
    store = Store(path)
    person = store.people.get(1, NOON, UTC)
    assert (person.name, person.bio, person.identities[0].handle) == ("Ana Moreno", "Potter in Bilbao", "anamoreno")
    assert [fact.text for fact in person.facts] == ["a kiln that cracked"]
    assert [message.text for message in store.log.of(1)] == ["Hello", "Ha, yes!"]
    assert store.people.draft(1).text == "Dear Ana"
    assert store._db.value("pragma user_version") == file.SCHEMA
    assert store._db.value("pragma integrity_check") == "ok"
    store.close()


def _migrations(folder: Path, *added: str) -> tuple[Path, ...]:
    scripts = list(file._MIGRATIONS)
    for number, sql in enumerate(added, len(scripts) + 1):
        script = folder / f"{number:04d}_later.sql"
        script.write_text(sql, encoding="utf-8")
        scripts.append(script)
    return tuple(scripts)


def test_an_upgrade_is_copied_first_and_runs_what_is_missing(path: Path, monkeypatch: pytest.MonkeyPatch):
    notebook(path, "Ana")
    monkeypatch.setattr(file, "_MIGRATIONS", _migrations(path.parent, "alter table people add column shoe_size text;"))
    monkeypatch.setattr(file, "SCHEMA", file.SCHEMA + 1)
    store = Store(path)
    assert store._db.column("select shoe_size from people") == [None]
    store.close()
    before, *_ = file.backups(path)
    with closing(sqlite3.connect(before)) as database:
        assert database.execute("pragma user_version").fetchone() == (file.SCHEMA - 1,)


def test_an_upgrade_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch):
    notebook(path, "Ana")
    broken = "alter table people add column shoe_size text; insert into nowhere values (1);"
    monkeypatch.setattr(file, "_MIGRATIONS", _migrations(path.parent, broken))
    monkeypatch.setattr(file, "SCHEMA", file.SCHEMA + 1)
    with pytest.raises(sqlite3.OperationalError):
        Store(path)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("pragma user_version").fetchone() == (file.SCHEMA - 1,)
        assert "shoe_size" not in [row[1] for row in database.execute("pragma table_info(people)")]


WRITE_UNTIL_KILLED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from warmnote.store import Store
store = Store(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    with store.step():
        store.people.add({"name": f"person {number}"}, datetime(2026, 11, 23, 12, tzinfo=UTC))
    print(number, flush=True)
"""


def test_what_was_committed_survives_a_kill(path: Path):
    with subprocess.Popen(
        [sys.executable, "-c", WRITE_UNTIL_KILLED, str(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        acknowledged = 0
        while acknowledged < 40:
            acknowledged = int(process.stdout.readline())
        process.kill()
        told = process.stdout.read().split()
    acknowledged = int(told[-1]) if told else acknowledged
    store = Store(path)
    assert store.notice is None
    kept = store.listing.counts(NOON.date()).all
    # The last one may have been on the disk before it could be told.
    assert kept in (acknowledged, acknowledged + 1)
    assert store._db.value("pragma integrity_check") == "ok"
    assert len(store.listing.ids(View.ALL, "person", Order.NEWEST, NOON, UTC)) == kept
    store.close()
