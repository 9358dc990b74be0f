"""Interests that no vocabulary can list, found by the words around them: "based in", "learning", "restoring a".

Every pattern is tried only where one of the words that open it stands, so that a long text costs no more than its words.
"""

import re
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from warmnote.prompts._words import Token

__all__ = ["Cue", "career", "cues", "language_spans"]

_CAP = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*\w)"
_STOP_CAP = rf"(?:{_CAP}|St\.)"
_NAME = rf"{_STOP_CAP}(?:[ ](?:(?:of|the|de|del|la|las|los|upon|sur|am|an|der|do|da|di|on|le)[ ])?{_CAP}){{0,3}}"
_WORD = r"[^\W_][\w’'-]*"
_END = (
    r"(?=\s*(?:[.,;:!?|•·()/\n–—&]|\s-\s|\Z|\b(?:and|with|in|on|at|for|while|when|but|since|from|by|who|then|so|until|because|"
    r"to|very|slowly|badly|again|after|before|as|y|et|und|e|en|a|con|avec|mit|com)\b|[\U0001f000-\U0001faff\u2600-\u27bf]))"
)
_ARTICLE = r"(?i:(?:some|a[ ]bit[ ]of|the|le|la|les|el|das|die|den|o)[ ]|l['’])?"

_PLACE = re.compile(
    rf"{_WORD}(?i:[ ](?:and[ ](?:raised|bred|based)|up|back|out|here|mostly|now|happily))*[ ]"
    rf"(?i:in|from|near|around|outside|to|on|en|à|em|bei|aus|a)[ ](?i:the[ ]|sunny[ ]|rainy[ ]|beautiful[ ]|rural[ ])*(?P<what>{_NAME})"
)
_PLACE_MARK = re.compile(rf"[^\w\s]+\s*(?i:based[ ]in[ ]|from[ ]|in[ ])?(?i:the[ ])?(?P<what>{_NAME})")
_PLACE_FROM = re.compile(rf"\w+[ ](?i:the[ ])?(?P<what>{_NAME})")
_NO_PLACE = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december i a the my scratch home zero hr it ai tech technology sales marketing finance christ jesus god love "
    "heaven hell earth mars everywhere nowhere anywhere somewhere here there internet linkedin twitter x instagram tiktok youtube "
    "residence training motion progress bed print charge saas fintech healthcare retail business education computer data cyber "
    "security b2b b2c python java javascript typescript rust go swift excel php sql aws azure cloud devops renewable renewables energy "
    "manufacturing media film tv music fashion sports sport law politics government housing construction real public private higher "
    "early human people supply health mental primary secondary ux ui design product software engineering banking insurance consulting "
    "ecommerce e-commerce logistics hospitality charity english french german spanish maths science history economics communications pr "
    "advertising digital social crypto web3 blockchain biotech pharma medicine nursing denial chaos theory practice life black white "
    "reality style spring summer autumn winter microsoft google salesforce hubspot kubernetes peace your our his her its".split()
)
_LEARN = re.compile(
    rf"{_WORD}[ ](?i:myself[ ]|of[ ])?{_ARTICLE}(?i:(?:how[ ])?to[ ](?:(?:play|speak|make|read)[ ])?)?{_ARTICLE}"
    rf"(?P<what>{_WORD}(?:[ ](?!so\b|very\b){_WORD}){{0,2}}?){_END}"
)
_NOT_LEARNED = frozenset(
    "and development experience every everyday something new from as how more designer technologies technology in about things "
    "by to always daily each out life lots constantly disability disabilities difficulties support management solutions hard "
    "love trust leader specialist consultant coach manager algorithms business law medicine so stuff culture journey people humans "
    "mode full for is with myself through never platform platforms centre center curve zone what why when where who which at on after".split()
)
_NOT_LEARNING = frozenset(
    "machine deep always lifelong stop keep love loves e self continuous remote adaptive never of and".split()
)
_CAUSE = re.compile(
    rf"{_WORD}(?i:[ ]money)?[ ](?i:at|for|with|of)[ ](?i:the[ ]|a[ ]|our[ ]|my[ ]|an[ ])?(?i:small[ ]|local[ ])?"
    rf"(?P<what>{_WORD}(?:[ ](?!and\b|in\b){_WORD}){{0,3}}?){_END}"
)
_NO_CAUSE = frozenset(
    "customers clients change business businesses brands growth you your people others startups founders entrepreneurs leaders young "
    "life fun free all everyone everything good myself yourself employees companies sales executives".split()
)
_COLLECT = re.compile(rf"{_WORD}[ ](?i:of[ ]|de[ ]|d['’])?(?P<what>{_WORD}(?:[ ]{_WORD}){{0,3}}?){_END}")
_NOT_COLLECTED = frozenset(
    "data payments payment debt debts rent information feedback dust memories evidence money taxes stories passport thoughts "
    "experiences moments hugs smiles too of by items things stuff people".split()
)
_EVENT = re.compile(
    rf"{_WORD}[ ](?i:of[ ]|you[ ]at[ ]|at[ ]|for[ ]|to[ ])?(?P<what>(?i:the[ ])?{_NAME}(?:[ ]20\d\d|[ ]marathon)?)"
)
_NO_EVENT = frozenset(
    "monday friday saturday sunday god hell i university college school church the law google".split()
)
_TRAINEES = frozenset("currently now am i'm and also is still slowly".split())
_GATHERING = re.compile(
    r"(?i)\b(?:\w*con|\w*conf|conference|summit|\w*fest|festival|week|days?|fair|expo|forum|marathon|fringe|congress|show|"
    r"biennale|run|carnival|regatta|games|20\d\d)\b"
)
_PROJECT = re.compile(
    rf"{_WORD}[ ](?i:on[ ])?(?P<what>(?i:a|an|my|our|the|two|her|his|every)[ ]{_WORD}(?:[ ](?!out\b){_WORD}){{0,4}}?){_END}"
)
_NOT_BUILT = re.compile(
    r"(?i)\b(?:team|teams|brand|brands|community|communities|future|world|difference|business|businesses|company|companies|startups?|name|"
    r"bridge between|culture|platform|products?|pipelines?|tools?|software|app|solutions?|dogs?|line|talk|tightrope|church|temple|"
    r"better|life|career|legacy|empire|network|saas|agency|next chapter|way|operating|system|systems|practice|portfolio|engine|"
    r"ecosystem|movement|marketplace|fintech|tech|ai|stack|home for|space|safe|wave|case|list|story|wealth|cheque|check|code|rules|plane|airplane|rocket|ship|"
    r"mission|vision|strategy|sales|market|marketing|growth|customer|clients?|path|plank|walk|rulebook|kingdom|moat|audience|following)\b"
)
_READ = re.compile(
    rf"{_WORD}(?i:[ ](?:finished|book|novel|author)s?)?(?i:[ ](?:reading|gerade|is))?[ :]+[“\"'‘«]?(?P<what>(?:The |A )?{_NAME})"
)
_NO_BOOK = frozenset(("i", "uk", "berkshire", "fc"))
_TITLE = re.compile(
    r"(?:[A-Z]\w+ )?(?P<what>(?:Head|Director|VP|SVP|EVP|AVP|Vice President|Chief)(?: of)? [A-Z][\w-]+"
    r"(?: (?:(?:and|&|of) )?[A-Z][\w-]+){0,2})"
)
_NO_TITLE = re.compile(r"(?i)(?:head|director|chief)(?: of)?,? (?:coach|teacher|chef|over|the|at|executive officer)\b")
_CAREER = re.compile(
    rf"(?i:\b(?:ex|former|formerly(?: an?)?|recovering|reformed))[ -](?P<old>{_WORD}(?:[ ](?!turned|now|and){_WORD}){{0,2}}?)"
    rf"(?:,|[ ]and|[ ]turned|[ ]→|;|[ ]-)?[ ]*(?i:now|turned|gone|→|->|today)?[ ]+(?i:an?[ ])?(?P<new>{_WORD}(?:[ ]{_WORD})?){_END}"
)
_TURNED = re.compile(rf"(?i)\b(?P<old>{_WORD})[ -]turned[ -](?P<new>{_WORD})")
_NOW = re.compile(r"(?i)\b(?:now|turned|gone|today)\b|→|->")
_SPEAKS = re.compile(
    r"(?i)\b(?:speaks?|speaking|fluent(?: in)?|native|bilingual|trilingual|hablo|parle|spreche|falo|parlo|idiomas|langues|sprachen|"
    r"languages)\b[^.|•\n;]{0,80}(?:\. ?(?:also|and|plus|y|et|und)\b[^.|•\n]{0,40})?"
)
_SPEAKER = re.compile(r"(?i)\b(?:speaker|hablante|natif|native|nativo)\b")
_STATES = frozenset(
    "AK AL AR AZ CA CT DC FL GA IA ID IL KS KY LA MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OR RI SC SD TN TX UT VA VT WA WI WV WY UK USA"
    .split()
)  # fmt: skip
_LANDS = frozenset("valley peninsula highlands islands dales moors county hills mountains".split())

