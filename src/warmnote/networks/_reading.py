"""Reading what a server sent: nothing is where it should be until it was looked at.

Text comes out without control characters, lone surrogates and direction overrides, and of bounded length.
"""

import re
from datetime import UTC, date, datetime
from typing import Any, cast

__all__ = ["day", "entry", "flag", "line", "listed", "moment", "number", "paragraphs", "web_address"]

_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_GAPS = re.compile(r"\n{3,}")
_WEB = re.compile(r"https?://[^\s/?#]+\.[^\s]+", re.IGNORECASE)
_LINE = 500
_TEXT = 20_000


def entry(value: object) -> dict[str, Any]:
    """A JSON object, or an empty one for anything else."""
    return cast(dict[str, Any], value) if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """A JSON list, or an empty one for anything else."""
    return cast(list[Any], value) if isinstance(value, list) else []


def line(value: object) -> str:
    """A text on one line; empty for anything but a text."""
    if not isinstance(value, str):
        return ""
    text = " ".join(_UNWANTED.sub("", value[: 4 * _TEXT]).split())
    return text if len(text) <= _LINE else f"{text[: _LINE - 1].rstrip()}…"


def paragraphs(value: object) -> str:
    """A text that may hold line breaks, at most one empty line in a row; empty for anything but a text."""
    if not isinstance(value, str):
        return ""
    lines = [" ".join(part.split()) for part in _UNWANTED.sub("", value[: 4 * _TEXT]).splitlines()]
    text = _GAPS.sub("\n\n", "\n".join(lines)).strip()
    return text if len(text) <= _TEXT else f"{text[: _TEXT - 1].rstrip()}…"


def number(value: object) -> int | None:
    """A whole number from 0 on; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def flag(value: object) -> bool:
    """Whether the value is JSON's true, and nothing that merely looks like it."""
    return value is True


def moment(value: object) -> datetime | None:
    """An ISO date with a time, in UTC; None for anything else."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day(value: object) -> date | None:
    """The day of a moment in this machine's calendar."""
    at = moment(value)
    try:
        return None if at is None else at.astimezone().date()
    except (ValueError, OverflowError, OSError):
        return None


def web_address(value: object) -> str:
    """An http address, with the scheme added where people leave it out; empty if it is none."""
    text = line(value)
    if text and "://" not in text and not text.startswith(("mailto:", "@")):
        text = f"https://{text}"
    return text if _WEB.fullmatch(text) else ""
