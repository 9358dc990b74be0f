"""The readers on real shapes, kept beside the checkout and not in it."""

import os
from pathlib import Path

import pytest

from warmnote import followers
from warmnote.model import Expected

SHARED = Path(os.environ.get("WARMNOTE_SHARED") or Path(__file__).parents[4] / "shared")
SAMPLES = SHARED / "samples"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="no sample exports beside the checkout (WARMNOTE_SHARED)")


def test_linkedins_connections():
    batch = followers.read(SAMPLES / "linkedin" / "Connections.csv")
    assert (len(batch.people), batch.skipped, batch.problems, batch.notes) == (120, (), (), ())
    assert all(person.followed_on and person.key.startswith("/in/") for person in batch.people)
    assert followers.read(SAMPLES / "linkedin").people == batch.people


def test_every_other_sample_gives_rows_or_a_reason():
    checked = 0
    for path in sorted(SAMPLES.rglob("*")):
        if path.name == "Connections.csv" or not path.is_file():
            continue
        with pytest.raises(Expected) as caught:
            followers.read(path)
        assert caught.value.hint
        checked += 1
    assert checked > 50
