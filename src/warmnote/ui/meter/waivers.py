"""The three ways to let a finding pass, in words: what each covers is said where it is offered."""

from collections.abc import Callable

from warmnote.coldness import Finding
from warmnote.coldness.allowed import phrase_key, phrase_of
from warmnote.notebook import LONGEST_PHRASE, SHORTEST_PHRASE
from warmnote.ui.journal import Journal

__all__ = [
    "ALLOW_TIP",
    "LONGEST_SHOWN",
    "NEVER",
    "NEVER_TIP",
    "NOT_HERE",
    "Waiving",
    "allow_words",
    "allowable",
    "not_here_tip",
]

NOT_HERE = "Not here"
NEVER = "Never this rule"
NEVER_TIP = "Switches this rule off in every letter, to everyone. Settings puts it back."
ALLOW_TIP = (
    "No rule marks these words again, in any letter, however they are capitalised. "
    "A mark that covers more than these words stays. Settings takes it back."
)
LONGEST_SHOWN = 34  # characters of a phrase on a button or in a menu


def not_here_tip(finding: Finding) -> str:
    """What "Not here" covers for a finding."""
    if finding.end > finding.start:
        return "This rule lets these words pass in letters to this person. Settings takes it back."
    return "This rule lets letters to this person pass. Settings takes it back."


def allowable(finding: Finding, text: str) -> str:
    """The phrase that could be allowed for good where a finding made in `text` stands; empty if there is none.

    A name is taken whole; what is about the whole letter, or too long for a phrase, has none.
    """
    if finding.end <= finding.start:
        return ""
    words = " ".join(text[finding.start : finding.end].split())
    phrases = (phrase_of(text, finding.start, finding.end), words)
    return next((each for each in phrases if SHORTEST_PHRASE <= len(each) <= LONGEST_PHRASE and phrase_key(each)), "")


def allow_words(phrase: str, most: int = LONGEST_SHOWN) -> str:
    """The label for allowing a phrase, for a button or a menu, with at most so many characters of it."""
    shown = phrase if len(phrase) <= most else f"{phrase[: most - 1].rstrip()}…"
    return f"Always allow “{shown}”".replace("&", "&&")


class Waiving:
    """Writes down what is let pass, and takes it back; each is one step to undo and says so in the notice bar.

    `off` are the rules and `allowed` the phrases as `look_up` last found them.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.off: frozenset[str] = frozenset()
        self.allowed: tuple[str, ...] = ()

    def look_up(self) -> bool:
        """Read which rules are off and which phrases are allowed; whether that is anything new."""
        before = (self.off, self.allowed)
        self.off, self.allowed = self._journal.reader.rules_off(), self._journal.reader.allowed_phrases()
        return (self.off, self.allowed) != before

    def excuse(self, person: int, rule_id: str, words: str) -> None:
        """These words are fine in letters to this person."""
        self._journal.write(
            lambda notebook: notebook.excuse(person, rule_id, words), notice="These words are fine here"
        )

    def unexcuse(self, person: int, rule_id: str, words: str) -> None:
        """They are as any other words again."""
        self._journal.write(
            lambda notebook: notebook.unexcuse(person, rule_id, words), notice="That is marked again from now on"
        )

    def turn_off(self, rule_id: str) -> None:
        """Never use this rule again."""
        self._journal.write(lambda notebook: notebook.turn_off_rule(rule_id), notice="That rule is off from now on")

    def turn_on(self, rule_id: str) -> None:
        """Use a rule again."""
        self._journal.write(lambda notebook: notebook.turn_on_rule(rule_id), notice="That rule is on again")

    def allow(
        self,
        phrase: str,
        done: Callable[[], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Never mark this phrase again. `failed` hears why not, instead of the notice bar."""
        self._journal.write(
            lambda notebook: notebook.allow(phrase),
            lambda _: done() if done is not None else None,
            notice=lambda changes: f"{changes.label} from now on",
            failed=failed,
        )

    def disallow(self, phrase: str) -> None:
        """Mark this phrase like any other words."""
        self._journal.write(lambda notebook: notebook.disallow(phrase), notice=lambda changes: changes.label)
