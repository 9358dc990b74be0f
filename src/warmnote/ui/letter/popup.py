"""What a mark in the letter means, beside the words: why, what to do, and one click for it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QEnterEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from warmnote.coldness import Finding
from warmnote.ui.letter.ask import cured_by_interest
from warmnote.ui.letter.marks import Item
from warmnote.ui.meter.evidence import evidence_line
from warmnote.ui.meter.waivers import (
    ALLOW_TIP,
    LONGEST_SHOWN,
    NEVER,
    NEVER_TIP,
    NOT_HERE,
    allow_words,
    allowable,
    not_here_tip,
)
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import FlowLayout, PlainLabel, button, row, tooltip

__all__ = ["MarkPopup"]

_LINGER_MS = 300
_GAP = 6


class MarkPopup(QFrame):
    """Lies over the window near the marked words.

    Opened by the keyboard it takes the keyboard, and Esc gives it back; opened by the mouse it leaves the keyboard with
    the letter and goes when the mouse has left it. It is no window of its own: those cannot be placed beside a word
    on every desktop.
    """

    fix_wanted = Signal(object)
    ask_wanted = Signal(object)
    excuse_wanted = Signal(object)
    allow_wanted = Signal(object)
    rule_off_wanted = Signal(str)

    def __init__(self, owner: QWidget, theme: Theme) -> None:
        super().__init__(owner)
        self.setObjectName("mark-popup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._owner = owner
        self._keyboard = False
        self.setProperty("role", "popup")
        self._finding: Finding | None = None
        self._subject = ""
        px = theme.px
        self._title = PlainLabel("", "strong", wrap=True)
        self._points = PlainLabel("", "cold")
        self._why = PlainLabel("", "secondary", wrap=True)
        self._advice = PlainLabel("", "body", wrap=True)
        self._evidence = PlainLabel("", "faint", wrap=True)
        self._evidence.setObjectName("popup-evidence")
        self._unsure = PlainLabel("The meter is less sure here.", "faint", wrap=True)
        self._fix = button("", on_click=lambda: self._act(self.fix_wanted), name="popup-fix")
        self._ask = button("", on_click=lambda: self._act(self.ask_wanted), name="popup-ask")
        self._ask.setToolTip("Puts a question about them here instead")
        self._excuse = button(NOT_HERE, "quiet", lambda: self._act(self.excuse_wanted), "popup-not-here")
        self._never = button(NEVER, "quiet", self._on_never, "popup-never")
        self._never.setToolTip(tooltip(NEVER_TIP))
        self._allow = button("", "quiet", lambda: self._act(self.allow_wanted), "popup-allow")
        self._allow.setToolTip(tooltip(ALLOW_TIP))
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(self._title, 1)
        head.addWidget(self._points, 0, Qt.AlignmentFlag.AlignTop)
        self._actions = QWidget()
        actions = QVBoxLayout(self._actions)
        actions.setContentsMargins(0, px(2), 0, 0)
        actions.setSpacing(px(4))
        cures = FlowLayout(spacing=px(6))
        for part in (self._fix, self._ask):
            cures.addWidget(part)
        actions.addLayout(cures)
        actions.addLayout(row(self._excuse, self._never, 1, spacing=px(2)))
        actions.addLayout(row(self._allow, 1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(14), px(12), px(14), px(10))
        layout.setSpacing(px(6))
        layout.addLayout(head)
        layout.addWidget(self._why)
        layout.addWidget(self._advice)
        layout.addWidget(self._unsure)
        layout.addWidget(self._evidence)
        layout.addWidget(self._actions)
        self.setFixedWidth(px(330))
        self._room = px(330) - 2 * px(14) - 2 * self.frameWidth()
        self._linger = QTimer(self, singleShot=True, interval=_LINGER_MS)
        self._linger.timeout.connect(self.dismiss)
        self.hide()

    def ask_about(self, subject: str) -> None:
        """Offer to ask about `subject`, something of theirs, where that is the better cure; empty offers nothing."""
        self._subject = subject

    def open_for(self, item: Item, text: str, words: QRect, *, keyboard: bool) -> None:
        """Show what is known of `item`, found in `text`, below (or above) its words, whose place on the screen is `words`."""
        window = self._owner.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self._linger.stop()
        self._keyboard = keyboard
        self._fill(item, text)
        self.resize(self.width(), self._height())
        self.move(_beside(QRect(window.mapFromGlobal(words.topLeft()), words.size()), window.rect(), self.size()))
        self.show()
        self.raise_()
        if keyboard:
            first = next(part for part in (self._fix, self._ask, self._excuse) if not part.isHidden())
            (first if self._finding is not None else self).setFocus(Qt.FocusReason.OtherFocusReason)
            QGuiApplication.instance().focusObjectChanged.connect(self._on_focus_moved)  # type: ignore[union-attr]

    def dismiss(self) -> None:
        """Go, and give the keyboard back to the letter if it is here."""
        if not self.isVisible():
            return
        if self._keyboard:
            QGuiApplication.instance().focusObjectChanged.disconnect(self._on_focus_moved)  # type: ignore[union-attr]
            self._keyboard = False
            focus = self.window().focusWidget()
            if focus is self or (focus is not None and self.isAncestorOf(focus)):
                self._owner.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def leave_soon(self) -> None:
        """The mouse is no longer on the words: go, unless it comes to the popup in a moment."""
        if self.isVisible() and not self._keyboard and not self._linger.isActive():
            self._linger.start()

    def stay(self) -> None:
        """The mouse is back."""
        self._linger.stop()

    def _fill(self, item: Item, text: str) -> None:
        finding = self._finding = item if isinstance(item, Finding) else None
        self._title.setText(item.title)
        # A minus sign, as in the column beside the letter, where a hyphen would look lost.
        self._points.setText(f"{item.points:+d}".replace("-", "−"))
        self._points.set_role("cold" if finding else "warm")
        self._why.setText(finding.why if finding else "This warms the letter.")
        self._advice.setText(finding.advice if finding else "")
        self._advice.setVisible(bool(self._advice.text()))
        self._evidence.setText(evidence_line(finding.evidence, finding.source) if finding else "")
        self._evidence.setVisible(bool(self._evidence.text()))
        self._unsure.setVisible(finding is not None and not finding.sure)
        self._actions.setVisible(finding is not None)
        if finding is not None:
            self._offer(finding, text)
        self.setAccessibleName(item.title)
        unsure = "" if finding is None or finding.sure else self._unsure.text()
        told = (f"{self._points.text()} points.", self._why.text(), self._advice.text(), unsure, self._evidence.text())
        self.setAccessibleDescription(" ".join(part for part in told if part))

    def _height(self) -> int:
        """What it takes to show all of it. Qt would tell the layouts of what is hidden about their new contents later,
        and until then they answer for what they held before.
        """
        for part in (self._actions, self):
            if (layout := part.layout()) is not None:
                layout.invalidate()
                layout.activate()
        return self.heightForWidth(self.width())

    def _offer(self, finding: Finding, text: str) -> None:
        self._fix.setVisible(finding.fix is not None)
        self._fix.setText(finding.fix.label.replace("&", "&&") if finding.fix is not None else "")
        self._ask.setVisible(bool(self._subject) and cured_by_interest(finding, text))
        self._ask.setText(f"Ask about {self._subject}".replace("&", "&&"))
        phrase = allowable(finding, text)
        self._allow.setVisible(bool(phrase))
        self._label_allow(phrase)
        self._excuse.setToolTip(tooltip(not_here_tip(finding)))

    def _label_allow(self, phrase: str) -> None:
        """As much of the phrase as the popup is wide."""
        for most in range(LONGEST_SHOWN, 0, -1):
            self._allow.setText(allow_words(phrase, most))
            if self._allow.sizeHint().width() <= self._room:
                break

    def _act(self, signal: SignalInstance) -> None:
        finding = self._finding
        self.dismiss()
        if finding is not None:
            signal.emit(finding)

    def _on_never(self) -> None:
        finding = self._finding
        self.dismiss()
        if finding is not None:
            self.rule_off_wanted.emit(finding.rule)

    def _on_focus_moved(self, focus: QObject | None) -> None:
        inside = focus is self or (isinstance(focus, QWidget) and self.isAncestorOf(focus))
        # Nothing at all has the focus while the whole window is in the background.
        if focus is not None and not inside:
            self.dismiss()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(focus := self.window().focusWidget(), QPushButton) and self.isAncestorOf(focus):
                focus.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.stay()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.leave_soon()
        super().leaveEvent(event)


def _beside(words: QRect, room: QRect, size: QSize) -> QPoint:
    x = max(room.left() + _GAP, min(words.left(), room.right() - size.width() - _GAP))
    y = words.bottom() + _GAP
    if y + size.height() > room.bottom() and words.top() - size.height() - _GAP > room.top():
        y = words.top() - size.height() - _GAP
    return QPoint(x, max(room.top(), min(y, room.bottom() - size.height() - _GAP)))
