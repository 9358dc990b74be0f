"""A notebook on the disk and a theme, as the window gives them to its parts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from warmnote.model import Batch, FollowUp, Incoming, Knowledge, Message, MessageKind, Network
from warmnote.notebook import Changes, Notebook
from warmnote.ui.journal import Journal
from warmnote.ui.tasks import Tasks
from warmnote.ui.theme import Scheme, Theme

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday


@dataclass
class Desk:
    """Writes through the journal as the window does, and waits until everybody has heard of it."""

    qtbot: object
    journal: Journal
    theme: Theme
    now: datetime = NOON

    def clock(self) -> datetime:
        return self.now

    def write(self, use_case: Callable[[Notebook], Changes]) -> Changes:
        with self.qtbot.waitSignal(self.journal.changed, timeout=10_000) as heard:
            self.journal.write(use_case)
        return heard.args[0]

    def add(self, name: str, **fields) -> int:
        (person,) = self.write(lambda notebook: notebook.add_person(name, **fields)).added
        return person

    def log(
        self, person: int, kind: MessageKind, text: str = "Hello there, how was the trail?", days_ago: float = 0
    ) -> Changes:
        message = Message(kind, text, self.now - timedelta(days=days_ago))
        return self.write(lambda notebook: notebook.log(person, message))

    def plan(self, person: int, due: date, why: str = "") -> Changes:
        return self.write(lambda notebook: notebook.plan(person, FollowUp(due, why)))

    def bring(self, count: int, new: bool = False, prefix: str = "Person") -> Changes:
        """Import `count` people, the first the latest follower."""
        people = tuple(
            Incoming(
                row=number,
                network=Network.LINKEDIN,
                key=f"/in/{prefix}-{number}".lower(),
                name=f"{prefix} {number:05}",
                bio="Potter in Bilbao" if number % 2 else "",
                followed_on=self.now.date() - timedelta(days=number // 20),
                followed_known=Knowledge.EXACT,
            )
            for number in range(1, count + 1)
        )
        batch = Batch("LinkedIn connections", Network.LINKEDIN, "Connections.csv", people)
        since = date(2000, 1, 1) if new else None
        return self.write(lambda notebook: notebook.import_batch(batch, since))


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Iterator[Desk]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    tasks = Tasks(lambda error: pytest.fail(f"a task failed: {error!r}"))
    made: list[Desk] = []
    journal = Journal(tmp_path / "warmnote.db", lambda: made[0].now if made else NOON, tasks)
    made.append(Desk(qtbot, journal, Theme(application, Scheme.Light)))
    yield made[0]
    journal.close()
    tasks.close()
