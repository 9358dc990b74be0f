"""The ends of a talk: of all that somebody said, only the first and the last are kept."""

from collections.abc import Callable
from datetime import datetime

from warmnote.model import Message, MessageKind

__all__ = ["Ends", "Said", "joined", "messages", "widened"]

Said = tuple[datetime, str]
"""When and what."""

Ends = tuple[Said, Said]
"""The first and the last that somebody said."""


def widened(ends: Ends | None, said: Said) -> Ends:
    """The ends when one more was said."""
    if ends is None:
        return (said, said)
    if said < ends[0]:
        return (said, ends[1])
    return (ends[0], said) if said > ends[1] else ends


def joined(ends: Ends | None, more: Ends) -> Ends:
    """The ends of two talks taken as one."""
    return more if ends is None else (min(ends[0], more[0]), max(ends[1], more[1]))


def messages(
    sent: Ends | None, received: Ends | None, channel: str, plain: Callable[[str], str]
) -> tuple[Message, ...]:
    """At most four messages, oldest first; `plain` makes readable words of what was said, and may find none."""
    found = {
        (at, kind): Message(kind, words, at, channel)
        for kind, ends in ((MessageKind.SENT, sent), (MessageKind.RECEIVED, received))
        for at, content in ends or ()
        if (words := plain(content))
    }
    return tuple(found[one] for one in sorted(found))
