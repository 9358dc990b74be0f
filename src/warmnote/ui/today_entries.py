"""What the cards of Today say: a title, a line that follows the clock, and the word for what can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from warmnote.notebook import Back, Hello, Resting, Waiting
from warmnote.ui.when import ago, day_of, long_day, planned

__all__ = ["Entry", "back", "estimate", "hello", "resting", "waiting"]

_LONGEST_TEXT = 110
# House figure: reading what they wrote, looking at who they are, and two or three sentences.
_MINUTES_A_LETTER = 1.5
_ESTIMATES = (
    (2, "A minute or two."),
    (7, "About five minutes."),
    (12, "About ten minutes."),
    (17, "About a quarter of an hour."),
    (25, "About twenty minutes."),
    (40, "About half an hour."),
    (75, "About an hour."),
)
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Entry:
    """A card's content. `line` gives the second line as of a moment."""

    person: int
    name: str
    title: str
    line: Callable[[datetime], str]
    source: object
    action: str = "Write"
    rest: bool = False


def waiting(entry: Waiting) -> Entry:
    """Someone whose word is the last one."""
    title = f"{entry.name} asked you something" if entry.asked else f"{entry.name} replied"
    text = _short(entry.why) if entry.why else f"“{_short(entry.text)}”"
    return Entry(entry.id, entry.name, title, lambda now: _line(text, ago(entry.at, now)), entry, "Answer")


def hello(entry: Hello) -> Entry:
    """A new person, and the thing to begin with."""

    def line(now: datetime) -> str:
        followed = f"followed {ago(entry.followed_on, now)}" if entry.followed_on is not None else ""
        return _line(_reason(entry, now), followed)

    return Entry(entry.id, entry.name, entry.name, line, entry)


def _reason(entry: Hello, now: datetime) -> str:
    reason = _short(entry.reason)
    if entry.kind != "post":
        return reason[:1].upper() + reason[1:]
    posted = f"Posted {ago(entry.on, now)}" if entry.on is not None else "Posted"
    # What the user noted about a post begins in lower case; a post itself is quoted.
    return f"{posted} about {reason}" if reason[:1].islower() else f"{posted}: “{reason}”"


def back(entry: Back) -> Entry:
    """Someone the user planned to come back to."""

    def line(now: datetime) -> str:
        today = day_of(now)
        passed = (today - entry.due).days > 1
        day = long_day(entry.due, today) if passed else planned(entry.due, today)
        return _line(_short(entry.why), f"planned for {day}")

    return Entry(entry.id, entry.name, entry.name, line, entry)


def resting(entry: Resting) -> Entry:
    """Someone who left letters unanswered."""
    count = _NUMBERS[entry.letters] if entry.letters < len(_NUMBERS) else f"{entry.letters:,}"
    line = f"No answer to {count} letters. The kindest thing is to wait."
    return Entry(entry.id, entry.name, entry.name, lambda _: line, entry, "Let rest", rest=True)


def _line(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def estimate(letters: int, awaited: bool) -> str:
    """How long the letters of the day may take, and who comes first; `awaited` if somebody waits for one."""
    if not letters:
        return "Nothing to write today."
    minutes = letters * _MINUTES_A_LETTER
    lasts = next(
        (words for limit, words in _ESTIMATES if minutes <= limit), "More than an hour; not all of it has to be today."
    )
    return f"{lasts} {'Those who wrote to you come first.' if awaited else 'Nobody is waiting for an answer.'}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= _LONGEST_TEXT:
        return text
    return text[:_LONGEST_TEXT].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
