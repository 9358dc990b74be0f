"""The history of a person: what is shown, and how entries and plans are made by hand."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from warmnote.model import FollowUp, Message, MessageKind
from warmnote.ui.people.timeline import Timeline
from warmnote.ui.widgets import PlainLabel


@pytest.fixture
def timeline(qtbot, desk) -> Timeline:
    made = Timeline(desk.theme, desk.clock)
    qtbot.addWidget(made)
    made.resize(560, 300)
    made.show()
    return made


def words(timeline: Timeline) -> list[str]:
    return [
        label.text()
        for label in timeline.findChildren(PlainLabel)
        if not label.isHidden() and label.isVisibleTo(timeline) and label.text()
    ]


def child(timeline: Timeline, kind: type, name: str):
    found = timeline.findChild(kind, name)
    assert found is not None, name
    return found


def test_nobody_has_talked_yet(desk, timeline: Timeline) -> None:
    ana = desk.add("Ana Moreno")
    timeline.show_history(desk.journal.reader.open_person(ana), "Ana")
    assert words(timeline) == ["You two have not talked yet"]


def test_the_latest_entry_is_shown_and_the_rest_on_request(qtbot, desk, timeline: Timeline) -> None:
    ana = desk.add("Ana Moreno")
    desk.log(ana, MessageKind.SENT, "How is the kiln?", days_ago=3)
    desk.log(ana, MessageKind.RECEIVED, "Mended, thank you", days_ago=1)
    timeline.show_history(desk.journal.reader.open_person(ana), "Ana")
    assert "Ana wrote yesterday" in words(timeline)
    qtbot.waitUntil(lambda: "Mended, thank you" in words(timeline))
    assert "How is the kiln?" not in words(timeline)
    qtbot.mouseClick(child(timeline, QPushButton, "history-fold"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "How is the kiln?" in words(timeline))


def test_a_reply_is_logged_with_ctrl_enter(qtbot, desk, timeline: Timeline) -> None:
    ana = desk.add("Ana Moreno")
    timeline.show_history(desk.journal.reader.open_person(ana), "Ana")
    timeline.log_reply()
    box = child(timeline, QPlainTextEdit, "composer-text")
    qtbot.keyClicks(box, "It survived")
    with qtbot.waitSignal(timeline.logged) as heard:
        qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (message,) = heard.args
    assert (message.kind, message.text, message.at) == (MessageKind.RECEIVED, "It survived", desk.now)


def test_an_empty_reply_is_not_logged_and_escape_leaves(qtbot, desk, timeline: Timeline) -> None:
    ana = desk.add("Ana Moreno")
    timeline.show_history(desk.journal.reader.open_person(ana), "Ana")
    logged: list[Message] = []
    timeline.logged.connect(logged.append)
    timeline.log_reply()
    box = child(timeline, QPlainTextEdit, "composer-text")
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert logged == []
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: timeline.findChild(QPlainTextEdit, "composer-text") is None)


def test_a_week_from_now_is_planned(qtbot, desk, timeline: Timeline) -> None:
    ana = desk.add("Ana Moreno")
    timeline.show_history(desk.journal.reader.open_person(ana), "Ana")
    timeline.plan()
    assert child(timeline, QComboBox, "plan-when").currentText() == "in a week"
    why = child(timeline, QLineEdit, "plan-why")
    qtbot.keyClicks(why, "how the race went")
    with qtbot.waitSignal(timeline.planned) as heard:
        qtbot.keyClick(why, Qt.Key.Key_Return)
    day = desk.now.astimezone().date()
    assert heard.args == [FollowUp(day + timedelta(days=7), "how the race went")]


def test_a_plan_is_shown_and_done(qtbot, desk, timeline: Timeline) -> None:
    ana = desk.add("Ana Moreno")
    day = desk.now.astimezone().date()
    desk.plan(ana, day + timedelta(days=1), "the paint shop")
    timeline.show_history(desk.journal.reader.open_person(ana), "Ana")
    qtbot.waitUntil(lambda: "Come back tomorrow: the paint shop" in words(timeline))
    with qtbot.waitSignal(timeline.planned) as heard:
        qtbot.mouseClick(child(timeline, QPushButton, "plan-done"), Qt.MouseButton.LeftButton)
    assert heard.args == [None]


def test_what_they_wrote_is_never_markup(qtbot, desk, timeline: Timeline) -> None:
    ana = desk.add("Ana Moreno")
    desk.log(ana, MessageKind.RECEIVED, "<img src=x> & <b>bold</b>")
    timeline.show_history(desk.journal.reader.open_person(ana), "Ana")
    qtbot.waitUntil(lambda: "<img src=x> & <b>bold</b>" in words(timeline))


@pytest.mark.parametrize("ends", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
@pytest.mark.parametrize("opens", ["log_reply", "add_note", "plan"])
def test_the_keyboard_goes_back_to_where_it_was(qtbot, desk, opens: str, ends: Qt.Key) -> None:
    window = QWidget()
    first, letter, timeline = QPushButton("first"), QPlainTextEdit(), Timeline(desk.theme, desk.clock)
    layout = QVBoxLayout(window)
    for each in (first, letter, timeline):
        layout.addWidget(each)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    timeline.show_history(desk.journal.reader.open_person(desk.add("Ana Moreno")), "Ana")
    letter.setFocus()
    getattr(timeline, opens)()
    box = window.focusWidget()
    assert timeline.isAncestorOf(box)
    qtbot.keyClicks(box, "words")
    qtbot.keyClick(
        box, ends, Qt.KeyboardModifier.ControlModifier if opens != "plan" else Qt.KeyboardModifier.NoModifier
    )
    assert window.focusWidget() is letter


def test_folding_and_unfolding_leave_room_for_what_is_shown(qtbot, desk, timeline: Timeline) -> None:
    ana = desk.add("Ana Moreno")
    for days in range(9, 0, -1):
        desk.log(ana, MessageKind.RECEIVED, f"A letter of {days} days ago. " * 4, days_ago=days)
    timeline.show_history(desk.journal.reader.open_person(ana), "Ana")
    area = child(timeline, QScrollArea, "")
    fold = child(timeline, QPushButton, "history-fold")
    qtbot.wait(1)
    folded = area.height()
    line = timeline.fontMetrics().height()
    assert folded > 2 * line
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert area.height() > folded
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    qtbot.wait(1)
    assert area.height() == folded
