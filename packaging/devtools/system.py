"""What the operating system has to bring: Debian's venv module, Qt's libraries, and a virtual screen for the tests.

Each is looked for by trying it. On Debian and its children what is missing is installed through apt where that is
allowed; elsewhere the person is told what to install. Windows and macOS need nothing.
"""

import importlib.util
import os
import select
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from devtools.console import ROOT, SetupError, quiet, shown, step

__all__ = ["ensure_libraries", "ensure_venv_module", "ensure_xvfb", "virtual_screen"]

LIBRARIES = ROOT / "resources" / "system" / "linux.toml"

# Run by the environment's own Python, whose search path for libraries is the one that counts.
_MISSING = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""

_PROOF = """
import ctypes, pathlib, sys
import PySide6
import PySide6.QtNetwork, PySide6.QtSvg
from PySide6.QtWidgets import QApplication
application = QApplication([])
plugin = pathlib.Path(PySide6.__file__).parent / "Qt/plugins/platforms/libqxcb.so"
if sys.platform == "linux":
    ctypes.CDLL(str(plugin))
"""


def ensure_venv_module(*, offline: bool = False) -> None:
    """Debian cuts the part that puts pip into an environment out of python3. Raises SetupError."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    _install([[package]], "Python's own venv module is missing", offline=offline)


def ensure_libraries(python: Path, *, offline: bool = False) -> None:
    """See that Qt starts: install the system libraries that it lacks, then start it. Raises SetupError."""
    if sys.platform == "linux":
        table = tomllib.loads(LIBRARIES.read_text("utf-8"))
        packages: dict[str, list[str]] = table["always"] | table["window"]
        if missing := quiet([python, "-c", _MISSING, *packages]).split():
            _install([packages[name] for name in missing], _lacking(missing), offline=offline)
    quiet(
        [python, "-c", _PROOF],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        advice="Qt is installed but does not start; the lines above say why.",
    )


def _lacking(libraries: Sequence[str]) -> str:
    others = f" and {len(libraries) - 1} more" if len(libraries) > 1 else ""
    return f"Qt needs {libraries[0]}{others} from the system"


def ensure_xvfb(*, keys: bool = False, offline: bool = False) -> None:
    """See that there is a virtual screen, on Linux; with `keys`, also xdotool, which presses keys on it."""
    programs = {"Xvfb": "xvfb"} | ({"xdotool": "xdotool"} if keys else {})
    missing = [[package] for program, package in programs.items() if not shutil.which(program)]
    if sys.platform == "linux" and missing:
        words = "a virtual screen and keys to press on it (Xvfb, xdotool)" if keys else "a virtual screen (Xvfb)"
        _install(missing, f"The tests need {words}", offline=offline)


@contextmanager
def virtual_screen(size: str = "1600x1000") -> Generator[str]:
    """Start Xvfb and give its DISPLAY; it ends with the block. Raises SetupError when it does not start."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        raise SetupError("Xvfb is not installed. On Debian and Ubuntu: apt-get install xvfb")
    read, write = os.pipe()
    # Without -noreset the server resets when its last client leaves, and the next client is turned away.
    command = [xvfb, "-displayfd", str(write), "-screen", "0", f"{size}x24", "-noreset", "-nolisten", "tcp"]
    with subprocess.Popen(
        command,
        pass_fds=(write,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl+C is for the window on it
    ) as server:
        os.close(write)
        try:
            with os.fdopen(read, "rb") as answer:
                ready, _, _ = select.select([answer], [], [], 20)
                number = answer.readline().decode("ascii").strip() if ready else ""
            if not number:
                raise SetupError(f"The virtual screen did not start:\n    {shown(command)}")
            yield f":{number}"
        finally:
            server.terminate()


def _install(wanted: Sequence[Sequence[str]], reason: str, *, offline: bool) -> None:
    """Install one package of each row through apt; a row holds the names that it bears in different releases."""
    if not shutil.which("apt-get"):
        names = " ".join(names[-1] for names in wanted)
        raise SetupError(f"{reason}. Install it with this system's package manager; Debian's names are: {names}")
    packages, unknown = _choose(wanted)
    root = _as_root()
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages, *(names[-1] for names in unknown)]
    if offline or root is None:
        because = "--offline-safe forbids to fetch it" if offline else "this account may not install it"
        as_root = [] if os.geteuid() == 0 else ["sudo"]
        raise SetupError(f"{reason}, and {because}. Type this, then start again:\n    {shown([*as_root, *command])}")
    with step(f"{reason}: installing {' '.join(command[4:])}"):
        environment = [*root, "env", "DEBIAN_FRONTEND=noninteractive"]
        if unknown:
            quiet([*environment, "apt-get", "update"])
            packages, unknown = _choose(wanted)
            if unknown:
                raise SetupError(f"{reason}, and apt knows no package {' or '.join(unknown[0])}.")
            command[4:] = packages
        try:
            quiet([*environment, *command])
        except SetupError:
            # The list of packages may be older than the packages.
            quiet([*environment, "apt-get", "update"])
            quiet([*environment, *command])


def _choose(wanted: Sequence[Sequence[str]]) -> tuple[list[str], list[Sequence[str]]]:
    """The names that apt can install here, and the rows of which it knows none."""
    listing = quiet(["env", "LC_ALL=C", "apt-cache", "policy", *(name for names in wanted for name in names)])
    known: set[str] = set()
    name = ""
    for line in listing.splitlines():
        if not line.startswith(" "):
            name = line.rstrip(":")
        elif line.strip().startswith("Candidate:") and "(none)" not in line:
            known.add(name)
    chosen: list[str] = []
    unknown: list[Sequence[str]] = []
    for names in wanted:
        if found := next((name for name in names if name in known), None):
            chosen.append(found)
        else:
            unknown.append(names)
    return list(dict.fromkeys(chosen)), unknown


def _as_root() -> list[str] | None:
    """The words that make a command run as root without asking, or None."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None
