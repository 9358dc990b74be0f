"""What the meter reaches on the labelled messages of tests/corpus, held by floors a little below what was measured.

Its phrases were trained on these messages, so this shows that nothing broke, not how good the meter is on new ones:
`packaging/dev.py measure` says that, and docs/meter.md what it means. No text of part_b is printed, by this test either.
"""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from warmnote.coldness import Meter
from warmnote.resources import resource

CORPUS = Path(__file__).parents[1] / "corpus"


def _load_measure() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_measure", CORPUS / "measure.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


measure = _load_measure()


@pytest.fixture(scope="module")
def groups() -> dict[str, list[Any]]:
    """Every message of ours, read."""
    meter = Meter.load()
    return {name: measure.read(meter, measure.load(CORPUS / f"{name}.jsonl")) for name in measure.OWN}


@pytest.fixture(scope="module")
def ours(groups: dict[str, list[Any]]) -> dict[str, float]:
    return measure.figures(measure.first_letters(groups)["all of ours"])


def test_the_corpus_is_wide(groups: dict[str, list[Any]]) -> None:
    cases = [case for cases in groups.values() for case in cases]
    assert sum(case.cold for case in cases) >= 500
    assert sum(not case.cold for case in cases) >= 500
    assert {case.about.stage for case in cases} == {0, 1, 2, 3}
    assert len({case.id for case in cases}) == len(cases)
    assert len({case.text for case in cases}) == len(cases)


def test_marks_of_the_corpus_lie_in_its_texts(groups: dict[str, list[Any]]) -> None:
    for case in (case for cases in groups.values() for case in cases):
        assert all(0 <= start < end <= len(case.text) for start, end in case.spans), case.id
        assert case.cold or not case.spans, case.id


def test_the_table_of_phrases_was_trained_on_what_lies_here(groups: dict[str, list[Any]]) -> None:
    head = resource("wording/phrases.tsv").read_text("utf-8").partition("letter bias")[0]
    trained = dict(re.findall(r"(\w+) \((\d+)\)", head))
    here = {name: str(len(cases)) for name, cases in groups.items()}
    assert {name: trained.get(name) for name in here} == here, "run packaging/dev.py train"


def test_reach(ours: dict[str, float]) -> None:
    least = {"AUC": 0.93, "AUC, hard against hard": 0.84, "F1 at 50": 0.85, "recall": 0.76, "recall, hard": 0.58}
    assert {name: ours[name] for name, floor in least.items() if ours[name] < floor} == {}


def test_false_alarms(ours: dict[str, float]) -> None:
    most = {"false alarms": 0.02, "false alarms, hard": 0.04, "marks per warm message": 0.25}
    assert {name: ours[name] for name, ceiling in most.items() if ours[name] > ceiling} == {}


def test_marks_lie_where_people_would_put_them(ours: dict[str, float]) -> None:
    assert ours["marked stretches found"] >= 0.62
    assert ours["marks that are right"] >= 0.86


def test_few_false_alarms_among_people_who_know_each_other(groups: dict[str, list[Any]]) -> None:
    later = measure.figures(measure.later_letters(groups)["later stages"])
    assert later["false alarms"] <= 0.02


def test_people_may_say_what_they_do_for_a_living(groups: dict[str, list[Any]]) -> None:
    figures = measure.figures(groups["near_misses"])
    assert figures["false alarms"] <= 0.0125  # one of eighty
    assert figures["recall"] >= 0.46
