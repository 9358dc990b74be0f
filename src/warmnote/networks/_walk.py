"""Walking a list of followers page by page: to its end, or until nobody on it is new; on from where it broke off.

The end is where there is no next page, never a short or an empty page. What a server does wrong (a list that leads in
circles, that never ends, that is longer than it says) ends the walk with a problem; then nobody can be called absent.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from warmnote.networks._client import Failed
from warmnote.networks._errand import Watch
from warmnote.networks._memory import Ledger, Page

__all__ = ["Walk", "Walked"]

_MOST_REPEATS = 3
_MOST_EMPTY = 40
_TOP_UP_PAGES = 20
_STALE = frozenset([400, 404, 410, 422, 500])
"""What servers answer to a cursor that they do not know."""


@dataclass(slots=True)
class Walked:
    """The entries met, each key once and in the list's order. `ended`: the list was seen to its end.

    `resumed`: the first part was read at an earlier time. `problem` says what the server did wrong.
    """

    entries: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    ended: bool = False
    resumed: bool = False
    problem: str = ""
    pages: int = 0


@dataclass(slots=True)
class Walk:
    """How to walk one list.

    `ask` gives the page at a cursor. `key` tells entries apart ("" for one that is of no use, which is kept). `stop_after`
    ends the walk early after so many entries in a row that are `known`; 0 walks to the end. `most` is how many entries
    there can be by the server's own count (0: not told).
    """

    ask: Callable[[str], Page]
    key: Callable[[dict[str, Any]], str]
    ledger: Ledger
    watch: Watch
    now: Callable[[], datetime]
    known: Callable[[Sequence[str]], set[str]]
    stop_after: int = 0
    pages: int = 5_000
    most: int = 0
    said: str = ""
    _found: Walked = field(default_factory=Walked)
    _seen: set[str] = field(default_factory=set[str])

    def go(self) -> Walked:
        """Walk. Raises what `ask` raises; the pages read before that are kept in the ledger."""
        found = self._found
        cursors, cursor, run = self._resume()
        repeats = empties = 0
        while not found.ended:
            if found.pages >= self.pages:
                found.problem = f"the list goes on after {found.pages:,} answers; the rest was not read"
                break
            page = self._asked(cursor)
            if page.cursor != cursor:  # from the beginning again
                cursors, run = set[str]([page.cursor]), 0
            fresh, run = self._take(page, run)
            repeats = 0 if fresh else repeats + bool(page.entries)
            empties = 0 if fresh else empties + (not page.entries)
            if not page.next:
                found.ended = True
            elif self.stop_after and run >= self.stop_after:
                break
            elif page.next in cursors or repeats >= _MOST_REPEATS or empties >= _MOST_EMPTY:
                found.problem = "the server's list leads in circles; what came before that was read"
                break
            elif self.most and len(self._seen) > self.most:
                found.problem = "the server's list is longer than its own count of followers; the rest was not read"
                break
            else:
                self.ledger.add(page, self.now())
                cursors.add(page.next)
                cursor = page.next
        if found.resumed and found.ended:
            self._top_up()
        self.ledger.finish()
        return found

    def _resume(self) -> tuple[set[str], str, int]:
        """Take over the pages of a walk that was broken off; gives the cursors seen and the one to go on at."""
        pages = self.ledger.pages(self.now())
        run = 0
        for page in pages:
            _, run = self._take(page, run)
        if not pages:
            return set[str]([""]), "", 0
        self._found.resumed = True
        return {"", *(page.next for page in pages)}, pages[-1].next, run

    def _asked(self, cursor: str) -> Page:
        try:
            return self.ask(cursor)
        except Failed as failure:
            if failure.status not in _STALE or not self._found.resumed or not cursor:
                raise
        first = self.ask("")
        # The server is well, and does not know the cursor of an earlier time any more.
        self.ledger.finish()
        self._seen.clear()
        self._found.entries.clear()
        self._found.resumed, self._found.pages = False, 0
        return first

    def _take(self, page: Page, run: int) -> tuple[int, int]:
        """Add a page; gives how many people of it were not met before, and the run of known ones at its end."""
        fresh: list[dict[str, Any]] = []
        for entry in page.entries:
            key = self.key(entry)
            if not key or key not in self._seen:
                fresh.append(entry)
                self._seen.add(key)
        keys = [key for key in map(self.key, fresh) if key]
        known: set[str] = self.known(keys) if self.stop_after and keys else set()
        for key in keys:
            run = run + 1 if key in known else 0
        self._found.entries += fresh
        self._found.pages += 1
        self.watch.tell(len(self._found.entries), self.most)
        self.watch.say(f"{self.said}: {len(self._found.entries):,} people so far.")
        return len(keys), run

    def _top_up(self) -> None:
        """Who has come on top of the list since the first part of it was read."""
        cursor = ""
        before = self._found.entries
        self._found.entries = []
        for _ in range(_TOP_UP_PAGES):
            page = self.ask(cursor)
            fresh, _ = self._take(page, 0)
            if not fresh or not page.next:
                break
            cursor = page.next
        self._found.entries += before
