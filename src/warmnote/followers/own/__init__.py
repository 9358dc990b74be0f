"""What Warmnote itself has exported: its JSON, which holds everything, and its table of people.

Nothing is tidied here: what was in a notebook comes back as it was. A person is known again by the first of their
accounts, the others are further ones; whoever has none is known by the moment in which they were added.
"""

import re
from collections.abc import Callable

from warmnote.followers import text
from warmnote.followers.container import Container, Entry, Form
from warmnote.followers.own.people import first_row, read_people
from warmnote.followers.own.whole import read_whole
from warmnote.followers.watch import Watch
from warmnote.model import Batch, Expected

__all__ = ["recognise"]

_VERSIONED = re.compile(r'"warmnote"\s*:\s*\d')
# With its keys in another order the version may stand at the end of the file.
_KEYS = ('"people"', '"identities"', '"owned"', '"let_pass"')
_PEOPLE = frozenset(["Warmnote ID", "Name"])
_LOOKED_INTO = 20  # of a zip or folder, from the outermost in
_HISTORY = frozenset(["Warmnote ID", "When", "Kind", "Text"])


def recognise(container: Container) -> Callable[[Watch], Batch] | None:
    """The reading of an export of Warmnote's; None if it is none. Raises `Expected` for its table of messages."""
    named = [entry for entry in container.entries if entry.base.endswith((".json", ".csv"))]
    for entry in container.entries if container.form is Form.FILE else named[:_LOOKED_INTO]:
        if found := _reading(container, entry):
            return found
    return None


def _reading(container: Container, entry: Entry) -> Callable[[Watch], Batch] | None:
    if not entry.size:
        return None
    try:
        head, _, _ = text.decode(container.head(entry))
    except Expected:
        return None  # whoever comes next says what is wrong with it
    if head.lstrip().startswith("{"):
        if _VERSIONED.search(head) or all(key in head for key in _KEYS):
            return lambda watch: read_whole(container, entry, watch)
        return None
    header = first_row(head)
    if _HISTORY.issubset(header):
        raise Expected(
            f"“{container.where(entry)}” is Warmnote's table of messages, which is for reading in a spreadsheet.",
            "Choose the JSON export instead: it holds people and messages together.",
        )
    return (lambda watch: read_people(container, entry, watch)) if _PEOPLE.issubset(header) else None
