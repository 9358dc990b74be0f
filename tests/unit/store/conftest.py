"""A store in a folder of its own, and a hand to write with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from warmnote.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notebook.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path)
    yield store
    store.close()
