"""When the meter reads, and what of it is shown."""

import pytest
from PySide6.QtCore import QObject

from warmnote.coldness import About
from warmnote.ui.letter.live import LiveMeter
from warmnote.ui.tasks import Tasks


@pytest.fixture
def live(qtbot, qapp, meter):
    owner = QObject()
    tasks = Tasks(lambda error: pytest.fail(repr(error)))
    owner.text = ""
    made = LiveMeter(owner, meter, tasks, lambda: owner.text)
    made.readings = []
    made.grades = []
    made.read.connect(lambda reading, text: made.readings.append((reading, text)))
    made.graded.connect(made.grades.append)
    made.owner = owner
    yield made
    made.stop()
    tasks.close()


LONG = "I saw that your kiln cracked in the night and I hope you could save some of the pots."


def test_keys_in_a_row_are_read_once_after_the_last(live, qtbot):
    for number in range(1, 6):
        live.owner.text = LONG[: number * 10]
        live.touch()
        qtbot.wait(20)
    assert live.readings == []
    assert live.pending
    qtbot.waitUntil(lambda: bool(live.readings))
    assert [text for _, text in live.readings] == [LONG[:50]]
    assert not live.pending


def test_something_new_about_the_person_is_read_at_once_and_the_same_is_not(live):
    live.owner.text = LONG
    live.about(About(name="Ana"))
    assert len(live.readings) == 1
    live.about(About(name="Ana"))
    assert len(live.readings) == 1


def test_the_grade_follows(live, qtbot):
    live.owner.text = LONG
    live.now()
    qtbot.waitUntil(lambda: bool(live.grades), timeout=20_000)
    assert 2 < live.grades[-1] < 9


def test_a_grade_of_an_older_text_is_dropped(live, qtbot):
    live.owner.text = LONG
    live.now()
    live._grade()
    live.touch()
    qtbot.waitUntil(lambda: live._tasks.pending == 0, timeout=20_000)
    assert live.grades == []


def test_after_stop_nothing_is_read(live, qtbot):
    live.owner.text = LONG
    live.touch()
    live.stop()
    qtbot.wait(200)
    assert live.readings == []


def test_a_text_that_takes_long_is_read_less_often(live, qtbot, monkeypatch, meter):
    from time import sleep

    read = meter.read
    monkeypatch.setattr(meter, "read", lambda text, about: (sleep(0.08), read(text, about))[1])
    live.owner.text = LONG
    live.now()
    assert live._pause.interval() >= 240
    monkeypatch.undo()
    live.now()
    assert live._pause.interval() == 120
