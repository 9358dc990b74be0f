"""`dev.py measure` and `dev.py train`: the programs beside the labelled messages in tests/corpus."""

import subprocess
from collections.abc import Sequence

from devtools import environment
from devtools.console import ROOT
from devtools.running import with_utf8

__all__ = ["measure", "train"]


def measure(arguments: Sequence[str], *, offline: bool = False) -> int:
    """Set up what is missing and print the meter's figures, each author's read by a meter trained without that author.

    `arguments` go on to tests/corpus/measure.py; gives its exit code. Raises SetupError.
    """
    return _carry_out("measure.py", ["--leave-out", *arguments], offline)


def train(arguments: Sequence[str], *, offline: bool = False) -> int:
    """Set up what is missing and write the meter's table of phrases anew.

    `arguments` go on to tests/corpus/train.py; gives its exit code. Raises SetupError.
    """
    return _carry_out("train.py", arguments, offline)


def _carry_out(program: str, arguments: Sequence[str], offline: bool) -> int:
    python = environment.ensure("train", offline=offline)
    command = [python, ROOT / "tests" / "corpus" / program, *arguments]
    return subprocess.run([str(word) for word in command], env=with_utf8(), check=False).returncode
