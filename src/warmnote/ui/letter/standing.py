"""What the foot of the letter says as it is written: its length, what can be done with it, and what comes next."""

from PySide6.QtCore import QObject, QTimer

from warmnote.channels import Channel, Channels
from warmnote.notebook import Opened
from warmnote.ui.letter.editor import LetterEditor
from warmnote.ui.letter.footer import LetterFooter
from warmnote.ui.letter.profile import profile
from warmnote.ui.letter.words import copy_words

__all__ = ["Standing"]

_COUNT_MS = 60


class Standing(QObject):
    """Keeps the footer in step with the editor. `copied` is what to say once the letter is on the clipboard."""

    def __init__(self, parent: QObject, editor: LetterEditor, footer: LetterFooter, channels: Channels) -> None:
        super().__init__(parent)
        self._editor, self._footer, self._channels = editor, footer, channels
        self._channel: Channel | None = None
        self._tip = ""
        self.copied = ""
        # Counting what a reader calls a character takes a while once there are emoji among them: not with every key.
        self._count = QTimer(self, singleShot=True, interval=_COUNT_MS)
        self._count.timeout.connect(self._show_length)

    def show(self, opened: Opened | None, channel: Channel | None) -> None:
        """Show how the letter to a person on a channel stands now; nothing when nobody is open. Follows every key."""
        self._channel = channel
        if opened is None or channel is None:
            self._count.stop()
            self._footer.show_nothing()
            return
        text, url = self._editor.toPlainText(), profile(opened.person, channel, self._channels)
        open_blanks, empty = self._editor.open_blanks, not text.strip()
        tip = copy_words(opened, url.toDisplayString() if url is not None else "", open_blanks, empty=empty)
        self._tip = tip if open_blanks else ""
        if text.isascii():
            self._show_length()
        else:
            self._count.start()
        self._footer.show_actions(
            copy="Copy and open profile" if url is not None else "Copy",
            copy_tip=tip,
            copy_off=bool(open_blanks) or empty,
            log_off=bool(open_blanks) or empty,
            offer_log=bool(self.copied),
        )

    def _show_length(self) -> None:
        if self._channel is not None:
            length = self._channel.measure(self._editor.toPlainText())
            self._footer.show_length(length)
            self._footer.show_hint(self._tip or self.copied or length.note)
