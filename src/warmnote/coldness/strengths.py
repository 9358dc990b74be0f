"""What warms a message: a real question about them, something from their record, thanks for something they did."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from warmnote.coldness.known import Known, content, simple_words
from warmnote.coldness.reading import Strength
from warmnote.coldness.rules import Hit
from warmnote.coldness.text import GREETINGS, Sentence, Text

__all__ = ["MOST_WARMTH", "NOT_A_NAME", "Interest", "greeted_name", "interest", "names_theirs", "strengths"]

MOST_WARMTH: Final = 25  # kind words never count for more
_YOU: Final = frozenset("you your yours you're you've you'd you'll yourself y'all yourselves".split())
_ME: Final = frozenset("i i'm i'd i'll i've we we're we'd we'll we've my our us mine ours".split())
_OPENERS: Final = frozenset(
    "how how's what what's where where's when who who's why which whose is are was were did do does has have".split()
)
NOT_A_NAME: Final = GREETINGS | frozenset(
    "there all everyone everybody friend friends folks team again from to you guys y'all day both dear my lovely the and mr mrs ms dr miss"
    " prof sir madam stranger neighbour neighbor gorgeous beautiful mate love hope hun it's i this thanks thank just so oh how what new".split()
)


@dataclass(frozen=True, slots=True)
class Interest:
    """How far the message is about the person: which sentences ask about them, and whether anything else is."""

    questions: tuple[int, ...]  # sentences that ask about them
    asked_anything: bool  # a question mark of any kind
    about_them: bool


def greeted_name(text: Text) -> tuple[int, int] | None:
    """The words (as indices) of the name in the opening greeting, or None when nobody is greeted by name."""
    if not text.sentences:
        return None
    sentence = text.sentences[0]
    if text.words[sentence.first] not in GREETINGS:
        return None
    first = sentence.first + 1
    while first < sentence.last and text.words[first] in NOT_A_NAME:
        if text.words[first] in {"from", "to"}:  # "Good morning from Leith" greets nobody
            return None
        first += 1
    last = first
    alone = sentence.ender == "," or sentence.last - sentence.first <= 3
    while last < min(sentence.last, first + 3) and text.words[last][0].isalpha() and text.words[last] not in NOT_A_NAME:
        if not (text.capital[last] or alone):
            break
        last += 1
    return (first, last) if last > first else None


def interest(
    text: Text, known: Known, phrases: Mapping[str, Sequence[Hit]], asks: frozenset[int], flatters: frozenset[int]
) -> Interest:
    """Read what in the text is about them.

    `asks` are the sentences that ask for something or offer something, `flatters` those with praise that fits anyone.
    """
    sounding = asks | {hit.sentence for hit in phrases.get("no_interest_question", ())}
    barred = sounding | {hit.sentence for hit in phrases.get("small_talk", ())}
    names = set(simple_words(known.about.name))
    questions = tuple(
        number
        for number, sentence in enumerate(text.sentences)
        if sentence.question and number not in barred and _is_about_them(text, sentence, known, names)
    )
    about = any(
        hit.sentence not in sounding | flatters for name in ("about_them", "thanks") for hit in phrases.get(name, ())
    )
    return Interest(questions, any(sentence.question for sentence in text.sentences), about)


_WHAT_SELLERS_NAME: Final = frozenset(
    "business company team website site page profile shop store clients customers email inbox number interest needs area postcode sample"
    " name feed account marketing sales office staff firm brand practice budget time place list calendar diary home house car van drive"
    " gutters windows roof street road town region sector industry market attention consideration reply response thoughts details order"
    " bookings enquiries work bills energy insurance policy cover mortgage pension money income way door premises building property fleet"
    " supplier suppliers organisation organization role background experience network audience followers content following confirmation"
    " convenience requirements project projects next new current first own local monthly weekly free listing listings hiring cv phone".split()
)


def names_theirs(text: Text) -> bool:
    """Whether anything of theirs is named that is not what every seller names ("your mural", not "your company")."""
    words = text.words
    return any(
        word in {"yours", "you're"} or (word == "your" and after not in _WHAT_SELLERS_NAME)
        for word, after in zip(words, [*words[1:], ""], strict=True)
    )


def _is_about_them(text: Text, sentence: Sentence, known: Known, names: set[str]) -> bool:
    words = text.words[sentence.first : sentence.last]
    if len(words) < 3 and not any(stem in known.shared for _, stem in content(words)):
        return False
    if not _YOU.isdisjoint(words) or not names.isdisjoint(words):
        return True
    if any(stem in known.shared for _, stem in content(words)):
        return True
    return words[0] in _OPENERS and _ME.isdisjoint(words)


def strengths(
    text: Text, known: Known, phrases: Mapping[str, Sequence[Hit]], asks: frozenset[int], questions: Sequence[int]
) -> tuple[Strength, ...]:
    """Everything that warms, at most 25 points together, in the order of the text."""
    found = [
        *_questions(text, known, questions),
        *_references(text, known, asks),
        *_thanks(text, phrases, asks),
        *_common(text, known, phrases, asks),
        *_greeting(text, known),
    ]
    room = MOST_WARMTH
    kept: list[Strength] = []
    for strength in sorted(found, key=lambda item: (item.points, item.start, item.kind)):
        points = max(strength.points, -room)
        if points < 0:
            room += points
            kept.append(Strength(strength.start, strength.end, strength.kind, strength.title, points))
    return tuple(sorted(kept, key=lambda item: (item.start, item.end, item.kind)))


def _questions(text: Text, known: Known, questions: Sequence[int]) -> list[Strength]:
    found: list[Strength] = []
    for number in questions:
        sentence = text.sentences[number]
        words = text.words[sentence.first : sentence.last]
        follow_up = any(stem in known.said for _, stem in content(words))
        kind, title, points = (
            ("follow_up", "Follows up on what they said", -12) if follow_up else ("question", "Asks about them", -8)
        )
        found.append(Strength(sentence.start, sentence.end, kind, title, points))
    return sorted(found, key=lambda item: (item.points, item.start))[:2]


def _references(text: Text, known: Known, asks: frozenset[int]) -> Iterator[Strength]:
    if not known.shared:
        return
    seen: set[str] = set()
    for number, sentence in enumerate(text.sentences):
        if number in asks:
            continue
        for index, stem in content(text.words[sentence.first : sentence.last]):
            source = known.shared.get(stem)
            if source is None or source in seen:
                continue
            seen.add(source)
            at = sentence.first + index
            start, end = text.starts[at], text.ends[at]
            yield Strength(start, end, "reference", f"Mentions “{text.source[start:end]}”, from {source}", -10)


def _thanks(text: Text, phrases: Mapping[str, Sequence[Hit]], asks: frozenset[int]) -> list[Strength]:
    empty = {hit.sentence for hit in phrases.get("follow_thanks", ())} | asks
    for hit in phrases.get("thanks", ()):
        if hit.sentence not in empty:
            start, end = text.starts[hit.first], text.ends[hit.last - 1]
            return [Strength(start, end, "thanks", "Thanks them for something they did", -4)]
    return []


def _common(text: Text, known: Known, phrases: Mapping[str, Sequence[Hit]], asks: frozenset[int]) -> list[Strength]:
    for hit in phrases.get("common", ()):
        sentence = text.sentences[hit.sentence]
        words = text.words[sentence.first : sentence.last]
        # Only what their record bears out: a tie that is merely claimed earns nothing.
        if hit.sentence not in asks and any(stem in known.shared for _, stem in content(words)):
            start, end = text.starts[hit.first], text.ends[hit.last - 1]
            return [Strength(start, end, "common", "Something you have in common", -5)]
    return []


def _greeting(text: Text, known: Known) -> list[Strength]:
    name = greeted_name(text)
    if name is None:
        return []
    parts = set(simple_words(known.about.name))
    if parts and parts.isdisjoint(word.removesuffix("'s") for word in text.words[name[0] : name[1]]):
        return []
    start, end = text.starts[text.sentences[0].first], text.ends[name[1] - 1]
    return [Strength(start, end, "greeting", "Greets them by name", -2)]
