"""Packs as files: where to write one, which to look into, and what was dropped."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from warmnote.prompts import Pack
from warmnote.ui.prompts.stock import StockKeeper

__all__ = ["PackFiles", "dropped"]

_SUFFIX = ".toml"


class PackFiles(QObject):
    """Asks with the desktop's own dialogs, which keep nobody waiting.

    `chosen(Path)` is a file to look into; `told(str, str, action)` carries a sentence for the notice bar.
    """

    chosen = Signal(object)
    told = Signal(str, str, object)

    def __init__(self, page: QWidget, keeper: StockKeeper) -> None:
        super().__init__(page)
        self._page, self._keeper = page, keeper

    def choose_target(self, pack: Pack) -> None:
        """Ask into which file to write a pack."""
        dialog = self._dialog(f"Share {pack.title}", "prompts-share-file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(_SUFFIX[1:])
        dialog.selectFile(f"{pack.id}{_SUFFIX}")
        dialog.fileSelected.connect(lambda path: self.share(pack, Path(path)))
        dialog.open()

    def share(self, pack: Pack, path: Path) -> None:
        """Write a pack into a file."""
        said = f"{pack.title} is written to {path.name}"
        show = partial(_show_folder, path.parent)
        self._keeper.share(pack, path, lambda: self.told.emit(said, "Show the folder", show))

    def choose(self) -> None:
        """Ask which file to look into."""
        dialog = self._dialog("Import a pack", "prompts-import-file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.chosen.emit(Path(path)))
        dialog.open()

    def _dialog(self, title: str, name: str) -> QFileDialog:
        dialog = QFileDialog(self._page.window(), title)
        dialog.setObjectName(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilter(f"Packs of prompts (*{_SUFFIX})")
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        return dialog


def dropped(event: QDropEvent) -> Path | None:
    """The pack that is dropped; None for anything else, such as a list of followers."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.casefold() == _SUFFIX else None


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
