"""The column beside the letter: the number, a sentence that sums up, and the rows that explain the number exactly."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from warmnote.coldness import About, Finding, Meter, Reading
from warmnote.ui.letter.ask import cured_by_interest
from warmnote.ui.meter.asked import AskedRow
from warmnote.ui.meter.gauge import Gauge
from warmnote.ui.meter.rows import FindingRow, StrengthRow
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import PlainLabel, button

__all__ = ["MeterPanel"]

_Item = TypeVar("_Item")

_KEEP_WRITING = "Keep writing"
_NOBODY = "Choose someone, and the meter reads along while you write to them."
_EMPTY = "The meter reads along while you write. It needs four words to begin with."
_FAILED = "The meter could not read this letter. Your words are safe, and you can go on writing."


class MeterPanel(QWidget):
    """What the meter says of the letter. It only tells: what the user does about it goes out as signals.

    `chosen(Finding | Strength)` to see the words, `fix_wanted(Finding)`, `ask_wanted(Finding)` to ask about them
    instead, `excuse_wanted(Finding)`, `allow_wanted(Finding)`, `rule_off_wanted(str)`, `rule_on_wanted(str)`, and `asked_changed(bool | None)`: what the user says about having been
    asked, None to leave it to the meter.
    """

    chosen = Signal(object)
    fix_wanted = Signal(object)
    ask_wanted = Signal(object)
    excuse_wanted = Signal(object)
    allow_wanted = Signal(object)
    rule_off_wanted = Signal(str)
    rule_on_wanted = Signal(str)
    asked_changed = Signal(object)

    def __init__(self, theme: Theme, meter: Meter) -> None:
        super().__init__()
        self.setObjectName("meter-panel")
        self.setAccessibleName("Coldness meter")
        self._theme = theme
        self._meter = meter
        self._about = About()
        self._reading: Reading | None = None
        self._text = ""
        self._subject = ""
        px = theme.px
        self.gauge = Gauge(theme)
        self._summary = PlainLabel("", "secondary", wrap=True)
        self._summary.setObjectName("summary")
        self._asked = AskedRow(theme)
        self._asked.changed.connect(self.asked_changed)
        self._cools = _Section(theme, "What cools it", self._new_finding_row)
        self._warms = _Section(theme, "What warms it", self._new_strength_row)
        self._off = button("", "link", self._on_off_pressed, "rules-off")
        inner = _Column()
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(18), px(16), px(18), px(16))
        column.setSpacing(px(10))
        column.addWidget(PlainLabel("Coldness", "section"))
        column.addWidget(self.gauge)
        column.addWidget(self._summary)
        column.addWidget(self._asked)
        column.addWidget(self._cools)
        column.addWidget(self._warms)
        column.addWidget(self._off, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setProperty("role", "paper")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        self._inner = inner
        self._folded = False
        inner.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)
        self.show_nobody()

    def set_folded(self, folded: bool) -> None:
        """Below the letter, on a page that scrolls, the panel is as high as what it holds; beside it, it scrolls."""
        self._folded = folded
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if folded else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self._area.setVerticalScrollBarPolicy(bar)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        height = self._inner.heightForWidth(self.width()) if self._folded else self._theme.px(160)
        return QSize(self._theme.px(220), height)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(318), max(self.minimumSizeHint().height(), self._theme.px(400)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._folded and watched is self._inner and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def show_nobody(self) -> None:
        """Nobody is open."""
        self._reading = None
        self.show_about(About())
        self._show_message("", _NOBODY)

    def show_about(self, about: About) -> None:
        """Show what the next readings are made against: whether they asked, and which rules are off."""
        self._about = about
        noticed = about.asked is None and self._meter.asked(about.their_last)
        self._asked.show_last(about.their_last, about.asked, noticed)
        count = len(about.off)
        self._off.setText("One rule is off" if count == 1 else f"{count} rules are off")
        self._off.setVisible(count > 0)

    def show_reading(self, reading: Reading | None, text: str) -> None:
        """Show a reading of `text`; None when the meter failed."""
        self._reading, self._text = reading, text
        if reading is None:
            self._show_message("", _FAILED)
            return
        if reading.coldness is None:
            self._show_message(_KEEP_WRITING if text.strip() else "", reading.summary if text.strip() else _EMPTY)
        else:
            self.gauge.show_value(reading.coldness, reading.band, summary=reading.summary)
            self._summary.setText(reading.summary)
        self._show_findings(reading)
        strengths = sorted(reading.strengths, key=lambda strength: strength.points)
        self._warms.show_items(strengths, lambda row, strength: row.show_strength(strength))

    def show_subject(self, subject: str) -> None:
        """Offer to ask about `subject`, something of theirs, where that is the better cure; empty offers nothing."""
        if subject != self._subject:
            self._subject = subject
            if self._reading is not None:
                self._show_findings(self._reading)

    def _show_findings(self, reading: Reading) -> None:
        def fill(row: FindingRow, finding: Finding) -> None:
            curable = bool(self._subject) and cured_by_interest(finding, self._text)
            row.show_finding(finding, self._text, self._subject if curable else "")

        self._cools.show_items(sorted(reading.findings, key=lambda finding: -finding.points), fill)

    def _show_message(self, word: str, sentence: str) -> None:
        self.gauge.show_value(None, None, word, sentence)
        self._summary.setText("" if sentence.rstrip(".") == word else sentence)
        self._cools.show_items((), lambda row, item: None)
        self._warms.show_items((), lambda row, item: None)

    def _new_finding_row(self) -> FindingRow:
        row = FindingRow(self._theme)
        row.chosen.connect(self.chosen)
        row.fix_wanted.connect(self.fix_wanted)
        row.ask_wanted.connect(self.ask_wanted)
        row.excuse_wanted.connect(self.excuse_wanted)
        row.allow_wanted.connect(self.allow_wanted)
        row.rule_off_wanted.connect(self.rule_off_wanted)
        return row

    def _new_strength_row(self) -> StrengthRow:
        row = StrengthRow(self._theme)
        row.chosen.connect(self.chosen)
        return row

    def _on_off_pressed(self) -> None:
        self.off_menu().popup(self._off.mapToGlobal(QPoint(0, self._off.height())))

    def off_menu(self) -> QMenu:
        """The rules that are off, each with a way to turn it on again."""
        menu = QMenu(self._off)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName("rules-off-menu")
        for rule_id in sorted(self._about.off):
            menu.addAction(
                f"Turn on again: {self._title(rule_id)}".replace("&", "&&"),
                lambda rule=rule_id: self.rule_on_wanted.emit(rule),
            )
        return menu

    def _title(self, rule_id: str) -> str:
        try:
            rule = self._meter.rule(rule_id)
        except KeyError:
            return rule_id  # a rule of another version, switched off there
        return f"{rule.title} ({rule_id.partition('.')[2].replace('-', ' ')})"


class _Column(QWidget):
    """What scrolls. Its height is what its width asks for; the layout's own minimum supposes the narrowest of widths."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class _Section(QWidget):
    """A heading with a count, and rows that are used again for what comes next."""

    def __init__(self, theme: Theme, title: str, new_row: Callable[[], QWidget]) -> None:
        super().__init__()
        self._new_row = new_row
        self._rows: list[QWidget] = []
        self._count = PlainLabel("", "faint")
        head = QHBoxLayout()
        head.addWidget(PlainLabel(title, "section"), 1)
        head.addWidget(self._count)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(4), 0, 0)
        self._column.setSpacing(theme.px(8))
        self._column.addLayout(head)

    def show_items(self, items: Sequence[_Item], fill: Callable[[Any, _Item], object]) -> None:
        """One row for each item, in their order; rows are made when there were never so many before."""
        while len(self._rows) < len(items):
            row = self._new_row()
            self._rows.append(row)
            self._column.addWidget(row)
        for row, item in zip(self._rows, items, strict=False):
            fill(row, item)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(items))
        self._count.setText(str(len(items)))
        self.setVisible(bool(items))
