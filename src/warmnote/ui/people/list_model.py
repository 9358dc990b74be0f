"""The people of one view as a list model: an array of ids, and the rows fetched a window at a time.

A list of 100,000 people is 0.8 MB here, whatever is known of them. A change is applied as a difference, so the choice
and the scroll position of a view stay where they are.
"""

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from warmnote.model import Clock, Progress
from warmnote.notebook import Changes, Notebook, Order, PersonRow, View
from warmnote.ui.when import ago, day_of, planned

__all__ = ["STEP_WORDS", "PeopleModel", "describe"]

Index = QModelIndex | QPersistentModelIndex

STEP_WORDS = {
    Progress.NEW: "New",
    Progress.GREETED: "Greeted",
    Progress.REPLIED: "Replied",
    Progress.TALKING: "Talking",
}

_PAGE = 128
_PAGES = 64
# Telling a view of so many separate places costs more than letting it look again.
_MOST_STEPS = 400
# So many are looked up one by one; for more, one walk through the list costs less.
_FEW = 16


class PeopleModel(QAbstractListModel):
    """People in the order of one view, read from the notebook as they come into sight.

    Roles: Display (the name), AccessibleText (a sentence), `ID` (int) and `ROW` (PersonRow). A person who was deleted
    since the list was read has no data.
    """

    ID = Qt.ItemDataRole.UserRole + 1
    ROW = Qt.ItemDataRole.UserRole + 2

    def __init__(self, reader: Notebook, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._clock = clock
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, dict[int, PersonRow]] = OrderedDict()
        self._kept: int | None = None
        self.view, self.query, self.order = View.ALL, "", Order.NEWEST

    def show(self, view: View, query: str = "", order: Order = Order.NEWEST) -> None:
        """List the people of a view who match a query. Another list than before, so the model is reset."""
        self.view, self.query, self.order = view, query, order
        self._kept = None
        self._reset(self._reader.person_ids(view, query, order))

    def apply(self, changes: Changes | None) -> None:
        """Follow what was changed in the notebook, moving nothing that stayed. None: anything may have changed."""
        changed = frozenset() if changes is None else changes.changed
        if changes is None or len(changed) > _PAGE * _PAGES:
            self._pages.clear()
        else:
            self._forget(changed)
        now = self._wanted_ids()
        if now != self._ids and not self._follow(now, changed):
            self._reset(now)
            return
        if changes is None or len(changed) > _MOST_STEPS:
            if self._ids:
                self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))
        else:
            for first, last in self.runs(changed):
                self.dataChanged.emit(self.index(first), self.index(last))

    def keep(self, person_id: int | None) -> None:
        """Keep a person in the list where they stand, even after they stop belonging to the view; None keeps nobody.

        Who has just been written to is no longer new, but should not vanish from under the pointer.
        """
        self._kept = person_id

    def row_of(self, person_id: int) -> int:
        """Where a person stands in the list; -1 if they are not in it."""
        try:
            return self._ids.index(person_id)
        except ValueError:
            return -1

    def person_id(self, row: int) -> int:
        """The id of the person in a row of the list."""
        return self._ids[row]

    def ids(self, first: int, last: int) -> "array[int]":
        """The ids in the rows from `first` to `last`, both included."""
        return self._ids[first : last + 1]

    def runs(self, people: Collection[int]) -> list[tuple[int, int]]:
        """Where these people stand: the first and the last row of each unbroken run, in order."""
        if len(people) > _FEW:
            wanted = frozenset(people)
            return list(_runs(row for row, person in enumerate(self._ids) if person in wanted))
        return list(_runs(sorted(row for person in people if (row := self.row_of(person)) >= 0)))

    def beside(self, before: "array[int]", row: int) -> int:
        """Where whoever stood in a row of `before`, or next below, else next above it, stands now; -1 if nobody does."""
        row = max(row, 0)
        there = set(self._ids)
        near = chain(before[row:], reversed(before[:row]))
        return next((self.row_of(person) for person in near if person in there), -1)

    def person(self, row: int) -> PersonRow | None:
        """What a row shows; None if the person was deleted in the meantime."""
        number = row // _PAGE
        page = self._pages.get(number)
        if page is None:
            ids = self._ids[number * _PAGE : (number + 1) * _PAGE]
            page = self._pages[number] = {found.id: found for found in self._reader.rows(ids)}
            if len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page.get(self._ids[row])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == self.ID:
            return self._ids[index.row()]
        if role not in (self.ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        person = self.person(index.row())
        if person is None or role == self.ROW:
            return person
        return person.name if role == Qt.ItemDataRole.DisplayRole else describe(person, self._clock())

    def _wanted_ids(self) -> "array[int]":
        ids = self._reader.person_ids(self.view, self.query, self.order)
        if self._kept is None or (row := self.row_of(self._kept)) < 0 or self._kept in ids:
            return ids
        # Whoever was archived, or brought back, is meant to leave.
        if self.view is not View.ARCHIVED and self._kept in self._reader.person_ids(View.ALL, "", self.order):
            # Behind whoever stood before them and is still there.
            there = set(ids)
            before = next((person for person in reversed(self._ids[:row]) if person in there), None)
            ids.insert(0 if before is None else ids.index(before) + 1, self._kept)
        return ids

    def _forget(self, changed: frozenset[int]) -> None:
        for number in [number for number, page in self._pages.items() if not changed.isdisjoint(page)]:
            del self._pages[number]

    def _reset(self, ids: "array[int]") -> None:
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def _follow(self, now: "array[int]", changed: frozenset[int]) -> bool:
        """Turn the list into `now` step by step. False, with nothing done, if that would take too many steps."""
        start, end = _alike(self._ids, now)
        old, new = self._ids[start : len(self._ids) - end], now[start : len(now) - end]
        staying, known = set(new), set(old)
        before = [person for person in old if person in staying]
        after = [person for person in new if person in known]
        # Only those of whom something changed can have moved; if others did, the list is another one.
        movers = [person for person in after if person in changed] if before != after else []
        if movers and [person for person in before if person not in changed] != [p for p in after if p not in changed]:
            return False
        gone = list(_runs(row for row, person in enumerate(old, start) if person not in staying))
        come = list(_runs(row for row, person in enumerate(new, start) if person not in known))
        if (before != after and not movers) or len(gone) + len(come) + 2 * len(movers) > _MOST_STEPS:
            return False
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._ids[first : last + 1]
            self._pages.clear()
            self.endRemoveRows()
        if len(movers) > 1:
            for person in movers:  # out of the way first, so that all before a place is already right
                self._move(person, start + len(after) - 1)
        for person in movers:
            self._move(person, start + after.index(person))
        for first, last in come:
            self.beginInsertRows(QModelIndex(), first, last)
            self._ids[first:first] = now[first : last + 1]
            self._pages.clear()
            self.endInsertRows()
        return True

    def _move(self, person: int, place: int) -> None:
        row = self.row_of(person)
        if row == place:
            return
        # Qt names a place further down as it is before the person is taken out.
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), place + 1 if place > row else place)
        del self._ids[row]
        self._ids.insert(place, person)
        self._pages.clear()
        self.endMoveRows()


def describe(person: PersonRow, now: datetime) -> str:
    """A row of the list in words, for a screen reader."""
    parts = [person.name]
    if person.waiting:
        parts.append("waiting for your answer")
    parts.append(f"wrote “{person.line}”" if person.said else person.line)
    parts.append(STEP_WORDS[person.progress])
    if person.due is not None:
        parts.append(f"planned for {planned(person.due, day_of(now))}")
    if person.when is not None:
        parts.append(ago(person.when, now))
    return ", ".join(part for part in parts if part)


def _alike(one: "array[int]", other: "array[int]") -> tuple[int, int]:
    """How many ids are the same at the start of both lists, and how many of the rest at the end."""
    room = min(len(one), len(other))
    start = bisect_left(range(room), True, key=lambda count: one[: count + 1] != other[: count + 1])
    room -= start
    end = bisect_left(
        range(room), True, key=lambda count: one[len(one) - count - 1 :] != other[len(other) - count - 1 :]
    )
    return start, end


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Ascending row numbers as first and last of each unbroken run."""
    first = last = None
    for row in rows:
        if first is None or last is None:
            first = last = row
        elif row == last + 1:
            last = row
        else:
            yield first, last
            first = last = row
    if first is not None and last is not None:
        yield first, last
