"""What a question to a network carries along: how patient to be, who listens, and when to stop."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from warmnote.model import Clock, Expected

if TYPE_CHECKING:
    import httpx

__all__ = ["Cancelled", "Manners", "Watch", "by_the_clock"]

_SLICE_SECONDS = 0.05


class Cancelled(Expected):
    """The user stopped the asking; what was answered so far is kept for the next time."""

    def __init__(self) -> None:
        super().__init__("Stopped. Nothing was changed; the next time it goes on from there.")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Manners:
    """How a server is treated, and what stands in for the world in tests. Times in seconds, sizes in bytes.

    `answer` is the time for one whole answer, however slowly it drips in; `longest_wait` the longest that a server may
    make us wait before the work is put off; `transport` takes the place of the network.
    """

    connect: float = 10.0
    read: float = 20.0
    answer: float = 90.0
    tries: int = 4
    first_pause: float = 1.0
    longest_wait: float = 16 * 60.0
    body: int = 8 * 1024 * 1024
    pages: int = 5_000
    redirects: int = 5
    now: Clock = _now
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    transport: "httpx.AsyncBaseTransport | None" = None


class Watch:
    """Carries sentences and numbers out of an errand and the wish to stop into it; each listener may be absent."""

    def __init__(
        self,
        on_status: Callable[[str], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._on_status = on_status
        self._progress = progress
        self._cancelled = cancelled

    def say(self, sentence: str) -> None:
        """Tell what is going on."""
        if self._on_status is not None:
            self._on_status(sentence)

    def tell(self, done: int, total: int) -> None:
        """Tell how many are done; a `total` of 0 means that it is not known yet."""
        if self._progress is not None:
            self._progress(done, total)

    def check(self) -> None:
        """Raise Cancelled if the user asked to stop."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled

    def wait(self, seconds: float, sleep: Callable[[float], None]) -> None:
        """Let time pass, and stop within a twentieth of a second when asked to. Raises Cancelled."""
        left = seconds
        while left > 0:
            self.check()
            sleep(min(left, _SLICE_SECONDS))
            left -= _SLICE_SECONDS
        self.check()


def by_the_clock(at: datetime, now: datetime) -> str:
    """A moment as people say it here: "14:05", with the day if that is not today."""
    here = at.astimezone()
    return f"{here:%H:%M}" if here.date() == now.astimezone().date() else f"{here:%H:%M} on {here.day} {here:%B}"
