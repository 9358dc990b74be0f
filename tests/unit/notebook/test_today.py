"""The page Today."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from warmnote.model import Fact, FollowUp, Message, MessageKind
from warmnote.notebook import Back, Hello, Notebook, Resting, asks

Add = Callable[..., int]
SENT, RECEIVED = MessageKind.SENT, MessageKind.RECEIVED


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Do you run as well?", True),
        ("Ha, yes! Do you? I hope so.", True),
        ("Thanks, that was kind.", False),
        ("See https://example.com/page?id=3", False),
        ("See https://example.com/page?id=3 What do you think?", True),
        ("你跑步吗？", True),
    ],
)
def test_a_question_is_told_by_its_mark(text: str, asked: bool):
    assert asks(text) is asked


def test_those_who_asked_come_first_then_the_latest(notebook: Notebook, add: Add, clock):
    greta, priya, jae = add("Greta"), add("Priya"), add("Jae")
    notebook.log(greta, Message(RECEIVED, "Thanks a lot.", clock() - timedelta(hours=1)))
    notebook.log(priya, Message(RECEIVED, "Do you run as well?", clock() - timedelta(hours=2)))
    notebook.log(jae, Message(RECEIVED, "Which flour?", clock() - timedelta(hours=3)))
    notebook.plan(greta, FollowUp(date(2026, 11, 23), "You said you would send her the recipe"))
    today = notebook.today()
    assert [(w.name, w.asked) for w in today.waiting] == [("Priya", True), ("Jae", True), ("Greta", False)]
    assert today.waiting[0].text == "Do you run as well?"
    assert today.waiting[2].why == "You said you would send her the recipe"
    assert today.people == 3, "nobody stands in two lists"


def test_an_answer_ends_the_waiting(notebook: Notebook, add: Add, clock):
    priya = add("Priya")
    notebook.log(priya, Message(RECEIVED, "Hi?", clock()))
    clock.forward(minutes=5)
    notebook.log_sent(priya, "Yes", "")
    assert not notebook.today().waiting


def test_three_new_people_are_worth_a_hello_fresh_posts_first(notebook: Notebook, add: Add, clock):
    day = date(2026, 11, 23)
    add("Nothing Known")
    add("Worker", position="Owner", company="Kiln & Co")
    add("Bio", "Bakes sourdough", followed_on=None)
    clock.forward(minutes=1)
    stale = add("Stale")
    notebook.add_fact(stale, Fact("post", "an old post", "post", day - timedelta(days=30)))
    fresh = add("Fresh")
    notebook.add_fact(fresh, Fact("post", "a marathon", "post", day - timedelta(days=3)))
    notebook.add_fact(fresh, Fact("pet", "dog", "bio"))
    fresher = add("Fresher", "Potter in Bilbao")
    notebook.add_fact(fresher, Fact("post", "her kiln cracked", "post", day - timedelta(days=1)))
    today = notebook.today()
    assert today.new == 6
    assert [h.name for h in today.hello] == ["Fresher", "Fresh", "Stale"]
    assert today.hello[0] == Hello(
        fresher, "Fresher", "her kiln cracked", "post", "post", day - timedelta(days=1), today.hello[0].followed_on
    )


def test_a_bio_is_a_reason_and_work_the_last_one(notebook: Notebook, add: Add):
    add("Worker", position="Owner", company="Kiln & Co")
    add("Baker", "Bakes sourdough")
    hello = notebook.today().hello
    assert [(h.name, h.reason, h.kind) for h in hello] == [
        ("Baker", "Bakes sourdough", "bio"),
        ("Worker", "Owner · Kiln & Co", "work"),
    ]


def test_what_was_not_shared_or_struck_out_is_no_reason(notebook: Notebook, add: Add):
    ana = add("Ana")
    day = date(2026, 11, 22)
    notebook.add_fact(ana, Fact("post", "secret", "a friend", day, shared=False))
    notebook.add_fact(ana, Fact("post", "struck", "post", day, hidden=True))
    assert not notebook.today().hello


def test_those_who_wrote_were_written_to_or_rest_are_not_greeted(notebook: Notebook, add: Add, clock):
    wrote, written, resting, never = (add(name, "Potter") for name in ("A", "B", "C", "D"))
    notebook.log(wrote, Message(RECEIVED, "Hi", clock()))
    notebook.log_sent(written, "Hi", "")
    notebook.rest(resting)
    notebook.edit_person(never, do_not_write=True)
    assert not notebook.today().hello


def test_plans_that_are_due_come_back_with_their_reason(notebook: Notebook, add: Add):
    marco, kim, later = add("Marco"), add("Kim"), add("Later")
    notebook.plan(marco, FollowUp(date(2026, 11, 23), "His Vespa should be back"))
    notebook.plan(kim, FollowUp(date(2026, 11, 20)))
    notebook.plan(later, FollowUp(date(2026, 11, 24)))
    assert notebook.today().back == (
        Back(kim, "Kim", "", date(2026, 11, 20)),
        Back(marco, "Marco", "His Vespa should be back", date(2026, 11, 23)),
    )


def test_two_unanswered_letters_ask_for_rest(notebook: Notebook, add: Add, clock):
    kim, once = add("Kim"), add("Once")
    notebook.log_sent(once, "Hi", "")
    for _ in range(2):
        notebook.log_sent(kim, "Hi", "")
        clock.forward(minutes=1)
    last = clock() - timedelta(minutes=1)
    assert notebook.today().rest == (Resting(kim, "Kim", 2, last),)
    clock.forward(days=59)
    assert notebook.today().rest
    clock.forward(days=2)
    assert not notebook.today().rest


def test_who_is_let_rest_is_silent_until_they_write(notebook: Notebook, add: Add, clock):
    kim = add("Kim")
    notebook.plan(kim, FollowUp(date(2026, 11, 25)))
    notebook.log_sent(kim, "Hi", "")
    notebook.log_sent(kim, "Hi?", "")
    notebook.rest(kim)
    clock.forward(days=5)
    assert notebook.today().people == 0
    notebook.log(kim, Message(RECEIVED, "Sorry, I was away", clock()))
    assert [w.name for w in notebook.today().waiting] == ["Kim"]


def test_an_empty_notebook_has_an_empty_day(notebook: Notebook):
    today = notebook.today()
    assert (today.people, today.new, today.day) == (0, 0, date(2026, 11, 23))
