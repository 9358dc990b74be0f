"""Followers on TikTok, from the download that it offers, as JSON or as text files in the user's language.

The key is the user name in lower case; the times are in UTC. Whoever is on the block list is marked, or told to the
notebook should it know them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from warmnote import accounts
from warmnote.followers import dates, jsons, text
from warmnote.followers.container import LOOKED_INTO, Container, Entry, Form
from warmnote.followers.labels import USER_NAME
from warmnote.followers.watch import Watch
from warmnote.model import Batch, Expected, Incoming, Knowledge, Network, Problem

__all__ = ["recognise"]

_OURS = re.compile(
    r'"(?:fans ?list|profile and settings|your activity|follower list|following list|app settings|tiktok [\w ]+)"\s*:',
    re.IGNORECASE,
)
_JSON_NAME = re.compile(r"user.data|tiktok", re.IGNORECASE)
_SECTIONS = ("profileandsettings", "youractivity", "activity", "profile")
_FOLLOWER_KEYS = frozenset({"fanslist", "fans", "followerlist", "followers", "follower"})
_BLOCK_KEYS = frozenset({"blocklist", "blockedlist", "blockedusers"})
_USER_KEYS = frozenset({"username", "uniqueid", "user", "handle"})
_DATE_KEYS = frozenset({"date", "time", "timestamp", "followdate", "createtime"})
_DEPTH = 6
_SAMPLE = 20
_FOLLOWERS = re.compile(
    r"fans?|(?:.*\b)?(?:followers?|volgers?|seguidor(?:es|as)?|abonn[ée]e?s|obserwuj[ąa]cy|takip[çc]i(?:ler)?|"
    r"подписчики|фолловеры|フォロワー|팔로워|粉丝|粉絲|följare|følgere|seguaci)(?:\b.*)?"
)
_FOLLOWING = re.compile(
    r"following.*|volgend.*|folge ich.*|gefolgt.*|ich folge.*|siguiendo.*|seguidos.*|seguindo.*|a seguir.*|seguiti.*|"
    r"abonnements?.*|suivis.*|suivi.*|obserwowan[ie].*|takip edilen.*|подписки.*|フォロー中.*|팔로잉.*|关注.*|關注.*"
)
_BLOCKED = re.compile(r".*(?:blo[ck]k?|bloqu|bloq|engelle|блок|ブロック|차단|屏蔽|黑名单).*")
_LINE = re.compile(r"([^:：]{1,40})[:：]\s*(.*)")
_TIME = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?: ?UTC| ?GMT|Z)?", re.IGNORECASE)
_USER = re.compile(r"@?[\w.-]{1,64}")
_AGAIN = "Order your data on TikTok again, as JSON and with “Profile and settings” in it."


@dataclass(slots=True)
class _Reading:
    people: dict[str, Incoming] = field(default_factory=dict[str, Incoming])
    blocked: dict[str, accounts.Account] = field(default_factory=dict[str, accounts.Account])
    skipped: list[Problem] = field(default_factory=list[Problem])
    problems: list[Problem] = field(default_factory=list[Problem])
    row: int = 0
    lists: int = 0
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Lists:
    """What a file holds: (user name, date) of the followers and of those who are blocked; None where it has no such list.

    `broken` says where the file breaks off, `unended` that its last line has no end, as if it were cut off there.
    """

    followers: Sequence[tuple[object, object]] | None
    blocked: Sequence[tuple[object, object]]
    broken: str = ""
    unended: bool = False


def recognise(container: Container) -> Callable[[Watch], Batch] | None:
    """The reading of the container's followers; None if it is no download from TikTok."""
    data = [entry for entry in _candidates(container, "json") if _is_data(container, entry)]
    texts = _texts(container)
    if not data and not texts:
        return None
    return lambda watch: _read(container, data, texts, watch)


