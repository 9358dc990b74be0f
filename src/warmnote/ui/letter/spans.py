"""Places in a text: Python counts code points, Qt counts UTF-16 units. Converted here and nowhere else."""

import re
from bisect import bisect_left, bisect_right

__all__ = ["Places"]

_WIDE = re.compile("[\U00010000-\U0010ffff]")


class Places:
    """Converts places in one text, both ways. A text without emoji costs one scan.

    Places before the text count as its start, places past it as its end. A unit in the middle of a character counts as
    the start of that character.
    """

    __slots__ = ("_code_points", "_units", "_wide")

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [found.start() for found in _WIDE.finditer(text)]
        self._code_points = len(text)
        self._units = len(text) + len(self._wide)

    def to_qt(self, place: int) -> int:
        """UTF-16 units before the code point at `place`."""
        place = min(max(place, 0), self._code_points)
        return place + bisect_left(self._wide, place)

    def to_python(self, unit: int) -> int:
        """Code points before the UTF-16 unit at `unit`."""
        unit = min(max(unit, 0), self._units)
        if not self._wide:
            return unit
        # The n-th wide character (from 0) starts at unit `place + n` and is passed two units later.
        passed = bisect_right(range(len(self._wide)), unit, key=lambda n: self._wide[n] + n + 2)
        inside = passed < len(self._wide) and self._wide[passed] + passed + 1 == unit
        return unit - passed - inside
