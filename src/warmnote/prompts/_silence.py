"""The parts of a text in which nothing is read: denied, meant otherwise, a disclaimer, or nobody's business."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from warmnote.prompts._vocabulary import Match
from warmnote.prompts._words import Token, is_mark

__all__ = ["Hushed"]

_NEGATIVE = frozenset(
    "not no never hate hates dislike dislikes loathe loathes despise can't cannot cant don't dont doesn't didn't won't isn't "
    "aren't ain't wasn't anti allergic non without zero nunca pas kein keine keinen nicht nao jamais odio avoid avoids deteste".split()
)
_PAST = frozenset(
    "ex former formerly recovering reformed lapsed failed quit ancien ancienne ehemalige ehemaliger exfutbolista antiguo antigua".split()
)
_TURNS = frozenset(
    "but now turned yet though instead became gone pero aber mais mas sondern sino current currently".split()
)
_LISTS = frozenset(("and", "y", "et", "und", "e"))
_AFTER = frozenset("hater haters averse intolerant avoider sceptic skeptic phobic denier free elbow isn't".split())
_DENIALS = {("is", "not"), ("are", "not"), ("never", "again"), ("no", "more"), ("no", "longer")}
_PREDICATES = frozenset(first for first, _ in _DENIALS)
_DOUBT = _NEGATIVE | _PAST | {"used"}
_STILL_YES = re.compile(
    r"\b(?:not (?:only|just)|never (?:not|without|say no|enough|too)|(?:can't|cannot|cant|don't|dont|won't) (?:\w+ ){0,2}?"
    r"(?:without|stop|resist|enough|get enough|go anywhere)|no such thing as too|not without|no day without|no stranger to)\b"
)
_SARCASM = re.compile(
    r"(?i)\bsaid no ?(?:one|body)\b|\byeah right\b|(?:^|\s)/s\b|\bas if\b|\bnot my thing\b|\b(?:is|are) not for me\b|"
    r"\?\s*(?:as if|nope|never|hard pass|no,? thanks|no chance)\b"
)
_SARCASTIC = (
    "said no",
    "yeah right",
    "/s",
    "as if",
    "not my thing",
    "not for me",
    "? nope",
    "? never",
    "? hard pass",
    "? no",
)
_DISCLAIMER = re.compile(
    r"(?i)\b(?:views?|opinions?|thoughts|tweets?|posts|toots|skeets|takes|everything|content)\b[^.|•\n]{0,40}\b(?:own|mine|personal|employer\S*)\b"
    r"|\b(?:rts?|retweets?|likes|reposts?|follows?)\s*(?:≠|!=|=/=|are not|aren't|not|do not|don't|sind)[^.|•\n]*"
)
_DISCLAIMING = frozenset(
    "view views opinion opinions thoughts tweet tweets posts toots skeets takes everything content rt rts retweet retweets likes "
    "repost reposts follow follows".split()
)
_QUOTED = re.compile(r"[\"“«][^\"”»\n]{12,200}[\"”»]\s*[-–—~]\s*[^\n|]{0,60}")
_TIED = frozenset(("cause", "event", "milestone", "family", "learning", "project", "place"))
_WAYS = frozenset("through into against towards toward ahead away over".split())
_BUSINESS = frozenset(
    "priorities deadlines growth pipeline pipelines quota quotas sales insights meetings meeting spreadsheets roadmap roadmaps campaign "
    "campaigns quality brand brands leads lead ladder corporate deals disruption retros strategy strategies customers clients value "
    "success innovation change stakeholders kpis revenue release releases transformation complexity data ai solutions businesses "
    "agency startup startups companies compliments opportunities prospects talent".split()
)
_SELLING = frozenset("sales growth revenue pipeline deal deals leads lead kpi marketing business".split())
_ACTIVE = frozenset(("sport", "craft", "music", "food", "nature", "game"))
_FIGURES = frozenset("marathon sprint orchestra dance surf swim juggler juggle".split())
_FOR = frozenset(
    "help helps helping for empowering serving supporting every your hire hiring send than like with all".split()
)
_KIN = frozenset("daughter son wife husband widow grandson granddaughter".split())
_ASIDE = frozenset("when while because between after before on at and but with".split())
_ONE = frozenset("sales success ops relations operations".split())
_SCHOOLS = frozenset("university uni college graduate grad alum alumni alumna alumnus school".split())
_DEGREES = frozenset("ba bsc msc ma phd mba mphil degree meng beng bachelor bachelors masters master llb".split())
_GRADUATES = frozenset(("degree", "graduate", "grad"))
_FIRMS = frozenset("ltd llp inc llc group media digital agency consulting partners capital labs solutions software technologies "
                   "ventures marketing gmbh plc holdings".split())  # fmt: skip
_STOPS = ".!?|•·;\n"
_STOP = re.compile(f"[{_STOPS}]")


@dataclass(frozen=True, slots=True)
class Hushed:
    """Tells whether something found in a text has to stay unread."""

    tokens: Sequence[Token]
    silent: tuple[Match, ...]
    clauses: frozenset[int]
    spans: tuple[tuple[int, int], ...]
    touched: frozenset[int]
    doubtful: frozenset[int]

    @classmethod
    def of(cls, text: str, tokens: Sequence[Token], matches: Iterable[Match]) -> Self:
        """Looks `text` through once, for `covers` to be asked about every interest in it."""
        silent = tuple(match for match in matches if not match.phrase.kind)
        tied = frozenset(tokens[match.first].clause for match in silent if match.phrase.group == "clause")
        words = {token.word for token in tokens}
        spans = [found.span() for found in _DISCLAIMER.finditer(text)] if words & _DISCLAIMING else []
        for match in silent:
            if match.phrase.group == "clause":
                start, end = _sentence(text, tokens[match.first].start, tokens[match.last - 1].end)
                # "In memory of my father, who loved chess" is one thought; three commas make a list of separate ones
                spans += [(start, end)] if text.count(",", start, end) < 2 else []
        lowered = text.lower()
        if any(hint in lowered for hint in _SARCASTIC):
            spans += [_sentence(text, *found.span()) for found in _SARCASM.finditer(text)]
        if '"' in text or "“" in text or "«" in text:
            spans += [found.span() for found in _QUOTED.finditer(text)]
        touched = frozenset(tokens[match.first].clause for match in silent)
        doubtful = (
            frozenset(token.clause for token in tokens if token.word in _DOUBT) if words & _DOUBT else frozenset[int]()
        )
        return cls(tokens, silent, tied, tuple(spans), touched, doubtful)

    def covers(self, first: int, last: int, kind: str) -> bool:
        """Whether the tokens from `first` up to but not including `last`, of that kind, stay unread."""
        clause = self.tokens[first].clause
        if self.spans:
            start, end = self.tokens[first].start, self.tokens[last - 1].end
            if any(a <= start < b or a < end <= b for a, b in self.spans):
                return True
        return (
            clause in self.clauses
            or (bool(self.silent) and any(match.first < last and first < match.last for match in self.silent))
            or (kind in _TIED and clause in self.touched)
        )

    def denies(self, first: int, last: int) -> bool:
        """Whether the words around say that it is not so, or no longer."""
        tokens, clause = self.tokens, self.tokens[first].clause
        if last < len(tokens) and tokens[last].clause == clause:
            after = tokens[last].word
            if after in _AFTER:
                return True
            if after in _PREDICATES and last + 1 < len(tokens) and (after, tokens[last + 1].word) in _DENIALS:
                return True
        if clause not in self.doubtful or is_mark(tokens[first].word):
            return False
        said: list[str] = []
        listed = False
        for token in reversed(tokens[max(0, first - 5) : first]):
            if token.clause != clause or token.word in _TURNS or is_mark(token.word):
                break
            if token.word in _LISTS:
                listed = True
            if token.word in _PAST and not listed:
                return True
            if token.word == "used" and said[-1:] == ["to"]:
                return True
            said.append(token.word)
        if not any(word in _NEGATIVE for word in said):
            return False
        return not _STILL_YES.search(" ".join(reversed(said)))

    def figurative(self, match: Match) -> bool:
        """Whether it is a figure of speech ("juggling priorities"), or somebody else's ("helping founders")."""
        tokens, kind, last = self.tokens, match.phrase.kind, match.last
        if match.hashtag:
            return False
        clause = tokens[match.first].clause
        before = tokens[match.first - 1].word if match.first and tokens[match.first - 1].clause == clause else ""
        after = tokens[last].word if last < len(tokens) and tokens[last].clause == clause else ""
        if after in _KIN:
            return kind not in ("family", "pet")
        if kind == "profession":
            return self._of_others(match, before)
        if kind == "place":
            return after in _SCHOOLS
        if kind == "learning" and (before in _DEGREES or after in _GRADUATES):
            return True
        if after in _FIRMS and tokens[match.first].capital and last - match.first == 1:
            return True
        return kind in _ACTIVE and (before in _SELLING or self._businesslike(match))

    def _of_others(self, match: Match, before: str) -> bool:
        said = self.tokens[match.last - 1].word
        many = said.endswith("s") and said not in _ONE and not match.phrase.name.endswith("s")
        if before in _FOR or (many and before not in ("we", "two", "are")):
            return True
        earlier = self.tokens[match.first - 2].word if before in ("a", "an", "the") and match.first > 1 else ""
        return earlier in ("of", "to", "with", "for", "once")

    def _businesslike(self, match: Match) -> bool:
        last, clause = match.last, self.tokens[match.first].clause
        word = self.tokens[last - 1].word
        if word not in _FIGURES and not word.endswith("ing"):
            return False
        for n, token in enumerate(self.tokens[last : last + 4]):
            if token.clause != clause or token.word in _ASIDE:
                return False
            if token.word in _BUSINESS or (n == 0 and token.word in _WAYS):
                return True
        return False


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence, or item of a list, around a place in `text`."""
    after = _STOP.search(text, end)
    return max(text.rfind(stop, 0, start) for stop in _STOPS) + 1, after.start() if after else len(text)
