"""The records of a preview as a table: one line each, but many left out for the same reason fold into one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from warmnote.model import Incoming, Network
from warmnote.notebook import ItemKind, PreviewItem
from warmnote.ui.theme import Theme
from warmnote.ui.when import full_day
from warmnote.ui.widgets import tooltip

__all__ = ["Records"]

_COLUMNS = ("Name", "Profile", "Known", "Since", "")
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FIELDS = {
    "name": "name",
    "bio": "bio",
    "company": "company",
    "position": "position",
    "location": "place",
    "email": "e-mail",
    "handle": "handle",
}


# So many lines with the same reason are still a list that is read.
_FOLD_FROM = 4
_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Fold:
    """Records that are left out for the same reason."""

    kind: ItemKind
    reason: str
    items: tuple[PreviewItem, ...]


class Records(QTableView):
    """Shows records in the source's order, folds last; Enter or a double click unfolds one, and folds it again.

    The columns share the width, whatever it is.
    """

    _SHARES = (0.22, 0.24, 0.31, 0.12, 0.11)
    _NARROW = (0.26, 0.0, 0.38, 0.19, 0.17)  # the address is the first to go

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self._narrow = px(760)
        self._model = _Model(theme)
        self.setObjectName("import-table")
        self.setAccessibleName("The records of the file")
        self.setModel(self._model)
        self.setItemDelegate(_RowDelegate(theme, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMinimumHeight(px(170))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(px(34))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.activated.connect(self._on_activated)

    def show_items(self, items: Sequence[PreviewItem]) -> None:
        """Show records."""
        self._model.show_items(items)
        self.scrollToTop()

    def _on_activated(self, index: QModelIndex) -> None:
        row = self._model.toggle(index.row())
        if row is not None:
            self.setCurrentIndex(self._model.index(row, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        for column, share in enumerate(self._SHARES if width >= self._narrow else self._NARROW):
            self.setColumnHidden(column, not share)
            self.setColumnWidth(column, int(width * share))


class _Model(QAbstractTableModel):
    """Records in the source's order, then the folds."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: list[PreviewItem | _Fold] = []
        self._open: set[tuple[ItemKind, str]] = set()

    def show_items(self, items: Sequence[PreviewItem]) -> None:
        """Show these records, all folds closed."""
        folds = _folds(items)
        self.beginResetModel()
        self._open = set()
        self._lines = [item for item in items if (item.kind, item.reason) not in folds] if folds else list(items)
        self._lines += folds.values()
        self.endResetModel()

    def toggle(self, row: int) -> int | None:
        """Open or close the fold of a line; gives where its line is then, None if the line belongs to none."""
        line = self._lines[row]
        while not isinstance(line, _Fold) and (line.kind, line.reason) in self._open:
            row -= 1
            line = self._lines[row]
        if not isinstance(line, _Fold):
            return None
        key, last = (line.kind, line.reason), row + len(line.items)
        if key in self._open:
            self.beginRemoveRows(_ROOT, row + 1, last)
            self._open.discard(key)
            del self._lines[row + 1 : last + 1]
            self.endRemoveRows()
        else:
            self.beginInsertRows(_ROOT, row + 1, last)
            self._open.add(key)
            self._lines[row + 1 : row + 1] = line.items
            self.endInsertRows()
        return row

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _folded(line, column) if isinstance(line, _Fold) else _text(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            if isinstance(line, _Fold) and column == 2:
                return "A double click or Enter shows each of them"
            return tooltip(str(self.data(index))) or None
        if role == Qt.ItemDataRole.FontRole and column == 0:
            return self._theme.font(13, bold=not isinstance(line, _Fold))
        if role == Qt.ItemDataRole.ForegroundRole and (column in (1, 3) or isinstance(line, _Fold)):
            return QColor(self._theme.tokens.soft)
        if role == Qt.ItemDataRole.UserRole:
            return line.kind
        return None


def _folds(items: Iterable[PreviewItem]) -> dict[tuple[ItemKind, str], _Fold]:
    alike: dict[tuple[ItemKind, str], list[PreviewItem]] = {}
    for item in items:
        if item.kind in (ItemKind.SKIPPED, ItemKind.PROBLEM):
            alike.setdefault((item.kind, item.reason), []).append(item)
    return {key: _Fold(*key, tuple(found)) for key, found in alike.items() if len(found) >= _FOLD_FROM}


def _folded(fold: _Fold, column: int) -> str:
    if column == 4:
        return fold.kind.value
    if column == 2:
        return f"{len(fold.items):,} rows: {fold.reason}"
    if column == 0:
        names = [item.incoming.name for item in fold.items[:_NAMED] if item.incoming is not None and item.incoming.name]
        more = len(fold.items) - len(names)
        return f"{', '.join(names)} and {more:,} more" if names else ""
    return ""


def _text(item: PreviewItem, column: int) -> str:
    incoming = item.incoming
    if column == 4:
        return item.kind.value
    if column == 2 and (item.reason or incoming is not None):
        return _known(item)
    if incoming is None:
        return ""
    match column:
        case 0:
            return incoming.name
        case 1:
            return _address(incoming)
        case _:
            return full_day(incoming.followed_on) if incoming.followed_on is not None else ""


def _address(incoming: Incoming) -> str:
    # A Bluesky address holds the account's number, which says nothing to anyone.
    if incoming.handle and (incoming.network is Network.BLUESKY or not incoming.url):
        return incoming.handle if incoming.handle.startswith("@") else f"@{incoming.handle}"
    return incoming.url.removeprefix("https://").removeprefix("www.") or incoming.email


def _known(item: PreviewItem) -> str:
    """Why a record is left out or whom it joins; else what is known of the person, and what was before."""
    if item.kind in (ItemKind.SKIPPED, ItemKind.PROBLEM):
        return f"Row {item.row:,}: {item.reason}" if item.row is not None else item.reason
    incoming = item.incoming
    assert incoming is not None
    known = (
        " · ".join(part for part in (incoming.company, incoming.position) if part) or incoming.bio or incoming.location
    )
    told = [
        f"{_FIELDS[change.field]} was {change.old}" for change in item.changes if change.field in _FIELDS and change.old
    ]
    told += [f"also {change.new}" for change in item.changes if change.field == "account"]
    if told:
        known = f"{known} ({', '.join(told)})" if known else ", ".join(told)
    return " · ".join(part for part in (item.reason, known) if part)


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
