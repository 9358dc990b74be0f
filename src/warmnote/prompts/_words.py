"""Text as tokens that know where they came from. Offsets are code points into the text as it was written."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Token", "fold", "is_mark", "read", "words_of"]

_EMOJI = "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
_TOKEN = re.compile(
    rf"#\w+|[^\W_]+(?:['’][^\W_]+)*|&|[\U0001f1e6-\U0001f1ff]{{2}}|\U0001f3f4[\U000e0061-\U000e007a]+\U000e007f|"
    rf"[{_EMOJI}][\ufe0f\U0001f3fb-\U0001f3ff]*(?:\u200d[{_EMOJI}♀♂][\ufe0f\U0001f3fb-\U0001f3ff]*)*"
)
_SOFT_GAP = re.compile(r"[\s'’\"“”*_~]*-?[\s'’\"“”*_~]*\Z")
_DASH_BETWEEN_SPACES = re.compile(r"\s-+\s")
_VARIATION = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")
_HUMP = re.compile(r"(?<=[a-zà-öø-ÿ0-9])(?=[A-ZÀ-ÖØ-Þ])")
_ENDINGS = frozenset("com org net io co app dev me uk de fr es pt eu shop store blog social".split())
_ADDRESS = "@"  # the word of every token that is part of an address or a handle: nothing is read from those


class Token(NamedTuple):
    """One word, hashtag or emoji. `word` is folded for comparing; `clause` counts the clauses of the text from 0."""

    word: str
    start: int
    end: int
    clause: int
    capital: bool


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """A word as the vocabulary knows it: no case, no accents, no fancy alphabets, no skin tones, no possessive.

    A hashtag in camel case keeps its seams as spaces: "#CatsOfBluesky" is "#cats of bluesky".
    """
    if word == "&":
        return "and"
    if word[0] == "#":
        word = _HUMP.sub(" ", word)
    if word.isascii():
        return word.lower().removesuffix("'s")
    folded = unicodedata.normalize("NFKD", word).casefold()
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = _VARIATION.sub("", folded).replace("’", "'")
    return folded.removesuffix("'s")


def read(text: str) -> list[Token]:
    """The tokens of `text` in order. Anything but spaces, a hyphen or quotes between two of them starts a new clause."""
    tokens: list[Token] = []
    clause = end = 0
    address = False
    for found in _TOKEN.finditer(text):
        raw = found[0]
        start = found.start()
        gap = text[end:start]
        if gap == " ":
            address = False
        elif tokens:
            if gap and not _joins(gap, tokens[-1]):
                clause += 1
            if gap == "." and raw in _ENDINGS:
                address = True
                tokens[-1] = tokens[-1]._replace(word=_ADDRESS)
            else:
                joined = address or tokens[-1].word == "www"
                address = gap[-1:] == "@" or gap == "://" or (joined and gap in (".", "_", "-", "/", "?", "=", "_."))
        else:
            address = gap[-1:] == "@"
        end = found.end()
        first = raw[0]
        letter = first if first < "\u2000" else unicodedata.normalize("NFKC", first)[:1]
        tokens.append(Token(_ADDRESS if address else fold(raw), start, end, clause, not letter.islower()))
    return tokens


def is_mark(word: str) -> bool:
    """Whether the word of a token is an emoji or a flag."""
    return word[0] > "\u2600" and not word[0].isalpha()


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
