"""The form for one person: added by hand, or changed. It recognises a pasted address and shows what a bio gives to ask about."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from warmnote import accounts
from warmnote.model import Network, Person
from warmnote.prompts import interests
from warmnote.ui.journal import Journal
from warmnote.ui.scrolled import ScrolledPage
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import FlowLayout, PlainLabel, button, clear, row

__all__ = ["Account", "AddPerson", "recognise"]

Account = accounts.Account

# In the order of the box, which begins with an empty choice and ends with "somewhere else".
_NETWORKS = (*(network for network in Network if network is not Network.OTHER), Network.OTHER)
_PAUSE_MS = 250
_LONGEST_NAME = 200
_LONGEST_BIO = 2000
_MOST_CHIPS = 10


def recognise(text: str, network: Network | None = None) -> Account | None:
    """The account that an address or a handle means; None if it cannot be told.

    A web address, an e-mail address, `@user@server` and `name.bsky.social` tell their network themselves; any other handle
    belongs to `network`.
    """
    text = text.strip().removeprefix("mailto:")
    if (account := accounts.profile(text)) is not None:
        return account
    bare = text.removeprefix("@")
    user, at, server = bare.partition("@")
    if at and network is not Network.MASTODON and not text.startswith("@"):
        whole = user and "." in server.strip(".") and not any(letter.isspace() or letter in "/:" for letter in bare)
        return Account(Network.EMAIL, accounts.by_email(bare), bare, "") if whole else None
    if at:
        return accounts.by_handle(Network.MASTODON, bare)
    if bare.casefold().endswith(".bsky.social"):
        return accounts.by_handle(Network.BLUESKY, bare)
    if "://" in text or network in (Network.EMAIL, None):
        return None
    return accounts.by_handle(network, bare)


class AddPerson(QDialog):
    """Asks for a person, or for changes to one; nothing is written here.

    `accepted_fields` carries a dict of name, bio, location, position and company, all text. A new person's also has `network`
    (a Network or None), `handle` and `url`; the fields of a known person are those that were changed.
    """

    accepted_fields = Signal(object)  # a dict that goes through Qt as one would lose its types

    def __init__(
        self, theme: Theme, journal: Journal, person: Person | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("add-person")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        self._person = person
        self.setWindowTitle("Add a person" if person is None else "Change who this is")
        self._make_fields()
        self._lay_out()
        self._noticing = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._noticing.timeout.connect(self._notice)
        for field in (self._name, self._location, self._handle, self._position, self._company):
            field.textChanged.connect(self._on_changed)
        self._bio.textChanged.connect(self._on_changed)
        self._network.currentIndexChanged.connect(self._on_changed)
        if person is not None:
            self._fill(person)
        self._on_changed()
        self._notice()

    # ------------------------------------------------------------------------------------------------- building

    def _make_fields(self) -> None:
        px = self._theme.px
        self._name = _line("person-name", "Name", _LONGEST_NAME)
        self._network = QComboBox()
        self._network.setObjectName("person-network")
        self._network.setAccessibleName("Where you know them from")
        self._network.addItem("Choose a network")
        self._network.addItems([network.label for network in _NETWORKS[:-1]])
        self._network.addItem("Somewhere else")
        self._handle = _line("person-handle", "Handle or profile address", 500)
        self._handle.setPlaceholderText("@handle, or paste the address of their page")
        self._found = PlainLabel("", "faint", wrap=True)
        self._found.setObjectName("person-found")
        self._location = _line("person-location", "Where they live", 200)
        self._position = _line("person-position", "What they do", 200)
        self._company = _line("person-company", "Where they work", 200)
        self._bio = QPlainTextEdit()
        self._bio.setObjectName("person-bio")
        self._bio.setAccessibleName("Paste their bio or profile text")
        self._bio.setTabChangesFocus(True)
        self._bio.setPlaceholderText("What they say about themselves, in their own words")
        self._bio.setFixedHeight(px(110))
        self._noticed = PlainLabel("", "faint", wrap=True)
        self._noticed.setObjectName("person-noticed")
        self._chips = QWidget()
        self._chips.setObjectName("person-chips")
        self._chip_flow = FlowLayout(self._chips, spacing=px(6))
        self._trouble = PlainLabel("", "warm", wrap=True)
        self._trouble.setObjectName("person-trouble")
        self._trouble.hide()
        self._save = button("Add" if self._person is None else "Save", "primary", self._on_save, "person-save")
        self._save.setDefault(True)

    def _make_form(self) -> QVBoxLayout:
        px = self._theme.px
        form = QVBoxLayout()
        form.setContentsMargins(px(20), px(18), px(20), px(8))
        form.setSpacing(px(4))
        parts: list[tuple[str, *tuple[QWidget, ...]]] = [
            ("Name", self._name),
            ("Handle or profile address", self._handle, self._found),
            ("Where you know them from", self._network),
            ("Paste their bio or profile text", self._bio, self._noticed, self._chips),
            ("Where they live", self._location),
        ]
        if self._person is not None:  # accounts come with an import and stay what they are
            del parts[1:3]
        for title, *fields in parts:
            form.addWidget(_label(title, fields[0]))
            for field in fields:
                form.addWidget(field)
            form.addSpacing(px(8))
        work = QGridLayout()
        work.setSpacing(px(4))
        work.setHorizontalSpacing(px(12))
        for column, (title, field) in enumerate((("What they do", self._position), ("Where they work", self._company))):
            work.addWidget(_label(title, field), 0, column)
            work.addWidget(field, 1, column)
            work.setColumnStretch(column, 1)
        form.addLayout(work)
        form.addStretch(1)
        return form

    def _lay_out(self) -> None:
        px = self._theme.px
        scroll = ScrolledPage()
        form = self._make_form()
        scroll.page.setLayout(form)
        trouble = row(self._trouble)
        trouble.setContentsMargins(px(20), 0, px(20), 0)
        foot = row(1, button("Cancel", "", self.reject, "person-cancel"), self._save)
        foot.setContentsMargins(px(20), px(8), px(20), px(16))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addLayout(trouble)
        layout.addLayout(foot)
        # The whole form and a row of chips, where the screen has room for them; else it scrolls.
        whole = form.sizeHint().height() + foot.sizeHint().height() + px(40)
        room = self.screen().availableSize()
        self.resize(min(px(520), room.width() - 40), min(whole, room.height() - 80))

    def _fill(self, person: Person) -> None:
        self._name.setText(person.name)
        self._bio.setPlainText(person.bio)
        self._bio.document().setModified(False)
        self._location.setText(person.location)
        self._position.setText(person.position)
        self._company.setText(person.company)

    # ------------------------------------------------------------------------------------------------- what happens

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves from the bio, too, where Enter is a new line."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._on_save()
        else:
            super().keyPressEvent(event)

    def _account(self) -> Account | None:
        return recognise(self._handle.text(), self._chosen_network())

    def _chosen_network(self) -> Network | None:
        place = self._network.currentIndex()
        return _NETWORKS[place - 1] if place > 0 else None

    def _on_changed(self) -> None:
        self._trouble.hide()
        account = self._account()
        if account is not None and self._chosen_network() is not account.network:
            self._network.setCurrentIndex(_NETWORKS.index(account.network) + 1)  # comes back here
            return
        self._found.setVisible(account is not None and account.handle != self._handle.text().strip())
        if account is not None:
            named = account.handle or account.url
            self._found.setText(f"{account.network.label}: {named}")
        self._noticing.start()

    def _notice(self) -> None:
        """Show what could be asked about, as soon as the typing pauses."""
        clear(self._chip_flow)
        bio = self._bio.toPlainText()
        found = interests(self._so_far())
        for interest in found[:_MOST_CHIPS]:
            self._chip_flow.addWidget(PlainLabel(f"{interest.kind} {interest.name}", "noticed"))
        self._chips.setVisible(bool(found))
        if len(bio) > _LONGEST_BIO:
            says = f"That is long: Warmnote keeps the first {_LONGEST_BIO:,} characters of {len(bio):,}."
        elif found:
            says = "Warmnote would notice:"
        elif bio.strip():
            says = "Nothing to ask about yet. A hobby, a place or something they posted would help."
        else:
            says = "Warmnote looks here for things worth asking about."
        self._noticed.setText(says)

    def _so_far(self) -> Person:
        return Person(
            id=0,
            name=_one_line(self._name),
            bio=self._bio.toPlainText(),
            location=_one_line(self._location),
            position=_one_line(self._position),
            company=_one_line(self._company),
        )

    def _on_save(self) -> None:
        name, handle = _one_line(self._name), self._handle.text().strip()
        network, account = self._chosen_network(), self._account()
        if not name and not handle:
            needed = "A name or a handle" if self._person is None else "A name"
            self._tell(f"{needed} is needed, so that you know who this is.", self._name)
            return
        if handle and account is None:
            self._tell(_what_is_wrong(handle, network), self._handle)
            return
        fields: dict[str, object] = {
            "name": name or (account.handle or account.url if account is not None else handle),
            "bio": self._bio.toPlainText().strip()[:_LONGEST_BIO],
            "location": _one_line(self._location),
            "position": _one_line(self._position),
            "company": _one_line(self._company),
        }
        if self._person is None:
            fields |= {"network": network, "handle": "", "url": ""}
            if account is not None:
                fields |= {"network": account.network, "handle": account.handle, "url": account.url}
        else:
            fields = {field: value for field, value in fields.items() if self._touched(field)}
        if fields:
            self.accepted_fields.emit(fields)
        self.accept()

    def _touched(self, field: str) -> bool:
        # Not the text itself: a bio may hold what an editor shows differently, and must not change by being looked at.
        widget = getattr(self, f"_{field}")
        return widget.document().isModified() if widget is self._bio else widget.isModified()

    def _tell(self, trouble: str, at: QWidget) -> None:
        self._trouble.setText(trouble)
        self._trouble.show()
        at.setAccessibleDescription(trouble)
        at.setFocus(Qt.FocusReason.OtherFocusReason)


def _what_is_wrong(handle: str, network: Network | None) -> str:
    if "://" in handle or handle.casefold().startswith("www."):
        return "That address does not lead to one person's page. Open their profile and copy the address from there."
    if network is Network.MASTODON:
        return "On Mastodon a handle has two parts, such as @ana@example.social."
    if network is Network.EMAIL:
        return "That is not a whole e-mail address. It needs an @ and what comes after it."
    if any(letter.isspace() for letter in handle):
        return "A handle has no spaces. If this is a name, it belongs in the first line."
    if network is None:
        return "Choose where that handle belongs, or paste the address of their page."
    return f"That does not look like a handle on {network.label}. Paste the address of their page instead."


def _line(name: str, says: str, longest: int) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName(name)
    line.setAccessibleName(says)
    line.setMaxLength(longest)
    return line


def _one_line(field: QLineEdit) -> str:
    return " ".join(field.text().split())


def _label(title: str, field: QWidget) -> QLabel:
    label = PlainLabel(title, "section")
    label.setBuddy(field)
    return label
