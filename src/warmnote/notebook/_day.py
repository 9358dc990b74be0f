"""The page Today, from the store's lists."""

import re
from datetime import datetime, timedelta, tzinfo

from warmnote.notebook._values import Back, Hello, Resting, Today, Waiting
from warmnote.store import Store

__all__ = ["asks", "today"]

_HELLOS = 3
_FRESH_POST_DAYS = 14
_REST_DAYS = 60
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


def asks(text: str) -> bool:
    """Whether a message holds a question, as far as its question marks tell. One inside a web address does not."""
    return any(mark in _ADDRESS.sub(" ", text) for mark in "?？؟")


def today(store: Store, now: datetime, zone: tzinfo | None) -> Today:
    """Who is waiting, whom to greet, whom to come back to, and whom to leave in peace.

    Those who asked something come first, then whoever wrote last. Someone with several claims stands where the
    strongest is: their word, then a plan of the user, then the two letters.
    """
    day = now.astimezone(zone).date()
    with store.snapshot():
        words = store.agenda.waiting()
        due = store.agenda.due(day)
        unanswered = store.agenda.unanswered(now - timedelta(days=_REST_DAYS))
        known = store.agenda.new_and_known(day, _FRESH_POST_DAYS, _HELLOS + len(due))
        new = store.listing.counts(day).new
    waiting = [Waiting(w.person, w.name, w.text, w.at, asks(w.text), w.why) for w in words]
    waiting.sort(key=lambda w: not w.asked)
    placed = {w.id for w in waiting}
    back = [Back(d.person, d.name, d.why, d.due) for d in due if d.person not in placed]
    placed |= {b.id for b in back}
    hello = [
        Hello(k.person, k.name, k.text, k.kind, k.source, k.on, k.followed_on) for k in known if k.person not in placed
    ]
    rest = [Resting(u.person, u.name, u.letters, u.last) for u in unanswered if u.person not in placed]
    return Today(day, tuple(waiting), tuple(hello[:_HELLOS]), tuple(back), tuple(rest), new)
