"""Recorded answers of real servers, kept beside the checkout and not in it."""

import json
import os
from pathlib import Path

import httpx
import pytest

from warmnote.model import Expected, Identity, Network

SHARED = Path(os.environ.get("WARMNOTE_SHARED") or Path(__file__).parents[4] / "shared")
RECORDED = SHARED / "samples" / "bluesky-recorded"

pytestmark = pytest.mark.skipif(
    not RECORDED.is_dir(), reason="no recorded answers beside the checkout (WARMNOTE_SHARED)"
)


def recorded(name):
    found = json.loads((RECORDED / f"{name}.json").read_text("utf-8"))
    body = json.dumps(found["json"]).encode() if "json" in found else found.get("text", "").encode()
    kept = {k: v for k, v in found["headers"].items() if k.lower() not in ("content-length", "connection")}
    return httpx.Response(found["status"], content=body, headers=kept)


def test_the_pages_of_the_real_network(asking, server):
    pages = [recorded(f"getFollowers.limit25.page{number}") for number in (1, 2, 3)]
    cursors = ["", *(page.json()["cursor"] for page in pages[:-1])]
    made = server(lambda request: pages[cursors.index(request.url.params.get("cursor", ""))])
    synced = asking.sync(made, Network.BLUESKY, "mainacct.test")
    assert len(synced.batch.people) == 60
    assert (synced.whole, synced.batch.problems, synced.batch.skipped) == (True, (), ())
    assert {person.name for person in synced.batch.people} >= {"Follower 1", "f002.test", "Followér 7 🦋"}


@pytest.mark.parametrize("name", sorted(path.stem for path in RECORDED.glob("getFollowers.err_*")))
def test_every_recorded_refusal_is_told_in_plain_words(asking, server, name):
    with pytest.raises(Expected) as caught:
        asking.sync(server(lambda _: recorded(name)), Network.BLUESKY, "nobody.test")
    assert "@nobody.test" in caught.value.message


def test_profiles_and_posts_of_the_real_network(asking, server):
    def answer(request):
        return recorded(
            "getProfiles.with_deactivated" if "getProfiles" in request.url.path else "getAuthorFeed.posts_no_replies"
        )

    active = recorded("getProfiles.with_deactivated").json()["profiles"][0]["did"]
    people = [Identity(Network.BLUESKY, active), Identity(Network.BLUESKY, "did:plc:deactivated")]
    (batch,) = asking.look(server(answer), *people)
    assert [person.key for person in batch.people] == [active]
    assert batch.skipped[0].row == 2


@pytest.mark.parametrize("name", ["account_lookup", "notifications"])
def test_accounts_as_mastodon_gives_them(asking, server, name):
    found = json.loads((SHARED / "samples" / "mastodon" / f"{name}.json").read_text("utf-8"))
    account = found if isinstance(found, dict) else found[0]["account"]

    def answer(request):
        return account | {"followers_count": 1} if "lookup" in request.url.path else [account]

    synced = asking.sync(server(answer), Network.MASTODON, "me@example.social")
    assert [person.key for person in synced.batch.people] == [f"{account['acct']}@example.social"]


def test_a_profile_as_github_gives_it(asking, server):
    profile = json.loads((SHARED / "samples" / "github" / "user_octocat.json").read_text("utf-8"))
    (batch,) = asking.look(server(lambda _: profile), Identity(Network.GITHUB, "1", "octocat"))
    (person,) = batch.people
    assert (person.key, person.name, person.company, person.location) == (
        "1", "monalisa octocat", "GitHub", "San Francisco",
    )  # fmt: skip
