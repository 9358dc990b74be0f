"""Networks that answer from memory, and a clock that is moved by waiting."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from warmnote.model import Network
from warmnote.networks import Manners, Memory, Synced, account, look, sync


class Server:
    """Answers questions by a function, and remembers what was asked and how long everybody waited.

    The function gets the request and returns JSON, `httpx.Response` or an exception to raise.
    """

    def __init__(self, answer: Callable[[httpx.Request], Any]) -> None:
        self.answer = answer
        self.requests: list[httpx.Request] = []
        self.now = datetime(2026, 11, 24, 12, tzinfo=UTC)
        self.slept: list[float] = []
        self.said: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answered = self.answer(request)
        if isinstance(answered, Exception):
            raise answered
        return answered if isinstance(answered, httpx.Response) else httpx.Response(200, json=answered)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    @property
    def waited(self) -> float:
        return sum(self.slept)

    @property
    def paths(self) -> list[str]:
        return [request.url.raw_path.decode() for request in self.requests]

    def manners(self, **changed: Any) -> Manners:
        given: dict[str, Any] = {
            "now": lambda: self.now,
            "sleep": self.sleep,
            "chance": lambda: 0.5,
            "transport": httpx.MockTransport(self),
        }
        return Manners(**(given | changed))


class Asking:
    """Asks a server that answers from memory."""

    def __init__(self, folder: Path) -> None:
        self.memory = Memory(folder)
        self.folder = folder

    def sync(
        self, server: Server, network: Network, handle: str, known: Sequence[str] = (), *, base: str = "", **more: Any
    ) -> Synced:
        manners = server.manners(**more.pop("manners", {}))
        held = set(known)
        more.setdefault("on_status", server.said.append)
        return sync(account(network, handle, base), self.memory, lambda keys: held & set(keys), manners=manners, **more)

    def look(self, server: Server, *identities: Any, **more: Any) -> Any:
        return look(identities, self.memory, manners=server.manners(), **more)


@pytest.fixture
def asking(tmp_path: Path) -> Asking:
    return Asking(tmp_path / "sync")


@pytest.fixture
def server() -> Callable[[Callable[[httpx.Request], Any]], Server]:
    return Server


def everything(folder: Path) -> str:
    """All that lies in a folder, as one text."""
    return "\n".join(f"{path} {path.read_text('utf-8')}" for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def written(asking: Asking) -> Callable[[], str]:
    return lambda: everything(asking.folder) if asking.folder.exists() else ""
