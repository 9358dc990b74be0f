"""Whether they asked about the user's work: noticed by the meter, decided by the user."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from warmnote.ui.theme import Theme
from warmnote.ui.widgets import PlainLabel, button, row

__all__ = ["AskedRow"]


class AskedRow(QWidget):
    """A box to tick, shown while their word is the last one.

    `changed(bool | None)`: True or False when the user decides, None to leave it to the meter again.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._box = QCheckBox("They asked about my work")
        self._box.setObjectName("asked")
        self._box.setToolTip("An answer to their question may speak of an offer, a link or a meeting.")
        self._box.clicked.connect(lambda ticked: self.changed.emit(bool(ticked)))
        self._how = PlainLabel("", "faint", wrap=True)
        self._reset = button("Leave it to the meter", "link", lambda: self.changed.emit(None), "asked-reset")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addWidget(self._box)
        line = row(self._how, self._reset)
        line.setStretch(0, 1)
        line.setContentsMargins(theme.px(24), 0, 0, 0)
        column.addLayout(line)
        self.hide()

    def show_last(self, their_last: str, decided: bool | None, noticed: bool) -> None:
        """Show the state for their last message (empty: not shown): the user's word, or else what the meter noticed."""
        self.setVisible(bool(their_last))
        self._box.setChecked(noticed if decided is None else decided)
        if decided is not None:
            self._how.setText("You said so")
        else:
            self._how.setText("Noticed in their last message" if noticed else "Nothing like it in their last message")
        self._reset.setVisible(decided is not None)
        self._box.setAccessibleDescription(self._how.text())
