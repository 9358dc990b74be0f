"""What is heard in the last exchange, and in what a page says of itself."""

from datetime import UTC, date, datetime, timedelta

import pytest

from warmnote.model import Message, MessageKind
from warmnote.prompts._said import Exchange, asked_for_peace, is_bot, last_exchange, no_letters

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def said(kind: MessageKind, text: str, days: float = 0) -> Message:
    return Message(kind, text, NOON - timedelta(days=days))


def they(text: str, days: float = 0) -> Message:
    return said(MessageKind.RECEIVED, text, days)


def you(text: str = "Hello", days: float = 0) -> Message:
    return said(MessageKind.SENT, text, days)


def left_off(*messages: Message) -> Exchange:
    exchange = last_exchange(messages, TODAY)
    assert exchange is not None
    return exchange


@pytest.mark.parametrize(
    "text",
    [
        "Please stop messaging me.",
        "Not interested.",
        "I'm not interested, thanks.",
        "Thanks, but not interested in this.",
        "Leave me alone",
        "Unsubscribe",
        "Please don't write to me again.",
        "I'd rather you didn't contact me.",
        "Could you please not message me any more?",
        "Do not contact me.",
        "no more messages please",
        "Remove me from your list.",
        "Hi. Stop DMing me!",
        "Por favor, no me escribas más.",
        "Bitte schreiben Sie mir nicht mehr.",
        "Merci de ne pas insister, ne m'écrivez plus.",
    ],
)
def test_being_asked_for_peace(text: str) -> None:
    assert asked_for_peace((they(text),))


@pytest.mark.parametrize(
    "text",
    [
        "I'm not interested in running any more, only in bread.",
        "I don't text while driving, sorry for the late answer.",
        "I stopped writing poetry last year.",
        "Don't write it off: the old kiln still works.",
        "Why did you stop writing?",
        "I try not to write about work.",
        "Stop by if you are in Leeds.",
        "Thanks for the message, it made me laugh.",
    ],
)
def test_what_only_sounds_like_it(text: str) -> None:
    assert not asked_for_peace((they(text),))


def test_a_wish_for_peace_lasts_until_they_write_of_their_own_accord() -> None:
    wish = they("Please stop writing.", 9)
    assert asked_for_peace((wish, they("I mean it.", 9)))
    assert asked_for_peace((wish, you(days=5)))
    assert not asked_for_peace((wish, they("Sorry about that, it was a bad week. How are you?", 2)))
    assert not asked_for_peace((you("Please stop writing."),))


@pytest.mark.parametrize(
    "bio",
    [
        "I am a bot. I post the weather.",
        "Automated account | news from Leeds",
        "🤖 bot by @ana",
        "A bot that posts old maps",
        "Unofficial bot posting train delays",
        "Posts automatically every hour",
        "Weather · bot · Leeds",
    ],
)
def test_a_bot_says_so(bio: str) -> None:
    assert is_bot(bio)


@pytest.mark.parametrize(
    "bio",
    [
        "Not a bot, I promise",
        "Bot developer in Leeds",
        "I build chat bots",
        "Robotics teacher",
        "Botanist",
        "Human, no bot",
        "Bothy walker",
        "",
    ],
)
def test_a_person_is_no_bot(bio: str) -> None:
    assert not is_bot(bio)


@pytest.mark.parametrize(
    ("bio", "expected"),
    [
        ("Baker. No DMs please.", True),
        ("DMs closed", True),
        ("Please don't message me", True),
        ("No unsolicited messages", True),
        ("I don't read my DMs", True),
        ("DMs open", False),
        ("No DMs from recruiters about crypto, everyone else welcome", False),
        ("Please don't message me about crypto", False),
        ("Messages from the sea", False),
    ],
)
def test_a_page_that_asks_for_no_letters(bio: str, expected: bool) -> None:
    assert no_letters(bio) is expected


@pytest.mark.parametrize(
    "text",
    [
        "And what do you do?",
        "What do you do for a living?",
        "So what is it that you do yourself?",
        "What's your business about?",
        "Where do you work?",
        "How does your product work?",
        "Do you sell these as well?",
        "Tell me about your work.",
        "I'd love to hear more about what you do. Tell me!",
        "What are your rates?",
        "How did you get into your line of work?",
    ],
)
def test_a_question_about_ones_work(text: str) -> None:
    assert left_off(you(days=1), they(text)).asked_work


@pytest.mark.parametrize(
    "text",
    [
        "What do you do on a free Saturday?",
        "Do you throw pots as well?",
        "My work keeps me busy. How is your garden?",
        "What do you do when the page stays empty?",
        "I know what you do, and I like it.",
    ],
)
def test_other_questions(text: str) -> None:
    assert not left_off(you(days=1), they(text)).asked_work


def test_only_while_theirs_is_the_last_word() -> None:
    exchange = left_off(they("And what do you do?", 2), you(days=1))
    assert (exchange.asked, exchange.asked_work, exchange.question, exchange.their_turn) == (False, False, "", False)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("It hurt. Do you throw pots as well?", "do you throw pots as well"),
        ("And what about you? Or is it a secret?", "or is it a secret"),
        ("Did you see “Ran”?", ""),
        ("One. Two.", ""),
        ("What do you make of https://x.example/?", ""),
        ("So, is it " + "very " * 20 + "far?", ""),
    ],
)
def test_their_question_is_handed_back_only_where_it_is_short_and_plain(text: str, question: str) -> None:
    assert left_off(they(text)).question == question


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Very busy at the moment. All the best!"], True),
        (["I have to leave it here, take care."], True),
        (["Take care! What are you baking next?"], False),
        (["A long story of the boat.", "Ha, yes.", "Indeed."], True),
        (["Ha, yes.", "Indeed."], False),
        (["Two bowls survived the whole thing."], False),
    ],
)
def test_a_conversation_that_fades(texts: list[str], expected: bool) -> None:
    messages = [they(text, len(texts) - number) for number, text in enumerate(texts)]
    assert left_off(*messages).fading is expected


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("coffee, about her old boat", "your old boat"),
        ("A call about the lock gates.", "the lock gates"),
        ("lunch", ""),
        ("we talked about " + "a lot of very different small things and " * 3, ""),
    ],
)
def test_what_a_meeting_was_about(text: str, met: str) -> None:
    exchange = left_off(said(MessageKind.MEETING, text, 2))
    assert (exchange.met, exchange.met_on) == (met, TODAY - timedelta(days=2))


def test_a_meeting_is_over_once_something_was_said_since() -> None:
    assert left_off(said(MessageKind.MEETING, "about boats", 2), they("Home.", 1)).met_on is None
    assert (
        left_off(said(MessageKind.MEETING, "about boats", 2), said(MessageKind.NOTE, "sent cake", 1)).met_on is not None
    )


def test_a_goodbye_is_not_quoted() -> None:
    assert left_off(they("Very busy at the moment, all the best!")).quote == ""


def test_a_book_of_a_letter_is_read_in_no_time() -> None:
    for text in (
        "Please " * 40_000,
        "don't " * 40_000,
        "what do you do " * 20_000,
        "a " * 100_000 + "?",
        "I'll send the " * 9_000,
    ):
        started = datetime.now(UTC)
        left_off(they(text))
        assert not asked_for_peace((they(text),))
        is_bot(text)
        no_letters(text)
        assert datetime.now(UTC) - started < timedelta(seconds=1)
