"""The letter on its card, with a real notebook below: opening, saving, copying, logging, undoing."""

import sqlite3
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from warmnote.model import Expected, MessageKind, Network
from warmnote.prompts import Prompt

COLD = "Hi Ana, here is my offer: bit.ly/5figures is waiting for you."


def prompt(starter: str = "How is ⟦the kiln⟧?") -> Prompt:
    return Prompt(
        id="craft.kiln", kind="craft", title="Pottery", starter=starter, reason="from their bio", interest=None
    )


class TestOpening:
    def test_nobody_is_chosen_at_first(self, desk):
        assert not desk.letter.isEnabled()
        assert desk.letter.person_id is None
        assert desk.editor.placeholderText()

    def test_a_person_is_addressed_by_first_name_on_the_channel_of_their_network(self, desk):
        desk.open(desk.add("Ana Moreno"))
        assert desk.letter._header._to.text() == "To Ana on"
        assert desk.button("channel").currentText() == "Bluesky message"
        assert desk.editor.accessibleName() == "Letter to Ana"

    def test_returning_finds_text_cursor_and_undo_as_they_were(self, desk):
        ana, ben = desk.add("Ana Moreno"), desk.add("Ben Ode")
        desk.open(ana)
        desk.type("Hello Ana")
        desk.editor.select(2, 4)
        desk.open(ben)
        assert desk.text == ""
        desk.type("Ben!")
        desk.open(ana)
        assert desk.text == "Hello Ana"
        assert desk.editor.cursor_place() == (2, 4)
        desk.editor.undo()
        assert desk.text == ""
        desk.editor.redo()
        assert desk.text == "Hello Ana"
        assert desk.stored(ben) == "Ben!"

    def test_a_stored_letter_comes_back_with_its_cursor_after_a_restart(self, desk, qtbot):
        from warmnote.ui.letter.sheets import Sheets

        ana = desk.add()
        desk.open(ana)
        desk.editor.replace(0, 0, "😀 Hello")
        desk.editor.select(4, 4)
        desk.letter.close_person()
        desk.drained()
        desk.letter._sheets = Sheets()
        desk.open(ana)
        assert desk.text == "😀 Hello"
        assert desk.editor.cursor_place() == (4, 4)
        assert not desk.editor.document().isUndoAvailable()

    def test_opening_the_same_person_again_leaves_the_letter_alone(self, desk):
        ana = desk.add()
        desk.open(ana)
        desk.type("Half a wor")
        desk.open(ana)
        assert desk.text == "Half a wor"
        desk.type("d")
        assert desk.text == "Half a word"

    def test_a_new_name_is_used_at_once_and_the_words_stay(self, desk):
        ana = desk.add()
        desk.open(ana)
        desk.type("Hello")
        desk.write(lambda notebook: notebook.edit_person(ana, name="Anna Moreno"))
        assert desk.letter._header._to.text() == "To Anna on"
        assert desk.text == "Hello"

    def test_a_letter_to_someone_deleted_meanwhile_is_not_tried_for_ever(self, desk):
        ana = desk.add()
        desk.open(ana)
        desk.type("Hello")
        desk.journal.write(lambda notebook: notebook.delete_people([ana]))
        desk.letter.flush()
        desk.drained()
        assert desk.letter.person_id is None
        assert not desk.letter._saver._again.isActive()
        assert desk.button("saved-state").text() == ""

    def test_a_deleted_person_leaves_an_empty_desk(self, desk):
        ana = desk.add()
        desk.open(ana)
        desk.type("Hello")
        desk.write(lambda notebook: notebook.delete_people([ana]))
        assert desk.letter.person_id is None
        assert desk.text == ""

    def test_reading_a_person_who_is_new_writes_nothing(self, desk, qtbot):
        ana, ben = desk.add("Ana Moreno"), desk.add("Ben Ode")
        with qtbot.assertNotEmitted(desk.journal.changed, wait=50):
            desk.open(ana)
            desk.open(ben)
            desk.drained()

    @pytest.mark.parametrize(("letters", "line"), [(1, ""), (2, "Two letters without an answer"), (3, "Three letters")])
    def test_silence_is_answered_with_patience(self, desk, letters, line):
        ana = desk.add()
        for number in range(letters):
            desk.log(ana, MessageKind.SENT, f"Hello number {number}", days_ago=9 - number)
        desk.open(ana)
        remark = desk.button("letter-remark")
        assert remark.isVisible() == bool(line)
        assert remark.text().startswith(line)

    def test_who_is_not_to_be_written_to_is_named(self, desk):
        ana = desk.add()
        desk.write(lambda notebook: notebook.edit_person(ana, do_not_write=True))
        desk.open(ana)
        assert "not to write to" in desk.button("letter-remark").text()


