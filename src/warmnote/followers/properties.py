"""The properties of a contact card: folded lines, quoted-printable, character sets and escapes, read with tolerance.

Only the properties that say something about a person are looked at; pictures and keys cost next to nothing.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from warmnote import accounts
from warmnote.accounts import Account
from warmnote.followers import text
from warmnote.model import Network

__all__ = ["Fields", "Property", "decoded", "parsed", "places"]

_NAMES = frozenset(
    [
        "VERSION", "FN", "N", "NICKNAME", "EMAIL", "TEL", "ORG", "TITLE", "ROLE", "ADR", "URL", "NOTE", "BDAY", "CATEGORIES",
        "KIND", "MEMBER", "PRONOUNS", "HOBBY", "INTEREST", "EXPERTISE", "IMPP", "SOCIALPROFILE", "X-SOCIALPROFILE",
        "X-ADDRESSBOOKSERVER-KIND", "X-ADDRESSBOOKSERVER-MEMBER", "X-ABSHOWAS", "X-DL", "X-TWITTER", "X-X", "X-INSTAGRAM",
        "X-FACEBOOK", "X-LINKEDIN", "X-LINKEDIN-URL", "X-GITHUB", "X-MASTODON", "X-BLUESKY", "X-TIKTOK", "X-THREADS",
    ]
)  # fmt: skip
_PROPERTY = re.compile(r"^(?:[\w-]+\.)?([\w-]+)((?:;(?:[^\":;\n]++|\"[^\"\n]*+\")*+)*+):(.*)", re.MULTILINE)
_BINARY = re.compile(
    r"^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY|X-MS-CARDPICTURE|X-MS-OL-DESIGN|JPEGPHOTO)\b[^\n]*"
    r"(?:\n[ \t][^\n]*)*(?:\n[A-Za-z0-9+/=]+[ \t]*(?=\n|\Z))*",
    re.IGNORECASE | re.MULTILINE,
)
_AGENT = re.compile(
    r"^(?:[\w-]+\.)?AGENT\b[^\n]*\n+BEGIN:VCARD.*?^END:VCARD[^\n]*", re.IGNORECASE | re.MULTILINE | re.DOTALL
)
_SOFT = re.compile(r"^([^:\n]*QUOTED-PRINTABLE[^:\n]*:(?:[^\n]*=[ \t]*\n)+[^\n]*)", re.IGNORECASE | re.MULTILINE)
_SOFT_END = re.compile(r"=[ \t]*\n")
_LOOSE = re.compile(r"\n(?![\w.-]+[;:])(?=[^\n])")
_ESCAPE = re.compile(r"\\([nN,;:\\\"])")
_PARAM = re.compile(r";([\w-]+)(?:=((?:\"[^\"]*\"|[^\";])*))?")
_SITE = re.compile(r"(?:https?:)?//\S+|(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.IGNORECASE)
_SERVICES = {
    "twitter": Network.X,
    "x": Network.X,
    "instagram": Network.INSTAGRAM,
    "facebook": Network.FACEBOOK,
    "linkedin": Network.LINKEDIN,
    "github": Network.GITHUB,
    "mastodon": Network.MASTODON,
    "bluesky": Network.BLUESKY,
    "bsky": Network.BLUESKY,
    "tiktok": Network.TIKTOK,
    "threads": Network.THREADS,
}
_OF_PROFILES = frozenset(["SOCIALPROFILE", "X-SOCIALPROFILE", "IMPP", "URL"])
_BY_NAME = {f"X-{name.upper()}": network for name, network in _SERVICES.items()} | {"X-LINKEDIN-URL": Network.LINKEDIN}
_FOLD = re.compile(rb"\r?\n[ \t]")
_SCHEME = re.compile(r"[a-z][a-z-]*:(?://)?", re.IGNORECASE)


@dataclass(slots=True)  # not frozen: that would double the time it takes to make a million of them
class Property:
    """One property: `params` as written (`;TYPE=HOME;PREF`), the `raw` value with its escapes and the `value` without."""

    params: str
    raw: str

    @property
    def value(self) -> str:
        """The text, with line feeds where the card has them."""
        return _unescaped(self.raw) if "\\" in self.raw else self.raw

    @property
    def parts(self) -> list[str]:
        """The components between semicolons that are not escaped."""
        if "\\" not in self.raw:
            return self.raw.split(";")
        return [_unescaped(part) for part in _split(self.raw, ";")]

    @property
    def listed(self) -> list[str]:
        """The items of a list: between commas, or semicolons, as some write it."""
        return [_unescaped(part) for piece in _split(self.raw, ",") for part in _split(piece, ";")]

    def param(self, name: str) -> str:
        """The value of a parameter without its quotation marks; empty if it is not there."""
        for match in _PARAM.finditer(self.params):
            if match[1].upper() == name and match[2]:
                return match[2].strip('"')
        return ""

    @property
    def words(self) -> Iterator[str]:
        """Every word of the parameters in lower case: types, bare or named."""
        return (word.lower() for word in re.findall(r"[\w-]+", self.params))


Fields = dict[str, list[Property]]
"""A card's properties by their names in capitals."""


def _split(raw: str, mark: str) -> list[str]:
    if "\\" not in raw:
        return raw.split(mark)
    parts, start, index = list[str](), 0, 0
    while index < len(raw):
        if raw[index] == "\\":
            index += 1
        elif raw[index] == mark:
            parts.append(raw[start:index])
            start = index + 1
        index += 1
    parts.append(raw[start:])
    return parts


def _unescaped(raw: str) -> str:
    if "\\" not in raw:
        return raw
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], raw)


