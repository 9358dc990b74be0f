"""The follower sync, command line and notebook included, against a server that fails in every way."""

import gzip
import json
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import pytest

from warmnote import cli
from warmnote.model import Expected, Network
from warmnote.networks import Cancelled, Manners, Memory, account, sync
from warmnote.notebook import Notebook, Store, View


def follower(number):
    return {"did": f"did:plc:n{number}", "handle": f"n{number}.example", "displayName": f"Name {number}"}


def page(numbers, cursor=None):
    found = {"subject": {"did": "did:plc:me"}, "followers": [follower(number) for number in numbers]}
    return found if cursor is None else found | {"cursor": cursor}


@pytest.fixture
def ask(faults, tmp_path):
    """Asks the fault server, with little patience."""

    def asking(answer, network=Network.BLUESKY, handle="me.example", **more):
        faults.answer = answer
        manners = Manners(**({"first_pause": 0.01, "read": 0.4, "answer": 1.0, "tries": 2} | more.pop("manners", {})))
        whose = account(network, handle, faults.base)
        return sync(whose, Memory(tmp_path / "sync"), lambda _: set(), manners=manners, **more)

    return asking


def test_an_answer_comes_over_a_real_connection(ask, faults):
    packed = gzip.compress(json.dumps(page([1, 2])).encode())
    synced = ask(lambda question: question.say(packed, Content_Encoding="gzip"))
    assert [person.name for person in synced.batch.people] == ["Name 1", "Name 2"]
    assert len(faults.asked) == 1


def test_a_server_that_does_not_answer(ask, faults, stopwatch):
    with pytest.raises(Expected, match="did not answer in time"):
        ask(lambda question: faults.hang(10))
    assert len(faults.asked) == 2
    assert stopwatch() < 5


def test_a_server_that_drips(ask, faults, stopwatch):
    def drip(question):
        question.begin(length=1_000)
        for _ in range(1_000):
            question.wfile.write(b" ")
            question.wfile.flush()
            faults.hang(0.1)

    with pytest.raises(Expected, match="did not answer in time"):
        ask(drip, manners={"answer": 0.5, "tries": 1})
    assert stopwatch() < 3


def test_a_connection_that_is_cut(ask):
    def cut(question):
        question.begin(length=10_000)
        question.wfile.write(b'{"followers": [')
        question.wfile.flush()
        question.close_connection = True

    with pytest.raises(Expected, match="broke off in the middle"):
        ask(cut)


def test_nobody_listens(tmp_path):
    whose = account(Network.BLUESKY, "me.example", "http://127.0.0.1:1")
    with pytest.raises(Expected, match="could not be reached"):
        sync(whose, Memory(tmp_path), lambda _: set(), manners=Manners(first_pause=0.01, tries=2))


def test_too_many_requests(ask, faults):
    def refuse_once(question):
        if len(faults.asked) == 1:
            question.say({"error": "RateLimitExceeded"}, 429, Retry_After="1")
        else:
            question.say(page([1]))

    begun = time.monotonic()
    assert len(ask(refuse_once).batch.people) == 1
    assert time.monotonic() - begun >= 1.0


def test_errors_that_pass(ask, faults):
    def fail_once(question):
        question.say(page([1])) if len(faults.asked) > 1 else question.say(b"oops", 500)

    assert len(ask(fail_once).batch.people) == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html>Sign in</html>", "not a list of people"),
        (b"", "not a list of people"),
        (b'{"followers": "all of them"}', "not with a list of followers"),
        (b" " * 3_000_000, "far more than was asked for"),
        (gzip.compress(b" " * 50_000_000), "far more than was asked for"),
    ],
    ids=["a page", "nothing", "another shape", "too long", "a bomb"],
)
def test_answers_of_no_use(ask, body, said):
    packed = {"Content_Encoding": "gzip"} if body[:2] == b"\x1f\x8b" else {}
    with pytest.raises(Expected, match=said):
        ask(lambda question: question.say(body, **packed), manners={"body": 1_000_000, "answer": 20, "read": 10})


def test_a_list_without_an_end(ask, faults):
    def endless(question):
        number = int(question.query.get("cursor", "0"))
        question.say(page([number], cursor=str(number + 1)))

    synced = ask(endless, manners={"pages": 40})
    assert len(faults.asked) == 40
    assert not synced.whole
    assert "goes on after 40 answers" in synced.batch.problems[0].reason


