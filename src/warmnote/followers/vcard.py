"""Contact cards (vCard 2.1, 3.0 and 4.0) as phones, mail programs and address books write them.

One card is one person. The key is the preferred e-mail address, else a profile address, else the name; the other
addresses are further accounts. Telephone numbers and pictures are not kept. Row numbers count the cards from 1.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from warmnote.followers import properties, text
from warmnote.followers.contact import Book, Contact, birthday
from warmnote.followers.container import LOOKED_INTO, Container, Entry, Form
from warmnote.followers.properties import Fields, Property
from warmnote.followers.watch import Watch
from warmnote.model import Batch, Expected, Fact, Network

__all__ = ["recognise"]

_SOURCE = "Contact cards"
_START = re.compile(r"\s*BEGIN[ \t]*:[ \t]*VCARD\b", re.IGNORECASE)
_EDGE = re.compile(r"^(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE)
_BEGUN = re.compile(r"\n(?:B|BE|BEG|BEGI|BEGIN|BEGIN:V?|BEGIN:VC|BEGIN:VCA|BEGIN:VCAR)\Z", re.IGNORECASE)
_AGENT = re.compile(r"^(?:[\w-]+\.)?AGENT\b[^\n]*:[ \t]*\n+\Z", re.IGNORECASE | re.MULTILINE)
_KINDS = {
    "group": "a list of contacts, not a person",
    "org": "an organisation, not a person",
    "organization": "an organisation, not a person",
    "location": "a place, not a person",
    "application": "a program, not a person",
    "device": "a device, not a person",
}
_OF_KINDS = frozenset(
    ["KIND", "X-ADDRESSBOOKSERVER-KIND", "MEMBER", "X-ADDRESSBOOKSERVER-MEMBER", "X-DL", "X-ABSHOWAS"]
)
_SYSTEM_LABELS = frozenset(
    ["my contacts", "mycontacts", "* mycontacts", "contacts", "starred", "* starred", "starred in android", "vcards",
     "other contacts", "all contacts", "unfiled", "kontakte", "meine kontakte", "mes contacts", "mis contactos"]
)  # fmt: skip
_FACTS = (("HOBBY", "hobby"), ("INTEREST", "interest"), ("EXPERTISE", "expertise"))
_KINDS_OF_FACTS = frozenset(name for name, _ in _FACTS)
_PREFERRED = re.compile(r"(?:^|;)(?:TYPE=[^;]*\bPREF\b|PREF(?:;|$|=1(?:;|$)))", re.IGNORECASE)
_RANK = re.compile(r"(?:^|;)PREF=\"?(\d{1,3})", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Card:
    """One card of a file: `line` is where it begins, counted from 1; a card that is not `whole` has no end."""

    number: int
    line: int
    body: str
    whole: bool


def recognise(container: Container) -> Callable[[Watch], Batch] | None:
    """The reading of the contact cards in a file, a zip or a folder; None if there are none."""
    named = [entry for entry in container.entries if entry.size and entry.base.endswith((".vcf", ".vcard"))]
    if container.form is Form.FILE:
        return (lambda watch: _read(container, container.entries, watch)) if _is_cards(container) else None
    found = [entry for entry in named[:LOOKED_INTO] if _starts(container, entry)]
    return (lambda watch: _read(container, found + named[LOOKED_INTO:], watch)) if found else None


def _is_cards(container: Container) -> bool:
    entry = container.entries[0]
    return bool(entry.size) and _starts(container, entry)


def _starts(container: Container, entry: Entry) -> bool:
    try:
        head, _, _ = text.decode(container.head(entry)[:4096])
    except Expected:
        if container.form is Form.FILE:
            raise
        return False  # another file of the folder that is locked or damaged
    return _START.match(head) is not None


def _read(container: Container, entries: Sequence[Entry], watch: Watch) -> Batch:
    book = Book()
    encodings: dict[str, None] = {}
    versions: dict[str, None] = {}
    notes: list[str] = []
    count = 0
    for entry in entries:
        content, read_as, damaged = properties.decoded(container.read(entry))
        encodings[read_as] = None
        if damaged:
            lost = "One character" if damaged == 1 else f"{damaged:,} characters"
            notes.append(f"{lost} could not be read and became “\ufffd”.")
        where = "" if container.form is Form.FILE else entry.name
        book.next_file()
        for card in _cards(content, count, watch):
            count = card.number
            fields = properties.parsed(card.body)
            if version := fields.get("VERSION"):
                versions[version[0].value.strip()[:3]] = None
            _add(card, fields, where, book)
    if book.cut_off:
        notes.append(
            "A card in the file has no end: the file was probably cut off. Export it again to be sure that nobody is missing."
        )
    if not count:
        notes.append("There are no cards in the file.")
    known = [version for version in ("2.1", "3.0", "4.0") if version in versions]
    return Batch(
        f"{_SOURCE} (vCard {' and '.join(known)})" if known else f"{_SOURCE} (vCard)",
        Network.EMAIL,
        container.origin,
        tuple(book.people),
        tuple(book.skipped),
        tuple(book.problems),
        " and ".join(encodings),
        None,
        (*notes, *book.notes("cards")),
    )


def _cards(content: str, before: int, watch: Watch) -> Iterator[_Card]:
    """The cards of a file in order, numbered from `before` + 1; a card inside another belongs to the outer one."""
    total = len(content)
    number, line, counted = before, 1, 0
    start: int | None = None
    inner = 0
    for edge in _EDGE.finditer(content):
        if edge[1][0] in "bB":
            if start is None:
                start, inner = edge.end(), 0
                continue
            if _AGENT.search(content, max(start, edge.start() - 200), edge.start()):
                inner += 1
                continue
            # The card before has no end: it was cut off where this one begins.
            body, whole, following = content[start : edge.start()], False, edge.end()
        elif start is None:
            continue
        elif inner:
            inner -= 1
            continue
        else:
            body, whole, following = content[start : edge.start()], True, None
        number += 1
        if number % watch.EVERY == 0:
            watch.tell(edge.end(), total)
        line, counted = line + content.count("\n", counted, start), start
        yield _Card(number, line, body, whole)
        start, inner = following, 0
    if start is not None:
        # The last line may end in the middle of a word.
        body = content[start : max(start, content.rfind("\n") + 1)]
        line += content.count("\n", counted, start)
        yield _Card(number + 1, line, body, whole=False)
    elif _BEGUN.search(content):
        yield _Card(number + 1, line + content.count("\n", counted), "", whole=False)
    watch.tell(total, total)


def _add(card: _Card, fields: Fields, where: str, book: Book) -> None:
    """Make a person of a card, or say why not. `where` is the name of its file if there are several."""
    book.cut_off = book.cut_off or not card.whole
    contact = _contact(fields)
    reason = _no_person(fields, contact)
    behind = f" ({where})" if where else ""
    if not card.whole:
        told = f"the card that begins in line {card.line:,} has no end{behind}"
        if reason or not contact.emails:
            book.skip(card.number, f"{told}; it was left out")
            return
        book.mind(card.number, "", f"{told}; what is there of it was read")
    if reason:
        book.skip(card.number, reason + behind)
        return
    book.put(card.number, contact)


def _no_person(fields: Fields, contact: Contact) -> str:
    """Why a card is nobody; empty if it is a person."""
    if (contact.emails or contact.profiles) and _OF_KINDS.isdisjoint(fields):
        return ""
    kind = _first(fields, "KIND") or _first(fields, "X-ADDRESSBOOKSERVER-KIND")
    if (told := _KINDS.get(kind.casefold())) is not None:
        return told
    if "MEMBER" in fields or "X-ADDRESSBOOKSERVER-MEMBER" in fields or "X-DL" in fields:
        return _KINDS["group"]
    if _first(fields, "X-ABSHOWAS").casefold() == "company" and not _composed(fields):
        return _KINDS["org"]
    if contact.emails or contact.profiles:
        return ""
    if not contact.name:
        if contact.company:
            return _KINDS["org"]
        return "only a telephone number, no name and no address" if "TEL" in fields else "an empty card"
    if not _LETTER.search(contact.name):
        return "only a number, no name and no address"
    return ""


def _first(fields: Fields, name: str) -> str:
    if name in fields:
        for entry in fields[name]:
            if value := text.line(entry.value):
                return value
    return ""


def _contact(fields: Fields) -> Contact:
    profiles, sites = properties.places(fields)
    return Contact(
        name=_first(fields, "FN") or _composed(fields) or _first(fields, "NICKNAME"),
        emails=_emails(fields),
        profiles=profiles,
        company=_company(fields),
        position=_first(fields, "TITLE") or _first(fields, "ROLE"),
        location=_location(fields),
        pronouns=_first(fields, "PRONOUNS"),
        facts=_facts(fields, sites),
    )


def _composed(fields: Fields) -> str:
    """The name put together from its parts, without titles."""
    for entry in fields.get("N", ()):
        last, first, middle = (
            *(" ".join(text.line(part).replace(",", " ").split()) for part in entry.parts),
            "",
            "",
            "",
        )[:3]
        if name := " ".join(filter(None, (first, middle, last))):
            return name
    return ""


def _emails(fields: Fields) -> tuple[str, ...]:
    """The addresses, the preferred one first."""
    values = (text.line(entry.value) for entry in _ranked(fields.get("EMAIL", [])))
    parts = (part.strip() for value in values for part in (value.split(",") if value.count("@") > 1 else [value]))
    return tuple(part for part in parts if part)


def _ranked(found: list[Property]) -> list[Property]:
    return sorted(found, key=lambda entry: _rank(entry.params)) if len(found) > 1 else found


def _rank(params: str) -> int:
    if "pref" not in params.lower():
        return 101
    if match := _RANK.search(params):
        return int(match[1])
    return 1 if _PREFERRED.search(params) else 101


def _company(fields: Fields) -> str:
    """The organisation without its departments."""
    for entry in fields.get("ORG", ()):
        for part in entry.parts:
            if value := text.line(part):
                return value
    return ""


def _location(fields: Fields) -> str:
    """City and country of the preferred address, else of the first that has any."""
    for entry in _ranked(fields.get("ADR", [])):
        parts = entry.parts
        if len(parts) < 4:
            continue
        city, country = text.line(parts[3]), text.line(parts[6]) if len(parts) > 6 else ""
        region = text.line(parts[4]) if len(parts) > 4 and not city else ""
        if found := ", ".join(dict.fromkeys(filter(None, (city, region, country)))):
            return found
    return ""


def _facts(fields: Fields, sites: Sequence[str]) -> tuple[Fact, ...]:
    """What the owner of the address book wrote down; none of it is something the person showed to everybody."""
    facts: list[Fact] = []
    if "NICKNAME" in fields and (name := _first(fields, "NICKNAME")):
        facts.append(Fact("nickname", name, _SOURCE))
    notes = (text.paragraphs(entry.value) for entry in fields.get("NOTE", ()))
    facts += [Fact("note", value, _SOURCE, shared=False) for value in notes if value]
    if day := birthday(_first(fields, "BDAY")):
        facts.append(Fact("birthday", day, _SOURCE, shared=False))
    for name, kind in () if _KINDS_OF_FACTS.isdisjoint(fields) else _FACTS:
        values = (text.line(entry.value) for entry in fields.get(name, ()))
        facts += [Fact(kind, value, _SOURCE, shared=False) for value in values if value]
    for entry in fields.get("CATEGORIES", ()):
        labels = map(text.line, entry.listed)
        facts += [Fact("label", label, _SOURCE, shared=False) for label in labels if _is_label(label)]
    return (*facts, *(Fact("website", site, _SOURCE) for site in sites))


def _is_label(label: str) -> bool:
    """Whether a category is the user's own, not one that the address book puts on everybody."""
    return bool(label) and label.casefold() not in _SYSTEM_LABELS
