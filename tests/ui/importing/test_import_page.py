"""From a file to the list: preview, decision, undo, and what is said when a file cannot be read."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QTableView

from warmnote.notebook import View
from warmnote.ui.importing.page import ImportPage
from warmnote.ui.widgets import PlainLabel

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


@pytest.fixture
def page(qtbot, desk) -> ImportPage:
    made = ImportPage(desk.theme, desk.journal)
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
        ("numbers.csv", b"a,b,c\n1,2,3\n", "numbers.csv"),
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
