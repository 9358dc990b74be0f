"""The guards of tests/conftest.py bite where they should, and only there."""

import ast
import logging
import os
import socket
import subprocess
import sys
import threading
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OFFENDERS = Path(__file__).with_name("offenders.py")
EXPECTED = {
    node.name: ast.get_docstring(node)
    for node in ast.parse(OFFENDERS.read_text("utf-8")).body
    if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What pytest says of each offender, "" for one that it lets pass."""
    report = tmp_path_factory.mktemp("guards") / "report.xml"
    subprocess.run(
        [sys.executable, "-m", "pytest", str(OFFENDERS), "-q", "-p", "no:cacheprovider", f"--junitxml={report}"],
        cwd=ROOT,
        capture_output=True,
        timeout=100,
    )
    said: dict[str, str] = {}
    for case in ET.parse(report).iter("testcase"):
        found = [*case.iter("failure"), *case.iter("error")]
        told = " ".join(f"{one.get('message')} {one.text}" for one in found)
        said[case.get("name", "")] = said.get(case.get("name", ""), "") + told
    return said


@pytest.mark.parametrize("name", EXPECTED)
def test_each_offender_fails_for_its_own_reason(verdicts: dict[str, str], name: str) -> None:
    assert EXPECTED[name] in verdicts[name]


def test_this_machine_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as asking:
        asking.sendall(b"hello")
        answering, _ = server.accept()
        with answering:
            assert answering.recv(5) == b"hello"


def test_an_expected_log_entry_is_no_failure(expect_log) -> None:
    with expect_log("disk is .* full"):
        logging.getLogger("warmnote.store").warning("disk is nearly full")


def test_a_closed_window_and_a_stopped_timer_are_no_failure(qtbot) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QLabel

    label = QLabel("here for a moment")
    qtbot.addWidget(label)
    label.show()
    timer = QTimer()
    timer.start(60_000)
    timer.stop()
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()


def test_a_replaced_dialog_is_no_failure(qtbot, monkeypatch) -> None:
    from PySide6.QtWidgets import QMessageBox

    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    assert QMessageBox.question(None, "", "") == QMessageBox.StandardButton.Yes


def test_the_users_folders_are_empty_ones(home: Path) -> None:
    import platformdirs

    assert Path.home() == home
    assert list(home.iterdir()) == []
    if sys.platform == "linux":
        assert Path(platformdirs.user_data_dir("warmnote")).is_relative_to(home)


def test_windows_are_drawn_off_the_screen() -> None:
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"


def test_a_test_that_hangs_is_ended(pytestconfig: pytest.Config) -> None:
    assert 0 < float(pytestconfig.getini("timeout")) <= 300
    assert pytestconfig.getini("timeout_method") == "thread"
