"""The HTML pages of a download from Meta, cut into entries.

The markup is simple and has kept its two signs for years: a link for each account (Instagram, Threads) and a box for
each entry (Facebook). Everything else, the style sheet above all, is passed over. Dates are the wall clock of whoever
ordered the download, in their language; one that cannot be read is an unknown date.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from warmnote.followers import dates, text

__all__ = ["Block", "boxed", "headline", "linked"]

_TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>|([^<]+)|<")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_BOX = re.compile(r"""\bclass\s*=\s*["'][^"']*(?:_a6-g|uiBoxWhite)\b""")
_TITLE = re.compile(r"<title[^<>]*>([^<]*)<", re.IGNORECASE)
_HEADINGS = frozenset({"h2", "h3"})  # of an entry; h1 is what the page calls itself
_UNSEEN = frozenset({"style", "script", "title", "head"})
_YEAR = re.compile(r"\d{4}")
_TEXTS = 8  # of one entry; the date is among the first


@dataclass(slots=True)
class Block:
    """What one entry shows: its heading, the address and the words of its link, and the texts behind them."""

    heading: str = ""
    href: str = ""
    label: str = ""
    texts: list[str] = field(default_factory=list[str])

    @property
    def day(self) -> date | None:
        """The first text that is a date."""
        for words in self.texts:
            if len(words) < 60 and _YEAR.search(words) and (found := dates.read(words)):
                return found
        return None


def headline(page: str) -> str:
    """What the page calls itself: its title and its first heading."""
    found = _TITLE.search(page)
    heading = re.search(r"<h1[^<>]*>([^<]*)<", page, re.IGNORECASE)
    return " ".join(_words(match[1]) for match in (found, heading) if match).strip()


def linked(page: str) -> list[Block]:
    """One block for every link to a web address, with the heading before it and the texts up to the next one."""
    blocks: list[Block] = []
    title = _TITLE.search(page)
    page_itself = _words(title[1]).casefold() if title else ""
    heading = ""
    tag = ""
    for closing, name, attributes, words in _tokens(page):
        if name:
            tag = "" if closing else name
            if name == "a" and not closing and (href := _address(attributes)):
                blocks.append(Block(heading, href))
                heading = ""
        elif tag == "h1" or (tag in _HEADINGS and words.casefold() == page_itself):
            continue
        elif tag in _HEADINGS:
            heading = words
        elif blocks and tag == "a":
            blocks[-1].label = words
        elif blocks and not heading and len(blocks[-1].texts) < _TEXTS:
            blocks[-1].texts.append(words)
    return blocks


def boxed(page: str) -> list[Block]:
    """One block for every box, headed by its first text. Without boxes: one for every text that has a date behind it."""
    blocks: list[Block] = []
    loose: list[str] = []
    for closing, name, attributes, words in _tokens(page):
        if name:
            if not closing and _BOX.search(attributes) and (not blocks or blocks[-1].heading):
                blocks.append(Block())
        elif not blocks:
            loose.append(words)
        elif not blocks[-1].heading:
            blocks[-1].heading = words
        elif len(blocks[-1].texts) < _TEXTS:
            blocks[-1].texts.append(words)
    if blocks:
        return [block for block in blocks if block.heading]
    pairs = (Block(heading=before, texts=[behind]) for before, behind in pairwise(loose))
    return [block for block in pairs if block.day]


def _tokens(page: str) -> Iterator[tuple[bool, str, str, str]]:
    """Tags as (closing, name, attributes, "") and texts as (False, "", "", words); what nobody sees is left out."""
    unseen = ""
    for token in _TOKEN.finditer(page):
        name = (token[2] or "").lower()
        if unseen:
            if name == unseen and token[1]:
                unseen = ""
        elif name in _UNSEEN and not token[1]:
            unseen = name
        elif name:
            yield bool(token[1]), name, token[3], ""
        elif token[4] and (words := _words(token[4])):
            yield False, "", "", words


def _address(attributes: str) -> str:
    match = _HREF.search(attributes)
    href = html.unescape(match[1] or match[2] or "").strip() if match else ""
    return href if href[:4].lower() == "http" else ""


def _words(markup: str) -> str:
    return text.line(text.clean(html.unescape(markup))) if not markup.isspace() else ""
