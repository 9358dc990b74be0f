"""The rows that an import writes, and what it remembers of those it wrote over."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import count

from warmnote.accounts import stands_in
from warmnote.model import Incoming
from warmnote.store import _mine
from warmnote.store._compare import PERSON_FIELDS, Comparison, digest
from warmnote.store._database import Database
from warmnote.store._joins import Join
from warmnote.store._merging import Merging
from warmnote.store._times import from_day, from_moment
from warmnote.store._voices import hush
from warmnote.store.text import clean, fold

__all__ = ["Writer"]

_OF_IDENTITY = frozenset({"key", "handle", "url", "followed_on", "followed_known", "follows"})
_ADDED = frozenset({"fact", "message", "account", "link"})


class Writer:
    """Writes the records of one batch. Those who are new must come in the order of their numbers."""

    def __init__(self, database: Database, batch: int, at: datetime, is_new: Callable[[Incoming], bool]) -> None:
        self._db = database
        self._batch = batch
        self._at = at
        self._is_new = is_new
        last = database.value("select seq from sqlite_sequence where name = 'identities'") or 0
        self._identities = count(last + 1)

    def write(self, items: Sequence[Comparison]) -> None:
        """Writes a piece of the comparison."""
        made = [item for item in items if item.makes]
        if made:
            self._make(made)
        changed = [item for item in items if item.changes and not item.makes]
        if changed:
            self._change(changed)
        for item in items:
            if item.facts or item.messages:
                self._bring(item)
            if item.accounts:
                self._add_accounts(item)
            if item.links:
                self._add_links(item)
        mine = [(item.person, item.incoming.mine) for item in made if item.incoming.mine is not None]
        if mine:
            _mine.write(self._db, mine, self._batch)
            states = _mine.states(self._db, [person for person, _ in mine])
            self._remember([(person, None, "mine", None, state) for person, state in states.items()])

    def _make(self, items: Sequence[Comparison]) -> None:
        at = from_moment(self._at)
        people: list[tuple[object, ...]] = []
        identities: list[tuple[object, ...]] = []
        for item in items:
            one = item.incoming
            keyless = _mine.is_keyless(one)
            item.identity = 0 if keyless else next(self._identities)
            new = self._is_new(one)
            followed = from_day(one.followed_on)
            name = clean(one.name)
            people.append(
                (
                    *(item.person, name, clean(one.bio), clean(one.location), clean(one.company), clean(one.position)),
                    *(clean(one.pronouns), clean(one.email), new, one.do_not_write, at, self._batch),
                    *(fold(name), followed or "", new and not one.do_not_write),
                )
            )
            if keyless:
                continue
            identities.append(
                (
                    *(item.identity, item.person, one.network.value, clean(one.key), clean(one.handle)),
                    *(clean(one.url), followed, one.followed_known.value, one.follows and not one.only_known),
                    self._batch,
                )
            )
        self._db.run_many(
            f"insert into people (id, {', '.join(PERSON_FIELDS)}, is_new, do_not_write, added_at, batch,"
            f" name_key, newest, fresh) values ({', '.join('?' * (len(PERSON_FIELDS) + 8))})",
            people,
        )
        self._db.run_many(
            "insert into identities (id, person, network, key, handle, url, followed_on, followed_known, follows,"
            " batch) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            identities,
        )

    def _change(self, items: Sequence[Comparison]) -> None:
        """Writes what changed of those who are known, and remembers what it was."""
        updates: dict[tuple[str, str], list[tuple[object, int]]] = defaultdict(list)
        before: list[tuple[object, ...]] = []
        handles: list[tuple[object, ...]] = []
        spoken: dict[int, list[tuple[int, str]]] = {}
        for item in items:
            for change in item.changes:
                field = change.field
                if field in _ADDED:
                    continue
                old: object = change.old
                new: object = change.new
                if field in ("do_not_write", "follows"):
                    old, new = int(change.old), int(change.new)
                elif field == "followed_on":
                    old = change.old or None
                of_identity = field in _OF_IDENTITY
                if field in PERSON_FIELDS:
                    spoken.setdefault(item.person, []).append((item.identity, field))
                table, row = ("identities", item.identity) if of_identity else ("people", item.person)
                updates[table, field].append((new, row))
                before.append((item.person, item.identity if of_identity else None, field, old, new))
                if field == "handle" and change.old:
                    handles.append((item.person, item.identity, change.old, self._at.date().isoformat(), self._batch))
                if field == "follows" and self._is_new(item.incoming):
                    self._arrive(item.person)
        for (table, field), rows in updates.items():
            self._db.run_many(f"update {table} set {field} = ? where id = ?", rows)
        self._remember(before)
        self._remember(hush(self._db, spoken))
        self._db.run_many(
            "insert into handles (person, identity, handle, until, batch) values (?, ?, ?, ?, ?)", handles
        )

    def _arrive(self, person: int) -> None:
        """Someone who was known from elsewhere has become a follower."""
        if self._db.run("update people set is_new = 1 where id = ? and is_new = 0", (person,)):
            self._remember([(person, None, "is_new", 0, 1)])

    def _bring(self, item: Comparison) -> None:
        person, batch = item.person, self._batch
        self._db.run_many(
            "insert into facts (person, kind, text, source, seen_on, shared, hidden, batch)"
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *(person, clean(fact.kind), clean(fact.text), clean(fact.source), from_day(fact.on)),
                    *(int(fact.shared), int(fact.hidden), batch),
                )
                for fact in item.facts
            ],
        )
        self._db.run_many(
            "insert into messages (person, kind, text, at, channel, batch) values (?, ?, ?, ?, ?, ?)",
            [(person, m.kind.value, clean(m.text), from_moment(m.at), clean(m.channel), batch) for m in item.messages],
        )
        self._db.run_many(
            "insert into brought (person, digest, batch) values (?, ?, ?) on conflict do nothing",
            [(person, digest(one), batch) for one in (*item.facts, *item.messages)],
        )
        if not item.makes and any(message.kind == "received" for message in item.messages):
            self._end_rest(person)

    def _end_rest(self, person: int) -> None:
        rested = self._db.value(
            "select rested_at from people where id = ?1 and rested_at <"
            " (select max(at) from messages where person = ?1 and kind = 'received')",
            (person,),
        )
        if rested is not None:
            self._db.run("update people set rested_at = null where id = ?", (person,))
            self._remember([(person, None, "rested_at", rested, None)])

    def _add_accounts(self, item: Comparison) -> None:
        one = item.incoming
        nameless = stands_in(one.name, [(one.key, one.handle)])
        told = (field for field in PERSON_FIELDS if getattr(one, field) and not (nameless and field == "name"))
        silent = " ".join(told)
        for account in item.accounts:
            identity = next(self._identities)
            self._db.run(
                "insert into identities (id, person, network, key, handle, url, followed_on, followed_known, silent,"
                " batch) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(identity, item.person, account.network.value, clean(account.key), clean(account.handle)),
                    *(clean(account.url), from_day(account.followed_on), account.followed_known.value, silent),
                    self._batch,
                ),
            )
            if not item.makes:
                self._remember([(item.person, identity, "account", None, clean(account.key))])

    def _add_links(self, item: Comparison) -> None:
        for link in item.links:
            network, key = link.network.value, clean(link.key)
            added = self._db.run(
                "insert into links (person, identity, network, key, verified, batch) values (?, ?, ?, ?, ?, ?)"
                " on conflict do nothing",
                (item.person, item.identity, network, key, int(link.verified), self._batch),
            )
            if not added:
                self._db.run(
                    "update links set verified = 1 where identity = ? and network = ? and key = ?",
                    (item.identity, network, key),
                )
                self._remember([(item.person, item.identity, "verified", f"{network} {key}", None)])

    def join(self, joins: Sequence[Join], merging: Merging, passed: Callable[[], None]) -> None:
        """Makes one of those who were found to be one. `passed` is called after each."""
        for join in joins:
            passed()
            merging.merge(join.kept, join.gone, join.reason, self._at, self._batch)

    def _remember(self, rows: Sequence[tuple[object, ...]]) -> None:
        """Keeps (person, identity or None, field, old, new), so that each can be put back at any later time."""
        self._db.run_many(
            "insert into import_changes (batch, person, identity, field, old, new) values (?, ?, ?, ?, ?, ?)",
            [(self._batch, *row) for row in rows],
        )
