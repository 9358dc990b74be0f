"""What the user writes of a person by hand."""

from datetime import date
from typing import TypedDict

from warmnote.model import Expected, Identity, Knowledge, MessageKind, Network
from warmnote.store import Waivers
from warmnote.store.text import clean

__all__ = ["LOGGED", "LONGEST_PHRASE", "SHORTEST_PHRASE", "Fields", "by_hand", "key_of", "named", "phrase_by_hand"]

SHORTEST_PHRASE, LONGEST_PHRASE = 2, 80  # characters
_MOST_PHRASES = 500

LOGGED = {
    MessageKind.SENT: "Logged as sent",
    MessageKind.RECEIVED: "Their words are in the log",
    MessageKind.NOTE: "Noted",
    MessageKind.MEETING: "The meeting is in the log",
}


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


def named(name: str) -> str:
    """A name as it is kept. Raises Expected for none."""
    name = name.strip()
    if not name:
        raise Expected("A person needs a name.", "Type what you would call them.")
    return name


def by_hand(network: Network | None, handle: str, url: str, followed_on: date | None) -> Identity | None:
    """The account that a user typed in, None if they typed nothing of it.

    Its key is the one that an import of the same account would have, where that can be told from handle and address.
    """
    # The readers of files are not needed until somebody adds a person or imports.
    from warmnote.accounts import by_handle, profile

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


def key_of(phrase: str) -> str:
    """A phrase as phrases are compared; empty if there is no word in it."""
    from warmnote.coldness.allowed import phrase_key  # the meter is not needed for the first picture of the window

    return phrase_key(clean(phrase))


def phrase_by_hand(phrase: str, held: Waivers) -> tuple[str, str]:
    """A phrase to allow, on one line, and its key. Raises Expected for one that cannot be added to those `held`."""
    words = " ".join(clean(phrase).split())
    key = key_of(words)
    if not SHORTEST_PHRASE <= len(words) <= LONGEST_PHRASE or not key:
        raise Expected(
            f"A phrase has {SHORTEST_PHRASE} to {LONGEST_PHRASE} characters, with a word among them.",
            "Type a name or a few words.",
        )
    if (there := held.phrase(key)) is not None:
        raise Expected(f"“{there}” is on the list already.", "Capitals and the shape of quotation marks do not matter.")
    if len(held.phrases()) >= _MOST_PHRASES:
        raise Expected(f"There is room for {_MOST_PHRASES} phrases.", "Remove one that you no longer need.")
    return words, key
