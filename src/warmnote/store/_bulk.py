"""What is written of many people at once: a statement for all of them, however many they are."""

import json
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from warmnote.model import FollowUp, Stage
from warmnote.store._database import Database
from warmnote.store._times import from_day, from_moment
from warmnote.store.text import clean

__all__ = ["Bulk"]

_CHOSEN = "select p.id from json_each(:ids) j join people p on p.id = j.value"


class Bulk:
    """Reads tags, and writes for many people. Writes belong inside `Store.step`; ids of people who are gone are passed over."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def tags(self) -> tuple[tuple[str, int], ...]:
        """Every tag with how many people have it, by the alphabet. The archived do not count."""
        archived = dict(
            self._db.rows(
                "select t.tag, count(*) from people p join tags t on t.person = p.id"
                " where p.archived_at is not null group by t.tag"
            )
        )
        rows = self._db.rows("select tag, count(*) from tags group by tag")
        return tuple(sorted(((tag, n - archived.get(tag, 0)) for tag, n in rows), key=lambda t: _alike(t[0])))

    def as_spelt(self, tag: str) -> str:
        """A tag as it is written in the notebook already, whatever its capitals; `tag` itself if it is not there."""
        wanted = _alike(tag)
        return next((held for held in self._db.column("select distinct tag from tags") if _alike(held) == wanted), tag)

    def tag(self, people: Iterable[int], tag: str) -> None:
        """Gives people a tag."""
        self._run(
            f"insert into tags (person, tag) select id, :tag from ({_CHOSEN}) where true on conflict do nothing",
            people,
            tag=clean(tag),
        )

    def untag(self, people: Iterable[int], tag: str) -> None:
        """Takes a tag off people."""
        self._run(
            "delete from tags where tag = :tag and person in (select value from json_each(:ids))", people, tag=tag
        )

    def set_stage(self, people: Iterable[int], stage: Stage | None) -> None:
        """Sets the stage by hand; None gives it back to the log."""
        self._update("stage = :stage", people, stage=None if stage is None else int(stage))

    def plan(self, people: Iterable[int], follow_up: FollowUp | None) -> None:
        """Sets or clears when to come back to people. A plan ends their rest."""
        if follow_up is None:
            self._run("delete from follow_ups where person in (select value from json_each(:ids))", people)
            return
        self._run(
            f"insert into follow_ups (person, due, why) select id, :due, :why from ({_CHOSEN}) where true"
            " on conflict (person) do update set due = excluded.due, why = excluded.why",
            people,
            due=from_day(follow_up.due),
            why=clean(follow_up.why),
        )
        self._update("rested_at = null", people)

    def archive(self, people: Iterable[int], at: datetime | None) -> None:
        """Sets people aside, or with None takes them back. Whoever is there already stays as they are."""
        if at is None:
            self._update("archived_at = null", people)
        else:
            self._update("archived_at = coalesce(archived_at, :at)", people, at=from_moment(at))

    def _update(self, assignment: str, people: Iterable[int], **values: object) -> None:
        self._run(f"update people set {assignment} where id in (select value from json_each(:ids))", people, **values)

    def _run(self, sql: str, people: Iterable[int], **values: object) -> None:
        self._db.run_named(sql, {"ids": json.dumps(list(dict.fromkeys(people))), **values})


def _alike(tag: str) -> str:
    return unicodedata.normalize("NFKC", tag).casefold()
