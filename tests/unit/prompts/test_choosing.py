"""Which three prompts a person gets, and when there are none."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from warmnote.model import Fact, Message, MessageKind, Person, PromptUse, Stage
from warmnote.prompts import Prompt, Prompter, Starter, blanks, silence

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PROMPTER = Prompter.load()
ANA = Person(
    1,
    "Ana Moreno",
    bio="Potter, runs a small studio in Bilbao. Sunday trail runs, terrible puns, one old greyhound.",
    pronouns="she/her",
    facts=(Fact("post", "a kiln that cracked", "post", TODAY - timedelta(days=1)),),
)
POOR = Person(2, "Ines")


def suggest(person: Person, *messages: Message, seed: int = 0, used: tuple[PromptUse, ...] = ()) -> tuple[Prompt, ...]:
    return PROMPTER.suggest(person, messages, used, TODAY, seed)


def they_wrote(text: str, days: float = 0) -> Message:
    return Message(MessageKind.RECEIVED, text, NOON - timedelta(days=days))


def you_wrote(text: str = "Hello", days: float = 0) -> Message:
    return Message(MessageKind.SENT, text, NOON - timedelta(days=days))


def test_the_example_of_the_drawing() -> None:
    assert [(p.title, p.starter, p.reason) for p in suggest(ANA)] == [
        (
            "A cracked kiln",
            "Your post about a kiln that cracked stayed with me. What happened next?",
            "from her post, yesterday",
        ),
        ("Pottery", "What got you started at the wheel, and what are you making at the moment?", "from her bio"),
        (
            "Trail running",
            "Which trail around Bilbao would you send a first-time visitor to?",
            "from her bio and place",
        ),
    ]
    kiln, pottery, trails = suggest(ANA)
    assert kiln.interest is not None
    assert kiln.interest.source == "post"
    assert (pottery.interest and pottery.interest.name, trails.interest and trails.interest.kind) == (
        "pottery",
        "sport",
    )


def test_same_seed_same_prompts_in_any_process() -> None:
    code = (
        "from datetime import date; from warmnote.model import Person; from warmnote.prompts import Prompter;"
        "p = Person(9, 'Dana', bio='Cellist, gardener, two cats, Leeds');"
        "print([x.id for s in range(4) for x in Prompter.load().suggest(p, (), (), date(2026, 11, 23), s)])"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


@pytest.mark.parametrize(
    "person",
    [
        ANA,
        POOR,
        Person(3, "王小明"),
        Person(4, ""),
        Person(5, "X Æ A-12", position="Logistics Analyst", company="Harbour & Sons Ltd"),
    ],
    ids=lambda person: person.name or "nameless",
)
@pytest.mark.parametrize("stage", Stage)
def test_everyone_gets_three(person: Person, stage: Stage) -> None:
    messages = (they_wrote("It was a long winter on the boat.", 30),) if stage else ()
    for seed in range(12):
        prompts = suggest(replace(person, stage=stage), *messages, seed=seed)
        assert len({prompt.id for prompt in prompts}) == 3
        assert all(prompt.title and prompt.starter and prompt.reason for prompt in prompts)


@pytest.mark.parametrize("seed", [0, 1, 5, 2**64, -3])
def test_others_are_others(seed: int) -> None:
    for person in (ANA, POOR):
        assert {p.id for p in suggest(person, seed=seed)} != {p.id for p in suggest(person, seed=seed + 1)}


@pytest.mark.parametrize("seed", range(8))
def test_a_fresh_post_comes_first_and_kinds_differ(seed: int) -> None:
    kinds = [prompt.kind for prompt in suggest(ANA, seed=seed)]
    assert kinds[0] == "post"
    assert len(set(kinds)) == 3


@pytest.mark.parametrize("seed", range(8))
def test_the_last_exchange_comes_before_all(seed: int) -> None:
    ana = replace(ANA, stage=Stage.EXCHANGED_ONCE)
    first = suggest(ana, you_wrote(days=3), they_wrote("Two bowls survived, as it happens.", 2), seed=seed)[0]
    assert first.kind == "reply"
    answered = suggest(ana, they_wrote("Two bowls survived, as it happens.", 3), you_wrote(days=2), seed=seed)[0]
    assert answered.kind == "follow_up"


def test_their_words_are_handed_back() -> None:
    ana = replace(ANA, stage=Stage.EXCHANGED_ONCE)
    shown = [
        suggest(ana, they_wrote("Ha! Two bowls survived the whole thing.", 2), seed=s)[0].starter for s in range(6)
    ]
    assert any("“Two bowls survived the whole thing”" in starter for starter in shown)


def test_a_question_of_theirs_is_answered_first() -> None:
    ana = replace(ANA, stage=Stage.EXCHANGED_ONCE)
    first = suggest(ana, you_wrote(days=1), they_wrote("It hurt. Do you throw pots as well?"))[0]
    assert first.reason == "she asked you something, today"
    assert blanks(first.starter)
    assert "honest answer" in first.starter


def test_a_promise_is_remembered() -> None:
    greta = Person(7, "Greta", stage=Stage.CONVERSATION)
    said = (
        they_wrote("Cake, you say?", 9),
        you_wrote("I'll send you the honey cake recipe.", 8),
        they_wrote("Lovely concert.", 1),
    )
    assert "the honey cake recipe" in suggest(greta, *said)[0].starter


def test_a_plan_of_theirs_is_asked_after_once_it_may_have_happened() -> None:
    marco = Person(8, "Marco", stage=Stage.EXCHANGED_ONCE)
    plan = "I'm going to repaint my Vespa next week."

    def starters(days: int) -> str:
        return " ".join(suggest(marco, they_wrote(plan, days), seed=seed)[0].starter for seed in range(8))

    assert "about to repaint your Vespa." in starters(10)
    assert "Last time you were about to" not in starters(1)
    assert "So you are about to repaint your Vespa." in starters(1)


def test_reconnecting_after_months() -> None:
    friend = Person(9, "Noor", stage=Stage.CONVERSATION)
    kinds = [prompt.kind for prompt in suggest(friend, they_wrote("The boat leaks again, of course.", 150))]
    assert kinds[0] == "reconnect"
    assert "reconnect" not in [prompt.kind for prompt in suggest(friend, they_wrote("The boat leaks again.", 20))]
    # The stage goes down with the silence, which is the very time to write again.
    quiet = replace(friend, stage=Stage.EXCHANGED_ONCE)
    talk = [they_wrote(text, days) for text, days in (("Ahoy.", 160), ("She floats.", 155), ("She leaks.", 150))]
    assert suggest(quiet, *talk)[0].kind == "reconnect"
    assert suggest(quiet, talk[0])[0].kind != "reconnect"


def test_deeper_questions_wait() -> None:
    said = they_wrote("We talked for hours.", 3)
    for stage in Stage:
        kinds = {p.kind for seed in range(6) for p in suggest(Person(1, "Noor", stage=stage), said, seed=seed)}
        assert ("deeper" in kinds) == (stage is Stage.RELATIONSHIP)


def test_not_twice_on_one_person() -> None:
    used: tuple[PromptUse, ...] = ()
    for _ in range(12):
        prompts = suggest(ANA, used=used)
        assert not {prompt.id for prompt in prompts} & {use.prompt for use in used}
        used += (PromptUse(prompts[0].id, ANA.id, NOON),)


def test_used_up_prompts_return_rather_than_none() -> None:
    used = tuple(PromptUse(starter.id, POOR.id, NOON) for starter in PROMPTER.starters)
    assert len(suggest(POOR, used=used)) == 3


def test_what_others_had_this_month_comes_later() -> None:
    first = suggest(ANA)[1]
    lately = PromptUse(first.id, 99, NOON - timedelta(days=3))
    long_ago = PromptUse(first.id, 99, NOON - timedelta(days=90))
    assert suggest(ANA, used=(lately,))[1].id != first.id
    assert suggest(ANA, used=(long_ago,))[1].id == first.id


def test_no_prompt_where_none_is_kind() -> None:
    quiet = replace(ANA, do_not_write=True)
    assert suggest(quiet) == ()
    assert silence(quiet) == PROMPTER.silence(quiet) == "You noted not to write to her. The kindest message is none."
    letters = (you_wrote(days=20), you_wrote(days=9))
    assert suggest(ANA, *letters) == ()
    assert silence(ANA, letters) == "No answer to two letters. The kindest message is none."
    assert silence(replace(ANA, unanswered=2)) == silence(ANA, letters)
    assert silence(ANA, (*letters, they_wrote("Sorry, a busy month."))) == ""
    assert silence(ANA) == ""


def test_who_asks_for_peace_gets_it() -> None:
    last = they_wrote("Please stop messaging me.", 1)
    assert suggest(ANA, you_wrote(days=2), last) == ()
    assert silence(ANA, (last,)) == "She asked to be left in peace. The kindest message is none."


@pytest.mark.parametrize(
    ("person", "says"),
    [
        (
            replace(ANA, bio="I am a bot. I post the weather."),
            "This account says that it is a bot, so nobody is there to answer.",
        ),
        (
            replace(ANA, facts=(Fact("bot", "yes"),)),
            "This account says that it is a bot, so nobody is there to answer.",
        ),
        (replace(ANA, bio="Potter. No DMs please."), "Her page asks for no messages."),
    ],
)
def test_nobody_there_or_nothing_wanted(person: Person, says: str) -> None:
    assert silence(person) == f"{says} The kindest message is none."
    assert suggest(person) == ()


def test_who_is_archived_may_be_written_to() -> None:
    assert silence(replace(ANA, archived_at=NOON)) == ""


def met(days: float, text: str = "coffee, about her old boat") -> Message:
    return Message(MessageKind.MEETING, text, NOON - timedelta(days=days))


def test_thanks_after_a_meeting() -> None:
    noor = Person(9, "Noor", stage=Stage.RELATIONSHIP, bio="Potter, trail runner, two cats")
    first = suggest(noor, they_wrote("See you there.", 8), met(4))[0]
    assert (first.kind, first.reason) == ("thanks_meeting", "you met, 4 days ago")
    assert any("about your old boat" in suggest(noor, met(4), seed=s)[0].starter for s in range(4))
    assert suggest(noor, met(12))[0].kind != "thanks_meeting"
    assert suggest(noor, met(4), they_wrote("Home again.", 1))[0].kind == "reply"


def test_a_question_about_ones_work_comes_first() -> None:
    ana = replace(ANA, stage=Stage.EXCHANGED_ONCE)
    kinds = [
        p.kind for p in suggest(ana, you_wrote(days=1), they_wrote("Two bowls survived. And what do you do yourself?"))
    ]
    assert kinds[:2] == ["about_my_work", "reply"]


def test_a_goodbye_is_heard_and_an_ending_comes_last() -> None:
    ana = replace(ANA, stage=Stage.EXCHANGED_ONCE)
    bye = they_wrote("Very busy at the moment, I'm afraid. All the best!", 1)
    for seed in range(8):
        shown = suggest(ana, you_wrote(days=2), bye, seed=seed)
        assert [p.kind == "ending" for p in shown] == [False, False, True]
        assert shown[-1].reason == "it sounds like a goodbye, yesterday"
    assert "ending" not in {
        p.kind for s in range(20) for p in suggest(ana, they_wrote("Two bowls survived.", 1), seed=s)
    }


def test_one_kind_alone() -> None:
    ana = replace(ANA, stage=Stage.EXCHANGED_ONCE)
    shown = PROMPTER.suggest(ana, (they_wrote("Two bowls survived.", 1),), (), TODAY, kind="ending")
    assert {p.kind for p in shown} == {"ending"}
    assert {p.reason for p in shown} == {"you asked for a way to end well"}


def test_hidden_and_unshared_facts_are_never_used() -> None:
    secret = (
        Fact("pet", "a tortoise called Plato", hidden=True),
        Fact("trip", "Madeira", shared=False),
        Fact("post", "my divorce"),
    )
    shown = " ".join(p.starter for seed in range(20) for p in suggest(Person(1, "Ana", facts=secret), seed=seed))
    assert not [word for word in ("tortoise", "Plato", "Madeira", "divorce") if word in shown]


def test_nobody_is_asked_about_their_children() -> None:
    ana = Person(1, "Ana", bio="Mum of two, wife, daughter of a baker")
    shown = " ".join(p.starter for seed in range(20) for p in suggest(ana, seed=seed))
    assert "mum" not in shown.lower()
    assert "parent" not in shown


def noted(kind: str, text: str, days: int, source: str = "a podcast") -> Person:
    return Person(1, "Ana", pronouns="she/her", facts=(Fact(kind, text, source, TODAY - timedelta(days=days)),))


@pytest.mark.parametrize(
    "kind", ["craft", "sport", "music", "food", "cause", "collecting", "project", "learning", "team"]
)
def test_old_facts_ask_whether_they_are_still_true(kind: str) -> None:
    shown = [p for seed in range(12) for p in suggest(noted(kind, "a wooden boat", 500), seed=seed)]
    assert {p.kind for p in shown} == {"still", "hello", "everyday"}
    old = [p for p in shown if p.kind == "still"]
    assert {p.reason for p in old} == {"from a podcast, 16 months ago, still true?"}
    assert all("wooden boat" in p.starter for p in old)


def test_what_was_noted_within_the_year_is_taken_as_true() -> None:
    pottery = next(p for p in suggest(noted("craft", "pottery", 40)) if p.kind == "craft")
    assert pottery.reason == "from a podcast, 14 Oct"


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("place", "Leeds", "Leeds"),
        ("profession", "teacher", "a teacher"),
        ("event", "a fell race", "a fell race"),
        ("trip", "Madeira", "Madeira"),
    ],
)
def test_old_places_work_and_days_have_their_own_questions(kind: str, text: str, words: str) -> None:
    first = suggest(noted(kind, text, 1200, ""))[0]
    assert first.kind == "still"
    assert words in first.starter
    assert first.reason.startswith("from your note, 3 years ago")


def test_an_animal_of_long_ago_is_not_asked_after() -> None:
    assert "greyhound" not in " ".join(
        p.starter for s in range(20) for p in suggest(noted("pet", "greyhound", 900), seed=s)
    )


def test_an_old_post_is_spoken_of_as_old() -> None:
    shown = [p for s in range(12) for p in suggest(noted("post", "a kiln that cracked", 500, "post"), seed=s)]
    posts = {p.starter for p in shown if p.kind == "post"}
    assert posts
    assert all(
        "while ago" in text or "since" in text or "back then" in text or "in the end" in text for text in posts
    ), posts


@pytest.mark.parametrize(
    ("days", "first"), [(-70, False), (-8, True), (-3, True), (0, True), (6, True), (9, True), (200, True)]
)
def test_an_event_is_asked_after_before_and_when_it_is_over(days: int, first: bool) -> None:
    ana = replace(noted("event", "the ceramics fair", days, ""), bio="Potter. Trail runner.")
    shown = [p for s in range(30) for p in suggest(ana, seed=s) if p.kind == "event"]
    assert bool(shown) is first
    ahead = {"ahead" in p.id for p in shown}
    assert ahead <= {days < 0}
    assert (suggest(ana)[0].kind == "event") is (abs(days) <= 7)  # fresh only a week on either side


def test_a_trip_that_is_still_to_come_is_their_own() -> None:
    assert "Madeira" not in " ".join(
        p.starter for s in range(20) for p in suggest(noted("trip", "Madeira", -5), seed=s)
    )


@pytest.mark.parametrize(
    ("day", "asked"), [("1980-11-23", True), ("1980-11-17", True), ("1980-11-25", False), ("1980-11-02", False)]
)
def test_a_birthday_comes_every_year(day: str, asked: bool) -> None:
    ana = Person(
        1, "Ana", stage=Stage.EXCHANGED_ONCE, facts=(Fact("birthday", "birthday", "", date.fromisoformat(day)),)
    )
    shown = [p for s in range(20) for p in suggest(ana, they_wrote("Hello.", 9), seed=s)]
    assert any("birthday" in p.starter for p in shown) is asked


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        (Fact("craft", "pottery", "", date(2026, 11, 3)), "from your note, 3 Nov"),
        (Fact("craft", "pottery", "bio"), "from her bio"),
        (Fact("post", "a kiln that cracked", "post", date(2026, 11, 22)), "from her post, yesterday"),
        (Fact("craft", "pottery", "https://x.example/1", date(2026, 11, 20)), "from a page you saved, 3 days ago"),
    ],
)
def test_reasons_say_where_and_when(fact: Fact, reason: str) -> None:
    assert suggest(Person(1, "Ana", pronouns="she/her", facts=(fact,)))[0].reason == reason


def test_a_trip_of_long_ago_is_no_news() -> None:
    ana = Person(1, "Ana", facts=(Fact("post", "a kiln that cracked", "post", TODAY - timedelta(days=200)),))
    assert suggest(ana)[0].starter != "Your post about a kiln that cracked stayed with me. What happened next?"


@pytest.mark.parametrize(
    ("pronouns", "reason"),
    [
        ("she/her", "from her bio"),
        ("he/him", "from his bio"),
        ("they/them", "from their bio"),
        ("", "from their bio"),
        ("Ella", "from her bio"),
    ],
)
def test_reasons_speak_of_people_as_they_do(pronouns: str, reason: str) -> None:
    assert suggest(Person(1, "Sam", bio="Potter", pronouns=pronouns))[0].reason == reason


def test_a_long_post_is_not_squeezed_into_a_sentence() -> None:
    long = "We rebuilt the door of the kiln on Sunday. It took nine hours and two arguments. It still leaks heat."
    first = suggest(Person(1, "Ana", facts=(Fact("post", long, "post", TODAY),)))[0]
    assert "rebuilt the door" not in first.starter
    assert blanks(first.starter)


def test_a_question_in_a_post_becomes_a_prompt() -> None:
    jae = Person(
        1, "Jae", pronouns="they/them", facts=(Fact("post", "Which flour do you use for rye?", "post", TODAY),)
    )
    first = suggest(jae)[0]
    assert (first.kind, first.title) == ("question", "What they asked")
    assert "“Which flour do you use for rye”" in first.starter


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ("Senior Logistics Analyst | Mentor", "a logistics analyst"),
        ("HR Manager", "an HR manager"),
        ("Head of EMEA Sales at Foo", "head of EMEA sales"),
        ("Accountant", "an accountant"),
        ("UX Designer", "a UX designer"),
    ],
)
def test_work_is_said_as_people_say_it(position: str, words: str) -> None:
    shown = " ".join(p.starter for seed in range(6) for p in suggest(Person(1, "Sam", position=position), seed=seed))
    assert words in shown


@pytest.mark.parametrize(
    "position",
    ["Seeking new opportunities", "Owner", "N/A", "🚀🚀🚀", "Pastor", "10x growth"],
)
def test_work_that_is_no_subject(position: str) -> None:
    assert all(
        p.kind in ("hello", "everyday")
        for seed in range(4)
        for p in suggest(Person(1, "Sam", position=position), seed=seed)
    )


@pytest.mark.parametrize("text", ["⟦⟧", "...", "\u202e", "a very long note " * 20, "clay\nand\nfire"])
def test_a_note_that_is_no_phrase_breaks_no_sentence(text: str) -> None:
    for kind in ("craft", "post", "pet", "trip", "birthday"):
        for prompt in suggest(Person(1, "Ana", facts=(Fact(kind, text, text),))):
            assert len(prompt.starter) < 250
            assert "\n" not in prompt.starter + prompt.title + prompt.reason
            assert " ." not in prompt.starter
            assert "⟦⟧" not in prompt.starter


def test_count() -> None:
    assert len(PROMPTER.suggest(ANA, (), (), TODAY, count=5)) == 5
    assert PROMPTER.suggest(ANA, (), (), TODAY, count=0) == ()


@pytest.mark.parametrize(
    ("fact", "kind", "within"),
    [
        (Fact("photo", "a red boat", "their page"), "photo", "a red boat"),
        (Fact("trip", "Madeira", "a post", TODAY - timedelta(days=3)), "trip", "Madeira"),
        (Fact("common", "keeping bees", ""), "common", "keeping bees"),
        (Fact("mutual", "Inês", ""), "mutual", "Inês"),
        (Fact("learned", "resting dough overnight", "a post"), "learned", "resting dough overnight"),
        (Fact("cause", "the repair café", "bio"), "cause", "the repair café"),
        (Fact("milestone", "ten years of the studio", "a post"), "milestone", ""),
        (Fact("project", "a wooden boat", "a post"), "project", "your wooden boat"),
        (Fact("event", "the ceramics fair", "a post"), "event", "the ceramics fair"),
    ],
)
def test_facts_of_every_kind_find_their_starters(fact: Fact, kind: str, within: str) -> None:
    shown = [p for seed in range(9) for p in suggest(Person(1, "Ana", facts=(fact,)), seed=seed) if p.kind == kind]
    assert shown
    assert any(within in prompt.starter for prompt in shown)


def test_a_change_of_work() -> None:
    shown = [p for seed in range(6) for p in suggest(Person(1, "Ana", bio="Ex-lawyer, now baker."), seed=seed)]
    assert any(p.starter == "From lawyer to baker: what made you jump?" for p in shown)


def test_a_pet_is_called_by_its_name() -> None:
    assert any(
        "How is Biscuit" in p.starter
        for seed in range(4)
        for p in suggest(Person(1, "Ana", bio="Dog called Biscuit"), seed=seed)
    )


def test_a_field_that_may_be_missing_is_used_where_it_is_known() -> None:
    prompter = Prompter(
        (Starter("a.b", "hobby", "{% if place %}In {{ place }}: {% endif %}how are the bees?", ("hobby",)),),
        PROMPTER.reader,
    )
    keeper = Person(1, "Ana", bio="Beekeeper in Bilbao")
    assert prompter.suggest(keeper, (), (), TODAY, count=1)[0].starter == "In Bilbao: how are the bees?"
    assert prompter.suggest(replace(keeper, bio="Beekeeper"), (), (), TODAY, count=1)[0].starter == "how are the bees?"


def test_every_seed_in_turn_shows_everything_there_is() -> None:
    said = (they_wrote("Two bowls survived the whole thing. Do you throw pots as well?", 1),)
    for person, messages in ((ANA, ()), (POOR, ()), (replace(ANA, stage=Stage.EXCHANGED_ONCE), said)):
        shown = [{p.id for p in suggest(person, *messages, seed=seed)} for seed in range(400)]
        early = set().union(*shown[:120])
        assert early == set().union(*shown)
        assert len(early) > 15


def test_one_can_ask_of_a_starter_how_it_reads_for_somebody() -> None:
    starter = Starter("mine/a", "own", "How did {{ craft }} begin, {{ name }}?", ("craft", "name"), min_stage=3)
    shown = PROMPTER.preview(starter, ANA, (), TODAY)
    assert shown is not None
    assert shown.starter == "How did pottery begin, Ana?"
    assert PROMPTER.preview(starter, POOR, (), TODAY) is None


def test_what_is_left_out_never_comes() -> None:
    off = frozenset(starter.id for starter in PROMPTER.starters if starter.kind == "hello")
    small = Prompter.load(off=off)
    assert {p.kind for s in range(30) for p in small.suggest(POOR, (), (), TODAY, s)} == {"everyday"}


@pytest.mark.parametrize("seed", range(6))
def test_american_spelling_is_put_in_but_not_into_their_words(seed: int) -> None:
    american = Prompter.load(spelling="american")
    ana = Person(1, "Ana", facts=(Fact("post", "the colour of my neighbour's door", "post", TODAY),))
    post = american.suggest(ana, (), (), TODAY, seed)[0]
    assert post.kind == "post"
    assert "the colour of your neighbour's door" in post.starter


def test_other_languages_get_their_own_words_not_our_name_for_them() -> None:
    spanish = Starter("es/a", "craft", "¿Cómo empezaste con «{{ craft }}»?", ("craft",), language="es")
    english_only = Starter("es/b", "craft", "{{ seen }} {{ craft }}", ("craft", "seen"), language="es")
    prompter = Prompter((spanish, english_only), PROMPTER.reader)
    ana = Person(1, "Ana", bio="Ceramista en Bilbao")
    (shown,) = prompter.suggest(ana, (), (), TODAY)
    assert (shown.id, shown.starter) == ("es/a", "¿Cómo empezaste con «Ceramista»?")
