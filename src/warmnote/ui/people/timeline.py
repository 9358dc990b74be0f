"""What was said between the two of you, the user's own notes, and the next time to come back."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from warmnote.model import Clock, FollowUp, Message, MessageKind
from warmnote.notebook import Opened
from warmnote.ui.people.composing import Composer, Planner
from warmnote.ui.theme import Theme
from warmnote.ui.when import ago, day_of, planned
from warmnote.ui.widgets import ElidedLabel, PlainLabel, button, clear, row

__all__ = ["Timeline"]

_LATEST = 1
_AT_MOST = 200


class Timeline(QWidget):
    """The history of one person, folded to the latest entry until it is opened, and the ways to add to it.

    `logged(Message)`, `edited(Message)`, `removed(Message)`, `planned(FollowUp | None)` ask the page to do so.
    """

    logged = Signal(object)
    edited = Signal(object)
    removed = Signal(object)
    planned = Signal(object)

    def __init__(self, theme: Theme, clock: Clock) -> None:
        super().__init__()
        self._theme = theme
        self._clock = clock
        self._name = "They"
        self._opened: Opened | None = None
        self._unfolded = False
        self._came_from: QWidget | None = None
        px = theme.px
        self._state = ElidedLabel("", "secondary")
        self._fold = button("", "link", self._on_fold, "history-fold")
        self._they = button("They wrote…", "quiet", lambda: self._compose(MessageKind.RECEIVED), "log-reply")
        self._they.setToolTip("Log a message from them (Ctrl+L)")
        self._note = button("Note…", "quiet", lambda: self._compose(MessageKind.NOTE), "add-note")
        self._note.setToolTip("Something to remember, for you alone (Ctrl+Shift+N)")
        self._back = button("Come back…", "quiet", self._plan, "plan")
        self._back.setToolTip("Choose a day to come back to them (Ctrl+D)")
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(px(8))
        inside = QWidget()
        holder = QVBoxLayout(inside)
        holder.setContentsMargins(0, 0, px(6), 0)
        holder.addLayout(self._list)
        holder.addStretch(1)
        self._scroll = _Snug(inside, px(232))
        self._composer = QVBoxLayout()
        self._composer.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        head = row(self._state, self._fold, self._they, self._note, self._back, spacing=px(4))
        head.setStretch(0, 1)
        layout.addLayout(head)
        layout.addWidget(self._scroll)
        layout.addLayout(self._composer)

    def show_history(self, opened: Opened, name: str) -> None:
        """Show a person's log; the same person keeps what is unfolded and half typed."""
        same = self._opened is not None and self._opened.person.id == opened.person.id
        self._opened, self._name = opened, name
        if not same:
            self._unfolded = False
            clear(self._composer)
        self._build()

    def log_reply(self) -> None:
        """Open the box for what they wrote."""
        self._compose(MessageKind.RECEIVED)

    def add_note(self) -> None:
        """Open the box for a note."""
        self._compose(MessageKind.NOTE)

    def log_meeting(self) -> None:
        """Open the box for a call or a meeting."""
        self._compose(MessageKind.MEETING)

    def plan(self) -> None:
        """Open the row in which the next time is planned."""
        self._plan()

    def _build(self) -> None:
        assert self._opened is not None
        messages, person, now = self._opened.messages, self._opened.person, self._clock()
        self._state.setText(self._standing(messages, now))
        hidden = len(messages) - _LATEST
        self._fold.setVisible(hidden > 0)
        self._fold.setText("Show the latest only" if self._unfolded else f"Show all {len(messages)}")
        clear(self._list)
        shown = messages[-_AT_MOST:] if self._unfolded else messages[-_LATEST:]
        if person.follow_up is not None:
            self._list.addWidget(self._planned_row(person.follow_up, day_of(now)))
        for message in reversed(shown):
            self._list.addWidget(_Entry(self._theme, message, self._name, now, self._edit, self.removed.emit))
        for place in range(self._list.count()):
            if (item := self._list.itemAt(place)) is not None and (line := item.widget()) is not None:
                line.show()  # a layout would show it later, and until then it counts for no height
        self._scroll.setVisible(bool(shown) or person.follow_up is not None)
        self._scroll.fit()

    def _standing(self, messages: tuple[Message, ...], now: datetime) -> str:
        said = [message for message in messages if message.kind in (MessageKind.SENT, MessageKind.RECEIVED)]
        if not said:
            return "You two have not talked yet"
        last = said[-1]
        who = "You wrote" if last.kind == MessageKind.SENT else f"{self._name} wrote"
        return f"{who} {ago(last.at, now)}"

    def _planned_row(self, plan: FollowUp, today: date) -> QWidget:
        line = QWidget()
        why = f": {plan.why}" if plan.why else ""
        label = ElidedLabel(f"Come back {planned(plan.due, today)}{why}", "warm")
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label, 1)
        layout.addWidget(button("Done", "link", lambda: self.planned.emit(None), "plan-done"))
        return line

    def _on_fold(self) -> None:
        self._unfolded = not self._unfolded
        self._build()

    def _open_composer(self, composer: QWidget) -> None:
        self._close_composer()
        self._came_from = self.window().focusWidget()
        self._composer.addWidget(composer)
        composer.setFocus()

    def _close_composer(self) -> None:
        """Take the box away; the keyboard goes back to where it was, or Qt would hand it to the first of the rail."""
        focus, item, back = self.window().focusWidget(), self._composer.itemAt(0), self._came_from
        box = item.widget() if item is not None else None
        if box is not None and focus is not None and box.isAncestorOf(focus):
            there = back if back is not None and isValid(back) and back.isVisible() else self._they
            there.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(self._composer)

    def _compose(self, kind: MessageKind, message: Message | None = None) -> None:
        def save(text: str, at: datetime) -> None:
            self._close_composer()
            if message is None:
                self.logged.emit(Message(kind, text, at))
            else:
                self.edited.emit(Message(kind, text, at, message.channel, message.id))

        prompt = {
            MessageKind.RECEIVED: f"Paste or type what {self._name} wrote",
            MessageKind.NOTE: "Something to remember. Only you see it.",
            MessageKind.MEETING: "What did you talk about?",
            MessageKind.SENT: "What you wrote",
        }[kind]
        self._open_composer(Composer(self._theme, self._clock, prompt, message, save, self._close_composer))

    def _edit(self, message: Message) -> None:
        self._compose(message.kind, message)

    def _plan(self) -> None:
        current = self._opened.person.follow_up if self._opened is not None else None

        def save(plan: FollowUp) -> None:
            self._close_composer()
            self.planned.emit(plan)

        self._open_composer(Planner(self._theme, day_of(self._clock()), current, save, self._close_composer))


