"""The tables: safe to open in a spreadsheet, and the people's table read back."""

import csv
import io
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from warmnote import exports, followers
from warmnote.model import Draft, Expected, FollowUp, Message, MessageKind, Network, Stage
from warmnote.notebook import Notebook

from .conftest import NOON, notebook_at
from .test_json import fill, notebooks, write


def table(notebook: Notebook, history: bool = False) -> bytes:
    out = io.BytesIO()
    (exports.write_history if history else exports.write_csv)(notebook.export(), out)
    return out.getvalue()


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def comparable(data: bytes) -> list[dict[str, str]]:
    """Without what only the letters tell, and the numbers that each notebook gives anew."""
    left_out = ("Warmnote ID", "Last contact", "Stage")
    return [{name: cell for name, cell in row.items() if name not in left_out} for row in rows(data)]


def test_a_row_holds_the_person(notebook: Notebook):
    fill(notebook)
    ana, bo = rows(table(notebook))
    assert list(ana) == list(exports.PEOPLE)
    assert (ana["Name"], ana["E-mail"], ana["Company"]) == ("Ana Moreno", "ana@example.com", "Moreno Ceramics")
    assert ana["Accounts"].split("\n") == [
        "mastodon | ana@example.social | ana.m@example.social | https://example.social/@ana | 2026-11-20 | exact",
        "github | 4711 | anamoreno | https://github.com/anamoreno |  | first_seen",
    ]
    assert (ana["Tags"], ana["Stage"], ana["Stage set by hand"]) == ("Conference, potters", "relationship", "yes")
    assert (ana["Follow-up"], ana["Follow-up reason"], ana["Draft"]) == ("2026-12-03", "the fair", "Dear Ana")
    assert ana["Last contact"].startswith("2026-11-23T12:00")
    assert ana["Notes"] == "[2026-11-22T12:00:00+00:00] likes tea\n\n[2026-11-22T12:00:00+00:00] likes tea"
    assert bo["Archived"]


def test_it_is_what_spreadsheets_open(notebook: Notebook):
    notebook.add_person("Zoë")
    data = table(notebook)
    assert data.startswith(b"\xef\xbb\xbfWarmnote ID,Name,")
    assert data.endswith(b"\r\n")
    assert "Zoë".encode() in data


@pytest.mark.parametrize("bio", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''+1"])
def test_no_cell_is_a_formula_and_taking_the_sign_away_gives_it_back(notebook: Notebook, bio: str):
    (ana,) = notebook.add_person("Ana").added
    notebook.save_draft(ana, Draft(bio))
    notebook.log(ana, Message(MessageKind.NOTE, bio, NOON))
    assert rows(table(notebook))[0]["Draft"] == "'" + bio
    assert rows(table(notebook, history=True))[0]["Text"] == "'" + bio


def test_an_apostrophe_that_guards_nothing_stays_alone(notebook: Notebook):
    notebook.add_person("'t Hooft", "x = 1")
    (row,) = rows(table(notebook))
    assert (row["Name"], row["Bio"]) == ("'t Hooft", "x = 1")


def test_the_history_has_a_row_for_each_entry(notebook: Notebook):
    fill(notebook)
    found = rows(table(notebook, history=True))
    assert list(found[0]) == list(exports.HISTORY)
    assert [(row["Name"], row["Kind"], row["Text"]) for row in found] == [
        ("Ana Moreno", "received", "Do you fire at 1,200?"),
        ("Ana Moreno", "note", "likes tea"),
        ("Ana Moreno", "note", "likes tea"),
        ("Ana Moreno", "sent", "I do!"),
    ]
    assert found[0]["When"] == (NOON - timedelta(days=2)).isoformat()


def test_into_an_empty_notebook_the_people_come_back(notebook: Notebook, empty: Notebook, read):
    fill(notebook)
    data = table(notebook)
    batch = read(data, "people.csv")
    assert not batch.problems
    assert "no letters" in batch.notes[0]
    empty.import_batch(batch)
    assert comparable(table(empty)) == comparable(data)
    assert rows(table(empty))[0]["Stage"] == "relationship"


def test_into_the_notebook_it_came_from_it_changes_nothing(notebook: Notebook, read):
    fill(notebook)
    changes = notebook.import_batch(read(table(notebook), "people.csv"))
    assert not changes.added | changes.changed


def test_a_spreadsheet_that_saved_it_with_semicolons_has_spoilt_nothing(notebook: Notebook, read):
    (ana,) = notebook.add_person("Zoë", network=Network.X, handle="zoe").added
    notebook.bulk.tag([ana], "fair; stand 4")
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(csv.reader(io.StringIO(table(notebook).decode("utf-8-sig"), newline="")))
    (person,) = read(out.getvalue().encode("cp1252"), "people.csv").people
    assert (person.name, person.key) == ("Zoë", "@zoe")
    assert person.mine is not None
    assert person.mine.tags == ("fair; stand 4",)


def test_cells_that_were_spoilt_become_problems(read):
    data = (
        "Warmnote ID,Name,Accounts,Follow-up,Added,Stage,Stage set by hand\n"
        '1,Ana,somewhere | ana,soon,yesterday,close,yes\n2,,,,,,\n"x",Bo,,2026-12-01,,conversation,yes\n'
    )
    batch = read(data.encode(), "people.csv")
    assert [person.name for person in batch.people] == ["Ana", "Bo"]
    assert [(problem.row, problem.column) for problem in batch.problems] == [
        (2, "Accounts"), (2, "Follow-up"), (2, "Stage"), (2, "Added"),
    ]  # fmt: skip
    assert [problem.row for problem in batch.skipped] == [3]
    assert batch.people[1].mine is not None
    assert batch.people[1].mine.stage is Stage.CONVERSATION
    assert batch.people[1].mine.follow_up == FollowUp(date(2026, 12, 1))


def test_the_table_of_messages_is_told_from_the_people(notebook: Notebook, read):
    fill(notebook)
    with pytest.raises(Expected, match="table of messages"):
        read(table(notebook, history=True), "history.csv")


@settings(max_examples=15, deadline=None)
@given(notebooks())
def test_whatever_is_in_a_notebook_comes_back(people: list[dict[str, Any]]):
    with tempfile.TemporaryDirectory() as folder:
        one, other = notebook_at(Path(folder, "one.db")), notebook_at(Path(folder, "other.db"))
        try:
            write(one, people)
            data = table(one)
            path = Path(folder, "people.csv")
            path.write_bytes(data)
            other.import_batch(followers.read(path))
            assert comparable(table(other)) == comparable(data)
        finally:
            one.close()
            other.close()
