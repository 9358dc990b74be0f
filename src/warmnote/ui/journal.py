"""How the window writes: a use case goes to the store lane, and what it changed comes back to every view.

Reading is direct: `reader` is a notebook of its own on a read-only connection, for the GUI thread alone.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from warmnote.model import Clock, Expected
from warmnote.notebook import Changes, Notebook, Undo
from warmnote.store import Store
from warmnote.ui.tasks import Lane, Tasks

__all__ = ["Journal"]

T = TypeVar("T")


class Journal(QObject):
    """The notebook as the window sees it.

    `changed(Changes)` follows every write, after it is on the disk. `noticed(str, Undo | None)` carries a sentence for
    the notice bar. `failed(Expected)` tells that a write could not be done; other errors go to the crash handler.
    """

    changed = Signal(object)
    noticed = Signal(str, object)
    failed = Signal(object)

    def __init__(self, path: Path, clock: Clock, tasks: Tasks) -> None:
        super().__init__()
        self._path = path
        self._tasks = tasks
        self.clock = clock
        # The writer is born, lives and dies on the store lane: sqlite3 ties a connection to its thread. Opening it
        # also creates or migrates the file, so the reader has to wait for it.
        self._writer = tasks.run(Lane.STORE, lambda: Notebook(Store(path), clock))
        self._writer.result()
        self.reader = Notebook(Store(path, read_only=True), clock)

    def write(
        self,
        use_case: Callable[[Notebook], Changes],
        done: Callable[[Changes], object] | None = None,
        *,
        notice: str | Callable[[Changes], str] = "",
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Do one use case on the store lane, then tell everyone what it changed.

        `notice` is shown with an Undo if the change has one. Drafts, saved twice a minute, pass none.
        """

        def landed(changes: Changes) -> None:
            self.changed.emit(changes)
            if done is not None:
                done(changes)
            text = notice(changes) if callable(notice) else notice
            if text:
                self.noticed.emit(text, changes.undo)

        def on_failed(error: BaseException) -> None:
            if failed is not None:
                failed(error)
            elif isinstance(error, Expected):
                self.failed.emit(error)
            else:
                raise error

        # No owner here: other views must hear of the change even if the one that asked is gone.
        self._tasks.run(Lane.STORE, lambda: use_case(self._writer.result()), landed, on_failed)

    def ask(
        self,
        question: Callable[[Notebook], T],
        done: Callable[[T], object],
        failed: Callable[[BaseException], object] | None = None,
        owner: QObject | None = None,
        lane: Lane = Lane.FILES,
    ) -> None:
        """Ask something that takes long (a preview) beside the window, with a read-only connection of its own."""

        def answer() -> T:
            notebook = Notebook(Store(self._path, read_only=True), self.clock)
            try:
                return question(notebook)
            finally:
                notebook.close()

        self._tasks.run(lane, answer, done, failed, owner)

    def copy_daily(self) -> None:
        """Make the day's copy of the notebook, on the store lane; a quarter of a second for 100,000 people."""
        self._tasks.run(Lane.STORE, lambda: self._writer.result().copy_daily())

    def undo(self, undo: Undo) -> None:
        """Put back what a change did."""
        self.write(
            lambda notebook: notebook.undo(undo),
            notice=lambda changes: f"Put back: {changes.label}" if changes.label else "Put back",
        )

    def close(self) -> None:
        """Close both connections; the writer's on its own thread, after everything that was asked before."""
        self.reader.close()
        self._tasks.run(Lane.STORE, lambda: self._writer.result().close())
