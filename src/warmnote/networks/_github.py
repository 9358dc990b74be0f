"""GitHub's followers, and their profiles as far as sixty questions an hour go.

The order of the list is not promised, so all pages are read each time. It names only accounts: what people say of
themselves is asked one by one, the unknown first, and who was asked is remembered, so that each hour reads on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from warmnote import accounts
from warmnote.model import Batch, Fact, Identity, Incoming, Network, Problem
from warmnote.networks._client import Answer, Failed, Limited
from warmnote.networks._errand import by_the_clock
from warmnote.networks._memory import Page, Read
from warmnote.networks._reading import entry, line, number, paragraphs, web_address
from warmnote.networks._results import Errand, Gathered, Synced, links_of

__all__ = ["HEADERS", "look", "sync"]

HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
_PAGE = 100
_HOURLY = 60
_STALE = timedelta(days=30)
_FROM = "GitHub"


def sync(errand: Errand) -> Synced:
    """The followers of the account, with as many profiles as the hour allows. Raises Expected."""

    def ask(cursor: str) -> Page:
        answer = errand.client.get(cursor or f"/users/{errand.account.handle}/followers?per_page={_PAGE}")
        _refused(answer, errand)
        return Page(cursor, tuple(_trimmed(entry(item)) for item in errand.people_in(answer.data)), answer.next)

    walked = replace(errand, whole=True).walk(ask, _key, size=_PAGE)
    gathered = Gathered(Network.GITHUB, "GitHub followers", errand.account.handle)
    keys = [key for key in map(_key, walked.entries) if key]
    known = errand.known(keys)
    profiles = _profiles(errand, walked.entries, known, gathered)
    for row, found in enumerate(walked.entries, 1):
        key = _key(found)
        profile = profiles.get(key)
        person = _person(row, profile or found, gathered, errand.today, named=key not in known)
        if person is not None:
            gathered.people.append(replace(person, followed_on=errand.first_seen(key, known)))
    gathered.notes.append("GitHub does not say when somebody followed, and has no messages: write to them elsewhere.")
    # Without an order, people may slip from a page that is still to come to one that was read.
    whole = walked.ended and not walked.resumed
    if walked.resumed:
        gathered.notes.append("The list was read in two goes, so nobody is called absent this time.")
    batch = gathered.batch(walked, on=errand.today, whole=whole)
    key = accounts.by_handle(Network.GITHUB, errand.account.handle)
    return Synced(
        batch,
        key.key if key is not None else "",
        errand.told(len(batch.people), f" and for {len(profiles):,} profiles" if profiles else ""),
        whole,
    )


def look(errand: Errand, people: Sequence[Identity], posts: int) -> Batch:
    """Profiles of people who are in the notebook; there are no posts. Raises Expected."""
    gathered = Gathered(Network.GITHUB, "GitHub profiles", errand.client.host)
    for row, identity in enumerate(people, 1):
        errand.watch.say(f"Asking {errand.client.host} for profiles: {row:,} of {len(people):,}")
        path = f"/user/{identity.key}" if identity.key.isdecimal() else f"/users/{identity.handle}"
        answer = errand.client.get(path)
        person = None
        if answer.status < 300:
            person = _person(row, _trimmed(entry(answer.data)), gathered, errand.today, named=False)
        else:
            gathered.skip(row, "not found on GitHub now")
        if person is not None:
            gathered.people.append(replace(person, follows=False, only_known=True))
        errand.watch.tell(row, len(people))
    return gathered.batch(on=errand.today)


def _profiles(
    errand: Errand, found: Iterable[dict[str, Any]], known: set[str], gathered: Gathered
) -> dict[str, dict[str, Any]]:
    """The profiles that could be read, by key; the list's people in an order of need."""
    read = errand.ledger.profiles()
    now = errand.manners.now()
    logins = {_key(one): line(one.get("login")) for one in found if _key(one) and _is_person(one)}
    wanted = _wanted(logins, read, known, errand)
    profiles: dict[str, dict[str, Any]] = {}
    done, stopped = 0, ""
    try:
        for key in wanted:
            left = errand.client.left if errand.client.left is not None else _HOURLY - errand.client.asked
            if left <= 0:
                stopped = by_the_clock(errand.client.reset, now) if errand.client.reset else "an hour"
                break
            errand.watch.say(f"Asking {errand.client.host} for profiles: {done:,} of {len(wanted):,} so far.")
            etag = read[key].etag if key in read and key in known else ""
            answer = errand.client.get(f"/users/{logins[key]}", etag=etag)
            done += 1
            read[key] = Read(now, answer.etag or etag)
            profile = _trimmed(entry(answer.data))
            if answer.status < 300 and _key(profile) == key:
                profiles[key] = profile
    except Limited as limit:
        stopped = by_the_clock(limit.until, now)
    except Failed as failure:
        gathered.problems.append(Problem(None, "", f"not all profiles could be read: {failure.message}"))
    finally:
        errand.ledger.set_profiles({key: read[key] for key in logins if key in read})
    if stopped:
        gathered.notes.append(f"{done:,} of {len(wanted):,} profiles were read; the rest follow after {stopped}.")
    return profiles


