"""One row of the meter: words from the letter, what they cost or bring, why, and what to do."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton

from warmnote.coldness import Finding, Strength
from warmnote.ui.meter.evidence import EvidenceBadge, evidence_line, evidence_words
from warmnote.ui.meter.waivers import ALLOW_TIP, NEVER, NEVER_TIP, NOT_HERE, allow_words, allowable, not_here_tip
from warmnote.ui.pressable import Pressable
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import FlowLayout, PlainLabel, button, tooltip

__all__ = ["FindingRow", "StrengthRow", "quoted"]

_QUOTE_LENGTH = 70


class _Row(Pressable):
    """A pressable card whose first line is a title with its points."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, role: str) -> None:
        px = theme.px
        super().__init__((px(13), px(10), px(13), px(10)), px(5))
        self._title = PlainLabel("", "strong", wrap=True)
        self._points = PlainLabel("", role)
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self._title, 1)
        head.addWidget(self._points, 0, Qt.AlignmentFlag.AlignTop)
        self.layout_.addLayout(head)
        for label in (self._title, self._points):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _show_head(self, title: str, points: int) -> None:
        self._title.setText(title)
        # A minus sign, not a hyphen: it is as wide as the plus.
        self._points.setText(f"{points:+d}".replace("-", "−"))


class FindingRow(_Row):
    """Something that cools the letter.

    `chosen(Finding)` when the row is pressed; the others come from its link and its menu.
    """

    fix_wanted = Signal(object)
    ask_wanted = Signal(object)
    excuse_wanted = Signal(object)
    allow_wanted = Signal(object)
    rule_off_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "cold")
        self.setObjectName("finding-row")
        self._finding: Finding | None = None
        self._why = PlainLabel("", "secondary", wrap=True)
        self._advice = PlainLabel("", "secondary", wrap=True)
        for label in (self._why, self._advice):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._fix = button("", "link", self._on_fix, "finding-fix")
        self._ask = button("", "link", self._on_ask, "finding-ask")
        self._ask.setToolTip("Puts a question about them here instead")
        self._evidence = EvidenceBadge()
        self._more = self._more_button(theme)
        actions = FlowLayout(spacing=theme.px(6))
        for part in (self._fix, self._ask, self._evidence):
            actions.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(6))
        foot.addLayout(actions, 1)
        foot.addWidget(self._more, 0, Qt.AlignmentFlag.AlignBottom)
        self.layout_.addWidget(self._why)
        self.layout_.addWidget(self._advice)
        self.layout_.addLayout(foot)
        self.clicked.connect(lambda: self.chosen.emit(self._finding))

    def _more_button(self, theme: Theme) -> QToolButton:
        more = QToolButton()
        more.setObjectName("finding-more")
        more.setProperty("role", "small")
        more.setIconSize(QSize(theme.px(14), theme.px(14)))
        more.setAccessibleName("Let it pass")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.setToolTipsVisible(True)
        self._excuse = menu.addAction(NOT_HERE, self._on_excuse)
        menu.addAction(NEVER, self._on_never).setToolTip(tooltip(NEVER_TIP))
        self._allow = menu.addAction("", self._on_allow)
        self._allow.setToolTip(tooltip(ALLOW_TIP))
        # What it rests on, for those who cannot point at the badge.
        self._line = menu.addSeparator()
        self._rests_on = menu.addAction("")
        self._rests_on.setEnabled(False)
        more.setMenu(menu)

        def draw() -> None:
            more.setIcon(theme.icon("more", size=theme.px(14)))

        draw()
        theme.changed.connect(draw)
        return more

    def show_finding(self, finding: Finding, text: str, subject: str = "") -> None:
        """Show a finding made in `text`. `subject` is what one could ask the person about instead; empty for nothing."""
        self._finding = finding
        title = quoted(text, finding.start, finding.end) or finding.title
        self._show_head(title, finding.points)
        self._why.setText(finding.why if finding.sure else f"{finding.why} (Less sure.)")
        self._fix.setVisible(finding.fix is not None)
        self._advice.setVisible(finding.fix is None)
        self._advice.setText(finding.advice if finding.fix is None else "")
        if finding.fix is not None:
            self._fix.setText(finding.fix.label.replace("&", "&&"))
            self._fix.setToolTip(finding.advice)
        self._ask.setVisible(bool(subject))
        self._ask.setText(f"Ask about {subject}".replace("&", "&&"))
        self._evidence.show_evidence(finding.evidence, finding.source)
        self._rests_on.setText(evidence_line(finding.evidence, finding.source).replace("&", "&&"))
        for part in (self._rests_on, self._line):
            part.setVisible(bool(self._rests_on.text()))
        phrase = allowable(finding, text)
        self._allow.setVisible(bool(phrase))
        self._allow.setText(allow_words(phrase))
        self._excuse.setToolTip(tooltip(not_here_tip(finding)))
        self._more.setAccessibleDescription(finding.title)
        self.setAccessibleName(f"{title}, {finding.points} points colder")
        rests_on = evidence_words(finding.evidence, finding.source)
        self.setAccessibleDescription(" ".join([f"{finding.title}.", finding.why, finding.advice, *rests_on]).rstrip())

    def _on_ask(self) -> None:
        self.ask_wanted.emit(self._finding)

    def _on_allow(self) -> None:
        self.allow_wanted.emit(self._finding)

    def _on_fix(self) -> None:
        self.fix_wanted.emit(self._finding)

    def _on_excuse(self) -> None:
        self.excuse_wanted.emit(self._finding)

    def _on_never(self) -> None:
        if self._finding is not None:
            self.rule_off_wanted.emit(self._finding.rule)


class StrengthRow(_Row):
    """Something that warms the letter; `chosen(Strength)` when the row is pressed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "warm")
        self.setObjectName("strength-row")
        self._strength: Strength | None = None
        self.clicked.connect(lambda: self.chosen.emit(self._strength))

    def show_strength(self, strength: Strength) -> None:
        """Show a strength."""
        self._strength = strength
        self._show_head(strength.title, strength.points)
        self.setAccessibleName(f"{strength.title}, {-strength.points} points warmer")


def quoted(text: str, start: int, end: int) -> str:
    """Words of the letter on one line in quotation marks, shortened in the middle; empty if there are none."""
    words = " ".join(text[start:end].split())
    if len(words) > _QUOTE_LENGTH:
        half = _QUOTE_LENGTH // 2
        first, last = words[:half], words[-half:]
        # Between words, where a gap is near; an address has none.
        if (gap := first.rfind(" ")) > half // 2:
            first = first[:gap]
        if 0 <= (gap := last.find(" ")) < half // 2:
            last = last[gap:]
        words = f"{first.rstrip(' ,;:')} … {last.lstrip(' ,;:')}"
    return f"“{words}”" if words else ""