class TestSaving:
    def test_a_pause_saves(self, desk, qtbot):
        ana = desk.add()
        desk.open(ana)
        desk.type("Hello Ana")
        qtbot.waitUntil(lambda: desk.stored(ana) == "Hello Ana", timeout=3000)
        assert desk.button("saved-state").text() == "Saved just now"

    def test_typing_without_a_pause_is_saved_within_a_second(self, desk, qtbot):
        ana = desk.add()
        desk.open(ana)
        seen: list[str] = []
        desk.journal.changed.connect(lambda _: seen.append(desk.journal.reader.open_person(ana).draft.text))
        for _ in range(12):
            desk.type("abc ")
            qtbot.wait(100)
        assert seen, "nothing was saved while the keys came without a pause"

    def test_leaving_the_letter_saves_at_once(self, desk):
        ana = desk.add()
        desk.open(ana)
        desk.type("Hello")
        desk.button("channel").setFocus()
        assert desk.stored(ana) == "Hello"

    def test_closing_saves_at_once(self, desk):
        ana = desk.add()
        desk.open(ana)
        desk.type("Hello")
        desk.letter.flush()
        assert desk.stored(ana) == "Hello"

    def test_saving_is_no_step_to_undo(self, desk):
        desk.open(desk.add())
        desk.type("Hello")
        desk.letter.flush()
        desk.drained()
        desk.type(" you")
        steps = desk.editor.document().availableUndoSteps()
        desk.letter.flush()
        desk.drained()
        assert desk.editor.document().availableUndoSteps() == steps
        desk.editor.undo()
        assert desk.text == ""

    def test_the_saved_state_ages(self, desk):
        desk.open(desk.add())
        desk.type("Hello")
        desk.letter.flush()
        desk.drained()
        desk.now += timedelta(minutes=2)
        desk.letter._show_saved()
        assert desk.button("saved-state").text() == "Saved 2 min ago"

    def test_a_write_that_fails_keeps_the_text_says_why_and_is_tried_again(self, desk, qtbot, monkeypatch):
        from warmnote.notebook import Notebook

        ana, ben = desk.add("Ana Moreno"), desk.add("Ben Ode")
        desk.open(ana)
        whole = Notebook.save_draft

        def full(*_args):
            raise Expected("the disk is full.", "Make room.")

        monkeypatch.setattr(Notebook, "save_draft", full)
        desk.type("Do not lose me")
        desk.letter.flush()
        qtbot.waitUntil(lambda: desk.button("saved-state").text() == "Not saved: the disk is full.")
        assert desk.text == "Do not lose me"
        desk.open(ben)
        desk.open(ana)
        assert desk.text == "Do not lose me"
        monkeypatch.setattr(Notebook, "save_draft", whole)
        desk.letter._saver._on_again()
        assert desk.stored(ana) == "Do not lose me"
        assert desk.button("saved-state").text() == "Saved just now"

    def test_the_channel_is_remembered_with_the_letter(self, desk, qtbot):
        ana, ben = desk.add("Ana Moreno"), desk.add("Ben Ode")
        desk.open(ana)
        box = desk.button("channel")
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Down)
        assert box.currentText() == "Bluesky post"
        assert desk.button("letter-length").text() == "0 / 300"
        desk.open(ben)
        assert box.currentText() == "Bluesky message"
        desk.open(ana)
        assert box.currentText() == "Bluesky post"


