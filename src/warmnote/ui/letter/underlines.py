"""The lines under marked words. Qt's own waves are too fine to be told from a straight line at the letter's size."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QTextBlock,
    QTextDocument,
)

from warmnote.ui.letter.marks import Look
from warmnote.ui.theme import Theme

__all__ = ["Underlines"]

_WAVE, _DOT = 10.0, 5.0  # how long one wave, and one dot with its gap, is
_ROOM = 7


class Underlines:
    """Paints waves (cold), dots (less sure), a line (warm), dashes (a blank) and a hair (a prompt's) under stretches of a document."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._tiles: dict[tuple[Look, str, float], QPixmap] = {}

    def paint(
        self, painter: QPainter, document: QTextDocument, visible: QRectF, drawn: Iterable[tuple[int, int, Look]]
    ) -> None:
        """Paint in the document's coordinates; `drawn` holds UTF-16 units, `visible` is what is worth painting."""
        tokens, ratio = self._theme.tokens, painter.device().devicePixelRatio()
        for start, end, look in drawn:
            colour = tokens.frost if look in (Look.COLD, Look.UNSURE) else tokens.ember
            for left, right, baseline in _lines(document, start, end, visible):
                top = baseline + self._theme.px(2)
                if right <= left or top > visible.bottom() or top + _ROOM < visible.top():
                    continue
                if look is Look.PROMPT:
                    painter.fillRect(QRectF(left, top + 5, right - left, 1), QColor(tokens.faint))
                elif look is Look.WARM:
                    painter.fillRect(QRectF(left, top + 1, right - left, self._theme.px(1.6)), QColor(colour))
                else:
                    tile = self._tile(look, colour, ratio)
                    painter.drawTiledPixmap(
                        QRectF(left, top, right - left, tile.height() / ratio), tile, QPointF(left % 40, 0)
                    )

    def _tile(self, look: Look, colour: str, ratio: float) -> QPixmap:
        key = (look, colour, ratio)
        if key not in self._tiles:
            self._tiles[key] = _draw(look, QColor(colour), ratio, self._theme.px(100) / 100)
        return self._tiles[key]


def _lines(document: QTextDocument, start: int, end: int, visible: QRectF) -> Iterator[tuple[float, float, float]]:
    """Left, right and baseline of each line that a stretch covers, in the blocks that are visible."""
    layout: QAbstractTextDocumentLayout = document.documentLayout()
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        around = layout.blockBoundingRect(block)
        if around.top() > visible.bottom():
            return
        if around.bottom() >= visible.top():
            yield from _block_lines(block, around.topLeft(), start, end)
        block = block.next()


def _block_lines(block: QTextBlock, origin: QPointF, start: int, end: int) -> Iterator[tuple[float, float, float]]:
    lines, position = block.layout(), block.position()
    first, last = max(0, start - position), min(block.length() - 1, end - position)
    line = lines.lineForTextPosition(first)
    while line.isValid() and line.textStart() < last:
        stop = line.textStart() + line.textLength()
        left, right = _x(line.cursorToX(max(line.textStart(), first))), _x(line.cursorToX(min(stop, last)))
        # The space at which a line wraps is no part of what is seen.
        right = min(right, line.x() + line.naturalTextWidth())
        yield origin.x() + left, origin.x() + right, origin.y() + line.y() + line.ascent()
        number = line.lineNumber() + 1
        if number >= lines.lineCount():
            return
        line = lines.lineAt(number)


def _x(place: object) -> float:
    # The binding returns the place with the cursor it was asked for.
    return float(place[0]) if isinstance(place, tuple) else float(place)  # type: ignore[arg-type]


def _draw(look: Look, colour: QColor, ratio: float, scale: float) -> QPixmap:
    """A piece of 40 units that can be laid end to end."""
    size = QSize(40, _ROOM)
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, min(1.6 * scale, 2.2))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if look is Look.UNSURE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for number in range(int(40 / _DOT)):
            painter.drawEllipse(QPointF(number * _DOT + _DOT / 2, _ROOM / 2), 1.4, 1.4)
    elif look is Look.BLANK:
        painter.setPen(pen)
        for left in range(0, 40, 8):
            painter.drawLine(QPointF(left + 1.5, 2.5), QPointF(left + 6, 2.5))
    else:
        path = QPainterPath(QPointF(-_WAVE, _ROOM / 2))
        for number in range(-1, int(40 / _WAVE) + 1):
            left = number * _WAVE
            path.quadTo(QPointF(left + _WAVE / 4, -0.6), QPointF(left + _WAVE / 2, _ROOM / 2))
            path.quadTo(QPointF(left + 3 * _WAVE / 4, _ROOM + 0.6), QPointF(left + _WAVE, _ROOM / 2))
        painter.setPen(pen)
        painter.drawPath(path)
    painter.end()
    return pixmap
