"""The notebook out again: every person with everything that belongs to them."""

from collections.abc import Generator, Iterable
from datetime import datetime, tzinfo

from warmnote.model import Exported
from warmnote.store import Store

__all__ = ["export"]


def export(store: Store, ids: Iterable[int] | None, now: datetime, zone: tzinfo | None) -> Generator[Exported]:
    """See `Notebook.export`."""
    with store.snapshot():
        chosen = store.whole.ids() if ids is None else list(dict.fromkeys(ids))
        yield from store.whole.each(chosen, now, zone)
