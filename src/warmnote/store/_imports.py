"""Batches: written in one go, remembered, and taken back as a whole at any later time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from warmnote.model import Batch, Expected, Fact, Incoming, Message, Network
from warmnote.store._compare import PERSON_FIELDS, Comparison, EarlierKeys, FieldChange, ItemKind, compare, digest
from warmnote.store._database import Database
from warmnote.store._times import day, from_day, from_moment, moment
from warmnote.store.text import clean, fold

__all__ = ["ImportRecord", "Imports", "Tally"]

_IDENTITY_FIELDS = ("key", "handle", "url", "followed_on", "followed_known")


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """An import that was made and not taken back. The numbers are records of the source."""

    id: int
    source: str
    network: Network
    origin: str
    read_as: str
    exported_on: date | None
    at: datetime
    new: int
    changed: int
    unchanged: int
    skipped: int
    problems: int


@dataclass(slots=True)
class Tally:
    """How many records of each kind an import has met so far."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0

    def count(self, items: Iterable[Comparison]) -> None:
        """Adds a piece of the comparison."""
        for item in items:
            match item.kind:
                case ItemKind.NEW:
                    self.new += 1
                case ItemKind.CHANGED:
                    self.changed += 1
                case ItemKind.UNCHANGED:
                    self.unchanged += 1
                case _:
                    self.skipped += 1


