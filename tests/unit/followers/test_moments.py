from datetime import UTC, datetime

import pytest

from warmnote.followers import moments


@pytest.mark.parametrize(
    ("value", "day_first", "expected"),
    [
        ("2026-06-07 09:41:00 UTC", False, datetime(2026, 6, 7, 9, 41, tzinfo=UTC)),
        ("2026-06-07T09:41:00.000Z", False, datetime(2026, 6, 7, 9, 41, tzinfo=UTC)),
        ("2026-06-07T09:41:00+02:00", False, datetime(2026, 6, 7, 7, 41, tzinfo=UTC)),
        ("2026-06-07", False, datetime(2026, 6, 7, tzinfo=UTC)),
        ("6/7/26, 9:41 AM", False, datetime(2026, 6, 7, 9, 41, tzinfo=UTC)),
        ("6/7/26, 9:41\u202fPM", False, datetime(2026, 6, 7, 21, 41, tzinfo=UTC)),
        ("6/7/26, 12:05 AM", False, datetime(2026, 6, 7, 0, 5, tzinfo=UTC)),
        ("6/7/26, 12:05 PM", False, datetime(2026, 6, 7, 12, 5, tzinfo=UTC)),
        ("07/06/2026 15:04", True, datetime(2026, 6, 7, 15, 4, tzinfo=UTC)),
        ("07.06.2026 15:04:59", False, datetime(2026, 6, 7, 15, 4, 59, tzinfo=UTC)),
        ("7 Jun 2026 15:04 -0330", False, datetime(2026, 6, 7, 18, 34, tzinfo=UTC)),
        ("6/7/26, 25:99", False, datetime(2026, 6, 7, tzinfo=UTC)),
        ("9999-12-31T23:00:00-05:00", False, None),
        ("soon", False, None),
        ("", False, None),
    ],
)
def test_a_moment(value, day_first, expected):
    found = moments.read(value, day_first=day_first)
    assert found == expected
    assert found is None or found.tzinfo is UTC or found.utcoffset() == UTC.utcoffset(None)
