"""`warmnote import` and `warmnote export`, as a person and as a program use them."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from warmnote import cli, followers
from warmnote.followers.columns import Role
from warmnote.model import Network, Stage
from warmnote.notebook import Notebook, Store, View

CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ana,Moreno,https://www.linkedin.com/in/ana-moreno,ana@example.com,Moreno Ceramics,Owner,20 Nov 2026\n"
    "Bo,Lindqvist,https://www.linkedin.com/in/bo,,,,yesterday\n"
    ",,,,,,21 Nov 2026\n"
    "Ana,Moreno,https://www.linkedin.com/in/ana-moreno,,,,20 Nov 2026\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "below" / "data"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Connections.csv"
    path.write_text(CONNECTIONS, "utf-8")
    return path


@pytest.fixture
def run(folder: Path, capfdbinary) -> Callable[..., tuple[int, str, str]]:
    """Carry out a command on the folder: status, what it printed, and what it complained of."""

    def running(*arguments: object) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        status = cli.run([*map(str, arguments), "--data-dir", str(folder)])
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return running


def now() -> datetime:
    return datetime(2026, 11, 23, 12, tzinfo=UTC)


def book(folder: Path) -> Notebook:
    return Notebook(Store(folder / "warmnote.db"), now)


def people(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "warmnote.db")) as database:
        return [name for (name,) in database.execute("select name from people order by id")]


# import


def test_import_says_what_it_was_and_what_became_of_it(run, folder: Path, file: Path):
    status, out, err = run("import", file)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Connections.csv: LinkedIn connections, read as UTF-8"
    assert lines[1] == "2 new, 0 changed, 0 unchanged, 2 skipped, 1 problem"
    assert "--new-since" in lines[2]
    assert lines[lines.index("Skipped:") :] == [
        "Skipped:",
        "  row 4: no name, only a date (a closed account)",
        "  row 5: the same person as in row 2",
        "Problems:",
        "  row 3, Connected On: “yesterday” is not a date; the person is kept without one",
        "Imported.",
    ]
    assert people(folder) == ["Ana Moreno", "Bo Lindqvist"]


def test_a_program_gets_one_object(run, folder: Path, file: Path):
    status, out, _ = run("import", file, "--json")
    assert status == 0
    assert out.count("\n") == 1
    told: dict[str, Any] = json.loads(out)
    assert [item["row"] for item in told.pop("skipped")] == [4, 5]
    (problem,) = told.pop("problems")
    assert (problem["row"], problem["column"]) == (3, "Connected On")
    assert isinstance(told.pop("notes"), list)
    assert told == {
        "source": "LinkedIn connections", "network": "linkedin", "origin": "Connections.csv", "read_as": "UTF-8",
        "new": 2, "changed": 0, "unchanged": 0, "preview": False, "baseline": True,
    }  # fmt: skip
    again = json.loads(run("import", file, "--json")[1])
    assert (again["new"], again["changed"], again["unchanged"], again["baseline"]) == (0, 0, 2, False)


def test_a_preview_writes_nothing(run, folder: Path, file: Path):
    status, out, _ = run("import", file, "--preview", "--json")
    assert (status, json.loads(out)["new"], json.loads(out)["preview"]) == (0, 2, True)
    assert people(folder) == []
    assert run("import", file, "--preview")[1].endswith("This was a preview: nothing was written.\n")


def test_new_since_tells_who_is_a_new_follower(run, folder: Path, file: Path):
    assert run("import", file, "--new-since", "2026-11-15")[0] == 0
    notebook = book(folder)
    assert [row.name for row in notebook.rows(notebook.person_ids(View.NEW))] == ["Ana Moreno"]
    notebook.close()


@pytest.mark.parametrize("day", ["15/11/2026", "soon", ""])
def test_a_day_that_is_none_is_refused(run, file: Path, day: str, capfdbinary):
    with pytest.raises(SystemExit) as left:
        run("import", file, "--new-since", day)
    assert left.value.code == 2
    assert b"such as 2026-11-30" in capfdbinary.readouterr().err


@pytest.mark.parametrize(("content", "told"), [(b"", "empty"), (b"%PDF-1.7", "PDF"), (None, "not there")])
def test_a_file_that_cannot_be_used_is_2_with_the_reason_and_makes_no_notebook(
    run, folder: Path, tmp_path: Path, content: bytes | None, told: str
):
    path = tmp_path / "odd.csv"
    if content is not None:
        path.write_bytes(content)
    status, out, err = run("import", path, "--json")
    assert (status, out) == (2, "")
    assert err.startswith("warmnote: ")
    assert told in err
    assert "Traceback" not in err
    assert not folder.exists()


def test_a_folder_that_cannot_be_made_is_2(file: Path, capfdbinary):
    assert cli.run(["import", str(file), "--data-dir", str(file / "below")]) == 2
    assert b"cannot make its folder" in capfdbinary.readouterr().err


def test_long_lists_are_cut_for_people_and_whole_for_programs(run, tmp_path: Path):
    path = tmp_path / "Connections.csv"
    path.write_text(CONNECTIONS.splitlines()[0] + "\n" + ",,,,,,21 Nov 2026\n" * 30, "utf-8")
    assert "  and 10 more; --json lists them all" in run("import", path)[1]
    assert len(json.loads(run("import", path, "--json")[1])["skipped"]) == 30


def test_while_another_program_holds_the_notebook_it_waits_and_then_says_so(run, folder: Path, file: Path, monkeypatch):
    book(folder).close() if folder.exists() else run("export", "--format", "json")
    real = Store.__init__
    monkeypatch.setattr(Store, "__init__", lambda self, path, **more: real(self, path, **more, patience_ms=50))
    with closing(sqlite3.connect(folder / "warmnote.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        status, _, err = run("import", file)
    assert status == 2
    assert "Another program is writing" in err


def test_beside_an_open_window_it_works(run, folder: Path, file: Path):
    run("export", "--format", "json")
    window = book(folder)
    reader = Notebook(Store(folder / "warmnote.db", read_only=True), now)
    assert run("import", file)[0] == 0
    assert len(reader.person_ids(View.ALL)) == 2
    reader.close()
    window.close()


def test_what_the_user_said_of_the_columns_in_the_window_holds(run, folder: Path, tmp_path: Path):
    path = tmp_path / "odd.csv"
    path.write_text("Wer,Wo\nAna Moreno,Bilbao\n", "utf-8")
    refused = run("import", path)
    assert refused[0] == 2
    run("export", "--format", "json")
    sheet = followers.sheet(path)
    assert sheet is not None
    notebook = book(folder)
    notebook.mappings.remember(sheet.digest, followers.Mapping((Role.NAME, Role.LOCATION)))
    notebook.close()
    assert run("import", path)[0] == 0
    assert people(folder) == ["Ana Moreno"]


# export


def test_export_and_import_give_the_same_people(run, folder: Path, file: Path, tmp_path: Path):
    run("import", file)
    notebook = book(folder)
    (ana, _) = notebook.person_ids(View.ALL)
    notebook.bulk.tag([ana], "potters")
    notebook.bulk.set_stage([ana], Stage.CONVERSATION)
    notebook.add_person("Ötzi", network=Network.X, handle="oetzi")
    notebook.close()
    status, out, err = run("export", "--format", "json")
    assert (status, err) == (0, "")
    target = tmp_path / "people.json"
    assert run("export", "--format", "json", "--output", target)[:2] == (0, "")
    assert json.loads(target.read_bytes())["people"] == json.loads(out)["people"]
    assert "Ötzi" in out
    told = json.loads(run("import", target, "--json")[1])
    assert (told["source"], told["new"], told["changed"], told["unchanged"]) == ("Warmnote export", 0, 0, 3)


def test_every_format_goes_to_the_standard_output(run, file: Path):
    run("import", file)
    assert json.loads(run("export", "--format", "json")[1])["warmnote"] == 1
    assert run("export", "--format", "csv")[1].startswith("\ufeffWarmnote ID,Name,")
    assert run("export", "--format", "csv", "--history")[1].startswith("\ufeffWarmnote ID,Name,When,")
    assert run("export", "--format", "vcard")[1].startswith("BEGIN:VCARD\r\nVERSION:4.0\r\n")


def test_an_empty_notebook_exports_nobody(run, folder: Path):
    assert json.loads(run("export", "--format", "json")[1])["people"] == []
    assert folder.is_dir()


def test_history_goes_with_csv_alone(run):
    status, _, err = run("export", "--format", "json", "--history")
    assert (status, "--format csv" in err) == (2, True)


def test_a_place_that_cannot_be_written_to_is_2_and_leaves_nothing(run, tmp_path: Path):
    status, _, err = run("export", "--format", "json", "--output", tmp_path / "nowhere" / "people.json")
    assert status == 2
    assert "could not be written" in err


def test_an_export_that_fails_leaves_the_file_that_was_there(run, file: Path, tmp_path: Path, monkeypatch):
    run("import", file)
    target = tmp_path / "people.json"
    target.write_text("older", "utf-8")

    def stopped(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("warmnote.exports.write_json", stopped)
    status, out, err = run("export", "--format", "json", "--output", target)
    assert (status, out, err) == (130, "", "warmnote: stopped; nothing was written.\n")
    assert target.read_text("utf-8") == "older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Connections.csv", "below", "people.json"]


# Ctrl+C


def press(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGINT)


def press_and_give(value: Any) -> Callable[..., Any]:
    def pressing(*_: object, **__: object) -> Any:
        press()
        return value

    return pressing


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is another thing there")
@pytest.mark.parametrize(
    ("where", "then"),
    [
        ("warmnote.followers.read", None),
        ("warmnote.cli._people.progress", lambda *_: press),  # while it compares and writes
        ("warmnote.store._database.search_words", press_and_give("")),  # inside the database
    ],
)
def test_stopped_before_the_end_nothing_is_written(run, folder: Path, file: Path, monkeypatch, where: str, then: Any):
    run("export", "--format", "json")
    monkeypatch.setattr(where, then or press_and_give(None))
    status, out, err = run("import", file)
    assert (status, out, err) == (130, "", "warmnote: stopped; nothing was changed.\n")
    assert people(folder) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is another thing there")
def test_stopped_when_all_is_on_the_disk_it_says_that_it_was_done(run, folder: Path, file: Path, monkeypatch):
    real = Notebook.import_batch

    def importing(self: Notebook, *arguments: Any) -> Any:
        changes = real(self, *arguments)
        press()
        return changes

    monkeypatch.setattr(Notebook, "import_batch", importing)
    status, out, _ = run("import", file)
    assert (status, out.splitlines()[-1]) == (0, "Imported.")
    assert len(people(folder)) == 2


# as a program of its own


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "warmnote", *map(str, arguments)]


def large(path: Path, count: int) -> None:
    rows = (
        f"Ana,Moreno,https://www.linkedin.com/in/ana-{n},ana{n}@example.com,Company {n},Owner,20 Nov 2026"
        for n in range(count)
    )
    path.write_text("\n".join([CONNECTIONS.splitlines()[0], *rows]), "utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is another thing there")
def test_ctrl_c_leaves_all_or_nothing_and_tells_which(tmp_path: Path, folder: Path):
    path = tmp_path / "Connections.csv"
    large(path, 30_000)
    subprocess.run(command("export", "--format", "json", "--data-dir", folder), check=True, capture_output=True)
    running = subprocess.Popen(
        command("import", path, "--data-dir", folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    # Its writing has begun as soon as the log beside the notebook grows.
    until = time.monotonic() + 60
    log = folder / "warmnote.db-wal"
    while not (log.exists() and log.stat().st_size > 1_000_000) and running.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert "Traceback" not in err
    if running.returncode:
        assert (running.returncode, out) == (130, "")
        assert "stopped" in err
    assert len(people(folder)) == (0 if running.returncode else 30_000)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently there")
def test_whoever_reads_only_the_beginning_is_not_told_off(tmp_path: Path, folder: Path):
    path = tmp_path / "Connections.csv"
    large(path, 3_000)
    subprocess.run(command("import", path, "--data-dir", folder), check=True, capture_output=True)
    reading, writing = os.pipe()
    running = subprocess.Popen(
        command("export", "--format", "vcard", "--data-dir", folder), stdout=writing, stderr=subprocess.PIPE
    )
    os.close(writing)
    assert os.read(reading, 12) == b"BEGIN:VCARD\r"
    os.close(reading)
    _, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (141, b"")


def test_no_window_is_loaded(tmp_path: Path):
    code = (
        "import sys; from warmnote.__main__ import main; status = main(sys.argv[1:]);"
        "assert not any(name.startswith('PySide6') for name in sys.modules); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "export", "--format", "json", "--data-dir", str(tmp_path / "data")],
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_every_command_takes_the_folder(tmp_path: Path, capfdbinary):
    letter = tmp_path / "letter.txt"
    letter.write_text("How did the firing go on Sunday?", "utf-8")
    assert cli.run(["check", str(letter), "--data-dir", str(tmp_path / "data")]) == 0
    assert b"coldness" in capfdbinary.readouterr().out


def test_only_a_command_that_can_mark_new_followers_offers_it(tmp_path: Path, file: Path):
    from warmnote.cli._people import told_of

    with closing(Notebook(Store(tmp_path / "people.db"), now)) as notebook:
        preview = notebook.preview(followers.read(file))
    assert "--new-since" in "".join(told_of(preview, only_preview=True))
    lines = "".join(told_of(preview, only_preview=True, can_mark=False))
    assert "nobody counts as a new follower" in lines
    assert "--new-since" not in lines
