"""The column of packs: which there are, which are on, and what can be done with them."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from warmnote.prompts import MINE, USUAL, Pack
from warmnote.ui.pressable import Pressable
from warmnote.ui.prompts.stock import Stock
from warmnote.ui.scrolled import ScrolledPage
from warmnote.ui.theme import Theme
from warmnote.ui.widgets import Card, PlainLabel, button, clear

__all__ = ["EVERYTHING", "PackColumn"]

EVERYTHING = ""
"""The id that stands for all packs that are on."""

_LANGUAGES = {
    "cs": "Czech", "da": "Danish", "de": "German", "en": "English", "es": "Spanish", "fi": "Finnish", "fr": "French",
    "it": "Italian", "nl": "Dutch", "nb": "Norwegian", "pl": "Polish", "pt": "Portuguese", "sv": "Swedish",
}  # fmt: skip


class PackColumn(ScrolledPage):
    """`chosen(str)` is the pack to look into, EVERYTHING for those that are on; `switched(Pack, bool)` turns one on or off.

    `shared(Pack)`, `described(Pack)` and `removed(Pack)` come from a pack's menu, `new_wanted()` and `import_wanted()` from
    the foot, `back_wanted()` where the column is a page of its own.
    """

    chosen = Signal(str)
    switched = Signal(object, bool)
    shared = Signal(object)
    described = Signal(object)
    removed = Signal(object)
    new_wanted = Signal()
    import_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("prompts-packs-column")
        self._theme = theme
        px = theme.px
        self._rows: dict[str, _PackRow] = {}
        self._shown: object = None
        self._current = EVERYTHING
        self._back = button("Back to the starters", "quiet", self.back_wanted.emit, "prompts-packs-back")
        self._back.setIcon(theme.icon("back", size=px(16)))
        self._back.setIconSize(QSize(px(16), px(16)))
        self._list = QVBoxLayout()
        self._list.setSpacing(px(6))
        make = button("New pack", on_click=self.new_wanted.emit, name="prompts-new-pack")
        take = button("Import a pack…", on_click=self.import_wanted.emit, name="prompts-import")
        take.setToolTip("Or drop its file on this page")
        column = QVBoxLayout(self.page)
        column.setContentsMargins(px(16), px(24), px(16), px(16))
        column.setSpacing(px(8))
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(PlainLabel("Packs", "heading"))
        column.addLayout(self._list)
        column.addSpacing(px(6))
        column.addWidget(make)
        column.addWidget(take)
        column.addStretch(1)

    def show_back(self, shown: bool) -> None:
        """Offer the way back to the starters, where the column is a page of its own."""
        self._back.setVisible(shown)

    def show_stock(self, stock: Stock) -> None:
        """Show all packs: the user's, those that came with Warmnote, and what could not be read."""
        signature = [(pack.id, pack.title, pack.about, pack.author, len(pack.starters)) for pack in stock.packs]
        problems = [str(problem) for problem in stock.shelf.problems]
        if (signature, problems) != self._shown:
            self._shown = (signature, problems)
            self._fill(stock)
        for pack in stock.packs:
            self._rows[pack.id].show_pack(pack, stock.is_on(pack))
        self.mark(self._current)

    def mark(self, pack_id: str) -> None:
        """Mark the pack that is looked into."""
        self._current = pack_id
        for each, made in self._rows.items():
            made.mark(each == pack_id)

    def focus_pack(self, pack_id: str) -> None:
        """Put the keyboard on a pack."""
        if (made := self._rows.get(pack_id)) is not None:
            made.pick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, stock: Stock) -> None:
        focused = next(
            (each for each, made in self._rows.items() if made.isAncestorOf(self.focusWidget() or self)), None
        )
        clear(self._list)
        self._rows = {}
        everything = _PackRow(self._theme, None)
        everything.chosen.connect(lambda: self.chosen.emit(EVERYTHING))
        self._rows[EVERYTHING] = everything
        self._list.addWidget(everything)
        shipped = [pack for pack in stock.packs if pack.shipped]
        self._add("Yours", stock.own)
        self._add("Everyday", [p for p in shipped if p.id in (USUAL, "everyday")])
        rest = [p for p in shipped if p.id not in (USUAL, "everyday")]
        self._add("For a line of work", [p for p in rest if p.language == "en"])
        self._add("In other languages", [p for p in rest if p.language != "en"])
        if stock.shelf.problems:
            self._list.addWidget(PlainLabel("Could not be used", "section"))
        for problem in stock.shelf.problems:
            card = Card((12, 8, 12, 8))
            card.layout_.addWidget(PlainLabel(str(problem), "secondary", wrap=True, selectable=True))
            self._list.addWidget(card)
        if focused is not None:
            self.focus_pack(focused)

    def _add(self, heading: str, packs: Sequence[Pack]) -> None:
        if packs:
            self._list.addSpacing(self._theme.px(4))
            self._list.addWidget(PlainLabel(heading, "section"))
        for pack in packs:
            made = _PackRow(self._theme, pack)
            made.chosen.connect(lambda each=pack.id: self.chosen.emit(each))
            made.switched.connect(self.switched)
            made.shared.connect(self.shared)
            made.described.connect(self.described)
            made.removed.connect(self.removed)
            self._rows[pack.id] = made
            self._list.addWidget(made)


