"""The figures of the coldness meter as one table: `python tests/corpus/measure.py` (`--worst` names what it gets wrong).

Two corpora stand beside this file, written by two people who did not see the rules. The rules may be tuned on `part_a`;
`part_b` is held out: its texts are not printed, here or anywhere. `near_misses` are trades in unlisted words, and warm letters
that talk of a trade, by the author of the rules. Where the folder of other people's messages is at hand
(`WARMNOTE_SHARED`, or `shared` beside the checkout), its development half is measured too, and by whole sources.

Thresholds are fixed: a message counts as cold from 50. Messages of later stages are judged apart, since an offer to a
friend is meant to read mild.
"""

import json
import os
import statistics
import sys
import time
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warmnote.coldness import About, Meter, Reading
from warmnote.model import Fact, Stage

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("WARMNOTE_SHARED") or Path(__file__).parents[3] / "shared") / "corpus"
THRESHOLD = 50


@dataclass(slots=True)
class Case:
    """One labelled message and what the meter makes of it."""

    id: str
    text: str
    cold: bool
    hard: bool
    about: About
    source: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    reading: Reading | None = None
    seconds: float = 0.0

    @property
    def score(self) -> int:
        """The coldness; a message too short for one counts as 0."""
        return (self.reading and self.reading.coldness) or 0

    @property
    def marks(self) -> list[tuple[int, int]]:
        """The marked stretches."""
        return [(item.start, item.end) for item in self.reading.findings if item.end] if self.reading else []


def about(row: dict[str, Any]) -> About:
    """What a row says of the person and of what went before."""
    person: dict[str, Any] = row.get("person") or {}
    facts = tuple(
        Fact("note", fact) if isinstance(fact, str) else Fact(fact.get("kind", "note"), fact["text"])
        for fact in person.get("facts", ())
    )
    return About(
        stage=Stage[row.get("stage", "first_touch").upper()], asked=row.get("asked"), their_last=row.get("their_last", ""),
        name=person.get("name", ""), bio=person.get("bio", ""), location=person.get("location", ""), facts=facts,
        posts=tuple(person.get("posts", ())), sent_to_others=tuple(row.get("sent_to_others", ())),
    )  # fmt: skip


def load(path: Path) -> list[Case]:
    """The cases of a file of labelled messages, one JSON object a line."""
    return [
        Case(
            row["id"],
            row["text"],
            row["label"] == "cold",
            bool(row.get("hard", str(row.get("note", "")).startswith("hard_"))),
            about(row),
            str(row.get("source", path.stem)),
            [(start, end) for start, end in row.get("spans", ())],
        )
        for row in map(json.loads, path.read_text("utf-8").splitlines())
    ]


def read(meter: Meter, cases: Iterable[Case]) -> list[Case]:
    """Let the meter read every case."""
    cases = list(cases)
    for case in cases:
        started = time.perf_counter()
        case.reading = meter.read(case.text, case.about)
        case.seconds = time.perf_counter() - started
    return cases


def share(cases: Sequence[Case]) -> float:
    """How many of the cases read as cold, from 0 to 1."""
    return sum(case.score >= THRESHOLD for case in cases) / len(cases) if cases else float("nan")


def auc(cold: Sequence[Case], warm: Sequence[Case]) -> float:
    """How often a cold message reads colder than a warm one; ties count half."""
    scores = sorted(case.score for case in warm)
    wins = sum(bisect_left(scores, case.score) + bisect_right(scores, case.score) for case in cold)
    return wins / 2 / len(cold) / len(scores) if cold and scores else float("nan")


