"""Paints one person of the list: initials, name, one line, how long ago, and the step the two are on.

One delegate paints all rows. What a row needs again and again (fonts, colours, initials, shortened lines) is made
once for each scheme and kept.
"""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from warmnote.model import Clock, Progress
from warmnote.notebook import PersonRow
from warmnote.ui.people.list_model import STEP_WORDS, PeopleModel
from warmnote.ui.theme import Theme
from warmnote.ui.when import short_ago
from warmnote.ui.widgets import initials, paint_avatar

__all__ = ["PersonDelegate"]

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
_LEFT |= int(Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
# No column is wider than this many letters; a bio of pages would be measured to its end.
_LONGEST_LINE = 160
_MOST_KEPT = 2000


class PersonDelegate(QStyledItemDelegate):
    """Paints the rows of a `PeopleModel` in the theme's colours and sizes.

    While `marking` is set, because several people are selected, each of them has a tick in place of the initials.
    """

    def __init__(self, theme: Theme, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = clock
        self.marking = False
        self._shortened: dict[tuple[str, int, bool], str] = {}
        self._faces: dict[tuple[str, str, float], QPixmap] = {}
        self._prepare()
        theme.changed.connect(self._prepare)

    @property
    def row_height(self) -> int:
        """The height of every row, in pixels."""
        return self._height

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state = option.state
        rect: QRect = option.rect
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, self._select)
            painter.fillRect(QRect(rect.left(), rect.top(), self._bar, rect.height()), self._ember)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._hover)
        person = index.data(PeopleModel.ROW)
        if person is not None:
            self._paint_person(painter, rect, person, chosen)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._ember, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(self._bar + 2, 2, -3, -2), self._radius, self._radius)
        painter.restore()

    def _paint_person(self, painter: QPainter, rect: QRect, person: PersonRow, chosen: bool) -> None:
        px = self._theme.px
        face = QRect(rect.left() + px(17), rect.top() + (rect.height() - self._face) // 2, self._face, self._face)
        if chosen and self.marking:
            painter.drawPixmap(face.topLeft(), self._tick(painter.device().devicePixelRatioF()))
        else:
            painter.drawPixmap(face.topLeft(), self._face_of(person.name, painter.device().devicePixelRatioF()))
        left, right = face.right() + 1 + px(11), rect.right() - px(12)
        upper = QRect(QPoint(left, rect.top() + self._upper), QSize(right - left, self._name_metrics.height()))
        lower = QRect(QPoint(left, upper.bottom() + 1 + px(1)), QSize(right - left, self._pill_height))

        age = short_ago(person.when, self._clock()) if person.when is not None else ""
        painter.setFont(self._age_font)
        painter.setPen(self._faint)
        painter.drawText(upper, _RIGHT, age)
        upper.setRight(right - self._age_metrics.horizontalAdvance(age) - px(8))
        painter.setFont(self._name_font)
        painter.setPen(self._ink)
        painter.drawText(upper, _LEFT, self._shorten(person.name, upper.width(), bold=True))

        # Everybody of a first import is a starting point, not news: only who counts as new is called so.
        if person.new or person.progress is not Progress.NEW:
            lower.setRight(self._paint_pill(painter, lower, person.progress, chosen) - px(8))
        painter.setFont(self._line_font)
        painter.setPen(self._soft)
        painter.drawText(
            lower, _LEFT, self._shorten(f"“{person.line}" if person.said else person.line, lower.width(), bold=False)
        )

    def _paint_pill(self, painter: QPainter, room: QRect, progress: Progress, chosen: bool) -> int:
        """Paint the step at the right of `room` and return where it begins."""
        word = STEP_WORDS[progress]
        width = self._pill_metrics.horizontalAdvance(word) + self._theme.px(16)
        pill = QRect(room.right() + 1 - width, room.top(), width, self._pill_height)
        ground, ink = self._pills[progress]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._card if chosen and progress is Progress.GREETED else ground)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setFont(self._pill_font)
        painter.setPen(ink)
        painter.drawText(pill, _CENTRE, word)
        return pill.left()

    def _shorten(self, text: str, width: int, *, bold: bool) -> str:
        key = (text, width, bold)
        if (short := self._shortened.get(key)) is None:
            metrics = self._name_metrics if bold else self._line_metrics
            one_line = " ".join(text[:_LONGEST_LINE].split())
            short = metrics.elidedText(one_line, Qt.TextElideMode.ElideRight, width)
            if len(self._shortened) >= _MOST_KEPT:
                self._shortened.clear()
            self._shortened[key] = short
        return short

    def _face_of(self, name: str, ratio: float) -> QPixmap:
        colour = self._theme.tokens.avatar(name).name()
        key = (initials(name), colour, ratio)
        if (face := self._faces.get(key)) is None:
            face = QPixmap(QSize(self._face, self._face) * ratio)
            face.setDevicePixelRatio(ratio)
            face.fill(Qt.GlobalColor.transparent)
            painter = QPainter(face)
            paint_avatar(painter, QRect(0, 0, self._face, self._face), name, self._theme)
            painter.end()
            if len(self._faces) >= _MOST_KEPT:
                self._faces.clear()
            self._faces[key] = face
        return face

    def _tick(self, ratio: float) -> QPixmap:
        key = ("", self._ember.name(), ratio)
        if (face := self._faces.get(key)) is None:
            face = QPixmap(QSize(self._face, self._face) * ratio)
            face.setDevicePixelRatio(ratio)
            face.fill(Qt.GlobalColor.transparent)
            painter = QPainter(face)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._ember)
            painter.drawEllipse(QRect(0, 0, self._face, self._face))
            size = self._theme.px(22)
            edge = (self._face - size) // 2
            self._theme.icon("check", self._theme.tokens.ember_text, size).paint(painter, edge, edge, size, size)
            painter.end()
            self._faces[key] = face
        return face

    def _prepare(self) -> None:
        theme, tokens = self._theme, self._theme.tokens
        self._name_font, self._line_font = theme.font(14, bold=True), theme.font(12.5)
        self._age_font, self._pill_font = theme.font(12), theme.font(11)
        self._name_metrics, self._line_metrics = QFontMetrics(self._name_font), QFontMetrics(self._line_font)
        self._age_metrics, self._pill_metrics = QFontMetrics(self._age_font), QFontMetrics(self._pill_font)
        self._pill_height = max(self._pill_metrics.height() + theme.px(3), self._line_metrics.height())
        words = self._name_metrics.height() + theme.px(1) + self._pill_height
        self._height = max(theme.px(58), words + theme.px(14))
        self._upper = (self._height - words) // 2
        self._face, self._bar, self._radius = theme.px(38), theme.px(3), theme.px(8)
        self._ink, self._soft, self._faint = QColor(tokens.ink), QColor(tokens.soft), QColor(tokens.faint)
        self._ember, self._card, self._select = QColor(tokens.ember), QColor(tokens.card), QColor(tokens.select)
        self._hover = QColor(tokens.select)
        self._hover.setAlphaF(0.5)
        warm = (QColor(tokens.ember_wash), self._ember)
        self._pills: dict[Progress, tuple[QColor, QColor]] = {
            Progress.NEW: (QColor(tokens.frost_wash), QColor(tokens.frost)),
            Progress.GREETED: (self._select, self._soft),
            Progress.REPLIED: warm,
            Progress.TALKING: warm,
        }
        self._shortened.clear()
        self._faces.clear()
