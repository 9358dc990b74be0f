"""Followers from networks: named by a handle, shown before they are written, asked again, stopped, in plain words."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QMenu, QTableView, QToolButton

from warmnote.model import Network
from warmnote.notebook import View
from warmnote.ui.importing.page import ImportPage
from warmnote.ui.networks.errands import ASKED, Errands


@pytest.fixture
def page(qtbot, desk, errands: Errands) -> ImportPage:
    made = ImportPage(desk.theme, desk.journal, errands)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


def field(page: ImportPage) -> QLineEdit:
    found = page.findChild(QLineEdit, "network-handle")
    assert isinstance(found, QLineEdit)
    return found


def look_for(qtbot, page: ImportPage, handle: str = "@me.test", network: Network = Network.BLUESKY) -> None:
    choice = page.findChild(QComboBox, "network-choice")
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(ASKED.index(network))
    field(page).setText(handle)
    qtbot.keyClick(field(page), Qt.Key.Key_Return)


def words(page: ImportPage, name: str) -> str:
    shown = [label.text() for label in page.findChildren(QLabel, name) if label.isVisible()]
    return shown[0] if shown else ""


def preview(qtbot, page: ImportPage) -> QTableView:
    table = page.findChild(QTableView, "import-table")
    assert isinstance(table, QTableView)
    qtbot.waitUntil(table.isVisible, timeout=10_000)
    return table


def import_first(qtbot, page: ImportPage, press) -> None:
    look_for(qtbot, page)
    preview(qtbot, page)
    with qtbot.waitSignal(page.finished, timeout=10_000):
        press(page, "import-go")


def menus(page: ImportPage) -> list[QMenu]:
    return [one.menu() for one in page.findChildren(QToolButton, "network-menu") if one.isVisible()]


def action(page: ImportPage, text: str) -> QAction:
    (menu,) = menus(page)
    (found,) = [one for one in menu.actions() if one.text() == text]
    return found


def test_the_networks_are_those_that_can_be_asked() -> None:
    from warmnote import networks

    assert networks.ASKED == ASKED


def test_a_first_list_is_shown_and_nobody_is_called_new(qtbot, desk, page: ImportPage, press, server) -> None:
    look_for(qtbot, page)
    table = preview(qtbot, page)
    model = table.model()
    assert [model.index(row, 1).data() for row in range(3)] == ["@ana.test", "@tunde.test", "@will.test"]
    assert desk.journal.reader.counts().all == 0
    with qtbot.waitSignal(page.finished, timeout=10_000):
        press(page, "import-go")
    assert desk.journal.reader.counts().all == 3
    assert list(desk.journal.reader.person_ids(View.NEW)) == []
    (source,) = desk.journal.reader.sources.all()
    assert (source.handle, source.daily) == ("me.test", False)
    told = words(page, "network-words")
    assert "public.api.bsky.app was asked for the followers of @me.test" in told
    assert "1 question, 3 people. " in told
    assert told.endswith(", to begin with.")


def test_asked_again_it_takes_them_in_and_offers_to_undo(qtbot, desk, page: ImportPage, press, server) -> None:
    import_first(qtbot, page, press)
    server.followers.insert(0, "mina.test")
    with qtbot.waitSignal(desk.journal.noticed, timeout=10_000) as noticed:
        press(page, "network-look")
    said, undo = noticed.args
    assert said == "1 new follower from Bluesky"
    (new,) = desk.journal.reader.person_ids(View.NEW)
    assert desk.journal.reader.open_person(new).person.name == "Mina"
    assert words(page, "network-words").endswith("; 1 new.")
    with qtbot.waitSignal(desk.journal.changed, timeout=10_000):
        desk.journal.undo(undo)
    assert desk.journal.reader.counts().all == 3


def test_nothing_new_is_said_too(qtbot, desk, page: ImportPage, press) -> None:
    import_first(qtbot, page, press)
    with qtbot.waitSignal(desk.journal.noticed, timeout=10_000) as noticed:
        press(page, "network-look")
    assert noticed.args[0] == "Nobody new from Bluesky"


def test_a_list_that_was_not_taken_waits(qtbot, desk, page: ImportPage, press) -> None:
    look_for(qtbot, page)
    preview(qtbot, page)
    press(page, "import-cancel")
    assert words(page, "network-words") == "3 people found. Nothing has been written yet."
    press(page, "network-show")
    preview(qtbot, page)
    with qtbot.waitSignal(page.finished, timeout=10_000):
        press(page, "import-go")
    assert desk.journal.reader.counts().all == 3


def test_somebody_who_is_elsewhere_is_told_and_not_taken_away(qtbot, page: ImportPage) -> None:
    page.hide()
    with qtbot.waitSignal(page.told, timeout=10_000) as told:
        look_for(qtbot, page)
    assert told.args[0] == "3 people found who follow @me.test"
    page.show_found(told.args[1])
    page.show()
    preview(qtbot, page)


@pytest.mark.parametrize(("typed", "said"), [("", "Type your handle first."), ("no handle", "is not a Bluesky handle")])
def test_what_is_no_handle_is_told_in_place(qtbot, page: ImportPage, server, typed: str, said: str) -> None:
    look_for(qtbot, page, typed)
    assert said in words(page, "network-problem")
    assert server.asked == []
    qtbot.keyClicks(field(page), "x")
    assert words(page, "network-problem") == ""


def test_a_server_that_cannot_help_is_told_in_place_and_the_handle_comes_back(
    qtbot, desk, page: ImportPage, server
) -> None:
    server.status = 404
    look_for(qtbot, page)
    qtbot.waitUntil(lambda: words(page, "network-problem") != "", timeout=10_000)
    assert field(page).text() == "me.test"
    assert desk.journal.reader.sources.all() == ()


def test_a_failure_later_stands_with_the_account(qtbot, desk, page: ImportPage, press, server) -> None:
    import_first(qtbot, page, press)
    server.status = 501
    press(page, "network-look")
    qtbot.waitUntil(lambda: "public.api.bsky.app" in words(page, "network-trouble"), timeout=10_000)
    assert words(page, "network-words").endswith("to begin with.")
    assert page.isVisible()


def test_waiting_is_told_with_the_time_and_can_be_stopped(qtbot, desk, page: ImportPage, press, server) -> None:
    server.gate.clear()
    look_for(qtbot, page)
    qtbot.waitUntil(lambda: "asks us to wait; going on at" in words(page, "network-words"), timeout=10_000)
    press(page, "network-stop")
    qtbot.waitUntil(lambda: words(page, "network-words").startswith("Stopped."), timeout=3_000)
    assert "goes on from there" in words(page, "network-words")
    assert desk.journal.reader.counts().all == 0
    (source,) = desk.journal.reader.sources.all()
    assert source.synced_at is None
    server.gate.set()
    press(page, "network-look")
    preview(qtbot, page)


def test_each_day_is_off_until_it_is_switched_on_and_quiet(
    qtbot, desk, errands, page: ImportPage, press, server
) -> None:
    import_first(qtbot, page, press)
    asked = len(server.asked)
    desk.now += timedelta(days=2)
    errands.ask_due()
    assert [entry.work for entry in errands.entries()] == [None]
    daily = next(box for box in page.findChildren(QCheckBox, "network-daily") if box.isVisible())
    with qtbot.waitSignal(desk.journal.changed, timeout=10_000):
        daily.click()
    noticed: list[str] = []
    desk.journal.noticed.connect(lambda said, _: noticed.append(said))
    server.status = 501
    errands.ask_due()
    qtbot.waitUntil(lambda: words(page, "network-trouble") != "", timeout=10_000)
    server.status = 200
    with qtbot.waitSignal(desk.journal.changed, timeout=10_000):
        errands.ask_due()
    qtbot.waitUntil(lambda: words(page, "network-trouble") == "", timeout=10_000)
    assert len(server.asked) > asked
    assert noticed == []
    server.followers.insert(0, "mina.test")
    desk.now += timedelta(days=2)
    with qtbot.waitSignal(desk.journal.noticed, timeout=10_000):
        errands.ask_due()
    assert noticed == ["1 new follower from Bluesky"]


def test_an_account_is_removed_and_its_people_stay(qtbot, desk, page: ImportPage, press) -> None:
    import_first(qtbot, page, press)
    with qtbot.waitSignal(desk.journal.noticed, timeout=10_000) as noticed:
        action(page, "Remove from here").trigger()
    assert words(page, "network-words") == ""
    assert desk.journal.reader.counts().all == 3
    with qtbot.waitSignal(desk.journal.changed, timeout=10_000):
        desk.journal.undo(noticed.args[1])
    qtbot.waitUntil(lambda: "@me.test" in words(page, "network-words"))


def test_an_account_that_is_removed_while_it_is_asked_stays_removed(
    qtbot, desk, errands, page: ImportPage, press, server
) -> None:
    import_first(qtbot, page, press)
    server.gate.clear()
    press(page, "network-look")
    qtbot.waitUntil(lambda: "asks us to wait" in words(page, "network-words"), timeout=10_000)
    with qtbot.waitSignal(desk.journal.noticed, timeout=10_000):
        action(page, "Remove from here").trigger()
    qtbot.waitUntil(lambda: errands.entries() == (), timeout=3_000)
    qtbot.wait(50)
    assert desk.journal.reader.sources.all() == ()


def test_closing_the_window_stops_what_is_under_way(qtbot, desk, errands, page: ImportPage, server) -> None:
    server.gate.clear()
    look_for(qtbot, page)
    qtbot.waitUntil(lambda: "asks us to wait" in words(page, "network-words"), timeout=10_000)
    errands.close()
    (running,) = errands.entries()
    assert running.work is not None
    assert running.work.cancelled()
    qtbot.waitUntil(lambda: errands.entries() == (), timeout=3_000)
    errands.ask(running.account)
    assert errands.entries() == ()


def test_a_token_goes_into_the_keyring_and_nowhere_else(
    qtbot, desk, page: ImportPage, press, server, keyring_, tmp_path
) -> None:
    server.hidden = True
    look_for(qtbot, page, "me@example.org", Network.MASTODON)
    qtbot.waitUntil(lambda: "hides the list" in words(page, "network-problem"), timeout=10_000)
    server.hidden = False
    press(page, "network-has-token")
    token = page.findChild(QLineEdit, "network-token")
    assert isinstance(token, QLineEdit)
    assert token.echoMode() == QLineEdit.EchoMode.Password
    token.setText(" secret-secret ")
    press(page, "network-go")
    preview(qtbot, page)
    assert server.tokens[-1] == "Bearer secret-secret"
    assert list(keyring_.values()) == ["secret-secret"]
    with qtbot.waitSignal(page.finished, timeout=10_000):
        press(page, "import-go")
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"secret-secret" not in written
    with qtbot.waitSignal(desk.journal.noticed, timeout=10_000):
        action(page, "Forget the token").trigger()
    assert keyring_ == {}


def test_a_token_can_be_given_later(qtbot, desk, page: ImportPage, press, keyring_) -> None:
    look_for(qtbot, page, "me@example.org", Network.MASTODON)
    preview(qtbot, page)
    press(page, "import-cancel")
    qtbot.waitUntil(lambda: bool(desk.journal.reader.sources.all()) and menus(page) != [])
    action(page, "I have a token…").trigger()
    (token,) = [one for one in page.findChildren(QLineEdit, "network-token") if one.isVisible()]
    token.setText("secret-secret")
    with qtbot.waitSignal(desk.journal.noticed, timeout=10_000) as noticed:
        press(page, "network-token-keep")
    assert "keyring" in noticed.args[0]
    assert list(keyring_.values()) == ["secret-secret"]
