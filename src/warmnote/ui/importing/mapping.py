"""What the columns of a table mean: a box over each column, and below what becomes of the first rows as it changes."""

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from warmnote.followers import Mapping, Role, Sheet, try_out
from warmnote.model import Incoming, Network
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import Card, ElidedLabel, PlainLabel, button, row, rule, tooltip

__all__ = ["MappingPane"]

# In the order in which they are offered; None keeps a column as a fact under its heading.
_MEANINGS: tuple[tuple[str, Role | None], ...] = (
    ("Name", Role.NAME),
    ("First name", Role.FIRST),
    ("Middle name", Role.MIDDLE),
    ("Last name", Role.LAST),
    ("Nickname", Role.NICKNAME),
    ("E-mail", Role.EMAIL),
    ("Handle", Role.HANDLE),
    ("Profile address", Role.PROFILE),
    ("Website", Role.WEBSITE),
    ("Company", Role.COMPANY),
    ("Position", Role.POSITION),
    ("Place", Role.LOCATION),
    ("Bio", Role.BIO),
    ("Pronouns", Role.PRONOUNS),
    ("Followed on", Role.FOLLOWED),
    ("Birthday", Role.BIRTHDAY),
    ("Note", Role.NOTE),
    ("Label", Role.LABEL),
    ("Keep as a fact", None),
    ("Leave out", Role.LEFT_OUT),
)
_OFFERED = [meaning for _, meaning in _MEANINGS]
_NETWORKS: tuple[tuple[str, Network | None], ...] = (
    ("on a network I do not know", None),
    *(
        (f"on {network.label}", network)
        for network in Network
        if network not in (Network.EMAIL, Network.OTHER, Network.LINKEDIN)
    ),
)
_OUTCOME = ("Name", "Handle or profile", "E-mail", "What is known")


