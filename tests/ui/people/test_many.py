"""What is done to several people at once, in the whole window: written, told, undone, and the letter left alone."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QPushButton

from warmnote.model import FollowUp, Stage
from warmnote.notebook import View

Key = Qt.Key


def opened(whole, name: str):
    return whole.journal.reader.open_person(whole.person(name)).person


def test_the_card_says_who_and_the_letter_waits(qtbot, whole):
    whole.open_person("Tunde Okafor")
    desk = whole.page.desk
    qtbot.keyClicks(desk.letter.editor, "How was Lagos")
    tunde = whole.person("Tunde Okafor")
    whole.write(lambda: whole.select("Tunde Okafor", "Jae Lim", "Will Brandt"))
    assert whole.journal.reader.open_person(tunde).draft.text == "How was Lagos"
    assert whole.find("many-title", QLabel).text() == "3 people selected"
    assert whole.find("many-names", QLabel).text() == "Tunde Okafor, Jae Lim and 1 more"
    assert not desk.letter.isVisible()
    assert not desk.meter.isVisible()
    whole.press("many-clear")
    assert desk.letter.isVisible()
    assert desk.meter.isVisible()
    assert desk.letter.editor.toPlainText() == "How was Lagos"


def test_a_tag_is_given_and_taken_off_and_undone(qtbot, whole):
    people = whole.select("Tunde Okafor", "Jae Lim")
    whole.press("many-tag")
    field = whole.find("tag-field", QLineEdit)
    assert field.hasFocus()
    qtbot.keyClicks(field, "conference")
    whole.write(lambda: qtbot.keyClick(field, Key.Key_Return))
    assert opened(whole, "Jae Lim").tags == ("conference",)
    assert "2 people" in whole.notice()
    assert sorted(whole.page.people.selected()) == sorted(people)
    whole.press("many-tag")
    qtbot.keyClicks(whole.find("tag-field", QLineEdit), "conference")
    whole.write(lambda: whole.press("many-tag-take"))
    assert opened(whole, "Jae Lim").tags == ()
    whole.write(lambda: whole.press("notice-action"))
    assert opened(whole, "Tunde Okafor").tags == ("conference",)


def test_a_tag_that_is_there_is_completed(qtbot, whole):
    tunde = whole.person("Tunde Okafor")
    whole.write(lambda: whole.journal.write(lambda notebook: notebook.bulk.tag([tunde], "conference")))
    whole.select("Jae Lim", "Will Brandt")
    whole.press("many-tag")
    field = whole.find("tag-field", QLineEdit)
    qtbot.keyClicks(field, "fer")
    offered = field.completer().popup()
    assert offered.isVisible()
    qtbot.keyClick(offered, Key.Key_Down)
    whole.write(lambda: qtbot.keyClick(offered, Key.Key_Return))
    assert opened(whole, "Will Brandt").tags == ("conference",)


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("First touch", Stage.FIRST_TOUCH),
        ("Exchanged once", Stage.EXCHANGED_ONCE),
        ("A conversation", Stage.CONVERSATION),
        ("A relationship", Stage.RELATIONSHIP),
    ],
)
def test_the_stage_is_set_and_left_to_the_log_again(whole, words, stage):
    whole.select("Tunde Okafor", "Greta Nilsson")
    computed = opened(whole, "Greta Nilsson").stage
    choices = {
        action.text(): action for action in whole.find("many-stage", QPushButton).menu().actions() if action.text()
    }
    assert list(choices) == ["As the log says", "First touch", "Exchanged once", "A conversation", "A relationship"]
    whole.write(choices[words].trigger)
    assert (opened(whole, "Greta Nilsson").stage, opened(whole, "Greta Nilsson").stage_by_hand) == (stage, True)
    whole.write(choices["As the log says"].trigger)
    assert (opened(whole, "Greta Nilsson").stage, opened(whole, "Greta Nilsson").stage_by_hand) == (computed, False)


def test_a_plan_for_all(qtbot, whole):
    whole.select("Tunde Okafor", "Jae Lim")
    whole.press("many-plan")
    why = whole.find("plan-why", QLineEdit)
    assert why.hasFocus()
    qtbot.keyClicks(why, "after the fair")
    whole.write(lambda: qtbot.keyClick(why, Key.Key_Return))
    assert opened(whole, "Jae Lim").follow_up == FollowUp(date(2026, 11, 30), "after the fair")
    assert opened(whole, "Tunde Okafor").follow_up == opened(whole, "Jae Lim").follow_up


def test_archived_they_leave_and_can_be_brought_back(whole):
    people = whole.select("Tunde Okafor", "Jae Lim")
    whole.find("many-archive").setFocus()
    whole.write(lambda: whole.press("many-archive"))
    assert not set(people) & set(whole.ids())
    assert not whole.is_there("many")
    assert whole.page.current() not in people
    assert whole.page.people._list.hasFocus()
    whole.page.people.set_view(View.ARCHIVED)
    whole.page.people._list.selectAll()
    assert whole.find("many-archive", QPushButton).text() == "Bring back"
    whole.write(lambda: whole.press("many-archive"))
    assert set(people) <= set(whole.ids())
    assert whole.ids(view=View.ARCHIVED) == []


def test_deleted_they_come_back_by_the_notice_with_what_was_written(qtbot, whole):
    whole.open_person("Ana Moreno")
    text = whole.page.desk.letter.editor.toPlainText()
    people = whole.select("Ana Moreno", "Jae Lim")
    whole.write(lambda: whole.press("many-delete"))
    assert not set(people) & set(whole.ids())
    assert whole.notice() == "2 people were deleted"
    whole.write(lambda: whole.press("notice-action"))
    whole.open_person("Ana Moreno")
    assert whole.page.desk.letter.editor.toPlainText() == text


def test_everybody_archived_is_not_the_first_start(whole):
    whole.page.people._list.selectAll()
    whole.find("many-archive").setFocus()
    whole.write(lambda: whole.press("many-archive"))
    assert not whole.is_there("first-run-samples")
    assert whole.window.focusWidget().objectName() == "people-search"
    assert any("archived" in label.text() for label in whole.find("people-empty").findChildren(QLabel))
    assert whole.is_there("people-archived")


def test_in_the_narrow_window_the_card_stands_above_the_list(qtbot, whole):
    whole.window.resize(720, 560)
    qtbot.waitUntil(lambda: whole.window.width() == 720)
    whole.select("Tunde Okafor", "Jae Lim")
    card, people = whole.find("many"), whole.find("people-list", QAbstractItemView)
    bottom = lambda: card.mapTo(whole.window, card.rect().bottomLeft()).y()  # noqa: E731
    qtbot.waitUntil(lambda: bottom() < people.mapTo(whole.window, people.rect().topLeft()).y())
    qtbot.waitUntil(lambda: people.height() > 120)
    whole.window.resize(1360, 860)
    qtbot.waitUntil(lambda: whole.window.width() == 1360)
    assert not whole.page.people.isAncestorOf(whole.find("many"))
    assert whole.find("many").isVisible()


def test_commands_for_one_person_come_back_to_one(qtbot, whole):
    whole.open_person("Tunde Okafor")
    whole.select("Tunde Okafor", "Jae Lim")
    qtbot.keyClick(whole.window, Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not whole.is_there("many")
    assert whole.page.desk.card.timeline.isVisible()
    qtbot.waitUntil(lambda: whole.is_there("composer-text"))


def test_the_command_for_a_tag_is_for_all_who_are_selected(qtbot, whole):
    whole.select("Tunde Okafor", "Jae Lim")
    qtbot.keyClick(whole.window, Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert whole.find("tag-field", QLineEdit).hasFocus()


def test_escape_on_the_card_goes_back_to_the_list(qtbot, whole):
    whole.select("Tunde Okafor", "Jae Lim")
    clear = whole.find("many-clear")
    clear.setFocus()
    qtbot.keyClick(clear, Key.Key_Escape)
    assert len(whole.page.people.selected()) == 1
    assert whole.page.people._list.hasFocus()


def test_everything_on_the_card_is_reached_by_tab_and_has_a_name(qtbot, whole):
    whole.select("Tunde Okafor", "Jae Lim")
    whole.find("many-clear").setFocus()
    seen = []
    for _ in range(7):
        focus = whole.window.focusWidget()
        seen.append(focus.objectName())
        assert focus.accessibleName() or focus.text()
        qtbot.keyClick(focus, Key.Key_Tab)
    assert seen == [
        "many-clear",
        "many-tag",
        "many-stage",
        "many-plan",
        "many-same",
        "many-archive",
        "many-delete",
    ]


@pytest.fixture
def large_text() -> Iterator[None]:
    application = QApplication.instance()
    usual = QFont(application.font())
    large = QFont(usual)
    large.setPixelSize(24)
    application.setFont(large)
    yield
    application.setFont(usual)


def test_in_the_smallest_window_with_the_largest_text_nothing_is_cut(qtbot, large_text, whole):
    whole.window.resize(720, 560)
    qtbot.waitUntil(lambda: whole.window.width() == 720)
    page, people = whole.page, whole.page.people._list
    people.selectAll()
    card = whole.find("many")
    bottom = lambda part: part.mapTo(page, part.rect().bottomLeft()).y()  # noqa: E731
    whole_card = lambda: card.height() >= card.heightForWidth(card.width())  # noqa: E731
    qtbot.waitUntil(lambda: whole_card() and bottom(card) < people.mapTo(page, people.rect().topLeft()).y())
    page.tag()
    whole.find("many-tag-take")
    qtbot.waitUntil(lambda: whole_card() and bottom(card) < page.height())
    assert not whole.is_there("many-delete")
    qtbot.keyClick(whole.find("tag-field"), Key.Key_Escape)
    assert whole.find("many-delete").isVisible()


def test_in_the_narrow_window_the_list_stays_when_those_selected_are_gone(qtbot, whole):
    whole.window.resize(720, 560)
    qtbot.waitUntil(lambda: whole.window.width() == 720)
    people = whole.select("Tunde Okafor", "Jae Lim")
    whole.find("many-archive").setFocus()
    whole.write(lambda: whole.press("many-archive"))
    assert not set(people) & set(whole.ids())
    assert whole.page.people.isVisible()
    assert whole.page.people._list.hasFocus()


def test_in_the_narrow_window_the_arrows_move_through_the_list_and_enter_goes_to_the_person(qtbot, whole):
    whole.window.resize(720, 560)
    qtbot.waitUntil(lambda: whole.window.width() == 720)
    whole.page.people.focus_list()
    before = whole.page.current()
    qtbot.keyClick(whole.page.people._list, Key.Key_Down)
    assert whole.page.current() != before
    assert whole.page.people._list.hasFocus()
    qtbot.keyClick(whole.page.people._list, Key.Key_Return)
    assert not whole.page.people.isVisible()
    assert whole.page.desk.letter.isVisible()
