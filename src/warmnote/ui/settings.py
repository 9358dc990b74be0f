"""The settings page: the look, what the meter lets pass, networks, taking people along, and where the data lies."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from warmnote.notebook import Changes
from warmnote.ui.exporting import ExportCard
from warmnote.ui.journal import Journal
from warmnote.ui.meter.waivers import Waiving
from warmnote.ui.networks.looks import LOOK_SETTING, wants_looks
from warmnote.ui.prompts.spelling import SpellingCard
from warmnote.ui.prompts.stock import StockKeeper
from warmnote.ui.theme import Theme, pinned_scheme
from warmnote.ui.waived import AllowedCard, ExcusedCard, RuleOf, RulesOffCard
from warmnote.ui.widgets import Card, PlainLabel, button, row

__all__ = ["SettingsPage"]

_SCHEMES = (("Follow the desktop", ""), ("Light", "light"), ("Dark", "dark"))


class SettingsPage(QWidget):
    """A page of cards; every choice takes effect at once.

    `person_wanted(int)` asks for a person's card; `told(str, str, action)` carries a sentence for the notice bar and
    what its button does.
    """

    person_wanted = Signal(int)
    told = Signal(str, str, object)

    def __init__(
        self,
        theme: Theme,
        journal: Journal,
        rule_of: RuleOf,
        settings: QSettings,
        folder: Path,
        keeper: Callable[[], StockKeeper | None] = lambda: None,
    ) -> None:
        super().__init__()
        self._keeper = keeper
        self._theme, self._journal, self._settings, self._folder = theme, journal, settings, folder
        waiving = Waiving(journal)
        self._rules = RulesOffCard(theme, waiving, rule_of)
        self._excused = ExcusedCard(theme, waiving, rule_of, journal.clock)
        self._excused.person_wanted.connect(self.person_wanted)
        self._allowed = AllowedCard(theme, waiving)
        px = theme.px
        column = QVBoxLayout()
        column.setContentsMargins(px(44), px(30), px(44), px(30))
        column.setSpacing(px(14))
        column.addWidget(PlainLabel("Settings", "title"))
        column.addWidget(self._look())
        self._spelling = SpellingCard(theme)
        column.addWidget(self._spelling)
        column.addWidget(self._rules)
        column.addWidget(self._excused)
        column.addWidget(self._allowed)
        column.addWidget(self._networks())
        self._export = ExportCard(theme, journal)
        self._export.told.connect(self.told)
        column.addWidget(self._export)
        column.addWidget(self._data())
        column.addStretch(1)
        inside = QWidget()
        inside.setProperty("role", "paper")
        inside.setLayout(column)
        inside.setMaximumWidth(px(760))
        self._scroll = scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAlignment(Qt.AlignmentFlag.AlignLeft)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a stop of Tab that nobody sees
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        journal.changed.connect(self._on_changed)
        self._show_waived()

    def _look(self) -> Card:
        card = Card()
        choice = QComboBox()
        choice.setObjectName("settings-scheme")
        choice.setAccessibleName("Light or dark")
        for words, value in _SCHEMES:
            choice.addItem(words, value)
        choice.setCurrentIndex(max(0, choice.findData(self._settings.value("scheme", ""))))
        choice.currentIndexChanged.connect(lambda: self._on_scheme(choice.currentData()))
        card.layout_.addWidget(PlainLabel("Light or dark", "heading"))
        card.layout_.addLayout(row(choice, 1))
        return card

    def _networks(self) -> Card:
        card = Card()
        card.layout_.addWidget(PlainLabel("People on Bluesky", "heading"))
        look = QCheckBox("Look at those I open")
        look.setObjectName("settings-look")
        look.setChecked(wants_looks(self._settings))
        look.toggled.connect(lambda on: self._settings.setValue(LOOK_SETTING, on))
        card.layout_.addWidget(look)
        card.layout_.addWidget(
            PlainLabel(
                "When you open somebody's card, their profile and latest posts are asked of public.api.bsky.app and put on "
                "it. They are not told. Whoever asks not to be shown to apps without a login is left alone. Switched off, "
                "nothing is asked until you press the link on a card.",
                "secondary",
                wrap=True,
            )
        )
        return card

    def show_export(self) -> None:
        """Bring the card into view from which people are taken along."""
        self._scroll.ensureWidgetVisible(self._export)
        self._export.focus_first()

    def _data(self) -> Card:
        card = Card()
        card.layout_.addWidget(PlainLabel("Your data", "heading"))
        card.layout_.addWidget(
            PlainLabel(
                "Your people and your letters stay on this computer. Warmnote sends nothing to the people you write to, and asks "
                "networks for followers only when you say so.",
                "secondary",
                wrap=True,
            )
        )
        card.layout_.addWidget(PlainLabel(str(self._folder), "faint", wrap=True, selectable=True))
        self._samples = button(
            "Remove the sample people", on_click=self._on_remove_samples, name="settings-remove-samples"
        )
        show = button("Show the folder", on_click=self._on_folder, name="settings-folder")
        card.layout_.addLayout(row(show, self._samples, 1))
        self._samples.setVisible(self._journal.reader.has_samples())
        return card

    def refresh(self) -> None:
        """Show everything anew, once the rules are read or another day has come."""
        for card in (self._rules, self._excused, self._allowed):
            card.forget_entries()
        self._show_waived()
        self._spelling.follow(self._keeper())

    def _show_waived(self) -> None:
        reader = self._journal.reader
        self._rules.refresh(reader.rules_off())
        self._excused.refresh(reader.excused())
        self._allowed.refresh(reader.allowed_phrases())

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible():
            self._show_waived()
        self._samples.setVisible(self._journal.reader.has_samples())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _on_scheme(self, value: str) -> None:
        self._settings.setValue("scheme", value)
        self._theme.pin(pinned_scheme(value))

    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _on_remove_samples(self) -> None:
        self._journal.write(lambda notebook: notebook.remove_samples(), notice="The sample people are gone")
