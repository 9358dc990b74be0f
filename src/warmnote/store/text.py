"""How text is compared in searches and sorted in lists, and what may not be stored at all."""

import re
import unicodedata
from functools import cache

__all__ = ["clean", "fold", "query_terms", "search_words"]

# Letters that Unicode does not decompose although people type them without the stroke.
_STROKES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LATIN_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['\u2019\u02bc]")


def clean(text: str) -> str:
    """`text` without what SQLite cannot keep: NUL goes, a lone half of a surrogate pair becomes U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", "")
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def fold(text: str) -> str:
    """`text` without case, accents and width, for comparing and sorting."""
    if text.isascii():
        return text.lower()
    parts = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    if parts.isascii():
        return parts
    return "".join(c for c in parts if not unicodedata.combining(c)).translate(_STROKES)


def search_words(text: str) -> str:
    """The distinct words by which `text` can be found, separated by spaces."""
    folded = _split(text)
    if _APOSTROPHES.search(folded):
        folded += " " + _APOSTROPHES.sub("", folded)
    return " ".join(dict.fromkeys(_WORD.findall(folded)))


def query_terms(text: str) -> tuple[str, ...]:
    """The terms of what a user typed, each to be matched as the beginning of a word."""
    return tuple(dict.fromkeys(_WORD.findall(_split(text))))


def _split(text: str) -> str:
    folded = fold(text)
    return folded if folded.isascii() else _unspaced().sub(r" \1 ", folded)


@cache
def _unspaced() -> re.Pattern[str]:
    """Scripts written without spaces: each character is a word of its own. Compiling so many takes 2 ms of the start."""
    return re.compile("([\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
