"""What was sent to others, among 100,000 letters: looking a draft up, logging a letter, indexing an old notebook.

The letters vary as letters do: common turns of phrase beside words that are rare, whole stock sentences in 8,000 of them,
and one template that went to 5,000 people with the name and the trade changed in two of its sentences. The goal: a draft
looked up in 30 ms (p95), on a connection of its own as the window does it. The yardstick is reading all letters and
comparing them.
"""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from warmnote.coldness.sameness import Sent
from warmnote.notebook import Notebook, Store

from .conftest import clock, make_book, median, percentile

LETTERS = 100_000
PEOPLE = 40_000
TEMPLATED = 5_000
COMMON = (
    "I hope you are having a good week|thank you for following me|I was wondering whether you|have you ever been to|"
    "looking forward to hearing from you|let me know what you think|it was lovely to read about|I have been meaning to ask|"
    "how did you get started with|what do you think of|the other day I saw|my sister and I went to|in the middle of the|"
    "at the end of the|a couple of weeks ago|I would love to hear|do you know if there is|that must have been|"
    "one of my favourite|for a long time now|you said that you were|I did not know that|if you ever need a hand with|"
    "we are thinking of|have a lovely weekend with|on the way back from|as far as I can tell|it took me years to"
).split("|")
JOINTS = (
    "and with for from about near before after while because so but of the a my your this that every old new".split()
)
TEMPLATE = (
    "Hi {name}, thank you for following along. I have spent the last ten years helping {trade} find the customers they"
    " deserve. Most of the people I talk to are tired of shouting into the void every single day. Last month one of our"
    " clients doubled their bookings without spending a penny on adverts. I recorded a short film that shows exactly how"
    " she did it, step by step. Would it be all right if I sent the film over, {name}, so that you can see whether it fits"
    " the way {trade} work? There is nothing to buy and nothing to sign at the end of it. Either way I wish you a"
    " wonderful season and a full diary."
)


def _words(count: int) -> list[str]:
    chance = random.Random(1)
    syllables = [a + b for a in "b c d f g k l m n p r s t v st tr gr ch".split() for b in "a e i o u ar en ol".split()]
    return ["".join(chance.choices(syllables, k=chance.choice((2, 2, 3)))) for _ in range(count)]


class Letters:
    """Makes letters up; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._words = _words(12_000)
        self._stock = [self._sentence() for _ in range(40)]

    def _sentence(self) -> str:
        chance = self._chance
        parts = [chance.choice(COMMON)] if chance.random() < 0.6 else []
        for _ in range(chance.randrange(3, 9)):
            # Few words are used often and most of them seldom, as in any language.
            parts.append(self._words[int(len(self._words) * chance.random() ** 3)])
            if chance.random() < 0.6:
                parts.append(chance.choice(JOINTS))
        return " ".join(parts).capitalize() + chance.choice("..?!")

    def letter(self, characters: int) -> str:
        parts = [f"Hi {self._words[self._chance.randrange(400)].title()},"]
        stock = self._chance.random() < 0.08
        while sum(map(len, parts)) < characters:
            parts.append(self._chance.choice(self._stock) if stock else self._sentence())
        return " ".join(parts)

    def templated(self) -> str:
        name, trade = self._chance.choices(self._words, k=2)
        return TEMPLATE.format(name=name.title(), trade=trade)

    def of_a_life(self) -> list[str]:
        letters = [
            self.letter(self._chance.choice((80, 150, 200, 280, 280, 400, 600))) for _ in range(LETTERS - TEMPLATED)
        ]
        letters += [self.templated() for _ in range(TEMPLATED)]
        self._chance.shuffle(letters)
        return letters


def write(path: Path, letters: list[str]) -> None:
    """Puts the letters into the file behind the notebook's back: as they stand in one that was just upgraded."""
    store = Store(path)
    chance = random.Random(2)
    with store._db.transaction():
        store._db.run_many(
            "insert into messages (person, kind, text, at) values (?, 'sent', ?, ?)",
            ((chance.randrange(1, PEOPLE + 1), text, number) for number, text in enumerate(letters)),
        )
    store.close()


def timed(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - begun)


def bytes_of(path: Path) -> int:
    return sum(file.stat().st_size for file in path.parent.glob(path.name + "*"))


