"""Links: addresses, the place of one, and handles to write to."""

import re
from collections.abc import Iterator
from typing import Final

from warmnote.coldness.draft import PREPOSITIONS, SIGN_OFFS, Draft, sentence_at
from warmnote.coldness.known import domain
from warmnote.coldness.rules import Rule
from warmnote.coldness.score import Mark
from warmnote.coldness.text import HANDLE, URL, Sentence, Text

__all__ = ["link_address", "link_handle", "link_placeholder", "link_shared"]

_PROMOTES: Final = frozenset(
    "my free buy sale discount coupon code subscribe register join signup sign order shop offer offers demo book calendar trial"
    " download dm check visit watch follow promo deal win earn vote click grab claim apply stream portfolio".split()
)
_CALLS: Final = frozenset(
    "dm pm message contact follow reach text add telegram whatsapp inbox write join hit call tag subscribe".split()
)
_THEIRS: Final = re.compile(r" (?:your|ur) (?:[^ ]+ ){0,2}$")


def link_address(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """A web or mail address that is the writer's to push."""
    return (mark for mark, shared in _links(draft, rule) if not shared)


def link_shared(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """A page passed on because of them, or an address under a signature: asks for a click all the same."""
    return (mark for mark, shared in _links(draft, rule) if shared)


def _links(draft: Draft, rule: Rule) -> Iterator[tuple[Mark, bool]]:
    text = draft.text
    if URL not in text.vocabulary:
        return
    for number, sentence in enumerate(text.sentences):
        if URL not in sentence.words:
            continue
        passed_on = any(number - 2 <= hit.sentence <= number for hit in draft.phrases.get("passes_on", ()))
        for word in range(sentence.first, sentence.last):
            if text.words[word] != URL:
                continue
            start, end = text.starts[word], text.ends[word]
            address = text.source[start:end]
            before = " " + "".join(f"{item} " for item in text.words[sentence.first : word])
            if domain(address) in draft.known.domains or _THEIRS.search(before) or text.is_quoted(start, end):
                continue
            if "/" not in address and _is_named(text, sentence, word):
                continue
            shared = passed_on and _PROMOTES.isdisjoint(sentence.words)
            signature = (
                sentence.last - sentence.first <= 3 and number == len(text.sentences) - 1 and _signed(text, number)
            )
            yield Mark.of(rule, start, end, number), shared or signature


def _is_named(text: Text, sentence: Sentence, word: int) -> bool:
    """Whether a bare domain is spoken of ("she works at Ferry.com", "ferry.com is down") rather than offered."""
    if text.capital[word] and word > sentence.first and text.words[word - 1] in PREPOSITIONS:
        return True
    return (
        word == sentence.first
        and word + 1 < sentence.last
        and text.words[word + 1] in {"is", "was", "has", "did", "does"}
    )


def _signed(text: Text, number: int) -> bool:
    near = text.sentences[max(0, number - 2) : number + 1]
    return any(
        text.words[sentence.first] in SIGN_OFFS and sentence.last - sentence.first <= 4 and "for" not in sentence.words
        for sentence in near
    )


_PLACEHOLDER = re.compile(
    r"(?:^|[.:!?…—–-])[ ]*(Link)[ ]*[.!]?[ ]*$|\[[^\]\n]{0,24}\b(?i:link|url)\]|<(?i:link|url)>|\((?i:link|url)\)",
    re.MULTILINE,
)


def link_placeholder(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """The place where a link goes: the word "Link" alone at an end, or in brackets."""
    low = draft.text.folded.lower()
    if "link" not in low and "url" not in low:
        return
    for match in _PLACEHOLDER.finditer(draft.text.folded):
        start, end = match.span(1) if match.group(1) else match.span()
        yield Mark.of(rule, start, end, sentence_at(draft.text, start))


def link_handle(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """A handle beside a call to write, follow or join."""
    text = draft.text
    if HANDLE not in text.vocabulary:
        return
    for number, sentence in enumerate(text.sentences):
        if HANDLE in sentence.words and not _CALLS.isdisjoint(sentence.words):
            for word in range(sentence.first + 1, sentence.last):
                near = text.words[max(sentence.first, word - 2) : word]
                if text.words[word] == HANDLE and not _CALLS.isdisjoint(near) and _YOU_WROTE.isdisjoint(near):
                    yield Mark.of(rule, text.starts[word], text.ends[word], number)


_YOU_WROTE: Final = frozenset("your you you're i'll i've i i'd saw did".split())
