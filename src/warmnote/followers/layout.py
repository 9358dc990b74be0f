"""How a table of people is laid out: its header, what its columns mean, whose program wrote it and how its dates read."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from warmnote.followers import columns, gather, text
from warmnote.followers.columns import Columns, canonical
from warmnote.followers.dates import Dating
from warmnote.followers.headers import Role
from warmnote.followers.mapping import Mapping, Recall, Remembered, digest
from warmnote.followers.presets import FOLLOWED_BY_USER, Preset, preset_of
from warmnote.followers.text import Table
from warmnote.model import Expected, Network

__all__ = ["Layout", "first_full", "layout_of"]

_OF_FOLLOWERS = (Role.HANDLE, Role.PROFILE, Role.FOLLOWED)
_ENGLISH = re.compile(r"\b(?:birth\w*|dob|connect\w*|follow\w*|date|since|at)\b")
_NUMBERED = frozenset({Network.X, Network.GITHUB})  # known by numbers, which only their own tables give


@dataclass(frozen=True, slots=True)
class Layout:
    """How one table is to be read: `header` is the index of its header, `start` that of the first record that is a person.

    `network` is the preset's unless that is e-mail; `kinds` are the columns nobody knows with the kind of fact they make.
    What an address book or a CRM has in such a column is not `public`: its owner wrote it, not the person. Nor is what a
    table of unknown origin has that holds e-mail addresses.
    """

    columns: Columns
    preset: Preset | None
    start: int
    width: int
    dating: Dating
    origin: str
    header: int | None = None
    mapping: Mapping | None = None
    remembered: Remembered | None = None
    birthdays: Dating | None = None

    kinds: tuple[tuple[int, str], ...] = field(init=False)
    places: tuple[tuple[int, ...], ...] = field(init=False)
    network: Network | None = field(init=False)
    numbered: bool = field(init=False)
    follows: bool = field(init=False)
    public: bool = field(init=False)
    born: tuple[int, int] | None = field(init=False)

    def __post_init__(self) -> None:
        heads = self.columns.header
        kinds = tuple((column, canonical(heads[column])[:40] or "note") for column in self.columns.rest)
        preset = self.preset if self.mapping is None else None
        network = preset.network if preset and not preset.is_book else None
        if self.mapping is not None:
            follows = self.mapping.follows
        elif preset is not None:
            follows = not preset.is_book
        else:
            known = self.columns
            follows = bool(known.accounts or any(known.of(role) for role in _OF_FOLLOWERS))
        object.__setattr__(self, "kinds", kinds)
        object.__setattr__(self, "places", self.columns.places)
        object.__setattr__(self, "network", network)
        object.__setattr__(self, "numbered", network in _NUMBERED)
        object.__setattr__(self, "follows", follows)
        public = follows and self.mapping is None and (network is not None or not self.columns.of(Role.EMAIL))
        object.__setattr__(self, "public", public)
        named = {canonical(head): column for column, head in enumerate(heads)}
        month = named.get("birth month", named.get("geburtsmonat"))
        day = named.get("birth day", named.get("geburtstag"))
        born = None if month is None or day is None else (month, day)
        object.__setattr__(self, "born", born)


def layout_of(table: Table, origin: str, mapping: Mapping | None = None, recall: Recall | None = None) -> Layout | None:
    """How a table is to be read; None if there is nobody in it. `origin` is where facts are said to come from.

    What the user says (`mapping`), or said of a table with the same header (`recall`), goes before every guess. Raises
    `Expected` for a list of those whom the user follows.
    """
    header = columns.find_header(table.records)
    full = header if header is not None else first_full(table)
    if mapping is not None or recall is not None:
        told = _as_told(table, origin, full, mapping, recall)
        if told is not None:
            return told
    if header is not None:
        names = frozenset(canonical(cell) for cell in table.records[header])
        if names >= FOLLOWED_BY_USER:
            raise Expected(
                "This is Mastodon's list of the people whom you follow, not of your followers.",
                "Mastodon has no file with followers; a list of them in another CSV can be read.",
            )
        guessed = columns.guess(table.records[header], table.records[header + 1 :])
        if guessed.names_people:
            return _laid_out(table, guessed, preset_of(names), header, origin)
    return _by_content(table, origin, header)


def _as_told(
    table: Table, origin: str, header: int | None, mapping: Mapping | None, recall: Recall | None
) -> Layout | None:
    """The layout by the user's own mapping, if there is one for this table."""
    cells = table.records[header] if header is not None else []
    bare = columns.guess_without_header([cells]) is not None if cells else True
    heading = [] if bare else cells
    remembered = None
    if mapping is None and recall is not None and (known := digest([text.line(cell) for cell in heading])):
        remembered = recall(known)
        mapping = remembered.mapping if remembered else None
    if mapping is None or header is None:
        return None
    index = None if bare else header
    return _laid_out(
        table,
        mapping.columns([text.line(cell) for cell in heading]),
        None,
        index,
        origin,
        start=header,
        mapping=mapping,
        remembered=remembered,
    )


def _laid_out(
    table: Table,
    found: Columns,
    preset: Preset | None,
    header: int | None,
    origin: str,
    *,
    start: int = 0,
    mapping: Mapping | None = None,
    remembered: Remembered | None = None,
) -> Layout:
    start = header + 1 if header is not None else start
    width = len(table.records[header]) if header is not None else 0
    width = width or max((len(cells) for cells in table.records[start : start + 50]), default=0)
    return Layout(
        found,
        preset,
        start,
        max(width, len(found.header)),
        _dating(table, start, found, Role.FOLLOWED),
        origin,
        header,
        mapping,
        remembered,
        _dating(table, start, found, Role.BIRTHDAY),
    )


def _dating(table: Table, start: int, found: Columns, role: Role) -> Dating:
    """How a column of dates is read; where its header is not English, the day comes first in case of doubt."""
    heading = canonical(found.heading(role))
    foreign = bool(heading) and _ENGLISH.search(heading) is None
    return gather.dating(replace(table, delimiter=";") if foreign else table, start, found.first(role))


def _by_content(table: Table, origin: str, header: int | None) -> Layout | None:
    """A table whose headers say nothing, or that has none, but whose cells do."""
    records = [cells for cells in table.records if any(cells)]
    start = next((index for index, cells in enumerate(table.records) if any(cells)), 0)
    bare = columns.guess_without_header(records[:1])
    if bare is not None and header is None:  # the first row is a person already
        found = columns.guess_without_header(records)
        return _laid_out(table, found, None, None, origin, start=start) if found else None
    if len(records) < 2:
        return None
    guessed = columns.guess(records[0], records[1:])
    return _laid_out(table, guessed, None, start, origin) if guessed.names_people else None


def first_full(table: Table) -> int | None:
    """The index of the first record that is as wide as most of the first ones are, if there is more than one column."""
    records = [cells for cells in table.records[:50] if any(cells)]
    width, count = Counter(map(len, records)).most_common(1)[0] if records else (0, 0)
    if width < 2 or count * 2 < len(records):
        return None
    return next(index for index, cells in enumerate(table.records) if len(cells) == width and any(cells))
