"""A notebook whose clock stands still until it is told to move."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from warmnote.model import Batch, Incoming, Network, Problem
from warmnote.notebook import Notebook, Store


class Hands:
    """The hands of the clock."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notebook.db"


@pytest.fixture
def notebook(path: Path, clock: Hands) -> Iterator[Notebook]:
    notebook = Notebook(Store(path), clock, UTC)
    yield notebook
    notebook.close()


@pytest.fixture
def add(notebook: Notebook) -> Callable[..., int]:
    """Adds a person by hand and gives the id."""

    def adding(name: str, bio: str = "", **fields: object) -> int:
        (person,) = notebook.add_person(name, bio, **fields).added  # type: ignore[arg-type]
        return person

    return adding


@pytest.fixture
def batch() -> Callable[..., Batch]:
    """A batch of LinkedIn connections: each person is a dict of fields, with a name at least."""

    def making(
        *people: dict[str, object], network: Network = Network.LINKEDIN, skipped: tuple[Problem, ...] = ()
    ) -> Batch:
        incoming = tuple(
            Incoming(**{"row": row, "network": network, "key": str(fields["name"]).lower(), **fields})  # type: ignore[arg-type]
            for row, fields in enumerate(people, 2)
        )
        return Batch("LinkedIn connections", network, "Connections.csv", incoming, skipped, whole=frozenset({network}))

    return making
