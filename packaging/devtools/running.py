"""`dev.py run`: Warmnote from the checkout."""

import os
import subprocess
from collections.abc import Mapping, Sequence

from devtools import environment, system
from devtools.console import complain

__all__ = ["run", "with_utf8"]


def run(arguments: Sequence[str], *, xvfb: bool = False, offline: bool = False) -> int:
    """Set up what is missing and start Warmnote with `arguments`; gives its exit code. Raises SetupError."""
    python = environment.ensure("run", offline=offline)
    command = [str(python), "-m", "warmnote", *arguments]
    # So that its words about a missing display can name the command that helps.
    surroundings = with_utf8() | {"WARMNOTE_STARTED_BY": "python3 packaging/dev.py run"}
    if xvfb:
        system.ensure_xvfb(offline=offline)
        with system.virtual_screen() as display:
            complain(f"warmnote: on the virtual screen {display}; Ctrl+C ends it")
            surroundings |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
            return _wait(command, surroundings)
    if os.name == "nt":
        return _wait(command, surroundings)
    return os.execve(python, command, surroundings)


def _wait(command: Sequence[str], surroundings: Mapping[str, str]) -> int:
    """Run `command` to its end. Ctrl+C reaches it by itself; here it must not cut the saving short."""
    with subprocess.Popen(command, env=surroundings) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue


def with_utf8() -> dict[str, str]:
    """This process's environment, with a UTF-8 locale where there is none: Qt warns about any other."""
    found = dict(os.environ)
    locale = found.get("LC_ALL") or found.get("LC_CTYPE") or found.get("LANG") or "C"
    if os.name == "posix" and locale in {"C", "POSIX"}:
        found["LANG"] = found["LC_ALL"] = "C.UTF-8"
    return found
