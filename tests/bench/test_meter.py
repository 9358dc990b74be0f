"""The meter by itself: a letter it has never seen, the same letter a key later, and loading the rules.

The yardstick is Python's own `re` finding the words of the same text, in the same run.
"""

import random
import re
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from warmnote.coldness import Meter

from .conftest import median, percentile

_WORD = re.compile(r"[^\W_]+")
SENTENCES = (
    "Hi Ana, thanks for following!",
    "I saw your kiln cracked mid-firing, that must have stung.",
    "Were you able to save any of the pieces?",
    "I’d love to send you my free report on how I doubled my income selling crafts online: bit.ly/5figures 😀",
    "Let me know before Friday, seats are going fast.",
    "How did the second glaze turn out?",
    "We help studios like yours scale to six figures without burning out.",
    "My sister throws pots too, so I know how long a firing takes.",
    "Are you open to a quick 15-minute call next week?",
    "Just circling back on my last message, in case it slipped through the cracks.",
    "The blue one with the runny rim is my favourite.",
    "As a fellow entrepreneur, I was blown away by your game-changing work.",
    "No hurry with an answer.",
    "What are you working on now?",
)


@pytest.fixture(scope="module")
def meter() -> Meter:
    return Meter.load()


def letter(characters: int, seed: int) -> str:
    """Sentences in an order of their own with a number in each, so that no two letters share one."""
    chance = random.Random(seed)
    parts: list[str] = []
    while sum(map(len, parts)) < characters:
        parts.append(f"{chance.choice(SENTENCES)[:-1]} {chance.randrange(10**6)}{chance.choice('.!?')} ")
        if chance.random() < 0.25:
            parts.append("\n\n")
    return "".join(parts)[:characters]


def timed(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - begun)


@pytest.mark.parametrize(
    ("characters", "rounds", "goal", "goal_p99", "goal_later"),
    [(280, 200, 0.5, 2, 4), (2_000, 60, 2, None, 16), (20_000, 8, None, None, None)],
)
def test_reading(benchmark, note, meter: Meter, characters: int, rounds: int, goal, goal_p99, goal_later):
    seen: list[float] = []
    later: list[float] = []
    words: list[float] = []
    seeds = iter(range(rounds + 1))
    # The expressions are compiled when first wanted: once in the program's life, not once a letter.
    for sentence in SENTENCES:
        meter.read(sentence)

    def one() -> None:
        text = letter(characters, next(seeds))
        words.append(timed(lambda: _WORD.findall(text)))
        seen.append(timed(lambda: meter.read(text)))
        # A key in the last sentence: what was found in the others may be kept.
        later.append(timed(lambda: meter.read(text + "x")))

    benchmark.pedantic(one, rounds=rounds, warmup_rounds=1)
    note(f"meter, {characters:,} characters never seen", median(seen), beside=median(words), goal=goal)
    note(f"meter, {characters:,} characters never seen, p99", percentile(seen, 0.99), goal=goal_p99)
    note(f"meter, {characters:,} characters a key later", median(later), beside=median(words))
    note(f"meter, {characters:,} characters a key later, p99", percentile(later, 0.99), goal=goal_later)
    # The writer must never wait for a second, whatever the machine.
    assert median(later) < 1000


def test_loading(benchmark, note):
    """In a process of its own each time: what a second loading would find ready is not there at the start."""
    code = "import time; from warmnote.coldness import Meter; t = time.perf_counter(); Meter.load(); print(time.perf_counter() - t)"
    times: list[float] = []

    def load() -> None:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
        times.append(1000 * float(done.stdout))

    benchmark.pedantic(load, rounds=5)
    note("meter, loading its rules", median(times))
    assert median(times) < 5000
