"""A Bluesky and a Mastodon that answer from memory, and errands to them."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from warmnote.networks import Manners
from warmnote.ui.networks.errands import Errands


class Server:
    """Answers for every network; `followers` are the handles of Bluesky's, newest first."""

    def __init__(self) -> None:
        self.followers = ["ana.test", "tunde.test", "will.test"]
        self.asked: list[str] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.gate = threading.Event()
        self.gate.set()
        self.private: set[str] = set()
        self.tokens: list[str] = []
        self.hidden = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if request.url.path.endswith("/followers"):
            self.tokens.append(request.headers.get("authorization", ""))
        if not self.gate.is_set():
            # The client asks again whether to stop while it waits to be let in.
            return httpx.Response(429, headers={"retry-after": "30"}, json={})
        if self.status != 200:
            return httpx.Response(self.status, headers=self.headers, json={})
        return httpx.Response(200, json=self._answer(request))

    def _answer(self, request: httpx.Request) -> Any:
        path, query = request.url.path, request.url.params
        if path.endswith("getFollowers"):
            return {"subject": {"did": "did:plc:me"}, "followers": [self.person(one) for one in self.followers]}
        if path.endswith("getProfiles"):
            asked = query.get_list("actors")
            return {"profiles": [one for one in map(self.person, self.followers) if one["did"] in asked]}
        if path.endswith("getAuthorFeed"):
            post = {"text": "The kiln is warm", "createdAt": "2026-11-22T10:00:00Z"}
            return {"feed": [{"post": {"author": {"did": query["actor"]}, "record": post}}]}
        if path.endswith("accounts/lookup"):
            return {"id": "1", "username": "me", "acct": "me", "followers_count": 1}
        if path.endswith("/followers"):
            return [] if self.hidden else [{"acct": "ana", "display_name": "Ana", "url": "https://example.org/@ana"}]
        return []

    def person(self, handle: str) -> dict[str, Any]:
        name = handle.partition(".")[0]
        labels = [{"val": "!no-unauthenticated"}] if handle in self.private else []
        return {
            "did": f"did:plc:{name}",
            "handle": handle,
            "displayName": name.title(),
            "description": f"{name} bakes",
            "labels": labels,
        }


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture(autouse=True)
def keyring_(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A keyring of this test alone."""
    import keyring

    held: dict[str, str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda _, name: held.get(name))
    monkeypatch.setattr(keyring, "set_password", lambda _, name, token: held.__setitem__(name, token))
    monkeypatch.setattr(keyring, "delete_password", lambda _, name: held.pop(name))
    return held


@pytest.fixture
def errands(desk, server: Server, tmp_path: Path) -> Iterator[Errands]:
    manners = Manners(transport=httpx.MockTransport(server), first_pause=0.01, tries=2)
    made = Errands(desk.journal, tmp_path / "sync", manners=manners)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def press() -> Callable[[QWidget, str], None]:
    def press(within: QWidget, name: str) -> None:
        shown = [one for one in within.findChildren(QPushButton, name) if one.isVisible()]
        assert len(shown) == 1, (name, shown)
        shown[0].click()

    return press
