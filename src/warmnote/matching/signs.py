"""What else two people may have in common: where they work and live, their addresses, their handles."""

import re

from warmnote.matching.words import folded, spelling, words
from warmnote.model import Network

__all__ = ["MANY", "city", "company", "domain", "handle", "is_office", "near"]

SHORTEST_HANDLE = 6
MANY = frozenset({Network.EMAIL, Network.OTHER})
"""Where one person may have any number of accounts, so that two of them say nothing."""

_WORD = re.compile(r"[^\W_]+")
_END = re.compile(r"\s[-–—@]\s.*|[|•·(/;].*", re.DOTALL)
_PARTS = re.compile(r"\s[-–—]\s|[,|/•·;()]")
_NOT_BETWEEN = re.compile(r"['’ʼ`´.]")
_MEMBER_NUMBER = re.compile(r"-(?=[0-9a-f]*\d)[0-9a-f]{5,}$|-\d+$")
_GIVEN_OUT = re.compile(r"(?:user|profile|id)?\d+")  # by the network, until somebody thinks of a name
_NOT_IN_HANDLES = re.compile(r"[\W_]+")
_NEAR = 90  # of 100, for the names of companies


def company(text: str) -> tuple[str, ...]:
    """The words of a company's name by which it is known; none for what is no company."""
    lists = words()
    found = _WORD.findall(folded(_NOT_BETWEEN.sub("", _END.sub("", text))))
    kept = tuple(spelling(word) for word in found if word not in lists.company_words) or tuple(found)
    return () if " ".join(kept) in lists.no_company or not "".join(kept) else kept


def near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two companies that begin with the same word are probably one: `Acme` and `Acme Labs`, `Acme Lab`."""
    shorter, longer = sorted((one, other), key=len)
    if longer[: len(shorter)] == shorter and len(shorter[0]) > 3:
        return True
    from rapidfuzz import fuzz

    return fuzz.ratio("".join(one), "".join(other)) >= _NEAR


def city(text: str) -> str:
    """The city of a place, under one of its names and without spaces; nothing for a country or `everywhere`."""
    lists = words()
    for part in _PARTS.split(folded(text)):
        name = "".join(word for word in _WORD.findall(part) if word not in lists.city_words)
        name = lists.cities.get(name, name)
        if len(name) > 1 and name not in lists.no_city:
            return name
    return ""


def domain(email: str) -> str:
    """The domain of an address, if not just anybody can have one there."""
    _, at, name = email.strip().casefold().rpartition("@")
    return "" if not at or "." not in name or name in words().free_mail else name


def is_office(email: str) -> bool:
    """Whether an address is that of an office rather than of a person."""
    return email.strip().casefold().partition("@")[0].partition("+")[0] in words().offices


def handle(network: Network, text: str) -> str:
    """A handle without what networks add to it, and without dots and strokes; nothing if it tells nobody apart."""
    name = text.strip().removeprefix("@").lower()
    if network in MANY or not name:
        return ""
    match network:
        case Network.LINKEDIN:
            name = _MEMBER_NUMBER.sub("", name)
        case Network.MASTODON:
            name = name.partition("@")[0]
        case Network.BLUESKY:
            name = name.removesuffix(".bsky.social") if name.endswith(".bsky.social") else name.rpartition(".")[0]
        case _:
            pass
    name = _NOT_IN_HANDLES.sub("", folded(name))
    shared = len(name) < SHORTEST_HANDLE or name in words().shared_handles or _GIVEN_OUT.fullmatch(name)
    return "" if shared else name
