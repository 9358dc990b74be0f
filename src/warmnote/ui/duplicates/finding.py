"""Looks for people who may be in the notebook twice, away from the window, and remembers what was found."""

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from warmnote.model import Expected
from warmnote.notebook import Cancelled, Pair
from warmnote.ui.journal import Journal

__all__ = ["PairFinder"]


class PairFinder(QObject):
    """`search` begins; `progressed(done, total)` and then one of `found(tuple)`, `stopped()` and `failed(Expected)` follow.

    `pairs` is what was found last, None before the first time.
    """

    progressed = Signal(int, int)
    found = Signal(object)
    stopped = Signal()
    failed = Signal(object)

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal
        self._stop: threading.Event | None = None
        self.pairs: tuple[Pair, ...] | None = None

    @property
    def searching(self) -> bool:
        """Whether it is looking just now."""
        return self._stop is not None

    def search(self) -> None:
        """Look through the whole notebook; what was looked for before is given up."""
        self._give_up()
        stop = self._stop = threading.Event()
        self._journal.ask(
            lambda notebook: notebook.duplicates.find(self._tell(stop), stop.is_set),
            partial(self._on_found, stop),
            partial(self._on_failed, stop),
            self,
        )

    def cancel(self) -> None:
        """Stop looking."""
        if self._give_up():
            self.stopped.emit()

    def _tell(self, stop: threading.Event) -> Callable[[int, int], None]:
        def told(done: int, total: int) -> None:
            if not stop.is_set():
                self.progressed.emit(done, total)

        return told

    def _give_up(self) -> bool:
        stop, self._stop = self._stop, None
        if stop is not None:
            stop.set()
        return stop is not None

    def _on_found(self, stop: threading.Event, pairs: tuple[Pair, ...]) -> None:
        if stop is self._stop:
            self._stop = None
            self.pairs = pairs
            self.found.emit(pairs)

    def _on_failed(self, stop: threading.Event, error: BaseException) -> None:
        if isinstance(error, Cancelled) or stop is not self._stop:
            return
        self._stop = None
        if not isinstance(error, Expected):
            self.stopped.emit()
            raise error
        self.failed.emit(error)
