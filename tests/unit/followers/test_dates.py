from datetime import date

import pytest

from warmnote.followers import dates


@pytest.mark.parametrize(
    "value",
    [
        "07 Jun 2026", "7 Jun 2026", "7-Jun-26", "07-Jun-2026", "07. Jun 26", "7. Juni 2026", "7 juin 2026", "7 de junio de 2026",
        "7 de junho de 2026", "7 giugno 2026", "7 juni 2026", "June 7, 2026", "Jun 7th, 2026, 3:04 PM", "7th June 2026",
        "6/7/26", "6/7/2026, 3:04 PM", "07.06.2026", "7.6.26 15:04", "2026-06-07", "2026/06/07", "2026-06-07 09:41:00 UTC",
        "2026-06-07T23:59:59-11:00", "20260607", "Sun, 07 Jun 2026 09:41:00 +0000", "Sun Jun 07 09:41:00 +0000 2026", "46180",
        "46180.5", "1780790400", "1780790400000",
    ],
)  # fmt: skip
def test_one_day_in_many_hands(value):
    assert dates.read(value) == date(2026, 6, 7)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1. März 2024", 3),
        ("15 févr. 2024", 2),
        ("3 août 2024", 8),
        ("1 ene 2024", 1),
        ("9 dez 2024", 12),
        ("2 Okt. 2024", 10),
        ("31-déc-2024", 12),
        ("7 июня 2024", 6),
        ("янв. 01, 2024 10:00 утра", 1),
        ("Ağu 01, 2024 10:00 öö", 8),
        ("2 Kasım 2024", 11),
        ("7 paź 2024", 10),
        ("12月 01, 2024 10:00 午前", 12),
        ("2024年6月7日 10:00", 6),
        ("2024. 6. 7. 오전 10:00", 6),
    ],
)
def test_months_of_other_languages(value, expected):
    assert dates.read(value).month == expected


@pytest.mark.parametrize(
    "value",
    ["31 Feb 2024", "07 Foo 2026", "13/25/2024", "soon", "", "2024", "99999", "0000-01-01", "6/7/018", "07 Jun 20266"],
)
def test_what_is_not_a_day(value):
    assert dates.read(value) is None


def test_the_order_of_day_and_month():
    assert dates.read("3/4/2025", day_first=True) == date(2025, 4, 3)
    assert dates.read("3/4/2025", day_first=False) == date(2025, 3, 4)
    assert dates.read("25/4/2025", day_first=False) == date(2025, 4, 25)
    assert dates.read("3.4.2025", day_first=False) == date(2025, 4, 3)


@pytest.mark.parametrize(
    ("values", "delimiter", "day_first", "doubtful"),
    [
        (["3/4/25", "25/4/25"], ",", True, ""),
        (["3/4/25", "4/25/25"], ";", False, ""),
        (["3/4/25"], ",", False, "3/4/25"),
        (["3/4/25"], ";", True, "3/4/25"),
        (["3/4/25, 3:04 PM"], ";", False, "3/4/25, 3:04 PM"),
        (["3/3/25"], ";", False, ""),
        (["03 Apr 2025"], ";", False, ""),
        (["3.4.25"], ",", False, ""),
        # Newest first only if the day comes first.
        ([f"{day}/{month}/25" for month in (6, 5, 4) for day in (11, 8, 2)], ",", True, "11/6/25"),
        ([f"{month}/{day}/25" for month in (6, 5, 4) for day in (11, 8, 2)], ";", False, "6/11/25"),
    ],
)
def test_a_column_is_read_in_one_order(values, delimiter, day_first, doubtful):
    reading = dates.survey(values, delimiter=delimiter)
    assert (reading.day_first, reading.doubtful) == (day_first, doubtful)
    assert bool(reading.note) == bool(doubtful)


@pytest.mark.parametrize("value", ["", " ", "0/0/00", "0000-00-00", "N/A", "-"])
def test_ways_to_write_no_date(value):
    assert dates.absent(value)


def test_the_locale_plays_no_part():
    import locale

    before = locale.setlocale(locale.LC_TIME)
    try:
        for name in ("de_DE.UTF-8", "C.UTF-8", "C"):
            try:
                locale.setlocale(locale.LC_TIME, name)
            except locale.Error:
                continue
            dates.read.cache_clear()
            assert dates.read("07 May 2026") == date(2026, 5, 7)
    finally:
        locale.setlocale(locale.LC_TIME, before)
