"""What the last exchange offers to come back to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from warmnote.model import Message, MessageKind

__all__ = ["SETTLED_DAYS", "Exchange", "last_exchange", "unanswered"]

_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_QUESTION = re.compile(r"[^.!?…\n]{3,}\?")
_PROMISE = re.compile(
    r"(?i)\bi(?:['’]ll| will| promise to)\s+(?:send|find|look up|dig out|look for|bring|write down|pass on|forward|post|share)\s+"
    r"(?:you\s+)?(?P<what>(?:the|that|my|our|a|an)\s+[^.!?,;:\n]{3,60})"
)
_PLAN = re.compile(
    r"(?i)\b(?:i['’]m|i am|we['’]re|we are)\s+(?:about|going|off|planning|hoping)\s+to\s+(?P<what>[^.!?,;:\n]{4,60})"
)
_LEAVE_ME = re.compile(
    r"(?i)\b(?:(?:please\s+)?(?:stop|don['’]?t)\s+(?:writing|messaging|contacting|write|message|contact|dm(?:ing)?|text(?:ing)?)\b"
    r"|(?:please\s+)?leave me (?:alone|be|in peace)|not interested|unsubscribe|remove me|take me off|no more messages"
    r"|do not (?:contact|write|message))"
)
_TAIL = re.compile(
    r"(?i)\s+(?:tomorrow|tonight|today|soon|next \w+|this \w+|on \w+day|in the morning|as soon as .*|when .*|if .*)$"
)
_YOURS = {"my": "your", "our": "your", "me": "you", "mine": "yours", "myself": "yourself", "us": "you", "i": "you"}
SETTLED_DAYS = 5  # a plan younger than this is probably still ahead


@dataclass(frozen=True, slots=True)
class Exchange:
    """Where two people left off. Texts are empty where there is nothing of the kind.

    `on` is the day of the last word of either; `theirs` their last message; `quote` a short statement out of it;
    `plan` what they were going to do, in the words one would answer with ("repaint your boat"); `promise` what the user
    said they would send. `asked`: their last word holds a question; `their_turn`: it is the last word of all.
    """

    on: date
    theirs: str
    theirs_on: date | None
    their_turn: bool
    asked: bool
    quote: str
    plan: str
    promise: str
    asked_for_peace: bool


def unanswered(messages: Sequence[Message]) -> int:
    """How many letters were sent since their last word."""
    count = 0
    for message in reversed(_in_order(messages)):
        if message.kind is MessageKind.SENT:
            count += 1
        elif message.kind is not MessageKind.NOTE:
            break
    return count


def last_exchange(messages: Sequence[Message], today: date) -> Exchange | None:
    """Where the two left off, or None if they never wrote back and never met."""
    said = [message for message in _in_order(messages) if message.kind is not MessageKind.NOTE]
    received = [message for message in said if message.kind is MessageKind.RECEIVED]
    if not received and not any(message.kind is MessageKind.MEETING for message in said):
        return None
    last, theirs = said[-1], received[-1] if received else None
    text = theirs.text if theirs else ""
    their_turn = last.kind is MessageKind.RECEIVED
    sent = [message for message in said if message.kind is MessageKind.SENT]
    promise = _PROMISE.search(sent[-1].text) if sent else None
    settled = theirs is not None and (today - theirs.at.date()).days >= SETTLED_DAYS
    return Exchange(
        on=last.at.date(),
        theirs=text,
        theirs_on=theirs.at.date() if theirs else None,
        their_turn=their_turn,
        asked=their_turn and bool(_QUESTION.search(text)),
        quote=_quote(text),
        plan=_plan(text) if settled else "",
        promise=promise["what"].strip() if promise else "",
        asked_for_peace=bool(_LEAVE_ME.search(text)),
    )


def _in_order(messages: Sequence[Message]) -> list[Message]:
    return sorted(messages, key=lambda message: message.at)


def _quote(text: str) -> str:
    """A statement of four to twelve words that can be handed back to them."""
    for found in _SENTENCE.finditer(text):
        sentence = found[0].strip()
        words = sentence.split()
        plain = not re.search(r"[?@#/\"“”⟦⟧<>]|https?:|\d{3}", sentence)
        if (
            plain
            and 4 <= len(words) <= 12
            and len(sentence) <= 80
            and not re.match(r"(?i)thank|hi\b|hello|hey|sorry|no\b", sentence)
        ):
            return sentence.rstrip(".!… ").strip()
    return ""


def _plan(text: str) -> str:
    found = _PLAN.search(text)
    if not found:
        return ""
    plan = _TAIL.sub("", found["what"].strip())
    words = [_YOURS.get(word.lower(), word) for word in plan.split()]
    return " ".join(words) if 1 < len(words) <= 10 else ""
