"""A box for what stands on the profile of somebody of whom only a number is known: shown as it is read, then kept."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout

from warmnote.ui.theme import Theme
from warmnote.ui.widgets import PlainLabel, button, row

__all__ = ["PasteBox", "Pasted", "read_off"]

_LONGEST_NAME = 200
_LONGEST_BIO = 2000
_HANDLE = re.compile(r"@([A-Za-z0-9_.]{1,50})")
# What a page says around a profile, when all of it is copied.
_AROUND = re.compile(
    r"·|follow|following|follows you|message|posts|replies|media|likes|verified account"
    r"|[\d.,]+\s?[km]?\s(posts|following|followers)|joined \w+ \d{4}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was read off a profile; what is empty stays as it was."""

    name: str = ""
    handle: str = ""
    bio: str = ""


def read_off(text: str) -> Pasted:
    """The first line as a name, a line with an @handle as the handle, and the rest as the bio."""
    lines = [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
    lines = [line for line in lines if not _AROUND.fullmatch(line)]
    handle = next((match for line in lines if (match := _HANDLE.fullmatch(line))), None)
    if handle is not None:
        lines.remove(handle[0])
    name, *rest = lines or [""]
    return Pasted(name[:_LONGEST_NAME], handle[1] if handle else "", "\n".join(rest)[:_LONGEST_BIO])


class PasteBox(QFrame):
    """Takes the text, says what it would keep, and gives it to `save`. Ctrl+Enter saves, Escape leaves."""

    def __init__(self, theme: Theme, save: Callable[[Pasted], object], leave: Callable[[], object]) -> None:
        super().__init__()
        self._save, self._leave = save, leave
        words = "Paste what stands there: name, handle, bio"
        self._text = QPlainTextEdit()
        self._text.setObjectName("paste-text")
        self._text.setPlaceholderText(words)
        self._text.setAccessibleName(words)
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(theme.px(96))
        self._text.installEventFilter(self)
        self._text.textChanged.connect(self._on_text)
        self._found = PlainLabel("", "secondary", wrap=True)
        self._found.setObjectName("paste-found")
        self._keep = button("Keep this", "primary", self._on_save, "paste-save")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        layout.addWidget(self._text)
        layout.addWidget(self._found)
        layout.addLayout(row(1, button("Cancel", "quiet", leave, "paste-cancel"), self._keep))
        self.setFocusProxy(self._text)
        self._on_text()

    def _on_text(self) -> None:
        read = read_off(self._text.toPlainText())
        parts = (("Name", read.name), ("Handle", f"@{read.handle}" if read.handle else ""), ("Bio", read.bio))
        self._found.setText("\n".join(f"{what}: {text}" for what, text in parts if text))
        self._found.setVisible(bool(read.name or read.handle))
        self._keep.setEnabled(bool(read.name or read.handle))

    def _on_save(self) -> None:
        read = read_off(self._text.toPlainText())
        if read.name or read.handle:
            self._save(read)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            enter = (
                event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
                and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            )
            if enter or event.key() == Qt.Key.Key_Escape:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self._on_save() if enter else self._leave()
                return True
        return super().eventFilter(watched, event)
