"""The wheel, installed with the locked packages into an environment of its own, works away from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from devtools import environment

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.network, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-build-isolation", "--no-deps"]
    done = subprocess.run([*command, "--wheel-dir", folder, ROOT], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("warmnote-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a clean environment that holds the wheel."""
    venv = tmp_path_factory.mktemp("installed") / "venv"
    environment.make_venv(venv)
    python = environment.python_of(venv)
    environment.install_locked(python, ROOT / "packaging" / "locks" / "runtime.txt")
    command = [python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return python


def _run(command: list[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, encoding="utf-8", timeout=120)


def test_the_wheel_holds_the_resources_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    resources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "resources").rglob("*") if path.is_file()}
    assert {f"warmnote/{name}" for name in resources} <= names
    assert {name.split("/")[0] for name in names} == {"warmnote", "warmnote-0.1.0.dist-info"}
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert not [name for name in names if "__pycache__" in name]


def test_the_locked_packages_are_all_it_needs(installed: Path, tmp_path: Path) -> None:
    done = _run([installed, "-m", "pip", "check"], tmp_path)
    assert done.returncode == 0, done.stdout


def test_it_tests_itself_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = _run([installed, "-c", "import warmnote; print(warmnote.__file__)"], tmp_path).stdout.strip()
    assert Path(where).is_relative_to(installed.parents[1])
    command = installed.with_name("warmnote.exe" if os.name == "nt" else "warmnote")
    done = _run([command, "--self-test"], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_it_reads_a_message_without_a_window(installed: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Thanks for the follow. How did the kiln turn out?\n", "utf-8")
    done = _run([installed, "-m", "warmnote", "check", letter], tmp_path)
    assert done.returncode in {0, 1}, done.stderr
    assert done.stderr == ""
