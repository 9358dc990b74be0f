"""Cutting a message into words: sentences, disguises, and the way back to what was typed."""

import pytest

from warmnote.coldness.pattern import stems
from warmnote.coldness.text import Text, tokenise

KNOWN = frozenset({"free", "website", "call", "money", "now"})


def _canonical(text: str) -> list[str]:
    return [sentence.canonical.strip() for sentence in tokenise(text, KNOWN).sentences]


def _originals(text: Text) -> list[str]:
    return [text.source[start:end] for start, end in zip(text.starts, text.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Hi Dana, thanks for the follow. How is Rex?", ["hi dana", "thanks for the follow", "how is rex"]),
        ("Is it 3.5 km? Dr. Lee says 4!", ["is it 3.5 km", "dr lee says 4"]),
        ("First line\nsecond line", ["first line", "second line"]),
        ("First line\r\nsecond line", ["first line", "second line"]),
        ("an in-depth, 15-minute talk (short)", ["an in depth 15 minute talk short"]),
        ("thx 4 ur msg", ["thanks 4 your message"]),
        ("It’s “fine”; really", ["it's fine", "really"]),
        ("Much love 🙂 As a gift", ["much love <emoji>", "as a gift"]),
        ("See example.com/start or https://a.example/b?c=1.", ["see <url> or <url>"]),
        ("write to ana@example.com, or @ana_b", ["write to ana <url> or <handle>"]),
        ("$19K/mo and £ 30, 40-60% up", ["$19k/mo and £30 40 60% up"]),
        ("Crème brûlée", ["creme brulee"]),
    ],
)
def test_sentences_and_words(text: str, sentences: list[str]) -> None:
    assert _canonical(text) == sentences


def test_a_hard_wrapped_line_is_one_sentence() -> None:
    wrapped = "We sat on the wall above the harbour until the very last boat\nhad come in."
    assert len(tokenise(wrapped).sentences) == 1


@pytest.mark.parametrize(
    "disguise",
    [
        "𝗳𝗿𝗲𝗲",
        "ｆｒｅｅ",
        "frее",
        "fr33",
        "fr€€",
        "f\u200br\u200be\u200be",
        "F R E E",
        "f.r.e.e",
        "f-r-e-e",
        "🄵🅁🄴🄴",
        "f\u0336r\u0336e\u0336e\u0336",
    ],
)
def test_a_disguised_word_is_read_and_points_to_what_was_typed(disguise: str) -> None:
    text = tokenise(f"Get a {disguise} one", KNOWN)
    assert text.words == ["get", "a", "free", "one"]
    assert _originals(text)[2] == disguise


@pytest.mark.parametrize("plain", ["Привет из Киева", "Ο ήλιος", "mp3 and 4x4", "A B C", "I saw a café", "free"])
def test_what_is_no_disguise(plain: str) -> None:
    assert tokenise(plain, KNOWN).disguised == []


def test_offsets_are_code_points_of_the_source() -> None:
    text = tokenise("🙂🙂 so 𝗳𝗿𝗲𝗲 é", KNOWN)
    assert _originals(text) == ["🙂", "🙂", "so", "𝗳𝗿𝗲𝗲", "é"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("How is Rex?", True),
        ("how is the hip", True),
        ("How lovely.", False),
        ("Really ?!", True),
        ("You came.", False),
    ],
)
def test_questions(text: str, question: bool) -> None:
    assert tokenise(text).sentences[0].question is question


def test_quotations_are_known() -> None:
    text = tokenise('You wrote "best ever" twice', KNOWN)
    assert text.quoted == [(10, 21)]
    assert text.is_quoted(11, 15)
    assert not text.is_quoted(0, 3)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("help", {"help", "helps", "helped", "helping", "help's"}),
        ("offer", {"offered", "offering"}),
        ("scale", {"scales", "scaled", "scaling"}),
        ("try", {"tries", "tried", "trying"}),
        ("plan", {"planned", "planning", "plans"}),
        ("reach", {"reaches", "reached"}),
    ],
)
def test_regular_inflections(word: str, forms: set[str]) -> None:
    assert forms <= stems(word)


@pytest.mark.parametrize(
    ("text", "word", "picture"),
    [
        ("I make 💰 from home", "money", "💰"),
        ("Get your 🆓 guide", "free", "🆓"),
        ("🔗 in bio", "link", "🔗"),
        ("Fancy a quick 📞 tomorrow?", "call", "📞"),
        ("just 📲 me any time", "call", "📲"),
        ("A 🎁️ for new followers", "gift", "🎁"),
    ],
)
def test_a_picture_in_place_of_a_word_is_that_word(text: str, word: str, picture: str) -> None:
    cut = tokenise(text)
    at = cut.words.index(word)
    assert cut.disguised == [at]
    assert text[cut.starts[at] : cut.ends[at]].startswith(picture)


@pytest.mark.parametrize(
    "text", ["Great news today 💰", "Happy birthday 🎁 and many more", "Loved it 📞", "💸💸 what a week"]
)
def test_a_picture_beside_the_words_is_a_picture(text: str) -> None:
    assert tokenise(text).disguised == []
