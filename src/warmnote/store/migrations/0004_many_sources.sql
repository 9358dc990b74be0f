-- Set aside by the user: kept, and in no list. And the stage the user set; null for the one computed from the log.
alter table people add column archived_at integer;
alter table people add column stage integer check (stage between 0 and 3);
create index people_archived on people (id) where archived_at is not null;

create table tags (
    id integer primary key autoincrement,
    person integer not null references people on delete cascade,
    tag text not null collate nocase,
    unique (person, tag)
) strict;
create index tags_by_name on tags (tag, person);

-- Accounts that an account's own profile names. `verified`: the network itself has seen the link back.
create table links (
    id integer primary key autoincrement,
    person integer not null references people on delete cascade,
    identity integer not null references identities on delete cascade,
    network text not null,
    key text not null,
    verified integer not null default 0,
    batch integer,
    unique (identity, network, key)
) strict;
create index links_of_person on links (person);
create index links_by_account on links (network, key);
create index links_of_batch on links (batch) where batch is not null;

create index people_by_email on people (email) where email != '';

-- Two people who were found to be one. `gone` is the id of the one that went into `kept`; `image` (JSON) is what it
-- takes to part them again. `batch` is the import that did it, null if the user did.
create table merges (
    id integer primary key autoincrement,
    kept integer not null references people on delete cascade,
    gone integer not null,
    name text not null,
    reason text not null,
    at integer not null,
    batch integer,
    image text not null
) strict;
create index merges_of_person on merges (kept);
create index merges_of_batch on merges (batch) where batch is not null;

-- Pairs that the user has looked at and called different people; `person` is the smaller id. No references: a pair holds
-- for whoever the two are now, and stands again when they are parted. Ids are never given out twice.
create table not_same (
    id integer primary key autoincrement,
    person integer not null,
    other integer not null,
    unique (person, other)
) strict;

-- The accounts of those whom the user deleted, and the day: no import brings them back.
create table deletions (
    id integer primary key autoincrement,
    network text not null,
    key text not null,
    handle text not null default '' collate nocase,
    day text not null,
    unique (network, key)
) strict;
create index deletions_by_handle on deletions (network, handle) where handle != '';

-- Which networks' followers a batch held. Only a whole list says who is absent; the first of a network is its baseline.
create table snapshots (
    id integer primary key autoincrement,
    batch integer not null references imports on delete cascade,
    network text not null,
    whole integer not null,
    at integer not null,
    unique (batch, network)
) strict;
create index snapshots_by_network on snapshots (network, batch);
insert into snapshots (batch, network, whole, at)
select id, network, network not in ('email', 'other'), at from imports;

-- What the columns of a table mean, as the user said once, by a digest of its header.
create table mappings (header text primary key, columns text not null, at integer not null) strict;

-- The accounts whose followers the user asked a network for. `key` is the network's own, '' until the first answer;
-- `asked` is the sentence that tells what was asked of whom, `failed` what went wrong the last time.
create table sources (
    id integer primary key autoincrement,
    network text not null,
    handle text not null collate nocase,
    key text not null default '',
    daily integer not null default 0,
    synced_at integer,
    walked_at integer,
    asked text not null default '',
    failed text not null default '',
    unique (network, handle)
) strict;

-- `follows`: the account was in a list of followers, so its absence from the next whole list means something. `silent`:
-- the fields of the person, with spaces between, for which other accounts of theirs speak.
alter table identities add column follows integer not null default 0;
alter table identities add column silent text not null default '';
update identities set follows = 1 where batch is not null and network not in ('email', 'other');
-- Where accounts have numbers, others name them by handle.
create index identities_by_handle on identities (network, handle) where network in ('x', 'bluesky', 'github');
