#!/usr/bin/env python3
"""Set up, start and test Warmnote from a checkout, with nothing but Python 3.11 or newer.

    python3 packaging/dev.py run             open Warmnote (what stands after -- goes to it: run -- --sample)
    python3 packaging/dev.py test            every check and test; --fast leaves out the slow ones
    python3 packaging/dev.py test --live     the follower sync against a real Bluesky network, which it sets up here
    python3 packaging/dev.py measure         the meter's figures, each author's by a meter trained without that author
    python3 packaging/dev.py train           train the meter's table of phrases anew
    python3 packaging/dev.py lock            choose the packages anew (needs uv)

The first start makes .venv and installs locked packages; later ones go straight on.
"""

import sys

# Older Pythons must come this far, so nothing above or in this block may be new.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "Warmnote needs Python 3.11 or newer and this is Python {}.{}.\n"  # noqa: UP032
        "Install a newer one and start this file with it, for example: python3.12 packaging/dev.py run".format(
            sys.version_info[0], sys.version_info[1]
        )
    )

import argparse
import io

from devtools import console


def _arguments(argv: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """What was asked of dev.py, and what stands after `--` for the command that it starts."""
    own, passed = argv, list[str]()
    if "--" in argv:
        cut = argv.index("--")
        own, passed = argv[:cut], argv[cut + 1 :]
    parser = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="run | test | measure | train | lock")
    run = commands.add_parser("run", help="set up what is missing and open Warmnote")
    run.add_argument("--xvfb", action="store_true", help="open it on a virtual screen, where there is no display")
    test = commands.add_parser("test", help="set up what is missing and run every check and test")
    test.add_argument("--fast", action="store_true", help="leave out slow tests and measurements")
    test.add_argument("-k", metavar="EXPRESSION", help="only the tests whose names match, and no other check")
    test.add_argument(
        "--live", action="store_true", help="only the tests against a real Bluesky network on this machine"
    )
    measure = commands.add_parser("measure", help="set up what is missing and print the coldness meter's figures")
    train = commands.add_parser("train", help="set up what is missing and write resources/wording/phrases.tsv anew")
    for command in (run, test, measure, train):
        command.add_argument(
            "--offline-safe", action="store_true", help="never use the network: say what is missing instead"
        )
    commands.add_parser("lock", help="choose the newest allowed packages and write packaging/locks (needs uv)")
    return parser.parse_args(own), passed


def main(argv: list[str]) -> int:
    """Carry out one command; the exit code is 0, 1 when a check failed, 2 when something is missing.

    What `run`, `measure` and `train` start ends with a code of its own.
    """
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may not know the characters that a tool draws its findings with.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    options, passed = _arguments(argv)
    try:
        if options.command == "run":
            from devtools import running

            return running.run(passed, xvfb=options.xvfb, offline=options.offline_safe)
        if options.command == "test" and options.live:
            from devtools import live

            only = [] if options.k is None else ["-k", options.k]
            return live.check([*only, *passed], offline=options.offline_safe)
        if options.command == "test":
            from devtools import checks

            return checks.check(passed, fast=options.fast, expression=options.k, offline=options.offline_safe)
        if options.command in {"measure", "train"}:
            from devtools import corpus

            carry_out = corpus.measure if options.command == "measure" else corpus.train
            return carry_out(passed, offline=options.offline_safe)
        from devtools import locks

        return locks.lock()
    except console.SetupError as error:
        console.complain(str(error))
        return 2
    except KeyboardInterrupt:
        console.complain("Stopped. Start it again and it carries on from here.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
