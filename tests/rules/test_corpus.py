"""The meter on other people's messages, where they are at hand: none of them is part of this repository."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from warmnote.coldness import Meter

SHARED = Path(os.environ.get("WARMNOTE_SHARED") or Path(__file__).parents[3] / "shared") / "corpus"
OFFERS = {"pitch", "freebie", "recruit"}


def _messages(name: str) -> list[dict[str, Any]]:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not here; set WARMNOTE_SHARED to the folder that holds corpus/")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def meter() -> Meter:
    return Meter.load()


def test_the_messages_that_warmnote_exists_to_prevent_read_cold(meter: Meter) -> None:
    for message in _messages("founding_six.jsonl"):
        reading = meter.read(message["text"])
        marked = {finding.category for finding in reading.findings if finding.end}
        assert reading.coldness is not None
        assert reading.coldness >= 65, message["id"]
        assert "link" in marked, message["id"]
        assert marked & OFFERS, message["id"]
        if "opportunity" in message["text"]:
            assert "hype" in marked, message["id"]


def _share_at_50(meter: Meter, messages: list[dict[str, Any]]) -> float:
    return sum((meter.read(message["text"]).coldness or 0) >= 50 for message in messages) / len(messages)


def test_first_messages_are_told_apart(meter: Meter) -> None:
    messages = _messages("dm_dev.jsonl")
    warm = [message for message in messages if message["label"] == "warm"]
    hard = [message for message in messages if message["note"] == "hard_positive"]
    assert _share_at_50(meter, warm) <= 0.016
    assert _share_at_50(meter, hard) >= 0.9


def test_disguises_are_seen_through(meter: Meter) -> None:
    assert _share_at_50(meter, _messages("dm_dev_obfuscated.jsonl")) >= 0.9
