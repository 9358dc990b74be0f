"""Friends and followers on Facebook, from the download that it offers, as JSON or as HTML, of every year.

There are names and times and nothing else, so the key is the name with the time: equal names are different people.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from warmnote import accounts
from warmnote.followers import dates, jsons, meta
from warmnote.followers.container import Container, Form
from warmnote.followers.entries import Listed
from warmnote.followers.gather import Gathering
from warmnote.followers.meta import Kind, List, Source
from warmnote.followers.watch import Watch
from warmnote.model import Batch, Expected, Incoming, Knowledge, Network, Problem

__all__ = ["recognise"]

_PEOPLE = (Kind.FRIENDS, Kind.FOLLOWERS)
_WHAT = {
    Kind.FOLLOWING: "whom and what you follow",
    Kind.REQUESTS: "requests to be your friend",
    Kind.BLOCKED: "whom you blocked",
    Kind.OTHER: "another list of the same download, not your friends",
    Kind.UNTOLD: "a list of names, but nothing in it says whose",
}
_NAME_LABEL = re.compile(r"name|nom\b|nombre|nome|naam|имя|名", re.IGNORECASE)


@dataclass(slots=True)
class _Reading:
    gathering: Gathering = field(default_factory=Gathering)
    blocked: list[str] = field(default_factory=list[str])
    row: int = 0
    undated: int = 0
    requests: int = 0
    broken: bool = False


def recognise(container: Container) -> Callable[[Watch], Batch] | None:
    """The reading of the container's friends and followers; None if it holds no list of Facebook's."""
    sources = [source for source in meta.survey(container) if Network.FACEBOOK in source.networks]
    return (lambda watch: _read(container, sources, watch)) if sources else None


def _read(container: Container, sources: Sequence[Source], watch: Watch) -> Batch:
    reading = _Reading()
    found: list[tuple[Source, List]] = []
    failed: list[Expected] = []
    told = {kind for source in sources if not source.page for kind in source.kinds}
    for source in sorted(sources, key=lambda each: (each.part or 0, each.entry.name.casefold())):
        watch.check()
        if source.page and source.kinds <= told:
            continue  # the same list is there as JSON
        try:
            found += [(source, one) for one in meta.lists(container, source) if one.network is Network.FACEBOOK]
        except Expected as error:
            failed.append(error)
    people = [(source, one) for source, one in found if one.kind in _PEOPLE]
    if not people:
        raise failed[0] if failed else _nothing(container, [one for _, one in found])
    people.sort(key=lambda pair: pair[1].kind is not Kind.FRIENDS)
    total = sum(len(one.entries) for _, one in people)
    for source, one in people:
        _walk(reading, source, one, len(people) > 1, watch, total)
    watch.tell(total, total)
    for _, one in found:
        if one.kind is Kind.BLOCKED:
            reading.blocked += [name for entry in one.entries if entry is not None and (name := _name(entry))]
        elif one.kind is Kind.REQUESTS:
            reading.requests += len(one.entries)
    return _batch(container, sources, reading, people, failed)


def _nothing(container: Container, found: Sequence[List]) -> Expected:
    if container.form is Form.FILE and found:
        return Expected(
            f"“{container.origin}” is part of a download from Facebook: {_WHAT[found[0].kind]}. "
            "Warmnote looked for your friends and followers.",
            "Choose your_friends.json or people_who_followed_you.json of the same download, or the whole zip.",
        )
    return Expected(
        f"“{container.origin}” is a download from Facebook, and neither your friends nor your followers are in it.",
        "Order it again with “Friends” and “Followers” among the information, as JSON, for “All time”.",
    )


def _walk(reading: _Reading, source: Source, one: List, several: bool, watch: Watch, total: int) -> None:
    gathering = reading.gathering
    column = source.entry.name.rpartition("/")[2] if several else ""
    for entry in one.entries:
        if reading.row % Watch.EVERY == 0:
            watch.tell(reading.row, total)
        reading.row += 1
        name = _name(entry) if entry is not None else ""
        if entry is None or not name:
            gathering.skip(reading.row, "an entry without a name", column)
            continue
        if entry.doubt:
            gathering.mind(reading.row, column, f"“{entry.doubt}” is not a date; the person is kept without one")
        gathering.add(_person(reading.row, entry, name))
        reading.undated += source.page and entry.day is None
    if one.broken:
        reading.broken = True
        gathering.problems.append(Problem(None, column, jsons.cut_short(one.broken)))


def _name(entry: Listed) -> str:
    if entry.value or entry.title:
        return entry.value or entry.title
    written = [(label, value) for label, value in entry.labels if "://" not in value and not value.isdecimal()]
    named = [value for label, value in written if _NAME_LABEL.search(label)]
    return next(iter(named), "") or next((value for _, value in written if dates.read(value) is None), "")


def _person(row: int, entry: Listed, name: str) -> Incoming:
    if entry.seconds is not None:
        key = accounts.by_name(name, at=str(entry.seconds))
    else:
        key = accounts.by_name(name, on=entry.day)
    return Incoming(
        row=row,
        network=Network.FACEBOOK,
        key=key,
        name=name,
        email=entry.email,
        followed_on=entry.day,
        followed_known=Knowledge.EXACT if entry.day else Knowledge.FIRST_SEEN,
    )


def _batch(
    container: Container,
    sources: Sequence[Source],
    reading: _Reading,
    people: Sequence[tuple[Source, List]],
    failed: Sequence[Expected],
) -> Batch:
    gathering = reading.gathering
    notes = ["Facebook gives names and days only: no addresses of profiles and no bios."]
    if not reading.row:
        notes = ["The lists are empty. Choose “All time” as the date range when you order the download."]
    notes += _mark_blocked(reading)
    if reading.requests:
        notes.append("People who have asked to be your friend are not in it. They come in once you accept them.")
    if reading.undated:
        dates_are = "One date" if reading.undated == 1 else f"{reading.undated:,} dates"
        notes.append(f"{dates_are} could not be read. A download as JSON has every date.")
    kinds = " and ".join(kind.value for kind in _PEOPLE if any(one.kind is kind for _, one in people))
    return Batch(
        source=f"Facebook {kinds}",
        network=Network.FACEBOOK,
        origin=container.origin,
        people=tuple(gathering.people),
        skipped=tuple(gathering.skipped),
        problems=(*meta.failures(failed), *gathering.problems),
        read_as="UTF-8",
        exported_on=meta.exported_on(container, sources),
        notes=tuple(notes),
        whole=frozenset([Network.FACEBOOK]) if _is_whole(container, reading, people) and not failed else frozenset(),
    )


def _mark_blocked(reading: _Reading) -> list[str]:
    """Mark the people whom the user blocked, each by a name that only one person has; say who could not be told."""
    if not reading.blocked:
        return []
    people = reading.gathering.people
    places: dict[str, list[int]] = {}
    for index, person in enumerate(people):
        places.setdefault(accounts.folded(person.name), []).append(index)
    untold: list[str] = []
    absent: list[str] = []
    marked = 0
    for name in dict.fromkeys(reading.blocked):
        found = places.get(accounts.folded(name), [])
        if len(found) == 1:
            people[found[0]] = replace(people[found[0]], do_not_write=True)
            marked += 1
        else:
            (untold if found else absent).append(f"“{name}”")
    notes: list[str] = []
    if marked:
        notes.append(f"{marked:,} whom you blocked {'is' if marked == 1 else 'are'} marked “do not write”.")
    if untold:
        notes.append(f"You blocked {_some(untold)}, and several people have that name. Please look at them yourself.")
    if absent:
        notes.append(
            f"You blocked {_some(absent)}, who is not in these lists. Should your notebook have them, look there."
        )
    return notes


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3:,} more" if len(names) > 3 else "")


def _is_whole(container: Container, reading: _Reading, people: Sequence[tuple[Source, List]]) -> bool:
    """Whether all friends and followers are there: one file alone holds some of them at best."""
    friends = any(one.kind is Kind.FRIENDS for _, one in people)
    numbers = {source.part for source, one in people if one.kind is Kind.FOLLOWERS and source.part is not None}
    complete = numbers == set(range(1, max(numbers, default=0) + 1))
    return (
        container.form is not Form.FILE
        and friends
        and complete
        and bool(reading.gathering.people)
        and not reading.broken
    )
