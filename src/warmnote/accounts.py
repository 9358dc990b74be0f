"""Accounts told by their addresses, and the keys that stay when a handle changes.

LinkedIn's key is the address without scheme, host and query, decoded and in lower case (`/in/ada-lovelace`);
Instagram's, Threads' and TikTok's the user name in lower case; Mastodon's `user@server`. X, Bluesky and GitHub have
numbers (or a DID) of their own; where a source gives only the handle, the key is `@handle` until a better one is known.
Where there is no account at all the key is `email:ADDRESS`, else `name:NAME` with what else tells two people apart.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote_to_bytes

from warmnote.model import Incoming, Network

__all__ = ["Account", "by_email", "by_handle", "by_name", "earlier_keys", "folded", "profile", "stands_in"]

_ADDRESS = re.compile(
    r"(?:(?:https?:)?//)?(?:[^\s/@]*@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+\.?)(?::\d+)?(/[^\s?#]*)?(\?[^\s#]*)?(?:#\S*)?",
    re.IGNORECASE,
)
_MEMBER = re.compile(r"(?:(?:https?:)?//)?(?:[a-z0-9-]+\.)?linkedin\.com/in/([^\s/?#]+)(?:[/?#]\S*)?", re.IGNORECASE)
_SITES = {
    "linkedin.com": Network.LINKEDIN,
    "x.com": Network.X,
    "twitter.com": Network.X,
    "instagram.com": Network.INSTAGRAM,
    "threads.net": Network.THREADS,
    "threads.com": Network.THREADS,
    "facebook.com": Network.FACEBOOK,
    "tiktok.com": Network.TIKTOK,
    "github.com": Network.GITHUB,
    "bsky.app": Network.BLUESKY,
}
_HOMES = {
    Network.X: "https://x.com/{}",
    Network.INSTAGRAM: "https://www.instagram.com/{}",
    Network.THREADS: "https://www.threads.com/@{}",
    Network.FACEBOOK: "https://www.facebook.com/{}",
    Network.TIKTOK: "https://www.tiktok.com/@{}",
    Network.GITHUB: "https://github.com/{}",
    Network.BLUESKY: "https://bsky.app/profile/{}",
    Network.LINKEDIN: "https://www.linkedin.com/in/{}",
}
_WITH_NUMBERS = frozenset({Network.X, Network.BLUESKY, Network.GITHUB})
# First parts of a path that are pages of the site, not people.
_PAGES = {
    Network.X: frozenset(
        ["home", "search", "hashtag", "explore", "share", "settings", "messages", "notifications", "intent", "i"]
    ),
    Network.INSTAGRAM: frozenset(["p", "reel", "reels", "explore", "stories", "accounts", "tv", "direct"]),
    Network.FACEBOOK: frozenset(
        ["groups", "events", "pages", "people", "watch", "sharer", "marketplace", "photo", "photo.php", "story.php"]
    ),
    Network.GITHUB: frozenset(
        ["orgs", "topics", "features", "about", "sponsors", "marketplace", "search", "settings", "apps"]
    ),
}
_NOT_MASTODON = frozenset(
    ["medium.com", "youtube.com", "substack.com", "t.me", "pinterest.com", "flickr.com", "tumblr.com"]
)
_NAMED = re.compile(r"[\w.-]{1,100}")
_SERVER = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_NO_NAME = re.compile(r"X user …\d{1,4}|\S+@\S+\.\S+")


@dataclass(frozen=True, slots=True)
class Account:
    """One account on a network: its stable key, its handle without `@`, and its https address."""

    network: Network
    key: str
    handle: str
    url: str


def profile(address: str) -> Account | None:
    """The account that a web address leads to; None if it is not the address of a person."""
    if match := _MEMBER.fullmatch(address):  # nearly all addresses of a long file: straight to the point
        slug = _decoded(match[1])
        return Account(Network.LINKEDIN, f"/in/{slug.lower()}", slug, f"https://www.linkedin.com/in/{match[1]}")
    match = _ADDRESS.fullmatch(address)
    if match is None or match[2] is None:
        return None
    host = match[1].lower().rstrip(".")
    path, query = match[2], match[3] or ""
    if host.endswith("linkedin.com") and (host == "linkedin.com" or host[-13] == "."):
        return _older_linkedin(path, query)
    site = ".".join(host.split(".")[-2:])
    network = _SITES.get(site)
    if network is not None:
        return _on_site(network, [part for part in path.split("/") if part], query)
    return _on_mastodon(host, path) if site not in _NOT_MASTODON else None


def by_handle(network: Network, handle: str) -> Account | None:
    """The account of a handle on a network; None if it cannot be one. Mastodon needs `user@server`."""
    handle = handle.strip().removeprefix("@").strip("/")
    if network is Network.MASTODON:
        user, _, server = handle.partition("@")
        if not _NAMED.fullmatch(user) or not _SERVER.fullmatch(server):
            return None
        return Account(
            network, f"{user}@{server}".lower(), f"{user}@{server.lower()}", f"https://{server.lower()}/@{user}"
        )
    if not _NAMED.fullmatch(handle):
        return None
    key = (
        f"@{handle.lower()}"
        if network in _WITH_NUMBERS or network in (Network.OTHER, Network.EMAIL)
        else handle.lower()
    )
    if network is Network.LINKEDIN:
        key = f"/in/{handle.lower()}"
    return Account(network, key, handle, _HOMES[network].format(handle) if network in _HOMES else "")


def by_email(address: str) -> str:
    """The key of somebody of whom only an e-mail address is known."""
    return f"email:{address.casefold()}"


def by_name(name: str, *, on: date | None = None, at: str = "") -> str:
    """The key of somebody of whom only a name is known, with the day of the follow or the company beside it."""
    key = f"name:{folded(name)}"
    if on is not None:
        return f"{key};on:{on.isoformat()}"
    return f"{key};at:{folded(at)}" if at else key


def stands_in(name: str, accounts: Iterable[tuple[str, str]] = ()) -> bool:
    """Whether a name only stands in for one that the source did not have: the handle or the key of one of the person's
    `accounts` (key, handle), an e-mail address, or what an archive calls those of whom it has a number.
    """
    name = name.strip().removeprefix("@")
    if not name or _NO_NAME.fullmatch(name):
        return True
    return any(name in (key.removeprefix("@"), handle.removeprefix("@")) for key, handle in accounts)


def folded(text: str) -> str:
    """Text for comparing: compatibility forms, case and spaces made equal."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def earlier_keys(person: Incoming) -> tuple[str, ...]:
    """The keys under which a poorer export would have brought the same person, best first; never `person.key` itself.

    An old LinkedIn export without addresses and one with them, or a list of handles and one with account numbers,
    are recognised as the same people when these keys are tried after `person.key`, within the same network.
    """
    keys: list[str] = []
    if person.network in _WITH_NUMBERS and person.handle:
        keys.append(f"@{person.handle.lower()}")
    if person.network is Network.LINKEDIN:
        if person.email:
            keys.append(by_email(person.email))
        if person.name and person.followed_on:
            keys.append(by_name(person.name, on=person.followed_on))
    return tuple(key for key in keys if key != person.key)


