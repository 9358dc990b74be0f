"""The list of starters: search, for whom they are read, and what can be done with the one that is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QComboBox,
    QFrame,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from warmnote.ui.journal import Journal
from warmnote.ui.names import first_name
from warmnote.ui.prompts.reading import Line
from warmnote.ui.prompts.rows import StarterDelegate, StarterModel
from warmnote.ui.prompts.whom import WhomButton
from warmnote.ui.prompts.wording import kind_words
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import FlowLayout, PlainLabel, button, row

__all__ = ["StarterList", "StarterPanel"]

_TYPING_MS = 60
_DOWN = QBoxLayout.Direction.TopToBottom


class StarterList(QListView):
    """The rows. `activated` is Enter or a double click; `edit_pressed` F2, `delete_pressed` Delete."""

    edit_pressed = Signal()
    delete_pressed = Signal()

    def __init__(self, theme: Theme, model: StarterModel) -> None:
        super().__init__()
        self.setObjectName("prompts-list")
        self.setAccessibleName("Starters")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setModel(model)
        self.setItemDelegate(StarterDelegate(theme, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(theme.px(24))
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        elif plain and event.key() == Qt.Key.Key_F2:
            self.edit_pressed.emit()
        elif plain and event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # pyright: ignore[reportArgumentType]
        if not self.currentIndex().isValid():
            self.choose(1)  # the row after the first heading

    def choose(self, place: int) -> None:
        """Select a row and bring it into view."""
        index = self.model().index(place, 0)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)


class _Search(QLineEdit):
    def event(self, event: QEvent) -> bool:
        # A line of text takes Ctrl+K for itself on Linux, and has the keyboard when the page comes up.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_K
        ):
            event.ignore()
            return False
        return super().event(event)


class StarterPanel(QWidget):
    """Shows lines and says what the user wants with one of them.

    `whom_chosen(int)` asks to read them for another person. `used(Line)` puts one into the letter, `edited(Line)`,
    `copied(Line)`, `deleted(Line)` and `left_out(Line, bool)` are about the chosen one; `new_wanted()` and
    `packs_wanted()`, where the packs are out of sight, about none.
    """

    whom_chosen = Signal(int)
    used = Signal(object)
    edited = Signal(object)
    copied = Signal(object)
    deleted = Signal(object)
    left_out = Signal(object, bool)
    new_wanted = Signal()
    packs_wanted = Signal()

    def __init__(self, theme: Theme, journal: Journal) -> None:
        super().__init__()
        self._theme = theme
        self._lines: Sequence[Line] = ()
        self._name = ""
        self._usable = False
        self._own: frozenset[str] = frozenset()
        self._out: frozenset[str] = frozenset()
        self._unfinished: frozenset[str] = frozenset()
        self._off = ""
        self._ready = False
        self.model = StarterModel(self, self._mark)
        self.list = StarterList(theme, self.model)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.activated.connect(self._on_activated)
        self.list.edit_pressed.connect(lambda: self._tell("edit"))
        self.list.delete_pressed.connect(lambda: self._tell("delete"))
        self.list.customContextMenuRequested.connect(self._on_menu)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._filter)
        self._build(theme, journal)
        self._on_current()

    def _build(self, theme: Theme, journal: Journal) -> None:
        px = theme.px
        self.title = PlainLabel("Prompts", "title", wrap=True)
        self._about = PlainLabel("", "secondary", wrap=True)
        self._packs = button("Packs", on_click=self.packs_wanted.emit, name="prompts-packs")
        new = button("New starter", "primary", self.new_wanted.emit, "prompts-new")
        self.search = _Search()
        self.search.setObjectName("prompts-search")
        self.search.setProperty("role", "search")
        self.search.setPlaceholderText("Search the starters")
        self.search.setAccessibleName("Search the starters")
        self.search.setToolTip("Ctrl+F")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda: self._typing.start())
        self.search.returnPressed.connect(lambda: self.list.setFocus(Qt.FocusReason.TabFocusReason))
        self._kind = QComboBox()
        self._kind.setObjectName("prompts-kind")
        self._kind.setAccessibleName("Kind")
        self._kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._kind.setMinimumContentsLength(13)
        self._kind.activated.connect(self._filter)
        self._whom = WhomButton(theme, journal)
        self._whom.chosen.connect(self.whom_chosen)
        self._silence = PlainLabel("", "secondary", wrap=True)
        self._silence.setObjectName("prompts-silence")
        self._silence.hide()
        self._count = PlainLabel("", "faint")
        self._none = PlainLabel("", "secondary", wrap=True)
        self._none.setObjectName("prompts-none")
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._none.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._actions: dict[str, QPushButton] = {}
        bar = QWidget()
        flow = FlowLayout(bar, px(8))
        for name, words, role in (
            ("use", "Use", "primary"),
            ("edit", "Edit", ""),
            ("copy", "Copy into My prompts", ""),
            ("out", "Leave out", ""),
            ("delete", "Delete", ""),
        ):
            made = button(words, role, lambda name=name: self._tell(name), f"prompts-{name}")
            self._actions[name] = made
            flow.addWidget(made)
        self._bar = bar
        reads = QWidget()
        line = FlowLayout(reads, px(10))
        self._reads_for = PlainLabel("As they read for", "secondary")
        for part in (self._reads_for, self._whom, self._count):
            part.setMinimumHeight(px(34))  # one line of different things, centred
            line.addWidget(part)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(px(10))
        self._head, self._finding = QBoxLayout(_DOWN), QBoxLayout(_DOWN)
        self._head.addWidget(self.title, 1)
        self._head.addLayout(row(self._packs, new, 0, spacing=px(8)))
        self._finding.addWidget(self.search, 1)
        self._finding.addWidget(self._kind)
        for box in (self._head, self._finding):
            box.setSpacing(px(8))
            column.addLayout(box)
            if box is self._head:
                column.addWidget(self._about)
        column.addWidget(reads)
        column.addWidget(self._silence)
        column.addWidget(self._none)
        column.addWidget(self.list, 1)
        column.addWidget(bar)

    def show_packs_button(self, shown: bool) -> None:
        """Offer the way to the packs, where they are a page of their own."""
        self._packs.setVisible(shown)

    def show_whom(self, name: str, on_desk: int, usable: bool, silence: str) -> None:
        """For whom the lines are: a name or nobody's. `usable` where there is a letter to put one into."""
        self._name, self._usable = name, usable
        self._whom.show_whom(name, on_desk)
        self._silence.setText(silence)
        self._silence.setVisible(bool(silence))
        self._name_actions()

    def show_pack(self, title: str, about: str, off: str) -> None:
        """Which pack is shown: its title and sentence, and what marks its starters while it is off."""
        self.title.setText(title)
        self._about.setText(about)
        self._about.setVisible(bool(about) and self.height() >= self._theme.px(400))
        self._off = off

    def show_lines(
        self, lines: Sequence[Line], own: frozenset[str], out: frozenset[str], unfinished: frozenset[str]
    ) -> None:
        """Show lines: `own` are ids of packs that can be written into, `out` of starters not offered, `unfinished` of drafts."""
        self._lines, self._own, self._out, self._unfinished = lines, own, out, unfinished
        self._ready = True
        chosen = self._kind.currentData() or ""
        kinds = list(dict.fromkeys(line.starter.kind for line in lines))
        self._kind.clear()
        self._kind.addItem("All kinds", "")
        for kind in sorted(kinds, key=kind_words):
            self._kind.addItem(kind_words(kind), kind)
        self._kind.setCurrentIndex(max(0, self._kind.findData(chosen)))
        self._filter()

    def choose(self, starter_id: str) -> None:
        """Select a starter, whatever the search and the kind are."""
        if self.model.row_of(starter_id) < 0 and any(line.starter.id == starter_id for line in self._lines):
            self.search.clear()
            self._kind.setCurrentIndex(0)
            self._filter()
        self.list.choose(self.model.row_of(starter_id))

    def line(self) -> Line | None:
        """The line that is chosen."""
        return self.model.line(self.list.currentIndex())

    def _filter(self) -> None:
        self._typing.stop()
        wanted, kind = self.search.text().casefold().split(), self._kind.currentData() or ""
        before, scrolled = self.line(), self.list.verticalScrollBar().value()
        lines = [
            line
            for line in self._lines
            if (not kind or line.starter.kind == kind) and all(word in line.words for word in wanted)
        ]
        self.model.show_lines(lines, f"not for {first_name(self._name)} now" if self._name else "")
        if before is not None and (place := self.model.row_of(before.starter.id)) >= 0:
            self.list.setCurrentIndex(self.model.index(place))
            self.list.verticalScrollBar().setValue(scrolled)
        fits = sum(line.fits for line in lines)
        words = f"{fits} of {len(lines)} fit" if self._name else f"{len(lines)} starters"
        self._count.setText(words if lines else "")
        self._none.setText("" if lines or not self._ready else self._why_none())
        self._none.setVisible(self._ready and not lines)
        self.list.setVisible(bool(lines) or not self._ready)
        self._on_current()

    def _why_none(self) -> str:
        if self.search.text() or self._kind.currentData():
            return "No starter has these words."
        return "Nothing in here yet. Write a starter of your own, or copy one that you like out of another pack."

    def _mark(self, line: Line) -> str:
        if line.starter.id in self._unfinished:
            return "unfinished"
        return "left out" if line.starter.id in self._out else self._off

    def _on_current(self, *_: QModelIndex) -> None:
        line = self.line()
        self._bar.setVisible(line is not None)
        if line is None:
            return
        own = line.starter.pack in self._own
        shown = {
            "use": self._usable and line.prompt is not None,
            "edit": own,
            "copy": True,
            "out": not own,
            "delete": own,
        }
        for name, visible in shown.items():
            self._actions[name].setVisible(visible)
        self._name_actions()

    def _name_actions(self) -> None:
        line, wide = self.line(), self._wide()
        own = line is not None and line.starter.pack in self._own
        out = line is not None and line.starter.id in self._out
        use = f"Use in the letter to {first_name(self._name)}" if self._name and wide else "Use"
        self._actions["use"].setText(use.replace("&", "&&"))
        self._actions["copy"].setText("Duplicate" if own or not wide else "Copy into My prompts")
        self._actions["out"].setText("Offer again" if out else "Leave out")
        self._actions["out"].setToolTip("" if out else "Never offer this one")

    def _wide(self) -> bool:
        return self.width() >= self._theme.px(440)

    def _on_activated(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if line is not None:
            self._tell("use" if self._usable and line.prompt is not None else "edit")

    def _tell(self, name: str) -> None:
        line = self.line()
        if line is None or self._actions[name].isHidden():
            return
        if name == "out":
            self.left_out.emit(line, line.starter.id not in self._out)
            return
        {"use": self.used, "edit": self.edited, "copy": self.copied, "delete": self.deleted}[name].emit(line)

    def _on_menu(self, place: QPoint) -> None:
        if self.model.line(self.list.indexAt(place)) is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, made in self._actions.items():
            if not made.isHidden():
                menu.addAction(made.text(), lambda name=name: self._tell(name))
        menu.popup(self.list.viewport().mapToGlobal(place))

    # Large text in a small window: what stands side by side goes below each other, and the title makes room.

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(200))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = self._theme.px
        wide, tall = self._wide(), self.height() >= px(400)
        for box in (self._head, self._finding):
            box.setDirection(QBoxLayout.Direction.LeftToRight if wide else _DOWN)
        self.title.setVisible(tall)
        self._reads_for.setVisible(tall)
        self._kind.setVisible(wide or tall)  # the search finds the kinds as well
        self._name_actions()
        side = px(28) if wide else px(14)
        self._column.setContentsMargins(side, px(24) if tall else px(10), side, px(16) if tall else px(8))
