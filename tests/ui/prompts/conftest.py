"""The Prompts page on a notebook with two people, and packs in a folder of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from warmnote.coldness import Meter
from warmnote.prompts import PackFolder
from warmnote.ui.prompts.page import PromptsPage
from warmnote.ui.prompts.stock import StockKeeper, read_stock

WALKERS = """\
pack = "walkers"
title = "Walkers"
author = "Ines"
about = "For people who walk."

[[starter]]
id = "hobby.shoes"
kind = "hobby"
text = "What do your oldest shoes know about {{ place }} that you have forgotten?"

[[starter]]
id = "pet.way"
kind = "pet"
text = "Does {{ pet_name }} choose the way?"
"""


@pytest.fixture(scope="session")
def meter() -> Meter:
    return Meter.load()


@dataclass
class Room:
    """The page with what it says to the window, and ways to wait for it."""

    qtbot: object
    desk: object
    page: PromptsPage
    keeper: StockKeeper
    folder: Path
    settings: QSettings
    ana: int
    tom: int
    told: list[tuple[str, str, Callable[[], object] | None]] = field(default_factory=list)
    used: list[object] = field(default_factory=list)

    def find(self, name: str, kind: type = QWidget):
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def settle(self) -> None:
        self.qtbot.waitUntil(
            lambda: not self.page.busy and not self.page.editor._typing.isActive() and not self.page._tasks.pending,
            timeout=10_000,
        )

    def press(self, name: str) -> None:
        made = self.find(name)
        assert made.isEnabled(), name
        assert not made.isHidden(), name
        made.click()
        self.settle()

    def opened(self, person: int):
        return self.desk.journal.reader.open_person(person)

    def texts(self) -> list[str]:
        return [line.text for line in self.page.panel.model.lines()]

    def line(self, words: str):
        """Choose the first line with these words, and return it."""
        place = next(
            row
            for row in range(self.page.panel.model.rowCount())
            if (line := self.page.panel.model.line(self.page.panel.model.index(row))) and words in line.text
        )
        self.page.panel.list.choose(place)
        return self.page.panel.line()

    def undo(self) -> None:
        _, words, act = self.told[-1]
        assert words == "Undo"
        assert act is not None
        act()
        self.settle()

    def pack(self, pack_id: str):
        found = self.keeper.stock.get(pack_id)
        assert found is not None
        return found

    def look_into(self, pack_id: str) -> None:
        self.press(f"pack-{pack_id}")


@pytest.fixture
def room(qtbot, desk, meter: Meter, tmp_path: Path) -> Room:
    ana = desk.add("Ana Moreno", bio="Potter in Bilbao. One old greyhound.", location="Bilbao")
    tom = desk.add("Tom Field")
    folder = tmp_path / "packs"
    tasks = desk.journal._tasks
    keeper = StockKeeper(folder, tasks, read_stock(PackFolder(folder)), meter)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    page = PromptsPage(desk.theme, desk.journal, tasks, keeper, settings)
    qtbot.addWidget(page)
    made = Room(qtbot, desk, page, keeper, folder, settings, ana, tom)
    page.told.connect(lambda *said: made.told.append(said))
    page.used.connect(made.used.append)
    page.resize(1280, 820)
    page.show_for(made.opened(ana))
    page.show()
    qtbot.waitExposed(page)
    made.settle()
    return made


@pytest.fixture
def walkers(tmp_path: Path) -> Path:
    path = tmp_path / "shared" / "walkers.toml"
    path.parent.mkdir()
    path.write_text(WALKERS, encoding="utf-8")
    return path
