"""What the card says of how a person is filed: tags, the stage set by hand, the archive, a bare number, when last seen."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QToolButton

from warmnote.model import Batch, Incoming, Network, Stage
from warmnote.notebook import View
from warmnote.ui.people.paste import Pasted, read_off
from warmnote.ui.people.tags import TagChip

Key = Qt.Key


def chips(whole) -> list[str]:
    return [
        chip.accessibleName().removeprefix("Tag ")
        for chip in whole.page.desk.card.tags.findChildren(TagChip)
        if chip.isVisible()
    ]


def standing(whole) -> list[str]:
    return [label.text() for label in whole.page.desk.card.standing.findChildren(QLabel) if label.isVisible()]


def menu(whole):
    return {action.text(): action for action in whole.find("person-menu", QToolButton).menu().actions()}


def person(whole):
    return whole.journal.reader.open_person(whole.page.current()).person


def test_the_first_tag_and_another(qtbot, whole):
    whole.open_person("Tunde Okafor")
    assert not whole.is_there("tags")
    whole.press("first-tag")
    field = whole.find("tag-field", QLineEdit)
    assert field.hasFocus()
    qtbot.keyClicks(field, "  Lagos   fair ")
    whole.write(lambda: qtbot.keyClick(field, Key.Key_Return))
    assert chips(whole) == ["Lagos fair"]
    assert field.hasFocus()
    assert field.text() == ""
    qtbot.keyClicks(field, "runners")
    whole.write(lambda: qtbot.keyClick(field, Key.Key_Return))
    assert chips(whole) == ["Lagos fair", "runners"]
    qtbot.keyClick(field, Key.Key_Escape)
    assert not field.isVisible()
    assert whole.find("add-tag").hasFocus()
    assert not whole.is_there("first-tag")


def test_a_field_that_is_left_empty_goes_away(qtbot, whole):
    whole.open_person("Tunde Okafor")
    whole.press("first-tag")
    whole.page.desk.letter.editor.setFocus()
    assert not whole.is_there("tag-field")


@pytest.mark.parametrize("way", ["cross", "key"])
def test_a_tag_is_taken_off_and_the_keyboard_stays_there(qtbot, whole, way):
    tunde = whole.open_person("Tunde Okafor")
    for tag in ("fair", "runners"):
        whole.write(lambda tag=tag: whole.journal.write(lambda notebook: notebook.bulk.tag([tunde], tag)))
    chip = next(chip for chip in whole.page.desk.card.tags.findChildren(TagChip) if chip.isVisible())
    chip.setFocus()
    if way == "cross":
        place = QPoint(chip.width() - 10, chip.height() // 2)
        whole.write(lambda: qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=place))
    else:
        whole.write(lambda: qtbot.keyClick(chip, Key.Key_Delete))
    assert chips(whole) == ["runners"]
    assert whole.window.focusWidget().accessibleName() == "Tag runners"
    whole.write(lambda: whole.press("notice-action"))
    assert chips(whole) == ["fair", "runners"]


def test_a_tag_shows_everyone_who_has_it(qtbot, whole):
    people = [whole.person(name) for name in ("Tunde Okafor", "Jae Lim")]
    whole.write(lambda: whole.journal.write(lambda notebook: notebook.bulk.tag(people, "zebra fair")))
    whole.page.people.set_view(View.DUE)
    whole.page.show_person(people[0])
    chip = next(chip for chip in whole.page.desk.card.tags.findChildren(TagChip) if chip.isVisible())
    qtbot.keyClick(chip, Key.Key_Return)
    qtbot.waitUntil(lambda: whole.page.people._model.rowCount() == 2)
    assert whole.page.people.view() is View.ALL


def test_what_is_typed_for_one_person_is_not_given_to_the_next(qtbot, whole):
    whole.open_person("Tunde Okafor")
    whole.press("first-tag")
    qtbot.keyClicks(whole.find("tag-field", QLineEdit), "runners")
    whole.open_person("Jae Lim")
    assert not whole.is_there("tag-field")
    whole.press("first-tag")
    assert whole.find("tag-field", QLineEdit).text() == ""


def test_the_stage_set_by_hand_and_the_way_back(whole):
    whole.open_person("Tunde Okafor")
    assert standing(whole) == []
    stages = {action.text(): action for action in menu(whole)["Stage"].menu().actions()}
    assert [words for words, action in stages.items() if action.isChecked()] == ["As the log says"]
    whole.write(stages["A conversation"].trigger)
    assert standing(whole) == ["Stage set by you: a conversation"]
    assert person(whole).stage is Stage.CONVERSATION
    stages = {action.text(): action for action in menu(whole)["Stage"].menu().actions()}
    assert [words for words, action in stages.items() if action.isChecked()] == ["A conversation"]
    whole.write(lambda: whole.press("stage-computed"))
    assert standing(whole) == []
    assert not person(whole).stage_by_hand


def test_the_archive_and_the_way_back(whole):
    tunde = whole.open_person("Tunde Okafor")
    whole.write(menu(whole)["Archive"].trigger)
    assert whole.page.current() != tunde  # the next in the list
    assert "archived" in whole.notice()
    whole.page.show_person(tunde)
    assert whole.page.people.view() is View.ARCHIVED
    assert standing(whole) == ["Archived just now. Out of every list."]
    assert "Bring back" in menu(whole)
    whole.write(lambda: whole.press("bring-back"))
    assert tunde in whole.ids()


def test_the_archive_button_of_the_card_says_so_while_it_is_out_of_the_list(whole):
    tunde = whole.open_person("Tunde Okafor")
    whole.page.people._search.setText("zebra")
    whole.page.people._show_list()
    whole.write(menu(whole)["Archive"].trigger)
    assert whole.page.current() == tunde
    assert standing(whole) == ["Archived just now. Out of every list."]


# somebody of whom only a number is known


@pytest.fixture
def numbered(whole):
    there = Incoming(1, Network.X, "123456789", name="X user …6789", url="https://x.com/i/user/123456789")
    batch = Batch("X archive", Network.X, "twitter.zip", (there,))
    whole.write(lambda: whole.journal.write(lambda notebook: notebook.import_batch(batch)))
    whole.open_person("X user …6789")
    return whole


def test_a_bare_number_is_filled_in_by_pasting(qtbot, numbered):
    whole = numbered
    assert standing(whole) == ["Only a number is known of them"]
    whole.press("number-paste")
    box = whole.find("paste-text", QPlainTextEdit)
    assert box.hasFocus()
    assert not whole.find("paste-save", QPushButton).isEnabled()
    box.setPlainText("Ana Moreno\n@anamoreno\nFollows you\n\nPotter in Bilbao.\nSunday trail runs\n1,024 Followers")
    assert whole.find("paste-found", QLabel).text() == (
        "Name: Ana Moreno\nHandle: @anamoreno\nBio: Potter in Bilbao.\nSunday trail runs"
    )
    before = person(whole)
    whole.write(lambda: qtbot.keyClick(box, Key.Key_Return, Qt.KeyboardModifier.ControlModifier))
    now = person(whole)
    assert (now.name, now.bio, now.identities[0].handle) == (
        "Ana Moreno",
        "Potter in Bilbao.\nSunday trail runs",
        "anamoreno",
    )
    assert standing(whole) == []
    assert whole.page.people._model.person(whole.page.people._model.row_of(now.id)).name == "Ana Moreno"
    whole.write(lambda: whole.press("notice-action"))
    assert person(whole) == before


def test_a_number_with_a_name_is_nobody_unknown(whole):
    url = "https://www.facebook.com/profile.php?id=100012345"
    there = Incoming(1, Network.FACEBOOK, "100012345", name="Ana Moreno", url=url)
    batch = Batch("Facebook friends", Network.FACEBOOK, "facebook.zip", (there,))
    added = []
    whole.write(lambda: whole.journal.write(lambda notebook: notebook.import_batch(batch), added.append))
    whole.page.show_person(next(iter(added[0].added)))
    assert standing(whole) == []


def test_what_is_half_pasted_stays_while_the_notebook_changes(qtbot, numbered):
    whole = numbered
    whole.press("number-paste")
    whole.find("paste-text", QPlainTextEdit).setPlainText("Ana")
    current = whole.page.current()
    whole.write(lambda: whole.journal.write(lambda notebook: notebook.bulk.tag([current], "x")))
    assert whole.find("paste-text", QPlainTextEdit).toPlainText() == "Ana"
    qtbot.keyClick(whole.find("paste-text"), Key.Key_Escape)
    assert not whole.is_there("paste-text")
    assert whole.find("number-paste").hasFocus()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", Pasted()),
        ("\n  \n", Pasted()),
        ("Ana", Pasted("Ana")),
        ("@ana", Pasted("", "ana")),
        ("Ana\n@ana_1\nPotter\nwrites to @ben", Pasted("Ana", "ana_1", "Potter\nwrites to @ben")),
        ("Ana\nPotter\n@ana", Pasted("Ana", "ana", "Potter")),
        ("Follow\nAna\n·\n12.5K Followers\nJoined March 2012", Pasted("Ana")),
        ("A" * 300, Pasted("A" * 200)),
    ],
)
def test_what_is_read_off_a_profile(text, read):
    assert read_off(text) == read


# when they were last seen, and what they were called


def followers(*keys: str, handle: str = "") -> Batch:
    people = tuple(
        Incoming(row, Network.BLUESKY, f"did:plc:{key}", name=key.title(), handle=handle or f"{key}.example")
        for row, key in enumerate(keys, 1)
    )
    return Batch("Bluesky followers", Network.BLUESKY, "bluesky", people, whole=frozenset({Network.BLUESKY}))


def test_not_seen_since_and_the_earlier_handle(whole):
    whole.write(lambda: whole.journal.write(lambda notebook: notebook.import_batch(followers("wanda", "piet"))))
    wanda = followers("wanda", handle="wanda.shop.example")
    whole.write(lambda: whole.journal.write(lambda notebook: notebook.import_batch(wanda)))
    whole.open_person("Piet")
    assert standing(whole) == ["Not seen on Bluesky since Mon 23 Nov"]
    whole.open_person("Wanda")
    assert standing(whole) == ["Earlier @wanda.example"]
