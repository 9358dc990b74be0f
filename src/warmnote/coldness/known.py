"""What is known of a person, made comparable: words without their endings, their own phrases, their pages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from warmnote.coldness.reading import About
from warmnote.coldness.text import URL, fold, tokenise

__all__ = ["Known", "content", "domain", "root", "simple_words"]

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_COMMON: Final = frozenset(
    """a about above after again all also always am an and any anyone anything are around as ask asked asking at away back be became
because been before being best better between both business but buy by call came can can't come coming company connect could day days
did didn't do does doesn't doing don't done down each else enjoy even ever every everyone everything feel few find first follow
follower followers followed following for founder free friend from full fun get gets getting give glad go goes going good got great
had happy has have having he hello help helped helping her here hey hi him his hope how i i'd i'll i'm i've idea if in interest
interested interesting into is isn't it it's its job just keep kind know last let life like little live living long look looking
lot love loved lovely made make makes making man many may maybe me mean meet message might mine month months more most much must my
myself near need never new next nice no not nothing now of off often oh old on once one only onto open or other others our out over
own part people per person piece place please post posted posts profile put read real really right said same saw say see seem seen
send sent share shared she should show since site small so some someone something sometimes soon sort start started still stuff such
sure take talk team tell than thank thanks that that's the their them then there these they they're thing things think this those
though thought through time times to today together tomorrow tonight too took try trying two under until up us use used using very
view views want wanted was way we we're we've week weekend weeks well went were what what's when where which while who why will with
won't word words work worked working works world worth would write writing wrote year years yes yesterday yet you you'd you'll
you're you've young your yours yourself based opinions own tweets dm dms page website link email account official proud passionate
enthusiast lover fan director manager owner ceo cto head lead leader senior junior expert specialist consultant professional
three four five six seven eight nine ten half hour hours minute minutes morning evening afternoon night monday tuesday wednesday
thursday friday saturday sunday january february march april may june july august september october november december mr mrs ms dr
com www http https him-self big long-time bit question questions hear heard pleasure nice cool amazing awesome follow-up note
uk usa us england city town country area north south east west state states united kingdom""".split()
)
_ENDINGS: Final = ("'s", "ings", "ing", "ers", "er", "ies", "ied", "ed", "es", "s")


def root(word: str) -> str:
    """`word` without its regular ending, so that gardening, gardens and gardener meet in one form."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + ("y" if ending in {"ies", "ied"} else "")
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def simple_words(text: str) -> list[str]:
    """The words of a text in small letters, without cutting sentences: the quick way for much text."""
    return _WORD.findall(fold(text).lower())


def content(words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Position and root of each word that says something of its own."""
    for index, word in enumerate(words):
        if len(word) > 2 and word not in _COMMON and not word[0].isdigit() and not word.startswith("<"):
            yield index, root(word)


def domain(address: str) -> str:
    """The host of a web address or the part of a mail address behind the @, without www."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?|^[^/]*@", "", address.lower())
    return re.split(r"[/?#:]", bare, maxsplit=1)[0].rstrip(".")


@dataclass(frozen=True, slots=True)
class _Source:
    label: str
    text: str
    said: bool


class Known:
    """One person's record, read once. `shared` maps the root of a word to where it comes from; `said` are the roots
    of what they themselves wrote; `private` are facts that they did not show publicly.
    """

    def __init__(self, about: About) -> None:
        self.about = about
        sources = [
            _Source("their last message", about.their_last, True),
            *(_Source("a post of theirs", post, True) for post in about.posts),
            *(_Source("what was said before", words, True) for words in about.earlier),
            _Source("their bio", about.bio, False),
            _Source("where they live", about.location, False),
            *(
                _Source(fact.source or "what you know of them", fact.text, fact.kind in {"post", "question"})
                for fact in about.facts
                if fact.shared and not fact.hidden
            ),
        ]
        self.shared: dict[str, str] = {}
        self.said: set[str] = set()
        self.domains: set[str] = set()
        phrases: list[str] = []
        names = {root(word) for word in simple_words(about.name)}
        for source in sources:
            if not source.text:
                continue
            text = tokenise(source.text)
            phrases.extend(sentence.canonical for sentence in text.sentences)
            self.domains |= {
                domain(source.text[start:end])
                for word, start, end in zip(text.words, text.starts, text.ends, strict=True)
                if word == URL
            }
            for _, stem in content(text.words):
                if stem not in names:
                    self.shared.setdefault(stem, source.label)
                    if source.said:
                        self.said.add(stem)
        self._phrases = " |".join(phrases) + " "
        self.private = [
            (fact, roots)
            for fact in about.facts
            if not fact.shared
            and (roots := frozenset(stem for _, stem in content(simple_words(fact.text))) - self.shared.keys() - names)
        ]

    def wrote(self, phrase: str) -> bool:
        """Whether the person used these very words (canonical, joined by spaces)."""
        return f" {phrase} " in self._phrases
