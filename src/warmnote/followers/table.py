"""Any other list of people: a CSV read by its headers, with what address books, CRMs and follower tools call things."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from warmnote import accounts
from warmnote.accounts import Account
from warmnote.followers import columns, gather, text
from warmnote.followers.columns import Columns, Role, canonical
from warmnote.followers.container import LOOKED_INTO, Container, Entry, Form
from warmnote.followers.dates import Dating
from warmnote.followers.gather import Gathering, Row
from warmnote.followers.text import Table
from warmnote.followers.watch import Watch
from warmnote.model import Batch, Expected, Fact, Incoming, Knowledge, Network

__all__ = ["recognise"]

_RUINED = re.compile(r"\d[.,]?\d*E\+\d+", re.IGNORECASE)
_PLAIN = re.compile(r"[\d\s.,:%€$£/+-]*|https?://\S+|[0-9a-f-]{16,}|\S+@\S+\.\S+", re.IGNORECASE)
_FLAGS = frozenset(
    [
        "true",
        "false",
        "yes",
        "no",
        "ja",
        "nein",
        "oui",
        "non",
        "si",
        "sí",
        "sim",
        "não",
        "y",
        "n",
        "none",
        "null",
        "nan",
        "n/a",
        "-",
    ]
)
_FACT_CAP = 200
_FACTS_CAP = 12
_JOINT = " ::: "  # Google's, between several values in one cell; the main one is marked "* "


@dataclass(frozen=True, slots=True)
class _Preset:
    """A program's way of writing a table: `signature` are canonical headers, all of which must be there."""

    source: str
    network: Network
    signature: frozenset[str]


def _preset(source: str, network: Network, headers: str) -> _Preset:
    return _Preset(source, network, frozenset(headers.split("|")))


# More demanding signatures come first where one holds another.
_PRESETS = (
    _preset("Mastodon followers", Network.MASTODON, "account address"),
    _preset("X followers", Network.X, "id|screen name|profile name"),
    _preset("X followers", Network.X, "id|screen name|name|description"),
    _preset("X followers", Network.X, "id|name|user|followed|followers|following"),
    _preset("X followers", Network.X, "id|name|username|bio|join date"),
    _preset("X followers", Network.X, "username|user id|name|bio|followers count"),
    _preset("Instagram followers", Network.INSTAGRAM, "username|full name|is private"),
    _preset("Instagram followers", Network.INSTAGRAM, "username|full name|biography"),
    _preset("GitHub followers", Network.GITHUB, "login|html url"),
    _preset("Bluesky followers", Network.BLUESKY, "did|handle"),
    _preset("Google contacts", Network.EMAIL, "email value|phone value"),
    _preset("Google contacts", Network.EMAIL, "email value|first name|last name"),
    _preset("Google contacts", Network.EMAIL, "email value|given name|family name"),
    _preset("Outlook contacts", Network.EMAIL, "email address|email display name|first name"),
    _preset("Outlook contacts", Network.EMAIL, "email address|web page|suffix|first name"),
    _preset("Outlook contacts", Network.EMAIL, "email address|business street|first name"),
    _preset("Thunderbird address book", Network.EMAIL, "primary email|display name|first name"),
    _preset("HubSpot contacts", Network.EMAIL, "record id|first name|email"),
    _preset("HubSpot contacts", Network.EMAIL, "lifecycle stage|first name|email"),
    _preset("Pipedrive people", Network.EMAIL, "person name|person email"),
    _preset("Salesforce contacts", Network.EMAIL, "account id|first name|last name"),
    _preset("Salesforce contacts", Network.EMAIL, "account name|first name|last name"),
)
_FOLLOWED_BY_USER = frozenset({"account address", "show boosts"})
_NUMBERED = frozenset({Network.X, Network.GITHUB})  # known by numbers, which only their own tables give


@dataclass(frozen=True, slots=True)
class _Layout:
    """How one table is to be read: `start` is the index of the first record that is a person.

    `network` is the preset's unless that is e-mail; `kinds` are the columns nobody knows with the kind of fact they make.
    What an address book or a CRM has in such a column is not `public`: its owner wrote it, not the person.
    """

    columns: Columns
    preset: _Preset | None
    start: int
    width: int
    dating: Dating
    origin: str

    kinds: tuple[tuple[int, str], ...] = field(init=False)
    network: Network | None = field(init=False)
    numbered: bool = field(init=False)
    public: bool = field(init=False)

    def __post_init__(self) -> None:
        kinds = tuple((column, canonical(self.columns.header[column])[:40]) for column in self.columns.rest)
        network = self.preset.network if self.preset and self.preset.network is not Network.EMAIL else None
        object.__setattr__(self, "kinds", kinds)
        object.__setattr__(self, "network", network)
        object.__setattr__(self, "numbered", network in _NUMBERED)
        object.__setattr__(self, "public", self.preset is None or network is not None)


