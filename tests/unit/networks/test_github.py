from datetime import UTC, datetime

import httpx
import pytest

from warmnote.model import Expected, Identity, Link, Network

API = "https://api.github.com"


def listed(number, **fields):
    return {"id": number, "login": f"user{number}", "type": "User"} | fields


class Hub:
    """GitHub with so many followers, a page of so many, and so many questions an hour."""

    def __init__(self, followers, size=100, allowed=60):
        self.followers = followers
        self.size = size
        self.left = allowed
        self.reset = int(datetime(2026, 11, 24, 12, 10, tzinfo=UTC).timestamp())
        self.etags = {}

    def __call__(self, request):
        limits = {"X-RateLimit-Limit": "60", "X-RateLimit-Reset": str(self.reset)}
        if self.left == 0:
            return httpx.Response(403, json={"message": "rate limit"}, headers=limits | {"X-RateLimit-Remaining": "0"})
        self.left -= 1
        limits["X-RateLimit-Remaining"] = str(self.left)
        assert request.headers["x-github-api-version"]
        if request.url.path.endswith("/followers"):
            page = int(request.url.params.get("page", "1"))
            more = len(self.followers) > page * self.size
            link = f'<{API}/user/1/followers?per_page=100&page={page + 1}>; rel="next", <{API}/x>; rel="last"'
            entries = self.followers[(page - 1) * self.size : page * self.size]
            return httpx.Response(200, json=entries, headers=limits | ({"Link": link} if more else {}))
        login = request.url.path.rpartition("/")[2]
        etag = f'W/"{login}"'
        if request.headers.get("if-none-match") == etag:
            return httpx.Response(304, headers=limits)
        entry = next(one for one in self.followers if one["login"] == login)
        profile = entry | {"name": f"Name {entry['id']}", "bio": "Bio", "company": "@acme", "blog": "ana.example",
                           "location": "Porto", "email": "a@ana.example", "twitter_username": "ana_m"}  # fmt: skip
        return httpx.Response(200, json=profile, headers=limits | {"ETag": etag})


@pytest.fixture
def sync(asking, server):
    def syncing(answer, known=(), **more):
        made = server(answer)
        return asking.sync(made, Network.GITHUB, "@octocat", known, **more), made

    return syncing


def test_followers_come_with_their_profiles(sync):
    synced, _ = sync(Hub([listed(7)]))
    (found,) = synced.batch.people
    assert (found.key, found.handle, found.url) == ("7", "user7", "https://github.com/user7")
    assert (found.name, found.bio, found.company, found.location) == ("Name 7", "Bio", "acme", "Porto")
    assert found.email == "a@ana.example"
    assert [(fact.kind, fact.text) for fact in found.facts] == [("website", "https://ana.example")]
    assert found.links == (Link(Network.X, "@ana_m"),)
    assert synced.batch.whole == {Network.GITHUB}


def test_bots_and_organisations_are_left_out(sync):
    synced, server = sync(Hub([listed(1, type="Bot"), listed(2, type="Organization"), listed(3)]))
    assert [found.key for found in synced.batch.people] == ["3"]
    assert len(synced.batch.skipped) == 2
    assert len(server.requests) == 2


def test_all_pages_are_read_and_profiles_as_far_as_the_hour_goes(sync):
    hub = Hub([listed(number) for number in range(1, 231)])
    synced, server = sync(hub)
    assert len(synced.batch.people) == 230
    assert len(server.requests) == 60
    assert server.waited == 0
    named = [found.name for found in synced.batch.people if found.name.startswith("Name")]
    assert len(named) == 57
    (note,) = [note for note in synced.batch.notes if "profiles were read" in note]
    then = datetime(2026, 11, 24, 12, 10, tzinfo=UTC).astimezone()
    assert note == f"57 of 230 profiles were read; the rest follow after {then:%H:%M}."
    assert synced.whole
    with pytest.raises(Expected, match="answers again from"):
        sync(hub)


def test_the_next_hour_reads_on_with_the_unknown_first(sync):
    everybody = [listed(number) for number in range(1, 101)]
    known = [str(number) for number in range(1, 101)]
    sync(Hub(everybody))
    second, server = sync(Hub([listed(200), *everybody]), known)
    asked = [path.rpartition("/")[2] for path in server.paths if "followers" not in path]
    assert asked[0] == "user200"
    assert asked[1] == "user60"
    assert len(asked) == 42
    unread = next(found for found in second.batch.people if found.key == "1")
    assert unread.name == ""  # the name that was read an hour ago stays


def test_after_a_month_profiles_are_asked_by_their_etag(asking, server):
    hub = Hub([listed(7)])
    first = server(hub)
    asking.sync(first, Network.GITHUB, "octocat")
    later = server(hub)
    later.now = first.now.replace(month=12, day=31)
    synced = asking.sync(later, Network.GITHUB, "octocat", ["7"])
    assert later.requests[-1].headers["if-none-match"] == 'W/"user7"'
    assert synced.batch.people[0].name == ""


def test_a_server_that_tells_no_limits_is_asked_sixty_questions_at_most(sync):
    hub = Hub([listed(number) for number in range(1, 200)])

    def silent(request):
        answered = hub(request)
        for name in [name for name in answered.headers if name.lower().startswith("x-ratelimit")]:
            del answered.headers[name]
        hub.left = 60
        return answered

    _, server = sync(silent)
    assert len(server.requests) == 60


def test_trouble_with_a_profile_keeps_the_list(sync):
    hub = Hub([listed(1), listed(2)])
    synced, _ = sync(lambda request: hub(request) if "followers" in request.url.path else httpx.Response(500))
    assert [found.name for found in synced.batch.people] == ["user1", "user2"]
    assert "not all profiles could be read" in synced.batch.problems[0].reason


def test_no_such_user(sync):
    with pytest.raises(Expected, match="There is no @octocat on GitHub"):
        sync(lambda _: httpx.Response(404, json={"message": "Not Found"}))


def test_a_list_read_in_two_goes_calls_nobody_absent(sync):
    hub = Hub([listed(number) for number in range(1, 150)])
    state = {"broken": True}

    def answer(request):
        if state["broken"] and request.url.params.get("page") == "2":
            return httpx.ReadError("cut")
        return hub(request)

    with pytest.raises(Expected):
        sync(answer)
    state["broken"] = False
    synced, _ = sync(answer)
    assert len(synced.batch.people) == 149
    assert not synced.whole


def test_look_reads_one_profile(asking, server):
    hub = Hub([listed(7)])

    def answer(request):
        if request.url.path == "/user/7":
            return listed(7, name="Ana Moreno")
        return hub(request) if request.url.path == "/users/user7" else httpx.Response(404, json={})

    people = [Identity(Network.GITHUB, "7", "user7"), Identity(Network.GITHUB, "@nobody", "nobody")]
    (batch,) = asking.look(server(answer), *people)
    assert [(found.key, found.name, found.only_known) for found in batch.people] == [("7", "Ana Moreno", True)]
    assert batch.skipped[0].row == 2
