"""The preview of an import and the import itself, with their progress and cancellation."""

from collections.abc import Callable
from datetime import date, datetime

from warmnote.model import Batch, Incoming
from warmnote.notebook._values import Cancelled, Preview, PreviewItem
from warmnote.store import Comparison, Interrupted, ItemKind, Step, Store, Tally

__all__ = ["Progressed", "import_batch", "preview"]

Progressed = Callable[[int, int], None]

_WRITTEN = (
    0.7  # the share of an import that is done when all rows are written; then lists and search are brought up to date
)


def _watcher(total: int, progress: Progressed | None, cancelled: Callable[[], bool] | None) -> Callable[[float], None]:
    """What to call with the share of the work done, 0 to 1: tells `progress`, raises Cancelled if `cancelled` says so."""

    def passed(share: float) -> None:
        if progress is not None:
            progress(round(share * total), total)
        if cancelled is not None and cancelled():
            raise Cancelled

    return passed


def _earlier_keys(person: Incoming) -> tuple[str, ...]:
    """The keys under which a poorer source would have brought the same account."""
    # The readers of files are not needed until somebody imports.
    from warmnote.followers import earlier_keys as keys

    return keys(person)


def _names_agree(one: str, other: str) -> bool:
    """Whether two names may be one person's."""
    from warmnote import matching  # nobody needs it until two people have the same e-mail

    return matching.names_agree(one, other)


def preview(store: Store, batch: Batch, progress: Progressed | None, cancelled: Callable[[], bool] | None) -> Preview:
    """What importing `batch` would do, read in one moment."""
    passed = _watcher(len(batch.people), progress, cancelled)
    compared: list[Comparison] = []
    with store.snapshot():
        first = store.imports.is_first(batch)
        for piece in store.imports.compare(batch, _earlier_keys, _names_agree).pieces():
            compared += piece
            passed(len(compared) / len(batch.people))
    tally = Tally(skipped=len(batch.skipped))
    tally.count(compared)
    items = [PreviewItem(ItemKind.SKIPPED, p.row, column=p.column, reason=p.reason) for p in batch.skipped]
    items += [PreviewItem(ItemKind.PROBLEM, p.row, column=p.column, reason=p.reason) for p in batch.problems]
    compared.reverse()
    while compared:  # let go of as it is turned into a line
        c = compared.pop()
        known = None if c.makes else c.person or None
        items.append(PreviewItem(c.kind, c.incoming.row, c.incoming, c.changes, known, reason=c.reason))
    items.sort(key=lambda item: item.row or 0)
    return Preview(
        source=batch.source,
        network=batch.network,
        origin=batch.origin,
        read_as=batch.read_as,
        exported_on=batch.exported_on,
        notes=batch.notes,
        baseline=all(first.values()),
        followed=frozenset(network for network, is_first in first.items() if not is_first),
        items=tuple(items),
        new=tally.new,
        changed=tally.changed,
        unchanged=tally.unchanged,
        skipped=tally.skipped,
        problems=len(batch.problems),
    )


def import_batch(
    store: Store,
    batch: Batch,
    new_since: date | None,
    at: datetime,
    progress: Progressed | None,
    cancelled: Callable[[], bool] | None,
) -> tuple[Step, int]:
    """Writes `batch`; returns what it did and its number. Raises Cancelled."""
    total = len(batch.people)
    passed = _watcher(total, progress, cancelled)
    try:
        with store.import_step(cancelled) as step:
            number = store.imports.write(
                batch, new_since, at, _earlier_keys, _names_agree, lambda share: passed(_WRITTEN * share)
            )
    except Interrupted as stopped:
        raise Cancelled from stopped
    if progress is not None:
        progress(total, total)
    return step, number
