"""The command `warmnote`: opens the window, or hands a subcommand to `cli`.

On a machine where Qt cannot start (no display, a system library missing) it says so in words and gives 2; Qt itself
would abort the process. Everything heavy is imported where it is needed.
"""

import argparse
import gc
import os
import re
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from warmnote import __version__

if TYPE_CHECKING:
    from warmnote.model import Network

__all__ = ["main"]

# Python looks for garbage after 700 new objects by itself: a tenth of the start, which makes many and drops few.
_OBJECTS_BETWEEN_COLLECTIONS = 50_000


def main(argv: Sequence[str] | None = None) -> int:
    """Run Warmnote with `argv` (the process's own arguments by default) and give its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and not arguments[0].startswith("-"):
        from warmnote import cli

        return cli.run(arguments)
    asked = _parser().parse_args(arguments)
    if asked.screenshot is not None or asked.self_test:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.platform == "linux" and (trouble := no_display(os.environ)):
        return _give_up(trouble)
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        from warmnote.ui import app
    except ImportError as error:
        if not _is_missing_library(error):
            raise
        return _give_up(_missing_libraries(str(error)))
    if sys.platform == "linux" and (trouble := _broken_platform(os.environ)):
        return _give_up(trouble)
    options = app.Options(
        data_dir=asked.data_dir,
        sample=asked.sample,
        screenshot=asked.screenshot,
        theme=asked.theme,
        size=asked.size,
        base_urls=dict(asked.base_url),
    )
    if argv is None:
        # Qt's loop never comes back to Python to see Ctrl+C. Drafts are at most a second behind, so ending at once is safe.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    return app.self_test(options) if asked.self_test else app.main(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="warmnote",
        description="Contacts, things to ask about, and a meter of coldness while you write. Your people stay on this machine.",
        epilog="Without a window: warmnote check, import, export and sync; warmnote import --help says more of each.",
    )
    parser.add_argument("--version", action="version", version=f"Warmnote {__version__}")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="keep people and drafts in this folder")
    parser.add_argument("--sample", action="store_true", help="open with a dozen invented people")
    parser.add_argument(
        "--screenshot", type=Path, metavar="FILE", help="draw the window with the invented people into FILE, and end"
    )
    parser.add_argument("--theme", choices=("light", "dark"), help="instead of the desktop's own")
    parser.add_argument("--size", type=_size, metavar="WxH", help="of the window, such as 1280x800")
    parser.add_argument("--base-url", type=_base_url, action="append", default=[], help=argparse.SUPPRESS)
    parser.add_argument("--self-test", action="store_true", help="see that every part is there and works, and end")
    return parser


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([1-9]\d{2,3})x([1-9]\d{2,3})", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a width and a height in pixels, such as 1280x800")
    return int(found[1]), int(found[2])


def _base_url(text: str) -> "tuple[Network, str]":
    """The server to ask instead of a network's own, as NETWORK=URL; for tests."""
    from warmnote.model import Network

    network, _, url = text.partition("=")
    try:
        return Network(network), url
    except ValueError:
        raise argparse.ArgumentTypeError(f"{network!r} is not a network") from None


def _give_up(trouble: str) -> int:
    sys.stdout.flush()
    print(trouble, file=sys.stderr)
    return 2


# ----- displays on Linux


def no_display(environ: Mapping[str, str]) -> str:
    """Words for the person when no display answers that Qt would use, else "".

    Tries the connection: a DISPLAY that is set may belong to a server that is gone or that turns us away.
    """
    wanted = [name.partition(":")[0] for name in environ.get("QT_QPA_PLATFORM", "").split(";") if name]
    if any(not name.startswith(("xcb", "wayland")) for name in wanted):
        return ""
    tries: dict[str, Callable[[Mapping[str, str]], bool]] = {"wayland": _wayland_answers, "xcb": _x_answers}
    if any(answers(environ) for kind, answers in tries.items() if not wanted or kind in wanted):
        return ""
    display = environ.get("WAYLAND_DISPLAY") or environ.get("DISPLAY")
    found = f"The display {display} does not answer" if display else "There is no display here"
    starter = environ.get("WARMNOTE_STARTED_BY")
    virtual = f"{starter} --xvfb" if starter else "xvfb-run warmnote"
    picture = f"{starter} -- --screenshot FILE" if starter else "warmnote --screenshot FILE"
    return (
        f"{found}, so Warmnote cannot open its window.\n"
        "Start it from a desktop session. Without one:\n"
        f"    {virtual}    opens it on a virtual screen (Xvfb)\n"
        f"    {picture}    draws the window into a file"
    )


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    import socket

    name = environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        try:
            asking.connect(str(Path(environ.get("XDG_RUNTIME_DIR", "/")) / name))
        except OSError:
            return False
    return True


def _x_answers(environ: Mapping[str, str]) -> bool:
    import ctypes

    name = environ.get("DISPLAY")
    if not name:
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        # Qt's own plugin needs it too: _broken_platform will name it.
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(name.encode(), None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


# ----- libraries on Linux


def _is_missing_library(error: ImportError) -> bool:
    return not isinstance(error, ModuleNotFoundError) and "cannot open shared object file" in str(error)


def _broken_platform(environ: Mapping[str, str]) -> str:
    """Words for the person when the plugin that Qt talks to the display through cannot be loaded, else ""."""
    import ctypes
    import importlib.util

    wanted = environ.get("QT_QPA_PLATFORM", "")
    name = re.split("[:;]", wanted or "xcb")[0].replace("wayland-egl", "wayland")
    if not wanted and environ.get("WAYLAND_DISPLAY"):
        # Qt takes whichever of the two loads.
        return ""
    found = importlib.util.find_spec("PySide6")
    if found is None or found.origin is None:
        return ""
    plugins = Path(found.origin).parent / "Qt" / "plugins" / "platforms"
    if not plugins.is_dir():
        # A system's own PySide6 keeps them elsewhere.
        return ""
    plugin = plugins / f"libq{name}.so"
    if not plugin.exists():
        there = ", ".join(sorted(path.stem.removeprefix("libq") for path in plugins.glob("libq*.so")))
        return f"QT_QPA_PLATFORM is {wanted!r}, which this Qt does not have. It has: {there}."
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return _missing_libraries(str(error))
    return ""


def _missing_libraries(reason: str) -> str:
    """What to install, for every library of the table that this system cannot load."""
    import ctypes
    import tomllib

    from warmnote.resources import resource

    table = tomllib.loads(resource("system/linux.toml").read_text("utf-8"))
    packages: list[str] = []
    for library, names in (table["always"] | table["window"]).items():
        try:
            ctypes.CDLL(library)
        except OSError:
            # The old name, last in the row, is also understood by releases that renamed the package.
            packages.append(names[-1])
    advice = (
        f"On Debian or Ubuntu, type:\n    sudo apt-get install {' '.join(dict.fromkeys(packages))}"
        if packages
        else "Install the library that is named above with the system's package manager."
    )
    return f"Warmnote's window needs a library that this system lacks:\n    {reason}\n{advice}"


if __name__ == "__main__":
    sys.exit(main())
