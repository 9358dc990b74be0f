"""Tests that each break one rule of tests/conftest.py, for test_guards.py to run. Not collected by itself.

The docstring of each is what its failure must say.
"""

import contextlib
import logging
import socket
import threading
import time
import warnings

import pytest
from PySide6.QtCore import QThread, QTimer, qWarning
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMessageBox

kept = []


def test_connects_to_another_machine():
    """tests may only use this machine"""
    with socket.socket() as asking:
        asking.connect(("192.0.2.1", 443))


def test_sends_a_datagram_to_another_machine():
    """tests may only use this machine"""
    with socket.socket(type=socket.SOCK_DGRAM) as asking:
        asking.sendto(b"", ("192.0.2.1", 53))


def test_looks_up_a_name_and_swallows_the_error():
    """the network was used: socket.getaddrinfo warmnote.invalid"""
    with contextlib.suppress(Exception):
        socket.getaddrinfo("warmnote.invalid", 443)


def test_logs_a_warning():
    """unexpected in the log"""
    logging.getLogger("warmnote.somewhere").warning("this was not announced")


def test_expects_a_log_that_does_not_come(expect_log):
    """nothing in the log matches"""
    with expect_log("announced"):
        pass


def test_warns():
    """DeprecationWarning: old"""
    warnings.warn("old", DeprecationWarning, stacklevel=1)


@pytest.mark.xfail(reason="it is said to fail")
def test_passes_although_it_is_said_to_fail():
    """XPASS(strict)"""


def test_asks_a_question(qtbot):
    """QMessageBox.question would wait for a click"""
    QMessageBox.question(None, "Warmnote", "Really?")


def test_opens_a_dialog_and_swallows_the_error(qtbot):
    """a modal dialog was opened: QDialog.exec"""
    with contextlib.suppress(AssertionError):
        QDialog().exec()


def test_asks_for_a_file(qtbot):
    """QFileDialog.getOpenFileName would wait for a click"""
    QFileDialog.getOpenFileName()


def test_leaves_a_window(qapp):
    """the test left behind: window"""
    kept.append(QLabel("still here"))
    kept[-1].show()


def test_leaves_a_timer(qapp):
    """the test left behind: timer"""
    kept.append(QTimer())
    kept[-1].start(60_000)


class Sleeper(QThread):
    def run(self):
        time.sleep(2.5)


def test_leaves_a_thread_of_qt(qapp):
    """the test left behind: thread"""
    kept.append(Sleeper())
    kept[-1].start()


def test_leaves_a_thread(qapp):
    """the test left behind: thread sleeper"""
    threading.Thread(target=time.sleep, args=(2.5,), name="sleeper").start()


def test_qt_warns(qtbot):
    """Qt messages with level WARNING or above"""
    qWarning("something is wrong")


def test_fails_inside_a_slot(qtbot):
    """ZeroDivisionError"""
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.wait(20)


@pytest.fixture(scope="module", autouse=True)
def _clear():
    yield
    for thing in kept:
        if isinstance(thing, QThread):
            thing.wait()
        elif isinstance(thing, QTimer):
            thing.stop()
        else:
            thing.close()
    kept.clear()
    assert QApplication.instance() is not None
