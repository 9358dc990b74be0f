"""The field in which a starter is written, with what can be put in by a button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QTextEdit

from warmnote.prompts import FIELDS
from warmnote.ui.letter.spans import Places
from warmnote.ui.prompts.trial import Fault
from warmnote.ui.prompts.wording import field_words, is_condition
from warmnote.ui.theme import Theme

__all__ = ["FieldMenu", "StarterText"]

_GROUPS = (
    (
        "What they care about",
        "hobby craft sport team music food book show game pet pet_name cause language learning project trip photo",
    ),
    ("Where and when", "place event event_ahead milestone past"),
    ("Work", "position a_position company new old"),
    (
        "What they wrote or said",
        "post question quote subject their_question plan plan_ahead promise gap month met met_when",
    ),
    ("The two of you", "name common mutual learned seen stale stale_place stale_work"),
)
_HINT = "what only you know"


class StarterText(QPlainTextEdit):
    """Plain text; Tab leaves it. A fault is underlined where it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._fault: Fault | None = None
        self.setObjectName("starter-text")
        self.setAccessibleName("The starter")
        self.setTabChangesFocus(True)
        self.setPlaceholderText("What got you into {{ hobby }}? I once ⟦what you did⟧.")
        theme.changed.connect(lambda: self.show_fault(self._fault))

    def insert_field(self, name: str) -> None:
        """Put a field at the cursor."""
        self.textCursor().insertText(f"{{{{ {name} }}}}")
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def insert_blank(self) -> None:
        """Put a blank at the cursor, around what is selected, its hint ready to be written over."""
        cursor = self.textCursor()
        hint = cursor.selectedText().strip("⟦⟧\u2029 ") or _HINT
        start = cursor.selectionStart()
        cursor.insertText(f"⟦{hint}⟧")
        cursor.setPosition(start + 1)
        cursor.setPosition(start + 1 + Places(hint).to_qt(len(hint)), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_fault(self, fault: Fault | None) -> None:
        """Underline a place, or nothing."""
        self._fault = fault
        if fault is None or fault.end <= fault.start:
            self.setExtraSelections([])
            return
        places = Places(self.toPlainText())
        mark = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(QColor(self._theme.tokens.frost))
        look.setBackground(QColor(self._theme.tokens.frost_wash))
        cursor = QTextCursor(self.document())
        cursor.setPosition(places.to_qt(fault.start))
        cursor.setPosition(places.to_qt(fault.end), QTextCursor.MoveMode.KeepAnchor)
        mark.cursor, mark.format = cursor, look
        self.setExtraSelections([mark])


class FieldMenu(QMenu):
    """Every field that holds words, in groups. `chosen(str)` is its name."""

    chosen = Signal(str)

    def __init__(self, parent: QPlainTextEdit) -> None:
        super().__init__(parent)
        self.setObjectName("starter-fields")
        left = {name for name in FIELDS if not is_condition(name)}
        groups = [(title, [name for name in names.split() if name in left]) for title, names in _GROUPS]
        rest = sorted(left - {name for _, names in groups for name in names})
        for title, names in [*groups, ("More", rest)]:
            if names:
                inner = self.addMenu(title)
                for name in names:
                    inner.addAction(f"{field_words(name)}\t{name}", lambda name=name: self.chosen.emit(name))
