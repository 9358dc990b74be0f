"""The page Today on a real notebook: who stands where, what the cards say, and the keys that work them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from warmnote.model import Fact, FollowUp, Message, MessageKind, Network
from warmnote.ui.journal import Journal
from warmnote.ui.tasks import Tasks
from warmnote.ui.theme import Scheme, Theme
from warmnote.ui.today import TodayPage

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
Key = Qt.Key


@dataclass
class Day:
    """The page on screen, with the notebook behind it."""

    qtbot: object
    journal: Journal
    page: TodayPage
    now: datetime
    told: list[tuple[str, int]]

    def write(self, use_case):
        with self.qtbot.waitSignal(self.journal.changed, timeout=10_000) as heard:
            self.journal.write(use_case)
        return heard.args[0]

    def add(self, name: str, **fields) -> int:
        return next(iter(self.write(lambda notebook: notebook.add_person(name, **fields)).added))

    def log(self, person: int, kind: MessageKind, text: str, **ago: float) -> None:
        message = Message(kind, text, self.now - timedelta(**ago))
        self.write(lambda notebook: notebook.log(person, message))

    def plan(self, person: int, in_days: int, why: str) -> None:
        follow_up = FollowUp((self.now + timedelta(days=in_days)).date(), why)
        self.write(lambda notebook: notebook.plan(person, follow_up))

    def show(self) -> None:
        self.page.refresh()
        self.page.resize(1284, 860)
        self.page.show()
        self.qtbot.waitExposed(self.page)
        self.page.activateWindow()
        self.qtbot.waitUntil(self.page.isActiveWindow)

    def text(self, name: str) -> str:
        """What can be read in a part of the page, in order; nothing if it is not shown."""
        part = self.page.findChild(QWidget, name)
        labels = [part] if isinstance(part, QLabel) else part.findChildren(QLabel)
        return " | ".join(
            label.text()
            for label in labels
            if label.isVisible() and label.text() and label.textFormat() is Qt.TextFormat.PlainText
        )

    def card(self, person: int):
        found = self.page.findChildren(QWidget, f"today-person-{person}")
        return next(
            (card for card in found if card.isVisible()), None
        )  # one that was replaced lives until Qt deletes it

    def key(self, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)


@pytest.fixture
def day(qtbot, tmp_path: Path) -> Iterator[Day]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    tasks = Tasks(lambda error: pytest.fail(f"a task failed: {error!r}"))
    made: list[Day] = []

    def clock() -> datetime:
        return made[0].now if made else NOON

    journal = Journal(tmp_path / "warmnote.db", clock, tasks)
    page = TodayPage(Theme(application, Scheme.Light), journal, clock)
    qtbot.addWidget(page)
    made.append(Day(qtbot, journal, page, NOON, []))
    for name in ("person_wanted", "rest_wanted"):
        getattr(page, name).connect(lambda person, name=name: made[0].told.append((name, person)))
    yield made[0]
    page.hide()
    journal.close()
    tasks.close()


@pytest.fixture
def twice_the_text(qapp) -> Iterator[None]:
    usual = QFont(qapp.font())
    large = QFont(usual)
    large.setPixelSize(24)
    qapp.setFont(large)
    yield
    qapp.setFont(usual)


@pytest.fixture
def monday(day: Day) -> dict[str, int]:
    """The Monday of the drawing."""
    people = {name: day.add(name) for name in ("Priya Shah", "Greta Nilsson", "Marco Conti", "Kim Dao")}
    people["Ana Moreno"] = day.add(
        "Ana Moreno",
        bio="Potter in Bilbao, one old greyhound",
        network=Network.X,
        handle="anamoreno",
        followed_on=NOON.date() - timedelta(days=2),
    )
    people["Tunde Okafor"] = day.add(
        "Tunde Okafor", network=Network.X, handle="tunde", followed_on=NOON.date() - timedelta(days=3)
    )
    day.write(
        lambda notebook: notebook.add_fact(
            people["Tunde Okafor"], Fact("post", "Under three hours in Lagos", "X", NOON.date() - timedelta(days=1))
        )
    )
    for name in ("Priya Shah", "Greta Nilsson"):
        day.log(people[name], MessageKind.SENT, "How was the hill race?", days=3)
    day.log(
        people["Priya Shah"],
        MessageKind.RECEIVED,
        "Ha, yes! The hills nearly finished me. Do you run as well?",
        hours=2,
    )
    day.log(people["Greta Nilsson"], MessageKind.RECEIVED, "It was good fun.", days=1)
    day.plan(people["Greta Nilsson"], 0, "You said you would send her the honey cake recipe")
    day.log(people["Marco Conti"], MessageKind.SENT, "How is the Vespa?", days=20)
    day.plan(people["Marco Conti"], 0, "His Vespa should be back from the paint shop by now")
    day.log(people["Kim Dao"], MessageKind.SENT, "How are the bees?", days=20)
    day.log(people["Kim Dao"], MessageKind.SENT, "And the hive?", days=9)
    return people


def test_the_monday_of_the_drawing(day, monday):
    day.show()
    assert day.text("today-title") == "Monday, 6 people"
    assert day.text("today-estimate") == "About ten minutes. Those who wrote to you come first."
    assert day.text("today-waiting") == (
        "Waiting for you | 2 | Priya Shah asked you something | "
        "“Ha, yes! The hills nearly finished me. Do you run as well?” · 2 hours ago | Answer | "
        "Greta Nilsson replied | You said you would send her the honey cake recipe · yesterday | Answer"
    )
    assert day.text("today-hello") == (
        "Worth a hello | 2 of 2 new, those you know something about | "
        "Tunde Okafor | Posted yesterday: “Under three hours in Lagos” · followed 3 days ago | Write | "
        "Ana Moreno | Potter in Bilbao, one old greyhound · followed 2 days ago | Write"
    )
    assert day.text("today-back") == (
        "You wanted to come back to | 1 | Marco Conti | "
        "His Vespa should be back from the paint shop by now · planned for today | Write"
    )
    assert day.text("today-rest") == (
        "Leave in peace for now | 1 | Kim Dao | No answer to two letters. The kindest thing is to wait."
    )
    assert day.text("today-quiet") == ""


def test_a_click_anywhere_on_a_card_opens_the_person(day, monday):
    day.show()
    card = day.card(monday["Greta Nilsson"])
    for place in (card.rect().center(), card.rect().topLeft() + card.rect().center() * 0.1):
        day.qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=place)
    assert day.told == [("person_wanted", monday["Greta Nilsson"])] * 2


def test_let_rest_is_a_button_of_its_own(day, monday):
    day.show()
    kim = monday["Kim Dao"]
    day.qtbot.mouseClick(day.page.findChild(QWidget, f"today-rest-{kim}"), Qt.MouseButton.LeftButton)
    assert day.told == [("rest_wanted", kim)]
    day.qtbot.mouseClick(day.card(kim), Qt.MouseButton.LeftButton)
    assert day.told[1:] == [("person_wanted", kim)]


def test_arrows_and_enter_go_through_all_sections(day, monday):
    day.show()
    day.page.focus_first()
    order = ["Priya Shah", "Greta Nilsson", "Tunde Okafor", "Ana Moreno", "Marco Conti", "Kim Dao"]
    for name in order:
        assert QApplication.focusWidget() is day.card(monday[name])
        day.key(Key.Key_Return)
        day.key(Key.Key_Down)
    assert day.told == [("person_wanted", monday[name]) for name in order]
    day.key(Key.Key_Up)
    assert QApplication.focusWidget() is day.card(monday["Marco Conti"])


def test_tab_follows_reading_order_after_a_section_was_made_anew(day, monday):
    day.show()
    ines = day.add("Ines Roth")
    day.log(ines, MessageKind.RECEIVED, "Are you coming?", minutes=5)
    day.page.refresh()
    day.page.focus_first()
    seen = []
    for _ in range(8):
        seen.append(QApplication.focusWidget().objectName())
        day.key(Key.Key_Tab)
    people = [
        ines,
        *(
            monday[name]
            for name in ("Priya Shah", "Greta Nilsson", "Tunde Okafor", "Ana Moreno", "Marco Conti", "Kim Dao")
        ),
    ]
    assert seen == [f"today-person-{person}" for person in people] + [f"today-rest-{monday['Kim Dao']}"]


def test_enter_on_let_rest_does_not_open_the_person(day, monday):
    day.show()
    day.card(monday["Kim Dao"]).setFocus()
    day.key(Key.Key_Tab)
    day.key(Key.Key_Return)
    assert day.told == [("rest_wanted", monday["Kim Dao"])]


def test_who_rests_leaves_the_page_and_comes_back_with_undo(day, monday):
    day.show()
    changes = day.write(lambda notebook: notebook.rest(monday["Kim Dao"]))
    day.page.refresh()
    assert day.text("today-rest") == ""
    assert day.text("today-title") == "Monday, 5 people"
    day.write(lambda notebook: notebook.undo(changes.undo))
    day.page.refresh()
    assert "Kim Dao" in day.text("today-rest")


def test_the_keyboard_stays_in_place_when_the_person_goes(day, monday):
    day.show()
    day.card(monday["Priya Shah"]).setFocus()
    day.log(monday["Priya Shah"], MessageKind.SENT, "I do, slowly.", minutes=0)
    day.page.refresh()
    assert QApplication.focusWidget() is day.card(monday["Greta Nilsson"])


def test_refresh_leaves_unchanged_cards_alone(day, monday):
    day.show()
    greta, ana = day.card(monday["Greta Nilsson"]), day.card(monday["Ana Moreno"])
    day.log(monday["Marco Conti"], MessageKind.SENT, "Is it red now?", minutes=0)
    day.page.refresh()
    assert day.card(monday["Greta Nilsson"]) is greta
    assert day.card(monday["Ana Moreno"]) is ana


def test_times_follow_the_clock_when_the_page_is_shown_again(day, monday):
    day.show()
    day.page.hide()
    day.now += timedelta(hours=1)
    day.page.show()
    assert "3 hours ago" in day.text("today-waiting")
    assert "3 hours ago" in day.card(monday["Priya Shah"]).accessibleName()


def test_another_day_has_another_title(day, monday):
    day.plan(monday["Priya Shah"], 1, "")
    day.show()
    day.page.hide()
    day.now += timedelta(days=1)
    day.page.show()
    assert day.text("today-title").startswith("Tuesday, ")


def test_an_overdue_plan_names_its_day(day, monday):
    day.plan(monday["Marco Conti"], -3, "The Vespa")
    day.show()
    assert "The Vespa · planned for Fri 20 Nov" in day.text("today-back")


def test_a_note_about_a_post_reads_as_one(day):
    jae = day.add("Jae Lim")
    day.write(
        lambda notebook: notebook.add_fact(jae, Fact("post", "which flour to use", "", NOON.date() - timedelta(days=2)))
    )
    day.show()
    assert "Posted 2 days ago about which flour to use" in day.text("today-hello")
    assert "followed" not in day.text("today-hello")  # nobody knows when: they were added by hand


def test_the_page_scrolls_only_when_it_must(day, monday):
    day.show()
    assert day.page.verticalScrollBar().maximum() == 0
    day.page.resize(644, 400)
    day.qtbot.waitUntil(lambda: day.page.verticalScrollBar().maximum() > 0)


def test_a_quiet_day_says_so_and_offers_a_beginning(day):
    day.show()
    assert day.text("today-title") == "Monday"
    assert day.text("today-estimate") == "Nobody needs you just now."
    assert "A quiet day" in day.text("today-quiet")
    with day.qtbot.waitSignal(day.page.import_wanted):
        day.qtbot.mouseClick(day.page.findChild(QWidget, "today-import"), Qt.MouseButton.LeftButton)
    day.page.findChild(QWidget, "today-add").setFocus()
    with day.qtbot.waitSignal(day.page.add_wanted):
        day.key(Key.Key_Return)


def test_one_person(day):
    day.log(day.add("Priya Shah"), MessageKind.RECEIVED, "Hello!", minutes=3)
    day.show()
    assert day.text("today-title") == "Monday, one person"
    assert day.text("today-estimate") == "A minute or two. Those who wrote to you come first."


def test_many_are_shown_a_part_at_a_time(day):
    for number in range(20):
        day.log(day.add(f"Person {number}"), MessageKind.RECEIVED, "Hello!", minutes=number)
    day.show()
    assert day.text("today-title") == "Monday, 20 people"
    more = day.page.findChild(QWidget, "today-waiting-more")
    assert more.text() == "Show 8 more"
    assert day.text("today-waiting").count("replied") == 12
    more.setFocus()
    day.key(Key.Key_Return)
    assert day.text("today-waiting").count("replied") == 20
    assert not more.isVisible()
    assert "Person 12 replied" in QApplication.focusWidget().accessibleName()


def test_what_strangers_wrote_is_plain_text_and_short(day):
    day.log(day.add("<b>Bo</b>"), MessageKind.RECEIVED, "<img src=x> " + "very long words " * 300, minutes=2)
    day.show()
    said = day.text("today-waiting")
    assert "<b>Bo</b> replied" in said
    assert "<img src=x>" in said
    assert len(said) < 250


def assert_nothing_is_cut(day: Day, people: dict[str, int]) -> None:
    assert day.page.widget().width() <= day.page.viewport().width()
    for person in people.values():
        card = day.card(person)
        for label in card.findChildren(QLabel):
            assert label.height() >= label.heightForWidth(label.width())
            assert card.rect().contains(label.geometry())


@pytest.mark.parametrize("width", [360, 644, 1284])
def test_cards_wrap_and_nothing_is_cut(day, monday, width):
    day.show()
    day.page.resize(width, 560)
    day.qtbot.wait(20)
    assert_nothing_is_cut(day, monday)


def test_nothing_is_cut_at_twice_the_text_size(twice_the_text, day, monday):
    monday["long"] = day.add("Wilhelmina Featherstonehaugh-Cholmondeley")
    day.log(monday["long"], MessageKind.RECEIVED, "See https://example.com/" + "a" * 70, minutes=5)
    day.show()
    day.page.resize(644, 560)
    day.qtbot.wait(20)
    assert_nothing_is_cut(day, monday)
