"""One account whose followers are asked for: how it stands, and what can be done about it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QLineEdit, QMenu, QProgressBar, QToolButton, QVBoxLayout, QWidget

from warmnote.model import Network
from warmnote.notebook import ImportRecord, Source
from warmnote.ui.journal import Journal
from warmnote.ui.networks.errands import Entry, Errands, Found
from warmnote.ui.theme import Theme
from warmnote.ui.when import day_of, full_day
from warmnote.ui.widgets import Card, ElidedLabel, FlowLayout, PlainLabel, button, row
from warmnote.ui.work import Work

__all__ = ["AccountCard", "TokenBox", "standing"]

_RESUMES = "Stopped. Look again within a day, and it goes on from there."


def standing(source: Source, records: tuple[ImportRecord, ...], now: datetime) -> str:
    """What was asked of whom and when, and what came of it; `records` are the imports, the latest first."""
    if source.synced_at is None:
        return "Not asked yet." if not source.failed else ""
    lists = [one for one in records if one.network is source.network and one.origin.lower() == source.handle.lower()]
    when = _when(source.synced_at, now)
    if not lists:
        came = ""
    elif len(lists) == 1:
        came = ", to begin with"
    else:
        came = f"; {lists[0].new:,} new"
    return f"{source.asked} {when}{came}."


def _when(moment: datetime, now: datetime) -> str:
    days = (day_of(now) - day_of(moment)).days
    day = {0: "Today", 1: "Yesterday"}.get(days, f"On {full_day(day_of(moment))}")
    return f"{day} at {moment.astimezone():%H:%M}"


class AccountCard(Card):
    """Shows an entry; everything it offers goes through the errands."""

    def __init__(self, theme: Theme, journal: Journal, errands: Errands, show_found: Callable[[Found], object]) -> None:
        px = theme.px
        super().__init__((px(16), px(12), px(16), px(12)), px(6))
        self.setObjectName("network-account")
        self._theme, self._journal, self._errands, self._show_found = theme, journal, errands, show_found
        self._entry: Entry | None = None
        self._work: Work | None = None
        self._network = PlainLabel("", "strong")
        self._handle = ElidedLabel("", "secondary")
        self._daily = QCheckBox("Each day")
        self._daily.setObjectName("network-daily")
        self._daily.setToolTip("Asks once a day while Warmnote is open")
        self._daily.toggled.connect(self._on_daily)
        self._look = button("Look again", "", self._on_look, "network-look")
        self._show = button("Show them", "primary", self._on_show, "network-show")
        self._stop = button("Stop", "", self._on_stop, "network-stop")
        self._menu = QMenu(self)
        self._more = QToolButton()
        self._more.setObjectName("network-menu")
        self._more.setIcon(theme.icon("more"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._menu)
        theme.changed.connect(lambda: self._more.setIcon(theme.icon("more")))
        about = QWidget()
        names = row(self._network, self._handle, spacing=px(8))
        names.setStretch(1, 1)
        about.setLayout(names)
        self._about = about
        self._offers = _Offers(px(8), self._daily, self._show, self._look, self._stop, self._more)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(about, 1)
        self._head.addWidget(self._offers)
        self._words = PlainLabel("", "secondary", wrap=True, selectable=True)
        self._words.setObjectName("network-words")
        self._trouble = PlainLabel("", "cold", wrap=True, selectable=True)
        self._trouble.setObjectName("network-trouble")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(px(6))
        self._below = QVBoxLayout()
        self.layout_.addLayout(self._head)
        self.layout_.addWidget(self._bar)
        self.layout_.addWidget(self._words)
        self.layout_.addWidget(self._trouble)
        self.layout_.addLayout(self._below)

    def show_entry(self, entry: Entry, records: tuple[ImportRecord, ...], now: datetime) -> None:
        """Show how an account stands."""
        self._entry = entry
        network, source = entry.account.network, entry.source
        self._network.setText(network.label)
        self._handle.setText(entry.account.shown)
        spoken = f"{entry.account.shown} on {network.label}"
        for control, words in (
            (self._look, "Look again for followers of"),
            (self._show, "Show who was found of"),
            (self._stop, "Stop asking about"),
            (self._daily, "Ask each day about"),
            (self._more, "More about"),
        ):
            control.setAccessibleName(f"{words} {spoken}")
        with QSignalBlocker(self._daily):
            self._daily.setChecked(source is not None and source.daily)
        idle = entry.work is None
        held = self._stop.hasFocus()
        self._daily.setVisible(source is not None)
        self._look.setVisible(idle and entry.found is None)
        self._look.setText("Look again" if source is not None and source.synced_at else "Look for followers")
        self._show.setVisible(idle and entry.found is not None)
        if held and idle:
            (self._look if entry.found is None else self._show).setFocus(Qt.FocusReason.OtherFocusReason)
        self._stop.setVisible(not idle)
        self._more.setVisible(source is not None)
        self._follow(entry.work)
        if idle:
            self._words.setText(self._told(entry, records, now))
        self._words.setVisible(bool(self._words.text()))
        failed = source.failed if source is not None and idle and entry.found is None else ""
        self._trouble.setText(failed)
        self._trouble.setVisible(bool(failed))
        self._fill_menu(entry)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What can be done beside the name, or below it where there is little room."""
        super().resizeEvent(event)
        beside = event.size().width() >= self._theme.px(420)
        self._head.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _told(self, entry: Entry, records: tuple[ImportRecord, ...], now: datetime) -> str:
        if entry.found is not None:
            count = len(entry.found.synced.batch.people)
            return f"{count:,} {'people' if count != 1 else 'person'} found. Nothing has been written yet."
        if entry.stopped:
            return _RESUMES
        return standing(entry.source, records, now) if entry.source is not None else ""

    def _follow(self, work: Work | None) -> None:
        self._bar.setVisible(work is not None)
        if work is self._work:
            return
        self._work = work
        if work is None:
            return
        self._on_progress(work.done, work.total)
        self._words.setText(work.sentence or "Asking.")
        work.progressed.connect(self._on_progress)
        work.said.connect(self._on_said)

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total if done <= total else 0)
        self._bar.setValue(done)
        self._bar.setAccessibleDescription(f"{done:,} of {total:,}" if total else f"{done:,}")

    def _on_said(self, sentence: str) -> None:
        if self._entry is not None and self._entry.work is not None:
            self._words.setText(sentence)
            self._words.setVisible(True)

    def _fill_menu(self, entry: Entry) -> None:
        self._menu.clear()
        if (source := entry.source) is None:
            return
        whole = self._menu.addAction("See the whole list again", lambda: self._errands.ask(entry.account, whole=True))
        whole.setEnabled(entry.work is None)
        if source.network is Network.MASTODON:
            self._menu.addAction("I have a token…", self._on_token)
            self._menu.addAction("Forget the token", lambda: self._errands.forget_token(entry.account))
        self._menu.addSeparator()
        self._menu.addAction("Remove from here", lambda: self._errands.remove(source))

    def _on_look(self) -> None:
        if self._entry is not None:
            self._errands.ask(self._entry.account)
            self._stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_stop(self) -> None:
        if self._entry is not None:
            self._errands.stop(self._entry.account)
            self._words.setText("Stopping.")

    def _on_show(self) -> None:
        if self._entry is not None and self._entry.found is not None:
            self._show_found(self._entry.found)

    def _on_daily(self, on: bool) -> None:
        if self._entry is not None and (source := self._entry.source) is not None:
            self._journal.write(lambda notebook: notebook.sources.set_daily(source, daily=on))

    def _on_token(self) -> None:
        if self._entry is None or self._below.count():
            return
        account = self._entry.account
        box = TokenBox(self._theme)

        def close() -> None:
            box.hide()
            self._below.removeWidget(box)
            box.deleteLater()
            self._more.setFocus(Qt.FocusReason.OtherFocusReason)

        def keep() -> None:
            if token := box.token():
                self._errands.keep_token(account, token)
                close()

        keeper = button("Keep the token", "primary", keep, "network-token-keep")
        box.add(keeper, button("Cancel", "quiet", close, "network-token-cancel"))
        box.field.returnPressed.connect(keep)
        self._below.addWidget(box)
        box.show()  # what is hidden cannot take the focus
        box.field.setFocus(Qt.FocusReason.OtherFocusReason)


