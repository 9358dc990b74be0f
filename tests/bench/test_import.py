"""100,000 followers from LinkedIn's own file: read, preview, import, the same file again, and a list without them.

While it goes on in its own thread, the list is read on this one, as the window does. Memory is measured in a process
of its own.
"""

import csv
import json
import random
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from warmnote.followers import read
from warmnote.model import Batch
from warmnote.notebook import Notebook, Order, Store, View

from .conftest import FIRST, LAST, NOON, clock, percentile, resident_mib

PEOPLE = 100_000
PAGE = 64
_PREAMBLE = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing."\n\n'
)
_POSITIONS = ("Potter", "Logistics analyst", "Head of Sales", "Baker, part-time", "Account Executive | SaaS", "")
_WORK = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from warmnote.followers import read
from warmnote.notebook import Notebook, Store

def resident(what):
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("ascii").splitlines())
    return int(fields[what].split()[0]) / 1024

notebook = Notebook(Store(Path(sys.argv[2])), lambda: datetime(2026, 11, 23, 12, tzinfo=UTC))
before = resident("VmRSS")
batch = read(Path(sys.argv[1]))
notebook.preview(batch)
notebook.import_batch(batch)
json.dump(resident("VmHWM") - before, sys.stdout)
"""


def write_export(path: Path, people: int) -> None:
    """A file in the shape of LinkedIn's: 3 % with an e-mail address, 8 % of the addresses percent-encoded."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_PREAMBLE)
        writer = csv.writer(file)
        writer.writerow("First Name,Last Name,URL,Email Address,Company,Position,Connected On".split(","))
        for n in range(people):
            first, last = chance.choice(FIRST), chance.choice(LAST)
            slug = f"{first}-{last}-{n:x}".lower() + ("%C3%A9" if chance.random() < 0.08 else "")
            on = date(2026, 11, 22) - timedelta(days=n // 28)
            writer.writerow(
                [
                    first,
                    last,
                    f"https://www.linkedin.com/in/{slug}",
                    f"{first}.{last}{n}@example.com".lower() if chance.random() < 0.03 else "",
                    f"Company {chance.randrange(20_000)}",
                    chance.choice(_POSITIONS),
                    on.strftime("%d %b %Y"),
                ]
            )


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "Connections.csv"
    write_export(path, PEOPLE)
    return path


class Watch:
    """Reads the list on this thread while something else runs on another."""

    def __init__(self, path: Path) -> None:
        self._notebook = Notebook(Store(path, read_only=True), clock)
        self.times: list[float] = []

    def during(self, work) -> float:
        """Seconds that `work` took; what it raised is raised here."""
        failed: list[BaseException] = []

        def run() -> None:
            try:
                work()
            except BaseException as error:  # noqa: BLE001  # raised below, on the thread of the test
                failed.append(error)

        thread = threading.Thread(target=run)
        begun = time.perf_counter()
        thread.start()
        while thread.is_alive():
            self.look()
            thread.join(0.02)
        taken = time.perf_counter() - begun
        if failed:
            raise failed[0]
        return taken

    def look(self) -> None:
        begun = time.perf_counter()
        ids = self._notebook.person_ids(View.ALL, "", Order.NEWEST)
        self._notebook.rows(ids[:PAGE])
        self.times.append(1000 * (time.perf_counter() - begun))

    def close(self) -> None:
        self._notebook.close()


def bare_reading(export: Path) -> float:
    """Seconds of the csv module alone."""
    begun = time.perf_counter()
    with export.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) > PEOPLE
    return time.perf_counter() - begun


def bare_writing(batch: Batch, path: Path) -> float:
    """Seconds of SQLite alone for the same people: two tables, with the indexes that a list needs."""
    people = [(p.name, p.company, p.position, p.email, str(p.followed_on)) for p in batch.people]
    accounts = [(n, p.network.value, p.key, p.handle, p.url) for n, p in enumerate(batch.people)]
    with closing(sqlite3.connect(path)) as database:
        begun = time.perf_counter()
        database.execute("create table people (id integer primary key, name, company, position, email, day)")
        database.execute("create table accounts (person, network, key, handle, url, unique (network, key))")
        database.execute("create index by_name on people (name)")
        database.execute("create index by_day on people (day)")
        database.execute("create index of_person on accounts (person)")
        database.executemany("insert into people (name, company, position, email, day) values (?, ?, ?, ?, ?)", people)
        database.executemany("insert into accounts values (?, ?, ?, ?, ?)", accounts)
        database.commit()
        return time.perf_counter() - begun


