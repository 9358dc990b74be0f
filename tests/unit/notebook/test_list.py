"""The list: filters, search and order."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmnote.model import Batch, Fact, FollowUp, Message, MessageKind, Network, Progress
from warmnote.notebook import Notebook, Order, Store, View

Add = Callable[..., int]
MakeBatch = Callable[..., Batch]


def said(kind: MessageKind, text: str, at: datetime) -> Message:
    return Message(kind, text, at)


@pytest.mark.parametrize(
    "query",
    ["ana", "MOR", "mor ana", "potter", "bilb", "anam", "moreno cera", "own", "kiln", "likes tea", "a", "ána", "k"],
)
def test_a_person_is_found_by_any_beginning_of_what_is_known(notebook: Notebook, add: Add, clock, query: str):
    ana = add(
        "Ana Moreno",
        "Potter",
        network=Network.BLUESKY,
        handle="anamoreno.example",
        location="Bilbao",
        company="Moreno Ceramics",
        position="Owner",
    )
    add("Tunde Obi", "Runs")
    notebook.add_fact(ana, Fact("post", "a kiln that cracked"))
    notebook.log(ana, said(MessageKind.NOTE, "likes green tea", clock()))
    assert list(notebook.person_ids(View.ALL, query)) == [ana]


def test_all_terms_must_match(notebook: Notebook, add: Add):
    add("Ana Moreno", "Potter")
    assert not notebook.person_ids(View.ALL, "ana weaver")


def test_letters_are_not_searched_but_notes_are(notebook: Notebook, add: Add, clock):
    ana = add("Ana")
    notebook.log(ana, said(MessageKind.SENT, "zebra", clock()))
    notebook.log(ana, said(MessageKind.RECEIVED, "zebra", clock()))
    assert not notebook.person_ids(View.ALL, "zebra")


def test_a_hidden_fact_is_not_searched(notebook: Notebook, add: Add):
    ana = add("Ana")
    notebook.add_fact(ana, Fact("pet", "greyhound"))
    notebook.hide_interest(ana, "pet", "greyhound")
    assert not notebook.person_ids(View.ALL, "grey")


def test_what_is_edited_is_found_anew(notebook: Notebook, add: Add):
    ana = add("Ana", "Potter")
    notebook.edit_person(ana, bio="Weaver")
    assert not notebook.person_ids(View.ALL, "potter")
    assert list(notebook.person_ids(View.ALL, "weaver")) == [ana]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40) | st.text(alphabet="'\"*()^-:+{} ANDORNOTEAR", max_size=30))
def test_nothing_a_user_types_is_an_error(notebook: Notebook, query: str):
    for view in View:
        notebook.person_ids(view, query)


def test_signs_alone_find_nobody_and_spaces_everybody(notebook: Notebook, add: Add):
    ana = add("Ana")
    assert not notebook.person_ids(View.ALL, '"*"')
    assert list(notebook.person_ids(View.ALL, "  ")) == [ana]


def test_the_filters_show_what_they_say(notebook: Notebook, add: Add, clock):
    fresh, due, waiting, greeted, silent = (add(name) for name in ("Ana", "Tunde", "Priya", "Kim", "Lee"))
    notebook.plan(due, FollowUp(date(2026, 11, 23)))
    notebook.plan(greeted, FollowUp(date(2026, 11, 24)))
    notebook.log(waiting, said(MessageKind.SENT, "Hello", clock()))
    notebook.log(waiting, said(MessageKind.RECEIVED, "Hi", clock()))
    notebook.log(greeted, said(MessageKind.SENT, "Hello", clock()))
    notebook.edit_person(silent, do_not_write=True)
    assert set(notebook.person_ids(View.NEW)) == {fresh, due}
    assert list(notebook.person_ids(View.DUE)) == [due]
    assert list(notebook.person_ids(View.WAITING)) == [waiting]
    assert len(notebook.person_ids(View.ALL)) == 5
    counts = notebook.counts()
    assert (counts.new, counts.due, counts.waiting, counts.all) == (2, 1, 1, 5)
    clock.forward(days=1)
    assert set(notebook.person_ids(View.DUE)) == {due, greeted}
    assert notebook.counts().due == 2


def test_a_filter_and_a_search_go_together(notebook: Notebook, add: Add, clock):
    add("Ana Moreno")
    other = add("Ana Okafor")
    notebook.log(other, said(MessageKind.RECEIVED, "Hi", clock()))
    assert list(notebook.person_ids(View.WAITING, "ana")) == [other]
    assert not notebook.person_ids(View.WAITING, "mor")


def test_the_newest_follow_comes_first_and_a_file_keeps_its_order(
    notebook: Notebook, add: Add, batch: MakeBatch, clock
):
    notebook.import_batch(
        batch(
            {"name": "B", "followed_on": date(2026, 11, 20)},
            {"name": "A", "followed_on": date(2026, 11, 20)},
            {"name": "C", "followed_on": date(2026, 11, 22)},
        )
    )
    clock.forward(minutes=1)
    add("D")
    clock.forward(minutes=1)
    add("E")
    assert [row.name for row in notebook.rows(notebook.person_ids(View.ALL))] == ["E", "D", "C", "B", "A"]


def test_whoever_came_without_a_day_is_not_the_newest(notebook: Notebook, batch: MakeBatch):
    notebook.import_batch(batch({"name": "No day"}, {"name": "A", "followed_on": date(2019, 1, 1)}))
    first, last = notebook.rows(notebook.person_ids(View.ALL))
    assert (first.name, last.name, last.when) == ("A", "No day", None)


def test_names_are_sorted_as_people_sort_them(notebook: Notebook, add: Add):
    for name in ("Zoë", "élodie", "Eva", "anton", "Ana", "Øyvind", "Oskar"):
        add(name)
    ids = notebook.person_ids(View.ALL, order=Order.NAME)
    assert [row.name for row in notebook.rows(ids)] == ["Ana", "anton", "élodie", "Eva", "Oskar", "Øyvind", "Zoë"]


def test_the_last_contact_first_then_the_newest(notebook: Notebook, add: Add, clock):
    old, recent, never, noted = (add(name) for name in ("Old", "Recent", "Never", "Noted"))
    clock.forward(days=3)
    notebook.log(old, said(MessageKind.SENT, "x", clock() - timedelta(days=2)))
    notebook.log(recent, said(MessageKind.RECEIVED, "x", clock() - timedelta(days=1)))
    notebook.log(noted, said(MessageKind.NOTE, "x", clock()))
    ids = list(notebook.person_ids(View.ALL, order=Order.LAST_CONTACT))
    assert ids[:2] == [recent, old]
    assert set(ids[2:]) == {never, noted}


def test_by_progress_those_one_talks_with_come_first(notebook: Notebook, add: Add, clock):
    new, greeted, replied, talking = (add(name) for name in ("New", "Greeted", "Replied", "Talking"))
    notebook.log(greeted, said(MessageKind.SENT, "x", clock()))
    notebook.log(replied, said(MessageKind.RECEIVED, "x", clock()))
    for days in (3, 2, 1):
        notebook.log(talking, said(MessageKind.RECEIVED, "x", clock() - timedelta(days=days)))
    assert list(notebook.person_ids(View.ALL, order=Order.PROGRESS)) == [talking, replied, greeted, new]
    clock.forward(days=60)  # nothing is written, but the conversation has grown old
    assert list(notebook.person_ids(View.ALL, order=Order.PROGRESS)) == [replied, talking, greeted, new]


def test_a_row_shows_what_they_last_wrote_else_the_bio_else_their_work(notebook: Notebook, add: Add, clock):
    ana = add("Ana", "Potter", position="Owner", company="Moreno")
    will = add("Will", position="Sales lead", company="Brandt")
    (row, other) = notebook.rows([ana, will])
    assert (row.line, row.said, row.progress, row.waiting) == ("Potter", False, Progress.NEW, False)
    assert row.when == date(2026, 11, 23)
    assert other.line == "Sales lead · Brandt"
    notebook.log(ana, said(MessageKind.RECEIVED, "Ha, yes!", clock()))
    notebook.plan(ana, FollowUp(date(2026, 12, 1), "the kiln"))
    (row,) = notebook.rows([ana])
    assert (row.line, row.said, row.progress, row.waiting) == ("Ha, yes!", True, Progress.REPLIED, True)
    assert (row.when, row.due) == (clock(), date(2026, 12, 1))


def test_rows_come_as_asked_and_without_those_who_are_gone(notebook: Notebook, add: Add):
    people = [add(f"person {n}") for n in range(5)]
    notebook.delete_people([people[2]])
    assert [row.id for row in notebook.rows([people[4], people[2], 999, people[0]])] == [people[4], people[0]]


def test_a_reader_sees_each_write_at_once(notebook: Notebook, path: Path, add: Add, clock):
    reader = Notebook(Store(path, read_only=True), clock, UTC)
    assert not reader.person_ids(View.ALL)
    ana = add("Ana")
    assert list(reader.person_ids(View.ALL)) == [ana]
    for order in Order:
        assert list(reader.person_ids(View.ALL, order=order)) == [ana]
    tunde = add("Aaron")
    assert list(reader.person_ids(View.ALL, order=Order.NAME)) == [tunde, ana]
    notebook.edit_person(tunde, name="Zed")
    assert list(reader.person_ids(View.ALL, order=Order.NAME)) == [ana, tunde]
    notebook.log(ana, said(MessageKind.SENT, "x", clock()))
    assert list(reader.person_ids(View.ALL, order=Order.PROGRESS)) == [ana, tunde]
    notebook.delete_people([ana])
    assert list(reader.person_ids(View.ALL, order=Order.LAST_CONTACT)) == [tunde]
    reader.close()


def test_a_result_may_be_changed_by_its_owner(notebook: Notebook, add: Add):
    ana = add("Ana")
    notebook.person_ids(View.ALL).append(7)
    assert list(notebook.person_ids(View.ALL)) == [ana]
