"""What of a letter went to others already: looked up off the GUI thread when the writer pauses."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from warmnote.coldness.sameness import Sent
from warmnote.model import Draft, Expected
from warmnote.notebook import Changes
from warmnote.ui.journal import Journal

__all__ = ["SentToOthers"]

_PAUSE_MS = 250
_KEPT = 50  # people whose last answer is remembered


class SentToOthers(QObject):
    """Looks up which letters to others share a sentence with the one on the desk, of which `snapshot` gives person and draft.

    `found` follows when `sent` is another. While the writer goes on, the answer may be one of a moment ago; after the
    last key, and after anything was written into a log, it is asked for again. Letters that an upgrade or an import
    left to be indexed are indexed piece by piece meanwhile.
    """

    found = Signal()

    def __init__(self, parent: QObject, journal: Journal, snapshot: Callable[[], tuple[int, Draft] | None]) -> None:
        super().__init__(parent)
        self._journal = journal
        self._snapshot = snapshot
        self._answers: OrderedDict[int, Sent] = OrderedDict()
        self._asking = self._again = self._indexing = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.now)
        journal.changed.connect(self._on_changed)
        self._index()

    @property
    def sent(self) -> Sent:
        """The answer for the person on the desk: the last one, or none yet."""
        desk = self._snapshot()
        return self._answers.get(desk[0], Sent()) if desk else Sent()

    def touch(self) -> None:
        """The letter has changed; it is looked up when the writer pauses."""
        self._pause.start()

    def now(self) -> None:
        """Look the letter up at once."""
        self._pause.stop()
        desk = self._snapshot()
        if desk is None:
            return
        person, text = desk[0], desk[1].text
        if not text.strip():
            self._keep(person, Sent())
        elif self._asking:
            self._again = True
        else:
            self._asking = True
            self._journal.ask(
                lambda notebook: notebook.sent_like(person, text),
                lambda sent: self._on_answer(person, sent),
                self._on_failed,
                owner=self,
            )

    def _on_answer(self, person: int, sent: Sent) -> None:
        self._asking = False
        self._keep(person, sent)
        if self._again:
            self._again = False
            self.now()

    def _on_failed(self, error: BaseException) -> None:
        self._asking = self._again = False
        if not isinstance(error, Expected):
            raise error
        # A file that cannot be read is told of by whatever else reads it; the next pause asks again.

    def _keep(self, person: int, sent: Sent) -> None:
        known = self._answers.pop(person, Sent())
        self._answers[person] = sent
        if len(self._answers) > _KEPT:
            self._answers.popitem(last=False)
        if sent != known:
            self.found.emit()

    def _on_changed(self, changes: Changes) -> None:
        if changes.added or changes.changed or changes.removed:
            self._pause.start()
            self._index()

    def _index(self) -> None:
        if not self._indexing and self._journal.reader.is_indexing():
            self._indexing = True
            self._journal.write(lambda notebook: notebook.index_sent(), self._on_indexed, failed=self._on_not_indexed)

    def _on_indexed(self, _changes: Changes) -> None:
        self._indexing = False
        self._pause.start()
        self._index()

    def _on_not_indexed(self, error: BaseException) -> None:
        self._indexing = False
        if not isinstance(error, Expected):
            raise error
        # Whatever is in the way (a full disk) meets the next letter too, which will tell; then this is tried again.
