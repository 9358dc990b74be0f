"""The commands that need no window. Nothing on this path imports Qt.

A command is a module here with one function `add(commands)`, which adds its parser and sets the default `handler`: a
function that takes the parsed arguments and returns the exit status.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from warmnote.cli import _check, _people, _prompts, _sync
from warmnote.cli._notebook import STOPPED
from warmnote.model import Expected

__all__ = ["run"]

_COMMANDS = (_check, _people, _prompts, _sync)


def run(argv: Sequence[str]) -> int:
    """Carry out a command line (without the program's name) and return the exit status.

    0: done; 2: the command line or the input could not be used; 130: stopped with Ctrl+C; 141: whoever read the output
    went away. argparse leaves with SystemExit for `--help`.
    """
    parser = argparse.ArgumentParser(
        prog="warmnote", description="Write the follow-up that new followers are glad to get."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add(commands)
    arguments = parser.parse_args(argv)
    try:
        status = int(arguments.handler(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        # What is left in the buffer has nowhere to go, and Python would say so at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return STOPPED
    except Expected as problem:
        print(f"warmnote: {problem}", file=sys.stderr)
        return 2
    return status
