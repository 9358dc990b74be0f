"""What lies beside a mark: all of it is there to be read, whatever was shown before."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from warmnote.coldness import Finding, Fix, Strength
from warmnote.ui.letter.popup import MarkPopup

TEXT = "Our team has spent fifteen years looking after gardens for hotels. Worth a chat? You grow figs."
LONG, SHORT, WHOLE = (0, 65), (67, 79), (0, len(TEXT))


def finding(place: tuple[int, int], evidence: str = "", source: str = "", *, sure: bool = True) -> Finding:
    start, end = place
    return Finding(
        start, end, "pitch", "pitch.wording", "Worded like a sales letter", 30, sure,
        "Letters that sell are worded like this, and letters between people seldom are.", "Ask them something.",
        fix=Fix(start, end, "", "Remove the sentence"), evidence=evidence, source=source,
    )  # fmt: skip


@pytest.fixture
def owner(qtbot, theme) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(720, 560)
    window.show()
    yield window  # noqa: PT022  # the window has to outlive the test


@pytest.fixture
def popup(owner, theme) -> MarkPopup:
    return MarkPopup(owner, theme)


def place(widget: QWidget, popup: MarkPopup) -> QRect:
    return QRect(widget.mapTo(popup, QPoint()), widget.size())


def open_for(popup: MarkPopup, item: Finding | Strength) -> list[QWidget]:
    popup.open_for(item, TEXT, QRect(QPoint(40, 40), QSize(80, 20)), keyboard=False)
    parts = [*popup.findChildren(QLabel), *popup.findChildren(QPushButton)]
    return [part for part in parts if part.isVisible()]


ITEMS = {
    "phrase": finding(SHORT, "house", "House rule"),
    "sentence": finding(LONG, "experiment", "Main 2007: four experiments on flattery in shops"),
    "unsure": finding(LONG, "observation", "Phrases counted in letters that were labelled cold or kind", sure=False),
    "all of it": finding(WHOLE, "observation", "Seen in real sales letters"),
    "warm": Strength(81, 94, "reference", "Mentions figs", -10),
}


@pytest.mark.parametrize("then", ITEMS)
@pytest.mark.parametrize("first", ITEMS)
def test_nothing_is_cut_or_covered_whatever_was_shown_before(popup, first, then):
    open_for(popup, ITEMS[first])
    parts = open_for(popup, ITEMS[then])
    for part in parts:
        assert popup.rect().contains(place(part, popup)), part.objectName() or part
        if isinstance(part, QPushButton):
            assert part.width() >= part.sizeHint().width(), part.text()
    for one, other in combinations(parts, 2):
        assert not place(one, popup).intersects(place(other, popup)), (one, other)


@pytest.mark.parametrize("first", ITEMS)
def test_it_is_as_high_as_what_it_holds(popup, owner, theme, first):
    open_for(popup, ITEMS[first])
    for name, item in ITEMS.items():
        open_for(popup, item)
        fresh = MarkPopup(owner, theme)
        open_for(fresh, item)
        assert popup.height() == fresh.height(), name


def test_a_long_phrase_is_shortened_inside_its_quotation_marks(popup):
    open_for(popup, ITEMS["sentence"])
    label = popup.findChild(QPushButton, "popup-allow").text()
    assert label.startswith("Always allow “Our team")
    assert label.endswith("…”")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("phrase", "House rule. Our own judgement; nobody has measured it."),
        ("sentence", "Experiment. Main 2007: four experiments on flattery in shops."),
        ("all of it", "Observation. Seen in real sales letters."),
        ("warm", ""),
    ],
)
def test_what_it_rests_on_is_there_to_be_read(popup, name, line):
    open_for(popup, ITEMS[name])
    shown = popup.findChild(QLabel, "popup-evidence")
    assert (shown.text(), shown.isVisible()) == (line, bool(line))
    assert line in popup.accessibleDescription()
