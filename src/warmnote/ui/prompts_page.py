"""The Prompts page: everything that could be asked of the person on the desk, and all starters by kind."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from warmnote.model import Clock
from warmnote.notebook import Opened
from warmnote.prompts import Prompt, Prompter, Starter, silence
from warmnote.ui.names import first_name
from warmnote.ui.pressable import Pressable
from warmnote.ui.scrolled import ScrolledPage
from warmnote.ui.tasks import Lane, Tasks
from warmnote.ui.theme import Theme
from warmnote.ui.when import day_of
from warmnote.ui.widgets import Card, PlainLabel, clear

__all__ = ["PromptsPage"]

_WIDEST = 892
_FOR_ONE = 18  # as many as one person with a full profile has different things to be asked about


class PromptsPage(ScrolledPage):
    """`used(Prompt)` when a starter for the person on the desk is taken."""

    used = Signal(object)

    def __init__(self, theme: Theme, clock: Clock, tasks: Tasks, prompter: Prompter) -> None:
        super().__init__()
        self.setObjectName("prompts")
        self._theme, self._clock, self._prompter = theme, clock, prompter
        px = theme.px
        self._kinds: list[tuple[PlainLabel, Card, list[tuple[str, PlainLabel]]]] = []
        self._picks: list[tuple[str, Pressable]] = []
        self._search = QLineEdit()
        self._search.setObjectName("prompts-search")
        self._search.setProperty("role", "search")
        self._search.setPlaceholderText("Search the starters")
        self._search.setAccessibleName("Search the starters")
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._filter)
        self._for_whom = PlainLabel("", "heading")
        self._why_none = PlainLabel("", "secondary", wrap=True)
        self._for_one = QVBoxLayout()
        self._for_one.setSpacing(px(8))
        self._all = QVBoxLayout()
        self._all.setSpacing(px(8))
        self._none = PlainLabel("No starter has these words.", "secondary")
        self._none.hide()
        column = QWidget()
        column.setMaximumWidth(px(_WIDEST))
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(10))
        inner.addWidget(PlainLabel("Prompts", "title"))
        inner.addWidget(
            PlainLabel(
                "Beginnings, never whole letters. They ask about the person, and what stands in ⟦brackets⟧ is for you to "
                "fill: only you know it.",
                "lead",
                wrap=True,
            )
        )
        inner.addWidget(self._search)
        inner.addSpacing(px(6))
        inner.addWidget(self._for_whom)
        inner.addWidget(self._why_none)
        inner.addLayout(self._for_one)
        inner.addSpacing(px(6))
        inner.addWidget(PlainLabel("All starters, as they read for somebody invented", "heading"))
        inner.addWidget(self._none)
        inner.addLayout(self._all)
        inner.addStretch(1)
        outer = QHBoxLayout(self.page)
        outer.setContentsMargins(px(44), px(32), px(44), px(32))
        outer.addWidget(column, 1000)
        outer.addStretch(1)
        self.setFocusProxy(self._search)
        # Filling two hundred templates for the first time takes a moment.
        tasks.run(Lane.FILES, self._examples, self._show_all, owner=self)

    def show_for(self, opened: Opened | None) -> None:
        """Show what could be asked of a person; without one, all starters alone."""
        clear(self._for_one)
        self._picks = []
        self._for_whom.setVisible(opened is not None)
        self._why_none.hide()
        if opened is None:
            return
        name = first_name(opened.person.name)
        self._for_whom.setText(f"For {name}")
        today = day_of(self._clock())
        for prompt in self._prompter.suggest(opened.person, opened.messages, opened.used, today, 0, _FOR_ONE):
            pick = self._pick(prompt, name)
            self._picks.append((f"{prompt.title} {prompt.starter}".casefold(), pick))
            self._for_one.addWidget(pick)
        if not self._picks:
            self._why_none.setText(silence(opened.person, opened.messages))
            self._why_none.show()
        self._filter()

    @property
    def kinds(self) -> int:
        """How many kinds of starters are listed; none until the examples are filled."""
        return len(self._kinds)

    def shown(self) -> int:
        """How many starters the search leaves, those for the person included."""
        texts = [label for *_, lines in self._kinds for _, label in lines] + [pick for _, pick in self._picks]
        return sum(not widget.isHidden() for widget in texts)

    def _pick(self, prompt: Prompt, name: str) -> Pressable:
        px = self._theme.px
        pick = Pressable((px(14), px(10), px(14), px(10)), px(2))
        for text, role in ((prompt.title, "warm"), (prompt.starter, "body"), (prompt.reason, "faint")):
            label = PlainLabel(text, role, wrap=True)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            pick.layout_.addWidget(label)
        pick.setAccessibleName(f"Ask {name}: {prompt.starter}")
        pick.clicked.connect(lambda: self.used.emit(prompt))
        return pick

    def _examples(self) -> list[tuple[Starter, str]]:
        return [(starter, starter.fill(starter.example)) for starter in self._prompter.starters]

    def _show_all(self, examples: Sequence[tuple[Starter, str]]) -> None:
        px = self._theme.px
        for kind, group in groupby(examples, key=lambda pair: pair[0].kind):
            heading = PlainLabel(kind.replace("_", " ").capitalize(), "section")
            card = Card((px(14), px(10), px(14), px(10)), px(6))
            lines = [(f"{kind} {text}".casefold(), PlainLabel(text, "body", wrap=True)) for _, text in group]
            for _, label in lines:
                card.layout_.addWidget(label)
            self._all.addWidget(heading)
            self._all.addWidget(card)
            self._kinds.append((heading, card, lines))
        self._filter()

    def _filter(self) -> None:
        words = self._search.text().casefold().split()

        def fits(text: str) -> bool:
            return all(word in text for word in words)

        for text, pick in self._picks:
            pick.setVisible(fits(text))
        some = False
        for heading, card, lines in self._kinds:
            shown = [fits(text) for text, _ in lines]
            for (_, label), on in zip(lines, shown, strict=True):
                label.setVisible(on)
            heading.setVisible(any(shown))
            card.setVisible(any(shown))
            some = some or any(shown)
        self._none.setVisible(bool(self._kinds) and not some)
