"""Whose words a letter is made of: shows which came with a prompt, and remembers prompts for letters that come back."""

from collections.abc import Callable

from warmnote.notebook import Opened
from warmnote.prompts import own_words, provenance, unchanged
from warmnote.ui.letter.editor import LetterEditor
from warmnote.ui.letter.footer import LetterFooter
from warmnote.ui.letter.sheets import Sheet

__all__ = ["Fillings", "Origin"]

Fillings = Callable[[Opened], tuple[str, ...]]
"""Gives the ways in which the prompts used on a person can stand in a letter."""


class Origin:
    """Keeps the hairlines of the editor and the line in the foot true to the text."""

    def __init__(self, editor: LetterEditor, footer: LetterFooter, fillings: Fillings) -> None:
        self._editor, self._footer, self._fillings = editor, footer, fillings

    def recall(self, sheet: Sheet, opened: Opened, text: str) -> None:
        """What a draft from the book holds of prompts used earlier: only their texts tell, for the book keeps their ids."""
        if text.strip() and opened.used:
            sheet.earlier = self._fillings(opened)
            sheet.starters = unchanged(text, sheet.earlier)

    def show(self, sheet: Sheet, text: str) -> None:
        """Show whose words they are."""
        starters = (*sheet.starters, *sheet.earlier)
        spans = provenance(text, starters) if starters else ()
        self._editor.show_borrowed(spans, text)
        self._footer.show_own(*(own_words(text, spans) if spans else (0, 0)))
