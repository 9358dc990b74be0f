"""Direct messages of an X archive: with whom the user has talked, and when last."""

import html
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from warmnote.followers import jsons, moments, talks, text
from warmnote.followers.talks import Ends
from warmnote.model import Message

__all__ = ["Correspondence"]

_CHANNEL = "x-message"
_NUMBER = re.compile(r"[1-9]\d{0,19}", re.ASCII)
_PAIR = re.compile(r"([1-9]\d{0,19})-([1-9]\d{0,19})", re.ASCII)


@dataclass(slots=True)
class Correspondence:
    """Takes in conversations one by one. Those of more than two are counted in `groups` and left out.

    `said` are the ends of what each account number has said in each conversation of two.
    """

    groups: int = 0
    said: dict[tuple[str, str], dict[str, Ends]] = field(default_factory=dict[tuple[str, str], "dict[str, Ends]"])

    def take(self, element: object) -> None:
        """Take in a conversation; anything else is passed over."""
        conversation = jsons.object_of(element, "dmConversation")
        if not conversation:
            return
        messages = [jsons.object_of(one, "messageCreate") for one in jsons.list_of(conversation, "messages")]
        messages = [one for one in messages if one]
        pair = _pair(jsons.text_of(conversation, "conversationId"), messages)
        if pair is None:
            self.groups += bool(messages)
            return
        held = self.said.setdefault(pair, {})
        for one in messages:
            sender = jsons.text_of(one, "senderId")
            at = moments.read(jsons.text_of(one, "createdAt"))
            if sender in pair and at is not None and (words := _words(one)):
                held[sender] = talks.widened(held.get(sender), (at, words))

    def owner(self) -> str:
        """Whoever has a part in all conversations, if there are at least two; else nothing."""
        shares = Counter(number for pair in self.said for number in set(pair)).most_common(1)
        return shares[0][0] if len(self.said) > 1 and shares[0][1] == len(self.said) else ""

    def with_others(self, owner: str) -> dict[str, tuple[Message, ...]]:
        """The first and the last message each way, by the other's number."""
        found: dict[str, tuple[Message, ...]] = {}
        for pair, said in self.said.items():
            if owner in pair and pair[0] != pair[1]:
                other = pair[1] if pair[0] == owner else pair[0]
                if messages := talks.messages(said.get(owner), said.get(other), _CHANNEL, _plain):
                    found[other] = messages
        return found


def _pair(name: str, messages: Iterable[dict[str, object]]) -> tuple[str, str] | None:
    """The two of a conversation, always in the same order; None if there are more, or if they are not told."""
    match = _PAIR.fullmatch(name)
    people = {match[1], match[2]} if match else set[str]()
    if not match:
        for one in messages:
            people |= {jsons.text_of(one, "senderId"), jsons.text_of(one, "recipientId")}
    if len(people) > 2 or not all(map(_NUMBER.fullmatch, people)):
        return None
    return (min(people), max(people)) if people else None  # twice the same: what the user wrote to themselves


def _words(message: dict[str, object]) -> str:
    """The text with its links as they lead, not as X shortens them."""
    words = jsons.paragraphs_of(message, "text")
    for url in jsons.list_of(message, "urls"):
        short, full = jsons.text_of(url, "url"), jsons.text_of(url, "expanded")
        if short and full:
            words = words.replace(short, full)
    return words or ("(a picture)" if jsons.list_of(message, "mediaUrls") else "")


def _plain(words: str) -> str:
    return text.paragraphs(text.clean(html.unescape(words)))
