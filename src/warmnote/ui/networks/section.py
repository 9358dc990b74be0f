"""Followers from networks, on the import page: the accounts that were named, and a line to name another."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from warmnote.model import Expected, Network
from warmnote.ui.journal import Journal
from warmnote.ui.networks.errands import ASKED, Entry, Errands, Found
from warmnote.ui.networks.rows import AccountCard, TokenBox
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import Card, FlowLayout, PlainLabel, button

__all__ = ["NetworksSection"]

_LIKE = {
    Network.BLUESKY: "ana.bsky.social",
    Network.MASTODON: "ana@mastodon.social",
    Network.GITHUB: "octocat",
}
_ASKS = {
    Network.BLUESKY: "Asks public.api.bsky.app. Names and bios come, the day of the follow does not.",
    Network.MASTODON: "Asks your own server. Names and bios come; the day of the follow with a token only.",
    Network.GITHUB: "Asks api.github.com, which answers sixty questions an hour: profiles come little by little.",
}


class _Handle(QLineEdit):
    """As wide as the longest example it shows, where there is room."""

    def sizeHint(self) -> QSize:
        usual = super().sizeHint()
        return QSize(usual.width() + self.fontMetrics().averageCharWidth() * 14, usual.height())


class NetworksSection(QWidget):
    """Lists the accounts and asks for another; `show_found` shows a list that waits for a decision."""

    def __init__(self, theme: Theme, journal: Journal, errands: Errands, show_found: Callable[[Found], object]) -> None:
        super().__init__()
        self._theme, self._journal, self._errands, self._show_found = theme, journal, errands, show_found
        self._cards: dict[tuple[Network, str], AccountCard] = {}
        px = theme.px
        self._accounts = QVBoxLayout()
        self._accounts.setSpacing(px(10))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(PlainLabel("Or ask a network", "heading", wrap=True))
        column.addWidget(
            PlainLabel(
                "Bluesky, Mastodon and GitHub show who follows you to anyone who asks. Your handle is all it takes, and all "
                "that goes out. They are asked when you say so.",
                "secondary",
                wrap=True,
            )
        )
        column.addLayout(self._accounts)
        column.addWidget(self._form())
        errands.changed.connect(self.refresh)
        errands.refused.connect(self._on_refused)
        journal.changed.connect(self.refresh)
        self.refresh()

    def _form(self) -> Card:
        px = self._theme.px
        self._network = QComboBox()
        self._network.setObjectName("network-choice")
        self._network.setAccessibleName("Network")
        for network in ASKED:
            self._network.addItem(network.label)
        self._handle = _Handle()
        self._handle.setObjectName("network-handle")
        self._handle.setAccessibleName("Your handle")
        self._handle.setMinimumWidth(px(160))
        self._handle.returnPressed.connect(self._on_go)
        self._handle.textEdited.connect(lambda: self._complain(""))
        self._go = button("Look for followers", "", self._on_go, "network-go")
        self._token_link = button("I have a token", "link", self._on_token_wanted, "network-has-token")
        line = QWidget()
        flow = FlowLayout(line, spacing=px(8))
        parts = (self._network, self._handle, self._go, self._token_link)
        height = max(part.sizeHint().height() for part in parts)
        for part in parts:
            part.setMinimumHeight(height)
            flow.addWidget(part)
        self._asks = PlainLabel("", "secondary", wrap=True)
        self._problem = PlainLabel("", "cold", wrap=True, selectable=True)
        self._problem.setObjectName("network-problem")
        self._problem.hide()
        self._token = TokenBox(self._theme)
        self._token.hide()
        card = Card((px(16), px(14), px(16), px(14)), px(8))
        for part in (line, self._problem, self._token, self._asks):
            card.layout_.addWidget(part)
        self._network.currentIndexChanged.connect(self._on_network)
        self._on_network()
        return card

    def refresh(self) -> None:
        """Show the accounts as they stand."""
        records, now = self._journal.reader.batches(), self._journal.clock()
        entries = self._errands.entries()
        keys = {_key(entry) for entry in entries}
        for key in [key for key in self._cards if key not in keys]:
            card = self._cards.pop(key)
            held = card.isAncestorOf(self.window().focusWidget() or self)
            card.hide()
            self._accounts.removeWidget(card)
            card.deleteLater()
            if held:
                self._handle.setFocus(Qt.FocusReason.OtherFocusReason)
        for place, entry in enumerate(entries):
            if (key := _key(entry)) not in self._cards:
                self._cards[key] = AccountCard(self._theme, self._journal, self._errands, self._show_found)
                self._accounts.insertWidget(place, self._cards[key])
            self._cards[key].show_entry(entry, records, now)

    @property
    def _chosen(self) -> Network:
        return ASKED[self._network.currentIndex()]

    def _on_network(self) -> None:
        network = self._chosen
        self._handle.setPlaceholderText(f"Your handle: {_LIKE[network]}")
        self._token_link.setVisible(network is Network.MASTODON)
        self._token.setVisible(False)
        self._complain("")

    def _on_token_wanted(self) -> None:
        self._token.show()
        self._token_link.hide()
        self._token.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_go(self) -> None:
        try:
            account = self._errands.account(self._chosen, self._handle.text())
        except Expected as problem:
            typed = bool(self._handle.text().strip())
            self._complain(problem.message if typed else "Type your handle first.", problem.hint)
            self._handle.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        token = "" if self._token.isHidden() else self._token.token()
        self._complain("")
        self._errands.ask(account, token=token)
        self._handle.clear()
        self._token.field.clear()
        self._token.hide()
        self._token_link.setVisible(self._chosen is Network.MASTODON)

    def _on_refused(self, account: object, problem: Expected) -> None:
        """What was typed comes back, to be put right."""
        from warmnote.networks import Account

        assert isinstance(account, Account)
        if not self._handle.text():
            self._network.setCurrentIndex(ASKED.index(account.network))
            self._handle.setText(account.handle)
        self._complain(problem.message, problem.hint)
        if self.isVisible():
            self._handle.setFocus(Qt.FocusReason.OtherFocusReason)

    def _complain(self, words: str, hint: str = "") -> None:
        """Say what is wrong with what was typed, and what to do about it; "" takes it back."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self._asks.setText(hint if words and hint else _ASKS[self._chosen])


def _key(entry: Entry) -> tuple[Network, str]:
    return entry.account.network, entry.account.handle.lower()
