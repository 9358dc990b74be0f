"""The line on a person's card that offers to look at what they show of themselves on a network."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from warmnote.model import Identity, Network, Person
from warmnote.ui.networks.looks import Looks
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import FlowLayout, PlainLabel, button, clear

if TYPE_CHECKING:
    from warmnote.notebook import Opened

__all__ = ["Glance"]

# Whoever steps through the list does not ask about everyone on the way.
_OPEN_FOR_MS = 1_500


class Glance(QWidget):
    """Offers a look at each account that can be looked at, and says in place how it goes; hidden if there is none.

    `looks_wanted()` tells whether the Bluesky profile of whoever is shown is looked at by itself, once a session.
    """

    def __init__(self, theme: Theme, looks: Looks, looks_wanted: Callable[[], bool]) -> None:
        super().__init__()
        self.setObjectName("glance")
        self._looks, self._looks_wanted = looks, looks_wanted
        self._person: Person | None = None
        self._accounts: tuple[Identity, ...] = ()
        self._links: dict[int, QPushButton] = {}
        self._line = FlowLayout(spacing=theme.px(4))
        self._words = PlainLabel("", "secondary", wrap=True)
        self._words.setObjectName("glance-words")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addLayout(self._line)
        column.addWidget(self._words)
        self._wait = QTimer(self, singleShot=True, interval=_OPEN_FOR_MS)
        self._wait.timeout.connect(self._on_open_for_a_while)
        looks.told.connect(self._on_told)
        self.hide()

    def show_person(self, opened: "Opened") -> None:
        """Offer to look at somebody."""
        person = opened.person
        another = self._person is None or self._person.id != person.id
        self._person = person
        accounts = self._looks.accounts(person)
        if accounts != self._accounts or another:
            self._accounts = accounts
            self._build()
        self.setVisible(bool(accounts))
        self._show_words()
        if another and self._looks_wanted():
            self._wait.start()

    def _build(self) -> None:
        clear(self._line)
        self._links = {}
        for account in self._accounts:
            link = button("", "quiet", partial(self._on_look, account), f"look-{account.network.value}")
            link.setText(f"Look at their {account.network.label} profile and latest posts")
            link.setToolTip(f"Asks {account.network.label} now. They are not told.")
            self._links[account.id] = link
            self._line.addWidget(link)
            link.show()

    def _on_look(self, account: Identity) -> None:
        if self._person is not None:
            self._looks.look(account, self._person.name)

    def _on_open_for_a_while(self) -> None:
        if self._person is None or not self._looks_wanted() or not self.isVisible():
            return
        for account in self._accounts:
            if account.network is Network.BLUESKY and self._looks.said_of(account) is None:
                self._looks.look(account, self._person.name, quiet=True)

    def _on_told(self, account: int, words: str) -> None:
        if account in self._links:
            self._show_words()

    def _show_words(self) -> None:
        said = [words for account in self._accounts if (words := self._looks.said_of(account))]
        self._words.setText("\n".join(said))
        self._words.setVisible(bool(said))
