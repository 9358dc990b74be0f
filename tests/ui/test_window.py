"""The whole window, put together as `main` does it, on a real notebook in a temporary folder."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTableView,
    QToolButton,
)

from warmnote.model import Message, MessageKind
from warmnote.notebook import View
from warmnote.ui.app import Application, Paths, build
from warmnote.ui.notice import NoticeBar
from warmnote.ui.palette import Palette

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
Opener = Callable[..., Application]


@pytest.fixture
def opener(qtbot, tmp_path: Path) -> Iterator[Opener]:
    """Opens the application on one folder; opening it again closes the one before, as a user would."""
    running: list[Application] = []

    def open_it(theme: str | None = "light") -> Application:
        while running:
            running.pop().close()
        app = build(Paths(tmp_path / "data"), lambda: NOON, seed=0, theme=theme)
        running.append(app)
        app.window.resize(1360, 860)
        app.window.show()
        qtbot.waitUntil(lambda: app.window.people.desk is not None, timeout=15_000)
        return app

    yield open_it
    while running:
        running.pop().close()


@pytest.fixture
def app(opener: Opener) -> Application:
    return opener()


@pytest.fixture
def peopled(qtbot, app: Application) -> Application:
    with qtbot.waitSignal(app.journal.changed, timeout=10_000):
        app.window.add_samples()
    qtbot.waitUntil(lambda: app.window.people.current() is not None)
    return app


def ids(app: Application, query: str) -> list[int]:
    return list(app.journal.reader.person_ids(View.ALL, query))


def open_person(app: Application, query: str) -> int:
    (person,) = ids(app, query)
    app.window.people.show_person(person)
    assert app.window.people.current() == person
    return person


class _Browser(QObject):
    """Stands where the desktop's browser would."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@contextmanager
def pages() -> Iterator[list[str]]:
    browser = _Browser()
    QDesktopServices.setUrlHandler("https", browser, "open")
    yield browser.opened
    QDesktopServices.unsetUrlHandler("https")


def press(app: Application, name: str, kind: type = QPushButton) -> None:
    found = app.window.findChild(kind, name)
    assert found is not None, name
    found.click()


def test_the_first_start_teaches_and_enter_begins(qtbot, app: Application) -> None:
    assert app.journal.reader.counts().all == 0
    samples = app.window.findChild(QPushButton, "first-run-samples")
    assert isinstance(samples, QPushButton)
    assert samples.isVisible()
    assert app.window.focusWidget() is samples
    with qtbot.waitSignal(app.journal.changed, timeout=10_000):
        qtbot.keyClick(samples, Qt.Key.Key_Return)
    assert app.journal.reader.counts().all == 12


def test_the_samples_come_and_go(qtbot, peopled: Application) -> None:
    assert peopled.journal.reader.counts().all == 12
    peopled.window.show_page("settings")
    with qtbot.waitSignal(peopled.journal.changed):
        press(peopled, "settings-remove-samples")
    assert peopled.journal.reader.counts().all == 0


def test_a_letter_is_written_read_copied_logged_and_found_again(qtbot, opener: Opener, peopled: Application) -> None:
    person = open_person(peopled, "Tunde")
    letter = peopled.window.people.desk.letter
    qtbot.keyClicks(letter.editor, "Grab my free guide and join my team: https://example.com/start")
    qtbot.waitUntil(lambda: peopled.window.people.desk.meter.gauge.value is not None)
    assert peopled.window.people.desk.meter.gauge.value >= 65
    with pages() as opened_pages:
        letter.copy()
    assert opened_pages == ["https://example.com/in/tunde-okafor"]
    assert QGuiApplication.clipboard().text().startswith("Grab my free guide")
    letter.flush()
    with qtbot.waitSignal(peopled.journal.changed):
        letter.log_sent()
    assert letter.editor.toPlainText() == ""
    app = opener()
    opened = app.journal.reader.open_person(person)
    assert opened.messages[-1].kind == MessageKind.SENT
    assert app.window.people.current() == person


