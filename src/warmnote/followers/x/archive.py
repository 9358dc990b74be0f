"""An X archive. Its list of followers has numbers and nothing else; what more is known of them is gathered around it.

Names and handles come from the user's own posts, the first and last words from direct messages, and whoever the user
has blocked is not written to. Rows count the entries of the list from 1, through all its parts.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from warmnote.followers import dates, jsons
from warmnote.followers.container import Container, Form
from warmnote.followers.gather import Gathering
from warmnote.followers.watch import Watch
from warmnote.followers.x.elements import Elements
from warmnote.followers.x.files import Archive, File, Kind, find, object_in
from warmnote.followers.x.messages import Correspondence
from warmnote.followers.x.names import Names
from warmnote.model import Batch, Expected, Incoming, Message, Network

__all__ = ["recognise"]

_NUMBER = re.compile(r"[1-9]\d{0,19}", re.ASCII)
_LINKED = re.compile(r"user_id=(\d+)|/i/user/(\d+)", re.ASCII)
_DATED = re.compile(r"twitter[-_ ](\d{4}-\d{2}-\d{2})")
_SURELY_ONE_PART = 10 * 2**20  # X cuts only long lists


def recognise(container: Container) -> Callable[[Watch], Batch] | None:
    """The reading of an archive or of its follower.js; None if there is none. Raises `Expected` as `files.find` does."""
    archive = find(container)
    return (lambda watch: _Reading(container, archive, watch).batch()) if archive is not None else None


@dataclass(slots=True)
class _Manifest:
    """What the archive says of itself; empty where it says nothing."""

    owner: str = ""
    made_on: date | None = None
    partial: bool = False
    parts: dict[str, int | None] = field(default_factory=dict[str, "int | None"])  # of the followers, with their count

    @classmethod
    def of(cls, value: object) -> "_Manifest":
        info = jsons.object_of(value, "archiveInfo")
        listed = jsons.list_of(jsons.object_of(jsons.object_of(value, "dataTypes"), "follower"), "files")
        parts: dict[str, int | None] = {}
        for part in listed:
            if name := jsons.text_of(part, "fileName").replace("\\", "/").rpartition("/")[2].casefold():
                count = jsons.number_of(part, "count")
                parts[name] = int(count) if count is not None else None
        return cls(
            jsons.text_of(jsons.object_of(value, "userInfo"), "accountId"),
            dates.read(jsons.text_of(info, "generationDate")),
            info.get("isPartialArchive") in (True, "true"),
            parts,
        )


class _Reading:
    def __init__(self, container: Container, archive: Archive, watch: Watch) -> None:
        self._container = container
        self._archive = archive
        self._watch = watch
        self._gathering = Gathering()
        self._notes: list[str] = []
        self._whole = True
        self._done = 0
        kinds = (Kind.FOLLOWERS, Kind.BLOCKED, Kind.MESSAGES, Kind.POSTS)
        self._total = sum(file.entry.size for kind in kinds for file in archive.of(kind))

    def batch(self) -> Batch:
        """Read everything; may raise `Cancelled`."""
        manifest = self._manifest()
        followers = self._followers(manifest)
        blocked = self._blocked()
        messages = self._messages(manifest.owner)
        others = [number for number in dict.fromkeys((*messages, *blocked)) if number not in followers]
        names = self._names({*followers, *others} - {manifest.owner})
        for number, row in followers.items():
            if number == manifest.owner:
                self._gathering.skip(row, "this is your own account")
                continue
            self._add(row, number, names, messages, blocked, follows=True)
        for position, number in enumerate(others, 1):
            if number != manifest.owner:
                self._add(position, number, names, messages, blocked, follows=False)
        self._say_what_is_known(names, followers)
        return Batch(
            source="X followers",
            network=Network.X,
            origin=self._container.origin,
            people=tuple(self._gathering.people),
            skipped=tuple(self._gathering.skipped),
            problems=tuple(self._gathering.problems),
            read_as="UTF-8",
            exported_on=manifest.made_on or _day_in(f"{self._container.origin} {self._archive.files[0].entry.name}"),
            notes=tuple(self._notes),
            whole=frozenset({Network.X}) if self._whole and followers else frozenset(),
        )

    def _manifest(self) -> _Manifest:
        manifest = _Manifest()
        for file in self._archive.of(Kind.MANIFEST)[:1]:
            manifest = _Manifest.of(self._object(file))
        for file in self._archive.of(Kind.ACCOUNT)[:1]:
            account = jsons.object_of(self._object(file), "account")
            manifest.owner = manifest.owner or jsons.text_of(account, "accountId")
        if manifest.partial:
            self._whole = False
            self._notes.append("This archive is in several zips, so some followers may be missing from this one.")
        return manifest

    def _object(self, file: File) -> object:
        try:
            return object_in(self._container, file)
        except Expected:
            return None

    def _followers(self, manifest: _Manifest) -> dict[str, int]:
        """The number of each follower with the row it stands in."""
        files = self._archive.of(Kind.FOLLOWERS)
        self._look_for_gaps(files, manifest)
        rows: dict[str, int] = {}
        row = 0
        for file in files:
            before = row
            for element in self._elements(file, essential=True):
                row += 1
                self._take(element, row, rows)
            name = file.entry.name.rpartition("/")[2]
            promised = manifest.parts.get(name.casefold())
            if promised is not None and row - before < promised and self._whole:
                self._whole = False
                self._notes.append(f"“{name}” should hold {promised:,} followers and holds {row - before:,}.")
        return rows

    def _take(self, element: object, row: int, rows: dict[str, int]) -> None:
        follower = jsons.object_of(element, "follower")
        found = follower.get("accountId")
        if not isinstance(found, str) or not _NUMBER.fullmatch(found):
            found = _number(follower)
        if not found:
            self._gathering.skip(row, "no account number")
        elif found in rows:
            self._gathering.skip(row, f"the same person as in row {rows[found]:,}")
        else:
            rows[found] = row

    def _look_for_gaps(self, files: list[File], manifest: _Manifest) -> None:
        held = {file.entry.name.rpartition("/")[2].casefold() for file in files}
        missing = [name for name in manifest.parts if name not in held]
        if self._container.form is Form.FILE:
            if files[0].part or files[0].entry.size > _SURELY_ONE_PART:
                self._whole = False
                self._notes.append("This is one part of the list. Choose the whole archive to read all of it.")
            return
        parts = {file.part for file in files}
        gaps = sorted(set(range(max(parts) + 1)) - parts)
        if not missing and gaps:
            missing = [f"follower-part{part}.js" if part else "follower.js" for part in gaps[:100]]
        if missing:
            self._whole = False
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            self._notes.append(f"The archive lacks {', '.join(missing[:3])}{more}, so some followers are missing.")

    def _blocked(self) -> frozenset[str]:
        found: set[str] = set()
        for file in self._archive.of(Kind.BLOCKED):
            for element in self._elements(file):
                if number := _number(jsons.object_of(element, "blocking")):
                    found.add(number)
        return frozenset(found)

    def _messages(self, owner: str) -> dict[str, tuple[Message, ...]]:
        correspondence = Correspondence()
        for file in self._archive.of(Kind.MESSAGES):
            for element in self._elements(file):
                correspondence.take(element)
        owner = owner or correspondence.owner()
        if correspondence.said and not owner:
            self._notes.append("The archive does not say which account is yours, so its messages were left out.")
        if correspondence.groups:
            what = "conversation" if correspondence.groups == 1 else "conversations"
            self._notes.append(f"Left out of the messages: {correspondence.groups:,} {what} of several people.")
        return correspondence.with_others(owner)

    def _names(self, wanted: set[str]) -> Names:
        names = Names(wanted)
        for file in self._archive.of(Kind.POSTS):
            for number, element in enumerate(self._elements(file)):
                names.take(element)
                if number % Watch.EVERY == 0:
                    self._watch.check()
        return names

    def _elements(self, file: File, *, essential: bool = False) -> Iterator[object]:
        """The elements of a file. Where it breaks off, a note says so; only an `essential` one may raise `Expected`."""
        name = file.entry.name.rpartition("/")[2]
        elements = Elements(self._told(file))
        count = 0
        try:
            for element in elements:
                count += 1
                yield element
        except Expected as expected:
            if essential or type(expected) is not Expected:  # `Cancelled` is for the caller
                raise
            self._notes.append(f"{expected.message} Its content was left out.")
            return
        if elements.broken:
            self._whole = self._whole and not essential
            if essential and not count:
                raise Expected(
                    f"“{self._container.where(file.entry)}” is cut short or damaged, and nothing can be read of it.",
                    "Download the archive again and choose the new file.",
                )
            self._notes.append(
                f"“{name}” breaks off after {count:,} {'entry' if count == 1 else 'entries'}. Download the archive again to get the rest."
            )

    def _told(self, file: File) -> Iterator[bytes]:
        for piece in self._container.pieces(file.entry):
            self._watch.tell(self._done // 1024, self._total // 1024)
            self._done += len(piece)
            yield piece

    def _add(
        self,
        row: int,
        number: str,
        names: Names,
        messages: dict[str, tuple[Message, ...]],
        blocked: frozenset[str],
        *,
        follows: bool,
    ) -> None:
        name, handle = names.of(number)
        self._gathering.add(
            Incoming(
                row=row,
                network=Network.X,
                key=number,
                name=name or handle or f"X user …{number[-4:]}",
                handle=handle,
                url=f"https://x.com/i/user/{number}",
                do_not_write=number in blocked,
                messages=messages.get(number, ()),
                follows=follows,
                only_known=not follows,
            )
        )

    def _say_what_is_known(self, names: Names, followers: dict[str, int]) -> None:
        if not followers:
            self._notes.append("The list of followers is empty.")
            return
        named = sum(1 for number in followers if any(names.of(number)))
        self._notes.append(
            "X gives the numbers of accounts only, newest first: no names, no bios and no days of following."
        )
        if self._archive.of(Kind.POSTS):
            self._notes.append(f"Your own posts name {named:,} of {len(followers):,}.")
        if self._archive.others:
            others = ", ".join(f"“{name}”" for name in self._archive.others[:3])
            self._notes.append(f"There is another archive in {others}; choose that folder to read it.")


def _number(account: dict[str, object]) -> str:
    """The number of an account. One that a spreadsheet has shortened is taken from the link beside it."""
    found = jsons.text_of(account, "accountId")
    if _NUMBER.fullmatch(found):
        return found
    link = _LINKED.search(jsons.text_of(account, "userLink"))
    found = (link[1] or link[2]) if link else ""
    return found if _NUMBER.fullmatch(found) else ""


def _day_in(names: str) -> date | None:
    """The day in the name that X gives its zips, of which the folder inside often has it too."""
    match = _DATED.search(names)
    return dates.read(match[1]) if match else None
