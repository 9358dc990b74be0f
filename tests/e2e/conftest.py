"""The real program in a real window, driven by keys alone and judged by what it leaves on the disk."""

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from warmnote.notebook import Notebook
from warmnote.store import Store

T = TypeVar("T")

PATIENCE = 20.0  # seconds; for a machine that is busy with other things
TICK = 0.05

_CLIPBOARD = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
sys.stdout.buffer.write(application.clipboard().text().encode())
"""


class Warmnote:
    """One program on one data folder, which can be started again after it ended."""

    def __init__(self, folder: Path, screen: dict[str, str], links: Path) -> None:
        self.folder = folder
        self.database = folder / "warmnote.db"
        self._screen = screen
        self._links = links
        self._output = folder.with_name("output.txt")
        self._process: subprocess.Popen[bytes] | None = None

    def wait(self, look: Callable[[], T], what: str) -> T:
        """Look until there is something to see, and give it; fail saying `what` was waited for."""
        until = time.monotonic() + PATIENCE
        while not (found := look()):
            if time.monotonic() > until:
                pytest.fail(f"waited {PATIENCE:.0f} s for {what}; the last look gave {found!r}")
            time.sleep(TICK)
        return found

    # Coming and going

    def start(self, *arguments: str) -> None:
        """Start the program and wait until its window is there and everything in it is loaded."""
        command = [sys.executable, "-m", "warmnote", "--data-dir", str(self.folder), *arguments]
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                command, env=self._screen, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )
        self.wait(self.windows, "the window")
        self.settle()
        self.focus()

    def kill(self) -> None:
        """What a power cut does."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(PATIENCE)

    def quit(self) -> None:
        """Ctrl+Q; the program ends by itself and with 0."""
        assert self._process is not None
        self.key("ctrl+q")
        assert self._process.wait(PATIENCE) == 0

    def close(self) -> str:
        """End what still runs, and give what the program said."""
        if self._process is not None and self._process.poll() is None:
            self.kill()
        return self._output.read_text("utf-8", "replace") if self._output.exists() else ""

    # Keys

    def windows(self) -> list[str]:
        """The windows on the screen, the newest last."""
        assert self._process is not None
        assert self._process.poll() is None, f"the program ended: {self._output.read_text('utf-8', 'replace')}"
        return self._xdotool("search", "--all", "--onlyvisible", "--pid", str(self._process.pid), ".").split()

    def focus(self) -> None:
        """Give the newest window the keyboard: there is no window manager that would."""
        self._xdotool("windowfocus", "--sync", self.windows()[-1])

    def key(self, *keys: str) -> None:
        """Press keys one after the other, such as `ctrl+i`, and wait until the program has done what they ask."""
        self._xdotool("key", "--delay", "40", *keys)
        self.settle()

    def type(self, text: str) -> None:
        """Type on, without waiting for anything."""
        self._xdotool("type", "--delay", "8", text)

    def settle(self) -> None:
        """Wait until every thread of the program has slept for a while: nothing is being loaded, read or drawn."""
        assert self._process is not None
        tasks = Path(f"/proc/{self._process.pid}/task")

        def snapshot() -> tuple[bool, int]:
            lines = [_read(task / "stat").rpartition(")")[2].split() for task in tasks.iterdir()]
            fields = [line for line in lines if line]
            return all(line[0] == "S" for line in fields), sum(int(line[11]) + int(line[12]) for line in fields)

        until, quiet, last = time.monotonic() + PATIENCE, 0, -1
        while quiet < 4 and time.monotonic() < until and self._process.poll() is None:
            asleep, spent = snapshot()
            quiet = quiet + 1 if asleep and spent <= last else 0
            last = spent
            time.sleep(TICK)

    def _xdotool(self, *words: str) -> str:
        # A search that finds nothing says so by its status.
        done = subprocess.run(["xdotool", *words], env=self._screen, capture_output=True, text=True, timeout=60)
        return done.stdout

    # What can be seen

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Read from the database while the program has it open."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            return database.execute(sql, values).fetchall()

    def draft(self, name: str) -> str:
        """The letter to a person as it lies on the disk."""
        rows = self.ask("select text from drafts join people on people.id = person where name = ?", name)
        return str(rows[0][0]) if rows else ""

    def people(self) -> int:
        """How many there are; none before there is a file."""
        return int(self.ask("select count(*) from people")[0][0]) if self.database.exists() else 0

    def clipboard(self) -> str:
        """What another program would paste."""
        done = subprocess.run(
            [sys.executable, "-c", _CLIPBOARD], env=self._screen, capture_output=True, timeout=PATIENCE, check=True
        )
        return done.stdout.decode()

    def links(self) -> list[str]:
        """The addresses that were given to the browser."""
        return _read(self._links).split()

    def fingerprint(self) -> str:
        """Of everything that is known about people, without when it was looked at."""
        rows = [
            self.ask(f"select * from {table} order by 1")
            for table in ("people", "identities", "facts", "messages", "drafts")
        ]
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    def picture(self, target: Path) -> None:
        """The whole screen, as far as the tools for it are here."""
        if shutil.which("xwd"):
            subprocess.run(["xwd", "-root", "-silent", "-out", str(target)], env=self._screen, timeout=20)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:  # a thread that ended, a browser that was not asked
        return ""


@pytest.fixture
def prepared(tmp_path: Path) -> Iterator[Notebook]:
    """A notebook to put people into before the program starts."""
    folder = tmp_path / "data"
    folder.mkdir()
    notebook = Notebook(Store(folder / "warmnote.db"), lambda: datetime.now(UTC))
    yield notebook
    notebook.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep the picture of the screen where a test failed."""
    report = yield
    if (
        report.when == "call"
        and report.failed
        and isinstance(program := getattr(item, "funcargs", {}).get("warmnote"), Warmnote)
    ):
        target = program.folder.with_name("screen.xwd")
        program.picture(target)
        report.sections.append(("screen", f"{target} (convert xwd:{target} screen.png)"))
    return report


@pytest.fixture
def warmnote(tmp_path: Path, screen: dict[str, str]) -> Iterator[Warmnote]:
    """The program, not started yet; it may say nothing on its output, for whatever it says is a warning or worse."""
    if sys.platform != "linux":
        pytest.skip("the keys are pressed by xdotool, on X11")
    if not shutil.which("xdotool"):
        pytest.skip("xdotool is not installed; packaging/dev.py test installs it")
    # A browser that only notes the address.
    programs, links = tmp_path / "programs", tmp_path / "links.txt"
    programs.mkdir()
    browser = programs / "xdg-open"
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >> "{links}"\n', "utf-8")
    browser.chmod(0o755)
    surroundings = {
        name: os.environ[name]
        for name in os.environ
        if name.startswith(("XDG_", "HOME")) and name != "XDG_CURRENT_DESKTOP"
    }
    program = Warmnote(
        tmp_path / "data",
        screen | surroundings | {"PATH": f"{programs}{os.pathsep}{screen['PATH']}", "BROWSER": str(browser)},
        links,
    )
    yield program
    said = program.close()
    assert not said, f"the program said:\n{said}"
