"""Text as tokens that know where they came from. Offsets are code points into the text as it was written."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Token", "fold", "read", "words_of"]

_EMOJI = "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
_TOKEN = re.compile(
    rf"#\w+|[^\W_]+(?:['’][^\W_]+)*|&|[{_EMOJI}][\ufe0f\U0001f3fb-\U0001f3ff]*(?:\u200d[{_EMOJI}♀♂][\ufe0f\U0001f3fb-\U0001f3ff]*)*"
)
_SOFT_GAP = re.compile(r"[\s'’\"“”*_~]*-?[\s'’\"“”*_~]*\Z")
_DASH_BETWEEN_SPACES = re.compile(r"\s-+\s")
_VARIATION = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")


class Token(NamedTuple):
    """One word, hashtag or emoji. `word` is folded for comparing; `clause` counts the clauses of the text from 0."""

    word: str
    start: int
    end: int
    clause: int
    capital: bool


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """A word as the vocabulary knows it: no case, no accents, no fancy alphabets, no skin tones, no possessive."""
    if word == "&":
        return "and"
    folded = unicodedata.normalize("NFKD", word).casefold()
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = _VARIATION.sub("", folded).replace("’", "'")
    return folded.removesuffix("'s")


def read(text: str) -> list[Token]:
    """The tokens of `text` in order. Anything but spaces, a hyphen or quotes between two of them starts a new clause."""
    tokens: list[Token] = []
    clause = end = 0
    for found in _TOKEN.finditer(text):
        start = found.start()
        gap = text[end:start]
        if tokens and not (gap in ("", " ") or _joins(gap, tokens[-1])):
            clause += 1
        raw = found[0]
        end = found.end()
        letter = raw[0] if raw[0] < "\u2000" else unicodedata.normalize("NFKC", raw[0])[:1]
        tokens.append(Token(fold(raw), start, end, clause, not letter.islower()))
    return tokens


def words_of(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase of the vocabulary."""
    return tuple(token.word for token in read(phrase))


def _joins(gap: str, before: Token) -> bool:
    if "\n" in gap or _DASH_BETWEEN_SPACES.search(gap):
        return False
    if _SOFT_GAP.match(gap):
        return True
    # "St. Pauli", "a.k.a.": the stop after a very short word ends no sentence
    return gap in (". ", ".") and before.end - before.start <= 2 and before.capital
