-- Derived: which letters sent hold which runs of words. A run is the number that the notebook gives to words in a row.
create table runs (
    run integer not null,
    message integer not null,
    primary key (run, message)
) strict, without rowid;

-- The letters for which `runs` is not up to date. `indexed` is the text that stands there for them, null if none does.
-- Whatever writes messages, these triggers hear of it; _sent.py empties the table.
create table unindexed (message integer primary key, indexed text) strict;
insert into unindexed (message) select id from messages where kind = 'sent';

create trigger sent_message_added after insert on messages when new.kind = 'sent'
begin
    insert into unindexed (message) values (new.id) on conflict (message) do nothing;
end;

create trigger sent_message_edited after update of kind, text on messages
when (old.kind = 'sent' or new.kind = 'sent') and (old.kind, old.text) is not (new.kind, new.text)
begin
    insert into unindexed values (new.id, iif(old.kind = 'sent', old.text, null)) on conflict (message) do nothing;
end;

create trigger sent_message_removed after delete on messages when old.kind = 'sent'
begin
    insert into unindexed values (old.id, old.text) on conflict (message) do nothing;
end;

-- It served a query that is no longer asked.
drop index messages_sent;
