"""Saving a letter while it is written: half a second after the last key, a second at the most, and whenever it is left.

A letter that could not be saved is kept and tried again until it can.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from warmnote.model import Draft, Expected
from warmnote.notebook import Changes, Gone, Notebook
from warmnote.ui.journal import Journal

__all__ = ["DraftSaver"]

_PAUSE_MS = 500
_AT_MOST_MS = 850  # with the write itself, less than a second of typing can ever be lost
_SLOW_MS = 400
_AGAIN_MS = 5000


class DraftSaver(QObject):
    """Writes drafts through the journal. `snapshot` gives the person and the draft that are on the desk now.

    `state_changed` follows whenever `saved_at`, `saving` or `problem` may be different.
    """

    state_changed = Signal()

    def __init__(self, parent: QObject, journal: Journal, snapshot: Callable[[], tuple[int, Draft] | None]) -> None:
        super().__init__(parent)
        self._journal = journal
        self._snapshot = snapshot
        self._saved: dict[int, Draft] = {}
        self._failed: dict[int, Draft] = {}
        self._under_way: dict[int, int] = {}
        self.saved_at: datetime | None = None
        self.saving = False
        self.problem = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._at_most = QTimer(self, singleShot=True, interval=_AT_MOST_MS)
        self._at_most.timeout.connect(self.flush)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(self._on_slow)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._on_again)

    def latest(self, person: int, stored: Draft) -> Draft:
        """The newest draft of a person: one that could not be saved, one on its way to the disk, or the stored one."""
        if person in self._failed:
            return self._failed[person]
        return self._saved[person] if self.under_way(person) else stored

    def begin(self, person: int, draft: Draft) -> None:
        """A person is opened whose stored draft is `draft`."""
        if not self.under_way(person):
            self._saved[person] = draft
        self.saved_at = draft.saved_at
        self.saving = False
        self.state_changed.emit()

    def saved(self, person: int) -> Draft:
        """What is in the book for a person, as far as this desk has seen or written it."""
        return self._saved.get(person, Draft())

    def settled(self, person: int) -> bool:
        """Whether what is in the book for a person is the last that was written here."""
        return not self.under_way(person) and person not in self._failed

    def under_way(self, person: int) -> bool:
        """Whether something is being written for a person right now."""
        return bool(self._under_way.get(person))

    def touch(self) -> None:
        """The draft has changed."""
        self._pause.start()
        if not self._at_most.isActive():
            self._at_most.start()

    def flush(self) -> None:
        """Save now what has changed; the draft is taken at once, the writing happens on the store lane."""
        self._pause.stop()
        self._at_most.stop()
        now = self._snapshot()
        if now is not None and _differs(now[1], self.saved(now[0])):
            self._save(*now)

    def write(
        self,
        person: int,
        draft: Draft,
        use_case: Callable[[Notebook], Changes],
        *,
        notice: str,
        failed: Callable[[], object],
    ) -> None:
        """Do another use case that leaves `draft` behind as the person's draft, after what was saved before it."""

        def on_failed(error: BaseException) -> None:
            failed()
            if not isinstance(error, Expected):
                raise error
            self._journal.failed.emit(error)

        self._write(person, draft, use_case, on_failed, notice)

    def _save(self, person: int, draft: Draft) -> None:
        def on_failed(error: BaseException) -> None:
            if isinstance(error, Gone):
                return  # the person was deleted in the meantime, and the letter with them
            self._failed[person] = draft
            self.problem = error.message if isinstance(error, Expected) else "something went wrong inside Warmnote."
            self._again.start()
            self.state_changed.emit()
            if not isinstance(error, Expected):
                raise error

        self._slow.start()
        self._write(person, draft, lambda notebook: notebook.save_draft(person, draft), on_failed)

    def _write(
        self,
        person: int,
        draft: Draft,
        use_case: Callable[[Notebook], Changes],
        on_failed: Callable[[BaseException], object],
        notice: str = "",
    ) -> None:
        # Taken as saved from here on, so that the next pause does not write it again; a failure takes it back.
        before = self.saved(person)
        self._saved[person] = draft
        self._under_way[person] = self._under_way.get(person, 0) + 1

        def landed(_: Changes) -> None:
            self._stop(person)
            self._failed.pop(person, None)
            self.problem = self.problem if self._failed else ""
            here = self._snapshot()
            if here is not None and here[0] == person:
                self.saved_at = self._journal.clock()
            self.state_changed.emit()

        def failed(error: BaseException) -> None:
            self._stop(person)
            if self._saved.get(person) is draft:
                self._saved[person] = before
            on_failed(error)

        self._journal.write(use_case, landed, notice=notice, failed=failed)

    def _stop(self, person: int) -> None:
        self._under_way[person] -= 1
        if not any(self._under_way.values()):
            self._under_way.clear()
            self._slow.stop()
            self.saving = False

    def _on_slow(self) -> None:
        self.saving = True
        self.state_changed.emit()

    def _on_again(self) -> None:
        here = self._snapshot()
        for person, draft in list(self._failed.items()):
            self._save(person, here[1] if here is not None and here[0] == person else draft)


def _differs(draft: Draft, saved: Draft) -> bool:
    return (draft.text, draft.cursor, draft.channel) != (saved.text, saved.cursor, saved.channel)
