"""The lists of accounts in a download from Meta: where they are in it, of which network, and what each of them says.

Instagram, Threads and Facebook write the same few shapes. What a file is, is told by the keys inside it or by the
addresses of its entries; only a bare list, which has no key, needs its file's name to say whose list it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import islice
from typing import cast

from warmnote.followers import dates, jsons, pages, text
from warmnote.followers.container import HEAD, LOOKED_INTO, Container, Entry, Form
from warmnote.followers.entries import Listed, address, listed
from warmnote.model import Expected, Network, Problem

__all__ = ["Kind", "List", "Source", "exported_on", "failures", "lists", "survey"]

_PEEK = 8_192  # enough of a file for its keys and its first entries
_SAMPLE = 20


class Kind(Enum):
    """Whose list it is."""

    FOLLOWERS = "followers"
    FRIENDS = "friends"
    FOLLOWING = "following"
    REQUESTS = "requests"
    BLOCKED = "blocked"
    RESTRICTED = "restricted"
    OTHER = "other"
    UNTOLD = "untold"  # nothing says it


@dataclass(frozen=True, slots=True)
class List:
    """One list of a file. `keyed` says that a key named it; `broken` where the file breaks off; None entries hold nothing."""

    network: Network
    kind: Kind
    entries: Sequence[Listed | None]
    keyed: bool
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A file with lists in it. `part` is the number in its name (None: it has none), `page` says HTML."""

    entry: Entry
    networks: frozenset[Network]
    kinds: frozenset[Kind]
    part: int | None
    page: bool


_KEYED = (
    (re.compile(r"relationships_(\w+)"), Network.INSTAGRAM),
    (re.compile(r"text_post_app_(?:text_post_app_)?(\w+)"), Network.THREADS),
    (re.compile(r"((?:[a-z]+_)*(?:friends|followers|following|requests|users|profiles|pages))_v\d+"), Network.FACEBOOK),
)
_KINDS = {
    "followers": Kind.FOLLOWERS,
    "following": Kind.FOLLOWING,
    "friends": Kind.FRIENDS,
    "blocked_users": Kind.BLOCKED,
    "blocked_profiles": Kind.BLOCKED,
    "blocked_accounts": Kind.BLOCKED,
    "restricted_users": Kind.RESTRICTED,
    "restricted_profiles": Kind.RESTRICTED,
    "restricted_accounts": Kind.RESTRICTED,
    "follow_requests_received": Kind.REQUESTS,
    "received_requests": Kind.REQUESTS,
}
_NAMED = (  # file names without their extension and number, spaces for underscores
    (r"followers?|people who (?:have )?follow(?:ed)? you", Kind.FOLLOWERS),
    (r"(?:your )?friends", Kind.FRIENDS),
    (r"following|who you.{0,3} ?(?:follow|followed)", Kind.FOLLOWING),
    (r"follow requests you.{0,3} ?ve received|received friend requests|friend requests received", Kind.REQUESTS),
    (r"blocked (?:profiles|accounts|users)", Kind.BLOCKED),
    (r"restricted (?:profiles|accounts|users)", Kind.RESTRICTED),
    (r".*(?:unfollow|request|close friends|suggest|hide story|favou?rite|hashtag|removed|deleted|know).*", Kind.OTHER),
    (r".*(?:blocked|restricted|muted|contacts|liked).*", Kind.OTHER),
)
_NAMES = tuple((re.compile(pattern), kind) for pattern, kind in _NAMED)
_FACEBOOK_NAME = re.compile(
    r"people who .*|who you.*|(?:your|removed|deleted) friends|.*friend requests.*|friends", re.IGNORECASE
)
_NOT_PEOPLE = r"(?!(?:p|reels?|tv|explore|stories|accounts|direct|legal|about|developer|privacy|help)[/?]?$)"
_PROFILES = {
    Network.INSTAGRAM: re.compile(
        rf"https?://(?:www\.|m\.)?instagram\.com/{_NOT_PEOPLE}(?:_u/)?[^/?#\s]+/?(?:[?#].*)?", re.IGNORECASE
    ),
    Network.THREADS: re.compile(
        rf"https?://(?:www\.)?threads\.(?:net|com)/{_NOT_PEOPLE}@?[^/?#\s]+/?(?:[?#].*)?", re.IGNORECASE
    ),
}
_HEADLINES = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"block|blo[ckq]|gesperrt", Kind.BLOCKED),
        (r"restrict|eingeschr|restring|limit", Kind.RESTRICTED),
        (r"unfollow|request|anfrage|close|suggest|demande|solicitud|richiest", Kind.OTHER),
        (r"following|gefolgt|abonnements|suivis|siguiendo|seguidos|seguindo|a seguir|seguiti|volgend", Kind.FOLLOWING),
        (r"follower|abonn[ée]s|seguidores|volger|seguaci|obserwuj", Kind.FOLLOWERS),
        (r"friends|freunde|amis|amigos|amici|vrienden", Kind.FRIENDS),
    )
)
_HINT = re.compile(r"follow|friend|block|restrict|(?:^|/)connections\.(?:json|html?)$|(?:^|/)threads/", re.IGNORECASE)
_LISTS_FOLDER = re.compile(r"(?:^|/)followers.and.following/", re.IGNORECASE)
_JSON = re.compile(r'[\s\ufeff]*(?:\[\s*(?:\]|\{|")|\{\s*(?:\}|"))')
_EXPORT = re.compile(r"(?:instagram|facebook|threads|meta)-[^/]*?(20\d\d)-?(\d\d)-?(\d\d)(?!\d)", re.IGNORECASE)
_OLD = frozenset(
    """followers following blocked_users close_friends follow_requests_sent permanent_follow_requests following_hashtags
    dismissed_suggested_users restricted_users unfollowed_users""".split()
)
_ISO = re.compile(r"20\d\d-\d\d-\d\d")
_FACEBOOK_FIELDS = frozenset({"name", "timestamp", "contact_info", "added_time", "uri", "title", "value"})