def test_text_cursor_and_undo_survive_leaving_and_returning(qtbot, peopled: Application) -> None:
    open_person(peopled, "Tunde")
    editor = peopled.window.people.desk.letter.editor
    qtbot.keyClicks(editor, "How was Lagos")
    qtbot.keyClick(editor, Qt.Key.Key_Left)
    place = editor.textCursor().position()
    open_person(peopled, "Jae")
    open_person(peopled, "Tunde")
    assert editor.toPlainText() == "How was Lagos"
    assert editor.textCursor().position() == place
    editor.undo()
    assert editor.toPlainText() != "How was Lagos"


def test_a_draft_is_there_after_a_restart(qtbot, opener: Opener, peopled: Application) -> None:
    open_person(peopled, "Tunde")
    qtbot.keyClicks(peopled.window.people.desk.letter.editor, "Half a sentence")
    app = opener()
    assert app.window.people.desk.letter.editor.toPlainText() == "Half a sentence"


def test_a_reply_moves_the_person_on(qtbot, peopled: Application) -> None:
    person = open_person(peopled, "Tunde")
    with qtbot.waitSignal(peopled.journal.changed):
        peopled.window.people.desk.card.timeline.logged.emit(
            Message(MessageKind.RECEIVED, "Thank you. Do you run?", NOON)
        )
    qtbot.waitUntil(lambda: peopled.journal.reader.open_person(person).person.progress == "replied")


def test_deleting_can_be_undone_from_the_notice(qtbot, peopled: Application) -> None:
    person = open_person(peopled, "Tunde")
    with qtbot.waitSignal(peopled.journal.changed):
        peopled.window.people.delete_people([person])
    assert ids(peopled, "Tunde") == []
    notice = peopled.window.findChild(NoticeBar)
    assert notice is not None
    assert notice.isVisible()
    with qtbot.waitSignal(peopled.journal.changed):
        press(peopled, "notice-action")
    assert ids(peopled, "Tunde") == [person]


def test_today_opens_the_person_with_the_letter_ready(qtbot, peopled: Application) -> None:
    press(peopled, "rail-today", QToolButton)
    (priya,) = ids(peopled, "Priya")
    peopled.window.today.person_wanted.emit(priya)
    assert peopled.window.page == "people"
    assert peopled.window.people.current() == priya
    qtbot.waitUntil(lambda: peopled.window.people.desk.letter.editor.hasFocus())


def test_the_palette_finds_commands_and_people(qtbot, peopled: Application) -> None:
    qtbot.keyClick(
        peopled.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    field = peopled.window.findChild(QLineEdit, "palette-field")
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "greta")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert peopled.window.people.current() == ids(peopled, "Greta")[0]


def test_f1_lists_the_keys(qtbot, peopled: Application) -> None:
    qtbot.keyClick(peopled.window, Qt.Key.Key_F1)
    shown = peopled.window.findChild(QDialog, "shortcut-list")
    assert shown is not None
    shown.close()


@pytest.mark.parametrize("width", [720, 900, 1000, 1360])
def test_the_window_gets_narrow_without_losing_anything(qtbot, peopled: Application, width: int) -> None:
    window = peopled.window
    window.resize(width, 560)
    qtbot.waitUntil(lambda: window.width() == width)
    page = window.people
    assert page.desk.meter.isVisible() or width < 820
    if width < 820:
        assert page.people.isVisible() != page.desk.letter.isVisible()
        page.write_to(open_person(peopled, "Ana Moreno"))
        assert page.desk.letter.isVisible()
        assert not page.people.isVisible()
        press(peopled, "back-to-people")
        assert page.people.isVisible()
    else:
        assert page.people.isVisible()
        assert page.desk.letter.isVisible()


