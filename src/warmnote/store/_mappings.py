"""What the columns of a table mean, as the user said once, under a digest of the table's header."""

from datetime import datetime

from warmnote.store._database import Database
from warmnote.store._times import from_moment, moment

__all__ = ["Mappings"]


class Mappings:
    """Reads and writes of what columns mean. Writes belong inside `Store.step`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def recall(self, header: str) -> tuple[str, datetime] | None:
        """What was said of the header with this digest, and when; None if nothing was."""
        rows = self._db.rows("select columns, at from mappings where header = ?", (header,))
        return next(((columns, moment(at)) for columns, at in rows), None)

    def remember(self, header: str, columns: str, at: datetime) -> None:
        """Keeps what is said of a header, over what was said before."""
        self._db.run(
            "insert into mappings (header, columns, at) values (?, ?, ?)"
            " on conflict (header) do update set columns = excluded.columns, at = excluded.at",
            (header, columns, from_moment(at)),
        )

    def forget(self, header: str) -> None:
        """Lets go of what was said of a header."""
        self._db.run("delete from mappings where header = ?", (header,))
