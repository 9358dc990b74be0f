"""Followers on Mastodon and servers that speak its language (GoToSocial, Akkoma, Pixelfed and others).

The home server is asked, since any other knows only a part; pages go by the Link header alone. A token is needed where
a server shows lists only to members or the owner hides them; with one, notifications tell the moment of each follow.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from warmnote import accounts
from warmnote.model import Batch, Fact, Identity, Incoming, Knowledge, Link, Network, Problem
from warmnote.networks._account import Account
from warmnote.networks._client import Answer, Client, Failed, Limited
from warmnote.networks._html import links, plain
from warmnote.networks._memory import Page
from warmnote.networks._reading import day, entry, flag, line, listed, number, paragraphs, web_address
from warmnote.networks._results import Errand, Gathered, Synced, links_of

__all__ = ["look", "sync"]

_PAGE = 80
_FROM = "Mastodon"
_NOTIFIED_PAGES = 60
_SHORTCODE = re.compile(r"\s*:\w{2,}:")
_KEPT = ("acct", "display_name", "note", "url", "bot", "group", "memorial", "suspended")
_LOCATION = frozenset(
    "location|city|based in|lives in|where|place|home|ort|wohnort|standort|lieu|ville|ubicación|ciudad|localização|cidade"
    "|luogo|città|plaats|woonplaats|🏠|📍".split("|")
)
_PRONOUNS = frozenset("pronouns|pronoun|my pronouns|pronomen|pronoms|pronombres|pronomes|pronomi".split("|"))


def sync(errand: Errand) -> Synced:
    """The followers of the account. Raises Expected, in plain words where the list is hidden or needs a token."""
    owner, server = _lookup(errand.client, errand.account), errand.account.handle.rpartition("@")[2]
    count = number(owner.get("followers_count")) or 0

    def ask(cursor: str) -> Page:
        path = cursor or f"/api/v1/accounts/{owner['id']}/followers?limit={_PAGE}"
        answer = errand.client.get(path)
        _refused(answer, errand)
        return Page(cursor, tuple(_trimmed(entry(item)) for item in errand.people_in(answer.data)), answer.next)

    walked = errand.walk(
        ask, lambda found: _key(found, server), size=_PAGE, most=count + count // 5 + _PAGE if count else 0
    )
    if not walked.entries and (count or flag(owner.get("hide_collections"))):
        raise _hidden(errand, count)
    gathered = Gathered(Network.MASTODON, "Mastodon followers", errand.account.handle)
    if gone_to := _key(entry(owner.get("moved")), server) if entry(owner.get("moved")) else "":
        gathered.notes.append(f"This account has moved to @{gone_to}; newer followers are there.")
    known = errand.known([key for key in (_key(found, server) for found in walked.entries) if key])
    days = _follow_days(errand, server, gathered, known)
    for row, found in enumerate(walked.entries, 1):
        key = _key(found, server)
        person = _person(row, found, server, gathered, errand.today, named=key not in known)
        if person is not None:
            exact = days.get(key)
            gathered.people.append(
                replace(
                    person,
                    followed_on=exact or errand.first_seen(key, known),
                    followed_known=Knowledge.EXACT if exact else Knowledge.FIRST_SEEN,
                )
            )
    if not days:
        gathered.notes.append(
            "Mastodon tells the day of a follow only to the account's owner: the day they were first seen stands instead."
        )
    # A list that is cut short says nothing of those who are not on it.
    whole = walked.ended and 2 * len(walked.entries) >= count
    if walked.ended and not whole:
        gathered.notes.append(
            f"The server showed {len(walked.entries):,} of {count:,} followers, so nobody is called absent."
        )
    more = " and their days" if days else ""
    batch = gathered.batch(walked, on=errand.today, whole=whole)
    key = f"{line(owner.get('username')) or errand.account.handle.partition('@')[0]}@{server}".lower()
    return Synced(batch, key, errand.told(len(batch.people), more), whole)


def look(errand: Errand, people: Sequence[Identity], posts: int) -> Batch:
    """The profile and last posts of people who are at home on the server. Raises Expected."""
    gathered = Gathered(Network.MASTODON, "Mastodon profiles", errand.client.host)
    for row, identity in enumerate(people, 1):
        account = Account(Network.MASTODON, identity.key, errand.account.base_url)
        server = identity.key.rpartition("@")[2]
        errand.watch.say(f"Asking {errand.client.host} for profiles: {row:,} of {len(people):,}")
        try:
            found = _lookup(errand.client, account)
            trimmed = _trimmed(found)
            person = _person(row, trimmed, server, gathered, errand.today, named=False)
            if person is not None:
                said = _posts(errand.client, found["id"], posts) if posts else ()
                gathered.people.append(replace(person, facts=(*person.facts, *said), follows=False, only_known=True))
        except Limited:
            raise
        except Failed as failure:
            gathered.skip(row, failure.message)
        errand.watch.tell(row, len(people))
    return gathered.batch(on=errand.today)


def _lookup(client: Client, account: Account) -> dict[str, Any]:
    """The account as its home server knows it, with an id. Raises Failed."""
    user, _, server = account.handle.rpartition("@")
    answer = client.get("/api/v1/accounts/lookup", [("acct", user)])
    found = entry(answer.data)
    number_there = found.get("id")
    if answer.status < 300 and isinstance(number_there, str | int) and re.fullmatch(r"[\w-]{1,64}", str(number_there)):
        return found | {"id": str(number_there)}
    if answer.status in (401, 403):
        raise _needs_token(client.host, answer.status)
    if answer.status in (404, 410) and answer.data is not None:
        raise Failed(
            f"There is no account {account.shown}.", f"{client.host} does not know it. Check the spelling.", 404
        )
    raise Failed(
        f"{client.host} does not answer as a Mastodon server does.",
        f"Check the part after the second @ ({server}); Warmnote asks the server of that name.",
        answer.status,
    )


def _refused(answer: Answer, errand: Errand) -> None:
    if answer.status < 300:
        return
    if answer.status in (401, 403):
        raise _needs_token(errand.client.host, answer.status)
    raise Failed(
        f"{errand.client.host} does not show the followers of {errand.account.shown} (error {answer.status}).",
        "Try again later.",
        answer.status,
    )


def _needs_token(host: str, status: int) -> Failed:
    return Failed(
        f"{host} shows this only to people who are logged in.",
        "Make a token there (Preferences, Development, with the right to read) and paste it in Warmnote. If you already"
        " did, it is no longer good: make a new one.",
        status,
    )


def _hidden(errand: Errand, count: int) -> Failed:
    many = f"{count:,} followers" if count else "followers"
    return Failed(
        f"{errand.account.shown} hides the list of {many}, so {errand.client.host} does not show it.",
        "If the account is yours, paste a token for it, or let the list be seen: Preferences, Public profile, Privacy and"
        " reach. Nothing was changed here.",
    )


def _follow_days(errand: Errand, server: str, gathered: Gathered, known: set[str]) -> dict[str, date]:
    """When each follow was notified, for an owner with a token."""
    days: dict[str, date] = {}
    if not errand.client.has_token:
        return days
    path = f"/api/v1/notifications?types[]=follow&limit={_PAGE}&include_filtered=true"
    for _ in range(_NOTIFIED_PAGES):
        errand.watch.say(f"Asking {errand.client.host} for the days of the follows: {len(days):,} so far.")
        try:
            answer = errand.client.get(path)
        except Failed as failure:
            gathered.problems.append(Problem(None, "", f"the days of the follows could not be read: {failure.message}"))
            break
        if answer.status >= 300:
            gathered.notes.append("The token may not read notifications, so the days of the follows are not known.")
            break
        keys: list[str] = []
        for item in map(entry, listed(answer.data)):
            key, at = _key(entry(item.get("account")), server), day(item.get("created_at"))
            if item.get("type") == "follow" and key and at is not None:
                days.setdefault(key, at)  # the latest, if somebody came twice
                keys.append(key)
        if not answer.next or not keys or (not errand.whole and known.issuperset(keys)):
            break
        path = answer.next
    return days


def _posts(client: Client, number_there: str, most: int) -> tuple[Fact, ...]:
    query = [("exclude_replies", "true"), ("exclude_reblogs", "true"), ("limit", "20")]
    answer = client.get(f"/api/v1/accounts/{number_there}/statuses", query)
    said: list[Fact] = []
    for status in map(entry, listed(answer.data) if answer.status < 300 else []):
        content = status.get("content")
        text = paragraphs(plain(content)) if isinstance(content, str) else ""
        hushed = bool(line(status.get("spoiler_text"))) or status.get("visibility") not in ("public", "unlisted")
        if text and not hushed and not status.get("reblog"):
            said.append(Fact("post", text, _FROM, day(status.get("created_at"))))
    return tuple(said[:most])


def _key(found: dict[str, Any], server: str) -> str:
    acct = line(found.get("acct")).removeprefix("@")
    account = accounts.by_handle(Network.MASTODON, acct if "@" in acct else f"{acct}@{server}")
    return account.key if account is not None else ""


def _trimmed(found: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {field: found[field] for field in _KEPT if isinstance(found.get(field), str | bool)}
    fields = [entry(item) for item in listed(found.get("fields"))[:16]]
    kept["fields"] = [{name: item.get(name) for name in ("name", "value", "verified_at")} for item in fields]
    if moved := entry(found.get("moved")):
        kept["moved"] = {"acct": moved.get("acct")}
    kept["emojis"] = [{"shortcode": entry(emoji).get("shortcode")} for emoji in listed(found.get("emojis"))[:50]]
    return kept


def _person(
    row: int, found: dict[str, Any], server: str, gathered: Gathered, today: date, *, named: bool
) -> Incoming | None:
    """A follower; whoever has no name is called by the handle if `named`, else keeps the name they have here."""
    key = _key(found, server)
    account = accounts.by_handle(Network.MASTODON, key)
    if account is None:
        gathered.skip(row, "no account name, so this person cannot be told from others")
        return None
    for mark, reason in _LEFT_OUT:
        if flag(found.get(mark)):
            gathered.skip(row, f"@{key} {reason}")
            return None
    user = line(found.get("acct")).removeprefix("@").partition("@")[0]
    profile = _fields(found, today)
    moved = _key(entry(found.get("moved")), server) if entry(found.get("moved")) else ""
    if moved:
        profile.facts.append(Fact("moved", f"has moved to @{moved}", _FROM, today))
    facing = [Link(Network.MASTODON, moved, verified=True)] if moved and moved != key else []
    handle = f"{user}@{key.rpartition('@')[2]}"
    return Incoming(
        row=row,
        network=Network.MASTODON,
        key=key,
        name=_name(found) or (handle if named else ""),
        handle=handle,
        url=web_address(found.get("url")) or account.url,
        bio=_without_emojis(paragraphs(plain(_text(found.get("note")))), found),
        location=profile.location,
        pronouns=profile.pronouns,
        facts=tuple(profile.facts),
        links=(*facing, *links_of(profile.addresses, Network.MASTODON, key, profile.verified)),
    )


_LEFT_OUT = (
    ("suspended", "is suspended"),
    ("memorial", "is kept in memory of somebody"),
    ("bot", "is a bot, by its own word"),
    ("group", "is a group, not a person"),
)


class _Profile:
    def __init__(self) -> None:
        self.location = self.pronouns = ""
        self.facts: list[Fact] = []
        self.addresses: list[str] = []
        self.verified: list[str] = []


def _fields(found: dict[str, Any], today: date) -> _Profile:
    """The table on a profile: place and pronouns by their names, links, and the rest in their own words."""
    profile = _Profile()
    for item in map(entry, listed(found.get("fields"))):
        name = _without_emojis(line(item.get("name")), found).rstrip(":").strip()
        html = _text(item.get("value"))
        value = _without_emojis(line(plain(html)), found)
        leading = [address for address in map(web_address, links(html)) if address]
        if not leading and "://" in value and web_address(value):
            leading = [web_address(value)]  # some servers send the bare address
        folded = name.casefold()
        if not value:
            continue
        if leading:
            profile.addresses += leading
            profile.verified += leading if isinstance(item.get("verified_at"), str) else []
            profile.facts += [Fact("website", address, _FROM, today) for address in leading]
        elif folded in _PRONOUNS and not profile.pronouns:
            profile.pronouns = value
        elif folded in _LOCATION and not profile.location:
            profile.location = value
        else:
            profile.facts.append(Fact("profile", f"{name}: {value}" if name else value, _FROM, today))
    return profile


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _name(found: dict[str, Any]) -> str:
    """The name without the pictures that stand in it as :shortcode:."""
    return _SHORTCODE.sub("", line(found.get("display_name"))).strip()


def _without_emojis(text: str, found: dict[str, Any]) -> str:
    """A text without the pictures that this account's server has a name for."""
    for emoji in map(entry, listed(found.get("emojis"))):
        code = line(emoji.get("shortcode"))
        if code and f":{code}:" in text:
            text = text.replace(f" :{code}:", "").replace(f":{code}:", "").strip()
    return text
