import keyring.errors
import pytest
from keyring.backend import KeyringBackend

from warmnote.model import Network
from warmnote.networks import Tokens, account

ME = account(Network.MASTODON, "me@example.social")
TOKEN = "very-secret-token"


class Drawer(KeyringBackend):
    """A keyring in memory, or one that is broken."""

    priority = 1

    def __init__(self, trouble=None):
        super().__init__()
        self.held = {}
        self.trouble = trouble

    def set_password(self, service, username, password):
        if self.trouble:
            raise self.trouble
        self.held[service, username] = password

    def get_password(self, service, username):
        if self.trouble:
            raise self.trouble
        return self.held.get((service, username))

    def delete_password(self, service, username):
        del self.held[service, username]


@pytest.fixture
def drawer(monkeypatch):
    def using(trouble=None):
        made = Drawer(trouble)
        monkeypatch.setattr(keyring, "get_keyring", lambda: made)
        for name in ("set_password", "get_password", "delete_password"):
            monkeypatch.setattr(keyring, name, getattr(made, name))
        return made

    return using


def test_a_token_lies_in_the_systems_keyring(drawer):
    made = drawer()
    assert Tokens().keep(ME, f" {TOKEN}\n") == ""
    assert list(made.held.values()) == [TOKEN]
    assert Tokens().find(ME) == TOKEN
    Tokens().forget(ME)
    assert (made.held, Tokens().find(ME)) == ({}, "")


@pytest.mark.parametrize(
    "trouble", [keyring.errors.NoKeyringError(), keyring.errors.KeyringLocked(TOKEN), OSError(TOKEN)]
)
def test_without_a_keyring_it_is_kept_for_the_session_and_said_so(drawer, trouble, caplog):
    drawer(trouble)
    tokens = Tokens()
    with caplog.at_level("DEBUG"):
        warning = tokens.keep(ME, TOKEN)
        assert tokens.find(ME) == TOKEN
        assert Tokens().find(ME) == ""
    assert "only until Warmnote is closed" in warning
    assert TOKEN not in f"{warning} {tokens!r} {caplog.text}"
    tokens.forget(ME)
    assert tokens.find(ME) == ""
