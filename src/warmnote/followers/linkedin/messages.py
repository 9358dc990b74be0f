"""LinkedIn's messages.csv of every year, read for one thing: with whom the user has talked, and when last.

Of each conversation between two the first and the last message of either side are kept. What several wrote together,
drafts, advertisements and what LinkedIn put among the spam are counted and left out.
"""

import csv
import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from warmnote import accounts
from warmnote.accounts import Account
from warmnote.followers import dates, moments, talks, text
from warmnote.followers.container import Container, Entry
from warmnote.followers.dates import Dating
from warmnote.followers.linkedin.correspondence import Correspondence, Directory
from warmnote.followers.linkedin.files import SCANNED, Kind, Part, header_of, named_columns
from warmnote.followers.watch import Watch
from warmnote.model import Expected, Message

__all__ = ["Messages", "Said", "plain", "read"]

_CHANNEL = "linkedin-message"
_YES = frozenset({"yes", "true", "1"})
_TOLD = re.compile(r'"?sep=[,;|\t]"?\n', re.IGNORECASE)
_TAGS = "p|br|div|span|a|b|i|u|em|strong|ul|ol|li|h[1-6]|blockquote|img|table|tbody|tr|td"
_MARKUP = re.compile(rf"</?(?:{_TAGS})\b[^<>]*(?:>|\Z)", re.IGNORECASE)
_BREAKS = re.compile(r"<br\b[^<>]*>|</(?:p|div|li|h[1-6]|blockquote|tr)>", re.IGNORECASE)
_LEFT_OUT = {
    "draft": ("draft", "drafts"),
    "spam": ("message from the spam folder", "messages from the spam folder"),
    "sponsored": ("advertisement", "advertisements"),
    "group": ("conversation of several people", "conversations of several people"),
    "undated": ("message without a date", "messages without a date"),
    "nameless": ("person without a profile address", "people without a profile address"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What the user and one other said: the first and the last message each way, oldest first.

    `key` is the other's. `account` is None if the file has their name only, and another file of the export the key.
    `row` is the first in which they occur.
    """

    key: str
    name: str
    account: Account | None
    row: int
    messages: tuple[Message, ...]


@dataclass(slots=True, kw_only=True)
class Messages(Part):
    """What the file holds."""

    said: list[Said] = field(default_factory=list[Said])


def read(
    container: Container, entry: Entry, owner: tuple[str, str], known: Mapping[str, str], watch: Watch
) -> Messages:
    """The talks in an entry that `files.find` has found; may raise `Cancelled`.

    `owner` is the key and the name of the user's account, either may be empty. `known` gives the keys of people in the
    other files by their folded name, as far as nobody shares it.
    """
    head = text.table(container.head(entry), partial=True)
    source, read_as, _ = text.decode(container.read(entry))
    stream = _Stream(source, head.delimiter)
    if stream.columns is None:
        raise Expected(f"“{entry.name}” changed while it was being read.", "Choose it again.")
    found = Messages(read_as=read_as)
    left_out: Counter[str] = Counter()
    dating = _dating(head.records, head.delimiter, stream.columns["date"])
    directory = Directory(known, _joint_names(stream, watch))
    correspondence = Correspondence(directory)
    _take(stream, directory, correspondence, dating, left_out, watch)
    if dating.note:
        found.notes.append(dating.note)
    found.mind_cut(stream.cut, entry.name)
    owners = correspondence.owners(*owner)
    if not owners and len(correspondence):
        found.notes.append(
            f"“{entry.name}” alone does not show which side is you, so its messages were left out. Choose the whole export."
        )
    for talk in correspondence.talks(owners) if owners else ():
        if messages := talks.messages(talk.sent, talk.received, _CHANNEL, plain):
            found.said.append(Said(talk.key, talk.name, talk.account, talk.row, messages))
    left_out += correspondence.left_out
    if parts := [f"{left_out[key]:,} {words[left_out[key] > 1]}" for key, words in _LEFT_OUT.items() if left_out[key]]:
        found.notes.append(f"Left out of the messages: {', '.join(parts)}.")
    return found


def plain(content: str) -> str:
    """A message as it was read: without markup, its line breaks kept."""
    if "<" in content and _MARKUP.search(content):
        content = html.unescape(_MARKUP.sub("", _BREAKS.sub("\n", content)))
    return text.paragraphs(text.clean(content))


class _Stream:
    """The records of a file, one by one: those of many years at once would take half a gigabyte.

    `columns` tells where each header stands, None if there is none; the column of a header that is missing is -1.
    `cut` is the row in which the file breaks off, known when all rows were read.
    """

    def __init__(self, source: str, delimiter: str) -> None:
        if "\r" in source:
            source = source.replace("\r\n", "\n").replace("\r", "\n")
        told = _TOLD.match(source)
        self._source = source
        self._start = told.end() if told else 0
        self._delimiter = delimiter
        self._header = 0
        self._width = 0
        self.columns: defaultdict[str, int] | None = None
        self.cut: int | None = None
        for number, cells in enumerate(islice(self._records(), SCANNED), 1):
            if header_of(Kind.MESSAGES, [cells]) is not None:
                self.columns = defaultdict(lambda: -1, named_columns(cells))
                self._header, self._width = number, len(cells)
                break

    def rows(self, watch: Watch) -> Iterator[tuple[int, list[str]]]:
        """The number and the cells of each record that is not blank, with an empty cell behind the last."""
        short = number = last = 0
        for number, cells in enumerate(self._records(), 1):
            if number % watch.EVERY == 0:
                watch.check()
            if number <= self._header or not any(cells):
                continue
            missing = self._width - len(cells)
            if missing > 0:
                short, last = short + 1, number
                cells += [""] * missing
            cells.append("")
            yield number, cells
        self.cut = last if short == 1 and last == number else None

    def _records(self) -> Iterator[list[str]]:
        csv.field_size_limit(2**31 - 1)
        reader = csv.reader(self._lines(), delimiter=self._delimiter, skipinitialspace=True)
        try:
            yield from reader
        except csv.Error as error:
            raise Expected(
                "The table in this file is damaged, so it cannot be read.", "Save it as CSV again."
            ) from error

    def _lines(self) -> Iterator[str]:
        source, start = self._source, self._start
        while (end := source.find("\n", start)) >= 0:
            yield source[start : end + 1]
            start = end + 1
        if start < len(source):
            yield source[start:]


def _joint_names(stream: _Stream, watch: Watch) -> set[str]:
    """The names of senders, folded, that have a comma inside; needed only where names alone tell who received."""
    columns = stream.columns or {}
    if "recipient profile urls" in columns:
        return set()
    senders = {cells[columns["from"]] for _, cells in stream.rows(watch)}
    return {accounts.folded(text.line(name)) for name in senders if ", " in name}


def _take(
    stream: _Stream,
    directory: Directory,
    correspondence: Correspondence,
    dating: Dating,
    left_out: Counter[str],
    watch: Watch,
) -> None:
    columns = stream.columns or {}
    sender, recipient, sent_at, content = (columns[name] for name in ("from", "to", "date", "content"))
    sender_url, recipient_urls = columns["sender profile url"], columns["recipient profile urls"]
    conversation, direction, folder = columns["conversation id"], columns["direction"], columns["folder"]
    subject, attachments = columns["subject"], columns["attachments"]
    draft, of_draft = columns["is message draft"], columns["is conversation draft"]
    for number, cells in stream.rows(watch):
        said = cells[content] or cells[subject]
        if reason := _unwanted(cells[sender_url], said, cells[folder], cells[draft], cells[of_draft]):
            left_out[reason] += 1
            continue
        if not said.strip() and cells[attachments].strip():
            said = "(an attachment)"
        by = directory.id_of(cells[sender], cells[sender_url])
        to = directory.ids_of(cells[recipient], cells[recipient_urls])
        at = moments.read(cells[sent_at], day_first=dating.day_first)
        left_out["undated"] += at is None
        # Until 2018 no conversation has an id, and each message stands for itself.
        called = cells[conversation] or f"row {number}"
        correspondence.take(called, number, by, to, (at, said) if at is not None and said else None)
        if direction >= 0:
            way = cells[direction].strip().casefold()
            correspondence.is_theirs(to if way == "incoming" else (by,) if way == "outgoing" else ())


def _dating(records: Sequence[Sequence[str]], delimiter: str, column: int) -> Dating:
    """How dates are read, by the first ones. LinkedIn's own since 2019 start with the year and need no survey."""
    values = [cells[column] for cells in records if len(cells) > column >= 0]
    return dates.survey([value for value in values if "/" in value[:6]], delimiter=delimiter)


def _unwanted(address: str, said: str, folder: str, draft: str, of_draft: str) -> str:
    """Why a message does not count as one; empty if it does."""
    if draft.strip().lower() in _YES or of_draft.strip().lower() in _YES:
        return "draft"
    if folder.strip().lower() == "spam":
        return "spam"
    return "sponsored" if not address and "spinmail" in said[:200] else ""
