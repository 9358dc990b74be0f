"""What two values become when two people become one: the rules of a merge, field by field.

A layer is something of which a person has one: each column that is the person's own, the letter begun, the plan. Its
value is plain JSON: `[value, 1 if the user wrote it]` for a column, the row without its person or None for the others.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

__all__ = ["COLUMNS", "DRAFT", "LAYERS", "PLAN", "Value", "joined", "matters", "same"]

Value = list[Any] | None

DRAFT, PLAN = "draft", "follow_up"
_TEXTS = ("name", "bio", "location", "company", "position", "pronouns", "email")


def _text(kept: Any, gone: Any) -> Value:
    """What is there stays, but what the user wrote goes before what an import brought, and before nothing at all."""
    (text, mine), (other, others) = kept, gone
    if not other:
        return kept
    if not mine and (others or not text):
        return gone
    return kept


def _either(kept: Any, gone: Any) -> Value:
    return [max(kept[0], gone[0]), max(kept[1], gone[1])]


def _both(kept: Any, gone: Any) -> Value:
    return [min(kept[0], gone[0]), max(kept[1], gone[1])]


def _set_in_both(kept: Any, gone: Any) -> Value:
    return kept if gone[0] is not None else gone


def _latest(kept: Any, gone: Any) -> Value:
    return max((kept, gone), key=lambda value: -1 if value[0] is None else value[0])


def _earliest(kept: Any, gone: Any) -> Value:
    return min(kept, gone)


def _first_set(kept: Any, gone: Any) -> Value:
    return gone if kept[0] is None else kept


def _letter(kept: Value, gone: Value) -> Value:
    """Both texts, the other one below a blank line."""
    if kept is None or gone is None:
        return kept or gone
    (text, cursor, channel, saved), (other, others_cursor, others_channel, others_saved) = kept, gone
    if not other.strip():
        return kept
    channel, saved = channel or others_channel, max(saved, others_saved)
    if not text.strip():
        return [other, others_cursor, channel, saved]
    return [f"{text.rstrip()}\n\n{other}", cursor, channel, saved]


def _plan(kept: Value, gone: Value) -> Value:
    """The earlier day, and both reasons."""
    if kept is None or gone is None:
        return kept or gone
    (due, why), (other, others_why) = kept, gone
    reasons: dict[str, None] = dict.fromkeys(reason for reason in (why, others_why) if reason)
    return [min(due, other), "; ".join(reasons)]


LAYERS: Mapping[str, Callable[[Any, Any], Value]] = {
    **dict.fromkeys(_TEXTS, _text),
    "is_new": _either,
    "do_not_write": _either,
    # The invented people can be removed all at once: nobody real may go with them.
    "is_sample": _both,
    "archived_at": _set_in_both,
    "rested_at": _latest,
    "added_at": _earliest,
    "stage": _first_set,
    DRAFT: _letter,
    PLAN: _plan,
}
COLUMNS = tuple(layer for layer in LAYERS if layer not in (DRAFT, PLAN))
"""The columns of `people` that belong to the person."""

_NOTHING: Mapping[str, Value] = {
    **{column: ["", 0] for column in _TEXTS},
    "is_new": [0, 0],
    "do_not_write": [0, 0],
    "stage": [None, 0],
    DRAFT: None,
    PLAN: None,
}


def joined(layer: str, kept: Value, gone: Value, nameless: Collection[str] = ()) -> Value:
    """What the one who stays has afterwards. `nameless` are the names that only stand in for one."""
    if layer == "name" and kept is not None and gone is not None:
        (name, mine), (other, _) = kept, gone
        if not mine and name in nameless and other and other not in nameless:
            return gone
    return LAYERS[layer](kept, gone)


def matters(layer: str, gone: Value) -> bool:
    """Whether there is anything that this value of the one who goes could change, whatever the other has."""
    return layer not in _NOTHING or gone != _NOTHING[layer]


def same(layer: str, one: Value, other: Value) -> bool:
    """Whether nothing was written over a value. Where the cursor stood in a letter and when it was saved is nothing."""
    if layer == DRAFT:
        return (one or [""])[0] == (other or [""])[0]
    return one == other
