"""The editor of a starter: its text, what it is for, and how it reads while it is being written."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from warmnote.prompts import MINE, STARTER_KINDS, Pack, Starter
from warmnote.ui.names import first_name
from warmnote.ui.prompts.drafts import NEW, Draft, Drafts
from warmnote.ui.prompts.reading import Line
from warmnote.ui.prompts.stock import Stock
from warmnote.ui.prompts.text import FieldMenu, StarterText
from warmnote.ui.prompts.trial import Setting, Trial, draft_of, try_out
from warmnote.ui.prompts.wording import AGES, STAGES, kind_words, lacking
from warmnote.ui.scrolled import ScrolledPage
from warmnote.ui.tasks import Lane, Tasks
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import Card, FlowLayout, PlainLabel, button

__all__ = ["StarterEditor"]

_TYPING_MS = 120
_SIDE_BY_SIDE = 760


class _Preview(Card):
    """How the starter reads for one, and what the meter says of it."""

    def __init__(self, theme: Theme, name: str) -> None:
        px = theme.px
        super().__init__((px(14), px(11), px(14), px(11)), px(5))
        self.setObjectName(name)
        self._whom = PlainLabel("", "warm", wrap=True)
        self._text = PlainLabel("", "body", wrap=True, selectable=True)
        self._text.setObjectName(f"{name}-text")
        self._reason = PlainLabel("", "faint", wrap=True)
        self._reads = PlainLabel("", "secondary", wrap=True)
        self._reads.setObjectName(f"{name}-reads")
        for label in (self._whom, self._text, self._reason, self._reads):
            self.layout_.addWidget(label)

    def show_line(self, whom: str, line: Line | None, reads: str) -> None:
        """Show a line; without one, a dash where its text will stand."""
        self._whom.setText(whom)
        self._text.setText(line.text if line else "…")
        self._text.set_role("body" if line and line.fits else "secondary")
        self._reason.setText(line.reason if line else "")
        self._reads.setText(reads)
        self._reason.setVisible(bool(self._reason.text()))
        self._reads.setVisible(bool(reads))


class StarterEditor(ScrolledPage):
    """Edits one starter at a time. What is not saved is kept in `drafts`, whatever else is opened.

    `saved(str, Starter)` asks to keep a starter in the pack with that id; `left()` goes back to the list;
    `told(str, str, action)` carries a sentence for the notice bar.
    """

    saved = Signal(str, object)
    left = Signal()
    told = Signal(str, str, object)

    def __init__(self, theme: Theme, tasks: Tasks, drafts: Drafts) -> None:
        super().__init__()
        self.setObjectName("starter-editor")
        self._theme, self._tasks, self._drafts = theme, tasks, drafts
        self._base = Starter("", "own", "")
        self._key = NEW
        self._stock: Stock | None = None
        self._setting: Callable[[], Setting] | None = None
        self._turn = 0
        self._trial: Trial | None = None
        self._save_wanted = False
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._try)
        self._build(theme)
        save = QShortcut(QKeySequence("Ctrl+S"), self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self._on_save)

    # What the page asks for

    def equip(self, stock: Stock, setting: Callable[[], Setting]) -> None:
        """What starters are written into, and for whom they are tried out; again after every change."""
        self._stock, self._setting = stock, setting
        chosen = self._pack.currentData()
        with QSignalBlocker(self._pack):
            self._pack.clear()
            for pack in stock.own:
                self._pack.addItem(pack.title, pack.id)
            self._pack.setCurrentIndex(max(0, self._pack.findData(chosen)))
        if self.isVisible():
            self._try()

    def open(self, starter: Starter | None, pack_id: str = MINE) -> None:
        """Edit a starter, None for a new one in a pack; what was left unfinished of it is there again."""
        self._base = starter or Starter("", "own", "")
        self._key = starter.id if starter else NEW
        self._heading.setText("Edit a starter" if starter else "A new starter")
        saved = draft_of(self._base, pack_id)
        self._show(self._drafts.get(self._key) or saved)
        self._pack.setEnabled(starter is None)
        self.verticalScrollBar().setValue(0)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    # Its parts

    def _build(self, theme: Theme) -> None:
        px = theme.px
        self._back = button("Back to the starters", "quiet", self.left.emit, "starter-back")
        self._back.setIcon(theme.icon("back", size=px(16)))
        self._back.setIconSize(QSize(px(16), px(16)))
        self._heading = PlainLabel("", "title", wrap=True)
        self._state = PlainLabel("", "faint", wrap=True)
        self._state.setObjectName("starter-state")
        self._drop = button("Let the changes go", "link", self._on_drop, "starter-drop")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(px(24))
        self._columns.addLayout(self._form(theme), 3)
        self._columns.addLayout(self._previews(theme), 2)
        column = QVBoxLayout(self.page)
        column.setContentsMargins(px(28), px(18), px(28), px(20))
        column.setSpacing(px(10))
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._heading)
        column.addLayout(self._columns)
        self._save = button("Save", "primary", self._on_save, "starter-save")
        self._save.setToolTip("Ctrl+S")
        foot = QWidget()
        flow = FlowLayout(foot, px(10))
        for part in (self._save, self._drop):
            flow.addWidget(part)
        self._drop.setMinimumHeight(self._save.sizeHint().height())
        column.addWidget(self._state)
        column.addWidget(foot)
        column.addStretch(1)
        self._lay_out(0)

    def _form(self, theme: Theme) -> QVBoxLayout:
        px = theme.px
        self.text = StarterText(theme)
        self.text.setMinimumHeight(px(100))
        self.text.setMaximumHeight(px(140))
        self.text.textChanged.connect(self._on_changed)
        self._fields = FieldMenu(self.text)
        self._fields.chosen.connect(self.text.insert_field)
        field = button("Insert a field", name="starter-field")
        field.clicked.connect(lambda: self._fields.popup(field.mapToGlobal(field.rect().bottomLeft())))
        blank = button("Insert a blank", on_click=self.text.insert_blank, name="starter-blank")
        blank.setToolTip("⟦…⟧ is for what only the writer of the letter knows")
        inserts = QWidget()
        flow = FlowLayout(inserts, px(8))
        flow.addWidget(field)
        flow.addWidget(blank)
        self._fault = PlainLabel("", "cold", wrap=True, selectable=True)
        self._fault.setObjectName("starter-fault")
        self._cure = PlainLabel("", "secondary", wrap=True)
        self._cure.setObjectName("starter-cure")
        self._title = QLineEdit()
        self._title.setObjectName("starter-title")
        self._title.setPlaceholderText("What it is about, as a word or two")
        self._title.setMaxLength(60)
        self._title.textChanged.connect(self._on_changed)
        self._kind = self._combo("starter-kind", [(kind_words(kind), kind) for kind in STARTER_KINDS])
        self._stage = self._combo("starter-stage", [(words, place) for place, words in enumerate(STAGES)])
        self._days = self._combo("starter-days", [(words, days or 0) for words, days in AGES])
        self._pack = self._combo("starter-pack", [])
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(6))
        self._cells: list[tuple[PlainLabel, QWidget]] = []
        for words, control in (
            ("Title, if you like", self._title),
            ("Kind", self._kind),
            ("Offered", self._stage),
            ("What it is about may be", self._days),
            ("Kept in", self._pack),
        ):
            control.setAccessibleName(words)
            self._cells.append((PlainLabel(words, "section"), control))
        self._only_if = PlainLabel("", "faint", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(px(8))
        for part in (self.text, self._fault, self._cure, inserts):
            column.addWidget(part)
        column.addSpacing(px(4))
        column.addLayout(self._grid)
        column.addWidget(self._only_if)
        column.addStretch(1)
        return column

    def _previews(self, theme: Theme) -> QVBoxLayout:
        self._one = _Preview(theme, "preview-one")
        self._anyone = _Preview(theme, "preview-anyone")
        column = QVBoxLayout()
        column.setSpacing(theme.px(8))
        column.addWidget(PlainLabel("As it would read", "section"))
        column.addWidget(self._one)
        column.addWidget(self._anyone)
        column.addStretch(1)
        return column

    def _combo(self, name: str, entries: list[tuple[str, object]]) -> QComboBox:
        made = QComboBox()
        made.setObjectName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(10)
        for words, value in entries:
            made.addItem(words, value)
        made.currentIndexChanged.connect(self._on_changed)
        return made

    def _lay_out(self, width: int) -> None:
        wide = width >= self._theme.px(_SIDE_BY_SIDE)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        per_row = 2 if width >= self._theme.px(460) else 1
        if self._grid.property("per_row") == per_row:
            return
        self._grid.setProperty("per_row", per_row)
        for place, (label, control) in enumerate(self._cells):
            self._grid.addWidget(label, place // per_row * 2, place % per_row)
            self._grid.addWidget(control, place // per_row * 2 + 1, place % per_row)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < per_row else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(self.viewport().width())

    # What is written

    def _draft(self) -> Draft:
        return Draft(
            text=self.text.toPlainText(),
            title=self._title.text(),
            kind=str(self._kind.currentData()),
            stage=int(self._stage.currentData() or 0),
            days=int(self._days.currentData() or 0),
            pack=str(self._pack.currentData() or MINE),
        )

    def _show(self, draft: Draft) -> None:
        parts = (self.text, self._title, self._kind, self._stage, self._days, self._pack)
        blockers = [QSignalBlocker(part) for part in parts]
        self.text.setPlainText(draft.text)
        self._title.setText(draft.title)
        if self._days.findData(draft.days) < 0:
            self._days.addItem(f"Of the last {draft.days} days", draft.days)
        for combo, value in (
            (self._kind, draft.kind),
            (self._stage, draft.stage),
            (self._days, draft.days),
            (self._pack, draft.pack or MINE),
        ):
            combo.setCurrentIndex(max(0, combo.findData(value)))
        for blocker in blockers:
            blocker.unblock()
        self._show_trial(Trial(None, None))
        self._trial = None
        self._show_state()
        self._try()

    def _changed(self) -> bool:
        draft = self._draft()
        if self._key == NEW:
            return bool(draft.text.strip() or draft.title.strip())
        return draft != draft_of(self._base, draft.pack)

    def _on_changed(self) -> None:
        if self._changed():
            self._drafts.keep(self._key, self._draft())
        else:
            self._drafts.drop(self._key)
        # What is shown may lag behind by a moment; what is saved must not.
        self._trial = None
        self._save_wanted = False
        self._save.setEnabled(False)
        self._show_state()
        self._typing.start()

    def _show_state(self) -> None:
        changed = self._changed()
        self._state.setText("Not saved yet. It is kept here while you look elsewhere." if changed else "")
        self._state.setVisible(changed)
        self._drop.setVisible(changed)

    def _try(self) -> None:
        self._typing.stop()
        if self._setting is None or self._stock is None:
            return
        self._turn += 1
        turn, base, draft, setting = self._turn, self._base, self._draft(), self._setting()
        pack = self._stock.get(draft.pack) or Pack(MINE, "My prompts")

        def show(trial: Trial) -> None:
            if turn == self._turn:
                self._show_trial(trial)

        self._tasks.run(Lane.FILES, lambda: try_out(base, draft, pack, setting), show, owner=self)

    def _show_trial(self, trial: Trial) -> None:
        self._trial = trial
        fault = trial.fault
        self.text.show_fault(fault)
        self._fault.setText(fault.message if fault else "")
        self._cure.setText(fault.hint if fault else "")
        self._fault.setVisible(bool(self._fault.text()))
        self._cure.setVisible(bool(self._cure.text()))
        opened = self._setting().opened if self._setting is not None else None
        self._one.setVisible(opened is not None)
        if opened is not None:
            self._one.show_line(f"For {first_name(opened.person.name)}", trial.one, trial.one_reads)
        self._anyone.show_line("For somebody invented", trial.anyone, trial.anyone_reads)
        self._only_if.setText(" ".join(lacking(name) for name in trial.only_if))
        self._only_if.setVisible(bool(trial.only_if))
        self._save.setEnabled(trial.starter is not None and self._changed())
        if self._save_wanted:
            self._on_save()

    def _on_save(self) -> None:
        self._save_wanted = self._trial is None
        if self._trial is None:
            self._try()
        elif self._save.isEnabled() and self._trial is not None and self._trial.starter is not None:
            self._save.setEnabled(False)
            self.saved.emit(self._draft().pack, self._trial.starter)

    def finished(self) -> None:
        """What was saved is on the disk."""
        self._drafts.drop(self._key)

    def refused(self) -> None:
        """It could not be saved: it stays as it is."""
        self._save.setEnabled(True)

    def _on_drop(self) -> None:
        key, base, draft = self._key, self._base, self._draft()
        self._drafts.drop(key)

        def undo() -> None:
            self._drafts.keep(key, draft)
            if self._key == key and self._base == base:
                self._show(draft)

        self.told.emit("The changes are gone", "Undo", undo)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
