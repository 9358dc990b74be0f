"""The notebook as commands open it, the same as the window's, and what they have in common."""

import argparse
import contextlib
import signal
import sys
from collections.abc import Callable, Generator
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warmnote.notebook import Notebook

__all__ = ["STOPPED", "Stop", "add_data_dir", "opened", "progress", "tell"]

STOPPED = 130
"""The exit status after Ctrl+C, as shells have it."""


def add_data_dir(parser: argparse.ArgumentParser) -> None:
    """Add the option `--data-dir` to a command."""
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where people and drafts are kept")


@contextlib.contextmanager
def opened(data_dir: Path | None, *, read_only: bool = False) -> "Generator[Notebook]":
    """The notebook in a folder, which is made if it is missing; the window may have it open too. Raises Expected."""
    from warmnote.notebook import DATABASE, Notebook, Store, data_folder, make_folder

    folder = data_folder(data_dir)
    make_folder(folder)
    notebook = Notebook(Store(folder / DATABASE, read_only=read_only), lambda: datetime.now(UTC))
    try:
        if notebook.notice is not None:
            print(f"warmnote: {notebook.notice}", file=sys.stderr)
        yield notebook
    finally:
        notebook.close()


class Stop:
    """Ctrl+C while it is in force: raises KeyboardInterrupt, even where the database makes an error of its own of it."""

    def __init__(self) -> None:
        self._in_force = True
        self._pressed = False
        self._before: Any = None

    def __enter__(self) -> "Stop":
        with contextlib.suppress(ValueError):  # not the main thread: nobody presses keys there
            self._before = signal.signal(signal.SIGINT, self._press)
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        if self._pressed and isinstance(error, Exception):
            raise KeyboardInterrupt from None

    def hold(self) -> None:
        """Lets Ctrl+C do nothing from here to the end of the block."""
        self._in_force = False

    def done(self) -> None:
        """The same, and whatever was pressed came too late."""
        self._in_force = self._pressed = False

    def _press(self, _signal: int, _frame: FrameType | None) -> None:
        if self._in_force:
            self._pressed = True
            raise KeyboardInterrupt


def progress(doing: str) -> Callable[[int, int], None] | None:
    """What to call with records done and in all, to show it on a terminal; None if nobody watches."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        share = f" {100 * done // total} %" if total else ""
        end = "\r\x1b[K" if done >= total else ""
        print(f"\r\x1b[K{doing}{share}{end}", end="", file=sys.stderr, flush=True)

    return show


def tell(line: str) -> None:
    """Print a line on the standard output, whatever its encoding can show."""
    encoding = sys.stdout.encoding or "utf-8"
    print(line.encode(encoding, errors="replace").decode(encoding))
