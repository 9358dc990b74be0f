"""The rules that are counted and compared rather than written as patterns.

Their words (title, why, advice, points) stand in resources/rules/_measures.toml; a rule names its measure. A measure
gets the draft and what is known, and yields the marks that it finds.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from warmnote.coldness.draft import SIGN_OFFS, Draft, Measure, sentence_at, sentence_of, whole
from warmnote.coldness.heard import heard_why
from warmnote.coldness.known import content, simple_words
from warmnote.coldness.links import link_address, link_handle, link_placeholder, link_shared
from warmnote.coldness.noise import capitals, disguised_words, emoji_wall, exclamations, money_signs
from warmnote.coldness.rules import Rule
from warmnote.coldness.sameness import MANY, compared
from warmnote.coldness.score import Mark
from warmnote.coldness.strengths import greeted_name
from warmnote.coldness.text import EMOJI
from warmnote.coldness.trade import says_a_trade
from warmnote.model import Stage

__all__ = ["MEASURES"]

_RESIDUE = re.compile(
    r"\{\{?\s*[A-Za-z][\w .|'-]{0,40}\}?\}|\$\{\w{1,40}\}"
    r"|\[(?i:your|first|last|full|company|insert|name|recipient|contact|job|role|position|title|industry|city|product|topic|specific|their|mutual|x)(?:[ _-][^\]\n]{0,40})?\]"
    r"|<<?(?i:first|last|full|your|company|name|insert)[ _]?\w{0,20}>>?|%(?i:first|last|full|company)?_?(?i:name)%|\*\|[A-Z_]{2,20}\|\*"
)
_EMPTY_NAME: Final = frozenset("null undefined nan none firstname first_name fname".split())


def template_residue(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """What a mail merge left behind: an unfilled field, or a greeting to nobody."""
    for match in _RESIDUE.finditer(draft.text.folded):
        yield Mark.of(rule, match.start(), match.end(), sentence_at(draft.text, match.start()))
    name = greeted_name(draft.text)
    if name and draft.text.words[name[0]] in _EMPTY_NAME:
        yield Mark.of(rule, draft.text.starts[name[0]], draft.text.ends[name[0]], 0)


_SHORT_NAMES: Final = tuple(
    frozenset(group.split())
    for group in (
        "robert bob rob bobby robbie bert", "william bill will billy liam", "elizabeth liz beth lizzie betty eliza lisa", "margaret maggie peggy meg",
        "katherine catherine kate katie cathy kathy kat", "michael mike mick", "james jim jimmy jamie", "richard rick dick rich",
        "john jack johnny jon", "edward ed ted eddie ned", "alexander alex sandy xander sasha", "alexandra alex sandra sasha", "henry harry hank",
        "charles charlie chuck", "anthony tony", "sarah sally", "susan sue susie", "mary molly polly", "david dave", "stephen steven steve", "joseph joe",
        "thomas tom tommy", "samuel samantha sam sammy", "daniel dan danny", "matthew matt", "nicholas nick", "patricia pat patty trish", "dorothy dot dolly",
        "andrew andy drew", "theodore ted theo", "francis frank", "frances fran", "josephine jo josie", "joanna jo", "josé pepe", "ivan vanya", "maria masha", "jennifer jen jenny",
    )
)  # fmt: skip


def template_wrong_name(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """A greeting to someone else than the person of this card."""
    text, parts = draft.text, set(simple_words(draft.about.name))
    name = greeted_name(text)
    if name is None or not parts:
        return
    greeted = [text.words[word].removesuffix("'s") for word in range(*name)]
    if any(_same_name(word, part) for word in greeted for part in parts):
        return
    mark = Mark.of(rule, text.starts[name[0]], text.ends[name[1] - 1], 0)
    mark.advice = f"Greet {draft.about.name.split()[0]}."
    # A slip of the pen or a pet name that the record does not know is less than a name from another letter.
    mark.sure = greeted[0][0] != simple_words(draft.about.name)[0][0] and text.capital[name[0]]
    if not mark.sure and get_close_matches(greeted[0], parts, 1, 0.75):
        mark.severity = 2
    yield mark


def _same_name(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    return (
        left == right
        or (len(short) > 2 and long.startswith(short))
        or any({left, right} <= group for group in _SHORT_NAMES)
    )


def template_nothing_else(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """The whole message is stock phrases."""
    text = draft.text
    hits = draft.hits.get(rule.id, ())
    if not hits or draft.referred or draft.interest.questions:
        return
    stock = {hit.sentence for hit in hits}
    name = greeted_name(text)
    covered = sum(hit.last - hit.first for hit in hits) + (name[1] if name else 0)
    other = [
        sentence
        for number, sentence in enumerate(text.sentences)
        if number not in stock and sentence.last - sentence.first > 3 and text.words[sentence.first] not in SIGN_OFFS
    ]
    words = sum(1 for word in text.words if word != EMOJI)
    if not other and covered * 10 >= words * 6:
        yield whole(rule)


def template_untouched_starter(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """A starter as it came, and nothing beside it."""
    starters = {" ".join(simple_words(prompt)) for prompt in draft.about.prompts}
    if starters:
        body = [
            " ".join(simple_words(draft.text.source[sentence.start : sentence.end]))
            for number, sentence in enumerate(draft.text.sentences)
            if not (number == 0 and greeted_name(draft.text) and sentence.last - sentence.first < 5)
        ]
        joined = " ".join(body)
        if joined and (joined in starters or all(any(part in starter for starter in starters) for part in body)):
            yield whole(rule)


def sameness(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """Sentences, or the whole, that went to other people."""
    if not draft.sent:
        return
    exempt = {hit.sentence for hit in draft.hits.get(rule.id, ())}
    body = [
        (number, sentence, words)
        for number, sentence, words in compared(draft.text)
        if number not in exempt and not draft.known.wrote(sentence.canonical.strip())
    ]
    repeated = [(number, sentence, draft.sent.people(words)) for number, sentence, words in body]
    if sum(sentence.last - sentence.first for _, sentence, _ in body) >= 8:
        everyone = draft.sent.people_of_all(words for _, _, words in body)
        if everyone:
            # Of letters that share a very common sentence not all were looked up.
            least = any(people > MANY for _, _, people in repeated)
            mark = replace(whole(rule), severity=3)
            mark.advice = f"{_people(everyone, least)} got nearly this message. Write the part that only fits this one."
            yield mark
    for number, sentence, people in repeated:
        if people:
            mark = Mark.of(rule, sentence.start, sentence.end, number)
            mark.advice = f"This sentence went to {_people(people).lower()}. Change it, or say what only fits here."
            yield mark


def _people(count: int, least: bool = False) -> str:
    if count > MANY:
        return f"More than {MANY} people"
    if least:
        return f"At least {count} people" if count > 1 else "At least one other person"
    return f"{count} people" if count > 1 else "One other person"


def no_interest_nothing(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """Neither a question about them nor anything of theirs."""
    if not (draft.interest.questions or draft.referred or draft.interest.about_them or draft.asked):
        mark = whole(rule)
        mark.severity = 3 if draft.offers else mark.severity
        yield mark


def no_interest_no_question(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """No question at all."""
    if not draft.interest.asked_anything:
        yield whole(rule)


def stacked_questions(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """Three or more questions in a row feel like a form."""
    if sum(sentence.question for sentence in draft.text.sentences) >= 3:
        yield whole(rule)


_COMFORT: Final = {Stage.FIRST_TOUCH: 400, Stage.EXCHANGED_ONCE: 800, Stage.CONVERSATION: 1600}


def too_long(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """More to read than the acquaintance bears; one point for each 50 characters over it, at most 12."""
    over = len(draft.text.source.strip()) - _COMFORT.get(draft.stage, 1_000_000)
    if over > 0:
        mark = whole(rule)
        mark.points = min(12, math.ceil(over / 50))
        yield mark


def hard_to_read(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """A reading grade above ten, from 30 words on."""
    text = draft.text
    if len(text.words) < 30:
        return
    letters = sum(map(len, text.words))
    # textstat is asked only when the grade could be near: it costs more than all the rest.
    if 4.71 * letters / len(text.words) + 0.5 * len(text.words) / len(text.sentences) - 21.43 > 7:
        grade = draft.grade(text.source)
        if grade is not None and grade > 10:
            yield whole(rule)


def unshared_fact(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """Something about them that they never showed publicly."""
    if not draft.known.private:
        return
    text = draft.text
    placed: dict[str, list[int]] = {}
    for index, stem in content(text.words):
        placed.setdefault(stem, []).append(index)
    for _, roots in draft.known.private:
        present = roots & placed.keys()
        if present and (len(present) >= 2 or len(present) * 2 >= len(roots)):
            word = min(placed[stem][0] for stem in present)
            number, sentence = sentence_of(text, word)
            last = max(index for stem in present for index in placed[stem] if index < sentence.last)
            yield Mark.of(rule, text.starts[word], text.ends[max(word, last)], number)


_ANSWERS = re.compile(
    r"\s*(?:re|fwd?|aw)\s*:\s*(?=\S)(?P<claim>(?=[^\n.!?]{0,80}\b(?:you|your|our|my|call|meeting|chat|conversation|proposal"
    r"|quote|invoice|order|request|offer|question|quick|partnership|account|application)\b))?",
    re.IGNORECASE,
)


def false_tie(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """An earlier talk that the log does not know."""
    about = draft.about
    if draft.stage > Stage.FIRST_TOUCH or about.earlier or about.their_last or about.unanswered:
        return
    for hit in draft.hits.get(rule.id, ()):
        yield Mark.of(rule, draft.text.starts[hit.first], draft.text.ends[hit.last - 1], hit.sentence)
    match = _ANSWERS.match(draft.text.folded)
    if match:
        mark = Mark.of(rule, match.start(), match.end(), 0)
        # "Re: Network names" may name a subject; "Re: our call" claims a letter before this one.
        mark.sure = match["claim"] is not None
        yield mark


def wording(draft: Draft, rule: Rule) -> Iterator[Mark]:
    """Sentences that no rule knows, worded as in letters that sell."""
    for heard in draft.heard:
        if heard.category == rule.category:
            mark = Mark.of(rule, heard.start, heard.end, heard.sentence)
            mark.sure, mark.points = heard.sure, heard.points
            mark.why = heard_why(heard, rule.why)
            yield mark


MEASURES: Final[Mapping[str, Measure]] = {
    "link_address": link_address,
    "link_shared": link_shared,
    "link_placeholder": link_placeholder,
    "link_handle": link_handle,
    "template_residue": template_residue,
    "template_wrong_name": template_wrong_name,
    "template_nothing_else": template_nothing_else,
    "template_untouched_starter": template_untouched_starter,
    "sameness": sameness,
    "no_interest_nothing": no_interest_nothing,
    "no_interest_no_question": no_interest_no_question,
    "stacked_questions": stacked_questions,
    "too_long": too_long,
    "hard_to_read": hard_to_read,
    "capitals": capitals,
    "exclamations": exclamations,
    "emoji_wall": emoji_wall,
    "money_signs": money_signs,
    "disguised_words": disguised_words,
    "unshared_fact": unshared_fact,
    "false_tie": false_tie,
    "says_a_trade": says_a_trade,
    "wording": wording,
}
