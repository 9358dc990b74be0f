"""The two small forms of a person's history: one entry to write, one day to come back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtCore import QDate, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout

from warmnote.model import Clock, FollowUp, Message
from warmnote.ui.theme import Theme
from warmnote.ui.when import day_of
from warmnote.ui.widgets import PlainLabel, button, row

__all__ = ["Composer", "Planner"]


class Composer(QFrame):
    """A box for one entry. Ctrl+Enter saves, Escape leaves it."""

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        prompt: str,
        message: Message | None,
        save: Callable[[str, datetime], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__()
        self._clock = clock
        self._message = message
        self._save = save
        self._leave = leave
        self._text = QPlainTextEdit(message.text if message is not None else "")
        self._text.setObjectName("composer-text")
        self._text.setPlaceholderText(prompt)
        self._text.setAccessibleName(prompt)
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(theme.px(84))
        self._text.installEventFilter(self)
        self._day = QDateEdit()
        self._day.setCalendarPopup(True)
        self._day.setDisplayFormat("d MMM yyyy")
        self._day.setAccessibleName("Day")
        day = day_of(message.at if message is not None else clock())
        self._day.setDate(QDate(day.year, day.month, day.day))
        self._day.setMaximumDate(QDate(*day_of(clock()).timetuple()[:3]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        layout.addWidget(self._text)
        layout.addLayout(
            row(
                PlainLabel("on", "secondary"),
                self._day,
                1,
                button("Cancel", "quiet", leave, "composer-cancel"),
                button("Save", "primary", self._on_save, "composer-save"),
            )
        )
        self.setFocusProxy(self._text)

    def _on_save(self) -> None:
        text = self._text.toPlainText().strip()
        if not text:
            self._text.setFocus()
            return
        chosen = date(*self._day.date().getDate())
        kept = self._message.at if self._message is not None else self._clock()
        # A day other than today has no hour that the user knows: noon of their own day.
        at = kept if day_of(kept) == chosen else datetime.combine(chosen, time(12)).astimezone(UTC)
        self._save(text, at)

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


class Planner(QFrame):
    """One row in which the next time is planned: when, and what for."""

    _CHOICES = (
        ("tomorrow", 1),
        ("in three days", 3),
        ("in a week", 7),
        ("in two weeks", 14),
        ("in a month", 30),
        ("on a day…", 0),
    )

    def __init__(
        self,
        theme: Theme,
        today: date,
        current: FollowUp | None,
        save: Callable[[FollowUp], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__()
        self._today = today
        self._save = save
        self._leave = leave
        self._when = QComboBox()
        self._when.setObjectName("plan-when")
        self._when.setAccessibleName("When to come back")
        for words, days in self._CHOICES:
            self._when.addItem(words, days)
        self._when.setCurrentIndex(2 if current is None else len(self._CHOICES) - 1)
        self._day = QDateEdit()
        self._day.setCalendarPopup(True)
        self._day.setDisplayFormat("ddd d MMM yyyy")
        self._day.setAccessibleName("Day to come back")
        start = current.due if current is not None else today + timedelta(days=7)
        self._day.setDate(QDate(start.year, start.month, start.day))
        self._day.setMinimumDate(QDate(today.year, today.month, today.day))
        self._why = QLineEdit(current.why if current is not None else "")
        self._why.setObjectName("plan-why")
        self._why.setPlaceholderText("What for? Such as: how the race went")
        self._why.setAccessibleName("What for")
        self._why.setMaxLength(300)
        self._why.returnPressed.connect(self._on_save)
        self._when.currentIndexChanged.connect(self._on_when)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        layout.addWidget(self._why)
        layout.addLayout(
            row(
                PlainLabel("Come back", "secondary"),
                self._when,
                self._day,
                1,
                button("Cancel", "quiet", leave),
                button("Plan", "primary", self._on_save, "plan-save"),
            )
        )
        self._on_when()
        self.setFocusProxy(self._why)

    def _on_when(self) -> None:
        self._day.setVisible(not self._when.currentData())

    def _on_save(self) -> None:
        days = self._when.currentData()
        chosen = self._today + timedelta(days=days) if days else date(*self._day.date().getDate())
        self._save(FollowUp(chosen, " ".join(self._why.text().split())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