def failures(errors: Sequence[Expected]) -> list[Problem]:
    """The files that could not be read, as problems of the whole."""
    return [Problem(None, "", str(error).rstrip(".")) for error in errors]


def survey(container: Container) -> list[Source]:
    """The files that hold lists of Meta's, followers or not, found by what is in them."""
    wanted = [entry for entry in container.entries if container.form is Form.FILE or _may_be(entry)]
    hinted = [entry for entry in wanted if container.form is Form.FILE or _HINT.search(entry.name)]
    found = [source for entry in hinted if (source := _source(container, entry)) is not None]
    if not any(source.kinds & {Kind.FOLLOWERS, Kind.FRIENDS} for source in found):
        rest = [entry for entry in wanted if entry not in set(hinted) and not _is_page(entry)]
        found += [source for entry in rest[:LOOKED_INTO] if (source := _source(container, entry)) is not None]
    return found


def lists(container: Container, source: Source) -> list[List]:
    """All lists of a file. Raises `Expected` if nothing of it can be read."""
    content = jsons.content(container, source.entry)
    if source.page:
        return _lists_of_page(content, source)
    loaded = jsons.salvage(content, container.where(source.entry))
    value = jsons.unmojibake(loaded.value) if "\\u00" in content or not content.isascii() else loaded.value
    found = _sections(value, source.entry)
    return [
        List(network, kind, [one for item in items for one in listed(item)], keyed, loaded.broken)
        for network, kind, items, keyed in found
    ]


def exported_on(container: Container, sources: Sequence[Source]) -> date | None:
    """The day of the download, which the zip or its outermost folder bears in its name."""
    for name in (container.origin, *(source.entry.name for source in sources[:1])):
        if match := _EXPORT.search(name):
            return dates.read(f"{match[1]}-{match[2]}-{match[3]}")
    return None


def _may_be(entry: Entry) -> bool:
    return bool(entry.size) and entry.base.rpartition(".")[2] in ("json", "html", "htm")


def _is_page(entry: Entry) -> bool:
    return entry.base.endswith((".html", ".htm"))


def _stem(entry: Entry) -> tuple[str, int | None]:
    """A file's name without extension, the number that a browser adds to a copy, and the number of its part."""
    name = re.sub(r"\s*\(\d+\)$| copy$", "", entry.base.rpartition(".")[0] or entry.base)
    match = re.fullmatch(r"(.*?) (\d{1,4})", name)
    return (match[1], int(match[2])) if match else (name, None)


