"""The sentence under the number."""

import pytest

from warmnote.coldness import About, Meter


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
