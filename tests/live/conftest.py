"""A real Bluesky network on this machine, started by `dev.py test --live`; without it nothing here is collected."""

import json
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from warmnote import cli
from warmnote.notebook import Notebook, Store, View

T = TypeVar("T")

collect_ignore_glob = [] if os.environ.get("WARMNOTE_LIVE") else ["*"]

_PATIENCE = 20.0


class Somebody:
    """An account on the network, with its password."""

    def __init__(self, network: "Bluesky", handle: str, did: str, token: str) -> None:
        self.network = network
        self.handle = handle
        self.did = did
        self.token = token

    def do(self, method: str, **values: Any) -> dict[str, Any]:
        """Call a procedure of the PDS as this account."""
        return self.network.call(method, values, self.token)

    def record(self, collection: str, rkey: str | None = None, **values: Any) -> None:
        where = {"repo": self.did, "collection": collection}
        record = {"$type": collection, "createdAt": _written(datetime.now(UTC)), **values}
        if rkey is None:
            self.do("com.atproto.repo.createRecord", **where, record=record)
        else:
            self.do("com.atproto.repo.putRecord", **where, rkey=rkey, record=record)

    def follow(self, did: str, at: datetime | None = None) -> None:
        self.record("app.bsky.graph.follow", subject=did, createdAt=_written(at or datetime.now(UTC)))

    def show(self, name: str, bio: str = "", **values: Any) -> None:
        """Write the profile."""
        self.record("app.bsky.actor.profile", "self", displayName=name, description=bio, **values)


class Bluesky:
    """The network: its main account, whose followers are synced, and everybody else."""

    def __init__(self, info: dict[str, Any]) -> None:
        self.appview = str(info["appview"])
        self.main = str(info["main"]["did"])
        self.handle = str(info["main"]["handle"])
        self.seeded = len(info["followers"])
        self._pds = str(info["pds"])
        self._password = str(info["password"])
        self._seeded = {entry["handle"]: entry["did"] for entry in info["followers"]}
        self._made = 0

    def call(self, method: str, values: dict[str, Any], token: str = "") -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        # deactivateAccount and the like want a body of their own or none at all
        answer = httpx.post(
            f"{self._pds}/xrpc/{method}", json=values or None, headers=headers, timeout=60, trust_env=False
        )
        assert answer.status_code == 200, f"{method}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else {}

    def seeded_follower(self, handle: str) -> Somebody:
        """One of those who follow from the beginning."""
        session = self.call("com.atproto.server.createSession", {"identifier": handle, "password": self._password})
        return Somebody(self, handle, self._seeded[handle], session["accessJwt"])

    def newcomer(self, name: str = "", bio: str = "") -> Somebody:
        """A new account that follows nobody yet."""
        self._made += 1
        handle = f"new{os.getpid() % 10_000}x{self._made}.test"
        made = self.call(
            "com.atproto.server.createAccount",
            {"handle": handle, "email": f"{handle}@example.test", "password": self._password},
        )
        somebody = Somebody(self, handle, made["did"], made["accessJwt"])
        if name:
            somebody.show(name, bio)
        return somebody

    def shown(self) -> dict[str, dict[str, Any]]:
        """Whom the AppView shows as followers now, by DID."""
        found: dict[str, dict[str, Any]] = {}
        cursor = ""
        while True:
            query = {"actor": self.main, "limit": "100"} | ({"cursor": cursor} if cursor else {})
            answer = httpx.get(
                f"{self.appview}/xrpc/app.bsky.graph.getFollowers", params=query, timeout=60, trust_env=False
            ).json()
            found |= {entry["did"]: entry for entry in answer["followers"]}
            cursor = answer.get("cursor", "")
            if not cursor:
                return found

    def await_shown(self, look: Callable[[dict[str, dict[str, Any]]], T], what: str) -> T:
        """Wait until the AppView has caught up with the PDS."""
        until = time.monotonic() + _PATIENCE
        while not (found := look(self.shown())):
            if time.monotonic() > until:
                pytest.fail(f"the network did not show {what} in {_PATIENCE:.0f} s")
            time.sleep(0.2)
        return found


class Desk:
    """A notebook that is filled by the command line and looked into from here."""

    def __init__(self, folder: Path, bluesky: Bluesky, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder = folder
        self._bluesky = bluesky
        self._capsys = capsys
        self.notebook: Notebook | None = None

    def sync(self, *more: str) -> dict[str, Any]:
        """`warmnote sync bluesky`, as it is typed; gives its JSON."""
        self._capsys.readouterr()
        status = cli.run(
            [
                *("sync", "bluesky", self._bluesky.handle, "--base-url", self._bluesky.appview),
                *("--json", "--data-dir", str(self._folder), *more),
            ]
        )
        out, err = self._capsys.readouterr()
        assert status == 0, err
        return json.loads(out)

    def open(self) -> Notebook:
        if self.notebook is None:
            self.notebook = Notebook(Store(self._folder / "warmnote.db", read_only=True), lambda: datetime.now(UTC))
        return self.notebook

    def person(self, did: str) -> Any:
        """Everything the notebook holds of an account's owner."""
        notebook = self.open()
        for number in notebook.person_ids(View.ALL):
            opened = notebook.open_person(number)
            if any(identity.key == did for identity in opened.person.identities):
                return opened
        pytest.fail(f"{did} is not in the notebook")

    def new(self) -> set[str]:
        """The keys of those who stand in the view New."""
        notebook = self.open()
        ids = notebook.person_ids(View.NEW)
        return {identity.key for number in ids for identity in notebook.open_person(number).person.identities}


@pytest.fixture(scope="session")
def bluesky() -> Bluesky:
    return Bluesky(json.loads(Path(os.environ["WARMNOTE_LIVE"]).read_text("utf-8")))


@pytest.fixture
def desk(tmp_path: Path, bluesky: Bluesky, capsys: pytest.CaptureFixture[str]) -> Iterator[Desk]:
    desk = Desk(tmp_path, bluesky, capsys)
    yield desk
    if desk.notebook is not None:
        desk.notebook.close()


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
