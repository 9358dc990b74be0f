"""Taking one's people along: four forms, written whole or not at all, with the way to the folder."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from warmnote.model import MessageKind
from warmnote.ui.exporting import ExportCard


@pytest.fixture
def card(qtbot, desk) -> ExportCard:
    made = ExportCard(desk.theme, desk.journal)
    qtbot.addWidget(made)
    made.resize(640, 400)
    made.show()
    return made


@pytest.fixture
def people(desk) -> None:
    ana = desk.add("Ana Moreno", bio="Potter", email="ana@example.org")
    desk.log(ana, MessageKind.SENT)
    will = desk.add("Will Brandt")
    desk.write(lambda notebook: notebook.bulk.archive([will]))


@pytest.mark.parametrize(
    ("name", "said", "begins"),
    [
        ("csv", "2 people were written to out.csv", "\ufeff"),
        ("vcard", "2 people were written to out.csv", "BEGIN:VCARD"),
        ("history", "1 entry was written to out.csv", "\ufeff"),
        ("json", "2 people were written to out.csv", '{"warmnote": 1'),
    ],
)
def test_each_form_is_written(qtbot, card, people, tmp_path: Path, name: str, said: str, begins: str) -> None:
    path = tmp_path / "out.csv"
    with qtbot.waitSignal(card.told, timeout=10_000) as told:
        card.write(name, path)
    assert told.args[0] == said
    assert path.read_text("utf-8").startswith(begins)
    assert "Ana Moreno" in path.read_text("utf-8")


def test_the_notice_leads_to_the_folder(qtbot, card, people, tmp_path: Path) -> None:
    class Desktop(QObject):
        opened = ""

        @Slot(QUrl)
        def open(self, url: QUrl) -> None:
            self.opened = url.toLocalFile()

    with qtbot.waitSignal(card.told, timeout=10_000) as told:
        card.write("json", tmp_path / "all.json")
    assert len(json.loads((tmp_path / "all.json").read_text("utf-8"))["people"]) == 2
    desktop = Desktop()
    QDesktopServices.setUrlHandler("file", desktop, "open")
    try:
        assert told.args[1] == "Show the folder"
        told.args[2]()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert Path(desktop.opened) == tmp_path


def test_a_place_that_cannot_be_written_to_is_named(qtbot, card, people, tmp_path: Path) -> None:
    problem = card.findChild(QLabel, "export-problem")
    assert isinstance(problem, QLabel)
    card.write("csv", tmp_path / "nowhere" / "people.csv")
    qtbot.waitUntil(problem.isVisible, timeout=10_000)
    assert "people.csv could not be written" in problem.text()
    with qtbot.waitSignal(card.told, timeout=10_000):
        card.write("csv", tmp_path / "people.csv")
    assert not problem.isVisible()


def test_it_can_be_stopped_and_then_there_is_no_file(qtbot, desk, card, tmp_path: Path) -> None:
    desk.bring(3_000)
    told: list[str] = []
    card.told.connect(lambda said, *_: told.append(said))
    card.write("json", tmp_path / "all.json")
    stop = card.findChild(QPushButton, "export-stop")
    assert isinstance(stop, QPushButton)
    stop.click()
    qtbot.waitUntil(lambda: not stop.isVisible(), timeout=10_000)
    assert told == []
    assert list(tmp_path.glob("*.json*")) == []


def test_the_dialog_does_not_stop_the_window(qtbot, card, people, tmp_path: Path) -> None:
    button = card.findChild(QPushButton, "export-vcard")
    assert isinstance(button, QPushButton)
    button.click()
    dialog = card.window().findChild(QFileDialog, "export-file")
    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "people.vcf"
    with qtbot.waitSignal(card.told, timeout=10_000) as told:
        dialog.fileSelected.emit(str(tmp_path / "people.vcf"))
    dialog.close()
    assert told.args[0].endswith("people.vcf")


def test_the_keyboard_comes_back_to_the_form_that_was_saved(qtbot, card, people, tmp_path: Path) -> None:
    with qtbot.waitSignal(card.told, timeout=10_000):
        card.write("vcard", tmp_path / "cards.vcf")
    held = card.window().focusWidget()
    assert held is not None
    assert held.objectName() == "export-vcard"
