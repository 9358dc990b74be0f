"""Where a message goes, and how long it may be there, in what that channel counts.

Limits are data (`resources/channels.toml`), each with the day it was checked; this module knows only how to count.
Counting never fails, whatever the text holds, half an emoji included.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self
from urllib.parse import quote

from warmnote.model import Expected, Identity, Network
from warmnote.resources import resource

__all__ = ["Channel", "Channels", "Length", "Unit"]


class Unit(StrEnum):
    """What a channel counts."""

    GRAPHEMES = "graphemes"  # what a reader calls a character
    CODE_POINTS = "code_points"
    UTF16 = "utf16"  # UTF-16 code units: an emoji counts two or more
    BYTES = "bytes"  # UTF-8
    X_WEIGHTED = "x_weighted"  # X: Latin counts one, most other scripts and any emoji two
    EMOJI_BYTES = "emoji_bytes"  # Threads: code points, but an emoji by its UTF-8 bytes
    SEPTETS = "septets"  # SMS: GSM-7, or UTF-16 for the whole text when one character is not in that alphabet


@dataclass(frozen=True, slots=True)
class Length:
    """How long a text is on a channel. `used`, `limit` and `over` are in the channel's unit.

    `limit` is what one message holds (for an SMS it falls from 160 to 70 with the alphabet), None if there is none.
    `over` is how far past it the text goes, 0 if it fits. `parts` is the number of messages it is sent in, at least 1.
    `note` is one sentence about this text for its writer, often empty.
    """

    used: int
    limit: int | None
    parts: int = 1
    over: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach a person. The fields are those of `resources/channels.toml`, described there."""

    id: str
    label: str
    network: Network
    unit: Unit
    checked: date
    limit: int | None = None
    warn: int | None = None
    bytes: int | None = None
    link: int | None = None
    short_mentions: bool = False
    opens: str = ""
    note: str = ""

    def measure(self, text: str) -> Length:
        """How long `text` is here. Pure; takes any string."""
        if self.unit is Unit.SEPTETS:
            return _sms(text)
        used = self._count(text)
        over = max(0, used - self.limit) if self.limit is not None else 0
        note = ""
        if self.warn is not None and used > self.warn and not over:
            note = f"Over {self.warn:,} characters, where {self.network.label} may refuse it."
        if self.bytes is not None and not over:
            size = _bytes(text)
            if size > self.bytes:
                over = size - self.bytes
                note = f"Within {self.limit:,} characters, but {over:,} bytes over the {self.bytes:,} that are allowed."
        return Length(used, self.limit, 1, over, note)

    def address(self, identity: Identity) -> str:
        """The page to open for a person known by `identity`: https, or empty if there is none."""
        handle = identity.handle.strip().lstrip("@")
        if self.opens and handle and identity.network is self.network:
            return self.opens.replace("{handle}", quote(handle, safe="._-"))
        return identity.url if identity.url.startswith("https://") else ""

    def _count(self, text: str) -> int:
        if self.short_mentions:
            text = _FEDIVERSE_MENTION.sub(r"\1", text)
        if self.unit is Unit.X_WEIGHTED:
            return _x_weighted(text, self.link or 23)
        if self.link is None:
            return _COUNT[self.unit](text)
        rest, links = _HTTP.subn("", text)
        return _COUNT[self.unit](rest) + links * self.link


