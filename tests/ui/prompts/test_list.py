"""The list of starters: for whom they are read, search, kinds, and what is done with one of them."""

import time

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QListWidget

from warmnote.prompts import MINE, USUAL
from warmnote.ui.prompts.rows import Heading, StarterModel


def test_a_starter_reads_as_it_would_for_the_one_on_the_desk(room) -> None:
    assert any("Bilbao" in text for text in room.texts())
    fits = [line for line in room.page.panel.model.lines() if line.fits]
    assert fits
    assert all(line.prompt is not None for line in fits)


def test_what_is_missing_is_said_and_comes_last(room) -> None:
    lines = room.page.panel.model.lines()
    assert [line.fits for line in lines] == sorted((line.fits for line in lines), reverse=True)
    lacking = [line for line in lines if not line.fits]
    assert lacking
    assert all(line.reason for line in lacking)
    company = next(line for line in lacking if line.starter.kind == "workplace")
    assert company.reason == "Needs where they work: nothing known."


def test_for_somebody_of_whom_nothing_is_known_much_more_is_missing(room) -> None:
    before = sum(line.fits for line in room.page.panel.model.lines())
    room.page.show_for(room.opened(room.tom))
    room.settle()
    lines = room.page.panel.model.lines()
    assert sum(line.fits for line in lines) < before
    pet = next(line for line in lines if line.starter.needs[:1] == ("pet",))
    assert not pet.fits
    assert pet.reason == "Needs their animal: nothing known."


def test_with_nobody_on_the_desk_all_read_for_somebody_invented(room) -> None:
    room.page.show_for(None)
    room.settle()
    lines = room.page.panel.model.lines()
    assert all(line.fits for line in lines)
    assert not any("{{" in line.text or "‹" in line.text for line in lines)


def test_another_person_is_chosen_by_search(room, qtbot) -> None:
    room.find("prompts-whom").click()
    popup = room.find("prompts-whom-search")
    names = popup.findChild(QListWidget)
    shown = [names.item(row).text() for row in range(names.count())]
    assert shown[:2] == ["Somebody invented", "Ana Moreno · on the desk"]
    field = popup.findChild(QLineEdit)
    qtbot.keyClicks(field, "tom")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    room.settle()
    assert "Tom Field" in room.find("prompts-whom").text()
    line = next(line for line in room.page.panel.model.lines() if line.fits)
    room.page.panel.choose(line.starter.id)
    # There is no letter to Tom on the desk to put it into.
    assert room.find("prompts-use").isHidden()


def test_enter_puts_a_starter_into_the_letter(room, qtbot) -> None:
    line = room.line("Bilbao")
    qtbot.keyClick(room.page.panel.list, Qt.Key.Key_Return)
    assert room.used == [line.prompt]
    assert room.used[0].starter == line.text


def test_search_goes_through_text_kind_and_title(room, qtbot) -> None:
    everything = len(room.texts())
    search = room.find("prompts-search", QLineEdit)
    qtbot.keyClicks(search, "greyhound")
    qtbot.waitUntil(lambda: 0 < len(room.texts()) < everything)
    assert all("greyhound" in line.words for line in room.page.panel.model.lines())
    search.setText("music")
    qtbot.waitUntil(lambda: any(line.starter.kind == "music" for line in room.page.panel.model.lines()))
    search.setText("no such words anywhere")
    qtbot.waitUntil(lambda: not room.texts())
    none = room.find("prompts-none", QLabel)
    assert none.isVisible()
    assert none.text() == "No starter has these words."
    search.clear()
    qtbot.waitUntil(lambda: len(room.texts()) == everything)


def test_one_kind_alone(room) -> None:
    kinds = room.find("prompts-kind", QComboBox)
    kinds.setCurrentIndex(kinds.findData("pet"))
    kinds.activated.emit(kinds.currentIndex())
    assert {line.starter.kind for line in room.page.panel.model.lines()} == {"pet"}


def test_ctrl_f_is_the_search_from_everywhere_on_the_page(room, qtbot) -> None:
    room.press("prompts-new")
    qtbot.keyClick(room.page.editor.text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert room.page.panel.search.hasFocus()
    assert room.page.panel.isVisible()


def test_the_search_leaves_ctrl_k_to_the_window(room) -> None:
    def taken(key: Qt.Key) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.ControlModifier)
        event.ignore()
        QApplication.sendEvent(room.page.panel.search, event)
        return event.isAccepted()

    assert taken(Qt.Key.Key_A)  # select all
    assert not taken(Qt.Key.Key_K)


def test_headings_are_passed_over_by_the_arrows(room, qtbot) -> None:
    panel = room.page.panel
    panel.list.setFocus()
    rows = panel.model.rowCount()
    seen = set()
    for _ in range(rows):
        assert panel.line() is not None
        seen.add(panel.list.currentIndex().row())
        qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert len(seen) == len(panel.model.lines())


def test_a_shipped_starter_is_left_out_and_offered_again(room) -> None:
    line = room.line("Bilbao")
    room.press("prompts-out")
    assert line.starter.id not in {starter.id for starter in room.keeper.stock.prompter.starters}
    index = room.page.panel.model.index(room.page.panel.model.row_of(line.starter.id))
    assert index.data(StarterModel.MARK) == "left out"
    room.page.panel.choose(line.starter.id)
    room.press("prompts-out")
    assert line.starter.id in {starter.id for starter in room.keeper.stock.prompter.starters}


def test_a_screen_reader_hears_what_the_row_shows(room) -> None:
    line = room.line("Bilbao")
    heard = room.page.panel.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert line.text in heard
    assert line.reason in heard


def test_whoever_wants_no_letters_is_named_above_the_list(room) -> None:
    room.desk.write(lambda notebook: notebook.edit_person(room.ana, bio="Potter. Please no DMs."))
    room.settle()
    said = room.find("prompts-silence", QLabel)
    assert said.isVisible()
    assert "no messages" in said.text()


def test_hundreds_of_starters_are_there_at_once(room, qtbot) -> None:
    """The page's own part on the GUI thread; reading them is done beside it."""
    for pack in room.keeper.stock.packs:
        if not room.keeper.stock.is_on(pack):
            room.keeper.switch(pack, True)
    room.settle()
    assert len(room.texts()) > 500
    lines = room.page.panel._lines
    begun = time.perf_counter()
    room.page.panel.show_lines(lines, frozenset(), frozenset(), frozenset())
    room.page.panel.list.doItemsLayout()
    assert time.perf_counter() - begun < 0.5  # 60 ms on the slowest machine this was measured on


@pytest.mark.parametrize("width", [640, 400])
def test_every_row_is_as_high_as_its_text(room, width: int) -> None:
    room.page.resize(width, 600)
    view = room.page.panel.list
    view.doItemsLayout()
    metrics = view.itemDelegate()._text
    for row in range(room.page.panel.model.rowCount()):
        index = room.page.panel.model.index(row)
        shown = index.data(StarterModel.ROW)
        if isinstance(shown, Heading):
            continue
        rect = view.visualRect(index)
        room_for_text = rect.width() - 2 * view.itemDelegate()._side
        lines = -(-metrics.horizontalAdvance(shown.text) // room_for_text)
        assert rect.height() >= lines * metrics.height()


def test_the_usual_starters_are_a_pack_like_the_others(room) -> None:
    room.look_into(USUAL)
    assert {line.starter.pack for line in room.page.panel.model.lines()} == {""}
    room.look_into(MINE)
    assert room.texts() == []
    assert "starter of your own" in room.find("prompts-none", QLabel).text()