def recognise(container: Container) -> Callable[[Watch], Batch] | None:
    """The reading of a table of people; None if the container has none.

    Raises `Expected` if it has several, and for a list of those whom the user follows.
    """
    found = [entry for entry in container.tables()[:LOOKED_INTO] if _has_people(container, entry)]
    if len(found) > 1:
        names = ", ".join(f"“{entry.name}”" for entry in found[:4])
        more = f" and {len(found) - 4} more" if len(found) > 4 else ""
        raise Expected(f"“{container.origin}” holds several lists of people: {names}{more}.", "Choose one of them.")
    return (lambda watch: _read(container, found[0], watch)) if found else None


def headings(container: Container) -> Sequence[str]:
    """The columns of a single file that is a table, for saying what was found in it; empty if it is none."""
    if container.form is not Form.FILE:
        return ()
    records = [cells for cells in _head(container, container.entries[0]).records[:50] if any(cells)]
    width, count = Counter(map(len, records)).most_common(1)[0] if records else (0, 0)
    if width < 2 or count * 2 < len(records):
        return ()
    return next(cells for cells in records if len(cells) == width)


def _head(container: Container, entry: Entry) -> Table:
    head = container.head(entry)
    return text.table(head, partial=len(head) < entry.size)


def _has_people(container: Container, entry: Entry) -> bool:
    try:
        return _layout(_head(container, entry), container.origin) is not None
    except Expected:
        if container.form is Form.FILE:
            raise
        return False  # another file of the folder that is locked, damaged or of the wrong kind


def _layout(table: Table, origin: str) -> _Layout | None:
    header = columns.find_header(table.records)
    if header is not None:
        names = frozenset(canonical(cell) for cell in table.records[header])
        if names >= _FOLLOWED_BY_USER:
            raise Expected(
                "This is Mastodon's list of the people whom you follow, not of your followers.",
                "Mastodon has no file with followers; a list of them in another CSV can be read.",
            )
        guessed = columns.guess(table.records[header], table.records[header + 1 :])
        if guessed.names_people:
            preset = next((preset for preset in _PRESETS if preset.signature <= names), None)
            dating = gather.dating(table, header + 1, guessed.first(Role.FOLLOWED))
            return _Layout(guessed, preset, header + 1, len(table.records[header]), dating, origin)
    return _by_content(table, origin, header)


def _by_content(table: Table, origin: str, header: int | None) -> _Layout | None:
    """A table whose headers say nothing, or that has none, but whose cells do."""
    records = [cells for cells in table.records if any(cells)]
    width = max((len(cells) for cells in records[:50]), default=0)
    start = next((index for index, cells in enumerate(table.records) if any(cells)), 0)
    bare = columns.guess_without_header(records[:1])
    if bare is not None and header is None:  # the first row is a person already
        found = columns.guess_without_header(records)
        return _Layout(found, None, start, width, Dating(day_first=False), origin) if found else None
    if len(records) < 2:
        return None
    guessed = columns.guess(records[0], records[1:])
    if not guessed.names_people:
        return None
    return _Layout(
        guessed, None, start + 1, len(records[0]), gather.dating(table, start + 1, guessed.first(Role.FOLLOWED)), origin
    )


def _read(container: Container, entry: Entry, watch: Watch) -> Batch:
    table = text.table(container.read(entry), watch)
    layout = _layout(table, container.where(entry))
    if layout is None:
        raise Expected(f"“{entry.name}” holds people in its first rows only.", "Check that the file is whole.")
    gathering = Gathering()
    ruined = 0
    for row in gather.rows(table, layout.columns, layout.start, layout.width, gathering, watch):
        person = _person(row, layout, gathering)
        if person is not None:
            gathering.add(person)
            ruined += layout.numbered and _RUINED.fullmatch(row.one(Role.ID)) is not None
    notes = list(gather.notes_on(table, layout.dating, gathering))
    if ruined:
        notes.append(
            f"A spreadsheet has shortened the account numbers in {ruined:,} rows (such as 1.4E+18); the handles are used instead."
        )
    return Batch(
        layout.preset.source if layout.preset else "CSV table",
        _main_network(gathering.people),
        container.origin,
        tuple(gathering.people),
        tuple(gathering.skipped),
        tuple(gathering.problems),
        table.read_as,
        None,
        tuple(notes),
    )


def _main_network(people: Sequence[Incoming]) -> Network:
    counts = Counter(person.network for person in people)
    return counts.most_common(1)[0][0] if counts else Network.OTHER


