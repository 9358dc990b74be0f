"""The prompt cards below the letter."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from warmnote.prompts import Prompt
from warmnote.ui.pressable import Pressable
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import PlainLabel, button, row

__all__ = ["PromptCards"]

_CARDS = 3
_CARD_WIDTH = 134


class PromptCards(QWidget):
    """Three prompts side by side, or one below the other where it is narrow.

    `used(Prompt)` when one is taken, by mouse, keyboard or Ctrl+1 to Ctrl+3; `others_wanted()` for three others.
    """

    used = Signal(object)
    others_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("prompt-cards")
        self._theme = theme
        px = theme.px
        self._hint = PlainLabel("Ctrl+1…3 to use, Ctrl+R for others", "faint")
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._title = PlainLabel("Ask about them", "section")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._others = button("Others", "link", self.others_wanted.emit, "other-prompts")
        self._others.setAccessibleDescription("Three other things to ask about")
        head = row(self._title, self._hint, self._others, spacing=px(8))
        head.setStretch(1, 1)
        self._none = PlainLabel("", "secondary", wrap=True)
        self._none.setObjectName("no-prompts")
        self._cards = tuple(_Card(theme, number) for number in range(1, _CARDS + 1))
        for card in self._cards:
            card.chosen.connect(self.used)
            QShortcut(QKeySequence(f"Ctrl+{card.number}"), self).activated.connect(card.choose)
        QShortcut(QKeySequence("Ctrl+R"), self).activated.connect(self._on_others_key)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(8))
        self._grid.addLayout(head, 0, 0, 1, _CARDS)
        self._grid.addWidget(self._none, 1, 0, 1, _CARDS)
        self._columns = 0
        self.show_prompts((), "")

    def show_prompts(self, prompts: Sequence[Prompt], why_none: str = "") -> None:
        """Show up to three prompts; without any, the sentence that says why."""
        for card, prompt in zip(self._cards, [*prompts, *[None] * _CARDS], strict=False):
            card.show_prompt(prompt)
        self._none.setText(why_none)
        self._none.setVisible(not prompts and bool(why_none))
        self._others.setVisible(bool(prompts))
        self._arrange()

    def _on_others_key(self) -> None:
        if not self._others.isHidden():
            self.others_wanted.emit()

    def _arrange(self) -> None:
        beside = self._title.sizeHint().width() + self._others.sizeHint().width() + self._theme.px(24)
        fits = self._hint.sizeHint().width() + beside <= self.width()
        self._hint.setVisible(fits and not self._others.isHidden())
        wide = self.width() >= _CARDS * self._theme.px(_CARD_WIDTH) + 2 * self._grid.horizontalSpacing()
        columns = _CARDS if wide else 1
        if columns == self._columns:
            return
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.removeWidget(card)
            if wide:
                self._grid.addWidget(card, 2, place)
            else:
                self._grid.addWidget(card, 2 + place, 0, 1, _CARDS)
        for column in range(_CARDS):
            self._grid.setColumnStretch(column, 1)

    def minimumSizeHint(self) -> QSize:
        # Three columns must not keep the window from getting narrow enough for one; nothing is ever squeezed in height.
        return QSize(self._theme.px(_CARD_WIDTH), self._grid.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class _Card(Pressable):
    """One prompt: what it is about, the starter, and why it is offered."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, number: int) -> None:
        px = theme.px
        super().__init__((px(14), px(11), px(14), px(11)), px(6))
        self.setObjectName(f"prompt-{number}")
        self.number = number
        self._prompt: Prompt | None = None
        self._title = PlainLabel("", "warm", wrap=True)
        self._starter = PlainLabel("", "prompt", wrap=True)
        self._reason = PlainLabel("", "faint", wrap=True)
        for part in (self._title, self._starter, self._reason):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.layout_.addWidget(part)
        self.layout_.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.clicked.connect(self.choose)

    def show_prompt(self, prompt: Prompt | None) -> None:
        self._prompt = prompt
        self.setVisible(prompt is not None)
        if prompt is None:
            return
        self._title.setText(prompt.title)
        self._starter.setText(prompt.starter)
        self._reason.setText(prompt.reason)
        self.setAccessibleName(f"{prompt.title}: {prompt.starter}")
        self.setAccessibleDescription(f"{prompt.reason}. Ctrl+{self.number} puts it into the letter.")

    def choose(self) -> None:
        if self._prompt is not None:
            self.chosen.emit(self._prompt)
