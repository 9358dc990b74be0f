"""The use cases of Warmnote: what a window or a command may ask for. The only writer of the store.

Every write is one transaction and returns Changes, with the Undo that takes it back.
"""

from warmnote.matching import Pair
from warmnote.notebook._bulk import LONGEST_TAG, Bulk
from warmnote.notebook._day import asks
from warmnote.notebook._duplicates import Comparison, Duplicates, Side
from warmnote.notebook._fields import LONGEST_PHRASE, SHORTEST_PHRASE
from warmnote.notebook._notebook import Notebook
from warmnote.notebook._place import DATABASE, data_folder, make_folder
from warmnote.notebook._sources import Source, Sources
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
    MergeRecord,
    Order,
    PersonRow,
    Store,
    View,
    stage_of,
)

__all__ = [
    "DATABASE",
    "LONGEST_PHRASE",
    "LONGEST_TAG",
    "SHORTEST_PHRASE",
    "Back",
    "Bulk",
    "Cancelled",
    "Changes",
    "Comparison",
    "Counts",
    "Duplicates",
    "Excused",
    "FieldChange",
    "Gone",
    "Hello",
    "ImportRecord",
    "ItemKind",
    "MergeRecord",
    "Notebook",
    "Opened",
    "Order",
    "Pair",
    "PersonRow",
    "Preview",
    "PreviewItem",
    "Resting",
    "Side",
    "Source",
    "Sources",
    "Store",
    "Today",
    "Undo",
    "View",
    "Waiting",
    "asks",
    "data_folder",
    "make_folder",
    "stage_of",
]
