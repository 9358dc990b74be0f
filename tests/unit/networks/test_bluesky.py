from datetime import date
from itertools import pairwise

import httpx
import pytest

from warmnote.model import Expected, Fact, Identity, Knowledge, Link, Network

ME = "did:plc:me"


def follower(name, **fields):
    return {"did": f"did:plc:{name}", "handle": f"{name}.example", "displayName": name.title(), "labels": []} | fields


def page(*followers, cursor=None):
    found = {"subject": {"did": ME, "handle": "me.example"}, "followers": list(followers)}
    return found if cursor is None else found | {"cursor": cursor}


def pages(*all_pages):
    """Answers getFollowers with the pages, each under the cursor of the one before."""
    by_cursor = {"": all_pages[0]}
    for before, after in pairwise(all_pages):
        by_cursor[before["cursor"]] = after
    return lambda request: by_cursor[request.url.params.get("cursor", "")]


@pytest.fixture
def sync(asking, server):
    def syncing(answer, known=(), **more):
        made = server(answer)
        return asking.sync(made, Network.BLUESKY, "me.example", known, **more), made

    return syncing


def test_followers_come_with_what_they_say_of_themselves(sync):
    ana = follower(
        "ana",
        description="Trail runner.\r\n\r\n\r\nPorto.",
        pronouns="she/her",
        website="github.com/ana-m",
        associated={"chat": {"allowIncoming": "none"}},
    )
    synced, server = sync(pages(page(ana)))
    (person,) = synced.batch.people
    assert (person.network, person.key, person.handle) == (Network.BLUESKY, "did:plc:ana", "ana.example")
    assert (person.name, person.bio, person.pronouns) == ("Ana", "Trail runner.\n\nPorto.", "she/her")
    assert [(fact.kind, fact.text) for fact in person.facts] == [
        ("website", "https://github.com/ana-m"),
        ("messages", "takes no messages on Bluesky"),
    ]
    assert person.links == (Link(Network.GITHUB, "@ana-m"),)
    assert (person.followed_on, person.followed_known) == (None, Knowledge.FIRST_SEEN)
    assert (synced.key, synced.whole, synced.batch.whole) == (ME, True, {Network.BLUESKY})
    assert synced.asked == "public.api.bsky.app was asked for the followers of @me.example: 1 question, 1 person."
    (request,) = server.requests
    assert dict(request.url.params) == {"actor": "me.example", "limit": "100", "sort": "latest"}
    assert str(request.url).startswith("https://public.api.bsky.app/xrpc/app.bsky.graph.getFollowers?")


def test_short_and_empty_pages_with_a_cursor_go_on(sync):
    synced, server = sync(
        pages(page(cursor="a"), page(follower("ana"), cursor="b"), page(cursor="c"), page(follower("ben")))
    )
    assert [person.key for person in synced.batch.people] == ["did:plc:ana", "did:plc:ben"]
    assert [person.row for person in synced.batch.people] == [1, 2]
    assert len(server.requests) == 4
    assert synced.whole


@pytest.mark.parametrize(
    "nothing", [{}, {"displayName": None, "description": None}, {"displayName": "", "description": " "}]
)
def test_a_name_may_be_absent_null_or_empty(sync, nothing):
    bare = {"did": "did:plc:ana", "handle": "ana.example"} | nothing
    synced, _ = sync(pages(page(bare)))
    assert (synced.batch.people[0].name, synced.batch.people[0].bio) == ("ana.example", "")
    known, _ = sync(pages(page(bare)), known=["did:plc:ana"])
    assert known.batch.people[0].name == ""  # the name they have in the notebook stays


def test_a_handle_that_cannot_be_verified_takes_nothing_away(sync):
    synced, _ = sync(
        pages(page(follower("ana", handle="handle.invalid"), {"did": "did:plc:ben", "handle": "handle.invalid"}))
    )
    assert [(person.handle, person.name) for person in synced.batch.people] == [("", "Ana"), ("", "did:plc:ben")]


def test_bots_are_left_out_with_the_reason(sync):
    synced, _ = sync(
        pages(page(follower("tick", labels=[{"val": "bot"}]), follower("ana", labels=[{"val": "bot", "neg": True}])))
    )
    assert [person.name for person in synced.batch.people] == ["Ana"]
    assert [(problem.row, problem.reason) for problem in synced.batch.skipped] == [
        (1, "@tick.example is a bot, by its own label")
    ]


def test_of_those_who_wish_so_only_the_handle_is_kept(sync, written):
    eve = follower(
        "eve", displayName="Eve Hidden", description="Secret bio", website="https://eve.example",
        labels=[{"val": "!no-unauthenticated", "src": "did:plc:eve"}],
    )  # fmt: skip

    def answer(request):
        if "cursor" in request.url.params:
            assert "Eve Hidden" not in written()
            assert "did:plc:eve" in written()
            return page(follower("ana"))
        return page(eve, cursor="a")

    synced, _ = sync(answer)
    person = synced.batch.people[0]
    assert (person.key, person.handle, person.name) == ("did:plc:eve", "eve.example", "eve.example")
    assert (person.bio, person.facts, person.links) == ("", (), ())
    assert any(note.startswith("1 of them asks not to be shown") for note in synced.batch.notes)


