"""The Prompts page: packs, the starters in them as they read for somebody, and the user's own."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from warmnote.model import Expected
from warmnote.notebook import Changes, Opened
from warmnote.prompts import MINE, Pack, Starter, silence
from warmnote.ui.journal import Journal
from warmnote.ui.prompts.drafts import Drafts
from warmnote.ui.prompts.editor import StarterEditor
from warmnote.ui.prompts.files import PackFiles, dropped
from warmnote.ui.prompts.incoming import Incoming
from warmnote.ui.prompts.pack_form import PackForm
from warmnote.ui.prompts.packs import EVERYTHING, PackColumn
from warmnote.ui.prompts.panel import StarterPanel
from warmnote.ui.prompts.reading import Line, Reader
from warmnote.ui.prompts.stock import StockKeeper
from warmnote.ui.prompts.trial import Setting
from warmnote.ui.prompts.whom import NOBODY
from warmnote.ui.tasks import Lane, Tasks
from warmnote.ui.theme import Theme
from warmnote.ui.when import day_of

__all__ = ["PromptsPage"]

_COLUMN = 296
_PACKS_ALONE_BELOW = 700


class PromptsPage(QWidget):
    """`used(Prompt)` when a starter for the person on the desk is taken.

    `told(str, str, action)` carries a sentence for the notice bar and what its button does, None for no button.
    """

    used = Signal(object)
    told = Signal(str, str, object)

    def __init__(self, theme: Theme, journal: Journal, tasks: Tasks, keeper: StockKeeper, settings: QSettings) -> None:
        super().__init__()
        self.setObjectName("prompts")
        self.setAcceptDrops(True)
        self._theme, self._journal, self._tasks = theme, journal, tasks
        self._keeper = keeper
        self._on_desk: Opened | None = None
        self._opened: Opened | None = None
        self._chosen_by_hand = False
        self._pack = EVERYTHING
        self._packs_shown = False
        self._narrow: bool | None = None
        self._turn = self._shown = 0
        self._then = ""
        # What the lines are of, and they themselves: coming back to the page reads nothing twice.
        self._version = 0
        self._about: tuple[object, ...] = ()
        self._lines: list[Line] = []
        self._examples: dict[str, str] = {}
        self._drafts = Drafts(settings)
        self.packs = PackColumn(theme)
        self.panel = StarterPanel(theme, journal)
        self.editor = StarterEditor(theme, tasks, self._drafts)
        self._form = PackForm(theme)
        self.incoming = Incoming(theme)
        self.files = PackFiles(self, keeper)
        self._stack = QStackedWidget()
        for part in (self.panel, self.editor, self._form, self.incoming):
            self._stack.addWidget(part)
        self._side = QFrame()
        self._side.setProperty("role", "column")
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.packs)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._side)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.panel.search)
        self._connect()
        self._follow()

    def show_for(self, opened: Opened | None) -> None:
        """Read the starters for whoever is on the desk, unless somebody else was chosen here; None for nobody."""
        before, self._on_desk = self._on_desk, opened
        same = before is not None and opened is not None and before.person.id == opened.person.id
        if not same or not self._chosen_by_hand:
            self._chosen_by_hand = False
            self._opened = opened
        self._read()

    @property
    def busy(self) -> bool:
        """Whether the lines that are shown are not yet what they will be."""
        return self._turn != self._shown

    # How the parts hang together

    def _connect(self) -> None:
        panel, packs, editor, incoming, form = self.panel, self.packs, self.editor, self.incoming, self._form
        panel.whom_chosen.connect(self._on_whom)
        panel.used.connect(lambda line: self.used.emit(line.prompt))
        panel.edited.connect(lambda line: self._edit(line.starter))
        panel.copied.connect(self._on_copy)
        panel.deleted.connect(self._on_delete)
        panel.left_out.connect(lambda line, out: self._keeper.leave_out(line.starter, out))
        panel.new_wanted.connect(lambda: self._edit(None))
        panel.packs_wanted.connect(lambda: self._show_packs(True))
        packs.chosen.connect(self._on_pack)
        packs.switched.connect(self._keeper.switch)
        packs.shared.connect(self.files.choose_target)
        packs.described.connect(self._describe)
        packs.removed.connect(self._on_remove)
        packs.new_wanted.connect(lambda: self._describe(None))
        packs.import_wanted.connect(self.files.choose)
        packs.back_wanted.connect(lambda: self._show_packs(False))
        editor.saved.connect(self._on_save)
        editor.left.connect(self._show_list)
        editor.told.connect(self.told)
        form.saved.connect(self._on_described)
        form.left.connect(self._show_list)
        incoming.taken.connect(self._on_take)
        incoming.other_wanted.connect(self.files.choose)
        self.files.chosen.connect(self.look_into)
        self.files.told.connect(self.told)
        incoming.left.connect(self._show_list)
        self._keeper.changed.connect(self._follow)
        self._keeper.failed.connect(self._on_failed)
        self._journal.changed.connect(self._on_changed)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._on_find)

    def _follow(self) -> None:
        """Show the stock as it is now."""
        stock = self._keeper.stock
        self._version += 1
        if self._pack != EVERYTHING and stock.get(self._pack) is None:
            self._pack = EVERYTHING
        self._examples = {}
        for pack in reversed(stock.packs):
            for starter in pack.starters:
                self._examples |= starter.example
        self.packs.show_stock(stock)
        self.packs.mark(self._pack)
        self.editor.equip(stock, self._setting)
        if self.isVisible():
            self._read()

    def _setting(self) -> Setting:
        return Setting(
            self._keeper.stock.prompter, self._keeper.meter, day_of(self._journal.clock()), self._examples, self._opened
        )

    def _reader(self, opened: Opened | None) -> Reader:
        today = day_of(self._journal.clock())
        return Reader(self._keeper.stock.prompter, opened, today, self._examples)

    def _read(self) -> None:
        """Read the starters of the pack that is looked into, off the GUI thread: there are hundreds."""
        stock, opened = self._keeper.stock, self._opened
        pack = stock.get(self._pack) if self._pack != EVERYTHING else None
        packs = [pack] if pack is not None else [each for each in stock.packs if stock.is_on(each)]
        starters = [starter for each in packs for starter in each.starters]
        reader = self._reader(opened)
        off = "" if pack is None or stock.is_on(pack) else "pack is off"
        usable = opened is not None and self._on_desk is not None and opened.person.id == self._on_desk.person.id
        why = silence(opened.person, opened.messages) if opened is not None else ""
        self.panel.show_pack(pack.title if pack else "Prompts", pack.about if pack else "", off)
        self.panel.show_whom(
            opened.person.name if opened else "", self._on_desk.person.id if self._on_desk else NOBODY, usable, why
        )

        about = (self._version, self._pack, opened, day_of(self._journal.clock()))
        if about == self._about and not self.busy:
            self._show_lines(self._lines)
            return
        self._about = about
        self._turn += 1
        turn = self._turn

        def show(lines: list[Line]) -> None:
            if turn == self._turn:
                self._shown = turn
                self._show_lines(lines)

        self._tasks.run(Lane.FILES, lambda: reader.lines(starters), show, owner=self)

    def _show_lines(self, lines: list[Line]) -> None:
        stock, self._lines = self._keeper.stock, lines
        own = frozenset(each.id for each in stock.own)
        self.panel.show_lines(lines, own, stock.shelf.choice.out, self._drafts.ids)
        if self._then:
            self.panel.choose(self._then)
            self._then = ""

    def _show_list(self) -> None:
        self._stack.setCurrentWidget(self.panel)
        self._read()
        if self.panel.line() is not None:
            self.panel.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.panel.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_packs(self, shown: bool) -> None:
        self._packs_shown = shown
        self._lay_out(again=True)
        if shown:
            self.packs.focus_pack(self._pack)
        else:
            self.panel.search.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is wanted

    def _on_whom(self, person: int) -> None:
        self._chosen_by_hand = True
        try:
            self._opened = self._journal.reader.open_person(person) if person != NOBODY else None
        except Expected as gone:
            self.told.emit(gone.message, "", None)
        self._read()

    def _on_changed(self, changes: Changes) -> None:
        if self._opened is None or self._opened.person.id not in changes.changed | changes.removed:
            return
        try:
            self._opened = self._journal.reader.open_person(self._opened.person.id)
        except Expected:
            self._opened = None
        if self.isVisible():
            self._read()

    def _on_pack(self, pack_id: str) -> None:
        self._pack = pack_id
        self.packs.mark(pack_id)
        self._stack.setCurrentWidget(self.panel)
        if self._narrow:
            self._show_packs(False)
        self._read()

    def _on_find(self) -> None:
        if self._stack.currentWidget() is not self.panel:
            self._show_list()
        if self._packs_shown:
            self._show_packs(False)
        self.panel.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.panel.search.selectAll()

    def _edit(self, starter: Starter | None) -> None:
        pack = self._keeper.stock.get(self._pack)
        self.editor.equip(self._keeper.stock, self._setting)
        self._stack.setCurrentWidget(self.editor)
        self.editor.open(starter, pack.id if pack is not None and not pack.shipped else MINE)

    def _on_save(self, pack_id: str, starter: Starter) -> None:
        def done(saved: Starter) -> None:
            self.editor.finished()
            self._look_at(saved)
            self._show_list()
            self.told.emit("The starter is saved", "", None)

        self._keeper.save(pack_id, starter, done)

    def _look_at(self, starter: Starter) -> None:
        """Have a starter chosen once the list is read, in its pack if it would not be shown otherwise."""
        pack = self._keeper.stock.get(starter.pack)
        if self._pack != EVERYTHING or (pack is not None and not self._keeper.stock.is_on(pack)):
            self._pack = starter.pack
            self.packs.mark(self._pack)
        self._then = starter.id

    def _on_copy(self, line: Line) -> None:
        def done(copy: Starter) -> None:
            self._edit(copy)
            self.told.emit("The copy is in My prompts", "Undo", lambda: self._keeper.delete(copy, self._on_uncopied))

        self._keeper.copy(line.starter, done)

    def _on_uncopied(self, _: int) -> None:
        if self._stack.currentWidget() is self.editor:
            self._show_list()

    def _on_delete(self, line: Line) -> None:
        starter, draft = line.starter, self._drafts.get(line.starter.id)
        self._drafts.drop(starter.id)

        def undo(place: int) -> None:
            if draft is not None:
                self._drafts.keep(starter.id, draft)
            self._then = starter.id
            self._keeper.put_back(starter, place)

        def done(place: int) -> None:
            self.told.emit("The starter is deleted", "Undo", partial(undo, place))

        self._keeper.delete(starter, done)

    def _describe(self, pack: Pack | None) -> None:
        if self._packs_shown:
            self._show_packs(False)
        self._stack.setCurrentWidget(self._form)
        self._form.show_pack(pack)

    def _on_described(self, texts: dict[str, str]) -> None:
        pack = self._form.pack
        if pack is None:
            self._keeper.make_pack(texts, self._on_made, self._form.show_problem)
        else:
            self._keeper.describe(pack, texts, self._show_list, self._form.show_problem)

    def _on_made(self, pack: Pack) -> None:
        self._on_pack(pack.id)

    def _on_remove(self, pack: Pack) -> None:
        def done() -> None:
            self.told.emit(f"{pack.title} is removed", "Undo", lambda: self._keeper.restore(pack))

        self._keeper.remove(pack, done)

    def _on_failed(self, problem: Expected) -> None:
        self.editor.refused()
        self.told.emit(str(problem), "", None)

    # Files

    def look_into(self, path: Path) -> None:
        """Show what a file holds; nothing is taken in yet."""

        def show(pack: Pack) -> None:
            self._present(self.incoming)
            self.incoming.show_pack(path, pack, self._keeper.stock.get(pack.id), self._reader(None))

        self._keeper.read(path, show, partial(self._on_refused, path))

    def _on_refused(self, path: Path, problem: Expected) -> None:
        self._present(self.incoming)
        self.incoming.show_problem(path, problem)

    def _on_take(self, path: Path) -> None:
        before = {pack.id for pack in self._keeper.stock.shelf.packs}

        def done(pack: Pack) -> None:
            self._on_pack(pack.id)
            if pack.id in before:
                self.told.emit(f"{pack.title} was here already", "", None)
            else:
                undo: Callable[[], None] = lambda: self._keeper.remove(pack, lambda: None)  # noqa: E731
                self.told.emit(f"{pack.title} is taken in", "Undo", undo)

        self._keeper.take_in(path, done, partial(self._on_refused, path))

    def _present(self, part: QWidget) -> None:
        if self._packs_shown:
            self._show_packs(False)
        self._stack.setCurrentWidget(part)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Any other file is a list of followers: the window takes it.
        if dropped(event) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped(event)
        if path is None:
            event.ignore()
            return
        event.acceptProposedAction()
        # Read after the drop is over: the file manager waits for its answer.
        QTimer.singleShot(0, self, lambda: self.look_into(path))

    # How it lies

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self, *, again: bool = False) -> None:
        narrow = self.width() < self._theme.px(_PACKS_ALONE_BELOW)
        if narrow == self._narrow and not again:
            return
        self._narrow = narrow
        self._packs_shown = self._packs_shown and narrow
        self._side.setVisible(not narrow or self._packs_shown)
        self._stack.setVisible(not self._packs_shown)
        if narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)
        else:
            self._side.setFixedWidth(self._theme.px(_COLUMN))
        self.panel.show_packs_button(narrow)
        self.packs.show_back(narrow)
