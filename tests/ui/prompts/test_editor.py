"""Writing a starter: preview, faults in their place, drafts, saving, copying and deleting."""

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QComboBox, QLabel

from warmnote.prompts import MINE, PackFolder
from warmnote.ui.prompts.drafts import NEW, Draft, Drafts


def write(room, text: str) -> None:
    if not room.page.editor.isVisible():
        room.press("prompts-new")
    room.page.editor.text.setPlainText(text)
    room.settle()


def said(room, name: str) -> str:
    label = room.find(name, QLabel)
    return label.text() if label.isVisible() else ""


def mine(room) -> list[str]:
    return [starter.text for starter in PackFolder(room.folder).mine().starters]


def test_a_starter_is_written_tried_and_saved(room) -> None:
    write(room, "Which corner of {{ place }} would you show ⟦whom you know there⟧?")
    assert said(room, "preview-one-text") == "Which corner of Bilbao would you show ⟦whom you know there⟧?"
    assert "{{" not in said(room, "preview-anyone-text")
    assert said(room, "preview-one-reads") == "Reads warm."
    room.press("starter-save")
    assert mine(room) == ["Which corner of {{ place }} would you show ⟦whom you know there⟧?"]
    assert room.page.panel.isVisible()
    assert room.page.panel.line().text.startswith("Which corner of Bilbao")
    assert any(starter.pack == MINE for starter in room.keeper.stock.prompter.starters)


def test_what_cools_it_is_said_quietly(room) -> None:
    write(room, "Grab my FREE guide to doubling your income today: https://example.com/x")
    assert said(room, "preview-one-reads").startswith(("Reads chilly: ", "Reads cold: "))
    # The meter advises; it forbids nothing.
    assert room.find("starter-save").isEnabled()


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("How is {{ pett }}?", "Line 1, column 11", "pett is not known"),
        ("Hello.\nHow is {{ pet.name }}?", "Line 2, column 8", "is no field"),
        ("\n\nHow is {{ pet ?", "Line 3, column 8", "never closed"),
        ("I once ⟦did that", "Line 1, column 8", "never closed"),
        ("😀 {{ x() }}", "Line 1, column 3", "is no field"),
        ("{% for x in y %}", "Line 1, column 1", "may not do"),
    ],
)
def test_a_fault_is_named_with_its_place_and_save_is_off(room, text: str, place: str, words: str) -> None:
    write(room, text)
    fault = said(room, "starter-fault")
    assert fault.startswith(f"{place}: ")
    assert words in fault
    assert said(room, "starter-cure")
    assert not room.find("starter-save").isEnabled()
    (mark,) = room.page.editor.text.extraSelections()
    before = text.split("\n")
    line, column = (int(part.split()[-1]) for part in place.split(","))
    start = sum(len(each) + 1 for each in before[: line - 1]) + column - 1
    assert mark.cursor.selectionStart() == len(text[:start].encode("utf-16-le")) // 2


def test_the_underline_goes_with_the_fault(room) -> None:
    write(room, "How is {{ pett }}?")
    write(room, "How is {{ pet }}?")
    assert said(room, "starter-fault") == ""
    assert not room.page.editor.text.extraSelections()
    assert room.find("starter-save").isEnabled()


def test_what_a_person_lacks_is_said_in_the_preview(room) -> None:
    write(room, "What do people at {{ company }} laugh about?")
    card = room.find("preview-one")
    assert any("Needs where they work" in label.text() for label in card.findChildren(QLabel))
    assert room.find("starter-save").isEnabled()


def test_fields_and_blanks_go_in_at_the_cursor(room, qtbot) -> None:
    write(room, "About : ")
    text = room.page.editor.text
    cursor = text.textCursor()
    cursor.setPosition(6)
    text.setTextCursor(cursor)
    room.page.editor._fields.chosen.emit("hobby")
    assert text.toPlainText() == "About {{ hobby }}: "
    text.moveCursor(text.textCursor().MoveOperation.End)
    room.find("starter-blank").click()
    qtbot.keyClicks(text, "your own try")
    assert text.toPlainText() == "About {{ hobby }}: ⟦your own try⟧"


def test_tab_leaves_the_text(room, qtbot) -> None:
    write(room, "Hello")
    room.page.editor.text.setFocus()
    qtbot.keyClick(room.page.editor.text, Qt.Key.Key_Tab)
    assert room.page.editor.text.toPlainText() == "Hello"
    assert not room.page.editor.text.hasFocus()


def test_ctrl_s_saves_what_was_typed_a_moment_ago(room, qtbot) -> None:
    room.press("prompts-new")
    qtbot.keyClicks(room.page.editor.text, "What is on your table just now?")
    qtbot.keyClick(room.page.editor.text, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: mine(room) == ["What is on your table just now?"])
    room.settle()


