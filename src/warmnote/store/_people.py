"""People, their accounts, what is known of them, and what the user keeps for them."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo

from warmnote.model import (
    Draft,
    Expected,
    Fact,
    FollowUp,
    Identity,
    Knowledge,
    Network,
    Person,
    PromptUse,
    Stage,
)
from warmnote.store._database import Database, Row
from warmnote.store._listing import THREAD, exchange
from warmnote.store._times import day, from_day, from_moment, moment
from warmnote.store.text import clean

__all__ = ["EDITABLE", "FACT", "IDENTITY", "PERSON", "Gone", "People", "as_fact", "as_identity", "as_person"]

EDITABLE = ("name", "bio", "location", "company", "position", "pronouns", "email", "do_not_write")
"""The fields of a person that the user may write. Once written they are the user's: no import changes them."""

PERSON = f"""
select p.id, p.name, p.bio, p.location, p.company, p.position, p.pronouns, p.email, p.is_new, p.is_sample,
    p.do_not_write, p.added_at, p.archived_at, p.rested_at, p.stage, f.due, f.why, {THREAD}
from people p left join threads t on t.person = p.id left join follow_ups f on f.person = p.id
"""
IDENTITY = "network, key, handle, url, followed_on, followed_known, id"
FACT = "kind, text, source, seen_on, shared, hidden, id"


class Gone(Expected):
    """The person, or the entry, was deleted meanwhile."""

    def __init__(self, what: str = "This person") -> None:
        super().__init__(f"{what} is not in your notebook any more.", "")


