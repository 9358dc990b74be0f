"""The list: ids in order, filtered and searched, and the rows that a window shows.

For 100,000 people the order is read once and kept as an array of ids; a filter or a search only decides which of them
stay. A counter in the file tells when another connection has changed the order.
"""

import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from itertools import chain, compress

from warmnote.model import Progress
from warmnote.store._database import Database, Row
from warmnote.store._times import day, from_day, moment
from warmnote.store.stages import Exchange
from warmnote.store.text import query_terms

__all__ = ["Counts", "Listing", "Order", "PersonRow", "View", "exchange"]

_CHUNK = 500
THREAD = "t.sent, t.received, t.first_received, t.last_received, t.last_sent, t.last_meeting, t.unanswered, t.waiting"


class View(StrEnum):
    """The filters above the list."""

    NEW = "new"
    DUE = "due"
    WAITING = "waiting"
    ALL = "all"  # but for the archived, who are in no other view than their own
    ARCHIVED = "archived"


class Order(StrEnum):
    """How the list is sorted."""

    NEWEST = "newest"  # the latest follow first
    NAME = "name"
    LAST_CONTACT = "last_contact"  # the latest first, then those never met
    PROGRESS = "progress"  # those one talks with first


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people each filter shows."""

    new: int
    due: int
    waiting: int
    all: int
    archived: int = 0


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row of the list.

    `line` is what they last wrote (then `said` is True), else their bio, else position and company. `when` is the last
    contact, else the day of the follow, else the day the user added the person; None if an import brought no day. `new` is what the view New asks for.
    """

    id: int
    name: str
    line: str
    when: datetime | date | None
    progress: Progress
    waiting: bool
    due: date | None
    said: bool = False
    new: bool = False


def exchange(columns: Sequence[int | None]) -> Exchange:
    """The state of a log from the columns `THREAD` names, all None if there is no log."""
    sent, received, first_received, last_received, last_sent, last_meeting, unanswered, waiting = columns
    if sent is None:
        return Exchange()
    return Exchange(
        sent=sent,
        received=received or 0,
        first_received=None if first_received is None else moment(first_received),
        last_received=None if last_received is None else moment(last_received),
        last_sent=None if last_sent is None else moment(last_sent),
        last_meeting=None if last_meeting is None else moment(last_meeting),
        unanswered=unanswered or 0,
        waiting=bool(waiting),
    )


@dataclass(frozen=True, slots=True)
class _Ordered:
    """Everyone in an order, the archived apart; good as long as `state` is."""

    state: tuple[object, ...]
    present: "array[int]"
    archived: "array[int]"


