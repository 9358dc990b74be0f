"""Followers on Instagram and Threads, from the download that Meta offers, as JSON or as HTML, of every year.

The key is the user name in lower case. Whoever follows on both networks has an account on each; the lists are kept
apart. People whom the user has blocked or restricted are marked, or told to the notebook should it know them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from warmnote import accounts
from warmnote.followers import dates, jsons, meta
from warmnote.followers.container import Container, Form
from warmnote.followers.entries import Listed
from warmnote.followers.labels import USER_NAME
from warmnote.followers.meta import Kind, List, Source
from warmnote.followers.watch import Watch
from warmnote.model import Batch, Expected, Incoming, Knowledge, Network, Problem

__all__ = ["recognise"]

_NETWORKS = (Network.INSTAGRAM, Network.THREADS)
_PART = 10_000  # Instagram begins a new file after so many followers
_USER = re.compile(r"@?(?=[._]*[A-Za-z0-9])[A-Za-z0-9._]{1,30}")
_HREF = re.compile(r"(?:https?:)?//[^/]+/(?:_u/)?@?([^/?#]+)/?(?:[?#].*)?", re.IGNORECASE | re.DOTALL)
_GONE = "__deleted__"
_WHAT = {
    Kind.FOLLOWING: "the accounts that you follow",
    Kind.REQUESTS: "requests to follow you",
    Kind.OTHER: "another list of the same download",
    Kind.UNTOLD: "a list of accounts, but nothing in it says whose",
}
_ALL_TIME = "Choose “All time” as the date range when you order the download: a shorter one leaves followers out."


_Found = list[tuple[Source, List]]


@dataclass(slots=True)
class _Follower:
    row: int
    account: accounts.Account
    name: str
    day: date | None


@dataclass(slots=True)
class _Reading:
    """What is gathered of one network while its lists are walked; `row` counts the entries of all files."""

    network: Network
    people: dict[str, _Follower] = field(default_factory=dict[str, _Follower])
    unwanted: dict[str, accounts.Account] = field(default_factory=dict[str, accounts.Account])
    skipped: list[Problem] = field(default_factory=list[Problem])
    problems: list[Problem] = field(default_factory=list[Problem])
    row: int = 0
    requests: int = 0
    undated: int = 0
    broken: bool = False
    followers: _Found = field(default_factory=list[tuple[Source, List]])


def recognise(container: Container) -> Callable[[Watch], Batch] | None:
    """The reading of the container's followers; None if it holds no list of Instagram's or Threads'."""
    sources = [source for source in meta.survey(container) if source.networks & set(_NETWORKS)]
    return (lambda watch: _read(container, sources, watch)) if sources else None


def _read(container: Container, sources: Sequence[Source], watch: Watch) -> Batch:
    readings = {network: _Reading(network) for network in _NETWORKS}
    found: _Found = []
    failed: list[Expected] = []
    for source in _preferred(sources):
        watch.check()
        try:
            found += [(source, one) for one in meta.lists(container, source)]
        except Expected as error:
            failed.append(error)
            if Kind.FOLLOWERS in source.kinds:
                for network in source.networks & readings.keys():
                    readings[network].broken = True
    found = [(source, one) for source, one in found if one.network in readings]
    for reading in readings.values():
        _sort(reading, found)
    if not any(reading.followers or reading.unwanted for reading in readings.values()):
        raise failed[0] if failed else _nothing(container, [one for _, one in found])
    total = sum(len(one.entries) for _, one in found if one.kind is Kind.FOLLOWERS)
    done = 0
    for reading in readings.values():
        _walk(reading, watch, done, total)
        done += reading.row
    watch.tell(total, total)
    return _batch(container, sources, list(readings.values()), failed)


def _preferred(sources: Sequence[Source]) -> list[Source]:
    """The sources, without the pages of what is there as JSON too; parts in the order of their numbers."""
    told = {
        (network, kind) for source in sources if not source.page for network in source.networks for kind in source.kinds
    }
    kept = [
        source
        for source in sources
        if not source.page or not {(network, kind) for network in source.networks for kind in source.kinds} <= told
    ]
    return sorted(kept, key=lambda source: (source.part or 0, source.entry.name.casefold()))


