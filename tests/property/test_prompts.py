"""What holds for any bio, any history and any seed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from warmnote.model import Fact, Message, MessageKind, Person, PromptUse, Stage
from warmnote.prompts import KINDS, TOLD, Prompter, Starter, blanks, interests, silence

PROMPTER = Prompter.load()
TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WORDS = st.sampled_from(
    "potter Bilbao in based learning Basque not never and , . | • #trailrunning greyhound two cats called Biscuit ex-lawyer now "
    "baker cancer church restoring a 1972 Vespa my I'm going to ? ! “ ” ⟦ ⟧ {{ }} 🎸 👩‍🍳 \n / speaks Welsh volunteer at the".split(
        " "
    )
)
TEXT = st.one_of(st.text(st.characters(codec=None), max_size=120), st.lists(WORDS, max_size=25).map(" ".join))
FACT = st.builds(
    Fact,
    kind=st.sampled_from((*KINDS, *TOLD, "else")),
    text=TEXT,
    source=TEXT,
    on=st.none() | st.dates(date(2020, 1, 1), date(2027, 1, 1)),
    shared=st.booleans(),
    hidden=st.booleans(),
)
PERSON = st.builds(
    Person,
    id=st.integers(1, 10**6),
    name=TEXT,
    bio=TEXT,
    location=TEXT,
    company=TEXT,
    position=TEXT,
    pronouns=st.sampled_from(("", "she/her", "he/him", "xe/xem", "😀")),
    stage=st.sampled_from(Stage),
    do_not_write=st.booleans(),
    unanswered=st.integers(0, 3),
    facts=st.lists(FACT, max_size=4).map(tuple),
)
MESSAGE = st.builds(
    Message,
    kind=st.sampled_from(MessageKind),
    text=TEXT,
    at=st.integers(0, 900).map(lambda days: NOON - timedelta(days=days)),
)
USE = st.builds(
    PromptUse, prompt=st.sampled_from(PROMPTER.starters).map(lambda s: s.id), person=st.integers(1, 3), at=st.just(NOON)
)


@settings(max_examples=150, deadline=None)
@given(person=PERSON)
def test_spans_point_at_the_words(person: Person) -> None:
    for interest in interests(person):
        assert interest.kind in (*KINDS, *TOLD)
        assert interest.name
        assert 0 < interest.confidence <= 1
        field = {"bio": person.bio, "location": person.location, "headline": person.position}.get(interest.source)
        if (
            field is not None
            and interest.fact == 0
            and not any(fact.source == interest.source for fact in person.facts)
        ):
            assert field[interest.start : interest.end] == interest.text


@settings(max_examples=150, deadline=None)
@given(bio=TEXT)
def test_interests_of_a_bio_are_in_order_and_apart(bio: str) -> None:
    found = interests(Person(1, "Ana", bio=bio))
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=150, deadline=None)
@given(person=PERSON, messages=st.lists(MESSAGE, max_size=5), used=st.lists(USE, max_size=8), seed=st.integers())
def test_three_prompts_or_a_reason_for_none(
    person: Person, messages: list[Message], used: list[PromptUse], seed: int
) -> None:
    prompts = PROMPTER.suggest(person, messages, used, TODAY, seed)
    assert prompts == PROMPTER.suggest(person, messages, used, TODAY, seed)
    if silence(person, messages):
        assert prompts == ()
        return
    assert len({prompt.id for prompt in prompts}) == 3
    received = sum(message.kind is MessageKind.RECEIVED for message in messages)
    met = any(message.kind is MessageKind.MEETING for message in messages)
    for prompt in prompts:
        starter = next(starter for starter in PROMPTER.starters if starter.id == prompt.id)
        stage = max(person.stage, 2) if starter.kind == "reconnect" and (received > 2 or met) else person.stage
        assert starter.min_stage <= stage <= starter.max_stage
        assert len(blanks(prompt.starter)) == starter.text.count("⟦")
        assert "\n" not in prompt.starter + prompt.title
        assert prompt.title
        assert prompt.reason


SECRET = st.builds(
    Fact,
    kind=st.sampled_from((*KINDS, *TOLD)),
    text=st.just("zanzibarium"),
    on=st.none() | st.dates(date(2020, 1, 1), date(2027, 1, 1)),
    shared=st.just(value=False),
) | st.builds(Fact, kind=st.sampled_from((*KINDS, *TOLD)), text=st.just("zanzibarium"), hidden=st.just(value=True))


@settings(max_examples=60, deadline=None)
@given(person=PERSON, secret=SECRET, seed=st.integers(0, 40))
def test_what_was_not_shared_never_comes_up(person: Person, secret: Fact, seed: int) -> None:
    known = replace(person, facts=(*person.facts, secret))
    for prompt in PROMPTER.suggest(known, (), (), TODAY, seed):
        assert "zanzibarium" not in f"{prompt.title} {prompt.starter} {prompt.reason}".lower()


SILENT = ("cancer", "my divorce", "chemotherapy", "church every Sunday", "voting Labour", "bankruptcy", "depression")


@settings(max_examples=60, deadline=None)
@given(
    person=PERSON,
    kind=st.sampled_from(("post", "craft", "learning", "cause", "event")),
    text=st.sampled_from(SILENT),
    seed=st.integers(0, 40),
)
def test_what_is_nobodys_business_never_comes_up(person: Person, kind: str, text: str, seed: int) -> None:
    told = replace(person, bio="", name="Ana", facts=(Fact(kind, text),))
    for prompt in PROMPTER.suggest(told, (), (), TODAY, seed):
        assert text not in f"{prompt.title} {prompt.starter} {prompt.reason}"


@settings(max_examples=25, deadline=None)
@given(person=PERSON, messages=st.lists(MESSAGE, max_size=4))
def test_counting_the_seed_on_shows_everything(person: Person, messages: list[Message]) -> None:
    shown = [{prompt.id for prompt in PROMPTER.suggest(person, messages, (), TODAY, seed)} for seed in range(260)]
    early = set[str]().union(*shown[:130])
    assert set[str]().union(*shown[130:]) == early


@settings(max_examples=150, deadline=None)
@given(text=st.text(st.sampled_from("ab ⟦⟧🙂\n"), max_size=40))
def test_blanks_are_what_brackets_enclose(text: str) -> None:
    spans = blanks(text)
    assert all(text[start] == "⟦" and text[end - 1] == "⟧" for start, end in spans)
    assert all(not set("⟦⟧") & set(text[start + 1 : end - 1]) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@settings(max_examples=150, deadline=None)
@given(value=st.text(st.characters(codec=None), max_size=400))
def test_a_value_is_never_read_as_a_template(value: str) -> None:
    filled = Starter("a.b", "a", "<{{ craft }}>", ("craft",)).fill({"craft": value})
    assert filled.startswith("<")
    assert filled.endswith(">")
    assert not blanks(filled)
