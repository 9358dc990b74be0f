-- Instants are whole microseconds since 1970 in UTC, days are ISO dates, truth values 0 or 1.
-- Columns under "derived" can be computed from the rest; _derived.py keeps them and undo leaves them alone.

create table people (
    id integer primary key autoincrement,
    name text not null collate nocase,
    bio text not null default '',
    location text not null default '' collate nocase,
    company text not null default '' collate nocase,
    position text not null default '' collate nocase,
    pronouns text not null default '',
    email text not null default '' collate nocase,
    is_new integer not null default 0,
    is_sample integer not null default 0,
    do_not_write integer not null default 0,
    rested_at integer,
    added_at integer not null,
    batch integer,
    -- derived
    name_key text not null default '',
    newest text not null default '',
    fresh integer not null default 0
) strict;
create index people_by_newest on people (newest desc, added_at desc, id);
create index people_by_name on people (name_key, id);
create index people_fresh on people (newest desc, added_at desc, id) where fresh = 1;
create index people_of_batch on people (batch) where batch is not null;
create index people_sample on people (id) where is_sample = 1;

-- The fields of a person that the user has written by hand: no import touches them again.
create table owned (
    id integer primary key autoincrement,
    person integer not null references people on delete cascade,
    field text not null,
    unique (person, field)
) strict;

create table identities (
    id integer primary key autoincrement,
    person integer not null references people on delete cascade,
    network text not null,
    key text not null,
    handle text not null default '' collate nocase,
    url text not null default '',
    followed_on text,
    followed_known text not null default 'first_seen',
    batch integer,
    unique (network, key)
) strict;
create index identities_of_person on identities (person);
create index identities_of_batch on identities (batch) where batch is not null;

-- What an identity was called before.
create table handles (
    id integer primary key autoincrement,
    person integer not null references people on delete cascade,
    identity integer not null references identities on delete cascade,
    handle text not null,
    until text not null,
    batch integer
) strict;
create index handles_of_person on handles (person);
create index handles_of_identity on handles (identity);
create index handles_of_batch on handles (batch) where batch is not null;

-- An identity that the latest imports of its network did not hold. Absence is not an unfollow.
create table absences (
    identity integer primary key references identities on delete cascade,
    person integer not null references people on delete cascade,
    batch integer not null,
    last_seen integer not null
) strict;
create index absences_of_person on absences (person);
create index absences_of_batch on absences (batch);

create table facts (
    id integer primary key autoincrement,
    person integer not null references people on delete cascade,
    kind text not null,
    text text not null,
    source text not null default '',
    seen_on text,
    shared integer not null default 1,
    hidden integer not null default 0,
    batch integer,
    edited integer not null default 0
) strict;
create index facts_of_person on facts (person);
create index facts_posts on facts (seen_on desc) where kind = 'post' and hidden = 0 and shared = 1;
create index facts_of_batch on facts (batch) where batch is not null;

create table messages (
    id integer primary key autoincrement,
    person integer not null references people on delete cascade,
    kind text not null check (kind in ('sent', 'received', 'note', 'meeting')),
    text text not null,
    at integer not null,
    channel text not null default '',
    batch integer,
    edited integer not null default 0
) strict;
create index messages_of_person on messages (person, at, id, kind);
create index messages_sent on messages (at desc, id desc) where kind = 'sent';
create index messages_of_batch on messages (batch) where batch is not null;

create table drafts (
    person integer primary key references people on delete cascade,
    text text not null,
    cursor integer not null,
    channel text not null,
    saved_at integer not null
) strict;

create table follow_ups (
    person integer primary key references people on delete cascade,
    due text not null,
    why text not null default ''
) strict;
create index follow_ups_by_due on follow_ups (due, person);

create table prompt_uses (
    id integer primary key autoincrement,
    person integer not null references people on delete cascade,
    prompt text not null,
    at integer not null
) strict;
create index prompt_uses_of_person on prompt_uses (person);
create index prompt_uses_by_time on prompt_uses (at);

create table rules_off (
    id integer primary key autoincrement,
    rule text not null unique
) strict;

-- A finding the user waved through for one person; `matched` is casefolded.
create table excused (
    id integer primary key autoincrement,
    person integer not null references people on delete cascade,
    rule text not null,
    matched text not null,
    unique (person, rule, matched)
) strict;

create table imports (
    id integer primary key autoincrement,
    source text not null,
    network text not null,
    origin text not null,
    read_as text not null default '',
    exported_on text,
    at integer not null,
    added integer not null,
    changed integer not null,
    unchanged integer not null,
    skipped integer not null,
    problems integer not null
) strict;
create index imports_by_network on imports (network, id);

-- Every value that an import overwrote, so that it can be put back at any later time.
create table import_changes (
    id integer primary key autoincrement,
    batch integer not null references imports on delete cascade,
    person integer not null references people on delete cascade,
    identity integer references identities on delete cascade,
    field text not null,
    old any,
    new any
) strict;
create index import_changes_of_batch on import_changes (batch);
create index import_changes_of_person on import_changes (person);
create index import_changes_of_identity on import_changes (identity) where identity is not null;

-- Digests of the facts and messages that imports have brought, kept when the user edits or removes them:
-- the next import does not bring them back.
create table brought (
    id integer primary key autoincrement,
    person integer not null references people on delete cascade,
    digest text not null,
    batch integer,
    unique (person, digest)
) strict;
create index brought_of_batch on brought (batch) where batch is not null;

-- Derived: the state of the exchange with everyone in whose log there is more than notes.
create table threads (
    person integer primary key references people on delete cascade,
    sent integer not null,
    received integer not null,
    first_received integer,
    last_received integer,
    last_sent integer,
    last_meeting integer,
    last_contact integer not null,
    unanswered integer not null,
    waiting integer not null
) strict;
create index threads_by_contact on threads (last_contact desc, person);
create index threads_waiting on threads (last_received desc, person) where waiting = 1;
create index threads_unanswered on threads (last_sent desc, person) where unanswered >= 2;

-- Derived: the words by which a person is found, folded and split by text.py, so the tokenizer has only to cut at
-- spaces. No phrases are asked for, hence detail=none.
create virtual table search using fts5 (words, tokenize = 'ascii', prefix = '2 3', detail = none);

-- Derived: counters that tell a reader when an order that it keeps in memory is stale.
create table revisions (name text primary key, value integer not null) strict, without rowid;
insert into revisions values ('people', 0), ('log', 0);
