"""Followers as they arrive: from a file, a zip or a folder to a batch of people, problems and reasons.

`read` recognises a source by what is in it, never by its name alone. Rows that cannot be used are collected with their
number and a reason, and never stop a reading; anything that is not a list of people gets an `Expected` that says what it
is, what was looked for and what to do. Nothing is unpacked to disk, nothing is sent, nothing is written.

Row numbers count every record of the file from 1, preamble, header and blank lines included, so that they are the rows
a spreadsheet shows. Rows without any content are passed over in silence.

A reader is a function that takes the container and returns the reading, or None, or raises `Expected` when the source
is its own but holds no followers. The first in `READERS` that answers is taken.
"""

from collections.abc import Callable
from pathlib import Path

from warmnote.accounts import earlier_keys
from warmnote.followers import linkedin, strangers, table
from warmnote.followers.container import Container, opened
from warmnote.followers.watch import Cancelled, Watch
from warmnote.model import Batch

__all__ = ["READERS", "Cancelled", "Reader", "earlier_keys", "read"]

Reader = Callable[[Container], Callable[[Watch], Batch] | None]

READERS: tuple[Reader, ...] = (linkedin.recognise, strangers.recognise, table.recognise)


def read(
    path: Path,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Batch:
    """Read the followers in a file, a zip or an unpacked folder.

    `progress(done, total)` is called in the calling thread with numbers of records; `cancelled()` is asked at the same
    moments, and a true answer raises `Cancelled`. Raises `Expected`, of which `Cancelled` is one, and nothing else.
    """
    watch = Watch(progress, cancelled)
    watch.check()
    with opened(path) as container:
        for recognise in READERS:
            reading = recognise(container)
            if reading is not None:
                return reading(watch)
        raise strangers.unknown(container, table.headings(container))
