"""Days as people say them."""

from datetime import date

__all__ = ["age_of", "gap_of", "last_day_of", "month_of", "when"]

_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NEAR = {-1: "tomorrow", 0: "today", 1: "yesterday"}
_NUMBERS = "zero one two three four five six seven eight nine ten eleven".split()


def when(day: date, today: date) -> str:
    """A day seen from today: "yesterday", "5 days ago", "3 Nov", "Nov 2024"; "tomorrow", "in 5 days" if it is to come."""
    days = (today - day).days
    if days in _NEAR:
        return _NEAR[days]
    if -14 < days < 0:
        return f"in {-days} days"
    if days < 14:
        return f"{days} days ago"
    month = _MONTHS[day.month - 1][:3]
    return f"{day.day} {month}" if -330 < days < 330 else f"{month} {day.year}"


def age_of(days: int) -> str:
    """How old something of more than a year is: "16 months", "3 years"."""
    months = round(days / 30.44)
    return f"{months} months" if months < 24 else f"{days // 365} years"


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


def last_day_of(day: date, today: date) -> str:
    """A day of the past as one would thank for it: "today", "yesterday", "on Thursday", "last week", "on 3 November"."""
    days = (today - day).days
    if days in (0, 1):
        return _NEAR[days]
    if 1 < days < 7:
        return f"on {_DAYS[day.weekday()]}"
    return "last week" if 7 <= days < 11 else f"on {day.day} {month_of(day)}"
