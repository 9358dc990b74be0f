"""`warmnote` says in words why its window cannot open, and hands its arguments to the right room."""

import os
import signal
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest

import warmnote.__main__ as start
from warmnote import __version__

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a choice of displays")
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "WARMNOTE_STARTED_BY")


def _start(*arguments: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    rest = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    command = [sys.executable, "-m", "warmnote", *arguments]
    return subprocess.run(command, env=rest | surroundings, capture_output=True, encoding="utf-8", timeout=60)


@linux
@pytest.mark.parametrize(
    ("surroundings", "words"),
    [
        ({}, "There is no display here"),
        ({"DISPLAY": ":987"}, "The display :987 does not answer"),
        ({"DISPLAY": "nonsense"}, "The display nonsense does not answer"),
        ({"WAYLAND_DISPLAY": "wayland-987"}, "The display wayland-987 does not answer"),
        ({"QT_QPA_PLATFORM": "xcb"}, "There is no display here"),
        ({"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ":987"}, "The display :987 does not answer"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "QT_QPA_PLATFORM is 'nonsense', which this Qt does not have"),
    ],
)
def test_without_a_display_it_ends_in_words(surroundings: dict[str, str], words: str) -> None:
    done = _start(**surroundings)
    assert done.returncode == 2
    assert done.stderr.startswith(words)
    assert "Traceback" not in done.stderr
    assert "qt.qpa" not in done.stderr


@linux
def test_it_names_the_command_that_helps() -> None:
    assert "xvfb-run warmnote" in _start().stderr
    assert "dev.py run --xvfb" in _start(WARMNOTE_STARTED_BY="python3 packaging/dev.py run").stderr


@linux
def test_a_display_that_answers_is_used(screen: dict[str, str]) -> None:
    assert start.no_display({"DISPLAY": screen["DISPLAY"]}) == ""
    assert start.no_display({"DISPLAY": screen["DISPLAY"], "WAYLAND_DISPLAY": "wayland-987"}) == ""


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, types.SimpleNamespace]]:
    """Stands in for the window; gives what was asked of it."""
    asked: list[tuple[str, types.SimpleNamespace]] = []
    module = types.ModuleType("warmnote.ui.app")
    module.Options = types.SimpleNamespace
    module.main = lambda options: asked.append(("main", options)) or 0
    module.self_test = lambda options: asked.append(("self_test", options)) or 0
    import warmnote.ui

    monkeypatch.setitem(sys.modules, "warmnote.ui.app", module)
    monkeypatch.setattr(warmnote.ui, "app", module, raising=False)
    return asked


def test_the_window_gets_what_was_asked(app) -> None:
    arguments = ["--data-dir", "here", "--sample", "--screenshot", "a.png", "--theme", "dark", "--size", "1280x800"]
    assert start.main([*arguments, "--base-url", "bluesky=http://127.0.0.1:1"]) == 0
    assert start.main([]) == 0
    assert start.main(["--self-test"]) == 0
    assert [(name, vars(options)) for name, options in app] == [
        (
            "main",
            {
                "data_dir": Path("here"),
                "sample": True,
                "screenshot": Path("a.png"),
                "theme": "dark",
                "size": (1280, 800),
                "base_urls": {"bluesky": "http://127.0.0.1:1"},
            },
        ),
        ("main", dict.fromkeys(("data_dir", "screenshot", "theme", "size")) | {"sample": False, "base_urls": {}}),
        ("self_test", dict.fromkeys(("data_dir", "screenshot", "theme", "size")) | {"sample": False, "base_urls": {}}),
    ]


@pytest.mark.parametrize("asked", [["--screenshot", "a.png"], ["--self-test"]])
def test_a_picture_needs_no_display(app, monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> None:
    for name in DISPLAYS:
        monkeypatch.delenv(name, raising=False)
    assert start.main(asked) == 0
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    monkeypatch.delenv("QT_QPA_PLATFORM")


@linux
@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:port=5901", "offscreen:size=800x600"])
def test_a_platform_without_a_display_is_left_alone(platform: str) -> None:
    assert start.no_display({"QT_QPA_PLATFORM": platform}) == ""


def test_a_subcommand_goes_to_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    import warmnote.cli

    asked: list[list[str]] = []
    monkeypatch.setattr(warmnote.cli, "run", lambda argv: asked.append(argv) or 7)
    assert start.main(["check", "--jsonl"]) == 7
    assert asked == [["check", "--jsonl"]]


@pytest.mark.parametrize("size", ["12", "1280", "0x800", "1280x", "x", "99999x800"])
def test_a_size_that_is_none_is_refused(capsys: pytest.CaptureFixture[str], size: str) -> None:
    with pytest.raises(SystemExit) as ended:
        start.main(["--size", size])
    assert ended.value.code == 2
    assert "such as 1280x800" in capsys.readouterr().err


def test_the_version_needs_no_display() -> None:
    done = _start("--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"Warmnote {__version__}")


@linux
def test_a_missing_library_is_named_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import builtins
    import ctypes

    reason = "libGL.so.1: cannot open shared object file: No such file or directory"
    really = builtins.__import__

    def without_qt(name: str, *rest: object) -> object:
        if name == "warmnote.ui":
            raise ImportError(reason)
        return really(name, *rest)

    def only_gl_is_missing(name: str, *_: object) -> None:
        if name == "libGL.so.1":
            raise OSError(reason)

    monkeypatch.setattr(builtins, "__import__", without_qt)
    monkeypatch.setattr(ctypes, "CDLL", only_gl_is_missing)
    assert start.main([]) == 2
    said = capsys.readouterr().err
    assert reason in said
    assert said.endswith("sudo apt-get install libgl1\n")


def test_an_import_that_is_a_mistake_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    import warmnote.ui

    monkeypatch.delattr(warmnote.ui, "app", raising=False)
    monkeypatch.setitem(sys.modules, "warmnote.ui.app", None)
    with pytest.raises(ImportError):
        start.main([])


@linux
def test_ctrl_c_ends_the_window(screen: dict[str, str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "warmnote", "--data-dir", str(tmp_path / "data")]
    with subprocess.Popen(command, env=screen, stderr=subprocess.PIPE, encoding="utf-8") as window:
        try:
            until = time.monotonic() + 30
            while not (tmp_path / "data" / "warmnote.db").exists() and time.monotonic() < until:
                time.sleep(0.05)
            assert (tmp_path / "data" / "warmnote.db").exists()
            # Past the wiring, inside Qt's loop.
            time.sleep(1)
            assert window.poll() is None, window.communicate()[1]
            window.send_signal(signal.SIGINT)
            said = window.communicate(timeout=20)[1]
        finally:
            window.kill()
    assert window.returncode in {0, 130, -signal.SIGINT}
    assert "Traceback" not in said