_DWELLING = (
    "based living lives live lived located born raised grew settled residing originally moved relocated home "
    "studio shop bakery cafe restaurant workshop clinic farm school cottage flat house life girl boy lad lass village bookshop "
    "gallery theatre vivo viviendo basado basada nacido nacida basee base vivant habite vis ne nee lebe wohne wohnhaft geboren moro "
    "vivendo nascido nascida now hand owner"
).split()
_OPENERS: dict[str, tuple[str, ...]] = {}
for _kind, _words in (
    ("dwelling", _DWELLING),
    ("mark", ("📍", "🏠", "🏡")),
    ("from", ("from", "via", "de", "aus")),
    ("in", ("in", "en", "à", "a", "em", "bei")),
    ("collecting", "collect collects collecting collector colecciono coleccionista sammle collectionne colecionador colecionadora".split()),
    ("learning", ("learning relearning teaching studying student aprendiendo apprends apprenant lerne aprendendo j'apprends".split())),
    ("cause", "volunteer volunteers volunteering trustee fundraises fundraising fundraiser raising advocate advocating patron "
              "campaigner campaigning ambassador mentor mentoring mentors governor voluntario voluntaria benevole ehrenamtlich".split()),
    ("event", "speaking speaker spoke see attending exhibiting training organising organizing organiser organizer".split()),
    ("going", ("going", "heading")),
    ("project", "building restoring renovating rebuilding converting writing working recording translating sewing knitting walking mapping "
                "planting".split()),
    ("book", "currently now just reading re-reading rereading favourite favorite leyendo lis lese lendo".split()),
    ("title", "head director vp svp evp avp vice chief".split()),
):  # fmt: skip
    for _word in _words:
        _OPENERS[_word] = (*_OPENERS.get(_word, ()), _kind)


