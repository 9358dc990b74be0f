"""Starters: what ships, how blanks and fields work, and what a shared file cannot do."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from warmnote.prompts import Starter, StarterError, blanks, read_starters
from warmnote.resources import resource

STARTERS = read_starters()
HINT = re.compile("⟦([^⟦⟧]*)⟧")
# The 23 kinds of the evidence, and those beyond them. resources/prompts/README.md says which is which and when each is offered.
KINDS = {
    "hobby", "place", "post", "photo", "project", "career", "question", "common", "mutual", "pet", "book", "music", "sport",
    "event", "milestone", "craft", "trip", "food", "cause", "learned", "follow_up", "reconnect", "deeper",
}  # fmt: skip
BEYOND = {
    "reply", "thanks_meeting", "about_my_work", "ending", "still", "work", "workplace", "hello", "everyday",
}  # fmt: skip
MAY_ASK_NOTHING = {s.id for s in STARTERS if s.kind == "ending"} | {"thanks_meeting.only-thanks"}
UNWANTED = (
    r"amazing|awesome|incredible|inspir\w+|impress\w+|love your|offer|free|buy|call|meeting|demo|client|budget|software|need help|"
    r"struggl\w+|thanks for (?:following|connecting)|pick your brain|love to|reach(?:ing)? out|touch base|check(?:ing)? in|"
    r"came across your (?:profile|page)|passion\w*|journey in|your story|what drives|challeng\w+|lessons?|goals?|dream of|"
    r"biggest|most important|favourite thing about|in three words|if you could (?:be|have dinner)|as a fellow|big fan|dear friend"
)

every_starter = pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.id)


@pytest.mark.parametrize("kind", sorted(KINDS | BEYOND))
def test_every_kind_has_eight_starters(kind: str) -> None:
    assert sum(starter.kind == kind for starter in STARTERS) >= (10 if kind == "reconnect" else 8)


def test_there_is_no_kind_besides_and_each_stands_in_the_table() -> None:
    assert {starter.kind for starter in STARTERS} == KINDS | BEYOND
    table = resource("prompts").joinpath("README.md").read_text(encoding="utf-8")
    rows = {row[1]: row[0] for row in re.findall(r"(?m)^\| *(\d*) *\| `([a-z_]+)\.toml` ", table)}
    assert rows.keys() == KINDS | BEYOND
    assert sorted(int(number) for number in rows.values() if number) == list(range(1, 24))
    assert {kind for kind, number in rows.items() if number} == KINDS


@every_starter
def test_every_field_is_explained_in_the_table(starter: Starter) -> None:
    table = resource("prompts").joinpath("README.md").read_text(encoding="utf-8")
    assert [name for name in starter.needs if f"`{name}`" not in table] == []


def test_later_kinds_wait_for_their_stage() -> None:
    least = {
        kind: {s.min_stage for s in STARTERS if s.kind == kind}
        for kind in ("follow_up", "reply", "about_my_work", "thanks_meeting", "ending", "reconnect", "deeper")
    }
    assert least == {
        "follow_up": {1}, "reply": {1}, "about_my_work": {1}, "thanks_meeting": {1}, "ending": {1}, "reconnect": {2}, "deeper": {3},
    }  # fmt: skip
    assert {s.min_stage for s in STARTERS if "birthday" in s.needs} == {1}
    assert {s.max_stage for s in STARTERS if s.kind == "hello"} == {0}


@every_starter
def test_one_question_short_and_calm(starter: Starter) -> None:
    filled = starter.fill(starter.example)
    assert (0 if starter.id in MAY_ASK_NOTHING else 1) <= filled.count("?") <= 2
    assert "!" not in filled + starter.title + starter.reason
    assert len(filled.split()) <= 45
    assert not re.search(r"https?:|www\.|@", filled)
    assert starter.id.split(".")[0] in (starter.kind, "show")


@every_starter
def test_the_example_fills_every_field_and_every_blank(starter: Starter) -> None:
    assert set(starter.needs) <= starter.example.keys()
    for hint in HINT.findall(starter.text):
        assert starter.example.get(hint), hint
    used = set(re.findall(r"\{\{\s*(\w+)", starter.text))
    assert used <= set(starter.needs)


@every_starter
def test_a_hint_says_what_goes_in(starter: Starter) -> None:
    for hint in HINT.findall(starter.text):
        assert 1 <= len(hint.split()) <= 9, hint
        assert hint[0].islower(), hint
        assert hint not in ("thing", "topic", "name", "something", "your text"), hint


@every_starter
def test_nothing_is_sold_flattered_or_asked_for(starter: Starter) -> None:
    found = re.findall(rf"(?i)\b(?:{UNWANTED})\b", starter.fill(starter.example))
    assert set(found) <= {"free"}, found
    assert "free" not in found or re.search(r"free (Saturday|afternoon|hour|evening)", starter.text)


@pytest.mark.parametrize("kind", ["about_my_work", "ending", "thanks_meeting"])
def test_no_next_appointment_and_no_guilt(kind: str) -> None:
    for starter in STARTERS:
        if starter.kind == kind:
            assert not re.search(
                r"(?i)next time we|let's meet|see you (?:soon|again)|another (?:call|meeting)|if you ever need|happy to help|my services|"
                r"never answered|no answer from|haven't (?:heard|replied)|waiting for|you must be busy|as i said",
                starter.fill(starter.example),
            ), starter.id


def test_ids_are_unique_and_lasting() -> None:
    assert len({starter.id for starter in STARTERS}) == len(STARTERS)
    assert all(re.fullmatch(r"[a-z_]+\.[a-z-]+", starter.id) for starter in STARTERS)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("no blank", ()),
        ("⟦a⟧", ((0, 3),)),
        ("Hi ⟦their name⟧, how is ⟦it⟧?", ((3, 15), (24, 28))),
        ("🙂 ⟦x⟧", ((2, 5),)),
        ("⟦open", ()),
        ("⟦out ⟦in⟧ er⟧", ((5, 9),)),
        ("⟦⟧", ((0, 2),)),
    ],
)
def test_blanks(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert blanks(text) == spans


def test_values_are_plain_text() -> None:
    starter = Starter("a.b", "a", "About {{ craft }}.", ("craft",))
    assert starter.fill({"craft": "{{ 7 * 7 }} {% raw %}"}) == "About {{ 7 * 7 }} {% raw %}."
    assert starter.fill({"craft": "⟦fake⟧ \u202eslow\nclay <b>"}) == "About fake slow clay <b>."
    assert len(starter.fill({"craft": "x" * 100_000})) < 400


def test_a_missing_field_is_an_error() -> None:
    with pytest.raises(StarterError, match="craft"):
        Starter("a.b", "a", "About {{ craft }}.").fill({})


def test_defaults_and_conditions_are_allowed() -> None:
    starter = Starter("a.b", "a", '{{ name | default("you") }}{% if place %} in {{ place }}{% else %} there{% endif %}')
    assert starter.fill({"place": "Bilbao"}) == "you in Bilbao"
    assert starter.fill({"name": "Ana", "place": ""}) == "Ana there"


@pytest.mark.parametrize(
    "text",
    [
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 'x' * 10**10 }}",
        "{{ [0] * 10**10 }}",
        "{{ name.__class__.__mro__ }}",
        "{{ name['__class__'] }}",
        "{{ name | center(3000000000) }}",
        "{{ '%09999999999d' | format(1) }}",
        "{{ lipsum(n=20000) }}",
        "{{ name() }}",
        "{{ self }}",
        "{% macro m() %}{% endmacro %}",
        "{% set x = 1 %}{{ x }}",
        "{% include 'other' %}",
        "{% import 'os' as os %}",
        "{{ name ~ name }}",
        "{{ 1 + 1 }}",
        "{{ name if name == 'x' }}",
        "{% raw %}{{ name }}",
        "{{ name",
        "{{ }}",
        "{% if " + "not " * 5_000 + "name %}{% endif %}",
        "x" * 5_001,
        "{{ name | default(name.title()) }}",
        "{% filter upper %}x{% endfilter %}",
        "{% with a = 1 %}{% endwith %}",
        "{{ cycler }}",
        "{{ super }}",
        "{{ loop }}",
    ],
)
def test_a_hostile_text_is_refused_at_once(text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(StarterError, match=r"a\.b"):
        Starter("a.b", "a", text).fill({"name": "Ana"})
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("kind = ", "cannot be read"),
        ("", "kind is missing"),
        ('kind = "a"\ncolour = "red"', "colour"),
        ('kind = "a"\n[[starter]]\nid = "a.b"\ntext = "x"\nwants = 3', "wants"),
        ('kind = "a"\n[[starter]]\nid = "A B"\ntext = "x"', "id is made of"),
        ('kind = "a"\n[[starter]]\nid = "a.b"', "a.b cannot be read"),
        ('kind = "a"\n[[starter]]\nid = "a.b"\ntext = "x"\n[[starter]]\nid = "a.b"\ntext = "y"', "twice"),
        ('kind = "a"\n[[starter]]\nid = "a.b"\ntext = "{% for x in y %}{% endfor %}"', "may not"),
    ],
)
def test_a_faulty_file_says_what_is_wrong(tmp_path: Path, toml: str, says: str) -> None:
    (tmp_path / "pack.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(StarterError, match=says):
        read_starters(tmp_path)


def test_a_pack_of_ones_own_is_read(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text(
        'kind = "boats"\nmin_stage = 1\n[[starter]]\nid = "boats.leak"\ntext = "Does it leak?"\nweight = 2',
        encoding="utf-8",
    )
    assert read_starters(tmp_path) == (Starter("boats.leak", "boats", "Does it leak?", min_stage=1, weight=2),)


def test_jinja2_is_not_imported_until_a_starter_is_filled() -> None:
    code = "import sys, warmnote.prompts as p; p.Prompter.load(); print('jinja2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
