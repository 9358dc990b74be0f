"""The page on which the user decides, pair by pair, whether two people are one."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from warmnote.model import Expected
from warmnote.notebook import Changes, Gone, Notebook, Pair
from warmnote.ui.duplicates.comparison import SideBySide
from warmnote.ui.duplicates.faces import Busy, Said
from warmnote.ui.duplicates.finding import PairFinder
from warmnote.ui.duplicates.review import Review
from warmnote.ui.journal import Journal
from warmnote.ui.scrolled import ScrolledPage
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import FlowLayout, PlainLabel, button, row

__all__ = ["DuplicatesPage"]

_WIDEST = 980
_ROOMY = 520


class DuplicatesPage(QWidget):
    """Looks for pairs, shows them one by one, and writes what the user decides.

    `noticed(str, object)` carries a sentence for the notice bar and what its Undo calls; `left()` asks for the people
    page; `remaining(int)` tells how many pairs are undecided.
    """

    noticed = Signal(str, object)
    left = Signal()
    remaining = Signal(int)

    def __init__(self, theme: Theme, journal: Journal, finder: PairFinder) -> None:
        super().__init__()
        self.setObjectName("duplicates")
        self._theme, self._journal, self._finder = theme, journal, finder
        self._review: Review | None = None
        self._given = False
        self._kept = 0
        self._writing = False
        self._busy = Busy(theme)
        self._busy.cancelled.connect(finder.cancel)
        self._said = Said(theme)
        self._said.back_wanted.connect(self.left)
        self._said.again_wanted.connect(self.look)
        self._said.undo_wanted.connect(self.take_back)
        self._face = self._make_face()
        self._stack = QStackedWidget()
        for face in (self._busy, self._said, self._face):
            self._stack.addWidget(face)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        for keys, run in (
            ("M", self.merge),
            ("N", self.keep_apart),
            ("L", self.put_off),
            ("Z", self.take_back),
            ("Ctrl+Z", self.take_back),
            ("Left", lambda: self._keep(0)),
            ("Right", lambda: self._keep(1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(run)
        finder.progressed.connect(self._busy.show_progress)
        finder.found.connect(self._on_found)
        finder.failed.connect(self._on_failed)
        finder.stopped.connect(self._on_stopped)
        journal.changed.connect(self._on_changed)

    # What the window asks for

    def start(self) -> None:
        """Go on with the review, or show what was found meanwhile, or begin to look."""
        if self._review is not None and self._review.pair is not None:
            self._show()
        elif self._finder.searching:
            self._begin()
        elif self._finder.pairs and self._review is None:
            self._on_found(self._finder.pairs)
        else:
            self.look()

    def look(self) -> None:
        """Look through the whole notebook."""
        self._begin()
        self._finder.search()

    def look_at(self, left: int, right: int) -> None:
        """Show two people whom the user picked."""
        self._finder.cancel()
        self._review = Review([Pair(left=left, right=right, reason="You chose these two", sure=0.0, why=())])
        self._given = True
        self._show()

    # The review

    def merge(self) -> None:
        """Make one person of the two."""
        if (review := self._open_review()) is None or (pair := review.pair) is None:
            return
        kept, gone = (pair.left, pair.right) if self._kept == 0 else (pair.right, pair.left)

        def done(changes: Changes) -> None:
            review.merge(kept, gone, changes.undo)
            self._go_on(changes.label)

        reason = "by hand" if self._given else pair.reason
        self._write(lambda notebook: notebook.duplicates.merge(kept, gone, reason), done)

    def keep_apart(self) -> None:
        """Remember that the two are two."""
        if (review := self._open_review()) is None or (pair := review.pair) is None:
            return

        def done(changes: Changes) -> None:
            review.keep_apart(changes.undo)
            self._go_on(changes.label)

        self._write(lambda notebook: notebook.duplicates.not_same(pair.left, pair.right), done)

    def put_off(self) -> None:
        """Leave the pair for the end."""
        if (review := self._open_review()) is not None:
            review.put_off()
            self._show()

    def take_back(self) -> None:
        """Return to the pair before, as it was."""
        review = self._review
        if review is None or self._writing or not review.can_take_back:
            return
        if (undo := review.undo) is None:
            review.take_back()
            self._show()
            return

        def done(changes: Changes) -> None:
            review.take_back()
            self._show()

        self._write(lambda notebook: notebook.undo(undo), done)

    def _open_review(self) -> Review | None:
        showing = self._stack.currentWidget() is self._face and not self._writing
        return self._review if showing else None

    def _write(self, use_case: Callable[[Notebook], Changes], done: Callable[[Changes], object]) -> None:
        def landed(changes: Changes) -> None:
            self._writing = False
            done(changes)

        def failed(error: BaseException) -> None:
            self._writing = False
            if not isinstance(error, Expected):
                raise error
            self._journal.failed.emit(error)
            self._show()

        self._writing = True
        self._journal.write(use_case, landed, failed=failed)

    def _go_on(self, said: str) -> None:
        self._show()
        self.noticed.emit(said, self.take_back)

    def _keep(self, side: int) -> None:
        if self._open_review() is not None:
            held = self._table.isAncestorOf(self.window().focusWidget() or self)
            self._kept = side
            self._table.show_kept(side)
            if held:
                self._table.focus_kept()

    def _show(self) -> None:
        """Show the pair that is next, or that there is none."""
        review = self._review
        assert review is not None
        comparison = None
        while (pair := review.pair) is not None:
            try:
                comparison = self._journal.reader.duplicates.compare(pair.left, pair.right)
            except Gone:
                review.drop()
                continue
            break
        if not self._given:
            self.remaining.emit(review.left)
        if pair is None or comparison is None:
            self._said.show_done(review, given=self._given)
            self._turn_to(self._said)
            return
        later = f" · {review.later:,} for later" if review.later else ""
        self._place.setText(f"{review.place:,} of {review.total:,}{later}")
        self._why.setText(_why(pair))
        self._table.show_pair(comparison, self._journal.clock())
        self._kept = 0 if comparison.kept == pair.left else 1
        self._table.show_kept(self._kept)
        self._undo.setEnabled(review.can_take_back)
        self._scroll.verticalScrollBar().setValue(0)
        self._turn_to(self._face)
        said = f"{self._place.text()}: {comparison.left.person.name} and {comparison.right.person.name}. {_why(pair)}"
        told = f"{said} {self._table.summary()}"
        self._merge.setAccessibleDescription(told)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))

    # Looking

    def _begin(self) -> None:
        self._review, self._given = None, False
        self._busy.begin()
        self._turn_to(self._busy)

    def _on_found(self, pairs: tuple[Pair, ...]) -> None:
        if self._review is not None and self._review.pair is not None:
            return  # a review is on; what was found beside it comes when it is done
        self._review, self._given = Review(pairs), False
        if pairs:
            self._show()
        else:
            self.remaining.emit(0)
            self._said.show_nobody()
            self._turn_to(self._said)

    def _on_failed(self, error: Expected) -> None:
        self._said.show_error(error)
        self._turn_to(self._said)

    def _on_stopped(self) -> None:
        if self._stack.currentWidget() is self._busy:
            self._said.show_stopped()
            self._turn_to(self._said)

    def _on_changed(self, changes: Changes) -> None:
        """Show what somebody else changed about the two."""
        review = self._review
        if self._writing or review is None or (pair := review.pair) is None or not self.isVisible():
            return
        if {pair.left, pair.right} & (changes.changed | changes.removed):
            kept = self._kept
            self._show()
            if review.pair == pair:
                self._keep(kept)

    def _turn_to(self, face: QWidget) -> None:
        focus = self.window().focusWidget()
        inside = focus is self or (focus is not None and self.isAncestorOf(focus))
        stays = focus is not None and face.isAncestorOf(focus) and focus.isEnabled()
        self._stack.setCurrentWidget(face)
        if inside and not stays:
            self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard on what one does here first."""
        face = self._stack.currentWidget()
        first = self._merge if face is self._face else self._said.first() if face is self._said else self._busy.stop
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # The face of a pair

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = self._theme.px
        sides = px(32) if self.width() >= px(_ROOMY) else px(14)
        # Below, there is room for the notice bar, so that it need not lie over anything.
        self._margins.setContentsMargins(sides, px(24), sides, px(64))

    def _make_face(self) -> QWidget:
        px = self._theme.px
        self._scroll = face = ScrolledPage()
        self._place = PlainLabel("", "secondary")
        self._place.setObjectName("duplicates-place")
        self._why = PlainLabel("", "lead", wrap=True)
        self._why.setObjectName("duplicates-why")
        self._table = SideBySide(self._theme)
        self._table.chosen.connect(self._keep)
        head = row(PlainLabel("The same person?", "title", wrap=True), self._place)
        head.setStretch(0, 1)
        column = QWidget()
        column.setMaximumWidth(px(_WIDEST))
        inside = QVBoxLayout(column)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(12))
        inside.addLayout(head)
        inside.addWidget(self._why)
        inside.addWidget(self._make_actions())
        inside.addWidget(self._table)
        inside.addWidget(
            PlainLabel(
                "Where the two differ, the one who stays keeps theirs. Accounts, notes, letters and tags of both are kept, "
                "and the card can take the two apart again at any time.",
                "faint",
                wrap=True,
            )
        )
        inside.addStretch(1)
        self._margins = outer = QHBoxLayout(face.page)
        outer.addWidget(column, 1000)
        outer.addStretch(1)
        return face

    def _make_actions(self) -> QWidget:
        # Above the table: at the foot the notice bar would lie over them after each decision.
        px = self._theme.px
        bar = QWidget()
        flow = FlowLayout(bar, spacing=px(8))
        self._merge = button("Merge (M)", "primary", self.merge, "duplicates-merge")
        self._undo = button("Undo the last (Z)", "quiet", self.take_back, "duplicates-undo")
        made = (
            self._merge,
            button("Not the same (N)", on_click=self.keep_apart, name="duplicates-apart"),
            button("Later (L)", on_click=self.put_off, name="duplicates-later"),
            button("Keep the other (← →)", "quiet", lambda: self._keep(1 - self._kept), "duplicates-swap"),
            self._undo,
        )
        height = max(each.sizeHint().height() for each in made)
        for each in made:
            each.setMinimumHeight(height)  # so that their words stand on one line
            flow.addWidget(each)
        return bar


def _why(pair: Pair) -> str:
    said = "; ".join(pair.why) or pair.reason
    return f"{said[:1].upper()}{said[1:].removesuffix('.')}." if said else ""  # a company may end in a full stop
