"""Wiring: the one place where the rooms are put together into an application. Tests call the same `build`."""

import logging
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

# Before PySide6, which from then on reads the source of every module that is loaded.
from warmnote.notebook import DATABASE, Notebook, data_folder, make_folder
from warmnote.store import Store

# isort: split
from PySide6.QtCore import QEventLoop, QLockFile, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from warmnote import __version__
from warmnote.model import Clock, Expected, Network
from warmnote.ui.crash import CrashHandler
from warmnote.ui.journal import Journal
from warmnote.ui.networks.errands import Errands
from warmnote.ui.tasks import Lane, Tasks
from warmnote.ui.theme import Theme, pinned_scheme
from warmnote.ui.window import MainWindow

if TYPE_CHECKING:
    from warmnote.channels import Channels
    from warmnote.coldness import Meter
    from warmnote.ui.prompts.stock import Stock

__all__ = ["Application", "Options", "Paths", "build", "main", "self_test"]


_AFTER_PAINT_MS = 20
_COPY_AFTER_MS = 5_000


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asked for. `data_dir` None is the desktop's usual place for a user's data.

    `base_urls` are servers to ask instead of the networks' own, for tests.
    """

    data_dir: Path | None = None
    sample: bool = False
    screenshot: Path | None = None
    theme: str | None = None
    size: tuple[int, int] | None = None
    base_urls: Mapping[Network, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the user's data lies."""

    data: Path

    @property
    def database(self) -> Path:
        return self.data / DATABASE

    @property
    def sync(self) -> Path:
        return self.data / "sync"

    @property
    def settings(self) -> Path:
        return self.data / "window.ini"

    @property
    def lock(self) -> Path:
        return self.data / "open.lock"


@dataclass(slots=True)
class Application:
    """The running parts that must be closed in order."""

    window: MainWindow
    journal: Journal
    tasks: Tasks
    theme: Theme

    def close(self) -> None:
        """Save, let the store lane finish, close the database."""
        self.window.close()
        self.window.deleteLater()
        self.journal.close()
        self.tasks.close()


def build(
    paths: Paths,
    clock: Clock,
    seed: int,
    crash: CrashHandler | None = None,
    theme: str | None = None,
    base_urls: Mapping[Network, str] | None = None,
) -> Application:
    """Put the application together on a data folder, which is made if it is missing.

    Raises Expected if the folder or the database cannot be used. A QApplication must exist.
    """
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    make_folder(paths.data)
    crash = crash or CrashHandler()
    settings = QSettings(str(paths.settings), QSettings.Format.IniFormat)
    tasks = Tasks(crash.take)
    try:
        journal = Journal(paths.database, clock, tasks)
    except BaseException:
        tasks.close()
        raise
    look = Theme(application, pinned_scheme(theme or settings.value("scheme", "")))
    errands = Errands(journal, paths.sync, base_urls)
    window = MainWindow(look, journal, tasks, settings, paths.data, errands)
    errands.setParent(window)
    errands.start_daily()
    # The list is painted before the rules and the vocabulary are read, which takes longer than all the rest.
    QTimer.singleShot(
        _AFTER_PAINT_MS,
        window,
        lambda: tasks.run(
            Lane.FILES, lambda: _load_kit(paths.data), lambda kit: window.equip(*kit, seed), owner=window
        ),
    )
    QTimer.singleShot(_COPY_AFTER_MS, window, journal.copy_daily)
    return Application(window, journal, tasks, look)


def _load_kit(folder: Path) -> "tuple[Meter, Stock, Channels]":
    import warmnote.ui.people.desk  # noqa: F401  # loaded here, so that making the desk does not wait for it
    from warmnote.channels import Channels
    from warmnote.coldness import Meter
    from warmnote.prompts import PackFolder
    from warmnote.ui.prompts.stock import PACKS, read_stock

    return Meter.load(), read_stock(PackFolder(folder / PACKS)), Channels.load()


def main(options: Options) -> int:
    """Open the window and stay until it is closed, or make the picture that was asked for. Returns the exit status."""
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    application = _application()
    if options.screenshot is not None:
        return _screenshot(options, options.screenshot)
    paths = Paths(data_folder(options.data_dir))
    crash = CrashHandler()
    crash.install()
    try:
        make_folder(paths.data)
    except Expected as error:
        print(error, file=sys.stderr)
        crash.show_at_once(error)
        return 1
    lock = QLockFile(str(paths.lock))
    lock.setStaleLockTime(0)
    if not lock.tryLock(100):
        print("Warmnote is already open with this folder. Look for its window.", file=sys.stderr)
        return 1
    try:
        running = build(
            paths, _now, seed=int(time.time() // 86400), crash=crash, theme=options.theme, base_urls=options.base_urls
        )
    except Expected as error:
        print(error, file=sys.stderr)
        crash.show_at_once(error)
        return 1
    if options.size is not None:
        running.window.resize(*options.size)
    running.window.show()
    running.window.greet()
    if options.sample and not running.journal.reader.has_samples():
        running.window.add_samples()
    status = application.exec()
    running.close()
    lock.unlock()
    return status


def self_test(options: Options) -> int:
    """Open the whole window on an empty folder, write a letter, read the meter, and say what was found. 0 if all is well."""
    from tempfile import TemporaryDirectory

    _application()
    with TemporaryDirectory() as folder:
        running = build(Paths(Path(folder)), _now, seed=0)
        running.window.show()
        running.window.add_samples()
        _settle(running)
        people = running.journal.reader.counts().all
        running.close()
    from warmnote.coldness import Meter

    reading = Meter.load().read("Thanks for following. Grab my FREE guide: https://example.com/start")
    print(
        f"warmnote {__version__}: window opened, {people} people shown, a pitch reads {reading.coldness} ({reading.band})"
    )
    return 0 if people >= 12 and reading.coldness is not None and reading.coldness >= 65 else 1


def _application() -> QApplication:
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("warmnote")
    application.setApplicationDisplayName("Warmnote")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("warmnote")
    return application


def _screenshot(options: Options, target: Path) -> int:
    """Render the main window with the sample people, the first of them chosen, into a PNG file."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        paths = Paths(Path(folder))
        store = Store(paths.database)
        Notebook(store, _now).add_samples()
        store.close()
        running = build(paths, _now, seed=0, theme=options.theme or "light")
        running.window.setWindowState(Qt.WindowState.WindowNoState)
        running.window.resize(*(options.size or (1360, 860)))
        running.window.show()
        _settle(running)
        target.parent.mkdir(parents=True, exist_ok=True)
        saved = running.window.grab().save(str(target), "PNG")
        running.close()
    print(target if saved else f"The picture could not be written to {target}.")
    return 0 if saved else 1


def _settle(running: Application) -> None:
    """Let timers fire and tasks land until the window is quiet, three seconds at most."""
    loop = QEventLoop()
    until = time.monotonic() + 3.0
    quiet = QTimer(interval=50)

    def check() -> None:
        if time.monotonic() > until or (not running.tasks.pending and time.monotonic() > until - 2.2):
            loop.quit()

    quiet.timeout.connect(check)
    quiet.start()
    loop.exec()


def _now() -> datetime:
    return datetime.now(UTC)
