"""A file that is whole or not there."""

import contextlib
import os
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO

from warmnote.model import Expected

__all__ = ["whole_file"]


@contextlib.contextmanager
def whole_file(path: Path) -> Generator[BinaryIO]:
    """Opens a file beside `path`, which takes its name when the block ends; whatever the block raises, nothing changes.

    Raises Expected if the place cannot be written to.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as out:
            yield out
        beside.replace(path)
    except OSError as error:
        raise Expected(
            f"{path} could not be written: {error.strerror or error}.", "Choose another file or folder."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
