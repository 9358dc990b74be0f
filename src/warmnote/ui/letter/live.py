"""The meter while someone types: it reads shortly after the last key, and only what is still in the letter counts."""

import logging
from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from warmnote.coldness import About, Finding, Meter, Reading
from warmnote.ui.tasks import Lane, Tasks

__all__ = ["LiveMeter"]

_PAUSE_MS = 120
_GRADE_PAUSE_MS = 400
_log = logging.getLogger(__name__)


class LiveMeter(QObject):
    """Reads a text that changes. `text` gives it as it is now.

    `read(Reading | None, str)` carries what the meter said and the text it was said of; None when it failed, which is
    logged once. `graded(float | None)` follows a little later: the school grade the text reads at, None when there is
    too little of it. Neither is ever sent for a text that has changed since.
    """

    read = Signal(object, str)
    graded = Signal(object)

    def __init__(self, parent: QObject, meter: Meter, tasks: Tasks, text: Callable[[], str]) -> None:
        super().__init__(parent)
        self._meter = meter
        self._tasks = tasks
        self._text = text
        self._about = About()
        self._revision = 0
        self._failed = False
        self._reading: Reading | None = None
        self._read_text = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.now)
        self._grade_pause = QTimer(self, singleShot=True, interval=_GRADE_PAUSE_MS)
        self._grade_pause.timeout.connect(self._grade)

    @property
    def pending(self) -> bool:
        """Whether the text has changed since it was read."""
        return self._pause.isActive()

    def touch(self) -> None:
        """The text has changed; it is read when the writer pauses."""
        self._revision += 1
        self._pause.start()

    def about(self, about: About) -> None:
        """What the letter is read against. Something new is read at once."""
        if about != self._about:
            self._about = about
            self.now()

    def now(self) -> None:
        """Read the text at once."""
        self._pause.stop()
        text = self._text()
        started = perf_counter()
        try:
            reading = self._meter.read(text, self._about)
        except Exception:  # noqa: BLE001  # whatever is wrong in there, typing goes on
            if not self._failed:
                _log.exception("The meter could not read a letter of %d characters", len(text))
            self._failed = True
            reading = None
        # A letter as long as a book takes long to read: leave the writer three times as long in between.
        self._pause.setInterval(max(_PAUSE_MS, round(3000 * (perf_counter() - started))))
        self._reading, self._read_text = reading, text
        self.read.emit(reading, text)
        self._grade_pause.start()

    def words(self, finding: Finding) -> str:
        """The words of the last text that was read which a finding is about."""
        return self._read_text[finding.start : finding.end]

    def present(self, finding: Finding) -> Finding | None:
        """The finding as it stands in the present text: the same rule on the same words, the nearest if there are more."""
        if self._reading is None or self._read_text != self._text():
            return None
        same = [each for each in self._reading.findings if (each.rule, each.title) == (finding.rule, finding.title)]
        return min(same, key=lambda each: abs(each.start - finding.start), default=None)

    def stop(self) -> None:
        """Nothing is read any more until the next change."""
        self._revision += 1
        self._pause.stop()
        self._grade_pause.stop()

    def _grade(self) -> None:
        # Off the GUI thread: the first time loads a library and its dictionary, which takes more than a second.
        text, revision = self._text(), self._revision
        self._tasks.run(
            Lane.FILES, lambda: self._meter.grade(text), lambda grade: self._on_graded(grade, revision), owner=self
        )

    def _on_graded(self, grade: float | None, revision: int) -> None:
        if revision == self._revision:
            self.graded.emit(grade)
