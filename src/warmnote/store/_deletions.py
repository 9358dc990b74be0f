"""The accounts of those whom the user deleted: an import does not bring them back."""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from warmnote.model import Incoming, Network
from warmnote.store._database import Database
from warmnote.store._joins import AccountKey, by_handle
from warmnote.store._times import from_day
from warmnote.store.text import clean

__all__ = ["Deletions"]


class Deletions:
    """Reads and writes of what was deleted. Writes belong inside `Store.step`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    # reading

    def count(self) -> int:
        """How many accounts are kept out."""
        return self._db.value(
            "select count(*) from deletions d"
            " where not exists (select 1 from identities i where i.network = d.network and i.key = d.key)"
        )

    def among(self, network: Network, keys: Sequence[str]) -> set[str]:
        """Those of `keys` that are kept out."""
        return {key for _, key in self._by_key((network.value, key) for key in keys)}

    def of(self, records: Iterable[tuple[Incoming, tuple[str, ...]]]) -> dict[AccountKey, date]:
        """When those of the records were deleted who were, by network and key.

        With each record come its `earlier_keys`. A record that names an account kept out as a further one of the same
        person is kept out too. What comes from an own export never is: the user wishes it.
        """
        if not self._db.value("select exists(select 1 from deletions)"):
            return {}
        sure: dict[AccountKey, list[AccountKey]] = {}
        poorer: dict[AccountKey, list[AccountKey]] = {}
        for incoming, keys in records:
            if incoming.mine is None:
                network = incoming.network.value
                named = ((account.network.value, clean(account.key)) for account in incoming.accounts)
                sure[network, incoming.key] = [(network, incoming.key), *named]
                poorer[network, incoming.key] = [(network, clean(key)) for key in keys]
        by_key = self._by_key({one for of_record in (*sure.values(), *poorer.values()) for one in of_record})
        # A handle may be somebody else's by now: it tells who it is only where there is nothing better.
        by_name = self._by_handle({one for of_record in sure.values() for one in of_record})
        found: dict[AccountKey, date] = {}
        for record, accounts in sure.items():
            days = [by_key.get(one) or by_name.get(one) for one in accounts]
            days += [by_key.get(one) for one in poorer[record]]
            if told := [day for day in days if day is not None]:
                found[record] = max(told)
        return found

    def _by_key(self, accounts: Iterable[AccountKey]) -> dict[AccountKey, date]:
        rows = self._db.rows(
            "select d.network, d.key, d.day from json_each(?) j cross join deletions d"
            " on d.network = json_extract(j.value, '$[0]') and d.key = json_extract(j.value, '$[1]')",
            (json.dumps(list(accounts)),),
        )
        return {(network, key): date.fromisoformat(day) for network, key, day in rows}

    def _by_handle(self, accounts: Iterable[AccountKey]) -> dict[AccountKey, date]:
        """Those deleted under a number, where a handle is all that there is."""
        handles = [
            (network, key[1:]) for network, key in accounts if key.startswith("@") and by_handle(network, key[1:])
        ]
        rows = self._db.rows(
            "select d.network, '@' || json_extract(j.value, '$[1]'), d.day from json_each(?) j cross join deletions d"
            " on d.network = json_extract(j.value, '$[0]') and d.handle = json_extract(j.value, '$[1]')"
            " where d.handle != ''",
            (json.dumps(handles),),
        )
        return {(network, key): date.fromisoformat(day) for network, key, day in rows}

    # writing

    def note(self, people: Iterable[int], day: date) -> None:
        """Remembers the accounts of people who are about to be deleted, but for the invented ones."""
        self._db.run(
            "insert into deletions (network, key, handle, day)"
            " select i.network, i.key, i.handle, ?1 from json_each(?2) j"
            " cross join people p on p.id = j.value and p.is_sample = 0 cross join identities i on i.person = p.id"
            " where true on conflict (network, key) do update set day = excluded.day, handle = excluded.handle",
            (from_day(day), json.dumps(list(people))),
        )

    def forget(self) -> None:
        """Lets imports bring back everybody."""
        self._db.run("delete from deletions")
