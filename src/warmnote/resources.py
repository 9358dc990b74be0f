"""Where the plain files under `resources/` are. The only module that knows.

An installed wheel carries them inside the package; a checkout has them beside `src`.
"""

from pathlib import Path

__all__ = ["resource", "resources"]

_INSIDE = Path(__file__).parent / "resources"
_BESIDE = Path(__file__).parents[2] / "resources"


def resource(name: str) -> Path:
    """The path of one resource, such as `rules/pitch.toml` or `rules`.

    Raises FileNotFoundError naming both places that were looked at.
    """
    for root in (_INSIDE, _BESIDE):
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"resource {name!r} is neither in {_INSIDE} nor in {_BESIDE}")


def resources(directory: str, suffix: str) -> tuple[Path, ...]:
    """All files of a resource directory that end in `suffix`, in the order of their names."""
    return tuple(sorted(resource(directory).glob(f"*{suffix}")))
