"""People with everything that belongs to them, many at a time: what an export holds."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from typing import TypeVar

from warmnote.model import Draft, Exported, Link, Mine, Network, PromptUse, Stage, Trace
from warmnote.store._database import Database, Row
from warmnote.store._log import MESSAGE, as_message
from warmnote.store._people import FACT, IDENTITY, PERSON, as_fact, as_identity, as_person
from warmnote.store._times import moment

__all__ = ["Whole"]

T = TypeVar("T")

_CHUNK = 500
_OF = "in (select value from json_each(?))"
_RESTED, _BY_HAND = 13, 14  # columns of PERSON


class Whole:
    """Reads people whole. The caller sees to it that all reads are of one moment."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def ids(self) -> list[int]:
        """Everyone, the archived too, in the order in which they came."""
        return self._db.column("select id from people order by id")

    def each(self, ids: Sequence[int], now: datetime, zone: tzinfo | None) -> Iterator[Exported]:
        """The people of `ids` in that order, without those who are gone; a few hundred are in memory at a time."""
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            found = self._chunk(json.dumps(list(chunk)), now, zone)
            for person in chunk:
                if person in found:
                    yield found[person]

    def _chunk(self, ids: str, now: datetime, zone: tzinfo | None) -> dict[int, Exported]:
        read = self._by_person
        identities = read(IDENTITY, "identities", ids, as_identity)
        facts = read(FACT, "facts", ids, as_fact, "seen_on desc nulls last, id")
        messages = read(MESSAGE, "messages", ids, as_message, "at, id")
        tags = read("tag", "tags", ids, _first, "tag, id")
        owned = read("field", "owned", ids, _first, "field")
        drafts = read("text, cursor, channel, saved_at", "drafts", ids, _draft, "person")
        traces = self._traces(ids)
        used = read("prompt, at", "prompt_uses", ids, lambda row: PromptUse(row[0], 0, moment(row[1])), "at, id")
        excused = read("rule, matched, at", "excused", ids, _excused)
        found: dict[int, Exported] = {}
        for row in self._db.rows(f"{PERSON} where p.id {_OF}", (ids,)):
            of = row[0]
            person = as_person(row, now, zone, identities.get(of, ()), facts.get(of, ()), tags.get(of, ()))
            mine = Mine(
                tags=person.tags,
                draft=next((draft for draft in drafts.get(of, ()) if draft.text or draft.channel), None),
                follow_up=person.follow_up,
                stage=None if row[_BY_HAND] is None else Stage(row[_BY_HAND]),
                owned=owned.get(of, ()),
                is_new=person.is_new,
                added_at=person.added_at,
                archived_at=person.archived_at,
                rested_at=None if row[_RESTED] is None else moment(row[_RESTED]),
                is_sample=person.is_sample,
                traces=traces.get(of, ()),
                used=used.get(of, ()),
                excused=excused.get(of, ()),
            )
            found[of] = Exported(person, messages.get(of, ()), mine)
        return found

    def _traces(self, ids: str) -> dict[int, tuple[Trace, ...]]:
        formers = self._by_person("identity, handle, until", "handles", ids, _of_account)
        links = self._by_person("identity, network, key, verified", "links", ids, _of_account)
        absences = self._by_person("identity, last_seen", "absences", ids, _of_account, "identity")
        found: dict[int, tuple[Trace, ...]] = {}
        for of, rows in self._by_person("id, network, key, follows, silent", "identities", ids, tuple).items():
            found[of] = tuple(
                Trace(
                    Network(network),
                    key,
                    bool(follows),
                    tuple(silent.split()),
                    tuple((handle, date.fromisoformat(until)) for handle, until in _those(formers.get(of), identity)),
                    tuple(
                        Link(Network(named), their_key, bool(verified))
                        for named, their_key, verified in _those(links.get(of), identity)
                    ),
                    next((moment(seen) for (seen,) in _those(absences.get(of), identity)), None),
                )
                for identity, network, key, follows, silent in rows
            )
        return found

    def _by_person(
        self, columns: str, table: str, ids: str, make: Callable[[Row], T], order: str = "id"
    ) -> dict[int, tuple[T, ...]]:
        found: dict[int, list[T]] = {}
        for of, *row in self._db.rows(
            f"select person, {columns} from {table} where person {_OF} order by {order}", (ids,)
        ):
            found.setdefault(of, []).append(make(tuple(row)))
        return {of: tuple(made) for of, made in found.items()}


def _first(row: Row) -> str:
    return row[0]


def _draft(row: Row) -> Draft:
    text, cursor, channel, saved = row
    return Draft(text, cursor, channel, moment(saved))


def _of_account(row: Row) -> tuple[int, Row]:
    return row[0], row[1:]


def _those(rows: tuple[tuple[int, Row], ...] | None, identity: int) -> list[Row]:
    return [row for of, row in rows or () if of == identity]


def _excused(row: Row) -> tuple[str, str, datetime | None]:
    rule, words, at = row
    return rule, words, None if at is None else moment(at)
