"""Whatever a server sends, there is a result or an Expected."""

import contextlib
import json

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmnote.model import Batch, Expected, Identity, Network
from warmnote.networks import Synced
from warmnote.networks._html import plain
from warmnote.networks._reading import day, line, paragraphs, web_address

NAMES = (
    "followers cursor subject did handle displayName description labels val website associated chat allowIncoming profiles "
    "feed post record text reason author createdAt id acct username followers_count hide_collections display_name note url "
    "fields name value verified_at bot moved emojis shortcode login type company blog email bio twitter_username content "
    "visibility error message"
).split()
VALUES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
    | st.sampled_from(
        ["did:plc:ana", "ana@example.org", "ana", "https://github.com/ana", "<p><a href='https://x.com/a'>x</a>", "\ud800",
         "handle.invalid", "2026-11-20T12:00:00Z", "0001-01-01T00:00:00+23:59", "http://[", "9" * 5_000, "none", "User"]
    )
)  # fmt: skip
JSON = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=8),
    max_leaves=30,
)
ENTRY = st.dictionaries(st.sampled_from(NAMES), JSON, max_size=12)
ANSWER = (
    JSON
    | st.fixed_dictionaries({"followers": st.lists(ENTRY, max_size=4)}, optional={"cursor": JSON, "subject": JSON})
    | st.lists(ENTRY, max_size=4)
    | st.fixed_dictionaries({"id": st.integers(1, 99) | st.text(max_size=4), "followers_count": JSON, "feed": JSON})
)
STATUS = st.sampled_from([200, 200, 200, 200, 204, 304, 400, 401, 403, 404, 410, 418, 429, 500, 501])
HEADERS = st.dictionaries(
    st.sampled_from(["Link", "Retry-After", "RateLimit-Remaining", "X-RateLimit-Reset", "ETag"]),
    st.sampled_from(['<https://example.social/x>; rel="next"', "<;;>", "0", "5", "x", "<http://[>; rel=next", ""]),
)


def answering(answers):
    """A server that gives these answers in turn, then the last again."""

    def answer(_):
        status, body, headers = answers[0] if len(answers) == 1 else answers.pop(0)
        return httpx.Response(status, content=json.dumps(body).encode(), headers=headers)

    return answer


@pytest.mark.parametrize(
    ("network", "handle", "token"),
    [
        (Network.BLUESKY, "me.example", ""),
        (Network.MASTODON, "me@example.social", "secret-token"),
        (Network.GITHUB, "octocat", ""),
    ],
)
@given(answers=st.lists(st.tuples(STATUS, ANSWER, HEADERS), min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_json_gives_followers_or_plain_words(asking, server, network, handle, token, answers):
    made = server(answering(list(answers)))
    with contextlib.suppress(Expected):
        synced = asking.sync(made, network, handle, token=token, manners={"pages": 8})
        assert isinstance(synced, Synced)
        assert all(person.key and person.row > 0 for person in synced.batch.people)
        assert len({person.key for person in synced.batch.people}) == len(synced.batch.people)


@given(answers=st.lists(st.tuples(STATUS, ANSWER, HEADERS), min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_json_gives_profiles_or_plain_words(asking, server, answers):
    people = [
        Identity(Network.BLUESKY, "did:plc:ana", "ana.example"),
        Identity(Network.MASTODON, "ana@example.social", "ana"),
        Identity(Network.GITHUB, "7", "user7"),
    ]
    with contextlib.suppress(Expected):
        batches = asking.look(server(answering(list(answers))), *people)
        assert all(isinstance(batch, Batch) and not batch.whole for batch in batches)
        assert all(person.only_known for batch in batches for person in batch.people)


@given(st.text(max_size=200) | st.from_regex(r"(<[/a-z]{1,6}( (href|class)=\"?[a-z:/ ]*\"?)?>|[a-z :&;]{0,5}){0,12}"))
def test_any_html_gives_plain_text(html):
    shown = plain(html)
    assert isinstance(shown, str)
    assert "<script" not in paragraphs(shown).lower() or "<script" not in html.lower() or "&lt;" in html


@given(JSON)
def test_reading_any_value_gives_clean_text(value):
    for text in (line(value), paragraphs(value), web_address(value)):
        text.encode("utf-8")
        assert "\0" not in text
    assert "\n" not in line(value)
    day(value)
