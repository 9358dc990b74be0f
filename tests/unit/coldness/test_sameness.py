"""What counts as sent before: how much of a sentence, in how many people's letters."""

import random

import pytest

from warmnote.coldness import About, Meter
from warmnote.coldness.sameness import MANY, Sent, runs, wanted

SENTENCE = "I have been reading about tide mills all winter and yours looks like the last one."  # 15 runs


@pytest.fixture(scope="module")
def meter() -> Meter:
    return Meter.load()


def advice(meter: Meter, text: str, sent: Sent) -> list[str]:
    return [f.advice for f in meter.read(text, About(sent_to_others=sent)).findings if f.category == "sameness"]


def test_the_numbers_of_runs_stay_what_they_are():
    # They stand in notebooks. If this must change, a migration has to put every letter sent into `unindexed`.
    assert sorted(runs("The quick brown fox")) == [1272230570, 1834140213]
    assert sorted(runs("Ana’s kiln, naïve ＡＢＣ")) == [-1658412913, -498239781]
    assert runs("Don't you see?") == runs("DON’T  you -- see!")
    assert runs("Ｃafé au lait") == runs("CAFE\N{COMBINING ACUTE ACCENT} au lait")


def test_a_text_of_two_words_has_none():
    assert not runs("Hello there")
    assert not runs("")


def test_anything_can_be_cut():
    assert len(runs("a \ud83d b c d")) in (1, 2)
    assert len(runs("\0 a \0 b \0 c")) == 1


def test_people_are_counted_and_not_letters():
    sent = Sent([(1, SENTENCE), (1, f"Again: {SENTENCE}"), (2, SENTENCE), (3, "Something else entirely, I promise.")])
    assert sent.people(SENTENCE) == 2
    assert Sent.each_to_one([SENTENCE, SENTENCE]).people(SENTENCE) == 2


@pytest.mark.parametrize(
    ("sentence", "same"),
    [
        (SENTENCE.replace("winter", "summer"), True),  # a word changed: 12 of 15
        (f"{SENTENCE[:-1]}, Omar.", True),  # a name added: 15 of 16
        (SENTENCE.replace("tide", "wind").replace("looks", "seems"), False),  # two words changed: 9 of 15
        ("I have been reading about tide mills", True),  # a part of it
        (f"{SENTENCE[:-1]} that still stands on that whole long coast of yours.", False),
    ],
)
def test_three_quarters_of_the_runs_make_a_sentence_the_same(sentence: str, same: bool):
    assert Sent([(1, SENTENCE)]).people(sentence) == int(same)


def test_the_runs_must_stand_in_one_letter():
    first, second = SENTENCE[:41], SENTENCE[30:]
    assert Sent([(1, first), (1, second)]).people(SENTENCE) == 0


def test_the_whole_is_the_same_above_four_fifths():
    five = [" ".join(f"{name}{n}" for n in range(7)) + "." for name in ("kiln", "boat", "loaf", "wren", "reel")]
    assert Sent([(1, " ".join(five))]).people_of_all(five) == 1
    assert Sent([(1, " ".join(five[:4]))]).people_of_all(five) == 0, "exactly four fifths"
    assert Sent([(1, " ".join(five[:4]) + " reel0 reel1 reel2")]).people_of_all(five) == 1
    assert Sent([(1, " ".join(reversed(five)))]).people_of_all(five) == 1, "in whatever order"
    assert Sent([(1, "Anything.")]).people_of_all([]) == 0


def test_asking_again_gives_the_same_however_much_was_asked():
    sent = Sent([(1, SENTENCE)])
    before = sent.people(SENTENCE)
    for number in range(1_000):
        sent.people(f"{SENTENCE} {number}")
    assert sent.people(SENTENCE) == before == 1


def test_only_sentences_of_four_words_are_looked_up_and_without_the_greeted_name():
    assert wanted("Dear Ana! How are you? What is new in the kiln?") == [runs("What is new in the kiln")]
    assert wanted("Hi Omar I saw your kiln") == [runs("I saw your kiln")]


@pytest.mark.parametrize(
    ("people", "told"),
    [(1, "one other person"), (4, "4 people"), (MANY, f"{MANY} people"), (MANY + 1, f"more than {MANY} people")],
)
def test_the_finding_says_to_how_many(meter: Meter, people: int, told: str):
    text = f"{SENTENCE} But first I want to hear how the wheel was lifted, and who carved those paddles."
    (found,) = advice(meter, text, Sent((person, SENTENCE) for person in range(people)))
    assert found.startswith(f"This sentence went to {told}.")


def test_where_not_all_letters_were_looked_up_the_whole_is_counted_as_at_least(meter: Meter):
    other = "The wheel must have been heavy, and whoever carved those paddles knew the tide."
    sent = Sent([*((person, SENTENCE) for person in range(MANY + 1)), *((p, f"{SENTENCE} {other}") for p in (1, 2))])
    assert advice(meter, f"{SENTENCE} {other}", sent)[0].startswith("At least 2 people got nearly this message.")
    assert advice(meter, f"{SENTENCE} {other}", Sent([(1, f"{SENTENCE} {other}")]))[0].startswith(
        "One other person got"
    )


def test_the_same_answer_changes_no_reading(meter: Meter):
    about = About(sent_to_others=Sent([(1, SENTENCE)]))
    assert about == About(sent_to_others=Sent([(1, SENTENCE)]))
    assert about != About(sent_to_others=Sent([(2, SENTENCE)]))
    assert hash(about) == hash(About(sent_to_others=Sent([(1, SENTENCE)])))
    assert meter.read(SENTENCE, about) == meter.read(SENTENCE, About(sent_to_others=(SENTENCE,)))


def test_counting_is_what_it_would_be_by_hand():
    """Against the definition, spelt out with sets of words."""
    chance = random.Random(3)
    for _ in range(200):
        letters = [(chance.randrange(3), " ".join(chance.choices("abcd", k=chance.randrange(2, 12)))) for _ in range(5)]
        sentence = chance.choices("abcd", k=chance.randrange(3, 8))
        threes = {tuple(sentence[i : i + 3]) for i in range(len(sentence) - 2)}
        by_hand = set()
        for person, letter in letters:
            said = letter.split()
            held = {tuple(said[i : i + 3]) for i in range(len(said) - 2)}
            if len(threes & held) / len(threes) >= 0.75:
                by_hand.add(person)
        assert Sent(letters).people(" ".join(sentence)) == len(by_hand)
