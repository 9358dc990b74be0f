"""`warmnote check`: read messages and say how cold they are."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warmnote.cli._jsonl import answer_lines, field, lines, put, stage_of, strings, table
from warmnote.coldness import About, Meter, Reading
from warmnote.model import Expected, Fact

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the command `check`."""
    check: argparse.ArgumentParser = commands.add_parser(
        "check",
        help="say how cold a message is, and why",
        description="Say how cold a message is, and why. Reads a file, or standard input for -.",
    )
    what = check.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?", metavar="FILE", help="a text file with one message; - for standard input")
    what.add_argument(
        "--jsonl", action="store_true", help="one JSON object a line from standard input, one answer a line"
    )
    # Every command takes it; the meter's rules are the same in every folder.
    check.add_argument("--data-dir", type=Path, metavar="DIR", help=argparse.SUPPRESS)
    check.set_defaults(handler=_check)


def _check(arguments: argparse.Namespace) -> int:
    meter = Meter.load()
    if arguments.jsonl:
        return answer_lines(lines(sys.stdin), sys.stdout, lambda entry: _answer_to(meter, entry))
    text = _read(arguments.file)
    for line in _report(arguments.file, text, meter.read(text)):
        put(sys.stdout, line)
    return 0


def _read(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Expected(
            f"{name} could not be read: {error.strerror or error}.", "Check the name and try again."
        ) from error
    return data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")


def _report(name: str, text: str, reading: Reading) -> Iterator[str]:
    where = "stdin" if name == "-" else name
    for finding in reading.findings:
        place = f"{where}:{_position(text, finding.start)}" if finding.end else where
        sure = "" if finding.sure else " (weak sign)"
        yield f"{place}: {finding.category}: +{finding.points} {finding.title}{sure} [{finding.rule}]"
        if finding.end:
            yield f"    {_excerpt(text[finding.start : finding.end])}"
        yield f"    {finding.why} {finding.advice}"
    for strength in reading.strengths:
        yield f"{where}:{_position(text, strength.start)}: warm: {strength.points} {strength.title}"
    number = "-" if reading.coldness is None else f"{reading.coldness} {reading.band}"
    yield f"{where}: coldness {number}. {reading.summary}"


def _position(text: str, offset: int) -> str:
    line = text.count("\n", 0, offset)
    return f"{line + 1}:{offset - (text.rfind(chr(10), 0, offset) + 1) + 1}"


def _excerpt(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 100 else f"{flat[:99]}…"


def _answer_to(meter: Meter, entry: dict[str, Any]) -> dict[str, Any]:
    text, about = _request(entry)
    return _answer(entry.get("id"), meter.read(text, about))


def _request(entry: dict[str, Any]) -> tuple[str, About]:
    text = field(entry, "text", str)
    person = field(entry, "person", dict, {})
    about = About(
        stage=stage_of(entry),
        asked=field(entry, "asked", bool, None),
        their_last=field(entry, "their_last", str, ""),
        name=field(person, "name", str, ""),
        bio=field(person, "bio", str, ""),
        location=field(person, "location", str, ""),
        pronouns=field(person, "pronouns", str, ""),
        facts=tuple(_fact(fact) for fact in field(person, "facts", list, [])),
        posts=strings(person, "posts"),
        sent_to_others=strings(entry, "sent_to_others"),
    )
    return text, about


def _fact(entry: Any) -> Fact:
    fact = table(entry, "a fact is an object with kind and text.")
    return Fact(
        kind=field(fact, "kind", str, ""),
        text=field(fact, "text", str, ""),
        source=field(fact, "source", str, ""),
        shared=field(fact, "shared", bool, True),
    )


def _answer(identity: Any, reading: Reading) -> dict[str, Any]:
    return {
        "id": identity,
        "coldness": reading.coldness,
        "band": None if reading.band is None else reading.band.value,
        "findings": [
            {
                "start": item.start, "end": item.end, "category": item.category, "rule": item.rule, "points": item.points,
                "sure": item.sure, "why": item.why, "advice": item.advice, "replacement": item.replacement,
            }
            for item in reading.findings
        ],
        "strengths": [
            {"start": item.start, "end": item.end, "kind": item.kind, "points": item.points} for item in reading.strengths
        ],
    }  # fmt: skip
