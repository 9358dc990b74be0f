"""The editor by itself: plain text, marks, blanks, steps to undo."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from warmnote.coldness import Band, Finding, Fix, Reading, Strength
from warmnote.ui.letter.editor import LetterEditor
from warmnote.ui.letter.marks import Look
from warmnote.ui.letter.plain import letter_text
from warmnote.ui.letter.popup import MarkPopup


@pytest.fixture
def editor(qtbot, theme) -> Iterator[LetterEditor]:
    window = QWidget()
    layout = QVBoxLayout(window)
    made = LetterEditor(theme)
    other = QLineEdit()
    other.setObjectName("other")
    layout.addWidget(made)
    layout.addWidget(other)
    qtbot.addWidget(window)
    window.resize(620, 460)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.setFocus()
    yield made  # noqa: PT022  # the window has to outlive the test


def finding(text: str, words: str, *, sure: bool = True, fix: bool = True, rule: str = "freebie.report") -> Finding:
    start = text.index(words)
    end = start + len(words)
    return Finding(
        start, end, "freebie", rule, "A gift nobody asked for", 18, sure, "It reads as bait.", "Leave it out.",
        fix=Fix(start, end, "", "Remove the gift") if fix else None,
    )  # fmt: skip


def strength(text: str, words: str) -> Strength:
    return Strength(text.index(words), text.index(words) + len(words), "reference", "Mentions the kiln", -10)


def reading(*items: Finding | Strength) -> Reading:
    findings = tuple(item for item in items if isinstance(item, Finding))
    strengths = tuple(item for item in items if isinstance(item, Strength))
    return Reading(40, Band.CHILLY, findings, strengths, 50, 10, None, "Chilly.", 9)


def shown(editor: LetterEditor) -> list[tuple[str, Look]]:
    """What is drawn over the text: words and look, as a reader sees them."""
    return [(each.cursor.selectedText(), look) for each, look in editor._drawn]


def popup(editor: LetterEditor) -> MarkPopup:
    return editor.window().findChild(MarkPopup)


TEXT = "Hi 😀😀 Ana, your kiln! Here is my free report for you."


class TestPlainText:
    def test_a_rich_paste_arrives_as_its_words(self, editor, qtbot):
        rich = QMimeData()
        rich.setHtml("<b>Hello</b> <a href='https://x.example'>you</a>")
        rich.setText("Hello you")
        QApplication.clipboard().setMimeData(rich)
        qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert editor.toPlainText() == "Hello you"
        assert "<b>" not in editor.toHtml()
        assert "href" not in editor.toHtml()

    def test_control_characters_and_objects_are_left_behind(self, editor):
        pasted = QMimeData()
        pasted.setText("a\x00b\x07c\ufffcd\r\ne\tf👍🏽")
        editor.insertFromMimeData(pasted)
        assert editor.toPlainText() == "abcd\ne\tf👍🏽"

    def test_lines_keep_their_height_through_typing_deleting_and_undoing(self, editor, qtbot):
        height = editor.document().firstBlock().blockFormat().lineHeight()
        assert height > 120
        qtbot.keyClicks(editor, "one")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.keyClicks(editor, "two")
        assert editor.document().lastBlock().blockFormat().lineHeight() == height
        editor.selectAll()
        qtbot.keyClick(editor, Qt.Key.Key_Delete)
        assert editor.document().firstBlock().blockFormat().lineHeight() == height

    def test_setting_the_line_height_is_nothing_to_undo(self, editor):
        assert not editor.document().isUndoAvailable()
        assert not editor.new_document("Some words\nin two lines").isUndoAvailable()


@pytest.mark.parametrize("text", ["a\u00a0b", "a\u2028b\u2029c", "a\r\nb\rc", "\x85\ud83d😀", "⟦x⟧ é e\u0301 \t\n"])
def test_what_the_letter_keeps_is_what_qt_gives_back(editor, text):
    editor.show_document(editor.new_document(text))
    assert editor.toPlainText() == letter_text(text)
    assert letter_text(letter_text(text)) == letter_text(text)


class TestMarks:
    def test_cold_warm_and_unsure_words_are_drawn_where_they_stand_behind_emoji(self, editor):
        editor.replace(0, 0, TEXT)
        items = finding(TEXT, "free report"), finding(TEXT, "for you", sure=False), strength(TEXT, "your kiln")
        editor.show_reading(reading(*items), TEXT)
        assert shown(editor) == [("your kiln", Look.WARM), ("free report", Look.COLD), ("for you", Look.UNSURE)]

    def test_a_reading_of_an_older_text_marks_nothing(self, editor, qtbot):
        editor.replace(0, 0, TEXT)
        qtbot.keyClicks(editor, "x")
        editor.show_reading(reading(finding(TEXT, "free report")), TEXT)
        assert shown(editor) == []

    def test_marks_move_with_the_text_and_do_not_grow_at_their_end(self, editor, qtbot):
        editor.replace(0, 0, TEXT)
        editor.show_reading(reading(finding(TEXT, "free report")), TEXT)
        editor.select(0, 0)
        qtbot.keyClicks(editor, "Oh, ")
        assert shown(editor) == [("free report", Look.COLD)]
        end = editor.toPlainText().index("free report") + len("free report")
        editor.select(end, end)
        qtbot.keyClicks(editor, " now")
        assert shown(editor) == [("free report", Look.COLD)]

    def test_marks_are_no_part_of_the_letter_or_its_undo(self, editor):
        editor.show_document(editor.new_document(TEXT))
        editor.show_reading(reading(finding(TEXT, "free report")), TEXT)
        assert not editor.document().isUndoAvailable()
        assert not editor.document().isModified()

    def test_the_word_being_written_is_marked_once_it_is_left(self, editor, qtbot):
        qtbot.keyClicks(editor, "my free report")
        editor.show_reading(reading(finding("my free report", "free report")), "my free report")
        assert shown(editor) == [("free", Look.COLD)]
        qtbot.keyClicks(editor, " ")
        assert shown(editor) == [("free report", Look.COLD)]

    def test_leaving_the_letter_leaves_the_word(self, editor, qtbot):
        qtbot.keyClicks(editor, "a gift")
        editor.show_reading(reading(finding("a gift", "gift")), "a gift")
        assert shown(editor) == []
        qtbot.keyClick(editor, Qt.Key.Key_Tab)
        assert shown(editor) == [("gift", Look.COLD)]

    def test_a_word_only_visited_by_the_cursor_keeps_its_mark(self, editor):
        editor.show_document(editor.new_document("a gift for you"))
        editor.show_reading(reading(finding("a gift for you", "gift")), "a gift for you")
        editor.select(4, 4)
        assert shown(editor) == [("gift", Look.COLD)]

    def test_nothing_is_set_again_when_nothing_changed(self, editor, monkeypatch):
        editor.replace(0, 0, TEXT)
        editor.show_reading(reading(finding(TEXT, "free report")), TEXT)
        calls: list[object] = []
        monkeypatch.setattr(editor, "setExtraSelections", calls.append)
        editor.show_reading(reading(finding(TEXT, "free report")), TEXT)
        assert calls == []

    def test_colours_follow_the_scheme(self, editor, theme):
        from warmnote.ui.theme import Scheme

        editor.replace(0, 0, TEXT)
        editor.show_reading(reading(finding(TEXT, "free report")), TEXT)
        assert editor.extraSelections()[0].format.background().color().name() == theme.tokens.frost_wash.lower()
        theme.pin(Scheme.Dark)
        assert editor.extraSelections()[0].format.background().color().name() == theme.tokens.frost_wash.lower()

    def test_the_marks_are_painted_in_frost_and_ember(self, editor, theme):
        editor.replace(0, 0, TEXT)
        editor.show_reading(reading(finding(TEXT, "free report"), strength(TEXT, "your kiln")), TEXT)
        editor.select(0, 0)
        picture = editor.viewport().grab().toImage()
        colours = {
            picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(min(60, picture.height()))
        }
        assert theme.tokens.frost.lower() in colours
        assert theme.tokens.ember.lower() in colours

    def test_what_is_on_the_screen_is_what_a_full_paint_gives(self, editor, qtbot):
        """The waves reach below their line: nothing of them may be cut off, or stay behind when words move."""
        editor.replace(0, 0, TEXT + "\nAnother line below it.")
        text = editor.toPlainText()
        editor.select(len(TEXT), len(TEXT))
        qtbot.wait(30)
        editor.show_reading(reading(finding(text, "free report"), finding(text, "for you")), text)
        asked: list[object] = []
        paint = editor.paintEvent
        editor.paintEvent = lambda event: (asked.append(event.region().boundingRect()), paint(event))[1]
        qtbot.waitUntil(lambda: bool(asked))
        line = editor.cursorRect()
        reaching = [each for each in asked if each.bottom() >= line.bottom() + 6 and each.left() <= 4]
        assert reaching
        asked.clear()
        qtbot.keyClicks(editor, "x")
        qtbot.waitUntil(lambda: any(each.bottom() >= line.bottom() + 6 for each in asked))


class TestWalking:
    def test_f8_walks_cold_marks_round_the_end(self, editor):
        text = "a gift and a link and your kiln"
        editor.show_document(editor.new_document(text))
        editor.show_reading(reading(finding(text, "link"), finding(text, "gift"), strength(text, "kiln")), text)
        walked = []
        for _ in range(3):
            assert editor.go_to_mark()
            walked.append(editor.textCursor().selectedText())
        assert walked == ["gift", "link", "gift"]
        assert editor.go_to_mark(forward=False)
        assert editor.textCursor().selectedText() == "link"

    def test_without_marks_there_is_nowhere_to_go(self, editor):
        assert not editor.go_to_mark()
        assert not editor.explain()


class TestPopup:
    @pytest.fixture
    def marked(self, editor) -> LetterEditor:
        editor.replace(0, 0, TEXT)
        editor.show_reading(reading(finding(TEXT, "free report"), strength(TEXT, "your kiln")), TEXT)
        return editor

    def test_alt_enter_tells_why_and_esc_gives_the_keyboard_back(self, marked, qtbot):
        marked.go_to_mark()
        qtbot.keyClick(marked, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
        assert popup(marked).isVisible()
        assert popup(marked).accessibleName() == "A gift nobody asked for"
        assert "bait" in popup(marked).accessibleDescription()
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.objectName() == "popup-fix"
        qtbot.keyClick(focus, Qt.Key.Key_Escape)
        assert not popup(marked).isVisible()
        assert marked.hasFocus()

    @pytest.mark.parametrize(
        ("presses", "signal"),
        [(0, "fix_wanted"), (1, "excuse_wanted"), (2, "rule_off_wanted"), (3, "allow_wanted")],
        ids=["fix", "not here", "never", "always allow"],
    )
    def test_each_action_by_the_keyboard(self, marked, qtbot, presses, signal):
        marked.go_to_mark()
        marked.explain()
        for _ in range(presses):
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        with qtbot.waitSignal(getattr(marked, signal)) as heard:
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        said = heard.args[0]
        assert (said if isinstance(said, str) else said.rule) == "freebie.report"
        assert not popup(marked).isVisible()

    def test_hovering_shows_it_and_leaves_the_keyboard_alone(self, marked, qtbot):
        cursor = QTextCursor(marked.document())
        cursor.setPosition(TEXT.index("free") + 4)  # two emoji count twice
        point = marked.cursorRect(cursor).center() + QPoint(3, 0)
        QApplication.sendEvent(
            marked.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, point, marked.viewport().mapToGlobal(point))
        )
        assert popup(marked).isVisible()
        assert marked.hasFocus()
        with qtbot.waitSignal(marked.fix_wanted):
            qtbot.mouseClick(popup(marked).findChild(QPushButton, "popup-fix"), Qt.MouseButton.LeftButton)

    def test_hovering_beside_the_marks_shows_nothing(self, marked):
        point = QPoint(marked.viewport().width() - 5, marked.viewport().height() - 5)
        QApplication.sendEvent(
            marked.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, point, marked.viewport().mapToGlobal(point))
        )
        assert popup(marked) is None or not popup(marked).isVisible()

    def test_typing_closes_it(self, marked, qtbot):
        marked._open_popup(marked._marks[-1], keyboard=False)
        qtbot.keyClicks(marked, "x")
        assert not popup(marked).isVisible()

    def test_going_elsewhere_closes_it(self, marked):
        marked.go_to_mark()
        marked.explain()
        marked.window().findChild(QLineEdit, "other").setFocus()
        assert not popup(marked).isVisible()

    def test_it_stays_inside_the_window(self, marked):
        marked.go_to_mark()
        marked.window().resize(340, 260)
        marked.explain()
        assert marked.window().rect().contains(popup(marked).geometry())

    def test_a_warm_mark_has_nothing_to_fix(self, marked):
        marked.select(TEXT.index("kiln"), TEXT.index("kiln"))
        assert marked.explain()
        assert not popup(marked).findChild(QPushButton, "popup-fix").isVisible()


class TestBlanks:
    STARTER = "How is ⟦name⟧, and who runs ⟦the house⟧?"

    def test_a_starter_selects_its_first_blank_and_typing_fills_it(self, editor, qtbot):
        editor.insert_starter(self.STARTER)
        assert editor.textCursor().selectedText() == "⟦name⟧"
        qtbot.keyClicks(editor, "Rex")
        assert editor.toPlainText() == "How is Rex, and who runs ⟦the house⟧?"
        assert editor.open_blanks == 1
        assert shown(editor) == [("⟦the house⟧", Look.BLANK)]

    def test_tab_goes_round_the_blanks_and_then_leaves(self, editor, qtbot):
        editor.insert_starter(self.STARTER)
        seen = []
        for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            qtbot.keyClick(editor, key)
            seen.append(editor.textCursor().selectedText())
        assert seen == ["⟦the house⟧", "⟦name⟧", "⟦the house⟧"]
        qtbot.keyClicks(editor, "it")
        qtbot.keyClick(editor, Qt.Key.Key_Tab)
        qtbot.keyClicks(editor, "Rex")
        assert editor.toPlainText() == "How is Rex, and who runs it?"
        qtbot.keyClick(editor, Qt.Key.Key_Tab)
        assert not editor.hasFocus()

    def test_ctrl_tab_leaves_while_blanks_are_open(self, editor, qtbot):
        editor.insert_starter(self.STARTER)
        qtbot.keyClick(editor, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        assert not editor.hasFocus()

    def test_a_click_into_a_blank_selects_it(self, editor, qtbot):
        editor.insert_starter(self.STARTER)
        editor.select(0, 0)
        cursor = QTextCursor(editor.document())
        cursor.setPosition(self.STARTER.index("the house") + 2)
        qtbot.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=editor.cursorRect(cursor).center())
        assert editor.textCursor().selectedText() == "⟦the house⟧"

    def test_an_inserted_starter_is_one_step_to_undo(self, editor, qtbot):
        qtbot.keyClicks(editor, "Hi Ana.")
        editor.insert_starter(self.STARTER)
        assert editor.toPlainText() == f"Hi Ana. {self.STARTER}"
        editor.undo()
        assert editor.toPlainText() == "Hi Ana."
        editor.redo()
        assert editor.toPlainText() == f"Hi Ana. {self.STARTER}"
        assert editor.open_blanks == 2

    @pytest.mark.parametrize(
        ("text", "cursor", "result"),
        [
            ("One two", 1, "One X. two"),  # never into a word
            ("Is ⟦it⟧ so?", 5, "Is ⟦it⟧ X. so?"),  # nor into a blank
            ("Hi Ana,\n", 8, "Hi Ana,\nX."),
            ("😀 there", 1, "😀 X. there"),
        ],
    )
    def test_it_stands_between_words(self, editor, text, cursor, result):
        editor.show_document(editor.new_document(text), cursor, cursor)
        editor.insert_starter("X.")
        assert editor.toPlainText() == result


def test_places_go_in_and_out_as_code_points(editor):
    editor.show_document(editor.new_document("😀😀 word"), 3, 7)
    assert editor.textCursor().selectedText() == "word"
    assert editor.cursor_place() == (3, 7)
    editor.replace(3, 7, "deed")
    assert editor.toPlainText() == "😀😀 deed"


def test_it_has_a_name_and_says_how_to_hear_more(editor):
    assert editor.accessibleName()
    assert "F8" in editor.accessibleDescription()
