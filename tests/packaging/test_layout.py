"""The checkout holds what it should and nothing of the machine it was written on."""

import re
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOP = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "docs",
    "packaging",
    "pyproject.toml",
    "resources",
    "src",
    "tests",
}


def _ignored(path: Path) -> bool:
    patterns = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()]
    return any(fnmatch(part, pattern) for part in path.parts for pattern in [*patterns, ".git"])


def _files() -> list[Path]:
    """Every file of the project, relative to the checkout: as git sees it, or by .gitignore where there is no git."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
        return [Path(name) for name in listed if name and (ROOT / name).is_file()]
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return [path for path in found if not _ignored(path)]


FILES = _files()


def test_the_top_level_is_exactly_this() -> None:
    assert {path.parts[0] for path in FILES} == TOP


def test_ci_is_one_command_and_nothing_more() -> None:
    assert [path for path in FILES if path.parts[0] == ".ci"] == [Path(".ci/run")]
    assert (ROOT / ".ci" / "run").read_text("utf-8") == "exec python3 packaging/dev.py test\n"


# Cut in two, so that this file does not hold them itself.
MACHINE = [
    "/work" + r"/(main|plan|shared|\.library)",
    "/ro" + "ot/",
    "/opt" + "/(pypi|wheels)",
    r"\bpypi\." + "org",
    r"pythonhosted\." + "org",
    r"deb\.debian\." + "org",
    r"registry\." + "npmjs",
    r"\b10\.255" + r"\.",
]


@pytest.mark.parametrize("trace", MACHINE)
def test_no_file_tells_of_the_machine_it_was_written_on(trace: str) -> None:
    pattern = re.compile(trace.encode())
    assert [str(path) for path in FILES if pattern.search((ROOT / path).read_bytes())] == []


def test_no_file_is_empty_but_the_type_marker() -> None:
    empty = [path for path in FILES if (ROOT / path).stat().st_size == 0]
    assert empty == [Path("src/warmnote/py.typed")]


def test_no_file_is_larger_than_a_megabyte() -> None:
    assert [str(path) for path in FILES if (ROOT / path).stat().st_size > 1_000_000] == []