class People:
    """Reads and writes of people. Writes belong inside `Store.step`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    # reading

    def get(self, person: int, now: datetime, zone: tzinfo | None) -> Person:
        """One person with everything known. Raises Gone."""
        row = self._db.row(f"{PERSON} where p.id = ?", (person,))
        if row is None:
            raise Gone
        tags = self._db.column("select tag from tags where person = ? order by tag, id", (person,))
        return as_person(row, now, zone, self.identities(person), self.facts(person), tuple(tags))

    def name(self, person: int) -> str:
        """A person's name. Raises Gone."""
        name = self._db.value("select name from people where id = ?", (person,))
        if name is None:
            raise Gone
        return name

    def require(self, person: int) -> None:
        """Raises Gone unless the person is there."""
        if self._db.value("select 1 from people where id = ?", (person,)) is None:
            raise Gone

    def identities(self, person: int) -> tuple[Identity, ...]:
        """A person's accounts, the first known first."""
        rows = self._db.rows(f"select {IDENTITY} from identities where person = ? order by id", (person,))
        return tuple(as_identity(row) for row in rows)

    def past_handles(self, person: int) -> tuple[str, ...]:
        """What a person's accounts were called before, the latest first."""
        return tuple(self._db.column("select handle from handles where person = ? order by id desc", (person,)))

    def absences(self, person: int) -> dict[int, datetime]:
        """For each account that the latest imports did not hold: when it was last in one."""
        rows = self._db.rows("select identity, last_seen from absences where person = ?", (person,))
        return {identity: moment(seen) for identity, seen in rows}

    def facts(self, person: int) -> tuple[Fact, ...]:
        """What is known of a person, hidden facts too, the newest first and undated ones in the order they came."""
        rows = self._db.rows(
            f"select {FACT} from facts where person = ? order by seen_on desc nulls last, id", (person,)
        )
        return tuple(as_fact(row) for row in rows)

    def fact(self, fact: int) -> tuple[int, Fact]:
        """The person a fact is about, and the fact. Raises Gone."""
        row = self._db.row(f"select person, {FACT} from facts where id = ?", (fact,))
        if row is None:
            raise Gone("This detail")
        return row[0], as_fact(row[1:])

    def draft(self, person: int) -> Draft:
        """The unfinished letter to a person, empty if there is none."""
        row = self._db.row("select text, cursor, channel, saved_at from drafts where person = ?", (person,))
        return Draft() if row is None else Draft(row[0], row[1], row[2], moment(row[3]))

    def follow_up(self, person: int) -> FollowUp | None:
        """What the user plans with a person."""
        row = self._db.row("select due, why from follow_ups where person = ?", (person,))
        return None if row is None else FollowUp(date.fromisoformat(row[0]), row[1])

    def prompts_used(self, *, person: int | None = None, since: datetime | None = None) -> tuple[PromptUse, ...]:
        """Which starters went into letters, oldest first; of one person, or from a moment on."""
        rows = self._db.rows(
            "select prompt, person, at from prompt_uses where (?1 is null or person = ?1) and (?2 is null or at >= ?2)"
            " order by at, id",
            (person, None if since is None else from_moment(since)),
        )
        return tuple(PromptUse(prompt, of, moment(at)) for prompt, of, at in rows)

    def of_identity(self, network: Network, key: str) -> int | None:
        """Whose account it is."""
        return self._db.value("select person from identities where network = ? and key = ?", (network.value, key))

    def samples(self) -> list[int]:
        """The ids of the invented people."""
        return self._db.column("select id from people where is_sample = 1 order by id")

    # writing

    def add(
        self,
        fields: Mapping[str, str],
        added_at: datetime,
        *,
        is_new: bool = True,
        is_sample: bool = False,
        do_not_write: bool = False,
    ) -> int:
        """Adds a person with those of the EDITABLE texts that `fields` has; returns the id."""
        names = [name for name in fields if name in EDITABLE]
        columns = ["is_new", "is_sample", "do_not_write", "added_at", *names]
        values: list[object] = [int(is_new), int(is_sample), int(do_not_write), from_moment(added_at)]
        values += [clean(fields[name]) for name in names]
        return self._db.insert(
            f"insert into people ({', '.join(columns)}) values ({', '.join('?' * len(columns))})", values
        )

    def add_identity(self, person: int, identity: Identity) -> int:
        """Gives a person an account. Raises Expected if it already belongs to someone."""
        try:
            return self._db.insert(
                "insert into identities (person, network, key, handle, url, followed_on, followed_known)"
                " values (?, ?, ?, ?, ?, ?, ?)",
                (
                    person,
                    identity.network.value,
                    clean(identity.key),
                    clean(identity.handle),
                    clean(identity.url),
                    from_day(identity.followed_on),
                    identity.followed_known.value,
                ),
            )
        except sqlite3.IntegrityError as error:
            owner = self.of_identity(identity.network, identity.key)
            name = self._db.value("select name from people where id = ?", (owner,))
            raise Expected(
                f"{identity.handle or identity.key} on {identity.network.label} is already in your notebook, as {name}.",
                "Search for that person instead.",
            ) from error

    def edit(self, person: int, fields: Mapping[str, str | bool]) -> None:
        """Writes fields and remembers that they are the user's. Raises Gone; ValueError for an unknown field."""
        self.require(person)
        if unknown := set(fields) - set(EDITABLE):
            raise ValueError(f"not a field of a person that can be edited: {', '.join(sorted(unknown))}")
        for field, value in fields.items():
            stored = clean(value) if isinstance(value, str) else int(value)
            if self._db.value(f"select {field} from people where id = ?", (person,)) == stored:
                continue
            self._db.run(f"update people set {field} = ? where id = ?", (stored, person))
            self._db.run("insert into owned (person, field) values (?, ?) on conflict do nothing", (person, field))

    def name_account(self, person: int, account: int, handle: str) -> None:
        """Writes the handle of a person's account. Raises Gone."""
        if self._db.value("select 1 from identities where id = ? and person = ?", (account, person)) is None:
            raise Gone("This account")
        self._db.run("update identities set handle = ? where id = ?", (clean(handle), account))

    def delete(self, people: Iterable[int]) -> None:
        """Removes people with all that belongs to them."""
        self._db.run_many("delete from people where id = ?", [(person,) for person in people])

    def add_fact(self, person: int, fact: Fact) -> int:
        """Adds something the user learnt. Raises Gone."""
        self.require(person)
        return self._db.insert(
            "insert into facts (person, kind, text, source, seen_on, shared, hidden) values (?, ?, ?, ?, ?, ?, ?)",
            (person, *_fact_values(fact)),
        )

    def edit_fact(self, fact: Fact) -> None:
        """Writes a fact over the one of the same id, which is the user's from then on. Raises Gone."""
        _, before = self.fact(fact.id)
        if before != fact:
            self._db.run(
                "update facts set kind = ?, text = ?, source = ?, seen_on = ?, shared = ?, hidden = ?, edited = 1"
                " where id = ?",
                (*_fact_values(fact), fact.id),
            )

    def remove_fact(self, fact: int) -> None:
        """Removes a fact; imports do not bring it back. Raises Gone."""
        self.fact(fact)
        self._db.run("delete from facts where id = ?", (fact,))

    def save_draft(self, person: int, draft: Draft, saved_at: datetime) -> bool:
        """Keeps the letter to a person; returns whether anything changed. Raises Gone."""
        text, channel = clean(draft.text), clean(draft.channel)
        held = self._db.row("select text, cursor, channel from drafts where person = ?", (person,))
        if held == (text, draft.cursor, channel) or (held is None and not text and not channel):
            return False
        try:
            self._db.run(
                "insert into drafts (person, text, cursor, channel, saved_at) values (?, ?, ?, ?, ?)"
                " on conflict (person) do update set text = excluded.text, cursor = excluded.cursor,"
                " channel = excluded.channel, saved_at = excluded.saved_at",
                (person, text, draft.cursor, channel, from_moment(saved_at)),
            )
        except sqlite3.IntegrityError as error:
            raise Gone from error
        return True

    def plan(self, person: int, follow_up: FollowUp | None) -> None:
        """Sets or clears when to come back to a person. Raises Gone."""
        self.require(person)
        if follow_up is None:
            self._db.run("delete from follow_ups where person = ?", (person,))
            return
        self._db.run(
            "insert into follow_ups (person, due, why) values (?, ?, ?)"
            " on conflict (person) do update set due = excluded.due, why = excluded.why",
            (person, from_day(follow_up.due), clean(follow_up.why)),
        )

    def rest(self, person: int, at: datetime | None) -> None:
        """Leaves a person in peace from `at` on, or ends that with None. Raises Gone."""
        self.require(person)
        self._db.run("update people set rested_at = ? where id = ?", (None if at is None else from_moment(at), person))

    def use_prompt(self, person: int, prompt: str, at: datetime) -> None:
        """Remembers that a starter went into a letter. Raises Gone."""
        self.require(person)
        self._db.run("insert into prompt_uses (person, prompt, at) values (?, ?, ?)", (person, prompt, from_moment(at)))


