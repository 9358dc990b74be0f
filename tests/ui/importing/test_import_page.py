"""From a file to the list: preview, decision, undo, and what is said when a file cannot be read."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QTableView

from warmnote.model import Network
from warmnote.networks import account
from warmnote.notebook import View
from warmnote.ui.importing.page import ImportPage
from warmnote.ui.importing.preview import PreviewPane
from warmnote.ui.importing.start import Start
from warmnote.ui.networks.errands import Errands
from warmnote.ui.scrolled import ScrolledPage
from warmnote.ui.theme import Scheme, Theme
from warmnote.ui.widgets import PlainLabel

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


@pytest.fixture
def page(qtbot, desk, tmp_path: Path) -> ImportPage:
    errands = Errands(desk.journal, tmp_path / "sync")
    made = ImportPage(desk.theme, desk.journal, errands)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


def connections(folder: Path, desk, people: int, *, bad_rows: str = "", role: str = "Owner") -> Path:
    path = folder / "Connections.csv"
    lines = [
        f"Ana{number},Lima,https://www.linkedin.com/in/ana-{number},,Lima Works,{role},"
        f"{(desk.now - timedelta(days=number)).strftime('%d')} Nov 2026"
        for number in range(people)
    ]
    path.write_text(HEADER + "\n".join(lines) + "\n" + bad_rows, "utf-8")
    return path


def button(page: ImportPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def preview(qtbot, page: ImportPage, path: Path) -> QTableView:
    page.open_file(path)
    table = page.findChild(QTableView, "import-table")
    assert isinstance(table, QTableView)
    qtbot.waitUntil(lambda: table.isVisible(), timeout=10_000)
    return table


def cells(table: QTableView, column: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_nothing_is_written_before_the_user_says_so(qtbot, desk, page: ImportPage, tmp_path: Path) -> None:
    table = preview(qtbot, page, connections(tmp_path, desk, 3))
    assert cells(table, 4) == ["new", "new", "new"]
    assert desk.journal.reader.counts().all == 0
    with qtbot.waitSignal(page.finished, timeout=10_000):
        qtbot.keyClick(button(page, "import-go"), Qt.Key.Key_Return)
    assert desk.journal.reader.counts().all == 3


def test_a_second_import_changes_nothing_and_says_so(qtbot, desk, page: ImportPage, tmp_path: Path) -> None:
    path = connections(tmp_path, desk, 3)
    preview(qtbot, page, path)
    with qtbot.waitSignal(page.finished, timeout=10_000):
        button(page, "import-go").click()
    table = preview(qtbot, page, path)
    assert cells(table, 4) == ["unchanged"] * 3
    go = button(page, "import-go")
    assert not go.isEnabled()
    assert go.text() == "Nothing to import"


def test_changes_name_what_was_there_before(qtbot, desk, page: ImportPage, tmp_path: Path) -> None:
    preview(qtbot, page, connections(tmp_path, desk, 1))
    with qtbot.waitSignal(page.finished, timeout=10_000):
        button(page, "import-go").click()
    table = preview(qtbot, page, connections(tmp_path, desk, 1, role="Founder"))
    assert cells(table, 4) == ["changed"]
    assert cells(table, 2) == ["Lima Works · Founder (position was Owner)"]


def test_the_first_import_is_a_starting_point(qtbot, desk, page: ImportPage, tmp_path: Path) -> None:
    preview(qtbot, page, connections(tmp_path, desk, 20))
    since = page.findChild(QComboBox, "import-since")
    assert isinstance(since, QComboBox)
    assert since.isVisible()
    since.setCurrentIndex(0)
    with qtbot.waitSignal(page.finished, timeout=10_000):
        button(page, "import-go").click()
    assert list(desk.journal.reader.person_ids(View.NEW)) == []


def test_rows_that_are_left_out_say_why(qtbot, desk, page: ImportPage, tmp_path: Path) -> None:
    path = connections(tmp_path, desk, 1, bad_rows=",,,,,,07 Jun 2026\n")
    table = preview(qtbot, page, path)
    assert cells(table, 4) == ["new", "skipped"]
    assert cells(table, 2)[1].startswith("Row 3: ")
    counts = [label.text() for label in page.findChildren(PlainLabel) if label.property("role") == "title"]
    assert "1" in counts


def test_an_import_is_undone_as_a_whole(qtbot, desk, page: ImportPage, tmp_path: Path) -> None:
    preview(qtbot, page, connections(tmp_path, desk, 5))
    with qtbot.waitSignal(page.finished, timeout=10_000):
        button(page, "import-go").click()
    (record,) = desk.journal.reader.batches()
    with qtbot.waitSignal(desk.journal.changed, timeout=10_000):
        button(page, f"import-undo-{record.id}").click()
    assert desk.journal.reader.counts().all == 0
    assert desk.journal.reader.batches() == ()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(64), "photo.jpg"),
        ("empty.csv", b"", "empty.csv"),
        ("letter.txt", b"Dear Will,\n\nthe kiln is warm.\n", "letter.txt"),
    ],
)
def test_a_wrong_file_is_answered_in_words(
    qtbot, page: ImportPage, tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    page.open_file(path)
    message = page.findChild(PlainLabel, "import-message")
    assert isinstance(message, PlainLabel)
    qtbot.waitUntil(lambda: message.isVisible(), timeout=10_000)
    assert expected in message.text()


def test_reading_can_be_stopped(qtbot, desk, page: ImportPage, tmp_path: Path) -> None:
    page.open_file(connections(tmp_path, desk, 20))
    qtbot.mouseClick(button(page, "import-stop"), Qt.MouseButton.LeftButton)
    choose = button(page, "import-choose")
    qtbot.waitUntil(lambda: choose.isVisible())
    qtbot.wait(100)
    assert choose.isVisible()
    assert desk.journal.reader.counts().all == 0


def named(folder: Path, name: str, who: str) -> Path:
    path = folder / name
    path.write_text(f"Name,E-mail\n{who},{who.partition(' ')[0].lower()}@example.org\n", "utf-8")
    return path


def test_several_files_are_shown_one_after_the_other(qtbot, desk, page: ImportPage, tmp_path: Path) -> None:
    finished: list[bool] = []
    page.finished.connect(lambda: finished.append(True))
    wrong = tmp_path / "photo.jpg"
    wrong.write_bytes(b"\xff\xd8\xff\xe0" + bytes(64))
    one, three = named(tmp_path, "one.csv", "Ana Lima"), named(tmp_path, "three.csv", "Tunde Okafor")
    page.open_files([one, wrong, three])
    table = page.findChild(QTableView, "import-table")
    assert isinstance(table, QTableView)
    qtbot.waitUntil(lambda: table.isVisible() and cells(table, 0) == ["Ana Lima"], timeout=10_000)
    assert button(page, "import-cancel").text() == "Skip this file"
    assert any("File 1 of 3." in label.text() for label in page.findChildren(PlainLabel))
    button(page, "import-go").click()
    message = page.findChild(PlainLabel, "import-message")
    assert isinstance(message, PlainLabel)
    qtbot.waitUntil(lambda: message.isVisible(), timeout=10_000)
    assert finished == []
    assert button(page, "import-back").text() == "Next file"
    button(page, "import-back").click()
    qtbot.waitUntil(lambda: table.isVisible() and cells(table, 0) == ["Tunde Okafor"], timeout=10_000)
    assert button(page, "import-cancel").text() == "Cancel"
    button(page, "import-cancel").click()
    assert finished == [True]
    assert desk.journal.reader.counts().all == 1


def test_stopping_gives_up_the_files_that_wait(qtbot, desk, page: ImportPage, tmp_path: Path) -> None:
    page.open_files([named(tmp_path, "one.csv", "Ana Lima"), named(tmp_path, "two.csv", "Tunde Okafor")])
    button(page, "import-stop").click()
    qtbot.wait(100)
    assert button(page, "import-choose").isVisible()


def test_an_unpacked_folder_is_read(qtbot, desk, page: ImportPage, tmp_path: Path) -> None:
    folder = tmp_path / "Basic_LinkedInDataExport"
    folder.mkdir()
    connections(folder, desk, 2)
    assert cells(preview(qtbot, page, folder), 4) == ["new", "new"]


def test_many_rows_left_out_for_one_reason_are_one_line(qtbot, desk, page: ImportPage, tmp_path: Path) -> None:
    table = preview(qtbot, page, connections(tmp_path, desk, 1, bad_rows=",,,,,,07 Jun 2026\n" * 2_140))
    assert cells(table, 4) == ["new", "skipped"]
    assert cells(table, 2)[1].startswith("2,140 rows: ")
    table.setCurrentIndex(table.model().index(1, 0))
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert table.model().rowCount() == 2_142
    assert cells(table, 2)[2].startswith("Row 3: ")
    table.setCurrentIndex(table.model().index(9, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert cells(table, 4) == ["new", "skipped"]
    assert table.currentIndex().row() == 1


def test_a_record_that_joins_somebody_says_whom(qtbot, desk, page: ImportPage, tmp_path: Path) -> None:
    desk.add("Ana Moreno", email="ana@example.org")
    path = tmp_path / "friends.csv"
    path.write_text("Name,E-mail,Company\nAna Moreno,ana@example.org,Moreno Ceramics\n", "utf-8")
    (known,) = cells(preview(qtbot, page, path), 2)
    assert known.startswith("joins Ana Moreno: ")


@pytest.mark.parametrize(("width", "height"), [(568, 480), (1200, 800)])
def test_the_preview_fits_at_twice_the_size_of_letters(qtbot, desk, tmp_path: Path, width: int, height: int) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    usual = QFont(application.font())
    large = QFont(usual)
    large.setPixelSize(24)
    application.setFont(large)
    try:
        theme = Theme(application, Scheme.Light)
        page = ImportPage(theme, desk.journal, Errands(desk.journal, tmp_path / "sync"))
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        preview(qtbot, page, connections(tmp_path, desk, 30))
        qtbot.wait(20)
        page.findChild(PreviewPane)._foot.show_decision("Import 12,140 people and 14,000 changes")
        assert page.minimumSizeHint().width() <= 568  # what is left of 720 beside the rail
        assert page.minimumSizeHint().height() <= 480
        page.resize(width, height)
        qtbot.wait(20)
        scrolled = page.findChild(PreviewPane).findChild(ScrolledPage)
        assert scrolled.page.width() <= scrolled.viewport().width()
        for name in ("import-go", "import-cancel"):
            offer = button(page, name)
            assert page.rect().contains(offer.rect().translated(offer.mapTo(page, offer.rect().topLeft())))
            assert offer.width() >= offer.sizeHint().width()
    finally:
        application.setFont(usual)


@pytest.mark.parametrize("width", [568, 1200])
def test_the_first_face_fits_at_twice_the_size_of_letters(qtbot, desk, tmp_path: Path, width: int) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    usual = QFont(application.font())
    large = QFont(usual)
    large.setPixelSize(24)
    application.setFont(large)
    try:
        theme = Theme(application, Scheme.Light)
        desk.write(lambda notebook: notebook.sources.add(account(Network.BLUESKY, "somebody.bsky.social")))
        page = ImportPage(theme, desk.journal, Errands(desk.journal, tmp_path / "sync"))
        qtbot.addWidget(page)
        page.resize(width, 480)
        page.show()
        qtbot.wait(20)
        start = page.findChild(Start)
        assert start.page.width() <= start.viewport().width()
        for shown in start.findChildren(QPushButton):
            assert shown.isHidden() or shown.width() >= shown.sizeHint().width(), shown.objectName()
    finally:
        application.setFont(usual)
