"""From what was found to one number: severities, caps, repeats, stages and floors (docs/decisions/0004-scoring.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from warmnote.coldness.rules import Category, Rule, Spans
from warmnote.model import Stage

__all__ = ["Mark", "Scored", "coldness", "confirm", "floor_for", "price"]

_POINTS: Final = {4: 30, 3: 18, 2: 9, 1: 4}
_CAP: Final = {4: 45, 3: 30, 2: 18, 1: 10}
_FLOORS: Final = {
    "severe": {Stage.FIRST_TOUCH: 65, Stage.EXCHANGED_ONCE: 50},
    "ask": {Stage.FIRST_TOUCH: 40, Stage.EXCHANGED_ONCE: 25},
}
_ASKS: Final = frozenset({"pitch", "link", "meeting", "freebie", "recruit"})


_MANNER: Final = frozenset({"template", "self", "flattery", "jargon"})  # bears nothing out in a letter about them


@dataclass(slots=True)
class Mark:
    """A rule found in a text, before it has points. `points` set: a fixed price outside severities, caps and stages."""

    rule: Rule
    start: int
    end: int
    sentence: int
    sure: bool
    severity: int
    points: int | None = None
    advice: str = ""
    why: str = ""

    @classmethod
    def of(cls, rule: Rule, start: int, end: int, sentence: int = -1) -> "Mark":
        """A mark as its rule prices it."""
        return cls(rule, start, end, sentence, rule.sure, rule.severity, rule.points)


@dataclass(frozen=True, slots=True)
class Scored:
    """A mark with its price."""

    mark: Mark
    points: int


def _weight(mark: Mark) -> float:
    return float(mark.points if mark.points is not None else _POINTS[mark.severity] * (1.0 if mark.sure else 0.5))


def _without_overlaps(marks: Sequence[Mark]) -> list[Mark]:
    taken = Spans()
    heaviest_first = sorted(marks, key=lambda mark: (-_weight(mark), mark.start - mark.end, mark.start, mark.rule.id))
    return [mark for mark in heaviest_first if mark.end == 0 or taken.add(mark.start, mark.end)]


def confirm(marks: Sequence[Mark], categories: dict[str, Category], *, about_them: bool) -> None:
    """Make weak signs clear that another sign bears out: what the writer does for a living is one thing, and the same
    with "shall I put you down?" two sentences on another. In one sentence two weak signs of the same weight may be one.
    That there is nothing `about_them` in the letter bears statements out too, where a category names `no_interest`;
    not questions, which would be the reason why there is nothing.
    """
    able = [mark for mark in marks if mark.end and (mark.sure or categories[mark.rule.category].beside)]
    found: list[Mark] = []
    for mark in able:
        beside = categories[mark.rule.category].beside
        if not mark.sure and (
            ("no_interest" in beside and mark.rule.only == "statement" and not about_them)
            or any(
                other.rule.category in (beside - _MANNER if about_them else beside)
                and (other.end <= mark.start or mark.end <= other.start)
                and (other.sure or other.sentence != mark.sentence or other.severity != mark.severity)
                for other in able
            )
        ):
            found.append(mark)
    for mark in found:
        mark.sure = True


def price(marks: Iterable[Mark], categories: dict[str, Category], stage: Stage, *, asked: bool) -> list[Scored]:
    """Give every mark its whole points; marks that are worth nothing here, or lie under a heavier one, fall away."""
    groups: dict[str, list[Mark]] = {}
    for mark in marks:
        groups.setdefault(mark.rule.category, []).append(mark)
    asking = any(name in _ASKS and not (asked and categories[name].asked == 0) for name in groups)
    scored: list[Scored] = []
    for name, group in groups.items():
        category = categories[name]
        scale = category.stages[stage] * (category.asked if asked else 1.0)
        if name == "flattery" and asking:
            scale *= 1.5
        room = max((_CAP[mark.severity] for mark in group if mark.points is None), default=0)
        repeat = False
        for mark in _without_overlaps(group):
            if mark.points is not None:
                points = mark.points
            else:
                points = min(room, round(_weight(mark) * (0.5 if repeat else 1.0) * scale))
                room -= points
                repeat = True
            if points > 0:
                scored.append(Scored(mark, points))
    return scored


def floor_for(scored: Iterable[Scored], categories: dict[str, Category], stage: Stage) -> int | None:
    """The lowest number that kind words may bring the message to; None when nothing found sets one."""
    floors = [
        _FLOORS[kind][stage]
        for item in scored
        if item.mark.sure and item.mark.points is None and stage in _FLOORS[kind := _floor_kind(item.mark, categories)]
    ]
    return max(floors, default=None)


def _floor_kind(mark: Mark, categories: dict[str, Category]) -> str:
    if mark.severity == 4:
        return "severe"
    return "ask" if mark.severity == 3 and categories[mark.rule.category].floor == "ask" else ""


_FLOORS[""] = {}


def coldness(raw: int, warmth: int, biggest: int, floor: int | None) -> tuple[int, bool]:
    """The number from 0 to 100, and whether the floor decided it."""
    plain = max(0, raw - warmth)
    held = floor + round((raw - biggest) / 4) if floor is not None else 0
    return min(100, max(plain, held)), floor is not None and held > plain
