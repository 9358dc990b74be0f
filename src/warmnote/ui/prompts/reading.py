"""How starters read for one person, or for somebody invented, and what is missing where they do not. No Qt."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from warmnote.coldness import About, Meter
from warmnote.notebook import Opened
from warmnote.prompts import Prompt, Prompter, Starter, StarterError, blanks
from warmnote.ui.letter.about import about
from warmnote.ui.prompts.wording import STAGES, is_condition, kind_words, lacking, stand_in, too_early

__all__ = ["Line", "Reader", "warmth"]

_FIELD = re.compile(r"\{\{-?\s*(\w+)\s*-?\}\}")
# These belong to another field, which is asked for by itself.
_WITH_OTHERS = frozenset({"seen", "pet_name", "old", "position", "long_ago"})
# And whether these can be used depends on what else is asked for.
_DEPENDS = _WITH_OTHERS | {"post", "place"}


@dataclass(frozen=True, slots=True)
class Line:
    """One starter as a row: its text as it would read, and why it comes up or, `fits` being False, why it cannot.

    `words` is what a search looks through, in small letters.
    """

    starter: Starter
    title: str
    text: str
    reason: str
    fits: bool
    words: str
    prompt: Prompt | None = None


class Reader:
    """Reads starters for one person, or without one for somebody invented. Each `line` takes under a millisecond.

    `examples` stand in where somebody invented has no value of the starter's own.
    """

    def __init__(self, prompter: Prompter, opened: Opened | None, today: date, examples: Mapping[str, str]) -> None:
        self._prompter, self._opened, self._today, self._examples = prompter, opened, today, examples
        self._known: dict[str, bool] = {}

    def lines(self, starters: Iterable[Starter]) -> list[Line]:
        """The starters by kind, those that fit first."""
        order: dict[str, int] = {}
        for starter in (found := list(starters)):
            order.setdefault(starter.kind, len(order))
        made = [self.line(starter) for starter in found]
        made.sort(key=lambda line: (not line.fits, order[line.starter.kind]))
        return made

    def line(self, starter: Starter) -> Line:
        """One starter. Never raises: a text that cannot be filled is a line that does not fit, with the reason."""
        try:
            made = self._for_one(starter) if self._opened is not None else self._for_anyone(starter)
        except StarterError as problem:
            made = Line(starter, kind_words(starter.kind), " ".join(starter.text.split()), str(problem), False, "")
        words = f"{made.title} {made.text} {starter.text} {kind_words(starter.kind)} {starter.kind} {made.reason}"
        return replace(made, words=words.casefold())

    def _for_anyone(self, starter: Starter) -> Line:
        fields = {name: stand_in(name) for name in starter.needs} | dict(self._examples) | dict(starter.example)
        later = STAGES[starter.min_stage] if starter.min_stage else ""
        text = starter.fill(fields, self._prompter.spelling)
        return Line(starter, _title(starter), text, later, True, "")

    def _for_one(self, starter: Starter) -> Line:
        assert self._opened is not None
        person, messages = self._opened.person, self._opened.messages
        if lacking_words := self._lacks(starter):
            return Line(starter, _title(starter), self._with_gaps(starter), lacking_words, False, "")
        prompt = self._prompter.preview(starter, person, messages, self._today)
        why = too_early(person.stage, starter.min_stage, starter.max_stage)
        if prompt is not None:
            return Line(starter, prompt.title, prompt.starter, why or prompt.reason, not why, "", prompt)
        missing = self._missing(starter) or why
        return Line(starter, _title(starter), self._with_gaps(starter), missing, False, "")

    def _with_gaps(self, starter: Starter) -> str:
        if "{%" in starter.text or "|" in starter.text:
            return starter.fill({name: stand_in(name) for name in starter.needs}, self._prompter.spelling)
        # Most are not for most people: what takes no template is not worth compiling one.
        respelled = self._prompter.spelling.apply(starter.text) if starter.language == "en" else starter.text
        return " ".join(_FIELD.sub(lambda found: stand_in(found[1]), respelled).split())

    def _lacks(self, starter: Starter) -> str:
        """What is surely missing, found without looking at the starter itself: one question for each field."""
        if starter.kind == "ending":  # it knows what others do not
            return ""
        missing = [name for name in starter.needs if name not in _DEPENDS and not self._knows(name)]
        # What can be noted down says more than that something has not happened yet.
        return lacking(min(missing, key=is_condition)) if missing else ""

    def _missing(self, starter: Starter) -> str:
        missing = [name for name in starter.needs if name not in _WITH_OTHERS and not self._knows(name)]
        if missing:
            return lacking(min(missing, key=is_condition))
        if starter.days is not None:
            return f"Needs something newer, {starter.days} days old at most."
        if starter.about:
            return f"Only for {', '.join(sorted(starter.about)[:3])}."
        return "What is known of them does not go together here."

    def _knows(self, name: str) -> bool:
        if name not in self._known:
            assert self._opened is not None
            probe = Starter(id="probe", kind="own", text="…", needs=(name,))
            found = self._prompter.preview(probe, self._opened.person, self._opened.messages, self._today)
            self._known[name] = found is not None
        return self._known[name]


def warmth(meter: Meter, text: str, opened: Opened | None, stage: int, example: Mapping[str, str]) -> str:
    """What the meter says of a starter in one quiet sentence. Blanks count as what their example, or hint, says."""
    for start, end in reversed(blanks(text)):
        hint = text[start + 1 : end - 1]
        text = text[:start] + example.get(hint, hint) + text[end:]
    who = about(opened) if opened is not None else About()
    reading = meter.read(text, replace(who, stage=type(who.stage)(max(stage, who.stage))))
    if reading.band is None:
        return "Too short to tell how it reads."
    if reading.band == "warm":
        return "Reads warm."
    worst = max(reading.findings, key=lambda finding: finding.points, default=None)
    return f"Reads {reading.band}: {worst.title[:1].lower()}{worst.title[1:]}." if worst else f"Reads {reading.band}."


def _title(starter: Starter) -> str:
    title = starter.title.replace("{their}", "their").replace("{they}", "they").replace("{them}", "them")
    return title[:1].upper() + title[1:] if title else kind_words(starter.kind)
