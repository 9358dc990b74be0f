"""Lists of profiles in JSON, as exporters for the browser write them: the account's number with a name and a bio."""

import re
from collections.abc import Callable

from warmnote import accounts
from warmnote.followers import jsons
from warmnote.followers.container import Container, Entry, Form
from warmnote.followers.gather import Gathering
from warmnote.followers.watch import Watch
from warmnote.followers.x.elements import Elements
from warmnote.model import Batch, Expected, Fact, Incoming, Link, Network

__all__ = ["recognise"]

_SOURCE = "X followers"
_NUMBER = re.compile(r"[1-9]\d{0,19}", re.ASCII)
# The keys of twitter-web-exporter, then those of other tools.
_ID = ("id", "rest_id", "userId", "id_str")
_HANDLE = ("screen_name", "username", "userName", "screenName")
_NAME = ("name", "displayName", "fullname")
_BIO = ("description", "bio")
_WEBSITE = ("website", "websiteUrl")
_ONLY_X = ("screen_name", "followers_count", "followersCount", "statuses_count", "statusesCount", "rest_id")


def recognise(container: Container) -> Callable[[Watch], Batch] | None:
    """The reading of an exporter's list, be it the only JSON in a zip; None if the container is none."""
    entries = [entry for entry in container.entries if container.form is Form.FILE or entry.base.endswith(".json")]
    if len(entries) != 1:
        return None
    entry = entries[0]
    try:
        head = container.head(entry)
    except Expected:
        return None  # locked or damaged: whoever reads the container next says so
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        return None
    first = next(iter(Elements(iter([head]))), None)
    if not _is_profile(first):
        return None
    return lambda watch: _read(container, entry, watch)


def _is_profile(value: object) -> bool:
    known = bool(_first(value, _HANDLE)) and bool(_first(value, _ID) or _first(value, _NAME))
    return known and any(jsons.value_of(value, key) is not None for key in _ONLY_X)


def _read(container: Container, entry: Entry, watch: Watch) -> Batch:
    gathering = Gathering()
    elements = Elements(container.pieces(entry))
    notes: list[str] = []
    others = row = 0
    for row, element in enumerate(elements, 1):
        if row % watch.EVERY == 0:
            watch.check()
        if _follows(element) is False:
            others += 1
            gathering.skip(row, "does not follow you, as the list says")
        elif (person := _person(element, row, gathering)) is not None:
            gathering.add(person)
    if others and others == row:
        raise Expected(
            f"Nobody in “{container.origin}” follows you: this is a list of people whom you follow, or of someone else's followers.",
            "Export the page of your own followers.",
        )
    if elements.broken:
        notes.append(
            f"The file breaks off after {row:,} {'entry' if row == 1 else 'entries'}. Export the list again to get the rest."
        )
    notes.append("The list has no days of following.")
    return Batch(
        _SOURCE,
        Network.X,
        container.origin,
        tuple(gathering.people),
        tuple(gathering.skipped),
        tuple(gathering.problems),
        "UTF-8",
        None,
        tuple(notes),
    )


def _follows(element: object) -> bool | None:
    """Whether the account follows the user; None if the list does not say."""
    said = jsons.value_of(element, "followed_by")
    if isinstance(said, bool):
        return said
    return {"YES": True, "NO": False}.get(said.upper()) if isinstance(said, str) else None


def _person(element: object, row: int, gathering: Gathering) -> Incoming | None:
    number, written = _first(element, _ID), _first(element, _HANDLE)
    account = accounts.by_handle(Network.X, written) if written else None
    if not _NUMBER.fullmatch(number):
        if account is None:
            gathering.skip(row, "no account number and no handle")
            return None
        if number:
            gathering.mind(row, "id", f"“{number}” is not an account number; the handle is used instead")
    sure = _NUMBER.fullmatch(number) is not None
    handle = account.handle if account is not None else ""
    website = _first(element, _WEBSITE)
    linked = accounts.profile(website) if website else None
    return Incoming(
        row=row,
        network=Network.X,
        key=number if sure or account is None else account.key,
        name=_first(element, _NAME) or handle or f"X user …{number[-4:]}",
        handle=handle,
        url=f"https://x.com/i/user/{number}" if sure or account is None else account.url,
        bio=next(filter(None, (jsons.paragraphs_of(element, key) for key in _BIO)), ""),
        location=jsons.text_of(element, "location"),
        facts=(Fact("website", website, "X profile"),) if website else (),
        links=(Link(linked.network, linked.key),) if linked is not None else (),
    )


def _first(value: object, keys: tuple[str, ...]) -> str:
    return next(filter(None, (jsons.text_of(value, key) for key in keys)), "")
