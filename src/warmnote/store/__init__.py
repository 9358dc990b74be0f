"""The store: people, accounts, facts, letters and imports in one SQLite file, and every statement of SQL.

It promises that what was committed survives a crash, that a damaged file is never deleted, and that a reader never
waits for the writer. It scores nothing and knows nothing of windows.
"""

from warmnote.store._agenda import Due, Known, Unanswered, Word
from warmnote.store._compare import Comparison, FieldChange, ItemKind
from warmnote.store._database import Interrupted
from warmnote.store._imports import ImportRecord, Tally
from warmnote.store._listing import Counts, Order, PersonRow, View
from warmnote.store._merging import MergeRecord
from warmnote.store._people import Gone
from warmnote.store._sources import Source
from warmnote.store._store import Step, Store
from warmnote.store._waivers import Excused, Waivers
from warmnote.store.stages import Exchange, stage_of

__all__ = [
    "Comparison",
    "Counts",
    "Due",
    "Exchange",
    "Excused",
    "FieldChange",
    "Gone",
    "ImportRecord",
    "Interrupted",
    "ItemKind",
    "Known",
    "MergeRecord",
    "Order",
    "PersonRow",
    "Source",
    "Step",
    "Store",
    "Tally",
    "Unanswered",
    "View",
    "Waivers",
    "Word",
    "stage_of",
]
