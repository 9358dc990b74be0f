"""What a rule rests on, in a word beside its explanation: an experiment, an observation, or a rule of the house."""

import re

from PySide6.QtWidgets import QSizePolicy

from warmnote.ui.widgets import PlainLabel, tooltip

__all__ = ["EvidenceBadge", "evidence_words"]

_KINDS = {
    "experiment": ("Experiment", "An experiment compared letters with and without it"),
    "observation": ("Observation", "Seen in what people wrote, and in how it was received"),
    "house": ("House rule", "Our own judgement; nobody has measured it"),
}
_NUMBER = re.compile(r" \[\d+\]")


def evidence_words(evidence: str, source: str) -> tuple[str, str]:
    """A rule's kind of evidence in a word or two, and a sentence on it that names the source; empty for none."""
    if evidence not in _KINDS:
        return "", ""
    kind, sentence = _KINDS[evidence]
    source = _NUMBER.sub("", source).strip()
    named = f" Source: {source}." if source and source.casefold() != kind.casefold() else ""
    return kind, f"{sentence}.{named}"


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
