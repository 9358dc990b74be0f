"""The letters that were on the desk since the start: text, cursor and undo steps wait here for the writer's return."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtGui import QTextDocument

__all__ = ["Sheet", "Sheets"]


@dataclass(slots=True)
class Sheet:
    """One person's letter. `anchor` and `cursor` are code points, `scroll` pixels.

    `starters` are the prompts' sentences that were put into it, `earlier` what may have been before it came from the book. `asked` is what the user said about their last message,
    `asked_of`, being a question about the user's own work; None while the user has said nothing.
    """

    document: QTextDocument
    anchor: int = 0
    cursor: int = 0
    scroll: int = 0
    starters: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    asked: bool | None = None
    asked_of: str = ""


class Sheets:
    """Keeps the `keep` letters used last; what is dropped is in the book, without its undo steps."""

    def __init__(self, keep: int = 50) -> None:
        self._keep = keep
        self._by_person: OrderedDict[int, Sheet] = OrderedDict()

    def take(self, person: int) -> Sheet | None:
        """The letter of a person, now the one used last; None if it is not here."""
        if person not in self._by_person:
            return None
        self._by_person.move_to_end(person)
        return self._by_person[person]

    def put(self, person: int, sheet: Sheet) -> Sheet:
        """Keep a new letter; the one that was not used for longest makes room."""
        self._by_person[person] = sheet
        while len(self._by_person) > self._keep:
            self._by_person.popitem(last=False)
        return sheet

    def put_away(self, person: int) -> None:
        """A person's letter was sent: its prompts belong to an earlier one, should it ever come back."""
        sheet = self._by_person.get(person)
        if sheet is not None:
            sheet.earlier, sheet.starters = (*sheet.earlier, *sheet.starters), ()

    def drop(self, person: int) -> None:
        """Forget a letter whose person is gone."""
        self._by_person.pop(person, None)
