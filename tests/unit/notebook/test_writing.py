"""People, facts, letters and plans, each with its undo."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from warmnote.model import (
    Draft,
    Expected,
    Fact,
    FollowUp,
    Message,
    MessageKind,
    Network,
    Progress,
    Stage,
)
from warmnote.notebook import Changes, Gone, Notebook, Store, Undo, View

from .dump import dump

Add = Callable[..., int]


def undo(notebook: Notebook, changes: Changes) -> Changes:
    assert changes.undo is not None
    return notebook.undo(changes.undo)


def only_fact(notebook: Notebook, person: int) -> Fact:
    (fact,) = notebook.open_person(person).person.facts
    return fact


def only_message(notebook: Notebook, person: int) -> Message:
    (message,) = notebook.open_person(person).messages
    return message


def test_a_person_added_by_hand_is_new_and_complete(notebook: Notebook, clock):
    changes = notebook.add_person(
        " Ana Moreno ", "Potter", Network.BLUESKY, "@ana.example", "https://bsky.app/profile/ana.example",
        location="Bilbao", pronouns="she/her", followed_on=date(2026, 11, 21),
    )  # fmt: skip
    (ana,) = changes.added
    person = notebook.open_person(ana).person
    assert (person.name, person.bio, person.location, person.pronouns) == ("Ana Moreno", "Potter", "Bilbao", "she/her")
    assert person.is_new
    assert person.added_at == clock()
    assert (person.progress, person.stage, person.unanswered) == (Progress.NEW, Stage.FIRST_TOUCH, 0)
    (account,) = person.identities
    assert (account.network, account.handle, account.followed_on) == (
        Network.BLUESKY,
        "ana.example",
        date(2026, 11, 21),
    )


def test_an_account_is_known_by_its_address(notebook: Notebook, add: Add):
    ana = add("Ana", url="https://www.linkedin.com/in/Ana-Moreno/?trk=x")
    (account,) = notebook.open_person(ana).person.identities
    assert (account.network, account.key) == (Network.LINKEDIN, "/in/ana-moreno")


def test_one_account_belongs_to_one_person(notebook: Notebook, add: Add, path: Path):
    add("Ana", network=Network.X, handle="ana")
    before = dump(path)
    with pytest.raises(Expected, match="already in your notebook, as Ana"):
        add("Another", network=Network.X, handle="@Ana")
    assert dump(path) == before


def test_a_person_needs_a_name(notebook: Notebook, add: Add):
    with pytest.raises(Expected, match="name"):
        add("  ")
    ana = add("Ana")
    with pytest.raises(Expected, match="name"):
        notebook.edit_person(ana, name="")


USES: dict[str, Callable[[Notebook, int], object]] = {
    "open_person": lambda n, p: n.open_person(p),
    "edit_person": lambda n, p: n.edit_person(p, bio="x"),
    "add_fact": lambda n, p: n.add_fact(p, Fact("pet", "x")),
    "hide_interest": lambda n, p: n.hide_interest(p, "pet", "x"),
    "save_draft": lambda n, p: n.save_draft(p, Draft("x")),
    "log": lambda n, p: n.log(p, Message(MessageKind.NOTE, "x", datetime(2026, 1, 1, tzinfo=UTC))),
    "log_sent": lambda n, p: n.log_sent(p, "x", ""),
    "plan": lambda n, p: n.plan(p, None),
    "rest": lambda n, p: n.rest(p),
    "record_prompt": lambda n, p: n.record_prompt(p, "x"),
    "excuse": lambda n, p: n.excuse(p, "r", "x"),
    "delete_people": lambda n, p: n.delete_people([p]),
    "edit_fact": lambda n, p: n.edit_fact(Fact("pet", "x", id=p)),
    "remove_fact": lambda n, p: n.remove_fact(p),
    "edit_message": lambda n, p: n.edit_message(Message(MessageKind.NOTE, "x", datetime(2026, 1, 1, tzinfo=UTC), id=p)),
    "remove_message": lambda n, p: n.remove_message(p),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_who_is_gone_is_said_to_be_gone(notebook: Notebook, use: Callable[[Notebook, int], object]):
    with pytest.raises(Gone):
        use(notebook, 77)


WRITES: dict[str, Callable[[Notebook, int], Changes]] = {
    "edit": lambda n, p: n.edit_person(p, name="Anna", bio="Weaver", do_not_write=True),
    "delete": lambda n, p: n.delete_people([p]),
    "add fact": lambda n, p: n.add_fact(p, Fact("pet", "one old greyhound", "bio", date(2026, 11, 3))),
    "edit fact": lambda n, p: n.edit_fact(Fact("craft", "pots", id=n.open_person(p).person.facts[0].id)),
    "remove fact": lambda n, p: n.remove_fact(n.open_person(p).person.facts[0].id),
    "hide a fact": lambda n, p: n.hide_interest(p, "craft", "pottery"),
    "hide from the bio": lambda n, p: n.hide_interest(p, "place", "Bilbao"),
    "log": lambda n, p: n.log(p, Message(MessageKind.RECEIVED, "Hi \N{WAVING HAND SIGN} it's me\n", datetime(2026, 11, 22, tzinfo=UTC))),
    "log sent": lambda n, p: n.log_sent(p, "Dear Ana, how is the kiln?", "bluesky"),
    "edit message": lambda n, p: n.edit_message(
        Message(MessageKind.NOTE, "x", datetime(2026, 1, 1, tzinfo=UTC), id=n.open_person(p).messages[0].id)
    ),
    "remove message": lambda n, p: n.remove_message(n.open_person(p).messages[0].id),
    "plan": lambda n, p: n.plan(p, FollowUp(date(2026, 12, 1), "the kiln")),
    "clear the plan": lambda n, p: n.plan(p, None),
    "rest": lambda n, p: n.rest(p),
    "prompt": lambda n, p: n.record_prompt(p, "craft.start"),
    "excuse": lambda n, p: n.excuse(p, "hype.superlative", "Best"),
    "unexcuse": lambda n, p: n.unexcuse(p, "pitch.y", "My Shop"),
    "allow": lambda n, p: n.allow("Offer Street"),
    "disallow": lambda n, p: n.disallow("FREE  library"),
    "rule off": lambda n, p: n.turn_off_rule("hype.other"),
    "rule on": lambda n, p: n.turn_on_rule("hype.superlative"),
    "samples gone": lambda n, p: n.remove_samples(),
}  # fmt: skip


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_each_write_can_be_taken_back_and_done_again(notebook: Notebook, add: Add, path: Path, clock, write):
    ana = add("Ana Moreno", "Potter", network=Network.BLUESKY, handle="ana")
    notebook.add_fact(ana, Fact("craft", "pottery", "bio"))
    notebook.log(ana, Message(MessageKind.SENT, "Hello", clock()))
    notebook.plan(ana, FollowUp(date(2026, 11, 23)))
    notebook.save_draft(ana, Draft("Dear Ana", 3, "bluesky"))
    notebook.turn_off_rule("hype.superlative")
    notebook.excuse(ana, "pitch.y", "my shop")
    notebook.allow("Free Library")
    notebook.add_samples(SAMPLES)
    before = dump(path)
    done = write(notebook, ana)
    after = dump(path)
    assert after != before
    undone = undo(notebook, done)
    assert dump(path) == before
    assert (undone.added, undone.changed, undone.removed) == (done.removed, done.changed, done.added)
    again = undo(notebook, undone)
    assert dump(path) == after
    undo(notebook, again)
    assert dump(path) == before


def test_a_write_that_changes_nothing_has_nothing_to_take_back(notebook: Notebook, add: Add):
    ana = add("Ana", "Potter")
    notebook.turn_off_rule("hype.x")
    assert notebook.edit_person(ana, bio="Potter") == Changes(label="Changed")
    assert notebook.turn_off_rule("hype.x").undo is None


def test_a_ticket_is_good_for_one_use(notebook: Notebook, add: Add):
    ana = add("Ana")
    changes = notebook.edit_person(ana, bio="x")
    undo(notebook, changes)
    with pytest.raises(Expected, match="no longer"):
        undo(notebook, changes)


def test_what_was_changed_again_is_not_overwritten(notebook: Notebook, add: Add, path: Path):
    ana = add("Ana")
    first = notebook.edit_person(ana, bio="one")
    second = notebook.edit_person(ana, bio="two")
    before = dump(path)
    with pytest.raises(Expected, match="changed again"):
        undo(notebook, first)
    assert dump(path) == before
    undo(notebook, second)
    undo(notebook, first)
    assert not notebook.open_person(ana).person.bio


def test_another_field_of_the_same_person_is_no_hindrance(notebook: Notebook, add: Add):
    ana = add("Ana")
    first = notebook.edit_person(ana, bio="Potter")
    notebook.edit_person(ana, location="Bilbao")
    notebook.rest(ana)
    undo(notebook, first)
    person = notebook.open_person(ana).person
    assert (person.bio, person.location) == ("", "Bilbao")


@pytest.mark.parametrize("what", ["note", "fact", "draft", "plan"])
def test_adding_a_person_is_not_taken_back_over_what_was_added_since(notebook: Notebook, clock, what: str):
    changes = notebook.add_person("Ana")
    (ana,) = changes.added
    match what:
        case "note":
            notebook.log(ana, Message(MessageKind.NOTE, "x", clock()))
        case "fact":
            notebook.add_fact(ana, Fact("pet", "x"))
        case "draft":
            notebook.save_draft(ana, Draft("Dear Ana"))
        case _:
            notebook.plan(ana, FollowUp(date(2026, 12, 1)))
    with pytest.raises(Expected):
        undo(notebook, changes)
    assert notebook.open_person(ana).person.name == "Ana"


def test_deleting_is_not_taken_back_over_a_new_owner_of_the_account(notebook: Notebook, add: Add, path: Path):
    ana = add("Ana", network=Network.X, handle="ana")
    gone = notebook.delete_people([ana])
    add("Ana again", network=Network.X, handle="ana")
    before = dump(path)
    with pytest.raises(Expected):
        undo(notebook, gone)
    assert dump(path) == before


def test_logging_as_sent_empties_the_draft_and_undo_brings_both_back(notebook: Notebook, add: Add, clock):
    ana = add("Ana")
    notebook.save_draft(ana, Draft("Dear Ana", 8, "bluesky"))
    sent = notebook.log_sent(ana, "Dear Ana", "bluesky")
    opened = notebook.open_person(ana)
    assert opened.draft.text == ""
    assert opened.draft.channel == "bluesky", "the next letter goes the same way"
    assert (opened.messages[0].text, opened.messages[0].at) == ("Dear Ana", clock())
    assert not opened.person.is_new
    # The editor saves its empty page before the user thinks better of it.
    notebook.save_draft(ana, Draft("", 0, "email"))
    undo(notebook, sent)
    opened = notebook.open_person(ana)
    assert opened.draft.text == "Dear Ana"
    assert opened.draft.cursor == 8
    assert not opened.messages
    assert opened.person.is_new


def test_of_two_letters_alike_undo_takes_the_one_that_it_logged(notebook: Notebook, add: Add):
    ana = add("Ana")
    notebook.log_sent(ana, "Dear Ana", "")
    second = notebook.log_sent(ana, "Dear Ana", "")
    first, _ = (message.id for message in notebook.open_person(ana).messages)
    removed = notebook.remove_message(first)
    undo(notebook, second)
    assert not notebook.open_person(ana).messages
    undo(notebook, removed)
    assert only_message(notebook, ana).id == first


def test_a_newer_letter_is_not_lost_to_an_undo(notebook: Notebook, add: Add):
    ana = add("Ana")
    notebook.save_draft(ana, Draft("Dear Ana"))
    sent = notebook.log_sent(ana, "Dear Ana", "")
    notebook.save_draft(ana, Draft("One more thing"))
    with pytest.raises(Expected):
        undo(notebook, sent)
    assert notebook.open_person(ana).draft.text == "One more thing"


def test_a_draft_touches_no_list_and_no_undo(notebook: Notebook, add: Add, clock):
    ana = add("Ana")
    edited = notebook.edit_person(ana, bio="x")
    clock.forward(seconds=5)
    changes = notebook.save_draft(ana, Draft("Dear \ud83dAna\0", 4, "email"))
    assert (changes.changed, changes.undo) == (frozenset(), None)
    assert notebook.open_person(ana).draft == Draft("Dear \ufffdAna", 4, "email", clock())
    undo(notebook, edited)


def test_the_step_of_a_person_follows_the_log(notebook: Notebook, add: Add, clock):
    ana = add("Ana")
    notebook.log_sent(ana, "Hello", "")
    notebook.log_sent(ana, "Hello?", "")
    person = notebook.open_person(ana).person
    assert (person.progress, person.unanswered, person.stage) == (Progress.GREETED, 2, Stage.FIRST_TOUCH)
    reply = notebook.log(ana, Message(MessageKind.RECEIVED, "Hi", clock()))
    person = notebook.open_person(ana).person
    assert (person.progress, person.unanswered, person.stage) == (Progress.REPLIED, 0, Stage.EXCHANGED_ONCE)
    undo(notebook, reply)
    assert notebook.open_person(ana).person.progress is Progress.GREETED


def test_entries_are_changed_in_place(notebook: Notebook, add: Add, clock):
    ana = add("Ana")
    notebook.log(ana, Message(MessageKind.NOTE, "first", clock()))
    note = only_message(notebook, ana)
    notebook.edit_message(Message(MessageKind.RECEIVED, "second", clock(), "email", note.id))
    assert only_message(notebook, ana) == Message(MessageKind.RECEIVED, "second", clock(), "email", note.id)
    assert notebook.counts().waiting == 1
    notebook.add_fact(ana, Fact("pet", "dog"))
    fact = only_fact(notebook, ana)
    notebook.edit_fact(Fact("pet", "old dog", "a post", date(2026, 11, 1), False, False, fact.id))
    assert only_fact(notebook, ana) == Fact("pet", "old dog", "a post", date(2026, 11, 1), False, False, fact.id)


def test_what_they_write_ends_their_rest(notebook: Notebook, add: Add, clock):
    ana = add("Ana")
    notebook.rest(ana)
    assert notebook.counts().new == 0
    reply = notebook.log(ana, Message(MessageKind.RECEIVED, "Hi", clock()))
    assert [w.id for w in notebook.today().waiting] == [ana]
    undo(notebook, reply)
    assert notebook.counts().new == 0


def test_a_plan_ends_a_rest(notebook: Notebook, add: Add):
    ana = add("Ana")
    notebook.rest(ana)
    notebook.plan(ana, FollowUp(date(2026, 11, 23), "the kiln"))
    assert [b.why for b in notebook.today().back] == ["the kiln"]


def test_used_prompts_excused_findings_and_rules(notebook: Notebook, add: Add, clock):
    ana = add("Ana")
    start = clock()
    notebook.record_prompt(ana, "craft.start")
    clock.forward(days=2)
    notebook.record_prompt(ana, "place.miss")
    notebook.excuse(ana, "hype.superlative", "BEST")
    notebook.turn_off_rule("pitch.x")
    opened = notebook.open_person(ana)
    assert [use.prompt for use in opened.used] == ["craft.start", "place.miss"]
    assert opened.excused == {("hype.superlative", "best")}
    assert [use.prompt for use in notebook.used_prompts(clock())] == ["place.miss"]
    assert len(notebook.used_prompts(start)) == 2
    assert notebook.rules_off() == {"pitch.x"}
    notebook.turn_on_rule("pitch.x")
    assert not notebook.rules_off()


def test_only_the_last_two_hundred_steps_are_kept(notebook: Notebook, add: Add):
    ana = add("Ana")
    first = notebook.edit_person(ana, bio="0")
    for number in range(1, 201):
        last = notebook.edit_person(ana, location=str(number))
    with pytest.raises(Expected, match="no longer"):
        undo(notebook, first)
    undo(notebook, last)
    assert notebook._store._db.value("select count(*) from undo_log") < 700


def test_a_ticket_of_an_earlier_session_is_refused_calmly(notebook: Notebook):
    with pytest.raises(Expected, match="no longer"):
        notebook.undo(Undo(step=5))
    with pytest.raises(Expected, match="nothing to undo"):
        notebook.undo(Undo())


SAVE_DRAFTS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from warmnote.model import Draft
from warmnote.notebook import Notebook, Store
notebook = Notebook(Store(Path(sys.argv[1])), lambda: datetime.now(UTC))
(ana,) = notebook.add_person("Ana").added
number = 0
while True:
    number += 1
    notebook.save_draft(ana, Draft(f"Dear Ana {number}", number))
    print(number, flush=True)
"""


