"""The order in which pairs are looked at, and the way back through what was decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from warmnote.notebook import Pair, Undo

__all__ = ["Review"]


@dataclass(frozen=True, slots=True)
class _State:
    """`ahead` is what is still to be looked at, the present pair first; True marks those put off before."""

    ahead: tuple[tuple[Pair, bool], ...]
    seen: int = 0
    merged: int = 0
    apart: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True)
class _Step:
    before: _State
    undo: Undo | None


class Review:
    """Pairs, one after the other. What is put off comes again at the end, once.

    Each of `merge`, `keep_apart` and `put_off` goes on to the next pair; `take_back` returns to the one before.
    """

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._state = _State(tuple((pair, False) for pair in pairs))
        self._steps: list[_Step] = []

    @property
    def pair(self) -> Pair | None:
        """The pair to look at now; None when there is none left."""
        return self._state.ahead[0][0] if self._state.ahead else None

    @property
    def place(self) -> int:
        """Which pair this is, counted from 1."""
        return self._state.seen + 1

    @property
    def total(self) -> int:
        """How many pairs there are, those decided among them."""
        return self._state.seen + len(self._state.ahead)

    @property
    def left(self) -> int:
        """How many pairs are not decided, those put off among them."""
        return len(self._state.ahead) + self._state.later

    @property
    def merged(self) -> int:
        """How many pairs became one person."""
        return self._state.merged

    @property
    def apart(self) -> int:
        """How many pairs are two people."""
        return self._state.apart

    @property
    def later(self) -> int:
        """How many pairs wait at the end or were put off for another time."""
        return self._state.later + sum(put_off for _, put_off in self._state.ahead)

    @property
    def undo(self) -> Undo | None:
        """What takes back the latest step in the notebook; None if it wrote nothing, or there is none."""
        return self._steps[-1].undo if self._steps else None

    @property
    def can_take_back(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._steps)

    def merge(self, kept: int, gone: int, undo: Undo | None) -> None:
        """The pair is one person, `kept`. Pairs with the one who went are pairs with the one who stays."""
        now = self._step(undo)
        ahead = tuple(_without_twins(now.ahead[1:], kept, gone))
        self._state = replace(now, ahead=ahead, seen=now.seen + 1, merged=now.merged + 1)

    def keep_apart(self, undo: Undo | None) -> None:
        """The pair is two people."""
        now = self._step(undo)
        self._state = replace(now, ahead=now.ahead[1:], seen=now.seen + 1, apart=now.apart + 1)

    def put_off(self) -> None:
        """The pair goes to the end; if it was there before, it is left for another time."""
        now = self._step(None)
        (pair, before), *rest = now.ahead
        if before:
            self._state = replace(now, ahead=tuple(rest), seen=now.seen + 1, later=now.later + 1)
        else:
            self._state = replace(now, ahead=(*rest, (pair, True)))

    def drop(self) -> None:
        """The pair is none any more: one of the two was deleted."""
        self._state = replace(self._state, ahead=self._state.ahead[1:])

    def take_back(self) -> None:
        """Return to how it was before the latest step."""
        self._state = self._steps.pop().before

    def _step(self, undo: Undo | None) -> _State:
        self._steps.append(_Step(self._state, undo))
        return self._state


def _without_twins(ahead: Sequence[tuple[Pair, bool]], kept: int, gone: int) -> Iterator[tuple[Pair, bool]]:
    there: set[frozenset[int]] = set()
    for pair, before in ahead:
        left, right = (kept if person == gone else person for person in (pair.left, pair.right))
        both = frozenset((left, right))
        if len(both) == 2 and both not in there:
            there.add(both)
            yield replace(pair, left=left, right=right), before