class Imports:
    """Reads and writes of batches. Writes belong inside `Store.import_step` (`write`) or `Store.step`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    # reading

    def records(self) -> tuple[ImportRecord, ...]:
        """The imports made, the latest first."""
        rows = self._db.rows(
            "select id, source, network, origin, read_as, exported_on, at, added, changed, unchanged, skipped, problems"
            " from imports order by id desc"
        )
        return tuple(
            ImportRecord(batch, source, Network(network), origin, read_as, day(exported), moment(at), *numbers)
            for batch, source, network, origin, read_as, exported, at, *numbers in rows
        )

    def is_baseline(self, network: Network) -> bool:
        """Whether nothing of this network was imported yet."""
        return not self._db.value("select exists(select 1 from imports where network = ?)", (network.value,))

    def compare(self, batch: Batch, earlier_keys: EarlierKeys) -> Iterator[list[Comparison]]:
        """What the batch would do, piece by piece. `earlier_keys`: see `write`."""
        return compare(self._db, batch.people, earlier_keys)

    # writing

    def write(
        self,
        batch: Batch,
        new_since: date | None,
        at: datetime,
        earlier_keys: EarlierKeys,
        passed: Callable[[int], None],
    ) -> int:
        """Writes a batch; returns its number. `passed` hears after each piece how many records are done.

        `earlier_keys` names the keys under which a poorer source would have brought the same account. Raises whatever `passed` raises, which is how an import is stopped.
        """
        baseline = self.is_baseline(batch.network)
        number = self._db.insert(
            "insert into imports (source, network, origin, read_as, exported_on, at,"
            " added, changed, unchanged, skipped, problems) values (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0)",
            (
                clean(batch.source),
                batch.network.value,
                clean(batch.origin),
                batch.read_as,
                from_day(batch.exported_on),
                from_moment(at),
            ),
        )
        writer = _Writer(self._db, number, at, lambda i: _is_new(i, baseline, new_since))
        tally = Tally(skipped=len(batch.skipped))
        done = 0
        seen: set[int] = set()
        for piece in compare(self._db, batch.people, earlier_keys):
            tally.count(piece)
            writer.add([item for item in piece if item.kind is ItemKind.NEW])
            for item in piece:
                if item.kind is ItemKind.CHANGED:
                    writer.change(item)
            seen.update(item.identity for item in piece if item.identity)
            done += len(piece)
            passed(done)
        self._note_absences(batch.network, number, seen)
        self._db.run(
            "update imports set added = ?, changed = ?, unchanged = ?, skipped = ?, problems = ? where id = ?",
            (tally.new, tally.changed, tally.unchanged, tally.skipped, len(batch.problems), number),
        )
        return number

    def _note_absences(self, network: Network, batch: int, seen: set[int]) -> None:
        last = self._db.value(
            "select at from imports where network = ? and id < ? order by id desc limit 1", (network.value, batch)
        )
        back = [
            row for row in self._db.rows("select identity, person, batch, last_seen from absences") if row[0] in seen
        ]
        for identity, person, since, last_seen in back:
            self._db.run("delete from absences where identity = ?", (identity,))
            self._remember(batch, person, identity, "absent", f"{since} {last_seen}", None)
        if last is None:
            return
        missing = [
            (identity, person, batch, last)
            for identity, person, brought_by in self._db.rows(
                "select i.id, i.person, i.batch from identities i"
                " where i.network = ? and not exists (select 1 from absences a where a.identity = i.id)",
                (network.value,),
            )
            if identity not in seen and brought_by != batch
        ]
        self._db.run_many("insert into absences (identity, person, batch, last_seen) values (?, ?, ?, ?)", missing)

    def _remember(self, batch: int, person: int, identity: int | None, field: str, old: object, new: object) -> None:
        self._db.run(
            "insert into import_changes (batch, person, identity, field, old, new) values (?, ?, ?, ?, ?, ?)",
            (batch, person, identity, field, old, new),
        )

    # taking back

    def take_back(self, batch: int) -> tuple[int, int]:
        """Undoes an import; returns how many of the people it brought stay as the user's and as a later import's.

        Stay: people to whom the user has added anything (their account then counts as entered by hand), and those whom
        a later import of the network holds too (they then count as that import's). A field goes back only if it is
        still what the import wrote. Raises Expected if there is no such import.
        """
        network = self._db.value("select network from imports where id = ?", (batch,))
        if network is None:
            raise Expected("This import was already undone.", "")
        later = self._db.value("select min(id) from imports where network = ? and id > ?", (network, batch))
        self._restore_fields(batch)
        if later is None:
            self._db.run("delete from absences where batch = ?", (batch,))
        else:
            # Whoever was absent then and is still, was absent in the later import too.
            self._db.run("update absences set batch = ? where batch = ?", (later, batch))
        for table in ("facts", "messages"):
            self._db.run(f"delete from {table} where batch = ? and edited = 0 and {_NOT_NEW}", (batch, batch))
        self._db.run(f"delete from handles where batch = ? and {_NOT_NEW}", (batch, batch))
        handed = 0 if later is None else self._hand_over(batch, later)
        self._db.run(f"delete from people where batch = ? and not {_KEPT}", (batch,))
        stayed = self._db.value("select count(*) from people where batch = ?", (batch,)) or 0
        self._db.run(f"delete from brought where batch = ? and {_NOT_NEW}", (batch, batch))
        for table in ("people", "identities", "facts", "messages", "brought", "handles"):
            self._db.run(f"update {table} set batch = null where batch = ?", (batch,))
        self._db.run("delete from imports where id = ?", (batch,))
        return stayed, handed

    def _hand_over(self, batch: int, later: int) -> int:
        """Gives the people of `batch` who are also in the import `later` to that one."""
        handed = self._db.run(
            """
            update people set batch = ? where batch = ? and exists (
                select 1 from identities i where i.person = people.id and +i.batch = people.batch
                    and not exists (select 1 from absences a where a.identity = i.id)
            )
            """,
            (later, batch),
        )
        for table in ("identities", "facts", "messages", "brought", "handles"):
            self._db.run(
                f"update {table} set batch = ?1 where batch = ?2"
                " and person in (select id from people where batch = ?1)",
                (later, batch),
            )
        return handed

    def _restore_fields(self, batch: int) -> None:
        for person, identity, field, old, new in self._db.rows(
            "select person, identity, field, old, new from import_changes where batch = ? order by id desc", (batch,)
        ):
            if field == "absent":
                since, last_seen = old.split()
                self._db.run(
                    "insert into absences (identity, person, batch, last_seen) values (?, ?, ?, ?)"
                    " on conflict do nothing",
                    (identity, person, int(since), int(last_seen)),
                )
                continue
            # A later import has written over it: what that one found is now what was there before.
            overwritten = self._db.value(
                "select id from import_changes where batch > ? and person = ? and identity is ? and field = ?"
                " order by id limit 1",
                (batch, person, identity, field),
            )
            if overwritten is not None:
                self._db.run("update import_changes set old = ? where id = ?", (old, overwritten))
                continue
            table, row = ("people", person) if identity is None else ("identities", identity)
            self._db.run(f"update or ignore {table} set {field} = ? where id = ? and {field} is ?", (old, row, new))


_NOT_NEW = "person not in (select id from people where batch = ?)"
# Anything that the user, or another import, has added to a person.
_KEPT = """(
    rested_at is not null
    or exists (select 1 from owned o where o.person = people.id)
    or exists (select 1 from follow_ups f where f.person = people.id)
    or exists (select 1 from prompt_uses u where u.person = people.id)
    or exists (select 1 from excused e where e.person = people.id)
    or exists (select 1 from drafts d where d.person = people.id and trim(d.text) != '')
    or exists (select 1 from facts f where f.person = people.id and (f.batch is not people.batch or f.edited))
    or exists (select 1 from messages m where m.person = people.id and (m.batch is not people.batch or m.edited))
    or exists (select 1 from identities i where i.person = people.id and i.batch is not people.batch)
)"""


def _is_new(incoming: Incoming, baseline: bool, since: date | None) -> bool:
    return not baseline or (since is not None and incoming.followed_on is not None and incoming.followed_on >= since)


class _Writer:
    """Writes the records of one batch."""

    def __init__(self, database: Database, batch: int, at: datetime, is_new: Callable[[Incoming], bool]) -> None:
        self._db = database
        self._batch = batch
        self._at = from_moment(at)
        self._today = at.date()
        self._is_new = is_new
        self._next = 1 + database.value("select coalesce((select seq from sqlite_sequence where name = 'people'), 0)")

    def add(self, items: list[Comparison]) -> None:
        """Makes a person of each."""
        numbered = list(enumerate(items, self._next))
        self._next += len(items)
        self._db.run_many(
            f"insert into people (id, {', '.join(PERSON_FIELDS)}, is_new, do_not_write, added_at, batch,"
            f" name_key, newest, fresh) values ({', '.join('?' * (len(PERSON_FIELDS) + 8))})",
            [
                (
                    person,
                    *(clean(getattr(i.incoming, field)) for field in PERSON_FIELDS),
                    (new := self._is_new(i.incoming)),
                    i.incoming.do_not_write,
                    self._at,
                    self._batch,
                    fold(clean(i.incoming.name)),
                    from_day(i.incoming.followed_on) or "",
                    new and not i.incoming.do_not_write,
                )
                for person, i in numbered
            ],
        )
        self._db.run_many(
            "insert into identities (person, network, key, handle, url, followed_on, followed_known, batch)"
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    person,
                    i.incoming.network.value,
                    clean(i.incoming.key),
                    clean(i.incoming.handle),
                    clean(i.incoming.url),
                    from_day(i.incoming.followed_on),
                    i.incoming.followed_known.value,
                    self._batch,
                )
                for person, i in numbered
            ],
        )
        for person, item in numbered:
            if item.facts or item.messages:
                self._bring(person, item.facts, item.messages)

    def change(self, item: Comparison) -> None:
        """Writes what changed of someone known, and remembers what it was."""
        for change in item.changes:
            if change.field not in ("fact", "message"):
                self._set(item, change)
        self._bring(item.person, item.facts, item.messages)
        if any(message.kind == "received" for message in item.messages):
            self._end_rest(item.person)

    def _set(self, item: Comparison, change: FieldChange) -> None:
        old: object = change.old
        new: object = change.new
        if change.field == "do_not_write":
            old, new = int(change.old), int(change.new)
        elif change.field == "followed_on":
            old = change.old or None
        of_identity = change.field in _IDENTITY_FIELDS
        table, row = ("identities", item.identity) if of_identity else ("people", item.person)
        self._db.run(f"update {table} set {change.field} = ? where id = ?", (new, row))
        self._remember(item.person, item.identity if of_identity else None, change.field, old, new)
        if change.field == "handle" and change.old:
            self._db.run(
                "insert into handles (person, identity, handle, until, batch) values (?, ?, ?, ?, ?)",
                (item.person, item.identity, change.old, self._today.isoformat(), self._batch),
            )

    def _bring(self, person: int, facts: tuple[Fact, ...], messages: tuple[Message, ...]) -> None:
        for fact in facts:
            self._db.run(
                "insert into facts (person, kind, text, source, seen_on, shared, hidden, batch)"
                " values (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(person, clean(fact.kind), clean(fact.text), clean(fact.source), from_day(fact.on)),
                    *(int(fact.shared), int(fact.hidden), self._batch),
                ),
            )
        for message in messages:
            self._db.run(
                "insert into messages (person, kind, text, at, channel, batch) values (?, ?, ?, ?, ?, ?)",
                (
                    *(person, message.kind.value, clean(message.text), from_moment(message.at)),
                    *(clean(message.channel), self._batch),
                ),
            )
        self._db.run_many(
            "insert into brought (person, digest, batch) values (?, ?, ?) on conflict do nothing",
            [(person, digest(item), self._batch) for item in (*facts, *messages)],
        )

    def _end_rest(self, person: int) -> None:
        rested = self._db.value(
            "select rested_at from people where id = ?1 and rested_at <"
            " (select max(at) from messages where person = ?1 and kind = 'received')",
            (person,),
        )
        if rested is not None:
            self._db.run("update people set rested_at = null where id = ?", (person,))
            self._remember(person, None, "rested_at", rested, None)

    def _remember(self, person: int, identity: int | None, field: str, old: object, new: object) -> None:
        self._db.run(
            "insert into import_changes (batch, person, identity, field, old, new) values (?, ?, ?, ?, ?, ?)",
            (self._batch, person, identity, field, old, new),
        )
