"""One user's road through four sources: into one notebook, made one person each, out again, and all taken back."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from warmnote import exports, followers
from warmnote.model import Batch, Draft, Fact, Incoming, Link, Network
from warmnote.notebook import Notebook, Store, View

from .dump import dump

IN = "https://www.linkedin.com/in/"
MOMENT = int(datetime(2026, 9, 1, 12, tzinfo=UTC).timestamp())

LINKEDIN = {
    "Connections.csv": (
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        f"Ana,Moreno,{IN}anamoreno,ana@moreno.example,Moreno Ceramics,Owner,20 Nov 2026\n"
        f"Will,Brandt,{IN}wbrandt,,Brandt Optics,Sales lead,02 Feb 2024\n"
        f"Zoë,Adeyemi,{IN}zoe-adeyemi,,Lagos Glass,Founder,11 May 2025\n"
    ),
    "Invitations.csv": (
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
        f'Ana Moreno,Mia Lund,"11/19/26, 9:41 AM",Your kiln talk was lovely,INCOMING,{IN}anamoreno,{IN}mia-lund\n'
    ),
    "Profile.csv": "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary\nMia,Lund,,,,Glass,\n",
}
GOOGLE = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana Moreno Ruiz\r\nN:Moreno Ruiz;Ana;;;\r\n"
    "EMAIL;TYPE=INTERNET;TYPE=HOME:Ana@Moreno.example\r\nNOTE:Met at the fair\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:William Brandt\r\nN:Brandt;William;;;\r\n"
    "EMAIL;TYPE=INTERNET;TYPE=WORK:will@brandt-optics.example\r\nORG:Brandt Optics\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kim Seo-yeon\r\nN:Seo-yeon;Kim;;;\r\n"
    "EMAIL;TYPE=INTERNET:kim@seo.example\r\nEND:VCARD\r\n"
)


def _on_instagram(user: str) -> dict[str, Any]:
    listed = {"href": f"https://www.instagram.com/{user}", "value": user, "timestamp": MOMENT}
    return {"title": "", "media_list_data": [], "string_list_data": [listed]}


INSTAGRAM = {
    "connections/followers_and_following/followers_1.json": json.dumps(
        [_on_instagram("zoe.glassworks"), _on_instagram("harbour_bakes")]
    ),
}
BLUESKY = Batch(
    "Bluesky followers",
    Network.BLUESKY,
    "mia.example",
    (
        Incoming(
            1, Network.BLUESKY, "did:plc:zoe", "Zoë A.", "zoe.glassworks.example", bio="Glass, mostly blue",
            facts=(Fact("website", "https://instagram.com/zoe.glassworks", "Bluesky", date(2026, 11, 24)),),
            links=(Link(Network.INSTAGRAM, "zoe.glassworks"),),
        ),
        Incoming(2, Network.BLUESKY, "did:plc:kim", "kim.seo.example", "kim.seo.example", email="kim@seo.example"),
    ),
    whole=frozenset({Network.BLUESKY}),
)  # fmt: skip


def _zipped(path: Path, members: dict[str, str]) -> Batch:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return followers.read(path)


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Batch, ...]:
    cards = tmp_path / "contacts.vcf"
    cards.write_bytes(GOOGLE.encode())
    return (
        _zipped(tmp_path / "Complete_LinkedInDataExport_11-21-2026.zip", LINKEDIN),
        followers.read(cards),
        _zipped(tmp_path / "instagram-mia-2026-11-20-AbCd12.zip", INSTAGRAM),
        BLUESKY,
    )


@pytest.fixture
def full(notebook: Notebook, sources: tuple[Batch, ...], clock) -> Notebook:
    for batch in sources:
        clock.forward(minutes=1)
        assert not batch.problems
        notebook.import_batch(batch)
    return notebook


def by_name(notebook: Notebook) -> dict[str, int]:
    ids = notebook.person_ids(View.ALL)
    return {row.name: row.id for row in notebook.rows(ids)}


def merge_by_hand(notebook: Notebook) -> int:
    people = by_name(notebook)
    notebook.duplicates.merge(people["Zoë Adeyemi"], people["Zoë A."])
    notebook.duplicates.merge(people["Zoë Adeyemi"], people["zoe.glassworks"])
    return people["Zoë Adeyemi"]


def exported(notebook: Notebook) -> bytes:
    out = io.BytesIO()
    exports.write_json(notebook.export(), out, datetime(2026, 11, 24, tzinfo=UTC))
    return out.getvalue()


def people_of(data: bytes) -> list[dict[str, Any]]:
    people = json.loads(data)["people"]
    for person in people:
        del person["id"]
    return people


def test_an_equal_e_mail_joins_and_the_rest_is_suggested(full: Notebook):
    assert sorted(by_name(full)) == [
        *("Ana Moreno", "Kim Seo-yeon", "Will Brandt", "William Brandt"),
        *("Zoë A.", "Zoë Adeyemi", "harbour_bakes", "zoe.glassworks"),
    ]
    people = by_name(full)
    ana, kim = full.open_person(people["Ana Moreno"]), full.open_person(people["Kim Seo-yeon"])
    assert [i.network for i in ana.person.identities] == [Network.LINKEDIN, Network.EMAIL]
    assert "Your kiln talk was lovely" in [fact.text for fact in ana.person.facts]
    assert [merge.reason for merge in ana.merges] == ["same e-mail"]
    assert [i.handle for i in kim.person.identities if i.network is Network.BLUESKY] == ["kim.seo.example"]
    suggested = {frozenset((pair.left, pair.right)) for pair in full.duplicates.find()}
    assert frozenset((people["Will Brandt"], people["William Brandt"])) in suggested
    assert full.counts().new == 0, "the first list of each network is a baseline"


def test_whatever_is_merged_the_export_gives_back_the_same(full: Notebook, tmp_path: Path, clock):
    zoe = merge_by_hand(full)
    full.save_draft(zoe, Draft("Dear Zoë, ", 10))
    full.bulk.tag([zoe], "glass")
    person = full.open_person(zoe).person
    assert {i.network for i in person.identities} == {Network.LINKEDIN, Network.INSTAGRAM, Network.BLUESKY}
    assert (person.name, person.bio, person.company) == ("Zoë Adeyemi", "Glass, mostly blue", "Lagos Glass")
    data = exported(full)
    (tmp_path / "people.json").write_bytes(data)
    other = Notebook(Store(tmp_path / "other.db"), clock, UTC)
    own = followers.read(tmp_path / "people.json")
    other.import_batch(own)
    assert people_of(exported(other)) == people_of(data)
    preview = other.preview(own)
    assert (preview.new, preview.changed) == (0, 0)
    other.close()


@pytest.mark.parametrize("merged", [False, True])
def test_everything_a_second_time_changes_nothing(full: Notebook, sources, path: Path, clock, merged: bool):
    if merged:
        merge_by_hand(full)
    before = dump(path)
    for batch in (*sources, *reversed(sources)):
        clock.forward(days=1)
        preview = full.preview(batch)
        assert (preview.new, preview.changed) == (0, 0)
        assert not full.import_batch(batch).changed
    after = dump(path)
    assert {table for table in after if after[table] != before[table]} <= {"imports", "snapshots"}


def test_what_comes_later_is_new_and_finds_its_person(full: Notebook, sources, clock):
    zoe = merge_by_hand(full)
    clock.forward(days=1)
    followed = Incoming(3, Network.BLUESKY, "did:plc:tunde", "Tunde Okafor", "tunde.example")
    changed = replace(BLUESKY.people[0], bio="Glass, mostly green", handle="zoe.example")
    changes = full.import_batch(replace(BLUESKY, people=(changed, BLUESKY.people[1], followed)))
    assert full.counts().new == len(changes.added) == 1
    opened = full.open_person(zoe)
    assert (opened.person.bio, opened.past_handles) == ("Glass, mostly green", ("zoe.glassworks.example",))


def undone(notebook: Notebook) -> None:
    for record in notebook.batches():
        notebook.undo_import(record.id)


def test_taken_back_one_by_one_nothing_is_left(notebook: Notebook, sources, path: Path):
    worlds = []
    for batch in sources:
        worlds.append(dump(path))
        notebook.import_batch(batch)
    for before in reversed(worlds):
        notebook.undo_import(notebook.batches()[0].id)
        assert dump(path) == before
    assert notebook.counts().all == 0


@pytest.mark.parametrize("after", [merge_by_hand, lambda notebook: None])
def test_taken_back_after_a_merge_by_hand_nothing_is_left_either(full: Notebook, after: Callable, path: Path):
    after(full)
    undone(full)
    assert full.counts().all == 0
    left = {table for table, rows in dump(path).items() if rows}
    assert left <= {"sqlite_stat1", "unindexed", "runs"}
