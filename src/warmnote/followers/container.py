"""What the user chose, a file, a zip or a folder, seen as a list of entries that are read in memory.

Nothing is ever unpacked to disk. Names that point outside, macOS leftovers and links are left out; the number, size,
depth and packing ratio of what is read are capped.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO

from warmnote.followers import text
from warmnote.model import Expected

__all__ = ["HEAD", "LOOKED_INTO", "Container", "Entry", "Form", "opened"]

HEAD = 65_536
"""Bytes that are enough to recognise a file by."""

LOOKED_INTO = 200
"""Tables of a folder or zip that a reader looks into while it searches for its own."""

_ENTRY_CAP = 256 * 2**20
_TOTAL_CAP = 512 * 2**20
_RATIO_CAP = 200
_RATIO_FREE = 16 * 2**20  # smaller entries may be packed as tightly as they like
_COUNT_CAP = 200_000
_FOLDER_CAP = 20_000
_ZIP_DEPTH_CAP = 12
_FOLDER_DEPTH_CAP = 6
_TABLES = ("csv", "tsv", "tab", "txt")
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OverflowError, struct.error)


class Form(Enum):
    """What the user chose."""

    FILE = "file"
    ZIP = "zip"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: `name` with `/` between folders, `size` in bytes; `source` is how its container finds it again."""

    name: str
    size: int
    source: str

    @property
    def base(self) -> str:
        """The name without folders, in lower case, spaces and underscores being equal."""
        return self.name.rpartition("/")[2].casefold().replace("_", " ")

    @property
    def depth(self) -> int:
        """How many folders the entry lies in."""
        return self.name.count("/")


class Container:
    """The entries of one file, zip or folder, and their bytes.

    `origin` is the chosen name as it may be shown; `entries` are ordered from the outermost in. `read` and `head`
    raise `Expected` when an entry is locked, damaged, protected or larger than anything Warmnote should read.
    """

    def __init__(
        self,
        origin: str,
        form: Form,
        entries: list[Entry],
        open_entry: Callable[[Entry], AbstractContextManager[IO[bytes]]],
    ) -> None:
        self.origin = origin
        self.form = form
        self.entries = tuple(sorted(entries, key=lambda entry: (entry.depth, entry.name.casefold())))
        self._open = open_entry
        self._heads: dict[Entry, bytes] = {}
        self._left = _TOTAL_CAP

    def read(self, entry: Entry) -> bytes:
        """All bytes of an entry."""
        if entry.size > _ENTRY_CAP:
            raise _too_large(entry)
        return self._take(entry, _ENTRY_CAP)

    def pieces(self, entry: Entry, size: int = 2**20) -> Iterator[bytes]:
        """The bytes of an entry, at most `size` at a time: for what is too large to be held as a whole."""
        with _told(entry.name), self._open(entry) as stream:
            while data := stream.read(min(size, self._left + 1)):
                self._left -= len(data)
                if self._left < 0:
                    raise _too_large(entry)
                yield data

    def head(self, entry: Entry) -> bytes:
        """The first `HEAD` bytes of an entry, kept for the next reader that asks."""
        if entry not in self._heads:
            self._heads[entry] = self._take(entry, HEAD)
        return self._heads[entry]

    def tables(self) -> tuple[Entry, ...]:
        """The entries that may be tables: the file itself, else those whose names say so, outermost first."""
        if self.form is Form.FILE:
            return self.entries
        return tuple(entry for entry in self.entries if entry.size and entry.base.rpartition(".")[2] in _TABLES)

    def where(self, entry: Entry) -> str:
        """The chosen name, with the entry's own behind it where they differ."""
        return self.origin if self.form is Form.FILE else f"{self.origin}, {entry.name}"

    def _take(self, entry: Entry, limit: int) -> bytes:
        with _told(entry.name), self._open(entry) as stream:
            # One byte more than is allowed shows that there is more; asking for the whole cap would reserve it.
            data = stream.read(min(limit, self._left, entry.size) + 1)
        if limit == HEAD:
            data = data[:HEAD]
        self._left -= len(data)
        if len(data) > limit or self._left < 0:
            raise _too_large(entry)
        return data


@contextmanager
def opened(path: Path) -> Generator[Container]:
    """Open what the user chose; `Expected` if it is missing, locked, not a file, or a zip that is damaged."""
    origin = text.name(path.name) or text.name(str(path))
    with _told(origin):
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            kind = Form.FOLDER
        elif stat.S_ISREG(mode):
            with path.open("rb") as stream:
                kind = Form.ZIP if stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08") else Form.FILE
        else:
            raise Expected(f"“{origin}” is a device or a link to one, not a file.", "Choose a file, a zip or a folder.")
    if kind is Form.FOLDER:
        with _told(origin):
            folder = _folder(path, origin)
        yield folder
    elif kind is Form.FILE:
        entry = Entry(origin, path.stat().st_size, str(path))
        yield Container(origin, kind, [entry], lambda _: path.open("rb"))
    else:
        archive = _archive(path, origin)
        with archive:
            yield _zip(archive, origin)


