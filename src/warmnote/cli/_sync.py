"""`warmnote sync`: ask a network for an account's followers and import them, as the window does."""

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from warmnote.cli._notebook import STOPPED, Stop, add_data_dir, opened, tell
from warmnote.cli._people import answer, told_of
from warmnote.model import Expected, Identity, Network

if TYPE_CHECKING:
    from warmnote.networks import Account, Memory, Synced
    from warmnote.notebook import Notebook, Preview

__all__ = ["add"]

_NETWORKS = ("bluesky", "mastodon", "github")


def add(commands: Any) -> None:
    """Add the command `sync`."""
    sync: argparse.ArgumentParser = commands.add_parser(
        "sync",
        help="ask a network for an account's followers",
        description="Ask a network for an account's followers and take them into the notebook. No login is needed.",
        epilog="Ctrl+C stops it; the next time it goes on from there.",
    )
    sync.add_argument("network", choices=_NETWORKS, help="whom to ask")
    sync.add_argument("handle", metavar="HANDLE", help="your account: a handle, or the address of the profile")
    sync.add_argument("--whole", action="store_true", help="see the whole list, even if that was done this week")
    sync.add_argument(
        "--posts",
        type=_count,
        default=0,
        metavar="N",
        help="read the profiles and last posts of the N newest people too",
    )
    sync.add_argument(
        "--ask-token",
        action="store_true",
        help="Mastodon: ask for a token, without showing it, and keep it in the system's keyring",
    )
    sync.add_argument("--json", action="store_true", help="print one JSON object")
    sync.add_argument("--base-url", default="", metavar="URL", help="ask this server instead; for tests")
    add_data_dir(sync)
    sync.set_defaults(handler=_sync)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > 500:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 500")
    return int(text)


def _sync(arguments: argparse.Namespace) -> int:
    from warmnote import networks
    from warmnote.notebook import data_folder

    account = networks.account(Network(arguments.network), arguments.handle, arguments.base_url)
    token = _token(account, asked_for=arguments.ask_token)
    memory = networks.Memory(data_folder(arguments.data_dir) / "sync")
    with opened(arguments.data_dir) as notebook:
        try:
            with Stop():
                synced = _ask(notebook, memory, account, token, whole=arguments.whole)
        except KeyboardInterrupt:
            print("warmnote: stopped; the next time it goes on from there.", file=sys.stderr)
            return STOPPED
        preview = _take(notebook, account, synced)
        if arguments.posts:
            _look(notebook, memory, account, preview, arguments.posts)
    if arguments.json:
        about = {"account": account.handle, "key": synced.key, "asked": synced.asked, "whole": synced.whole}
        print(json.dumps(answer(preview, only_preview=False) | about))
    else:
        for line in (synced.asked, *told_of(preview, only_preview=False, can_mark=False)):
            tell(line)
    return 0


def _ask(notebook: "Notebook", memory: "Memory", account: "Account", token: str, *, whole: bool) -> "Synced":
    from warmnote import networks

    try:
        return networks.sync(
            account,
            memory,
            lambda keys: notebook.sources.known(account.network, keys),
            whole=whole or notebook.sources.walk_is_due(account),
            token=token,
            on_status=_say,
        )
    except Expected as problem:
        notebook.sources.record_failure(account, problem)
        raise
    finally:
        _say("")


def _take(notebook: "Notebook", account: "Account", synced: "Synced") -> "Preview":
    with Stop() as stop:
        stop.hold()  # it is a matter of moments, and what was asked would have to be asked again
        preview = notebook.preview(synced.batch)
        notebook.import_batch(synced.batch)
        notebook.sources.record(account, synced)
    return preview


def _look(notebook: "Notebook", memory: "Memory", account: "Account", preview: "Preview", most: int) -> None:
    """Read the profiles and last posts of the newest people; whatever goes wrong with it, the followers are there."""
    from warmnote import networks

    new = [item.incoming for item in preview.items if item.kind == "new" and item.incoming is not None]
    newest = [Identity(person.network, person.key, person.handle) for person in new[:most]]
    try:
        with Stop():
            batches = networks.look(newest, memory, base_urls={account.network: account.base_url}, on_status=_say)
        for batch in batches:
            notebook.import_batch(batch)
    except KeyboardInterrupt:
        print("warmnote: stopped before the posts were read.", file=sys.stderr)
    except Expected as problem:
        print(f"warmnote: the posts were not read: {problem}", file=sys.stderr)
    finally:
        _say("")


def _token(account: "Account", *, asked_for: bool) -> str:
    """The token of a Mastodon account, if there is one."""
    if account.network is not Network.MASTODON:
        return ""
    from warmnote.networks import Tokens

    tokens = Tokens()
    if not asked_for:
        return tokens.find(account)
    import getpass

    token = getpass.getpass(f"Token for {account.shown}: ").strip()
    if warning := tokens.keep(account, token):
        print(f"warmnote: {warning}", file=sys.stderr)
    return token


def _say(sentence: str) -> None:
    """What is going on, for somebody who watches; "" wipes it away."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{sentence}", end="", file=sys.stderr, flush=True)
