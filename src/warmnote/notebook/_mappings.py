"""What the user said of the columns of tables, kept for the next table with the same header."""

from datetime import tzinfo
from typing import TYPE_CHECKING

from warmnote.model import Clock
from warmnote.notebook._values import Changes
from warmnote.store import Store

if TYPE_CHECKING:
    from warmnote.followers import Mapping, Remembered

__all__ = ["Mappings"]


class Mappings:
    """Remembers mappings by the `digest` of a `followers.Sheet`; `recall` is made for `followers.read`."""

    def __init__(self, store: Store, clock: Clock, zone: tzinfo | None = None) -> None:
        self._store = store
        self._clock = clock
        self._zone = zone

    def recall(self, digest: str) -> "Remembered | None":
        """What was said of a header and on which day; None if nothing was that this version understands."""
        # The readers of files are not needed until somebody imports.
        from warmnote.followers import Mapping, Remembered

        kept = self._store.mappings.recall(digest) if digest else None
        mapping = Mapping.from_text(kept[0]) if kept is not None else None
        return Remembered(mapping, kept[1].astimezone(self._zone).date()) if kept and mapping else None

    def remember(self, digest: str, mapping: "Mapping") -> Changes:
        """Keeps what the user says of a header; a table without a header (an empty digest) cannot be known again."""
        with self._store.step(undoable=False) as step:
            if digest:
                self._store.mappings.remember(digest, mapping.to_text(), self._clock())
        return Changes.of(step, "Remembered")

    def forget(self, digest: str) -> Changes:
        """Reads tables with this header by Warmnote's own guess again."""
        with self._store.step(undoable=False) as step:
            self._store.mappings.forget(digest)
        return Changes.of(step, "Forgotten")