def test_whoever_comes_to_a_known_list_was_first_seen_today(sync):
    synced, _ = sync(pages(page(follower("ana"), follower("ben"))), known=["did:plc:ben"])
    assert [(person.followed_on, person.followed_known) for person in synced.batch.people] == [
        (date(2026, 11, 24), Knowledge.FIRST_SEEN),
        (None, Knowledge.FIRST_SEEN),
    ]


def many(first, last):
    return [follower(f"n{number}") for number in range(first, last)]


def test_a_long_list_is_read_until_nobody_is_new(sync, asking, server):
    everybody = [page(*many(start, start + 100), cursor=str(start)) for start in range(0, 2_900, 100)]
    everybody.append(page(*many(2_900, 2_950)))
    first, _ = sync(pages(*everybody))
    assert (len(first.batch.people), first.whole) == (2_950, True)
    known = [person.key for person in first.batch.people]
    newer = [page(follower("ana"), *many(0, 99), cursor="x"), page(*many(99, 199), cursor="y"), page(follower("late"))]
    second, asked = sync(pages(*newer), known)
    assert [person.key for person in second.batch.people if person.key not in known] == ["did:plc:ana"]
    assert len(asked.requests) == 2
    assert (second.whole, second.batch.whole) == (False, frozenset())
    third, _ = sync(pages(*newer), known, whole=True)
    assert third.batch.people[-1].key == "did:plc:late"
    assert third.whole


def test_a_short_list_is_always_walked_whole(sync):
    list_of_two = [page(*many(0, 100), cursor="a"), page(follower("late"))]
    sync(pages(*list_of_two))
    synced, server = sync(pages(*list_of_two), known=[one["did"] for one in many(0, 100)])
    assert len(server.requests) == 2
    assert synced.whole


def test_a_walk_that_broke_off_goes_on_at_the_same_cursor(sync, written):
    broken = {"on": True}

    def answer(request):
        match request.url.params.get("cursor", ""):
            case "":
                return page(follower("ana"), cursor="a")
            case "a" if broken["on"]:
                return httpx.ReadError("cut off")
            case _:
                return page(follower("ben"))

    with pytest.raises(Expected, match="broke off"):
        sync(answer)
    assert "did:plc:ana" in written()
    broken["on"] = False
    synced, server = sync(answer)
    assert [request.url.params.get("cursor", "") for request in server.requests] == ["a", ""]
    assert [person.key for person in synced.batch.people] == ["did:plc:ana", "did:plc:ben"]
    assert synced.whole
    assert "did:plc" not in written()


def test_who_came_while_the_walk_was_broken_off_is_found(sync):
    state = {"broken": True}

    def answer(request):
        match request.url.params.get("cursor", ""):
            case "":
                return (
                    page(follower("ana"), cursor="a")
                    if state["broken"]
                    else page(follower("zoe"), follower("ana"), cursor="a")
                )
            case _:
                return httpx.ReadError("cut off") if state["broken"] else page(follower("ben"))

    with pytest.raises(Expected):
        sync(answer)
    state["broken"] = False
    synced, _ = sync(answer)
    assert {person.name for person in synced.batch.people} == {"Ana", "Ben", "Zoe"}


@pytest.mark.parametrize("status", [400, 500])
def test_a_cursor_that_is_not_known_any_more_starts_again(sync, status):
    state = {"broken": True}

    def answer(request):
        cursor = request.url.params.get("cursor", "")
        if cursor == "old":
            return httpx.ReadError("gone") if state["broken"] else httpx.Response(status, json={"error": "Oops"})
        return page(follower("ana"), cursor="old") if state["broken"] else page(follower("ana"), follower("ben"))

    with pytest.raises(Expected):
        sync(answer)
    state["broken"] = False
    synced, _ = sync(answer)
    assert [person.name for person in synced.batch.people] == ["Ana", "Ben"]
    assert synced.whole


def test_a_server_that_is_down_costs_no_page(sync):
    state = {"down": True}

    def answer(request):
        if request.url.params.get("cursor") == "a":
            return httpx.Response(500) if state["down"] else page(follower("ben"))
        return page(follower("ana"), cursor="a") if not state.get("met") else httpx.Response(500)

    with pytest.raises(Expected):
        sync(answer)
    state["met"] = True
    with pytest.raises(Expected):
        sync(answer)
    state.update(down=False, met=False)
    synced, server = sync(answer)
    assert server.requests[0].url.params["cursor"] == "a"
    assert len(synced.batch.people) == 2


def test_the_same_person_on_two_pages_counts_once(sync):
    synced, _ = sync(pages(page(follower("ana"), follower("ben"), cursor="a"), page(follower("ben"), follower("cleo"))))
    assert [person.name for person in synced.batch.people] == ["Ana", "Ben", "Cleo"]


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: page(follower("ana"), cursor="same"),
        lambda request: page(follower("ana"), cursor=str(int(request.url.params.get("cursor", "0")) + 1)),
        lambda request: page(cursor=str(int(request.url.params.get("cursor", "0")) + 1)),
    ],
    ids=["one cursor", "the same people", "empty for ever"],
)
def test_a_list_in_circles_ends_with_a_problem(sync, answer):
    synced, server = sync(answer)
    assert [problem.reason for problem in synced.batch.problems] == [
        "the server's list leads in circles; what came before that was read"
    ]
    assert len(server.requests) <= 50
    assert (synced.whole, synced.batch.whole) == (False, frozenset())


