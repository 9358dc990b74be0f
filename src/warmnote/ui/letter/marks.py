"""The marks in a letter: which words, how they look, and how they move with the text.

Marks are extra selections over the document, never formats in it, so they are no part of the letter or of its undo
steps. Their cursors move with every edit; the layout is only asked to redraw when something about them changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from warmnote.coldness import Finding, Reading, Strength
from warmnote.ui.letter.spans import Places
from warmnote.ui.theme import Tokens

__all__ = ["Item", "Look", "Mark", "Range", "format_of", "marks_of", "selection", "spans_of", "word_at"]

Item: TypeAlias = Finding | Strength
Range: TypeAlias = tuple[int, int]


class Look(Enum):
    """How a stretch of text is drawn. Shape tells what colour tells: wavy is cold, straight is warm, a hair a prompt's."""

    WARM = "warm"
    UNSURE = "unsure"
    COLD = "cold"
    BLANK = "blank"
    PROMPT = "prompt"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that the meter found. `cursor` spans them in UTF-16 units and moves with the text."""

    cursor: QTextCursor
    look: Look
    item: Item

    @property
    def start(self) -> int:
        return self.cursor.selectionStart()

    @property
    def end(self) -> int:
        return self.cursor.selectionEnd()

    def pieces(self, spared: Range | None) -> Iterable[Range]:
        """What is drawn of it: everything but the word that is just being written, without loose spaces beside it."""
        start, end = self.start, self.end
        if spared is None or spared[1] <= start or end <= spared[0]:
            yield start, end
            return
        document = self.cursor.document()
        if start < spared[0]:
            yield start, _trimmed(document, start, spared[0])
        if spared[1] < end:
            yield _trimmed(document, spared[1], end, from_start=True), end


def marks_of(reading: Reading, text: str, document: QTextDocument) -> list[Mark]:
    """The marks for a reading of `text`, which is what `document` holds. Findings about the whole letter have none."""
    places = Places(text)
    marks: list[Mark] = []
    for item in (*reading.strengths, *reading.findings):
        if item.end <= item.start:
            continue
        look = Look.WARM if isinstance(item, Strength) else Look.COLD if item.sure else Look.UNSURE
        marks.append(Mark(_span(document, places.to_qt(item.start), places.to_qt(item.end)), look, item))
    return marks


def spans_of(ranges: Iterable[Range], text: str, document: QTextDocument) -> list[QTextCursor]:
    """Stretches of `text`, in code points, as cursors that move with the words of `document`, which holds it."""
    places = Places(text)
    return [_span(document, places.to_qt(start), places.to_qt(end)) for start, end in ranges]


def selection(document: QTextDocument, start: int, end: int, look: Look, tokens: Tokens) -> QTextEdit.ExtraSelection:
    """One drawn stretch, in UTF-16 units."""
    drawn = QTextEdit.ExtraSelection()
    drawn.cursor = _span(document, start, end)
    drawn.format = format_of(look, tokens)
    return drawn


def format_of(look: Look, tokens: Tokens) -> QTextCharFormat:
    """The wash of a look in the colours of the scheme; the lines below the words are painted by `Underlines`."""
    if look is Look.PROMPT:
        return QTextCharFormat()  # its hairline is enough beside what the meter says
    wash = {Look.WARM: tokens.ember_wash, Look.BLANK: tokens.select}.get(look, tokens.frost_wash)
    made = QTextCharFormat()
    made.setBackground(QColor(wash))
    if look is Look.BLANK:
        made.setForeground(QColor(tokens.ember))
    return made


def word_at(document: QTextDocument, place: int) -> Range | None:
    """The run of characters without spaces that holds `place` or ends there, in UTF-16 units; None at its start."""
    block = document.findBlock(place)
    text = block.text()
    places = Places(text)
    inside = places.to_python(place - block.position())
    start = end = inside
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    if start == inside:
        return None
    while end < len(text) and not text[end].isspace():
        end += 1
    return block.position() + places.to_qt(start), block.position() + places.to_qt(end)


def _span(document: QTextDocument, start: int, end: int) -> QTextCursor:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    # What is typed right behind marked words is not part of them.
    cursor.setKeepPositionOnInsert(True)
    return cursor


def _trimmed(document: QTextDocument, start: int, end: int, *, from_start: bool = False) -> int:
    if from_start:
        while start < end and document.characterAt(start).isspace():
            start += 1
        return start
    while end > start and document.characterAt(end - 1).isspace():
        end -= 1
    return end
