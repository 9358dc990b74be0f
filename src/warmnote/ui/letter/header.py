"""The head of the letter: to whom, by which channel, and whether it is saved."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from warmnote.channels import Channel
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import ElidedLabel, tooltip

__all__ = ["LetterHeader"]


class LetterHeader(QWidget):
    """Shows the addressee and the saved state; `channel_chosen(str)` carries the id of the channel the user picked."""

    channel_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self._to = ElidedLabel("", "secondary")
        self._to.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._box = _ChannelBox(theme)
        self._box.setObjectName("channel")
        self._box.setAccessibleName("Channel")
        self._box.activated.connect(lambda: self.channel_chosen.emit(self._box.currentData()))
        self._saved = _Aside()
        self._saved.setObjectName("saved-state")
        line = QHBoxLayout(self)
        line.setContentsMargins(px(16), px(10), px(16), px(10))
        line.setSpacing(px(9))
        line.addWidget(self._to)
        line.addWidget(self._box)
        line.addWidget(self._saved, 1)

    def show_person(self, name: str, channels: Sequence[Channel], chosen: str) -> None:
        """Address the letter; `chosen` is the id of one of the channels."""
        self._to.setText(f"To {name} on")
        self._box.clear()
        for place, channel in enumerate(channels):
            self._box.addItem(channel.label, channel.id)
            self._box.setItemData(place, tooltip(channel.note), Qt.ItemDataRole.ToolTipRole)
        self._box.setCurrentIndex(self._box.findData(chosen))
        view = self._box.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + 24)
        self._box.show()

    def show_nobody(self) -> None:
        """There is nobody to write to."""
        self._to.setText("Nobody chosen yet")
        self._box.clear()
        self._box.hide()

    def show_saved(self, text: str, *, problem: bool) -> None:
        """Tell whether the letter is saved; a problem stands out."""
        self._saved.setText(text)
        self._saved.set_role("cold" if problem else "secondary")
        self._saved.setToolTip(tooltip(text) if problem else "")


class _ChannelBox(QComboBox):
    """As wide as what is chosen, and changed by intent only: turning the wheel over it scrolls the page instead."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.currentIndexChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().horizontalAdvance(self.currentText())
        return QSize(text + self._theme.px(46), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(90), super().minimumSizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Aside(ElidedLabel):
    """One line against the right edge, as much of it as there is room for."""

    def __init__(self) -> None:
        super().__init__("", "secondary")

    def paintEvent(self, event: QPaintEvent) -> None:
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        QPainter(self).drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), text)
