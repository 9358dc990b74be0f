"""The arithmetic of the score: severities, caps, repeats, stages, the ask and the floors."""

import pytest

from warmnote.coldness.rules import Category, Rule
from warmnote.coldness.score import Mark, coldness, floor_for, price
from warmnote.model import Stage


def _category(
    name: str, severity: int, stages: tuple[float, float, float, float] = (1, 1, 1, 1), **options: object
) -> Category:
    return Category(id=name, title="t", severity=severity, stages=stages, why="w", advice="a", **options)  # type: ignore[arg-type]


CATEGORIES = {
    "pitch": _category("pitch", 4, (1.0, 0.7, 0.35, 0.1), asked=0.0, floor="severe"),
    "meeting": _category("meeting", 3, (1.0, 0.7, 0.35, 0.1), asked=0.0, floor="ask"),
    "flattery": _category("flattery", 2, (1.0, 0.8, 0.5, 0.2)),
    "shout": _category("shout", 1),
    "hype": _category("hype", 3),
}


def _mark(
    category: str, place: int = 0, *, sure: bool = True, severity: int | None = None, points: int | None = None
) -> Mark:
    rule = Rule(
        id=f"{category}.x{place}", category=category, title="t", why="w", advice="a", evidence="house", source="house rule",
        severity=CATEGORIES[category].severity if severity is None else severity, sure=sure, points=points,
    )  # fmt: skip
    return Mark.of(rule, place * 10, place * 10 + 5, 0) if points is None else Mark.of(rule, 0, 0)


def _points(marks: list[Mark], stage: Stage = Stage.FIRST_TOUCH, *, asked: bool = False) -> list[int]:
    return sorted((item.points for item in price(marks, CATEGORIES, stage, asked=asked)), reverse=True)


@pytest.mark.parametrize(
    ("marks", "points"),
    [
        ([_mark("pitch")], [30]),
        ([_mark("pitch", sure=False)], [15]),
        ([_mark("pitch"), _mark("pitch", 1)], [30, 15]),
        ([_mark("pitch"), _mark("pitch", 1), _mark("pitch", 2)], [30, 15]),
        ([_mark("hype"), _mark("hype", 1), _mark("hype", 2)], [18, 9, 3]),
        ([_mark("shout", place) for place in range(9)], [4, 2, 2, 2]),
        ([_mark("pitch"), _mark("hype", 1)], [30, 18]),
        ([_mark("flattery")], [9]),
        ([_mark("flattery"), _mark("pitch", 1)], [30, 14]),
        ([_mark("flattery"), _mark("hype", 1)], [18, 9]),
        ([_mark("shout", points=8)], [8]),
        ([_mark("pitch", severity=2)], [9]),
    ],
)
def test_points(marks: list[Mark], points: list[int]) -> None:
    assert _points(marks) == points


@pytest.mark.parametrize(("stage", "points"), [(0, 30), (1, 21), (2, 10), (3, 3)])
def test_points_fall_with_acquaintance(stage: int, points: int) -> None:
    assert _points([_mark("pitch")], Stage(stage)) == [points]


def test_what_they_asked_for_costs_nothing_and_makes_no_ask() -> None:
    marks = [_mark("pitch"), _mark("meeting", 1), _mark("flattery", 2)]
    assert _points(marks, asked=True) == [9]


def test_of_two_overlapping_marks_the_heavier_stays() -> None:
    light, heavy = _mark("pitch", sure=False), _mark("pitch")
    light.end += 3
    assert _points([light, heavy]) == [30]


@pytest.mark.parametrize(
    ("marks", "stage", "floor"),
    [
        ([_mark("pitch")], 0, 65), ([_mark("pitch")], 1, 50), ([_mark("pitch")], 2, None), ([_mark("meeting")], 0, 40),
        ([_mark("meeting")], 1, 25), ([_mark("meeting")], 3, None), ([_mark("hype")], 0, None), ([_mark("pitch", sure=False)], 0, None),
        ([_mark("meeting"), _mark("pitch", 1)], 0, 65), ([_mark("flattery", severity=4)], 0, 65), ([], 0, None),
    ],
)  # fmt: skip
def test_floors(marks: list[Mark], stage: int, floor: int | None) -> None:
    scored = price(marks, CATEGORIES, Stage(stage), asked=False)
    assert floor_for(scored, CATEGORIES, Stage(stage)) == floor


@pytest.mark.parametrize(
    ("raw", "warmth", "biggest", "floor", "number", "held"),
    [
        (0, 0, 0, None, 0, False),
        (10, 25, 10, None, 0, False),
        (30, 25, 30, 65, 65, True),
        (62, 0, 30, 65, 73, True),
        (104, 0, 30, 65, 100, False),
        (80, 0, 30, 40, 80, False),
        (500, 0, 30, 65, 100, False),
    ],
)
def test_the_number(raw: int, warmth: int, biggest: int, floor: int | None, number: int, held: bool) -> None:
    assert coldness(raw, warmth, biggest, floor) == (number, held)
