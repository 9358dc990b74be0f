"""One entry of a list in a download from Meta: what is written in it, whatever year it is from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

from warmnote import accounts
from warmnote.followers import dates, jsons, text
from warmnote.model import Network

__all__ = ["Listed", "address", "listed"]

_SHOWN = 40
_NETWORKS = (Network.INSTAGRAM, Network.THREADS, Network.FACEBOOK)
_THREADS = re.compile(r"https?://(?:www\.)?threads\.(?:net|com)/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry as it is written. `doubt` is a date that cannot be read; `labels` are (label, value) of the newest shape."""

    value: str = ""
    href: str = ""
    title: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    seconds: int | None = None
    day: date | None = None
    doubt: str = ""
    email: str = ""


def address(one: Listed) -> accounts.Account | None:
    """The account that an entry's address, or one among its labels, leads to."""
    for written in (one.href, *(value for _, value in one.labels)):
        if "/" in written and (account := accounts.profile(written)):
            if account.network in _NETWORKS:
                return account
        elif _THREADS.match(written):  # without the @ that Threads itself puts before a name
            return accounts.by_handle(Network.THREADS, written.rstrip("/").rpartition("/")[2])
    return None


def listed(item: object) -> Iterator[Listed | None]:
    """What one item of a list says: usually one entry, and None for one that holds nothing."""
    if isinstance(item, str):
        yield Listed(value=text.line(text.clean(item)))
    elif inner := jsons.list_of(item, "string_list_data"):
        title = jsons.text_of(item, "title") if len(inner) == 1 else ""
        for one in inner:
            yield _entry(cast("object", one), item, title, ()) if isinstance(one, dict) else None
    elif isinstance(item, dict):
        whole = cast("dict[str, object]", item)
        labels = tuple(_labels(whole)) if "label_values" in whole else ()
        yield _entry(whole, whole, jsons.text_of(whole, "title"), labels)
    else:
        yield None


def _entry(inner: object, outer: object, title: str, labels: tuple[tuple[str, str], ...]) -> Listed:
    seconds = jsons.seconds_of(inner, "timestamp")
    day, doubt = jsons.day_of(seconds), ""
    if day is None:
        seconds = jsons.seconds_of(outer, "timestamp") or (_moment(outer) if labels else None)
        day = jsons.day_of(seconds)
    if day is None and (written := _written(inner, "timestamp")):
        day = dates.read(written) if len(written) < _SHOWN else None
        doubt = "" if day else written
    contact = jsons.text_of(inner, "contact_info")
    return Listed(
        jsons.text_of(inner, "value") or jsons.text_of(inner, "name"),
        jsons.text_of(inner, "href"),
        title,
        labels,
        seconds,
        day,
        doubt,
        contact if "@" in contact else "",
    )


def _written(item: object, key: str) -> str:
    """A date that is no number of seconds, as it may be shown; nothing for the ways to say that there is none."""
    value = jsons.value_of(item, key)
    number = jsons.number_of(item, key)
    if value is None or value == "" or isinstance(value, bool) or (number is not None and number < 1):
        return ""
    if isinstance(value, str | int | float):
        try:
            return text.line(text.clean(str(value)))[:_SHOWN]
        except ValueError:  # an integer of thousands of digits
            return "a number out of all bounds"
    return "something else than a time"


def _labels(item: object, key: str = "label_values") -> Iterator[tuple[str, str]]:
    for one in jsons.list_of(item, key):
        label = jsons.text_of(one, "label")
        for field in ("href", "value"):
            if found := jsons.text_of(one, field):
                yield label, found
        if key == "label_values":
            yield from _labels(one, "dict")


def _moment(item: object) -> int | None:
    """The time of an entry of the newest shape, which may stand among its labels."""
    return next(
        filter(None, (jsons.seconds_of(one, "timestamp_value") for one in jsons.list_of(item, "label_values"))), None
    )