class Cue(NamedTuple):
    """What a cue points at: `start` and `end` are code points; `opener` is where the words that point begin."""

    kind: str
    start: int
    end: int
    text: str
    opener: int = -1


def cues(text: str, tokens: Sequence[Token], ends: Container[int]) -> Iterator[Cue]:
    """Everything a cue points at in `text`, in no particular order; spans may overlap.

    `ends` are the tokens at which an interest ended: after "barista" an "in" leads to a place.
    """
    for at, token in enumerate(tokens):
        openers = _OPENERS.get(token.word)
        if openers:
            for opener in openers:
                cue = _open(opener, text, tokens, at, ends)
                if cue:
                    yield cue._replace(opener=token.start)
        elif token.capital and (token.word in _LANDS or text[token.start : token.end] in _STATES):
            cue = _land(text, tokens, at)
            if cue:
                yield cue


def _open(opener: str, text: str, tokens: Sequence[Token], at: int, ends: Container[int]) -> Cue | None:
    start = tokens[at].start
    if opener in _PLACES:
        return _place(opener, text, tokens, at, ends)
    if opener == "book":
        return _book(text, tokens, at)
    if opener == "title":
        found = _TITLE.match(text, start)
        if not found or _NO_TITLE.match(found["what"]):
            return None
        return Cue("profession", found.start("what"), found.end("what"), found["what"])
    if _unfit(opener, text, tokens, at):
        return None
    kind, pattern, unwanted = _SIMPLE[opener]
    cue = _found(kind, pattern, text, start, unwanted)
    if cue and opener == "going" and not _GATHERING.search(cue.text):
        return None
    return None if cue and opener == "project" and _NOT_BUILT.search(cue.text) else cue


