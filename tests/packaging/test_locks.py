"""The lock files agree with pyproject.toml and with each other, and can be installed by hash from any index."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from devtools import locks

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NAMES = ("runtime", "run", "test", "train")


def _pins(name: str) -> dict[str, tuple[Version, int]]:
    """Each package of a lock with its version and the number of its hashes."""
    pins: dict[str, tuple[Version, int]] = {}
    text = (ROOT / "packaging" / "locks" / f"{name}.txt").read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        requirement, *hashes = re.split(r"\s+--hash=sha256:", line.partition(" #")[0].strip())
        wanted = Requirement(requirement)
        (exact,) = wanted.specifier
        assert exact.operator == "=="
        assert all(re.fullmatch("[0-9a-f]{64}", found) for found in hashes)
        assert canonicalize_name(wanted.name) not in pins, f"{wanted.name} differs from Python to Python"
        pins[canonicalize_name(wanted.name)] = Version(exact.version), len(hashes)
    return pins


def _wanted(name: str) -> list[Requirement]:
    groups = PROJECT["dependency-groups"]
    chosen = {"runtime": [], "run": ["build"], "test": ["build", "lint", "test"], "train": ["build", "train"]}[name]
    lines = PROJECT["project"]["dependencies"] + [line for group in chosen for line in groups[group]]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("name", NAMES)
def test_every_requirement_is_locked_within_its_bounds(name: str) -> None:
    pins = _pins(name)
    for requirement in _wanted(name):
        version, _ = pins[canonicalize_name(requirement.name)]
        assert version in requirement.specifier, f"{requirement} is locked at {version}: run packaging/dev.py lock"


@pytest.mark.parametrize("name", NAMES)
def test_every_package_has_hashes(name: str) -> None:
    assert [package for package, (_, hashes) in _pins(name).items() if hashes == 0] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_locks_name_no_address(name: str) -> None:
    text = (ROOT / "packaging" / "locks" / f"{name}.txt").read_text("utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text)


def test_a_smaller_lock_is_part_of_the_larger_one() -> None:
    runtime, run, test, train = (_pins(name) for name in NAMES)
    assert runtime.items() <= run.items()
    assert run.items() <= test.items()
    assert run.items() <= train.items()


def test_training_changes_no_package_of_the_tests() -> None:
    test, train = _pins("test"), _pins("train")
    assert {name: train[name] for name in train.keys() & test} == {name: test[name] for name in train.keys() & test}


@pytest.mark.parametrize("name", ["runtime", "run", "test"])
def test_only_training_needs_what_trains(name: str) -> None:
    trains = {"numpy", "scikit-learn", "scipy"}
    assert trains <= _pins("train").keys()
    assert not trains & _pins(name).keys()


def test_every_lock_is_made_by_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []
    monkeypatch.setattr(locks.shutil, "which", lambda _: "uv")
    monkeypatch.setattr(locks, "quiet", lambda command: made.append(Path(command[command.index("--output-file") + 1])))
    assert locks.lock() == 0
    assert sorted(made) == sorted((ROOT / "packaging" / "locks").glob("*.txt"))


def test_qt_comes_for_every_desktop() -> None:
    # Windows on two processors, macOS for both in one, Linux on two; and no release that aborts on Python 3.11.
    version, hashes = _pins("runtime")["pyside6-essentials"]
    assert hashes >= 5
    assert Version("6.11.2") <= version < Version("6.12")
