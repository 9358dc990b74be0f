"""One JSON object a line in, one answer a line out; what a line lacks is said, and the others are answered."""

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any, Final, TextIO, cast

from warmnote.model import Expected, Stage

__all__ = ["answer_lines", "field", "lines", "put", "stage_of", "strings", "table"]

_STAGES: Final = {stage.name.lower(): stage for stage in Stage}
_NEEDED: Final = object()


def lines(stream: TextIO) -> Iterable[str]:
    """The lines of a stream as UTF-8, whatever the console's own encoding is, which would refuse some of it."""
    buffer = getattr(stream, "buffer", None)
    return stream if buffer is None else (line.decode("utf-8-sig", errors="replace") for line in buffer)


def put(stream: TextIO, line: str) -> None:
    """Write a line, with what the stream can show of it."""
    encoding = stream.encoding or "utf-8"
    stream.write(line.encode(encoding, errors="replace").decode(encoding) + "\n")


def answer_lines(requests: Iterable[str], out: TextIO, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Write the answer to each request and return the exit status: 2 if there was one that could not be used.

    What is wrong with it is said on standard error, with the number of the line; empty lines are passed over.
    """
    status = 0
    for number, line in enumerate(requests, start=1):
        if not line.strip():
            continue
        try:
            answered = answer(_object(line))
        except Expected as problem:
            print(f"warmnote: line {number}: {problem}", file=sys.stderr)
            status = 2
            continue
        out.write(json.dumps(answered) + "\n")
        out.flush()
    return status


def _object(line: str) -> dict[str, Any]:
    try:
        loaded: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Expected(f"this is no JSON ({error}).") from error
    return table(loaded, "a JSON object was expected.")


def table(value: Any, problem: str) -> dict[str, Any]:
    """A value that has to be an object; raises Expected with `problem` if it is none."""
    if not isinstance(value, dict):
        raise Expected(problem)
    return cast(dict[str, Any], value)


def field(entry: dict[str, Any], name: str, kind: type, default: Any = _NEEDED) -> Any:
    """A field of an object; `default`, if there is one, where it is missing or null. Raises Expected for another kind."""
    value = entry.get(name)
    if value is None and default is not _NEEDED:
        return default
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise Expected(f"{name!r} has a value of the wrong kind." if name in entry else f"{name!r} is missing.")
    return value


def strings(entry: dict[str, Any], name: str) -> tuple[str, ...]:
    """A field that is a list of texts. Raises Expected."""
    values = cast(list[Any], field(entry, name, list, []))
    if not all(isinstance(value, str) for value in values):
        raise Expected(f"{name!r} is a list of texts.")
    return tuple(cast(list[str], values))


def stage_of(entry: dict[str, Any], default: Stage = Stage.FIRST_TOUCH) -> Stage:
    """The field "stage" by its name, `default` if there is none. Raises Expected."""
    stage = field(entry, "stage", str, default.name.lower())
    if stage not in _STAGES:
        raise Expected(f"the stage {stage!r} is none of {', '.join(_STAGES)}.")
    return _STAGES[stage]
