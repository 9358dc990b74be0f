"""What the writer does for a living, where no pattern lists the verb: "I mix and master for indie acts"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from warmnote.coldness.draft import Draft
from warmnote.coldness.rules import Rule
from warmnote.coldness.score import Mark

__all__ = ["says_a_trade"]


def says_a_trade(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """A statement of what I or we do as a habit, that is neither a feeling, a pastime nor a word about them.

    English after "I" or "we" has a verb, so what is no feeling, no pastime and no past tense is most often work. It is
    a guess, and weak: another sign must bear it out.
    """
    text = draft.text
    for number, sentence in enumerate(text.sentences):
        if sentence.question or sentence.last - sentence.first < 4 or not _THEIRS_OR_HOME.isdisjoint(sentence.words):
            continue
        words = text.words[sentence.first : sentence.last]
        verb = _verb(words)
        if verb:
            start, end = text.starts[sentence.first], text.ends[min(sentence.last, sentence.first + verb + 4) - 1]
            if not text.quoted or not text.is_quoted(start, end):
                yield Mark.of(rule, start, end, number)


def _verb(words: Sequence[str]) -> int:
    """Where the verb of a trade stands in a sentence; 0 when there is none."""
    at = 0
    while at < 2 and words[at] in _LEADS:
        at += 1
    if words[at] == "our":
        thing = words[at + 1]
        at += 2
        helped = at < len(words) and words[at] in _HELPERS
        if thing in _PLACES_AND_KIN or at + 1 >= len(words):
            return 0
        if thing in _CUSTOMERS:
            return at if words[at].isalpha() and not words[at].endswith("ed") and words[at] not in _BEING else 0
        if not helped and not _is_habit(words[at]):
            return 0
        # "our oven likes the flour you sent" is about them; "our drivers know when you are in" is not.
        you = words.index("you", at) if "you" in words[at:-1] else 0
        return at if you and not words[you + 1].endswith("ed") else 0
    if words[at] not in {"i", "we"}:
        return 0
    at += 1
    while at < len(words) and (words[at] in _ADVERBS or words[at].endswith("ly")):
        at += 1
    return at if at + 1 < len(words) and _is_habit(words[at]) and _is_for_many(words[at + 1 :]) else 0


def _is_habit(verb: str) -> bool:
    return verb.isalpha() and len(verb) > 2 and not verb.endswith("ed") and verb not in _NOT_WORK


def _is_for_many(words: Sequence[str]) -> bool:
    """Whether the work has more than one object or client, or is for somebody: what one does once is no trade."""
    return any(
        (word.endswith("s") and len(word) > 3 and word[-2] not in "'su" and word not in _NOT_PLURAL) or word[0] in "$£€"
        for word in words
    ) or ("for", "a") in pairwise(words)


_LEADS: Final = frozenset("and but so also well now plus btw ps anyway hello hi hey".split())
_ADVERBS: Final = frozenset(
    "also just mostly mainly usually only currently now often actually simply both all regularly".split()
)
_HELPERS: Final = frozenset("can could will would may".split())
_CUSTOMERS: Final = frozenset(
    "clients customers members users readers patients students subscribers guests partners investors".split()
)
_NOT_PLURAL: Final = frozenset(
    "this always sometimes perhaps does goes yes news times days weeks years hours minutes months besides".split()
)
_BEING: Final = frozenset("am are is was were had did".split())
_PLACES_AND_KIN: Final = frozenset(
    "children kids son sons daughter daughters dog dogs cat cats hens family mum dad mother father gran street village church choir"
    " school garden house home roof kitchen town team club neighbour neighbours neighbor neighbors friends friend street road teacher"
    " class pupils library own pub bus train ferry river lake boat car kettle grandchildren parents aunt uncle cousin".split()
)
_THEIRS_OR_HOME: Final = frozenset(
    "your yours too badly thanks thank sorry congratulations congrats happy birthday mum mother dad father gran grandmother grandfather"
    " granddad wife husband son daughter sister brother aunt uncle cousin niece nephew children kids grandchildren dog dogs cat cats hens"
    " bees choir church chapel allotment parish ward myself ourselves hope love loved read saw heard remember wish yesterday ago"
    " knitters knitting poem poems song songs tonight birds".split()
)
# Feelings, thoughts, senses, pastimes, coming and going; helpers; and what has a past form of its own.
_NOT_WORK: Final = frozenset(
    "am are is was were be been being have had has do did does done can could will would shall should may might must ought need dare used"
    " think thought know knew feel felt hope love like hate loathe want wish wonder believe guess suppose imagine doubt mean meant agree"
    " understand understood remember forget forgot forgotten see saw seen hear heard look smell taste notice enjoy miss admire adore envy"
    " prefer mind care dream dreamt fear worry trust bet reckon gather assume expect find found realise realize recognise recognize appreciate"
    " respect owe belong cannot seem appear sound deserve come came go went get got gotten walk walked ran swim swam ride rode sail cycle"
    " hike climb travel drive drove fly flew fall fell stand stood sit sat lie lay sleep slept wake woke live stay stayed grow grew read watch"
    " listen sing sang play knit sew crochet bake cook eat ate drink drank smoke laugh cry cried smile weep wept giggle garden paint draw drew"
    " dance pray fish hunt jog row skate ski keep kept lose lost leave left bring brought buy bought made make take took taken give gave"
    " put said say told tell ask asked wrote write written spoke speak talk talked met meet saw spend spent pay paid sold taught caught"
    " held built sent began begin start started stop stopped became become broke break chose choose won win wore wear hung hang hid bit"
    " beg apologise apologize promise swear admit confess must try tried thought can't don't never always still once ever not no hardly"
    " almost nearly really truly honestly certainly too so very both and or who that the a an my our your you'd two three four five few"
    " share spotted follow send call reply answer let join second salute celebrate cheer toast miss moved move visit visited turn reach"
    " rang sang blew froze shook stole woke dug drew fed fought led lit rose sank shot shut slid spun stuck struck swore tore threw went understood hurt let quit burst even amm dont don didnt stil now gotta gonna wanna dunno donno thk thnk tot dun juz jus neva luv wan wil kinda woulda wait remain fancy suspect calls regret gone catch completely sympathise sympathize struggle marvel giggle chuckle grin shiver"
    " learn learned learnt study studied teach volunteer help work vote save borrow lend show dread crave prefer cherish treasure relate".split()
)