def _person(row: Row, layout: _Layout, gathering: Gathering) -> Incoming | None:
    name = _name(row)
    email = gathering.email(row, _several(row, Role.EMAIL))
    account = _account(row, layout)
    if not (name or email or account):
        gathering.skip(row.number, "no name and no address")
        return None
    company = row.one(Role.COMPANY)
    followed_on = gathering.day(row, layout.dating)
    if account is None:
        key = email.casefold() or accounts.by_name(name, on=followed_on, at=company)
        account = Account(Network.EMAIL if email else Network.OTHER, key, "", "")
    location = row.all(Role.LOCATION)
    return Incoming(
        row=row.number,
        network=account.network,
        key=account.key,
        name=name or account.handle or email or account.key,
        handle=account.handle,
        url=account.url,
        bio=_bio(row),
        location=", ".join(dict.fromkeys(location)) if location else "",
        company=company,
        position=row.one(Role.POSITION),
        pronouns=row.one(Role.PRONOUNS),
        email=email,
        followed_on=followed_on,
        followed_known=Knowledge.EXACT if followed_on is not None else Knowledge.FIRST_SEEN,
        facts=_facts(row, layout),
    )


def _name(row: Row) -> str:
    """The full name from whatever parts there are; some files call only the family name a name."""
    name, first, last = row.one(Role.NAME), row.one(Role.FIRST), row.one(Role.LAST)
    if not first and not last:
        return name
    if not name:
        return " ".join(filter(None, (first, row.one(Role.MIDDLE), last)))
    present = name.casefold()
    before = first if first.casefold() not in present else ""
    behind = last if last.casefold() not in present else ""
    return " ".join(filter(None, (before, name, behind)))


def _bio(row: Row) -> str:
    for column in row.columns.of(Role.BIO):
        if value := text.paragraphs(row.cells[column]):
            return value
    return ""


def _several(row: Row, role: Role) -> list[str]:
    """The values of a role; where a cell holds several, the main one comes first."""
    values = row.all(role)
    if not any(_JOINT in value or value.startswith("* ") for value in values):
        return values
    parts = [
        part for value in values for part in sorted(value.split(_JOINT), key=lambda part: not part.startswith("* "))
    ]
    return [part.removeprefix("* ").strip() for part in parts if part.strip()]


def _account(row: Row, layout: _Layout) -> Account | None:
    """The account of a row: by profile address, by handle, then by a website that happens to be a profile."""
    network = layout.network
    found = map(accounts.profile, _several(row, Role.PROFILE))
    account = next((one for one in found if one is not None and network in (None, one.network)), None)
    if account is None:
        account = _by_handle(row, layout)
    if account is None and network is None:
        account = next(filter(None, map(accounts.profile, _several(row, Role.WEBSITE))), None)
    if account is None or not row.columns.of(Role.ID):
        return account
    number = row.one(Role.ID).strip("'\"")
    if layout.numbered and number.isascii() and number.isdecimal() and len(number) <= 20:
        return Account(account.network, number, account.handle, account.url)
    if account.network is Network.BLUESKY and number.startswith("did:"):
        return Account(account.network, number, account.handle, account.url)
    return account


def _by_handle(row: Row, layout: _Layout) -> Account | None:
    for column, network in row.columns.accounts.items():
        value = text.line(row.cells[column])
        if account := accounts.profile(value) or accounts.by_handle(network, value):
            return account
    for value in row.all(Role.HANDLE):
        if account := accounts.profile(value) or accounts.by_handle(layout.network or _spelt_like(value), value):
            # A handle of nobody knows which place is worth less than an e-mail address.
            return None if account.network is Network.OTHER and row.columns.of(Role.EMAIL) else account
    return None


def _spelt_like(handle: str) -> Network:
    """The network whose handles look like this one."""
    if "@" in handle[1:]:
        return Network.MASTODON
    return Network.BLUESKY if handle.casefold().endswith(".bsky.social") else Network.OTHER


def _facts(row: Row, layout: _Layout) -> tuple[Fact, ...]:
    """Notes and websites, and of the columns nobody knows those cells that are words: not numbers, flags or addresses."""
    facts: list[Fact] = []
    if row.columns.of(Role.NOTE):
        notes = map(text.paragraphs, (row.cells[column] for column in row.columns.of(Role.NOTE)))
        facts += [Fact("note", value, layout.origin) for value in notes if value]
    if row.columns.of(Role.WEBSITE):
        facts += [Fact("website", value, layout.origin) for value in _several(row, Role.WEBSITE)]
    for column, kind in layout.kinds:
        value = text.line(row.cells[column])
        if value and len(value) <= _FACT_CAP and value.casefold() not in _FLAGS and not _PLAIN.fullmatch(value):
            facts.append(Fact(kind, value, layout.origin, shared=layout.public))
    return tuple(facts[:_FACTS_CAP])
