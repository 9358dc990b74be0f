"""The one door to work off the GUI thread: three lanes, and results that always come back on the GUI thread.

The store lane is a single thread, so writes happen in the order in which they were asked for. The second lane reads
files, the third asks networks, of which one may keep us waiting while another answers. For each task exactly one of
`done` and `failed` is called, once, unless its owner is gone by then.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

__all__ = ["Lane", "Tasks"]

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Lane(Enum):
    """Where a task runs: in the order of asking beside the database or beside files, or a few at once on the network."""

    STORE = "store"
    FILES = "files"
    NETWORKS = "networks"


_THREADS = {Lane.STORE: 1, Lane.FILES: 1, Lane.NETWORKS: 3}


@dataclass(frozen=True, slots=True)
class _Landing:
    future: "Future[Any]"
    done: Callable[[Any], object] | None
    failed: Callable[[BaseException], object] | None
    owner: QObject | None


class Tasks(QObject):
    """Runs functions on a lane and brings what they return, or raise, back to the GUI thread.

    `on_error` hears of failures for which no `failed` was given.
    """

    _landed = Signal(object)

    def __init__(self, on_error: Callable[[BaseException], object]) -> None:
        super().__init__()
        self._on_error = on_error
        self._lanes = {
            lane: ThreadPoolExecutor(count, thread_name_prefix=f"warmnote-{lane.value}")
            for lane, count in _THREADS.items()
        }
        self._open = True
        self.pending = 0
        self._landed.connect(self._on_landed, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: Lane,
        function: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
        owner: QObject | None = None,
    ) -> "Future[T]":
        """Run `function` on a lane. `done(result)` or `failed(error)` follows on the GUI thread.

        With an `owner`, the result is dropped if that object was deleted in the meantime. The future is for those
        who must wait at exit; everyone else uses the callbacks.
        """
        future = self._lanes[lane].submit(function)
        self.pending += 1
        future.add_done_callback(lambda finished: self._land(_Landing(finished, done, failed, owner)))
        return future

    def close(self) -> None:
        """Wait for the store lane, give up the others. Nothing comes back after this."""
        self._open = False
        for lane in (Lane.FILES, Lane.NETWORKS):
            self._lanes[lane].shutdown(wait=False, cancel_futures=True)
        self._lanes[Lane.STORE].shutdown(wait=True)

    def _land(self, landing: _Landing) -> None:
        if self._open and isValid(self):
            self._landed.emit(landing)

    def _on_landed(self, landing: _Landing) -> None:
        self.pending -= 1
        if not self._open or landing.future.cancelled() or (landing.owner is not None and not isValid(landing.owner)):
            return
        error = landing.future.exception()
        if error is None:
            if landing.done is not None:
                landing.done(landing.future.result())
        elif landing.failed is not None:
            landing.failed(error)
        else:
            self._on_error(error)
