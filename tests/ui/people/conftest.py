"""The whole window with the invented people, for what the people page does with the desk and the notice bar."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from warmnote.notebook import View
from warmnote.ui.app import Application, Paths, build

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Whole:
    """The window, and short ways to what is in it."""

    def __init__(self, qtbot, app: Application) -> None:
        self.qtbot, self.app, self.window = qtbot, app, app.window
        self.page, self.journal = app.window.people, app.journal

    def find(self, name: str, kind: type[QObject] = QWidget):
        # A layout shows what is new in it a moment later.
        self.qtbot.waitUntil(lambda: self.is_there(name), timeout=2_000)
        (found,) = [made for made in self.window.findChildren(kind, name) if made.isVisible()]
        return found

    def is_there(self, name: str) -> bool:
        return any(made.isVisible() for made in self.window.findChildren(QWidget, name))

    def press(self, name: str) -> None:
        self.find(name, QAbstractButton).click()

    def write(self, act: Callable[[], object]) -> None:
        """Do something in the window that writes, and wait until everybody has heard of it."""
        with self.qtbot.waitSignal(self.journal.changed, timeout=10_000):
            act()
        self.qtbot.wait(1)

    def ids(self, query: str = "", view: View = View.ALL) -> list[int]:
        return list(self.journal.reader.person_ids(view, query))

    def person(self, name: str) -> int:
        (found,) = [row.id for row in self.journal.reader.rows(self.ids()) if row.name == name]
        return found

    def open_person(self, name: str) -> int:
        person = self.person(name)
        self.page.show_person(person)
        assert self.page.current() == person
        return person

    def select(self, *names: str) -> list[int]:
        people = [self.person(name) for name in names]
        self.page.people._list.select_people(people)
        assert sorted(self.page.people.selected()) == sorted(people)
        return people

    def notice(self) -> str:
        notice = self.window.findChild(QWidget, "notice")
        return notice.accessibleName() if notice.isVisible() else ""


@pytest.fixture
def whole(qtbot, tmp_path: Path) -> Iterator[Whole]:
    app = build(Paths(tmp_path / "data"), lambda: NOON, seed=0, theme="light")
    app.window.setWindowState(Qt.WindowState.WindowNoState)
    app.window.resize(1360, 860)
    app.window.show()
    qtbot.waitUntil(lambda: app.window.width() == 1360)
    qtbot.waitUntil(lambda: app.window.people.desk is not None, timeout=15_000)
    made = Whole(qtbot, app)
    made.write(app.window.add_samples)
    qtbot.waitUntil(lambda: app.window.people.current() is not None)
    app.window.activateWindow()
    yield made
    app.close()
