"""Errands to networks: each runs beside the window, and what it brings goes into the notebook.

A first list waits for the user's decision; later ones are taken in at once, with an undo. What an account was asked
stands with the account; nothing here opens a dialog.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from warmnote.model import Batch, Expected, Network
from warmnote.notebook import Changes, Notebook, Preview, Source
from warmnote.ui.journal import Journal
from warmnote.ui.tasks import Lane
from warmnote.ui.work import Work

if TYPE_CHECKING:  # with its event loop it is not needed until somebody asks
    from warmnote.networks import Account, Manners, Memory, Synced, Tokens

__all__ = ["ASKED", "Entry", "Errands", "Found"]

ASKED = (Network.BLUESKY, Network.MASTODON, Network.GITHUB)
"""The networks that can be asked, as `warmnote.networks` has them."""

_FIRST_CHECK_MS = 15_000
_CHECK_MS = 60 * 60 * 1000
_Key = tuple[Network, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What a network answered, before anything of it is written."""

    account: "Account"
    synced: "Synced"


@dataclass(frozen=True, slots=True)
class Entry:
    """One account and how it stands: being asked (`work`), answered and undecided (`found`), or as `source` says.

    `stopped`: the user stopped it in this session. `source` is None for an account that never answered.
    """

    account: "Account"
    source: Source | None = None
    work: Work | None = None
    found: Found | None = None
    stopped: bool = False


