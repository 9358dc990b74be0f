"""A pack from a file, looked at before it is taken in."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from warmnote.model import Expected
from warmnote.prompts import Pack
from warmnote.ui.prompts.panel import StarterList
from warmnote.ui.prompts.reading import Reader
from warmnote.ui.prompts.rows import StarterModel
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import Card, FlowLayout, PlainLabel, button

__all__ = ["Incoming"]


class Incoming(QWidget):
    """`taken(Path)` takes the pack in, `other_wanted()` asks for another file, `left()` for none."""

    taken = Signal(object)
    other_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("prompts-incoming")
        px = theme.px
        self._path: Path | None = None
        self._title = PlainLabel("", "title", wrap=True)
        self._about = PlainLabel("", "lead", wrap=True)
        self._foot = PlainLabel("", "secondary", wrap=True)
        self._problem = Card((px(16), px(12), px(16), px(12)), px(4))
        self._what = PlainLabel("", "cold", wrap=True, selectable=True)
        self._what.setObjectName("prompts-import-problem")
        self._cure = PlainLabel("", "secondary", wrap=True, selectable=True)
        self._problem.layout_.addWidget(self._what)
        self._problem.layout_.addWidget(self._cure)
        self._model = StarterModel(self)
        self._list = StarterList(theme, self._model)
        self._list.setObjectName("prompts-incoming-list")
        self._list.setAccessibleName("What the pack holds")
        self._take = button("Take it in", "primary", self._on_take, "prompts-take")
        other = button("Another file…", on_click=self.other_wanted.emit, name="prompts-other-file")
        leave = button("Leave it", on_click=self.left.emit, name="prompts-leave")
        bar = QWidget()
        flow = FlowLayout(bar, px(8))
        for made in (self._take, other, leave):
            flow.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(28), px(24), px(28), px(16))
        column.setSpacing(px(8))
        for part in (self._title, self._about, self._foot, self._problem):
            column.addWidget(part)
        column.addWidget(self._list, 1)
        column.addWidget(bar)
        column.addStretch(0)

    def show_pack(self, path: Path, pack: Pack, known: Pack | None, reader: Reader) -> None:
        """What a file holds. `known` is a pack that goes by its id already."""
        self._path = path
        self._title.setText(pack.title)
        self._show(pack.about)
        count = f"{len(pack.starters)} {'starter' if len(pack.starters) == 1 else 'starters'}"
        parts = [count, f"by {pack.author}" if pack.author else "", f"from {path.name}"]
        self._foot.setText(" · ".join(part for part in parts if part) + self._beside(pack, known))
        self._model.show_lines(reader.lines(pack.starters))
        self._list.show()
        self._problem.hide()
        self._take.show()
        self._take.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, path: Path, problem: Expected) -> None:
        """Why a file cannot be taken in."""
        self._path = None
        self._title.setText(path.name)
        self._show("This file was not taken in. Nothing has changed.")
        self._foot.setText("")
        self._what.setText(problem.message)
        self._cure.setText(problem.hint)
        self._cure.setVisible(bool(problem.hint))
        self._problem.show()
        self._model.show_lines(())
        self._list.hide()
        self._take.hide()

    def _show(self, about: str) -> None:
        self._about.setText(about)
        self._about.setVisible(bool(about))

    def _beside(self, pack: Pack, known: Pack | None) -> str:
        if known is None:
            return ""
        if known.starters and known.title == pack.title and len(known.starters) == len(pack.starters):
            return ". You have a pack like it; the very same one again changes nothing."
        return f". It stands beside “{known.title}”, which stays as it is."

    def _on_take(self) -> None:
        if self._path is not None:
            self.taken.emit(self._path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
