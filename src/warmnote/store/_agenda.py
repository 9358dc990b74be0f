"""What the day holds: the reads behind the page Today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from warmnote.store._database import Database, Row
from warmnote.store._times import day, from_day, from_moment, moment

__all__ = ["Agenda", "Due", "Known", "Unanswered", "Word"]

# The day of the latest follow; people who were added by hand have none.
_FOLLOWED = "(select max(i.followed_on) from identities i where i.person = p.id)"
_LIVE = "p.rested_at is null and p.do_not_write = 0 and p.archived_at is null"


@dataclass(frozen=True, slots=True)
class Word:
    """What someone wrote and nobody answered; `why` is what the user planned with them, if anything."""

    person: int
    name: str
    text: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Known:
    """The one thing to greet a new person about: a fact's kind and text, or `bio`, or `work`."""

    person: int
    name: str
    kind: str
    text: str
    source: str
    on: date | None
    followed_on: date | None


@dataclass(frozen=True, slots=True)
class Due:
    """A follow-up that is due."""

    person: int
    name: str
    why: str
    due: date


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Letters that nobody has answered."""

    person: int
    name: str
    letters: int
    last: datetime


class Agenda:
    """Reads for Today."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def waiting(self) -> list[Word]:
        """Everyone who had the last word, the latest first."""
        rows = self._db.rows(
            f"""
            select p.id, p.name,
                (select m.text from messages m where m.person = p.id and m.kind = 'received'
                    order by m.at desc, m.id desc limit 1),
                t.last_received, coalesce(f.why, '')
            from threads t join people p on p.id = t.person left join follow_ups f on f.person = p.id
            where t.waiting = 1 and {_LIVE} order by t.last_received desc, p.id
            """
        )
        return [Word(person, name, text, moment(at), why) for person, name, text, at, why in rows]

    def due(self, today: date) -> list[Due]:
        """Follow-ups due today or earlier, the oldest first."""
        rows = self._db.rows(
            f"""
            select p.id, p.name, f.why, f.due from follow_ups f join people p on p.id = f.person
            where f.due <= ? and {_LIVE} order by f.due, p.name_key, p.id
            """,
            (from_day(today),),
        )
        return [Due(person, name, why, date.fromisoformat(due)) for person, name, why, due in rows]

    def unanswered(self, since: datetime) -> list[Unanswered]:
        """Those who left two or more letters unanswered, the latest of them sent after `since`; the latest first."""
        rows = self._db.rows(
            f"""
            select p.id, p.name, t.unanswered, t.last_sent from threads t join people p on p.id = t.person
            where t.unanswered >= 2 and t.last_sent >= ? and {_LIVE} order by t.last_sent desc, p.id
            """,
            (from_moment(since),),
        )
        return [Unanswered(person, name, letters, moment(last)) for person, name, letters, last in rows]

    def new_and_known(self, today: date, fresh_days: int, limit: int) -> list[Known]:
        """New people with something to greet them about: fresh posts first, then facts and bios, then work.

        Within each the latest comes first. What they did not share publicly is nothing to begin with.
        """
        found: dict[int, Known] = {}
        posts = self._db.rows(
            f"""
            select p.id, p.name, f.kind, f.text, f.source, f.seen_on, {_FOLLOWED}
            from facts f join people p on p.id = f.person
            where f.kind = 'post' and f.hidden = 0 and f.shared = 1 and f.seen_on >= ? and f.seen_on <= ?
                and p.fresh = 1 and not exists (select 1 from threads t where t.person = p.id)
            order by f.seen_on desc, p.newest desc, p.added_at desc, p.id limit ?
            """,
            (from_day(today - timedelta(days=fresh_days)), from_day(today + timedelta(days=1)), limit * 4),
        )
        for row in posts:
            found.setdefault(row[0], _known(row))
        for telling in ("(p.bio != '' or {fact})", "(p.position != '' or p.company != '')"):
            if len(found) < limit:
                for row in self._new_people(telling, limit + len(found)):
                    found.setdefault(row[0], _known(row))
        return list(found.values())[:limit]

    def _new_people(self, telling: str, limit: int) -> list[Row]:
        fact = "exists (select 1 from facts f where f.person = p.id and f.hidden = 0 and f.shared = 1)"
        people = self._db.rows(
            f"""
            select p.id, p.name, p.bio, p.position, p.company, {_FOLLOWED} from people p
            where p.fresh = 1 and {telling.format(fact=fact)}
                and not exists (select 1 from threads t where t.person = p.id)
            order by p.newest desc, p.added_at desc, p.id limit ?
            """,
            (limit,),
        )
        told: list[Row] = []
        for person, name, bio, position, company, followed in people:
            known = self._db.row(
                "select kind, text, source, seen_on from facts where person = ? and hidden = 0 and shared = 1"
                " order by seen_on desc nulls last, id limit 1",
                (person,),
            )
            if known is None:
                work = " · ".join(filter(None, (position, company)))
                known = ("bio", bio, "bio", None) if bio else ("work", work, "profile", None)
            told.append((person, name, *known, followed))
        return told


def _known(row: Row) -> Known:
    person, name, kind, text, source, seen, followed = row
    return Known(person, name, kind, text, source, day(seen), day(followed))
