"""Days as people say them."""

from datetime import date

__all__ = ["gap_of", "month_of", "when"]

_MONTHS = "January February March April May June July August September October November December".split()
_NUMBERS = "zero one two three four five six seven eight nine ten eleven".split()


def when(day: date, today: date) -> str:
    """A day seen from today: "yesterday", "5 days ago", "3 Nov", "Nov 2024"."""
    days = (today - day).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 14:
        return f"{days} days ago"
    month = _MONTHS[day.month - 1][:3]
    return f"{day.day} {month}" if days < 330 else f"{month} {day.year}"


def gap_of(days: int) -> str:
    """A length of time in words, to the month: "two months", "a year", "more than two years"."""
    months = round(days / 30.44)
    if months < 12:
        return f"{_NUMBERS[months]} months" if months > 1 else "a month"
    years = days // 365 or 1
    return (
        "a year"
        if years == 1 and months < 18
        else f"more than {'a year' if years == 1 else f'{_NUMBERS[min(years, 11)]} years'}"
    )


def month_of(day: date) -> str:
    """The month's name."""
    return _MONTHS[day.month - 1]
