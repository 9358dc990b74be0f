"""The virtual environment in .venv, with the packages of a lock file and Warmnote itself as an editable install.

What was installed is stamped, so that a later start only compares a digest. Every step can be cut short and done
again: nothing is believed that is not stamped.
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from devtools import system
from devtools.console import ROOT, SetupError, quiet, step

__all__ = ["VENV", "ensure", "install_locked", "make_venv", "python_of"]

VENV = ROOT / ".venv"
LOCKS = ROOT / "packaging" / "locks"
NEWEST = (3, 14)
"""The newest Python that Qt's wheels are made for; pyproject.toml says the same."""

# Run by the environment's own Python. pip writes INSTALLER last, so a package without it, or with a file that is absent
# or of another size, was cut off half-way; without its metadata pip installs it again over what is there.
_DROP_BROKEN = """
import csv, importlib.metadata, pathlib, shutil
for package in importlib.metadata.distributions():
    info = pathlib.Path(str(package._path))
    if info.suffix != ".dist-info" or package.metadata["Name"] == "warmnote":
        continue
    def whole(name, _, size):
        path = info.parent / name
        return name.endswith(".pyc") or path.exists() and size in ("", str(path.stat().st_size))
    record = package.read_text("RECORD")
    if package.read_text("INSTALLER") is None or not record or not all(whole(*row) for row in csv.reader(record.splitlines())):
        print(info.name)
        shutil.rmtree(info)
"""


def python_of(venv: Path) -> Path:
    """The interpreter of a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ensure(level: str, *, offline: bool = False) -> Path:
    """Make .venv hold the packages of `packaging/locks/{level}.txt`, and return its interpreter.

    `level` is "run", "test" or "train"; what one level brought stays when another is added. With `offline` the network is never used. Raises SetupError.
    """
    if not _is_ready(level):
        with _alone():
            # The one that was waited for may have done it.
            if not _is_ready(level):
                _install(level, offline)
    return python_of(VENV)


def _is_ready(level: str) -> bool:
    # The other locks hold all of run.txt.
    enough = ("run", "test", "train") if level == "run" else (level,)
    return any(_stamp(name).is_file() and _stamp(name).read_text("ascii") == _digest(name) for name in enough)


def _install(level: str, offline: bool) -> None:
    if sys.version_info[:2] > NEWEST:
        raise SetupError(
            f"This is Python {sys.version_info[0]}.{sys.version_info[1]}, and Qt does not come for it yet.\n"
            f"Start this file with Python 3.11 to {NEWEST[0]}.{NEWEST[1]}, for example: python3.13 packaging/dev.py run"
        )
    _stamp(level).unlink(missing_ok=True)
    if not _works(VENV):
        system.ensure_venv_module(offline=offline)
        with step(f"making .venv with Python {sys.version.split()[0]}"):
            make_venv(VENV)
    python = python_of(VENV)
    quiet([python, "-c", _DROP_BROKEN])
    lock = LOCKS / f"{level}.txt"
    with step(f"installing locked packages (about {_MEGABYTES[level]} MB to fetch, if none is here)"):
        install_locked(python, lock, offline=offline)
    with step("installing Warmnote itself, editable"):
        quiet([python, *_PIP, "--no-index", "--no-build-isolation", "--no-deps", "--editable", ROOT])
    system.ensure_libraries(python, offline=offline)
    if level == "test":
        system.ensure_xvfb(keys=True, offline=offline)
    _stamp(level).write_text(_digest(level), "ascii")


_MEGABYTES = {"run": 90, "test": 180, "train": 150}

_PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet", "--no-user")


def install_locked(python: Path, lock: Path, *, offline: bool = False) -> None:
    """Install exactly the packages of a lock file, each checked against its hashes. Raises SetupError."""
    network = ["--no-index"] if offline else []
    quiet(
        [python, *_PIP, *network, "--require-hashes", "--only-binary=:all:", "--requirement", lock],
        advice="Something is missing, and --offline-safe forbids to fetch it."
        if offline
        else "If the network was away, start it again: what is already here is kept.",
    )


def make_venv(venv: Path) -> None:
    """Make a fresh virtual environment in place of what is there. Raises SetupError."""
    if venv.exists():
        # The lock of another dev.py may lie inside, so its contents go and the folder stays.
        for entry in venv.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry.name != _LOCK:
                entry.unlink()
    quiet([sys.executable, "-m", "venv", venv])


def _works(venv: Path) -> bool:
    """Whether the interpreter starts, is the one that the environment was made for, and has pip."""
    python = python_of(venv)
    if not python.exists():
        return False
    try:
        settings = (venv / "pyvenv.cfg").read_text("utf-8")
        version = quiet([python, "-c", "import pip, sys; print('%d.%d' % sys.version_info[:2])"]).strip()
    except (OSError, SetupError):
        return False
    made_for = [line.partition("=")[2].strip() for line in settings.splitlines() if line.startswith("version")]
    return bool(made_for) and made_for[0].startswith(f"{version}.") and tuple(map(int, version.split("."))) >= (3, 11)


def _stamp(level: str) -> Path:
    return VENV / f"warmnote-{level}.stamp"


def _digest(level: str) -> str:
    """Changes when the environment would come out differently.

    That is: with the lock, the package's settings, this code, the place of the checkout, or the interpreter beneath
    (a system upgrade replaces it).
    """
    digest = hashlib.sha256(str(ROOT).encode())
    for path in (LOCKS / f"{level}.txt", ROOT / "pyproject.toml", Path(__file__), Path(system.__file__)):
        digest.update(path.read_bytes())
    base = python_of(VENV).resolve()
    try:
        found = base.stat()
        digest.update(f"{base} {found.st_size} {found.st_mtime_ns}".encode())
    except OSError:
        digest.update(b"no interpreter")
    return digest.hexdigest()


_LOCK = "set-up.lock"


@contextmanager
def _alone() -> Generator[None]:
    """Let one set-up at a time work on .venv; a second one waits. A killed one's lock goes with its process."""
    VENV.mkdir(exist_ok=True)
    with (VENV / _LOCK).open("a") as lock:
        if sys.platform == "win32":
            import msvcrt

            # Tries for ten seconds at a time, then raises.
            while True:
                try:
                    msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:
                    print("warmnote: waiting for another set-up to end", flush=True)
        else:
            import fcntl

            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("warmnote: waiting for another set-up to end", flush=True)
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield
