"""`warmnote check`: read messages and say how cold they are."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, TextIO, cast

from warmnote.coldness import About, Meter, Reading
from warmnote.model import Expected, Fact, Stage

__all__ = ["add"]

_STAGES: Final = {stage.name.lower(): stage for stage in Stage}


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
        return _check_lines(meter, _lines(sys.stdin), sys.stdout)
    text = _read(arguments.file)
    for line in _report(arguments.file, text, meter.read(text)):
        _put(sys.stdout, line)
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


def _lines(stream: TextIO) -> Iterable[str]:
    # json allows any UTF-8; the console's own encoding would refuse some of it.
    buffer = getattr(stream, "buffer", None)
    return stream if buffer is None else (line.decode("utf-8-sig", errors="replace") for line in buffer)


def _put(stream: TextIO, line: str) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(line.encode(encoding, errors="replace").decode(encoding) + "\n")


def _check_lines(meter: Meter, lines: Iterable[str], out: TextIO) -> int:
    status = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            identity, text, about = _request(line)
        except Expected as problem:
            print(f"warmnote: line {number}: {problem}", file=sys.stderr)
            status = 2
            continue
        out.write(json.dumps(_answer(identity, meter.read(text, about))) + "\n")
        out.flush()
    return status


def _request(line: str) -> tuple[Any, str, About]:
    try:
        loaded: Any = json.loads(line)
    except ValueError as error:
        raise Expected(f"this is no JSON ({error}).") from error
    if not isinstance(loaded, dict):
        raise Expected("a JSON object was expected.")
    entry = cast(dict[str, Any], loaded)
    text = _field(entry, "text", str, None)
    person = _field(entry, "person", dict, {})
    stage = _field(entry, "stage", str, "first_touch")
    if stage not in _STAGES:
        raise Expected(f"the stage {stage!r} is none of {', '.join(_STAGES)}.")
    about = About(
        stage=_STAGES[stage],
        asked=_field(entry, "asked", bool, None) if "asked" in entry else None,
        their_last=_field(entry, "their_last", str, ""),
        name=_field(person, "name", str, ""),
        bio=_field(person, "bio", str, ""),
        location=_field(person, "location", str, ""),
        pronouns=_field(person, "pronouns", str, ""),
        facts=tuple(_fact(fact) for fact in _field(person, "facts", list, [])),
        posts=_strings(person, "posts"),
        sent_to_others=_strings(entry, "sent_to_others"),
    )
    return entry.get("id"), text, about


def _field(table: dict[str, Any], name: str, kind: type, default: Any) -> Any:
    value = table.get(name)
    if value is None and not (default is None and name == "text"):
        return default
    if not isinstance(value, kind):
        raise Expected(f"{name!r} has a value of the wrong kind." if name in table else f"{name!r} is missing.")
    return value


def _strings(table: dict[str, Any], name: str) -> tuple[str, ...]:
    values = cast(list[Any], _field(table, name, list, []))
    if not all(isinstance(value, str) for value in values):
        raise Expected(f"{name!r} is a list of texts.")
    return tuple(cast(list[str], values))


def _fact(entry: Any) -> Fact:
    if not isinstance(entry, dict):
        raise Expected("a fact is an object with kind and text.")
    fact = cast(dict[str, Any], entry)
    return Fact(
        kind=_field(fact, "kind", str, ""),
        text=_field(fact, "text", str, ""),
        source=_field(fact, "source", str, ""),
        shared=_field(fact, "shared", bool, True),
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
