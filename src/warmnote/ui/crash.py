"""What happens when something is wrong in the program itself: a dialog with a report that holds no names and no words.

Expected troubles (a locked file, wrong columns) never come here; they are told where they happen.
"""

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout

from warmnote import __version__
from warmnote.model import Expected
from warmnote.ui.widgets import PlainLabel, button, row

__all__ = ["CrashHandler", "report"]

_log = logging.getLogger("warmnote")


def report(error: BaseException) -> str:
    """Where an error happened and of what type it was; its message is left out, since it may hold a person's words."""
    import platform  # only for a report

    lines = [
        f"Warmnote {__version__}, Python {platform.python_version()}, PySide6 {qt_version}, {platform.system()} {platform.release()}",
        f"{type(error).__module__}.{type(error).__qualname__}",
    ]
    # Only the file's name: the folder above it may hold the user's own.
    lines.extend(
        f"  {frame.filename.replace(chr(92), '/').rsplit('/', 1)[-1]}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    )
    return "\n".join(lines)


class CrashHandler(QObject):
    """Catches what nothing else caught, on any thread, and shows one dialog at a time."""

    _caught = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown = False
        self._caught.connect(self.show_at_once, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the interpreter's and Qt's last resorts."""
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self.take(args.exc_value or RuntimeError())
        qInstallMessageHandler(_on_qt_message)

    def take(self, error: BaseException) -> None:
        """Log and show an error; may be called on any thread."""
        _log.error("unexpected error\n%s", report(error))
        self._caught.emit(error)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
        else:
            self.take(error)

    def show_at_once(self, error: BaseException) -> None:
        """Show the dialog and wait until it is closed; for the GUI thread alone."""
        if self._shown:
            return
        self._shown = True
        dialog = QDialog(QApplication.activeWindow())
        dialog.setObjectName("crash-dialog")
        dialog.setWindowTitle("Warmnote")
        dialog.setMinimumWidth(520)
        layout = QVBoxLayout(dialog)
        if isinstance(error, Expected):
            layout.addWidget(PlainLabel(str(error), "body", wrap=True, selectable=True))
            layout.addLayout(row(1, button("Close", on_click=dialog.accept)))
        else:
            layout.addWidget(PlainLabel("Something went wrong in Warmnote", "heading"))
            layout.addWidget(
                PlainLabel(
                    "Your letters are saved as you type. You can go on; if it happens again, this report helps. It holds no names and no messages.",
                    "secondary",
                    wrap=True,
                )
            )
            text = QPlainTextEdit(report(error))
            text.setReadOnly(True)
            layout.addWidget(text)
            copy = button("Copy the report", on_click=lambda: QApplication.clipboard().setText(text.toPlainText()))
            layout.addLayout(row(copy, 1, button("Go on", "primary", dialog.accept)))
        dialog.exec()
        dialog.deleteLater()
        self._shown = False


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    level = {
        QtMsgType.QtWarningMsg: logging.WARNING,
        QtMsgType.QtCriticalMsg: logging.ERROR,
        QtMsgType.QtFatalMsg: logging.CRITICAL,
    }
    _log.log(level.get(kind, logging.DEBUG), "Qt: %s", message)
