"""What goes into the meter beside the text, and what comes out of it. Offsets are code points into the text."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from warmnote.model import Fact, Stage

if TYPE_CHECKING:
    from warmnote.coldness.sameness import Sent

__all__ = ["About", "Band", "Finding", "Fix", "Reading", "Strength"]


class Band(StrEnum):
    """The four words for a coldness: warm 0 to 19, mild 20 to 39, chilly 40 to 64, cold from 65."""

    WARM = "warm"
    MILD = "mild"
    CHILLY = "chilly"
    COLD = "cold"

    @classmethod
    def of(cls, coldness: int) -> Self:
        """The band of a number from 0 to 100."""
        return cls("warm" if coldness < 20 else "mild" if coldness < 40 else "chilly" if coldness < 65 else "cold")


@dataclass(frozen=True, slots=True)
class About:
    """Whom the message is for and what is known between the two; everything may be left out.

    `asked` says whether their last message asked about the writer's work or price (None: read it from `their_last`).
    `sent_to_others` are letters that each went to someone else, or a Sent, which knows to whom.
    `earlier` is what was said before, by both. `prompts` are starter sentences that stand in the draft as they came.
    `unanswered` counts letters since their last word. `off` holds rule ids; `excused` pairs of rule id and the
    matched text, case-folded; `allowed` phrases within which nothing is marked (see `coldness.allowed`).
    """

    stage: Stage = Stage.FIRST_TOUCH
    asked: bool | None = None
    their_last: str = ""
    name: str = ""
    bio: str = ""
    location: str = ""
    pronouns: str = ""
    facts: tuple[Fact, ...] = ()
    posts: tuple[str, ...] = ()
    sent_to_others: "tuple[str, ...] | Sent" = ()
    earlier: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    unanswered: int = 0
    off: frozenset[str] = frozenset()
    excused: frozenset[tuple[str, str]] = frozenset()
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fix:
    """What one click does: put `text` in place of `[start, end)`."""

    start: int
    end: int
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that cools the message, with its points. `start` and `end` are 0 when it is about the whole message.

    `sure` is False for a weak sign, which counts half. `replacement` is a better wording for `[start, end)`, if any.
    `evidence` says what the rule rests on (experiment, observation or house), `source` where that is found.
    """

    start: int
    end: int
    category: str
    rule: str
    title: str
    points: int
    sure: bool
    why: str
    advice: str
    replacement: str | None = None
    fix: Fix | None = None
    evidence: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Strength:
    """Something that warms the message; `points` are negative."""

    start: int
    end: int
    kind: str
    title: str
    points: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The meter's answer. `coldness` is 0 to 100, or None (with no band) while there are fewer than four words.

    `raw` is the sum of the findings' points, `warmth` the sum of the strengths' with its sign turned. `floor` is set
    only when it decided the number: then coldness = floor + a quarter of what was found beside the biggest finding.
    """

    coldness: int | None
    band: Band | None
    findings: tuple[Finding, ...]
    strengths: tuple[Strength, ...]
    raw: int
    warmth: int
    floor: int | None
    summary: str
    words: int
