"""Weak signs of an offer: when another sign bears them out, and when they stay weak."""

import pytest

from warmnote.coldness import About, Meter
from warmnote.coldness.pattern import PatternError, Slots, compile_pattern
from warmnote.coldness.strengths import names_theirs
from warmnote.coldness.text import tokenise
from warmnote.model import Stage


def _pitches(meter: Meter, text: str, about: About | None = None) -> list[bool]:
    return [item.sure for item in meter.read(text, about or About()).findings if item.category == "pitch"]


def test_a_trade_alone_is_a_weak_sign(meter: Meter) -> None:
    text = "I restore sash windows for landlords. How did you come to live on a barge?"
    assert _pitches(meter, text) == [False]
    assert (meter.read(text).coldness or 0) < 40


def test_an_ask_bears_a_trade_out(meter: Meter) -> None:
    text = "I restore sash windows for landlords. Your barge looks dry. Shall I send you my prices, or call you on Tuesday?"
    assert _pitches(meter, text)[0]
    assert (meter.read(text).coldness or 0) >= 65


def test_a_letter_with_nothing_of_theirs_bears_a_trade_out(meter: Meter) -> None:
    assert _pitches(meter, "We install heat pumps for landlords all over the county, from £4,000.")[0]


@pytest.mark.parametrize(
    "text",
    [
        "I groom dogs, and yours has the finest eyebrows in the county.",
        "I design bridges, dull ones. Yours over the burn is the kind I dreamt of.",
        "We run the chippy on the corner and your mural is what people talk about.",
    ],
)
def test_something_of_theirs_keeps_a_trade_weak(meter: Meter, text: str) -> None:
    assert True not in _pitches(meter, text)
    assert (meter.read(text).coldness or 0) < 40


def test_praise_does_not_bear_a_trade_out_in_a_letter_about_them(meter: Meter) -> None:
    text = "We don't know each other. I tutor beginners in Hull, and your song made three of them cry."
    assert True not in _pitches(meter, text)


def test_switching_the_other_sign_off_leaves_the_trade_weak(meter: Meter) -> None:
    text = "I restore sash windows for landlords. How did you come to live on a barge? Could we have a call on Tuesday?"
    off = frozenset({"meeting.quick-call", "meeting.slot", "meeting.opening", "pitch.closing-ask"})
    assert _pitches(meter, text, About(off=off)) == [False]


def test_later_stages_forgive_a_trade(meter: Meter) -> None:
    text = "We install heat pumps in barns and mills all over the county."
    assert (meter.read(text, About(stage=Stage.RELATIONSHIP)).coldness or 0) < 20


@pytest.mark.parametrize(
    "text",
    [
        "I mix and master for indie acts, a hundred a track.",
        "We match retired engineers with schools that want a mentor.",
        "We pull the orders of three marketplaces into one.",
        "Our clients sleep better once the rota runs itself.",
    ],
)
def test_a_trade_that_no_pattern_lists(meter: Meter, text: str) -> None:
    assert any(item.rule == "pitch.says-a-trade" for item in meter.read(text).findings), text


@pytest.mark.parametrize(
    "text",
    [
        "I love old maps and long ferries.",
        "We walked for hours and met two foxes.",
        "I gotta collect da car later ok.",
        "Our children sing carols for the neighbours.",
        "I rang Dorota last night and we talked for hours.",
        "We saw three herons and you would have laughed.",
        "Our bakery gets its flour from the mill you painted.",
    ],
)
def test_no_trade_in_feelings_pastimes_and_the_past(meter: Meter, text: str) -> None:
    assert all(item.rule != "pitch.says-a-trade" for item in meter.read(text).findings), text


def test_what_sellers_name_is_not_theirs() -> None:
    assert names_theirs(tokenise("Your mural stopped me in the rain."))
    assert names_theirs(tokenise("Mine is red, yours is blue."))
    assert not names_theirs(tokenise("Your company could save money on your website."))


@pytest.mark.parametrize(
    ("text", "claims"),
    [("Re: Network names. Who chose Falcon?", False), ("Re: your quote. Shall we go ahead with the order?", True)],
)
def test_re_claims_a_letter_only_where_it_names_one(meter: Meter, text: str, claims: bool) -> None:
    assert [item.sure for item in meter.read(text).findings if item.rule == "intrusion.false-tie"] == [claims]


@pytest.mark.parametrize("text", ["Her part in Act Now looked fun.", "We saw Book Now at the theatre in May."])
def test_titles_are_no_calls_to_action(meter: Meter, text: str) -> None:
    assert all(item.category != "pitch" for item in meter.read(text).findings)


def test_a_town_in_the_greeting_is_no_name(meter: Meter) -> None:
    reading = meter.read("Good morning from Leith. Is the old rink still there?", About(name="Dana Ortiz"))
    assert all(item.rule != "template.wrong-name" for item in reading.findings)


def test_plurals_and_flat_brackets_in_patterns() -> None:
    slots = Slots({})
    assert compile_pattern("for <plural>", slots).expression.search(" for bakers")
    assert not compile_pattern("for <plural>", slots).expression.search(" for glass")
    assert compile_pattern("a [very big] (cat|hot dog)", slots).expression.search(" a very big hot dog")
    with pytest.raises(PatternError):
        compile_pattern("a (cat||dog)", slots)
