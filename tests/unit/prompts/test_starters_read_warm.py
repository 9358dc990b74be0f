"""Every starter that ships, finished by a decent person, reads warm."""

import re

import pytest

from warmnote.coldness import About, Band, Meter
from warmnote.model import Stage
from warmnote.prompts import Starter, blanks, read_starters
from warmnote.prompts.packs import read_pack
from warmnote.resources import resource

METER = Meter.load()
PACKS = [read_pack(path, shipped=True) for path in sorted(resource("packs").glob("*.toml"))]
ENGLISH = [*read_starters(), *(starter for pack in PACKS if pack.language == "en" for starter in pack.starters)]
ALL = [*read_starters(), *(starter for pack in PACKS for starter in pack.starters)]
SEEN = ("Your profile mentions", "You posted about", "You mentioned")


def finish(starter: Starter, **fields: str) -> str:
    """The starter as its example fills it, blanks and all."""
    text = starter.fill({**starter.example, **fields})
    return re.sub("⟦([^⟦⟧]*)⟧", lambda hint: starter.example[hint[1]], text)


def about(starter: Starter, stage: int) -> About:
    """Nothing is told of the person: what reads warm to a meter that knows nobody reads warm to one that does."""
    return About(stage=Stage(stage), asked=True if starter.kind == "about_my_work" else None)


@pytest.mark.parametrize("starter", ENGLISH, ids=lambda starter: starter.id)
def test_filled_it_reads_warm_at_every_stage_it_is_offered_at(starter: Starter) -> None:
    text = finish(starter)
    assert not blanks(text)
    for stage in range(starter.min_stage, starter.max_stage + 1):
        reading = METER.read(text, about(starter, stage))
        assert reading.band is Band.WARM, (stage, [(f.rule, text[f.start : f.end]) for f in reading.findings])


@pytest.mark.parametrize("starter", [s for s in ENGLISH if "seen" in s.needs], ids=lambda starter: starter.id)
@pytest.mark.parametrize("seen", SEEN)
def test_it_reads_warm_wherever_it_was_seen(starter: Starter, seen: str) -> None:
    text = finish(starter, seen=seen)
    reading = METER.read(text, about(starter, starter.min_stage))
    assert reading.band is Band.WARM, [(f.rule, text[f.start : f.end]) for f in reading.findings]


@pytest.mark.parametrize("starter", ALL, ids=lambda starter: starter.id)
def test_a_blank_that_is_left_is_seen_and_a_filled_one_is_gone(starter: Starter) -> None:
    unfinished = starter.fill(starter.example)
    assert len(blanks(unfinished)) == starter.text.count("⟦")
    assert not blanks(finish(starter))
