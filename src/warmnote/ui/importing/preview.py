"""What a file holds, before anything is written: four counts, every record with its fate, and the decision."""

from datetime import date, timedelta

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QGridLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from warmnote.model import Batch
from warmnote.notebook import ItemKind, Preview, PreviewItem
from warmnote.ui.theme import Theme
from warmnote.ui.when import full_day
from warmnote.ui.widgets import Card, ElidedLabel, PlainLabel, button, row, tooltip

__all__ = ["PreviewPane"]

_COLUMNS = ("Name", "Profile", "Known", "Connected", "")
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FIELDS = {"name": "name", "bio": "bio", "company": "company", "position": "position", "location": "place"}


class PreviewPane(QWidget):
    """Shows a preview; `confirmed(Batch, date | None)` or `cancelled()` ends it."""

    confirmed = Signal(object, object)
    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._batch: Batch | None = None
        self._today = date.min
        px = theme.px
        self._title = ElidedLabel("", "title")
        self._about = PlainLabel("", "secondary", wrap=True)
        self._counts = {kind: _Count(theme, words) for kind, words in _COUNTS.items()}
        self._grid = QGridLayout()
        self._grid.setSpacing(px(12))
        for place, (kind, count) in enumerate(self._counts.items()):
            count.chosen.connect(lambda on, kind=kind: self._on_count(kind, on))
            self._grid.addWidget(count, 0, place)
        self._model = _Model(theme)
        self._table = _Table(theme)
        self._table.setObjectName("import-table")
        self._table.setAccessibleName("The records of the file")
        self._table.setModel(self._model)
        self._table.setItemDelegate(_RowDelegate(theme, self._table))
        self._table.setShowGrid(False)
        self._table.setWordWrap(False)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.setTabKeyNavigation(False)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._table.verticalHeader().setDefaultSectionSize(px(34))
        header = self._table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
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
        self._since_row = QWidget()
        since = row(PlainLabel("Your first import from here. Count as new:", "secondary"), self._since, 1)
        self._since_row.setLayout(since)
        self._go = button("Import", "primary", self._on_go, "import-go")
        promise = PlainLabel("Your notes, facts and drafts are never changed by an import.", "secondary", wrap=True)
        foot = row(
            promise, button("Cancel", on_click=self.cancelled.emit, name="import-cancel"), self._go, spacing=px(12)
        )
        foot.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(44), px(30), px(44), px(26))
        column.setSpacing(px(14))
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addLayout(self._grid)
        column.addWidget(frame, 1)
        column.addWidget(self._since_row)
        column.addLayout(foot)

    def show_preview(self, batch: Batch, preview: Preview, today: date) -> None:
        """Show what a batch would change."""
        self._batch, self._preview, self._today = batch, preview, today
        self._title.setText(batch.origin)
        parts = [batch.source]
        if batch.exported_on is not None:
            parts.append(f"exported {full_day(batch.exported_on)}")
        if batch.read_as:
            parts.append(f"read as {batch.read_as}")
        self._about.setText(" ".join([", ".join(parts) + ".", "Nothing has been written yet.", *batch.notes]))
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
        self._model.show_items(preview.items, today)
        self._go.setEnabled(bool(preview.new or preview.changed))
        self._go.setText(_decision(preview))
        self._table.scrollToTop()
        (self._go if self._go.isEnabled() else self._table).setFocus()

    def _on_count(self, kind: ItemKind, on: bool) -> None:
        for other, count in self._counts.items():
            if other != kind:
                count.setChecked(False)
        kinds = {kind} if kind != ItemKind.SKIPPED else {ItemKind.SKIPPED, ItemKind.PROBLEM}
        items = self._preview.items
        self._model.show_items(tuple(item for item in items if item.kind in kinds) if on else items, self._today)

    def _on_go(self) -> None:
        days = self._since.currentData()
        shown = not self._since_row.isHidden() and days > 0
        self.confirmed.emit(self._batch, self._today - timedelta(days=days) if shown else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Four counts side by side, or two by two."""
        super().resizeEvent(event)
        columns = 4 if event.size().width() >= self._theme.px(820) else 2
        for place, count in enumerate(self._counts.values()):
            self._grid.addWidget(count, place // columns, place % columns)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


class _Table(QTableView):
    """The columns share the width, whatever it is."""

    _SHARES = (0.22, 0.24, 0.31, 0.12, 0.11)
    _NARROW = (0.26, 0.0, 0.38, 0.19, 0.17)  # the address is the first to go

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._narrow = theme.px(760)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        for column, share in enumerate(self._SHARES if width >= self._narrow else self._NARROW):
            self.setColumnHidden(column, not share)
            self.setColumnWidth(column, int(width * share))


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
        self._words = PlainLabel(words, "secondary")
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


class _Model(QAbstractTableModel):
    """The records of a preview, in the file's order."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._items: tuple[PreviewItem, ...] = ()
        self._today = date.min

    def show_items(self, items: tuple[PreviewItem, ...], today: date) -> None:
        self.beginResetModel()
        self._items, self._today = items, today
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self._items[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(item, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self._text(item, column)) or None
        if role == Qt.ItemDataRole.FontRole and column == 0:
            return self._theme.font(13, bold=True)
        if role == Qt.ItemDataRole.ForegroundRole and column in (1, 3):
            return QColor(self._theme.tokens.soft)
        if role == Qt.ItemDataRole.UserRole:
            return item.kind
        return None

    def _text(self, item: PreviewItem, column: int) -> str:
        incoming = item.incoming
        if column == 4:
            return item.kind.value
        if column == 2 and item.reason:
            return f"Row {item.row}: {item.reason}" if item.row is not None else item.reason
        if incoming is None:
            return ""
        match column:
            case 0:
                return incoming.name
            case 1:
                return incoming.url.removeprefix("https://").removeprefix("www.") or incoming.handle or incoming.email
            case 2:
                return _known(item)
            case _:
                return full_day(incoming.followed_on) if incoming.followed_on is not None else ""


def _known(item: PreviewItem) -> str:
    incoming = item.incoming
    assert incoming is not None
    known = (
        " · ".join(part for part in (incoming.company, incoming.position) if part) or incoming.bio or incoming.location
    )
    was = [f"{_FIELDS.get(change.field, change.field)} was {change.old}" for change in item.changes if change.old]
    return f"{known} ({', '.join(was)})" if was else known


class _RowDelegate(QStyledItemDelegate):
    """Hairlines between rows, and the fate of a record as a pill."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tokens = self._theme.tokens
        option.state &= ~QStyle.StateFlag.State_HasFocus
        rect = QRect(option.rect)  # a copy: the option's own is moved below
        if index.column() < 4:
            option.rect = rect.adjusted(self._theme.px(6), 0, 0, 0)
            super().paint(painter, option, index)
        else:
            self._pill(painter, rect, ItemKind(index.data(Qt.ItemDataRole.UserRole)))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _pill(self, painter: QPainter, rect: QRect, kind: ItemKind) -> None:
        tokens, px = self._theme.tokens, self._theme.px
        ink, ground = {
            ItemKind.NEW: (tokens.ember, tokens.ember_wash),
            ItemKind.CHANGED: (tokens.frost, tokens.frost_wash),
            ItemKind.PROBLEM: (tokens.frost, tokens.frost_wash),
        }.get(kind, (tokens.soft, tokens.select))
        font: QFont = self._theme.font(11)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(kind.value) + px(16)
        height = painter.fontMetrics().height() + px(4)
        pill = QRect(rect.left() + px(6), rect.center().y() - height // 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(QColor(ink))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), kind.value)
        painter.restore()
