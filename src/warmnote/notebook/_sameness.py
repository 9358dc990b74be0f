"""What was sent to others, between the store that finds it and the meter that compares."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from warmnote.store import Store

if TYPE_CHECKING:
    from warmnote.coldness.sameness import Sent

__all__ = ["runs", "sent_like"]

# The meter is imported where it is used: the first picture of the window does without.


def runs(text: str) -> Iterable[int]:
    """What a letter is found by."""
    from warmnote.coldness.sameness import runs

    return runs(text)


def sent_like(store: Store, person: int, draft: str) -> "Sent":
    """The letters to others than `person` that share a sentence with `draft`."""
    from warmnote.coldness.sameness import MANY, Sent, enough, wanted

    stretches = wanted(draft)
    with store.snapshot():
        return Sent(store.sent.alike(stretches, enough, person, MANY) if stretches else ())
