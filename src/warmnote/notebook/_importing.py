"""The preview of an import, and its progress and cancellation."""

from collections.abc import Callable

from warmnote.model import Batch, Incoming
from warmnote.notebook._values import Cancelled, Preview, PreviewItem
from warmnote.store import ItemKind, Store, Tally

__all__ = ["Progressed", "earlier_keys", "preview", "watcher"]

Progressed = Callable[[int, int], None]


def watcher(total: int, progress: Progressed | None, cancelled: Callable[[], bool] | None) -> Callable[[int], None]:
    """What to call with the number of records done: tells `progress`, raises Cancelled if `cancelled` says so."""

    def passed(done: int) -> None:
        if progress is not None:
            progress(done, total)
        if cancelled is not None and cancelled():
            raise Cancelled

    return passed


def earlier_keys(person: Incoming) -> tuple[str, ...]:
    """The keys under which a poorer source would have brought the same account."""
    # The readers of files are not needed until somebody imports.
    from warmnote.followers import earlier_keys as keys

    return keys(person)


def preview(store: Store, batch: Batch, progress: Progressed | None, cancelled: Callable[[], bool] | None) -> Preview:
    """What importing `batch` would do, read in one moment."""
    items = [PreviewItem(ItemKind.SKIPPED, p.row, column=p.column, reason=p.reason) for p in batch.skipped]
    items += [PreviewItem(ItemKind.PROBLEM, p.row, column=p.column, reason=p.reason) for p in batch.problems]
    tally = Tally(skipped=len(batch.skipped))
    passed = watcher(len(batch.people), progress, cancelled)
    done = 0
    with store.snapshot():
        baseline = store.imports.is_baseline(batch.network)
        for piece in store.imports.compare(batch, earlier_keys):
            tally.count(piece)
            items += [
                PreviewItem(c.kind, c.incoming.row, c.incoming, c.changes, c.person or None, reason=c.reason)
                for c in piece
            ]
            done += len(piece)
            passed(done)
    items.sort(key=lambda item: item.row or 0)
    return Preview(
        source=batch.source,
        network=batch.network,
        origin=batch.origin,
        read_as=batch.read_as,
        exported_on=batch.exported_on,
        notes=batch.notes,
        baseline=baseline,
        items=tuple(items),
        new=tally.new,
        changed=tally.changed,
        unchanged=tally.unchanged,
        skipped=tally.skipped,
        problems=len(batch.problems),
    )
