"""A look at one person's profile and posts: when it is asked for, or by itself where the user wants that."""

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLabel, QPushButton

from warmnote.model import Batch, Incoming, Network
from warmnote.ui.networks.glance import Glance
from warmnote.ui.networks.looks import LOOK_SETTING, Looks, wants_looks


@pytest.fixture
def settings(tmp_path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def glance(qtbot, desk, errands, settings) -> Glance:
    made = Glance(desk.theme, Looks(errands, desk.journal), lambda: wants_looks(settings))
    qtbot.addWidget(made)
    made.resize(500, 60)
    return made


@pytest.fixture
def ana(desk) -> int:
    person = Incoming(1, Network.BLUESKY, "did:plc:ana", "Ana Moreno", "ana.test")
    batch = Batch("Bluesky followers", Network.BLUESKY, "me.test", (person,))
    (added,) = desk.write(lambda notebook: notebook.import_batch(batch)).added
    return added


def show(desk, glance: Glance, person: int) -> None:
    glance.show_person(desk.journal.reader.open_person(person))


def words(glance: Glance) -> str:
    label = glance.findChild(QLabel, "glance-words")
    assert isinstance(label, QLabel)
    return "" if label.isHidden() else label.text()


def link(glance: Glance) -> QPushButton:
    found = glance.findChild(QPushButton, "look-bluesky")
    assert isinstance(found, QPushButton)
    return found


def test_a_look_puts_bio_and_posts_on_the_card_and_can_be_undone(qtbot, desk, glance, ana: int) -> None:
    show(desk, glance, ana)
    with qtbot.waitSignal(desk.journal.noticed, timeout=10_000) as noticed:
        link(glance).click()
    assert noticed.args[0] == "Ana: profile and latest post read from Bluesky"
    person = desk.journal.reader.open_person(ana).person
    assert person.bio == "ana bakes"
    assert [(fact.kind, fact.text) for fact in person.facts] == [("post", "The kiln is warm")]
    with qtbot.waitSignal(desk.journal.changed, timeout=10_000):
        desk.journal.undo(noticed.args[1])
    assert desk.journal.reader.open_person(ana).person.facts == ()


def test_a_second_look_says_that_there_is_nothing_new(qtbot, desk, glance, ana: int) -> None:
    show(desk, glance, ana)
    with qtbot.waitSignal(desk.journal.noticed, timeout=10_000):
        link(glance).click()
    link(glance).click()
    qtbot.waitUntil(lambda: words(glance) == "Nothing that is not here already.", timeout=10_000)


def test_whoever_wants_to_be_left_alone_is(qtbot, desk, glance, server, ana: int) -> None:
    server.private.add("ana.test")
    show(desk, glance, ana)
    link(glance).click()
    qtbot.waitUntil(lambda: words(glance).startswith("Ana asks not to be shown"), timeout=10_000)
    assert not any(path.endswith("getAuthorFeed") for path in server.asked)
    assert desk.journal.reader.open_person(ana).person.bio == ""


def test_trouble_is_told_on_the_card(qtbot, desk, glance, server, ana: int) -> None:
    server.status = 501
    show(desk, glance, ana)
    link(glance).click()
    qtbot.waitUntil(lambda: "public.api.bsky.app" in words(glance) and "501" in words(glance), timeout=10_000)


def test_nothing_is_offered_where_nobody_can_be_asked(desk, glance) -> None:
    show(desk, glance, desk.add("Will Brandt", network=Network.LINKEDIN, handle="wbrandt"))
    assert glance.isHidden()


def test_nobody_is_looked_at_until_the_user_wants_it(qtbot, desk, glance, server, settings, ana: int) -> None:
    glance._wait.setInterval(10)
    glance.show()
    show(desk, glance, ana)
    qtbot.wait(80)
    assert server.asked == []
    settings.setValue(LOOK_SETTING, True)
    noticed: list[str] = []
    desk.journal.noticed.connect(lambda said, _: noticed.append(said))
    show(desk, glance, desk.add("Will Brandt"))
    with qtbot.waitSignal(desk.journal.changed, timeout=10_000):
        show(desk, glance, ana)
    assert desk.journal.reader.open_person(ana).person.bio == "ana bakes"
    assert noticed == []
    asked = len(server.asked)
    show(desk, glance, desk.add("Priya Shah"))
    show(desk, glance, ana)
    qtbot.wait(80)
    assert len(server.asked) == asked  # once a session
