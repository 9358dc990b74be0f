"""The elements of a long list in JSON, one by one: the posts of many years need not be held at once."""

import codecs
import json
import re
from collections.abc import Iterable, Iterator

__all__ = ["Elements"]

_ASSIGNED = re.compile(r"\s*window\.[\w.$]+\s*=\s*")
_SPACE = re.compile(r"[\s,]*")
_TOKEN = 64  # an error nearer to the end than this may be a token that is not there as a whole yet
_PIECE = 2**20
_ELEMENT_CAP = 128 * 2**20


class Elements:
    """Iterates over the elements of a list; of an object alone, that object.

    What JavaScript puts before (`window.YTD.follower.part0 =`) is passed over. Where the source breaks off or cannot be
    read any further, the iteration ends, and `broken` is true from then on.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.broken = False
        self._pieces = iter(pieces)
        self._decoder = json.JSONDecoder(strict=False, parse_int=_integer)
        self._text: codecs.IncrementalDecoder | None = None
        self._buffer = ""
        self._position = 0
        self._ended = False

    def __iter__(self) -> Iterator[object]:
        opening = self._open()
        if opening == "{":
            yield from self._element()
        elif opening != "[":
            self.broken = True
        else:
            self._position += 1
            while not self.broken and (mark := self._next()) != "]":
                self.broken = not mark
                if mark:
                    yield from self._element()

    def _open(self) -> str:
        self._more(_PIECE)
        if match := _ASSIGNED.match(self._buffer):
            self._position = match.end()
        return self._next()

    def _next(self) -> str:
        """The character at which the next element begins, else the closing bracket; empty at the end of the source."""
        while True:
            match = _SPACE.match(self._buffer, self._position)
            self._position = match.end() if match else self._position
            if self._position < len(self._buffer):
                return self._buffer[self._position]
            if not self._more(_PIECE):
                return ""

    def _element(self) -> Iterator[object]:
        """The element at this place, or nothing if it is not complete or not JSON."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._position)
            except json.JSONDecodeError as error:
                held = len(self._buffer) - self._position
                cut = error.msg.startswith("Unterminated") or error.pos > len(self._buffer) - _TOKEN
                # As much again as there is: a long element is then tried a few times, not once for each piece.
                if cut and held < _ELEMENT_CAP and self._more(max(held, _PIECE)):
                    continue
                self.broken = True
                return
            except (RecursionError, ValueError):
                self.broken = True
                return
            if end == len(self._buffer) and self._more(_PIECE):
                continue  # a number may go on in what comes next
            self._position = end
            yield value
            return

    def _more(self, size: int) -> bool:
        """Read at least `size` bytes more, if there are any; let go of what was read before."""
        added: list[str] = []
        while size > 0 and not self._ended:
            data = next(self._pieces, b"")
            self._ended = not data
            size -= len(data)
            if self._text is None:
                self._text = codecs.getincrementaldecoder(_encoding(data))(errors="replace")
            added.append(self._text.decode(data, final=self._ended))
        self._buffer = self._buffer[self._position :] + "".join(added)
        self._position = 0
        return any(added)


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig"


def _integer(digits: str) -> int | None:
    """Numbers of thousands of digits stand for nothing, and Python refuses to make them."""
    return int(digits) if len(digits) < 1_000 else None
