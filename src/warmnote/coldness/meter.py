"""The meter: a text and what is known of its reader in, a number with its reasons out."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from warmnote.coldness import _readability
from warmnote.coldness.allowed import AllowedPhrases, Covered
from warmnote.coldness.draft import Draft
from warmnote.coldness.heard import CLEAR, Heard, doubt, evidence, hush, kind, lean, listen, sounding, span
from warmnote.coldness.known import Known
from warmnote.coldness.measures import MEASURES
from warmnote.coldness.reading import About, Band, Finding, Fix, Reading, Strength
from warmnote.coldness.rules import Hit, Rule, Rulebook
from warmnote.coldness.sameness import Sent
from warmnote.coldness.score import Mark, Scored, coldness, confirm, floor_for, price
from warmnote.coldness.strengths import MOST_WARMTH, Interest, interest, names_theirs, strengths
from warmnote.coldness.summary import summarise
from warmnote.coldness.text import EMOJI, URL, Text, tokenise
from warmnote.coldness.wording import Worded, Wording
from warmnote.model import Stage
from warmnote.resources import resource

__all__ = ["Meter"]

_LEAST_WORDS: Final = 4
_LEAST_WORDS_FOR_A_GRADE: Final = 10
_ASKING: Final = frozenset(
    "pitch link meeting money recruit urgency freebie tease pressure guilt".split()
)  # a sentence with one of these earns no warmth, however it is put
_ECHOED: Final = frozenset("pitch link meeting hype money recruit urgency freebie tease jargon self".split())
_FIRST_PERSON: Final = frozenset("i we my our me us i'm we're i've we've i'd we'd i'll we'll".split())


class Meter:
    """Reads messages for coldness. Offline, deterministic, and safe on any string; one instance serves the program."""

    def __init__(self, rules: Rulebook, wording: Wording) -> None:
        self._rules = rules
        self._wording = wording
        self._known: Known = Known(About())
        self._sent = Sent()
        self._sent_texts: tuple[str, ...] = ()
        self._allowed = AllowedPhrases()
        measured = [rule for rule in rules.rules.values() if rule.measure]
        self._offers = [
            rule for rule in measured if rule.category in {"link", "pitch"} and rule.measure != "wording"
        ]  # what others build upon
        self._wordings = [rule for rule in measured if rule.measure == "wording"]
        self._measures = [rule for rule in measured if rule not in self._offers and rule.measure != "wording"]

    @classmethod
    def load(cls, directory: Path | None = None, wording: Wording | None = None) -> "Meter":
        """Read the rules of `directory` and the table of phrases, by default the ones that come with Warmnote.

        Raises RuleError and WordingError.
        """
        rules = Rulebook.load(resource("rules") if directory is None else directory, measures=MEASURES.keys())
        return cls(rules, wording or Wording.load())

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id. Raises KeyError."""
        return self._rules.rules[rule_id]

    def with_wording(self, wording: Wording) -> "Meter":
        """A meter with the same rules that knows other phrases."""
        return Meter(self._rules, wording)

    def weigh(self, text: str) -> float:
        """How far the wording of a text speaks for selling, as log odds, whatever the rules find."""
        return self._wording.read(tokenise(text, self._rules.known)).weight

    @property
    def words(self) -> Collection[str]:
        """The words that are looked for behind disguises."""
        return self._rules.known

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, in the order of their ids."""
        return tuple(rule for _, rule in sorted(self._rules.rules.items()) if rule.category in self._rules.categories)

    @staticmethod
    @lru_cache(maxsize=64)
    def grade(text: str) -> float | None:
        """The reading grade (US school year, ARI) of a text; None under ten words."""
        if len(text.split()) < _LEAST_WORDS_FOR_A_GRADE:
            return None
        return max(0.0, round(_readability.grade(text), 1))

    def read(self, text: str, about: About = About()) -> Reading:  # noqa: B008  # frozen
        """How cold `text` would read to the person of `about`, and why. Never raises on any string."""
        words = tokenise(text, self._rules.known)
        count = len(words.words) - words.words.count(EMOJI) - words.words.count(URL)
        if count < _LEAST_WORDS:
            return Reading(None, None, (), (), 0, 0, None, summarise(None, (), (), None, about.pronouns), count)
        known, sent = self._record(about)
        stage = Stage(max(0, about.stage - 1)) if about.unanswered >= 2 else about.stage
        asked = about.asked if about.asked is not None else self.asked(about.their_last)
        marks, warm = self._look(words, about, known, sent, stage, asked=asked)
        scored = price(marks, self._rules.categories, stage, asked=asked)
        raw = sum(item.points for item in scored)
        warmth = -sum(item.points for item in warm)
        floor = floor_for(scored, self._rules.categories, stage)
        number, held = coldness(raw, warmth, max((item.points for item in scored), default=0), floor)
        findings = self._findings(scored, words)
        in_force = floor if held else None
        summary = summarise(number, findings, warm, in_force, about.pronouns)
        return Reading(number, Band.of(number), findings, warm, raw, warmth, in_force, summary, count)

    def asked(self, their_last: str) -> bool:
        """Whether a message of theirs asks about the writer's work, price or page."""
        hits = self._rules.hits(tokenise(their_last, self._rules.known)) if their_last else ()
        return any(hit.rule.id == "phrase.asked" for hit in hits)

    def _record(self, about: About) -> tuple[Known, Sent]:
        # The same person is read at every key press: their record is taken apart once. Tuples of the same strings
        # compare by identity, so asking costs next to nothing.
        known, others = self._known, about.sent_to_others
        if any(getattr(known.about, name) != getattr(about, name) for name in _RECORD):
            self._known = known = Known(about)
        if isinstance(others, Sent):
            return known, others
        if self._sent_texts != others:
            self._sent, self._sent_texts = Sent.each_to_one(others), others
        return known, self._sent

    def _cover(self, text: Text, about: About) -> Covered:
        if self._allowed.phrases is not about.allowed and self._allowed.phrases != about.allowed:
            self._allowed = AllowedPhrases(about.allowed)
        return self._allowed.cover(text.source)

    def _look(
        self, text: Text, about: About, known: Known, sent: Sent, stage: Stage, *, asked: bool
    ) -> tuple[list[Mark], tuple[Strength, ...]]:
        allowed = self._cover(text, about)
        phrases: dict[str, list[Hit]] = {}
        measured: dict[str, list[Hit]] = {}
        marks: list[Mark] = []
        for hit in self._rules.hits(text):
            if hit.rule.category == "phrase":
                phrases.setdefault(hit.rule.id.removeprefix("phrase."), []).append(hit)
            elif hit.rule.measure:
                measured.setdefault(hit.rule.id, []).append(hit)
            elif not _is_echo(hit, text, known):
                marks.append(Mark.of(hit.rule, text.starts[hit.first], text.ends[hit.last - 1], hit.sentence))
        draft = Draft(text, about, known, sent, stage, asked, False, _NOTHING, False, phrases, measured, self.grade, ())
        offers = [mark for rule in self._offers for mark in MEASURES[rule.measure](draft, rule)]
        marks.extend(offers)
        excused = [mark for mark in marks if _is_excused(mark, text, about, allowed)]
        marks = [mark for mark in marks if mark not in excused] if excused else marks
        asks = frozenset(
            mark.sentence for mark in marks if mark.rule.category in _ASKING and mark.rule.id != "link.shared-page"
        )
        worded = self._worded(text, about, allowed, excused, marks)
        weight = evidence(worded, price(marks, self._rules.categories, stage, asked=asked), len(text.words))
        asks |= sounding(worded, weight)
        flatters = frozenset(mark.sentence for mark in marks if mark.rule.category == "flattery")
        meant = interest(text, known, phrases, asks, flatters)
        warm = strengths(text, known, phrases, asks, meant.questions)
        referred = any(item.kind in {"reference", "common"} for item in warm)
        about_them = bool(meant.questions or meant.about_them or referred) or names_theirs(text)
        weight += sum(item.points for item in warm) / 10
        confirm(marks, self._rules.categories, about_them=about_them)
        doubt(marks, worded, weight, stage)
        marks = hush(marks, weight)
        heard = listen(text, worded, weight, marks)
        draft = replace(
            draft, interest=meant, referred=referred,
            offers=not asked and any(mark.rule.category in {"pitch", "link"} and mark.sure for mark in marks),
        )  # fmt: skip
        counted = [mark for rule in self._measures for mark in MEASURES[rule.measure](draft, rule)]
        doubt(counted, worded, weight, stage)
        marks.extend(mark for mark in counted if not _is_excused(mark, text, about, allowed))
        if weight < CLEAR and stage <= Stage.EXCHANGED_ONCE:
            heard, kindly = self._balance(text, worded, weight, marks, warm, stage, asked=asked)
            warm = (*kindly, *warm)
        draft = replace(draft, heard=heard)
        added = [mark for rule in self._wordings for mark in MEASURES[rule.measure](draft, rule)]
        marks.extend(mark for mark in added if not _is_excused(mark, text, about, allowed))
        return marks, warm

    def _worded(
        self, text: Text, about: About, allowed: Covered, excused: Sequence[Mark], marks: Sequence[Mark]
    ) -> Worded:
        """The wording of a text, without the sentences where something is let pass."""
        worded = self._wording.read(text)
        passed = {mark.sentence for mark in excused}
        if about.allowed or about.excused:
            passed |= {
                number
                for number in range(len(worded.sentences))
                if _is_passed(text, about, allowed, *span(text, worded, number))
            } - {mark.sentence for mark in marks}
        return self._wording.read(text, passed) if passed else worded

    def _balance(
        self, text: Text, worded: Worded, weight: float, marks: Sequence[Mark], warm: Sequence[Strength], stage: Stage,
        *, asked: bool,
    ) -> tuple[tuple[Heard, ...], tuple[Strength, ...]]:  # fmt: skip
        """What moves the number of a letter that no floor holds towards its evidence."""
        scored = price(marks, self._rules.categories, stage, asked=asked)
        if floor_for(scored, self._rules.categories, stage) is not None:
            return (), ()
        warmth = -sum(item.points for item in warm)
        number = sum(item.points for item in scored) - warmth
        pitch = self._rules.categories["pitch"]
        scale = pitch.stages[stage] * (pitch.asked if asked else 1.0)
        return (
            lean(text, worded, weight, number, marks, scale),
            kind(weight, number, len(text.words), MOST_WARMTH - warmth),
        )

    def _findings(self, scored: Sequence[Scored], text: Text) -> tuple[Finding, ...]:
        findings = [
            Finding(
                mark.start, mark.end, rule.category, rule.id, rule.title, item.points, mark.sure, mark.why or rule.why,
                mark.advice or rule.advice, rule.replace if mark.end else None, _fix(mark, text), rule.evidence, rule.source,
            )
            for item in scored
            for mark in (item.mark,)
            for rule in (mark.rule,)
        ]  # fmt: skip
        findings.sort(key=lambda item: (item.start, item.end, -item.points, item.rule))
        return tuple(findings)