class _Offers(QWidget):
    """What can be done, in one line where there is room."""

    def __init__(self, spacing: int, *offers: QWidget) -> None:
        super().__init__()
        self._offers = offers
        self._flow = FlowLayout(self, spacing=spacing)
        height = max(offer.sizeHint().height() for offer in offers)
        for offer in offers:
            offer.setMinimumHeight(height)  # so that their words stand on one line
            self._flow.addWidget(offer)

    def sizeHint(self) -> QSize:
        shown = [offer.sizeHint() for offer in self._offers if not offer.isHidden()]
        width = sum(size.width() + self._flow.spacing() for size in shown) - self._flow.spacing()
        return QSize(max(width, 0), max((size.height() for size in shown), default=0))


class TokenBox(QWidget):
    """A field for a token, with what it is for and where it will lie."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setObjectName("network-token")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName("Access token")
        self.field.setPlaceholderText("Access token")
        self.field.setMinimumWidth(theme.px(200))
        words = PlainLabel(
            "With a token your server also tells the day of each follow, and shows a list that you hide from others. Make one "
            "there under Preferences, Development, with the right to read. It is kept in your system's keyring, in no file "
            "of Warmnote, and goes to your own server alone.",
            "secondary",
            wrap=True,
        )
        line = QWidget()
        self._flow = FlowLayout(line, spacing=theme.px(8))
        self._flow.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(4), 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(words)
        column.addWidget(line)

    def add(self, *offers: QWidget) -> None:
        """Put buttons behind the field."""
        height = max(one.sizeHint().height() for one in (self.field, *offers))
        self.field.setMinimumHeight(height)
        for offer in offers:
            offer.setMinimumHeight(height)
            self._flow.addWidget(offer)

    def token(self) -> str:
        """What was pasted, without the blanks around it."""
        return self.field.text().strip()
