"""`warmnote import` and `warmnote export`: people in from a file, and out again, without a window."""

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from warmnote.cli._notebook import STOPPED, Stop, add_data_dir, opened, progress, tell
from warmnote.model import Expected, Exported

if TYPE_CHECKING:
    from warmnote.followers import Recall, Remembered
    from warmnote.notebook import Preview, PreviewItem

__all__ = ["add", "answer", "told_of"]

_SHOWN = 20


def add(commands: Any) -> None:
    """Add the commands `import` and `export`."""
    taking: argparse.ArgumentParser = commands.add_parser(
        "import",
        help="take the people of a file into the notebook",
        description="Take the people of a file, a zip or a folder into the notebook. What it is, is told by its content.",
    )
    taking.add_argument("file", type=Path, metavar="FILE", help="an export of a network, contact cards, a table, …")
    taking.add_argument("--preview", action="store_true", help="only say what would change, and write nothing")
    taking.add_argument("--json", action="store_true", help="print one JSON object")
    taking.add_argument(
        "--new-since",
        type=_day,
        metavar="YYYY-MM-DD",
        help="who followed on this day or later is a new follower, even in the first import of a network",
    )
    add_data_dir(taking)
    taking.set_defaults(handler=_import)
    giving: argparse.ArgumentParser = commands.add_parser(
        "export",
        help="write all people into a file",
        description="Write all people into a file, or on the standard output. JSON holds everything and can be imported again.",
    )
    giving.add_argument("--format", choices=("json", "csv", "vcard"), required=True, help="json is the complete one")
    giving.add_argument("--history", action="store_true", help="csv: the messages and notes instead of the people")
    giving.add_argument("--output", type=Path, metavar="FILE", help="write here; the file is whole or not there")
    add_data_dir(giving)
    giving.set_defaults(handler=_export)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-11-30") from None


# ----- import


def _import(arguments: argparse.Namespace) -> int:
    try:
        with Stop() as stop:
            preview = _take(arguments, stop)
    except KeyboardInterrupt:
        print("warmnote: stopped; nothing was changed.", file=sys.stderr)
        return STOPPED
    if arguments.json:
        # Not only what the console can show: whoever reads this is a program.
        print(json.dumps(answer(preview, only_preview=arguments.preview)))
    else:
        for line in told_of(preview, only_preview=arguments.preview, new_since=arguments.new_since):
            tell(line)
    return 0


def _take(arguments: argparse.Namespace, stop: Stop) -> "Preview":
    from warmnote import followers

    batch = followers.read(arguments.file, progress("Reading"), recall=_recall(arguments.data_dir))
    with opened(arguments.data_dir, read_only=arguments.preview) as notebook:
        preview = notebook.preview(batch, progress("Comparing"))
        if not arguments.preview:
            before = notebook.batches()[:1]
            try:
                notebook.import_batch(batch, arguments.new_since, progress("Importing"))
            except BaseException:
                # The key may have been pressed in the moment in which all of it was on the disk already.
                stop.hold()
                if notebook.batches()[:1] == before:
                    raise
            stop.done()
    return preview


def _recall(data_dir: Path | None) -> "Recall":
    """What the user said in the window of the columns of a table like this one."""
    from warmnote.notebook import DATABASE, data_folder

    def recall(digest: str) -> "Remembered | None":
        # A file that turns out to be unusable is no reason to make a notebook.
        if not (data_folder(data_dir) / DATABASE).exists():
            return None
        with opened(data_dir, read_only=True) as notebook:
            return notebook.mappings.recall(digest)

    return recall


def answer(preview: "Preview", *, only_preview: bool) -> dict[str, Any]:
    """What an import did, or would do, for a program."""
    return {
        "source": preview.source,
        "network": preview.network.value,
        "origin": preview.origin,
        "read_as": preview.read_as,
        "new": preview.new,
        "changed": preview.changed,
        "unchanged": preview.unchanged,
        "skipped": [_item(item) for item in _of_kind(preview, "skipped")],
        "problems": [_item(item) for item in _of_kind(preview, "problem")],
        "notes": list(preview.notes),
        "preview": only_preview,
        "baseline": preview.baseline,
    }


def _of_kind(preview: "Preview", kind: str) -> "list[PreviewItem]":
    return [item for item in preview.items if item.kind == kind]


def _item(item: "PreviewItem") -> dict[str, Any]:
    return {"row": item.row, "column": item.column, "reason": item.reason}


def told_of(
    preview: "Preview", *, only_preview: bool, new_since: date | None = None, can_mark: bool = True
) -> Iterator[str]:
    """What an import did, or would do, in lines for people; `can_mark` says that the command has `--new-since`."""
    told = [preview.source]
    if preview.read_as:
        told.append(f"read as {preview.read_as}")
    if preview.exported_on:
        told.append(f"exported on {preview.exported_on.isoformat()}")
    yield f"{preview.origin}: {', '.join(told)}"
    yield (
        f"{preview.new:,} new, {preview.changed:,} changed, {preview.unchanged:,} unchanged,"
        f" {preview.skipped:,} skipped, {preview.problems:,} {'problem' if preview.problems == 1 else 'problems'}"
    )
    followers = any(item.kind == "new" and item.incoming and item.incoming.follows for item in preview.items)
    if preview.baseline and followers and new_since is None:
        told = "This is the first import of its kind, so nobody counts as a new follower."
        yield f"{told} --new-since marks those who are." if can_mark else told
    for note in preview.notes:
        yield f"Note: {note}"
    yield from _listed("Skipped", _of_kind(preview, "skipped"))
    yield from _listed("Problems", _of_kind(preview, "problem"))
    yield "This was a preview: nothing was written." if only_preview else "Imported."


def _listed(title: str, items: "Sequence[PreviewItem]") -> Iterator[str]:
    if items:
        yield f"{title}:"
    for item in items[:_SHOWN]:
        place = ", ".join(filter(None, (f"row {item.row:,}" if item.row else "", item.column)))
        yield f"  {place}: {item.reason}" if place else f"  {item.reason}"
    if len(items) > _SHOWN:
        yield f"  and {len(items) - _SHOWN:,} more; --json lists them all"


# ----- export


def _export(arguments: argparse.Namespace) -> int:
    if arguments.history and arguments.format != "csv":
        raise Expected("--history goes with --format csv; JSON holds the messages anyway.")
    try:
        with (
            Stop(),
            opened(arguments.data_dir, read_only=True) as notebook,
            _target(arguments.output) as out,
            contextlib.closing(notebook.export()) as people,
        ):
            _writer(arguments)(people, out)
    except KeyboardInterrupt:
        told = "nothing was written" if arguments.output else "what was printed is not all"
        print(f"warmnote: stopped; {told}.", file=sys.stderr)
        return STOPPED
    return 0


def _writer(arguments: argparse.Namespace) -> Callable[[Iterable[Exported], BinaryIO], int]:
    from warmnote import exports

    now = datetime.now(UTC)
    match arguments.format:
        case "json":
            return lambda people, out: exports.write_json(people, out, now)
        case "vcard":
            return lambda people, out: exports.write_vcard(people, out, now)
        case _:
            return exports.write_history if arguments.history else exports.write_csv


@contextlib.contextmanager
def _target(output: Path | None) -> Generator[BinaryIO]:
    """Where to write: standard output, or a file. Raises Expected."""
    from warmnote import exports

    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:
        with exports.whole_file(output) as out:
            yield out