def test_a_large_export(benchmark, note, tmp_path: Path, export: Path):
    path = tmp_path / "warmnote.db"
    Store(path).close()
    watch = Watch(path)
    seconds: dict[str, float] = {}
    batch: list[Batch] = []
    last = []

    def writing(work) -> None:
        notebook = Notebook(Store(path), clock)
        try:
            work(notebook)
        finally:
            notebook.close()

    def take(notebook: Notebook) -> None:
        last.append(notebook.import_batch(batch[-1], None))

    def everything() -> None:
        seconds["read"] = watch.during(lambda: batch.append(read(export)))
        seconds["preview"] = watch.during(lambda: writing(lambda notebook: notebook.preview(batch[-1])))
        seconds["import"] = watch.during(lambda: writing(take))
        seconds["again"] = watch.during(lambda: (batch.append(read(export)), writing(take)))
        batch.append(replace(batch[-1], people=batch[-1].people[:10]))
        seconds["absent"] = watch.during(lambda: writing(take))

    benchmark.pedantic(everything, rounds=1)
    watch.look()
    watch.close()
    first, second, without = last
    assert len(first.added) == PEOPLE
    assert not second.added | second.changed | without.added | without.changed | without.removed
    bare = bare_writing(batch[0], tmp_path / "bare.db")
    note(f"{PEOPLE:,} rows: read", seconds["read"], "s", beside=bare_reading(export))
    note(f"{PEOPLE:,} rows: read and preview", seconds["read"] + seconds["preview"], "s", goal=4)
    note(f"{PEOPLE:,} rows: import", seconds["import"], "s", beside=bare, goal=6)
    note(f"{PEOPLE:,} rows: read and import again", seconds["again"], "s", goal=4)
    note(f"{PEOPLE:,} rows: all but ten are absent", seconds["absent"], "s", goal=8)
    note("the list meanwhile, p95", percentile(watch.times, 0.95), goal=60)
    assert sum(seconds.values()) < 90


def test_people_who_are_joined(benchmark, note, tmp_path: Path, export: Path):
    """An address book before: each of the 3 % with an e-mail address is found to be somebody there."""
    batch = read(export)
    known = tuple(
        replace(p, row=n, key=f"{n}", handle="", url="", follows=False, network=batch.network.X)
        for n, p in enumerate(batch.people)
        if p.email
    )
    notebook = Notebook(Store(tmp_path / "warmnote.db"), clock)
    notebook.import_batch(replace(batch, people=known, whole=frozenset()))
    begun = time.perf_counter()
    changes = benchmark.pedantic(lambda: notebook.import_batch(batch), rounds=1)
    note(f"{PEOPLE:,} rows, {len(known):,} of them joined: import", time.perf_counter() - begun, "s")
    assert len(changes.changed) == len(known)
    notebook.close()


def test_stopping_a_large_import(benchmark, note, tmp_path: Path, export: Path):
    """Asked to stop in the middle of each of ten parts of the work."""
    batch = read(export)
    notebook = Notebook(Store(tmp_path / "warmnote.db"), clock)
    waits: list[float] = []
    whole = [0.0]

    def stop_after(seconds: float) -> None:
        begun = time.perf_counter()
        try:
            notebook.import_batch(batch, cancelled=lambda: time.perf_counter() - begun > seconds)
        except Exception:  # noqa: BLE001
            waits.append(1000 * (time.perf_counter() - begun - seconds))
        else:
            whole[0] = seconds
            notebook.undo_import(notebook.batches()[0].id)

    benchmark.pedantic(lambda: [stop_after(0.4 * n) for n in range(1, 11)], rounds=1)
    notebook.close()
    note("stopping an import: the longest wait", max(waits), goal=200)
    assert max(waits) < 2000


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_the_memory_of_a_large_import(benchmark, note, tmp_path: Path, export: Path):
    assert resident_mib() > 0
    assert NOON.year == 2026
    command = [sys.executable, "-c", _WORK, str(export), str(tmp_path / "warmnote.db")]
    done = benchmark.pedantic(lambda: subprocess.run(command, capture_output=True, text=True, check=True), rounds=1)
    growth = json.loads(done.stdout)
    note("memory at its peak, beyond what was held before", growth, "MiB", goal=150)
    assert growth < 400
