"""packaging/dev.py heals what was cut short, and says exactly what to type where it may not help itself."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from devtools import corpus, environment, running, system
from devtools.console import SetupError, quiet, shown

ROOT = Path(__file__).parents[2]
DEV = ROOT / "packaging" / "dev.py"
posix = pytest.mark.skipif(os.name != "posix", reason="apt is Linux's")

APT_CACHE = """#!/bin/sh
for name in "$@"; do
    case $name in
        {known}) printf '%s:\\n  Installed: (none)\\n  Candidate: 1.0\\n' "$name" ;;
        libnone) printf '%s:\\n  Installed: (none)\\n  Candidate: (none)\\n' "$name" ;;
    esac
done
"""


@pytest.fixture
def apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Debian of three packages, where apt-get notes what it is asked and works the second time."""
    programs = {
        "apt-cache": APT_CACHE.format(known="libglib2.0-0t64|libglib2.0-0|libgl1|python3.99-venv"),
        "apt-get": '#!/bin/sh\necho "$@" >>"$0.log"\n[ "$1" = update ] && touch "$0.fresh"\n[ -e "$0.fresh" ]\n',
    }
    for name, text in programs.items():
        (tmp_path / name).write_text(text, "utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "apt-get.log"


NEW_AND_OLD = ["libglib2.0-0t64", "libglib2.0-0"]


@posix
def test_a_renamed_package_is_asked_for_by_its_new_name(apt: Path) -> None:
    assert system._choose([NEW_AND_OLD, ["libgl1"], ["libnone"]]) == (["libglib2.0-0t64", "libgl1"], [["libnone"]])


@posix
def test_an_old_list_of_packages_is_renewed_once(apt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "_as_root", list)
    system._install([["libgl1"]], "Qt needs libGL.so.1", offline=False)
    asked = "install --yes --no-install-recommends libgl1"
    assert apt.read_text("utf-8").splitlines() == [asked, "update", asked]


@posix
@pytest.mark.parametrize(("offline", "because"), [(False, "may not install it"), (True, "forbids to fetch it")])
def test_the_line_to_type_is_exact(apt: Path, monkeypatch: pytest.MonkeyPatch, offline: bool, because: str) -> None:
    monkeypatch.setattr(system, "_as_root", lambda: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SetupError) as told:
        system._install([NEW_AND_OLD, ["libgl1"]], "Qt needs libGL.so.1", offline=offline)
    assert because in str(told.value)
    assert str(told.value).endswith("\n    sudo apt-get install --yes --no-install-recommends libglib2.0-0t64 libgl1")
    assert not apt.exists()


@posix
def test_without_apt_the_names_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.shutil, "which", lambda _: None)
    with pytest.raises(SetupError, match=r"package manager; Debian's names are: libglib2\.0-0 libgl1"):
        system._install([NEW_AND_OLD, ["libgl1"]], "Qt needs libGL.so.1", offline=False)


def test_debians_missing_venv_module_is_asked_for(apt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(system.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    monkeypatch.setattr(system, "_install", lambda wanted, reason, *, offline: asked.append(wanted))
    system.ensure_venv_module()
    assert asked == [[[f"python3.{sys.version_info.minor}-venv"]]]


def test_every_library_of_the_table_has_a_package() -> None:
    import tomllib

    table = tomllib.loads(system.LIBRARIES.read_text("utf-8"))
    assert set(table) == {"always", "window"}
    for libraries in table.values():
        assert all(".so" in name and packages for name, packages in libraries.items())


def _site_packages(folder: Path, *, installer: bool = True, size: int = 4, module: bool = True) -> Path:
    """A folder with one installed package, whole unless told otherwise."""
    info = folder / "warm-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: warm\nVersion: 1.0\n", "utf-8")
    # Wheels that bring compiled files along see them replaced by Python.
    record = f"warm.py,,{size}\n__pycache__/warm.cpython-311.pyc,,999\nwarm-1.0.dist-info/RECORD,,\n"
    (info / "RECORD").write_text(record, "utf-8")
    if installer:
        (info / "INSTALLER").write_text("pip\n", "utf-8")
    if module:
        (folder / "warm.py").write_bytes(b"1+1\n")
    return info


@pytest.mark.parametrize(
    ("damage", "kept"),
    [({}, True), ({"installer": False}, False), ({"size": 5}, False), ({"module": False}, False)],
)
def test_a_package_that_was_cut_off_is_installed_again(tmp_path: Path, damage: dict[str, int], kept: bool) -> None:
    info = _site_packages(tmp_path, **damage)
    program = f"import sys; sys.path.append({str(tmp_path)!r})\n{environment._DROP_BROKEN}"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert info.exists() is kept
    assert (done.stdout.strip() == "") is kept


def test_an_environment_whose_interpreter_is_gone_is_not_used(tmp_path: Path) -> None:
    assert not environment._works(tmp_path)
    broken = environment.python_of(tmp_path)
    broken.parent.mkdir(parents=True)
    broken.write_text("not a program", "utf-8")
    assert not environment._works(tmp_path)


def test_an_environment_made_for_another_python_is_not_used(tmp_path: Path) -> None:
    import venv

    venv.create(tmp_path, system_site_packages=True, with_pip=False)
    settings = tmp_path / "pyvenv.cfg"
    settings.write_text(settings.read_text("utf-8").replace("version = 3.", "version = 3.9"), "utf-8")
    assert not environment._works(tmp_path)


@pytest.mark.parametrize("changed", ["pyproject.toml", "packaging/locks/run.txt"])
def test_a_stamp_holds_until_something_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str) -> None:
    for name in ("pyproject.toml", "packaging/locks/run.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "LOCKS", tmp_path / "packaging" / "locks")
    before = environment._digest("run")
    assert environment._digest("run") == before
    with (tmp_path / changed).open("a") as file:
        file.write("\n")
    assert environment._digest("run") != before


@pytest.mark.parametrize(
    ("installed", "ready"),
    [("run", {"run"}), ("test", {"run", "test"}), ("train", {"run", "train"})],
)
def test_what_one_level_brought_is_not_installed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed: str, ready: set[str]
) -> None:
    monkeypatch.setattr(environment, "VENV", tmp_path)
    environment._stamp(installed).write_text(environment._digest(installed), "ascii")
    assert {level for level in ("run", "test", "train") if environment._is_ready(level)} == ready


