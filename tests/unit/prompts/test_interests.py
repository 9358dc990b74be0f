"""What is read from a bio, and what is left unread."""

import time
from datetime import UTC, date, datetime

import pytest

from warmnote.model import Fact, Message, MessageKind, Person
from warmnote.prompts import Interest, InterestReader, interests

ANA = "Potter, runs a small studio in Bilbao. Sunday trail runs, terrible puns, one old greyhound."


def person(bio: str = "", **fields: object) -> Person:
    return Person(1, "Ana Moreno", bio=bio, **fields)  # type: ignore[arg-type]


def seen(bio: str = "", **fields: object) -> set[str]:
    return {f"{interest.kind} {interest.name}" for interest in interests(person(bio, **fields))}


def test_the_example_of_the_drawing() -> None:
    found = interests(person(ANA, facts=(Fact("post", "a kiln that cracked", "post", date(2026, 11, 22)),)))
    assert [(i.kind, i.name) for i in found] == [
        ("craft", "pottery"),
        ("place", "Bilbao"),
        ("sport", "trail running"),
        ("pet", "greyhound"),
        ("post", "a kiln that cracked"),
    ]
    assert [ANA[i.start : i.end] for i in found[:4]] == ["Potter", "Bilbao", "trail runs", "greyhound"]
    assert [i.source for i in found] == ["bio", "bio", "bio", "bio", "post"]
    assert found[4].on == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("bio", "expected"),
    [
        (
            "Mum of two dachshunds | learning Basque | ex-lawyer, now baker",
            {"pet dachshund", "learning Basque", "food baking"},
        ),
        ("Knitter, beekeeper and occasional cellist", {"craft knitting", "nature beekeeping", "music cello"}),
        ("#trailrunning #dogsofinstagram #instabaker", {"sport trail running", "pet dog", "food baking"}),
        ("Dad · Cyclist · Arsenal · Python", {"family parent", "sport cycling", "team Arsenal"}),
        ("🎸 🧶 🏃‍♀️ ☕", {"music guitar", "craft knitting", "sport running", "food coffee"}),
        (
            "Ceramista en Sevilla. Amante del café y de los gatos.",
            {"craft pottery", "place Seville", "food coffee", "pet cat"},
        ),
        ("Randonneuse et lectrice. Basée à Lyon.", {"sport hiking", "book reading", "place Lyon"}),
        (
            "Lehrerin aus Leipzig, Imkerin, Schach",
            {"profession teacher", "place Leipzig", "nature beekeeping", "game chess"},
        ),
        ("Corrida, vinho e livros. Moro em Coimbra.", {"sport running", "food wine", "book reading", "place Coimbra"}),
        ("Restoring a 1972 Vespa with my aunt", {"project a 1972 Vespa", "family aunt or uncle"}),
        ("Volunteer at the Oosterpark food bank. Based in Utrecht.", {"cause Oosterpark food bank", "place Utrecht"}),
        ("Speaks Dutch, Spanish and some Welsh", {"language Dutch", "language Spanish", "language Welsh"}),
        ("French food and Italian wine", {"food wine", "food food"}),
        ("Currently reading The Left Hand of Darkness", {"book The Left Hand of Darkness"}),
        ("Speaking at Web Summit 2026", {"event Web Summit 2026"}),
        ("Collects old radios and fountain pens", {"collecting radios", "collecting fountain pens"}),
        ("Retired greyhound on the sofa", {"pet greyhound"}),
        ("Dungeons & Dragons, single malt, St. Pauli", {"game role-playing games", "food whisky", "team St. Pauli"}),
        ("𝗣𝗼𝘁𝘁𝗲𝗿 and 𝘱𝘰𝘦𝘵", {"craft pottery", "craft poetry"}),
        ("Can't live without coffee. Never without a book, or not without my dog.", {"food coffee", "pet dog"}),
        ("Not only a runner but a baker", {"sport running", "food baking"}),
        ("Training for the Berlin Marathon", {"event the Berlin Marathon"}),
        ("I have a cat named Olive", {"pet cat"}),
        (
            "Trail-running, board-games, bird-watching",
            {"sport trail running", "game board games", "nature birdwatching"},
        ),
    ],
)
def test_bios(bio: str, expected: set[str]) -> None:
    assert seen(bio) == expected


@pytest.mark.parametrize(
    "bio",
    [
        "Not a morning person, not a runner, never a golfer",
        "Recovering lawyer",
        "I hate football and loathe coffee",
        "Allergic to cats. No dogs.",
        "Ich bin kein Läufer",
        "Mondays are my favourite football day, said no one ever",
        "Running a marketing agency. Fishing for compliments. Building teams.",
        "Always learning. Machine learning. Learning and development.",
        "Views my own, not my employer's, retweets ≠ endorsement",
        "Top dog in sales. Herding cats is not for me.",
        "Catalogue editorial, category doggedness, chessboardless",
        "Based in reality. From Monday to Friday.",
        "An old soul with a rock solid pipeline, the state of the art",
        "It was nice in the end",
        "",
        "?!?! ... --- |||| ••••",
    ],
)
def test_what_is_not_an_interest(bio: str) -> None:
    assert seen(bio) - {"profession editor"} == set()


