"""The log: what was sent and received, noted and talked about."""

from datetime import datetime

from warmnote.model import Message, MessageKind
from warmnote.store._database import Database, Row
from warmnote.store._people import Gone
from warmnote.store._times import from_moment, moment
from warmnote.store.text import clean

__all__ = ["MESSAGE", "Log", "as_message"]

MESSAGE = "kind, text, at, channel, id"


class Log:
    """Reads and writes of messages. Writes belong inside `Store.step`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def of(self, person: int) -> tuple[Message, ...]:
        """Everything in a person's log, oldest first."""
        rows = self._db.rows(f"select {MESSAGE} from messages where person = ? order by at, id", (person,))
        return tuple(as_message(row) for row in rows)

    def get(self, message: int) -> tuple[int, Message]:
        """Whose log an entry stands in, and the entry. Raises Gone."""
        row = self._db.row(f"select person, {MESSAGE} from messages where id = ?", (message,))
        if row is None:
            raise Gone("This entry")
        return row[0], as_message(row[1:])

    def add(self, person: int, message: Message) -> int:
        """Adds an entry for someone who is there; returns its id. What they wrote ends their rest."""
        entry = self._db.insert(
            "insert into messages (person, kind, text, at, channel) values (?, ?, ?, ?, ?)",
            (person, message.kind.value, clean(message.text), from_moment(message.at), clean(message.channel)),
        )
        if message.kind is MessageKind.RECEIVED:
            self._db.run("update people set rested_at = null where id = ?", (person,))
        return entry

    def edit(self, message: Message) -> None:
        """Writes an entry over the one of the same id. Raises Gone."""
        _, before = self.get(message.id)
        if before != message:
            self._db.run(
                "update messages set kind = ?, text = ?, at = ?, channel = ?, edited = 1 where id = ?",
                (message.kind.value, clean(message.text), from_moment(message.at), clean(message.channel), message.id),
            )

    def remove(self, message: int) -> None:
        """Removes an entry; imports do not bring it back. Raises Gone."""
        self.get(message)
        self._db.run("delete from messages where id = ?", (message,))

    def last_sent(self, person: int) -> datetime | None:
        """When the user last wrote to a person."""
        at = self._db.value("select last_sent from threads where person = ?", (person,))
        return None if at is None else moment(at)


def as_message(row: Row) -> Message:
    """The entry of a row of `MESSAGE`."""
    kind, text, at, channel, entry = row
    return Message(MessageKind(kind), text, moment(at), channel, entry)
