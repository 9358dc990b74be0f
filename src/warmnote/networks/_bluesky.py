"""Bluesky's followers, profiles and last posts, through the public AppView; no login.

The list comes with bios, newest first by the day that the follower's own client wrote, so a back-dated follow may stand
anywhere. Accounts that ask not to be shown to apps without a login (`!no-unauthenticated`) are served all the same:
honouring it is the client's part. Of them nothing is kept but the account.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from warmnote.model import Batch, Fact, Identity, Incoming, Network, Problem
from warmnote.networks._account import Account
from warmnote.networks._client import Answer, Failed, Limited
from warmnote.networks._memory import Page
from warmnote.networks._reading import day, entry, line, listed, paragraphs, web_address
from warmnote.networks._results import Errand, Gathered, Synced, links_of

__all__ = ["look", "sync"]

_PAGE = 100
_PROFILES = 25
_FEED = 30
_FROM = "Bluesky"
_PRIVATE = "!no-unauthenticated"
_FIELDS = ("did", "handle", "displayName", "description", "pronouns", "website")


def sync(errand: Errand) -> Synced:
    """The followers of the account. Raises Expected."""
    subject = ""

    def ask(cursor: str) -> Page:
        nonlocal subject
        query = [("actor", errand.account.handle), ("limit", str(_PAGE)), ("sort", "latest")]
        answer = errand.client.get(
            "/xrpc/app.bsky.graph.getFollowers", [*query, ("cursor", cursor)] if cursor else query
        )
        data = _read(answer, errand.account)
        subject = subject or line(entry(data.get("subject")).get("did"))
        onward = data.get("cursor")
        followers = tuple(_trimmed(entry(item)) for item in errand.people_in(data.get("followers")))
        return Page(cursor, followers, onward if isinstance(onward, str) else "")

    walked = errand.walk(ask, _key, size=_PAGE)
    gathered = Gathered(Network.BLUESKY, "Bluesky followers", errand.account.handle)
    known = errand.known([key for key in map(_key, walked.entries) if key])
    private = 0
    for row, found in enumerate(walked.entries, 1):
        private += _PRIVATE in _labels(found)
        key = _key(found)
        person = _person(row, found, gathered, errand.today, named=key not in known)
        if person is not None:
            gathered.people.append(replace(person, followed_on=errand.first_seen(key, known)))
    gathered.notes.append("Bluesky does not say when somebody followed: the day they were first seen stands instead.")
    if private:
        gathered.notes.append(
            f"{private:,} of them {'asks' if private == 1 else 'ask'} not to be shown to apps without a login:"
            " only the handle was kept."
        )
    whole = walked.ended
    batch = gathered.batch(walked, on=errand.today, whole=whole)
    return Synced(batch, subject or errand.account.handle, errand.told(len(batch.people)), whole)


def look(errand: Errand, people: Sequence[Identity], posts: int) -> Batch:
    """Profiles and last posts of people who are in the notebook. Raises Expected."""
    gathered = Gathered(Network.BLUESKY, "Bluesky profiles", errand.client.host)
    wanted = {_actor(person): row for row, person in enumerate(people, 1) if _actor(person)}
    done = 0
    for start in range(0, len(wanted), _PROFILES):
        actors = list(wanted)[start : start + _PROFILES]
        answer = errand.client.get("/xrpc/app.bsky.actor.getProfiles", [("actors", actor) for actor in actors])
        found = [entry(item) for item in listed(_read(answer, errand.account).get("profiles"))]
        for actor in actors:
            # Whoever is unknown or deactivated is left out without a word, and the order is not promised.
            profile = next((p for p in found if actor in (_key(p), line(p.get("handle")).lower())), None)
            done += 1
            errand.watch.say(f"Asking {errand.client.host} for profiles: {done:,} of {len(wanted):,}")
            errand.watch.tell(done, len(wanted))
            if profile is None:
                gathered.skip(wanted[actor], "not found on Bluesky now: deactivated, deleted or blocked")
            else:
                _look_at(errand, wanted[actor], _trimmed(profile), gathered, posts)
    return gathered.batch(on=errand.today)


def _look_at(errand: Errand, row: int, profile: dict[str, Any], gathered: Gathered, posts: int) -> None:
    if _PRIVATE in _labels(profile):
        gathered.skip(row, "asks not to be shown to apps without a login, so nothing was read")
        return
    person = _person(row, profile, gathered, errand.today, named=False)
    if person is None:
        return
    said = tuple(_posts(errand, person.key, posts, gathered, row)) if posts else ()
    gathered.people.append(replace(person, facts=(*person.facts, *said), follows=False, only_known=True))


def _posts(errand: Errand, did: str, most: int, gathered: Gathered, row: int) -> Iterable[Fact]:
    query = [("actor", did), ("limit", str(_FEED)), ("filter", "posts_no_replies")]
    try:
        answer = errand.client.get("/xrpc/app.bsky.feed.getAuthorFeed", query)
        feed = listed(_read(answer, errand.account).get("feed"))
    except Limited:
        raise
    except Failed as failure:
        gathered.problems.append(Problem(row, "", f"the last posts could not be read: {failure.message}"))
        return
    kept = 0
    for item in map(entry, feed):
        post, record = entry(item.get("post")), entry(entry(item.get("post")).get("record"))
        text = paragraphs(record.get("text"))
        # A repost is not theirs to be asked about, a reply needs its other half.
        if "reason" in item or "reply" in record or not text or line(entry(post.get("author")).get("did")) != did:
            continue
        yield Fact("post", text, _FROM, _said_on(record, post))
        kept += 1
        if kept == most:
            return


def _said_on(record: dict[str, Any], post: dict[str, Any]) -> date | None:
    """The day of a post: what its client claims, unless the server has seen it earlier."""
    days = [found for found in (day(record.get("createdAt")), day(post.get("indexedAt"))) if found is not None]
    return min(days, default=None)


def _actor(person: Identity) -> str:
    return person.key if person.key.startswith("did:") else person.handle.lower()


def _key(found: dict[str, Any]) -> str:
    did = line(found.get("did"))
    return did if did.startswith("did:") else ""


def _labels(found: dict[str, Any]) -> set[str]:
    labels = map(entry, listed(found.get("labels")))
    return {line(label.get("val")) for label in labels if label.get("neg") is not True}


def _trimmed(found: dict[str, Any]) -> dict[str, Any]:
    """What of an entry may be kept: of those who wish it so, no more than the account."""
    labels = _labels(found)
    fields = _FIELDS[:2] if _PRIVATE in labels else _FIELDS
    kept: dict[str, Any] = {field: found[field] for field in fields if isinstance(found.get(field), str)}
    kept["labels"] = [{"val": label} for label in sorted(labels & {_PRIVATE, "bot"})]
    if entry(entry(found.get("associated")).get("chat")).get("allowIncoming") == "none":
        kept["associated"] = {"chat": {"allowIncoming": "none"}}
    return kept


def _person(row: int, found: dict[str, Any], gathered: Gathered, today: date, *, named: bool) -> Incoming | None:
    """A follower; whoever has no name is called by the handle if `named`, else keeps the name they have here."""
    key = _key(found)
    handle = line(found.get("handle")).lower().removeprefix("@")
    if handle == "handle.invalid":
        handle = ""  # it could not be verified just now; the account is the same
    if not key:
        gathered.skip(row, "no account number, so this person cannot be told from others")
        return None
    if "bot" in _labels(found):
        gathered.skip(row, f"@{handle or key} is a bot, by its own label")
        return None
    website = web_address(found.get("website"))
    facts = [Fact("website", website, _FROM, today)] if website else []
    if entry(entry(found.get("associated")).get("chat")).get("allowIncoming") == "none":
        facts.append(Fact("messages", "takes no messages on Bluesky", _FROM, today))
    return Incoming(
        row=row,
        network=Network.BLUESKY,
        key=key,
        name=line(found.get("displayName")) or ((handle or key) if named else ""),
        handle=handle,
        url=f"https://bsky.app/profile/{key}",
        bio=paragraphs(found.get("description")),
        pronouns=line(found.get("pronouns")),
        facts=tuple(facts),
        links=links_of([website] if website else [], Network.BLUESKY, key),
    )


def _read(answer: Answer, account: Account) -> dict[str, Any]:
    """The object in an answer. Raises Failed in words for what Bluesky refuses."""
    data = entry(answer.data)
    if answer.status < 300:
        return data
    error, message = line(data.get("error")), line(data.get("message")).lower()
    shown = account.shown
    if "deactivated" in error.lower() or "deactivated" in message:
        raise Failed(f"The account {shown} is deactivated at the moment.", "", answer.status)
    if "takedown" in error.lower() or "takendown" in error.lower() or "suspended" in message:
        raise Failed(f"Bluesky has taken the account {shown} down.", "", answer.status)
    if "block" in error.lower():
        raise Failed(f"{shown} cannot be seen: one side has blocked the other.", "", answer.status)
    if "not found" in message or "must be a valid" in message or "resolve" in message or error == "ProfileNotFound":
        raise Failed(
            f"There is no account {shown} on Bluesky.",
            "Check the spelling; a handle looks like ana.bsky.social.",
            answer.status,
        )
    if answer.status in (401, 403):
        raise Failed("The server shows this only to people who are logged in.", "Ask public.api.bsky.app instead.", 401)
    raise Failed(
        f"The server refuses the question about {shown} (error {answer.status}).",
        "Try again later; if it stays so, a newer Warmnote may be needed.",
        answer.status,
    )