def as_person(
    row: Row,
    now: datetime,
    zone: tzinfo | None,
    identities: tuple[Identity, ...],
    facts: tuple[Fact, ...],
    tags: tuple[str, ...],
) -> Person:
    """The person of a row of `PERSON`, with what other tables hold of them."""
    person, name, bio, location, company, position, pronouns, email, is_new, sample, silent, *rest = row
    added, archived, _, by_hand, due, why, *thread = rest
    state = exchange(thread)
    return Person(
        id=person,
        name=name,
        bio=bio,
        location=location,
        company=company,
        position=position,
        pronouns=pronouns,
        email=email,
        is_new=bool(is_new) and not state.sent,
        is_sample=bool(sample),
        do_not_write=bool(silent),
        added_at=moment(added),
        progress=state.progress(now, zone),
        stage=state.stage(now, zone) if by_hand is None else Stage(by_hand),
        stage_by_hand=by_hand is not None,
        unanswered=state.unanswered,
        follow_up=None if due is None else FollowUp(date.fromisoformat(due), why),
        identities=identities,
        facts=facts,
        tags=tags,
        archived_at=None if archived is None else moment(archived),
    )


def as_identity(row: Row) -> Identity:
    """The account of a row of `IDENTITY`."""
    network, key, handle, url, followed, known, identity = row
    return Identity(Network(network), key, handle, url, day(followed), Knowledge(known), identity)


def as_fact(row: Row) -> Fact:
    """The fact of a row of `FACT`."""
    kind, text, source, seen, shared, hidden, fact = row
    return Fact(kind, text, source, day(seen), bool(shared), bool(hidden), fact)


def _fact_values(fact: Fact) -> tuple[object, ...]:
    return (
        clean(fact.kind),
        clean(fact.text),
        clean(fact.source),
        from_day(fact.on),
        int(fact.shared),
        int(fact.hidden),
    )
