"""How to get a file out of each network, address book and customer list: short cards, two beside each other."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from warmnote.ui.theme import Theme
from warmnote.ui.widgets import Card, PlainLabel

__all__ = ["SourceCards"]

_SOURCES = (
    (
        "LinkedIn",
        (
            "Settings, Data privacy, Get a copy of your data. A mail with a link follows; drop the zip as it is. The larger "
            "archive has invitations and messages too."
        ),
    ),
    (
        "X",
        (
            "Settings, Your account, Download an archive of your data. It lists followers by number; names are found where "
            "you wrote to each other."
        ),
    ),
    (
        "Instagram and Threads",
        (
            "Accounts Center, Your information and permissions, Export your information. Choose followers and following, "
            "all time, as JSON. It has names of accounts, no bios."
        ),
    ),
    (
        "Facebook",
        "Accounts Center, Export your information. Choose friends and followers, all time, as JSON.",
    ),
    (
        "TikTok",
        "Settings and privacy, Account, Download your data, as JSON. It is ready after a few days.",
    ),
    (
        "Address books",
        "In Google Contacts, Apple Contacts, Outlook, Thunderbird or on a phone: export as vCard or as CSV.",
    ),
    (
        "Customer lists",
        "In HubSpot, Pipedrive, Salesforce, Zoho, Mailchimp or Brevo: export the contacts as CSV or Excel.",
    ),
    (
        "Any spreadsheet",
        "CSV, Excel or LibreOffice, one person to a row. If the headings leave it open, you say what the columns mean.",
    ),
)


class SourceCards(QWidget):
    """One card for each kind of source; a narrow window has them below each other."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(12))
        self._cards: list[Card] = []
        self._columns = 0
        for heading, words in _SOURCES:
            card = Card()
            card.layout_.addWidget(PlainLabel(heading, "heading", wrap=True))
            card.layout_.addWidget(PlainLabel(words, "secondary", wrap=True))
            card.layout_.addStretch(1)
            self._cards.append(card)
        self._arrange(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two beside each other where there is room."""
        super().resizeEvent(event)
        self._arrange(2 if event.size().width() >= self._theme.px(600) else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
