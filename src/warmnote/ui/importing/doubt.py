"""Whether a table's columns should be asked about before its people are shown."""

import re
from collections import Counter

from warmnote.followers import Role, Sheet

__all__ = ["in_doubt"]

_NAMED = frozenset({Role.NAME, Role.FIRST, Role.LAST})
# Two to four words of letters, as in Ana García-Ruiz, Tom O'Neil or Hugo van der Berg.
_A_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]{1,2}[^\W\d_]+){1,5}\.?")


def in_doubt(sheet: Sheet) -> bool:
    """Whether nothing was taken for a name though a column that was not understood for certain looks like names."""
    roles = sheet.guessed.roles
    if not _NAMED.isdisjoint(roles):
        return False
    taken = Counter(roles)
    return any(_like_names(sheet, column) for column, role in enumerate(roles) if role is None or taken[role] > 1)


def _like_names(sheet: Sheet, column: int) -> bool:
    cells = [cell for row in sheet.sample if column < len(row) and (cell := " ".join(row[column].split()))]
    return sum(_A_NAME.fullmatch(cell) is not None for cell in cells) * 2 > len(cells)
