-- When a finding was waved through; null for those of earlier versions.
alter table excused add column at integer;

-- Phrases of the user's own that are never marked. `key` is the phrase as it is compared, so that each is there once.
create table allowed_phrases (
    id integer primary key autoincrement,
    phrase text not null,
    key text not null unique
) strict;
