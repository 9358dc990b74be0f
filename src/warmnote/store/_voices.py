"""Which of a person's accounts speaks for which field, so that two sources never write over each other in turns.

An account is `silent` on the fields of which another account of the same person had something to say before. A person
with one account needs none of this: there it speaks for all. What a merge makes an account silent on stands in the
merge's image, and holds for as long as the account and that merge belong to one person; the rest came with imports.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from warmnote.store._compare import PERSON_FIELDS
from warmnote.store._database import Database
from warmnote.store._images import Image, Merge, decoded

__all__ = ["agree", "disagree", "hush"]

_Silences = dict[int, set[str]]


def agree(database: Database, kept: int, gone: int, nameless: Collection[str]) -> list[tuple[int, str]]:
    """Before `gone` goes into `kept`: the accounts of the one whose value stays speak for a field from then on.

    Names among `nameless` are none. Returns what the merge makes silent, accounts with fields, for its image.
    """
    images = database.column("select image from merges where kept in (?, ?)", (kept, gone))
    by_merges = _together(decoded(image) for image in images)
    of_kept, of_gone = _told(database, kept, nameless), _told(database, gone, nameless)
    silenced: list[tuple[int, str]] = []
    for person, told in ((kept, of_gone - of_kept), (gone, of_kept)):
        for identity, silent in database.rows("select id, silent from identities where person = ?", (person,)):
            held = set(silent.split())
            # What another merge has made it silent on, this one does too: either may be taken back first.
            fields = told - (held - by_merges.get(identity, set()))
            if fields:
                silenced.append((identity, _in_order(fields)))
                _write(database, identity, silent, held | fields)
    return silenced


def disagree(
    database: Database, kept: int, gone: int, parted: Image, stay: Iterable[Merge], leave: Iterable[Merge]
) -> None:
    """After a merge was taken back: what it made silent speaks again, as far as no other merge has a say in it.

    `stay` are the merges in the one who stays, `leave` those in the one who is back.
    """
    stay, leave = list(stay), list(leave)
    before = _together([parted, *(merge.image for merge in (*stay, *leave))])
    left = set(parted.moved.get("identities", ()))
    for merge in stay:
        held = [silence for silence in merge.image.silenced if silence[0] not in left]
        if len(held) < len(merge.image.silenced):
            merge.image.silenced = held
            merge.dirty = True
    after = _together(merge.image for merge in (*stay, *leave))
    for identity, fields in before.items():
        silent = database.value("select silent from identities where id = ?", (identity,))
        if silent is not None:
            _write(database, identity, silent, set(silent.split()) - fields | after.get(identity, set()))
    # What an import made silent because of an account that is somebody else's now.
    database.run(
        "update identities set silent = '' where person in (?, ?) and silent != ''"
        " and id in (select identity from import_changes where field = 'silent')"
        " and not exists (select 1 from identities o where o.person = identities.person and o.id != identities.id)",
        (kept, gone),
    )


def hush(database: Database, spoken: Mapping[int, Sequence[tuple[int, str]]]) -> list[tuple[int, int, str, str, str]]:
    """Whoever has said something new speaks for it from then on: makes the other accounts of each person silent.

    `spoken` has what accounts have said on which fields, by person. Returns (person, account, "silent", old, new).
    """
    changed: list[tuple[int, int, str, str, str]] = []
    for identity, person, silent in database.rows(
        "select i.id, i.person, i.silent from json_each(?) j cross join identities i on i.person = j.value"
        " where exists (select 1 from identities o where o.person = i.person and o.id != i.id)",
        (json.dumps(list(spoken)),),
    ):
        held = set(silent.split())
        fields = held | {field for speaker, field in spoken[person] if speaker != identity}
        if fields != held:
            _write(database, identity, silent, fields)
            changed.append((person, identity, "silent", silent, _in_order(fields)))
    return changed


def _together(images: Iterable[Image]) -> _Silences:
    found: _Silences = {}
    for image in images:
        for identity, fields in image.silenced:
            found.setdefault(identity, set()).update(fields.split())
    return found


def _write(database: Database, identity: int, silent: str, fields: set[str]) -> None:
    if (written := _in_order(fields)) != silent:
        database.run("update identities set silent = ? where id = ?", (written, identity))


def _in_order(fields: set[str]) -> str:
    return " ".join(field for field in PERSON_FIELDS if field in fields)


def _told(database: Database, person: int, nameless: Collection[str]) -> set[str]:
    values = database.row(f"select {', '.join(PERSON_FIELDS)} from people where id = ?", (person,)) or ()
    return {
        field
        for field, value in zip(PERSON_FIELDS, values, strict=False)
        if value and not (field == "name" and value in nameless)
    }
