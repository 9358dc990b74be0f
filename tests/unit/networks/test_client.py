"""How a server is treated: what is asked, how long is waited, and what is said when nothing comes of it."""

import gzip
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from warmnote import __version__
from warmnote.model import Expected, Network
from warmnote.networks import Cancelled

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FOLLOWERS = {"subject": {"did": "did:plc:me"}, "followers": [{"did": "did:plc:ana", "handle": "ana.example"}]}


def first(*refusals, then=FOLLOWERS):
    """Answers with the refusals in turn, and then well."""
    waiting = list(refusals)
    return lambda _: waiting.pop(0) if waiting else then


@pytest.fixture
def ask(asking, server):
    """Asks Bluesky for followers; gives the server, which knows what it was asked."""

    def asked(answer, network=Network.BLUESKY, handle="me.example", **more):
        made = server(answer)
        made.synced = asking.sync(made, network, handle, **more)
        return made

    return asked


def test_it_says_who_it_is_and_sends_no_cookies(ask):
    def answer(request):
        assert request.headers["user-agent"] == f"Warmnote/{__version__} (desktop app; asks on its user's request)"
        assert "gzip" in request.headers["accept-encoding"]
        assert "cookie" not in request.headers
        more = {} if request.url.params.get("cursor") else {"cursor": "a"}
        return httpx.Response(200, json=FOLLOWERS | more, headers={"Set-Cookie": "id=1; Path=/"})

    assert len(ask(answer).requests) == 2


def test_an_answer_may_be_packed(ask):
    packed = httpx.Response(200, content=gzip.compress(b'{"followers": []}'), headers={"Content-Encoding": "gzip"})
    assert ask(lambda _: packed).synced.batch.people == ()


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"Retry-After": "7"}, 7),
        (503, {"Retry-After": "7"}, 7),
        (429, {"Retry-After": "Tue, 24 Nov 2026 12:00:30 GMT"}, 30),
        (503, {"Retry-After": "Tue, 24 Nov 2026 12:00:30 GMT"}, 30),
        (429, {"RateLimit-Remaining": "0", "RateLimit-Reset": "11"}, 11),
        (429, {"RateLimit-Remaining": "0", "RateLimit-Reset": str(int(NOON.timestamp()) + 90)}, 90),
        (429, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-11-24T12:05:00.000Z"}, 300),
        # The server's clock is an hour ahead of ours: ten seconds are ten seconds.
        (429, {"Date": "Tue, 24 Nov 2026 13:00:00 GMT", "Retry-After": "Tue, 24 Nov 2026 13:00:10 GMT"}, 10),
    ],
)
def test_it_waits_as_long_as_it_is_told(ask, status, headers, seconds):
    server = ask(first(httpx.Response(status, headers=headers)))
    assert len(server.requests) == 2
    assert seconds <= server.waited < seconds + 2
    assert any("asks us to wait" in sentence for sentence in server.said)


def test_it_waits_before_it_has_to_be_refused(ask):
    limits = {"RateLimit-Remaining": "0", "RateLimit-Reset": "60"}
    full = httpx.Response(200, json=FOLLOWERS | {"cursor": "a"}, headers=limits)
    server = ask(first(full, then={"followers": []}))
    assert 60 <= server.waited < 62


def test_a_wait_of_an_hour_is_put_off_and_the_moment_named(ask):
    at = (NOON + timedelta(hours=1)).astimezone()
    with pytest.raises(Expected, match=f"answers again from {at:%H:%M} on") as caught:
        ask(lambda _: httpx.Response(429, headers={"Retry-After": "3600"}))
    assert "goes on from there" in caught.value.hint


def test_without_a_word_it_backs_off_longer_each_time_and_gives_up(ask):
    with pytest.raises(Expected, match=r"public\.api\.bsky\.app has trouble of its own \(error 503\)"):
        ask(lambda _: httpx.Response(503))
    server = ask(first(httpx.Response(500), httpx.Response(502), httpx.ConnectError("refused")))
    assert len(server.requests) == 4
    assert server.waited == pytest.approx(1 + 2 + 4, abs=0.2)


def test_a_refusal_without_a_time_is_no_reason_to_name_one(ask):
    with pytest.raises(Expected, match="asks us to slow down"):
        ask(lambda _: httpx.Response(429))