def _named(stem: str) -> Kind:
    return next((kind for pattern, kind in _NAMES if pattern.fullmatch(stem)), Kind.UNTOLD)


def _source(container: Container, entry: Entry) -> Source | None:
    stem, part = _stem(entry)
    try:
        head = container.head(entry)
    except Expected:
        if container.form is Form.FILE:
            raise
        # Locked or damaged: the reading says so, if it is a list by its name.
        return _source_of(entry, part, _by_name(entry), page=_is_page(entry))
    start = text.decode(head[:_PEEK])[0]
    if _JSON.match(start):
        sections = _peek(head[:_PEEK], entry) or (_peek(head, entry) if len(head) > _PEEK else set())
        return _source_of(entry, part, sections, page=False)
    if re.match(r"\s*<(?:!doctype html|html|head|body|div|meta)", start, re.IGNORECASE):
        # Elsewhere in a download a heading may be anything: the title of a conversation, say.
        own_words = container.form is Form.FILE or _LISTS_FOLDER.search(entry.name) is not None
        kind = _named(stem)
        if kind is Kind.UNTOLD and not own_words:
            return None
        if len(head) >= HEAD:  # the style sheet alone may be longer
            head = container.read(entry)
        page = head.decode("utf-8", errors="replace")
        kind = _headed(page) if kind is Kind.UNTOLD else kind
        network = _network_of_page(page, stem, kind)
        return _source_of(entry, part, {(network, kind)}, page=True) if network else None
    return None


def _source_of(entry: Entry, part: int | None, found: set[tuple[Network, Kind]], *, page: bool) -> Source | None:
    if not found:
        return None
    return Source(
        entry, frozenset(network for network, _ in found), frozenset(kind for _, kind in found), part, page=page
    )


def _peek(head: bytes, entry: Entry) -> set[tuple[Network, Kind]]:
    """The networks and kinds of a file's lists, from its beginning; by its name if nothing of it can be read."""
    try:
        value = jsons.salvage(text.decode(head)[0], entry.name).value
    except Expected:
        return _by_name(entry)
    return {(network, kind) for network, kind, _, _ in _sections(value, entry)}


def _by_name(entry: Entry) -> set[tuple[Network, Kind]]:
    stem, _ = _stem(entry)
    kind = _named(stem)
    return {(_network_by_name(entry, stem), kind)} if kind not in (Kind.UNTOLD, Kind.OTHER) else set()


def _network_by_name(entry: Entry, stem: str) -> Network:
    if _FACEBOOK_NAME.fullmatch(stem):
        return Network.FACEBOOK
    return Network.THREADS if re.search(r"(?:^|/)threads/", entry.name, re.IGNORECASE) else Network.INSTAGRAM


def _sections(value: object, entry: Entry) -> list[tuple[Network, Kind, list[object], bool]]:
    """The lists of a value: network, kind, entries, and whether a key names them."""
    if isinstance(value, list):
        found = _bare(cast("list[object]", value), entry)
        return [found] if found else []
    if not isinstance(value, dict):
        return []
    root = cast("dict[str, object]", value)
    sections: list[tuple[Network, Kind, list[object], bool]] = []
    if _is_old(root):
        for key, users in root.items():
            if isinstance(users, dict):
                dated = cast("dict[str, object]", users).items()
                entries: list[object] = [{"value": user, "timestamp": day} for user, day in dated]
                sections.append((Network.INSTAGRAM, _KINDS.get(key, Kind.OTHER), entries, True))
        return sections
    for key, items in root.items():
        if isinstance(items, list) and (told := _told_by(key, cast("list[object]", items))):
            sections.append((*told, cast("list[object]", items), True))
    return sections


def _is_old(root: dict[str, object]) -> bool:
    """Whether this is the one file that held every list until 2020, each an object of user names with a date."""
    users = [cast("dict[str, object]", root[key]) for key in root if key in _OLD and isinstance(root[key], dict)]
    days = [day for group in users for day in islice(group.values(), _SAMPLE)]
    if days:
        return any(isinstance(day, str) and _ISO.match(day) for day in days)
    return len(users) > 1 and root.keys() <= _OLD


