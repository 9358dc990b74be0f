"""Things to ask a person about: what they care about, and a good first sentence for it.

Nothing here sends, stores or scores, but for the user's own packs in a folder. Everything is computed from what it is given
and from plain files under `resources/interests`, `resources/prompts` and `resources/packs`; what a person did not show, and
what is nobody's business, is never used.
"""

from warmnote.prompts._fields import FIELDS, STARTER_KINDS
from warmnote.prompts._provenance import own_words, provenance, unchanged
from warmnote.prompts._spelling import Spelling
from warmnote.prompts.choosing import Prompt, Prompter, silence
from warmnote.prompts.interests import KINDS, TOLD, Interest, InterestReader, interests
from warmnote.prompts.packs import MINE, USUAL, Choice, Pack, PackFolder, Shelf, read_pack, write_pack
from warmnote.prompts.starters import Starter, StarterError, blanks, read_starters

__all__ = [
    "FIELDS",
    "KINDS",
    "MINE",
    "STARTER_KINDS",
    "TOLD",
    "USUAL",
    "Choice",
    "Interest",
    "InterestReader",
    "Pack",
    "PackFolder",
    "Prompt",
    "Prompter",
    "Shelf",
    "Spelling",
    "Starter",
    "StarterError",
    "blanks",
    "interests",
    "own_words",
    "provenance",
    "read_pack",
    "read_starters",
    "silence",
    "unchanged",
    "write_pack",
]