def figures(cases: Sequence[Case]) -> dict[str, float]:
    """Every measure of one set of first letters."""
    cold, warm = [case for case in cases if case.cold], [case for case in cases if not case.cold]
    hard_cold, hard_warm = [case for case in cold if case.hard], [case for case in warm if case.hard]
    caught, alarms = sum(case.score >= THRESHOLD for case in cold), sum(case.score >= THRESHOLD for case in warm)
    marked = [case for case in cold if case.spans]
    spans = [(case, span) for case in marked for span in case.spans]
    marks = [(case, mark) for case in marked for mark in case.marks]
    times = sorted(case.seconds * 1000 for case in cases)
    nan = float("nan")
    return {
        "messages": len(cases),
        "AUC": auc(cold, warm),
        "AUC, hard against hard": auc(hard_cold, hard_warm),
        "F1 at 50": 2 * caught / (caught + alarms + len(cold)) if cold else nan,
        "recall": share(cold),
        "recall, hard": share(hard_cold),
        "false alarms": share(warm),
        "false alarms, hard": share(hard_warm),
        "marked stretches found": sum(_meets(span, case.marks) for case, span in spans) / len(spans) if spans else nan,
        "marks that are right": sum(_meets(mark, case.spans) for case, mark in marks) / len(marks) if marks else nan,
        "marks per warm message": sum(len(case.marks) for case in warm) / len(warm) if warm else nan,
        "ms per message, median": statistics.median(times),
        "ms per message, p99": times[int(len(times) * 0.99)],
    }


def _meets(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def by_source(cases: Sequence[Case]) -> dict[str, float]:
    """The same with each source counting once, however many messages it gave; and the worst of them."""
    sources: dict[tuple[str, bool], list[Case]] = defaultdict(list)
    for case in cases:
        sources[case.source, case.cold].append(case)
    recalls = [share(group) for (_, cold), group in sources.items() if cold]
    alarms = [share(group) for (_, cold), group in sources.items() if not cold]
    return {
        "sources": len({source for source, _ in sources}),
        "recall, mean of sources": statistics.mean(recalls) if recalls else float("nan"),
        "false alarms, mean of sources": statistics.mean(alarms) if alarms else float("nan"),
        "sources with a false alarm": sum(alarm > 0 for alarm in alarms),
    }


def sets() -> dict[str, list[Case]]:
    """Every corpus that is at hand, by name; later stages apart."""
    found: dict[str, list[Case]] = {}
    for name in ("part_a", "part_b", "near_misses"):
        cases = load(HERE / f"{name}.jsonl")
        found[name] = [case for case in cases if case.about.stage is Stage.FIRST_TOUCH]
        if later := [case for case in cases if case.about.stage is not Stage.FIRST_TOUCH]:
            found[f"{name}, later"] = later
    for name in ("dm_dev", "dm_dev_obfuscated", "bulk_dev"):
        if (SHARED / f"{name}.jsonl").exists():
            found[name] = load(SHARED / f"{name}.jsonl")
    spans = SHARED / "dm_dev_spans.jsonl"
    if "dm_dev" in found and spans.exists():
        marked = {row["id"]: row["spans"] for row in map(json.loads, spans.read_text("utf-8").splitlines())}
        for case in found["dm_dev"]:
            case.spans = [(start, end) for start, end in marked.get(case.id, ())]
    return found


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    meter = Meter.load()
    table: dict[str, dict[str, float]] = {}
    for name, cases in sets().items():
        read(meter, cases)  # once to warm up: expressions are compiled when first wanted
        table[name] = figures(read(meter, cases))
        if name in {"dm_dev", "bulk_dev"}:
            table[name] |= by_source(cases)
        if "--worst" in arguments and not name.startswith("part_b"):
            for case in cases:
                if (case.score >= THRESHOLD) is not case.cold:
                    print(f"{name} {case.id}: {'cold' if case.cold else 'warm'}, reads {case.score}", file=sys.stderr)
    measures = list(dict.fromkeys(measure for column in table.values() for measure in column))
    widths = [max(len(name), 8) for name in table]
    print(f"{'':32}" + "  ".join(f"{name:>{width}}" for name, width in zip(table, widths, strict=True)))
    for measure in measures:
        cells = [f"{_cell(column.get(measure)):>{width}}" for column, width in zip(table.values(), widths, strict=True)]
        print(f"{measure:32}" + "  ".join(cells))


def _cell(value: float | None) -> str:
    if value is None or value != value:
        return "."
    return str(value) if isinstance(value, int) else f"{value:.3f}"


if __name__ == "__main__":
    main(sys.argv[1:])
