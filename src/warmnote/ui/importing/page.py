"""The import page: choose files or ask a network, see what came, decide; earlier imports can be undone at any time."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from warmnote import followers
from warmnote.followers import GENERIC, Mapping, Sheet, Unmapped
from warmnote.model import Batch, Expected
from warmnote.notebook import Cancelled, Changes, Notebook, Preview
from warmnote.ui.importing.doubt import in_doubt
from warmnote.ui.importing.faces import Busy, Trouble
from warmnote.ui.importing.mapping import MappingPane
from warmnote.ui.importing.preview import PreviewPane
from warmnote.ui.importing.start import Start
from warmnote.ui.journal import Journal
from warmnote.ui.networks.errands import Errands, Found
from warmnote.ui.theme import Theme
from warmnote.ui.when import day_of
from warmnote.ui.work import Work

__all__ = ["ImportPage"]


class ImportPage(QWidget):
    """Five faces, one at a time: the start, at work, what the columns mean, the preview, and what went wrong.

    `finished(frozenset[int])` follows an import that was written, the last one if there were several files, with the
    people who were added. `told(str, Found)`
    says of a network's list that it can be shown. Nothing of a file, and nothing of a network's first list, is written
    before the user has seen the preview and said so.
    """

    finished = Signal(object)
    told = Signal(str, object)

    def __init__(self, theme: Theme, journal: Journal, errands: Errands) -> None:
        super().__init__()
        self._journal, self._errands = journal, errands
        self._work: Work | None = None
        self._path = Path()
        self._waiting: list[Path] = []
        self._files = 0
        self._added: frozenset[int] | None = None  # None as long as nothing was written
        self._found: Found | None = None
        self._start = Start(theme, journal, errands, self.show_found)
        self._start.choose_wanted.connect(self.choose_file)
        self._busy = Busy(theme)
        self._busy.cancelled.connect(self._on_cancel)
        self._preview = PreviewPane(theme)
        self._preview.confirmed.connect(self._on_confirmed)
        self._preview.cancelled.connect(self._go_on)
        self._preview.columns_wanted.connect(self._on_columns_wanted)
        self._mapping = MappingPane(theme)
        self._mapping.confirmed.connect(self._on_mapped)
        self._mapping.cancelled.connect(self._go_on)
        self._trouble = Trouble(theme)
        self._trouble.choose_wanted.connect(self.choose_file)
        self._trouble.back_wanted.connect(self._go_on)
        self._stack = QStackedWidget()
        for face in (self._start, self._busy, self._mapping, self._preview, self._trouble):
            self._stack.addWidget(face)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self._start)
        journal.changed.connect(self._start.refresh)
        errands.found.connect(self._on_found)

    def show_start(self) -> None:
        """The first face: what can be read and asked, and what was brought in before."""
        self._found = None
        self._start.refresh()
        self._stack.setCurrentWidget(self._start)

    def choose_file(self) -> None:
        """Ask for files with the desktop's own dialog."""
        dialog = QFileDialog(self.window(), "Files with followers")
        dialog.setObjectName("choose-file")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(_FILTERS)
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation))
        dialog.filesSelected.connect(lambda names: self.open_files([Path(name) for name in names]))
        dialog.open()

    def open_file(self, path: Path) -> None:
        """Read a file or a folder on the files lane and show what it holds."""
        self.open_files([path])

    def open_files(self, paths: Sequence[Path]) -> None:
        """Read several, one after the other: each is shown and decided on before the next is read."""
        if paths:
            self._on_cancel()
            self._waiting, self._files, self._added = list(paths), len(paths), None
            self._go_on()

    def show_found(self, found: Found) -> None:
        """Show what a network answered."""
        self._on_cancel()
        self._found = found
        batch = found.synced.batch
        work = self._begin(f"Comparing {found.account.shown} with your notebook")
        self._read(work, lambda notebook: (batch, notebook.preview(batch, work.progress, work.cancelled)))

    def _go_on(self) -> None:
        """Read the next file that waits, or come to the end of them."""
        if self._waiting:
            self._path = self._waiting.pop(0)
            self._look(None)
            return
        added, self._added = self._added, None
        self.show_start()
        if added is not None:
            self.finished.emit(added)

    @property
    def _place(self) -> str:
        return f"File {self._files - len(self._waiting)} of {self._files}." if self._files > 1 else ""

    def _look(self, mapping: Mapping | None) -> None:
        path = self._path
        work = self._begin(f"Reading {path.name}", self._place)

        def look(notebook: Notebook) -> tuple[Batch, Preview]:
            recall = notebook.mappings.recall
            batch = followers.read(path, work.progress, work.cancelled, mapping=mapping, recall=recall)
            if mapping is None and batch.source == GENERIC:
                sheet = followers.sheet(path)
                if sheet is not None and recall(sheet.digest) is None and in_doubt(sheet):
                    raise Unmapped("No column says what these people are called.", "Say what the columns mean.", sheet)
            return batch, notebook.preview(batch, work.progress, work.cancelled)

        self._read(work, look)

    def _read(self, work: Work, look: Callable[[Notebook], tuple[Batch, Preview]]) -> None:
        self._journal.ask(look, partial(self._on_read, work), partial(self._on_failed, work), self)

    def _on_columns_wanted(self) -> None:
        """Show what was taken for what, so that the user can put it right."""
        path = self._path
        work = self._begin(f"Reading {path.name}", self._place)

        def look(notebook: Notebook) -> tuple[Sheet | None, Mapping | None]:
            sheet = followers.sheet(path)
            before = notebook.mappings.recall(sheet.digest) if sheet is not None else None
            return sheet, before.mapping if before is not None else None

        self._journal.ask(look, partial(self._on_sheet, work), partial(self._on_failed, work), self)

    def _on_sheet(self, work: Work, found: tuple[Sheet | None, Mapping | None]) -> None:
        if work is not self._work:
            return
        self._end()
        sheet, before = found
        if sheet is None:
            self._go_on()
        else:
            self._ask_about(sheet, before)

    def _ask_about(self, sheet: Sheet, before: Mapping | None = None) -> None:
        # Shown first: what is hidden cannot take the focus.
        self._stack.setCurrentWidget(self._mapping)
        self._mapping.show_sheet(sheet, before)

    def _on_mapped(self, sheet: Sheet, mapping: Mapping) -> None:
        self._journal.write(lambda notebook: notebook.mappings.remember(sheet.digest, mapping))
        self._look(mapping)

    def _on_read(self, work: Work, read: tuple[Batch, Preview]) -> None:
        if work is self._work:
            self._end()
            batch, preview = read
            self._stack.setCurrentWidget(self._preview)
            self._preview.show_preview(
                batch,
                preview,
                day_of(self._journal.clock()),
                place=self._place,
                more=bool(self._waiting),
                asked=self._found is not None,
            )

    def _on_confirmed(self, batch: Batch, new_since: object) -> None:
        since = new_since if isinstance(new_since, date) else None
        work, found = self._begin(f"Importing {batch.origin}", self._place), self._found

        def take(notebook: Notebook) -> Changes:
            if found is not None:
                return self._errands.import_found(notebook, found, since, work)
            return notebook.import_batch(batch, since, work.progress, work.cancelled)

        self._journal.write(
            take,
            partial(self._on_imported, work),
            notice=lambda changes: _imported(changes, batch),
            failed=partial(self._on_failed, work),
        )

    def _on_imported(self, work: Work, changes: Changes) -> None:
        if self._found is not None:
            self._errands.imported(self._found)
        if work is self._work:
            self._end()
            self._added = (self._added or frozenset()) | changes.added
            self._go_on()

    def _on_failed(self, work: Work, error: BaseException) -> None:
        if work is not self._work:
            return
        self._end()
        if isinstance(error, followers.Cancelled | Cancelled):
            self.show_start()
        elif isinstance(error, Unmapped):
            self._ask_about(error.sheet)
        elif isinstance(error, Expected):
            self._trouble.show_error(error, file=self._found is None, place=self._place, more=bool(self._waiting))
            self._stack.setCurrentWidget(self._trouble)
        else:
            self.show_start()
            raise error

    def _on_cancel(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self._end()
        self._waiting, self._files = [], 0
        self.show_start()

    def _begin(self, words: str, place: str = "") -> Work:
        self._work = Work(self)
        self._busy.begin(f"{words}. {place}" if place else words)
        self._work.progressed.connect(self._busy.show_progress)
        self._stack.setCurrentWidget(self._busy)
        return self._work

    def _end(self) -> None:
        if self._work is not None:
            self._work.progressed.disconnect(self._busy.show_progress)
            self._work = None

    def _on_found(self, found: Found) -> None:
        """Show at once what the user is waiting for here, and tell it where they do something else meanwhile."""
        if self.isVisible() and self._stack.currentWidget() is self._start:
            self.show_found(found)
        else:
            count = len(found.synced.batch.people)
            words = f"{count:,} {'people' if count != 1 else 'person'} found who follow{'' if count != 1 else 's'}"
            self.told.emit(f"{words} {found.account.shown}", found)


_TABLES = "*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.ods"
_CARDS = "*.vcf *.vcard"
_DOWNLOADS = "*.zip *.json *.js *.html"
_FILTERS = [
    f"Everything that Warmnote reads ({_TABLES} {_CARDS} {_DOWNLOADS})",
    f"Spreadsheets and CSV ({_TABLES})",
    f"Contact cards ({_CARDS})",
    f"Downloads from networks ({_DOWNLOADS})",
    "All files (*)",
]


def _imported(changes: Changes, batch: Batch) -> str:
    parts = [
        f"{len(people):,} {words}"
        for people, words in ((changes.added, "added"), (changes.changed, "changed"))
        if people
    ]
    return f"{' and '.join(parts) or 'Nothing new'} from {batch.origin}"
