"""Which file of an X archive is which: told by what is assigned in it, since names have changed over the years."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from warmnote.followers import text
from warmnote.followers.container import LOOKED_INTO, Container, Entry, Form
from warmnote.followers.x.elements import Elements
from warmnote.model import Expected

__all__ = ["Archive", "File", "Kind", "find", "object_in"]


class Kind(Enum):
    """What a file holds; the value are the names that X has assigned it to."""

    MANIFEST = ("manifest",)
    ACCOUNT = ("account",)
    FOLLOWERS = ("follower",)
    FOLLOWING = ("following",)
    BLOCKED = ("block",)
    MESSAGES = ("direct_messages", "direct_message")
    POSTS = ("tweets", "tweet", "community_tweet", "deleted_tweets")


_KINDS = {name: kind for kind in Kind for name in kind.value}
_ASSIGNED = re.compile(r"\s*window\.(?:YTD\.(\w+)\.part(\d+)|__THAR_CONFIG)\s*=")
_BARE = re.compile(r'\s*\[\s*\{\s*"follower"\s*:\s*\{')
_PROMISING = re.compile(r"manifest|account|follow|block|direct|tweet")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")
_GRAILBIRD = re.compile(r"(?:^|/)data/js/(?:tweets/\d{4} \d{2}|user details|payload details|tweet index)\.js$")
_OLD = re.compile(r"\s*(?:var\s+\w+|Grailbird[\w.]*)\s*=")
_CHOOSE = "Choose the whole archive, as a zip or unpacked, or “follower.js” from its folder “data”."
_CALLED = {
    Kind.MANIFEST: "a list of what is in an X archive",
    Kind.ACCOUNT: "your own account, from an X archive",
    Kind.FOLLOWING: "the list of those whom you follow, from an X archive",
    Kind.BLOCKED: "the list of those whom you blocked, from an X archive",
    Kind.MESSAGES: "your messages, from an X archive",
    Kind.POSTS: "your posts, from an X archive",
}


@dataclass(frozen=True, slots=True)
class File:
    """One file, or one part of a list that X has cut into several; `part` counts from 0."""

    entry: Entry
    kind: Kind | None
    part: int


@dataclass(frozen=True, slots=True)
class Archive:
    """The files of one archive, the parts of each list in their order. `others` are the folders of further archives."""

    files: tuple[File, ...]
    others: tuple[str, ...] = ()

    def of(self, kind: Kind) -> list[File]:
        """The parts of a list. Of two lists that X has called differently over the years, both are given."""
        return sorted((file for file in self.files if file.kind is kind), key=lambda file: file.part)


def find(container: Container) -> Archive | None:
    """The archive in a container; None if there is none.

    Raises `Expected` for a file of an archive that holds no followers, and for an archive in which there are none.
    """
    files = list(_files(container))
    if container.form is Form.FILE:
        for file in files:
            if file.kind is not Kind.FOLLOWERS:
                what = _CALLED[file.kind] if file.kind is not None else "part of an X archive"
                raise Expected(f"“{container.origin}” is {what}. Warmnote looked for your followers.", _CHOOSE)
            return Archive((file,))
        _refuse_grailbird(container)
        return None
    folders: dict[str, list[File]] = {}
    for file in files:
        folders.setdefault(file.entry.name.rpartition("/")[0], []).append(file)
    with_followers = [name for name, held in folders.items() if any(file.kind is Kind.FOLLOWERS for file in held)]
    if with_followers:
        chosen = max(with_followers, key=_day)
        return Archive(tuple(folders[chosen]), tuple(name for name in with_followers if name != chosen))
    if files:
        names = sorted({file.entry.name.rpartition("/")[2] for file in files})
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        raise Expected(
            f"The X archive “{container.origin}” has no follower.js. It holds {', '.join(names[:3])}{more}.",
            "If X sent the archive in several zips, choose the first. If not, ask X for a new archive.",
        )
    _refuse_grailbird(container)
    return None


def object_in(container: Container, file: File) -> object:
    """The object of a file that holds one: itself, or the first of its list, as X has it for the account."""
    for element in Elements(container.pieces(file.entry)):
        return element
    return None


def _files(container: Container) -> Iterator[File]:
    if container.form is Form.FILE:
        candidates = container.entries
    else:
        scripts = [entry for entry in container.entries if entry.size and entry.base.endswith(".js")]
        candidates = sorted(scripts, key=lambda entry: _PROMISING.search(entry.base) is None)[:LOOKED_INTO]
    for entry in candidates:
        try:
            content = text.decode(container.head(entry)[:4096])[0]
        except Expected:
            if container.form is Form.FILE:
                raise
            continue  # some other file that is locked or damaged
        match = _ASSIGNED.match(content)
        if match is not None:
            kind = _KINDS.get(match[1]) if match[1] else Kind.MANIFEST
            yield File(entry, kind, int(match[2][:6]) if match[2] else 0)
        elif _BARE.match(content):
            yield File(entry, Kind.FOLLOWERS, 0)


def _day(folder: str) -> tuple[str, int]:
    """By which the latest of several archives is found: the day in the folder's name, else the outermost."""
    match = _DATED.search(folder)
    return (match[0] if match else "", -folder.count("/"))


def _refuse_grailbird(container: Container) -> None:
    if container.form is Form.FILE:
        old = _OLD.match(text.decode(container.head(container.entries[0])[:200])[0]) is not None
        old = old and "Grailbird" in container.head(container.entries[0])[:200].decode("latin-1")
    else:
        old = any(_GRAILBIRD.search(entry.name.casefold().replace("_", " ")) for entry in container.entries)
    if old:
        raise Expected(
            f"“{container.origin}” is an X archive of the kind that was made until 2018, and those hold no followers.",
            "Ask X for a new archive: in its settings, under “Your account”.",
        )
