"""The model of wording: what it reads from its table, and what the meter makes of it."""

from pathlib import Path

import pytest

from warmnote.coldness import About, Meter
from warmnote.coldness.text import tokenise
from warmnote.coldness.wording import Phrase, Wording, WordingError, phrases, units
from warmnote.model import Stage

TABLE = {
    phrase.text: phrase
    for phrase in (
        Phrase("worth a chat", 1.0, 2.0, "meeting"),
        Phrase("chat ?", 0.5, 1.0, "meeting"),
        Phrase("companies like", 1.5, 2.0, "pitch"),
        Phrase("your dog", -2.0, -3.0, ""),
        Phrase("<number> percent", 0.5, 0.5, "money"),
        *(Phrase(word, 0.0, 0.0, "") for word in "worth a chat companies like yours your dog percent we".split()),
    )
}
WORDING = Wording(TABLE, -1.0, -2.0)


def _weights(text: str) -> list[float]:
    return [said.weight for said in WORDING.read(tokenise(text)).sentences]


def test_words_are_seen_by_their_kind() -> None:
    row = units(["we", "cut", "30", "40%", "$5", "zorbs"], "?", {"we", "cut"})
    assert row == ["^", "we", "cut", "<number>", "<percent>", "<money>", "<rare>", "?"]


def test_phrases_are_one_to_three_units_with_the_words_that_they_cover() -> None:
    found = list(phrases(["^", "worth", "it", "?"]))
    assert ("^ worth it", 0, 2) in found
    assert ("worth", 0, 1) in found
    assert ("it ?", 1, 2) in found
    assert len(found) == 4 + 3 + 2


def test_a_sentence_is_as_cold_as_its_phrases() -> None:
    cold, kind, neither = _weights("Worth a chat? Your dog. We zorb.")
    assert cold > neither > kind


def test_a_kind_sentence_takes_nothing_from_a_cold_one_but_something_from_the_letter() -> None:
    alone, beside = WORDING.read(tokenise("Worth a chat?")), WORDING.read(tokenise("Your dog. Worth a chat?"))
    assert beside.sentences[1] == alone.sentences[0]
    assert beside.weight < alone.weight


def test_sentences_can_be_let_pass() -> None:
    text = tokenise("Companies like yours. Your dog.")
    assert WORDING.read(text, {0}).weight < WORDING.read(text).weight
    assert WORDING.read(text, {0}).sentences[0].places == ()


def test_what_told_is_named_heaviest_first_and_apart() -> None:
    said = WORDING.read(tokenise("Companies like yours: worth a chat?")).sentences[0]
    assert [place[0].text for place in said.told_by()] == ["companies like", "worth a chat"]
    assert said.category == "meeting"


def test_letter_case_and_quotes_make_no_difference() -> None:
    assert _weights("WORTH A CHAT?") == _weights("worth a chat?")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("letter bias\t1\nsentence bias\t1\nworth a chat\tmuch\t1\tmeeting\n", "line 3"),
        ("letter bias\t1\nsentence bias\t1\nworth a chat\t1\n", "line 3"),
        ("worth a chat\t1\t1\tmeeting\n", "biases"),
        ("", "biases"),
    ],
)
def test_a_table_that_does_not_read_says_where(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "phrases.tsv").write_text(content, "utf-8")
    with pytest.raises(WordingError, match=reason):
        Wording.load(tmp_path / "phrases.tsv")


class TestMeter:
    COLD = "Hi Nadia, noticed that we both know Priya. Who looks after onboarding at your firm these days? Worth a quick chat?"
    KIND = "Hi Nadia, that was the best talk I heard all week, and my mother wants your soup recipe too."

    def test_a_pitch_in_words_that_no_rule_lists_is_cold_and_says_which_words(self, meter: Meter) -> None:
        text = "We take the month-end paperwork off small dental practices, and most of them sleep better for it."
        reading = meter.read(text)
        assert (reading.coldness or 0) >= 65
        heard = next(item for item in reading.findings if item.category == "pitch")
        assert heard.end > heard.start

    def test_a_weak_sign_in_a_kind_letter_is_let_pass(self, meter: Meter) -> None:
        reading = meter.read(self.KIND)
        assert (reading.coldness or 0) < 20
        assert not [item for item in reading.findings if item.end]

    def test_switched_off_it_is_silent(self, meter: Meter) -> None:
        off = frozenset(rule.id for rule in meter.rules if rule.id.endswith(".wording"))
        assert len(off) == 8
        for text in (self.COLD, self.KIND, "Everything is on my site: example.com/start"):
            reading = meter.read(text, About(off=off))
            assert not [item for item in reading.findings if item.rule in off]

    def test_what_was_excused_is_not_marked_under_other_words(self, meter: Meter) -> None:
        text = "Hello Ines. Is your team happy with how enquiries are handled at the moment?"
        before = meter.read(text)
        excused = frozenset((item.rule, text[item.start : item.end].casefold()) for item in before.findings if item.end)
        assert excused
        after = meter.read(text, About(excused=excused))
        assert not [item for item in after.findings if item.end]
        assert (after.coldness or 0) < (before.coldness or 0)

    def test_between_friends_the_wording_of_an_offer_costs_little(self, meter: Meter) -> None:
        about = About(stage=Stage.RELATIONSHIP)
        assert (meter.read(self.COLD, about).coldness or 0) < (meter.read(self.COLD).coldness or 0)

    def test_they_asked_so_the_wording_of_an_offer_costs_nothing(self, meter: Meter) -> None:
        text = "We take the month-end paperwork off small dental practices, and most of them sleep better for it."
        reading = meter.read(text, About(stage=Stage.EXCHANGED_ONCE, asked=True))
        assert not [item for item in reading.findings if item.category == "pitch"]
