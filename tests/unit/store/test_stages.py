from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from warmnote.model import Message, MessageKind, Progress, Stage
from warmnote.store import Exchange, stage_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SENT, RECEIVED, NOTE, MEETING = MessageKind.SENT, MessageKind.RECEIVED, MessageKind.NOTE, MessageKind.MEETING


def log(*entries: tuple[MessageKind, float]) -> list[Message]:
    """Entries as (kind, days ago)."""
    return [Message(kind, "x", NOW - timedelta(days=days), id=n) for n, (kind, days) in enumerate(entries, 1)]


def received(*days_ago: float) -> list[Message]:
    return log(*((RECEIVED, days) for days in days_ago))


@pytest.mark.parametrize(
    ("messages", "stage"),
    [
        ([], Stage.FIRST_TOUCH),
        (log((SENT, 3), (SENT, 1)), Stage.FIRST_TOUCH),
        (log((NOTE, 3)), Stage.FIRST_TOUCH),
        (received(1), Stage.EXCHANGED_ONCE),
        (received(1, 1, 1), Stage.EXCHANGED_ONCE),  # three, but all on one day
        (received(2, 1), Stage.EXCHANGED_ONCE),  # two days, but only two
        (received(2, 1, 1), Stage.CONVERSATION),
        (received(200, 100, 45), Stage.CONVERSATION),
        (received(200, 100, 46), Stage.EXCHANGED_ONCE),
        (received(34, 30, 20, 10, 5, 5), Stage.CONVERSATION),  # six, but over 29 days
        (received(35, 30, 20, 10, 5, 5), Stage.RELATIONSHIP),
        (received(100, 90, 80, 70, 60), Stage.EXCHANGED_ONCE),  # five, and the latest too old for a conversation
        (received(140, 130, 120, 110, 100, 60), Stage.RELATIONSHIP),
        (log((MEETING, 10)), Stage.RELATIONSHIP),
        (log((SENT, 20), (MEETING, 10)), Stage.RELATIONSHIP),
    ],
)
def test_the_log_decides_the_stage(messages: list[Message], stage: Stage):
    assert stage_of(messages, NOW, UTC) is stage
    assert stage_of(reversed(messages), NOW, UTC) is stage


@pytest.mark.parametrize(
    ("days_ago", "stage"),
    [
        ((182,), Stage.EXCHANGED_ONCE),
        ((183,), Stage.FIRST_TOUCH),
        ((300, 290, 280, 270, 260, 182), Stage.RELATIONSHIP),
        ((300, 290, 280, 270, 260, 183), Stage.CONVERSATION),
        ((2000, 1990, 1980, 1970, 1960, 1900), Stage.CONVERSATION),
    ],
)
def test_six_silent_months_take_one_stage(days_ago: tuple[float, ...], stage: Stage):
    assert stage_of(received(*days_ago), NOW, UTC) is stage


def test_letters_that_nobody_answers_do_not_break_the_silence():
    assert stage_of(log((RECEIVED, 190), (SENT, 5)), NOW, UTC) is Stage.FIRST_TOUCH


def test_a_call_breaks_the_silence_and_an_old_one_fades():
    assert stage_of(log((RECEIVED, 300), (MEETING, 5)), NOW, UTC) is Stage.RELATIONSHIP
    assert stage_of(log((MEETING, 183)), NOW, UTC) is Stage.CONVERSATION


def test_days_are_those_of_the_users_calendar():
    """Half past eleven and half past twelve at night: one day in one place, two in the other."""
    late = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)
    messages = [Message(RECEIVED, "x", late + timedelta(hours=h)) for h in (0, 0.5, 1)]
    assert stage_of(messages, NOW, UTC) is Stage.EXCHANGED_ONCE
    assert stage_of(messages, NOW, ZoneInfo("Europe/Madrid")) is Stage.CONVERSATION
    assert stage_of(messages, NOW, ZoneInfo("Pacific/Auckland")) is Stage.EXCHANGED_ONCE


def test_the_forty_fifth_day_ends_at_the_users_midnight():
    madrid = ZoneInfo("Europe/Madrid")
    messages = received(60, 50, 45)
    last = messages[-1].at.astimezone(madrid).replace(hour=23, minute=59)
    messages[-1] = Message(RECEIVED, "x", last)
    still = (last + timedelta(days=45)).replace(hour=23, minute=59)
    assert stage_of(messages, still, madrid) is Stage.CONVERSATION
    assert stage_of(messages, still + timedelta(minutes=2), madrid) is Stage.EXCHANGED_ONCE


def test_moments_may_come_in_any_zone():
    zone = ZoneInfo("America/New_York")
    assert stage_of([Message(m.kind, m.text, m.at.astimezone(zone)) for m in received(2, 1, 1)], NOW, UTC) is Stage(2)


@pytest.mark.parametrize(
    ("messages", "progress"),
    [
        ([], Progress.NEW),
        (log((NOTE, 1)), Progress.NEW),
        (log((SENT, 1)), Progress.GREETED),
        (received(1), Progress.REPLIED),
        (log((SENT, 2), (RECEIVED, 1)), Progress.REPLIED),
        (received(400), Progress.REPLIED),  # the stage has dropped to first touch; that they answered has not
        (received(2, 1, 1), Progress.TALKING),
        (log((MEETING, 1)), Progress.TALKING),
    ],
)
def test_the_card_shows_four_steps(messages: list[Message], progress: Progress):
    assert Exchange.of(messages).progress(NOW, UTC) is progress


@pytest.mark.parametrize(
    ("messages", "unanswered", "waiting"),
    [
        ([], 0, False),
        (log((SENT, 3), (SENT, 2)), 2, False),
        (log((SENT, 3), (RECEIVED, 2)), 0, True),
        (log((RECEIVED, 3), (SENT, 2), (NOTE, 1)), 1, False),
        (log((RECEIVED, 3), (NOTE, 1)), 0, True),
        (log((SENT, 4), (SENT, 3), (MEETING, 2), (SENT, 1)), 1, False),
        (log((RECEIVED, 3), (MEETING, 2)), 0, False),
        (log((SENT, 1), (RECEIVED, 1)), 0, True),  # the same moment: the order of entry counts
        (log((RECEIVED, 1), (SENT, 1)), 1, False),
    ],
)
def test_who_had_the_last_word(messages: list[Message], unanswered: int, waiting: bool):
    state = Exchange.of(messages)
    assert (state.unanswered, state.waiting) == (unanswered, waiting)
