"""The import contracts of pyproject.toml hold, and break when somebody reaches across."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = "import importlinter.cli as cli; cli.lint_imports_command()"


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sources, to break."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    done = _lint(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("model.py", "import warmnote.resources", "Imports point down"),
        ("channels.py", "import warmnote.coldness", "Imports point down"),
        ("coldness/meter.py", "import warmnote.store", "Imports point down"),
        ("store/__init__.py", "import warmnote.notebook", "Imports point down"),
        ("ui/app.py", "import warmnote.cli", "Imports point down"),
        ("helpers.py", "x = 1", "Imports point down"),
        ("cli/_check.py", "import PySide6.QtCore", "Qt only in ui"),
        ("notebook/__init__.py", "from PySide6 import QtCore", "Qt only in ui"),
        ("coldness/meter.py", "import textstat", "textstat only behind coldness"),
        ("notebook/__init__.py", "import jinja2", "Jinja only behind prompts"),
        ("notebook/__init__.py", "import httpx", "httpx only in networks"),
        ("networks/__init__.py", "import keyring", "keyring only behind networks"),
        ("networks/__init__.py", "import warmnote.followers", "Imports point down"),
    ],
)
def test_reaching_across_breaks_its_contract(copy: Path, module: str, line: str, contract: str) -> None:
    with (copy / "src" / "warmnote" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    done = _lint(copy)
    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout
