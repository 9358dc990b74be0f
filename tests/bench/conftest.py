"""One table at the end of `pytest tests/bench`: each figure, what it stands beside, the ratio and the goal.

The goals are those of a quiet machine. Tests fail only far beyond them, since this one may be busy.
"""

import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from warmnote.model import Batch, Incoming, Knowledge, Network
from warmnote.notebook import Notebook, Store

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIRST = "Ana Tunde Jae Priya Will Farah Greta Marco Kim Ngozi Ines Omar Lucia Hanna Mateo Aiko".split()
LAST = "Moreno Okafor Lim Shah Brandt Haddad Nilsson Conti Dao Garhol Roth Silva Meyer Kowalski Ito Novak".split()
BIO = (
    "Potter, runs a small studio in Bilbao",
    "Logistics analyst and marathon runner",
    "",
    "Bakes sourdough, paints birds",
)


@dataclass(frozen=True)
class Figure:
    """One line of the table; `goal` is in the figure's unit, or a ratio with `goal_is_ratio`."""

    what: str
    value: float
    unit: str = "ms"
    beside: float | None = None
    goal: float | None = None
    goal_is_ratio: bool = False

    @property
    def ratio(self) -> float | None:
        return self.value / self.beside if self.beside else None

    def line(self) -> tuple[str, ...]:
        compared = self.ratio if self.goal_is_ratio else self.value
        goal = "" if self.goal is None else f"{self.goal:g} x" if self.goal_is_ratio else f"{self.goal:g} {self.unit}"
        met = "" if self.goal is None or compared is None else "yes" if compared <= self.goal else "no"
        return (
            self.what,
            f"{self.value:.{_digits(self.value)}f} {self.unit}",
            "" if self.beside is None else f"{self.beside:.{_digits(self.beside)}f} {self.unit}",
            "" if self.ratio is None else f"{self.ratio:.{_digits(self.ratio)}f} x",
            goal,
            met,
        )


def _digits(value: float) -> int:
    return 0 if value >= 100 else 1 if value >= 10 else 2


_figures: pytest.StashKey[list[Figure]] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_figures] = []
    # The table below says it shorter.
    config.option.benchmark_quiet = True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not config.stash[_figures]:
        return
    head = ("figure", "measured", "beside", "ratio", "goal", "met")
    lines = [head, *(figure.line() for figure in config.stash[_figures])]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    terminalreporter.section("measured", sep="-")
    for line in lines:
        cells = [
            line[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)),
        ]
        terminalreporter.write_line("  ".join(cells).rstrip())


@pytest.fixture
def note(benchmark, pytestconfig: pytest.Config) -> Callable[..., Figure]:
    """`note("open the list", 41.2, goal=60)` puts a figure into the table and into the benchmark's extra_info."""

    def add(what: str, value: float, unit: str = "ms", **more) -> Figure:
        figure = Figure(what, value, unit, **more)
        pytestconfig.stash[_figures].append(figure)
        benchmark.extra_info[f"{what}, {unit}"] = round(value, 3)
        if figure.ratio is not None:
            benchmark.extra_info[f"{what}, ratio"] = round(figure.ratio, 2)
        return figure

    return add


def percentile(times: Sequence[float], share: float) -> float:
    """The value below which that share of the times lies."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def median(times: Sequence[float]) -> float:
    return statistics.median(times)


def resident_mib() -> float:
    """The memory this process holds, in MiB; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0.0
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("ascii").splitlines())
    return int(fields["VmRSS"].split()[0]) / 1024


def clock() -> datetime:
    return NOON


def make_book(path: Path, people: int) -> None:
    """A notebook with that many people, a hundred for each day that a list of followers could name."""
    incoming = tuple(
        Incoming(
            row=n,
            network=Network.LINKEDIN,
            key=f"/in/{n}",
            name=f"{FIRST[n % 16]} {LAST[n // 16 % 16]} {n}",
            handle=f"person{n}",
            bio=BIO[n % 4],
            company=f"Company {n % 997}",
            followed_on=date(2026, 11, 22) - timedelta(days=n // 100),
            followed_known=Knowledge.EXACT,
        )
        for n in range(people)
    )
    notebook = Notebook(Store(path), clock)
    notebook.import_batch(
        Batch("LinkedIn connections", Network.LINKEDIN, "Connections.csv", incoming), date(2026, 8, 15)
    )
    notebook.close()
