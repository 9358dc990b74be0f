"""The door: ask a network for followers, or for what certain people show of themselves."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from warmnote.model import Batch, Identity, Network
from warmnote.networks import _bluesky, _github, _mastodon
from warmnote.networks._account import ASKED, Account
from warmnote.networks._client import Client
from warmnote.networks._errand import Manners, Watch
from warmnote.networks._memory import Memory
from warmnote.networks._results import Errand, Synced

__all__ = ["look", "sync"]

_SYNC = {Network.BLUESKY: _bluesky.sync, Network.MASTODON: _mastodon.sync, Network.GITHUB: _github.sync}
_LOOK = {Network.BLUESKY: _bluesky.look, Network.MASTODON: _mastodon.look, Network.GITHUB: _github.look}
_HEADERS = {Network.GITHUB: _github.HEADERS}
_GITHUB_WAIT = 90.0  # seconds; its limit is by the hour, and what is left to ask can be asked another time


def sync(
    account: Account,
    memory: Memory,
    known: Callable[[Sequence[str]], set[str]],
    *,
    whole: bool = False,
    token: str = "",
    on_status: Callable[[str], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    manners: Manners | None = None,
) -> Synced:
    """Ask for the followers of an account. Blocks; call it on a thread of its own. Writes only to `memory`.

    `known(keys)` says which of these keys of the network are in the notebook. The list is walked to its end if `whole`,
    and while it is not known to be long; else until a page's length of people in a row is known. `token` is for
    Mastodon. All callbacks are called in this thread: `on_status` with sentences, `progress(people so far, people in all
    or 0)`; `cancelled` is asked at least ten times a second.

    Raises Expected and nothing else (Cancelled when the user stopped): then nothing came of it, and the next call
    within a day goes on where this one broke off.
    """
    manners, watch = manners or Manners(), Watch(on_status, progress, cancelled)
    watch.check()
    ledger = memory.ledger(f"{account.network.value} {account.handle.lower()} {account.base}")
    manners = _fitting(manners, account.network)
    with Client(account.base, manners, watch, token, _HEADERS.get(account.network)) as client:
        return _SYNC[account.network](Errand(account, client, ledger, known, watch, manners, whole))


def look(
    identities: Iterable[Identity],
    memory: Memory,
    *,
    posts: int = 5,
    base_urls: Mapping[Network, str] | None = None,
    on_status: Callable[[str], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    manners: Manners | None = None,
) -> tuple[Batch, ...]:
    """What people show of themselves: their profiles and at most so many last posts, one batch a server.

    For people in the notebook whom the user opens or marks; the records are `only_known` and make nobody. Accounts of
    networks that cannot be asked are passed over. Blocks, as `sync` does. Raises Expected.
    """
    manners, watch = manners or Manners(), Watch(on_status, progress, cancelled)
    servers: dict[Account, list[Identity]] = {}
    for identity in identities:
        if identity.network in ASKED and (identity.network is not Network.MASTODON or "@" in identity.key):
            handle = f"@{identity.key.rpartition('@')[2]}" if identity.network is Network.MASTODON else ""
            base_url = (base_urls or {}).get(identity.network, "")
            servers.setdefault(Account(identity.network, handle, base_url), []).append(identity)
    batches: list[Batch] = []
    for account, people in servers.items():
        watch.check()
        ledger = memory.ledger(f"{account.network.value} {account.base}")
        fitting = _fitting(manners, account.network)
        with Client(account.base, fitting, watch, headers=_HEADERS.get(account.network)) as client:
            errand = Errand(account, client, ledger, lambda _: set(), watch, fitting)
            batches.append(_LOOK[account.network](errand, people, posts))
    return tuple(batches)


def _fitting(manners: Manners, network: Network) -> Manners:
    if network is not Network.GITHUB:
        return manners
    return replace(manners, longest_wait=min(manners.longest_wait, _GITHUB_WAIT))