@pytest.mark.parametrize("chance", [0.0, 0.999])
def test_a_pause_differs_by_chance(ask, chance):
    server = ask(first(httpx.Response(500)), manners={"chance": lambda: chance})
    assert server.waited == pytest.approx(0.5 + chance, abs=0.1)


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (httpx.ConnectError("[Errno -2] Name or service not known"), "could not be reached"),
        (httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] expired"), "cannot show that it is the server"),
        (httpx.ReadTimeout("slow"), "did not answer in time"),
        (httpx.ConnectTimeout("slow"), "did not answer in time"),
        (httpx.RemoteProtocolError("cut off"), "broke off in the middle"),
        (httpx.Response(200, text="<html>Sign in to the hotel</html>"), "not a list of people"),
        (httpx.Response(200, content=b'{"followers": ['), "not a list of people"),
        (httpx.Response(200, content=b"[" * 200_000), "not a list of people"),
        (httpx.Response(200, content=b"\xff\xfe\x00"), "not a list of people"),
        (httpx.Response(200, content=b"null"), "not a list of people"),
        (httpx.Response(200, json={"followers": {"a": 1}}), "not with a list of followers"),
        (httpx.Response(200, json=[1]), "not with a list of followers"),
        (httpx.Response(501), "does not answer this question"),
        (httpx.Response(418), "refuses the question"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_told_in_plain_words(ask, trouble, said):
    with pytest.raises(Expected, match=said) as caught:
        ask(lambda _: trouble)
    assert "public.api.bsky.app" in str(caught.value) or "@me.example" in str(caught.value)


def test_an_answer_of_many_megabytes_is_not_read(ask):
    with pytest.raises(Expected, match="far more than was asked for"):
        ask(lambda _: httpx.Response(200, content=b" " * 2_000), manners={"body": 1_000})


def test_redirects_are_followed_within_https(ask):
    def answer(request):
        if request.url.host == "public.api.bsky.app":
            return httpx.Response(302, headers={"Location": f"https://api.example{request.url.raw_path.decode()}"})
        return FOLLOWERS

    assert [request.url.host for request in ask(answer).requests] == ["public.api.bsky.app", "api.example"]


@pytest.mark.parametrize(
    "location", ["http://public.api.bsky.app/x", "ftp://example.org/", "file:///etc/passwd", "https://[bad"]
)
def test_redirects_to_anything_else_are_not(ask, location):
    with pytest.raises(Expected, match="not safe to follow"):
        ask(lambda _: httpx.Response(301, headers={"Location": location}))


def test_a_server_asked_by_http_may_not_send_us_to_another_by_http(ask):
    with pytest.raises(Expected, match="not safe to follow"):
        ask(lambda _: httpx.Response(301, headers={"Location": "http://elsewhere.example/"}), base="http://127.0.0.1:9")


def test_redirects_in_circles_end(ask, server):
    made = server(lambda request: httpx.Response(301, headers={"Location": "/again"}))
    with pytest.raises(Expected, match="from one address to the next"):
        ask(made)
    assert len(made.requests) == 6


def test_a_base_of_http_is_asked_by_http(ask):
    server = ask(lambda _: FOLLOWERS, base="http://127.0.0.1:9/")
    assert str(server.requests[0].url).startswith("http://127.0.0.1:9/xrpc/")


def test_stopping_ends_a_wait_within_a_twentieth_of_a_second(ask):
    stop = {"after": 3.0}

    def answer(_):
        return httpx.Response(429, headers={"Retry-After": "600"})

    slept = []

    def sleep(seconds):
        slept.append(seconds)

    with pytest.raises(Cancelled):
        ask(answer, manners={"sleep": sleep}, cancelled=lambda: sum(slept) >= stop["after"])
    assert sum(slept) == pytest.approx(3.0, abs=0.1)
    assert max(slept) <= 0.05


def test_a_token_goes_to_its_own_server_alone_and_into_no_message(ask, asking, caplog):
    token = "very-secret-token"
    seen = []

    def answer(request):
        seen.append((request.url.host, request.headers.get("authorization", "")))
        if "lookup" in request.url.path and request.url.host == "example.social":
            return httpx.Response(301, headers={"Location": "https://www.example.social/api/v1/accounts/lookup"})
        return httpx.Response(500, text=f"echo {token}")

    with caplog.at_level("DEBUG"), pytest.raises(Expected) as caught:
        ask(answer, Network.MASTODON, "me@example.social", token=token)
    assert ("example.social", f"Bearer {token}") in seen
    assert ("www.example.social", "") in seen
    chain, texts = caught.value, []
    while chain is not None:
        texts += [str(chain), repr(chain), repr(chain.args)]
        chain = chain.__cause__ or chain.__context__
    assert token not in " ".join(texts) + caplog.text


def test_a_client_does_not_show_its_token(server):
    from warmnote.networks._client import Client
    from warmnote.networks._errand import Watch

    client = Client("https://example.social", server(lambda _: {}).manners(), Watch(), "very-secret-token")
    assert "very-secret-token" not in repr(client)


@pytest.mark.parametrize("token", ["two words", "line\nbreak-secret", "short", "ünïcode-secret"])
def test_what_is_no_token_is_refused_without_repeating_it(ask, token):
    with pytest.raises(Expected, match="not a token") as caught:
        ask(lambda _: FOLLOWERS, Network.MASTODON, "me@example.social", token=token)
    assert token not in str(caught.value)
