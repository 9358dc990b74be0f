"""The person's card: who they are, how far the two of you have come, what is known, and what was said."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from warmnote.model import Clock, Identity, Knowledge, Network, Person, Progress
from warmnote.notebook import Opened
from warmnote.prompts import interests
from warmnote.ui.names import first_name
from warmnote.ui.people.chips import Chips
from warmnote.ui.people.many import STAGE_WORDS
from warmnote.ui.people.standing import Standing
from warmnote.ui.people.tags import KnownTags, Tags
from warmnote.ui.people.timeline import Timeline
from warmnote.ui.theme import Theme
from warmnote.ui.when import ago
from warmnote.ui.widgets import Avatar, Card, ElidedLabel, PlainLabel, rule, tooltip

if TYPE_CHECKING:
    from warmnote.ui.networks.glance import Glance

__all__ = ["PersonCard", "first_name"]


class PersonCard(Card):
    """Shows one person. What the user does with them goes out as signals; the page decides.

    `edit_wanted`, `rest_wanted`, `archive_wanted(bool)`, `stage_wanted(Stage | None)`, `delete_wanted` and
    `profile_wanted(str)` come from the menu; facts, tags, history and what else stands about them have their signals on
    `chips`, `tags`, `timeline` and `standing`.
    """

    edit_wanted = Signal()
    rest_wanted = Signal()
    archive_wanted = Signal(bool)
    stage_wanted = Signal(object)
    delete_wanted = Signal()
    profile_wanted = Signal(str)

    def __init__(self, theme: Theme, clock: Clock, known_tags: KnownTags) -> None:
        px = theme.px
        super().__init__((px(18), px(16), px(18), px(10)), px(8))
        self.setObjectName("person-card")
        self._theme = theme
        self._clock = clock
        self._taken_in: list[Glance] = []
        self._avatar = Avatar(theme, px(54))
        self._name = ElidedLabel("", "name")
        self._steps = Steps(theme)
        self._more = QToolButton()
        self._more.setObjectName("person-menu")
        self._more.setIcon(theme.icon("more"))
        self._more.setAccessibleName("More about this person")
        self._more.setToolTip("Edit, open the profile, tag, log a call, let rest, archive, delete")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        self._where = ElidedLabel("", "secondary")
        self._bio = PlainLabel("", "body", wrap=True, selectable=True)
        self.chips = Chips(theme)
        self.tags = Tags(theme, known_tags)
        self.chips.tag_wanted.connect(self.tags.add)
        self.standing = Standing(theme)
        self.timeline = Timeline(theme, clock)
        self._head = head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self._name, 1)
        head.addWidget(self._steps)
        head.addWidget(self._more)
        self._words = words = QVBoxLayout()
        words.setSpacing(px(5))
        words.addLayout(head)
        words.addWidget(self._where)
        words.addWidget(self._bio)
        words.addSpacing(px(4))
        words.addWidget(self.chips)
        words.addWidget(self.tags)
        words.addWidget(self.standing)
        top = QHBoxLayout()
        top.setSpacing(px(14))
        top.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        self.layout_.addLayout(top)
        self.layout_.addWidget(rule())
        self.layout_.addWidget(self.timeline)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        theme.changed.connect(lambda: self._more.setIcon(theme.icon("more")))

    def show_person(self, opened: Opened) -> None:
        """Show everything known of a person."""
        person, now = opened.person, self._clock()
        self._avatar.show_name(person.name)
        self._name.setText(person.name)
        self._steps.show_progress(person.progress)
        self._where.setText(_whereabouts(person, now))
        self._where.setToolTip(tooltip("\n".join(identity.url for identity in person.identities if identity.url)))
        about = person.bio or " · ".join(part for part in (person.position, person.company) if part)
        self._bio.setText(_short(about))
        self._bio.setToolTip(tooltip(about) if len(about) > _BIO_SHOWN else "")
        self._bio.setVisible(bool(about))
        self.chips.show_person(person, interests(person), now)
        self.tags.show_person(person)
        self.standing.show_standing(opened, now)
        self.timeline.show_history(opened, first_name(person.name))
        self._fill_menu(person)
        for line in self._taken_in:
            line.show_person(opened)

    def take_in(self, line: "Glance") -> None:
        """Put a further line below what is known of the person; it is told whom the card shows."""
        self._taken_in.append(line)
        self._words.addWidget(line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the steps beside the name where there is room, else below it."""
        super().resizeEvent(event)
        beside = self.width() >= self._theme.px(_ROOMY)
        if beside is not (self._head.indexOf(self._steps) >= 0):
            if beside:
                self._head.insertWidget(1, self._steps)
            else:
                self._words.insertWidget(1, self._steps, 0, Qt.AlignmentFlag.AlignLeft)

    def _fill_menu(self, person: Person) -> None:
        menu = self._menu
        menu.clear()
        menu.addAction("Edit name and bio…", self.edit_wanted.emit)
        for identity in person.identities:
            if identity.url:
                menu.addAction(
                    f"Open on {identity.network.label}" if identity.network != Network.OTHER else "Open their page",
                    lambda url=identity.url: self.profile_wanted.emit(url),
                )
        menu.addSeparator()
        menu.addAction("They wrote…", self.timeline.log_reply)
        menu.addAction("Note…", self.timeline.add_note)
        menu.addAction("A call or a meeting…", self.timeline.log_meeting)
        menu.addAction("Come back…", self.timeline.plan)
        menu.addAction("Let rest", self.rest_wanted.emit)
        menu.addSeparator()
        menu.addAction("Tag…", self.tags.add)
        menu.addMenu(self._stage_menu(person))
        away = person.archived_at is None
        menu.addAction("Archive" if away else "Bring back", lambda: self.archive_wanted.emit(away))
        menu.addAction("Delete…", self.delete_wanted.emit)

    def _stage_menu(self, person: Person) -> QMenu:
        menu = QMenu("Stage", self._menu)
        set_by_hand = person.stage if person.stage_by_hand else None
        for stage, words in ((None, "As the log says"), *STAGE_WORDS.items()):
            action = menu.addAction(words, lambda stage=stage: self.stage_wanted.emit(stage))
            action.setCheckable(True)
            action.setChecked(stage == set_by_hand)
        return menu


