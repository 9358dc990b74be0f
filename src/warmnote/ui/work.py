"""One piece of long work, between the thread that does it and the window that shows how far it is."""

import threading

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

__all__ = ["Work"]


class Work(QObject):
    """Tells how far it is and what is going on, and hears that it should stop.

    `progressed(done, total)` with a total of 0 where that is not known, and `said(str)`. `progress`, `say` and
    `cancelled` may be called from any thread; after `cancel` nothing is told any more.
    """

    progressed = Signal(int, int)
    said = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self.done = self.total = 0
        self.sentence = ""

    def progress(self, done: int, total: int) -> None:
        """So many of so many are done."""
        if not self._stop.is_set() and isValid(self):
            self.done, self.total = done, total
            self.progressed.emit(done, total)

    def say(self, sentence: str) -> None:
        """What is going on."""
        if not self._stop.is_set() and isValid(self):
            self.sentence = sentence
            self.said.emit(sentence)

    def cancelled(self) -> bool:
        """Whether to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask to stop."""
        self._stop.set()
