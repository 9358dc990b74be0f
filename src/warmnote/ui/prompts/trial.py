"""What is in the editor, tried out: whether it can be used, how it reads for two people, and how warm it is. No Qt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from warmnote.coldness import Meter
from warmnote.notebook import Opened
from warmnote.prompts import Pack, Prompter, Starter, StarterError
from warmnote.ui.prompts.drafts import Draft
from warmnote.ui.prompts.reading import Line, Reader, warmth
from warmnote.ui.prompts.wording import is_condition

__all__ = ["Fault", "Setting", "Trial", "draft_of", "starter_of", "try_out"]

_PLACE = re.compile(r"line (\d+), column (\d+) of its text: (.*)", re.DOTALL)
_FIELD = re.compile(r"the field (\S+) is not known")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text cannot be used. `start` and `end` are code points into it; both 0 where it is about the whole."""

    message: str
    hint: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Setting:
    """For whom and with what a starter is tried out."""

    prompter: Prompter
    meter: Meter
    today: date
    examples: Mapping[str, str]
    opened: Opened | None


@dataclass(frozen=True, slots=True)
class Trial:
    """The outcome: the starter or the `fault`, each preview with what the meter says, and on what it hangs besides."""

    starter: Starter | None
    fault: Fault | None
    anyone: Line | None = None
    anyone_reads: str = ""
    one: Line | None = None
    one_reads: str = ""
    only_if: tuple[str, ...] = ()


def draft_of(starter: Starter, pack_id: str) -> Draft:
    """What the editor shows of a starter."""
    return Draft(
        starter.text, starter.title, starter.kind, starter.min_stage, starter.days or 0, starter.pack or pack_id
    )


def starter_of(base: Starter, draft: Draft, pack: Pack) -> Starter:
    """The starter that a draft makes of the one that was there. Raises StarterError.

    What its text asks for is found out anew; a condition that stands in no text, such as a birthday, is kept.
    """
    wanted = replace(
        base,
        text=draft.text.strip(),
        title=draft.title.strip(),
        kind=draft.kind,
        min_stage=draft.stage,
        max_stage=max(base.max_stage, draft.stage),
        days=draft.days or None,
        needs=(),
    )
    found = _in(pack, wanted).needs
    kept = [name for name in base.needs if name in found or is_condition(name)]
    needs = (*kept, *(name for name in found if name not in kept))
    return _in(pack, replace(wanted, needs=needs)) if needs != found else _in(pack, wanted)


def try_out(base: Starter, draft: Draft, pack: Pack, setting: Setting) -> Trial:
    """Try a draft. Never raises; some ten milliseconds."""
    if not draft.text.strip():
        return Trial(None, Fault("", "Write a first sentence, and one question that is easy to answer."))
    try:
        made = starter_of(base, draft, pack)
        made.fill(dict.fromkeys(made.needs, "x"))
    except StarterError as problem:
        return Trial(None, _fault(draft.text, problem))
    anyone = Reader(setting.prompter, None, setting.today, setting.examples).line(made)
    examples = dict(setting.examples) | dict(made.example)
    reads = warmth(setting.meter, anyone.text, None, made.min_stage, examples)
    conditions = tuple(name for name in made.needs if is_condition(name))
    if setting.opened is None:
        return Trial(made, None, anyone, reads, only_if=conditions)
    one = Reader(setting.prompter, setting.opened, setting.today, setting.examples).line(made)
    one_reads = warmth(setting.meter, one.text, setting.opened, made.min_stage, examples) if one.prompt else ""
    return Trial(made, None, anyone, reads, one, one_reads, conditions)


def _in(pack: Pack, starter: Starter) -> Starter:
    # In a pack of its own, so that the one that comes back is the one that went in.
    return replace(pack, starters=()).with_starter(starter).starters[0]


def _fault(text: str, problem: StarterError) -> Fault:
    lead = len(text) - len(text.lstrip())
    if found := _PLACE.search(problem.message):
        line, column = int(found[1]), int(found[2])
        lines = text[lead:].split("\n")
        start = lead + sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
        return _placed(text, start, found[3], problem.hint)
    if (unknown := _FIELD.search(problem.message)) and (place := re.search(rf"\b{re.escape(unknown[1])}\b", text)):
        return _placed(text, place.start(), f"The field {unknown[1]} is not known.", problem.hint)
    words = problem.message.rpartition(": ")[2]
    return Fault(f"{words[:1].upper()}{words[1:]}", problem.hint)


def _placed(text: str, start: int, message: str, hint: str) -> Fault:
    """A fault at a place of the text as it stands in the editor, in front of which there may be empty lines."""
    start = min(start, max(len(text) - 1, 0))
    stop = re.compile(r"\}\}|%\}|⟧|\s|$").search(text, start + 1)
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    end = max(start + 1, stop.end() if stop and stop[0].strip() else stop.start() if stop else len(text))
    return Fault(f"Line {line}, column {column}: {message}", hint, start, min(end, len(text)))
