"""The letter with everything below it as it really is: a notebook on the disk, the meter, the channels."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from warmnote.channels import Channels
from warmnote.coldness import Meter, Reading
from warmnote.model import Message, MessageKind, Network
from warmnote.notebook import Changes, Notebook, Opened, Undo
from warmnote.prompts import Prompter
from warmnote.ui.asking.cards import PromptCards
from warmnote.ui.journal import Journal
from warmnote.ui.letter.panel import LetterPanel
from warmnote.ui.meter.panel import MeterPanel
from warmnote.ui.tasks import Lane, Tasks
from warmnote.ui.theme import Scheme, Theme

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def meter() -> Meter:
    return Meter.load()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, Scheme.Light)


PROMPTER = Prompter.load()


def fillings(opened: Opened) -> tuple[str, ...]:
    """As the desk gives them."""
    ids = [use.prompt for use in opened.used]
    return PROMPTER.fillings(ids, opened.person, opened.messages, NOON.date())


def join(letter: LetterPanel, meter: MeterPanel, cards: PromptCards) -> None:
    """As the page of people does it."""
    letter.read.connect(meter.show_reading)
    letter.about_changed.connect(meter.show_about)
    letter.cleared.connect(meter.show_nobody)
    meter.chosen.connect(letter.show_words)
    letter.asking.subject_changed.connect(meter.show_subject)
    meter.fix_wanted.connect(letter.apply_fix)
    meter.ask_wanted.connect(letter.ask)
    meter.excuse_wanted.connect(letter.excuse)
    meter.allow_wanted.connect(letter.allow)
    meter.rule_off_wanted.connect(letter.turn_off)
    meter.rule_on_wanted.connect(letter.turn_on)
    meter.asked_changed.connect(letter.set_asked)
    cards.used.connect(letter.insert_starter)


@dataclass
class Desk:
    """The letter, the meter and the prompts in one window, joined as in the program."""

    qtbot: object
    tasks: Tasks
    journal: Journal
    letter: LetterPanel
    meter: MeterPanel
    cards: PromptCards
    window: QWidget
    opened_urls: list[str]
    browser: list[bool]
    now: datetime = NOON
    readings: list[tuple[Reading | None, str]] = field(default_factory=list)
    notices: list[tuple[str, Undo | None]] = field(default_factory=list)

    @property
    def editor(self):
        return self.letter.editor

    @property
    def text(self) -> str:
        return self.editor.toPlainText()

    def write(self, use_case: Callable[[Notebook], Changes]) -> Changes:
        with self.qtbot.waitSignal(self.journal.changed, timeout=10_000) as heard:
            self.journal.write(use_case)
        return heard.args[0]

    def add(self, name: str = "Ana Moreno", **fields) -> int:
        fields = {"network": Network.BLUESKY, "handle": name.split(maxsplit=1)[0].lower() + ".example"} | fields
        (person,) = self.write(lambda notebook: notebook.add_person(name, **fields)).added
        return person

    def log(self, person: int, kind: MessageKind, text: str, days_ago: float = 1) -> None:
        self.write(lambda notebook: notebook.log(person, Message(kind, text, self.now - timedelta(days=days_ago))))

    def open(self, person: int) -> None:
        self.letter.open_person(self.journal.reader.open_person(person))
        self.editor.setFocus()

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.editor, text)

    def settle(self) -> Reading:
        """Wait until the meter has read what stands there now."""
        self.qtbot.waitUntil(
            lambda: bool(self.readings) and self.readings[-1][1] == self.text and not self.letter._live.pending
        )
        return self.readings[-1][0]

    def drained(self) -> None:
        """Wait until everything asked of the store lane has landed."""
        landed: list[object] = []
        self.tasks.run(Lane.STORE, lambda: True, landed.append)
        self.qtbot.waitUntil(lambda: bool(landed))

    def stored(self, person: int) -> str:
        self.drained()
        return self.journal.reader.open_person(person).draft.text

    def button(self, name: str):
        return self.window.findChild(QWidget, name)


@pytest.fixture
def desk(qtbot, qapp, theme: Theme, meter: Meter, tmp_path: Path) -> Iterator[Desk]:
    surprises: list[BaseException] = []
    tasks = Tasks(surprises.append)
    times: list[Callable[[], datetime]] = [lambda: NOON]
    journal = Journal(tmp_path / "warmnote.db", lambda: times[0](), tasks)
    urls: list[str] = []
    browser = [True]

    def open_url(url) -> bool:
        urls.append(url.toString())
        return browser[0]

    window = QWidget()
    letter = LetterPanel(theme, journal, tasks, meter, Channels.load(), open_url, fillings)
    panel, cards = MeterPanel(theme, meter), PromptCards(theme)
    join(letter, panel, cards)
    column = QVBoxLayout()
    column.addWidget(letter, 1)
    column.addWidget(cards)
    layout = QHBoxLayout(window)
    layout.addLayout(column, 1)
    layout.addWidget(panel)
    made = Desk(qtbot, tasks, journal, letter, panel, cards, window, urls, browser)
    times[0] = lambda: made.now
    letter.read.connect(lambda reading, text: made.readings.append((reading, text)))
    journal.noticed.connect(lambda text, undo: made.notices.append((text, undo)))
    qtbot.addWidget(window)
    window.resize(1000, 700)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    letter.close_person()
    journal.close()
    tasks.close()
    assert not surprises
