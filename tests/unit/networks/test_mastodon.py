from datetime import date

import httpx
import pytest

from warmnote.model import Expected, Identity, Knowledge, Link, Network

OWNER = {"id": "109", "username": "me", "acct": "me", "followers_count": 3}
HOME = "https://example.social"


def person(acct, **fields):
    return {"id": acct, "acct": acct, "display_name": acct.title(), "note": "", "fields": [], "emojis": []} | fields


def answers(*pages, owner=OWNER, notifications=None):
    """A server with these pages of followers, linked as Mastodon does."""

    def answer(request):
        path = request.url.path
        if path == "/api/v1/accounts/lookup":
            assert request.url.params["acct"] == "me"
            return owner
        if path == "/api/v1/notifications":
            return notifications(request)
        assert path == "/api/v1/accounts/109/followers"
        number = int(request.url.params.get("max_id", "0"))
        follow_on = f'<{HOME}{path}?limit=80&max_id={number + 1}>; rel="next", <{HOME}{path}?since_id=9>; rel="prev"'
        return httpx.Response(200, json=pages[number], headers={"Link": follow_on} if number + 1 < len(pages) else {})

    return answer


@pytest.fixture
def sync(asking, server):
    def syncing(answer, known=(), **more):
        made = server(answer)
        return asking.sync(made, Network.MASTODON, "@me@example.social", known, **more), made

    return syncing


def test_followers_come_with_the_table_on_their_profile(sync):
    ana = person(
        "ana@Elsewhere.org",
        display_name="Ana :verified: Moreno",
        note='<p>Potter.<br>Porto &amp; more</p><p>See <a href="https://ana.example/work/long" class="u-url">'
        '<span class="invisible">https://</span><span class="ellipsis">ana.example/work</span>'
        '<span class="invisible">/long</span></a> with <a href="https://x" class="u-url mention">@<span>ben</span></a>'
        '<script>no</script></p>',
        url="https://elsewhere.org/@ana",
        fields=[
            {"name": "Pronouns", "value": "she/her", "verified_at": None},
            {"name": "Location:", "value": "Porto", "verified_at": None},
            {"name": "Code", "value": '<a href="https://github.com/ana-m">github.com/ana-m</a>', "verified_at": "2026-01-01T00:00:00Z"},
            {"name": "Old", "value": '<a href="https://x.com/ana_m">x.com/ana_m</a>', "verified_at": None},
            {"name": "Clay", "value": "stoneware", "verified_at": None},
        ],
    )  # fmt: skip
    synced, server = sync(answers([ana]))
    (found,) = synced.batch.people
    assert (found.key, found.handle, found.url) == (
        "ana@elsewhere.org",
        "ana@elsewhere.org",
        "https://elsewhere.org/@ana",
    )
    assert found.name == "Ana Moreno"
    assert found.bio == "Potter.\nPorto & more\n\nSee https://ana.example/work/long with @ben"
    assert (found.pronouns, found.location) == ("she/her", "Porto")
    assert found.links == (Link(Network.GITHUB, "@ana-m", verified=True), Link(Network.X, "@ana_m"))
    assert [(fact.kind, fact.text) for fact in found.facts] == [
        ("website", "https://github.com/ana-m"),
        ("website", "https://x.com/ana_m"),
        ("profile", "Clay: stoneware"),
    ]
    assert server.paths == ["/api/v1/accounts/lookup?acct=me", "/api/v1/accounts/109/followers?limit=80"]
    assert synced.key == "me@example.social"


def test_somebody_on_the_same_server_gets_its_name(sync):
    synced, _ = sync(answers([person("Ben")]))
    (ben,) = synced.batch.people
    assert (ben.key, ben.handle, ben.url) == ("ben@example.social", "Ben@example.social", "https://example.social/@ben")


def test_pages_go_by_the_link_header_and_the_last_full_one_may_lead_to_nothing(sync):
    synced, server = sync(answers([person("ana")], [person("ben")], [person("cleo")], []))
    assert [found.name for found in synced.batch.people] == ["Ana", "Ben", "Cleo"]
    assert len(server.requests) == 5
    assert synced.batch.whole == {Network.MASTODON}


def test_a_next_page_is_asked_of_the_same_server_whatever_the_link_says(sync):
    def answer(request):
        assert request.url.host == "example.social"
        if "lookup" in request.url.path:
            return OWNER
        if "max_id" in request.url.params:
            return [person("ben")]
        elsewhere = "http://inner.lan:3000/api/v1/accounts/109/followers?max_id=7"
        return httpx.Response(200, json=[person("ana")], headers={"Link": f'<{elsewhere}>; rel="next"'})

    synced, server = sync(answer)
    assert [found.name for found in synced.batch.people] == ["Ana", "Ben"]
    assert str(server.requests[-1].url) == f"{HOME}/api/v1/accounts/109/followers?max_id=7"


def test_hidden_followers_are_said_plainly(sync):
    with pytest.raises(Expected, match=r"@me@example\.social hides the list of 3 followers"):
        sync(answers([]))
    with pytest.raises(Expected, match="hides the list"):
        sync(answers([], owner=OWNER | {"followers_count": 0, "hide_collections": True}))
    synced, _ = sync(answers([], owner=OWNER | {"followers_count": 0}))
    assert (synced.batch.people, synced.whole) == ((), True)


