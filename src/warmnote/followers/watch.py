"""How a long reading tells how far it is and hears that it should stop."""

from collections.abc import Callable

from warmnote.model import Expected

__all__ = ["Cancelled", "Watch"]


class Cancelled(Expected):
    """The user stopped a reading.

    It is `Expected`, so a caller that does not know it shows one calm sentence; one that does catches it first and
    shows nothing.
    """

    def __init__(self) -> None:
        super().__init__("Reading was stopped. Nothing was changed.")


class Watch:
    """Carries `progress(done, total)` and `cancelled()` through a reading; either may be absent."""

    EVERY = 2_000
    """Records between two calls: often enough for a bar that moves, rare enough to cost nothing."""

    def __init__(
        self,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._progress = progress
        self._cancelled = cancelled

    def check(self) -> None:
        """Raise `Cancelled` if the user asked to stop."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled

    def tell(self, done: int, total: int) -> None:
        """Report `done` of `total` records, then `check`."""
        if self._progress is not None:
            self._progress(done, total)
        self.check()
