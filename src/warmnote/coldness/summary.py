"""One calm sentence or two about a reading, for the line under the number."""

from collections.abc import Sequence
from typing import Final

from warmnote.coldness.reading import Band, Finding, Strength

__all__ = ["summarise"]

_NOUN: Final = {
    "pitch": "an offer", "link": "a link", "meeting": "a call on their time", "hype": "big words", "money": "a promise of money",
    "recruit": "an invitation to join a business", "urgency": "a clock", "freebie": "an unasked gift", "tease": "a teaser",
    "flattery": "praise that would fit anyone", "self": "much about you", "template": "a stock phrase", "sameness": "sentences that others got too",
    "pressure": "pressure", "guilt": "a nudge about their silence", "jargon": "office language", "shout": "loud type",
    "no_interest": "nothing about {them}", "intrusion": "something {they} did not tell you",
    # What was heard in the wording is a tone: nobody can point at an offer in it.
    "pitch.wording": "a tone of selling", "meeting.wording": "a hint at a next step",
}  # fmt: skip
_HELD: Final = {
    "pitch.wording": "selling before {they} answered is what {they} will remember",
    "pitch": "an offer before {they} answered is what {they} will remember",
    "link": "a link before {they} answered asks for a click and gives nothing yet",
    "meeting": "a call is a lot to ask of someone {they_are} only meeting",
    "money": "a promise of money is what {they} will remember",
    "recruit": "an invitation into a business is what {they} will remember",
    "template": "a mark of a mass letter is what {they} will remember",
    "intrusion": "what {they} did not share with you is what {they} will remember",
    "freebie": "a gift nobody asked for comes with a hook",
    "urgency": "a clock on a first word is felt as a push",
    "tease": "holding back the point is felt as a trick",
    "pressure": "a push is what {they} will remember",
    "guilt": "a nudge about silence is what {they} will remember",
}
_PRONOUNS: Final = {
    "she": {"they": "she", "them": "her", "they_are": "she is", "have": "has"},
    "he": {"they": "he", "them": "him", "they_are": "he is", "have": "has"},
}
_THEY: Final = {"they": "they", "them": "them", "they_are": "they are", "have": "have"}


def summarise(
    coldness: int | None, findings: Sequence[Finding], strengths: Sequence[Strength], floor: int | None, pronouns: str
) -> str:
    """What the number says, in plain words; names what holds it when kind words cannot lower it further."""
    who = _PRONOUNS.get(pronouns.strip().lower().split("/")[0].strip(), _THEY)
    if coldness is None:
        return "Keep writing."
    ranked = sorted(findings, key=lambda item: (-item.points, item.rule in _NOUN, item.start))
    if floor is not None:
        # Only what the meter is sure of holds a number.
        held = next((item for item in ranked if item.sure and item.category in _HELD), ranked[0])
        noun = _noun(held, who)
        first = f"A kind opening, then {noun}." if _opens_kindly(strengths, held) else f"{noun[0].upper()}{noun[1:]}."
        reason = _HELD.get(held.rule, _HELD.get(held.category, "this is what {they} will remember")).format(**who)
        return f"{first} Held at {coldness}: {reason}."
    band = Band.of(coldness)
    cause = _noun(ranked[0], who) if ranked else ""
    if band is Band.WARM:
        return _warm(strengths, who)
    if band is Band.MILD:
        friendly = any(item.kind != "greeting" for item in strengths)
        return f"Friendly, but there is {cause}." if friendly else f"Polite, but there is {cause}."
    others = [item for item in ranked[1:] if item.category != ranked[0].category]
    also = f" and {_noun(others[0], who)}" if others else ""
    return f"This reads {band.value}: {cause}{also}."


def _opens_kindly(strengths: Sequence[Strength], held: Finding) -> bool:
    # A strength of the whole letter stands at no place in it, so it opens nothing.
    return any(item.kind != "greeting" and item.end and item.start <= held.start for item in strengths)


def _noun(finding: Finding, who: dict[str, str]) -> str:
    return _NOUN.get(finding.rule, _NOUN[finding.category]).format(**who)


def _warm(strengths: Sequence[Strength], who: dict[str, str]) -> str:
    kinds = {item.kind for item in strengths}
    if kinds & {"follow_up"}:
        return f"Warm: it follows up on something {who['they']} said."
    if kinds & {"question"}:
        return f"Warm: it asks about {who['them']}."
    if kinds & {"reference", "common"}:
        return f"Warm: it is about {who['them']}."
    if kinds & {"thanks"}:
        return f"Warm: it thanks {who['them']} for something real."
    return "Warm enough. A question would give them something to answer.".replace("them", who["them"])