def test_short_pages(ask):
    lists = {"": ([1], "a"), "a": ([], "b"), "b": ([2, 3], "c"), "c": ([], None)}
    synced = ask(lambda question: question.say(page(*lists[question.query.get("cursor", "")])))
    assert len(synced.batch.people) == 3
    assert synced.whole


def test_redirects_in_circles(ask, faults):
    with pytest.raises(Expected, match="from one address to the next"):
        ask(lambda question: question.say(b"", 302, Location=question.path))
    assert len(faults.asked) == 6


def test_stopping_drops_a_question_that_hangs(ask, faults):
    stop = {"at": float("inf")}

    def hang(question):
        stop["at"] = time.monotonic() + 0.2
        faults.hang(10)

    with pytest.raises(Cancelled):
        ask(hang, manners={"read": 30, "answer": 30}, cancelled=lambda: time.monotonic() > stop["at"])
    assert time.monotonic() - stop["at"] < 0.5  # a tenth of a second on a machine with nothing else to do


# ----- the command, as it is typed


@pytest.fixture
def warmnote(faults, tmp_path, capsys):
    """`warmnote sync bluesky` on a notebook of its own; gives the status and what was printed."""

    def typed(answer, *more):
        faults.answer = answer
        status = cli.run(
            ["sync", "bluesky", "@me.example", "--base-url", faults.base, "--data-dir", str(tmp_path / "data"), *more]
        )
        return status, *capsys.readouterr()

    return typed


@pytest.fixture
def notebook(tmp_path):
    opened = []

    def opening():
        opened.append(Notebook(Store(tmp_path / "data" / "warmnote.db"), lambda: datetime.now(UTC)))
        return opened[-1]

    yield opening
    for one in opened:
        one.close()


def test_the_command_prints_what_an_import_prints(warmnote, notebook):
    bot = follower(3) | {"labels": [{"val": "bot"}]}
    first = page([1, 2]) | {"followers": [follower(1), follower(2), bot]}
    status, out, err = warmnote(lambda question: question.say(first), "--json")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert (found["source"], found["new"], found["changed"], found["unchanged"]) == ("Bluesky followers", 2, 0, 0)
    (skipped,) = found["skipped"]
    assert (skipped["row"], skipped["reason"]) == (3, "@n3.example is a bot, by its own label")
    assert found["problems"] == []
    assert (found["account"], found["key"], found["whole"]) == ("me.example", "did:plc:me", True)
    assert found["asked"].endswith("was asked for the followers of @me.example: 1 question, 2 people.")
    again = json.loads(warmnote(lambda question: question.say(first), "--json")[1])
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 2)
    (source,) = notebook().sources.all()
    assert (source.handle, source.key, source.failed) == ("me.example", "did:plc:me", "")
    assert source.walked_at == source.synced_at


def test_the_command_without_json_says_it_in_words(warmnote):
    status, out, _ = warmnote(lambda question: question.say(page([1, 2])))
    assert status == 0
    assert "was asked for the followers of @me.example: 1 question, 2 people." in out
    assert "2 new, 0 changed, 0 unchanged, 0 skipped" in out


def test_who_came_since_is_new_and_who_is_missing_is_absent(warmnote, notebook):
    warmnote(lambda question: question.say(page([1, 2])))
    warmnote(lambda question: question.say(page([3, 1])))
    book = notebook()
    opened = {o.person.name: o for o in map(book.open_person, book.person_ids(View.ALL))}
    assert {name: bool(o.last_seen) for name, o in opened.items()} == {"Name 1": False, "Name 2": True, "Name 3": False}
    assert [name for name, o in opened.items() if o.person.is_new] == ["Name 3"]


def test_a_failure_is_told_and_changes_nobody(warmnote, notebook):
    warmnote(lambda question: question.say(page([1])))
    status, out, err = warmnote(
        lambda question: question.say({"error": "InvalidRequest", "message": "Actor not found"}, 400), "--json"
    )
    assert (status, out) == (2, "")
    assert (
        err
        == "warmnote: There is no account @me.example on Bluesky. Check the spelling; a handle looks like ana.bsky.social.\n"
    )
    (source,) = notebook().sources.all()
    assert source.failed.startswith("There is no account")
    assert source.synced_at is not None


