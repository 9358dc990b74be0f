"""Followers as they arrive: from a file, a zip or a folder to a batch of people, problems and reasons.

`read` recognises a source by what is in it, never by its name alone. Rows that cannot be used are collected with their
number and a reason, and never stop a reading; anything that is not a list of people gets an `Expected` that says what it
is, what was looked for and what to do. Nothing is unpacked to disk, nothing is sent, nothing is written.

Row numbers count every record of the file from 1, preamble, header and blank lines included, so that they are the rows
a spreadsheet shows. Rows without any content are passed over in silence.

A reader is a function that takes the container and returns the reading, or None, or raises `Expected` when the source
is its own but holds no followers. The first in `READERS` that answers is taken; tables that none of them knows come last.
A spreadsheet is read sheet by sheet, each as the CSV that its program would have saved.
"""

from collections.abc import Callable
from pathlib import Path

from warmnote.accounts import earlier_keys
from warmnote.followers import facebook, instagram, linkedin, own, strangers, table, tiktok, vcard, x, xlsx
from warmnote.followers.container import Container, opened
from warmnote.followers.headers import Role
from warmnote.followers.mapping import Mapping, Recall, Remembered, Sheet, Unmapped
from warmnote.followers.table import GENERIC, try_out
from warmnote.followers.watch import Cancelled, Watch
from warmnote.model import Batch, Expected

__all__ = [
    "GENERIC",
    "READERS",
    "Cancelled",
    "Mapping",
    "Reader",
    "Recall",
    "Remembered",
    "Role",
    "Sheet",
    "Unmapped",
    "earlier_keys",
    "read",
    "sheet",
    "try_out",
]

Reader = Callable[[Container], Callable[[Watch], Batch] | None]

READERS: tuple[Reader, ...] = (
    own.recognise,
    linkedin.recognise,
    x.recognise,
    instagram.recognise,
    facebook.recognise,
    tiktok.recognise,
    vcard.recognise,
    strangers.recognise,
)


def read(
    path: Path,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    mapping: Mapping | None = None,
    recall: Recall | None = None,
) -> Batch:
    """Read the followers in a file, a zip or an unpacked folder.

    `progress(done, total)` is called in the calling thread with numbers of records; `cancelled()` is asked at the same
    moments, and a true answer raises `Cancelled`. With a `mapping` the file is read as a table of which the user has said
    what its columns mean; `recall` finds what they said of an earlier table with the same header. Raises `Expected`, of
    which `Cancelled` is one and `Unmapped` (a table in which nobody was found) another, and nothing else.
    """
    watch = Watch(progress, cancelled)
    watch.check()
    with opened(path) as container:
        found = xlsx.sheets(path, container, watch)
        if found is None:
            return _read(container, watch, mapping, recall)
        refusals: list[Expected] = []
        for each in found:
            try:
                batch = xlsx.as_read(_read(each.container, watch, mapping, recall), each, len(found))
            except Cancelled:
                raise
            except Expected as refusal:
                refusals.append(refusal)
            else:
                if batch.people or each is found[-1]:
                    return batch
        raise next((refusal for refusal in refusals if isinstance(refusal, Unmapped)), refusals[0])


def sheet(path: Path) -> Sheet | None:
    """The table in a CSV or a spreadsheet for the user to say what its columns mean; None if there is none.

    Raises `Expected` for a file that cannot be opened.
    """
    watch = Watch()
    with opened(path) as container:
        found = xlsx.sheets(path, container, watch)
        if found is None:
            return table.sheet(container)
        made = [one for each in found if (one := table.sheet(each.container)) is not None]
        return next((one for one in made if one.guessed.names_people), made[0] if made else None)


def _read(container: Container, watch: Watch, mapping: Mapping | None, recall: Recall | None) -> Batch:
    for recognise in READERS if mapping is None else ():
        reading = recognise(container)
        if reading is not None:
            return reading(watch)
    reading = table.reader(container, mapping, recall)
    if reading is not None:
        return reading(watch)
    told = strangers.unknown(container, table.headings(container))
    unmapped = table.sheet(container)
    raise told if unmapped is None else Unmapped(told.message, told.hint, unmapped)
