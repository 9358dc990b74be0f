"""Files that people choose by mistake, or that Warmnote does not read: named, so that the next step is clear.

Each recogniser here only ever refuses. A source that becomes readable gets a reader of its own before this one.
"""

import re
from collections.abc import Callable, Sequence

from warmnote.followers import text
from warmnote.followers.container import Container, Entry, Form
from warmnote.followers.watch import Watch
from warmnote.model import Batch, Expected

__all__ = ["recognise", "unknown"]

_READABLE = "Warmnote reads the exports of networks, address books (vCard or CSV) and spreadsheets with people in them."
_AS_CSV = "Open it in its program, save it as CSV (UTF-8), and choose the CSV."

_MAGIC = (
    (rb"%PDF-", "a PDF document", _READABLE),
    (rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|BM.{4}\0{4}|II\*\0|MM\0\*", "a picture", _READABLE),
    (rb"RIFF.{4}WEBP|.{4}ftyp(?:heic|heix|mif1|avif)", "a picture", _READABLE),
    (rb"RIFF.{4}(?:WAVE|AVI )|.{4}ftyp|ID3[\x02-\x04]|OggS\0|\x1aE\xdf\xa3", "a film or a sound recording", _READABLE),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Excel, Word or Outlook file", _AS_CSV),
    (rb"SQLite format 3\0", "a database", _READABLE),
    (rb"\x1f\x8b|BZh|7z\xbc\xaf\x27\x1c|Rar!\x1a|\xfd7zXZ\0", "an archive that is not a zip", "Unpack it first."),
    (rb"MZ[^\n]{1,62}\0|\x7fELF|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe", "a program", _READABLE),
    (rb"\{\\rtf", "a text document", "Save the list as CSV and choose the CSV."),
)
_MAGICS = tuple((re.compile(pattern, re.DOTALL), what, hint) for pattern, what, hint in _MAGIC)
# By the beginning of a file.
_CONTENTS = (
    (r"window\.YTD\.[\w.]+\s*=|window\.__THAR_CONFIG", "part of an X archive"),
    (r"[\s\S]*\"(?:https://www\.w3\.org/ns/activitystreams)\"", "part of a Mastodon archive"),
    (r"\s*(?:<!doctype html|<html|<\?xml|<head|<body)", "a web page"),
    (r"\s*\[?\s*\{\s*\"", "a JSON file"),
    (r"\s*(?:From:|Received:|Return-Path:|MIME-Version:|Subject:) ", "an e-mail message"),
)
_CONTENT = tuple((re.compile(pattern, re.IGNORECASE), what) for pattern, what in _CONTENTS)
# By the names of the files inside a zip or a folder.
_INSIDE = ((r"(?:^|/)outbox\.json$", "a Mastodon archive"),)
_INSIDES = tuple((re.compile(pattern, re.IGNORECASE), what) for pattern, what in _INSIDE)
# Downloads that have readers of their own; what gets here has no followers in it. By a file, and by the names inside.
_DOWNLOADS = (
    (
        r"\"(?:dmConversation|user_mentions)\"",
        r"(?:^|/)data/(?:manifest|account|tweets?)\.js$|(?:^|/)follow(?:er|ing)(?:-part\d+)?\.js$",
        "X",
        "follower.js",
    ),
    (r"text_post_app", r"(?:^|/)threads/followers?", "Threads", "threads/followers.json"),
    (
        r"\"(?:string_list_data|string_map_data|relationships_\w+)\"",
        r"(?:^|/)followers_and_following/|(?:^|/)your_instagram_activity/",
        "Instagram",
        "followers_1.json",
    ),
    (
        r"\"(?:\w*friends|followers|following|\w*requests)_v\d\"",
        r"(?:^|/)your_facebook_activity/|(?:^|/)friends_and_followers/|(?:^|/)connections/friends/|(?:^|/)your_friends\.",
        "Facebook",
        "your_friends.json",
    ),
    (
        r"\"(?:FansList|Fans List|Follower List|Profile And Settings|Your Activity|Following List)\"",
        r"(?:^|/)user_data(?:_tiktok)?\.json$|(?:^|/)tiktok[ _]data[^/]*/",
        "TikTok",
        "user_data_tiktok.json",
    ),
)
_OFFICE = (
    (r"^xl/", "an Excel workbook", "In Excel, choose Save As and “CSV UTF-8”, then choose the CSV here."),
    (r"^word/|^ppt/", "an Office document", _READABLE),
    (
        r"^Index/.*\.iwa$|^Index\.zip$",
        "a Numbers or Pages document",
        "In Numbers, choose Export To and CSV, then choose the CSV here.",
    ),
    (
        r"^META-INF/manifest\.xml$",
        "an OpenDocument file",
        "In LibreOffice, save the sheet as CSV, then choose the CSV here.",
    ),
)


def recognise(container: Container) -> Callable[[Watch], Batch] | None:
    """Raise `Expected` for what is known and not readable; None, always, for the rest."""
    if container.form is Form.FILE:
        _refuse_file(container, container.entries[0])
        return None
    names = [entry.name for entry in container.entries]
    if container.form is Form.ZIP:
        for pattern, what, hint in _OFFICE:
            if any(re.search(pattern, name) for name in names):
                raise Expected(f"“{container.origin}” is {what}, not a CSV file.", hint)
    for _, pattern, label, file in _DOWNLOADS:
        if any(re.search(pattern, name, re.IGNORECASE) for name in names):
            raise Expected(
                f"“{container.origin}” is a download from {label}, and no list of your followers was found in it.",
                f"Warmnote looked for {file}. Order the download again with your followers in it, as JSON.",
            )
    for pattern, what in _INSIDES:
        if any(pattern.search(name) for name in names):
            raise Expected(f"“{container.origin}” is {what}. Warmnote cannot read that yet.", _READABLE)
    return None


def _refuse_file(container: Container, entry: Entry) -> None:
    if entry.size == 0:
        raise Expected(f"“{entry.name}” is empty.", "The download or the export may not have finished. Try it again.")
    head = container.head(entry)
    for pattern, what, hint in _MAGICS:
        if pattern.match(head):
            raise Expected(f"“{entry.name}” is {what}, not a list of people.", hint)
    content, _, _ = text.decode(head)
    if not content.strip():
        raise Expected(f"“{entry.name}” holds nothing but blank space.", "Check that this is the file you meant.")
    for pattern, _, label, file in _DOWNLOADS:
        if content.lstrip()[0] in "[{<" and re.search(pattern, content):
            raise Expected(
                f"“{entry.name}” is part of a download from {label}, and not the list of your followers.",
                f"Choose {file} of the same download, or the whole zip.",
            )
    for pattern, what in _CONTENT:
        if pattern.match(content):
            raise Expected(f"“{entry.name}” is {what}. Warmnote cannot read that yet.", _READABLE)


def unknown(container: Container, headings: Sequence[str]) -> Expected:
    """What to say of something that no reader recognises; `headings` are its columns, if it is a table."""
    looked_for = (
        "Warmnote looked for names with an e-mail address, a handle, a profile address or a company beside them."
    )
    if container.form is not Form.FILE:
        what = "zip" if container.form is Form.ZIP else "folder"
        if not container.entries:
            return Expected(f"The {what} “{container.origin}” holds no files.", "Check that this is the one you meant.")
        if any(entry.base.endswith(".zip") for entry in container.entries):
            return Expected(
                f"The {what} “{container.origin}” holds another zip and no list of people.",
                "Choose the inner zip itself.",
            )
        return Expected(
            f"There is no list of people in the {what} “{container.origin}”. {_listing(container)}",
            "Warmnote looked for LinkedIn's Connections.csv, or one CSV with names or addresses.",
        )
    shown = [f"“{text.line(cell)}”" for cell in headings if cell.strip()]
    if len(shown) < 2:
        return Expected(f"“{container.origin}” is not a table of people. {looked_for}", _READABLE)
    more = f" and {len(shown) - 6} more" if len(shown) > 6 else ""
    return Expected(
        f"“{container.origin}” has the columns {', '.join(shown[:6])}{more}. {looked_for}",
        "Say what each column means in Warmnote's window, or give the columns plain names (“Name”, “Email”, “URL”).",
    )


def _listing(container: Container) -> str:
    names = [entry.name.rpartition("/")[2] for entry in container.entries]
    more = f" and {len(names) - 3:,} more" if len(names) > 3 else ""
    return f"It holds {', '.join(names[:3])}{more}."
