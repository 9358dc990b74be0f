"""The review in the whole window, on a real notebook: looked for, compared, decided by keys and by buttons, undone."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from warmnote.model import Batch, Fact, Identity, Incoming, Message, MessageKind, Network, Person
from warmnote.notebook import Comparison, Pair, Side, View
from warmnote.ui.app import Application, Paths, build
from warmnote.ui.duplicates.comparison import Mark, SideBySide, lines_of
from warmnote.ui.duplicates.page import DuplicatesPage, _why

Key = Qt.Key
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAIRS = (
    ("Rosalind Achterberg", "Rosalind Achterberg"),
    ("Marisol Quintanilla", "Marisol Quintanila"),
    ("Theo Vanderlinde", "Teo Vanderlinde"),
)


class Reviewer:
    """The window with the review in it, and the hands of the user."""

    def __init__(self, qtbot, app: Application) -> None:
        self.qtbot, self.app, self.window, self.journal = qtbot, app, app.window, app.journal

    def write(self, use_case):
        with self.qtbot.waitSignal(self.journal.changed, timeout=10_000) as heard:
            self.journal.write(use_case)
        return heard.args[0]

    def add(self, name: str, network: Network, handle: str, **fields: str) -> int:
        return next(iter(self.write(lambda nb: nb.add_person(name, "", network, handle, **fields)).added))

    def pairs(self) -> list[tuple[int, int]]:
        """Three pairs in the notebook that are found, and somebody else."""
        made = [
            (
                self.add(
                    left,
                    Network.LINKEDIN,
                    f"{left.lower().replace(' ', '-')}-1",
                    company=f"Works {n}",
                    location="Ghent",
                ),
                self.add(right, Network.BLUESKY, f"someone{n}.bsky.social", company=f"Works {n}", location="Ghent"),
            )
            for n, (left, right) in enumerate(PAIRS)
        ]
        self.add("Olga Petrov", Network.X, "olga")
        return made

    @property
    def page(self) -> DuplicatesPage:
        return self.window.findChild(DuplicatesPage)

    def open(self) -> None:
        (action,) = [action for action in self.window.actions() if action.text() == "The same person?"]
        action.trigger()
        self.qtbot.waitUntil(lambda: not self.is_there("duplicates-stop"), timeout=10_000)

    def find(self, name: str) -> QWidget:
        self.qtbot.waitUntil(lambda: self.is_there(name), timeout=2_000)
        return next(made for made in self.window.findChildren(QWidget, name) if made.isVisible())

    def is_there(self, name: str) -> bool:
        return any(made.isVisible() for made in self.window.findChildren(QWidget, name))

    def text(self, name: str) -> str:
        found = self.find(name)
        assert isinstance(found, QLabel | QAbstractButton)
        return found.text()

    def key(self, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.window.focusWidget(), key, modifiers)

    def decide(self, key: Qt.Key) -> None:
        with self.qtbot.waitSignal(self.journal.changed, timeout=10_000):
            self.key(key)
        self.qtbot.waitUntil(lambda: not self.page._writing)

    def names(self) -> tuple[str, str]:
        table = self.page.findChild(SideBySide)
        return tuple(head.name for head in table._heads)

    def everyone(self) -> set[int]:
        return set(self.journal.reader.person_ids(View.ALL))

    def notice(self) -> str:
        notice = self.window.findChild(QWidget, "notice")
        return notice.accessibleName() if notice.isVisible() else ""


@pytest.fixture
def reviewer(qtbot, tmp_path: Path) -> Iterator[Reviewer]:
    app = build(Paths(tmp_path / "data"), lambda: NOON, seed=0, theme="light")
    app.window.setWindowState(Qt.WindowState.WindowNoState)
    app.window.resize(1360, 860)
    app.window.show()
    qtbot.waitUntil(lambda: app.window.people.desk is not None, timeout=15_000)
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow)
    yield Reviewer(qtbot, app)
    app.close()


def test_pair_by_pair_by_the_keyboard_alone(reviewer):
    made = reviewer.pairs()
    reviewer.open()
    assert reviewer.text("duplicates-place") == "1 of 3"
    first = reviewer.names()
    assert first in PAIRS
    assert reviewer.text("duplicates-why").endswith(".")
    reviewer.decide(Key.Key_M)
    assert reviewer.text("duplicates-place") == "2 of 3"
    reviewer.key(Key.Key_L)
    assert reviewer.text("duplicates-place") == "2 of 3 · 1 for later"
    reviewer.decide(Key.Key_N)
    reviewer.key(Key.Key_L)  # the one put off before, for good
    assert reviewer.text("duplicates-heading") == "That was the last pair"
    assert reviewer.text("duplicates-words") == "1 merged, 1 not the same, 1 left for later."
    assert len(reviewer.everyone()) == 2 * len(made)  # six and somebody else, one of them merged
    found = reviewer.journal.reader.duplicates.find()
    assert len(found) == 1
    assert reviewer.window.focusWidget().objectName() == "duplicates-back"
    assert reviewer.window.findChild(QPushButton, "people-twice").text() == "1 pair may be the same person"


def test_the_buttons_do_the_same(reviewer):
    reviewer.pairs()
    reviewer.open()
    place = lambda: reviewer.text("duplicates-place")  # noqa: E731
    with reviewer.qtbot.waitSignal(reviewer.journal.changed):
        reviewer.find("duplicates-merge").click()
    reviewer.qtbot.waitUntil(lambda: place() == "2 of 3")
    reviewer.find("duplicates-later").click()
    assert place() == "2 of 3 · 1 for later"
    with reviewer.qtbot.waitSignal(reviewer.journal.changed):
        reviewer.find("duplicates-apart").click()
    reviewer.qtbot.waitUntil(lambda: place() == "3 of 3 · 1 for later")
    with reviewer.qtbot.waitSignal(reviewer.journal.changed):
        reviewer.find("duplicates-undo").click()
    reviewer.qtbot.waitUntil(lambda: place() == "2 of 3 · 1 for later")
    shown = [
        reviewer.text(name) for name in ("duplicates-merge", "duplicates-apart", "duplicates-later", "duplicates-undo")
    ]
    assert shown == ["Merge (M)", "Not the same (N)", "Later (L)", "Undo the last (Z)"]


def test_undo_goes_back_step_by_step_to_the_first(reviewer):
    reviewer.pairs()
    before = reviewer.everyone()
    reviewer.open()
    assert not reviewer.find("duplicates-undo").isEnabled()
    first = reviewer.names()
    reviewer.decide(Key.Key_M)
    reviewer.key(Key.Key_L)
    reviewer.decide(Key.Key_N)
    assert len(reviewer.journal.reader.duplicates.find()) == 1
    reviewer.decide(Key.Key_Z)
    reviewer.key(Key.Key_Z)
    with reviewer.qtbot.waitSignal(reviewer.journal.changed):
        reviewer.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    reviewer.qtbot.waitUntil(lambda: reviewer.names() == first)
    assert reviewer.text("duplicates-place") == "1 of 3"
    assert reviewer.everyone() == before
    assert len(reviewer.journal.reader.duplicates.find()) == 3


def test_undo_by_the_notice_shows_the_pair_again(reviewer):
    reviewer.pairs()
    reviewer.open()
    first = reviewer.names()
    reviewer.decide(Key.Key_M)
    assert reviewer.notice().endswith("are one person now")
    with reviewer.qtbot.waitSignal(reviewer.journal.changed):
        reviewer.find("notice-action").click()
    reviewer.qtbot.waitUntil(lambda: reviewer.names() == first)
    assert len(reviewer.everyone()) == 7


def test_the_arrows_choose_who_stays(reviewer):
    made = reviewer.pairs()
    reviewer.open()
    left, right = next(pair for pair, names in zip(made, PAIRS, strict=True) if names == reviewer.names())
    kept = [reviewer.window.findChild(QAbstractButton, name) for name in ("keep-left", "keep-right")]
    assert [head.isChecked() for head in kept] == [True, False]
    reviewer.key(Key.Key_Right)
    assert [head.isChecked() for head in kept] == [False, True]
    assert "stays" in kept[1].accessibleName()
    reviewer.key(Key.Key_Left)
    reviewer.find("duplicates-swap").click()
    assert kept[1].isChecked()
    reviewer.decide(Key.Key_M)
    assert right in reviewer.everyone()
    assert left not in reviewer.everyone()


def test_whoever_more_hangs_on_stays_unless_the_user_says_otherwise(reviewer):
    made = reviewer.pairs()
    reviewer.write(lambda nb: nb.log(made[0][1], Message(MessageKind.NOTE, "Met in Ghent", NOON)))
    reviewer.write(lambda nb: nb.log(made[0][1], Message(MessageKind.NOTE, "Likes tea", NOON)))
    reviewer.open()
    while reviewer.names() != PAIRS[0]:
        reviewer.key(Key.Key_L)
    assert reviewer.window.findChild(QAbstractButton, "keep-right").isChecked()


def test_nobody_is_here_twice(reviewer):
    reviewer.add("Olga Petrov", Network.X, "olga")
    reviewer.open()
    assert reviewer.text("duplicates-heading") == "Nobody is here twice"
    reviewer.find("duplicates-back").click()
    assert reviewer.window.page == "people"


def test_the_search_shows_its_progress_and_is_cancelled(qtbot, reviewer, monkeypatch):
    reviewer.pairs()
    go = threading.Event()
    find = type(reviewer.journal.reader.duplicates).find

    def slowly(self, progress=None, cancelled=None):
        progress(40, 100)
        go.wait(5)
        return find(self, progress, cancelled)

    monkeypatch.setattr(type(reviewer.journal.reader.duplicates), "find", slowly)
    (action,) = [action for action in reviewer.window.actions() if action.text() == "The same person?"]
    action.trigger()
    labels = lambda: [label.text() for label in reviewer.page.findChildren(QLabel) if label.isVisible()]  # noqa: E731
    qtbot.waitUntil(lambda: "40 of 100" in labels())
    assert reviewer.window.focusWidget().objectName() == "duplicates-stop"
    reviewer.find("duplicates-stop").click()
    go.set()
    assert reviewer.text("duplicates-heading") == "Stopped"
    monkeypatch.undo()
    reviewer.find("duplicates-again").click()
    qtbot.waitUntil(lambda: reviewer.is_there("duplicates-place"), timeout=10_000)
    assert reviewer.text("duplicates-place") == "1 of 3"


def test_two_who_were_picked_are_compared(qtbot, reviewer):
    one, other = (
        reviewer.add("Ana Moreno", Network.X, "ana"),
        reviewer.add("Quite Another", Network.BLUESKY, "q.bsky.social"),
    )
    reviewer.window.show_page("people")
    reviewer.window.people.people.show_pairs(3)
    reviewer.window.people.people._list.selectAll()
    reviewer.find("many-same").click()
    assert reviewer.text("duplicates-place") == "1 of 1"
    assert reviewer.text("duplicates-why") == "You chose these two."
    assert set(reviewer.names()) == {"Ana Moreno", "Quite Another"}
    reviewer.decide(Key.Key_M)
    assert reviewer.text("duplicates-heading") == "Done"
    (left,) = reviewer.everyone()
    (merge,) = reviewer.journal.reader.open_person(left).merges
    assert merge.reason == "by hand"
    reviewer.find("duplicates-back").click()
    assert reviewer.text("people-twice") == "3 pairs may be the same person"  # nobody has looked for others
    assert left in (one, other)


def test_a_pair_of_which_one_was_deleted_is_passed_over(reviewer):
    made = reviewer.pairs()
    reviewer.open()
    gone = next(pair for pair, names in zip(made, PAIRS, strict=True) if names == reviewer.names())[1]
    reviewer.write(lambda nb: nb.delete_people([gone]))
    reviewer.qtbot.waitUntil(lambda: reviewer.text("duplicates-place") == "1 of 2")


def test_what_changes_meanwhile_is_shown(reviewer):
    made = reviewer.pairs()
    reviewer.open()
    left = next(pair for pair, names in zip(made, PAIRS, strict=True) if names == reviewer.names())[0]
    reviewer.key(Key.Key_Right)
    reviewer.write(lambda nb: nb.edit_person(left, name="Another Name"))
    reviewer.qtbot.waitUntil(lambda: reviewer.names()[0] == "Another Name")
    assert reviewer.window.findChild(QAbstractButton, "keep-right").isChecked()


def test_the_review_goes_on_where_it_was(reviewer):
    reviewer.pairs()
    reviewer.open()
    reviewer.decide(Key.Key_N)
    second = reviewer.names()
    reviewer.window.show_page("today")
    reviewer.open()
    assert (reviewer.names(), reviewer.text("duplicates-place")) == (second, "2 of 3")


def test_after_an_import_the_list_says_how_many_may_be_one(qtbot, reviewer):
    people = tuple(
        Incoming(row, Network.LINKEDIN, f"/in/{key}", name=name, company="Works", location="Ghent")
        for row, (key, name) in enumerate(
            (("a1", "Rosalind Achterberg"), ("b2", "Rosalind Achterberg"), ("c", "Olga Petrov")), 1
        )
    )
    bluesky = Batch(
        "Bluesky",
        Network.BLUESKY,
        "b",
        (Incoming(1, Network.BLUESKY, "did:plc:x", name="Olga Petrov", company="Works", location="Ghent"),),
    )
    reviewer.write(lambda nb: nb.import_batch(bluesky))
    reviewer.write(
        lambda nb: nb.import_batch(Batch("LinkedIn connections", Network.LINKEDIN, "Connections.csv", people[2:]))
    )
    reviewer.window._on_imported(frozenset())
    qtbot.waitUntil(lambda: reviewer.is_there("people-twice"), timeout=10_000)
    assert reviewer.text("people-twice") == "1 pair may be the same person"
    reviewer.find("people-twice").click()
    qtbot.waitUntil(lambda: reviewer.is_there("duplicates-place"))
    reviewer.decide(Key.Key_N)
    reviewer.find("duplicates-back").click()
    assert not reviewer.is_there("people-twice")


def test_the_card_says_whom_it_was_put_together_from_and_takes_it_apart(reviewer):
    made = reviewer.pairs()
    reviewer.open()
    names = reviewer.names()
    kept, gone = next(pair for pair, each in zip(made, PAIRS, strict=True) if each == names)
    reviewer.decide(Key.Key_M)
    reviewer.window.show_page("people")
    reviewer.window.people.show_person(kept)
    standing = reviewer.window.people.desk.card.standing
    labels = lambda: [label.text() for label in standing.findChildren(QLabel) if label.isVisible()]  # noqa: E731
    reviewer.find("merges-fold").click()
    reviewer.qtbot.waitUntil(lambda: len(labels()) == 2)
    assert labels()[0] == "Put together from 2 accounts"
    assert labels()[1].startswith(f"{names[1]} was joined on Mon 23 Nov: ")
    reviewer.write(lambda nb: nb.log(kept, Message(MessageKind.NOTE, "Later", NOON)))
    with reviewer.qtbot.waitSignal(reviewer.journal.changed):
        reviewer.find("take-apart").click()
    reviewer.qtbot.waitUntil(lambda: reviewer.notice().endswith("are two people again"))
    assert {kept, gone} <= reviewer.everyone()
    assert labels() == []
    assert reviewer.journal.reader.open_person(kept).messages[-1].text == "Later"


def test_everything_is_reached_by_tab_and_has_a_name(reviewer):
    reviewer.pairs()
    reviewer.open()
    reviewer.key(Key.Key_L)  # so that there is something to undo
    seen = []
    for _ in range(6):
        focus = reviewer.window.focusWidget()
        assert focus.accessibleName() or focus.text()
        seen.append(focus.objectName())
        reviewer.key(Key.Key_Tab)
    assert seen == [
        "duplicates-merge",
        "duplicates-apart",
        "duplicates-later",
        "duplicates-swap",
        "duplicates-undo",
        "keep-left",
    ]
    told = reviewer.find("duplicates-merge").accessibleDescription()
    assert all(name in told for name in reviewer.names())
    assert "The same: " in told


@pytest.mark.parametrize("size", [12, 24])
def test_nothing_is_cut_in_the_smallest_window(qtbot, tmp_path, size):
    application = QApplication.instance()
    usual = QFont(application.font())
    large = QFont(usual)
    large.setPixelSize(size)
    application.setFont(large)
    try:
        app = build(Paths(tmp_path / "data"), lambda: NOON, seed=0, theme="dark")
        app.window.setWindowState(Qt.WindowState.WindowNoState)
        app.window.resize(720, 560)
        app.window.show()
        reviewer = Reviewer(qtbot, app)
        reviewer.pairs()
        reviewer.open()
        qtbot.waitUntil(lambda: app.window.width() == 720)
        table = reviewer.page.findChild(SideBySide)
        page = reviewer.page._scroll.page
        assert page.width() <= reviewer.page.width()
        qtbot.wait(50)
        for label in table.findChildren(QLabel):
            assert label.height() >= label.heightForWidth(label.width()) or not label.wordWrap(), label.text()
            assert table.rect().contains(label.mapTo(table, label.rect().bottomRight())), label.text()
        for made in reviewer.page.findChildren(QPushButton):
            if made.isVisible() and made.text():
                assert made.width() >= made.sizeHint().width(), made.text()
        app.close()
    finally:
        application.setFont(usual)


# what is compared


def side(person: Person, **more) -> Side:
    return Side(**({"person": person, "messages": 0, "notes": 0, "last_contact": None, "draft": False} | more))


def test_what_is_the_same_and_what_differs():
    one = Person(
        1,
        "Ana Moreno",
        bio="Potter",
        position="Potter",
        location="Bilbao",
        email="ana@x.example",
        tags=("fair",),
        identities=(Identity(Network.LINKEDIN, "/in/ana", "ana", followed_on=NOON.date(), followed_known="exact"),),
        facts=(Fact("craft", "pottery"), Fact("pet", "cat", hidden=True)),
    )
    other = Person(2, "ana  moreno", bio="Runner", location="Bilbao", position="potter", company="Clay", tags=("fair",))
    lines = {
        line.what: line
        for line in lines_of(
            Comparison(side(one, messages=3, last_contact=NOON, draft=True), side(other, notes=1)), NOON
        )
    }
    assert {what: line.mark for what, line in lines.items()} == {
        "Name": Mark.SAME,
        "Position": Mark.SAME,
        "Company": Mark.ONE,
        "Place": Mark.SAME,
        "E-mail": Mark.ONE,
        "Bio": Mark.DIFFERS,
        "Accounts": Mark.ONE,
        "Facts": Mark.ONE,
        "Tags": Mark.SAME,
        "Talked": Mark.ONE,
        "Notes": Mark.ONE,
        "Letter": Mark.ONE,
    }
    assert lines["Accounts"].left == "LinkedIn @ana, connected today"
    assert lines["Facts"].left == "craft pottery"
    assert lines["Talked"].left == "3 messages, the last just now"
    assert (lines["Letter"].left, lines["Notes"].right) == ("A letter begun", "1 note")


def test_what_is_known_of_neither_is_not_shown(tmp_path):
    lines = lines_of(Comparison(side(Person(1, "Ana")), side(Person(2, "Ben"))), NOON)
    assert [(line.what, line.mark) for line in lines] == [("Name", Mark.DIFFERS)]


def test_a_company_that_ends_in_a_full_stop_ends_the_sentence_too(qtbot, desk, tmp_path) -> None:
    pair = Pair(left=1, right=2, reason="the same name", sure=0.9, why=("both are called Ana", "both at Glue & Co."))
    assert _why(pair) == "Both are called Ana; both at Glue & Co."
