"""Which page is opened for a letter, and which never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl

from warmnote.channels import Channels
from warmnote.model import Identity, Network, Person
from warmnote.ui.letter.profile import offered, profile, safe_url

CHANNELS = Channels.load()


@pytest.mark.parametrize(
    "address", ["https://bsky.app/profile/ana", "http://ana.example/me?x=1#y", "https://ana.example:8080/"]
)
def test_web_pages_may_be_opened(address):
    assert safe_url(address) == QUrl(address)


@pytest.mark.parametrize(
    "address",
    ["", "ana.example", "//evil", "file:///etc/passwd", "javascript:alert(1)", "smb://host/x", "ms-msdt:/id", "mailto:a@b.example",
     "https://", "https:///path", "https://user@host.example/", "https://user:pw@host.example/", "https://ho st.example/", "data:text/html,x"],
)  # fmt: skip
def test_anything_else_may_not(address):
    assert safe_url(address) is None


@given(st.text(max_size=60))
def test_whatever_a_file_holds_only_web_pages_pass(address):
    url = safe_url(address)
    assert url is None or (url.scheme() in {"http", "https"} and url.host() and not url.userInfo())


def person(*identities: Identity, **fields) -> Person:
    return Person(1, "Ana", identities=identities, **fields)


def test_the_page_is_the_one_of_the_chosen_channel():
    ana = person(
        Identity(Network.LINKEDIN, "ana", url="https://www.linkedin.com/in/ana"),
        Identity(Network.BLUESKY, "x", "ana.example"),
    )
    urls = {
        each: profile(ana, CHANNELS.get(each), CHANNELS)
        for each in ("linkedin-message", "bluesky-message", "email", "sms")
    }
    assert {each: url.toString() if url else None for each, url in urls.items()} == {
        "linkedin-message": "https://www.linkedin.com/in/ana",
        "bluesky-message": "https://bsky.app/profile/ana.example",
        "email": None,
        "sms": None,
    }


def test_a_network_without_a_channel_is_reached_elsewhere():
    ana = person(Identity(Network.OTHER, "ana", url="https://forum.example/ana"))
    assert profile(ana, CHANNELS.get("elsewhere"), CHANNELS) == QUrl("https://forum.example/ana")


def test_their_own_networks_come_first_then_what_is_open_to_everyone():
    ana = person(Identity(Network.BLUESKY, "x", "ana.example"), Identity(Network.LINKEDIN, "ana"))
    ids = [channel.id for channel in offered(ana, CHANNELS)]
    assert ids[0] == "bluesky-message"
    assert ids.index("linkedin-message") < ids.index("email")
    assert "x-message" not in ids
    assert len(ids) == len(set(ids))


def test_an_address_puts_mail_before_the_rest():
    ids = [channel.id for channel in offered(person(email="ana@ana.example"), CHANNELS)]
    assert ids[0] == "email"


def test_the_channel_a_draft_remembers_stays_on_offer():
    assert "x-post" in [channel.id for channel in offered(person(), CHANNELS, "x-post")]
    assert offered(person(), CHANNELS, "gone-channel") == offered(person(), CHANNELS)
