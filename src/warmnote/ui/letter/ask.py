"""Asking about them in place of what cools a letter: when that is the better cure, what to call it, where it goes."""

import re
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from warmnote.coldness import Finding
from warmnote.coldness.text import tokenise
from warmnote.model import PromptUse
from warmnote.prompts import Prompt

__all__ = ["Asking", "Place", "best_prompt", "cured_by_interest", "place_for", "subject"]

Place = tuple[int, int, str, str]
"""Where a starter goes: the code points it takes the place of, and what parts it from the words before and after."""

_ALWAYS = frozenset({"no_interest", "template", "flattery", "self"})
_WHEN_NOTHING_IS_LEFT = frozenset({"pitch", "meeting"})
_GREETING_WORDS = 4
_LONGEST_SENTENCE = 600  # with greeting and sign-off; in more there is more than one sentence, without looking
_THEIR_WORK = frozenset({"work", "workplace"})
_LONGEST_SUBJECT = 32
_SIGN_OFF = re.compile(
    r"(?i)[-–—~ ]*(?:(?:all the |with |my |very )?(?:best|kind|kindest|warm|warmest|love|lots of love)(?: (?:wishes|regards))?"
    r"|(?:kind |best |warm )?regards|cheers|yours|sincerely|yours (?:sincerely|truly)|take care|bye|thanks|thank you|xx?)"
    r"(?:[,.! ]+(?!for\b)\w+){0,2}[,.! ]*"
)
_NAME_ALONE = re.compile(r"[-–—~ ]*[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*)?[ ]*")
_CLOSING_LINES = 3


class Asking(QObject):
    """Which prompt a finding's "Ask about" would put into the letter now: `prompt`, None for none.

    `subject_changed(str)` tells what it is about, empty for none.
    """

    subject_changed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._prompts: Sequence[Prompt] = ()
        self._used: Sequence[PromptUse] = ()
        self._starters: Sequence[str] = ()
        self.prompt: Prompt | None = None

    def offer(self, prompts: Sequence[Prompt]) -> None:
        """The prompts to choose from, the best first."""
        self._prompts = prompts
        self._choose()

    def renew(self, used: Sequence[PromptUse], starters: Sequence[str]) -> None:
        """What the person had in earlier letters, and the texts that went into this one."""
        self._used, self._starters = used, starters
        self._choose()

    def _choose(self) -> None:
        before, self.prompt = self.prompt, best_prompt(self._prompts, self._used, self._starters)
        if before != self.prompt:
            self.subject_changed.emit(subject(self.prompt) if self.prompt is not None else "")


def cured_by_interest(finding: Finding, text: str) -> bool:
    """Whether asking about them would do `text` more good than taking words out of it."""
    if finding.category in _ALWAYS:
        return True
    may_be_all = finding.category in _WHEN_NOTHING_IS_LEFT and finding.end > 0 and len(text) <= _LONGEST_SENTENCE
    return may_be_all and not _left_without(finding, text)


def _left_without(finding: Finding, text: str) -> bool:
    """Whether a sentence remains once the finding's own is gone; greetings and sign-offs are none."""
    start, end = _sentence(text, finding.start, finding.end)
    left = text[:start] + "\n" + text[end:]
    return any(sentence.last - sentence.first > _GREETING_WORDS for sentence in tokenise(left).sentences)


def best_prompt(prompts: Iterable[Prompt], used: Iterable[PromptUse], starters: Iterable[str]) -> Prompt | None:
    """The first prompt about something of theirs that is neither among those `used` nor, by its text, in `starters`."""
    had, here = {use.prompt for use in used}, set(starters)
    theirs = (prompt for prompt in prompts if prompt.interest is not None or prompt.kind in _THEIR_WORK)
    return next((prompt for prompt in theirs if prompt.id not in had and prompt.starter not in here), None)


def subject(prompt: Prompt) -> str:
    """What a prompt asks about, to follow "Ask about": "pottery", "a cracked kiln", "Bilbao"."""
    title, name = prompt.title, prompt.interest.name if prompt.interest is not None else ""
    if prompt.kind == "project" and name:
        words = name
    elif name and title.casefold().startswith(name.casefold()):
        words = name[0] + title[1:]
    else:
        words = title[:1].lower() + title[1:]
    words = re.sub(r"^my\b", "their", words)
    return words if len(words) <= _LONGEST_SUBJECT else words[: _LONGEST_SUBJECT - 1].rsplit(" ", 1)[0] + "…"


def place_for(finding: Finding, text: str) -> Place:
    """Where a starter goes that cures `finding` in `text`: in place of its sentence, or as the last paragraph."""
    if finding.end > finding.start:
        return (*_sentence(text, finding.start, finding.end), "", "")
    closing = _closing(text)
    head = len(text[:closing].rstrip())
    return head, closing, "\n\n" if head else "", "\n\n" if text[closing:].strip() else ""


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole sentences that `[start, end)` touches, without the space around them."""
    touched = [each for each in tokenise(text).sentences if each.start < end and start < each.end]
    start = min([start, *(each.start for each in touched)])
    end = max([end, *(each.end for each in touched)])
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _closing(text: str) -> int:
    """Where the sign-off begins, the end of the text if there is none."""
    lines = [match for match in re.finditer(r"[^\n]+", text) if match[0].strip()]
    last = lines[-_CLOSING_LINES:] if len(lines) > _CLOSING_LINES else lines[1:]
    for line in last:
        if _SIGN_OFF.fullmatch(line[0].strip()):
            return line.start()
    if last and _NAME_ALONE.fullmatch(last[-1][0]) and last[-1][0].strip(" -–—~")[0].isupper():
        return last[-1].start()
    return len(text)
