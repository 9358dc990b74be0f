"""Reading interests: a bio of the usual length, one of 2,000 characters, and the lists themselves.

The goals: 0.3 ms for a usual bio, 2 ms (p99) for one of 2,000 characters. The yardstick is cutting the same text into tokens.
"""

import gc
import itertools
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from warmnote.model import Person
from warmnote.prompts import InterestReader, interests
from warmnote.prompts._words import read
from warmnote.resources import resources

from .conftest import median, percentile

BIOS = [
    bio["text"]
    for path in sorted((Path(__file__).parents[1] / "unit" / "prompts" / "bios").glob("*.toml"))
    for bio in tomllib.loads(path.read_text(encoding="utf-8"))["bio"]
]
USUAL = [bio for bio in BIOS if 120 <= len(bio) <= 220]


def _long() -> list[str]:
    text = " ".join(bio for bio in BIOS if len(bio) > 100) * 2
    return [text[start : start + 2000] for start in range(0, 2000, 100)]


def timed(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - begun)


@pytest.mark.parametrize(("what", "texts", "goal"), [("a usual bio", USUAL, 0.3), ("2,000 characters", _long(), 2.0)])
def test_reading_a_bio(benchmark, note, what: str, texts: list[str], goal: float):
    people = itertools.cycle(Person(1, "Somebody", bio=text) for text in texts)
    for _ in texts:
        interests(next(people))
    times: list[float] = []
    benchmark.pedantic(lambda: times.append(timed(lambda: interests(next(people)))), rounds=400)
    tokens = [timed(lambda text=text: read(text)) for text in texts * 5]
    note(f"interests of {what}: median", median(times), goal=goal, beside=median(tokens))
    note(f"interests of {what}: p99", percentile(times, 0.99), goal=goal)
    assert median(times) < goal * 10


def test_reading_the_lists(benchmark, note):
    gc.collect()
    gc.freeze()  # the tests' own objects are not looked through again and again
    times: list[float] = []
    benchmark.pedantic(lambda: times.append(timed(InterestReader.load)), rounds=15)
    parsed = [
        timed(lambda: [tomllib.loads(path.read_text(encoding="utf-8")) for path in resources("interests", ".toml")])
        for _ in range(15)
    ]
    note("the lists of interests read", median(times), beside=median(parsed), goal=50)
    gc.unfreeze()
    assert median(times) < 500
