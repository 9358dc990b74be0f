"""Below the list, where it is quiet: the way to the archived, and to people who may be in the notebook twice."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from warmnote.notebook import Counts, View
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import button, rule

__all__ = ["Foot"]


class Foot(QFrame):
    """Is there only while it has something to say. `view_wanted(View)` and `twice_wanted()` ask."""

    view_wanted = Signal(object)
    twice_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("people-foot")
        px = theme.px
        self._to = View.ARCHIVED
        self._pairs = 0
        self._archived = button("", "quiet", lambda: self.view_wanted.emit(self._to), "people-archived")
        self._twice = button("", "link", self.twice_wanted.emit, "people-twice")
        inside = QVBoxLayout()
        inside.setContentsMargins(px(8), px(6), px(8), px(8))
        inside.setSpacing(px(2))
        inside.addWidget(self._twice, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self._archived, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(rule())
        layout.addLayout(inside)
        # Hidden before it has a parent: shown now, it would be a window of its own for a moment.
        for widget in (self._twice, self._archived, self):
            widget.hide()

    def show_counts(self, counts: Counts, view: View) -> None:
        """Offer the archived if there are any, and the way back from them."""
        self._to = View.ALL if view is View.ARCHIVED else View.ARCHIVED
        self._archived.setText("Back to all people" if view is View.ARCHIVED else f"{counts.archived:,} archived")
        self._archived.setVisible(view is View.ARCHIVED or counts.archived > 0)
        self._fit()

    def show_pairs(self, count: int) -> None:
        """Say how many pairs may be one person each."""
        self._pairs = count
        self._twice.setText(
            "1 pair may be the same person" if count == 1 else f"{count:,} pairs may be the same person"
        )
        self._fit()

    def _fit(self) -> None:
        self._twice.setVisible(self._pairs > 0)
        self.setVisible(self._pairs > 0 or not self._archived.isHidden())
