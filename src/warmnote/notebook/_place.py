"""Where a user's notebook lies."""

from pathlib import Path

from warmnote.model import Expected

__all__ = ["DATABASE", "data_folder", "make_folder"]

DATABASE = "warmnote.db"
"""The notebook's file in its folder."""


def data_folder(chosen: Path | None = None) -> Path:
    """The folder that the user chose, else the desktop's usual place for a user's data. It need not exist yet."""
    if chosen is not None:
        return chosen
    import platformdirs

    return Path(platformdirs.user_data_dir("warmnote", appauthor=False))


def make_folder(path: Path) -> None:
    """Sees to it that a folder is there. Raises Expected."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "Start Warmnote with --data-dir and a folder that you may write to."
        raise Expected(f"Warmnote cannot make its folder {path}: {error.strerror}.", hint) from error
