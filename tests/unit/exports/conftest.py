"""Two notebooks: one to export, and an empty one to import into."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from warmnote import exports, followers
from warmnote.model import Batch
from warmnote.notebook import Notebook, Store

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Clock:
    """A clock that moves by a second each time it is looked at, so that nothing happens twice at once."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def notebook_at(path: Path) -> Notebook:
    return Notebook(Store(path), Clock(), UTC)


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    made = notebook_at(tmp_path / "one.db")
    yield made
    made.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Notebook]:
    made = notebook_at(tmp_path / "other.db")
    yield made
    made.close()


def as_json(notebook: Notebook) -> bytes:
    out = io.BytesIO()
    exports.write_json(notebook.export(), out, NOON)
    return out.getvalue()


def people_of(data: bytes) -> list[dict[str, Any]]:
    """The people of a JSON export, without the numbers that each notebook gives anew."""
    people = json.loads(data)["people"]
    for person in people:
        del person["id"]
    return people


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Batch]:
    """Read an export of this content."""

    def reading(data: bytes, name: str = "people.json") -> Batch:
        path = tmp_path / name
        path.write_bytes(data)
        return followers.read(path)

    return reading
