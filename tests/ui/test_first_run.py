"""The first page: three ways to begin, by mouse and by keyboard, at any width."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from warmnote.ui.first_run import FirstRun
from warmnote.ui.theme import Scheme, Theme

WAYS = {"first-run-samples": "samples_wanted", "first-run-import": "import_wanted", "first-run-add": "add_wanted"}


@pytest.fixture
def show(qtbot):
    def show(width: int, height: int) -> FirstRun:
        page = FirstRun(Theme(QApplication.instance(), Scheme.Light))
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return show


@pytest.mark.parametrize(("name", "signal"), WAYS.items())
def test_each_way_is_one_click(qtbot, show, name, signal):
    page = show(1284, 860)
    with qtbot.waitSignal(getattr(page, signal)):
        qtbot.mouseClick(page.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_tab_and_enter_reach_all_three_in_order(qtbot, show):
    page = show(1284, 860)
    told = []
    for name, signal in WAYS.items():
        getattr(page, signal).connect(lambda name=name: told.append(name))
    page.findChild(QPushButton, "first-run-samples").setFocus()
    for _ in WAYS:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert told == list(WAYS)


def test_the_cards_stand_side_by_side_or_one_below_the_other(qtbot, show):
    page = show(1284, 860)

    def places() -> list[tuple[int, int]]:
        corners = [page.findChild(QPushButton, name).mapTo(page, page.rect().topLeft()) for name in WAYS]
        return [(corner.x(), corner.y()) for corner in corners]

    columns = places()
    assert len({x for x, _ in columns}) == 3
    assert len({y for _, y in columns}) == 1
    page.resize(560, 560)
    qtbot.wait(20)
    rows = places()
    assert len({x for x, _ in rows}) == 1
    assert len({y for _, y in rows}) == 3


@pytest.mark.parametrize(("width", "pixels"), [(360, 12), (644, 12), (1284, 12), (644, 24), (1284, 24)])
def test_nothing_is_cut(qtbot, show, width, pixels):
    application = QApplication.instance()
    usual = QFont(application.font())
    large = QFont(usual)
    large.setPixelSize(pixels)
    application.setFont(large)
    try:
        page = show(width, 560)
        qtbot.wait(20)
        assert page.widget().width() <= page.viewport().width()
        for label in page.findChildren(QLabel):
            assert label.height() >= label.heightForWidth(label.width())
        for button in page.findChildren(QPushButton):
            assert button.width() >= button.sizeHint().width()
    finally:
        application.setFont(usual)
