from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmnote.networks._limits import allowance

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
NAMES = ["date", "retry-after", "ratelimit-remaining", "ratelimit-reset", "x-ratelimit-remaining", "x-ratelimit-reset"]


@pytest.mark.parametrize("value", ["", "soon", "-5", "nan", "inf", "1e300", "99999999999999999999", "2026-13-45"])
def test_nonsense_is_not_told(value):
    found = allowance({"retry-after": value, "ratelimit-reset": value, "ratelimit-remaining": value}, NOW)
    assert (found.retry_at, found.reset, found.left) == (None, None, None)


def test_a_reset_that_has_passed_is_now():
    assert allowance({"x-ratelimit-reset": "2020-01-01T00:00:00Z"}, NOW).reset == NOW


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40) | st.integers().map(str) | st.datetimes().map(str)))
def test_any_header_gives_a_moment_within_two_days_or_none(headers):
    found = allowance(headers, NOW)
    for at in (found.reset, found.retry_at):
        assert at is None or NOW <= at <= NOW + timedelta(days=2)
    assert found.left is None or found.left >= 0