def test_a_list_that_shows_a_few_of_many_calls_nobody_absent(sync):
    synced, _ = sync(answers([person("ana")], owner=OWNER | {"followers_count": 900}))
    assert not synced.whole
    assert any("1 of 900" in note for note in synced.batch.notes)


@pytest.mark.parametrize("where", ["lookup", "followers"])
@pytest.mark.parametrize("status", [401, 403])
def test_a_server_that_wants_a_login_says_to_paste_a_token(sync, where, status):
    def answer(request):
        if where in request.url.path:
            return httpx.Response(status, json={"error": "This method requires an authenticated user"})
        return OWNER

    with pytest.raises(Expected, match="only to people who are logged in") as caught:
        sync(answer)
    assert "token" in caught.value.hint


def test_no_such_account_and_no_such_server_are_told_apart(sync):
    with pytest.raises(Expected, match=r"There is no account @me@example\.social"):
        sync(lambda _: httpx.Response(404, json={"error": "Record not found"}))
    with pytest.raises(Expected, match="does not answer as a Mastodon server does"):
        sync(lambda _: httpx.Response(404, text="<h1>Not found</h1>"))


@pytest.mark.parametrize("mark", ["bot", "group", "memorial", "suspended"])
def test_who_is_no_person_to_write_to_is_left_out(sync, mark):
    synced, _ = sync(answers([person("ana", **{mark: True}), person("ben", limited=True, **{mark: False})]))
    assert [found.name for found in synced.batch.people] == ["Ben"]
    assert synced.batch.skipped[0].row == 1


def test_who_has_moved_is_linked_to_the_new_account(sync):
    synced, _ = sync(answers([person("ana", moved=person("ana@new.example"))]))
    (ana,) = synced.batch.people
    assert Link(Network.MASTODON, "ana@new.example", verified=True) in ana.links
    assert ("moved", "has moved to @ana@new.example") in [(fact.kind, fact.text) for fact in ana.facts]


def test_an_owner_who_has_moved_is_told_where(sync):
    synced, _ = sync(answers([person("ana")], owner=OWNER | {"moved": {"acct": "me@new.example"}}))
    assert "This account has moved to @me@new.example; newer followers are there." in synced.batch.notes


def test_pages_with_unrelated_people_do_not_go_on_for_ever(sync):
    crowd = [[person(f"n{page}x{number}") for number in range(80)] for page in range(10)]
    synced, server = sync(answers(*crowd))
    assert len(server.requests) < 5
    assert "longer than its own count" in synced.batch.problems[0].reason
    assert not synced.whole


def test_a_token_brings_the_days_of_the_follows(sync, written):
    def notifications(request):
        assert request.headers["authorization"] == "Bearer secret-token-1"
        assert request.url.params.get_list("types[]") == ["follow"]
        assert request.url.params["include_filtered"] == "true"
        return [
            {"type": "follow", "created_at": "2026-11-20T12:00:00Z", "account": person("ana")},
            {"type": "mention", "created_at": "2026-11-21T12:00:00Z", "account": person("ben")},
            {"type": "follow", "created_at": "nonsense", "account": person("ben")},
            {"type": "follow", "created_at": "2026-10-01T12:00:00Z", "account": person("ana")},
        ]

    synced, _ = sync(answers([person("ana"), person("ben")], notifications=notifications), token="secret-token-1")
    ana, ben = synced.batch.people
    assert (ana.followed_on, ana.followed_known) == (date(2026, 11, 20), Knowledge.EXACT)
    assert (ben.followed_on, ben.followed_known) == (None, Knowledge.FIRST_SEEN)
    assert "secret-token-1" not in f"{synced!r} {written()}"


def test_a_token_without_the_right_to_notifications_is_no_failure(sync):
    synced, _ = sync(
        answers([person("ana")], notifications=lambda _: httpx.Response(403, json={"error": "scope"})),
        token="secret-token-1",
    )
    assert len(synced.batch.people) == 1
    assert any("may not read notifications" in note for note in synced.batch.notes)


def test_look_asks_each_home_server(asking, server):
    def answer(request):
        if request.url.host == "gone.example":
            return httpx.Response(404, json={"error": "Record not found"})
        if "lookup" in request.url.path:
            return OWNER | {"acct": "ana", "display_name": "Ana"}
        assert request.url.params["exclude_reblogs"] == "true"
        return [
            {
                "content": "<p>The kiln is <b>warm</b>.</p>",
                "created_at": "2026-11-20T12:00:00Z",
                "visibility": "public",
            },
            {"content": "<p>Hidden</p>", "spoiler_text": "cw", "visibility": "public"},
            {"content": "<p>Friends only</p>", "visibility": "private"},
        ]

    people = [Identity(Network.MASTODON, "ana@elsewhere.org"), Identity(Network.MASTODON, "x@gone.example")]
    first, second = asking.look(server(answer), *people)
    assert [(fact.kind, fact.text, fact.on) for fact in first.people[0].facts] == [
        ("post", "The kiln is warm.", date(2026, 11, 20))
    ]
    assert (first.people[0].key, first.people[0].only_known) == ("ana@elsewhere.org", True)
    assert second.skipped[0].reason == "There is no account @x@gone.example."
