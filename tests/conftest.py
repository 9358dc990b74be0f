"""What every test is held to: no network, no user's folder, no unexpected warning, no modal dialog, nothing left over.

The guards are on by themselves. A test that expects a warning in the log says so with `expect_log`; one that needs a
real window asks for `screen`. tests/packaging/test_guards.py shows that each guard bites.
"""

import gc
import itertools
import logging
import os
import re
import shutil
import sys
import threading
import time
import weakref
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

HERE = Path(__file__).parent

# Before anything imports Qt, and also for the processes that tests start.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("warmnote", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", parent=settings.get_profile("warmnote"), max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "warmnote"))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Measurements run only when they are named: pytest tests/bench."""
    named = any("bench" in Path(str(argument).partition("::")[0]).parts for argument in config.args)
    return True if collection_path == HERE / "bench" and not named else None


# ----- no user's folder


_homes = itertools.count()


@pytest.fixture(scope="session")
def _homes_below(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def home(_homes_below: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, where each desktop's settings, data and caches would go."""
    folder = _homes_below / str(next(_homes))
    folder.mkdir()
    places = {
        "HOME": "",
        "USERPROFILE": "",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
        "XDG_DATA_HOME": ".local/share",
        "XDG_CONFIG_HOME": ".config",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CACHE_HOME": ".cache",
    }
    for name, below in places.items():
        monkeypatch.setenv(name, str(folder / below))
    return folder


# ----- no network


class NetworkUsed(Exception):
    """A test tried to leave the machine."""


_tried: list[str] = []
_guarded = threading.Event()


def _network_guard(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith("socket.") or not _guarded.is_set():
        return
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        if isinstance(address, str | bytes) or address is None:
            return
        host = address[0] if isinstance(address, tuple) else address
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        host = arguments[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host not in {"127.0.0.1", "::1", "localhost", "", None}:
        _tried.append(f"{event} {host}")
        raise NetworkUsed(f"{event} to {host}: tests may only use this machine")


sys.addaudithook(_network_guard)


@pytest.fixture(autouse=True)
def _no_network() -> Generator[None]:
    """Fail a test that looks up or connects to anything but this machine, even where the code swallows the error."""
    _tried.clear()
    _guarded.set()
    yield
    _guarded.clear()
    if _tried:
        pytest.fail(f"the network was used: {', '.join(_tried)}")


# ----- no unexpected warning in the log


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record)


@pytest.fixture(autouse=True)
def _listener() -> Generator[_Listener]:
    """Fail a test that logs WARNING or worse without having said so."""
    listener = _Listener()
    logging.getLogger().addHandler(listener)
    yield listener
    logging.getLogger().removeHandler(listener)
    if listener.heard:
        lines = "\n".join(f"{record.levelname} {record.name}: {record.getMessage()}" for record in listener.heard)
        pytest.fail(f"unexpected in the log (use expect_log if it is meant):\n{lines}")


@pytest.fixture
def expect_log(_listener: _Listener) -> Callable[[str], AbstractContextManager[None]]:
    """`with expect_log("pattern"):` asks for a log entry of WARNING or worse, and fails when none comes."""

    @contextmanager
    def expecting(pattern: str) -> Generator[None]:
        before = len(_listener.heard)
        yield
        found = [record for record in _listener.heard[before:] if re.search(pattern, record.getMessage())]
        if not found:
            pytest.fail(f"nothing in the log matches {pattern!r}")
        _listener.heard[before:] = [record for record in _listener.heard[before:] if record not in found]

    return expecting


# ----- a real window


@pytest.fixture(scope="session")
def screen() -> Generator[dict[str, str]]:
    """The environment for a process that opens a real window: a virtual screen on Linux, the desktop elsewhere."""
    surroundings = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    if sys.platform != "linux":
        yield surroundings
        return
    if not shutil.which("Xvfb"):
        pytest.skip("Xvfb is not installed; packaging/dev.py test installs it")
    from devtools.system import virtual_screen

    with virtual_screen() as display:
        surroundings.pop("WAYLAND_DISPLAY", None)
        yield surroundings | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}


# ----- no modal dialog, nothing left over: only where Qt is used


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The guards that import Qt go only to tests that use it; first in the list, so that they look last."""
    names = getattr(item, "fixturenames", [])
    # Parametrised tests share the list.
    if "qapp" in names and "_nothing_left" not in names:
        names[:0] = ["_no_modal_dialog", "_nothing_left"]


@pytest.fixture
def _no_modal_dialog(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """A dialog that would wait for a click fails the test at once; a test that means it replaces the function."""
    from PySide6 import QtWidgets

    opened: list[str] = []

    def refuse(name: str) -> Callable[..., None]:
        def raise_it(*_args: object, **_kwargs: object) -> None:
            opened.append(name)
            raise AssertionError(f"{name} would wait for a click")

        return raise_it

    waiting = {
        "QDialog": ("exec", "exec_"),
        "QMessageBox": ("exec", "about", "aboutQt", "critical", "information", "question", "warning"),
        "QFileDialog": (
            "exec",
            "getExistingDirectory",
            "getExistingDirectoryUrl",
            "getOpenFileName",
            "getOpenFileNames",
            "getOpenFileUrl",
            "getOpenFileUrls",
            "getSaveFileName",
            "getSaveFileUrl",
        ),
        "QInputDialog": ("exec", "getDouble", "getInt", "getItem", "getMultiLineText", "getText"),
        "QColorDialog": ("exec", "getColor"),
        "QFontDialog": ("exec", "getFont"),
        "QMenu": ("exec", "exec_"),
    }
    for kind, functions in waiting.items():
        for function in functions:
            if hasattr(getattr(QtWidgets, kind), function):
                monkeypatch.setattr(getattr(QtWidgets, kind), function, refuse(f"{kind}.{function}"))
    yield
    if opened:
        pytest.fail(f"a modal dialog was opened: {', '.join(opened)}")


@pytest.fixture
def _nothing_left(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """Fail a test that leaves a window, a running timer or a running thread behind."""
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool, QTimer
    from PySide6.QtWidgets import QApplication
    from shiboken6 import getCppPointer, isValid

    timers: weakref.WeakSet[QTimer] = weakref.WeakSet()
    qthreads: weakref.WeakSet[QThread] = weakref.WeakSet()
    for kind, seen in ((QTimer, timers), (QThread, qthreads)):
        start = kind.start

        def watched(self, *args, _start=start, _seen=seen):
            _seen.add(self)
            return _start(self, *args)

        monkeypatch.setattr(kind, "start", watched)
    windows = {getCppPointer(widget) for widget in QApplication.topLevelWidgets()}
    threads = set(threading.enumerate())
    yield

    def left() -> list[str]:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        found = [
            f"window {widget!r}"
            for widget in QApplication.topLevelWidgets()
            if isValid(widget) and getCppPointer(widget) not in windows
        ]
        found += [f"timer {timer!r}" for timer in list(timers) if isValid(timer) and timer.isActive()]
        found += [f"thread {thread!r}" for thread in list(qthreads) if isValid(thread) and thread.isRunning()]
        # Python keeps a stand-in for each thread of Qt that it met, for ever: those are counted as QThread.
        own = (thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread))
        found += [f"thread {thread.name}" for thread in own if thread not in threads]
        if QThreadPool.globalInstance().activeThreadCount():
            found.append("a job of the global QThreadPool")
        return found

    until = time.monotonic() + 2
    while found := left():
        # Dropped, but in a cycle; or about to end.
        gc.collect()
        if time.monotonic() > until:
            pytest.fail("the test left behind: " + ", ".join(found))
        QCoreApplication.processEvents()
        time.sleep(0.01)
