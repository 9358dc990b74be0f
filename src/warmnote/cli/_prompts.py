"""`warmnote prompts`: read what people care about, and say what to ask them."""

import argparse
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from warmnote.cli._jsonl import answer_lines, field, lines, stage_of, table
from warmnote.cli._notebook import add_data_dir
from warmnote.model import Expected, Fact, Message, MessageKind, Person
from warmnote.prompts import KINDS, PackFolder, Prompter

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the command `prompts`."""
    prompts: argparse.ArgumentParser = commands.add_parser(
        "prompts",
        help="say what to ask people about",
        description="Say what people care about and what to ask them: one JSON object a line from standard input, one answer a line.",
    )
    prompts.add_argument("--jsonl", action="store_true", required=True, help="JSON lines in, JSON lines out")
    add_data_dir(prompts)
    prompts.set_defaults(handler=_prompts)


def _prompts(arguments: argparse.Namespace) -> int:
    prompter = _prompter(arguments.data_dir)
    return answer_lines(lines(sys.stdin), sys.stdout, lambda entry: _answer(prompter, entry))


def _prompter(data_dir: Path | None) -> Prompter:
    """The prompts as the window offers them: with the packs and the spelling that were chosen there."""
    from warmnote.notebook import data_folder

    shelf = PackFolder(data_folder(data_dir) / "packs").read()
    for problem in shelf.problems:
        print(f"warmnote: {problem}", file=sys.stderr)
    return Prompter.load(packs=shelf.active, spelling=shelf.choice.spelling, off=shelf.left_out)


def _answer(prompter: Prompter, entry: dict[str, Any]) -> dict[str, Any]:
    from warmnote.store import stages  # the database beside it is wanted by nobody here before the first line

    today = _day(entry, "today") or datetime.now(UTC).date()
    person, messages = _person(field(entry, "person", dict), today)
    now = datetime.combine(today, time.max, UTC)
    person = replace(person, stage=stage_of(entry, stages.stage_of(messages, now, UTC)))
    found = prompter.reader.of(person, messages)
    chosen = prompter.suggest(person, messages, (), today, field(entry, "seed", int, 0))
    return {
        "id": entry.get("id"),
        "interests": [
            {
                "kind": item.kind, "name": item.name, "text": item.text, "start": item.start, "end": item.end,
                "source": item.source, "confidence": round(item.confidence, 2),
            }
            for item in found
            if item.kind in KINDS
        ],
        "prompts": [{"kind": item.kind, "starter": item.starter, "reason": item.reason} for item in chosen],
    }  # fmt: skip


def _person(entry: dict[str, Any], today: date) -> tuple[Person, tuple[Message, ...]]:
    messages = tuple(_message(each, today) for each in field(entry, "messages", list, []))
    facts = [*map(_fact, field(entry, "facts", list, [])), *map(_post, field(entry, "posts", list, []))]
    words = {key: field(entry, key, str, "") for key in ("name", "bio", "location", "company", "position", "pronouns")}
    words["position"] = words["position"] or field(entry, "headline", str, "")
    person = Person(
        id=0,
        do_not_write=field(entry, "do_not_write", bool, False),
        unanswered=max(0, field(entry, "unanswered", int, 0)),
        facts=tuple(replace(fact, id=number) for number, fact in enumerate(facts, 1)),
        **words,
    )
    return person, messages


def _fact(entry: Any) -> Fact:
    fact = table(entry, "a fact is an object with kind and text.")
    return Fact(
        kind=field(fact, "kind", str, ""),
        text=field(fact, "text", str, ""),
        source=field(fact, "source", str, ""),
        on=_day(fact, "on"),
        shared=field(fact, "shared", bool, True),
        hidden=field(fact, "hidden", bool, False),
    )


def _post(entry: Any) -> Fact:
    if isinstance(entry, str):
        return Fact("post", entry, "post")
    post = table(entry, "a post is a text, or an object with text and on.")
    return Fact("post", field(post, "text", str), "post", _day(post, "on"))


def _message(entry: Any, today: date) -> Message:
    message = table(entry, "a message is an object with kind, text and at.")
    kind = field(message, "kind", str)
    if kind not in tuple(MessageKind):
        raise Expected(f"the kind of message {kind!r} is none of {', '.join(MessageKind)}.")
    return Message(MessageKind(kind), field(message, "text", str, ""), _moment(message, "at", today))


def _day(entry: dict[str, Any], name: str) -> date | None:
    """A field that is a day, or the day of a moment, None where it is missing. Raises Expected."""
    text = field(entry, name, str, "")
    try:
        return datetime.fromisoformat(text).date() if text else None
    except ValueError as error:
        raise Expected(f"{name!r} is a day like 2026-11-03, not {text[:40]!r}.") from error


def _moment(entry: dict[str, Any], name: str, today: date) -> datetime:
    """A field that is a moment or a day; midday today where it is missing. Raises Expected."""
    text = field(entry, name, str, "")
    midday = time(12, tzinfo=UTC)
    if not text:
        return datetime.combine(today, midday)
    try:
        moment = datetime.combine(date.fromisoformat(text), midday) if len(text) <= 10 else datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise Expected(f"{name!r} is a moment like 2026-11-03T09:30:00Z, not {text[:40]!r}.") from error
