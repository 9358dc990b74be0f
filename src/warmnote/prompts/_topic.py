"""What a starter is filled with: one value, what it is about, and why it is offered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from warmnote.prompts.interests import Interest

__all__ = ["FRESH_DAYS", "Pronouns", "Topic", "pronouns"]

FRESH_DAYS = 14
_EVENT_DAYS = 7
_OLD_POST_DAYS = 365


@dataclass(frozen=True, slots=True)
class Pronouns:
    they: str
    their: str


def pronouns(text: str) -> Pronouns:
    """How to speak of someone, from what they gave ("she/her"); "they" where nothing is known."""
    first = re.split(r"[^\w]+", text.strip().casefold(), maxsplit=1)[0]
    return {
        "she": Pronouns("she", "her"),
        "ella": Pronouns("she", "her"),
        "elle": Pronouns("she", "her"),
        "sie": Pronouns("she", "her"),
        "ela": Pronouns("she", "her"),
        "he": Pronouns("he", "his"),
        "él": Pronouns("he", "his"),
        "il": Pronouns("he", "his"),
        "er": Pronouns("he", "his"),
        "ele": Pronouns("he", "his"),
    }.get(first, Pronouns("they", "their"))


@dataclass(frozen=True, slots=True)
class Topic:
    """One value of a field, with what it is about and why it is offered.

    `fields` holds further fields that are true only together with it. `order` ranks topics of one field, `days` is the
    age of what it rests on, None where there is no date.
    """

    value: str
    title: str
    reason: str
    key: str
    group: str = "?"
    name: str = ""
    source: str = ""
    order: int = 0
    days: int | None = None
    interest: Interest | None = None
    fields: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def old_post(self) -> bool:
        """Whether it is a post of so long ago that one has to say so."""
        return self.days is not None and self.days > _OLD_POST_DAYS and self.key.startswith("post:")

    @property
    def fresh(self) -> bool:
        """Whether it is news: a week on either side of an event, a fortnight after anything else."""
        if self.days is None:
            return False
        return abs(self.days) <= (_EVENT_DAYS if self.key.startswith("event:") else FRESH_DAYS)
