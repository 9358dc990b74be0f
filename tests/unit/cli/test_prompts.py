"""`warmnote prompts --jsonl`, as a program uses it."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from warmnote import cli
from warmnote.prompts import KINDS, USUAL, Choice, PackFolder

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]
ANA = {
    "name": "Ana Moreno",
    "pronouns": "she/her",
    "bio": "Potter, runs a small studio in Bilbao. Sunday trail runs.",
    "posts": [{"text": "a kiln that cracked", "on": "2026-11-22"}, "flour"],
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch, capsys) -> Run:
    """Send lines (or values, which become lines): status, answers, complaints."""

    def running(*lines: object) -> tuple[int, list[dict[str, Any]], str]:
        text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="ascii"))
        status = cli.run(["prompts", "--jsonl", "--data-dir", str(tmp_path)])
        out, err = capsys.readouterr()
        return status, [json.loads(line) for line in out.splitlines()], err

    return running


def test_interests_and_three_prompts(run: Run) -> None:
    status, [answer], err = run({"id": "a", "person": ANA, "today": "2026-11-23"})
    assert (status, err, answer["id"]) == (0, "", "a")
    pottery = answer["interests"][0]
    assert pottery == {
        "kind": "craft", "name": "pottery", "text": "Potter", "start": 0, "end": 6, "source": "bio", "confidence": 0.9,
    }  # fmt: skip
    assert all(item["kind"] in KINDS for item in answer["interests"])
    assert [list(prompt) for prompt in answer["prompts"]] == [["kind", "starter", "reason"]] * 3
    assert answer["prompts"][0]["reason"] == "from her post, yesterday"
    assert len({prompt["kind"] for prompt in answer["prompts"]}) == 3


def test_the_seed_decides_and_nothing_else(run: Run) -> None:
    one = {"id": 1, "person": ANA, "today": "2026-11-23", "seed": 1}
    _, answers, _ = run(one, one, one | {"seed": 2}, one | {"nonsense": 1, "person": ANA | {"shoe_size": 38}})
    first, again, other, more = [answer["prompts"] for answer in answers]
    assert first == again == more
    assert other != first


@pytest.mark.parametrize(
    ("messages", "stage", "kinds"),
    [
        ([{"kind": "received", "text": "It hurt. Do you throw pots?", "at": "2026-11-22"}], None, ["reply"]),
        ([{"kind": "received", "text": "It hurt. And what do you do?", "at": "2026-11-22T10:00:00Z"}], None, ["about_my_work", "reply"]),
        ([{"kind": "meeting", "text": "coffee", "at": "2026-11-20"}], None, ["thanks_meeting"]),
        ([{"kind": "received", "text": "Later!", "at": "2026-05-20"}], "conversation", ["reconnect"]),
        ([{"kind": "note", "text": "nice", "at": "2026-11-20"}], None, ["post"]),
        ([{"kind": "received", "text": "Please stop writing to me."}], None, []),
        ([{"kind": "sent", "text": "Hello", "at": "2026-11-01"}, {"kind": "sent", "text": "Hello?", "at": "2026-11-09"}], None, []),
    ],
)  # fmt: skip
def test_where_the_two_left_off(run: Run, messages: list[dict[str, str]], stage: str | None, kinds: list[str]) -> None:
    entry = {"person": ANA | {"messages": messages}, "today": "2026-11-23"} | ({"stage": stage} if stage else {})
    status, [answer], _ = run(entry)
    assert status == 0
    assert [prompt["kind"] for prompt in answer["prompts"]][: len(kinds)] == kinds
    assert bool(answer["prompts"]) is bool(kinds)


def test_facts_are_taken_at_their_word(run: Run) -> None:
    facts = [
        {"kind": "craft", "text": "weaving", "source": "your notes", "on": "2026-11-03"},
        {"kind": "pet", "text": "a tortoise", "shared": False},
        {"kind": "trip", "text": "Madeira", "hidden": True},
    ]
    _, [answer], _ = run({"person": {"name": "Bo", "facts": facts}, "today": "2026-11-23"})
    assert [item["name"] for item in answer["interests"]] == ["weaving"]
    assert answer["prompts"][0]["reason"] == "from your note, 3 Nov"


def test_headline_and_empty_profiles(run: Run) -> None:
    person = {"headline": "Logistics Analyst", "company": "Harbour & Sons", "bio": None}
    status, [work, empty], _ = run({"person": person}, {"person": {}})
    assert status == 0
    assert {"work", "workplace"} < {prompt["kind"] for prompt in work["prompts"]}
    assert len(empty["prompts"]) == 3
    assert empty["id"] is None


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("nonsense", "this is no JSON"),
        ("[1]", "a JSON object was expected"),
        ({"id": 1}, "'person' is missing"),
        ({"person": []}, "'person' has a value of the wrong kind"),
        ({"person": {"bio": 3}}, "'bio' has a value of the wrong kind"),
        ({"person": {}, "stage": "friends"}, "the stage 'friends' is none of first_touch"),
        ({"person": {}, "seed": "x"}, "'seed'"),
        ({"person": {}, "seed": True}, "'seed'"),
        ({"person": {}, "today": "soon"}, "'today' is a day like 2026-11-03"),
        ({"person": {"facts": ["x"]}}, "a fact is an object"),
        ({"person": {"facts": [{"on": "3.11."}]}}, "'on' is a day"),
        ({"person": {"posts": [3]}}, "a post is a text"),
        ({"person": {"messages": [{"kind": "shouted"}]}}, "the kind of message 'shouted' is none of"),
        ({"person": {"messages": [{"kind": "sent", "at": "now"}]}}, "'at' is a moment"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_answered(run: Run, line: object, says: str) -> None:
    status, answers, err = run({"id": 1, "person": {}}, line, "", {"id": 4, "person": {}})
    assert status == 2
    assert [answer["id"] for answer in answers] == [1, 4]
    assert err.startswith("warmnote: line 2: ")
    assert says in err


def test_the_users_own_packs_are_used_and_a_broken_one_is_told_of(run: Run, tmp_path: Path) -> None:
    folder = PackFolder(tmp_path / "packs")
    folder.choose(Choice(off=frozenset({USUAL, "everyday"}), spelling="american"))
    (tmp_path / "packs" / "mine.toml").write_text(
        'pack = "mine"\ntitle = "Mine"\n[[starter]]\ntext = "Which colour?"\n', "utf-8"
    )
    (tmp_path / "packs" / "broken.toml").write_text("pack", "utf-8")
    status, [answer], err = run({"person": {}})
    assert status == 0
    assert [prompt["starter"] for prompt in answer["prompts"]] == ["Which color?"]
    assert "broken.toml" in err


def test_the_same_in_any_process(tmp_path: Path) -> None:
    line = json.dumps({"id": 1, "person": ANA, "today": "2026-11-23", "seed": 7})
    outs = {
        subprocess.run(
            [sys.executable, "-m", "warmnote", "prompts", "--jsonl", "--data-dir", str(tmp_path)],
            input=line, capture_output=True, text=True, check=True, timeout=60, env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(outs) == 1
    assert list(tmp_path.iterdir()) == []
