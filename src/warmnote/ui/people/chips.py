"""Facts as chips: what is known of a person, each with its kind, its source and its day; edited where they stand."""

from datetime import date, datetime

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from warmnote.model import Fact, Person
from warmnote.prompts import KINDS, TOLD, Interest
from warmnote.ui.theme import Theme
from warmnote.ui.when import ago
from warmnote.ui.widgets import FlowLayout, PlainLabel, button, clear, row, tooltip

__all__ = ["Chips", "FactEditor"]

_SHOWN_AT_ONCE = 12


class Chip(QAbstractButton):
    """One fact: its kind in soft ink, then the words. `interest` chips come from a bio and are not stored yet."""

    def __init__(self, theme: Theme, kind: str, text: str, hint: str) -> None:
        super().__init__()
        self._theme = theme
        self._kind = {"post": "posted"}.get(kind, kind)
        self._text = text
        self.setToolTip(tooltip(hint))
        self.setAccessibleName(f"{self._kind}: {text}. {hint}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font(12))
        gap = self._theme.px(4) if self._kind else 0
        width = (
            metrics.horizontalAdvance(self._kind) + gap + metrics.horizontalAdvance(self._text) + self._theme.px(20) + 3
        )
        return QSize(width, metrics.height() + self._theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, px = self._theme.tokens, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = Qt.PenStyle.NoPen
        if self.hasFocus():
            pen = QPen(QColor(tokens.ember), 2)
        elif self.underMouse():
            pen = QPen(QColor(tokens.edge), 1)
        painter.setPen(pen)
        painter.setBrush(QColor(tokens.select))
        radius = self.height() / 2 - 1
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)
        painter.setFont(self._theme.font(12))
        metrics = painter.fontMetrics()
        inside = self.rect().adjusted(px(10), 0, -px(10), 0)
        painter.setPen(QColor(tokens.soft))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), self._kind)
        shift = metrics.horizontalAdvance(self._kind) + (px(4) if self._kind else 0)
        rest = QRect(inside.left() + shift, inside.top(), inside.width() - shift, inside.height())
        painter.setPen(QColor(tokens.ink))
        painter.drawText(
            rest,
            int(Qt.AlignmentFlag.AlignVCenter),
            metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, rest.width()),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Chips(QWidget):
    """All chips of a person, wrapped, with one to add a fact.

    `saved(Fact)` asks to store a new or changed fact (its id is 0 when new), `removed(Fact)` to take one away; a removed
    fact with id 0 came from the bio and should not be offered again. To a person without tags it offers the first
    (`tag_wanted`).
    """

    saved = Signal(object)
    removed = Signal(object)
    tag_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tagged = False
        self._flow = FlowLayout(self, spacing=theme.px(6))
        self._editor: FactEditor | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._all: list[Fact] = []
        self._expanded = False

    def show_person(self, person: Person, interests: tuple[Interest, ...], now: datetime) -> None:
        """Show the facts on record first, then what the bio says that is not on record."""
        stored = {(fact.kind, fact.text.casefold()) for fact in person.facts}
        self._all = [fact for fact in person.facts if not fact.hidden]
        for interest in interests:
            key = (interest.kind, interest.text.casefold())
            named = (interest.kind, interest.name.casefold())
            if key not in stored and named not in stored and interest.source in {"bio", "location", "headline"}:
                stored |= {key, named}
                self._all.append(Fact(interest.kind, interest.name, interest.source, interest.on))
        self._now = now
        self._tagged = bool(person.tags)
        self._expanded = False
        self._build()

    def _build(self) -> None:
        clear(self._flow)
        shown = self._all if self._expanded else self._all[:_SHOWN_AT_ONCE]
        for fact in shown:
            chip = Chip(self._theme, fact.kind, fact.text, _where(fact, self._now))
            chip.clicked.connect(lambda _=False, fact=fact, chip=chip: self._edit(fact, chip))
            self._flow.addWidget(chip)
        if len(shown) < len(self._all):
            self._flow.addWidget(button(f"{len(self._all) - len(shown)} more", "quiet", self._on_more))
        add = button("+ Something you know" if not self._all else "+ Fact", "quiet", name="add-fact")
        add.setAccessibleName("Add a fact about this person")
        add.clicked.connect(lambda: self._edit(None, add))
        self._flow.addWidget(add)
        if not self._tagged:
            tag = button("+ Tag", "quiet", self.tag_wanted.emit, "first-tag")
            tag.setAccessibleName("Add a tag to this person")
            self._flow.addWidget(tag)
        self.updateGeometry()

    def _on_more(self) -> None:
        self._expanded = True
        self._build()

    def _edit(self, fact: Fact | None, at: QWidget) -> None:
        editor = FactEditor(self._theme, fact, self._now, self)
        editor.saved.connect(self.saved)
        editor.removed.connect(self.removed)
        editor.adjustSize()
        place = at.mapToGlobal(QPoint(0, at.height() + 4))
        screen = at.screen().availableGeometry()
        place.setX(min(place.x(), screen.right() - editor.width() - 8))
        place.setY(min(place.y(), screen.bottom() - editor.height() - 8))
        editor.move(place)
        editor.show()
        editor.start()
        self._editor = editor