def _nothing(container: Container, found: Sequence[List]) -> Expected:
    where = container.origin
    if container.form is Form.FILE and found:
        one = max(found, key=lambda each: each.kind is Kind.FOLLOWING)
        label = one.network.label
        choose = "followers.json" if one.network is Network.THREADS else "followers_1.json"
        return Expected(
            f"“{where}” is part of a download from {label}: {_WHAT.get(one.kind, 'another list')}. "
            f"Warmnote looked for your followers.",
            f"Choose {choose} of the same download, or the whole zip.",
        )
    return Expected(
        f"“{where}” is a download from Instagram, and the list of your followers is not in it.",
        "Order it again with “Followers and following” among the information, as JSON, for “All time”.",
    )


def _sort(reading: _Reading, found: _Found) -> None:
    """Take the lists of this network, apart from each other."""
    for source, one in found:
        if one.network is not reading.network:
            continue
        if one.kind is Kind.FOLLOWERS:
            reading.followers.append((source, one))
        elif one.kind is Kind.REQUESTS:
            reading.requests += len(one.entries)
        elif one.kind in (Kind.BLOCKED, Kind.RESTRICTED):
            for entry in one.entries:
                if entry is not None and (account := _account(reading.network, entry)):
                    reading.unwanted.setdefault(account.key, account)


def _walk(reading: _Reading, watch: Watch, done: int, total: int) -> None:
    for source, one in reading.followers:
        column = source.entry.name.rpartition("/")[2] if len(reading.followers) > 1 else ""
        for entry in one.entries:
            if reading.row % Watch.EVERY == 0:
                watch.tell(done + reading.row, total)
            reading.row += 1
            _follower(reading, entry, column)
        if one.broken:
            reading.broken = True
            reading.problems.append(Problem(None, column, jsons.cut_short(one.broken)))
        if source.page:
            reading.undated += sum(entry is not None and entry.day is None for entry in one.entries)


def _follower(reading: _Reading, entry: Listed | None, column: str) -> None:
    row = reading.row
    account = _account(reading.network, entry) if entry is not None else None
    if entry is None or account is None:
        reading.skipped.append(Problem(row, column, _why_not(entry)))
        return
    if entry.doubt:
        reading.problems.append(Problem(row, column, f"“{entry.doubt}” is not a date; the person is kept without one"))
    known = reading.people.get(account.key)
    if known is None:
        reading.people[account.key] = _Follower(row, account, _name(entry, account), entry.day)
        return
    reading.skipped.append(Problem(row, column, f"the same account as in row {known.row:,}"))
    if entry.day is not None and (known.day is None or entry.day < known.day):
        known.day = entry.day


def _why_not(entry: Listed | None) -> str:
    written = (entry.value or entry.title or entry.href) if entry is not None else ""
    if not written:
        return "an entry without an account"
    if _GONE in written:
        return "an account that was deleted"
    return f"“{written[:60]}” is not the name of an account"


def _account(network: Network, entry: Listed) -> accounts.Account | None:
    """The account of an entry: by its value, its address, its title, then by what its labels say."""
    for written in (entry.value, _user_in(entry.href), entry.title):
        if written and _USER.fullmatch(written) and not written.startswith(_GONE):
            return accounts.by_handle(network, written)
    if entry.labels and (written := _labelled(entry.labels)):
        return accounts.by_handle(network, written)
    return None


def _user_in(href: str) -> str:
    """The name in the address of an account, which some have behind a `_u`."""
    match = _HREF.fullmatch(href)
    return match[1] if match else ""


def _labelled(labels: Sequence[tuple[str, str]]) -> str:
    for _, value in labels:
        if "://" in value and _USER.fullmatch(user := _user_in(value)):
            return user
    shaped = [(label, value) for label, value in labels if _USER.fullmatch(value)]
    named = [value for label, value in shaped if USER_NAME.search(label)]
    # A display name may look like an account too; the account is written behind it.
    return next(iter(named), "") or next((value for _, value in reversed(shaped) if dates.read(value) is None), "")


