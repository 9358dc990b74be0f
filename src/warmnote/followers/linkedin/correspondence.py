"""The conversations of a messages.csv: who stands behind its names and addresses, which side is the user, who talked.

Everybody has an id: the key of their account; where the file has no address, the key under which another file of the
export knows the name; else the name itself behind `_NAMED`, which leads to nobody unless somebody in the file has it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from warmnote import accounts
from warmnote.accounts import Account
from warmnote.followers import text
from warmnote.followers.linkedin.invitations import member
from warmnote.followers.talks import Ends, Said, joined, widened

__all__ = ["Correspondence", "Directory", "Talk"]

_NAMED = "?"
_CLOSED = f"{_NAMED}linkedin member"  # what LinkedIn calls everybody who has left


@dataclass(frozen=True, slots=True)
class Talk:
    """What the user and one other said; either side may have been silent.

    `key` is the other's. `account` is None if the file has their name only. `row` is the first in which they occur.
    """

    key: str
    name: str
    account: Account | None
    row: int
    sent: Ends | None
    received: Ends | None


class Directory:
    """Gives out the ids. `known` are keys by the folded name, `joint` the folded names that have a comma inside."""

    def __init__(self, known: Mapping[str, str], joint: Iterable[str] = ()) -> None:
        self.names: dict[str, str] = {}
        self.accounts: dict[str, Account] = {}
        self.known = known
        self._joint = frozenset(joint)
        self._by_address: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        self._several: dict[tuple[str, str], tuple[str, ...]] = {}

    def id_of(self, name: str, address: str = "") -> str:
        """The id of somebody; empty if neither name nor address says anything."""
        if address:
            found = self._by_address.get(address)
            if found is None:
                account = member(address)
                found = self._by_address[address] = account.key if account is not None else ""
                if account is not None:
                    self.accounts.setdefault(found, account)
            if found:
                if name and found not in self.names:
                    self.names[found] = text.line(name)
                return found
        found = self._by_name.get(name)
        if found is None:
            called = text.line(name)
            folded = accounts.folded(called)
            found = self._by_name[name] = self.known.get(folded) or (f"{_NAMED}{folded}" if folded else "")
            self.names.setdefault(found, called)
        return found

    def ids_of(self, names: str, addresses: str) -> tuple[str, ...]:
        """The ids of several, whose names are joined by what may also stand inside one."""
        found = self._several.get((names, addresses))
        if found is None:
            found = self._several[names, addresses] = self._split(names, addresses)
        return found

    def _split(self, names: str, addresses: str) -> tuple[str, ...]:
        if addresses:
            parts = [part.strip() for part in addresses.replace(";", ",").split(",") if part.strip()]
            return tuple([self.id_of(names if len(parts) == 1 else "", part) for part in parts])
        if ", " in names and not self._is_one(names):
            return tuple([self.id_of(part) for part in names.split(", ")])
        return (self.id_of(names),)

    def bearers(self) -> dict[str, set[str]]:
        """The accounts that have a name, by the id that the name alone would have."""
        found: dict[str, set[str]] = {}
        for one, name in self.names.items():
            if one and not one.startswith(_NAMED):
                found.setdefault(f"{_NAMED}{accounts.folded(name)}", set()).add(one)
        return found

    def _is_one(self, names: str) -> bool:
        folded = accounts.folded(text.line(names))
        return folded in self._joint or folded in self.known


@dataclass(slots=True)
class _Conversation:
    """Of each sender only the first and the last words are kept."""

    row: int
    people: set[str] = field(default_factory=set[str])
    ends: dict[str, Ends] = field(default_factory=dict[str, Ends])

    def rename(self, old: str, new: str) -> None:
        self.people.discard(old)
        self.people.add(new)
        if ends := self.ends.pop(old, None):
            self.ends[new] = joined(self.ends.get(new), ends)


class Correspondence:
    """Takes in messages one by one and tells in the end who talked with whom.

    `left_out` counts what does not count as a talk, by the reason: `group`, and `nameless` for people.
    """

    def __init__(self, directory: Directory) -> None:
        self.left_out: Counter[str] = Counter()
        self._directory = directory
        self._conversations: dict[str, _Conversation] = {}
        self._receivers: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._conversations)

    def take(self, conversation: str, row: int, sender: str, recipients: tuple[str, ...], said: Said | None) -> None:
        """Take in a message; `said` is None if there were no words."""
        held = self._conversations.get(conversation)
        if held is None:
            held = self._conversations[conversation] = _Conversation(row)
        held.people.add(sender)
        held.people.update(recipients)
        if said is not None:
            held.ends[sender] = widened(held.ends.get(sender), said)

    def is_theirs(self, people: Iterable[str]) -> None:
        """Note that the file says of these people that they are the user's side of a message."""
        self._receivers.update(people)

    def owners(self, key: str, name: str) -> frozenset[str]:
        """The ids under which the user occurs; none if it cannot be told which side is theirs.

        `key` and `name` are those of the user's account where another file tells them.
        """
        self._give_names_their_accounts()
        shares = Counter(
            one for talk in self._conversations.values() for one in talk.people if one not in ("", _CLOSED)
        )
        main = key if key in shares else ""
        if not main and self._receivers:
            main = self._receivers.most_common(1)[0][0]
        if not main and name:
            called = accounts.folded(name)
            namesakes = [one for one in shares if accounts.folded(self._directory.names.get(one, "")) == called]
            main = max(namesakes, key=lambda one: (shares[one], one), default="")
        main = main or self._everywhere(shares, name)
        if not main:
            return frozenset()
        names = {name, self._directory.names.get(main, "")} - {""}
        return frozenset({main, *(f"{_NAMED}{accounts.folded(one)}" for one in names)})

    def talks(self, owners: frozenset[str]) -> list[Talk]:
        """The talks with everybody who is known by a key, in the order of the file."""
        found: dict[str, tuple[int, Ends | None, Ends | None]] = {}
        nameless: set[str] = set()
        for conversation in self._conversations.values():
            others = conversation.people - owners - {"", _CLOSED}
            if len(others) != 1:
                self.left_out["group"] += len(others) > 1
                continue
            (other,) = others
            if other.startswith(_NAMED):
                nameless.add(other)
                continue
            row, sent, received = found.get(other, (conversation.row, None, None))
            for sender, ends in conversation.ends.items():
                if sender in owners:
                    sent = joined(sent, ends)
                elif sender == other:
                    received = joined(received, ends)
            found[other] = (min(row, conversation.row), sent, received)
        self.left_out["nameless"] += len(nameless)
        names, known = self._directory.names, self._directory.accounts
        return [
            Talk(other, names.get(other, ""), known.get(other), row, sent, received)
            for other, (row, sent, received) in sorted(found.items(), key=lambda one: one[1][0])
            if sent or received
        ]

    def _give_names_their_accounts(self) -> None:
        """Let a name mean an account where only one bearer is in the conversation, or else in the whole file."""
        bearers = self._directory.bearers()
        for conversation in self._conversations.values():
            for named in [one for one in conversation.people if one.startswith(_NAMED)]:
                everywhere = bearers.get(named, set())
                here = everywhere & conversation.people or everywhere
                if len(here) == 1:
                    conversation.rename(named, next(iter(here)))

    def _everywhere(self, shares: Counter[str], name: str) -> str:
        """Who has a part in most conversations, if that is one alone."""
        most = max(shares.values(), default=0)
        first = [one for one, share in shares.items() if share == most]
        if len(first) > 1:  # a single conversation: whoever is known not to be the user is the other
            known = set(self._directory.known.values())
            first = [one for one in first if one not in known and not (name and self._directory.names.get(one))]
        return first[0] if len(first) == 1 and most * 2 >= len(self._conversations) else ""
