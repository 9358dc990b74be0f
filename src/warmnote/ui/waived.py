"""The three lists of what the meter lets pass, for the settings: each entry says what it covers and can be put back."""

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from warmnote.coldness import Rule
from warmnote.model import Clock, Expected
from warmnote.notebook import LONGEST_PHRASE, Excused
from warmnote.ui.meter.evidence import EvidenceBadge
from warmnote.ui.meter.rows import quoted
from warmnote.ui.meter.waivers import Waiving
from warmnote.ui.theme import Theme
from warmnote.ui.when import ago
from warmnote.ui.widgets import Card, FlowLayout, PlainLabel, button, row, rule

__all__ = ["AllowedCard", "ExcusedCard", "RuleOf", "RulesOffCard"]

RuleOf = Callable[[str], Rule | None]
"""The rule with an id; None for one of another version, or while the rules are not read yet."""

_AT_FIRST = 8
_MORE = 100
_LONGEST_NAME = 40


class _Entry(QWidget):
    """One entry: what it is, a line on where it holds, and the button that takes it back."""

    def __init__(self, theme: Theme, what: str, where: Sequence[QWidget], undo: QPushButton) -> None:
        super().__init__()
        self.undo = undo
        px = theme.px
        told = QVBoxLayout()
        told.setSpacing(px(2))
        told.addWidget(PlainLabel(what, "body", wrap=True))
        if where:
            line = FlowLayout(spacing=px(6))
            height = max(part.sizeHint().height() for part in where)
            for part in where:
                part.setMinimumHeight(height)  # so that their words stand on one line
                line.addWidget(part)
            told.addLayout(line)
        layout = QHBoxLayout()
        layout.setContentsMargins(0, px(7), 0, px(7))
        layout.setSpacing(px(12))
        layout.addLayout(told, 1)
        layout.addWidget(undo, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule())
        column.addLayout(layout)


