"""The number, its word and the bar from ember to frost, painted by hand."""

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFontMetrics,
    QGuiApplication,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from warmnote.coldness import Band
from warmnote.ui.theme import Theme

__all__ = ["BAND_WORDS", "Gauge", "reduced_motion"]

BAND_WORDS = {Band.WARM: "Warm", Band.MILD: "Mild", Band.CHILLY: "Chilly", Band.COLD: "Cold"}
_GLIDE_MS = 150
_TELL_MS = 700
_NUMBER_PX, _WORD_PX, _LABEL_PX = 40, 16, 11


class Gauge(QWidget):
    """Shows one number from 0 to 100, or a dash. A new number glides in, unless the desktop asks for less motion."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("gauge")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._value: int | None = None
        self._band: Band | None = None
        self._word = ""
        self._at = 0.0
        self._glide = QVariantAnimation(self, duration=_GLIDE_MS, easingCurve=QEasingCurve(QEasingCurve.Type.OutCubic))
        self._glide.valueChanged.connect(self._on_glide)
        # Screen readers hear the number when it has come to rest, not with every key.
        self._tell = QTimer(self, singleShot=True, interval=_TELL_MS)
        self._tell.timeout.connect(self._on_tell)
        theme.changed.connect(self.update)
        self.setAccessibleName("Coldness")

    @property
    def value(self) -> int | None:
        """The number shown, or being glided to."""
        return self._value

    def show_value(self, value: int | None, band: Band | None, word: str = "", summary: str = "") -> None:
        """Show a number with its band's word, or a dash with `word` beside it."""
        word = BAND_WORDS[band] if band is not None else word
        told = f"{value} of 100, {word}. {summary}" if value is not None else f"No number yet. {word}. {summary}"
        if self.accessibleDescription() != told:
            self.setAccessibleDescription(told)
            self._tell.start()
        if (value, word) == (self._value, self._word):
            return
        before, self._value, self._band, self._word = self._value, value, band, word
        self._glide.stop()
        if value is None or before is None or not self.isVisible() or reduced_motion(self.style()):
            self._at = float(value or 0)
        else:
            self._glide.setStartValue(self._at)
            self._glide.setEndValue(float(value))
            self._glide.start()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme
        labels = QFontMetrics(theme.font(_LABEL_PX)).height()
        return QSize(theme.px(220), self._bar_top() + theme.px(12) + theme.px(8) + labels)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(140), self.sizeHint().height())

    def _bar_top(self) -> int:
        return QFontMetrics(self._theme.font(_NUMBER_PX, bold=True)).height() + self._theme.px(10)

    def _on_glide(self, at: object) -> None:
        self._at = float(at)  # type: ignore[arg-type]  # a float went in
        self.update()

    def _on_tell(self) -> None:
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.ValueChanged))

    def _colour(self) -> QColor:
        tokens = self._theme.tokens
        colours = {Band.WARM: tokens.ember, Band.MILD: tokens.ink, None: tokens.faint}
        return QColor(colours.get(self._band, tokens.frost))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_number(painter)
        self._paint_bar(painter)
        painter.end()

    def _paint_number(self, painter: QPainter) -> None:
        theme = self._theme
        number, word = theme.font(_NUMBER_PX, bold=True), theme.font(_WORD_PX, bold=True)
        metrics = QFontMetrics(number)
        text = "–" if self._value is None else str(round(self._at))
        painter.setPen(self._colour())
        painter.setFont(number)
        painter.drawText(QPointF(0, metrics.ascent()), text)
        painter.setFont(word)
        left = metrics.horizontalAdvance(text) + theme.px(11)
        room = max(0, self.width() - left)
        painter.drawText(
            QPointF(left, metrics.ascent()),
            QFontMetrics(word).elidedText(self._word, Qt.TextElideMode.ElideRight, room),
        )

    def _paint_bar(self, painter: QPainter) -> None:
        theme, tokens = self._theme, self._theme.tokens
        top, height = self._bar_top(), theme.px(12)
        bar = QRectF(0, top, self.width(), height)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for place, colour in enumerate(tokens.bar):
            gradient.setColorAt(place / (len(tokens.bar) - 1), QColor(colour))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.setOpacity(1.0 if self._value is not None else 0.45)
        painter.drawRoundedRect(bar, height / 2, height / 2)
        painter.setOpacity(1.0)
        labels = theme.font(_LABEL_PX)
        painter.setFont(labels)
        painter.setPen(QColor(tokens.soft))
        line = QRectF(0, bar.bottom() + theme.px(6), self.width(), QFontMetrics(labels).height())
        side = Qt.AlignmentFlag
        for text, where in (("Warm", side.AlignLeft), ("Cool", side.AlignHCenter), ("Frozen", side.AlignRight)):
            painter.drawText(line, int(where | side.AlignVCenter), text)
        if self._value is not None:
            width, over = theme.px(7), theme.px(4)
            middle = min(max(bar.width() * self._at / 100, width / 2 + 1), bar.width() - width / 2 - 1)
            painter.setPen(QPen(QColor(tokens.paper), 2))
            painter.setBrush(QColor(tokens.ink))
            painter.drawRoundedRect(QRectF(middle - width / 2, top - over + 1, width, height + 2 * over - 2), 3, 3)


def reduced_motion(style: QStyle) -> bool:
    """Whether the desktop asks for less motion. Qt tells it in different ways, depending on the desktop."""
    if style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0:
        return True
    preference = getattr(QGuiApplication.styleHints().accessibility(), "motionPreference", None)
    return preference is not None and preference().name == "ReducedMotion"
