"""The column beside the letter: what it shows of a reading, and what the user can do there."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QToolButton, QWidget

from warmnote.coldness import About, Band, Finding, Fix, Reading, Strength
from warmnote.ui.meter.evidence import EvidenceBadge, evidence_line, evidence_words
from warmnote.ui.meter.gauge import Gauge, reduced_motion
from warmnote.ui.meter.panel import MeterPanel
from warmnote.ui.meter.rows import FindingRow, StrengthRow, quoted
from warmnote.ui.meter.waivers import ALLOW_TIP, NEVER_TIP, allow_words, allowable, not_here_tip
from warmnote.ui.theme import Scheme
from warmnote.ui.widgets import tooltip

TEXT = "Hi Ana, your kiln! Here is my free report, and a link: bit.ly/5figures"


def finding(words: str, points: int, *, fix: bool = True, rule: str = "link.short", sure: bool = True) -> Finding:
    start = TEXT.index(words) if words else 0
    end = start + len(words)
    return Finding(
        start, end, "link", rule, "A link", points, sure, "It asks for a click.", "Say it in words.",
        fix=Fix(start, end, "", "Remove the link") if fix else None,
    )  # fmt: skip


def reading(*items: Finding | Strength, coldness: int | None = 77) -> Reading:
    band = None if coldness is None else Band.of(coldness)
    findings = tuple(item for item in items if isinstance(item, Finding))
    strengths = tuple(item for item in items if isinstance(item, Strength))
    return Reading(coldness, band, findings, strengths, 0, 0, None, "A kind opening, then a pitch.", 12)


WARM = Strength(8, 17, "reference", "Mentions the kiln", -10)


@pytest.fixture
def panel(qtbot, theme, meter):
    made = MeterPanel(theme, meter)
    qtbot.addWidget(made)
    made.resize(318, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def rows(panel: MeterPanel, kind: type) -> list:
    return [row for row in panel.findChildren(kind) if row.isVisible()]


def label(panel: QWidget, text: str) -> bool:
    from PySide6.QtWidgets import QLabel

    return any(each.text() == text and each.isVisible() for each in panel.findChildren(QLabel))


class TestReading:
    def test_number_band_sentence_and_rows(self, panel):
        panel.show_reading(reading(finding("free report", 15), finding("bit.ly/5figures", 30), WARM), TEXT)
        assert panel.gauge.value == 77
        assert panel.gauge.accessibleDescription() == "77 of 100, Cold. A kind opening, then a pitch."
        assert label(panel, "A kind opening, then a pitch.")
        assert label(panel, "“bit.ly/5figures”")
        assert label(panel, "+30")
        assert label(panel, "−10")
        assert [row.accessibleName() for row in rows(panel, FindingRow)] == [
            "“bit.ly/5figures”, 30 points colder",
            "“free report”, 15 points colder",
        ]
        assert [row.accessibleName() for row in rows(panel, StrengthRow)] == ["Mentions the kiln, 10 points warmer"]

    def test_a_finding_about_the_whole_letter_shows_its_title(self, panel):
        panel.show_reading(reading(finding("", 9)), TEXT)
        assert label(panel, "A link")

    def test_too_few_words_show_a_dash_and_an_invitation(self, panel):
        panel.show_reading(reading(coldness=None), "Hi Ana")
        assert panel.gauge.value is None
        assert "Keep writing" in panel.gauge.accessibleDescription()
        assert rows(panel, FindingRow) == []

    def test_an_empty_letter_is_no_reproach(self, panel):
        panel.show_reading(reading(coldness=None), "")
        assert panel.gauge.value is None
        assert label(panel, "The meter reads along while you write. It needs four words to begin with.")

    def test_nobody_chosen(self, panel):
        assert label(panel, "Choose someone, and the meter reads along while you write to them.")

    def test_a_failure_is_told_calmly(self, panel):
        panel.show_reading(reading(finding("free report", 15)), TEXT)
        panel.show_reading(None, TEXT)
        assert panel.gauge.value is None
        assert rows(panel, FindingRow) == []
        assert any("words are safe" in each.text() for each in panel.findChildren(type(panel._summary)))

    def test_rows_are_used_again(self, panel):
        panel.show_reading(reading(finding("free report", 15), finding("bit.ly/5figures", 30)), TEXT)
        before = rows(panel, FindingRow)
        panel.show_reading(reading(finding("free report", 18)), TEXT)
        assert rows(panel, FindingRow) == before[:1]
        panel.show_reading(reading(finding("free report", 15), finding("bit.ly/5figures", 30)), TEXT)
        assert rows(panel, FindingRow) == before

    def test_the_meters_own_reading_of_a_cold_letter(self, panel, meter):
        text = "Hi Ana, here is my offer: bit.ly/5figures is waiting for you."
        found = meter.read(text)
        panel.show_reading(found, text)
        assert panel.gauge.value == found.coldness
        assert len(rows(panel, FindingRow)) == len(found.findings)


class TestActions:
    @pytest.fixture
    def shown(self, panel):
        panel.show_reading(reading(finding("bit.ly/5figures", 30), WARM), TEXT)
        return panel

    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, None], ids=["enter", "space", "click"])
    def test_a_row_leads_to_its_words(self, shown, qtbot, key):
        row = rows(shown, FindingRow)[0]
        with qtbot.waitSignal(shown.chosen) as heard:
            if key is None:
                qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.rect().topLeft() + row.rect().center() / 4)
            else:
                row.setFocus()
                qtbot.keyClick(row, key)
        assert heard.args[0].points == 30

    def test_a_warm_row_too(self, shown, qtbot):
        with qtbot.waitSignal(shown.chosen) as heard:
            qtbot.mouseClick(rows(shown, StrengthRow)[0], Qt.MouseButton.LeftButton)
        assert heard.args[0] is WARM

    def test_the_link_fixes(self, shown, qtbot):
        link = shown.findChild(QPushButton, "finding-fix")
        assert link.text() == "Remove the link"
        with qtbot.assertNotEmitted(shown.chosen), qtbot.waitSignal(shown.fix_wanted):
            qtbot.mouseClick(link, Qt.MouseButton.LeftButton)

    def test_without_a_fix_the_advice_stands_there(self, panel):
        panel.show_reading(reading(finding("free report", 15, fix=False)), TEXT)
        assert not panel.findChild(QPushButton, "finding-fix").isVisible()
        assert label(panel, "Say it in words.")

    @pytest.mark.parametrize(
        ("entry", "signal"),
        [
            ("Not here", "excuse_wanted"),
            ("Never this rule", "rule_off_wanted"),
            ("Always allow “bit.ly/5figures”", "allow_wanted"),
        ],
    )
    def test_the_menu(self, shown, qtbot, entry, signal):
        menu = shown.findChild(QToolButton, "finding-more").menu()
        action = next(each for each in menu.actions() if each.text() == entry)
        with qtbot.waitSignal(getattr(shown, signal)) as heard:
            action.trigger()
        said = heard.args[0]
        assert (said if isinstance(said, str) else said.rule) == "link.short"

    def test_each_way_to_let_it_pass_says_what_it_covers(self, shown):
        actions = shown.findChild(QToolButton, "finding-more").menu().actions()
        assert shown.findChild(QToolButton, "finding-more").menu().toolTipsVisible()
        tips = [not_here_tip(finding("kiln", 1)), NEVER_TIP, ALLOW_TIP]
        assert [action.toolTip() for action in actions if action.isVisible()] == [tooltip(tip) for tip in tips]

    def test_what_is_about_the_whole_letter_cannot_be_allowed(self, panel):
        panel.show_reading(reading(finding("", 9)), TEXT)
        actions = panel.findChild(QToolButton, "finding-more").menu().actions()
        assert [action.isVisible() for action in actions[:3]] == [True, True, False]
        assert actions[0].toolTip() == tooltip(not_here_tip(finding("", 9)))

    def test_a_long_phrase_is_shortened_and_an_ampersand_is_no_shortcut(self):
        assert allow_words("Deal & Sons") == "Always allow “Deal && Sons”"
        assert len(allow_words("word " * 12)) < 60

    def test_sentences_are_too_long_to_be_allowed(self):
        text = "very " * 30
        found = replace(finding("", 9), end=len(text))
        assert allowable(found, text) == ""

    def test_a_name_is_allowed_whole(self):
        text = "at the Free Library now"
        assert allowable(replace(finding("", 9), start=7, end=11), text) == "Free Library"


class TestEvidence:
    @pytest.mark.parametrize(
        ("evidence", "word"), [("experiment", "Experiment"), ("observation", "Observation"), ("house", "House rule")]
    )
    def test_a_row_says_what_its_rule_rests_on(self, panel, evidence, word):
        found = replace(finding("free report", 15), evidence=evidence, source="A survey & a half, 2010")
        panel.show_reading(reading(found), TEXT)
        badge = panel.findChild(EvidenceBadge)
        assert badge.isVisible()
        assert badge.text() == word
        assert "A survey &amp; a half, 2010." in badge.toolTip()
        assert "A survey & a half, 2010." in badge.accessibleDescription()
        assert word in rows(panel, FindingRow)[0].accessibleDescription()

    def test_the_menu_names_the_source_to_those_who_cannot_point_at_the_badge(self, panel):
        whole = replace(finding("", 9), evidence="observation", source="A survey & a half, 2010")
        panel.show_reading(reading(whole), TEXT)
        last = panel.findChild(QToolButton, "finding-more").menu().actions()[-1]
        assert (last.text(), last.isVisible()) == ("Observation. A survey && a half, 2010.", True)
        assert not last.isEnabled()
        panel.show_reading(reading(finding("", 9)), TEXT)
        assert not last.isVisible()

    def test_a_house_rule_names_no_source_beside_itself(self):
        assert evidence_words("house", "House rule") == ("House rule", "Our own judgement; nobody has measured it.")
        assert evidence_line("house", "House rule") == "House rule. Our own judgement; nobody has measured it."

    def test_nothing_is_shown_for_a_rule_that_says_nothing(self, panel):
        panel.show_reading(reading(finding("free report", 15)), TEXT)
        assert not panel.findChild(EvidenceBadge).isVisible()


class TestInterest:
    def test_it_is_offered_where_it_is_the_better_cure(self, panel, qtbot):
        flattery = replace(finding("your kiln", 9), category="flattery")
        panel.show_subject("pottery & clay")
        panel.show_reading(reading(finding("free report", 15), flattery), TEXT)
        shown = [each.findChild(QPushButton, "finding-ask") for each in rows(panel, FindingRow)]
        assert [each.isVisible() for each in shown] == [False, True]
        assert shown[1].text() == "Ask about pottery && clay"
        with qtbot.waitSignal(panel.ask_wanted) as heard:
            qtbot.mouseClick(shown[1], Qt.MouseButton.LeftButton)
        assert heard.args == [flattery]

    def test_it_comes_and_goes_with_the_person(self, panel):
        panel.show_reading(reading(replace(finding("your kiln", 9), category="flattery")), TEXT)
        ask = panel.findChild(QPushButton, "finding-ask")
        assert not ask.isVisible()
        panel.show_subject("pottery")
        assert ask.isVisible()
        panel.show_subject("")
        assert not ask.isVisible()


class TestAsked:
    def box(self, panel) -> QCheckBox:
        return panel.findChild(QCheckBox, "asked")

    def test_it_is_there_only_for_an_answer(self, panel):
        panel.show_about(About())
        assert not self.box(panel).isVisible()
        panel.show_about(About(their_last="Lovely weather here."))
        assert self.box(panel).isVisible()
        assert not self.box(panel).isChecked()

    def test_what_the_meter_noticed_is_shown_as_noticed(self, panel):
        panel.show_about(About(their_last="What do you charge for your course?"))
        assert self.box(panel).isChecked()
        assert label(panel, "Noticed in their last message")
        assert not panel.findChild(QPushButton, "asked-reset").isVisible()

    def test_the_user_decides_and_may_leave_it_to_the_meter_again(self, panel, qtbot):
        panel.show_about(About(their_last="What do you charge for your course?"))
        with qtbot.waitSignal(panel.asked_changed) as heard:
            self.box(panel).click()
        assert heard.args == [False]
        panel.show_about(About(their_last="What do you charge for your course?", asked=False))
        assert label(panel, "You said so")
        with qtbot.waitSignal(panel.asked_changed) as heard:
            qtbot.mouseClick(panel.findChild(QPushButton, "asked-reset"), Qt.MouseButton.LeftButton)
        assert heard.args == [None]


class TestRulesOff:
    def test_they_are_counted_named_and_turned_on_again(self, panel, qtbot, meter):
        known = meter.rules[0].id
        panel.show_about(About(off=frozenset({known, "gone.long-ago"})))
        link = panel.findChild(QPushButton, "rules-off")
        assert link.text() == "2 rules are off"
        menu = panel.off_menu()
        names = [action.text() for action in menu.actions()]
        assert any(meter.rule(known).title in name for name in names)
        with qtbot.waitSignal(panel.rule_on_wanted) as heard:
            next(action for action in menu.actions() if "gone.long-ago" in action.text()).trigger()
        assert heard.args == ["gone.long-ago"]
        menu.deleteLater()

    def test_nothing_is_said_when_none_is_off(self, panel):
        assert not panel.findChild(QPushButton, "rules-off").isVisible()


class TestGauge:
    def test_the_number_glides_and_arrives(self, panel, qtbot):
        panel.show_reading(reading(coldness=10), TEXT)
        panel.show_reading(reading(coldness=90), TEXT)
        assert panel.gauge._at == 10
        qtbot.waitUntil(lambda: panel.gauge._at == 90, timeout=2000)

    def test_less_motion_shows_it_at_once(self, panel, monkeypatch):
        monkeypatch.setattr("warmnote.ui.meter.gauge.reduced_motion", lambda style: True)
        panel.show_reading(reading(coldness=10), TEXT)
        panel.show_reading(reading(coldness=90), TEXT)
        assert panel.gauge._at == 90

    def test_a_style_without_animations_asks_for_less_motion(self, qapp):
        from PySide6.QtWidgets import QProxyStyle, QStyle

        class Still(QProxyStyle):
            def styleHint(self, hint, option=None, widget=None, returned=None):
                if hint == QStyle.StyleHint.SH_Widget_Animation_Duration:
                    return 0
                return super().styleHint(hint, option, widget, returned)

        assert reduced_motion(Still())
        assert not reduced_motion(qapp.style())

    def test_a_screen_reader_hears_the_number_once_it_rests(self, panel, qtbot, monkeypatch):
        told: list[str] = []
        monkeypatch.setattr(
            QAccessible, "updateAccessibility", lambda event: told.append(panel.gauge.accessibleDescription())
        )
        for coldness in (10, 40, 77):
            panel.show_reading(reading(coldness=coldness), TEXT)
        assert told == []
        qtbot.waitUntil(lambda: bool(told), timeout=3000)
        assert all(each.startswith("77 of 100, Cold") for each in told)

    @pytest.mark.parametrize("scheme", [Scheme.Light, Scheme.Dark])
    @pytest.mark.parametrize(("coldness", "colour"), [(5, "ember"), (90, "frost")])
    def test_cold_is_blue_and_warm_is_ember(self, qtbot, theme, scheme, coldness, colour):
        theme.pin(scheme)
        gauge = Gauge(theme)
        qtbot.addWidget(gauge)
        gauge.resize(280, gauge.sizeHint().height())
        gauge.show_value(coldness, Band.of(coldness))
        picture = gauge.grab().toImage()
        wanted = getattr(theme.tokens, colour).lower()
        assert any(picture.pixelColor(x, y).name() == wanted for x in range(60) for y in range(45))

    def test_the_marker_stays_on_the_bar(self, qtbot, theme):
        gauge = Gauge(theme)
        qtbot.addWidget(gauge)
        gauge.resize(200, gauge.sizeHint().height())
        for coldness in (0, 100):
            gauge.show_value(coldness, Band.of(coldness))
            picture = gauge.grab().toImage()
            row = gauge._bar_top() + 6
            ink = [x for x in range(200) if picture.pixelColor(x, row).name() == theme.tokens.ink.lower()]
            assert ink
            assert 0 < min(ink) <= max(ink) < 199


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("free report", "“free report”"),
        ("two\n lines", "“two lines”"),
        ("", ""),
        ("a" * 100, f"“{'a' * 35} … {'a' * 35}”"),
        (f"see {'a' * 100} now", f"“see {'a' * 31} … {'a' * 31} now”"),
        (
            "our team has spent fifteen years looking after gardens for hotels along the coast, and more",
            "“our team has spent fifteen years … hotels along the coast, and more”",
        ),
    ],
)
def test_words_are_quoted_on_one_line(text, shown):
    assert quoted(text, 0, len(text)) == shown


def test_folded_below_the_letter_it_is_as_high_as_its_rows(panel, qtbot):
    panel.show_reading(reading(*(finding("free report", points) for points in range(1, 9)), WARM), TEXT)
    panel.set_folded(True)
    full = panel.minimumSizeHint().height()
    assert full > 800
    panel.resize(318, full)
    QApplication.sendPostedEvents()
    assert panel._area.verticalScrollBar().maximum() == 0


def test_at_twice_the_font_nothing_is_cut(qtbot, qapp, meter):
    from warmnote.ui.theme import Theme

    before = qapp.font()
    large = qapp.font()
    large.setPixelSize(24)
    qapp.setFont(large)
    try:
        made = MeterPanel(Theme(qapp, Scheme.Light), meter)
        qtbot.addWidget(made)
        made.resize(636, 900)
        made.show()
        made.show_reading(reading(finding("bit.ly/5figures", 30), WARM), TEXT)
        for row in rows(made, FindingRow):
            assert row.height() >= row.heightForWidth(row.width())
        for button in (each for each in made.findChildren(QPushButton, "finding-fix") if each.isVisible()):
            assert button.width() >= button.sizeHint().width()
        made.hide()
    finally:
        qapp.setFont(before)
