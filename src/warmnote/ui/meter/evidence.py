"""What a rule rests on, in a word beside its explanation: an experiment, an observation, or a rule of the house."""

from typing import Final

from PySide6.QtWidgets import QSizePolicy

from warmnote.ui.widgets import PlainLabel, tooltip

__all__ = ["EvidenceBadge", "evidence_line", "evidence_words"]

_KINDS: Final = {
    "experiment": ("Experiment", "An experiment stands behind it"),
    "observation": ("Observation", "Seen or counted, not put to a test"),
    "house": ("House rule", "Our own judgement; nobody has measured it"),
}


def evidence_words(evidence: str, source: str) -> tuple[str, str]:
    """A rule's kind of evidence in a word or two, and a sentence or two on it with the source; empty for none."""
    if evidence not in _KINDS:
        return "", ""
    kind, sentence = _KINDS[evidence]
    named = _source(kind, source)
    return kind, f"{sentence}. {named}." if named else f"{sentence}."


def evidence_line(evidence: str, source: str) -> str:
    """What a rule rests on, short enough to stand under its reason; empty for none."""
    if evidence not in _KINDS:
        return ""
    kind, sentence = _KINDS[evidence]
    return f"{kind}. {_source(kind, source) or sentence}."


def _source(kind: str, source: str) -> str:
    """The source, unless it only says the kind again."""
    return "" if source.casefold() == kind.casefold() else source


class EvidenceBadge(PlainLabel):
    """A small label with the kind of evidence; its tooltip names the source."""

    def __init__(self, evidence: str = "", source: str = "") -> None:
        super().__init__("", "badge")
        self.setObjectName("evidence")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.show_evidence(evidence, source)

    def show_evidence(self, evidence: str, source: str) -> None:
        """Show what a rule rests on; nothing for a rule that is not known here."""
        kind, sentence = evidence_words(evidence, source)
        self.setText(kind)
        self.setToolTip(tooltip(sentence))
        self.setAccessibleName(f"Evidence: {kind}")
        self.setAccessibleDescription(sentence)
        self.setVisible(bool(kind))
