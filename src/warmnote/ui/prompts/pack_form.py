"""What a pack of the user's says of itself: a title, a sentence, an author and a language."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from warmnote.model import Expected
from warmnote.prompts import Pack
from warmnote.ui.scrolled import ScrolledPage
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import PlainLabel, button, row

__all__ = ["PackForm"]

_FIELDS = (
    ("title", "Title", "As it stands in the list", 60),
    ("about", "About", "A sentence: for whom, and what it asks", 200),
    ("author", "By", "Your name, if you hand it on", 60),
    ("language", "Language", "A code: en, es, fr, pt-BR", 12),
)


class PackForm(ScrolledPage):
    """`saved(dict)` brings the four texts by name, for the `pack` that was shown, None for a new one; `left()` without."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("prompts-pack-form")
        px = theme.px
        self.pack: Pack | None = None
        self._title = PlainLabel("", "title", wrap=True)
        inner = QWidget()
        inner.setMaximumWidth(px(560))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self._title)
        self._fields: dict[str, QLineEdit] = {}
        for name, words, hint, longest in _FIELDS:
            field = QLineEdit()
            field.setObjectName(f"pack-form-{name}")
            field.setAccessibleName(words)
            field.setPlaceholderText(hint)
            field.setMaxLength(longest)
            field.returnPressed.connect(self._on_save)
            column.addSpacing(px(6))
            column.addWidget(PlainLabel(words, "section"))
            column.addWidget(field)
            self._fields[name] = field
        self._problem = PlainLabel("", "cold", wrap=True)
        self._problem.setObjectName("pack-form-problem")
        self._problem.hide()
        column.addWidget(self._problem)
        for field in self._fields.values():
            field.textChanged.connect(self._on_changed)
        self._save = button("Save", "primary", self._on_save, "pack-form-save")
        cancel = button("Cancel", on_click=self.left.emit, name="pack-form-cancel")
        column.addSpacing(px(10))
        column.addLayout(row(self._save, cancel, 1, spacing=px(8)))
        column.addStretch(1)
        outer = QHBoxLayout(self.page)
        outer.setContentsMargins(px(28), px(24), px(28), px(24))
        outer.addWidget(inner, 1000)
        outer.addStretch(1)

    def show_pack(self, pack: Pack | None) -> None:
        """Show a pack's texts; None for a new one."""
        self.pack = pack
        self._title.setText(pack.title if pack else "A new pack")
        texts = {} if pack is None else {"title": pack.title, "about": pack.about, "author": pack.author}
        for name, field in self._fields.items():
            field.setText(texts.get(name, ""))
        self._fields["language"].setText(pack.language if pack else "en")
        self._save.setText("Save" if pack else "Make the pack")
        self._fields["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: Expected) -> None:
        """Why it cannot be saved as it stands."""
        self._problem.setText(str(problem.message).rpartition(".toml: ")[2] + f" {problem.hint}")
        self._problem.show()

    def _on_changed(self) -> None:
        self._problem.hide()
        self._save.setEnabled(bool(self._fields["title"].text().strip()))

    def _on_save(self) -> None:
        if self._save.isEnabled():
            texts = {name: field.text().strip() for name, field in self._fields.items()}
            self.saved.emit(texts | {"language": texts["language"] or "en"})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