def test_a_failed_command_is_shown_with_its_last_words() -> None:
    command = [sys.executable, "-c", "print('the disk is full'); raise SystemExit(3)"]
    with pytest.raises(SetupError) as told:
        quiet(command, advice="Make room.")
    assert str(told.value).splitlines()[0] == "the disk is full"
    assert "exit code 3" in str(told.value)
    assert shown(command) in str(told.value)
    assert str(told.value).endswith("Make room.")


def test_a_command_that_is_not_there_is_shown() -> None:
    with pytest.raises(SetupError, match="no-such-program"):
        quiet(["no-such-program", "--at-all"])


@posix
@pytest.mark.parametrize(
    ("found", "wanted"),
    [({}, "C.UTF-8"), ({"LANG": "C"}, "C.UTF-8"), ({"LANG": "de_DE.UTF-8"}, None), ({"LC_ALL": "C.UTF-8"}, "C.UTF-8")],
)
def test_qt_is_given_a_locale_that_it_can_use(
    monkeypatch: pytest.MonkeyPatch, found: dict[str, str], wanted: str | None
) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in found.items():
        monkeypatch.setenv(name, value)
    assert running.with_utf8().get("LC_ALL") == wanted


def _dev(before: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run dev.py with `arguments` in a fresh interpreter, after the code `before`."""
    program = f"""
import runpy, sys
sys.path.insert(0, {str(DEV.parent)!r})
sys.argv = [{str(DEV)!r}, *{list(arguments)!r}]
{before}
runpy.run_path({str(DEV)!r}, run_name="__main__")
"""
    return subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", timeout=60)


def test_an_older_python_is_told_in_words() -> None:
    done = _dev("sys.version_info = (3, 9, 2)", "run")
    assert done.returncode == 1
    assert done.stderr.startswith("Warmnote needs Python 3.11 or newer and this is Python 3.9.")
    assert "Traceback" not in done.stderr


def test_a_python_that_is_too_new_for_qt_is_told_in_words() -> None:
    # Only reached when there is something to install.
    unready = "from devtools import environment; environment._is_ready = lambda level: False"
    done = _dev(f"{unready}; sys.version_info = (3, 15, 0)", "run")
    assert done.returncode == 2
    assert done.stderr.startswith("This is Python 3.15, and Qt does not come for it yet.")


def test_what_stands_after_the_dashes_goes_to_warmnote() -> None:
    noting = "from devtools import running; running.run = lambda passed, **options: print(passed, options) or 0"
    done = _dev(noting, "run", "--xvfb", "--", "--sample", "--size", "1280x800")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "['--sample', '--size', '1280x800'] {'xvfb': True, 'offline': False}\n"


@pytest.mark.parametrize("command", ["measure", "train"])
def test_what_stands_after_the_dashes_goes_to_the_corpus(command: str) -> None:
    noting = f"from devtools import corpus; corpus.{command} = lambda passed, **options: print(passed, options) or 3"
    done = _dev(noting, command, "--offline-safe", "--", "--worst", "--help")
    assert done.returncode == 3, done.stderr
    assert done.stdout == "['--worst', '--help'] {'offline': True}\n"


@pytest.mark.parametrize(
    ("start", "program", "given"), [(corpus.measure, "measure.py", ["--leave-out"]), (corpus.train, "train.py", [])]
)
def test_the_corpus_is_read_with_what_trains(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    start: Callable[..., int],
    program: str,
    given: list[str],
) -> None:
    wanted: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        environment, "ensure", lambda level, *, offline: wanted.append((level, offline)) or sys.executable
    )
    monkeypatch.setattr(corpus, "ROOT", tmp_path)
    stand_in = tmp_path / "tests" / "corpus" / program
    stand_in.parent.mkdir(parents=True)
    stand_in.write_text("import sys; print(sys.argv[1:]); sys.exit(7)", "utf-8")
    assert start(["--worst"], offline=True) == 7
    assert capfd.readouterr().out == f"{[*given, '--worst']}\n"
    assert wanted == [("train", True)]
    assert (ROOT / "tests" / "corpus" / program).is_file()


def test_its_help_says_every_command() -> None:
    done = subprocess.run([sys.executable, DEV, "--help"], capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0
    for command in ("run", "test", "measure", "train", "lock"):
        assert f"    python3 packaging/dev.py {command} " in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is Linux's")
def test_a_virtual_screen_lives_as_long_as_its_block(screen: dict[str, str]) -> None:
    from warmnote.__main__ import no_display

    with system.virtual_screen() as display:
        assert no_display({"DISPLAY": display}) == ""
    assert "does not answer" in no_display({"DISPLAY": display})
