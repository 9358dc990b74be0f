"""What servers say of their patience: Retry-After and the two families of rate-limit headers.

`Reset` is seconds from now (the draft standard), a number of seconds since 1970 (Bluesky, GitHub) or an ISO date
(Mastodon). Moments are reckoned by the server's own clock where it tells it, since this machine's may be wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

__all__ = ["Allowance", "allowance"]

_A_DATE = 1_000_000_000  # numbers from here on are seconds since 1970, below it seconds from now
_LONGEST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many questions are left (None: not told) until `reset`, and when a refused one may be asked again."""

    left: int | None = None
    reset: datetime | None = None
    retry_at: datetime | None = None


def allowance(headers: Mapping[str, str], now: datetime) -> Allowance:
    """What the headers of an answer that came at `now` allow. Senseless values count as not told."""
    server = _http_date(headers.get("date", "")) or now
    drift = now - server
    left = _count(headers.get("ratelimit-remaining") or headers.get("x-ratelimit-remaining"))
    reset = _moment(headers.get("ratelimit-reset") or headers.get("x-ratelimit-reset"), server)
    retry = _moment(headers.get("retry-after"), server)
    return Allowance(left, _sane(reset, drift, now), _sane(retry, drift, now))


def _sane(at: datetime | None, drift: timedelta, now: datetime) -> datetime | None:
    if at is None:
        return None
    here = at + drift
    return min(max(here, now), now + _LONGEST)


def _count(value: str | None) -> int | None:
    value = (value or "").strip()
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None


def _moment(value: str | None, server: datetime) -> datetime | None:
    value = (value or "").strip()
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        return _iso_date(value) or _http_date(value)
    if not 0 <= seconds < 1e11:
        return None
    try:
        return (
            datetime.fromtimestamp(seconds, UTC)
            if seconds >= _A_DATE
            else server + min(timedelta(seconds=seconds), _LONGEST)
        )
    except (OverflowError, OSError, ValueError):
        return None


def _iso_date(value: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return _aware(found)


def _http_date(value: str) -> datetime | None:
    if not value:
        return None
    try:
        return _aware(parsedate_to_datetime(value))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _aware(found: datetime) -> datetime | None:
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
