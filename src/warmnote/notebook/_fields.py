"""What the user writes of a person by hand."""

from datetime import date
from typing import TypedDict

from warmnote.model import Identity, Knowledge, Network

__all__ = ["Fields", "by_hand"]


class Fields(TypedDict, total=False):
    """Keyword arguments of `Notebook.edit_person`; a field that is not named stays as it is."""

    name: str
    bio: str
    location: str
    company: str
    position: str
    pronouns: str
    email: str
    do_not_write: bool


def by_hand(network: Network | None, handle: str, url: str, followed_on: date | None) -> Identity | None:
    """The account that a user typed in, None if they typed nothing of it.

    Its key is the one that an import of the same account would have, where that can be told from handle and address.
    """
    # The readers of files are not needed until somebody adds a person or imports.
    from warmnote.followers.accounts import by_handle, profile

    handle, url = handle.strip(), url.strip()
    if not handle and not url:
        return None
    account = profile(url) if url else None
    if account is None and handle:
        account = by_handle(network or Network.OTHER, handle)
    known = Knowledge.EXACT if followed_on else Knowledge.FIRST_SEEN
    if account is None or (network is not None and account.network is not network):
        key = (handle.lstrip("@") or url).casefold()
        return Identity(network or Network.OTHER, key, handle.lstrip("@"), url, followed_on, known)
    return Identity(
        account.network, account.key, handle.lstrip("@") or account.handle, url or account.url, followed_on, known
    )