class _Snug(QScrollArea):
    """A scroll area that is as tall as its content up to a limit, and scrolls beyond it."""

    def __init__(self, inside: QWidget, limit: int) -> None:
        super().__init__()
        self._inside = inside
        self._limit = limit
        self.setWidget(inside)
        inside.setAutoFillBackground(False)  # it lies on a card, not on paper
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def fit(self) -> None:
        """Take the height that the content asks for at this width."""
        layout = self._inside.layout()
        if layout is not None:
            layout.activate()
        wanted = self._inside.heightForWidth(self.viewport().width())
        self.setFixedHeight(min(self._limit, max(1, wanted if wanted > 0 else self._inside.sizeHint().height())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class _Entry(QWidget):
    """One entry of the log: who and when, the words, and a menu to mend or remove it."""

    def __init__(
        self,
        theme: Theme,
        message: Message,
        name: str,
        now: datetime,
        edit: Callable[[Message], object],
        remove: Callable[[Message], object],
    ) -> None:
        super().__init__()
        who = {
            MessageKind.SENT: "You",
            MessageKind.RECEIVED: name,
            MessageKind.NOTE: "Note",
            MessageKind.MEETING: "You two met or called",
        }[message.kind]
        head = PlainLabel(
            f"{who} · {ago(message.at, now)}", "warm" if message.kind == MessageKind.RECEIVED else "section"
        )
        menu = QMenu(self)
        menu.addAction("Edit…", lambda: edit(message))
        menu.addAction("Remove", lambda: remove(message))
        more = QToolButton()
        more.setIcon(theme.icon("more", size=16))
        more.setMenu(menu)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setAccessibleName(f"Edit or remove: {who}, {ago(message.at, now)}")
        top = row(head, 1, more, spacing=theme.px(4))
        text = PlainLabel(
            message.text or "No words kept", "body" if message.text else "faint", wrap=True, selectable=True
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(text)
