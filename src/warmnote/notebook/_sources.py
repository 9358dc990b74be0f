"""The user's own accounts, whose followers networks are asked for: which, when, and what came of it.

Asking is not done here. A thread of its own calls `networks.sync`, with `known` and `walk_is_due` of a notebook that
reads; then the one that writes imports the batch and records what was asked.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from warmnote.model import Clock, Expected, Network
from warmnote.notebook._values import Changes
from warmnote.store import Source, Store

if TYPE_CHECKING:
    from warmnote.networks import Account, Synced

__all__ = ["Source", "Sources"]

_A_DAY = timedelta(hours=20)
"""A day between two askings, with room for somebody who starts the program a little earlier each morning."""
_A_WEEK = timedelta(days=7) - timedelta(hours=4)


class Sources:
    """The accounts that the user has named. None is asked by itself unless the user has switched that on for it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    # reading

    def all(self) -> tuple[Source, ...]:
        """Every source, in the order they were added."""
        return self._store.sources.all()

    def due(self) -> tuple[Source, ...]:
        """Those to be asked each day that were not asked with success for a day, the longest ago first."""
        now = self._clock()
        waiting = [s for s in self.all() if s.daily and (s.synced_at is None or now - s.synced_at >= _A_DAY)]
        return tuple(sorted(waiting, key=lambda s: s.synced_at.timestamp() if s.synced_at else 0.0))

    def walk_is_due(self, account: "Account") -> bool:
        """Whether the whole list should be seen: the first time, and when the last time was a week ago."""
        source = self._store.sources.get(account.network, account.handle)
        return source is None or source.walked_at is None or self._clock() - source.walked_at >= _A_WEEK

    def known(self, network: Network, keys: Sequence[str]) -> set[str]:
        """Those of `keys` under which an account of the network is in the notebook, or was until the user deleted it."""
        return self._store.sources.known(network, keys) | self._store.deletions.among(network, keys)

    # writing

    def add(self, account: "Account") -> Changes:
        """Adds an account to be asked; nothing happens if it is there."""
        with self._store.step() as step:
            self._store.sources.add(account.network, account.handle)
        return Changes.of(step, f"{account.shown} on {account.network.label} was added")

    def remove(self, source: Source) -> Changes:
        """Asks this account no more. Everybody who came from it stays."""
        with self._store.step() as step:
            self._store.sources.remove(source.id)
        return Changes.of(step, f"{source.handle} on {source.network.label} is asked no more")

    def set_daily(self, source: Source, *, daily: bool) -> Changes:
        """Whether this account is asked each day."""
        with self._store.step() as step:
            self._store.sources.set_daily(source.id, daily=daily)
        when = "each day" if daily else "only when you say so"
        return Changes.of(step, f"{source.handle} on {source.network.label} is asked {when}")

    def record(self, account: "Account", synced: "Synced") -> Changes:
        """Writes down that an account was asked and its batch imported; adds the account if it is new.

        Not undone: undoing the import takes back what came of it.
        """
        with self._store.step(undoable=False):
            self._store.sources.add(account.network, account.handle)
            source = self._store.sources.get(account.network, account.handle)
            if source is not None:
                self._store.sources.succeeded(source.id, synced.key, synced.asked, self._clock(), whole=synced.whole)
        return Changes(label=synced.asked)

    def record_failure(self, account: "Account", problem: Expected) -> Changes:
        """Writes down that an account was asked in vain, and why; an account that is not there is not added."""
        source = self._store.sources.get(account.network, account.handle)
        if source is not None:
            with self._store.step(undoable=False):
                self._store.sources.failed(source.id, str(problem))
        return Changes(label=str(problem))