@dataclass(frozen=True, slots=True)
class Channels:
    """All channels, in the order of their file."""

    by_id: Mapping[str, Channel]

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Reads `path`, or the file that comes with Warmnote. Raises Expected naming the channel and what is wrong."""
        path = path or resource("channels.toml")
        try:
            records: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["channel"]
        except (OSError, ValueError, KeyError) as problem:
            raise Expected(f"The list of channels cannot be read: {problem}.", f"Look at {path}.") from problem
        channels: dict[str, Channel] = {}
        for number, record in enumerate(records, 1):
            channel = _channel(record, record.get("id", f"number {number}"), path)
            if channel.id in channels:
                raise Expected(f"The channel {channel.id} is there twice.", f"Look at {path}.")
            channels[channel.id] = channel
        return cls(MappingProxyType(channels))

    def __iter__(self) -> Iterator[Channel]:
        return iter(self.by_id.values())

    def get(self, channel_id: str) -> Channel:
        """The channel with this id. Raises KeyError if there is none."""
        return self.by_id[channel_id]

    def for_network(self, network: Network) -> tuple[Channel, ...]:
        """What can reach someone met on `network`: its own channels, the usual one first, then those open to everyone."""
        own = tuple(channel for channel in self if channel.network is network)
        open_to_all = (Network.EMAIL, Network.OTHER)
        return own + tuple(channel for channel in self if channel.network in open_to_all and channel not in own)


def _channel(record: dict[str, Any], name: object, path: Path) -> Channel:
    try:
        known: dict[str, Any] = {**record, "network": Network(record["network"]), "unit": Unit(record["unit"])}
        channel = Channel(**known)
    except (KeyError, TypeError, ValueError) as problem:
        raise Expected(f"The channel {name} cannot be read: {problem}.", f"Look at {path}.") from problem
    amounts = (known.get(key, 1) for key in ("limit", "warn", "bytes", "link"))
    if not all(isinstance(amount, int) and amount > 0 for amount in amounts):
        raise Expected(f"The channel {name} has a limit that is not a whole number above zero.", f"Look at {path}.")
    return channel


_HTTP = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?'”’)\]]", re.IGNORECASE)
_FEDIVERSE_MENTION = re.compile(r"(?<![\w/@])(@\w+(?:[.-]+\w+)*)@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _utf16(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


@cache
def _grapheme_pattern() -> Any:
    import regex  # 17 ms, and only needed once a letter holds more than plain ASCII

    return regex.compile(r"\X")


@cache
def _emoji_pattern() -> Any:
    import regex

    one = r"\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?(?:[\U000E0020-\U000E007E]+\U000E007F)?"
    # © and ® are pictographic but plain text unless a variation selector asks for the emoji.
    return regex.compile(rf"\p{{RI}}\p{{RI}}|[0-9#*]\uFE0F?\u20E3|(?![©®](?!\uFE0F)){one}(?:\u200D{one})*")


def _graphemes(text: str) -> int:
    if text.isascii() and "\r" not in text:
        return len(text)
    return sum(1 for _ in _grapheme_pattern().finditer(text))


def _emoji_bytes(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text) + sum(_bytes(emoji[0]) - len(emoji[0]) for emoji in _emoji_pattern().finditer(text))


_COUNT = {
    Unit.GRAPHEMES: _graphemes,
    Unit.CODE_POINTS: len,
    Unit.UTF16: _utf16,
    Unit.BYTES: _bytes,
    Unit.EMOJI_BYTES: _emoji_bytes,
}


_X_LIGHT = re.compile("[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_X_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_X_GENERIC = (
    "com|net|org|info|biz|io|app|dev|shop|store|blog|online|site|website|xyz|club|tech|cloud|agency|studio|media|news|"
    "live|life|world|today|space|design|art|photo|photos|gallery|music|video|email|link|page|pro|name|mobi|travel|jobs|"
    "edu|gov|mil|int|museum|coop|aero|asia|cat|eus|gal|berlin|london|paris|nyc|tokyo|academy|coach|coffee|company|"
    "consulting|digital|events|finance|fitness|fund|fun|games|global|group|guide|guru|health|host|house|institute|land|"
    "law|ltd|marketing|money|network|ninja|one|plus|press|realty|rocks|run|sale|school|services|social|solutions|style|"
    "support|systems|team|tips|tools|top|training|tv|vip|wiki|work|works|zone"
)
_X_COUNTRY = (
    "a[cdefgilmoqrstuwxz]|b[abdefghijmnorstvwyz]|c[acdfghiklmnoruvwxyz]|d[ejkmoz]|e[ceghrstu]|f[ijkmor]|"
    "g[abdefghilmnpqrstuwy]|h[kmnrtu]|i[delmnoqrst]|j[emop]|k[eghimnprwyz]|l[abcikrstuvy]|m[acdeghklmnopqrstuvwxyz]|"
    "n[acefgilopruz]|om|p[aefghklmnrstwy]|qa|r[eosuw]|s[abcdeghijklmnorstuvxyz]|t[cdfghjklmnortvwz]|u[agksyz]|"
    "v[aceginu]|w[fs]|y[et]|z[amw]|[\u0430-\u044f]{2}|\u067e\u0627\u06a9\u0633\u062a\u0627\u0646|\u4e2d\u56fd|\ud55c\uad6d"
)
_X_TAIL = (
    r"(?::\d+)?(?P<path>/(?:[^\s<>\"]*[^\s<>\".,;:!?'”’)\]\u202a-\u202e\u2066-\u2069])?)?(?:\?[^\s<>\"]*[\w/=&#-])?"
)
_X_URL = re.compile(
    rf"(?<![\w@#$.-])(?P<scheme>https?://)?(?P<host>(?:{_X_LABEL}\.)+?(?:(?:{_X_GENERIC})|(?P<country>{_X_COUNTRY}))"
    rf"(?![\w-])(?!\.\w))(?:{_X_TAIL})",
    re.IGNORECASE,
)


def _x_weighted(text: str, link: int) -> int:
    """X's own sum: NFC, a web address counts `link`, an emoji two, Latin and its neighbours one, the rest two."""
    text = unicodedata.normalize("NFC", text)
    links = 0

    def take(found: re.Match[str]) -> str:
        nonlocal links
        bare_country = found["country"] and not found["scheme"] and not found["path"] and found["host"].count(".") == 1
        if bare_country and found["country"].casefold() not in {"co", "tv"}:
            return found[0]  # "test.in" is more often a missing space than an address
        links += 1
        return ""

    rest = _X_URL.sub(take, text) if "." in text else text
    if not rest.isascii():
        rest, emoji = _emoji_pattern().subn("", rest)
    else:
        emoji = 0
    light = sum(1 for _ in _X_LIGHT.finditer(rest))
    return links * link + emoji * 2 + light + 2 * (len(rest) - light)


