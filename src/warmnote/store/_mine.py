"""What only Warmnote's own export brings: the user's tags, drafts and plans, and people without any account.

It is written with a new person and never into one who is there already.
"""

import json
from collections.abc import Iterable, Sequence

from warmnote.model import Incoming, Mine, Network
from warmnote.store._database import Database
from warmnote.store._times import from_day, from_moment
from warmnote.store.text import clean

__all__ = ["Keyless", "is_keyless", "states", "write"]

_KEYLESS = "warmnote:"
_OF = "in (select value from json_each(?))"
# Everything of a person that only the user writes, but for facts and messages, which know themselves who wrote them.
_STATE = (
    "select id, rested_at, archived_at, stage from people where id",
    "select person, field from owned where person",
    "select person, tag from tags where person",
    "select person, due, why from follow_ups where person",
    "select person, text from drafts where person",
    "select person, prompt, at from prompt_uses where person",
    "select person, rule, matched from excused where person",
)


def is_keyless(incoming: Incoming) -> bool:
    """Whether a record of an own export is of a person without any account. They get none by coming in."""
    return incoming.mine is not None and incoming.network is Network.OTHER and incoming.key.startswith(_KEYLESS)


class Keyless:
    """Finds those whom an own export holds without an account, each person at most once."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._by_birth: dict[int, list[tuple[int, str]]] | None = None
        self._found: set[int] = set()

    def find(self, incoming: Incoming) -> int | None:
        """The person who was added at the same microsecond: the very one, else the one of that name, else any."""
        birth, _, number = incoming.key.removeprefix(_KEYLESS).partition(":")
        if not (_is_number(birth) and _is_number(number)):
            return None
        person = self._the_very(int(number), int(birth)) or self._like(int(birth), clean(incoming.name))
        if person is not None:
            self._found.add(person)
        return person

    def _the_very(self, number: int, birth: int) -> int | None:
        person = self._db.value("select id from people where id = ? and added_at = ?", (number, birth))
        return None if person in self._found else person

    def _like(self, birth: int, name: str) -> int | None:
        if self._by_birth is None:
            self._by_birth = {}
            for person, called, at in self._db.rows(
                "select id, name, added_at from people p"
                " where not exists (select 1 from identities i where i.person = p.id) order by id"
            ):
                self._by_birth.setdefault(at, []).append((person, called))
        free = [(person, called) for person, called in self._by_birth.get(birth, ()) if person not in self._found]
        same = [person for person, called in free if called == name]
        return next(iter(same), free[0][0] if len(free) == 1 else None)


def write(database: Database, given: Sequence[tuple[int, Mine]], batch: int) -> None:
    """Writes what people bring who were just made by an import, with all their accounts."""
    run = database.run_many
    run(
        "update people set is_new = ?, is_sample = ?, stage = ?, added_at = coalesce(?, added_at), archived_at = ?,"
        " rested_at = ? where id = ?",
        (
            (
                *(int(mine.is_new), int(mine.is_sample), None if mine.stage is None else int(mine.stage)),
                *(None if at is None else from_moment(at) for at in (mine.added_at, mine.archived_at, mine.rested_at)),
                person,
            )
            for person, mine in given
        ),
    )
    run(
        "insert into owned (person, field) values (?, ?) on conflict do nothing",
        ((person, clean(field)) for person, mine in given for field in mine.owned),
    )
    run(
        "insert into tags (person, tag) values (?, ?) on conflict do nothing",
        ((person, clean(tag)) for person, mine in given for tag in mine.tags if tag.strip()),
    )
    run(
        "insert into follow_ups (person, due, why) values (?, ?, ?)",
        ((person, from_day(plan.due), clean(plan.why)) for person, mine in given if (plan := mine.follow_up)),
    )
    run(
        "insert into drafts (person, text, cursor, channel, saved_at) values (?, ?, ?, ?, coalesce(?, 0))",
        (
            (person, clean(d.text), d.cursor, clean(d.channel), None if d.saved_at is None else from_moment(d.saved_at))
            for person, mine in given
            if (d := mine.draft)
        ),
    )
    run(
        "insert into prompt_uses (person, prompt, at) values (?, ?, ?)",
        ((person, clean(use.prompt), from_moment(use.at)) for person, mine in given for use in mine.used),
    )
    run(
        "insert into excused (person, rule, matched, at) values (?, ?, ?, ?) on conflict do nothing",
        (
            (person, clean(rule), clean(words), None if at is None else from_moment(at))
            for person, mine in given
            for rule, words, at in mine.excused
        ),
    )
    _write_traces(database, given, batch)


def _write_traces(database: Database, given: Iterable[tuple[int, Mine]], batch: int) -> None:
    """An account that somebody else has is passed over."""
    traces = [(person, trace) for person, mine in given for trace in mine.traces]
    of = "select id from identities where person = ? and network = ? and key = ?"
    database.run_many(
        f"update identities set follows = ?, silent = ? where id = ({of})",
        ((int(t.follows), clean(" ".join(t.silent)), person, t.network.value, clean(t.key)) for person, t in traces),
    )
    database.run_many(
        "insert into absences (identity, person, batch, last_seen)"
        f" select i.id, ?, ?, ? from ({of}) i where true on conflict do nothing",
        (
            (person, batch, from_moment(t.last_seen), person, t.network.value, clean(t.key))
            for person, t in traces
            if t.last_seen is not None
        ),
    )
    database.run_many(
        f"insert into handles (handle, until, person, batch, identity) select ?, ?, ?, ?, i.id from ({of}) i",
        (
            (clean(handle), from_day(until), person, batch, person, t.network.value, clean(t.key))
            for person, t in traces
            for handle, until in t.formers
        ),
    )
    database.run_many(
        "insert into links (network, key, verified, person, batch, identity)"
        f" select ?, ?, ?, ?, ?, i.id from ({of}) i where true on conflict do nothing",
        (
            (
                *(link.network.value, clean(link.key), int(link.verified), person, batch),
                *(person, t.network.value, clean(t.key)),
            )
            for person, t in traces
            for link in t.links
        ),
    )


def states(database: Database, people: Sequence[int]) -> dict[int, str]:
    """For each person a digest of what `write` writes, to be compared with what it was."""
    import hashlib  # loads a library of the system, which opening the notebook does not need

    ids = json.dumps(list(people))
    found = {person: hashlib.blake2b(digest_size=16) for person in people}
    for query in _STATE:
        for row in sorted(database.rows(f"{query} {_OF}", (ids,)), key=repr):
            found[row[0]].update(repr((query, row[1:])).encode())
    return {person: state.hexdigest() for person, state in found.items()}


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdecimal() and len(digits) < 19
