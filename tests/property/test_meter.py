"""What holds for the meter whatever the text."""

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from warmnote.coldness import About, Band, Meter, Reading
from warmnote.coldness.text import fold, tokenise
from warmnote.model import Fact, Stage

METER = Meter.load()
ANYTHING = st.text(st.characters(), max_size=300)  # lone surrogates included
COLD = sorted(itertools.chain.from_iterable(rule.cold for rule in METER.rules if rule.match and not rule.measure))
WARM = sorted(itertools.chain.from_iterable(rule.warm for rule in METER.rules if rule.match and not rule.measure))
SENTENCES = st.sampled_from(COLD) | st.sampled_from(WARM)
LETTERS = st.lists(SENTENCES, max_size=6).map("\n".join)
ABOUTS = st.builds(
    About,
    stage=st.sampled_from(Stage),
    asked=st.none() | st.booleans(),
    their_last=st.just("") | SENTENCES,
    name=st.sampled_from(["", "Dana Ortiz", "Ω", "  "]),
    bio=st.just("") | SENTENCES,
    facts=st.lists(st.builds(Fact, st.just("note"), SENTENCES, shared=st.booleans()), max_size=2).map(tuple),
    sent_to_others=st.lists(LETTERS, max_size=3).map(tuple),
    unanswered=st.integers(0, 3),
)
SOON = settings(max_examples=150, deadline=None)


def _holds_together(text: str, reading: Reading) -> None:
    for item in (*reading.findings, *reading.strengths):
        assert 0 <= item.start <= item.end <= len(text)
        assert item.end == 0 or item.start < item.end
    assert [item.start for item in reading.findings] == sorted(item.start for item in reading.findings)
    assert reading.raw == sum(item.points for item in reading.findings)
    assert reading.warmth == -sum(item.points for item in reading.strengths) <= 25
    assert all(item.points > 0 for item in reading.findings)
    assert all(item.points < 0 for item in reading.strengths)
    if reading.coldness is None:
        assert reading.words < 4
        assert reading.band is None
        return
    biggest = max((item.points for item in reading.findings), default=0)
    explained = max(0, reading.raw - reading.warmth)
    if reading.floor is not None:
        assert reading.floor + round((reading.raw - biggest) / 4) > explained
        explained = reading.floor + round((reading.raw - biggest) / 4)
    assert reading.coldness == min(100, explained)
    assert reading.band is Band.of(reading.coldness)


@SOON
@given(ANYTHING)
@example("\ud800\udc00 a b c d e")
@example("İİİİ ﬁ ½ ① ㎏ a b c d")
@example("⟦⟧ { [ < % *| |* $ £ @ . .. ... - a b c d e f g h i j k l m n")
def test_any_text_has_a_reading(text: str) -> None:
    _holds_together(text, METER.read(text))


@SOON
@given(LETTERS, ABOUTS)
def test_the_findings_explain_the_number(text: str, about: About) -> None:
    _holds_together(text, METER.read(text, about))


@SOON
@given(ANYTHING | LETTERS, ABOUTS)
def test_the_same_text_reads_the_same(text: str, about: About) -> None:
    first = METER.read(text, about)
    METER.read("How is the boat? It was a cold night.", About(bio="Boats", sent_to_others=("It was a cold night.",)))
    assert METER.read(text, about) == first


@SOON
@given(ANYTHING)
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    cut = tokenise(text)
    assert all(0 <= start < end <= len(text) for start, end in zip(cut.starts, cut.ends, strict=True))
    assert cut.starts == sorted(cut.starts)
    assert all(before <= after for before, after in zip(cut.ends, cut.starts[1:], strict=False))
    assert sum(sentence.last - sentence.first for sentence in cut.sentences) == len(cut.words)


@SOON
@given(
    LETTERS,
    st.sampled_from(
        [
            "We help clinics like yours fill their slots.",
            "Let us schedule a demo for your team.",
            "I cleared £14k last month.",
        ]
    ),
)
def test_a_cold_sentence_never_warms(text: str, cold: str) -> None:
    before, after = METER.read(text), METER.read(f"{text}\n{cold}")
    assert after.coldness is not None
    assert after.coldness >= (before.coldness or 0)


@SOON
@given(LETTERS)
def test_quotes_and_line_ends_change_nothing(text: str) -> None:
    plain = METER.read(text)
    curly = METER.read(text.replace("'", "’"))
    windows = METER.read(text.replace("\n", "\r\n"))
    rules = [item.rule for item in plain.findings]
    assert [item.rule for item in curly.findings] == rules
    assert [item.rule for item in windows.findings if item.rule != "self.long"] == [
        rule for rule in rules if rule != "self.long"
    ]


@SOON
@given(st.sampled_from(COLD))
def test_letter_case_changes_no_category(text: str) -> None:
    def categories(words: str) -> set[str]:
        return {item.category for item in METER.read(words).findings if item.end} - {"shout"}

    # Small letters may hide that a word is a name, never more than that.
    assert categories(text.lower()) <= categories(text)


@pytest.mark.parametrize("asked", [True, False])
def test_kind_words_never_get_below_the_floor(asked: bool) -> None:
    about = About(name="Dana", bio="Potter, gardener, sailor", asked=asked)
    text = "Hi Dana, thank you for the garden tips. How is the boat? Did the pots dry? We help clinics like yours grow."
    reading = METER.read(text, about)
    assert reading.coldness == (0 if asked else 65)