def _candidates(container: Container, extension: str) -> list[Entry]:
    if container.form is Form.FILE:
        return list(container.entries)
    found = [entry for entry in container.entries if entry.size and entry.base.endswith(f".{extension}")]
    return sorted(found, key=lambda entry: _JSON_NAME.search(entry.name) is None)[:LOOKED_INTO]


def _is_data(container: Container, entry: Entry) -> bool:
    try:
        head = text.decode(container.head(entry))[0]
        if not head.lstrip().startswith("{"):
            return False
        if _OURS.search(head):
            return True
        # Years of comments and messages may stand before the followers.
        likely = container.form is Form.FILE or _JSON_NAME.search(entry.base)
        return bool(likely) and len(head) < entry.size and b'"FansList"' in container.read(entry)
    except Expected:
        if container.form is Form.FILE:
            raise
        return False


def _texts(container: Container) -> list[tuple[Entry, str]]:
    """The text files that are lists of accounts, each with whose: "followers", "following", "blocked" or nothing."""
    found: list[tuple[Entry, str]] = []
    for entry in _candidates(container, "txt"):
        whose = _whose(entry)
        try:
            pairs = list(_pairs(text.decode(container.head(entry))[0]))
        except Expected:
            if container.form is Form.FILE:
                raise
            continue
        sample = pairs[:_SAMPLE]
        shaped = sum(bool(time) and _USER.fullmatch(user) is not None for _, user, time in sample)
        labelled = any(USER_NAME.fullmatch(label) for label, _, _ in sample)
        if shaped and (shaped * 2 >= len(sample) if whose else labelled and shaped + 1 >= len(sample)):
            found.append((entry, whose))
    return found


def _whose(entry: Entry) -> str:
    stem = re.sub(r"\s*\(?\d*\)?$", "", entry.base.rpartition(".")[0] or entry.base)
    for pattern, whose in ((_BLOCKED, "blocked"), (_FOLLOWING, "following"), (_FOLLOWERS, "followers")):
        if pattern.fullmatch(stem):
            return whose
    return ""


def _pairs(content: str) -> Iterator[tuple[str, str, str]]:
    """The records of a text file: the label of the user name, the user name, the time; what is missing is empty."""
    label, user, time = "", "", ""
    for written in [*re.split(r"\r\n|\r|\n", content), ""]:
        match = _LINE.match(written.strip())
        if match is None:
            if user or time:
                yield label, user, time
            label, user, time = "", "", ""
            continue
        value = match[2].strip()
        is_time = _TIME.fullmatch(value) is not None
        if (time if is_time else user) and value:
            yield label, user, time
            label, user, time = "", "", ""
        if is_time:
            time = value
        else:
            label, user = match[1].strip(), value


def _read(container: Container, data: Sequence[Entry], texts: Sequence[tuple[Entry, str]], watch: Watch) -> Batch:
    found: list[tuple[Entry, _Lists]] = []
    failed: list[Expected] = []
    for entry in data:
        watch.check()
        try:
            found.append((entry, _lists_of_data(container, entry)))
        except Expected as error:
            failed.append(error)
    if not any(lists.followers is not None for _, lists in found):
        found += _lists_of_texts(container, texts)
    followers = [(entry, lists) for entry, lists in found if lists.followers is not None]
    blocked = [pair for _, lists in found for pair in lists.blocked]
    if not followers and not blocked:
        raise failed[0] if failed else _nothing(container)
    return _batch(container, followers, blocked, failed, watch)


def _nothing(container: Container) -> Expected:
    return Expected(
        f"“{container.origin}” comes from TikTok, and the list of your followers is not in it.",
        f"Choose the file with your followers, or the whole zip. {_AGAIN}",
    )


