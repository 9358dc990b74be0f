"""What the last exchange gives to go by, as the fields that starters ask for."""

from dataclasses import replace
from datetime import date

from warmnote.prompts._said import SETTLED_DAYS, Exchange
from warmnote.prompts._topic import Pronouns, Topic
from warmnote.prompts._when import gap_of, last_day_of, month_of, when
from warmnote.prompts.interests import InterestReader

__all__ = ["add_exchange"]

_GAP_DAYS = 60
_MET_DAYS = 14


def add_exchange(
    fields: dict[str, list[Topic]], exchange: Exchange, reader: InterestReader, spoken: Pronouns, today: date
) -> None:
    """Adds what the exchange gives to `fields`."""
    last_on = exchange.theirs_on or exchange.on
    days = (today - exchange.on).days
    ago = when(last_on, today)
    theirs = f"from {spoken.their} message, {ago}" if exchange.theirs else f"you met, {ago}"
    here = Topic("yes", "", theirs, "", days=days, source="message")
    standing = {
        "exchange": True,
        "settled": (today - last_on).days >= SETTLED_DAYS,
        "their_turn": exchange.their_turn,
        "first_reply": exchange.first_reply,
        "talked": exchange.talked,
    }
    fields.update((name, [here]) for name, true in standing.items() if true)
    if exchange.fading:
        fields["ending"] = [replace(here, reason=f"it sounds like a goodbye, {ago}")]
    _add_questions(fields, exchange, reader, here, f"{spoken.they} asked you something, {ago}")
    _add_meeting(fields, exchange, reader, here, today)
    if not reader.silent(exchange.theirs):
        said = {"quote": exchange.quote, "plan": exchange.plan, "plan_ahead": exchange.plan_ahead}
        fields.update((name, [replace(here, value=words, key=name)]) for name, words in said.items() if words)
    if exchange.promise and not reader.silent(exchange.promise):
        fields["promise"] = [replace(here, value=exchange.promise, key="promise", reason="you said you would")]
    elsewhere = {topic.name for topics in fields.values() for topic in topics if topic.source != "message"}
    for interest in reader.text(exchange.theirs, "message"):
        # "the garden" is not yet "gardening": what they talked about must be named, or known to matter to them
        named = interest.name in elsewhere or interest.name.casefold() == interest.text.casefold()
        if named and interest.kind not in ("family", "place", "profession", "language"):
            fields["subject"] = [replace(here, value=interest.name, key="subject", interest=interest)]
            break
    if days >= _GAP_DAYS:
        fields["gap"] = [replace(here, value=gap_of(days), key="", reason=f"you last wrote {ago}")]
        fields["month"] = [replace(here, value=month_of(exchange.on), key="")]


def _add_questions(
    fields: dict[str, list[Topic]], exchange: Exchange, reader: InterestReader, here: Topic, reason: str
) -> None:
    if exchange.asked:
        fields["asked"] = [replace(here, reason=reason)]
    if exchange.asked_work:
        fields["asked_work"] = [replace(here, reason=reason.replace("you something", "about your work"))]
    if exchange.question and not reader.silent(exchange.question):
        fields["their_question"] = [replace(here, value=exchange.question, key="their_question", reason=reason)]


def _add_meeting(
    fields: dict[str, list[Topic]], exchange: Exchange, reader: InterestReader, here: Topic, today: date
) -> None:
    if exchange.met_on is None or not 0 <= (today - exchange.met_on).days <= _MET_DAYS:
        return
    met = replace(here, reason=f"you met, {when(exchange.met_on, today)}")
    fields["met_lately"] = [met]
    fields["met_when"] = [replace(met, value=last_day_of(exchange.met_on, today))]
    if exchange.met and not reader.silent(exchange.met):
        fields["met"] = [replace(met, value=exchange.met, key="met")]
