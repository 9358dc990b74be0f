"""Which words of a letter came with a prompt, and which are the writer's own."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final

__all__ = ["own_words", "provenance", "unchanged"]

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_GAP = re.compile(r"⟦[^⟦⟧]*⟧|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_RUN: Final = 3  # words in a row that are hardly the same by chance
_SURE: Final = 5
_NEAR: Final = 12


def provenance(text: str, starters: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """The spans of `text`, in code points and in order, that are still as one of `starters` brought them.

    A starter is a text with blanks, as it was put in; fields that are not filled in count as blanks. What a writer puts
    into a blank, and every word that was changed, is the writer's own. Blanks that are still open belong to nobody.
    """
    words = list(_WORD.finditer(_without_gaps(text)))
    folded = [_folded(word[0]) for word in words]
    taken = [False] * len(words)
    runs = set(zip(folded, folded[1:], folded[2:], strict=False))
    for starter in dict.fromkeys(starters):
        _mark(folded, runs, _pieces(starter), taken)
    spans: list[tuple[int, int]] = []
    previous = False
    for word, from_prompt in zip(words, taken, strict=True):
        if from_prompt:
            joined = (
                previous
                and "⟦" not in text[spans[-1][1] : word.start()]
                and "\n" not in text[spans[-1][1] : word.start()]
            )
            spans[-1:] = [(spans[-1][0], word.end())] if joined else [*spans[-1:], word.span()]
        previous = from_prompt
    return tuple(spans)


def own_words(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How many words of `text` stand outside `spans`, and how many there are; open blanks count for neither."""
    places = [word.start() for word in _WORD.finditer(_without_gaps(text))]
    own = sum(not any(start <= place < end for start, end in spans) for place in places)
    return own, len(places)


def unchanged(text: str, starters: Iterable[str]) -> tuple[str, ...]:
    """The sentences of `text` in which every word is a prompt's."""
    spans = provenance(text, starters)
    found: list[str] = []
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
        if inside and own_words(sentence[0], inside)[0] == 0:
            found.append(sentence[0].strip())
    return tuple(found)


def _without_gaps(text: str) -> str:
    return _GAP.sub(lambda gap: " " * len(gap[0]), text) if "⟦" in text or "{" in text else text


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")


def _pieces(starter: str) -> list[list[str]]:
    """The words of a starter, parted where there is a blank or a field."""
    pieces = ([_folded(word) for word in _WORD.findall(part)] for part in _GAP.split(starter))
    return [piece for piece in pieces if piece]


def _mark(words: list[str], runs: set[tuple[str, ...]], pieces: Sequence[list[str]], taken: list[bool]) -> None:
    """Marks which of `words` come from the pieces of one starter; too few of them are chance."""
    wanted = [word for piece in pieces for word in (*piece, "")]  # the empty word parts the pieces and is found nowhere
    if not any(run in runs for run in zip(wanted, wanted[1:], wanted[2:], strict=False)) and len(wanted) > _RUN:
        return
    blocks = [
        block for block in SequenceMatcher(None, words, wanted, autojunk=False).get_matching_blocks() if block.size
    ]
    whole = {(end - len(piece), len(piece)) for piece, end in zip(pieces, _ends(pieces), strict=True)}
    kept = [block for block in blocks if block.size >= _RUN]
    short = (block for block in blocks if block.size < _RUN and (block.b, block.size) in whole)
    kept += [
        block
        for block in short
        if any(abs(block.a - (each.a + each.size if each.a < block.a else each.a)) <= _NEAR for each in kept)
    ]
    size, longest = sum(block.size for block in kept), max((block.size for block in kept), default=0)
    if longest < _SURE and size * 2 < len(wanted) - len(pieces):
        return
    for block in kept:
        taken[block.a : block.a + block.size] = [True] * block.size


def _ends(pieces: Sequence[list[str]]) -> Iterable[int]:
    end = -1
    for piece in pieces:
        end += len(piece) + 1
        yield end
