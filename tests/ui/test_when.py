"""Days and moments in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from warmnote.ui.when import ago, long_day, planned, short_ago

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=14), "14 minutes ago"),
        (timedelta(minutes=70), "an hour ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=13), "13 days ago"),
        (timedelta(days=21), "3 weeks ago"),
        (timedelta(days=100), "3 months ago"),
        (timedelta(days=600), "in April 2025"),
    ],
)
def test_ago(gone: timedelta, words: str) -> None:
    expected = words.replace("April", "Apr")
    assert ago(NOW - gone, NOW) == expected


def test_a_day_without_an_hour_is_never_nearer_than_today() -> None:
    assert ago(date(2026, 11, 23), NOW) == "today"
    assert short_ago(date(2026, 11, 23), NOW) == "today"


def test_a_day_in_the_future_does_not_go_wrong() -> None:
    assert ago(date(2026, 11, 29), NOW) == "today"


@pytest.mark.parametrize(("days", "words"), [(2, "2 d"), (8, "1 w"), (70, "2 mo"), (800, "2 y")])
def test_short(days: int, words: str) -> None:
    assert short_ago(NOW - timedelta(days=days), NOW) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "tomorrow"), (4, "Friday"), (21, "Mon 14 Dec"), (-1, "yesterday"), (-3, "3 days ago")],
)
def test_planned(days: int, words: str) -> None:
    today = date(2026, 11, 23)
    assert planned(today + timedelta(days=days), today) == words


def test_another_year_is_named() -> None:
    assert long_day(date(2024, 6, 7), date(2026, 11, 23)) == "7 Jun 2024"