def _is_echo(hit: Hit, text: Text, known: Known) -> bool:
    """Whether the words are the person's own, given back to them without the writer entering the sentence."""
    if hit.rule.category not in _ECHOED or not known.wrote(text.phrase(hit.first, hit.last)):
        return False
    return _FIRST_PERSON.isdisjoint(text.sentences[hit.sentence].words)


def _is_excused(mark: Mark, text: Text, about: About, allowed: Covered) -> bool:
    if mark.rule.id in about.off or allowed.holds(mark.start, mark.end):
        return True
    return bool(about.excused) and (mark.rule.id, text.source[mark.start : mark.end].casefold()) in about.excused


def _is_passed(text: Text, about: About, allowed: Covered, start: int, end: int) -> bool:
    """Whether wording is let pass where it would be marked: other words of that sentence must not take its place."""
    words = text.source[start:end].casefold()
    return allowed.holds(start, end) or any(part == words for rule, part in about.excused if rule.endswith(".wording"))


def _fix(mark: Mark, text: Text) -> Fix | None:
    rule = mark.rule
    if not mark.end:
        return None
    if rule.replace is not None:
        label = f"Write “{rule.replace}”" if rule.replace else rule.fix_label or "Remove these words"
        return Fix(mark.start, mark.end, rule.replace, label)
    if rule.fix == "none":
        return None
    start, end = mark.start, mark.end
    if rule.fix == "sentence" and mark.sentence >= 0:
        sentence = text.sentences[mark.sentence]
        start, end = min(start, sentence.start), max(end, sentence.end)
    # The space that parted the words from their neighbours goes with them.
    source = text.source
    while end < len(source) and source[end] == " ":
        end += 1
    if end == len(source):
        while start > 0 and source[start - 1].isspace():
            start -= 1
    return Fix(
        start, end, "", rule.fix_label or ("Remove this sentence" if rule.fix == "sentence" else "Remove these words")
    )


_NOTHING: Final = Interest((), asked_anything=False, about_them=False)
_RECORD: Final = ("name", "bio", "location", "their_last", "posts", "facts", "earlier")
