"""The main window: the rail, the pages, the notice bar, and every action that has a key."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from warmnote.notebook import Changes, Undo, View
from warmnote.ui.journal import Journal
from warmnote.ui.names import first_name
from warmnote.ui.networks.errands import Errands, Found
from warmnote.ui.notice import NoticeBar
from warmnote.ui.people.page import PeoplePage
from warmnote.ui.rail import Rail
from warmnote.ui.tasks import Tasks
from warmnote.ui.theme import Theme

if TYPE_CHECKING:  # each is loaded when it is first shown, or a moment after the window
    from warmnote.channels import Channels
    from warmnote.coldness import Meter, Rule
    from warmnote.prompts import Prompt
    from warmnote.ui.duplicates.reviewing import Reviewing
    from warmnote.ui.importing.page import ImportPage
    from warmnote.ui.people.desk import Desk
    from warmnote.ui.prompts.page import PromptsPage
    from warmnote.ui.prompts.stock import Stock, StockKeeper
    from warmnote.ui.settings import SettingsPage
    from warmnote.ui.today import TodayPage

__all__ = ["MainWindow"]

_MINIMUM = QSize(720, 560)
_USUAL = QSize(1360, 860)


class MainWindow(QMainWindow):
    """Holds the pages and takes what happens on one to the others. Everything it needs comes by the constructor."""

    def __init__(
        self, theme: Theme, journal: Journal, tasks: Tasks, settings: QSettings, folder: Path, errands: Errands
    ) -> None:
        super().__init__()
        self.setWindowTitle("Warmnote")
        self.setObjectName("main-window")
        self.setMinimumSize(_MINIMUM)
        self.setAcceptDrops(True)
        self._theme, self._journal, self._tasks = theme, journal, tasks
        self._settings, self._folder = settings, folder
        self._errands = errands
        self._meter: Meter | None = None
        self._keeper: StockKeeper | None = None
        self._review: Reviewing | None = None
        self._makers: dict[str, Callable[[], QWidget]] = {
            "today": self._make_today,
            "first-run": self._make_first_run,
            "prompts": self._make_prompts,
            "duplicates": lambda: self._reviewing().page,
            "import": self._make_import,
            "settings": self._make_settings,
        }
        self._rail = Rail(theme)
        self._rail.allow("prompts", allowed=False)
        self._rail.chosen.connect(self.show_page)
        self.people = PeoplePage(theme, journal, settings)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.people)
        self._made: dict[str, QWidget] = {"people": self.people}
        central = QWidget()
        layout = QHBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rail)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(central)
        self._notice = NoticeBar(central, theme)
        self._make_actions()
        self._connect()
        self._restore()

    def equip(self, meter: "Meter", stock: "Stock", channels: "Channels", seed: int) -> None:
        """Set up the desk, with what it takes to write to someone. Comes once, a moment after the window."""
        from warmnote.ui.networks.glance import Glance
        from warmnote.ui.networks.looks import Looks, wants_looks
        from warmnote.ui.people.desk import Desk
        from warmnote.ui.prompts.stock import PACKS, StockKeeper

        self._meter = meter
        self._keeper = keeper = StockKeeper(self._folder / PACKS, self._tasks, stock, meter, self)
        self._rail.allow("prompts", allowed=True)
        desk = Desk(self._theme, self._journal, self._tasks, meter, stock.prompter, channels, seed)
        keeper.changed.connect(lambda: desk.offer_from(keeper.stock.prompter))
        looks = Looks(self._errands, self._journal)
        desk.card.take_in(Glance(self._theme, looks, lambda: wants_looks(self._settings)))
        self.people.equip(desk)
        if "settings" in self._made:
            cast("SettingsPage", self._made["settings"]).refresh()

    # Pages

    def show_page(self, page: str) -> None:
        """Bring up a page by its name. Without people, the people page is the first-run page."""
        counts = self._journal.reader.counts()
        shown = "first-run" if page == "people" and not counts.all + counts.archived else page
        wanted = self._page(shown)
        leaving = self._stack.currentWidget()
        if leaving is self.people and shown != "people":
            self.people.flush()
        self._stack.setCurrentWidget(wanted)
        self._rail.show_page("people" if page == "duplicates" else page)
        if shown == "today":
            self.today.refresh()
        elif shown == "prompts" and self.people.desk is not None:
            cast("PromptsPage", wanted).show_for(self.people.desk.opened)
        self.page, self._shown = page, shown
        if leaving is not wanted:
            self._focus(shown)

    def _focus(self, page: str) -> None:
        match page:
            case "people":
                self.people.people.focus_list()
            case "today":
                self.today.focus_first()
            case "duplicates":
                self._reviewing().page.focus_first()
            case _:
                self._made[page].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def today(self) -> "TodayPage":
        """The Today page, made when it is first wanted."""
        return cast("TodayPage", self._page("today"))

    @property
    def importing(self) -> "ImportPage":
        """The import page, made when it is first wanted."""
        return cast("ImportPage", self._page("import"))

    def _page(self, page: str) -> QWidget:
        if page not in self._made:
            self._made[page] = self._makers[page]()
            self._stack.addWidget(self._made[page])
        return self._made[page]

    def greet(self) -> None:
        """Say what there is to say at the start: that the notebook was damaged and a copy was opened."""
        if (notice := self._journal.reader.notice) is not None:
            self._notice.tell(str(notice))

    def import_files(self, paths: Sequence[Path]) -> None:
        """Read files and folders of followers, one after the other, and show what each holds."""
        self.show_page("import")
        self.importing.open_files(paths)

    def tell(self, text: str, undo: Undo | None = None) -> None:
        """Show a sentence in the notice bar, with Undo if it can be put back."""
        if undo is None:
            self._notice.tell(text)
        else:
            self._notice.tell(text, "Undo", lambda: self._journal.undo(undo))

    def _make_today(self) -> QWidget:
        from warmnote.ui.today import TodayPage

        page = TodayPage(self._theme, self._journal, self._journal.clock)
        page.person_wanted.connect(self._on_person_wanted)
        page.import_wanted.connect(self._on_choose_file)
        page.add_wanted.connect(self.people.add_person)
        page.rest_wanted.connect(self._on_rest_wanted)
        return page

    def _make_first_run(self) -> QWidget:
        from warmnote.ui.first_run import FirstRun

        page = FirstRun(self._theme)
        page.samples_wanted.connect(self.add_samples)
        page.import_wanted.connect(lambda: self.show_page("import"))
        page.add_wanted.connect(self.people.add_person)
        return page

    def _make_prompts(self) -> QWidget:
        from warmnote.ui.prompts.page import PromptsPage

        assert self._keeper is not None, "the rail's button is off until the prompts are there"
        page = PromptsPage(self._theme, self._journal, self._tasks, self._keeper, self._settings)
        page.used.connect(self._on_prompt_used)
        page.told.connect(self._notice.tell)
        return page

    def _reviewing(self) -> "Reviewing":
        if self._review is None:
            from warmnote.ui.duplicates.reviewing import Reviewing

            self._review = Reviewing(
                self._theme,
                self._journal,
                self._settings,
                self.people.people,
                lambda said, undo: self._notice.tell(said, "Undo", undo),
                lambda: self.show_page("people"),
                self,
            )
        return self._review

    def _make_import(self) -> QWidget:
        from warmnote.ui.importing.page import ImportPage

        page = ImportPage(self._theme, self._journal, self._errands)
        page.finished.connect(self._on_imported)
        page.told.connect(lambda words, found: self._notice.tell(words, "Show", lambda: self._on_found(found)))
        return page

    def _make_settings(self) -> QWidget:
        from warmnote.ui.settings import SettingsPage

        page = SettingsPage(self._theme, self._journal, self._rule, self._settings, self._folder, lambda: self._keeper)
        page.person_wanted.connect(self._on_person_wanted)
        page.told.connect(self._notice.tell)
        return page

    def _rule(self, rule_id: str) -> "Rule | None":
        try:
            return self._meter.rule(rule_id) if self._meter is not None else None
        except KeyError:  # a rule of another version
            return None

    # What can be done, each with its key

    def _make_actions(self) -> None:
        people, on_people, on_desk = self.people, self._on_people, self._on_desk
        for words, keys, run in (
            ("Today", "Alt+1", lambda: self.show_page("today")),
            ("People", "Alt+2", lambda: self.show_page("people")),
            ("Prompts", "Alt+3", self._on_prompts_wanted),
            ("Search people", "Ctrl+K", on_people(people.people.focus_search)),
            ("New followers", "", on_people(lambda: people.people.set_view(View.NEW))),
            ("Due", "", on_people(lambda: people.people.set_view(View.DUE))),
            ("Waiting for you", "", on_people(lambda: people.people.set_view(View.WAITING))),
            ("All people", "", on_people(lambda: people.people.set_view(View.ALL))),
            ("Archived people", "", on_people(lambda: people.people.set_view(View.ARCHIVED))),
            ("The same person?", "", self._on_twice_wanted),
            ("Add a person", "Ctrl+N", people.add_person),
            ("Import followers", "Ctrl+I", self._on_choose_file),
            ("Write the letter", "Ctrl+J", on_people(people.write)),
            ("Log as sent", "Ctrl+Shift+Return", on_desk(lambda desk: desk.letter.log_sent())),
            ("Log what they wrote", "Ctrl+L", on_desk(lambda desk: desk.card.timeline.log_reply())),
            ("Add a note", "Ctrl+Shift+N", on_desk(lambda desk: desk.card.timeline.add_note())),
            ("Plan to come back", "Ctrl+D", on_desk(lambda desk: desk.card.timeline.plan())),
            ("Add a tag", "Ctrl+T", on_people(people.tag)),
            ("Archive", "", on_people(people.archive_selected)),
            ("Next person", "Alt+Down", on_people(lambda: people.people.step(1))),
            ("Previous person", "Alt+Up", on_people(lambda: people.people.step(-1))),
            ("Take your people with you", "", self._on_export_wanted),
            ("Settings", "Ctrl+,", lambda: self.show_page("settings")),
            ("Commands", "Ctrl+Shift+P", self._on_palette),
            ("Keyboard shortcuts", "F1", self._on_shortcuts),
            ("Quit", "Ctrl+Q", self.close),
        ):
            action = QAction(words, self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _=False, run=run: run())
            self.addAction(action)

    def _on_people(self, run: Callable[[], object]) -> Callable[[], object]:
        """The same, on the people page; without people there is nothing to do it to."""

        def do() -> None:
            self.show_page("people")
            if self._stack.currentWidget() is self.people:
                run()

        return do

    def _on_desk(self, run: "Callable[[Desk], object]") -> Callable[[], object]:
        """The same, with whoever is on the desk."""

        def do() -> None:
            if self.people.desk is not None and self.people.desk.person_id is not None:
                self.people.people.select_one()
                run(self.people.desk)

        return self._on_people(do)

    def _on_palette(self) -> None:
        from warmnote.ui.palette import Palette

        Palette(self, self._theme, self._journal, self.actions(), self._on_person_wanted).show()

    def _on_shortcuts(self) -> None:
        from warmnote.ui.palette import ShortcutList

        ShortcutList(self, self._theme, self.actions()).open()

    def _on_choose_file(self) -> None:
        self.show_page("import")
        self.importing.choose_file()

    def _on_found(self, found: Found) -> None:
        self.show_page("import")
        self.importing.show_found(found)

    def _on_export_wanted(self) -> None:
        self.show_page("settings")
        cast("SettingsPage", self._made["settings"]).show_export()

    def add_samples(self) -> None:
        """Put the invented people in."""
        self._journal.write(
            lambda notebook: notebook.add_samples(),
            lambda _: self.show_page("people"),
            notice="Twelve invented people are here. Settings removes them again.",
        )

    # What happens elsewhere

    def _connect(self) -> None:
        self._journal.changed.connect(self._on_changed)
        self._journal.noticed.connect(self.tell)
        self._journal.failed.connect(lambda error: self._notice.tell(str(error)))
        self.people.noticed.connect(self.tell)
        self.people.twice_wanted.connect(self._on_twice_wanted)
        self.people.same_wanted.connect(self._on_same_wanted)

    def _on_changed(self, changes: Changes) -> None:
        if (changes.added or changes.removed) and self.page == "people":
            self.show_page("people")
        if self.page == "today":
            self.today.refresh()

    def _on_person_wanted(self, person: int) -> None:
        self.show_page("people")
        self.people.show_person(person, write=True)

    def _on_prompts_wanted(self) -> None:
        if self._keeper is not None:
            self.show_page("prompts")

    def _on_prompt_used(self, prompt: "Prompt") -> None:
        self.show_page("people")
        if self.people.desk is not None:
            self.people.desk.letter.insert_starter(prompt)
            self.people.write()

    def _on_rest_wanted(self, person: int) -> None:
        if self.people.desk is not None:
            self.people.desk.let_rest(person, first_name(self._journal.reader.open_person(person).person.name))

    def _on_twice_wanted(self) -> None:
        self.show_page("duplicates")
        self._reviewing().page.start()

    def _on_same_wanted(self, left: int, right: int) -> None:
        self.show_page("duplicates")
        self._reviewing().page.look_at(left, right)

    def _on_imported(self, added: frozenset[int]) -> None:
        self._reviewing().look_soon()
        self.show_page("people")
        self.people.show_list(View.ALL if added.isdisjoint(self._journal.reader.person_ids(View.NEW)) else View.NEW)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            # Opened after the drop is over: the file manager waits for its answer.
            QTimer.singleShot(0, self, lambda: self.import_files(paths))

    # Coming and going

    def _restore(self) -> None:
        geometry = self._settings.value("window/geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            # A screen that is no larger has no room for the frame either: fill it, and let the desktop fit the frame in.
            room = self.screen().availableSize()
            self.resize(_USUAL.boundedTo(room))
            if room.width() <= _USUAL.width() or room.height() <= _USUAL.height():
                self.setWindowState(Qt.WindowState.WindowMaximized)
        self.page = self._shown = ""
        wanted = str(self._settings.value("window/page", "people"))
        self.people.start()
        # Not the prompts: they come a moment after the window.
        self.show_page(wanted if wanted in self._rail.pages and wanted != "prompts" else "people")
        self._focus(self._shown)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.people.flush()
        if self._review is not None:
            self._review.stop()
        self._settings.setValue("window/geometry", self.saveGeometry())
        self._settings.setValue("window/page", self.page)
        self._settings.sync()
        self._errands.close()
        event.accept()