_GSM_ONE = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWO = frozenset("\f^{}\\[~]|€")
_NAMED = {
    "“": "curly quote “",
    "”": "curly quote ”",
    "‘": "curly quote ‘",
    "’": "curly apostrophe ’",
    "…": "ellipsis …",
    "–": "dash –",
    "—": "dash —",
    "\u00a0": "no-break space",
    "\t": "tab",
}


def _sms(text: str) -> Length:
    foreign = next((c for c in text if c not in _GSM_ONE and c not in _GSM_TWO), "")
    if foreign:
        sizes = [2 if c > "\uffff" else 1 for c in text]
        single, part = 70, 67
    else:
        sizes = [2 if c in _GSM_TWO else 1 for c in text]
        single, part = 160, 153
    used = sum(sizes)
    parts = 1 if used <= single else _parts(sizes, part)
    note = f"The {_name(foreign)} makes this a 70-character SMS." if foreign else ""
    return Length(used, single, parts, max(0, used - single), note)


def _parts(sizes: list[int], room: int) -> int:
    """How many parts a long text takes; a character of two units is never cut in half."""
    parts, free = 1, room
    for size in sizes:
        if size > free:
            parts, free = parts + 1, room
        free -= size
    return parts


def _name(character: str) -> str:
    if character in _NAMED:
        return _NAMED[character]
    if character.isalpha():
        return f"letter {character}"
    if character.isprintable() and not character.isspace() and not unicodedata.category(character).startswith("M"):
        return f"{'emoji' if character > chr(0x2190) else 'character'} {character}"
    return f"character {unicodedata.name(character, f'U+{ord(character):04X}').lower()}"
