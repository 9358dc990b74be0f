"""The prompt cards: three at a time, by mouse and keyboard, side by side or stacked."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from warmnote.prompts import Prompt
from warmnote.ui.asking.cards import PromptCards


def prompt(number: int) -> Prompt:
    return Prompt(
        id=f"p{number}", kind="craft", title=f"Title {number}", starter=f"Starter {number} with ⟦a blank⟧ in it?",
        reason="from their bio", interest=None,
    )  # fmt: skip


PROMPTS = tuple(prompt(number) for number in (1, 2, 3))


@pytest.fixture
def cards(qtbot, theme):
    window = QWidget()
    layout = QVBoxLayout(window)
    made = PromptCards(theme)
    layout.addWidget(made)
    layout.addStretch(1)
    qtbot.addWidget(window)
    window.resize(620, 400)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.show_prompts(PROMPTS)
    yield made  # noqa: PT022  # the window has to outlive the test


def card(cards: PromptCards, number: int) -> QWidget:
    return cards.findChild(QWidget, f"prompt-{number}")


@pytest.mark.parametrize("way", ["click", "enter", "space", "shortcut"])
def test_a_card_is_taken(cards, qtbot, way):
    second = card(cards, 2)
    with qtbot.waitSignal(cards.used) as heard:
        if way == "click":
            qtbot.mouseClick(second, Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
        elif way == "shortcut":
            qtbot.keyClick(cards.window(), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        else:
            second.setFocus()
            qtbot.keyClick(second, Qt.Key.Key_Return if way == "enter" else Qt.Key.Key_Space)
    assert heard.args == [PROMPTS[1]]


def test_a_click_on_the_words_of_a_card_counts(cards, qtbot):
    words = next(label for label in card(cards, 1).findChildren(QLabel) if label.text().startswith("Starter"))
    place = words.mapTo(cards.window(), words.rect().center())
    with qtbot.waitSignal(cards.used):
        qtbot.mouseClick(cards.window().windowHandle(), Qt.MouseButton.LeftButton, pos=place)


def test_others_by_key_and_by_click(cards, qtbot):
    with qtbot.waitSignal(cards.others_wanted):
        qtbot.keyClick(cards.window(), Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(cards.others_wanted):
        qtbot.mouseClick(cards.findChild(QWidget, "other-prompts"), Qt.MouseButton.LeftButton)


def test_without_prompts_it_says_why_and_takes_nothing(cards, qtbot):
    cards.show_prompts((), "The kindest message is none.")
    assert cards.findChild(QLabel, "no-prompts").text() == "The kindest message is none."
    assert not card(cards, 1).isVisible()
    with qtbot.assertNotEmitted(cards.used), qtbot.assertNotEmitted(cards.others_wanted):
        qtbot.keyClick(cards.window(), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(cards.window(), Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)


def test_fewer_than_three(cards, qtbot):
    cards.show_prompts(PROMPTS[:1])
    assert card(cards, 1).isVisible()
    assert not card(cards, 2).isVisible()
    with qtbot.assertNotEmitted(cards.used):
        qtbot.keyClick(cards.window(), Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)


def test_they_stack_where_it_is_narrow_and_nothing_is_cut(cards, qtbot):
    assert card(cards, 1).y() == card(cards, 3).y()
    cards.window().resize(330, 700)
    qtbot.waitUntil(lambda: card(cards, 1).y() < card(cards, 2).y() < card(cards, 3).y())
    for number in (1, 2, 3):
        for label in card(cards, number).findChildren(QLabel):
            assert label.height() >= label.heightForWidth(label.width())
    cards.window().resize(620, 400)
    qtbot.waitUntil(lambda: card(cards, 1).y() == card(cards, 3).y())


def test_a_hostile_title_is_shown_as_it_is(cards):
    cards.show_prompts(
        [Prompt(id="x", kind="k", title="<b>x</b>", starter="<img src=x>", reason="<i>y</i>", interest=None)]
    )
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in card(cards, 1).findChildren(QLabel))


def test_screen_readers_hear_title_starter_and_key(cards):
    assert card(cards, 1).accessibleName() == "Title 1: Starter 1 with ⟦a blank⟧ in it?"
    assert "Ctrl+1" in card(cards, 1).accessibleDescription()
