"""What a file or a network holds, before anything is written: four counts, every record's fate, and the decision."""

from datetime import date, timedelta

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from warmnote.followers import GENERIC
from warmnote.model import Batch
from warmnote.notebook import ItemKind, Preview
from warmnote.ui.importing.records import Records
from warmnote.ui.scrolled import ScrolledPage
from warmnote.ui.theme import Theme
from warmnote.ui.when import full_day
from warmnote.ui.widgets import Card, ElidedLabel, FlowLayout, PlainLabel, button, row

__all__ = ["PreviewPane"]


class PreviewPane(QWidget):
    """Shows a preview; `confirmed(Batch, date | None)` or `cancelled()` ends it.

    `columns_wanted()` asks to look at a table's columns again, where they were a guess.
    """

    confirmed = Signal(object, object)
    cancelled = Signal()
    columns_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._batch: Batch | None = None
        self._today = date.min
        px = theme.px
        self._title = ElidedLabel("", "title")
        self._about = PlainLabel("", "secondary", wrap=True)
        self._columns = button("The columns are not right", "link", self.columns_wanted.emit, "import-columns")
        self._counts = {kind: _Count(theme, words) for kind, words in _COUNTS.items()}
        self._grid = QGridLayout()
        self._grid.setSpacing(px(12))
        for place, (kind, count) in enumerate(self._counts.items()):
            count.chosen.connect(lambda on, kind=kind: self._on_count(kind, on))
            self._grid.addWidget(count, place // 2, place % 2)
        self._table = Records(theme)
        frame = Card((1, 1, 1, 1))
        frame.layout_.addWidget(self._table)
        self._since = QComboBox()
        self._since.setObjectName("import-since")
        self._since.setAccessibleName("Who counts as new")
        for words, days in (
            ("nobody, this is the starting point", -1),
            ("the last two weeks", 14),
            ("the last month", 30),
            ("the last three months", 91),
        ):
            self._since.addItem(words, days)
        self._since.setMinimumWidth(px(120))  # its longest words are wider than a narrow window with large letters
        self._since_row = QWidget()
        since = FlowLayout(self._since_row, spacing=px(8))
        height = self._since.sizeHint().height()
        for part in (
            PlainLabel("Your first import from here.", "secondary"),
            PlainLabel("Count as new:", "secondary"),
            self._since,
        ):
            part.setMinimumHeight(height)
            since.addWidget(part)
        self._go = button("Import", "primary", self._on_go, "import-go")
        self._cancel = button("Cancel", on_click=self.cancelled.emit, name="import-cancel")
        promise = PlainLabel("Your notes, facts and drafts are never changed by an import.", "secondary", wrap=True)
        self._foot = _Foot(theme, promise, self._cancel, self._go)
        # The decision stays in sight; what it is about scrolls where there is little room.
        page = ScrolledPage()
        self._above = QVBoxLayout(page.page)
        self._above.setSpacing(px(14))
        self._above.addWidget(self._title)
        self._above.addWidget(self._about)
        self._above.addWidget(self._columns, 0, Qt.AlignmentFlag.AlignLeft)
        self._above.addLayout(self._grid)
        self._above.addWidget(frame, 1)
        self._above.addWidget(self._since_row)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(page, 1)
        self._column.addWidget(self._foot)

    def show_preview(
        self, batch: Batch, preview: Preview, today: date, *, place: str = "", more: bool = False, asked: bool = False
    ) -> None:
        """Show what a batch would change. `place` says which of several files it is; `more` of them wait.

        `asked`: it comes from a network, not from a file.
        """
        self._batch, self._preview, self._today = batch, preview, today
        self._title.setText(batch.origin)
        parts = [batch.source]
        if batch.exported_on is not None:
            parts.append(f"{'asked' if asked else 'exported'} {full_day(batch.exported_on)}")
        if batch.read_as:
            parts.append(f"read as {batch.read_as}")
        self._about.setText(
            " ".join(filter(None, [place, ", ".join(parts) + ".", "Nothing has been written yet.", *batch.notes]))
        )
        self._columns.setVisible(batch.source == GENERIC)
        numbers = {
            ItemKind.NEW: preview.new,
            ItemKind.CHANGED: preview.changed,
            ItemKind.UNCHANGED: preview.unchanged,
            ItemKind.SKIPPED: preview.skipped,
        }
        for kind, count in self._counts.items():
            count.show_number(numbers[kind])
            count.setChecked(False)
        self._counts[ItemKind.NEW].setText("people" if preview.baseline else "new since your last import")
        self._since_row.setVisible(preview.baseline and any(person.followed_on for person in batch.people))
        self._since.setCurrentIndex(1)
        self._table.show_items(preview.items)
        self._cancel.setText("Skip this file" if more else "Cancel")
        self._go.setEnabled(bool(preview.new or preview.changed))
        self._foot.show_decision(_decision(preview))
        (self._go if self._go.isEnabled() else self._table).setFocus()

    def _on_count(self, kind: ItemKind, on: bool) -> None:
        for other, count in self._counts.items():
            if other != kind:
                count.setChecked(False)
        kinds = {kind} if kind != ItemKind.SKIPPED else {ItemKind.SKIPPED, ItemKind.PROBLEM}
        items = self._preview.items
        self._table.show_items([item for item in items if item.kind in kinds] if on else items)

    def _on_go(self) -> None:
        days = self._since.currentData()
        shown = not self._since_row.isHidden() and days > 0
        self.confirmed.emit(self._batch, self._today - timedelta(days=days) if shown else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Four counts side by side, two by two, or below each other."""
        super().resizeEvent(event)
        px, width = self._theme.px, event.size().width()
        columns = 4 if width >= px(820) else 2 if width >= px(330) else 1
        for place, count in enumerate(self._counts.values()):
            self._grid.addWidget(count, place // columns, place % columns)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        side = px(44) if width >= px(820) else px(20)
        self._above.setContentsMargins(side, px(30) if width >= px(820) else px(18), side, px(10))
        self._foot.setContentsMargins(side, px(8), side, px(20) if width >= px(820) else px(12))


class _Foot(QWidget):
    """A promise and two buttons, beside each other or below each other as the width allows."""

    def __init__(self, theme: Theme, promise: QWidget, cancel: QPushButton, go: QPushButton) -> None:
        super().__init__()
        self._theme = theme
        self._buttons = cancel, go
        self._words = go.text()
        self._offers = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._offers.setSpacing(theme.px(12))
        for offer in self._buttons:
            self._offers.addWidget(offer)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(promise, 1)
        self._line.addLayout(self._offers)

    def show_decision(self, words: str) -> None:
        """What the decision is: said in full where there is room for it."""
        self._words = words
        self._buttons[1].setAccessibleName(words)
        self._arrange()

    def _arrange(self) -> None:
        sides, go = self.contentsMargins(), self._buttons[1]
        width = self.width() - sides.left() - sides.right()
        go.setText(self._words)
        if go.sizeHint().width() > width:
            go.setText("Import")
        buttons = sum(offer.sizeHint().width() for offer in self._buttons) + self._offers.spacing()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._offers.setDirection(across if buttons <= width else down)
        self._line.setDirection(across if buttons + self._theme.px(200) <= width else down)

    def minimumSizeHint(self) -> QSize:
        # Not what it takes as it stands now: a narrower window has it stand otherwise.
        sides = self.contentsMargins()
        width = self._buttons[0].sizeHint().width() + sides.left() + sides.right()
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


_COUNTS = {
    ItemKind.NEW: "new since your last import",
    ItemKind.CHANGED: "changed",
    ItemKind.UNCHANGED: "already here",
    ItemKind.SKIPPED: "skipped, each with its reason",
}


def _decision(preview: Preview) -> str:
    new = f"{preview.new:,} " + ("people" if preview.baseline else "new") if preview.new else ""
    changed = f"{preview.changed:,} change{'s' if preview.changed != 1 else ''}" if preview.changed else ""
    if preview.new == 1 and preview.baseline:
        new = "1 person"
    return "Import " + " and ".join(part for part in (new, changed) if part) if new or changed else "Nothing to import"


class _Count(QFrame):
    """A big number with its words; a click shows just those records."""

    chosen = Signal(bool)

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._number = PlainLabel("", "title")
        self._words = PlainLabel(words, "secondary", wrap=True)
        self._show = button("Show", "link")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._on_toggled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10))
        layout.setSpacing(0)
        layout.addLayout(row(self._number, 1, self._show))
        layout.addWidget(self._words)

    def setText(self, words: str) -> None:
        self._words.setText(words)

    def setChecked(self, on: bool) -> None:
        blocked = self._show.blockSignals(True)
        self._show.setChecked(on)
        self._show.setText("Show all" if on else "Show")
        self._show.blockSignals(blocked)

    def show_number(self, number: int) -> None:
        self._number.setText(f"{number:,}")
        self._show.setEnabled(number > 0)
        self._show.setVisible(number > 0)
        self._show.setAccessibleName(f"Show only: {number} {self._words.text()}")

    def _on_toggled(self, on: bool) -> None:
        self._show.setText("Show all" if on else "Show")
        self.chosen.emit(on)
