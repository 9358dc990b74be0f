"""Taking one's people along: the card on the settings page that writes them into a file of the user's choosing."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from warmnote.model import Clock, Expected, Exported
from warmnote.notebook import Cancelled, Notebook
from warmnote.ui.journal import Journal
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import Card, PlainLabel, button, row
from warmnote.ui.work import Work

__all__ = ["ExportCard"]

_Write = Callable[[Iterable[Exported], BinaryIO], int]


@dataclass(frozen=True, slots=True)
class _Form:
    """One of the forms in which people go out; `file` is the name that is offered."""

    name: str
    title: str
    holds: str
    file: str
    kinds: str


_FORMS = (
    _Form(
        "csv",
        "A table",
        "For a spreadsheet: one row a person, with their accounts, tags and notes.",
        "people.csv",
        "Tables (*.csv)",
    ),
    _Form(
        "vcard",
        "Address cards",
        "For an address book or a phone: names, e-mail, profiles and notes, as vCard 4.",
        "people.vcf",
        "Address cards (*.vcf)",
    ),
    _Form(
        "history",
        "The history",
        "What was said and when, as a table: letters, answers, calls and notes.",
        "history.csv",
        "Tables (*.csv)",
    ),
    _Form(
        "json",
        "Everything",
        "A complete copy as JSON. Another Warmnote reads it as it is.",
        "warmnote.json",
        "JSON (*.json)",
    ),
)


class ExportCard(Card):
    """Four forms, each with a button. `told(str, str, action)` carries a sentence for the notice bar and its button."""

    told = Signal(str, str, object)

    def __init__(self, theme: Theme, journal: Journal) -> None:
        px = theme.px
        super().__init__((px(16), px(12), px(16), px(14)), px(10))
        self.setObjectName("export")
        self._theme, self._journal = theme, journal
        self._work: Work | None = None
        self._name = _FORMS[0].name  # of the form that was asked for last
        self.layout_.addWidget(PlainLabel("Take your people with you", "heading", wrap=True))
        self.layout_.addWidget(
            PlainLabel("Everyone, the archived too. Nothing is taken out of your notebook.", "secondary", wrap=True)
        )
        self._choices = QWidget()
        self._grid = QGridLayout(self._choices)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(10))
        self._grid.setColumnStretch(0, 1)
        for place, form in enumerate(_FORMS):
            words = QVBoxLayout()
            words.setSpacing(px(1))
            words.addWidget(PlainLabel(form.title, "strong"))
            words.addWidget(PlainLabel(form.holds, "secondary", wrap=True))
            save = button("Save…", on_click=partial(self.choose_file, form.name), name=f"export-{form.name}")
            save.setAccessibleName(f"Save: {form.title}")
            save.setAccessibleDescription(form.holds)
            self._grid.addLayout(words, place, 0)
            self._grid.addWidget(save, place, 1, Qt.AlignmentFlag.AlignVCenter)
        self._busy = QWidget()
        self._words = PlainLabel("", "secondary", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(px(6))
        self._stop = button("Stop", on_click=self._on_stop, name="export-stop")
        column = QVBoxLayout(self._busy)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        column.addLayout(row(self._stop, 1))
        self._busy.hide()
        self._problem = PlainLabel("", "cold", wrap=True, selectable=True)
        self._problem.setObjectName("export-problem")
        self._problem.hide()
        for part in (self._choices, self._busy, self._problem):
            self.layout_.addWidget(part)

    def focus_first(self) -> None:
        """Put the keyboard on the first of the forms."""
        self._focus(_FORMS[0].name)

    def _focus(self, name: str) -> None:
        if (save := self.findChild(QPushButton, f"export-{name}")) is not None:
            save.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_file(self, name: str) -> None:
        """Ask with the desktop's own dialog where to write the form of that name."""
        form = _form(name)
        dialog = QFileDialog(self.window(), f"Save: {form.title.lower()}")
        dialog.setObjectName("export-file")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilter(form.kinds)
        dialog.setDefaultSuffix(form.file.rpartition(".")[2])
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.selectFile(form.file)
        dialog.fileSelected.connect(lambda path: self.write(name, Path(path)))
        dialog.open()

    def write(self, name: str, path: Path) -> None:
        """Write the people into a file, beside the window; it is whole or not there."""
        if self._work is not None:
            return
        counts = self._journal.reader.counts()
        work, total = Work(self), counts.all + counts.archived
        self._work, self._name = work, name
        clock = self._journal.clock
        work.progressed.connect(self._on_progress)
        self._show_busy(f"Writing {path.name}")
        self._bar.setRange(0, 0)

        def save(notebook: Notebook) -> int:
            from warmnote import exports

            with exports.whole_file(path) as out, contextlib.closing(notebook.export()) as people:
                return _writer(name, clock)(_counted(people, total, work), out)

        self._journal.ask(save, partial(self._on_written, name, path), self._on_failed, self)

    def _on_written(self, name: str, path: Path, count: int) -> None:
        self._end()
        each = ("entry was", "entries were") if name == "history" else ("person was", "people were")
        words = f"{count:,} {each[count != 1]} written to {path.name}"
        self.told.emit(words, "Show the folder", partial(_show_folder, path.parent))

    def _on_failed(self, error: BaseException) -> None:
        self._end()
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, Expected):
            raise error
        self._problem.setText(str(error))
        self._problem.show()

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setAccessibleDescription(f"{done:,} of {total:,}")

    def _on_stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _show_busy(self, words: str) -> None:
        self._problem.hide()
        self._words.setText(words)
        self._busy.show()
        self._stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._choices.setEnabled(False)

    def _end(self) -> None:
        held = self.window().focusWidget() is self._stop
        self._choices.setEnabled(True)
        if self._work is not None:
            self._work.deleteLater()
            self._work = None
        if held:  # before it is hidden, or the keyboard lands wherever comes next
            self._focus(self._name)
        self._busy.hide()


def _form(name: str) -> _Form:
    return next(form for form in _FORMS if form.name == name)


def _writer(name: str, clock: Clock) -> _Write:
    from warmnote import exports

    match name:
        case "csv":
            return exports.write_csv
        case "history":
            return exports.write_history
        case "vcard":
            return lambda people, out: exports.write_vcard(people, out, clock())
        case _:
            return lambda people, out: exports.write_json(people, out, clock())


def _counted(people: Iterable[Exported], total: int, work: Work) -> Iterator[Exported]:
    """The same people, while the work tells how far it is and may be stopped."""
    for done, one in enumerate(people):
        if not done % 200:
            work.progress(done, max(total, done))
            if work.cancelled():
                raise Cancelled
        yield one


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
