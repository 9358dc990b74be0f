import pytest

from warmnote.model import Expected, Network
from warmnote.networks import account


@pytest.mark.parametrize(
    ("network", "typed", "handle"),
    [
        (Network.BLUESKY, "@Ana.bsky.social", "ana.bsky.social"),
        (Network.BLUESKY, "\u202aana.bsky.social\u202c", "ana.bsky.social"),
        (Network.BLUESKY, " https://bsky.app/profile/ana.example ", "ana.example"),
        (Network.BLUESKY, "https://bsky.app/profile/ana.example/followers", "ana.example"),
        (Network.BLUESKY, "bsky.app/profile/did:plc:abc234", "did:plc:abc234"),
        (Network.BLUESKY, "did:plc:abc234", "did:plc:abc234"),
        (Network.BLUESKY, "at://ana.example", "ana.example"),
        (Network.MASTODON, "@Ana@Example.Social", "Ana@example.social"),
        (Network.MASTODON, "ana@example.social", "ana@example.social"),
        (Network.MASTODON, "acct:ana@example.social", "ana@example.social"),
        (Network.MASTODON, "https://example.social/@ana", "ana@example.social"),
        (Network.MASTODON, "https://example.social/users/ana", "ana@example.social"),
        (Network.MASTODON, "https://example.social/@ana/followers", "ana@example.social"),
        (Network.MASTODON, "https://example.social/@ana@elsewhere.org", "ana@elsewhere.org"),
        (Network.GITHUB, "@octocat", "octocat"),
        (Network.GITHUB, "https://github.com/octocat?tab=followers", "octocat"),
        (Network.GITHUB, "github.com/octo-cat/", "octo-cat"),
    ],
)
def test_an_account_may_be_typed_in_any_form(network, typed, handle):
    assert account(network, typed).handle == handle


@pytest.mark.parametrize(
    ("network", "typed"),
    [
        (Network.BLUESKY, ""),
        (Network.BLUESKY, "ana"),
        (Network.BLUESKY, "https://x.com/ana"),
        (Network.BLUESKY, "ana.example&limit=1"),
        (Network.MASTODON, "ana"),
        (Network.MASTODON, "@ana@nowhere"),
        (Network.MASTODON, "https://medium.com/@ana"),
        (Network.GITHUB, "octo/cat"),
        (Network.GITHUB, "octo cat"),
        (Network.LINKEDIN, "ana"),
    ],
)
def test_what_cannot_be_an_account_is_said_with_an_example(network, typed):
    with pytest.raises(Expected) as caught:
        account(network, typed)
    assert caught.value.hint


@pytest.mark.parametrize(
    "base", ["ftp://example.org", "example.org", "https://", "https://a@example.org", "https://x/?q"]
)
def test_a_base_that_is_no_server_is_refused(base):
    with pytest.raises(Expected, match="not the address of a server"):
        account(Network.BLUESKY, "ana.example", base)


def test_each_network_has_its_own_server():
    assert account(Network.BLUESKY, "ana.example").base == "https://public.api.bsky.app"
    assert account(Network.MASTODON, "ana@example.social").base == "https://example.social"
    assert account(Network.GITHUB, "octocat").base == "https://api.github.com"
    assert account(Network.GITHUB, "octocat", "http://127.0.0.1:8000/").base == "http://127.0.0.1:8000"
