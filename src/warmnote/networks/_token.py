"""Tokens that the user pastes: kept in the system's keyring, or for this session where there is none.

A token stands in no file of Warmnote, no log, no message and no `repr`.
"""

import logging

from warmnote.networks._account import Account

__all__ = ["Tokens"]

_SERVICE = "Warmnote"
_log = logging.getLogger(__name__)


class Tokens:
    """The tokens of this user, by account. Make one and hand it to whoever needs it."""

    def __init__(self) -> None:
        self._session: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"Tokens({len(self._session)} for this session)"

    def keep(self, account: Account, token: str) -> str:
        """Keep a token; gives a sentence for the user if it could not be put into the system's keyring, else ""."""
        name, token = _name(account), token.strip()
        self._session[name] = token
        try:
            import keyring

            keyring.set_password(_SERVICE, name, token)
        except Exception as error:  # noqa: BLE001 - keyrings of all systems, each with errors of its own
            _told(error)
            return "This computer has no safe place for the token, so it is kept only until Warmnote is closed."
        del self._session[name]
        return ""

    def find(self, account: Account) -> str:
        """The token of an account, "" if there is none. May take seconds where the keyring asks to be unlocked."""
        name = _name(account)
        if name in self._session:
            return self._session[name]
        try:
            import keyring

            return keyring.get_password(_SERVICE, name) or ""
        except Exception as error:  # noqa: BLE001
            _told(error)
            return ""

    def forget(self, account: Account) -> None:
        """Remove the token of an account, if there is one."""
        name = _name(account)
        self._session.pop(name, None)
        try:
            import keyring

            if keyring.get_password(_SERVICE, name) is not None:
                keyring.delete_password(_SERVICE, name)
        except Exception as error:  # noqa: BLE001
            _told(error)


def _name(account: Account) -> str:
    return f"{account.network.value} {account.handle.lower()}"


def _told(error: Exception) -> None:
    """Only the kind: what a keyring says in words might repeat what it was given."""
    _log.info("the keyring could not be used: %s", type(error).__name__)
