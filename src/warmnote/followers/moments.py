"""Instants as exports write them: a day in any of the ways that `dates` knows, with a clock and perhaps a zone behind it."""

import re
from datetime import UTC, datetime, time, timedelta, timezone

from warmnote.followers import dates

__all__ = ["read"]

_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([ap]\.?m\b)?", re.IGNORECASE)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})\b")


def read(value: str, *, day_first: bool = False) -> datetime | None:
    """The instant in UTC that `value` names; None if it names none. Where no zone is told, the clock counts as UTC."""
    try:
        found = datetime.fromisoformat(f"{value[:-4]}+00:00" if value.endswith(" UTC") else value)
    except ValueError:
        found = _loose(value, day_first=day_first)
    if found is None or found.tzinfo is UTC:
        return found
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:  # on the first or the last day there is
        return None


def _loose(value: str, *, day_first: bool) -> datetime | None:
    day = dates.read(value, day_first=day_first)
    if day is None:
        return None
    clock = _CLOCK.search(value)
    if clock is None:
        return datetime.combine(day, time(), UTC)
    hour = int(clock[1])
    if clock[4]:
        hour = hour % 12 + (12 if clock[4][0] in "pP" else 0)
    try:
        at = time(hour, int(clock[2]), int(clock[3] or 0))
    except ValueError:
        return datetime.combine(day, time(), UTC)
    offset = _OFFSET.search(value, clock.end())
    if offset is None:
        return datetime.combine(day, at, UTC)
    ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
    zone = timezone(ahead if offset[1] == "+" else -ahead) if ahead < timedelta(days=1) else UTC
    return datetime.combine(day, at, zone)
