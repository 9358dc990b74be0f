"""Interests that no vocabulary can list, found by the words around them: "based in", "learning", "restoring a"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Cue", "career", "cues", "language_spans"]

_CAP = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.-]*\w)"
_NAME = rf"{_CAP}(?:[ ](?:(?:of|the|de|del|la|las|los|upon|sur|am|an|der|do|da|di|on|le|and|&)[ ])?{_CAP}){{0,3}}"
_WORD = r"[^\W_][\w’'-]*"
_END = r"(?=\s*(?:[.,;:!?|•·()/\n–—&]|\s-\s|\Z|\b(?:and|with|in|on|at|for|while|when|but|since|from|by|who|then|y|et|und|e)\b))"

_PLACE = re.compile(
    rf"(?:(?i:\b(?:based|living|lives?|located|born(?:[ ]and[ ](?:raised|bred))?|raised|grew[ ]up|settled|made|home[ ]is|"
    rf"originally|(?:studio|shop|bakery|café|cafe|restaurant|workshop|clinic|practice|office|farm|school|garden|cottage|flat|"
    rf"house|home|life|girl|boy|lad|lass|villages?|bookshop|gallery|theatre)))[ ](?i:in|from|near|around|outside|on)|"
    rf"(?i:\bnow[ ]in|\bvia|\bvivo[ ]en|\bbasad[ao][ ]en|\bbasée?[ ]à|\bvivant[ ]à|\bhabite[ ]à|\b(?:lebe|wohne)[ ]in|\bmoro[ ]em)|"
    rf"[📍🏠🏡]|(?:^|(?<=[.|•·,;(\n]))[ ]*(?i:from))[ ]*(?i:the[ ])?(?P<what>{_NAME})"
)
_NO_PLACE = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december i a the my scratch home zero hr it ai tech sales marketing finance christ jesus god love "
    "heaven hell earth mars everywhere nowhere anywhere somewhere here there internet linkedin twitter x instagram".split()
)
_COLLECT = re.compile(
    rf"(?i:\b(?:collects?|collecting|collector of|collection of|hoarder of))[ ](?P<what>{_WORD}(?:[ ]{_WORD}){{0,3}}?){_END}"
)
_NOT_COLLECTED = frozenset(
    "data payments payment debt debts rent information feedback dust memories evidence money taxes stories passport thoughts "
    "experiences moments hugs smiles too".split()
)
_LEARN = re.compile(
    rf"(?i:(?<!machine )(?<!deep )(?<!always )(?<!lifelong )(?<!never stop )(?<!keep )(?<!love )(?<!loves )(?<!e-)\b"
    rf"(?:re-?learning|learning|teaching myself|studying|student of|aprendiendo|apprends|lerne|aprendendo))[ ]"
    rf"(?i:to[ ](?:play|speak|make)?[ ]?)?(?P<what>(?i:the[ ])?{_WORD}(?:[ ]{_WORD}){{0,2}}?){_END}"
)
_NOT_LEARNED = frozenset(
    "and development experience every everyday something new from as how more designer technologies technology in about things "
    "by to always daily each out life lots constantly disability disabilities difficulties support management solutions hard "
    "love trust leader specialist consultant coach manager algorithms business law medicine".split()
)
_CAUSE = re.compile(
    rf"(?i:\b(?:volunteer(?:s|ing)?|trustee|fundrais(?:es|ing|er)|raising money|advocate|advocating|patron|campaigner))[ ]"
    rf"(?i:at|for|with|of)[ ](?i:the[ ]|a[ ]|our[ ]|my[ ])?(?P<what>{_WORD}(?:[ ](?!and\b|in\b){_WORD}){{0,3}}?){_END}"
)
_EVENT = re.compile(
    rf"(?i:\b(?:speaking at|speaker at|spoke at|see you at|going to|attending|exhibiting at|training for|heading to|"
    rf"(?:co-?)?organi[sz](?:er of|ing)))[ ](?P<what>(?i:the[ ])?{_NAME}(?:[ ]20\d\d|[ ]marathon)?)"
)
_PROJECT = re.compile(
    rf"(?i:\b(?:building|restoring|renovating|rebuilding|converting|writing|working on|recording|translating|sewing|knitting|"
    rf"walking|mapping|planting))[ ](?P<what>(?i:a|an|my|our|the|two|her|his)[ ]{_WORD}(?:[ ]{_WORD}){{0,3}}?){_END}"
)
_NOT_BUILT = re.compile(
    r"(?i)\b(?:team|teams|brand|brands|community|communities|future|world|difference|business|businesses|company|startup|name|"
    r"bridge between|culture|platform|product|products|pipeline|tools?|software|app|solution|solutions|dog|dogs|line|talk|"
    r"better|life|career|legacy|empire|network|saas|agency|next chapter|way)\b"
)
_BOOK = re.compile(
    rf"(?i:\b(?:(?:currently|now|re-?|just finished )[ ]?reading|favou?rite (?:book|novel|author)s?(?:[ ]is|:)?|rereading|"
    rf"leyendo|je lis|lese gerade))[ :]+[“\"'‘«]?(?P<what>(?:The |A )?{_NAME})"
)
_CAREER = re.compile(
    rf"(?i:\b(?:ex|former|formerly(?: an?)?|recovering|reformed))[ -](?P<old>{_WORD}(?:[ ](?!turned|now|and){_WORD}){{0,2}}?)"
    rf"(?:,|[ ]and|[ ]turned|[ ]→|;|[ ]-)?[ ]*(?i:now|turned|gone|→|->|today)?[ ]+(?i:an?[ ])?(?P<new>{_WORD}(?:[ ]{_WORD})?){_END}"
)
_TURNED = re.compile(rf"(?i)\b(?P<old>{_WORD})[ -]turned[ -](?P<new>{_WORD})")
_NOW = re.compile(r"(?i)\b(?:now|turned|gone|today)\b|→|->")
_SPEAKS = re.compile(
    r"(?i)\b(?:speaks?|speaking|fluent in|native|bilingual|trilingual|hablo|parle|spreche|falo|parlo)\b[^.|•\n;]{0,60}|"
    r"[^.|•\n;,]{0,40}\b(?:speaker|hablante)\b"
)


class Cue(NamedTuple):
    """What a cue points at: `start` and `end` are code points."""

    kind: str
    start: int
    end: int
    text: str


def _not_in(words: frozenset[str]) -> "re.Pattern[str]":
    return re.compile(rf"(?i)(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})\b")


_RULES = (
    ("place", _PLACE, _not_in(_NO_PLACE)),
    ("collecting", _COLLECT, _not_in(_NOT_COLLECTED)),
    ("learning", _LEARN, _not_in(_NOT_LEARNED)),
    ("cause", _CAUSE, None),
    ("event", _EVENT, _not_in(frozenset({"monday", "friday", "god", "hell", "i"}))),
    ("book", _BOOK, None),
)
_HINT = re.compile(
    r"(?i)based|liv|locat|born|raised|grew|settled|made|home|origin| in | from |^from|now in|via|vivo|basad|basé|habit|lebe|wohn|"
    r"moro|📍|🏠|🏡|collect|learn|teach|study|student|aprend|volunt|trustee|fundrais|raising|advocat|patron|campaign|speak|spoke|"
    r"see you|going|attend|exhibit|training|heading|organi|reading|favo|ley|lis |lese|build|restor|renovat|convert|writing|"
    r"working|record|translat|sewing|knitting|walking|mapping|planting"
)


def cues(text: str) -> Iterator[Cue]:
    """Everything a cue points at in `text`, in no particular order; spans may overlap."""
    if not _HINT.search(text):
        return
    for kind, pattern, unwanted in _RULES:
        for found in pattern.finditer(text):
            if unwanted is None or not unwanted.match(found["what"]):
                yield Cue(kind, found.start("what"), found.end("what"), found["what"])
    for found in _PROJECT.finditer(text):
        if not _NOT_BUILT.search(found["what"]):
            yield Cue("project", found.start("what"), found.end("what"), found["what"])


def language_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where a language is spoken of as one that they speak."""
    return tuple(found.span() for found in _SPEAKS.finditer(text))


def career(text: str) -> tuple[str, str] | None:
    """What they were and what they became, if the text says both: "ex-lawyer, now baker"."""
    found = _TURNED.search(text)
    if not found:
        found = _CAREER.search(text)
        if not found or not _NOW.search(found[0]):
            return None
    return found["old"].lower(), found["new"].lower()
