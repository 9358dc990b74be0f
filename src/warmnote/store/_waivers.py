"""What the user has told the meter to let pass: rules, single findings, and phrases of their own."""

from dataclasses import dataclass
from datetime import datetime

from warmnote.store._database import Database
from warmnote.store._people import Gone
from warmnote.store._times import from_moment, moment
from warmnote.store.text import clean

__all__ = ["Excused", "Waivers"]


@dataclass(frozen=True, slots=True)
class Excused:
    """A finding waved through for one person: `rule` on `words` (in small letters; empty: on the letter as a whole).

    `at` is None for what an earlier version wrote down.
    """

    person: int
    name: str
    rule: str
    words: str
    at: datetime | None


class Waivers:
    """Reads and writes of what is let pass. Writes belong inside `Store.step`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def rules_off(self) -> frozenset[str]:
        """The rules that the user switched off for good."""
        return frozenset(self._db.column("select rule from rules_off"))

    def switch_rule(self, rule: str, *, on: bool) -> None:
        """Switches a rule of the meter on or off for good."""
        if on:
            self._db.run("delete from rules_off where rule = ?", (rule,))
        else:
            self._db.run("insert into rules_off (rule) values (?) on conflict do nothing", (rule,))

    def excused(self, person: int) -> frozenset[tuple[str, str]]:
        """The findings waved through for a person: (rule id, matched text casefolded)."""
        rows = self._db.rows("select rule, matched from excused where person = ?", (person,))
        return frozenset((rule, matched) for rule, matched in rows)

    def all_excused(self) -> tuple[Excused, ...]:
        """The findings waved through for anyone, the latest first."""
        rows = self._db.rows(
            "select e.person, p.name, e.rule, e.matched, e.at from excused e join people p on p.id = e.person"
            " order by e.id desc"
        )
        return tuple(
            Excused(person, name, rule, words, None if at is None else moment(at))
            for person, name, rule, words, at in rows
        )

    def excuse(self, person: int, rule: str, matched: str, at: datetime) -> None:
        """Waves a finding through for one person. Raises Gone."""
        if self._db.value("select 1 from people where id = ?", (person,)) is None:
            raise Gone
        self._db.run(
            "insert into excused (person, rule, matched, at) values (?, ?, ?, ?) on conflict do nothing",
            (person, rule, clean(matched).casefold(), from_moment(at)),
        )

    def unexcuse(self, person: int, rule: str, matched: str) -> None:
        """Lets a rule find these words in letters to a person again."""
        self._db.run(
            "delete from excused where person = ? and rule = ? and matched = ?",
            (person, rule, clean(matched).casefold()),
        )

    def phrases(self) -> tuple[str, ...]:
        """The phrases that are never marked, the latest first."""
        return tuple(self._db.column("select phrase from allowed_phrases order by id desc"))

    def phrase(self, key: str) -> str | None:
        """The phrase that is kept under a key."""
        return self._db.value("select phrase from allowed_phrases where key = ?", (key,))

    def allow(self, phrase: str, key: str) -> None:
        """Keeps a phrase that is not there yet."""
        self._db.run("insert into allowed_phrases (phrase, key) values (?, ?)", (phrase, key))

    def disallow(self, key: str) -> None:
        """Forgets a phrase."""
        self._db.run("delete from allowed_phrases where key = ?", (key,))
