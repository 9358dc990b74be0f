"""100,000 people tagged, planned, archived and taken back, and written out in every format and read in again."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from warmnote import exports
from warmnote.followers import read
from warmnote.model import FollowUp, Stage
from warmnote.notebook import Changes, Notebook, Store, View

from .conftest import NOON, clock, make_book, resident_mib

PEOPLE = 100_000


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def test_everybody_at_once(benchmark, note, tmp_path: Path):
    path = tmp_path / "warmnote.db"
    make_book(path, PEOPLE)
    notebook = Notebook(Store(path), clock)
    everyone = list(notebook.person_ids(View.ALL))
    bulk = notebook.bulk
    work: dict[str, Callable[[], Changes]] = {
        "tag": lambda: bulk.tag(everyone, "conference"),
        "set the stage": lambda: bulk.set_stage(everyone, Stage.CONVERSATION),
        "plan": lambda: bulk.plan(everyone, FollowUp(date(2026, 12, 3), "the fair")),
        "archive": lambda: bulk.archive(everyone),
    }
    seconds: dict[str, float] = {}

    def everything() -> None:
        for what, do in work.items():
            made: list[Changes] = []
            seconds[what] = timed(lambda do=do, made=made: made.append(do()))
            (changes,) = made
            assert len(changes.changed) == PEOPLE
            assert changes.undo is not None
            seconds[f"undo: {what}"] = timed(lambda undo=changes.undo: notebook.undo(undo))

    benchmark.pedantic(everything, rounds=1)
    notebook.close()
    for what, taken in seconds.items():
        note(f"{PEOPLE:,} people: {what}", taken, "s", goal=5)
    assert max(seconds.values()) < 60


def test_out_and_in_again(benchmark, note, tmp_path: Path):
    path = tmp_path / "warmnote.db"
    make_book(path, PEOPLE)
    notebook, empty = Notebook(Store(path), clock), Notebook(Store(tmp_path / "empty.db"), clock)
    target = tmp_path / "people.json"
    before = resident_mib()
    seconds: dict[str, float] = {}

    def write(what: str, writing: Callable[..., int], *more: object) -> None:
        with (tmp_path / f"people.{what}").open("wb") as out:
            seconds[f"export as {what}"] = timed(lambda: writing(notebook.export(), out, *more))

    def everything() -> None:
        write("csv", exports.write_csv)
        write("vcf", exports.write_vcard, NOON)
        write("json", exports.write_json, NOON)
        note("memory that the exports took", resident_mib() - before, "MiB", goal=50)
        batch = []
        seconds["read the JSON"] = timed(lambda: batch.append(read(target)))
        seconds["import it"] = timed(lambda: empty.import_batch(batch[0]))
        seconds["import it again"] = timed(lambda: empty.import_batch(batch[0]))

    benchmark.pedantic(everything, rounds=1)
    assert empty.counts().all == PEOPLE
    notebook.close()
    empty.close()
    for what, taken in seconds.items():
        note(f"{PEOPLE:,} people: {what}", taken, "s")
    assert max(seconds.values()) < 120
