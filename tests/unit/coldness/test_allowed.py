"""Phrases that are never marked: where they stand, what they cover, and what the meter makes of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmnote.coldness import About, Meter
from warmnote.coldness.allowed import AllowedPhrases, phrase_key, phrase_of


def covered(text: str, *phrases: str) -> list[str]:
    """The places covered, as words."""
    cover = AllowedPhrases(phrases).cover(text)
    spans = [(start, end) for start in range(len(text)) for end in range(start + 1, len(text) + 1)]
    held = [span for span in spans if cover.holds(*span)]
    return [text[a:b] for a, b in held if not any((c <= a and b <= d) and (c, d) != (a, b) for c, d in held)]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("At the Free Library now", "Free Library"),
        ("at the FREE LIBRARY.", "free library"),
        ("the free \u00a0 library", "Free Library"),
        ("Ma’s Offer House", "ma's offer house"),
        ("the “Free” Library", 'the "free" library'),
        ("Deal & Sons, Leeds", "deal & sons"),
        ("Straße der Angebote", "STRASSE der angebote"),
        ("Caf\N{LATIN SMALL LETTER E WITH ACUTE} Offer", "cafe\N{COMBINING ACUTE ACCENT} offer"),
        ("🎁 in the Free Library 🎁", "Free Library."),
    ],
)
def test_case_quotes_and_spaces_make_no_difference(text: str, phrase: str) -> None:
    assert len(covered(text, phrase)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "carefree library",
        "Free Libraries",
        "It is free. Library staff know",
        "Free\nLibrary",
        "Free, Library",
        "free-library",
    ],
)
def test_only_whole_words_in_order_on_one_line(text: str) -> None:
    assert covered(text, "Free Library") == []


def test_the_longest_of_several_phrases_reaches_furthest() -> None:
    assert covered("the Free Library of York", "Free", "Free Library of York", "Library of") == ["Free Library of York"]
    assert covered("Free Library of York", "Free Library", "Library of York") == ["Free Library", "Library of York"]


def test_nothing_is_covered_without_a_word_in_the_phrase() -> None:
    assert phrase_key("!? …") == ""
    assert covered("really!? …", "!? …", "") == []


@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=4))
@settings(deadline=None, max_examples=150)
def test_any_text_and_any_phrases(text: str, phrases: list[str]) -> None:
    cover = AllowedPhrases(phrases).cover(text)
    assert list(cover.starts) == sorted(cover.starts)
    assert all(0 < end <= len(text) for end in cover.reach)
    assert not cover.holds(0, 0)


@given(st.text(alphabet="ab 'é.-&", min_size=1, max_size=20))
@settings(deadline=None, max_examples=100)
def test_a_phrase_covers_itself(phrase: str) -> None:
    if phrase_key(phrase):
        assert AllowedPhrases([phrase]).cover(f"so, {phrase} it is".replace("\n", " ")).starts


@pytest.mark.parametrize(
    ("text", "marked", "phrase"),
    [
        ("I passed the Free Library of York", "Free", "Free Library"),
        ("The Free Library's door", "Free", "Free Library"),
        ("on Offer Street.", "Offer", "Offer Street"),
        ("Our Deal Makers Club", "Deal", "Deal Makers Club"),
        ("the Ümit Offer House", "Offer", "Ümit Offer House"),
        ("FREE REPORT NOW", "FREE", "FREE"),
        ("a free  trial today", "free  trial", "free trial"),
        ("Free école", "Free", "Free"),
    ],
)
def test_the_phrase_to_offer_is_the_whole_name(text: str, marked: str, phrase: str) -> None:
    start = text.index(marked)
    assert phrase_of(text, start, start + len(marked)) == phrase


class TestMeter:
    TEXT = "Hi Ana, how is the kiln in this weather? We help shops grow."

    def test_an_allowed_finding_is_silent_and_takes_its_floor_along(self, meter: Meter) -> None:
        before = meter.read(self.TEXT)
        pitch = next(finding for finding in before.findings if finding.category == "pitch")
        assert before.coldness is not None
        assert before.coldness >= 65
        words = self.TEXT[pitch.start : pitch.end]
        after = meter.read(self.TEXT, About(allowed=(words.upper(),)))
        assert pitch.rule not in {finding.rule for finding in after.findings}
        assert after.floor is None
        assert after.coldness is not None
        assert after.coldness < 65

    def test_a_mark_that_reaches_beyond_stays(self, meter: Meter) -> None:
        before = meter.read(self.TEXT)
        pitch = next(finding for finding in before.findings if finding.category == "pitch")
        inner = self.TEXT[pitch.start : pitch.end].rsplit(" ", 1)[0]
        assert meter.read(self.TEXT, About(allowed=(inner,))) == before

    def test_what_is_about_the_whole_letter_cannot_be_allowed(self, meter: Meter) -> None:
        text = "We help shops grow."
        whole = [finding.rule for finding in meter.read(text).findings if not finding.end]
        assert whole
        after = meter.read(text, About(allowed=("We help shops grow",)))
        assert [finding.rule for finding in after.findings] == whole

    def test_the_list_may_change_between_two_readings(self, meter: Meter) -> None:
        plain = meter.read(self.TEXT)
        assert meter.read(self.TEXT, About(allowed=("We help shops grow",))) != plain
        assert meter.read(self.TEXT) == plain

    def test_findings_say_what_they_rest_on(self, meter: Meter) -> None:
        for finding in meter.read(self.TEXT).findings:
            rule = meter.rule(finding.rule)
            assert (finding.evidence, finding.source) == (rule.evidence, rule.source)
            assert finding.evidence in {"experiment", "observation", "house"}

    def test_time_grows_with_the_text_alone(self) -> None:
        from time import perf_counter

        allowed = AllowedPhrases([f"free thing number {number}" for number in range(500)])

        def took(text: str) -> float:
            started = perf_counter()
            allowed.cover(text)
            return perf_counter() - started

        text = "this free thing is yours " * 80
        once, four_times = (min(took(text * size) for _ in range(5)) for size in (1, 4))
        assert four_times < 8 * once
