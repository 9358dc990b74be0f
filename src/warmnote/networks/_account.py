"""Whose followers are asked for: what a person types or pastes, made into an account."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from warmnote import accounts
from warmnote.model import Expected, Network
from warmnote.networks import _client

__all__ = ["ASKED", "Account", "account"]

ASKED = (Network.BLUESKY, Network.MASTODON, Network.GITHUB)
"""The networks that can be asked."""

_BASES = {Network.BLUESKY: "https://public.api.bsky.app", Network.GITHUB: "https://api.github.com"}
_DID = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]{1,200}")
_DOMAIN = re.compile(r"(?=.{4,253}$)[\w-]{1,63}(?:\.[\w-]{1,63})+")
_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})")


@dataclass(frozen=True, slots=True)
class Account:
    """An account on a network, and the server that is asked about it.

    `handle` is plain: a Bluesky handle or DID, a GitHub login, `user@server` on Mastodon. An empty `base_url` stands for
    the network's own public server.
    """

    network: Network
    handle: str
    base_url: str = ""

    @property
    def base(self) -> str:
        """The address of the server that is asked, without a slash at its end."""
        return self.base_url or _BASES.get(self.network) or f"https://{self.handle.rpartition('@')[2]}"

    @property
    def shown(self) -> str:
        """The handle as people write it."""
        return self.handle if self.handle.startswith("did:") else f"@{self.handle}"


def account(network: Network, typed: str, base_url: str = "") -> Account:
    """The account that was typed: with or without `@`, or as a profile's address. Raises Expected."""
    if network not in ASKED:
        raise Expected(
            f"{network.label} cannot be asked for followers.",
            "Bluesky, Mastodon and GitHub can; for the others, bring the file that the network lets you download.",
        )
    # Copied handles often carry invisible marks of direction.
    text = "".join(c for c in typed if unicodedata.category(c) not in ("Cf", "Cc")).strip().strip("/")
    handle = _READERS[network](text)
    if not handle:
        raise Expected(f"“{text[:100]}” is not {_LOOKS[network][0]}.", f"It looks like {_LOOKS[network][1]}.")
    return Account(network, handle, _client.base(base_url) if base_url.strip() else "")


def _bluesky(text: str) -> str:
    text = text.removeprefix("at://")
    found = _from_address(Network.BLUESKY, text)
    text = found or text.removeprefix("@")
    if _DID.fullmatch(text):
        return text
    return text.lower() if _DOMAIN.fullmatch(text) else ""


def _mastodon(text: str) -> str:
    found = _from_address(Network.MASTODON, text)
    if not found and (known := accounts.by_handle(Network.MASTODON, text.removeprefix("acct:"))) is not None:
        found = known.handle
    return found if _DOMAIN.fullmatch(found.rpartition("@")[2].partition(":")[0]) else ""


def _github(text: str) -> str:
    found = _from_address(Network.GITHUB, text) or text.removeprefix("@")
    return found if _LOGIN.fullmatch(found) else ""


def _from_address(network: Network, text: str) -> str:
    """The handle or the key in a profile's address; empty if it is not one of this network."""
    if "/" not in text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    # A page of a profile ("/@ana/followers") is as good as the profile itself.
    tries = [address.partition("?")[0], address.partition("?")[0].removesuffix(path) + path.rpartition("/")[0]]
    for one in tries:
        found = accounts.profile(one)
        if found is not None and found.network is network:
            return found.handle or found.key
    return ""


_READERS = {Network.BLUESKY: _bluesky, Network.MASTODON: _mastodon, Network.GITHUB: _github}
_LOOKS = {
    Network.BLUESKY: ("a Bluesky handle", "ana.bsky.social, or the address of the profile"),
    Network.MASTODON: ("a Mastodon account", "ana@mastodon.social, or the address of the profile"),
    Network.GITHUB: ("a GitHub user name", "octocat, or the address of the profile"),
}