_BIO_SHOWN = 320
_ROOMY = 540


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _BIO_SHOWN else text[: _BIO_SHOWN - 1].rsplit(" ", 1)[0] + "…"


def _whereabouts(person: Person, now: datetime) -> str:
    first: Identity | None = person.identities[0] if person.identities else None
    parts: list[str] = []
    if first is not None:
        if first.handle:
            parts.append(first.handle if first.handle.startswith("@") or "/" in first.handle else f"@{first.handle}")
        parts.extend(identity.network.label for identity in person.identities if identity.network != Network.OTHER)
        if first.followed_on is not None:
            verb = "connected" if first.network == Network.LINKEDIN else "followed you"
            about = "about " if first.followed_known == Knowledge.APPROX else ""
            known = first.followed_known != Knowledge.FIRST_SEEN
            parts.append(f"{verb if known else 'first seen'} {about}{ago(first.followed_on, now)}")
    if person.location:
        parts.append(person.location)
    if not parts and person.added_at is not None:
        parts.append(f"added {ago(person.added_at, now)}")
    return " · ".join(parts)


class Steps(QWidget):
    """New, Greeted, Replied, Talking: the step the two are on stands out in colour and weight."""

    _STEPS = (
        (Progress.NEW, "New"),
        (Progress.GREETED, "Greeted"),
        (Progress.REPLIED, "Replied"),
        (Progress.TALKING, "Talking"),
    )

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._progress = Progress.NEW
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_progress(self, progress: Progress) -> None:
        self._progress = progress
        said = dict(self._STEPS)[progress]
        self.setAccessibleName(f"How far you two have come: {said}")
        self.setToolTip(
            {
                Progress.NEW: "You have not written yet",
                Progress.GREETED: "You wrote; they have not answered yet",
                Progress.REPLIED: "They have answered",
                Progress.TALKING: "You two are in conversation",
            }[progress]
        )
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font(12, bold=True))
        gap = self._theme.px(26)
        return QSize(
            sum(metrics.horizontalAdvance(word) for _, word in self._STEPS) + gap * 3 + 4, metrics.height() + 4
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, gap = self._theme.tokens, self._theme.px(26)
        painter = QPainter(self)
        x = 0
        for place, (step, word) in enumerate(self._STEPS):
            here = step == self._progress
            painter.setFont(self._theme.font(12, bold=here))
            width = painter.fontMetrics().horizontalAdvance(word)
            if place:
                painter.setPen(QPen(QColor(tokens.line), 2))
                painter.drawLine(x + gap // 4, self.height() // 2, x + gap - gap // 4, self.height() // 2)
                x += gap
            painter.setPen(QColor(tokens.ember if here else tokens.soft))
            painter.drawText(QRect(x, 0, width + 2, self.height()), int(Qt.AlignmentFlag.AlignVCenter), word)
            x += width