def _told_by(key: str, items: list[object]) -> tuple[Network, Kind] | None:
    for pattern, network in _KEYED:
        if match := pattern.fullmatch(key):
            return network, _KINDS.get(match[1], Kind.OTHER)
    if key in ("friends", "followers", "following") and any(_is_facebooks(item) for item in items[:_SAMPLE]):
        return Network.FACEBOOK, _KINDS[key]
    return None


def _is_facebooks(item: object) -> bool:
    if not isinstance(item, dict):
        return False
    fields = cast("dict[str, object]", item).keys()
    return "name" in fields and "timestamp" in fields and fields <= _FACEBOOK_FIELDS


def _bare(items: list[object], entry: Entry) -> tuple[Network, Kind, list[object], bool] | None:
    """A list without a key: the addresses in it say which network it is, its name whose list."""
    stem, _ = _stem(entry)
    kind = _named(stem)
    usual = _network_by_name(entry, stem)
    if not items:
        if kind in (Kind.UNTOLD, Kind.OTHER) or not _at_home(entry, stem):
            return None
        return usual, kind, items, False
    sample = [cast("dict[str, object]", item) for item in items[:_SAMPLE] if isinstance(item, dict)]
    shaped = [item for item in sample if "string_list_data" in item or "label_values" in item]
    if not shaped:
        if kind in (Kind.FRIENDS, Kind.FOLLOWERS, Kind.BLOCKED) and any(map(_is_facebooks, sample)):
            return Network.FACEBOOK, kind, items, False
        return None
    written = [one for item in shaped for one in listed(item) if one is not None]
    found = [account for one in written if (account := address(one)) is not None]
    network = found[0].network if found else usual
    if not found and any(" " in one.value for one in written):
        network = Network.FACEBOOK
    if kind is Kind.UNTOLD:
        if not found and network is Network.INSTAGRAM:
            return None
        # Only followers are written with the name as the value; the other lists put it elsewhere.
        if any(one.value for one in written if not one.labels):
            kind = Kind.FOLLOWERS
    return network, kind, items, False


def _at_home(entry: Entry, stem: str) -> bool:
    """Whether an empty list lies where Meta puts its lists, or bears a name that nobody else gives."""
    return "/" in entry.name or _FACEBOOK_NAME.fullmatch(stem) is not None or entry.base.startswith("followers ")


def _network_of_page(page: str, stem: str, kind: Kind) -> Network | None:
    if re.search(r"https?://(?:www\.)?threads\.(?:net|com)/@?[\w.]+[\"']", page):
        return Network.THREADS
    if re.search(r"https?://(?:www\.)?instagram\.com/(?:_u/)?[\w.]+/?[\"']", page):
        return Network.INSTAGRAM
    boxes = re.search(r"""class\s*=\s*["'][^"']*(?:_a6-g|uiBoxWhite)\b""", page)
    if _FACEBOOK_NAME.fullmatch(stem) or (boxes and kind is not Kind.UNTOLD):
        return Network.FACEBOOK
    return None


def _headed(page: str) -> Kind:
    """What a page says of itself, in the languages that are known."""
    words = pages.headline(page)
    return next((kind for pattern, kind in _HEADLINES if pattern.search(words)), Kind.UNTOLD)


def _lists_of_page(page: str, source: Source) -> list[List]:
    (network,) = source.networks
    (kind,) = source.kinds
    cut = re.search(r"<(?:html|body)", page, re.IGNORECASE) and not re.search(r"</(?:html|body)", page, re.IGNORECASE)
    if network is Network.FACEBOOK:
        blocks = pages.boxed(page)
        if cut:
            blocks = blocks[:-1]  # half a name is nobody's
        entries = [Listed(value=block.heading, day=block.day) for block in blocks]
    else:
        entries = [
            Listed(href=block.href, title=block.heading, day=block.day)
            for block in pages.linked(page)
            if _PROFILES[network].fullmatch(block.href)
        ]
    return [List(network, kind, entries, keyed=False, broken="at its end" if cut else "")]
