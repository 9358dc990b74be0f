"""The notice bar: one sentence, one action, at the foot of the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from warmnote.ui.notice import NoticeBar
from warmnote.ui.theme import Scheme, Theme


@pytest.fixture
def room(qtbot, qapp) -> Iterator[tuple[QWidget, NoticeBar]]:
    parent = QWidget()
    parent.resize(720, 560)
    qtbot.addWidget(parent)
    notice = NoticeBar(parent, Theme(qapp, Scheme.Light))
    parent.show()
    return parent, notice


def button(notice: NoticeBar, name: str) -> QPushButton:
    found = notice.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_the_action_is_done_once_and_the_bar_goes(qtbot, room) -> None:
    _, notice = room
    done: list[int] = []
    notice.tell("Deleted Ana Moreno", "Undo", lambda: done.append(1))
    assert notice.isVisible()
    qtbot.mouseClick(button(notice, "notice-action"), Qt.MouseButton.LeftButton)
    assert done == [1]
    assert not notice.isVisible()


def test_without_an_action_there_is_no_button(room) -> None:
    _, notice = room
    notice.tell("Saved")
    assert not button(notice, "notice-action").isVisible()
    assert notice.accessibleName() == "Saved"


def test_a_long_sentence_stays_inside_the_window(room) -> None:
    parent, notice = room
    notice.tell("word " * 60, "Undo", lambda: None)
    assert parent.rect().contains(notice.geometry())
    parent.resize(900, 600)
    assert parent.rect().contains(notice.geometry())


def test_markup_is_shown_as_it_is(room) -> None:
    _, notice = room
    notice.tell("Deleted <b>Ana</b>")
    assert notice.accessibleName() == "Deleted <b>Ana</b>"
