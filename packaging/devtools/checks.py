"""`dev.py test`: every check in turn, then one summary."""

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from devtools import environment
from devtools.console import ROOT, shown
from devtools.running import with_utf8

__all__ = ["check"]


@dataclass(frozen=True, slots=True)
class _Check:
    title: str
    command: Sequence[str | Path]
    quiet: bool = True
    """Show the output only when it fails."""


def check(arguments: Sequence[str], *, fast: bool = False, expression: str | None = None, offline: bool = False) -> int:
    """Set up what is missing and run the checks; `arguments` go on to pytest. Gives 0, or 1 when any check failed.

    `fast` leaves out slow tests and measurements, `offline` the tests that fetch something; `expression` runs only the
    matching tests. Raises SetupError.
    """
    python = environment.ensure("test", offline=offline)
    left_out = ["slow"] * fast + ["network"] * offline
    wanted = _checks(python, arguments, left_out, expression, measure=not fast)
    surroundings = with_utf8()
    results: list[tuple[_Check, float, bool]] = []
    for one in wanted:
        print(f"\n== {one.title}", flush=True)
        begun = time.monotonic()
        passed = _carry_out(one, surroundings)
        seconds = time.monotonic() - begun
        print(f"   {'passed' if passed else 'FAILED'} in {seconds:.1f} s", flush=True)
        results.append((one, seconds, passed))
    print("\n== Summary")
    for one, seconds, passed in results:
        print(f"  {'passed' if passed else 'FAILED'}  {seconds:6.1f} s  {one.title}")
        if not passed:
            print(f"          {shown(one.command)}")
    failed = sum(not passed for _, _, passed in results)
    print(f"  {sum(seconds for _, seconds, _ in results):.0f} s in all")
    print(f"checks: {len(results) - failed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def _checks(
    python: Path, arguments: Sequence[str], left_out: Sequence[str], expression: str | None, *, measure: bool
) -> list[_Check]:
    pytest = [python, "-m", "pytest"]
    if expression is not None:
        return [_Check(f"tests matching {expression}", [*pytest, "-k", expression, *arguments], quiet=False)]
    marked = ["-m", " and ".join(f"not {mark}" for mark in left_out)] if left_out else []
    found = [
        _Check("ruff: rules", [python, "-m", "ruff", "check", "."]),
        _Check("ruff: format", [python, "-m", "ruff", "format", "--check", "."]),
        _Check("pyright: types", [python, "-m", "pyright", "--pythonpath", python]),
        _Check(
            "import-linter: who imports whom",
            [python, "-c", "import importlinter.cli as cli; cli.lint_imports_command()", "--no-cache"],
        ),
        _Check(" ".join(["tests", *marked[1:]]), [*pytest, *marked, *arguments], quiet=False),
    ]
    if measure and (ROOT / "tests" / "bench").is_dir():
        found.append(_Check("measurements", [*pytest, "tests/bench", *arguments], quiet=False))
    return found


def _carry_out(check: _Check, surroundings: dict[str, str]) -> bool:
    command = [str(word) for word in check.command]
    if not check.quiet:
        return subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode == 0
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        sys.stdout.write(done.stdout)
        sys.stdout.flush()
    return done.returncode == 0