def _older_linkedin(path: str, query: str) -> Account | None:
    parts = path.strip("/").split("/")
    kind = parts[0].lower()
    if kind == "pub" and len(parts) > 1:
        whole = _decoded("/".join(parts[1:]))
        return Account(
            Network.LINKEDIN, f"/pub/{whole.lower()}", parts[1], f"https://www.linkedin.com/{'/'.join(parts)}"
        )
    number = re.search(r"[?&]id=(\d+)", query)
    if kind == "profile" and number:
        link = f"/profile/view?id={number[1]}"
        return Account(Network.LINKEDIN, link, "", f"https://www.linkedin.com{link}")
    return None


def _decoded(part: str) -> str:
    if "%" in part:
        try:
            part = unquote_to_bytes(part).decode("utf-8")
        except UnicodeDecodeError:
            return part
        if not part.isprintable():
            part = "".join(letter for letter in part if letter.isprintable())
    return part if part.isascii() else unicodedata.normalize("NFC", part)


def _on_site(network: Network, parts: list[str], query: str) -> Account | None:
    number = re.search(r"[?&](?:user_id|id)=(\d+)", query)
    if network is Network.X and parts[:2] in (["i", "user"], ["intent", "user"]):
        found = parts[2] if len(parts) > 2 and parts[2].isdecimal() else number[1] if number else ""
        return Account(network, found, "", f"https://x.com/i/user/{found}") if found else None
    if network is Network.FACEBOOK and parts[:1] == ["profile.php"]:
        return (
            Account(network, number[1], "", f"https://www.facebook.com/profile.php?id={number[1]}") if number else None
        )
    if network is Network.BLUESKY:
        if parts[:1] != ["profile"] or len(parts) < 2:
            return None
        if parts[1].startswith("did:"):
            return Account(network, parts[1], "", f"https://bsky.app/profile/{parts[1]}")
        return by_handle(network, parts[1])
    if network is Network.INSTAGRAM and parts[:1] == ["_u"]:
        parts = parts[1:]
    if not parts or parts[0].lower() in _PAGES.get(network, frozenset()):
        return None
    if network in (Network.THREADS, Network.TIKTOK) and not parts[0].startswith("@"):
        return None
    if network is Network.GITHUB and len(parts) > 1:
        return None  # a repository
    return by_handle(network, parts[0])


def _on_mastodon(host: str, path: str) -> Account | None:
    match = re.fullmatch(r"/(?:@|users/)([\w.]+)(?:@([\w.-]+))?/?", path)
    if match is None:
        return None
    return by_handle(Network.MASTODON, f"{match[1]}@{match[2] or host.removeprefix('www.')}")
