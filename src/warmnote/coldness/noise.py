"""Typographic noise: capitals, rows of marks, walls of emoji, words in disguise."""

import re
from collections.abc import Iterator
from typing import Final

from warmnote.coldness.draft import PREPOSITIONS, Draft, sentence_at, sentence_of
from warmnote.coldness.rules import Rule
from warmnote.coldness.score import Mark
from warmnote.coldness.text import EMOJI, Sentence, Text

__all__ = ["capitals", "disguised_words", "emoji_wall", "exclamations", "money_signs"]

_ACRONYMS: Final = frozenset(
    "CEO CTO CFO COO NASA BBC USA UK EU UN NHS AI IT HR PR TV DJ MA BA PHD MBA DIY RSPB RNLI CPR UX UI QA LOL OMG BTW FYI DM PM AM".split()
)
_CHEERS: Final = frozenset(
    "congrats congratulations congratulation yay you your yours woo woohoo birthday well done happy love loved thanks thank go amazing proud bravo hooray welcome lol omg haha wow hey miss".split()
)
_LOUD_EMOJI: Final = frozenset("🚀💰🔥💸🤑📈✅👉👇⚡🎁🚨⚠💯💎📣🎯💪📲⏰🏆")


# Four capitals in a row, which every loud run has; more than that, since a search by category takes many times as long.
_LOUD = re.compile(r"[A-Z\u0080-\U0010ffff]{4}")


def capitals(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """Two or more words in capitals in a row, acronyms, names and cheering them aside."""
    text, source = draft.text, draft.text.folded
    if not _LOUD.search(source):
        return
    for number, sentence in enumerate(text.sentences):
        if not _LOUD.search(source, sentence.start, sentence.end):
            continue
        run: list[int] = []
        for word in range(sentence.first, sentence.last + 1):
            raw = source[text.starts[word] : text.ends[word]] if word < sentence.last else ""
            if (len(raw) > 1 and raw.isupper() and raw.isalpha()) or (run and raw in {"I", "A"}):
                run.append(word)
                continue
            if len(run) > 1 and _is_loud(text, sentence, run):
                yield Mark.of(rule, text.starts[run[0]], text.ends[run[-1]], number)
            run = []


def _is_loud(text: Text, sentence: Sentence, run: list[int]) -> bool:
    words = [text.source[text.starts[word] : text.ends[word]] for word in run]
    long = [word for word in words if len(word) > 3 and word not in _ACRONYMS]
    if len([word for word in words if word not in _ACRONYMS]) < 2 or not long:
        return False
    if not _CHEERS.isdisjoint(text.words[index] for index in run):
        return False
    named = run[0] > sentence.first and text.words[run[0] - 1] in PREPOSITIONS
    return not (named and len(run) <= 3)


def exclamations(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """Three exclamation marks in a row, unless they cheer the person on."""
    folded = draft.text.folded
    if "!!" not in folded:
        return
    for match in re.finditer(r"[!?]*!!!+[!?1]*", folded):
        number = sentence_at(draft.text, match.start())
        if number >= 0 and _CHEERS.isdisjoint(draft.text.sentences[number].words):
            yield Mark.of(rule, match.start(), match.end(), number)


def emoji_wall(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """Three or more picture signs in a row of the kind that advertisements use."""
    text = draft.text
    if EMOJI not in text.vocabulary:
        return
    runs: list[list[int]] = []
    for word in (index for index, item in enumerate(text.words) if item == EMOJI):
        if runs and text.starts[word] - text.ends[runs[-1][-1]] < 3:
            runs[-1].append(word)
        else:
            runs.append([word])
    for run in runs:
        if len(run) >= 3 and sum(text.source[text.starts[index]] in _LOUD_EMOJI for index in run) >= 2:
            yield Mark.of(rule, text.starts[run[0]], text.ends[run[-1]], sentence_of(text, run[0])[0])


def money_signs(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """Currency signs as decoration."""
    for match in re.finditer(r"[$£€]{2,}", draft.text.folded):
        yield Mark.of(rule, match.start(), match.end(), sentence_at(draft.text, match.start()))


def disguised_words(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """Words in letters that hide them from a filter."""
    text = draft.text
    for word in text.disguised:
        yield Mark.of(rule, text.starts[word], text.ends[word], sentence_of(text, word)[0])
