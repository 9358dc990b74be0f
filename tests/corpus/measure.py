"""The figures of the coldness meter as tables: `python tests/corpus/measure.py`.

Each file of messages beside this one had an author of its own, who saw neither the rules nor the other files (`part_a`,
on which rules were tuned, and `near_misses`, by their author, are kept apart). Where the folder of other people's messages is
at hand (`WARMNOTE_SHARED`, or `shared` beside the checkout), its development half is measured too; there an author is a
repository.

Without an option the meter reads everything as it is shipped: its phrases were trained on these very messages, so
that table shows that nothing is broken, not how good it is. `--leave-out` trains the phrases anew for each author, without all that this
author wrote, and reads the author's messages with those: this is the honest table (it takes some minutes, and scikit-learn;
`packaging/dev.py measure` sets that up). `--worst` names what is read wrong, by id.

The threshold is fixed: a message counts as cold from 50. Messages of later stages are left aside, since an offer to a
friend is meant to read mild.
"""

import argparse
import json
import os
import statistics
import sys
import time
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from warmnote.coldness import About, Meter, Reading, meter
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
    kinds: list[str] = field(default_factory=list)  # the category of each span, where it is known
    author: str = ""  # who wrote it: what is left out as a whole
    reading: Reading | None = None
    seconds: float = 0.0

    @property
    def score(self) -> int:
        """The coldness; a message too short for one counts as 0."""
        return (self.reading and self.reading.coldness) or 0

    @property
    def bulk(self) -> bool:
        """Whether it is a short message to anybody: an SMS, a comment."""
        return self.id.startswith("bk-")

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
            [(start, end) for start, end, *_ in row.get("spans", ())],
            [kind for _, _, *kinds in row.get("spans", ()) for kind in kinds],
            str(row.get("source", path.stem)).partition("@")[0],
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


OWN = tuple(sorted(path.stem for path in HERE.glob("*.jsonl")))
TUNED_ON = frozenset({"part_a", "near_misses"})
Group = dict[str, list[Case]]


def everything() -> Group:
    """Every corpus that is at hand, whole, by name."""
    found = {name: load(HERE / f"{name}.jsonl") for name in OWN}
    for name in ("dm_dev", "bulk_dev"):
        if (SHARED / f"{name}.jsonl").exists():
            found[name] = load(SHARED / f"{name}.jsonl")
    return found


def first_letters(groups: Group) -> Group:
    """The first letters of every corpus, with the stretches that were marked by hand, and all fresh ones together."""
    firsts = {name: [case for case in cases if case.about.stage is Stage.FIRST_TOUCH] for name, cases in groups.items()}
    spans = SHARED / "dm_dev_spans.jsonl"
    if "dm_dev" in firsts and spans.exists():
        marked = {row["id"]: row["spans"] for row in map(json.loads, spans.read_text("utf-8").splitlines())}
        for case in firsts["dm_dev"]:
            case.spans = [(start, end) for start, end in marked.get(case.id, ())]
    return {"all of ours": [case for name in OWN if name not in TUNED_ON for case in firsts[name]]} | firsts


def later_letters(groups: Group) -> Group:
    """What was written after the first touch, of our own."""
    cases = [case for name in OWN for case in groups[name] if case.about.stage is not Stage.FIRST_TOUCH]
    return {"later stages": cases}


def leave_out(groups: Group) -> dict[str, Meter]:
    """A meter for each author, its phrases trained without what the author wrote. Uses every processor."""
    from train import shipped, train_without

    cases = [case for cases in (groups | shipped()).values() for case in cases]
    authors = sorted({case.author for cases in groups.values() for case in cases})
    rules = Meter.load()
    with ProcessPoolExecutor() as workers:
        trained = workers.map(partial(train_without, cases), authors)
        return {author: rules.with_wording(each.wording) for author, each in zip(authors, trained, strict=True)}


_SILENT: dict[str, Any] = {
    "doubt": lambda *_: None, "hush": lambda marks, _: list(marks), "listen": lambda *_: (), "lean": lambda *_: (),
    "kind": lambda *_: (), "sounding": lambda *_: frozenset(),
}  # fmt: skip


def rules_alone() -> None:
    """Make the meter read as if it had no model of wording, for the rest of this run."""
    for name, silent in _SILENT.items():
        setattr(meter, name, silent)


def table(groups: Group) -> None:
    """Print one line for each measure and one column for each corpus, in blocks that fit a page."""
    columns = {name: figures(cases) for name, cases in groups.items() if cases}
    for name in ("dm_dev", "bulk_dev"):
        if name in columns:
            columns[name] |= by_source(groups[name])
    names = list(columns)
    for block in (names[start : start + 7] for start in range(0, len(names), 7)):
        widths = [max(len(name), 8) for name in block]
        print(f"\n{'':32}" + "  ".join(f"{name:>{width}}" for name, width in zip(block, widths, strict=True)))
        for measure in dict.fromkeys(measure for name in block for measure in columns[name]):
            cells = (_cell(columns[name].get(measure)) for name in block)
            print(f"{measure:32}" + "  ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)))


def _cell(value: float | None) -> str:
    if value is None or value != value:
        return "."
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def main(arguments: Sequence[str]) -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--leave-out", action="store_true", help="train without each author: the honest table")
    options.add_argument("--worst", action="store_true", help="name what is read wrong")
    chosen = options.parse_args(arguments)
    groups = everything()
    firsts = first_letters(groups)
    shipped = Meter.load()
    meters = leave_out(groups) if chosen.leave_out else {}
    for cases in groups.values():
        for case in cases:
            read(meters.get(case.author, shipped), [case])
    print(
        "The phrases trained without the author:" if chosen.leave_out else "As shipped, trained on these very messages:"
    )
    table(firsts | later_letters(groups) | _disguised(shipped, meters))
    if chosen.worst:
        for case in (case for cases in groups.values() for case in cases if case.about.stage is Stage.FIRST_TOUCH):
            if (case.score >= THRESHOLD) is not case.cold:
                print(
                    f"{case.source} {case.id}: {'cold' if case.cold else 'warm'}, reads {case.score}", file=sys.stderr
                )
    if chosen.leave_out:
        print("\nThe phrases alone (how well their weight parts cold from warm, without a rule):")
        for name, cases in firsts.items():
            print(f"{name:32}{_cell(_wording_auc(cases, meters))}")
        rules_alone()
        for cases in groups.values():
            read(shipped, cases)
        print("\nThe rules alone:")
        table(firsts)


def _disguised(shipped: Meter, meters: dict[str, Meter]) -> Group:
    """The disguised messages, each read without the author of its plain parent."""
    path = SHARED / "dm_dev_obfuscated.jsonl"
    cases = load(path) if path.exists() else []
    for case in cases:
        read(meters.get(case.author, shipped), [case])
    return {"disguised": cases}


def _wording_auc(cases: Sequence[Case], meters: dict[str, Meter]) -> float:
    weights = [(case.cold, meters[case.author].weigh(case.text)) for case in cases]
    warm = sorted(weight for cold, weight in weights if not cold)
    cold = [weight for cold, weight in weights if cold]
    wins = sum(bisect_left(warm, weight) + bisect_right(warm, weight) for weight in cold)
    return wins / 2 / len(cold) / len(warm) if cold and warm else float("nan")


if __name__ == "__main__":
    main(sys.argv[1:])
