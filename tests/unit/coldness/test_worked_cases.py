"""The worked cases of the scoring sketch, with sentences of our own: the numbers are the contract."""

import pytest

from warmnote.coldness import About, Meter
from warmnote.model import Stage

BIO = "Garden first, everything else later."
OPENING = "Thanks for following. How did the garden take the hail?"
OFFER = "We help clinics like yours fill their empty slots."


@pytest.mark.parametrize(
    ("text", "about", "coldness", "band"),
    [
        pytest.param(
            "Thanks for following. Grab a free guide to how I cleared 14k last month: example.com/guide",
            About(), 100, "cold", id="thanks, free guide, income claim, link",
        ),
        pytest.param("Thanks for following me here.", About(), 26, "mild", id="bare thanks"),
        pytest.param(OPENING, About(bio=BIO), 0, "warm", id="thanks and a question about her garden"),
        pytest.param(
            f"{OPENING} Could we have a short call on Tuesday?", About(bio=BIO), 40, "chilly", id="the same and a meeting"
        ),
        pytest.param(f"{OPENING} {OFFER}", About(bio=BIO), 65, "cold", id="the same and an offer, first touch"),
        pytest.param(
            f"{OPENING} {OFFER}", About(bio=BIO, stage=Stage.EXCHANGED_ONCE), 50, "chilly", id="the same, exchanged once"
        ),
        pytest.param(
            f"{OPENING} {OFFER}", About(bio=BIO, stage=Stage.CONVERSATION), 0, "warm", id="the same, in conversation"
        ),
        pytest.param(
            "I love all your content! Can I show you our content planner?", About(), 73, "cold", id="any praise and an offer"
        ),
        pytest.param(
            "Hi Maya, can I show you what our rota planner does?",
            About(stage=Stage.CONVERSATION), 19, "warm", id="an offer alone, in conversation",
        ),
        pytest.param(
            "Thank you for asking. We built a rota tool for clinics: example.com/rota",
            About(stage=Stage.EXCHANGED_ONCE, asked=True), 4, "warm", id="an offer and a link because they asked",
        ),
        pytest.param(
            "I cleared 14k last month. Your pottery wheel is why I kept at it.",
            About(stage=Stage.RELATIONSHIP, bio="Pottery, mostly."), 22, "mild", id="an income claim between friends",
        ),
        pytest.param(
            "It is the most powerful kettle ever made. Who taught you to sail?",
            About(), 10, "warm", id="one big word and a question about them",
        ),
    ],
)  # fmt: skip
def test_worked_case(meter: Meter, text: str, about: About, coldness: int, band: str) -> None:
    reading = meter.read(text, about)
    assert (reading.coldness, reading.band) == (coldness, band), reading.findings


def test_the_floor_is_named_when_it_decides(meter: Meter) -> None:
    reading = meter.read(f"{OPENING} {OFFER}", About(bio=BIO, pronouns="she/her"))
    assert reading.floor == 65
    assert reading.summary == (
        "A kind opening, then an offer. Held at 65: an offer before she answered is what she will remember."
    )


def test_the_floor_is_not_named_when_it_does_not(meter: Meter) -> None:
    assert meter.read("Thanks for following me here.").floor is None
