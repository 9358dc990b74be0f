from datetime import date

import pytest

from warmnote import accounts
from warmnote.model import Incoming, Network


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.linkedin.com/in/ana", "/in/ana"),
        ("HTTPS://UK.LINKEDIN.COM/IN/ANA/", "/in/ana"),
        ("//linkedin.com/in/ana/overlay/contact-info/", "/in/ana"),
        ("https://www.linkedin.com/in/%E5%AE%89", "/in/安"),
        ("https://www.linkedin.com/in/bad%ff", "/in/bad%ff"),
        ("https://www.linkedin.com/pub/ana-m/1a/2b3/4c5/", "/pub/ana-m/1a/2b3/4c5"),
        ("https://www.linkedin.com/profile/view?id=123&trk=x", "/profile/view?id=123"),
        ("https://twitter.com/intent/user?user_id=99", "99"),
        ("https://x.com/i/user/99", "99"),
        ("https://bsky.app/profile/did:plc:aa2", "did:plc:aa2"),
        ("https://social.example/users/ana", "ana@social.example"),
        ("https://one.example/@ana@two.example", "ana@two.example"),
    ],
)
def test_keys_of_addresses(address, key):
    account = accounts.profile(address)
    assert account.key == key
    assert account.url.startswith("https://")


@pytest.mark.parametrize(
    "address",
    [
        "", "ana", "ana@example.com", "https://example.com", "https://example.com/ana", "https://www.linkedin.com/company/kiln",
        "https://www.linkedin.com/in/", "https://notlinkedin.com/in/ana", "https://x.com/search?q=a", "https://x.com/",
        "https://github.com/ana/kiln", "https://medium.com/@ana", "https://www.youtube.com/@ana", "https://www.tiktok.com/ana",
        "http://[", "javascript:alert(1)//linkedin.com/in/x y", "https://www.instagram.com/p/Cxyz", "https://bsky.app/",
    ],
)  # fmt: skip
def test_addresses_that_lead_to_nobody(address):
    assert accounts.profile(address) is None


def test_only_https_comes_out():
    assert accounts.profile("http://x.com/ana").url == "https://x.com/ana"
    assert accounts.profile("linkedin.com/in/ana").url == "https://www.linkedin.com/in/ana"


@pytest.mark.parametrize("handle", ["", "@", "a b", "a/b", "ana@", "x" * 101])
def test_what_cannot_be_a_handle(handle):
    assert accounts.by_handle(Network.X, handle) is None
    assert accounts.by_handle(Network.MASTODON, handle) is None


def test_keys_of_poorer_exports():
    person = Incoming(
        1, Network.LINKEDIN, "/in/ana", "Ana  Moreno", email="Ana@Example.com", followed_on=date(2026, 6, 7)
    )
    assert accounts.earlier_keys(person) == ("email:ana@example.com", "name:ana moreno;on:2026-06-07")
    assert accounts.earlier_keys(Incoming(1, Network.X, "99", handle="Ana")) == ("@ana",)
    assert accounts.earlier_keys(Incoming(1, Network.X, "@ana", handle="Ana")) == ()
    assert accounts.earlier_keys(Incoming(1, Network.INSTAGRAM, "ana", handle="ana")) == ()
