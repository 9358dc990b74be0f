"""The use cases of Warmnote: what a window or a command may ask for. The only writer of the store.

Every write is one transaction and returns Changes, with the Undo that takes it back.
"""

from warmnote.notebook._day import asks
from warmnote.notebook._fields import LONGEST_PHRASE, SHORTEST_PHRASE
from warmnote.notebook._notebook import Notebook
from warmnote.notebook._values import (
    Back,
    Cancelled,
    Changes,
    Hello,
    Opened,
    Preview,
    PreviewItem,
    Resting,
    Today,
    Undo,
    Waiting,
)
from warmnote.store import (
    Counts,
    Excused,
    FieldChange,
    Gone,
    ImportRecord,
    ItemKind,
    Order,
    PersonRow,
    Store,
    View,
    stage_of,
)

__all__ = [
    "LONGEST_PHRASE",
    "SHORTEST_PHRASE",
    "Back",
    "Cancelled",
    "Changes",
    "Counts",
    "Excused",
    "FieldChange",
    "Gone",
    "Hello",
    "ImportRecord",
    "ItemKind",
    "Notebook",
    "Opened",
    "Order",
    "PersonRow",
    "Preview",
    "PreviewItem",
    "Resting",
    "Store",
    "Today",
    "Undo",
    "View",
    "Waiting",
    "asks",
    "stage_of",
]
