"""The settings' three lists of what the meter lets pass: what they say, and that every entry goes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget

from warmnote.coldness import Meter
from warmnote.ui.meter.evidence import EvidenceBadge
from warmnote.ui.settings import SettingsPage


@pytest.fixture(scope="session")
def meter() -> Meter:
    return Meter.load()


@pytest.fixture
def page(qtbot, desk, meter, tmp_path: Path) -> Iterator[SettingsPage]:
    rules = {rule.id: rule for rule in meter.rules}
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = SettingsPage(desk.theme, desk.journal, rules.get, settings, tmp_path)
    qtbot.addWidget(made)
    made.resize(640, 540)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def card(page: SettingsPage, name: str) -> QWidget:
    found = page.findChild(QWidget, name)
    assert found is not None
    return found


def texts(widget: QWidget) -> list[str]:
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible() and each.text()]


def buttons(widget: QWidget, name: str) -> list[QPushButton]:
    return [each for each in widget.findChildren(QPushButton, name) if each.isVisible()]


class TestEmpty:
    def test_each_list_says_how_something_gets_there(self, page):
        for name, offer in (
            ("rules-off-list", "“Never this rule”"),
            ("excused-list", "“Not here”"),
            ("allowed-list", "“Always allow”"),
        ):
            assert any(text.startswith("None.") and offer in text for text in texts(card(page, name)))


class TestRulesOff:
    def test_a_rule_is_named_with_its_evidence_and_put_back(self, page, desk, qtbot, meter):
        desk.write(lambda notebook: notebook.turn_off_rule("self.long"))
        shown = card(page, "rules-off-list")
        assert any(meter.rule("self.long").title in text for text in texts(shown))
        badge = shown.findChild(EvidenceBadge)
        assert (badge.text(), badge.isVisible()) == ("Experiment", True)
        assert meter.rule("self.long").source.split(";")[0] in badge.toolTip().replace("&amp;", "&")
        with qtbot.waitSignal(desk.journal.changed):
            buttons(shown, "rule-on-self.long")[0].click()
        assert desk.journal.reader.rules_off() == frozenset()

    def test_a_rule_of_another_version_can_be_put_back_too(self, page, desk, qtbot):
        desk.write(lambda notebook: notebook.turn_off_rule("gone.long-ago"))
        assert "gone.long-ago" in texts(card(page, "rules-off-list"))
        with qtbot.waitSignal(desk.journal.changed):
            buttons(page, "rule-on-gone.long-ago")[0].click()


class TestExcused:
    @pytest.fixture
    def ana(self, desk) -> int:
        ana = desk.add("Ana <b>Moreno</b>")
        desk.write(lambda notebook: notebook.excuse(ana, "link.address", "Bit.ly/X"))
        return ana

    def test_an_entry_says_what_where_and_when(self, page, ana, meter):
        shown = card(page, "excused-list")
        assert {"“bit.ly/x”", f"{meter.rule('link.address').title}, to", "just now", "1"} <= set(texts(shown))
        assert buttons(shown, "excused-person")[0].text() == "Ana <b>Moreno</b>"

    def test_a_name_asks_for_the_card(self, page, ana, qtbot):
        with qtbot.waitSignal(page.person_wanted) as heard:
            buttons(page, "excused-person")[0].click()
        assert heard.args == [ana]

    def test_one_click_takes_it_back_and_one_undo_brings_it_again(self, page, desk, ana, qtbot):
        with qtbot.waitSignal(desk.journal.noticed) as heard:
            buttons(page, "excused-put-back")[0].click()
        assert desk.journal.reader.excused() == ()
        assert buttons(page, "excused-put-back") == []
        with qtbot.waitSignal(desk.journal.changed):
            desk.journal.undo(heard.args[1])
        assert len(buttons(page, "excused-put-back")) == 1

    def test_what_is_about_the_whole_letter_says_so(self, page, desk, ana):
        desk.write(lambda notebook: notebook.excuse(ana, "no_interest.no-question", ""))
        assert "The letter as a whole" in texts(card(page, "excused-list"))

    def test_a_new_name_is_shown(self, page, desk, ana):
        desk.write(lambda notebook: notebook.edit_person(ana, name="Anna"))
        assert [each.text() for each in buttons(page, "excused-person")] == ["Anna"]

    def test_the_keyboard_stays_in_the_list(self, page, desk, ana, qtbot):
        for word in ("one", "two"):
            desk.write(lambda notebook, word=word: notebook.excuse(ana, "link.address", word))
        middle = buttons(page, "excused-put-back")[1]
        middle.setFocus()
        with qtbot.waitSignal(desk.journal.changed):
            qtbot.keyClick(middle, Qt.Key.Key_Return)
        focus = QApplication.focusWidget()
        assert focus in buttons(page, "excused-put-back")
        assert "bit.ly/x" in focus.accessibleName()
        for _ in range(2):
            with qtbot.waitSignal(desk.journal.changed):
                qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
        assert buttons(page, "excused-put-back") == []
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.isVisible()
        assert page.isAncestorOf(focus)


class TestAllowed:
    def field(self, page) -> QLineEdit:
        return page.findChild(QLineEdit, "allow-phrase")

    def test_a_phrase_is_typed_and_removed(self, page, desk, qtbot):
        qtbot.keyClicks(self.field(page), " Free Library ")
        with qtbot.waitSignal(desk.journal.noticed) as heard:
            qtbot.keyClick(self.field(page), Qt.Key.Key_Return)
        assert heard.args[0] == "“Free Library” is allowed from now on"
        assert "“Free Library”" in texts(card(page, "allowed-list"))
        assert self.field(page).text() == ""
        assert self.field(page).hasFocus()
        with qtbot.waitSignal(desk.journal.changed):
            buttons(page, "allowed-remove")[0].click()
        assert desk.journal.reader.allowed_phrases() == ()

    @pytest.mark.parametrize(
        ("typed", "said"), [("x", "2 to 80"), ("y" * 81, "2 to 80"), ("FREE LIBRARY", "“Free Library” is on the list")]
    )
    def test_what_cannot_be_added_is_said_beside_the_field_and_kept_there(self, page, desk, qtbot, typed, said):
        desk.write(lambda notebook: notebook.allow("Free Library"))
        self.field(page).setText(typed)
        self.field(page).textEdited.emit(typed)
        with qtbot.assertNotEmitted(desk.journal.failed):
            page.findChild(QPushButton, "allow-add").click()
            qtbot.waitUntil(lambda: said in page.findChild(QLabel, "allow-problem").text())
        assert self.field(page).text() == typed
        assert said in self.field(page).accessibleDescription()
        qtbot.keyClicks(self.field(page), "z")
        assert not page.findChild(QLabel, "allow-problem").isVisible()

    def test_nothing_typed_is_nothing_to_add(self, page, qtbot):
        assert not page.findChild(QPushButton, "allow-add").isEnabled()
        qtbot.keyClicks(self.field(page), "  ")
        assert not page.findChild(QPushButton, "allow-add").isEnabled()


class TestMany:
    @pytest.fixture
    def many(self, page, desk, qtbot):
        for number in range(121):
            desk.journal.write(lambda notebook, number=number: notebook.allow(f"Firm {number}"))
        qtbot.waitUntil(lambda: "121" in texts(card(page, "allowed-list")))
        return card(page, "allowed-list")

    def test_a_few_are_shown_and_the_rest_on_demand(self, many, qtbot):
        assert len(buttons(many, "allowed-remove")) == 8
        more = buttons(many, "allowed-list-more")[0]
        assert more.text() == "Show 100 of 113 more"
        more.click()
        assert len(buttons(many, "allowed-remove")) == 108
        assert QApplication.focusWidget() is buttons(many, "allowed-remove")[8]
        assert more.text() == "Show 13 more"
        more.click()
        assert len(buttons(many, "allowed-remove")) == 121
        assert not more.isVisible()

    def test_nothing_is_wider_than_the_page(self, many, page):
        area = page.findChild(QScrollArea)
        assert area.horizontalScrollBar().maximum() == 0
        assert area.verticalScrollBar().maximum() > 0
