"""Which networks' followers an import held: what makes a follower new, and who was not seen since.

The first list of a network is a baseline: nobody on it is new. An absence from a later whole list is noted, and gone
when the account is seen again.
"""

import json
from collections.abc import Set

from warmnote.model import Batch
from warmnote.store._database import Database

__all__ = ["Snapshots"]


class Snapshots:
    """Reads and writes of snapshots and absences. Writes belong inside `Store.import_step` or `Store.step`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def is_first(self, batch: Batch) -> dict[str, bool]:
        """For each network whose followers a batch lists, whether it would be the first list.

        The first whole list counts as one even after lists of a few: who is new to it need not be a new follower.
        """
        return {
            network: not self._db.value(
                "select exists(select 1 from snapshots where network = ? and whole >= ?)",
                (network, int(network in batch.whole)),
            )
            for network in _networks(batch)
        }

    def write(self, number: int, batch: Batch, at: int, seen: Set[int]) -> None:
        """Remembers what lists a batch held; `seen` are the accounts in them that were there before."""
        self._return(number, seen)
        for network in sorted(_networks(batch)):
            whole = network in batch.whole
            if whole:
                self._note_absences(network, number, seen)
            self._db.run(
                "insert into snapshots (batch, network, whole, at) values (?, ?, ?, ?)",
                (number, network, int(whole), at),
            )

    def _return(self, number: int, seen: Set[int]) -> None:
        rows = self._db.rows("select identity, person, batch, last_seen from absences")
        back = [row for row in rows if row[0] in seen]
        self._db.run_many("delete from absences where identity = ?", [(row[0],) for row in back])
        self._db.run_many(
            "insert into import_changes (batch, person, identity, field, old) values (?, ?, ?, 'absent', ?)",
            [(number, person, identity, f"{since} {last_seen}") for identity, person, since, last_seen in back],
        )

    def _note_absences(self, network: str, number: int, seen: Set[int]) -> None:
        last = self._db.value(
            "select at from snapshots where network = ? order by whole desc, batch desc limit 1", (network,)
        )
        if last is None:
            return
        followers = self._db.column(
            "select id from identities where network = ? and follows = 1 and batch is not ?", (network, number)
        )
        missing = [identity for identity in followers if identity not in seen]
        if missing:
            # Those whom a list of a few has brought since were seen then.
            self._db.run(
                "insert into absences (identity, person, batch, last_seen)"
                " select i.id, i.person, ?1, max(?2, coalesce((select b.at from imports b where b.id = i.batch), 0))"
                " from json_each(?3) j cross join identities i on i.id = j.value where true on conflict do nothing",
                (number, last, json.dumps(missing)),
            )

    # taking back

    def later(self, batch: int) -> dict[str, int]:
        """For each network of a batch the next import that held a whole list of it."""
        return dict(
            self._db.rows(
                "select s.network, min(l.batch) from snapshots s"
                " join snapshots l on l.network = s.network and l.batch > s.batch and l.whole = 1"
                " where s.batch = ? group by s.network",
                (batch,),
            )
        )

    def take_back(self, batch: int, later: dict[str, int]) -> None:
        """Forgets the absences that a batch has noted, unless the next list says the same."""
        of_network = "batch = ? and identity in (select id from identities where network = ?)"
        for network, successor in later.items():
            # Whoever was absent then and is still, was absent in the later import too.
            self._db.run(f"update absences set batch = ? where {of_network}", (successor, batch, network))
        self._db.run("delete from absences where batch = ?", (batch,))

    def put_back(self, identity: int, old: str) -> None:
        """Makes an account absent again that an import had seen."""
        since, last_seen = old.split()
        self._db.run(
            "insert into absences (identity, person, batch, last_seen)"
            " select id, person, ?, ? from identities where id = ? on conflict do nothing",
            (int(since), int(last_seen), identity),
        )


def _networks(batch: Batch) -> set[str]:
    followed = {person.network.value for person in batch.people if person.follows and not person.only_known}
    return followed | {network.value for network in batch.whole}