def _lists_of_texts(container: Container, texts: Sequence[tuple[Entry, str]]) -> list[tuple[Entry, _Lists]]:
    untold = [entry for entry, whose in texts if not whose]
    if len(untold) > 1 and not any(whose == "followers" for _, whose in texts):
        names = ", ".join(f"“{entry.name.rpartition('/')[2]}”" for entry in untold[:4])
        raise Expected(
            f"“{container.origin}” comes from TikTok, and nothing says which of {names} has your followers.",
            "Unpack it and choose the one file with your followers.",
        )
    found: list[tuple[Entry, _Lists]] = []
    for entry, whose in texts:
        content = text.decode(container.read(entry))[0]
        pairs = [(user, time) for _, user, time in _pairs(content)]
        if whose == "blocked":
            found.append((entry, _Lists(None, pairs)))
        elif whose == "followers" or (not whose and len(untold) == 1):
            found.append((entry, _Lists(pairs, (), unended=not content.endswith(("\n", "\r")))))
    return found


def _lists_of_data(container: Container, entry: Entry) -> _Lists:
    loaded = jsons.salvage(jsons.content(container, entry), container.where(entry))
    fans = _find(loaded.value, _FOLLOWER_KEYS)
    blocked = _find(loaded.value, _BLOCK_KEYS)
    told = None if fans is None else [_fields(item) for item in fans]
    if told is None and loaded.broken:
        raise Expected(
            f"“{container.where(entry)}” is cut short or damaged {loaded.broken}, before the list of your followers.",
            "Download it again and choose the new file.",
        )
    return _Lists(told, [_fields(item) for item in blocked or ()], loaded.broken)


def _find(value: object, keys: frozenset[str]) -> list[object] | None:
    """The first list under one of `keys` that is not empty, the sections that are known first; an empty or null one else."""
    if not isinstance(value, dict):
        return None
    root = cast("dict[str, object]", value)
    folded = {_fold(key): key for key in root}
    places = [root[folded[name]] for name in _SECTIONS if name in folded]
    empty: list[object] | None = None
    for place in (*places, root):
        for found in _under(place, keys, 0, known=place is not root):
            if found:
                return found
            empty = found
    return empty


def _under(value: object, keys: frozenset[str], depth: int, *, known: bool) -> Iterator[list[object]]:
    if not isinstance(value, dict) or depth > _DEPTH:
        return
    for key, inner in cast("dict[str, object]", value).items():
        # Outside the sections of TikTok's own only its own word counts: "followers" may be anything.
        ours = (name := _fold(key)) in keys and (known or name in ("fanslist", "blocklist"))
        if ours and isinstance(inner, list):
            yield cast("list[object]", inner)
        elif ours and inner is None:
            yield []
        else:
            yield from _under(inner, keys, depth + 1, known=known)


def _fold(key: str) -> str:
    return re.sub(r"[\s_-]+", "", key).casefold()


def _fields(item: object) -> tuple[object, object]:
    if not isinstance(item, dict):
        return (item, None) if isinstance(item, str) else (None, None)
    record = cast("dict[str, object]", item)
    if "UserName" in record:
        return record["UserName"], record.get("Date")
    user = next((value for key, value in record.items() if _fold(key) in _USER_KEYS), None)
    return user, next((value for key, value in record.items() if _fold(key) in _DATE_KEYS), None)


def _batch(
    container: Container,
    followers: Sequence[tuple[Entry, _Lists]],
    blocked: Sequence[tuple[object, object]],
    failed: Sequence[Expected],
    watch: Watch,
) -> Batch:
    reading = _Reading(lists=len(followers), whole=not failed)
    for user, _ in blocked:
        if account := _account(user):
            reading.blocked.setdefault(account.key, account)
    total = sum(len(lists.followers or ()) for _, lists in followers)
    for entry, lists in followers:
        _walk(reading, entry, lists, watch, total)
    watch.tell(total, total)
    return Batch(
        source="TikTok followers" if followers else "TikTok accounts that you blocked",
        network=Network.TIKTOK,
        origin=container.origin,
        people=(*reading.people.values(), *_others(reading)),
        skipped=tuple(reading.skipped),
        problems=(*(Problem(None, "", str(error).rstrip(".")) for error in failed), *reading.problems),
        read_as="UTF-8",
        notes=_notes(reading),
        whole=frozenset([Network.TIKTOK]) if reading.people and reading.whole else frozenset(),
    )