class Listing:
    """Reads for the list. Keeps the orders it has read."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._orders: dict[Order, _Ordered] = {}

    def ids(self, view: View, query: str, order: Order, now: datetime, zone: tzinfo | None) -> "array[int]":
        """The ids that `view` and `query` leave, in `order`."""
        with self._db.snapshot():
            ordered = self._in_order(order, now, zone)
            everyone = ordered.archived if view is View.ARCHIVED else ordered.present
            terms = query_terms(query)
            searched = bool(query.strip())
            whole = view in (View.ALL, View.ARCHIVED)
            if whole and not searched:
                return everyone[:]
            kept: set[int] | None = None
            if not whole:
                kept = set(self._of_view(view, now.astimezone(zone).date()))
            if searched:
                found = self._matching(terms)
                kept = set(found) if kept is None else kept.intersection(found)
            return _only(everyone, kept or set())

    def _of_view(self, view: View, today: date) -> list[int]:
        match view:
            case View.NEW:
                return self._db.column("select id from people where fresh = 1")
            case View.DUE:
                return self._db.column("select person from follow_ups where due <= ?", (from_day(today),))
            case _:
                return self._db.column("select person from threads where waiting = 1")

    def _matching(self, terms: tuple[str, ...]) -> list[int]:
        if not terms:
            return []
        # One value instead of a row each: half the time for the tens of thousands that two letters find.
        found = self._db.value(
            "select json_group_array(rowid) from search where search match ?",
            (" ".join(f'"{term}"*' for term in terms),),
        )
        return json.loads(found)

    def _in_order(self, order: Order, now: datetime, zone: tzinfo | None) -> _Ordered:
        people, log = self._db.rows("select value from revisions order by name = 'log'")
        match order:
            case Order.NEWEST | Order.NAME:
                state = (people,)
            case Order.LAST_CONTACT:
                state = (people, log)
            case Order.PROGRESS:
                state = (people, log, now.astimezone(zone).date())
        held = self._orders.get(order)
        if held is None or held.state != state:
            everyone = array("q", self._read_order(order, now, zone))
            archived = set(self._db.column("select id from people where archived_at is not null"))
            present = array("q", _without(everyone, archived)) if archived else everyone
            held = _Ordered(state, present, _only(everyone, archived) if archived else array("q"))
            self._orders[order] = held
        return held

    def _read_order(self, order: Order, now: datetime, zone: tzinfo | None) -> list[int]:
        match order:
            case Order.NEWEST:
                return self._db.column("select id from people order by newest desc, added_at desc, id")
            case Order.NAME:
                return self._db.column("select id from people order by name_key, id")
            case Order.LAST_CONTACT:
                return self._by_contact(now, zone)
            case Order.PROGRESS:
                return self._by_progress(now, zone)

    def _by_contact(self, now: datetime, zone: tzinfo | None) -> list[int]:
        met = self._db.column("select person from threads order by last_contact desc, person")
        return met + self._newest_but(met, now, zone)

    def _by_progress(self, now: datetime, zone: tzinfo | None) -> list[int]:
        steps: dict[Progress, list[int]] = {p: [] for p in (Progress.TALKING, Progress.REPLIED, Progress.GREETED)}
        for person, *thread in self._db.rows(
            f"select t.person, {THREAD} from threads t order by t.last_contact desc, t.person"
        ):
            steps[exchange(thread).progress(now, zone)].append(person)
        met = [person for people in steps.values() for person in people]
        return met + self._newest_but(met, now, zone)

    def _newest_but(self, met: list[int], now: datetime, zone: tzinfo | None) -> list[int]:
        newest = self._in_order(Order.NEWEST, now, zone)
        return list(_without(chain(newest.present, newest.archived), set(met)))

    def rows(self, ids: Sequence[int], now: datetime, zone: tzinfo | None) -> list[PersonRow]:
        """The rows of `ids`, in that order; people who are gone are left out."""
        found: dict[int, PersonRow] = {}
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            for row in self._db.rows(
                f"""
                select p.id, p.name, p.bio, p.position, p.company, p.newest, p.fresh, f.due,
                    case when t.received > 0 then (
                        select substr(m.text, 1, 300) from messages m
                        where m.person = p.id and m.kind = 'received' order by m.at desc, m.id desc limit 1
                    ) end,
                    {THREAD}
                from people p left join threads t on t.person = p.id left join follow_ups f on f.person = p.id
                where p.id in ({", ".join("?" * len(chunk))})
                """,
                chunk,
            ):
                found[row[0]] = _row(row, now, zone)
        return [found[i] for i in ids if i in found]

    def counts(self, today: date) -> Counts:
        """How many people each view holds today."""
        row = self._db.row(
            """
            select (select count(*) from people where fresh = 1),
                (select count(*) from follow_ups f join people p on p.id = f.person
                    where f.due <= ? and p.archived_at is null),
                (select count(*) from threads t join people p on p.id = t.person
                    where t.waiting = 1 and p.archived_at is null),
                (select count(*) from people), (select count(*) from people where archived_at is not null)
            """,
            (from_day(today),),
        )
        if row is None:
            return Counts(0, 0, 0, 0)
        new, due, waiting, everyone, archived = row
        return Counts(new, due, waiting, everyone - archived, archived)


def _row(row: Row, now: datetime, zone: tzinfo | None) -> PersonRow:
    person, name, bio, position, company, newest, fresh, due, said, *thread = row
    state = exchange(thread)
    return PersonRow(
        id=person,
        name=name,
        line=said or bio or " · ".join(filter(None, (position, company))),
        when=state.last_contact or day(newest or None),
        progress=state.progress(now, zone),
        waiting=state.waiting,
        due=day(due),
        said=bool(said),
        new=bool(fresh),
    )


def _only(everyone: "array[int]", kept: set[int]) -> "array[int]":
    return array("q", compress(everyone, map(kept.__contains__, everyone)))


def _without(everyone: Iterable[int], gone: set[int]) -> Iterable[int]:
    return (i for i in everyone if i not in gone)
