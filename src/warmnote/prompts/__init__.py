"""Things to ask a person about: what they care about, and a good first sentence for it.

Nothing here sends, stores or scores. Everything is computed from what it is given and from plain files under
`resources/interests` and `resources/prompts`; what a person did not show, and what is nobody's business, is never used.
"""

from warmnote.prompts.choosing import Prompt, Prompter, silence
from warmnote.prompts.interests import KINDS, TOLD, Interest, InterestReader, interests
from warmnote.prompts.starters import Starter, StarterError, blanks, read_starters

__all__ = [
    "KINDS",
    "TOLD",
    "Interest",
    "InterestReader",
    "Prompt",
    "Prompter",
    "Starter",
    "StarterError",
    "blanks",
    "interests",
    "read_starters",
    "silence",
]