class _PackRow(QWidget):
    """A pack: a switch, a card to look into it, and a menu."""

    chosen = Signal()
    switched = Signal(object, bool)
    shared = Signal(object)
    described = Signal(object)
    removed = Signal(object)

    def __init__(self, theme: Theme, pack: Pack | None) -> None:
        super().__init__()
        px = theme.px
        self._pack = pack
        self._theme = theme
        self.pick = Pressable((px(12), px(8), px(12), px(8)), px(2))
        self.pick.setProperty("role", "keep")
        self.pick.setCheckable(True)
        self.pick.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.pick.setObjectName(f"pack-{pack.id if pack else 'everything'}")
        self.pick.clicked.connect(self._on_picked)
        self._title = PlainLabel(pack.title if pack else "All that is on", "strong", wrap=True)
        self._about = PlainLabel(pack.about if pack else "", "faint", wrap=True)
        self._foot = PlainLabel("", "faint", wrap=True)
        for label in (self._title, self._about, self._foot):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.pick.layout_.addWidget(label)
        self._title.setContentsMargins(0, 0, px(20) if pack else 0, 0)  # the menu's button lies there
        self._about.setVisible(bool(pack and pack.about))
        self._foot.setVisible(pack is not None)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        self._switch = QCheckBox()
        self._switch.setVisible(pack is not None)
        self._switch.setFixedSize(px(22), px(34))
        layout.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.pick, 1)
        self.pick.setAccessibleName(self._title.text())
        if pack is None:
            return
        self._switch.setObjectName(f"pack-on-{pack.id}")
        self._switch.setAccessibleName(f"Offer {pack.title}")
        self._switch.setToolTip("Offer these starters")
        self._switch.clicked.connect(lambda on: self.switched.emit(self._pack, on))
        self._more = QToolButton(self.pick)
        self._more.setProperty("role", "small")
        self._more.setObjectName(f"pack-more-{pack.id}")
        self._more.setAccessibleName(f"What to do with {pack.title}")
        self._on_theme()
        theme.changed.connect(self._on_theme)
        self._more.clicked.connect(self._on_more)
        self._more.setVisible(pack.id != USUAL)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # pyright: ignore[reportArgumentType]
        if self._pack is not None:
            px = self._theme.px
            size = self._more.sizeHint()
            self._more.setGeometry(self.pick.width() - size.width() - px(5), px(5), size.width(), size.height())

    def show_pack(self, pack: Pack, on: bool) -> None:
        """Show what changes without a new row."""
        self._pack = pack
        self._switch.setChecked(on)
        count = f"{len(pack.starters)} {'starter' if len(pack.starters) == 1 else 'starters'}"
        by = f"by {pack.author}" if pack.author else ""
        language = _LANGUAGES.get(pack.language, pack.language) if pack.language != "en" else ""
        self._foot.setText(" · ".join(part for part in (count, language, by) if part))
        self.pick.setAccessibleDescription(f"{pack.about} {self._foot.text()}, {'on' if on else 'off'}")

    def mark(self, current: bool) -> None:
        """Whether this is the pack that is looked into."""
        self.pick.setChecked(current)

    def _on_picked(self) -> None:
        self.pick.setChecked(True)
        self.chosen.emit()

    def _on_theme(self) -> None:
        size = self._theme.px(16)
        self._more.setIcon(self._theme.icon("more", size=size))
        self._more.setIconSize(QSize(size, size))

    def _on_more(self) -> None:
        pack = self._pack
        if pack is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Share as a file…", lambda: self.shared.emit(pack)).setEnabled(bool(pack.starters))
        if not pack.shipped:
            menu.addAction("Title and description…", lambda: self.described.emit(pack))
        if not pack.shipped and pack.id != MINE:
            menu.addSeparator()
            menu.addAction("Remove", lambda: self.removed.emit(pack))
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))
