"""Kinds, stages, ages and fields of starters in the words of the page."""

import re
from typing import Final

from warmnote.prompts import FIELDS

__all__ = ["AGES", "STAGES", "field_words", "is_condition", "kind_words", "lacking", "stand_in", "too_early"]

_KINDS: Final = {
    "hobby": "Hobbies",
    "place": "Places",
    "post": "Posts",
    "photo": "Photos",
    "project": "Projects",
    "career": "A change of work",
    "question": "Questions they asked",
    "common": "What you share",
    "mutual": "Somebody you both know",
    "pet": "Pets",
    "book": "Books and shows",
    "music": "Music",
    "sport": "Sport",
    "event": "Events",
    "milestone": "Milestones",
    "craft": "Crafts",
    "trip": "Trips",
    "food": "Food",
    "cause": "Causes",
    "learned": "What they taught you",
    "follow_up": "Where you left off",
    "reconnect": "After a while",
    "deeper": "A deeper one",
    "reply": "Answering them",
    "thanks_meeting": "After a meeting",
    "about_my_work": "They asked about your work",
    "ending": "Ending well",
    "work": "Their work",
    "workplace": "Where they work",
    "still": "Still true?",
    "hello": "A first hello",
    "everyday": "Everyday",
    "own": "Of your own",
}

STAGES: Final = (
    "From the first message on",
    "Once they have answered",
    "Once you two are talking",
    "Once you know each other",
)

AGES: Final = (
    ("However old", None),
    ("Of the last week", 7),
    ("Of the last month", 31),
    ("Of the last four months", 120),
    ("Of the last year", 365),
)


def kind_words(kind: str) -> str:
    """A kind as a heading."""
    return _KINDS.get(kind) or kind.replace("_", " ").capitalize()


def field_words(name: str) -> str:
    """What a field holds, in a few words."""
    words = FIELDS.get(name, name.replace("_", " "))
    for tail in (", as “", ", to follow “", ", beside ", ": “"):
        words = words.partition(tail)[0]
    return words


def is_condition(name: str) -> bool:
    """Whether a field holds no words, and is only there to be needed."""
    return FIELDS.get(name, "").startswith("that ") and name != "their_question"


def stand_in(name: str) -> str:
    """What stands in a text in the place of a field that is not known."""
    return f"‹{re.split(r'[,:]| with its | without ', FIELDS.get(name, name.replace('_', ' ')))[0]}›"


def lacking(name: str) -> str:
    """Why a starter that needs a field cannot be used."""
    words = field_words(name)
    if is_condition(name):
        return f"Only if {words.removeprefix('that ')}."
    return f"Needs {words}: nothing known."


def too_early(stage: int, least: int, most: int) -> str:
    """Why a starter is not for somebody at this stage; empty if it is."""
    if stage < least:
        return f"For later: {STAGES[least][:1].lower()}{STAGES[least][1:]}."
    return (
        f"Only {'before they have answered' if most == 0 else 'while you are getting to know each other'}."
        if stage > most
        else ""
    )