def _wanted(logins: Mapping[str, str], read: Mapping[str, Read], known: set[str], errand: Errand) -> list[str]:
    """Whose profile to read, in order: the unknown, those never read, then those read long ago."""
    stale = errand.manners.now() - _STALE
    unknown = [key for key in logins if key not in known]
    unread = [key for key in logins if key in known and key not in read]
    old = sorted(
        (key for key in logins if key in known and key in read and read[key].at < stale), key=lambda k: read[k].at
    )
    return [*unknown, *unread, *old]


def _refused(answer: Answer, errand: Errand) -> None:
    if answer.status == 404:
        raise Failed(f"There is no {errand.account.shown} on GitHub.", "Check the spelling.", 404)
    if answer.status in (401, 403):
        raise Failed(
            f"{errand.client.host} does not show the followers of {errand.account.shown}.", "Try again in an hour.", 403
        )
    if answer.status >= 300:
        raise Failed(
            f"{errand.client.host} refuses the question about {errand.account.shown} (error {answer.status}).",
            "Try again later.",
            answer.status,
        )


_KEPT = (
    "id", "login", "type", "html_url", "name", "company", "blog", "location", "email", "bio", "twitter_username"
)  # fmt: skip


def _trimmed(found: dict[str, Any]) -> dict[str, Any]:
    return {field: found[field] for field in _KEPT if isinstance(found.get(field), str | int)}


def _key(found: dict[str, Any]) -> str:
    key = number(found.get("id"))
    return str(key) if key else ""


def _is_person(found: dict[str, Any]) -> bool:
    return bool(line(found.get("login"))) and found.get("type") not in ("Bot", "Organization")


def _person(row: int, found: dict[str, Any], gathered: Gathered, today: date, *, named: bool) -> Incoming | None:
    """A follower; whoever has no name is called by the login if `named`, else keeps the name they have here."""
    key, login = _key(found), line(found.get("login"))
    if not key or not login:
        gathered.skip(row, "no account number, so this person cannot be told from others")
        return None
    if not _is_person(found):
        gathered.skip(row, f"@{login} is {'a bot' if found.get('type') == 'Bot' else 'an organisation'}, not a person")
        return None
    website = web_address(found.get("blog"))
    addresses = [website] if website else []
    if twitter := line(found.get("twitter_username")).removeprefix("@"):
        addresses.append(f"https://x.com/{twitter}")
    email = line(found.get("email"))
    return Incoming(
        row=row,
        network=Network.GITHUB,
        key=key,
        name=line(found.get("name")) or (login if named else ""),
        handle=login,
        url=f"https://github.com/{login}",
        bio=paragraphs(found.get("bio")),
        location=line(found.get("location")),
        company=line(found.get("company")).removeprefix("@"),
        email=email if "@" in email and " " not in email else "",
        facts=(Fact("website", website, _FROM, today),) if website else (),
        links=links_of(addresses, Network.GITHUB, key),
    )
