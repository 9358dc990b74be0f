"""Looks at single people: what they show of themselves on a network, put on their card."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

from warmnote.model import Batch, Expected, Identity, Network, Person
from warmnote.notebook import Notebook, Preview
from warmnote.ui.journal import Journal
from warmnote.ui.names import first_name
from warmnote.ui.networks.errands import ASKED, Errands
from warmnote.ui.tasks import Lane
from warmnote.ui.work import Work

if TYPE_CHECKING:
    from warmnote.notebook import Changes

__all__ = ["LOOK_SETTING", "Looks", "wants_looks"]

LOOK_SETTING = "networks/look"
_Answer = tuple[Batch, Preview] | None


def wants_looks(settings: QSettings) -> bool:
    """Whether the user wants the Bluesky profiles of people they open looked at by itself; off until they say so."""
    return bool(settings.value(LOOK_SETTING, False, type=bool))


class Looks(QObject):
    """Reads the profile and last posts of one account at a time, when asked to.

    `told(int, str)`: what to say of the look at an account (its id), while it goes on and in the end; "" for nothing.
    """

    told = Signal(int, str)

    def __init__(self, errands: Errands, journal: Journal) -> None:
        super().__init__(errands)
        self._errands, self._journal = errands, journal
        self._under_way: set[int] = set()
        self._said: dict[int, str] = {}

    @staticmethod
    def accounts(person: Person) -> tuple[Identity, ...]:
        """Those of a person's accounts that can be looked at. The invented people have none."""
        if person.is_sample:
            return ()
        return tuple(
            one
            for one in person.identities
            if one.id and one.network in ASKED and (one.network is not Network.MASTODON or "@" in one.key)
        )

    def said_of(self, account: Identity) -> str | None:
        """What was last said of an account in this session; None if it was not looked at."""
        return self._said.get(account.id)

    def look(self, account: Identity, name: str, *, quiet: bool = False) -> None:
        """Look at one account of somebody. `quiet`: the user did not ask just now, so only a find is told."""
        if account.id in self._under_way:
            return
        self._under_way.add(account.id)
        work = self._errands.begin()
        if not quiet:
            work.said.connect(partial(self._say, account))
        self._say(account, "" if quiet else f"Asking {account.network.label}.")

        def question(notebook: Notebook) -> _Answer:
            from warmnote import networks

            batches = networks.look(
                [account],
                self._errands.memory(),
                base_urls=self._errands.base_urls,
                on_status=work.say,
                cancelled=work.cancelled,
                manners=self._errands.manners,
            )
            return (batches[0], notebook.preview(batches[0])) if batches else None

        self._journal.ask(
            question,
            lambda answer: self._on_answer(account, name, work, answer, quiet=quiet),
            lambda error: self._on_failed(account, work, error, quiet=quiet),
            self,
            Lane.NETWORKS,
        )

    def _on_answer(self, account: Identity, name: str, work: Work, answer: _Answer, *, quiet: bool) -> None:
        if answer is None or not answer[1].changed:
            reason = next((problem.reason for problem in answer[0].skipped), "") if answer is not None else ""
            words = (
                f"{first_name(name)} {reason}." if reason.startswith("asks") else f"{reason[:1].upper()}{reason[1:]}."
            )
            self._end(account, work, words if reason else "" if quiet else "Nothing that is not here already.")
            return
        batch = answer[0]
        self._journal.write(
            lambda notebook: notebook.import_batch(batch),
            lambda _: self._end(account, work, ""),
            notice=lambda changes: "" if quiet else _notice(changes, batch, name),
            failed=lambda error: self._on_failed(account, work, error, quiet=quiet),
        )

    def _on_failed(self, account: Identity, work: Work, error: BaseException, *, quiet: bool) -> None:
        # Whoever did not ask is not told that there is no internet.
        self._end(account, work, str(error) if isinstance(error, Expected) and not quiet else "")
        if not isinstance(error, Expected):
            raise error

    def _end(self, account: Identity, work: Work, words: str) -> None:
        self._under_way.discard(account.id)
        self._errands.end(work)
        self._say(account, words)

    def _say(self, account: Identity, words: str) -> None:
        self._said[account.id] = words
        self.told.emit(account.id, words)


def _notice(changes: "Changes", batch: Batch, name: str) -> str:
    posts = sum(fact.kind == "post" for person in batch.people for fact in person.facts)
    latest = {0: "", 1: " and latest post"}.get(posts, f" and {posts} latest posts")
    return f"{first_name(name)}: profile{latest} read from {batch.network.label}"
