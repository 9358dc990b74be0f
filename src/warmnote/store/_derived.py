"""What is kept beside the facts so that lists are fast: sort keys, threads, the words to search by, the index of letters.

Computed again from the facts for every person that a transaction touched, just before it ends.
"""

from warmnote.store._database import Database
from warmnote.store._sent import SentIndex

__all__ = ["Derived"]

# More letters than this in one step (an import, a person of many letters deleted) are indexed after it.
_LETTERS_AT_ONCE = 100
_ALL = -1

# Nothing in these tables shows in a list or is searched for.
_SILENT = (
    *("drafts", "prompt_uses", "excused", "owned", "imports", "import_changes", "brought", "absences"),
    *("rules_off", "not_same", "deletions"),
)

_PEOPLE = """
with wanted (id, name_key, newest, fresh) as (
    select p.id, fold(p.name),
        coalesce(
            (select max(i.followed_on) from identities i where i.person = p.id),
            -- Whoever an import brought without a day is not news of today; those added by hand are.
            case when p.batch is null then date(p.added_at / 1000000, 'unixepoch') else '' end
        ),
        p.is_new and not p.do_not_write and p.rested_at is null and p.archived_at is null
            and not exists (select 1 from messages m where m.person = p.id and m.kind = 'sent')
    from temp.touched t cross join people p on p.id = t.person
)
update people set name_key = w.name_key, newest = w.newest, fresh = w.fresh
from wanted w
where people.id in (select person from temp.touched) and w.id = people.id
    and (people.name_key, people.newest, people.fresh) is not (w.name_key, w.newest, w.fresh)
"""

# A sent message is unanswered if neither a word of theirs nor a meeting came after it.
_THREADS = """
insert into threads
select m.person,
    count(*) filter (where m.kind = 'sent'),
    count(*) filter (where m.kind = 'received'),
    min(m.at) filter (where m.kind = 'received'),
    max(m.at) filter (where m.kind = 'received'),
    max(m.at) filter (where m.kind = 'sent'),
    max(m.at) filter (where m.kind = 'meeting'),
    max(m.at),
    count(*) filter (where m.kind = 'sent' and not exists (
        select 1 from messages later
        where later.person = m.person and later.at >= m.at and (later.at, later.id) > (m.at, m.id)
            and later.kind in ('received', 'meeting')
    )),
    (select last.kind = 'received' from messages last
        where last.person = m.person and last.kind != 'note' order by last.at desc, last.id desc limit 1)
from temp.touched t cross join messages m on m.person = t.person
where m.kind != 'note'
group by m.person
"""

_SEARCH = """
insert into search (rowid, words)
select p.id, search_words(
    p.name || ' ' || p.bio || ' ' || p.location || ' ' || p.company || ' ' || p.position || ' ' || p.email || ' '
    || coalesce((select group_concat(i.handle, ' ') from identities i where i.person = p.id), '') || ' '
    || coalesce((select group_concat(h.handle, ' ') from handles h where h.person = p.id), '') || ' '
    || coalesce((select group_concat(f.text, ' ') from facts f where f.person = p.id and not f.hidden), '') || ' '
    || coalesce((select group_concat(n.text, ' ') from messages n where n.person = p.id and n.kind = 'note'), '')
    || ' ' || coalesce((select group_concat(g.tag, ' ') from tags g where g.person = p.id), '')
)
from temp.touched t cross join people p on p.id = t.person where t.loud
"""


class Derived:
    """Keeps the derived tables of one writing connection."""

    def __init__(self, database: Database, sent: SentIndex) -> None:
        self._db = database
        self._sent = sent
        database.run("create temp table touched (person integer primary key, loud integer)")

    def refresh(self, after: int) -> None:
        """Brings everything up to date for the people that log entries beyond number `after` name."""
        tables = self._db.rows("select distinct tbl, quiet from undo_log where seq > ?", (after,))
        seen = {table for table, _ in tables} - set(_SILENT)
        loud = {table for table, quiet in tables if not quiet} & seen
        if not seen:
            return
        run = self._db.run
        run("delete from touched")
        run(
            "insert into touched select person, max(not quiet) from undo_log"
            f" where seq > ? and person is not null and tbl not in ({', '.join('?' * len(_SILENT))}) group by person",
            (after, *_SILENT),
        )
        if seen & {"people", "identities", "messages"}:
            run(_PEOPLE)
        if loud & {"people", "messages"}:
            run("delete from threads where person in (select person from touched)")
            run(_THREADS)
        if "messages" in seen:
            self._sent.catch_up(_LETTERS_AT_ONCE)
        if loud & {"people", "identities", "handles", "facts", "messages", "tags"}:
            run("delete from search where rowid in (select person from touched where loud)")
            run(_SEARCH)
        if seen & {"people", "identities"}:
            run("update revisions set value = value + 1 where name = 'people'")
        if loud & {"people", "messages"}:
            run("update revisions set value = value + 1 where name = 'log'")

    def rebuild(self) -> None:
        """Computes everything anew, for everyone."""
        run = self._db.run
        run("delete from touched")
        run("insert into touched select id, 1 from people")
        run("delete from threads")
        run("delete from search")
        for statement in (_PEOPLE, _THREADS, _SEARCH, "update revisions set value = value + 1"):
            run(statement)
        self._sent.start_anew()
        self._sent.catch_up(_ALL)