def test_a_cursor_met_before_ends_the_walk_even_if_it_brings_new_people(sync):
    numbers = iter(range(100))
    synced, server = sync(lambda _: page(follower(f"n{next(numbers)}"), cursor="same"))
    assert len(server.requests) == 2
    assert not synced.whole


def test_a_list_without_end_is_cut(sync):
    def answer(request):
        number = int(request.url.params.get("cursor", "0"))
        return page(follower(f"n{number}"), cursor=str(number + 1))

    synced, server = sync(answer, manners={"pages": 30})
    assert len(server.requests) == 30
    assert "goes on after 30 answers" in synced.batch.problems[0].reason
    assert not synced.whole


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (400, {"error": "InvalidRequest", "message": "Actor not found: me.example"}, "There is no account @me.example"),
        (
            400,
            {"error": "InvalidRequest", "message": "Error: actor must be a valid did or a handle"},
            "There is no account",
        ),
        (400, {"error": "AccountDeactivated", "message": "Account is deactivated"}, "deactivated at the moment"),
        (400, {"error": "AccountTakedown", "message": "Account has been suspended"}, "taken the account"),
        (400, {"error": "BlockedActor", "message": ""}, "blocked"),
        (401, {"error": "AuthMissing"}, "logged in"),
        (400, ["what"], "refuses the question"),
        (404, None, "refuses the question"),
    ],
)
def test_refusals_are_put_in_plain_words(sync, status, body, said):
    with pytest.raises(Expected, match=said) as caught:
        sync(lambda _: httpx.Response(status, json=body))
    assert "Traceback" not in str(caught.value)


def test_look_reads_profiles_and_last_posts(asking, server):
    def post(did, text, day, **more):
        record = {"text": text, "createdAt": f"2026-11-{day:02}T12:00:00Z"}
        return {"post": {"author": {"did": did}, "record": record, "indexedAt": f"2026-11-{day:02}T12:00:01Z"}} | more

    def answer(request):
        if request.url.path.endswith("getProfiles"):
            assert request.url.params.get_list("actors") == [
                "did:plc:ana",
                "ben.example",
                "did:plc:gone",
                "did:plc:eve",
            ]
            eve = follower("eve", labels=[{"val": "!no-unauthenticated"}])
            return {"profiles": [follower("ben"), eve, follower("ana", website="https://ana.example")]}
        assert request.url.params["filter"] == "posts_no_replies"
        did = request.url.params["actor"]
        assert did != "did:plc:eve"
        if did == "did:plc:ben":
            return httpx.Response(400, json={"error": "InvalidRequest", "message": "Profile not found"})
        reply = post(did, "no", 6)
        reply["post"]["record"]["reply"] = {"parent": {}}
        return {
            "feed": [
                post("did:plc:other", "a repost", 20, reason={"$type": "repost"}),
                post(did, "an old one of their own, passed on again", 20, reason={"$type": "repost"}),
                post("did:plc:other", "somebody else's", 20),
                post(did, "From the future", 19) | {},
                post(did, "  ", 18),
                reply,
                *(post(did, f"Post {day}", day) for day in range(17, 10, -1)),
            ]
        }

    people = [
        Identity(Network.BLUESKY, "did:plc:ana", "ana.example"),
        Identity(Network.BLUESKY, "@ben.example", "Ben.example"),
        Identity(Network.BLUESKY, "did:plc:gone", "gone.example"),
        Identity(Network.BLUESKY, "did:plc:eve", "eve.example"),
        Identity(Network.LINKEDIN, "/in/ana", "ana"),
    ]
    (batch,) = asking.look(server(answer), *people, posts=3)
    ana, ben = batch.people
    assert (ana.only_known, ana.follows, ana.key) == (True, False, "did:plc:ana")
    assert [fact.text for fact in ana.facts] == ["https://ana.example", "From the future", "Post 17", "Post 16"]
    assert ana.facts[2] == Fact("post", "Post 17", "Bluesky", date(2026, 11, 17))
    assert (ben.key, ben.facts) == ("did:plc:ben", ())
    assert "last posts could not be read" in batch.problems[0].reason
    assert [problem.row for problem in batch.skipped] == [3, 4]
    assert batch.whole == frozenset()


def test_look_asks_for_25_profiles_at_a_time(asking, server):
    def answer(request):
        return {
            "profiles": [follower(actor.removeprefix("did:plc:")) for actor in request.url.params.get_list("actors")]
        }

    made = server(answer)
    (batch,) = asking.look(made, *(Identity(Network.BLUESKY, f"did:plc:n{n}") for n in range(60)), posts=0)
    assert [len(request.url.params.get_list("actors")) for request in made.requests] == [25, 25, 10]
    assert len(batch.people) == 60
