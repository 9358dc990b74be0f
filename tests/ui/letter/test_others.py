"""What went to others, in the window: it is looked up while one writes, told in the meter, and right when the letter rests."""

import pytest
from PySide6.QtWidgets import QLabel

from warmnote.model import Expected, MessageKind
from warmnote.notebook import Changes, Notebook

SENTENCE = "I have been reading about tide mills all winter and yours looks like the last one."
DRAFT = f"{SENTENCE} Who carved the paddles?"


def told(desk) -> list[str]:
    """Every text of the meter's column that tells of other people."""
    shown = [label.text() for label in desk.meter.findChildren(QLabel) if label.isVisibleTo(desk.meter)]
    return [text for text in shown if "This sentence went to" in text or "got nearly this message" in text]


def advice(desk) -> list[str]:
    reading, _ = desk.readings[-1]
    return [f.advice for f in reading.findings if f.rule == "sameness.sent-before" and f.end] if reading else []


@pytest.fixture
def others(desk) -> list[int]:
    """Two people who were sent the sentence, one of them twice."""
    tunde, kim = desk.add("Tunde Okafor"), desk.add("Kim Dao")
    for person in (tunde, tunde, kim):
        desk.log(person, MessageKind.SENT, SENTENCE)
    return [tunde, kim]


def test_a_sentence_that_went_to_others_is_told_of_in_the_meter(desk, qtbot, others):
    desk.open(desk.add("Ana Moreno"))
    desk.editor.insertPlainText(DRAFT)
    qtbot.waitUntil(lambda: bool(told(desk)), timeout=10_000)
    assert any(text.startswith("This sentence went to 2 people.") for text in told(desk))
    assert SENTENCE in [desk.text[f.start : f.end] for f in desk.readings[-1][0].findings]


def test_a_stored_draft_is_looked_up_when_it_is_opened(desk, qtbot, others):
    ana, ben = desk.add("Ana Moreno"), desk.add("Ben Ode")
    desk.open(ana)
    desk.editor.insertPlainText(DRAFT)
    desk.open(ben)
    desk.drained()
    desk.letter._others._answers.clear()
    desk.open(ana)
    qtbot.waitUntil(lambda: bool(advice(desk)), timeout=10_000)


def test_coming_back_to_a_letter_its_answer_is_there_at_once(desk, qtbot, others):
    ana, ben = desk.add("Ana Moreno"), desk.add("Ben Ode")
    desk.open(ana)
    desk.editor.insertPlainText(DRAFT)
    qtbot.waitUntil(lambda: bool(advice(desk)), timeout=10_000)
    desk.open(ben)
    assert not advice(desk)
    desk.open(ana)
    assert advice(desk)


def test_what_was_sent_to_this_person_is_not_held_against_them(desk, qtbot, others):
    desk.open(others[0])
    desk.editor.insertPlainText(DRAFT.replace("winter", "summer"))
    qtbot.waitUntil(lambda: bool(advice(desk)), timeout=10_000)
    assert advice(desk)[0].startswith("This sentence went to one other person.")


def test_what_was_just_logged_counts_in_the_next_letter(desk, qtbot):
    ana, ben = desk.add("Ana Moreno"), desk.add("Ben Ode")
    desk.open(ana)
    desk.editor.insertPlainText(DRAFT)
    desk.letter.log_sent()
    desk.open(ben)
    desk.editor.insertPlainText(DRAFT)
    qtbot.waitUntil(lambda: bool(advice(desk)), timeout=10_000)
    assert advice(desk)[0].startswith("This sentence went to one other person.")


def test_a_letter_at_rest_hears_of_what_is_sent_and_taken_back_elsewhere(desk, qtbot, others):
    desk.open(desk.add("Ana Moreno"))
    desk.editor.insertPlainText(DRAFT)
    qtbot.waitUntil(lambda: bool(advice(desk)), timeout=10_000)
    desk.log(desk.add("Ben Ode"), MessageKind.SENT, SENTENCE)
    qtbot.waitUntil(lambda: advice(desk)[0].startswith("This sentence went to 3 people."), timeout=10_000)
    desk.write(lambda notebook: notebook.delete_people(others))
    qtbot.waitUntil(lambda: advice(desk)[0].startswith("This sentence went to one other"), timeout=10_000)


def test_keys_in_a_row_are_looked_up_once_and_the_last_state_counts(desk, qtbot, others, monkeypatch):
    asked: list[str] = []
    like = Notebook.sent_like
    monkeypatch.setattr(Notebook, "sent_like", lambda book, who, text: (asked.append(text), like(book, who, text))[1])
    desk.open(desk.add("Ana Moreno"))
    for word in DRAFT.split():
        desk.editor.insertPlainText(word + " ")
    qtbot.waitUntil(lambda: bool(advice(desk)), timeout=10_000)
    assert asked == [desk.text]
    desk.editor.selectAll()
    desk.editor.insertPlainText("How is the boat this week? I would love to see it out.")
    qtbot.waitUntil(lambda: len(asked) == 2 and not advice(desk), timeout=10_000)


def test_a_key_while_the_answer_is_on_its_way_is_asked_for_afterwards(desk, qtbot, others):
    desk.open(desk.add("Ana Moreno"))
    desk.editor.insertPlainText("Hello there and a good day to you. ")
    desk.letter._others.now()
    assert desk.letter._others._asking
    desk.editor.insertPlainText(DRAFT)
    desk.letter._others.now()
    qtbot.waitUntil(lambda: bool(advice(desk)), timeout=10_000)


def test_a_file_that_cannot_be_read_stops_nothing(desk, qtbot, others, monkeypatch):
    def refuse(*_: object) -> None:
        raise Expected("The disk did not answer.", "")

    desk.open(desk.add("Ana Moreno"))
    with monkeypatch.context() as patch:
        patch.setattr(Notebook, "sent_like", refuse)
        desk.editor.insertPlainText(DRAFT)
        desk.letter._others.now()
        qtbot.waitUntil(lambda: not desk.letter._others._asking, timeout=10_000)
    assert not advice(desk)
    desk.editor.insertPlainText(" Anyone you know?")
    qtbot.waitUntil(lambda: bool(advice(desk)), timeout=10_000)


def test_letters_left_by_an_import_are_indexed_in_the_background(desk, qtbot, others):
    def put_off(notebook: Notebook) -> Changes:
        with notebook._store._db.transaction():
            notebook._store.sent.start_anew()
        return notebook.edit_person(others[0], bio="Likes rain")

    desk.open(desk.add("Ana Moreno"))
    desk.editor.insertPlainText(DRAFT)
    desk.write(put_off)
    qtbot.waitUntil(lambda: not desk.journal.reader.is_indexing(), timeout=10_000)
    qtbot.waitUntil(lambda: bool(advice(desk)), timeout=10_000)
    assert advice(desk)[0].startswith("This sentence went to 2 people.")
