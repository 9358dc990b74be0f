"""The sentences around a letter."""

from datetime import datetime

from warmnote.model import MessageKind, Stage
from warmnote.notebook import Opened
from warmnote.ui.names import first_name
from warmnote.ui.when import ago

__all__ = ["copied_words", "copy_words", "invitation", "last_word", "remark", "saved_words"]

_NUMBERS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}


def invitation(opened: Opened) -> str:
    """What stands in an empty letter."""
    name = first_name(opened.person.name)
    if opened.person.stage is Stage.FIRST_TOUCH:
        return f"Write to {name} as you would to someone you have just met."
    return f"What would {name} like to hear?"


def last_word(opened: Opened) -> str:
    """Their last message, if it is the last word between the two; else nothing."""
    said = [message for message in opened.messages if message.kind in (MessageKind.SENT, MessageKind.RECEIVED)]
    return said[-1].text if said and said[-1].kind is MessageKind.RECEIVED else ""


def remark(opened: Opened) -> str:
    """A calm line above the letter to those who are better left in peace; mostly empty."""
    if opened.person.do_not_write:
        return f"{first_name(opened.person.name)} is on your list of people not to write to."
    if opened.person.unanswered >= 2:
        return f"{_counted(opened.person.unanswered, 'letter')} without an answer. The kindest thing is to wait."
    return ""


def copy_words(opened: Opened, page: str, open_blanks: int, *, empty: bool) -> str:
    """What the copy button will do, or why it does nothing. `page` is the address it opens, if any."""
    if open_blanks:
        return f"{_counted(open_blanks, 'blank')} ⟦…⟧ still to fill. Tab goes to the next."
    if empty:
        return "There is nothing to copy yet."
    if page:
        return f"Copies the letter and opens {page}"
    return f"Copies the letter. No page of {first_name(opened.person.name)} is known for this channel."


def copied_words(opened: Opened, page: str, *, shown: bool) -> str:
    """What to do once the letter is on the clipboard. `page` is the address of the person's page, if any."""
    if not page:
        return "Copied. When you have sent it, log it here."
    if shown:
        name = first_name(opened.person.name)
        return f"Copied, and the page of {name} is open. When you have sent it, log it here."
    return f"Copied. The browser did not open; the page is at {page}"


def saved_words(problem: str, saving: bool, saved_at: datetime | None, now: datetime) -> str:
    """The saved state for the letter's head; empty when there is nothing to tell."""
    if problem:
        return f"Not saved: {problem}"
    if saving:
        return "Saving…"
    return f"Saved {ago(saved_at, now).replace(' minutes', ' min')}" if saved_at is not None else ""


def _counted(number: int, word: str) -> str:
    return f"One {word}" if number == 1 else f"{_NUMBERS.get(number, number)} {word}s"
