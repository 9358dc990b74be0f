"""The Prompts page in the whole window: what it changes is on the desk at once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton

from warmnote.notebook import View
from warmnote.ui.app import Application, Paths, build
from warmnote.ui.letter.editor import LetterEditor
from warmnote.ui.notice import NoticeBar
from warmnote.ui.prompts.page import PromptsPage

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def app(qtbot, tmp_path: Path) -> Iterator[Application]:
    made = build(Paths(tmp_path / "data"), lambda: NOON, seed=0, theme="light")
    made.window.resize(1360, 860)
    made.window.show()
    qtbot.waitUntil(lambda: made.window.people.desk is not None, timeout=15_000)
    with qtbot.waitSignal(made.journal.changed, timeout=10_000):
        made.window.add_samples()
    qtbot.waitUntil(lambda: made.window.people.current() is not None)
    (ana,) = made.journal.reader.person_ids(View.ALL, "ana moreno")
    made.window.people.show_person(ana)
    yield made
    made.close()


def open_page(qtbot, app: Application) -> PromptsPage:
    qtbot.keyClick(app.window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    page = app.window.findChild(PromptsPage, "prompts")
    assert isinstance(page, PromptsPage)
    qtbot.waitUntil(lambda: not page.busy and bool(page.panel.model.lines()), timeout=15_000)
    return page


def cards(app: Application) -> list[str]:
    return [card._starter.text() for card in app.window.people.desk.prompts._cards if not card.isHidden()]


def letter(app: Application) -> LetterEditor:
    return app.window.people.desk.letter.editor


def test_a_starter_goes_into_the_letter(qtbot, app: Application) -> None:
    page = open_page(qtbot, app)
    page.panel.list.choose(1)
    line = page.panel.line()
    assert line is not None
    page.findChild(QPushButton, "prompts-use").click()
    assert app.window.page == "people"
    assert line.text in letter(app).toPlainText()


def test_a_pack_that_is_switched_on_is_chosen_from_at_once(qtbot, app: Application) -> None:
    page = open_page(qtbot, app)
    for name in ("warmnote", "everyday"):
        page.findChild(QCheckBox, f"pack-on-{name}").click()
        qtbot.waitUntil(lambda: not app.tasks.pending, timeout=10_000)
    assert cards(app) == []
    page.findChild(QCheckBox, "pack-on-es").click()
    qtbot.waitUntil(lambda: bool(cards(app)), timeout=10_000)
    spanish = {starter.id for starter in page._keeper.stock.prompter.starters}
    assert all(each.startswith("es/") for each in spanish)


def test_american_spelling_reaches_the_cards_and_the_page(qtbot, app: Application) -> None:
    page = open_page(qtbot, app)
    british = [line.text for line in page.panel.model.lines()]
    app.window.show_page("settings")
    choice = app.window.findChild(QComboBox, "settings-spelling")
    assert choice.isEnabled()
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    qtbot.waitUntil(lambda: bool(page._keeper.stock.prompter.spelling.words), timeout=10_000)
    app.window.show_page("prompts")
    qtbot.waitUntil(lambda: not page.busy, timeout=10_000)
    american = [line.text for line in page.panel.model.lines()]
    changed = [(one, other) for one, other in zip(british, american, strict=True) if one != other]
    assert any("favour" in one and "favor" in other for one, other in changed)
    assert app.window.people.desk._prompter.spelling.words


def test_the_keys_of_the_letter_are_as_they_were(qtbot, app: Application) -> None:
    desk = app.window.people.desk
    before = cards(app)
    desk.write()
    qtbot.keyClick(letter(app), Qt.Key.Key_R, CTRL)
    assert cards(app) != before
    for number, key in enumerate((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)):
        letter(app).clear()
        shown = cards(app)
        qtbot.keyClick(letter(app), key, CTRL)
        assert shown[number] in letter(app).toPlainText()


def test_blanks_are_reached_by_tab_and_back_and_tell_their_hint(qtbot, app: Application) -> None:
    editor = letter(app)
    app.window.people.desk.write()
    editor.setPlainText("I once ⟦what you did⟧ in ⟦where⟧. And you?")
    editor.moveCursor(editor.textCursor().MoveOperation.Start)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.textCursor().selectedText() == "⟦what you did⟧"
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.textCursor().selectedText() == "⟦where⟧"
    qtbot.keyClick(editor, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert editor.textCursor().selectedText() == "⟦what you did⟧"


def test_a_notice_with_undo_brings_a_deleted_starter_back(qtbot, app: Application) -> None:
    page = open_page(qtbot, app)
    page.panel.list.choose(1)
    page.findChild(QPushButton, "prompts-copy").click()
    qtbot.waitUntil(page.editor.isVisible, timeout=10_000)
    qtbot.keyClick(page.editor.text, Qt.Key.Key_Escape)
    notice = app.window.findChild(NoticeBar, "notice")
    assert notice.isVisible()
    (copy,) = page._keeper.stock.get("mine").starters
    qtbot.waitUntil(lambda: not page.busy, timeout=10_000)
    page.panel.choose(copy.id)
    qtbot.keyClick(page.panel.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page._keeper.stock.get("mine").starters == (), timeout=10_000)
    notice.findChild(QPushButton, "notice-action").click()
    qtbot.waitUntil(lambda: page._keeper.stock.get("mine").starters == (copy,), timeout=10_000)