def test_a_draft_that_was_saved_survives_a_kill(path: Path, clock):
    with subprocess.Popen([sys.executable, "-c", SAVE_DRAFTS, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while int(process.stdout.readline()) < 50:
            pass
        process.kill()
        told = process.stdout.read().split()
    notebook = Notebook(Store(path), clock, UTC)
    (ana,) = notebook.person_ids(View.ALL)
    assert notebook.open_person(ana).draft.cursor >= int(told[-1] if told else 50)
    assert notebook.notice is None
    notebook.close()


SAMPLES = Path(__file__).parent / "samples.toml"


def test_the_invented_people_come_with_everything_and_go_alone(notebook: Notebook, add: Add, path: Path, clock):
    kept = add("Ana Moreno")
    before = dump(path)
    notebook.add_samples(SAMPLES)
    assert len(notebook.person_ids(View.ALL)) == 3
    (priya,) = notebook.person_ids(View.ALL, "priya")
    opened = notebook.open_person(priya)
    assert opened.person.is_sample
    assert not opened.person.is_new
    assert [m.text for m in opened.messages] == ["Good luck on Sunday.", "Ha, yes! Do you run as well?"]
    assert opened.person.facts[0] == Fact(
        "post", "her first marathon", "post", date(2026, 11, 21), id=opened.person.facts[0].id
    )
    assert opened.person.follow_up == FollowUp(date(2026, 11, 22), "the marathon")
    assert opened.draft.text == "Dear Priya"
    assert opened.person.identities[0].followed_on == date(2026, 11, 13)
    assert not notebook.add_samples(SAMPLES).added, "they come once"
    gone = notebook.remove_samples()
    assert len(gone.removed) == 2
    assert dump(path) == before
    undo(notebook, gone)
    assert list(notebook.person_ids(View.ALL, "moreno")) == [kept]


def test_a_file_of_samples_that_makes_no_sense_is_refused(notebook: Notebook, tmp_path: Path):
    broken = tmp_path / "people.toml"
    broken.write_text('[[person]]\nname = "A"\nnetwork = "nowhere"\n', encoding="utf-8")
    with pytest.raises(Expected, match="sample people"):
        notebook.add_samples(broken)


def test_a_plan_is_not_brought_back_to_someone_who_was_deleted(notebook: Notebook, add: Add, path: Path):
    ana = add("Ana")
    notebook.plan(ana, FollowUp(date(2026, 12, 1)))
    cleared = notebook.plan(ana, None)
    notebook.delete_people([ana])
    before = dump(path)
    with pytest.raises(Expected, match="changed again"):
        undo(notebook, cleared)
    assert dump(path) == before


def test_the_samples_that_ship_fill_every_page(notebook: Notebook):
    added = notebook.add_samples().added
    assert len(added) >= 12
    today = notebook.today()
    assert today.waiting
    assert len(today.hello) == 3
    assert today.back
    assert {row.progress for row in notebook.rows(sorted(added))} == set(Progress)
    assert notebook.remove_samples().removed == added


def test_the_label_of_an_undo_names_what_was_taken_back(notebook: Notebook, add: Add):
    gone = notebook.delete_people([add("Ana Moreno")])
    assert gone.label == "Ana Moreno was deleted"
    back = undo(notebook, gone)
    assert back.label == "Ana Moreno was deleted"
    assert undo(notebook, back).label == "Ana Moreno was deleted"
