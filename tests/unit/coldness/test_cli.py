"""`warmnote check`: for people, for programs, and without Qt."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from warmnote.cli import run

OFFER = "How is the boat?\nWe help clinics like yours fill their slots.\n"


def _stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def _answers(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_file_is_read_like_a_compiler_would(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "draft.txt"
    file.write_text(OFFER, encoding="utf-8")
    assert run(["check", str(file)]) == 0
    out = capsys.readouterr().out
    assert f"{file}:2:1: pitch: +30 Says whom you help and how [pitch.we-help-people-like-you]" in out
    assert f"{file}:1:1: warm: -8 Asks about them" in out
    assert f"{file}: coldness 65 cold." in out


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _stdin(monkeypatch, b"Too few words")
    assert run(["check", "-"]) == 0
    assert capsys.readouterr().out == "stdin: coldness -. Keep writing.\n"


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(tmp_path / "none.txt")]) == 2
    assert "could not be read" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["check"], ["nonsense"]])
def test_a_wrong_command_line(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(arguments)
    assert left.value.code == 2


def test_lines_of_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    person = {
        "name": "Ana",
        "bio": "Bees",
        "location": "Hull",
        "facts": [{"kind": "pet", "text": "Rex"}],
        "posts": ["A swarm"],
    }
    requests = [
        {"id": "a", "text": f"🙂 {OFFER}"},
        {"id": 2, "text": "three words only"},
        {
            "id": None,
            "text": OFFER,
            "stage": "conversation",
            "asked": True,
            "their_last": "Hm.",
            "person": person,
            "sent_to_others": ["x"],
        },
        {"id": "b", "text": "Hi Ana, how are the bees?", "person": {"name": "Ana", "bio": "Bees"}, "stage": None},
    ]
    _stdin(monkeypatch, "\n".join(json.dumps(request) for request in requests).encode() + b"\n\n")
    assert run(["check", "--jsonl"]) == 0
    first, short, asked, bees = _answers(capsys)
    assert set(first) == {"id", "coldness", "band", "findings", "strengths"}
    (offer,) = [item for item in first["findings"] if item["category"] == "pitch"]
    assert set(offer) == {"start", "end", "category", "rule", "points", "sure", "why", "advice", "replacement"}
    assert f"🙂 {OFFER}"[offer["start"] : offer["end"]].startswith("We help clinics")
    assert first["band"] == "cold"
    assert short == {"id": 2, "coldness": None, "band": None, "findings": [], "strengths": []}
    assert (asked["id"], asked["band"]) == (None, "warm")
    assert {item["kind"] for item in bees["strengths"]} == {"greeting", "question", "reference"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no JSON"),
        ("[]", "a JSON object"),
        ("{}", "'text' is missing"),
        ('{"text": 3}', "wrong kind"),
        ('{"text": "a", "stage": "later"}', "the stage 'later'"),
        ('{"text": "a", "asked": "yes"}', "'asked' has a value"),
        ('{"text": "a", "person": {"posts": [1]}}', "'posts' is a list of texts"),
        ('{"text": "a", "person": {"facts": [1]}}', "a fact is an object"),
    ],
)
def test_a_wrong_line_is_named_and_the_rest_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str, reason: str
) -> None:
    _stdin(monkeypatch, f'{line}\n{{"id": 1, "text": "a"}}\n'.encode())
    assert run(["check", "--jsonl"]) == 2
    captured = capsys.readouterr()
    assert "line 1" in captured.err
    assert reason in captured.err
    assert json.loads(captured.out)["id"] == 1


def test_no_qt_and_no_textstat_are_imported_for_it(tmp_path: Path) -> None:
    file = tmp_path / "draft.txt"
    file.write_text(OFFER, encoding="utf-8")
    code = (
        "import sys; from warmnote.cli import run; run(['check', sys.argv[1]]);"
        "sys.exit(any(name.startswith(('PySide6', 'textstat', 'jinja2')) for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", code, str(file)], check=True, capture_output=True)