def _walk(reading: _Reading, entry: Entry, lists: _Lists, watch: Watch, total: int) -> None:
    column = entry.name.rpartition("/")[2] if reading.lists > 1 else ""
    for user, written in lists.followers or ():
        if reading.row % Watch.EVERY == 0:
            watch.tell(reading.row, total)
        reading.row += 1
        row = reading.row
        account = _account(user)
        if account is None:
            shown = text.line(text.clean(user))[:60] if isinstance(user, str) else ""
            reason = f"“{shown}” is not the name of an account" if shown else "an entry without an account"
            reading.skipped.append(Problem(row, column, reason))
            continue
        day = _day(written)
        if day is None and not _is_absent(written):
            shown = text.line(text.clean(written))[:40] if isinstance(written, str) else "something else than a time"
            reading.problems.append(Problem(row, column, f"“{shown}” is not a date; the person is kept without one"))
        _keep(reading, row, column, account, day)
    if lists.broken:
        reading.whole = False
        reading.problems.append(Problem(None, column, jsons.cut_short(lists.broken)))
    elif lists.unended:
        reading.whole = False
        reading.problems.append(
            Problem(reading.row, column, "the file ends within this entry; the name may be cut short")
        )


def _keep(reading: _Reading, row: int, column: str, account: accounts.Account, day: date | None) -> None:
    before = reading.people.get(account.key)
    if before is not None:
        reading.skipped.append(Problem(row, column, f"the same account as in row {before.row:,}"))
        if day is None or (before.followed_on is not None and before.followed_on <= day):
            return
        row = before.row
    reading.people[account.key] = Incoming(
        row=row,
        network=Network.TIKTOK,
        key=account.key,
        name=account.handle,
        handle=account.handle,
        url=account.url,
        followed_on=day,
        followed_known=Knowledge.EXACT if day else Knowledge.FIRST_SEEN,
        do_not_write=account.key in reading.blocked,
    )


def _account(user: object) -> accounts.Account | None:
    if not isinstance(user, str):
        return None
    name = text.line(text.clean(user))
    return accounts.by_handle(Network.TIKTOK, name) if _USER.fullmatch(name) else None


def _day(written: object) -> date | None:
    if isinstance(written, str):
        return dates.read(written) if len(written) < 60 and text.clean(written) == written else None
    return jsons.day_of(jsons.seconds_of({"at": written}, "at"))


def _is_absent(written: object) -> bool:
    return written is None or written == 0 or (isinstance(written, str) and dates.absent(written))


def _others(reading: _Reading) -> list[Incoming]:
    """Whoever is blocked and does not follow: of use only if the notebook has them."""
    others = [account for key, account in reading.blocked.items() if key not in reading.people]
    return [
        Incoming(
            row=row,
            network=Network.TIKTOK,
            key=account.key,
            handle=account.handle,
            url=account.url,
            do_not_write=True,
            follows=False,
            only_known=True,
        )
        for row, account in enumerate(others, reading.row + 1)
    ]


def _notes(reading: _Reading) -> tuple[str, ...]:
    notes: list[str] = []
    if not reading.lists:
        notes.append("There is no list of followers in it, only accounts that you blocked.")
    elif not reading.row:
        notes.append(f"The list of followers is empty. If you have followers, {_AGAIN[0].lower()}{_AGAIN[1:]}")
    if reading.people:
        notes.append("TikTok gives the names of accounts only: no names of people and no bios.")
    if count := len(reading.blocked):
        notes.append(f"{count:,} that you blocked {'is' if count == 1 else 'are'} marked “do not write”.")
    return tuple(notes)
