"""The import page: choose a file, see what it holds, decide; earlier imports can be undone here at any time."""

import threading
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from warmnote import followers
from warmnote.model import Batch, Expected
from warmnote.notebook import Cancelled, Changes, ImportRecord, Notebook, Preview
from warmnote.ui.importing.preview import PreviewPane
from warmnote.ui.journal import Journal
from warmnote.ui.theme import Theme
from warmnote.ui.when import ago, day_of
from warmnote.ui.widgets import Card, ElidedLabel, PlainLabel, button, clear, row

__all__ = ["ImportPage"]


class ImportPage(QWidget):
    """Four faces, one at a time: the start, at work, the preview, and what went wrong.

    `finished()` follows an import that was written. Nothing is written before the user has seen the preview and said so.
    """

    finished = Signal()

    def __init__(self, theme: Theme, journal: Journal) -> None:
        super().__init__()
        self._journal = journal
        self._work: _Work | None = None
        self._start = _Start(theme, journal)
        self._start.choose_wanted.connect(self.choose_file)
        self._busy = _Busy(theme)
        self._busy.cancelled.connect(self._on_cancel)
        self._preview = PreviewPane(theme)
        self._preview.confirmed.connect(self._on_confirmed)
        self._preview.cancelled.connect(self._on_cancel)
        self._trouble = _Trouble(theme)
        self._trouble.choose_wanted.connect(self.choose_file)
        self._trouble.back_wanted.connect(self.show_start)
        self._stack = QStackedWidget()
        for face in (self._start, self._busy, self._preview, self._trouble):
            self._stack.addWidget(face)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        journal.changed.connect(self._start.refresh)

    def show_start(self) -> None:
        """The first face: what can be read, and what was read before."""
        self._start.refresh()
        self._stack.setCurrentWidget(self._start)

    def choose_file(self) -> None:
        """Ask for a file with the desktop's own dialog."""
        dialog = QFileDialog(self.window(), "A file with followers")
        dialog.setObjectName("choose-file")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["Exports and spreadsheets (*.csv *.zip *.tsv *.txt)", "All files (*)"])
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation))
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.open()

    def open_file(self, path: Path) -> None:
        """Read a file on the files lane and show what it holds."""
        self._on_cancel()
        work = self._begin(f"Reading {path.name}")

        def look(notebook: Notebook) -> tuple[Batch, Preview]:
            batch = followers.read(path, work.progress, work.cancelled)
            return batch, notebook.preview(batch, work.progress, work.cancelled)

        self._journal.ask(look, partial(self._on_read, work), partial(self._on_failed, work), self)

    def _on_read(self, work: "_Work", found: tuple[Batch, Preview]) -> None:
        if work is self._work:
            self._work = None
            batch, preview = found
            self._preview.show_preview(batch, preview, day_of(self._journal.clock()))
            self._stack.setCurrentWidget(self._preview)

    def _on_confirmed(self, batch: Batch, new_since: object) -> None:
        since = new_since if isinstance(new_since, date) else None
        work = self._begin(f"Importing {batch.origin}")
        self._journal.write(
            lambda notebook: notebook.import_batch(batch, since, work.progress, work.cancelled),
            partial(self._on_imported, work),
            notice=lambda changes: _imported(changes, batch),
            failed=partial(self._on_failed, work),
        )

    def _on_imported(self, work: "_Work", changes: Changes) -> None:
        if work is self._work:
            self._work = None
            self.show_start()
            self.finished.emit()

    def _on_failed(self, work: "_Work", error: BaseException) -> None:
        if work is not self._work:
            return
        self._work = None
        if isinstance(error, followers.Cancelled | Cancelled):
            self.show_start()
        elif isinstance(error, Expected):
            self._trouble.show_error(error)
            self._stack.setCurrentWidget(self._trouble)
        else:
            self.show_start()
            raise error

    def _on_cancel(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self._work = None
        self.show_start()

    def _begin(self, words: str) -> "_Work":
        self._work = _Work(self)
        self._busy.begin(words)
        self._work.progressed.connect(self._busy.show_progress)
        self._stack.setCurrentWidget(self._busy)
        return self._work


def _imported(changes: Changes, batch: Batch) -> str:
    parts = [
        f"{len(people):,} {words}"
        for people, words in ((changes.added, "added"), (changes.changed, "changed"))
        if people
    ]
    return f"{' and '.join(parts) or 'Nothing new'} from {batch.origin}"


class _Work(QObject):
    """One piece of long work: tells how far it is and hears that it should stop. Called from another thread."""

    progressed = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stop = threading.Event()

    def progress(self, done: int, total: int) -> None:
        self.progressed.emit(done, total)

    def cancelled(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        self._stop.set()
        self.progressed.disconnect()


class _Start(QWidget):
    """What can be read, how to get it, and what was read before."""

    choose_wanted = Signal()

    def __init__(self, theme: Theme, journal: Journal) -> None:
        super().__init__()
        self._theme, self._journal = theme, journal
        px = theme.px
        column = QVBoxLayout()
        column.setContentsMargins(px(44), px(30), px(44), px(30))
        column.setSpacing(px(14))
        column.addWidget(PlainLabel("Bring your followers", "title"))
        column.addWidget(
            PlainLabel(
                "Drop a file anywhere on this window, or choose one. You see what it holds before anything is written.",
                "secondary",
                wrap=True,
            )
        )
        choose = button("Choose a file…", "primary", self.choose_wanted.emit, "import-choose")
        column.addLayout(row(choose, 1))
        for heading, words in (
            (
                "LinkedIn connections",
                (
                    "On LinkedIn: Settings, Data privacy, Get a copy of your data. A mail with a link follows within "
                    "minutes; the file is Connections.csv, and the zip that it comes in can be dropped here as it is."
                ),
            ),
            (
                "Any other spreadsheet",
                (
                    "Saved as CSV, with a first row that names the columns: name, handle or profile, bio, location, "
                    "company. Exports of address books and of follower tools are read this way."
                ),
            ),
        ):
            card = Card()
            card.layout_.addWidget(PlainLabel(heading, "heading"))
            card.layout_.addWidget(PlainLabel(words, "secondary", wrap=True))
            column.addWidget(card)
        self._earlier_heading = PlainLabel("Earlier imports", "heading")
        self._earlier = QVBoxLayout()
        self._earlier.setSpacing(px(6))
        column.addWidget(self._earlier_heading)
        column.addLayout(self._earlier)
        column.addStretch(1)
        inside = QWidget()
        inside.setProperty("role", "paper")
        inside.setMaximumWidth(px(892))
        inside.setLayout(column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(_scroll(inside))
        self.refresh()

    def refresh(self) -> None:
        """Read the list of earlier imports again."""
        clear(self._earlier)
        records: tuple[ImportRecord, ...] = self._journal.reader.batches()
        self._earlier_heading.setVisible(bool(records))
        now = self._journal.clock()
        for record in records[:12]:
            words = f"{record.origin} · {record.source} · {ago(record.at, now)} · {record.new:,} new, {record.changed:,} changed"
            undo = button("Undo", "link", partial(self._on_undo, record), f"import-undo-{record.id}")
            undo.setAccessibleName(f"Undo the import of {record.origin}")
            line = ElidedLabel(words, "secondary")
            layout = row(line, undo)
            layout.setStretch(0, 1)
            self._earlier.addLayout(layout)

    def _on_undo(self, record: ImportRecord) -> None:
        self._journal.write(lambda notebook: notebook.undo_import(record.id), notice=lambda changes: changes.label)


class _Busy(QWidget):
    """A sentence, a bar with a count, and a way to stop."""

    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self._words = PlainLabel("", "heading")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(px(420))
        self._count = PlainLabel("", "secondary")
        stop = button("Cancel", on_click=self.cancelled.emit, name="import-stop")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(44), px(30), px(44), px(30))
        column.setSpacing(px(12))
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        column.addWidget(self._count)
        column.addLayout(row(stop, 1))
        column.addStretch(2)

    def begin(self, words: str) -> None:
        self._words.setText(words)
        self._count.setText("")
        self._bar.setRange(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        self._count.setText(f"{done:,} of {total:,}" if total else f"{done:,}")
        self._bar.setAccessibleDescription(self._count.text())


class _Trouble(QWidget):
    """Why a file could not be read, and what to do about it."""

    choose_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self._message = PlainLabel("", "heading", wrap=True, selectable=True)
        self._hint = PlainLabel("", "secondary", wrap=True, selectable=True)
        self._message.setObjectName("import-message")
        card = Card((px(20), px(18), px(20), px(18)), px(10))
        card.layout_.addWidget(self._message)
        card.layout_.addWidget(self._hint)
        card.layout_.addLayout(
            row(
                button("Choose another file…", "primary", self.choose_wanted.emit),
                button("Back", on_click=self.back_wanted.emit),
                1,
            )
        )
        inside = QWidget()
        inside.setProperty("role", "paper")
        inside.setMaximumWidth(px(892))
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(44), px(30), px(44), px(30))
        column.setSpacing(px(14))
        column.addWidget(PlainLabel("This file was not read", "title", wrap=True))
        column.addWidget(PlainLabel("Nothing was written.", "secondary"))
        column.addWidget(card)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(_scroll(inside))

    def show_error(self, error: Expected) -> None:
        self._message.setText(error.message)
        self._hint.setText(error.hint)
        self._hint.setVisible(bool(error.hint))


def _scroll(inside: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidget(inside)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return scroll