def _folder(path: Path, origin: str) -> Container:
    entries: list[Entry] = []
    waiting = [(path, "")]
    while waiting and len(entries) < _FOLDER_CAP:
        folder, prefix = waiting.pop(0)
        for item in _listing(folder, top=not prefix):
            name = f"{prefix}{item.name}"
            if _is_junk(item.name) or item.is_symlink():
                continue
            if item.is_dir():
                if prefix.count("/") < _FOLDER_DEPTH_CAP - 1:
                    waiting.append((item, f"{name}/"))
            elif item.is_file():
                entries.append(Entry(text.name(name), item.stat().st_size, str(item)))
    return Container(origin, Form.FOLDER, entries, lambda entry: Path(entry.source).open("rb"))


def _listing(folder: Path, *, top: bool) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        if top:
            raise
        return []  # a closed sub-folder does not spoil the rest


def _archive(path: Path, origin: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except _ZIP_ERRORS as error:
        raise Expected(
            f"The zip “{origin}” is cut off or damaged, so it cannot be opened.",
            "The download probably did not finish. Download it again and choose the new file.",
        ) from error
    except OSError as error:
        raise _told_error(error, origin) from error


def _zip(archive: zipfile.ZipFile, origin: str) -> Container:
    members = archive.infolist()
    if len(members) > _COUNT_CAP:
        raise Expected(
            f"The zip “{origin}” holds {len(members):,} files, more than Warmnote opens.",
            "Unpack it and choose the one file with your followers.",
        )
    entries: list[Entry] = []
    infos: dict[str, zipfile.ZipInfo] = {}
    for number, info in enumerate(members):
        name = info.filename.replace("\\", "/")
        parts = name.split("/")
        outside = name.startswith("/") or ":" in parts[0] or ".." in parts
        if outside or name.endswith("/") or any(map(_is_junk, parts)) or len(parts) > _ZIP_DEPTH_CAP:
            continue
        infos[str(number)] = info
        entries.append(Entry(text.name(name), info.file_size, str(number)))
    if entries and all(infos[entry.source].flag_bits & 1 for entry in entries):
        raise _protected(origin)

    def open_entry(entry: Entry) -> IO[bytes]:
        info = infos[entry.source]
        if info.flag_bits & 1:
            raise _protected(origin)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # The other methods cannot be unpacked in small, bounded steps.
            raise Expected(
                f"“{entry.name}” in the zip is packed in a way that Warmnote does not read.",
                "Unpack the zip and choose the file itself.",
            )
        if info.file_size > max(_RATIO_FREE, _RATIO_CAP * info.compress_size):
            raise _too_large(entry)
        return archive.open(info)

    return Container(origin, Form.ZIP, entries, open_entry)


def _is_junk(name: str) -> bool:
    return name == "__MACOSX" or name.startswith("._") or name in (".DS_Store", "Thumbs.db", "desktop.ini")


def _too_large(entry: Entry) -> Expected:
    return Expected(
        f"“{entry.name}” is {max(entry.size // 2**20, 1):,} MB unpacked, far more than a list of followers can be.",
        "Check that this is the file you meant.",
    )


def _protected(origin: str) -> Expected:
    return Expected(
        f"The zip “{origin}” is protected with a password.",
        "Unpack it with the password first, then choose the file or folder that comes out.",
    )


def _told_error(error: OSError | ValueError, name: str) -> Expected:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Expected(f"“{name}” is not there any more.", "It may have been moved or renamed. Choose it again.")
    if isinstance(error, PermissionError):
        return Expected(
            f"“{name}” cannot be opened: another program holds it, or you may not read it.",
            "Close it in Excel or any other program, then try again.",
        )
    reason = getattr(error, "strerror", None) or "the system gave no reason"
    return Expected(f"“{name}” could not be read ({reason}).", "If it lies on a stick or a server, copy it here first.")


@contextmanager
def _told(name: str) -> Generator[None]:
    """Turn what the system or a damaged zip raises into `Expected`."""
    try:
        yield
    except OSError as error:
        raise _told_error(error, name) from error
    except (*_ZIP_ERRORS, RuntimeError) as error:
        raise Expected(
            f"“{name}” is damaged, so it cannot be read.", "Download it again and choose the new file."
        ) from error