def test_in_the_narrow_window_a_click_goes_to_whoever_is_chosen_already(qtbot, peopled: Application) -> None:
    window = peopled.window
    window.resize(720, 560)
    page = window.people
    page.write_to(open_person(peopled, "Ana Moreno"))
    press(peopled, "back-to-people")
    assert not page.desk.letter.isVisible()
    people = page.people.findChild(QAbstractItemView)
    chosen = people.visualRect(people.currentIndex()).center()
    qtbot.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=chosen)
    assert page.desk.letter.isVisible()


def test_a_dropped_file_is_shown_before_anything_is_written(qtbot, peopled: Application, tmp_path: Path) -> None:
    file = tmp_path / "Connections.csv"
    file.write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Ines,Duarte,https://www.linkedin.com/in/ines-d,,Duarte Lda,Owner,20 Nov 2026\n",
        "utf-8",
    )
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(400, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    before = peopled.journal.reader.counts().all
    peopled.window.dropEvent(drop)
    go = lambda: peopled.window.findChild(QPushButton, "import-go")  # noqa: E731
    qtbot.waitUntil(lambda: go() is not None and go().isVisible(), timeout=10_000)
    assert peopled.journal.reader.counts().all == before
    with qtbot.waitSignal(peopled.journal.changed, timeout=10_000):
        go().click()
    assert peopled.journal.reader.counts().all == before + 1


def test_several_dropped_files_follow_one_another(qtbot, peopled: Application, tmp_path: Path) -> None:
    names = ["Ana Lima", "Tunde Okafor"]
    files = [tmp_path / f"{place}.csv" for place in range(2)]
    for file, name in zip(files, names, strict=True):
        file.write_text(f"Name,E-mail\n{name},{name[0]}@example.org\n", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    before = peopled.journal.reader.counts().all
    peopled.window.dropEvent(QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, data, left, none))
    for count in (1, 2):
        table = lambda: peopled.window.findChild(QTableView, "import-table")  # noqa: E731
        qtbot.waitUntil(lambda table=table: table() is not None and table().isVisible(), timeout=10_000)
        with qtbot.waitSignal(peopled.journal.changed, timeout=10_000):
            press(peopled, "import-go")
        assert peopled.journal.reader.counts().all == before + count
        assert peopled.window.page == ("import" if count == 1 else "people")


def test_the_commands_lead_to_taking_ones_people_along(peopled: Application) -> None:
    next(action for action in peopled.window.actions() if action.text() == "Take your people with you").trigger()
    assert peopled.window.page == "settings"
    assert peopled.window.focusWidget().objectName() == "export-csv"


def test_the_first_page_leads_to_files_and_networks(app: Application) -> None:
    press(app, "first-run-import")
    assert app.window.page == "import"
    assert app.window.focusWidget().objectName() == "import-choose"


def test_a_wrong_file_is_answered_in_words(qtbot, peopled: Application, tmp_path: Path) -> None:
    file = tmp_path / "holiday.jpg"
    file.write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
    peopled.window.import_files([file])
    from warmnote.ui.widgets import PlainLabel

    def said() -> str:
        label = peopled.window.findChild(PlainLabel, "import-message")
        return label.text() if label is not None and label.isVisible() else ""

    qtbot.waitUntil(lambda: bool(said()), timeout=10_000)
    assert "holiday.jpg" in said()


def test_light_and_dark_are_pinned_and_kept(qtbot, opener: Opener, peopled: Application) -> None:
    peopled.window.show_page("settings")
    choice = peopled.window.findChild(QComboBox, "settings-scheme")
    assert isinstance(choice, QComboBox)
    choice.setCurrentText("Dark")
    assert peopled.theme.tokens.dark
    assert opener(theme=None).theme.tokens.dark


def test_a_rule_that_is_off_is_listed_and_put_back(qtbot, peopled: Application) -> None:
    rule = "link.address"
    with qtbot.waitSignal(peopled.journal.changed):
        peopled.journal.write(lambda notebook: notebook.turn_off_rule(rule))
    peopled.window.show_page("settings")
    shown = peopled.window.findChild(QPushButton, f"rule-on-{rule}")
    assert isinstance(shown, QPushButton)
    with qtbot.waitSignal(peopled.journal.changed):
        shown.click()
    assert peopled.journal.reader.rules_off() == frozenset()


def test_a_name_in_the_settings_opens_the_card(qtbot, peopled: Application) -> None:
    (ana,) = ids(peopled, "ana moreno")
    with qtbot.waitSignal(peopled.journal.changed):
        peopled.journal.write(lambda notebook: notebook.excuse(ana, "link.address", "bit.ly/x"))
    peopled.window.show_page("settings")
    peopled.window.findChild(QPushButton, "excused-person").click()
    assert peopled.window.page == "people"
    assert peopled.window.people.current() == ana


def test_a_finding_offers_to_ask_about_them_on_the_desk(qtbot, peopled: Application) -> None:
    open_person(peopled, "ana moreno")
    desk = peopled.window.people.desk
    editor = desk.letter.editor
    editor.replace(0, len(editor.toPlainText()), "We help potters sell more mugs online.")
    found = lambda: [each for each in desk.meter.findChildren(QPushButton, "finding-ask") if each.isVisible()]  # noqa: E731
    qtbot.waitUntil(lambda: bool(found()))
    said = found()[0].text().removeprefix("Ask about ")
    titles = [prompt.title.casefold() for prompt in desk.letter.asking._prompts]
    assert said.casefold() in titles


def test_tab_goes_from_one_thing_to_the_next_in_settings(qtbot, peopled: Application) -> None:
    peopled.window.show_page("settings")
    seen = []
    for _ in range(10):
        qtbot.keyClick(peopled.window.focusWidget(), Qt.Key.Key_Tab)
        seen.append(peopled.window.focusWidget().objectName())
    assert seen == [
        "settings-scheme",
        "settings-spelling",
        "allow-phrase",
        "settings-look",
        "export-csv",
        "export-vcard",
        "export-history",
        "export-json",
        "settings-folder",
        "settings-remove-samples",
    ]


def test_letting_the_last_one_rest_leaves_the_keyboard_on_the_page(qtbot, peopled: Application) -> None:
    window = peopled.window
    window.show_page("today")
    (resting, *more) = peopled.journal.reader.today().rest
    assert not more
    rest = window.findChild(QPushButton, f"today-rest-{resting.id}")
    rest.setFocus()
    with qtbot.waitSignal(peopled.journal.changed):
        qtbot.keyClick(rest, Qt.Key.Key_Return)
    assert not peopled.journal.reader.today().rest
    qtbot.waitUntil(lambda: window.today.isAncestorOf(window.focusWidget()))
    assert window.focusWidget().objectName().startswith("today-person-")


def test_the_palette_puts_names_before_words_of_a_bio(qtbot, peopled: Application) -> None:
    palette = Palette(peopled.window, peopled.theme, peopled.journal, [], lambda person: None)
    palette.show()
    field = palette.findChild(QLineEdit, "palette-field")
    qtbot.keyClicks(field, "pri")
    assert palette.findChild(QListWidget).item(0).text().startswith("Priya Shah")
    palette.close()


def test_after_an_import_the_list_shows_who_came(qtbot, peopled: Application) -> None:
    peopled.window.resize(720, 560)
    people = peopled.window.people.people
    new = frozenset(peopled.journal.reader.person_ids(View.NEW)[:1])
    old = frozenset(peopled.journal.reader.person_ids(View.ALL)) - frozenset(
        peopled.journal.reader.person_ids(View.NEW)
    )
    peopled.window._on_imported(old)
    assert people.view() is View.ALL
    peopled.window._on_imported(old | new)
    assert people.view() is View.NEW
    assert people.isVisible(), "in the narrow window the list, not one of them"
