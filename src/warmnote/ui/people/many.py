"""What can be done to several people at once: a card that stands where the one person's would."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget
from shiboken6 import isValid

from warmnote.model import Expected, FollowUp, Stage
from warmnote.notebook import Changes, Notebook, View
from warmnote.ui.journal import Journal
from warmnote.ui.people.composing import Planner
from warmnote.ui.people.tags import TagField
from warmnote.ui.theme import Theme
from warmnote.ui.when import day_of
from warmnote.ui.widgets import Card, FlowLayout, PlainLabel, button, clear, row

__all__ = ["STAGE_WORDS", "Many"]

STAGE_WORDS = {
    Stage.FIRST_TOUCH: "First touch",
    Stage.EXCHANGED_ONCE: "Exchanged once",
    Stage.CONVERSATION: "A conversation",
    Stage.RELATIONSHIP: "A relationship",
}
_NAMED = 2
# From here on the writing takes long enough to say so.
_LONG = 5_000


class Many(Card):
    """Names the people who are selected and writes what the user does to them; every notice offers to undo it.

    `cleared()` asks to select one person again, `delete_wanted(list)` and `same_wanted(int, int)` ask the page.
    """

    cleared = Signal()
    delete_wanted = Signal(object)
    same_wanted = Signal(int, int)

    def __init__(self, theme: Theme, journal: Journal) -> None:
        px = theme.px
        super().__init__((px(18), px(16), px(18), px(14)), px(10))
        self.setObjectName("many")
        self._theme, self._journal = theme, journal
        self._people: list[int] = []
        self._away = True
        self._small = False
        self._came_from: QWidget | None = None
        self._title = PlainLabel("", "name", wrap=True)
        self._title.setObjectName("many-title")
        self._names = PlainLabel("", "secondary", wrap=True)
        self._names.setObjectName("many-names")
        self._state = PlainLabel("", "faint", wrap=True)
        self._state.setObjectName("many-state")
        self._state.hide()
        self._clear = button("Clear selection", "quiet", self.cleared.emit, "many-clear")
        self._clear.setToolTip("Back to one person (Esc in the list)")
        head = row(self._title, self._clear)
        head.setStretch(0, 1)
        head.setAlignment(self._clear, Qt.AlignmentFlag.AlignTop)
        self._stage = button("Stage", name="many-stage")
        self._stage.setMenu(self._stage_menu())
        self._stage.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the word
        self._archive = button("Archive", on_click=self._on_archive, name="many-archive")
        self._same = button("The same person…", on_click=self._on_same, name="many-same")
        self._actions = actions = QWidget()
        flow = FlowLayout(actions, spacing=px(8))
        for made in (
            button("Tag…", on_click=self.tag, name="many-tag"),
            self._stage,
            button("Plan…", on_click=self.plan, name="many-plan"),
            self._same,
            self._archive,
            button("Delete", on_click=self._on_delete, name="many-delete"),
        ):
            flow.addWidget(made)
        self._composer = QVBoxLayout()
        self._composer.setContentsMargins(0, 0, 0, 0)
        self.layout_.addLayout(head)
        self.layout_.addWidget(self._names)
        self.layout_.addWidget(actions)
        self.layout_.addLayout(self._composer)
        self.layout_.addWidget(self._state)
        theme.changed.connect(self._set_icon)
        self._set_icon()

    def show_people(self, people: list[int], view: View) -> None:
        """Say who is selected. In the view of the archived they can be brought back instead of archived."""
        self._people, self._away = people, view is not View.ARCHIVED
        self._state.hide()
        names = [found.name for found in self._journal.reader.rows(people[:_NAMED])]
        more = len(people) - len(names)
        self._title.setText(f"{len(people):,} people selected")
        self._names.setText(f"{', '.join(names)} and {more:,} more" if more else " and ".join(names))
        self._archive.setText("Archive" if self._away else "Bring back")
        self._same.setVisible(len(people) == 2)
        self.setAccessibleName(self._title.text())

    def make_small(self, *, small: bool) -> None:
        """Leave out the names, and the buttons while something is open, where the list needs the room."""
        self._small = small
        self._names.setVisible(not small)
        self._actions.setVisible(not small or self._composer.isEmpty())

    def tag(self) -> None:
        """Open the field for a tag."""
        field = TagField(self._theme, self._journal.reader.bulk.tags)
        field.given.connect(self._on_tag)
        field.left.connect(self._close)
        box = QFrame()
        give = button("Add to all", "primary", lambda: self._on_tag(field.text()), "many-tag-give")
        take = button("Take off", on_click=lambda: self._on_untag(field.text()), name="many-tag-take")
        line = FlowLayout(box, spacing=self._theme.px(8))
        parts = (field, give, take, button("Cancel", "quiet", self._close))
        height = max(part.sizeHint().height() for part in parts)
        for part in parts:
            part.setMinimumHeight(height)  # so that their words stand on one line
            line.addWidget(part)
        box.setFocusProxy(field)
        self._open(box)

    def plan(self) -> None:
        """Open the row in which the next time is planned."""
        today = day_of(self._journal.clock())
        self._open(Planner(self._theme, today, None, self._on_plan, self._close))

    def leave(self) -> None:
        """Put away what is open, for the next time."""
        clear(self._composer)
        self._actions.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep the height that the words and buttons need at this width: above a list, Qt would squeeze them first."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.setMinimumHeight(self.heightForWidth(self.width()))
        return super().event(event)

    # What the user does

    def _stage_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("As the log says", lambda: self._on_stage(None))
        menu.addSeparator()
        for stage, words in STAGE_WORDS.items():
            menu.addAction(words, lambda stage=stage: self._on_stage(stage))
        return menu

    def _on_tag(self, tag: str) -> None:
        people = self._people
        if tag.strip():
            self._write(lambda notebook: notebook.bulk.tag(people, tag))
            self._close()

    def _on_untag(self, tag: str) -> None:
        people = self._people
        if tag.strip():
            self._write(lambda notebook: notebook.bulk.untag(people, tag))
            self._close()

    def _on_stage(self, stage: Stage | None) -> None:
        people = self._people
        self._write(lambda notebook: notebook.bulk.set_stage(people, stage))

    def _on_plan(self, plan: FollowUp) -> None:
        people = self._people
        self._write(lambda notebook: notebook.bulk.plan(people, plan))
        self._close()

    def _on_archive(self) -> None:
        people, away = self._people, self._away
        self._write(lambda notebook: notebook.bulk.archive(people) if away else notebook.bulk.unarchive(people))

    def _on_delete(self) -> None:
        self._say_busy()
        self.delete_wanted.emit(self._people)

    def _on_same(self) -> None:
        if len(self._people) == 2:
            self.same_wanted.emit(*self._people)

    def _write(self, use_case: Callable[[Notebook], Changes]) -> None:
        self._say_busy()
        self._journal.write(
            use_case,
            lambda _: self._state.hide(),
            notice=lambda changes: changes.label,
            failed=self._on_failed,
        )

    def _on_failed(self, error: BaseException) -> None:
        self._state.hide()
        if not isinstance(error, Expected):
            raise error
        self._journal.failed.emit(error)

    def _say_busy(self) -> None:
        self._state.setText(f"Writing {len(self._people):,} people…")
        self._state.setVisible(len(self._people) >= _LONG)

    # The inside

    def _set_icon(self) -> None:
        self._stage.setIcon(self._theme.icon("down", size=self._theme.px(14)))
        self._stage.setIconSize(QSize(self._theme.px(12), self._theme.px(12)))

    def _open(self, composer: QWidget) -> None:
        clear(self._composer)
        self._came_from = self.window().focusWidget()
        self._composer.addWidget(composer)
        self._actions.setVisible(not self._small)
        composer.show()
        composer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        """Take the row away; the keyboard goes back to where it was."""
        item, focus = self._composer.itemAt(0), self.window().focusWidget()
        box = item.widget() if item is not None else None
        self._actions.show()
        if box is not None and focus is not None and box.isAncestorOf(focus):
            back = self._came_from
            there = back if back is not None and isValid(back) and back.isVisible() else self._stage
            there.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(self._composer)
