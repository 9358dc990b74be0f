"""What the meter is told about a person, as a pure function of what was opened."""

from datetime import UTC, datetime, timedelta

from warmnote.model import Draft, Fact, Message, MessageKind, Person, Stage
from warmnote.notebook import Opened
from warmnote.ui.letter.about import about

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def opened(*messages: tuple[MessageKind, str], **person) -> Opened:
    log = tuple(Message(kind, text, NOON + timedelta(hours=hour)) for hour, (kind, text) in enumerate(messages))
    return Opened(Person(1, "Ana Moreno", **person), Draft(), log, (), frozenset({("link.short", "bit.ly/x")}))


SENT, RECEIVED, NOTE = MessageKind.SENT, MessageKind.RECEIVED, MessageKind.NOTE


def test_the_person_is_passed_on():
    view = about(opened(bio="Potter", location="Bilbao", pronouns="she/her", stage=Stage.CONVERSATION, unanswered=2))
    assert (view.name, view.bio, view.location, view.pronouns) == ("Ana Moreno", "Potter", "Bilbao", "she/her")
    assert (view.stage, view.unanswered) == (Stage.CONVERSATION, 2)
    assert view.excused == {("link.short", "bit.ly/x")}


def test_their_last_message_counts_while_it_is_the_last_word():
    assert about(opened((SENT, "Hello"), (RECEIVED, "What do you do?"))).their_last == "What do you do?"
    assert about(opened((RECEIVED, "What do you do?"), (SENT, "I teach."))).their_last == ""
    assert about(opened()).their_last == ""


def test_notes_are_never_something_said():
    view = about(opened((RECEIVED, "Lovely!"), (NOTE, "Her birthday is in May")))
    assert view.their_last == "Lovely!"
    assert view.earlier == ("Lovely!",)


def test_both_sides_are_remembered_but_not_for_ever():
    view = about(opened(*((SENT, f"Letter {number}") for number in range(60))))
    assert view.earlier[-1] == "Letter 59"
    assert len(view.earlier) == 40


def test_facts_without_those_struck_out_and_with_their_work():
    facts = (Fact("craft", "pottery"), Fact("place", "Leeds", hidden=True), Fact("post", "My kiln cracked."))
    view = about(opened(facts=facts, position="Head potter", company="Clay & Co"))
    assert [(fact.kind, fact.text) for fact in view.facts] == [
        ("craft", "pottery"), ("post", "My kiln cracked."), ("work", "Head potter"), ("work", "Clay & Co"),
    ]  # fmt: skip
    assert view.posts == ("My kiln cracked.",)


def test_what_the_user_decided_goes_with_it():
    view = about(opened(), asked=True, rules_off=["a.b"], sent_to_others=("Hi",), starters=("How is it?",))
    assert (view.asked, view.off, view.sent_to_others, view.prompts) == (True, {"a.b"}, ("Hi",), ("How is it?",))
    assert about(opened()).asked is None
