"""Reading the largest exports that people have: LinkedIn with all its messages, and X with the posts of many years."""

import csv
import io
import json
import time
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from warmnote.followers import read
from warmnote.model import Batch

from .conftest import FIRST, LAST, resident_mib

CONNECTIONS, INVITATIONS, MESSAGES = 100_000, 20_000, 200_000
FOLLOWERS, POSTS = 100_000, 50_000
IN = "https://www.linkedin.com/in/"
NOW = datetime(2026, 11, 1, 10, tzinfo=UTC)
WORDS = "Dear you,\n\nthank you for writing, the kiln is warm and the glaze is blue.\n" * 3


def table(header: str, rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return out.getvalue()


def name(n: int) -> str:
    return f"{FIRST[n % 16]} {LAST[n // 16 % 16]}{n}"


def linkedin() -> dict[str, str]:
    me = f"{IN}mia-lund"

    def talk(n: int) -> list[str]:
        sides = [("Mia Lund", me), (name(n // 10 * 3), f"{IN}p{n // 10 * 3}")]
        (by, by_url), (to, to_url) = sides[:: (1, -1)[n % 2]]
        at = f"{NOW - timedelta(minutes=n):%Y-%m-%d %H:%M:%S} UTC"
        return [f"2-{n // 10}", "", by, by_url, to, to_url, at, "", WORDS, "INBOX", "", "No"]

    return {
        "Profile.csv": "First Name,Last Name,Maiden Name,Headline\nMia,Lund,,Glass\n",
        "Connections.csv": table(
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
            (
                [*name(n).split(), f"{IN}p{n}", "", "Kiln", "Owner", f"{NOW - timedelta(days=n // 100):%d %b %Y}"]
                for n in range(CONNECTIONS)
            ),
        ),
        "Invitations.csv": table(
            "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
            (
                [name(n * 6), "Mia Lund", "6/7/26, 9:41 AM", "Hello" * (n % 5 == 0), "INCOMING", f"{IN}p{n * 6}", me]
                for n in range(INVITATIONS)
            ),
        ),
        "messages.csv": table(
            "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,"
            "FOLDER,ATTACHMENTS,IS MESSAGE DRAFT",
            map(talk, range(MESSAGES)),
        ),
    }


def x() -> dict[str, str]:
    numbers = [str(10**18 + n * 7919) for n in range(FOLLOWERS)]

    def post(n: int) -> object:
        mentions = [
            {"id_str": numbers[n * 7 % FOLLOWERS], "screen_name": f"p{n}", "name": name(n), "indices": ["0", "9"]}
        ]
        return {"tweet": {"id_str": str(16 * 10**17 + n), "full_text": WORDS, "entities": {"user_mentions": mentions}}}

    lists: dict[str, Iterable[object]] = {
        "follower": ({"follower": {"accountId": one, "userLink": f"https://x.com/i/user/{one}"}} for one in numbers),
        "tweets": map(post, range(POSTS)),
    }
    return {
        f"data/{what}.js": f"window.YTD.{what}.part0 = {json.dumps(list(value), indent=2)}"
        for what, value in lists.items()
    }


def measured(benchmark, members: dict[str, str], path: Path) -> tuple[Batch, float, float]:
    """What a zip of these files gives, the seconds, and the memory that stays taken, in MiB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    members.clear()
    before, begun = resident_mib(), time.perf_counter()
    batch = benchmark.pedantic(read, args=(path,), rounds=1)
    return batch, time.perf_counter() - begun, resident_mib() - before


def test_a_whole_export_of_linkedin(benchmark, note, tmp_path: Path):
    batch, seconds, memory = measured(benchmark, linkedin(), tmp_path / "Complete_LinkedInDataExport_11-01-2026.zip")
    assert sum(bool(person.messages) for person in batch.people) == MESSAGES // 10
    assert sum(bool(person.facts) for person in batch.people) == INVITATIONS // 5
    note("LinkedIn: 100,000 connections, 20,000 invitations, 200,000 messages", seconds, "s", goal=6)
    note("memory that stays with them", memory, "MiB")
    assert seconds < 60


def test_a_whole_archive_of_x(benchmark, note, tmp_path: Path):
    batch, seconds, memory = measured(benchmark, x(), tmp_path / "twitter-2026-11-01.zip")
    assert sum(bool(person.handle) for person in batch.people) == POSTS
    note("X: 100,000 followers and 50,000 posts", seconds, "s", goal=5)
    note("memory that stays with them", memory, "MiB")
    assert seconds < 50