class _ListCard(Card):
    """A heading, a sentence on what is covered, and entries: a few at first, more when asked for."""

    def __init__(self, theme: Theme, heading: str, covers: str, empty: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(heading)
        self._theme = theme
        self._items: tuple[Hashable, ...] = ()
        self._entries: dict[Hashable, _Entry] = {}
        self._most = _AT_FIRST
        self._count = PlainLabel("", "faint")
        head = row(PlainLabel(heading, "heading"), self._count)
        head.setStretch(0, 1)
        self.layout_.addLayout(head)
        self.layout_.addWidget(PlainLabel(covers, "secondary", wrap=True))
        self._none = PlainLabel(empty, "faint", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._more = button("", "link", self._on_more, f"{name}-more")
        self.layout_.addWidget(self._none)
        self.layout_.addLayout(self._list)
        self.layout_.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def _entry(self, item: Hashable) -> _Entry:
        raise NotImplementedError

    def _show_items(self, items: Sequence[Hashable]) -> None:
        """Show the first of `items`; entries that are there already stay, and the keyboard stays in the list."""
        self._items = tuple(items)
        shown = self._items[: self._most]
        held = next((at for at, each in enumerate(self._entries.values()) if each.undo.hasFocus()), None)
        gone = self._entries.keys() - set(shown)
        if held is not None and list(self._entries)[held] in gone:
            self._keep_keyboard(held, [each for item, each in self._entries.items() if item not in gone])
        for item in gone:
            entry = self._entries.pop(item)
            self._list.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        made = {item: self._entries.get(item) or self._entry(item) for item in shown}
        for place, entry in enumerate(made.values()):
            if self._list.indexOf(entry) != place:
                self._list.insertWidget(place, entry)
                entry.show()  # at once, so that it can take the keyboard
        self._entries = made
        self._none.setVisible(not items)
        self._count.setText(f"{len(items):,}" if items else "")
        hidden = len(items) - len(shown)
        self._more.setVisible(hidden > 0)
        self._more.setText(
            f"Show {min(hidden, _MORE):,} more" if hidden <= _MORE else f"Show {_MORE} of {hidden:,} more"
        )

    def _keep_keyboard(self, place: int, left: Sequence[_Entry]) -> None:
        if left:
            left[min(place, len(left) - 1)].undo.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focusNextChild()

    def _on_more(self) -> None:
        first = len(self._entries)
        self._most += _MORE
        self._show_items(self._items)
        list(self._entries.values())[first].undo.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_entries(self) -> None:
        """Make all entries anew the next time: the names of rules, or the day, have changed."""
        for entry in self._entries.values():
            self._list.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        self._entries = {}


class RulesOffCard(_ListCard):
    """The rules that are switched off, each with its kind of evidence."""

    def __init__(self, theme: Theme, waiving: Waiving, rule_of: RuleOf) -> None:
        super().__init__(
            theme,
            "Rules you switched off",
            "“Never this rule” switches a rule off in every letter, to everyone.",
            "None. A mark's menu offers “Never this rule”; it is listed here and can be put back.",
            "rules-off-list",
        )
        self._waiving, self._rule_of = waiving, rule_of

    def refresh(self, off: frozenset[str]) -> None:
        """Show these rules, by their titles."""
        titled = sorted((_title(self._rule_of(rule_id), rule_id).casefold(), rule_id) for rule_id in off)
        self._show_items([rule_id for _, rule_id in titled])

    def _entry(self, item: Hashable) -> _Entry:
        rule_id = str(item)
        found = self._rule_of(rule_id)
        title = _title(found, rule_id)
        where: list[QWidget] = []
        if found is not None:
            title = f"{title} ({rule_id.partition('.')[2].replace('-', ' ')})"
            where = [EvidenceBadge(found.evidence, found.source)]
        undo = button("Put back", "link", lambda: self._waiving.turn_on(rule_id), f"rule-on-{rule_id}")
        undo.setAccessibleName(f"Put back the rule {title}")
        return _Entry(self._theme, title, where, undo)


class ExcusedCard(_ListCard):
    """The findings that pass in letters to one person. `person_wanted(int)` when a name is pressed."""

    person_wanted = Signal(int)

    def __init__(self, theme: Theme, waiving: Waiving, rule_of: RuleOf, clock: Clock) -> None:
        super().__init__(
            theme,
            "Fine in letters to one person",
            "“Not here” lets one rule pass over the same words in letters to one person. "
            "Other rules, other words and other people are as before.",
            "None. A mark's menu offers “Not here”; it is listed here and can be put back.",
            "excused-list",
        )
        self._waiving, self._rule_of, self._clock = waiving, rule_of, clock

    def refresh(self, excused: Sequence[Excused]) -> None:
        """Show these, in their order."""
        self._show_items(excused)

    def _entry(self, item: Hashable) -> _Entry:
        assert isinstance(item, Excused)
        person, words = item.person, quoted(item.words, 0, len(item.words)) or "The letter as a whole"
        title = _title(self._rule_of(item.rule), item.rule)
        name = item.name if len(item.name) <= _LONGEST_NAME else f"{item.name[: _LONGEST_NAME - 1].rstrip()}…"
        opens = button(name.replace("&", "&&"), "link", lambda: self.person_wanted.emit(person), "excused-person")
        opens.setAccessibleName(f"Open the card of {item.name}")
        when = [PlainLabel(ago(item.at, self._clock()), "faint")] if item.at is not None else []
        undo = button(
            "Put back", "link", lambda: self._waiving.unexcuse(person, item.rule, item.words), "excused-put-back"
        )
        undo.setAccessibleName(f"Put back {title} on {words} to {item.name}")
        return _Entry(self._theme, words, [PlainLabel(f"{title}, to", "secondary"), opens, *when], undo)


class AllowedCard(_ListCard):
    """The phrases within which nothing is marked, with a field to type another."""

    def __init__(self, theme: Theme, waiving: Waiving) -> None:
        super().__init__(
            theme,
            "Phrases you always allow",
            "Inside these words nothing is marked, in any letter. They are for names: your firm, a street called Offer. "
            "Capitals and the shape of quotation marks make no difference. A mark that covers more than the words stays.",
            "None. Type one above, or choose “Always allow” in a mark's menu.",
            "allowed-list",
        )
        self._waiving = waiving
        self._phrase = QLineEdit()
        self._phrase.setObjectName("allow-phrase")
        self._phrase.setAccessibleName("A phrase to allow")
        self._phrase.setPlaceholderText("A name or a few words, such as Free Library")
        self._phrase.setMaxLength(4 * LONGEST_PHRASE)  # longer is told rather than cut
        self._add = button("Allow", on_click=self._on_add, name="allow-add")
        self._problem = PlainLabel("", "secondary", wrap=True)
        self._problem.setObjectName("allow-problem")
        self._phrase.textEdited.connect(self._on_edited)
        self._phrase.returnPressed.connect(self._on_add)
        typed = row(self._phrase, self._add)
        typed.setStretch(0, 1)
        self.layout_.insertLayout(2, typed)
        self.layout_.insertWidget(3, self._problem)
        self._on_edited()

    def refresh(self, phrases: Sequence[str]) -> None:
        """Show these, in their order."""
        self._show_items(phrases)

    def _entry(self, item: Hashable) -> _Entry:
        phrase = str(item)
        undo = button("Remove", "link", lambda: self._waiving.disallow(phrase), "allowed-remove")
        undo.setAccessibleName(f"Remove “{phrase}”")
        return _Entry(self._theme, f"“{phrase}”", (), undo)

    def _keep_keyboard(self, place: int, left: Sequence[_Entry]) -> None:
        if left:
            super()._keep_keyboard(place, left)
        else:
            self._phrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self) -> None:
        self._add.setEnabled(bool(self._phrase.text().strip()))
        self._tell("")

    def _on_add(self) -> None:
        if phrase := self._phrase.text().strip():
            self._waiving.allow(phrase, self._on_added, self._on_refused)

    def _on_added(self) -> None:
        self._phrase.clear()
        self._on_edited()
        self._phrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, error: BaseException) -> None:
        if not isinstance(error, Expected):
            raise error
        self._tell(str(error))
        self._phrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._phrase.setAccessibleDescription(problem)


def _title(found: Rule | None, rule_id: str) -> str:
    return found.title if found is not None else rule_id