class FactEditor(QFrame):
    """A small form over the card: the kind, the words, where they come from. Enter saves, Escape leaves."""

    saved = Signal(object)
    removed = Signal(object)

    def __init__(self, theme: Theme, fact: Fact | None, now: datetime, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self.setObjectName("fact-editor")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fact = fact or Fact("", "")
        self._today = now.astimezone().date()
        self._kind = QComboBox(editable=True)
        self._kind.addItems([*KINDS, *TOLD])
        self._kind.setCurrentText(self._fact.kind)
        self._kind.setAccessibleName("Kind of fact")
        self._text = QLineEdit(self._fact.text)
        self._text.setMaxLength(300)
        self._text.setPlaceholderText("In their own words")
        self._text.setAccessibleName("The fact")
        self._text.returnPressed.connect(self._on_save)
        if (line := self._kind.lineEdit()) is not None:
            line.setPlaceholderText("kind, such as craft")
            line.returnPressed.connect(self._on_save)
        self._shared = QCheckBox("They show this publicly")
        self._shared.setChecked(self._fact.shared)
        self._shared.setToolTip(
            "What they have not shown themselves is kept for you and never offered as something to ask about."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(14), theme.px(12), theme.px(14), theme.px(12))
        layout.setSpacing(theme.px(8))
        layout.addWidget(
            PlainLabel("What do you know about them?" if fact is None else _where(self._fact, now) or "Fact", "section")
        )
        layout.addWidget(self._text)
        layout.addWidget(self._kind)
        layout.addWidget(self._shared)
        remove = button("Remove", "quiet", self._on_remove, "fact-remove")
        remove.setVisible(fact is not None)
        layout.addLayout(
            row(remove, 1, button("Cancel", "quiet", self.close), button("Save", "primary", self._on_save, "fact-save"))
        )
        self.setMinimumWidth(theme.px(300))

    def start(self) -> None:
        """Put the keyboard into the words."""
        self._text.setFocus(Qt.FocusReason.PopupFocusReason)
        self._text.selectAll()

    def _on_save(self) -> None:
        text = " ".join(self._text.text().split())
        if not text:
            self._text.setFocus()
            return
        kind = " ".join(self._kind.currentText().casefold().split()) or "note"
        kept = self._fact
        source = kept.source if kept.id else "you"
        on: date | None = kept.on if kept.id else self._today
        self.saved.emit(Fact(kind, text, source, on, self._shared.isChecked(), id=kept.id))
        self.close()

    def _on_remove(self) -> None:
        self.removed.emit(self._fact)
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


def _where(fact: Fact, now: datetime) -> str:
    source = {
        "you": "added by you",
        "bio": "from the bio",
        "location": "from the profile",
        "headline": "from the profile",
    }
    said = source.get(fact.source, f"from {fact.source}" if fact.source else "")
    if fact.on is not None and fact.source not in {"bio", "location", "headline"}:
        said = f"{said}, {ago(fact.on, now)}" if said else ago(fact.on, now)
    return said[:1].upper() + said[1:] + ("" if fact.shared else ". Not shown publicly: never offered to ask about.")
