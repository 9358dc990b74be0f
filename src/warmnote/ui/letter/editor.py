"""The letter's text: plain, with the meter's marks over it, blanks to fill, and an undo that saving never touches."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit

from warmnote.coldness import Reading
from warmnote.prompts import blanks
from warmnote.ui.letter.marks import Look, Mark, Range, marks_of, selection, spans_of, word_at
from warmnote.ui.letter.plain import letter_text
from warmnote.ui.letter.popup import MarkPopup
from warmnote.ui.letter.spans import Places
from warmnote.ui.letter.underlines import Underlines
from warmnote.ui.theme import Theme

__all__ = ["LetterEditor"]

_LETTER_PX = 16
_LINE_HEIGHT = 1.65
_HELP = "F8 goes to the next marked words, Alt+Enter tells why they are marked."


class LetterEditor(QTextEdit):
    """Plain text with marks. Places that come in and go out are code points; Qt's units stay inside.

    `edited` follows every change of the words, `left` when the keyboard goes elsewhere; the others come from the popup
    of a mark: `fix_wanted(Finding)`, `ask_wanted(Finding)`, `excuse_wanted(Finding)`, `allow_wanted(Finding)`,
    `rule_off_wanted(str)`.
    """

    edited = Signal()
    left = Signal()
    fix_wanted = Signal(object)
    ask_wanted = Signal(object)
    excuse_wanted = Signal(object)
    allow_wanted = Signal(object)
    rule_off_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("letter")
        self.setProperty("role", "letter")
        self.setAccessibleName("Letter")
        self.setAccessibleDescription(_HELP)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(self.wordWrapMode().WrapAtWordBoundaryOrAnywhere)
        self.setMouseTracking(True)
        self.setViewportMargins(0, theme.px(6), 0, 0)
        self._theme = theme
        self._marks: list[Mark] = []
        self._borrowed: list[QTextCursor] = []
        self._read_text = ""
        self._blanks: tuple[Range, ...] = ()
        self._drawn: list[tuple[QTextEdit.ExtraSelection, Look]] = []
        self._spared: Range | None = None
        self._underlines = Underlines(theme)
        self._changing = False
        self._popup = MarkPopup(self, theme)
        self._popup.fix_wanted.connect(self.fix_wanted)
        self._popup.ask_wanted.connect(self.ask_wanted)
        self._popup.excuse_wanted.connect(self.excuse_wanted)
        self._popup.allow_wanted.connect(self.allow_wanted)
        self._popup.rule_off_wanted.connect(self.rule_off_wanted)
        self.textChanged.connect(self._on_text_changed)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        theme.changed.connect(self._on_theme_changed)
        self.show_document(self.new_document(""))

    def new_document(self, text: str) -> QTextDocument:
        """A letter's document with nothing to undo; keep it to show the same letter, and its undo steps, again."""
        document = QTextDocument()
        font = self._letter_font()
        document.setDefaultFont(font)
        document.setDocumentMargin(self._theme.px(4))
        document.setUndoRedoEnabled(False)
        document.setPlainText(letter_text(text))
        spacing = QTextBlockFormat()
        natural = QFontMetricsF(font).height()
        percent = 100 * _LINE_HEIGHT * font.pixelSize() / natural
        spacing.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)
        document.setUndoRedoEnabled(True)
        document.setModified(False)
        return document

    def show_document(self, document: QTextDocument, anchor: int = 0, cursor: int = 0) -> None:
        """Put another letter on the desk, with the cursor (and, at `anchor`, the other end of its selection)."""
        self._popup.dismiss()
        self._forget_marks()
        self._changing = True
        try:
            self.setDocument(document)
        finally:
            self._changing = False
        places = Places(self.toPlainText())
        self._put_cursor(places.to_qt(anchor), places.to_qt(cursor))
        self._find_blanks()
        self._redraw()

    def cursor_place(self) -> Range:
        """Where the selection began and where the cursor is, in code points; the same when nothing is selected."""
        cursor, places = self.textCursor(), Places(self.toPlainText())
        return places.to_python(cursor.anchor()), places.to_python(cursor.position())

    @property
    def open_blanks(self) -> int:
        """How many blanks ⟦…⟧ are still to be filled."""
        return len(self._blanks)

    def show_reading(self, reading: Reading | None, text: str) -> None:
        """Mark what was read in `text`. A reading of anything but the present text is not shown."""
        if reading is None:
            self._marks = []
        elif text == self.toPlainText():
            self._marks = marks_of(reading, text, self.document())
            self._read_text = text
        self._redraw()

    def show_borrowed(self, spans: Iterable[Range], text: str) -> None:
        """Show which words of `text` came with a prompt; nothing for any text but the present one."""
        if text == self.toPlainText():
            self._borrowed = spans_of(spans, text, self.document())
            self._redraw()

    def replace(self, start: int, end: int, text: str) -> None:
        """Put `text` in the place of the code points from `start` to `end`, as one step to undo."""
        places = Places(self.toPlainText())
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.setPosition(places.to_qt(start))
        cursor.setPosition(places.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(letter_text(text))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self._spare(None)

    def insert_starter(self, starter: str) -> None:
        """Put a starter where the cursor is, as one step to undo, and select its first blank (or go behind it)."""
        starter = letter_text(starter).strip()
        text = self.toPlainText()
        places = Places(text)
        at = places.to_python(self.textCursor().selectionEnd())
        at = next((end for start, end in blanks(text) if start < at < end), at)
        while 0 < at < len(text) and not text[at - 1].isspace() and not text[at].isspace():
            at += 1  # never into the middle of a word
        before = " " if at > 0 and not text[at - 1].isspace() else ""
        after = " " if at < len(text) and not text[at].isspace() else ""
        self.put_starter(starter, at, at, before, after)

    def put_starter(self, starter: str, start: int, end: int, before: str = "", after: str = "") -> None:
        """Put a starter, parted by `before` and `after`, in the place of `[start, end)`, and select its first blank."""
        starter = letter_text(starter).strip()
        self.replace(start, end, before + starter + after)
        start += len(before)
        first = next(iter(blanks(starter)), (len(starter), len(starter)))
        self.select(start + first[0], start + first[1])

    def ask_about(self, subject: str) -> None:
        """Let the popup of a mark offer to ask about `subject`; empty offers nothing."""
        self._popup.ask_about(subject)

    def select(self, start: int, end: int) -> None:
        """Select code points, bring them into view and take the keyboard."""
        places = Places(self.toPlainText())
        self._put_cursor(places.to_qt(start), places.to_qt(end))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_cursor(self, place: int) -> None:
        """Move the cursor without taking the keyboard."""
        unit = Places(self.toPlainText()).to_qt(place)
        self._put_cursor(unit, unit)

    def go_to_blank(self, *, forward: bool = True) -> bool:
        """Select the next or previous open blank, round the end; False if there is none."""
        if not self._blanks:
            return False
        cursor = self.textCursor()
        if forward:
            later = [span for span in self._blanks if span[0] >= cursor.selectionEnd()]
            target = later[0] if later else self._blanks[0]
        else:
            earlier = [span for span in self._blanks if span[1] <= cursor.selectionStart()]
            target = earlier[-1] if earlier else self._blanks[-1]
        self._put_cursor(*target)
        return True

    def go_to_mark(self, *, forward: bool = True) -> bool:
        """Select the next or previous marked words, round the end; cold ones, or the warm ones if none is cold."""
        cold = [mark for mark in self._marks if mark.look is not Look.WARM]
        spans = sorted({(mark.start, mark.end) for mark in cold or self._marks})
        if not spans:
            return False
        cursor = self.textCursor()
        here = (cursor.selectionStart(), cursor.selectionEnd())
        if forward:
            target = next((span for span in spans if span > here), spans[0])
        else:
            target = next((span for span in reversed(spans) if span < here), spans[-1])
        self._put_cursor(*target)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def explain(self) -> bool:
        """Open the popup for the mark at the cursor, for the keyboard; False if there is none."""
        mark = self._mark_at(self.textCursor().selectionStart())
        if mark is None:
            return False
        self._open_popup(mark, keyboard=True)
        return True

    def _on_text_changed(self) -> None:
        if self._changing:
            return
        self._popup.dismiss()
        self._find_blanks()
        self._spared = word_at(self.document(), self.textCursor().position()) if self.hasFocus() else None
        self._redraw()
        if self._drawn:
            block = self.document().documentLayout().blockBoundingRect(self.textCursor().block())
            below = block.translated(0, -self.verticalScrollBar().value()).toAlignedRect()
            self.viewport().update(below.adjusted(0, 0, 0, self._theme.px(10)))
        self.edited.emit()

    def _on_cursor_moved(self) -> None:
        if self._spared is None or self._changing:
            return
        word = word_at(self.document(), self.textCursor().position())
        if word is None or word[0] != self._spared[0]:
            self._spare(None)

    def _on_theme_changed(self) -> None:
        self._drawn = []
        self._redraw()

    def _spare(self, word: Range | None) -> None:
        self._spared = word
        self._redraw()

    def _find_blanks(self) -> None:
        text = self.toPlainText()
        if "⟦" not in text:
            self._blanks = ()
            return
        places = Places(text)
        self._blanks = tuple((places.to_qt(start), places.to_qt(end)) for start, end in blanks(text))

    def _forget_marks(self) -> None:
        self._marks, self._borrowed, self._blanks, self._drawn, self._spared = [], [], (), [], None
        self.setExtraSelections([])

    def _redraw(self) -> None:
        """Bring the drawn selections up to date; the layout is left alone when they already are."""
        found = (
            (start, end, mark.look) for mark in self._marks for start, end in mark.pieces(self._spared) if start < end
        )
        borrowed = ((span.selectionStart(), span.selectionEnd(), Look.PROMPT) for span in self._borrowed)
        wanted = [span for span in borrowed if span[0] < span[1]]
        # Two rules may have found the same words: they are marked once.
        wanted.extend(dict.fromkeys(found))
        wanted.extend((start, end, Look.BLANK) for start, end in self._blanks)
        if wanted == self._drawn_spans():
            return
        document, tokens = self.document(), self._theme.tokens
        self._drawn = [(selection(document, start, end, look, tokens), look) for start, end, look in wanted]
        self.setExtraSelections([each for each, _ in self._drawn])
        # Qt asks for the lines to be painted again; what is drawn below them reaches further.
        self.viewport().update()

    def _drawn_spans(self) -> list[tuple[int, int, Look]]:
        return [(each.cursor.selectionStart(), each.cursor.selectionEnd(), look) for each, look in self._drawn]

    def _put_cursor(self, anchor: int, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _letter_font(self) -> QFont:
        return self._theme.font(_LETTER_PX)

    def _mark_at(self, unit: int) -> Mark | None:
        here = [mark for mark in self._marks if mark.start <= unit <= mark.end]
        return min(here, key=lambda mark: (mark.look is Look.WARM, mark.end - mark.start), default=None)

    def _mark_under(self, point: QPoint) -> Mark | None:
        """The mark at a point of the viewport; None beside the words."""
        if not self._marks:
            return None
        scrolled = QPointF(point) + QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        unit = self.document().documentLayout().hitTest(scrolled, Qt.HitTestAccuracy.ExactHit)
        return self._mark_at(unit) if unit >= 0 else None

    def _open_popup(self, mark: Mark, *, keyboard: bool) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(mark.start)
        words = self.cursorRect(cursor)
        cursor.setPosition(mark.end)
        last = self.cursorRect(cursor)
        if last.top() == words.top():
            words = words.united(last)
        place = QRect(self.viewport().mapToGlobal(words.topLeft()), words.size())
        self._popup.open_for(mark.item, self._read_text, place, keyboard=keyboard)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._drawn:
            return
        painter = QPainter(self.viewport())
        left, top = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        painter.translate(-left, -top)
        visible = QRectF(event.rect()).translated(left, top)
        self._underlines.paint(painter, self.document(), visible, self._drawn_spans())
        painter.end()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.textCursor().insertText(letter_text(source.text()))
            self.ensureCursorVisible()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self.go_to_blank(forward=forward) or super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._popup.dismiss()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.explain()
            return
        if event.key() == Qt.Key.Key_Tab and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            super().focusNextPrevChild(True)  # the way out while Tab belongs to the blanks
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own menu
            self._spare(None)
            self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._popup.dismiss()
        super().resizeEvent(event)
        if self.hasFocus():
            self.ensureCursorVisible()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._popup.isVisible():
            if self._mark_under(event.position().toPoint()) is None:
                self._popup.leave_soon()
            else:
                self._popup.stay()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._popup.dismiss()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        cursor = self.textCursor()
        if not cursor.hasSelection():
            inside = next((span for span in self._blanks if span[0] < cursor.position() < span[1]), None)
            if inside is not None:
                self._put_cursor(*inside)

    def leaveEvent(self, event: QEvent) -> None:
        self._popup.leave_soon()
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self._mark_under(event.pos())
            if mark is not None and not self._popup.isVisible():
                self._open_popup(mark, keyboard=False)
            return True
        if event.type() == QEvent.Type.Wheel:
            self._popup.dismiss()
        return super().viewportEvent(event)
