"""What is remembered between two askings, in files beside the notebook that may be deleted at any time.

For each account there are up to two: the walk that was broken off, one page of the list a line, so that it goes on at
the same place; and what was learnt of the server (how long the list was, whose profile was read when, and its ETag).
What is damaged, too old or from elsewhere counts as not there. No name or bio outlives the walk, and never a token.
"""

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from warmnote.networks._reading import entry, line, listed, moment, number

__all__ = ["Ledger", "Memory", "Page", "Read"]

_VERSION = 1
_FRESH = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of a walk: the cursor it was asked with ("" for the first), its entries, and the next cursor ("" at the end)."""

    cursor: str
    entries: tuple[dict[str, Any], ...]
    next: str


@dataclass(frozen=True, slots=True)
class Read:
    """When somebody's profile was read last, and under which ETag."""

    at: datetime
    etag: str = ""


class Memory:
    """The folder of all accounts' files; it is made when the first is written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ledger(self, account: str) -> "Ledger":
        """What is remembered of one account; `account` is any text that names it."""
        return Ledger(self._folder / sha256(account.encode("utf-8", "replace")).hexdigest()[:24], account)


class Ledger:
    """What is remembered of one account. Writing is best effort: a full disk costs the memory and not the errand."""

    def __init__(self, path: Path, account: str) -> None:
        self._account = account
        self._walk = path.with_suffix(".walk")
        self._learnt = path.with_suffix(".json")

    # the walk

    def pages(self, now: datetime) -> list[Page]:
        """The pages of the walk that was broken off within the last day, in order; none if there is no such walk.

        From then on the file holds these and nothing else.
        """
        try:
            first, *lines = self._walk.read_text("utf-8", "replace").splitlines() or [""]
        except OSError:
            return []
        head = entry(_loaded(first))
        begun = moment(head.get("begun"))
        fits = head.get("version") == _VERSION and head.get("account") == self._account
        pages: list[Page] = []
        if fits and begun is not None and timedelta() <= now - begun <= _FRESH:
            for written in lines:
                page = _page(written)
                if page is None or page.cursor != (pages[-1].next if pages else ""):
                    break
                pages.append(page)
                if not page.next:
                    break
        if not pages:
            self.finish()
        elif len(pages) != len(lines):
            self._replace(self._walk, "".join(f"{written}\n" for written in [first, *lines[: len(pages)]]))
        return pages

    def add(self, page: Page, now: datetime) -> None:
        """Write down one more page of the walk."""
        with contextlib.suppress(OSError):
            begun = not self._walk.exists()
            self._walk.parent.mkdir(parents=True, exist_ok=True)
            with self._walk.open("a", encoding="utf-8", newline="\n") as file:
                if begun:
                    head = {"version": _VERSION, "account": self._account, "begun": now.isoformat()}
                    file.write(json.dumps(head) + "\n")
                written = {"cursor": page.cursor, "next": page.next, "entries": page.entries}
                file.write(json.dumps(written) + "\n")

    def finish(self) -> None:
        """Forget the walk."""
        with contextlib.suppress(OSError):
            self._walk.unlink(missing_ok=True)

    # what was learnt

    def length(self) -> int:
        """How many entries the list had when it was last walked to its end; 0 if that is not known."""
        return number(self._facts().get("length")) or 0

    def set_length(self, length: int) -> None:
        """Write down how long the list is."""
        self._write(self._facts() | {"length": length})

    def profiles(self) -> dict[str, Read]:
        """Whose profile was read, by the network's key."""
        found: dict[str, Read] = {}
        for key, value in entry(self._facts().get("profiles")).items():
            parts = listed(value)
            if len(parts) == 2 and (at := moment(parts[0])) is not None:
                found[key] = Read(at, line(parts[1]))
        return found

    def set_profiles(self, profiles: Mapping[str, Read]) -> None:
        """Write down whose profile was read."""
        self._write(
            self._facts() | {"profiles": {key: [read.at.isoformat(), read.etag] for key, read in profiles.items()}}
        )

    def _facts(self) -> dict[str, Any]:
        try:
            found = entry(_loaded(self._learnt.read_text("utf-8", "replace")))
        except OSError:
            return {}
        fits = found.get("version") == _VERSION and found.get("account") == self._account
        return found if fits else {}

    def _write(self, facts: dict[str, Any]) -> None:
        self._replace(self._learnt, json.dumps(facts | {"version": _VERSION, "account": self._account}))

    def _replace(self, path: Path, text: str) -> None:
        """Write a file so that it is always the old or the new one."""
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f"{path.name}.{os.getpid()}.new")
            beside.write_text(text, "utf-8", newline="\n")
            beside.replace(path)


def _loaded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _page(written: str) -> Page | None:
    found = entry(_loaded(written))
    cursor, onward, entries = found.get("cursor"), found.get("next"), found.get("entries")
    if not isinstance(cursor, str) or not isinstance(onward, str):
        return None
    return Page(cursor, tuple(entry(item) for item in listed(entries)), onward)