def test_leaving_loses_nothing_not_even_in_another_session(room, qtbot) -> None:
    write(room, "Half a thou")
    qtbot.keyClick(room.page.editor.text, Qt.Key.Key_Escape)
    room.settle()
    assert room.page.panel.isVisible()
    room.settings.sync()
    again = Drafts(QSettings(room.settings.fileName(), QSettings.Format.IniFormat))
    assert again.get(NEW) is not None
    assert again.get(NEW).text == "Half a thou"
    room.press("prompts-new")
    assert room.page.editor.text.toPlainText() == "Half a thou"
    assert "Not saved yet" in said(room, "starter-state")


def test_changes_are_let_go_and_brought_back(room) -> None:
    write(room, "Half a thou")
    room.press("starter-drop")
    assert room.page.panel.isVisible()
    room.undo()
    room.press("prompts-new")
    assert room.page.editor.text.toPlainText() == "Half a thou"


def test_odd_drafts_are_no_harm(tmp_path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    for odd in ("{", "[1]", '{"new": 3}', '{"new": {"stage": "x"}}', "null"):
        settings.setValue("prompts/drafts", odd)
        assert Drafts(settings).ids == frozenset()
    settings.setValue("prompts/drafts", '{"new": {"text": "Hi", "else": 1}}')
    assert Drafts(settings).get(NEW) == Draft(text="Hi")


def test_a_shipped_starter_is_copied_edited_and_deleted(room) -> None:
    line = room.line("Bilbao")
    room.press("prompts-copy")
    assert room.page.editor.isVisible()
    assert room.page.editor.text.toPlainText() == line.starter.text
    copy = PackFolder(room.folder).mine().starters[0]
    room.page.editor.text.setPlainText("Is {{ place }} kind to you?")
    room.settle()
    room.press("starter-save")
    (kept,) = PackFolder(room.folder).mine().starters
    assert kept.id == copy.id
    assert kept.text == "Is {{ place }} kind to you?"
    assert kept.kind == line.starter.kind
    room.line("Is Bilbao kind to you?")
    room.press("prompts-delete")
    assert mine(room) == []
    assert room.told[-1][:2] == ("The starter is deleted", "Undo")
    room.undo()
    assert mine(room) == ["Is {{ place }} kind to you?"]


def test_a_deleted_starter_comes_back_to_its_place(room, qtbot) -> None:
    for text in ("First?", "Second?", "Third?"):
        write(room, text)
        room.press("starter-save")
    room.line("Second?")
    qtbot.keyClick(room.page.panel.list, Qt.Key.Key_Delete)
    room.settle()
    assert mine(room) == ["First?", "Third?"]
    room.undo()
    assert mine(room) == ["First?", "Second?", "Third?"]


def test_a_condition_that_no_text_shows_outlives_an_edit(room) -> None:
    starter = next(each for each in room.keeper.stock.usual if "birthday" in each.needs)
    room.keeper.copy(starter, lambda copy: room.page._edit(copy))
    room.settle()
    assert any("Only if their birthday" in label.text() for label in room.page.editor.findChildren(QLabel))
    room.page.editor.text.setPlainText("Many happy returns. What is the cake this year?")
    room.settle()
    room.press("starter-save")
    (kept,) = PackFolder(room.folder).mine().starters
    assert "birthday" in kept.needs
    assert set(kept.needs) <= set(starter.needs)


def test_stage_age_and_kind_are_kept(room) -> None:
    write(room, "How is {{ place }} these days?")
    for name, value in (("starter-stage", 2), ("starter-days", 31), ("starter-kind", "place")):
        combo = room.find(name, QComboBox)
        combo.setCurrentIndex(combo.findData(value))
    room.settle()
    room.press("starter-save")
    (kept,) = PackFolder(room.folder).mine().starters
    assert (kept.min_stage, kept.days, kept.kind) == (2, 31, "place")


def test_what_cannot_be_saved_stays_in_the_editor(room, monkeypatch) -> None:
    from warmnote.prompts import StarterError

    write(room, "What is new?")

    def refuse(self, pack) -> None:
        raise StarterError("mine.toml cannot be written: the disk is full.")

    monkeypatch.setattr(PackFolder, "save", refuse)
    room.press("starter-save")
    assert "the disk is full" in room.told[-1][0]
    assert room.page.editor.isVisible()
    assert room.page.editor.text.toPlainText() == "What is new?"
    assert room.find("starter-save").isEnabled()


def test_the_editor_fits_narrow_windows(room) -> None:
    write(room, "What is new with {{ place }}?")
    room.page.resize(560, 520)
    inside = room.page.editor.page
    room.qtbot.waitUntil(lambda: inside.minimumSizeHint().width() <= room.page.editor.viewport().width())
