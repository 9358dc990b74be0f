"""Whatever was sent, edited, removed and undone, the index answers what reading every letter would answer."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from warmnote.coldness.sameness import MANY, Sent, compared
from warmnote.coldness.text import tokenise
from warmnote.model import Message, MessageKind
from warmnote.notebook import Notebook, Store, View

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
# Few words, so that letters share much and near misses are common.
WORDS = ("tide", "mill", "wheel", "the", "old", "it's")
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
texts = st.lists(st.tuples(sentences, st.sampled_from(".?!\n,")), min_size=1, max_size=4).map(
    lambda parts: " ".join(words + end for words, end in parts)
)
PEOPLE = 4
person = st.integers(0, PEOPLE - 1)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("send"), person, texts),
        st.tuples(st.just("edit"), st.integers(0, 30), texts),
        st.tuples(st.just("note"), st.integers(0, 30), texts),
        st.tuples(st.just("remove"), st.integers(0, 30), texts),
        st.tuples(st.just("delete"), person, texts),
        st.tuples(st.just("undo"), person, texts),
    ),
    max_size=14,
)


def act(notebook: Notebook, people: list[int], done: list, step: tuple[str, int, str]) -> None:
    kind, number, text = step
    there = [one for one in people if one in set(notebook.person_ids(View.ALL))]
    entries = [message for one in there for message in notebook.open_person(one).messages]
    if kind == "send" and people[number] in there:
        done.append(notebook.log_sent(people[number], text, ""))
    elif kind in ("edit", "note", "remove") and entries:
        entry = entries[number % len(entries)]
        if kind == "remove":
            done.append(notebook.remove_message(entry.id))
        else:
            made = MessageKind.SENT if kind == "edit" else MessageKind.NOTE
            done.append(notebook.edit_message(Message(made, text, NOON, "", entry.id)))
    elif kind == "delete" and people[number] in there:
        done.append(notebook.delete_people([people[number]]))
    elif kind == "undo" and done:
        changes = done.pop()
        if changes.undo is not None:
            notebook.undo(changes.undo)


@settings(max_examples=60, deadline=None)
@given(steps, texts)
def test_the_index_answers_as_reading_all_would(steps: list[tuple[str, int, str]], draft: str):
    with tempfile.TemporaryDirectory() as folder:
        notebook = Notebook(Store(Path(folder) / "notebook.db"), lambda: NOON, UTC)
        people = [next(iter(notebook.add_person(f"Person {n}").added)) for n in range(PEOPLE)]
        done: list = []
        for step in steps:
            act(notebook, people, done, step)
        sentences = [words for _, _, words in compared(tokenise(draft))]
        for reader in people:
            all_letters = Sent(
                notebook._store._db.rows(
                    "select person, text from messages where kind = 'sent' and person != ?", (reader,)
                )
            )
            looked_up = notebook.sent_like(reader, draft)
            for words in sentences:
                assert looked_up.people(words) == all_letters.people(words) <= MANY
            # Some sentences may be free: the rest must be answered as exactly.
            for kept in (sentences, sentences[1:], sentences[:-1]):
                assert looked_up.people_of_all(kept) == all_letters.people_of_all(kept)
        assert not notebook.is_indexing()
        index = notebook._store._db.rows("select * from runs")
        notebook._store.rebuild()
        assert notebook._store._db.rows("select * from runs") == index
        notebook.close()