class MappingPane(QWidget):
    """Shows a sheet; `confirmed(Sheet, Mapping)` or `cancelled()` ends it."""

    confirmed = Signal(object, object)
    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sheet: Sheet | None = None
        self._boxes: list[_Box] = []
        px = theme.px
        self._about = PlainLabel("", "secondary", wrap=True)
        self._columns = _Columns(theme)
        self._follow = QCheckBox("These people follow me")
        self._follow.setObjectName("mapping-follow")
        self._follow.setToolTip(
            tooltip("Whoever follows you can be new since the last import; an address book is not.")
        )
        self._follow.toggled.connect(self._show_outcome)
        self._outcome = _Outcome(theme)
        self._hint = PlainLabel("", "secondary", wrap=True)
        self._hint.setObjectName("mapping-hint")
        self._back = button("Back", on_click=self.cancelled.emit, name="mapping-back")
        self._go = button("Continue", "primary", self._on_go, "mapping-go")
        self._go.setToolTip("Ctrl+Enter")
        # A table may have many columns, and the button comes after all of them.
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._go.click)
        inside = QWidget()
        inside.setProperty("role", "paper")
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(44), px(30), px(44), px(12))
        column.setSpacing(px(14))
        column.addWidget(PlainLabel("What do the columns mean?", "title", wrap=True))
        column.addWidget(self._about)
        column.addWidget(self._columns)
        column.addWidget(self._follow)
        column.addWidget(PlainLabel("What becomes of these rows", "heading", wrap=True))
        column.addWidget(self._outcome)
        column.addStretch(1)
        foot = row(self._hint, self._back, self._go, spacing=px(12))
        foot.setStretch(0, 1)
        foot.setContentsMargins(px(44), px(10), px(44), px(22))
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addLayout(foot)

    def show_sheet(self, sheet: Sheet, start: Mapping | None = None) -> None:
        """Ask about the columns of `sheet`, from what was guessed, or from `start` if they were told before."""
        self._sheet = sheet
        begin = start or sheet.guessed
        count = len(sheet.header)
        rows = f"first {len(sheet.sample)} rows" if len(sheet.sample) > 1 else "first row"
        self._about.setText(
            f"“{sheet.origin}” has {count} column{'s' if count != 1 else ''}. Say what each one holds: below you see what "
            f"becomes of the {rows}. Nothing has been written yet."
        )
        self._boxes = self._columns.show_sheet(sheet, begin)
        for box in self._boxes:
            box.changed.connect(self._show_outcome)
        # The boxes are younger than everything else in the window, which Tab would visit before what stands below them.
        stops = [stop for box in self._boxes for stop in (box.meaning, box.place)]
        for stop, following in itertools.pairwise((*stops, self._follow, self._back, self._go)):
            QWidget.setTabOrder(stop, following)
        self._follow.setChecked(begin.follows)
        self._show_outcome()
        if self._boxes:
            self._boxes[0].meaning.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer rows above where there is little height, so that what becomes of them is on the same screen."""
        super().resizeEvent(event)
        self._columns.show_rows(10 if event.size().height() >= self._theme.px(720) else 3)

    def mapping(self) -> Mapping:
        """What the boxes say at the moment."""
        return Mapping(
            tuple(box.role for box in self._boxes),
            tuple(box.network for box in self._boxes),
            self._follow.isChecked(),
        )

    def _show_outcome(self) -> None:
        if self._sheet is None:
            return
        mapping = self.mapping()
        people = try_out(self._sheet, mapping)
        self._outcome.show_people(people)
        made = any(person is not None for person in people)
        self._go.setEnabled(made and mapping.names_people)
        if not mapping.names_people:
            hint = "Choose at least one column with names, e-mail addresses, handles or profile addresses."
        elif not made:
            hint = "Nobody can be made of these rows yet."
        elif self._sheet.digest:
            hint = "The next file with these columns will be read the same way."
        else:
            hint = ""
        self._hint.setText(hint)

    def _on_go(self) -> None:
        self.confirmed.emit(self._sheet, self.mapping())


class _Chooser(QComboBox):
    """A box that the wheel scrolls past: turning it over a page must not change what a column means."""

    def __init__(self, name: str, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Box(QWidget):
    """What one column means, and for handles where they belong. `changed()` follows every choice."""

    changed = Signal()

    def __init__(self, number: int, heading: str, role: Role | None, network: Network | None) -> None:
        super().__init__()
        self.meaning = _Chooser(f"mapping-role-{number}", f"Meaning of the column {heading}")
        for words, _ in _MEANINGS:
            self.meaning.addItem(words)
        known = role if role in _OFFERED else Role.LEFT_OUT
        self.meaning.setCurrentIndex(_OFFERED.index(known))
        self.place = _Chooser(f"mapping-network-{number}", f"Network of the handles in the column {heading}")
        for words, _ in _NETWORKS:
            self.place.addItem(words)
        self.place.setCurrentIndex(next((at for at, (_, one) in enumerate(_NETWORKS) if one is network), 0))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.meaning)
        layout.addWidget(self.place)
        layout.addStretch(1)
        self.place.setVisible(known is Role.HANDLE)
        self.meaning.currentIndexChanged.connect(self._on_changed)
        self.place.currentIndexChanged.connect(self.changed)

    @property
    def role(self) -> Role | None:
        return _OFFERED[self.meaning.currentIndex()]

    @property
    def network(self) -> Network | None:
        return _NETWORKS[self.place.currentIndex()][1] if self.role is Role.HANDLE else None

    def _on_changed(self) -> None:
        self.place.setVisible(self.role is Role.HANDLE)
        self.changed.emit()


class _Columns(Card):
    """The header, a box over each column and the rows below it; scrolls sideways and is as high as it needs to be."""

    def __init__(self, theme: Theme) -> None:
        super().__init__((1, 1, 1, 1), 0)
        self._theme = theme
        self._scroll = _Sideways()
        self._rows: list[list[ElidedLabel]] = []
        self._shown = 10
        self.layout_.addWidget(self._scroll)

    def show_sheet(self, sheet: Sheet, mapping: Mapping) -> "list[_Box]":
        px = self._theme.px
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(px(16), px(12), px(16), px(12))
        grid.setHorizontalSpacing(px(18))
        grid.setVerticalSpacing(px(6))
        boxes: list[_Box] = []
        self._rows = [[] for _ in sheet.sample]
        for number, heading in enumerate(sheet.header):
            shown = heading or f"Column {number + 1}"
            role = mapping.roles[number] if number < len(mapping.roles) else None
            network = mapping.networks[number] if number < len(mapping.networks) else None
            box = _Box(number, shown, role, network)
            boxes.append(box)
            title = ElidedLabel(shown, "strong")
            title.setMinimumWidth(px(150))
            grid.addWidget(title, 0, number)
            grid.addWidget(box, 1, number)
            grid.setColumnStretch(number, 1)
            for place, cells in enumerate(sheet.sample):
                label = ElidedLabel(cells[number], "secondary")
                self._rows[place].append(label)
                grid.addWidget(label, place + 3, number)
        grid.addWidget(rule(), 2, 0, 1, max(len(sheet.header), 1))
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)  # the card shows through
        self.show_rows(self._shown)
        return boxes

    def show_rows(self, count: int) -> None:
        """Show the first `count` rows of the sample."""
        self._shown = count
        for place, labels in enumerate(self._rows):
            for label in labels:
                label.setVisible(place < count)
        self._scroll.updateGeometry()


class _Sideways(QScrollArea):
    """Scrolls to the side only: its height follows what is in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        inside = self.widget()
        height = inside.sizeHint().height() if inside is not None else 0
        return QSize(200, height + self.horizontalScrollBar().sizeHint().height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()


class _Outcome(Card):
    """The people that the rows make: one line each, in the order of the rows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__((theme.px(16), theme.px(12), theme.px(16), theme.px(12)), 0)
        self.setObjectName("mapping-outcome")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(18))
        self._grid.setVerticalSpacing(theme.px(6))
        for column, words in enumerate(_OUTCOME):
            self._grid.addWidget(ElidedLabel(words, "faint"), 0, column)
            self._grid.setColumnStretch(column, 2 if column == 3 else 1)
        self._lines: list[tuple[ElidedLabel, ...]] = []
        self.layout_.addLayout(self._grid)

    def show_people(self, people: Sequence[Incoming | None]) -> None:
        while len(self._lines) < len(people):
            line = tuple(ElidedLabel("", "strong" if column == 0 else "secondary") for column in range(len(_OUTCOME)))
            for column, label in enumerate(line):
                self._grid.addWidget(label, len(self._lines) + 1, column)
            self._lines.append(line)
        for place, line in enumerate(self._lines):
            person = people[place] if place < len(people) else None
            words = _told(person) if person is not None else ("", "", "", "nobody: this row is left out")
            for label, text in zip(line, words, strict=True):
                label.setText(text)
                label.setVisible(place < len(people))


def _told(person: Incoming) -> tuple[str, str, str, str]:
    known = [person.position, person.company, person.location, person.bio, *(fact.text for fact in person.facts)]
    address = person.url.removeprefix("https://").removeprefix("www.") or person.handle
    if not address and person.accounts:
        address = next((one.url.removeprefix("https://") for one in person.accounts if one.url), "")
    line = " · ".join(" ".join(part.split()) for part in known if part)
    return person.name, address, person.email, line
