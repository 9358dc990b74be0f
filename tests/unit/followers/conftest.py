from collections.abc import Callable
from pathlib import Path

import pytest

from warmnote import followers
from warmnote.model import Batch, Expected


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Path]:
    """Write a file, text as UTF-8, and give its path."""

    def save(content: str | bytes, name: str = "Connections.csv") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return save


@pytest.fixture
def read(saved: Callable[..., Path]) -> Callable[..., Batch]:
    """Read a file of this content."""
    return lambda content, name="Connections.csv": followers.read(saved(content, name))


@pytest.fixture
def refused(saved: Callable[..., Path]) -> Callable[..., Expected]:
    """What is said of a file of this content."""

    def refuse(content: str | bytes, name: str = "Connections.csv") -> Expected:
        with pytest.raises(Expected) as caught:
            followers.read(saved(content, name))
        return caught.value

    return refuse
