"""The sentence under the number."""

import pytest

from warmnote.coldness import About, Finding, Meter, Strength
from warmnote.coldness.summary import summarise


@pytest.mark.parametrize(
    ("text", "about", "summary"),
    [
        ("How did you learn to splice rope?", About(pronouns="He/Him"), "Warm: it asks about him."),
        ("How did you learn to splice rope?", About(pronouns="ze"), "Warm: it asks about them."),
        ("Thanks for following me here.", About(), "Polite, but there is nothing about them."),
        (
            "Could we have a short call on Tuesday?",
            About(pronouns="she"),
            "A call on their time. Held at 42: a call is a lot to ask of someone she is only meeting.",
        ),
    ],
)
def test_summaries(meter: Meter, text: str, about: About, summary: str) -> None:
    assert meter.read(text, about).summary == summary


def test_no_summary_shouts(meter: Meter) -> None:
    for rule in meter.rules:
        for text in (*rule.cold, *rule.warm):
            summary = meter.read(text).summary
            assert summary.endswith(".")
            assert "!" not in summary
            assert "{" not in summary


def _finding(rule: str, points: int, *, sure: bool = True, start: int = 10) -> Finding:
    return Finding(start, start + 9, rule.partition(".")[0], rule, "t", points, sure, "w", "a")


GREETING = Strength(0, 7, "greeting", "Greets them by name", -2)
QUESTION = Strength(0, 9, "question", "Asks about them", -8)
WORDING = Strength(0, 0, "wording", "Worded like a note between people", -9)


class TestWording:
    """What is heard in the wording is a tone; the summary claims no offer that nobody can point at."""

    def test_what_holds_the_number(self) -> None:
        assert summarise(74, [_finding("pitch.wording", 30)], [], 65, "she") == (
            "A tone of selling. Held at 74: selling before she answered is what she will remember."
        )

    def test_an_offer_that_a_rule_found_goes_before_it(self) -> None:
        both = [_finding("pitch.wording", 30), _finding("pitch.names-a-price", 30, start=60)]
        assert summarise(74, both, [], 65, "").startswith("An offer. Held at 74: an offer before they answered")

    def test_only_what_is_sure_holds_a_number(self) -> None:
        both = [_finding("pitch.wording", 20, sure=False), _finding("meeting.quick-call", 18)]
        assert summarise(45, both, [], 40, "").startswith("A call on their time. Held at 45")

    @pytest.mark.parametrize(
        ("coldness", "strengths", "summary"),
        [
            (24, [GREETING], "Polite, but there is a tone of selling."),
            (24, [GREETING, QUESTION], "Friendly, but there is a tone of selling."),
            (45, [GREETING], "This reads chilly: a tone of selling and a hint at a next step."),
        ],
    )
    def test_below_that(self, coldness: int, strengths: list[Strength], summary: str) -> None:
        findings = [_finding("pitch.wording", 24, sure=False), _finding("meeting.wording", 9, sure=False)]
        assert summarise(coldness, findings, strengths, None, "") == summary

    def test_kind_wording_of_the_whole_letter_is_no_opening(self) -> None:
        held = summarise(70, [_finding("pitch.wording", 30)], [WORDING], 65, "")
        assert held.startswith("A tone of selling. Held at 70")
        opened = summarise(70, [_finding("pitch.wording", 30)], [QUESTION], 65, "")
        assert opened.startswith("A kind opening, then a tone of selling. Held at 70")