@pytest.mark.parametrize(
    "bio",
    [
        "Cancer survivor running the London Marathon for research",
        "Bible study on Tuesdays",
        "Volunteer at St Mary's church",
        "Canvassing in Leeds for the council election",
        "In recovery, baking through it",
        "Fundraising for diabetes",
        "Currently in Rome until Friday",
        "Learning to live with ADHD",
        "In memory of my late father, who loved chess",
        "#mentalhealth",
        "Crypto, forex, financial freedom 🤑",
    ],
)
def test_silence_on_what_is_nobodys_business(bio: str) -> None:
    assert seen(bio) == set()


def test_children_are_never_named() -> None:
    for interest in interests(person("Mum to Ella and Max, dad jokes optional")):
        assert "Ella" not in interest.text
        assert "Max" not in interest.text


def test_a_subject_beside_a_quiet_one_stays() -> None:
    assert seen("Diabetic baker. Queer potter.") == {"food baking", "craft pottery"}


@pytest.mark.parametrize(
    ("location", "name", "words"),
    [
        ("Bilbao, Spain", "Bilbao", "Bilbao"),
        ("Greater Manchester Area, United Kingdom", "Manchester", "Manchester"),
        ("📍 San Sebastián", "San Sebastián", "San Sebastián"),
        ("St. Gallen", "St. Gallen", "St. Gallen"),
        ("Little Snoring", "Little Snoring", "Little Snoring"),
        ("münchen", "Munich", "münchen"),
    ],
)
def test_location(location: str, name: str, words: str) -> None:
    (found,) = interests(person(location=location))
    assert (found.kind, found.name, found.text, found.source) == ("place", name, words, "location")
    assert location[found.start : found.end] == words


@pytest.mark.parametrize(
    "location", ["the internet", "everywhere and nowhere", "she/her", "Planet Earth", "127.0.0.1", "🌍", ""]
)
def test_a_location_that_is_none(location: str) -> None:
    assert seen(location=location) == set()


def test_a_headline_gives_the_work() -> None:
    (found,) = interests(person(position="Senior Product Designer at Quillworks"))
    assert (found.kind, found.name, found.source) == ("profession", "product designer", "headline")


def test_each_interest_once() -> None:
    found = interests(person("Potter. Pottery, ceramics and pots.", facts=(Fact("craft", "pottery", "a fair", None),)))
    assert [(i.kind, i.name) for i in found] == [("craft", "pottery")]


def test_facts_that_were_struck_out_or_not_shared_stay_unused() -> None:
    hidden = (
        Fact("pet", "greyhound", hidden=True),
        Fact("place", "Bilbao", shared=False),
        Fact("book", "Dune", shared=False),
    )
    assert seen(ANA, facts=hidden) == {"craft pottery", "sport trail running"}


def test_hiding_works_by_their_words_too() -> None:
    assert "sport trail running" not in seen(ANA, facts=(Fact("sport", "Trail runs", hidden=True),))


def test_a_fact_keeps_its_source_and_date() -> None:
    (found,) = interests(person(facts=(Fact("food", "her grandmother's soup", "a podcast", date(2026, 3, 1), id=7),)))
    assert found == Interest(
        "food", "her grandmother's soup", "her grandmother's soup", 0, 22, "a podcast", 1.0, date(2026, 3, 1), 7
    )


def test_a_quiet_post_is_not_offered() -> None:
    assert seen(facts=(Fact("post", "my last chemo appointment"), Fact("post", "how I voted"))) == set()


def test_of_messages_only_what_they_say_of_themselves() -> None:
    def of(text: str) -> set[str]:
        message = Message(MessageKind.RECEIVED, text, datetime(2026, 11, 20, tzinfo=UTC))
        return {f"{i.kind} {i.name}" for i in interests(person(), (message,))}

    assert of("I love my old greyhound and we keep bees") == {"pet greyhound", "nature beekeeping"}
    assert of("Running? A retired conductor told me about chess.") == set()


def test_confidence_grows_with_what_was_said() -> None:
    emoji, word, fact = (
        interests(person("🎸"))[0],
        interests(person("guitar"))[0],
        interests(person(facts=(Fact("music", "guitar"),)))[0],
    )
    assert 0 < emoji.confidence < word.confidence < fact.confidence == 1


def test_career() -> None:
    reader = InterestReader.load()
    assert reader.about("Ex-lawyer, now baker in Ghent") == ("lawyer", "baker")
    assert reader.about("Teacher turned potter") == ("teacher", "potter")
    assert reader.about("Formerly known as nobody, now somebody") is None


def test_a_bio_takes_no_time() -> None:
    bio = (ANA + " ") * 4
    interests(person(bio))
    start = time.perf_counter()
    for _ in range(20):
        interests(person(bio))
    assert (time.perf_counter() - start) / 20 < 0.02  # about 0.5 ms on an idle machine


@pytest.mark.parametrize(
    "hostile",
    [
        "a " * 50_000,
        "#" + "a" * 50_000,
        "#" + "dog" * 10_000,
        "learning " * 5_000,
        "in A" * 10_000,
        "Ab " * 20_000,
        "👩‍" * 10_000,
        "ex-" * 10_000,
    ],
)
def test_no_text_makes_reading_crawl(hostile: str) -> None:
    start = time.perf_counter()
    interests(person(hostile, location=hostile, position=hostile))
    assert time.perf_counter() - start < 2
