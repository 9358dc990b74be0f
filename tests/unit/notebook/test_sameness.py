"""The index of what was sent: whatever happens to letters, it finds what is there and nothing that is not."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC
from pathlib import Path

import pytest

from warmnote.coldness.sameness import MANY
from warmnote.model import Batch, Message, MessageKind
from warmnote.notebook import Notebook, Store
from warmnote.store import _file as file
from warmnote.store._derived import _LETTERS_AT_ONCE

from .dump import dump

Add = Callable[..., int]
SENTENCE = "I have been reading about tide mills all winter and yours looks like the last one."
OTHER = "Which of the paddles was the hardest to carve last year?"


def letters(notebook: Notebook, person: int, draft: str = SENTENCE) -> list[tuple[object, str]]:
    return list(notebook.sent_like(person, draft).letters)


def sent(notebook: Notebook, person: int, text: str = SENTENCE) -> int:
    notebook.log_sent(person, text, "email")
    return notebook.open_person(person).messages[-1].id


def test_what_went_to_others_is_found_and_what_went_to_this_one_is_not(notebook: Notebook, add: Add):
    ana, tunde, kim = add("Ana"), add("Tunde"), add("Kim")
    sent(notebook, ana, f"Hi Ana, {SENTENCE}")
    sent(notebook, tunde, f"Hi Tunde, {SENTENCE}")
    sent(notebook, kim, "Something else that has nothing to do with it.")
    assert letters(notebook, ana) == [(tunde, f"Hi Tunde, {SENTENCE}")]
    assert letters(notebook, kim) == [(ana, f"Hi Ana, {SENTENCE}"), (tunde, f"Hi Tunde, {SENTENCE}")]
    assert letters(notebook, ana, "") == letters(notebook, ana, "Hi!") == []


def test_only_letters_sent_count(notebook: Notebook, add: Add, clock):
    ana, tunde = add("Ana"), add("Tunde")
    for kind in MessageKind:
        notebook.log(tunde, Message(kind, SENTENCE, clock()))
    assert letters(notebook, ana) == [(tunde, SENTENCE)]


def test_an_edited_letter_is_found_by_its_new_words_alone(notebook: Notebook, add: Add, clock):
    ana, tunde = add("Ana"), add("Tunde")
    entry = sent(notebook, tunde)
    edited = notebook.edit_message(Message(MessageKind.SENT, OTHER, clock(), "email", entry))
    assert (letters(notebook, ana), letters(notebook, ana, OTHER)) == ([], [(tunde, OTHER)])
    assert edited.undo is not None
    notebook.undo(edited.undo)
    assert (letters(notebook, ana), letters(notebook, ana, OTHER)) == ([(tunde, SENTENCE)], [])


def test_a_letter_made_a_note_is_no_letter(notebook: Notebook, add: Add, clock):
    ana, tunde = add("Ana"), add("Tunde")
    entry = sent(notebook, tunde)
    notebook.edit_message(Message(MessageKind.NOTE, SENTENCE, clock(), "", entry))
    assert letters(notebook, ana) == []
    notebook.edit_message(Message(MessageKind.SENT, SENTENCE, clock(), "", entry))
    assert letters(notebook, ana) == [(tunde, SENTENCE)]


def test_what_is_removed_or_whose_person_is_deleted_is_gone_until_undone(notebook: Notebook, add: Add, path: Path):
    ana, tunde, kim = add("Ana"), add("Tunde"), add("Kim")
    entry = sent(notebook, tunde)
    sent(notebook, kim)
    for changes in (notebook.remove_message(entry), notebook.delete_people([kim])):
        assert changes.undo is not None
    assert letters(notebook, ana) == []
    assert dump(path)["runs"] == []
    assert changes.undo is not None
    notebook.undo(changes.undo)
    assert letters(notebook, ana) == [(kim, SENTENCE)]


def test_an_import_brings_letters_and_taking_it_back_takes_them(
    notebook: Notebook, add: Add, batch: Callable[..., Batch], clock
):
    ana = add("Ana")
    message = Message(MessageKind.SENT, SENTENCE, clock())
    brought = notebook.import_batch(batch({"name": "Tunde", "messages": (message,)}))
    assert [text for _, text in letters(notebook, ana)] == [SENTENCE]
    assert brought.undo is not None
    notebook.undo(brought.undo)
    assert letters(notebook, ana) == []


def test_a_large_import_is_indexed_afterwards_in_pieces(
    notebook: Notebook, add: Add, batch: Callable[..., Batch], clock
):
    ana = add("Ana")
    many = tuple(
        Message(MessageKind.SENT, f"Letter {n}. {SENTENCE}", clock()) for n in range(2 * _LETTERS_AT_ONCE + 30)
    )
    notebook.import_batch(batch({"name": "Tunde", "messages": many}))
    assert notebook.is_indexing()
    tunde = next(person for person in notebook.rows(range(1, 5)) if person.name == "Tunde").id
    kim = add("Kim")
    sent(notebook, kim)
    assert (kim, SENTENCE) in letters(notebook, ana), "what was written now does not wait"
    pieces = 0
    while notebook.is_indexing():
        assert not notebook.index_sent(most=10).changed
        pieces += 1
    assert pieces == 4, "31 were left"
    assert {person for person, _ in letters(notebook, ana)} == {tunde, kim}
    assert len(letters(notebook, ana)) == len(many) + 1


def test_more_people_than_anyone_counts_are_not_all_fetched(notebook: Notebook, add: Add):
    ana = add("Ana")
    for number in range(MANY + 5):
        sent(notebook, add(f"Person {number}"))
    found = notebook.sent_like(ana, SENTENCE)
    assert found.people(SENTENCE) == MANY + 1
    only = sent(notebook, add("Kim"), f"{SENTENCE} {OTHER}")
    assert only
    assert notebook.sent_like(ana, f"{SENTENCE} {OTHER}").people_of_all([SENTENCE, OTHER]) == 1


@pytest.mark.parametrize("stopped", [False, True])
def test_letters_of_a_notebook_from_before_the_index_are_indexed_later(path: Path, clock, stopped: bool):
    rows = (Path(__file__).parents[1] / "store" / "released" / "0001.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as database:
        database.executescript(file._MIGRATIONS[0].read_text(encoding="utf-8"))
        database.executescript(
            f"{rows} update messages set text = '{SENTENCE}'; pragma user_version = 1;"
            f" pragma application_id = {file.APPLICATION_ID};"
        )
    notebook = Notebook(Store(path), clock, UTC)
    assert notebook.is_indexing()
    if stopped:
        notebook.close()
        notebook = Notebook(Store(path), clock, UTC)
    # What happens to a letter before its turn comes is not lost either.
    entry = notebook.open_person(1).messages[0]
    notebook.edit_message(Message(MessageKind.SENT, f"{SENTENCE} {OTHER}", entry.at, "", entry.id))
    notebook.index_sent()
    assert not notebook.is_indexing()
    assert letters(notebook, 2, OTHER) == [(1, f"{SENTENCE} {OTHER}")]
    index = dump(path)["runs"]
    notebook._store.rebuild()
    assert dump(path)["runs"] == index
    notebook.close()


def test_what_others_write_into_the_file_is_noticed(path: Path, clock, notebook: Notebook, add: Add):
    """Another program, or a tool without the meter, knows nothing of runs."""
    ana, tunde = add("Ana"), add("Tunde")
    bare = Store(path)
    with bare.step():
        bare.log.add(tunde, Message(MessageKind.SENT, SENTENCE, clock()))
    bare.close()
    assert notebook.is_indexing()
    notebook.index_sent()
    assert letters(notebook, ana) == [(tunde, SENTENCE)]


def test_a_reader_finds_what_the_writer_wrote(path: Path, notebook: Notebook, add: Add, clock):
    ana, tunde = add("Ana"), add("Tunde")
    reader = Notebook(Store(path, read_only=True), clock, UTC)
    sent(notebook, tunde)
    assert letters(reader, ana) == [(tunde, SENTENCE)]
    reader.close()
