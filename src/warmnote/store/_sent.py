"""The index of what was sent: in which letters a run of words stands, and so who was sent something like a draft.

What a run is, the store does not know: it is given the function that cuts a text into numbers. Triggers in the file
note each letter that came, changed or went in `unindexed`; a transaction that touched letters works the latest off
before it ends, and what an import or an upgrade left over is worked off in pieces by `catch_up`.
"""

import json
from collections.abc import Callable, Collection, Iterable

from warmnote.store._database import Database

__all__ = ["SentIndex"]

Cut = Callable[[str], Iterable[int]]

# Beyond this a run counts as common, however common it is.
_COMMON = 300

_HOW_COMMON = f"""
select value, (select count(*) from (select 1 from runs where run = value limit {_COMMON})) from json_each(?)
"""

# Whoever holds enough of a stretch holds at least one of its rarest runs. The limit keeps SQLite from making the inner
# query part of the outer one, which would count the runs of a letter again for each rare one in it.
_ALIKE = """
select m.id, m.person
from (select distinct message from runs where run in (select value from json_each(:rare)) limit -1) likely
cross join messages m on m.id = likely.message and m.kind = 'sent' and m.person != :person
where (select count(*) from runs where message = m.id and run in (select value from json_each(:all))) >= :least
"""


class SentIndex:
    """Reads and upkeep of the runs in letters sent. Upkeep belongs inside a transaction."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._cut: Cut | None = None

    def cut_by(self, cut: Cut) -> None:
        """Sets what cuts a text into whole numbers of at most 64 bits; always the same ones for the same text."""
        self._cut = cut

    def is_behind(self) -> bool:
        """Whether there are letters that the index does not know as they are."""
        return bool(self._db.value("select exists(select 1 from unindexed)"))

    def catch_up(self, most: int) -> None:
        """Brings the index up to date for the latest letters that wait for it, at most so many; does nothing without a cut."""
        if self._cut is None:
            return
        waiting = self._db.rows(
            "select u.message, u.indexed, m.text from unindexed u"
            " left join messages m on m.id = u.message and m.kind = 'sent' order by u.message desc limit ?",
            (most,),
        )
        changed = [row for row in waiting if row[1] != row[2]]
        # In the order of the table, or each row would be written to a page of its own.
        for sql, column in (
            ("delete from runs where run = ? and message = ?", 1),
            ("insert into runs values (?, ?) on conflict do nothing", 2),
        ):
            cut = self._cut
            entries = [(run, row[0]) for row in changed if row[column] is not None for run in cut(row[column])]
            entries.sort()
            self._db.run_many(sql, entries)
        self._db.run_many("delete from unindexed where message = ?", [(row[0],) for row in waiting])

    def start_anew(self) -> None:
        """Empties the index; every letter waits to be indexed."""
        self._db.run("delete from runs")
        self._db.run("delete from unindexed")
        self._db.run("insert into unindexed (message) select id from messages where kind = 'sent'")

    def alike(
        self, stretches: Iterable[Collection[int]], enough: Callable[[int], int], person: int, most: int
    ) -> list[tuple[int, str]]:
        """The letters to others than `person` that hold at least `enough(n)` of the n runs of a stretch.

        As (whom it went to, text). They are complete unless more than `most` people were sent a stretch; then they are
        letters to `most` + 1 of them.
        """
        wanted = [frozenset(stretch) for stretch in stretches]
        common = dict(self._db.rows(_HOW_COMMON, (json.dumps(list(frozenset[int]().union(*wanted))),)))
        found: set[int] = set()
        for stretch in set(wanted):
            least = enough(len(stretch))
            rare = sorted(stretch, key=lambda run: (common[run], run))[: len(stretch) - least + 1]
            if not any(common[run] for run in rare):
                continue
            people: set[int] = set()
            for message, of in self._db.each(
                _ALIKE, {"rare": json.dumps(rare), "all": json.dumps(list(stretch)), "person": person, "least": least}
            ):
                found.add(message)
                people.add(of)
                if len(people) > most:
                    break
        return self._db.rows(
            "select person, text from messages where id in (select value from json_each(?)) order by id",
            (json.dumps(sorted(found)),),
        )
