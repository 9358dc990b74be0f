"""Which of a person's accounts speaks for which field, so that two sources never write over each other in turns.

An account is `silent` on the fields of which another account of the same person had something to say before. A person
with one account needs none of this: there it speaks for all.
"""

from collections.abc import Iterable

from warmnote.store._compare import PERSON_FIELDS
from warmnote.store._database import Database

__all__ = ["agree", "speak_again"]


def agree(database: Database, kept: int, gone: int) -> list[tuple[int, str]]:
    """Before `gone` goes into `kept`: the accounts of the one whose value stays speak for a field from then on.

    Returns the accounts that became silent, each with the fields, for `speak_again`.
    """
    of_kept, of_gone = _told(database, kept), _told(database, gone)
    silenced: list[tuple[int, str]] = []
    for person, told in ((kept, of_gone - of_kept), (gone, of_kept)):
        for identity, silent in database.rows("select id, silent from identities where person = ?", (person,)):
            fields = _in_order(told.difference(silent.split()))
            if fields:
                _write(database, identity, told.union(silent.split()))
                silenced.append((identity, fields))
    return silenced


def speak_again(database: Database, silenced: Iterable[tuple[int, str]]) -> None:
    """Lets accounts speak again for what they became silent on."""
    for identity, fields in silenced:
        silent = database.value("select silent from identities where id = ?", (identity,))
        if silent is not None:
            _write(database, identity, set(silent.split()).difference(fields.split()))


def _write(database: Database, identity: int, fields: set[str]) -> None:
    database.run("update identities set silent = ? where id = ?", (_in_order(fields), identity))


def _in_order(fields: set[str]) -> str:
    return " ".join(field for field in PERSON_FIELDS if field in fields)


def _told(database: Database, person: int) -> set[str]:
    values = database.row(f"select {', '.join(PERSON_FIELDS)} from people where id = ?", (person,)) or ()
    return {field for field, value in zip(PERSON_FIELDS, values, strict=False) if value}
