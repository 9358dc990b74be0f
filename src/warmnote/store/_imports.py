"""Batches: written in one go, remembered, and taken back as a whole at any later time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from warmnote.model import Batch, Expected, Incoming, Network
from warmnote.store import _mine
from warmnote.store._compare import Comparison, ItemKind
from warmnote.store._comparing import Comparing, EarlierKeys
from warmnote.store._database import Database
from warmnote.store._joins import NamesAgree
from warmnote.store._merging import Merging
from warmnote.store._snapshots import Snapshots
from warmnote.store._times import day, from_day, from_moment, moment
from warmnote.store._writing import Writer
from warmnote.store.text import clean

__all__ = ["ImportRecord", "Imports", "Tally"]

_PIECE = 400


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

    def __init__(self, database: Database, merging: Merging) -> None:
        self._db = database
        self._merging = merging
        self._snapshots = Snapshots(database)

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

    def is_first(self, batch: Batch) -> dict[Network, bool]:
        """For each network whose followers the batch lists, whether it would be the first list, a baseline."""
        return {Network(network): first for network, first in self._snapshots.is_first(batch).items()}

    def compare(self, batch: Batch, earlier_keys: EarlierKeys, names_agree: NamesAgree) -> Comparing:
        """What the batch would do. See `write`."""
        return Comparing(self._db, batch, earlier_keys, names_agree, self._merging.ruled_out())

    # writing

    def write(
        self,
        batch: Batch,
        new_since: date | None,
        at: datetime,
        earlier_keys: EarlierKeys,
        names_agree: NamesAgree,
        passed: Callable[[float], None],
    ) -> int:
        """Writes a batch; returns its number. `passed` hears which share of the work is done, from 0 to 1.

        `earlier_keys` names the keys under which a poorer source would have brought the same account; `names_agree`
        tells whether two names may be one person's. Raises whatever `passed` raises, which is how an import is stopped.
        """
        is_first = self._snapshots.is_first(batch)
        comparing = self.compare(batch, earlier_keys, names_agree)
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
        tally = Tally(skipped=len(batch.skipped))
        seen: set[int] = set()
        work: list[Comparison] = []
        done = 0
        for piece in comparing.pieces():
            seen.update(i.identity for i in piece if i.identity and i.incoming.follows and not i.incoming.only_known)
            tally.count(item for item in piece if not item.makes)
            work += [item for item in piece if item.makes or item.changes]
            done += len(piece)
            passed(_COMPARED * done / len(batch.people))
        tally.count(item for item in work if item.makes)
        joins = comparing.joins
        del comparing  # megabytes that nobody needs any more
        writer = Writer(self._db, number, at, lambda one: _is_new(one, is_first, new_since))
        total = len(work)
        work.reverse()
        while work:
            # Let go of as it is written.
            writer.write([work.pop() for _ in range(min(_PIECE, len(work)))])
            passed(1 - (1 - _COMPARED) * len(work) / total)
        writer.join(joins, self._merging, lambda: passed(1))
        self._snapshots.write(number, batch, from_moment(at), seen)
        self._db.run(
            "update imports set added = ?, changed = ?, unchanged = ?, skipped = ?, problems = ? where id = ?",
            (tally.new, tally.changed, tally.unchanged, tally.skipped, len(batch.problems), number),
        )
        return number

    # taking back

    def take_back(self, batch: int) -> tuple[int, int]:
        """Undoes an import; returns how many of the people it brought stay as the user's and as a later import's.

        Those who were found to be one are two again. Stay: people to whom the user has added anything (their account
        then counts as entered by hand), and those whom a later whole list of the network holds too (they then count
        as that import's). A field goes back only if it is still what the import wrote. Raises Expected if there is
        no such import.
        """
        if self._db.value("select 1 from imports where id = ?", (batch,)) is None:
            raise Expected("This import was already undone.", "")
        later = self._snapshots.later(batch)
        self._merging.parts_of_batch(batch)
        self._restore(batch, later)
        self._snapshots.take_back(batch, later)
        for table in ("facts", "messages"):
            self._db.run(f"delete from {table} where batch = ? and edited = 0 and {_NOT_NEW}", (batch, batch))
        for table in ("handles", "links"):
            self._db.run(f"delete from {table} where batch = ? and {_NOT_NEW}", (batch, batch))
        handed = self._hand_over(batch, later)
        self._db.run(f"delete from people where batch = ? and not {_KEPT}", (batch,))
        stayed = self._db.value("select count(*) from people where batch = ?", (batch,)) or 0
        self._db.run(f"delete from brought where batch = ? and {_NOT_NEW}", (batch, batch))
        for table in ("people", *_OF_PERSON):
            self._db.run(f"update {table} set batch = null where batch = ?", (batch,))
        self._db.run("delete from imports where id = ?", (batch,))
        return stayed, handed

    def _hand_over(self, batch: int, later: dict[str, int]) -> int:
        """Gives the people of `batch` who are also in the next whole list of a network to that import."""
        handed = 0
        for network, successor in sorted(later.items(), key=lambda item: item[1]):
            handed += self._db.run(
                """
                update people set batch = ? where batch = ? and exists (
                    select 1 from identities i
                    where i.person = people.id and i.network = ? and i.follows and +i.batch = people.batch
                        and not exists (select 1 from absences a where a.identity = i.id)
                )
                """,
                (successor, batch, network),
            )
            for table in _OF_PERSON:
                self._db.run(
                    f"update {table} set batch = ?1 where batch = ?2"
                    " and person in (select id from people where batch = ?1)",
                    (successor, batch),
                )
        return handed

    def _restore(self, batch: int, later: dict[str, int]) -> None:
        """Puts back what the batch wrote over, the last first."""
        for change, person, identity, field, old, new in self._db.rows(
            "select id, person, identity, field, old, new from import_changes where batch = ? order by id desc",
            (batch,),
        ):
            match field:
                case "absent":
                    self._snapshots.put_back(identity, old)
                case "account":
                    self._take_account(identity, batch, later)
                case "verified":
                    network, key = old.split(" ", 1)
                    self._db.run(
                        "update links set verified = 0 where identity = ? and network = ? and key = ?",
                        (identity, network, key),
                    )
                case "mine":
                    if _mine.states(self._db, [person])[person] != new:
                        # The user has written since: `_KEPT` is to see it.
                        self._db.run("delete from import_changes where id = ?", (change,))
                case _:
                    self._restore_field(batch, person, identity, field, old, new)

    def _restore_field(
        self, batch: int, person: int, identity: int | None, field: str, old: object, new: object
    ) -> None:
        # A later import has written over it: what that one found is now what was there before.
        overwritten = self._db.value(
            "select id from import_changes where batch > ? and field = ?"
            f" and {'person = ? and identity is null' if identity is None else 'identity = ?'} order by id limit 1",
            (batch, field, person if identity is None else identity),
        )
        if overwritten is not None:
            self._db.run("update import_changes set old = ? where id = ?", (old, overwritten))
            return
        table, row = ("people", person) if identity is None else ("identities", identity)
        self._db.run(f"update or ignore {table} set {field} = ? where id = ? and {field} is ?", (old, row, new))

    def _take_account(self, identity: int, batch: int, later: dict[str, int]) -> None:
        """Removes an account that the batch gave to somebody, unless it is on a later list of followers."""
        network = self._db.value("select network from identities where id = ? and follows = 0", (identity,))
        if network is not None and network not in later:
            self._db.run("delete from identities where id = ? and batch = ?", (identity, batch))


# The tables whose rows say which import brought them.
_OF_PERSON = ("identities", "facts", "messages", "brought", "handles", "links")
_NOT_NEW = "person not in (select id from people where batch = ?)"
# Anything that the user, or another import, has added to a person. What their own export brought, and is as it was, is
# nothing added.
_KEPT = """(
    exists (select 1 from merges g where g.kept = people.id)
    or exists (select 1 from facts f where f.person = people.id and (f.batch is not people.batch or f.edited))
    or exists (select 1 from messages m where m.person = people.id and (m.batch is not people.batch or m.edited))
    or exists (select 1 from identities i where i.person = people.id and i.batch is not people.batch)
    or (
        (
            rested_at is not null
            or archived_at is not null
            or stage is not null
            or exists (select 1 from owned o where o.person = people.id)
            or exists (select 1 from tags t where t.person = people.id)
            or exists (select 1 from follow_ups f where f.person = people.id)
            or exists (select 1 from drafts d where d.person = people.id and trim(d.text) != '')
            or exists (select 1 from prompt_uses u where u.person = people.id)
            or exists (select 1 from excused e where e.person = people.id)
        )
        and not exists (
            select 1 from import_changes c where c.batch = people.batch and c.person = people.id and c.field = 'mine'
        )
    )
)"""
_COMPARED = 0.25  # the share of the work that is comparing


def _is_new(incoming: Incoming, is_first: dict[str, bool], since: date | None) -> bool:
    if not incoming.follows or incoming.only_known:
        return False
    if not is_first[incoming.network.value]:
        return True
    return since is not None and incoming.followed_on is not None and incoming.followed_on >= since
