"""The form for one person: what it recognises, what it refuses and in which words, and what it hands over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from warmnote.model import Network
from warmnote.ui.people.add import AddPerson, recognise


@pytest.mark.parametrize(
    ("text", "chosen", "network", "handle", "url"),
    [
        (
            "https://www.linkedin.com/in/ana-moreno/?trk=x",
            None,
            Network.LINKEDIN,
            "ana-moreno",
            "https://www.linkedin.com/in/ana-moreno",
        ),
        (
            "linkedin.com/in/ana-moreno",
            Network.X,
            Network.LINKEDIN,
            "ana-moreno",
            "https://www.linkedin.com/in/ana-moreno",
        ),
        ("https://twitter.com/anamoreno?s=20", None, Network.X, "anamoreno", "https://x.com/anamoreno"),
        (
            "https://bsky.app/profile/ana.example",
            None,
            Network.BLUESKY,
            "ana.example",
            "https://bsky.app/profile/ana.example",
        ),
        ("@ana.bsky.social", None, Network.BLUESKY, "ana.bsky.social", "https://bsky.app/profile/ana.bsky.social"),
        ("https://example.social/@ana", None, Network.MASTODON, "ana@example.social", "https://example.social/@ana"),
        ("@ana@example.social", None, Network.MASTODON, "ana@example.social", "https://example.social/@ana"),
        ("ana@example.social", Network.MASTODON, Network.MASTODON, "ana@example.social", "https://example.social/@ana"),
        ("ana@example.com", None, Network.EMAIL, "ana@example.com", ""),
        ("mailto:ana@example.com", None, Network.EMAIL, "ana@example.com", ""),
        ("https://github.com/ana", None, Network.GITHUB, "ana", "https://github.com/ana"),
        (" @anamoreno ", Network.INSTAGRAM, Network.INSTAGRAM, "anamoreno", "https://www.instagram.com/anamoreno"),
    ],
)
def test_an_address_or_handle_tells_the_account(text, chosen, network, handle, url):
    account = recognise(text, chosen)
    assert account is not None
    assert (account.network, account.handle, account.url) == (network, handle, url)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("", Network.X),
        ("anamoreno", None),
        ("https://www.linkedin.com/feed/", None),
        ("https://example.com/about", Network.X),
        ("ana", Network.MASTODON),
        ("ana", Network.EMAIL),
        ("ana @example.com", None),
        ("Ana Moreno", Network.X),
    ],
)
def test_what_is_not_one_persons_account_is_not_taken_for_one(text, chosen):
    assert recognise(text, chosen) is None


@given(st.text(), st.one_of(st.none(), st.sampled_from(Network)))
def test_any_text_is_an_account_or_nothing(text, chosen):
    account = recognise(text, chosen)
    assert account is None or account.url == "" or account.url.startswith("https://")


class Form:
    """The dialog on screen and what it handed over."""

    def __init__(self, qtbot, desk, person=None) -> None:
        self.qtbot = qtbot
        self.dialog = AddPerson(desk.theme, desk.journal, person=person)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # pytest-qt deletes it
        qtbot.addWidget(self.dialog)
        self.given: list[dict] = []
        self.dialog.accepted_fields.connect(self.given.append)
        self.dialog.open()
        qtbot.waitExposed(self.dialog)

    def field(self, name: str, kind=QLineEdit):
        return self.dialog.findChild(kind, f"person-{name}")

    def type(self, name: str, text: str, kind=QLineEdit) -> None:
        self.qtbot.keyClicks(self.field(name, kind), text)

    def says(self, name: str) -> str:
        label = self.field(name, QLabel)
        return label.text() if label.isVisible() else ""

    def save(self) -> None:
        self.qtbot.mouseClick(self.field("save", QPushButton), Qt.MouseButton.LeftButton)


def test_a_person_with_everything_reaches_the_notebook(qtbot, desk):
    form = Form(qtbot, desk)
    form.type("name", "Ana  Moreno ")
    form.type("handle", "https://bsky.app/profile/ana.example")
    assert form.field("network", QComboBox).currentText() == "Bluesky"
    assert form.says("found") == "Bluesky: ana.example"
    form.type("bio", "Potter in Bilbao", QPlainTextEdit)
    form.type("location", "Bilbao")
    form.save()
    assert not form.dialog.isVisible()
    (fields,) = form.given
    changes = desk.write(lambda notebook: notebook.add_person(**fields))
    person = desk.journal.reader.open_person(next(iter(changes.added))).person
    assert (person.name, person.bio, person.location) == ("Ana Moreno", "Potter in Bilbao", "Bilbao")
    assert (person.identities[0].network, person.identities[0].handle) == (Network.BLUESKY, "ana.example")


def test_enter_in_a_line_adds(qtbot, desk):
    form = Form(qtbot, desk)
    form.type("name", "Ana")
    qtbot.keyClick(form.field("name"), Qt.Key.Key_Return)
    assert form.given[0]["name"] == "Ana"


def test_control_enter_adds_from_the_bio_where_enter_is_a_new_line(qtbot, desk):
    form = Form(qtbot, desk)
    form.type("name", "Ana")
    bio = form.field("bio", QPlainTextEdit)
    form.type("bio", "Potter", QPlainTextEdit)
    qtbot.keyClick(bio, Qt.Key.Key_Return)
    form.type("bio", "Runner", QPlainTextEdit)
    assert not form.given
    qtbot.keyClick(bio, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.given[0]["bio"] == "Potter\nRunner"


def test_without_a_name_the_handle_is_the_name(qtbot, desk):
    form = Form(qtbot, desk)
    form.type("handle", "@ana@example.social")
    form.save()
    assert form.given[0]["name"] == "ana@example.social"
    assert form.given[0]["network"] is Network.MASTODON


@pytest.mark.parametrize(
    ("fields", "network", "trouble", "at"),
    [
        ({}, None, "A name or a handle is needed, so that you know who this is.", "name"),
        (
            {"handle": "anamoreno"},
            None,
            "Choose where that handle belongs, or paste the address of their page.",
            "handle",
        ),
        (
            {"handle": "Ana Moreno"},
            Network.X,
            "A handle has no spaces. If this is a name, it belongs in the first line.",
            "handle",
        ),
        (
            {"handle": "ana"},
            Network.MASTODON,
            "On Mastodon a handle has two parts, such as @ana@example.social.",
            "handle",
        ),
        (
            {"handle": "ana"},
            Network.EMAIL,
            "That is not a whole e-mail address. It needs an @ and what comes after it.",
            "handle",
        ),
        (
            {"handle": "https://example.com/about"},
            None,
            "That address does not lead to one person's page. Open their profile and copy the address from there.",
            "handle",
        ),
    ],
)
def test_what_is_missing_is_said_where_it_is_missing(qtbot, desk, fields, network, trouble, at):
    form = Form(qtbot, desk)
    for name, text in fields.items():
        form.type(name, text)
    box = form.field("network", QComboBox)
    box.setCurrentText(network.label if network is not None else "Choose a network")
    form.save()
    assert form.dialog.isVisible()
    assert not form.given
    assert form.says("trouble") == trouble
    assert form.field(at).accessibleDescription() == trouble
    form.type("name", "A")
    assert form.says("trouble") == ""


def test_a_bio_shows_what_there_is_to_ask_about(qtbot, desk):
    form = Form(qtbot, desk)
    assert form.says("noticed") == "Warmnote looks here for things worth asking about."
    form.field("bio", QPlainTextEdit).setPlainText("Potter in Bilbao, Sunday trail runs")

    def chips() -> list[str]:
        return [label.text() for label in form.field("chips", QWidget).findChildren(QLabel) if label.isVisible()]

    qtbot.waitUntil(lambda: any("pottery" in chip for chip in chips()))
    assert form.says("noticed") == "Warmnote would notice:"
    form.field("bio", QPlainTextEdit).setPlainText("Hello")
    qtbot.waitUntil(lambda: not chips())
    assert form.says("noticed").startswith("Nothing to ask about yet.")


def test_a_very_long_bio_is_cut_and_it_is_said(qtbot, desk):
    form = Form(qtbot, desk)
    form.type("name", "Ana")
    form.field("bio", QPlainTextEdit).setPlainText("x" * 2500)
    qtbot.waitUntil(lambda: form.says("noticed") == "That is long: Warmnote keeps the first 2,000 characters of 2,500.")
    form.save()
    assert len(form.given[0]["bio"]) == 2000


def test_a_known_person_hands_over_only_what_was_changed(qtbot, desk):
    # An editor shows the no-break space and the CR differently: looking at them must not change them.
    ana = desk.add("Ana Moreno", bio="Potter\u00a0in Bilbao\r\n" + "x" * 3000, location="Bilbao")
    person = desk.journal.reader.open_person(ana).person
    form = Form(qtbot, desk, person)
    assert form.field("name").text() == "Ana Moreno"
    assert form.field("handle") is None or not form.field("handle").isVisible()
    form.field("name").selectAll()
    form.type("name", "Ana Ruiz")
    form.save()
    assert form.given == [{"name": "Ana Ruiz"}]
    desk.write(lambda notebook: notebook.edit_person(ana, **form.given[0]))
    assert desk.journal.reader.open_person(ana).person.bio == person.bio


def test_saving_without_a_change_hands_over_nothing(qtbot, desk):
    person = desk.journal.reader.open_person(desk.add("Ana Moreno")).person
    form = Form(qtbot, desk, person)
    form.save()
    assert not form.given
    assert not form.dialog.isVisible()


def test_a_name_cannot_be_taken_away(qtbot, desk):
    person = desk.journal.reader.open_person(desk.add("Ana Moreno")).person
    form = Form(qtbot, desk, person)
    form.field("name").clear()
    form.save()
    assert form.says("trouble") == "A name is needed, so that you know who this is."


def test_escape_leaves_without_a_word(qtbot, desk):
    form = Form(qtbot, desk)
    form.type("name", "Ana")
    qtbot.keyClick(form.dialog, Qt.Key.Key_Escape)
    assert not form.given
    assert not form.dialog.isVisible()
