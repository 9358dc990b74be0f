"""The column of people with real keys and clicks, on a real notebook."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu

from warmnote.model import Draft, MessageKind
from warmnote.notebook import Order, View
from warmnote.ui.people.list_view import VIEW_WORDS
from warmnote.ui.people.panel import PeoplePanel
from warmnote.ui.theme import Scheme, Theme

Key = Qt.Key


class Hands:
    """A panel on screen, the keyboard that works it, and what it has told."""

    def __init__(self, qtbot, desk, view: View = View.ALL) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.panel = PeoplePanel(desk.theme, desk.journal, desk.clock, view)
        self.panel.resize(316, 700)
        qtbot.addWidget(self.panel)
        self.told: list[tuple[str, object]] = []
        for name in ("chosen", "opened", "profile_wanted", "delete_wanted", "view_changed"):
            getattr(self.panel, name).connect(lambda value, name=name: self.told.append((name, value)))
        self.panel.add_wanted.connect(lambda: self.told.append(("add_wanted", None)))
        desk.journal.changed.connect(self.panel.refresh)
        self.panel.show()
        qtbot.waitExposed(self.panel)
        self.panel.activateWindow()
        qtbot.waitUntil(self.panel.isActiveWindow)

    def find(self, name: str):
        return self.panel.findChild(QAbstractButton, name) or next(
            widget for widget in self.panel.findChildren(object) if getattr(widget, "objectName", str)() == name
        )

    @property
    def view(self):
        return self.find("people-list")

    @property
    def search(self):
        return self.find("people-search")

    @property
    def names(self) -> list[str]:
        model = self.view.model()
        return [model.index(row).data() for row in range(model.rowCount())]

    def key(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(QApplication.focusWidget(), key)

    def type(self, text: str) -> None:
        for letter in text:
            self.qtbot.keyClicks(QApplication.focusWidget(), letter)

    def empty(self) -> str:
        """What the empty page says; nothing while the list is on screen."""
        page = self.find("people-empty")
        return (
            " ".join(
                label.text() for label in page.findChildren(object) if hasattr(label, "textFormat") and label.text()
            )
            if page.isVisible()
            else ""
        )


@pytest.fixture
def people(desk) -> dict[str, int]:
    made = {
        name: desk.add(name, bio=bio)
        for name, bio in (
            ("Ana Moreno", "Potter in Bilbao"),
            ("Ben Okafor", "Runs marathons"),
            ("Cleo Lim", "Bakes sourdough"),
        )
    }
    desk.log(made["Ben Okafor"], MessageKind.SENT, days_ago=3)
    desk.log(made["Cleo Lim"], MessageKind.SENT, days_ago=3)
    desk.log(made["Cleo Lim"], MessageKind.RECEIVED, "Ha, yes!", days_ago=1)
    desk.plan(made["Ben Okafor"], desk.now.date())
    return made


def test_counts_and_views(qtbot, desk, people):
    hands = Hands(qtbot, desk)
    assert [hands.find(f"people-view-{view}").accessibleName() for view in VIEW_WORDS] == [
        "New, 1 person",
        "Due, 1 person",
        "Waiting, 1 person",
        "All, 3 people",
    ]
    assert hands.find("people-count").text() == "3 people"
    for view, names in (("new", ["Ana Moreno"]), ("due", ["Ben Okafor"]), ("waiting", ["Cleo Lim"])):
        qtbot.mouseClick(hands.find(f"people-view-{view}"), Qt.MouseButton.LeftButton)
        assert hands.names == names
    assert [value for name, value in hands.told if name == "view_changed"] == [View.NEW, View.DUE, View.WAITING]


def test_arrow_keys_change_the_view(qtbot, desk, people):
    hands = Hands(qtbot, desk)
    hands.find("people-view-all").setFocus()
    hands.key(Key.Key_Left)
    assert hands.panel.view() is View.WAITING
    assert hands.names == ["Cleo Lim"]
    assert hands.find("people-view-waiting").hasFocus()


def test_typing_finds_and_escape_clears(qtbot, desk, people):
    hands = Hands(qtbot, desk)
    hands.panel.focus_search()
    hands.type("pott")
    qtbot.waitUntil(lambda: hands.names == ["Ana Moreno"])
    assert hands.find("people-count").text() == "1 found"
    hands.key(Key.Key_Escape)
    qtbot.waitUntil(lambda: len(hands.names) == 3)
    assert hands.search.text() == ""
    assert not hands.told


def test_one_letter_waits_for_the_next(qtbot, desk, people):
    hands = Hands(qtbot, desk)
    hands.panel.focus_search()
    hands.type("m")
    qtbot.wait(40)
    assert len(hands.names) == 3
    qtbot.waitUntil(lambda: len(hands.names) < 3, timeout=1000)


def test_down_goes_to_the_list_and_the_choice_follows_the_keys(qtbot, desk, people):
    hands = Hands(qtbot, desk)
    hands.panel.set_order(Order.NAME)
    hands.panel.focus_search()
    hands.key(Key.Key_Down)
    assert hands.view.hasFocus()
    hands.key(Key.Key_Down)
    hands.key(Key.Key_Return)
    ana, ben = people["Ana Moreno"], people["Ben Okafor"]
    assert hands.told == [("chosen", ana), ("chosen", ben), ("opened", ben)]
    assert hands.panel.current() == ben


def test_enter_in_the_search_opens_the_first_who_fits_at_once(qtbot, desk, people):
    hands = Hands(qtbot, desk)
    hands.panel.focus_search()
    hands.type("sour")
    hands.key(Key.Key_Return)  # before the pause is over
    assert hands.told == [("chosen", people["Cleo Lim"]), ("opened", people["Cleo Lim"])]


def test_a_letter_in_the_list_begins_a_search(qtbot, desk, people):
    hands = Hands(qtbot, desk)
    hands.panel.focus_list()
    hands.type("mar")
    qtbot.waitUntil(lambda: hands.names == ["Ben Okafor"])
    assert hands.search.text() == "mar"


def test_delete_asks_and_the_next_person_is_chosen_when_it_happens(qtbot, desk, people):
    hands = Hands(qtbot, desk)
    hands.panel.set_order(Order.NAME)
    hands.panel.select(people["Ben Okafor"])
    hands.panel.focus_list()
    hands.key(Key.Key_Delete)
    assert hands.told[-1] == ("delete_wanted", [people["Ben Okafor"]])
    assert len(hands.names) == 3
    changes = desk.write(lambda notebook: notebook.delete_people([people["Ben Okafor"]]))
    assert hands.told[-1] == ("chosen", people["Cleo Lim"])
    assert hands.panel.current() == people["Cleo Lim"]
    desk.write(lambda notebook: notebook.undo(changes.undo))
    assert hands.names == ["Ana Moreno", "Ben Okafor", "Cleo Lim"]
    assert hands.panel.current() == people["Cleo Lim"]


def test_nobody_is_current_after_the_last_was_deleted(qtbot, desk):
    ana = desk.add("Ana Moreno")
    hands = Hands(qtbot, desk)
    hands.panel.select(ana)
    desk.write(lambda notebook: notebook.delete_people([ana]))
    assert hands.panel.current() is None
    assert "No people yet" in hands.empty()
    qtbot.mouseClick(hands.find("people-empty-add"), Qt.MouseButton.LeftButton)
    assert hands.told[-1] == ("add_wanted", None)


def test_select_leaves_the_view_and_the_search_if_they_hide_the_person(qtbot, desk, people):
    hands = Hands(qtbot, desk, View.NEW)
    hands.search.setText("potter")
    assert hands.panel.select(people["Ben Okafor"])
    assert hands.panel.view() is View.ALL
    assert hands.search.text() == ""
    assert hands.panel.current() == people["Ben Okafor"]
    qtbot.wait(150)  # the pause of the search that was given up
    assert len(hands.names) == 3
    assert not hands.panel.select(999)


def test_a_search_keeps_the_choice_though_it_hides_them(qtbot, desk, people):
    hands = Hands(qtbot, desk)
    hands.panel.select(people["Ana Moreno"])
    hands.told.clear()
    hands.search.setText("marathons")
    qtbot.waitUntil(lambda: hands.names == ["Ben Okafor"])
    assert hands.panel.current() == people["Ana Moreno"]
    hands.search.clear()
    qtbot.waitUntil(lambda: len(hands.names) == 3)
    assert hands.view.currentIndex().data() == "Ana Moreno"
    assert not hands.told


def test_who_was_just_written_to_stays_under_the_eyes(qtbot, desk, people):
    dora = desk.add("Dora Dao")
    hands = Hands(qtbot, desk, View.NEW)
    hands.panel.select(dora)
    hands.told.clear()
    desk.log(dora, MessageKind.SENT)
    assert hands.find("people-view-new").accessibleName() == "New, 1 person"
    assert set(hands.names) == {"Ana Moreno", "Dora Dao"}
    assert hands.view.currentIndex().data() == "Dora Dao"
    assert not hands.told
    hands.panel.set_view(View.NEW)
    assert hands.names == ["Ana Moreno"]


def test_a_saved_draft_changes_nothing_on_screen(qtbot, desk):
    desk.bring(400)
    hands = Hands(qtbot, desk)
    hands.panel.set_order(Order.NAME)
    hands.view.verticalScrollBar().setValue(1234)
    first = hands.view.model().index(25)
    hands.view.setCurrentIndex(first)
    place = hands.view.verticalScrollBar().value()
    hands.told.clear()
    desk.write(lambda notebook: notebook.save_draft(hands.panel.current(), Draft("Hello")))
    assert hands.view.verticalScrollBar().value() == place
    assert hands.view.currentIndex() == first
    assert not hands.told


def test_a_reset_keeps_the_choice_and_the_place(qtbot, desk):
    people = sorted(desk.bring(3000).added)
    hands = Hands(qtbot, desk)
    hands.panel.set_order(Order.NAME)
    chosen = hands.view.model().person_id(1501)
    hands.panel.select(chosen)
    hands.view.verticalScrollBar().setValue(1495 * 58 + 20)
    top = hands.view.indexAt(QPoint(4, 1))
    before, shift = top.data(), hands.view.visualRect(top).top()
    resets = []
    hands.view.model().modelReset.connect(lambda: resets.append(1))
    gone = [person for person in people[::2] if person not in (chosen, hands.view.model().person_id(top.row()))]
    desk.write(lambda notebook: notebook.delete_people(gone))
    assert resets
    assert hands.panel.current() == chosen
    assert hands.view.currentIndex().data(hands.view.model().ID) == chosen
    top = hands.view.indexAt(QPoint(4, 1))
    assert (top.data(), hands.view.visualRect(top).top()) == (before, shift)


@pytest.mark.parametrize(
    ("view", "heading"), [(View.NEW, "Nobody new"), (View.DUE, "Nobody is due"), (View.WAITING, "Nobody is waiting")]
)
def test_an_empty_view_says_what_would_fill_it(qtbot, desk, view, heading):
    ana = desk.add("Ana Moreno")
    desk.log(ana, MessageKind.SENT)
    hands = Hands(qtbot, desk, view)
    assert heading in hands.empty()
    qtbot.mouseClick(hands.find("people-show-all"), Qt.MouseButton.LeftButton)
    assert hands.panel.view() is View.ALL
    assert hands.names == ["Ana Moreno"]
    assert not hands.empty()


def test_a_search_without_result_offers_the_ways_out(qtbot, desk, people):
    hands = Hands(qtbot, desk, View.NEW)
    hands.panel.focus_search()
    hands.type("marathon")
    qtbot.waitUntil(lambda: "Nobody in New fits “marathon”" in hands.empty())
    assert hands.search.hasFocus()
    qtbot.mouseClick(hands.find("people-show-all"), Qt.MouseButton.LeftButton)
    assert hands.names == ["Ben Okafor"]
    hands.panel.focus_search()
    hands.type("xyzzy")
    qtbot.waitUntil(lambda: "Nobody fits “xyzzy”" in hands.empty())
    assert not hands.find("people-show-all").isVisible()
    qtbot.mouseClick(hands.find("people-clear-search"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(hands.names) == 3)


def test_the_menu_of_a_person(qtbot, desk, people):
    hands = Hands(qtbot, desk)
    hands.panel.select(people["Ana Moreno"])
    hands.panel.focus_list()
    hands.view.menu_wanted.emit(people["Ana Moreno"], QPoint(10, 10))
    (menu,) = [menu for menu in hands.panel.findChildren(QMenu) if menu.isVisible()]
    actions = {action.text(): action for action in menu.actions()}
    actions["Open profile"].trigger()
    actions["Delete…"].trigger()
    menu.close()
    assert hands.told[-2:] == [("profile_wanted", people["Ana Moreno"]), ("delete_wanted", [people["Ana Moreno"]])]


def test_the_order_menu(qtbot, desk, people):
    hands = Hands(qtbot, desk)
    menu = hands.find("people-order").menu()
    next(action for action in menu.actions() if action.text() == "Name").trigger()
    assert hands.names == ["Ana Moreno", "Ben Okafor", "Cleo Lim"]
    assert hands.find("people-order").text() == "Name"
    assert hands.panel.order() is Order.NAME
    next(action for action in menu.actions() if action.text() == "Stage").trigger()
    assert hands.names[0] == "Cleo Lim"


def test_another_day_brings_who_is_due(qtbot, desk, people):
    hands = Hands(qtbot, desk, View.DUE)
    desk.plan(people["Ana Moreno"], desk.now.date() + timedelta(days=1))
    assert hands.names == ["Ben Okafor"]
    hands.panel.hide()
    desk.now += timedelta(days=1)
    hands.panel.show()
    assert sorted(hands.names) == ["Ana Moreno", "Ben Okafor"]


def test_the_chosen_row_has_an_ember_bar_in_both_schemes(qtbot, desk, people):
    hands = Hands(qtbot, desk)
    hands.panel.set_order(Order.NAME)
    hands.panel.select(people["Ana Moreno"])
    for scheme in (Scheme.Light, Scheme.Dark):
        desk.theme.pin(scheme)
        picture = hands.view.viewport().grab().toImage()
        tokens = desk.theme.tokens
        assert picture.pixelColor(1, 5) == QColor(tokens.ember)
        assert picture.pixelColor(12, 8).name() == QColor(tokens.select).name()
        assert picture.pixelColor(1, 58 + 5) != QColor(tokens.ember)


def test_bio_that_looks_like_markup_and_names_without_letters_are_painted(qtbot, desk):
    desk.add("<b>Ana</b>", bio="<img src=http://x.example/i.png><b>hi</b> " * 60)
    desk.add("🥖", bio="שלום עולם\nsecond line")
    desk.add("محمد خالد", bio="\u202eevil")
    hands = Hands(qtbot, desk)
    assert not hands.view.viewport().grab().isNull()


def test_nothing_is_cut_at_twice_the_text_size(qtbot, desk, people):
    application = QApplication.instance()
    usual = QFont(application.font())
    large = QFont(usual)
    large.setPixelSize(24)
    application.setFont(large)
    try:
        desk.theme = Theme(application, Scheme.Light)
        hands = Hands(qtbot, desk)
        for view in VIEW_WORDS:
            made = hands.find(f"people-view-{view}")
            assert made.width() >= made.sizeHint().width()
            assert hands.panel.rect().contains(made.mapTo(hands.panel, made.rect().bottomRight()))
        order = hands.find("people-order")
        assert order.width() >= order.sizeHint().width()
        assert hands.view.visualRect(hands.view.model().index(0)).height() == 116
        assert hands.panel.minimumSizeHint().width() <= desk.theme.px(230)
    finally:
        application.setFont(usual)


def test_everything_has_a_name_and_a_place_in_the_tab_order(qtbot, desk, people):
    hands = Hands(qtbot, desk)
    hands.panel.focus_search()
    seen = []
    for _ in range(8):
        widget = QApplication.focusWidget()
        seen.append(widget.objectName())
        assert widget.accessibleName()
        if widget is hands.view:
            break
        hands.key(Key.Key_Tab)
    assert seen == ["people-search", "people-view-all", "people-order", "people-add", "people-list"]
