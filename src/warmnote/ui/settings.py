"""The settings page: the look, the rules that are switched off, and where the data lies."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from warmnote.notebook import Changes
from warmnote.ui.journal import Journal
from warmnote.ui.theme import Theme, pinned_scheme
from warmnote.ui.widgets import Card, PlainLabel, button, clear, row

__all__ = ["SettingsPage"]

_SCHEMES = (("Follow the desktop", ""), ("Light", "light"), ("Dark", "dark"))


class SettingsPage(QWidget):
    """A short page of cards; every choice takes effect at once."""

    noticed = Signal(str)

    def __init__(
        self, theme: Theme, journal: Journal, rule_title: Callable[[str], str], settings: QSettings, folder: Path
    ) -> None:
        super().__init__()
        self._theme, self._journal, self._settings, self._folder = theme, journal, settings, folder
        self._rule_title = rule_title
        px = theme.px
        column = QVBoxLayout()
        column.setContentsMargins(px(44), px(30), px(44), px(30))
        column.setSpacing(px(14))
        column.addWidget(PlainLabel("Settings", "title"))
        column.addWidget(self._look())
        column.addWidget(self._rules_card())
        column.addWidget(self._data())
        column.addStretch(1)
        inside = QWidget()
        inside.setProperty("role", "paper")
        inside.setLayout(column)
        inside.setMaximumWidth(px(760))
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAlignment(Qt.AlignmentFlag.AlignLeft)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a stop of Tab that nobody sees
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        journal.changed.connect(self._on_changed)
        self._fill_rules()

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

    def _rules_card(self) -> Card:
        card = Card()
        card.layout_.addWidget(PlainLabel("Rules you switched off", "heading"))
        self._rules = QVBoxLayout()
        self._rules.setSpacing(self._theme.px(4))
        card.layout_.addLayout(self._rules)
        return card

    def _data(self) -> Card:
        card = Card()
        card.layout_.addWidget(PlainLabel("Your data", "heading"))
        card.layout_.addWidget(
            PlainLabel(
                "Everything stays on this computer. Warmnote sends nothing, to the people you write to or to anyone else.",
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

    def _fill_rules(self) -> None:
        clear(self._rules)
        off = sorted(self._journal.reader.rules_off())
        if not off:
            self._rules.addWidget(
                PlainLabel(
                    "None. A mark's menu offers “Never this rule”; it is listed here and can be put back.",
                    "secondary",
                    wrap=True,
                )
            )
        for rule_id in off:
            title = self._rule_title(rule_id)
            turn_on = button("Use it again", "link", name=f"rule-on-{rule_id}")
            turn_on.clicked.connect(
                lambda _=False, rule_id=rule_id: self._journal.write(lambda notebook: notebook.turn_on_rule(rule_id))
            )
            turn_on.setAccessibleName(f"Use the rule {title} again")
            self._rules.addLayout(row(PlainLabel(f"{title} ({rule_id})"), 1, turn_on))

    def _on_changed(self, changes: Changes) -> None:
        self._fill_rules()
        self._samples.setVisible(self._journal.reader.has_samples())

    def _on_scheme(self, value: str) -> None:
        self._settings.setValue("scheme", value)
        self._theme.pin(pinned_scheme(value))

    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _on_remove_samples(self) -> None:
        self._journal.write(lambda notebook: notebook.remove_samples(), notice="The sample people are gone")
