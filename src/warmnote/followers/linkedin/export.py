"""A whole export, put together from its files."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from warmnote.followers import text
from warmnote.followers.container import Container, Entry
from warmnote.followers.gather import Gathering
from warmnote.followers.linkedin import connections, files, invitations, messages
from warmnote.followers.linkedin.circle import Circle
from warmnote.followers.linkedin.files import Kind, Part, Sheet, header_of
from warmnote.followers.watch import Watch
from warmnote.model import Batch, Expected, Network, Problem

__all__ = ["recognise"]

_EXPORT_NAME = re.compile(r"LinkedInDataExport[_ ](\d{2})-(\d{2})-(\d{4})", re.IGNORECASE)
_SOURCES = {
    Kind.CONNECTIONS: connections.SOURCE,
    Kind.INVITATIONS: "LinkedIn invitations",
    Kind.MESSAGES: "LinkedIn messages",
}

_Found = Mapping[Kind, Sequence[Entry]]


def recognise(container: Container) -> Callable[[Watch], Batch] | None:
    """The reading of an export, or of one file of it; None if nothing says LinkedIn.

    Raises `Expected` for a file of the export that holds nobody, and for an export without any that does.
    """
    found = files.find(container)
    if any(kind in found for kind in _SOURCES):
        return lambda watch: _read(container, found, watch)
    files.refuse(container)
    return None


def _read(container: Container, found: _Found, watch: Watch) -> Batch:
    parts: dict[Kind, Part] = {}
    held = asked = None
    if entries := found.get(Kind.CONNECTIONS):
        parts[Kind.CONNECTIONS] = held = connections.read(container, entries[0], watch)
    circle = Circle(held.people if held else (), addressed=held.addressed if held else True)
    if entries := found.get(Kind.INVITATIONS):
        parts[Kind.INVITATIONS] = asked = invitations.read(container, entries[0], watch)
        circle.invite(asked, _base(entries[0]) if held else "")
    if entries := found.get(Kind.MESSAGES):
        key, name = (asked.owner, asked.owner_name) if asked else ("", "")
        name = _owner_name(container, found) or name
        known = circle.keys_by_name(without=name)
        parts[Kind.MESSAGES] = talked = messages.read(container, entries[0], (key, name), known, watch)
        circle.talk(talked)
    return Batch(
        source="LinkedIn export" if len(parts) > 1 else _SOURCES[next(iter(parts))],
        network=Network.LINKEDIN,
        origin=container.origin,
        people=circle.people(),
        skipped=(*_named(parts, found, "skipped"), *circle.skipped),
        problems=tuple(_named(parts, found, "problems")),
        read_as=next(iter(parts.values())).read_as,
        exported_on=_exported_on(f"{container.origin} {found[next(iter(parts))][0].name}"),
        notes=tuple(_notes(parts, found, circle)),
        whole=frozenset({Network.LINKEDIN}) if held is not None and held.whole else frozenset(),
    )


def _owner_name(container: Container, found: _Found) -> str:
    """The user's name in Profile.csv, if it is there and can be read."""
    for entry in found.get(Kind.PROFILE, ())[:1]:
        try:
            table = text.table(container.read(entry))
        except Expected:
            return ""
        header = header_of(Kind.PROFILE, table.records)
        if header is not None:
            sheet = Sheet.of(table, header)
            columns = sheet.column("first name"), sheet.column("last name")
            for _, cells in sheet.rows(Gathering(), Watch()):
                return " ".join(filter(None, (text.line(cells[column]) for column in columns)))
    return ""


def _base(entry: Entry) -> str:
    return entry.name.rpartition("/")[2]


def _named(parts: Mapping[Kind, Part], found: _Found, of: Literal["skipped", "problems"]) -> Iterator[Problem]:
    """The problems of all files; where there are several files, those beside the first are told by their name."""
    for number, (kind, part) in enumerate(parts.items()):
        problems = part.skipped if of == "skipped" else part.problems
        if not number:
            yield from problems
            continue
        file = _base(found[kind][0])
        for problem in problems:
            yield replace(problem, column=f"{file}, {problem.column}" if problem.column else file)


def _notes(parts: Mapping[Kind, Part], found: _Found, circle: Circle) -> Iterator[str]:
    for part in parts.values():
        yield from part.notes
    entries = found.get(Kind.CONNECTIONS, ())
    if len(entries) > 1:
        others = ", ".join(f"“{other.name}”" for other in entries[1:4])
        yield f"Read from “{entries[0].name}”. There are connections in {others} too; choose that file to read it."
    elif not entries and Kind.INVITATIONS in parts:
        yield "There is no Connections.csv here: these are the people who asked to connect, whether or not you said yes."
    elif not entries:
        yield "There is no Connections.csv here: messages only add to people who are in your notebook already."
    if circle.unmatched:
        count = "One note" if circle.unmatched == 1 else f"{circle.unmatched:,} notes"
        yield f"{count} of yours went to people of whom this export has no address; they were left out."


def _exported_on(names: str) -> date | None:
    """The day in the name that LinkedIn gives its zips (month first), of which a folder inside may have it too."""
    match = _EXPORT_NAME.search(names)
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[1]), int(match[2]))
    except ValueError:
        return None
