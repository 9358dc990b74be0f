"""The rail at the left: one button for each page, icon and word, the present page in colour."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout

from warmnote.ui.theme import Theme

__all__ = ["Rail"]

_ABOVE = (("today", "Today"), ("people", "People"), ("prompts", "Prompts"))
_BELOW = (("import", "Import"), ("settings", "Settings"))


class Rail(QFrame):
    """`chosen(str)` when the user asks for a page; `show_page` marks the one that is shown."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "rail")
        self.setObjectName("rail")
        px = theme.px
        self.setFixedWidth(px(76))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(8), px(14), px(8), px(14))
        layout.setSpacing(px(6))
        for page, words in _ABOVE:
            layout.addWidget(self._make(page, words))
        layout.addStretch(1)
        for page, words in _BELOW:
            layout.addWidget(self._make(page, words))
        theme.changed.connect(self._on_theme)

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages that have a button."""
        return tuple(self._buttons)

    def show_page(self, page: str) -> None:
        """Mark the page that is shown."""
        self._buttons[page].setChecked(True)

    def allow(self, page: str, *, allowed: bool) -> None:
        """Switch a page's button on or off."""
        self._buttons[page].setEnabled(allowed)

    def _make(self, page: str, words: str) -> QToolButton:
        px = self._theme.px
        made = QToolButton()
        made.setObjectName(f"rail-{page}")
        made.setProperty("role", "rail")
        made.setText(words)
        made.setAccessibleName(words)
        made.setCheckable(True)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setIconSize(QSize(px(20), px(20)))
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setMinimumHeight(px(52))
        made.clicked.connect(lambda: self.chosen.emit(page))
        made.toggled.connect(lambda: self._colour(page))
        self._group.addButton(made)
        self._buttons[page] = made
        self._colour(page)
        return made

    def _colour(self, page: str) -> None:
        made, tokens = self._buttons[page], self._theme.tokens
        made.setIcon(self._theme.icon(page, tokens.ember if made.isChecked() else tokens.soft, self._theme.px(20)))

    def _on_theme(self) -> None:
        for page in self._buttons:
            self._colour(page)
