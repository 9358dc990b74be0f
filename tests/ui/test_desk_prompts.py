"""What the desk knows of prompts that were used before, on a real notebook."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from warmnote.model import Draft
from warmnote.prompts import Prompt, blanks
from warmnote.ui.app import Application, Paths, build

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BIO = "Potter in Bilbao. Trail runner."


@pytest.fixture
def app(qtbot, tmp_path: Path) -> Iterator[Application]:
    running = build(Paths(tmp_path / "data"), lambda: NOON, seed=0, theme="light")
    running.window.resize(1360, 860)
    running.window.show()
    qtbot.waitUntil(lambda: running.window.people.desk is not None, timeout=15_000)
    yield running
    running.close()


def add(qtbot, app: Application, name: str) -> int:
    with qtbot.waitSignal(app.journal.changed, timeout=10_000) as heard:
        app.journal.write(lambda notebook: notebook.add_person(name, bio=BIO))
    (person,) = heard.args[0].added
    return person


def shown(qtbot, app: Application, person: int) -> list[Prompt]:
    app.window.people.show_person(person)
    cards = app.window.people.desk.prompts
    qtbot.waitUntil(lambda: app.window.people.current() == person and cards._cards[0]._prompt is not None)
    return [card._prompt for card in cards._cards if card._prompt is not None]


def use(qtbot, app: Application, person: int, prompt: Prompt) -> None:
    with qtbot.waitSignal(app.journal.changed, timeout=10_000):
        app.journal.write(lambda notebook: notebook.record_prompt(person, prompt.id))


def test_what_others_were_asked_this_month_comes_later(qtbot, app: Application) -> None:
    ana, kim = add(qtbot, app, "Ana Moreno"), add(qtbot, app, "Kim Dao")
    first = shown(qtbot, app, kim)[0]
    use(qtbot, app, ana, first)
    shown(qtbot, app, ana)
    assert first.id not in [prompt.id for prompt in shown(qtbot, app, kim)]


def test_a_draft_from_the_book_still_shows_which_words_are_a_prompts(qtbot, app: Application) -> None:
    kim, ana = add(qtbot, app, "Kim Dao"), add(qtbot, app, "Ana Moreno")
    prompt = next(p for p in shown(qtbot, app, kim) if not blanks(p.starter))
    use(qtbot, app, ana, prompt)
    with qtbot.waitSignal(app.journal.changed, timeout=10_000):
        app.journal.write(lambda notebook: notebook.save_draft(ana, Draft(f"Hello Ana. {prompt.starter}")))
    shown(qtbot, app, ana)
    editor = app.window.people.desk.letter.editor
    qtbot.waitUntil(lambda: bool(editor._borrowed))
    assert editor._borrowed[0].selectedText() in prompt.starter