def _name(entry: Listed, account: accounts.Account) -> str:
    for written in (entry.title, entry.value):
        if written and "://" not in written and written.casefold().lstrip("@") != account.key:
            return written
    return account.handle


def _batch(
    container: Container, sources: Sequence[Source], readings: Sequence[_Reading], failed: Sequence[Expected]
) -> Batch:
    told = [reading for reading in readings if reading.followers or reading.unwanted]
    labels = " and ".join(reading.network.label for reading in told if reading.followers)
    return Batch(
        source=f"{labels} followers" if labels else f"{told[0].network.label} accounts that you blocked",
        network=next((reading.network for reading in told if reading.followers), told[0].network),
        origin=container.origin,
        people=tuple(person for reading in told for person in _people(reading)),
        skipped=tuple(problem for reading in told for problem in reading.skipped),
        problems=(*meta.failures(failed), *(problem for reading in told for problem in reading.problems)),
        read_as="UTF-8",
        exported_on=meta.exported_on(container, sources),
        notes=_notes(told),
        whole=frozenset(reading.network for reading in told if reading.people and _is_whole(container, reading)),
    )


def _people(reading: _Reading) -> list[Incoming]:
    rows = [
        Incoming(
            row=one.row,
            network=reading.network,
            key=one.account.key,
            name=one.name,
            handle=one.account.handle,
            url=one.account.url,
            followed_on=one.day,
            followed_known=Knowledge.EXACT if one.day else Knowledge.FIRST_SEEN,
            do_not_write=key in reading.unwanted,
        )
        for key, one in reading.people.items()
    ]
    others = [account for key, account in reading.unwanted.items() if key not in reading.people]
    rows += [
        Incoming(
            row=row,
            network=reading.network,
            key=account.key,
            handle=account.handle,
            url=account.url,
            do_not_write=True,
            follows=False,
            only_known=True,
        )
        for row, account in enumerate(others, reading.row + 1)
    ]
    return rows


def _is_whole(container: Container, reading: _Reading) -> bool:
    """Whether all files of the list are there. Of a file that is alone only its length can tell."""
    if reading.broken or _missing(reading):
        return False
    _, first = reading.followers[0]
    return container.form is not Form.FILE or first.keyed or len(first.entries) < _PART


def _missing(reading: _Reading) -> list[int]:
    """The numbers of the parts that ought to be there and are not."""
    numbers = {source.part for source, _ in reading.followers if source.part is not None}
    return sorted(set(range(1, max(numbers, default=0) + 1)) - numbers)


def _notes(told: Sequence[_Reading]) -> tuple[str, ...]:
    notes: list[str] = []
    for reading in told:
        label = reading.network.label
        if not reading.followers:
            notes.append(
                f"There is no list of followers on {label} in it, only accounts that you blocked or restricted."
            )
        elif not reading.row:
            notes.append(f"The list of followers on {label} is empty. {_ALL_TIME}")
        elif missing := _missing(reading):
            files = ", ".join(f"followers_{number}" for number in missing[:3])
            notes.append(f"{label} wrote the list in several files, and {files} is not among them: it is not complete.")
    if any(reading.people and reading.network is Network.INSTAGRAM for reading in told):
        notes.append("Instagram gives the names of accounts only: no bios, and rarely the name of a person.")
    elif any(reading.people for reading in told):
        notes.append("Threads gives names and accounts only, no bios.")
    if count := sum(len(reading.unwanted) for reading in told):
        notes.append(f"{count:,} that you blocked or restricted {'is' if count == 1 else 'are'} marked “do not write”.")
    if count := sum(reading.requests for reading in told):
        asked = "1 person has" if count == 1 else f"{count:,} people have"
        notes.append(f"{asked} asked to follow you. They come in once you accept them.")
    if count := sum(reading.undated for reading in told):
        dates_are = "One date" if count == 1 else f"{count:,} dates"
        notes.append(f"{dates_are} could not be read. A download as JSON has every date.")
    return tuple(notes)
