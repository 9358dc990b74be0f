"""The face that asks what the columns of a table mean, from the file to the list."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QHBoxLayout, QPushButton, QTableView, QWidget

from warmnote import followers
from warmnote.followers import Mapping, Role
from warmnote.model import Network
from warmnote.notebook import View
from warmnote.ui.importing.doubt import in_doubt
from warmnote.ui.importing.mapping import MappingPane
from warmnote.ui.importing.page import ImportPage
from warmnote.ui.networks.errands import Errands
from warmnote.ui.widgets import ElidedLabel, PlainLabel

TABLE = "Alpha,Beta,Gamma\nAna Moreno,ana.pots,Kiln\nBob Ray,bob_ray,Works\n"


@pytest.fixture
def page(qtbot, desk, tmp_path: Path) -> ImportPage:
    made = ImportPage(desk.theme, desk.journal, Errands(desk.journal, tmp_path / "sync"))
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


@pytest.fixture
def opened(qtbot, page: ImportPage, tmp_path: Path) -> MappingPane:
    """The face, asking about a table in which nobody was found."""
    path = tmp_path / "list.csv"
    path.write_text(TABLE, "utf-8")
    page.open_file(path)
    pane = page.findChild(MappingPane)
    assert isinstance(pane, MappingPane)
    qtbot.waitUntil(pane.isVisible, timeout=10_000)
    return pane


def box(pane: MappingPane, number: int, what: str = "role") -> QComboBox:
    found = pane.findChild(QComboBox, f"mapping-{what}-{number}")
    assert isinstance(found, QComboBox)
    return found


def go(pane: MappingPane) -> QPushButton:
    found = pane.findChild(QPushButton, "mapping-go")
    assert isinstance(found, QPushButton)
    return found


def outcome(pane: MappingPane) -> list[str]:
    frame = next(child for child in pane.findChildren(object) if child.objectName() == "mapping-outcome")
    return [label.text() for label in frame.findChildren(ElidedLabel) if label.isVisible()][4:]


def table(page: ImportPage) -> QTableView:
    found = page.findChild(QTableView, "import-table")
    assert isinstance(found, QTableView)
    return found


def test_what_becomes_of_the_rows_is_shown_as_the_boxes_change(opened: MappingPane) -> None:
    assert not go(opened).isEnabled()
    assert outcome(opened)[3] == "nobody: this row is left out"
    box(opened, 0).setCurrentText("Name")
    assert go(opened).isEnabled()
    assert outcome(opened)[:4] == ["Ana Moreno", "", "", "ana.pots · Kiln"]
    place = box(opened, 1, "network")
    assert not place.isVisible()
    box(opened, 1).setCurrentText("Handle")
    assert place.isVisible()
    place.setCurrentText("on Instagram")
    box(opened, 2).setCurrentText("Company")
    assert outcome(opened)[:4] == ["Ana Moreno", "instagram.com/ana.pots", "", "Kiln"]
    assert opened.mapping() == Mapping((Role.NAME, Role.HANDLE, Role.COMPANY), (None, Network.INSTAGRAM, None))


def test_from_an_unknown_table_to_the_list_and_again(
    qtbot, desk, page: ImportPage, opened: MappingPane, tmp_path
) -> None:
    box(opened, 0).setCurrentText("Name")
    box(opened, 1).setCurrentText("Handle")
    box(opened, 1, "network").setCurrentText("on Instagram")
    follow = opened.findChild(QCheckBox, "mapping-follow")
    assert isinstance(follow, QCheckBox)
    follow.setChecked(True)
    go(opened).click()
    qtbot.waitUntil(lambda: table(page).isVisible(), timeout=10_000)
    with qtbot.waitSignal(page.finished, timeout=10_000):
        page.findChild(QPushButton, "import-go").click()
    names = {row.name for row in desk.journal.reader.rows(list(desk.journal.reader.person_ids(View.ALL)))}
    assert names == {"Ana Moreno", "Bob Ray"}

    later = tmp_path / "later.csv"
    later.write_text("Alpha,Beta,Gamma\nZoë,zoe,Glaze\n", "utf-8")
    page.open_file(later)
    qtbot.waitUntil(lambda: table(page).isVisible(), timeout=10_000)
    assert table(page).model().index(0, 1).data() == "instagram.com/zoe"
    told = " ".join(label.text() for label in page.findChildren(PlainLabel) if label.isVisible())
    assert "Read as you told Warmnote on 23 November." in told


def test_a_guess_can_be_put_right(qtbot, page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Email,Where\nAna,ana@example.org,Porto\n", "utf-8")
    page.open_file(path)
    qtbot.waitUntil(lambda: table(page).isVisible(), timeout=10_000)
    page.findChild(QPushButton, "import-columns").click()
    pane = page.findChild(MappingPane)
    qtbot.waitUntil(pane.isVisible, timeout=10_000)
    assert (box(pane, 0).currentText(), box(pane, 1).currentText()) == ("Name", "E-mail")
    box(pane, 2).setCurrentText("Place")
    go(pane).click()
    qtbot.waitUntil(lambda: table(page).isVisible(), timeout=10_000)
    assert table(page).model().index(0, 2).data() == "Porto"


def test_known_tables_offer_no_columns(qtbot, page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "followers.csv"
    path.write_text("Account address\nana@mastodon.example\n", "utf-8")
    page.open_file(path)
    qtbot.waitUntil(lambda: table(page).isVisible(), timeout=10_000)
    assert not page.findChild(QPushButton, "import-columns").isVisible()


def test_back_leaves_everything_as_it_was(qtbot, desk, page: ImportPage, opened: MappingPane) -> None:
    box(opened, 0).setCurrentText("Name")
    opened.findChild(QPushButton, "mapping-back").click()
    choose = page.findChild(QPushButton, "import-choose")
    qtbot.waitUntil(choose.isVisible)
    assert desk.journal.reader.counts().all == 0


def test_it_works_from_the_keyboard(qtbot, desk, tmp_path: Path) -> None:
    window, page = QWidget(), ImportPage(desk.theme, desk.journal, Errands(desk.journal, tmp_path / "sync"))
    qtbot.addWidget(window)
    layout = QHBoxLayout(window)
    layout.addWidget(QPushButton("a rail beside the page"))
    layout.addWidget(page)
    window.show()
    path = tmp_path / "list.csv"
    path.write_text(TABLE, "utf-8")
    page.open_file(path)
    opened = page.findChild(MappingPane)
    qtbot.waitUntil(opened.isVisible, timeout=10_000)
    window.activateWindow()
    first = box(opened, 0)
    first.setFocus()
    qtbot.keyClicks(first, "Name")
    assert first.currentText() == "Name"
    assert first.accessibleName() == "Meaning of the column Alpha"
    seen = []
    for _ in range(8):
        seen.append(QApplication.focusWidget().objectName())
        if seen[-1] == "mapping-go":
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert seen == [
        "mapping-role-0",
        "mapping-role-1",
        "mapping-role-2",
        "mapping-follow",
        "mapping-back",
        "mapping-go",
    ]


def test_the_wheel_turns_the_page_and_not_a_box(opened: MappingPane) -> None:
    first = box(opened, 0)
    before = first.currentText()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(first.mapToGlobal(QPoint(5, 5))),
        QPoint(0, 0),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(first, wheel)
    assert first.currentText() == before


def test_little_height_shows_fewer_rows_above(qtbot, desk, page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Alpha,Beta\n" + "".join(f"Person {n},x{n}\n" for n in range(20)), "utf-8")
    page.open_file(path)
    pane = page.findChild(MappingPane)
    qtbot.waitUntil(pane.isVisible, timeout=10_000)

    def shown() -> int:
        labels = pane.findChildren(ElidedLabel)
        return sum(label.isVisible() and label.text() in {f"x{n}" for n in range(20)} for label in labels)

    assert shown() == 10
    page.resize(720, 560)
    qtbot.waitUntil(lambda: shown() == 3)


GERMAN = "Kunde;Firma;Insta\n{}Bo Ray;Works;@bo.ray\nHugo van der Berg;Glue & Co.;@hugo\n"


def test_who_would_be_called_by_their_handle_is_asked_about_first(qtbot, desk, page: ImportPage, tmp_path) -> None:
    path = tmp_path / "fair.csv"
    path.write_text(GERMAN.format("Ana García-Ruiz;Kiln;@ana.pots\n"), "utf-8")
    page.open_file(path)
    pane = page.findChild(MappingPane)
    assert isinstance(pane, MappingPane)
    qtbot.waitUntil(pane.isVisible, timeout=10_000)
    assert desk.journal.reader.counts().all == 0
    box(pane, 0).setCurrentText("Name")
    go(pane).click()
    qtbot.waitUntil(table(page).isVisible, timeout=10_000)
    path.write_text(GERMAN.format("Tom O'Neil;Kiln;@tom\n"), "utf-8")
    page.open_file(path)
    qtbot.waitUntil(lambda: table(page).isVisible() and table(page).model().index(0, 0).data() == "Tom O'Neil")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Kunde;Firma;Insta\nAna Moreno;Kiln;@ana\n", True),
        ("Username,Followers\nana.pots,120\n", False),
        ("Username,Joined\nana.pots,12 May\n", False),
        ("Name,Username\nAna Moreno,ana.pots\n", False),
        ("E-mail,Wer\nana@example.org,Ana Moreno\nbo@example.org,Bo\ncy@example.org,Cy Lund-Berg\n", True),
    ],
)
def test_only_a_column_that_may_hold_the_names_is_in_doubt(tmp_path, text: str, asked: bool) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, "utf-8")
    sheet = followers.sheet(path)
    assert sheet is not None
    assert in_doubt(sheet) is asked


def test_ctrl_enter_goes_on_from_any_column(qtbot, page: ImportPage, opened: MappingPane) -> None:
    qtbot.keyClick(box(opened, 0), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert opened.isVisible(), "nobody is named yet"
    box(opened, 0).setCurrentText("Name")
    qtbot.keyClick(box(opened, 0), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(table(page).isVisible, timeout=10_000)
