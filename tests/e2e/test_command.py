"""What the command itself answers: a proof that it works, a picture, and words where there is no display."""

import struct
import subprocess
import sys

import pytest


def run(screen: dict[str, str], *arguments: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "warmnote", *arguments]
    return subprocess.run(command, env=screen | surroundings, capture_output=True, text=True, timeout=60)


def test_self_test_opens_the_window_and_says_so(screen, tmp_path):
    done = run(screen, "--self-test")
    assert (done.returncode, done.stderr) == (0, "")
    assert "window opened, 12 people" in done.stdout


def test_a_picture_in_the_size_and_scheme_that_was_asked_for(screen, tmp_path):
    target = tmp_path / "below" / "window.png"
    done = run(
        screen, "--screenshot", str(target), "--theme", "dark", "--size", "1000x700", QT_QPA_PLATFORM="offscreen"
    )
    assert (done.returncode, done.stderr) == (0, "")
    head = target.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert struct.unpack(">II", head[16:24]) == (1000, 700)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")
@pytest.mark.parametrize("display", ["", ":4711"])
def test_without_a_display_it_says_what_to_do(screen, tmp_path, display):
    bare = {name: value for name, value in screen.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    where = {"DISPLAY": display} if display else {}
    done = run(bare, "--data-dir", str(tmp_path / "data"), QT_QPA_PLATFORM="xcb", **where)
    assert done.returncode == 2
    assert "Xvfb" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()
