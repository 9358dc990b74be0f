"""The rows of the list of starters: the model that holds them and the delegate that paints them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from warmnote.ui.prompts.reading import Line
from warmnote.ui.prompts.wording import kind_words
from warmnote.ui.theme import Theme

__all__ = ["Heading", "StarterDelegate", "StarterModel"]

_Index = QModelIndex | QPersistentModelIndex
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_LINE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LONGEST_TEXT = 400  # what is longer is shown whole where it is edited
_MOST_KEPT = 8000


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the starters of a kind."""

    text: str


class StarterModel(QAbstractListModel):
    """Lines under headings. `marks` says what else is to be told of a starter, such as that it is unfinished."""

    ROW = int(Qt.ItemDataRole.UserRole)
    MARK = ROW + 1

    def __init__(self, parent: QObject | None = None, marks: Callable[[Line], str] = lambda _: "") -> None:
        super().__init__(parent)
        self._rows: list[Heading | Line] = []
        self._marks = marks

    def show_lines(self, lines: Sequence[Line], later: str = "") -> None:
        """Show lines in their order; `later` goes before the headings of those that do not fit."""
        self.beginResetModel()
        self._rows = []
        before: tuple[str, bool] | None = None
        for line in lines:
            if (line.starter.kind, line.fits) != before:
                before = (line.starter.kind, line.fits)
                words = kind_words(line.starter.kind)
                self._rows.append(Heading(words if line.fits or not later else f"{words} · {later}"))
            self._rows.append(line)
        self.endResetModel()

    def lines(self) -> list[Line]:
        """The lines that are shown."""
        return [row for row in self._rows if isinstance(row, Line)]

    def headings(self) -> int:
        """How many headings are shown."""
        return len(self._rows) - len(self.lines())

    def line(self, index: _Index) -> Line | None:
        """The line in a row; None for a heading."""
        row = self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None
        return row if isinstance(row, Line) else None

    def row_of(self, starter_id: str) -> int:
        """The row of a starter, -1 if it is not shown."""
        for place, row in enumerate(self._rows):
            if isinstance(row, Line) and row.starter.id == starter_id:
                return place
        return -1

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.line(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == self.ROW:
            return row
        if isinstance(row, Heading):
            return row.text if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == self.MARK:
            return self._marks(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (row.title, row.text, row.reason, self._marks(row))
            return ". ".join(part for part in parts if part)
        return None


class StarterDelegate(QStyledItemDelegate):
    """Paints the rows of a `StarterModel`, each as high as its text needs."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heights: dict[tuple[str, int], int] = {}
        self._prepare()
        theme.changed.connect(self._prepare)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        row, width = index.data(StarterModel.ROW), option.rect.width()
        if isinstance(row, Line):
            height = self._text_height(row, width) + self._above
            if row.reason:
                height += self._small.height() * self._reason_lines(row, width) + self._gap
            return QSize(width, height + self._above)
        return QSize(width, self._heading)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = index.data(StarterModel.ROW)
        rect: QRect = option.rect
        painter.save()
        if isinstance(row, Line):
            self._paint_ground(painter, rect, option.state)
            self._paint_line(painter, rect, row, str(index.data(StarterModel.MARK) or ""))
        elif isinstance(row, Heading):
            painter.setFont(self._title_font)
            painter.setPen(self._soft)
            room = rect.adjusted(self._side, self._theme.px(10), -self._side, 0)
            painter.drawText(room, _LINE, self._title.elidedText(row.text, Qt.TextElideMode.ElideRight, room.width()))
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        card = QRectF(rect).adjusted(0.5, 2.5, -0.5, -2.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focus = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(
            QPen(
                self._ember if focus else self._edge if state & QStyle.StateFlag.State_MouseOver else self._line_colour,
                2 if focus else 1,
            )
        )
        painter.setBrush(self._select if chosen else self._card)
        painter.drawRoundedRect(
            card.adjusted(0.5, 0.5, -0.5, -0.5) if focus else card, self._theme.px(11), self._theme.px(11)
        )

    def _paint_line(self, painter: QPainter, rect: QRect, line: Line, mark: str) -> None:
        left, width = rect.left() + self._side, rect.width() - 2 * self._side
        text = QRect(left, rect.top() + self._above, width, self._text_height(line, rect.width()))
        painter.setFont(self._text_font)
        painter.setPen(self._ink if line.fits else self._faint)
        painter.drawText(text, _WRAP, _shown(line))
        if line.reason:
            reason = QRect(left, text.bottom() + 1 + self._gap, width, rect.bottom())
            painter.setFont(self._small_font)
            painter.setPen(self._faint if line.fits else self._soft)
            if mark:
                room = self._small.horizontalAdvance(mark) + self._theme.px(12)
                last = QRect(left, rect.bottom() + 1 - self._above - self._small.height(), width, self._small.height())
                painter.drawText(last, _RIGHT, mark)
                reason.setWidth(max(width - room, width // 3))
            painter.drawText(reason, _WRAP, line.reason)
        elif mark:
            painter.setFont(self._small_font)
            painter.setPen(self._faint)
            painter.drawText(
                QRect(left, rect.top(), width, rect.height() - self._theme.px(8)),
                int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom),
                mark,
            )

    def _text_height(self, line: Line, width: int) -> int:
        return self._height(_shown(line), width, self._text)

    def _reason_lines(self, line: Line, width: int) -> int:
        return max(1, round(self._height(line.reason, width, self._small) / self._small.height()))

    def _height(self, text: str, width: int, metrics: QFontMetrics) -> int:
        key = (text, width if metrics is self._text else -width)
        if (height := self._heights.get(key)) is None:
            room = max(width - 2 * self._side, 40)
            if metrics.horizontalAdvance(text) <= room:
                height = metrics.height()
            else:
                height = metrics.boundingRect(QRect(0, 0, room, 100_000), _WRAP, text).height()
            if len(self._heights) >= _MOST_KEPT:
                self._heights.clear()
            self._heights[key] = height
        return height

    def _prepare(self) -> None:
        theme, tokens = self._theme, self._theme.tokens
        self._text_font, self._small_font, self._title_font = (
            theme.font(14),
            theme.font(12),
            theme.font(12.5, bold=True),
        )
        self._text, self._small = QFontMetrics(self._text_font), QFontMetrics(self._small_font)
        self._title = QFontMetrics(self._title_font)
        self._side, self._above, self._gap = theme.px(16), theme.px(13), theme.px(4)
        self._heading = self._title.height() + theme.px(18)
        self._ink, self._soft, self._faint = QColor(tokens.ink), QColor(tokens.soft), QColor(tokens.faint)
        self._ember, self._select, self._card = QColor(tokens.ember), QColor(tokens.select), QColor(tokens.card)
        self._line_colour, self._edge = QColor(tokens.line), QColor(tokens.edge)
        self._heights.clear()


def _shown(line: Line) -> str:
    return line.text if len(line.text) <= _LONGEST_TEXT else f"{line.text[:_LONGEST_TEXT]}…"