class Errands(QObject):
    """Asks for followers, and keeps what is under way.

    `changed()`: an account has come, gone, or stands otherwise. `found(Found)`: a list waits for a decision.
    `refused(Account, Expected)`: an account that is not among the sources could not be asked.
    """

    changed = Signal()
    found = Signal(object)
    refused = Signal(object, object)

    def __init__(
        self,
        journal: Journal,
        folder: Path,
        base_urls: Mapping[Network, str] | None = None,
        manners: "Manners | None" = None,
    ) -> None:
        """`folder` keeps what is remembered between two askings. `base_urls` and `manners` are for tests."""
        super().__init__()
        self._journal, self._folder, self.manners = journal, folder, manners
        self.base_urls = dict(base_urls or {})
        self._running: dict[_Key, tuple[Account, Work]] = {}
        self._found: dict[_Key, Found] = {}
        self._stopped: set[_Key] = set()
        self._removed: set[_Key] = set()
        self._works: list[Work] = []
        self._kept_tokens: Tokens | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._timer = QTimer(self, interval=_CHECK_MS)
        self._timer.timeout.connect(self.ask_due)

    # which accounts

    def account(self, network: Network, typed: str) -> "Account":
        """The account that was typed or pasted. Raises Expected."""
        from warmnote import networks

        return networks.account(network, typed, self.base_urls.get(network, ""))

    def entries(self) -> tuple[Entry, ...]:
        """Every account that was named, in the order in which they were, then those being asked for the first time."""
        sources = {(source.network, source.handle.lower()): source for source in self._journal.reader.sources.all()}
        entries = [self._entry(key, source) for key, source in sources.items()]
        new = [key for key in (*self._running, *self._found) if key not in sources]
        return (*entries, *(self._entry(key, None) for key in dict.fromkeys(new)))

    def _entry(self, key: _Key, source: Source | None) -> Entry:
        running, found = self._running.get(key), self._found.get(key)
        if running is not None:
            account = running[0]
        elif found is not None:
            account = found.account
        else:
            assert source is not None
            account = self.of_source(source)
        work = running[1] if running is not None else None
        return Entry(account, source, work, found, key in self._stopped)

    def of_source(self, source: Source) -> "Account":
        """The account that a source stands for."""
        from warmnote.networks import Account

        return Account(source.network, source.handle, self.base_urls.get(source.network, ""))

    # asking for followers

    def ask(self, account: "Account", *, token: str = "", whole: bool = False, quiet: bool = False) -> None:
        """Ask for an account's followers; a `token` is kept first. `quiet`: the user did not ask just now."""
        key = _key(account)
        if key in self._running or self._closed:
            return
        work = self.begin()
        self._running[key] = account, work
        self._found.pop(key, None)
        self._stopped.discard(key)
        self._removed.discard(key)
        self.changed.emit()

        def question(notebook: Notebook) -> Found:
            from warmnote import networks

            synced = networks.sync(
                account,
                self.memory(),
                partial(notebook.sources.known, account.network),
                whole=whole or notebook.sources.walk_is_due(account),
                token=self._token(account, token),
                on_status=work.say,
                progress=work.progress,
                cancelled=work.cancelled,
                manners=self.manners,
            )
            return Found(account, synced)

        def compared(notebook: Notebook) -> tuple[Found, Preview]:
            found = question(notebook)
            work.say("Comparing with your notebook.")
            return found, notebook.preview(found.synced.batch, cancelled=work.cancelled)

        self._journal.ask(
            compared,
            lambda answer: self._on_answered(work, *answer, quiet=quiet),
            lambda error: self._on_failed(account, work, error, quiet=quiet),
            self,
            Lane.NETWORKS,
        )

    def ask_due(self) -> None:
        """Ask those that the user wants to be asked each day and that were not asked today."""
        for source in self._journal.reader.sources.due() if not self._closed else ():
            account = self.of_source(source)
            if _key(account) not in self._found:
                self.ask(account, quiet=True)

    def start_daily(self) -> None:
        """Look now and then, from a moment after the start on, whether an account is due."""
        QTimer.singleShot(_FIRST_CHECK_MS, self, self.ask_due)
        self._timer.start()

    def stop(self, account: "Account") -> None:
        """Stop asking; the pages that were read are kept, and the next time goes on from there."""
        if (running := self._running.get(_key(account))) is not None:
            running[1].cancel()

    def remove(self, source: Source) -> None:
        """Ask an account no more; everybody who came from it stays, and its token goes."""
        account = self.of_source(source)
        self.stop(account)
        self._removed.add(_key(account))
        self._found.pop(_key(account), None)
        if source.network is Network.MASTODON:
            self.forget_token(account, quiet=True)
        self._journal.write(lambda notebook: notebook.sources.remove(source), notice=lambda changes: changes.label)

    def drop(self, found: Found) -> None:
        """Do without a list that waits."""
        if self._found.get(_key(found.account)) is found:
            del self._found[_key(found.account)]
            self.changed.emit()

    def import_found(self, notebook: Notebook, found: Found, since: date | None, work: Work) -> Changes:
        """Take a list in; on the store lane. Raises Cancelled."""
        changes = notebook.import_batch(found.synced.batch, since, work.progress, work.cancelled)
        notebook.sources.record(found.account, found.synced)
        return changes

    def imported(self, found: Found) -> None:
        """A list that waited was taken in."""
        self._found.pop(_key(found.account), None)
        self.changed.emit()

    def _on_answered(self, work: Work, found: Found, preview: Preview, *, quiet: bool) -> None:
        key = _key(found.account)
        if work.cancelled():
            self._settle(key, work, stopped=True)
            return
        source = self._source(key)
        first = source is None or source.synced_at is None or preview.baseline
        if first and preview.new + preview.changed:
            self._found[key] = found
            self._settle(key, work)
            if source is None:
                # So that the account is still there tomorrow, whatever becomes of the list.
                self._journal.write(lambda notebook: notebook.sources.add(found.account))
            if not quiet:
                self.found.emit(found)
            return
        work.say("Writing into your notebook.")
        self._journal.write(
            lambda notebook: self.import_found(notebook, found, None, work),
            lambda _: self._settle(key, work),
            notice=lambda changes: told(changes, found.synced.batch, quiet=quiet),
            failed=lambda error: self._on_failed(found.account, work, error, quiet=quiet),
        )

    def _on_failed(self, account: "Account", work: Work, error: BaseException, *, quiet: bool) -> None:
        key, known = _key(account), self._source(_key(account)) is not None
        stopped = work.cancelled()
        self._settle(key, work, stopped=stopped)
        if self._closed or (stopped and key in self._removed):
            return
        if not isinstance(error, Expected):
            raise error
        if stopped:
            if not known:
                self._journal.write(lambda notebook: notebook.sources.add(account))
        elif known:
            self._journal.write(lambda notebook: notebook.sources.record_failure(account, error))
        elif not quiet:
            self.refused.emit(account, error)

    def _settle(self, key: _Key, work: Work, *, stopped: bool = False) -> None:
        self._running.pop(key, None)
        if stopped:
            self._stopped.add(key)
        self.end(work)
        self.changed.emit()

    def _source(self, key: _Key) -> Source | None:
        sources = self._journal.reader.sources.all()
        return next((source for source in sources if (source.network, source.handle.lower()) == key), None)

    # tokens

    def keep_token(self, account: "Account", token: str) -> None:
        """Keep the token of an account in the system's keyring; the notice bar tells how that went."""

        def told_of(warning: str) -> None:
            place = f"The token is kept in your system's keyring. It goes to {account.handle.rpartition('@')[2]} alone."
            self._journal.noticed.emit(warning or place, None)

        self._journal.ask(lambda _: self._tokens().keep(account, token), told_of, owner=self, lane=Lane.NETWORKS)

    def forget_token(self, account: "Account", *, quiet: bool = False) -> None:
        """Forget the token of an account."""

        def told_of(_: object) -> None:
            if not quiet:
                self._journal.noticed.emit(f"The token of {account.shown} is forgotten", None)

        self._journal.ask(lambda _: self._tokens().forget(account), told_of, owner=self, lane=Lane.NETWORKS)

    def _token(self, account: "Account", token: str) -> str:
        if account.network is not Network.MASTODON:
            return ""
        if token:
            self._tokens().keep(account, token)
        return token or self._tokens().find(account)

    def _tokens(self) -> "Tokens":
        with self._lock:
            if self._kept_tokens is None:
                from warmnote.networks import Tokens

                self._kept_tokens = Tokens()
            return self._kept_tokens

    # what every errand needs

    def memory(self) -> "Memory":
        """What is remembered between two askings."""
        from warmnote.networks import Memory

        return Memory(self._folder)

    def begin(self) -> Work:
        """A piece of work that `close` stops; it ends with `end`."""
        work = Work(self)
        self._works.append(work)
        return work

    def end(self, work: Work) -> None:
        """The work is over."""
        self._works.remove(work)
        work.deleteLater()

    def close(self) -> None:
        """Stop everything that is under way; nothing is asked any more."""
        self._closed = True
        self._timer.stop()
        for work in self._works:
            work.cancel()


def told(changes: Changes, batch: Batch, *, quiet: bool) -> str:
    """What came of asking again, for the notice bar; "" for nothing new that nobody asked about just now."""
    network = batch.network.label
    if new := len(changes.added):
        return f"{new:,} new follower{'s' if new > 1 else ''} from {network}"
    if quiet:
        return ""
    if changed := len(changes.changed):
        return f"Nobody new from {network}; {changed:,} {'people' if changed > 1 else 'person'} changed"
    return f"Nobody new from {network}"


def _key(account: "Account") -> _Key:
    return account.network, account.handle.lower()
