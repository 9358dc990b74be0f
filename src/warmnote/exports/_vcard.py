"""vCard 4.0 (RFC 6350) for address books: one card a person.

SOCIALPROFILE and PRONOUNS are those of RFC 9554. Letters, facts, plans and drafts have no place in a card.
"""

import re
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import BinaryIO
from urllib.parse import quote

from warmnote.model import Exported, MessageKind, Network, Person

__all__ = ["write_vcard"]

_LINE = 75  # octets, without the line break
_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_NO_URI = re.compile(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]")
_TITLE = re.compile(r"[A-Z]\w*[A-Z]|\.|\b(?:Jr|Sr|Esq)\b")  # such as PhD, MBA, Dipl.-Ing., Jr
_NO_PARAM = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\"]")


def write_vcard(people: Iterable[Exported], out: BinaryIO, exported_at: datetime) -> int:
    """Writes a card for each; returns how many there were. `exported_at` becomes the revision of every card."""
    revision = f"REV:{exported_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    count = 0
    for one in people:
        lines = ["BEGIN:VCARD", "VERSION:4.0", "KIND:individual", *_properties(one), revision, "END:VCARD"]
        out.write("".join(map(_folded, lines)).encode())
        count += 1
    return count


def _properties(one: Exported) -> Iterator[str]:
    person = one.person
    emails = _emails(person)
    first = next(iter(person.identities), None)
    name = person.name or (first.handle if first else "") or next(iter(emails), "") or "?"
    yield f"UID:{_uid(person)}"
    yield f"FN:{_text(name)}"
    yield f"N:{';'.join(map(_text, _parts(name)))}"
    if person.company:
        yield f"ORG:{_text(person.company)}"
    if person.position:
        yield f"TITLE:{_text(person.position)}"
    for rank, email in enumerate(emails, 1):
        yield f"EMAIL;PREF={min(rank, 100)}:{_text(email)}"
    if person.location:
        yield f"ADR:;;;{_text(person.location)};;;"
    if person.pronouns:
        yield f"PRONOUNS:{_text(person.pronouns)}"
    yield from _addresses(person)
    notes = [person.bio] if person.bio else []
    notes += [message.text for message in one.messages if message.kind is MessageKind.NOTE]
    for note in notes:
        yield f"NOTE:{_text(note)}"
    if person.tags:
        yield f"CATEGORIES:{','.join(map(_text, person.tags))}"


def _parts(name: str) -> tuple[str, str, str, str, str]:
    """A name as family name, given names, additional names (which nobody tells apart), titles before and behind."""
    first, _, behind = (part.strip() for part in name.partition(","))
    if not (first and behind):
        first, behind = name, ""
    elif not _TITLE.search(behind):
        return first, behind, "", "", ""  # the family name stands first
    given, _, family = first.rpartition(" ")
    return (family, given, "", "", behind) if given else ("", family, "", "", behind)


def _addresses(person: Person) -> Iterator[str]:
    """URL for every address, since few programs know SOCIALPROFILE; that too, for those that do."""
    addresses = [identity.url for identity in person.identities if identity.url]
    addresses += [fact.text for fact in person.facts if fact.kind == "website" and not fact.hidden]
    for address in dict.fromkeys(addresses):
        yield f"URL:{_uri(address)}"
    for identity in person.identities:
        if identity.network in (Network.EMAIL, Network.OTHER) or not (identity.url or identity.handle):
            continue
        handle = _NO_PARAM.sub("", identity.handle)
        user = f';USERNAME="{handle}"' if handle else ""
        value = f":{_uri(identity.url)}" if identity.url else f";VALUE=text:{_text(identity.handle)}"
        yield f"SOCIALPROFILE;SERVICE-TYPE={identity.network.label}{user}{value}"


def _emails(person: Person) -> tuple[str, ...]:
    found = [person.email] if person.email else []
    for identity in person.identities:
        address = identity.key.removeprefix("email:")
        if "@" in address and (identity.network is Network.EMAIL or address != identity.key):
            found.append(address)
    return tuple({email.casefold(): email for email in reversed(found)}.values())[::-1]


def _uid(person: Person) -> str:
    """The same for the same person in every export: by the account they were first known by."""
    first = next(iter(person.identities), None)
    known_by = f"{first.network}:{first.key}" if first else f"{person.added_at}:{person.id}"
    name = f"warmnote:{known_by}".encode("utf-8", "replace").decode()
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _text(value: str) -> str:
    value = _CONTROL.sub("", _BREAKS.sub("\n", value))
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


def _uri(value: str) -> str:
    return _NO_URI.sub(lambda match: quote(match[0].encode("utf-8", "replace")), value.strip())


def _folded(line: str) -> str:
    """A line with its break, folded between characters so that no part is longer than 75 octets."""
    if len(line) <= _LINE and len(line.encode()) <= _LINE:
        return f"{line}\r\n"
    parts: list[str] = []
    start = size = 0
    for index, character in enumerate(line):
        octets = len(character.encode())
        if size + octets > _LINE:
            parts.append(line[start:index])
            start, size = index, 1  # the space that begins the next part
        size += octets
    parts.append(line[start:])
    return "\r\n ".join(parts) + "\r\n"
