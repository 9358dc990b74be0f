"""The card of the settings page that says how starters are spelled."""

from PySide6.QtWidgets import QComboBox

from warmnote.ui.prompts.stock import StockKeeper
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import Card, PlainLabel, row

__all__ = ["SpellingCard"]


class SpellingCard(Card):
    """British or American, at once. It is off until `follow` says whose spelling it is."""

    def __init__(self, theme: Theme) -> None:
        px = theme.px
        super().__init__((px(16), px(12), px(16), px(12)), px(8))
        self._keeper: StockKeeper | None = None
        self._choice = QComboBox()
        self._choice.setObjectName("settings-spelling")
        self._choice.setAccessibleName("Spelling of the starters")
        self._choice.addItem("British: favourite, neighbour", False)
        self._choice.addItem("American: favorite, neighbor", True)
        self._choice.setEnabled(False)
        self._choice.activated.connect(self._on_chosen)
        self.layout_.addWidget(PlainLabel("Prompts", "heading"))
        self.layout_.addWidget(PlainLabel("How English starters are spelled, your own too.", "secondary", wrap=True))
        self.layout_.addLayout(row(self._choice, 1))

    def follow(self, keeper: StockKeeper | None) -> None:
        """Show and change the spelling that a keeper holds, once there is one."""
        if self._keeper is None and keeper is not None:
            self._keeper = keeper
            keeper.changed.connect(self._show)
            self._choice.setEnabled(True)
            self._show()

    def _show(self) -> None:
        if self._keeper is not None:
            american = self._keeper.stock.shelf.choice.spelling == "american"
            self._choice.setCurrentIndex(self._choice.findData(american))

    def _on_chosen(self) -> None:
        if self._keeper is not None:
            self._keeper.spell(bool(self._choice.currentData()))
