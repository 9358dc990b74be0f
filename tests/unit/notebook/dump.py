"""The whole content of a notebook, for comparing before and after."""

import sqlite3
from contextlib import closing
from pathlib import Path

# Counters that may run on: the numbers given out, and those that tell readers to look again.
_COUNTERS = ("sqlite_sequence", "revisions")


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, also of the derived ones, in order of their first column."""
    with closing(sqlite3.connect(path)) as database:
        tables = [
            name
            for (name,) in database.execute("select name from sqlite_schema where type = 'table'")
            if not name.startswith("search_") and name not in _COUNTERS
        ]
        content = {
            name: database.execute(f"select * from {name} order by 1").fetchall() for name in tables if name != "search"
        }
        content["search"] = database.execute("select rowid, words from search order by rowid").fetchall()
        return content
