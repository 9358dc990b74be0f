"""The readers on real shapes, kept beside the checkout and not in it."""

import os
from pathlib import Path

import pytest

from warmnote import followers
from warmnote.model import Expected, Network

SHARED = Path(os.environ.get("WARMNOTE_SHARED") or Path(__file__).parents[4] / "shared")
SAMPLES = SHARED / "samples"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="no sample exports beside the checkout (WARMNOTE_SHARED)")


def answer(path: Path) -> object:
    """Something that is not empty, be it people or what to do."""
    try:
        batch = followers.read(path)
    except Expected as told:
        return told.hint
    return batch.people or batch.skipped or batch.notes


def test_linkedins_connections():
    batch = followers.read(SAMPLES / "linkedin" / "Connections.csv")
    assert (len(batch.people), batch.skipped, batch.problems, batch.notes) == (120, (), (), ())
    assert all(person.followed_on and person.key.startswith("/in/") for person in batch.people)
    export = followers.read(SAMPLES / "linkedin")
    assert [person.key for person in export.people[:120]] == [person.key for person in batch.people]
    assert sum(bool(person.facts) for person in export.people) == 13
    assert all(person.only_known or person.follows for person in export.people)
    assert sum(bool(person.messages) for person in export.people[:120]) >= 11


def test_xs_followers():
    batch = followers.read(SAMPLES / "x" / "follower.js")
    assert [person.key for person in batch.people][:2] == ["1432874569021935616", "98765432"]
    assert (len(batch.people), batch.skipped, batch.problems) == (5, (), ())


def test_instagrams_followers():
    batch = followers.read(SAMPLES / "instagram" / "followers_1.json")
    assert (len(batch.people), batch.skipped, batch.problems) == (8, (), ())
    assert all(person.followed_on and person.network is Network.INSTAGRAM for person in batch.people)
    assert followers.read(SAMPLES / "instagram").people == batch.people
    with pytest.raises(Expected, match="the accounts that you follow"):
        followers.read(SAMPLES / "instagram" / "following.json")


def test_tiktoks_followers():
    batch = followers.read(SAMPLES / "tiktok" / "user_data_tiktok.json")
    assert (len(batch.people), batch.skipped, batch.problems) == (5, (), ())
    assert all(person.followed_on and person.network is Network.TIKTOK for person in batch.people)


def test_every_other_sample_gives_rows_or_a_reason():
    checked = 0
    for path in sorted(SAMPLES.rglob("*")):
        if path.name == "Connections.csv" or not path.is_file():
            continue
        checked += 1
        assert answer(path), path
    assert checked > 50
