"""Followers asked of the networks themselves: Bluesky, Mastodon and compatible servers, GitHub.

Nothing is asked unless the user has named an account, and nothing of the user's goes out but that name. `sync` asks for
an account's followers and gives a batch as a file would; `look` reads the profiles and last posts of single people.
Questions are put politely (docs/networks.md says which) and can be stopped at any moment. httpx lives here and nowhere else.
"""

from warmnote.networks._account import ASKED, Account, account
from warmnote.networks._errand import Cancelled, Manners
from warmnote.networks._memory import Memory
from warmnote.networks._results import Synced
from warmnote.networks._sync import look, sync
from warmnote.networks._token import Tokens

__all__ = ["ASKED", "Account", "Cancelled", "Manners", "Memory", "Synced", "Tokens", "account", "look", "sync"]
