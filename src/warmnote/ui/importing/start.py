"""The first face of the import page: what can be read and asked, and what was brought in before."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from warmnote.notebook import ImportRecord
from warmnote.ui.importing.sources import SourceCards
from warmnote.ui.journal import Journal
from warmnote.ui.networks.errands import ASKED, Errands, Found
from warmnote.ui.networks.section import NetworksSection
from warmnote.ui.scrolled import ScrolledPage
from warmnote.ui.theme import Theme
from warmnote.ui.when import ago
from warmnote.ui.widgets import ElidedLabel, PlainLabel, button, clear, row

__all__ = ["Start"]

_SHOWN = 12
# A look at one person is an import too; its undo stands in the notice, and here it would crowd out the files.
_LOOKS = frozenset(f"{network.label} profiles" for network in ASKED)


class Start(ScrolledPage):
    """What can be read, whom to ask, how to get files, and what was brought in before."""

    choose_wanted = Signal()

    def __init__(self, theme: Theme, journal: Journal, errands: Errands, show_found: Callable[[Found], object]) -> None:
        super().__init__()
        self._theme, self._journal = theme, journal
        px = theme.px
        inside = QWidget()
        inside.setMaximumWidth(px(892))
        self._column = column = QVBoxLayout(inside)
        column.setSpacing(px(14))
        column.addWidget(PlainLabel("Bring your followers", "title", wrap=True))
        column.addWidget(
            PlainLabel(
                "Drop files or folders anywhere on this window, or choose them. You see what they hold before anything is "
                "written.",
                "secondary",
                wrap=True,
            )
        )
        choose = button("Choose files…", "primary", self.choose_wanted.emit, "import-choose")
        self.setFocusProxy(choose)
        column.addLayout(row(choose, 1))
        column.addSpacing(px(6))
        column.addWidget(NetworksSection(theme, journal, errands, show_found))
        column.addSpacing(px(6))
        self._earlier_heading = PlainLabel("Earlier imports", "heading")
        self._earlier = QVBoxLayout()
        self._earlier.setSpacing(px(6))
        column.addWidget(self._earlier_heading)
        column.addLayout(self._earlier)
        column.addSpacing(px(6))
        column.addWidget(PlainLabel("Where files come from", "heading"))
        column.addWidget(SourceCards(theme))
        column.addStretch(1)
        outer = QHBoxLayout(self.page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inside, 1000)
        outer.addStretch(1)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less margin where there is little room."""
        super().resizeEvent(event)
        px = self._theme.px
        side = px(44) if event.size().width() >= px(560) else px(20)
        self._column.setContentsMargins(side, px(30), side, px(30))

    def refresh(self) -> None:
        """Read the list of earlier imports again."""
        clear(self._earlier)
        records = [record for record in self._journal.reader.batches() if record.source not in _LOOKS]
        self._earlier_heading.setVisible(bool(records))
        now = self._journal.clock()
        for record in records[:_SHOWN]:
            words = " · ".join((record.origin, record.source, ago(record.at, now), _came(record)))
            undo = button("Undo", "link", partial(self._on_undo, record), f"import-undo-{record.id}")
            undo.setAccessibleName(f"Undo the import of {record.origin}")
            line = ElidedLabel(words, "secondary")
            layout = row(line, undo)
            layout.setStretch(0, 1)
            self._earlier.addLayout(layout)

    def _on_undo(self, record: ImportRecord) -> None:
        self._journal.write(lambda notebook: notebook.undo_import(record.id), notice=lambda changes: changes.label)


def _came(record: ImportRecord) -> str:
    counts = ((record.new, "new"), (record.changed, "changed"))
    return ", ".join(f"{count:,} {words}" for count, words in counts if count) or "nothing new"
