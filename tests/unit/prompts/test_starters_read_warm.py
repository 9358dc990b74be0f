"""Every starter that ships, finished by a decent person, reads warm."""

import re

import pytest

from warmnote.coldness import About, Band, Meter
from warmnote.model import Stage
from warmnote.prompts import Starter, blanks, read_starters

METER = Meter.load()


@pytest.mark.parametrize("starter", read_starters(), ids=lambda starter: starter.id)
def test_filled_it_reads_warm(starter: Starter) -> None:
    text = starter.fill(starter.example)
    finished = re.sub("⟦([^⟦⟧]*)⟧", lambda hint: starter.example[hint[1]], text)
    assert not blanks(finished)
    # nothing is told of the person: what reads warm to a meter that knows nobody reads warm to one that does
    reading = METER.read(finished, About(stage=Stage(starter.min_stage)))
    assert reading.band is Band.WARM, [(f.rule, finished[f.start : f.end]) for f in reading.findings]


@pytest.mark.parametrize("starter", read_starters(), ids=lambda starter: starter.id)
def test_unfilled_it_keeps_its_blanks(starter: Starter) -> None:
    assert len(blanks(starter.fill(starter.example))) == starter.text.count("⟦")