def test_an_interrupted_command_goes_on_where_it_was(warmnote, faults, monkeypatch):
    def two_pages(question):
        question.say(page([2])) if "cursor" in question.query else question.say(page([1], cursor="a"))

    def interrupt(question):
        if "cursor" in question.query:
            raise AssertionError("the interrupt comes before")
        question.say(page([1], cursor="a"))

    from warmnote.networks import _walk

    with monkeypatch.context() as patch:
        add = _walk.Ledger.add

        def add_and_interrupt(*arguments):
            add(*arguments)
            raise KeyboardInterrupt

        patch.setattr(_walk.Ledger, "add", add_and_interrupt)
        status, _, err = warmnote(interrupt)
    assert status == 130
    assert "goes on from there" in err
    faults.asked.clear()
    status, out, _ = warmnote(two_pages, "--json")
    assert json.loads(out)["new"] == 2
    assert "cursor=a" in faults.asked[0]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send to a single process")
def test_ctrl_c_ends_the_program_at_once_and_the_page_stays(faults, tmp_path):
    hanging = threading.Event()

    def hang_on_the_second_page(question):
        if "cursor" not in question.query:
            question.say(page([1], cursor="a"))
        else:
            hanging.set()
            faults.hang(60)

    faults.answer = hang_on_the_second_page
    command = [sys.executable, "-W", "always", "-m", "warmnote", "sync", "bluesky", "me.example"]
    command += ["--base-url", faults.base, "--data-dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert hanging.wait(30)
        begun = time.monotonic()
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=30)
    assert time.monotonic() - begun < 5
    assert (program.returncode, out) == (130, "")
    assert err == "warmnote: stopped; the next time it goes on from there.\n"
    assert len(list(tmp_path.rglob("*.walk"))) == 1


@pytest.mark.parametrize("words", [["sync", "bluesky", "not a handle"], ["sync", "mastodon", "me"]])
def test_what_cannot_be_asked_is_said_before_anything_is_made(words, tmp_path, capsys):
    assert cli.run([*words, "--data-dir", str(tmp_path / "data")]) == 2
    assert "It looks like" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_posts_of_the_newest_are_read_when_asked_for(warmnote, notebook):
    def answer(question):
        if "getProfiles" in question.path:
            question.say({"profiles": [follower(1) | {"website": "https://ana.example"}]})
        elif "getAuthorFeed" in question.path:
            author = {"did": "did:plc:n1"}
            record = {"text": "The kiln is warm.", "createdAt": "2026-11-20T12:00:00Z"}
            question.say({"feed": [{"post": {"author": author, "record": record}}]})
        else:
            question.say(page([1, 2]))

    assert warmnote(answer, "--posts", "1")[0] == 0
    book = notebook()
    facts = {o.person.name: o.person.facts for o in map(book.open_person, book.person_ids(View.ALL))}
    assert {fact.text for fact in facts["Name 1"]} == {"https://ana.example", "The kiln is warm."}
    assert facts["Name 2"] == ()


def test_posts_that_cannot_be_read_take_no_follower_away(warmnote, notebook):
    def answer(question):
        if "getProfiles" in question.path:
            question.say({"error": "Oops"}, 400)
        else:
            question.say(page([1]))

    status, out, err = warmnote(answer, "--posts", "1", "--json")
    assert (status, json.loads(out)["new"]) == (0, 1)
    assert err.startswith("warmnote: the posts were not read: ")
    assert len(notebook().person_ids(View.ALL)) == 1


def test_a_pasted_token_reaches_the_server_and_no_file(faults, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda _: "very-secret-token")
    monkeypatch.setattr("keyring.set_password", lambda *_: (_ for _ in ()).throw(RuntimeError("very-secret-token")))
    heard = []

    def answer(question):
        heard.append(question.headers["Authorization"])
        if "lookup" in question.path:
            question.say({"id": "1", "acct": "me", "username": "me", "followers_count": 1})
        elif "notifications" in question.path:
            account = {"acct": "ana@example.org"}
            question.say([{"type": "follow", "created_at": "2026-11-20T12:00:00Z", "account": account}])
        else:
            question.say([{"acct": "ana@example.org", "display_name": "Ana"}])

    faults.answer = answer
    command = ["sync", "mastodon", "@me@example.social", "--ask-token", "--base-url", faults.base]
    assert cli.run([*command, "--data-dir", str(tmp_path / "data")]) == 0
    out, err = capsys.readouterr()
    assert set(heard) == {"Bearer very-secret-token"}
    assert "only until Warmnote is closed" in err
    held = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert b"very-secret-token" not in held + out.encode() + err.encode()
    assert b"ana@example.org" in held
