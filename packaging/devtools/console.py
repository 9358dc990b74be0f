"""What the person at the terminal sees: honest progress, and the exact command when one fails."""

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

__all__ = ["ROOT", "SetupError", "complain", "quiet", "shown", "step"]

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""


class SetupError(Exception):
    """Something that the person at the terminal has to do or know before it goes on."""


def complain(text: str) -> None:
    """Print `text` to standard error, after everything printed so far."""
    sys.stdout.flush()
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(title: str) -> Generator[None]:
    """Print `title` while something takes its time, then the seconds it took."""
    print(f"warmnote: {title} ...", end="", flush=True)
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        print(" no", flush=True)
        raise
    print(f" {time.monotonic() - begun:.0f} s", flush=True)


def shown(command: Sequence[str | Path]) -> str:
    """`command` as it would be typed in this system's shell."""
    words = [str(word) for word in command]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def quiet(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, advice: str = "") -> str:
    """Run `command` in the checkout without showing its output, and return what it printed.

    Raises SetupError with the command, the end of its output and `advice` when it fails or does not exist.
    """
    try:
        done = subprocess.run(
            [str(word) for word in command],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise SetupError(f"This command could not be started: {error}\n    {shown(command)}") from error
    if done.returncode != 0:
        tail = "\n".join(done.stdout.strip().splitlines()[-25:])
        ending = f"\n{advice}" if advice else ""
        raise SetupError(f"{tail}\nThis command failed with exit code {done.returncode}:\n    {shown(command)}{ending}")
    return done.stdout