def decoded(data: bytes) -> tuple[str, str, int]:
    """A file of cards as text with line feeds, the readable name of its encoding, and how many characters were lost.

    Cards of several programs are often pasted together: in a file that is not UTF-8 as a whole, each line is read as
    UTF-8 if it is that, else in the character set that its property names, else as Windows-1252.
    """
    try:
        content, read_as, damaged = text.clean(data.decode("utf-8-sig")), "UTF-8", 0
        if "\0" in data[:4096].decode("latin-1"):
            content, read_as, damaged = text.decode(data)
    except UnicodeDecodeError:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:512].count(0) > 8:
            content, read_as, damaged = text.decode(data)
        else:
            content, read_as, damaged = _unfolded(data) or _by_lines(data)
    if "\r" in content:
        content = content.replace("\r\n", "\n").replace("\r", "\n")
    return content, read_as, damaged


def _unfolded(data: bytes) -> tuple[str, str, int] | None:
    """Cards in UTF-8 of which a program has folded the bytes, in the middle of letters too; None if they are not."""
    try:
        return text.clean(_FOLD.sub(b"", data).decode("utf-8-sig")), "UTF-8", 0
    except UnicodeDecodeError:
        return None


def _by_lines(data: bytes) -> tuple[str, str, int]:
    lines: list[str] = []
    charset = ""
    for line in re.split(rb"\r\n|\n|\r", data):
        if line[:1] not in (b" ", b"\t"):
            match = re.match(rb"[^:]*?;CHARSET=\"?([\w.:-]+)", line, re.IGNORECASE)
            charset = match[1].decode("ascii", "replace") if match else ""
        lines.append(_as_text(line, charset))
    content = "\n".join(lines)
    return text.clean(content), "Windows-1252", content.count("\ufffd")


def _as_text(data: bytes, charset: str = "") -> str:
    """Bytes in the character set a property names, else as UTF-8, else as Windows-1252."""
    if data.isascii() and not charset:
        return data.decode("ascii")
    for name in (charset, "utf-8"):
        if name:
            try:
                return data.decode(name)
            except (LookupError, ValueError):  # a set that nobody knows, or that it is not
                continue
    return data.decode("cp1252", "replace")


def parsed(body: str) -> Fields:
    """The properties between a card's BEGIN and END by their names in capitals, those without a value left out."""
    capitals = body.upper()
    if "PHOTO" in capitals or "LOGO" in capitals or "SOUND" in capitals or "KEY" in capitals or "-MS-" in capitals:
        body = _BINARY.sub("", body)
    if "AGENT" in capitals:
        body = _AGENT.sub("", body)
    quoted = "QUOTED-PRINTABLE" in capitals
    if quoted:
        body = _SOFT.sub(lambda match: _SOFT_END.sub("", match[0]), body)
    if "\n " in body or "\n\t" in body:
        body = body.replace("\n ", "").replace("\n\t", "")
    found = _PROPERTY.findall(body)
    if len(found) < body.count("\n") - 1 and _LOOSE.search(body):  # a line break inside a note that nobody escaped
        found = _PROPERTY.findall(_LOOSE.sub(r"\\n", body.lstrip("\n")))
    encoded = quoted or "ENCODING" in capitals
    fields: Fields = {}
    for name, params, raw in found:
        if name not in _NAMES:
            name = name.upper()
            if name not in _NAMES:
                continue
        if not raw or raw.isspace():
            continue
        if name in fields:
            if name == "TEL":  # one is enough to know that there are some
                continue
            fields[name].append(Property(params, _transferred(params, raw) if encoded and params else raw))
        else:
            fields[name] = [Property(params, _transferred(params, raw) if encoded and params else raw)]
    return fields


def _transferred(params: str, raw: str) -> str:
    """A value without its transfer encoding; escapes that were hidden by it are kept."""
    entry = Property(params, raw)
    encoding = entry.param("ENCODING").upper()
    data = b""
    if encoding in ("B", "BASE64"):
        try:
            data = binascii.a2b_base64(raw)
        except binascii.Error:
            return ""
    elif "QUOTED-PRINTABLE" in params.upper():
        data = binascii.a2b_qp(raw.encode("utf-8", "replace"))
    else:
        return raw
    value = text.clean(_as_text(data, entry.param("CHARSET")))
    return value.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def places(fields: Fields) -> tuple[tuple[Account, ...], tuple[str, ...]]:
    """The accounts on networks that a card names, and its other web addresses; both in its order."""
    found: dict[tuple[Network, str], Account] = {}
    sites: dict[str, None] = {}
    for name, entries in fields.items():
        network = None
        if name not in _OF_PROFILES:
            network = _BY_NAME.get(name)
            if network is None:
                continue
        for entry in entries:
            account = _profile(entry) if network is None else _account(network, entry.value)
            if account is not None:
                found[account.network, account.key] = account
            elif name == "URL" and _SITE.fullmatch(site := text.line(entry.value)):
                sites[site] = None
    return tuple(found.values()), tuple(sites)


def _profile(entry: Property) -> Account | None:
    value = text.line(entry.value)
    if account := accounts.profile(value):
        return account
    if not entry.params:
        return None
    named = entry.param("SERVICE-TYPE") or entry.param("X-SERVICE-TYPE")
    network = _SERVICES.get(named.lower()) or next((_SERVICES[word] for word in entry.words if word in _SERVICES), None)
    if network is None:
        return None
    for handle in (entry.param("X-USER"), entry.param("USERNAME"), value):
        if handle and (account := _account(network, handle)):
            return account
    return None


def _account(network: Network, value: str) -> Account | None:
    value = text.line(value)
    if account := accounts.profile(value):
        return account
    return accounts.by_handle(network, _SCHEME.sub("", value, count=1))
