"""What the meter is told about the person a letter goes to."""

from collections.abc import Iterable

from warmnote.coldness import About
from warmnote.coldness.sameness import Sent
from warmnote.model import Fact, MessageKind
from warmnote.notebook import Opened

__all__ = ["about"]

_SAID = (MessageKind.SENT, MessageKind.RECEIVED)
# What was said longer ago than this many messages is not looked through with every key.
_REMEMBERED = 40


def about(
    opened: Opened,
    *,
    sent_to_others: tuple[str, ...] | Sent = (),
    rules_off: Iterable[str] = (),
    asked: bool | None = None,
    starters: tuple[str, ...] = (),
    allowed: tuple[str, ...] = (),
) -> About:
    """The meter's view of an opened person. `asked` is the user's own word on it; None leaves it to the meter.
    `allowed` are the user's phrases that are never marked.

    Their last message counts as a question to answer only while it is the last word between the two.
    """
    person = opened.person
    said = [message for message in opened.messages if message.kind in _SAID][-_REMEMBERED:]
    answering = bool(said) and said[-1].kind is MessageKind.RECEIVED
    facts = tuple(fact for fact in person.facts if not fact.hidden)
    return About(
        stage=person.stage,
        asked=asked,
        their_last=said[-1].text if answering else "",
        name=person.name,
        bio=person.bio,
        location=person.location,
        pronouns=person.pronouns,
        facts=facts + _work(person.position, person.company),
        posts=tuple(fact.text for fact in facts if fact.kind == "post"),
        sent_to_others=sent_to_others,
        earlier=tuple(message.text for message in said),
        prompts=starters,
        unanswered=person.unanswered,
        off=frozenset(rules_off),
        excused=opened.excused,
        allowed=allowed,
    )


def _work(position: str, company: str) -> tuple[Fact, ...]:
    """Their work as the list of connections gave it: noticing it is noticing something about them."""
    return tuple(Fact("work", text) for text in (position, company) if text)
