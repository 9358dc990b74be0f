"""Instants as whole microseconds in UTC and days as ISO dates: how both stand in the file."""

from datetime import UTC, date, datetime, timedelta

__all__ = ["day", "from_day", "from_moment", "moment"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def from_moment(at: datetime) -> int:
    """An aware datetime as it is stored. Raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return (at - _EPOCH) // _MICROSECOND


def moment(stored: int) -> datetime:
    """The aware datetime, in UTC, of what is stored."""
    return _EPOCH + timedelta(microseconds=stored)


def from_day(on: date | None) -> str | None:
    """A date as it is stored."""
    return None if on is None else on.isoformat()


def day(stored: str | None) -> date | None:
    """The date of what is stored."""
    return None if stored is None else date.fromisoformat(stored)
