"""The people of an export, one record each, in whichever of its files they are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from warmnote import accounts
from warmnote.accounts import Account
from warmnote.followers.linkedin.invitations import Invitation, Invitations
from warmnote.followers.linkedin.messages import Messages
from warmnote.model import Fact, Incoming, Message, MessageKind, Network, Problem

__all__ = ["Circle"]

_SOURCE = "LinkedIn invitation"
_CHANNEL = "linkedin-note"
_SHARED = -1  # in the index of names: more than one has it
_SAME_NOTE = timedelta(days=2)


class Circle:
    """Starts with the connections; `invite` and `talk` add to them what the other files know.

    Whoever asked to connect is added as somebody who follows; the others only add to people who are known already.
    `addressed` is False for connections without profile addresses: they are found by their names, if nobody shares them.
    """

    def __init__(self, connections: Sequence[Incoming], *, addressed: bool) -> None:
        self.skipped: list[Problem] = []
        self.unmatched = 0  # notes to people of whom only a name is known, and nobody here has it
        self._people = list(connections)
        self._addressed = addressed
        self._keys: dict[str, int] = {}
        self._named: dict[str, int] = {}
        self._indexed = 0
        self._facts: dict[int, list[Fact]] = {}
        self._messages: dict[int, list[Message]] = {}

    def people(self) -> tuple[Incoming, ...]:
        """Everybody: connections first, then who asked to connect, then those of whom only words are known."""
        for index in self._facts.keys() | self._messages.keys():
            person = self._people[index]
            facts = dict.fromkeys((*person.facts, *self._facts.get(index, ())))
            messages = sorted(self._messages.get(index, ()), key=lambda message: (message.at, message.kind))
            self._people[index] = replace(person, facts=tuple(facts), messages=tuple(messages))
        return tuple(self._people)

    def keys_by_name(self, without: str = "") -> dict[str, str]:
        """The keys of those whose name nobody shares, by the folded name; `without` is the user's own."""
        own = accounts.folded(without)
        return {
            name: self._people[index].key for name, index in self._names().items() if index != _SHARED and name != own
        }

    def invite(self, invitations: Invitations, file: str = "") -> None:
        """Add who asked to connect, with their note, and the notes that the user wrote; `file` is named in reasons."""
        for one in invitations.all:
            if one.incoming:
                self._asked(one, file)
        for one in invitations.all:
            if not one.incoming and one.text and one.at is not None:
                self._wrote(one)

    def talk(self, messages: Messages) -> None:
        """Add the ends of the talks with everybody."""
        for talk in messages.said:
            index = self._by_key().get(talk.key)
            if index is None and talk.account is not None:
                index = self._find(talk.account, talk.name)
                index = self._add(talk.row, talk.account, talk.name, follows=False) if index is None else index
            if index is None:
                continue
            notes = [note for note in self._messages.get(index, []) if not _is_among(note, talk.messages)]
            self._messages[index] = [*notes, *talk.messages]

    def _asked(self, one: Invitation, file: str) -> None:
        index = self._find(one.account, one.name)
        if index is None and one.account is None and self._names().get(accounts.folded(one.name)) == _SHARED:
            reason = (
                f"several of your connections are called “{one.name}”, and the file has no address to tell them apart"
            )
            self.skipped.append(Problem(one.row, file, reason))
            return
        if index is None:
            index = self._add(one.row, one.account, one.name, follows=True)
        if one.text:
            day = one.at.date() if one.at is not None else None
            self._facts.setdefault(index, []).append(Fact("invitation", one.text, _SOURCE, day, shared=True))

    def _wrote(self, one: Invitation) -> None:
        index = self._find(one.account, one.name)
        if index is None and one.account is None:
            self.unmatched += 1
            return
        if index is None:
            index = self._add(one.row, one.account, one.name, follows=False)
        if one.at is not None:
            self._messages.setdefault(index, []).append(Message(MessageKind.SENT, one.text, one.at, _CHANNEL))

    def _find(self, account: Account | None, name: str) -> int | None:
        if account is not None:
            index = self._by_key().get(account.key)
            if index is not None or self._addressed:
                return index
        index = self._names().get(accounts.folded(name), _SHARED)
        if index == _SHARED or (account is not None and self._people[index].key.startswith("/")):
            return None
        return index

    def _add(self, row: int, account: Account | None, name: str, *, follows: bool) -> int:
        index = len(self._people)
        shown = name or (account.handle or account.key if account is not None else "")
        person = Incoming(
            row=row,
            network=Network.LINKEDIN,
            key=account.key if account is not None else accounts.by_name(name),
            name=shown,
            handle=account.handle if account is not None else "",
            url=account.url if account is not None else "",
            follows=follows,
            only_known=not follows,
        )
        self._people.append(person)
        return index

    def _by_key(self) -> Mapping[str, int]:
        """Where each person stands. This and `_names` are made when first asked for: connections alone need neither."""
        for index in range(len(self._keys), len(self._people)):
            self._keys[self._people[index].key] = index
        return self._keys

    def _names(self) -> Mapping[str, int]:
        """Where the bearer of each name stands."""
        for index in range(self._indexed, len(self._people)):
            folded = accounts.folded(self._people[index].name)
            self._named[folded] = _SHARED if folded in self._named else index
        self._indexed = len(self._people)
        return self._named


def _is_among(note: Message, messages: Sequence[Message]) -> bool:
    """Whether a note went on to be the first message of the talk: there it has the better time."""
    words = note.text.split()
    return any(
        message.kind is note.kind and abs(message.at - note.at) <= _SAME_NOTE and message.text.split() == words
        for message in messages
    )