def _place(opener: str, text: str, tokens: Sequence[Token], at: int, ends: Container[int]) -> Cue | None:
    token, before = tokens[at], tokens[at - 1] if at else None
    first = before is None or before.clause != token.clause
    if opener == "dwelling":
        if token.word == "based" and before and not first and before.capital:
            return _wanted("place", before.start, text[before.start : before.end], _NO_PLACE)
        return _at_place(_PLACE, text, token.start)
    if opener == "mark":
        return _at_place(_PLACE_MARK, text, token.start)
    return _at_place(_PLACE_FROM, text, token.start) if (first if opener == "from" else at in ends) else None


def _unfit(opener: str, text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether the word that should open a cue is part of something else: "machine learning", "AI training for"."""
    token = tokens[at]
    before = tokens[at - 1].word if at and tokens[at - 1].clause == token.clause else ""
    if opener == "learning":
        return before in _NOT_LEARNING or (token.word == "teaching" and "myself" not in text)
    if opener == "collecting":
        return text[token.end - 2] in "'’"  # a collector's son
    return token.word == "training" and bool(before) and before not in _TRAINEES


_PLACES = ("dwelling", "mark", "from", "in")
_SIMPLE = {
    "learning": ("learning", _LEARN, _NOT_LEARNED),
    "cause": ("cause", _CAUSE, _NO_CAUSE),
    "collecting": ("collecting", _COLLECT, _NOT_COLLECTED),
    "event": ("event", _EVENT, _NO_EVENT),
    "going": ("event", _EVENT, _NO_EVENT),
    "project": ("project", _PROJECT, frozenset[str]()),
}


def _found(kind: str, pattern: "re.Pattern[str]", text: str, start: int, unwanted: frozenset[str]) -> Cue | None:
    found = pattern.match(text, start)
    return _wanted(kind, found.start("what"), found["what"], unwanted) if found else None


def _at_place(pattern: "re.Pattern[str]", text: str, start: int) -> Cue | None:
    return _found("place", pattern, text, start, _NO_PLACE)


def _wanted(kind: str, start: int, what: str, unwanted: frozenset[str]) -> Cue | None:
    first = what.split(maxsplit=1)[0].lower().rstrip(".'’")
    return (
        None if first in unwanted or first.partition("-")[0] in unwanted else Cue(kind, start, start + len(what), what)
    )


def _book(text: str, tokens: Sequence[Token], at: int) -> Cue | None:
    word = tokens[at].word
    said = [token.word for token in tokens[at + 1 : at + 3]]
    before = tokens[at - 1].word if at else ""
    if word in ("currently", "now", "just"):
        unfit = "reading" not in said and "finished" not in said
    elif word in ("favourite", "favorite"):
        unfit = said[:1] not in (["book"], ["books"], ["novel"], ["novels"], ["author"], ["authors"])
    else:
        unfit = word == "reading" and before in ("in", "from", "near", "currently", "now", "always")
    return None if unfit else _found("book", _READ, text, tokens[at].start, _NO_BOOK)


def _land(text: str, tokens: Sequence[Token], at: int) -> Cue | None:
    """A name made a place by what follows it: "Scottsdale, AZ", "the Douro Valley"."""
    state = tokens[at].word not in _LANDS
    last = at - 1
    if last < 0 or not tokens[last].capital or (state and text[tokens[last].end : tokens[at].start] != ", "):
        return None
    if not state and tokens[last].clause != tokens[at].clause:
        return None
    first = last
    while first and _is_name(tokens[first - 1]) and tokens[first - 1].clause == tokens[last].clause:
        first -= 1
    start, end = tokens[first].start, tokens[last if state else at].end
    if last - first > 2 or tokens[last].word in _NO_PLACE or not tokens[last].word.replace("-", "").isalpha():
        return None
    return Cue("place", start, end, text[start:end])


def _is_name(token: Token) -> bool:
    return token.capital and token.word[0].isalpha()


def language_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where a language is spoken of as one that they speak."""
    spans = [found.span() for found in _SPEAKS.finditer(text)]
    for found in _SPEAKER.finditer(text):
        start = max(0, found.start() - 40, *(text.rfind(stop, 0, found.start()) for stop in ".|•\n;,"))
        spans.append((start, found.end()))
    return tuple(spans)


def career(text: str) -> tuple[str, str] | None:
    """What they were and what they became, if the text says both: "ex-lawyer, now baker"."""
    found = _TURNED.search(text)
    if not found:
        found = _CAREER.search(text)
        if not found or not _NOW.search(found[0]):
            return None
    return found["old"].lower(), found["new"].lower()
