"""Brings the review to the window: looks after an import, says on the people page how many there are, makes the page."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QSettings, QTimer

from warmnote.ui.duplicates.finding import PairFinder
from warmnote.ui.duplicates.page import DuplicatesPage
from warmnote.ui.journal import Journal
from warmnote.ui.people.panel import PeoplePanel
from warmnote.ui.theme import Theme

__all__ = ["PAIRS", "Reviewing"]

PAIRS = "people/pairs"  # in the settings: how many pairs were left the last time

_LOOK_AFTER_MS = 2_000


class Reviewing(QObject):
    """Holds the finder, and the page once it is wanted. `tell(sentence, what Undo calls)` reaches the notice bar, `back()` the people."""

    def __init__(
        self,
        theme: Theme,
        journal: Journal,
        settings: QSettings,
        people: PeoplePanel,
        tell: Callable[[str, Callable[[], object]], object],
        back: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._theme, self._journal, self._settings, self._people = theme, journal, settings, people
        self._tell, self._back = tell, back
        self._page: DuplicatesPage | None = None
        self._finder = PairFinder(journal)
        self._finder.setParent(self)
        self._finder.found.connect(lambda pairs: self._on_remaining(len(pairs)))

    @property
    def page(self) -> DuplicatesPage:
        """The page, made when it is first wanted."""
        if self._page is None:
            self._page = DuplicatesPage(self._theme, self._journal, self._finder)
            self._page.noticed.connect(self._tell)
            self._page.left.connect(self._back)
            self._page.remaining.connect(self._on_remaining)
        return self._page

    def look_soon(self) -> None:
        """Look for pairs in a moment, beside what the user does."""
        QTimer.singleShot(_LOOK_AFTER_MS, self, self._finder.search)

    def stop(self) -> None:
        """Stop looking; before the window closes."""
        self._finder.cancel()

    def _on_remaining(self, count: int) -> None:
        self._settings.setValue(PAIRS, count)
        self._people.show_pairs(count)
