"""Days and moments as people say them: "2 days ago", "2 d", "Monday". The user's own calendar, English."""

from datetime import date, datetime

__all__ = ["ago", "day_of", "full_day", "long_day", "planned", "short_ago"]

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_of(moment: date | datetime) -> date:
    """The day of a moment in the user's own time zone; a plain day stays what it is."""
    return moment.astimezone().date() if isinstance(moment, datetime) else moment


def ago(moment: date | datetime, now: datetime) -> str:
    """How long ago, in words: "just now", "2 hours ago", "yesterday", "3 weeks ago", "in March 2024".

    A plain day, of which the hour is not known, is never nearer than "today".
    """
    if isinstance(moment, datetime):
        minutes = (now - moment).total_seconds() / 60
        if minutes < 1.5:
            return "just now"
        if minutes < 60:
            return f"{minutes:.0f} minutes ago"
        if day_of(moment) == day_of(now):
            hours = round(minutes / 60)
            return "an hour ago" if hours == 1 else f"{hours} hours ago"
    days = (day_of(now) - day_of(moment)).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    for size, unit, limit in ((1, "day", 14), (7, "week", 60), (30, "month", 365)):
        if days < limit:
            count = days // size
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return f"in {_MONTHS[day_of(moment).month - 1]} {day_of(moment).year}"


def short_ago(moment: date | datetime, now: datetime) -> str:
    """The same for a narrow column: "today", "2 d", "3 w", "5 mo", "2 y"."""
    days = (day_of(now) - day_of(moment)).days
    if days <= 0:
        return "today"
    for size, unit, limit in ((1, "d", 7), (7, "w", 60), (30, "mo", 365)):
        if days < limit:
            return f"{days // size} {unit}"
    return f"{days // 365} y"


def long_day(day: date, today: date) -> str:
    """A day with its month, and its year where it is not this one: "Mon 30 Nov", "7 Jun 2024"."""
    if day.year == today.year:
        return f"{_WEEKDAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1]}"
    return full_day(day)


def full_day(day: date) -> str:
    """A day with its year: "21 Nov 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def planned(day: date, today: date) -> str:
    """A day to come back on: "today", "tomorrow", "Friday", "Mon 14 Dec", or "3 days ago" when it has passed."""
    days = (day - today).days
    if days == 0:
        return "today"
    if days == 1:
        return "tomorrow"
    if 1 < days < 7:
        return _WEEKDAYS[day.weekday()]
    if days == -1:
        return "yesterday"
    if -14 < days < 0:
        return f"{-days} days ago"
    return long_day(day, today)
