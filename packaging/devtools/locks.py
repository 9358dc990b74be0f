"""`dev.py lock`: choose versions anew. The locks hold names, versions and hashes for every platform, and no address."""

import shutil

from devtools.console import ROOT, SetupError, quiet, step

__all__ = ["lock"]

_HEADER = "python3 packaging/dev.py lock"


def lock() -> int:
    """Write `packaging/locks/{test,run,runtime,train}.txt` anew; returns 0. Raises SetupError.

    test.txt has what every check needs; run.txt what an editable install needs; runtime.txt what Warmnote itself needs;
    train.txt what run.txt has and the packages that train the meter. What two of them hold, they hold in one version.
    """
    uv = shutil.which("uv")
    if uv is None:
        raise SetupError("The locks are made with uv, which is not on the path. Type: python3 -m pip install uv")
    locks = ROOT / "packaging" / "locks"
    locks.mkdir(exist_ok=True)
    command = [uv, "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes", "--python-version", "3.11"]
    # One version of a package for every Python: otherwise each would train a table of its own.
    command += ["--fork-strategy", "fewest", "--no-config", "--quiet", "--custom-compile-command", _HEADER]
    same = ["--constraint", locks / "test.txt"]
    with step("choosing packages"):
        quiet([*command, "--upgrade", "--group", "dev", "--output-file", locks / "test.txt"])
        quiet([*command, *same, "--group", "build", "--output-file", locks / "run.txt"])
        quiet([*command, *same, "--output-file", locks / "runtime.txt"])
        quiet(
            [*command, *same, "--upgrade", "--group", "build", "--group", "train", "--output-file", locks / "train.txt"]
        )
    return 0