class TestLength:
    def test_it_counts_as_the_channel_does(self, desk):
        desk.open(desk.add())
        desk.type("Hi ")
        desk.editor.replace(3, 3, "👩\u200d👩\u200d👧")
        desk.qtbot.waitUntil(lambda: desk.button("letter-length").text() == "4 / 1,000")

    def test_near_the_end_and_past_it_words_say_so(self, desk):
        desk.open(desk.add())
        label = desk.button("letter-length")
        desk.editor.replace(0, 0, "a" * 950)
        assert label.text() == "950 / 1,000, 50 left"
        desk.editor.replace(0, 0, "a" * 62)
        assert label.text() == "1,012 / 1,000, 12 too many"
        assert label.property("role") == "cold"

    def test_the_grade_comes_when_there_is_enough_to_grade(self, desk, qtbot):
        desk.open(desk.add())
        assert not desk.button("letter-grade").isVisible()
        desk.type("I saw your kiln cracked in the night and I hope that it can be saved. ")
        qtbot.waitUntil(lambda: desk.button("letter-grade").isVisible(), timeout=20_000)
        assert desk.button("letter-grade").text().startswith("reads at grade ")


class TestCopying:
    def test_ctrl_enter_copies_and_opens_their_page(self, desk, qtbot):
        desk.open(desk.add())
        desk.type("Hello Ana, how is the kiln?")
        qtbot.keyClick(desk.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert QApplication.clipboard().text() == "Hello Ana, how is the kiln?"
        assert desk.opened_urls == ["https://bsky.app/profile/ana.example"]
        assert "log it here" in desk.button("letter-hint").text()
        assert desk.button("log-sent").property("role") == "primary"

    def test_the_tooltip_shows_where_it_leads(self, desk):
        desk.open(desk.add())
        desk.type("Hello")
        assert "https://bsky.app/profile/ana.example" in desk.button("copy-letter").toolTip()

    @pytest.mark.parametrize(
        "url", ["", "javascript:alert(1)", "file:///etc/passwd", "//evil", "https://me@host.example/"]
    )
    def test_without_a_safe_page_it_only_copies(self, desk, url):
        desk.open(desk.add("Ana Moreno", network=Network.LINKEDIN, handle="", url=url))
        desk.type("Hello")
        assert desk.button("copy-letter").text() == "Copy"
        desk.letter.copy()
        assert QApplication.clipboard().text() == "Hello"
        assert desk.opened_urls == []

    def test_a_browser_that_does_not_open_is_told(self, desk):
        desk.browser[0] = False
        desk.open(desk.add())
        desk.type("Hello")
        desk.letter.copy()
        assert "did not open" in desk.button("letter-hint").text()

    def test_an_empty_letter_is_not_copied(self, desk):
        QApplication.clipboard().setText("before")
        desk.open(desk.add())
        assert not desk.button("copy-letter").isEnabled()
        assert "nothing to copy" in desk.button("copy-letter").toolTip()
        desk.letter.copy()
        assert QApplication.clipboard().text() == "before"

    def test_an_open_blank_keeps_copy_off_and_is_gone_to(self, desk, qtbot):
        QApplication.clipboard().setText("before")
        desk.open(desk.add())
        desk.letter.insert_starter(prompt())
        assert not desk.button("copy-letter").isEnabled()
        assert not desk.button("log-sent").isEnabled()
        qtbot.waitUntil(lambda: "One blank" in desk.button("letter-hint").text())
        desk.editor.select(0, 0)
        qtbot.keyClick(desk.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert QApplication.clipboard().text() == "before"
        assert desk.editor.textCursor().selectedText() == "⟦the kiln⟧"
        desk.type("the new kiln")
        assert desk.button("copy-letter").isEnabled()
        assert not desk.button("letter-hint").isVisible()


class TestLogging:
    def test_it_is_logged_the_letter_empties_and_undo_brings_it_back(self, desk, qtbot):
        ana = desk.add()
        desk.open(ana)
        desk.type("Hello Ana, how is the kiln?")
        qtbot.mouseClick(desk.button("log-sent"), Qt.MouseButton.LeftButton)
        assert desk.text == ""
        desk.drained()
        assert [message.text for message in desk.journal.reader.open_person(ana).messages] == [
            "Hello Ana, how is the kiln?"
        ]
        assert desk.stored(ana) == ""
        text, undo = desk.notices[-1]
        assert text == "Logged as sent to Ana"
        desk.journal.undo(undo)
        qtbot.waitUntil(lambda: desk.text == "Hello Ana, how is the kiln?")
        assert desk.journal.reader.open_person(ana).messages == ()

    def test_undo_while_someone_else_is_open_is_there_on_return(self, desk):
        ana, ben = desk.add("Ana Moreno"), desk.add("Ben Ode")
        desk.open(ana)
        desk.type("Hello Ana")
        desk.letter.log_sent()
        desk.drained()
        desk.open(ben)
        desk.journal.undo(desk.notices[-1][1])
        desk.drained()
        assert desk.text == ""
        desk.open(ana)
        assert desk.text == "Hello Ana"

    def test_a_letter_with_an_open_blank_was_not_sent(self, desk):
        ana = desk.add()
        desk.open(ana)
        desk.letter.insert_starter(prompt())
        desk.letter.log_sent()
        desk.drained()
        assert desk.journal.reader.open_person(ana).messages == ()
        assert desk.text == "How is ⟦the kiln⟧?"

    def test_it_is_logged_with_its_channel(self, desk):
        ana = desk.add()
        desk.open(ana)
        desk.type("Hello")
        desk.letter.log_sent()
        desk.drained()
        assert desk.journal.reader.open_person(ana).messages[0].channel == "bluesky-message"

    def test_when_it_cannot_be_written_the_words_come_back(self, desk, qtbot, monkeypatch):
        from warmnote.notebook import Notebook

        desk.open(desk.add())
        desk.type("Do not lose me")
        monkeypatch.setattr(Notebook, "log_sent", lambda *_: (_ for _ in ()).throw(Expected("The disk is full.")))
        with qtbot.waitSignal(desk.journal.failed):
            desk.letter.log_sent()
        assert desk.text == "Do not lose me"

    def test_nothing_is_saved_over_a_logged_letter(self, desk, qtbot):
        ana = desk.add()
        desk.open(ana)
        desk.type("Hello")
        desk.letter.log_sent()
        desk.button("channel").setFocus()
        qtbot.wait(700)
        assert desk.stored(ana) == ""


class TestMeter:
    def test_a_pause_reads_and_marks(self, desk):
        desk.open(desk.add())
        desk.type(COLD + " ")
        found = desk.settle()
        assert found.coldness is not None
        assert any(each.cursor.selectedText() == "bit.ly/5figures" for each in desk.editor.extraSelections())
        assert desk.meter.gauge.value == found.coldness

    def test_opening_reads_at_once(self, desk):
        ana = desk.add()
        desk.open(ana)
        desk.type(COLD)
        desk.letter.close_person()
        desk.drained()
        desk.open(ana)
        assert desk.readings[-1][1] == COLD
        assert desk.readings[-1][0].coldness is not None

    def test_a_fix_is_one_step_to_undo(self, desk):
        desk.open(desk.add())
        desk.type(COLD)
        found = desk.settle()
        link = next(each for each in found.findings if each.category == "link" and each.fix)
        desk.letter.apply_fix(link)
        assert "bit.ly" not in desk.text
        assert desk.readings[-1][1] == desk.text
        desk.editor.undo()
        assert desk.text == COLD

    def test_a_fix_that_the_text_has_outgrown_touches_the_right_words_or_none(self, desk):
        desk.open(desk.add())
        desk.type(COLD)
        link = next(each for each in desk.settle().findings if each.category == "link" and each.fix)
        desk.editor.select(0, 0)
        desk.type("Well. ")
        desk.letter.apply_fix(link)
        assert desk.text.startswith("Well. Hi Ana")
        assert "bit.ly" not in desk.text
        before = desk.text
        desk.letter.apply_fix(link)
        assert desk.text == before

    def test_not_here_is_remembered_for_this_person(self, desk, qtbot):
        ana = desk.add()
        desk.open(ana)
        desk.type(COLD)
        link = next(each for each in desk.settle().findings if each.category == "link")
        desk.letter.excuse(link)
        qtbot.waitUntil(lambda: all(each.rule != link.rule for each in desk.readings[-1][0].findings))
        assert (link.rule, "bit.ly/5figures") in desk.journal.reader.open_person(ana).excused
        text, undo = desk.notices[-1]
        assert text
        desk.journal.undo(undo)
        qtbot.waitUntil(lambda: any(each.rule == link.rule for each in desk.readings[-1][0].findings))

    def test_never_this_rule_and_on_again(self, desk, qtbot):
        desk.open(desk.add())
        desk.type(COLD)
        link = next(each for each in desk.settle().findings if each.category == "link")
        desk.letter.turn_off(link.rule)
        qtbot.waitUntil(lambda: all(each.rule != link.rule for each in desk.readings[-1][0].findings))
        assert desk.button("rules-off").isVisible()
        assert desk.button("rules-off").text() == "One rule is off"
        menu = desk.meter.off_menu()
        menu.actions()[0].trigger()
        menu.deleteLater()
        qtbot.waitUntil(lambda: any(each.rule == link.rule for each in desk.readings[-1][0].findings))
        assert not desk.button("rules-off").isVisible()

    def test_a_logged_reply_changes_what_the_letter_is_read_against(self, desk, qtbot):
        ana = desk.add()
        desk.open(ana)
        desk.type(COLD)
        before = desk.settle().coldness
        desk.log(ana, MessageKind.SENT, "How is the kiln doing after the crack?", days_ago=2)
        desk.log(ana, MessageKind.RECEIVED, "Well, thanks. What do you charge for your course?", days_ago=1)
        qtbot.waitUntil(lambda: desk.readings[-1][0].coldness < before)

    def test_a_meter_that_fails_shows_a_dash_is_logged_once_and_never_stops_the_typing(
        self, desk, qtbot, monkeypatch, expect_log
    ):
        def broken(*_args):
            raise ZeroDivisionError

        desk.open(desk.add())
        monkeypatch.setattr(desk.letter._live._meter, "read", broken)
        with expect_log("could not read a letter"):
            for _ in range(2):
                desk.type("Hello there my friend ")
                qtbot.waitUntil(lambda: desk.readings[-1] == (None, desk.text))
        monkeypatch.undo()
        assert desk.text == "Hello there my friend " * 2
        assert desk.meter.gauge.value is None
        assert desk.editor.extraSelections() == []


class TestPrompts:
    def test_a_starter_goes_into_the_letter_and_its_use_is_written_down(self, desk):
        ana = desk.add()
        desk.open(ana)
        desk.cards.show_prompts([prompt()])
        desk.cards.used.emit(prompt())
        desk.drained()
        assert desk.text == "How is ⟦the kiln⟧?"
        assert [use.prompt for use in desk.journal.reader.open_person(ana).used] == ["craft.kiln"]

    def test_a_starter_left_as_it_came_is_known_to_the_meter(self, desk):
        desk.open(desk.add())
        desk.letter.insert_starter(prompt("What got you started at the wheel?"))
        assert desk.letter._live._about.prompts == ("What got you started at the wheel?",)


class TestKeys:
    def test_f8_and_alt_enter_from_anywhere_in_the_letter(self, desk, qtbot):
        desk.open(desk.add())
        desk.type(COLD)
        desk.settle()
        desk.button("channel").setFocus()
        qtbot.keyClick(desk.button("channel"), Qt.Key.Key_F8)
        assert desk.editor.hasFocus()
        assert desk.editor.textCursor().hasSelection()

    def test_tab_order_follows_reading_order(self, desk, qtbot):
        desk.open(desk.add())
        desk.type("Hello")
        desk.button("channel").setFocus()
        order = []
        for _ in range(3):
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            order.append(QApplication.focusWidget().objectName())
        assert order == ["letter", "log-sent", "copy-letter"]


def test_a_kill_in_the_middle_leaves_a_whole_file(desk, tmp_path):
    desk.open(desk.add())
    desk.type("Hello")
    desk.letter.flush()
    desk.drained()
    with sqlite3.connect(f"file:{tmp_path / 'warmnote.db'}?mode=ro", uri=True) as connection:
        assert connection.execute("pragma quick_check").fetchone() == ("ok",)
    connection.close()
