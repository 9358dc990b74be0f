"""Packs: on and off, made, described, shared, taken in, removed."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLabel, QLineEdit, QMenu

from warmnote.prompts import MINE, PackFolder, read_pack
from warmnote.ui.prompts.spelling import SpellingCard


def choices(room, pack_id: str) -> dict[str, object]:
    room.find(f"pack-more-{pack_id}").click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    actions = {action.text(): action for action in menu.actions() if action.text()}
    menu.close()
    return actions


def test_a_pack_is_switched_on_and_off_at_once(room) -> None:
    switch = room.find("pack-on-fr", QCheckBox)
    assert not switch.isChecked()
    switch.click()
    room.settle()
    assert any(starter.pack == "fr" for starter in room.keeper.stock.prompter.starters)
    assert any(line.starter.pack == "fr" for line in room.page.panel.model.lines())
    assert room.find("pack-on-fr", QCheckBox).isChecked()
    room.find("pack-on-fr", QCheckBox).click()
    room.settle()
    assert not any(starter.pack == "fr" for starter in room.keeper.stock.prompter.starters)
    assert not any(line.starter.pack == "fr" for line in room.page.panel.model.lines())


def test_a_pack_that_is_off_can_be_looked_into(room) -> None:
    room.look_into("retail")
    lines = room.page.panel.model.lines()
    assert {line.starter.pack for line in lines} == {"retail"}
    assert room.page.panel.title.text() == room.pack("retail").title


def test_what_is_decided_outlives_the_window(room) -> None:
    room.find("pack-on-saas", QCheckBox).click()
    room.settle()
    shelf = PackFolder(room.folder).read()
    assert shelf.is_on(shelf.get("saas"))


def test_a_pack_is_made_described_and_removed(room, qtbot) -> None:
    room.press("prompts-new-pack")
    assert not room.find("pack-form-save").isEnabled()
    qtbot.keyClicks(room.find("pack-form-title"), "Äpfel & more")
    qtbot.keyClicks(room.find("pack-form-about"), "For orchards.")
    room.press("pack-form-save")
    (pack,) = (pack for pack in room.keeper.stock.own if pack.id != MINE)
    assert (pack.id, pack.title, pack.about) == ("apfel-more", "Äpfel & more", "For orchards.")
    choices(room, pack.id)["Title and description…"].trigger()
    title = room.find("pack-form-title", QLineEdit)
    assert title.text() == "Äpfel & more"
    title.setText("Apples")
    room.press("pack-form-save")
    assert room.pack(pack.id).title == "Apples"
    choices(room, pack.id)["Remove"].trigger()
    room.settle()
    assert room.keeper.stock.get(pack.id) is None
    assert room.told[-1][:2] == ("Apples is removed", "Undo")
    room.undo()
    assert room.pack(pack.id).title == "Apples"


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [("language", "English", "is no code"), ("title", "⟦⟧", "title is missing")],
)
def test_a_heading_that_could_not_be_read_again_is_not_kept(room, field: str, text: str, words: str) -> None:
    room.press("prompts-new-pack")
    room.find("pack-form-title", QLineEdit).setText("Apples")
    room.find(f"pack-form-{field}", QLineEdit).setText(text)
    room.press("pack-form-save")
    problem = room.find("pack-form-problem", QLabel)
    assert problem.isVisible()
    assert words in problem.text()
    assert [pack.id for pack in room.keeper.stock.own] == [MINE]
    assert room.keeper.stock.shelf.problems == ()


def test_a_pack_is_shared_as_one_file(room, tmp_path: Path) -> None:
    target = tmp_path / "homes.toml"
    choices(room, "real_estate")["Share as a file…"].trigger()
    dialog = room.page.window().findChild(QFileDialog, "prompts-share-file")
    assert dialog is not None
    assert not dialog.isModal() or dialog.windowModality() is Qt.WindowModality.WindowModal
    dialog.fileSelected.emit(str(target))
    dialog.close()
    room.settle()
    assert room.told[-1][0].endswith("is written to homes.toml")
    assert room.told[-1][1] == "Show the folder"
    written = read_pack(target)
    assert [starter.text for starter in written.starters] == [s.text for s in room.pack("real_estate").starters]


def test_a_file_that_cannot_be_written_is_told(room, tmp_path: Path) -> None:
    room.page.files.share(room.pack("saas"), tmp_path / "no such folder" / "saas.toml")
    room.settle()
    assert "saas.toml cannot be written" in room.told[-1][0]


def test_a_pack_is_looked_at_before_it_is_taken_in(room, walkers: Path) -> None:
    room.page.look_into(walkers)
    room.settle()
    assert room.page.incoming.isVisible()
    texts = [line.text for line in room.page.incoming._model.lines()]
    assert len(texts) == 2
    assert "What do your oldest shoes know about" in texts[0]
    assert room.keeper.stock.get("walkers") is None
    room.press("prompts-take")
    assert room.pack("walkers").author == "Ines"
    assert {line.starter.pack for line in room.page.panel.model.lines()} == {"walkers"}
    assert room.told[-1][:2] == ("Walkers is taken in", "Undo")
    room.undo()
    assert room.keeper.stock.get("walkers") is None


def test_left_alone_a_pack_changes_nothing(room, walkers: Path, qtbot) -> None:
    room.page.look_into(walkers)
    room.settle()
    qtbot.keyClick(room.page.incoming, Qt.Key.Key_Escape)
    room.settle()
    assert room.keeper.stock.get("walkers") is None
    assert room.page.panel.isVisible()


def test_a_faulty_file_is_answered_with_its_place(room, walkers: Path) -> None:
    walkers.write_text(walkers.read_text("utf-8").replace("{{ place }}", "{{ place.__class__ }}"), encoding="utf-8")
    room.page.look_into(walkers)
    room.settle()
    said = room.find("prompts-import-problem", QLabel)
    assert said.isVisible()
    for part in ("walkers.toml", "line 6", "hobby.shoes", "line 1, column 38", "{{ place.__class__ }}"):
        assert part in said.text()
    assert room.find("prompts-take").isHidden()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"pack = ", "cannot be read"),
        (b"\xff\xfe\x00", "no UTF-8 text"),
        (b'pack = "x"\ntitle = "X"\nspy = 1\n', "spy is not known"),
        (b"a" * 1_000_002, "larger than 1 MB"),
    ],
)
def test_hostile_files_are_refused_in_words(room, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "odd.toml"
    path.write_bytes(content)
    room.page.look_into(path)
    room.settle()
    assert words in room.find("prompts-import-problem", QLabel).text()
    assert "odd.toml" in room.find("prompts-import-problem", QLabel).text()


def test_markup_in_a_pack_is_shown_as_it_is(room, walkers: Path) -> None:
    text = walkers.read_text("utf-8").replace("Walkers", "<img src=x><b>Walkers</b>").replace("For people", "<h1>For")
    walkers.write_text(text, encoding="utf-8")
    room.page.look_into(walkers)
    room.settle()
    room.press("prompts-take")
    labels = [label for label in room.page.findChildren(QLabel) if "<" in label.text()]
    assert labels
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


def test_a_file_is_dropped_on_the_page(room, walkers: Path) -> None:
    def drop(path: Path) -> bool:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        event = QDropEvent(
            QPointF(20, 20),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        event.ignore()
        room.page.dropEvent(event)
        return event.isAccepted()

    assert not drop(walkers.with_suffix(".csv"))  # followers: the window's
    assert drop(walkers)
    room.qtbot.waitUntil(room.page.incoming.isVisible)


def test_what_cannot_be_read_is_listed_and_the_rest_works(room) -> None:
    room.folder.mkdir(exist_ok=True)
    (room.folder / "broken.toml").write_text("pack = [", encoding="utf-8")
    room.find("pack-on-fr", QCheckBox).click()
    room.settle()
    assert any("broken.toml" in label.text() for label in room.page.packs.findChildren(QLabel) if label.isVisible())
    assert room.texts()


def test_the_menu_of_a_shipped_pack_removes_nothing(room) -> None:
    assert set(choices(room, "saas")) == {"Share as a file…"}
    assert "Remove" not in choices(room, MINE)


def test_american_spelling_holds_at_once(room, qtbot) -> None:
    card = SpellingCard(room.desk.theme)
    qtbot.addWidget(card)
    choice = card._choice
    assert not choice.isEnabled()
    card.follow(room.keeper)
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    room.settle()
    assert room.keeper.stock.prompter.spelling.words
    assert PackFolder(room.folder).read().choice.spelling == "american"


def test_in_a_narrow_window_the_packs_are_a_page_of_their_own(room) -> None:
    room.page.resize(600, 500)
    assert not room.page.packs.isVisible()
    room.press("prompts-packs")
    assert room.page.packs.isVisible()
    assert not room.page.panel.isVisible()
    room.look_into("de")
    assert room.page.panel.isVisible()
    assert {line.starter.pack for line in room.page.panel.model.lines()} == {"de"}
    room.page.resize(1280, 800)
    assert room.page.packs.isVisible()