@pytest.fixture(scope="module")
def letters() -> Letters:
    return Letters(0)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory, letters: Letters) -> tuple[Path, list[float], float]:
    """A notebook whose letters are all indexed, how long each piece took (ms), and what the index weighs (MiB)."""
    path = tmp_path_factory.mktemp("sent") / "warmnote.db"
    make_book(path, PEOPLE)
    write(path, letters.of_a_life())
    before = bytes_of(path)
    notebook = Notebook(Store(path), clock)
    pieces: list[float] = []
    while notebook.is_indexing():
        pieces.append(timed(notebook.index_sent))
    notebook.close()
    return path, pieces, (bytes_of(path) - before) / 2**20


def test_indexing_an_old_notebook(benchmark, note, indexed):
    path, pieces, mib = indexed
    benchmark.pedantic(lambda: None, rounds=1)
    note(f"index {LETTERS:,} letters sent, in pieces", sum(pieces))
    note("... the longest piece", max(pieces))
    note("... on the disk, beside all else", mib, unit="MiB", beside=path.stat().st_size / 2**20 - mib)
    assert sum(pieces) < 300_000


def drafts(letters: Letters, kind: str, count: int) -> list[str]:
    made: list[str] = []
    for _ in range(count):
        match kind:
            case "280 characters":
                made.append(letters.letter(280))
            case "2,000 characters":
                made.append(letters.letter(2_000))
            case "the template":
                made.append(letters.templated())
            case _:
                made.append(f"{letters.templated()} {letters.letter(1_400)}")
    return made


@pytest.mark.parametrize(
    "kind", ["280 characters", "2,000 characters", "the template", "2,000 characters with the template"]
)
def test_looking_a_draft_up(benchmark, note, indexed, letters: Letters, kind: str):
    path, _, _ = indexed
    times: list[float] = []
    texts = iter(drafts(letters, kind, 61))
    open_already = Store(path, read_only=True)  # the window has: whoever comes first looks through the file

    def look() -> None:
        text = next(texts)

        def ask() -> None:
            notebook = Notebook(Store(path, read_only=True), clock)
            notebook.sent_like(1, text)
            notebook.close()

        times.append(timed(ask))

    benchmark.pedantic(look, rounds=60, warmup_rounds=1)
    open_already.close()
    note(f"{kind} looked up among {LETTERS:,}: median", median(times))
    note(f"{kind} looked up among {LETTERS:,}: p95", percentile(times, 0.95), goal=30)
    assert percentile(times, 0.95) < 30 * 10


def test_against_reading_them_all(benchmark, note, indexed, letters: Letters):
    """What the same answer takes without an index; and that it is the same answer."""
    path, _, _ = indexed
    text = letters.letter(280)
    store = Store(path, read_only=True)
    sentences = text.split(". ")
    answers: list[list[int]] = []

    def read_all() -> None:
        sent = Sent(store._db.rows("select person, text from messages where kind = 'sent' and person != 1"))
        answers.append([sent.people(sentence) for sentence in sentences])

    taken = timed(read_all)
    benchmark.pedantic(lambda: None, rounds=1)
    notebook = Notebook(store, clock)
    looked_up: list[Sent] = []
    quick = timed(lambda: looked_up.append(notebook.sent_like(1, text)))
    note("280 characters looked up, beside reading all", quick, beside=taken)
    whole = Sent(store._db.rows("select person, text from messages where kind = 'sent' and person != 1"))
    assert whole.people(text) == looked_up[0].people(text)
    notebook.close()
    assert quick < taken


@pytest.mark.parametrize("characters", [280, 2_000])
def test_logging_a_letter(benchmark, note, indexed, letters: Letters, characters: int):
    path, _, _ = indexed
    notebook = Notebook(Store(path), clock)
    bare = Notebook(Store(path), clock)
    bare._store.sent.cut_by(lambda text: ())
    times: list[float] = []
    without: list[float] = []

    def log() -> None:
        text = letters.letter(characters)
        times.append(timed(lambda: notebook.log_sent(7, text, "email")))
        without.append(timed(lambda: bare.log_sent(7, text, "email")))

    benchmark.pedantic(log, rounds=40, warmup_rounds=1)
    notebook.close()
    bare.close()
    note(
        f"a letter of {characters:,} characters logged, with and without the index",
        median(times),
        beside=median(without),
    )
    assert median(times) < 1000
