import contextlib
import json
import time
import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmnote import followers
from warmnote.model import Batch, Expected, Knowledge, Network

DAY = 1_735_732_800  # 2025-01-01, noon


def mangled(value):
    return value.encode().decode("latin-1")


def named(*names, seconds=DAY):
    return [{"name": mangled(name), "timestamp": seconds + 86_400 * index} for index, name in enumerate(names)]


def listed(*names):
    return [{"title": "", "string_list_data": [{"value": mangled(name), "timestamp": DAY}]} for name in names]


def labelled(name):
    return {
        "timestamp": DAY,
        "media": [],
        "label_values": [{"label": "Nom", "value": mangled(name)}],
        "fbid": "61550000",
    }


def zipped(files):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, str) else json.dumps(content))
    return buffer.getvalue()


def new_page(*entries):
    boxes = "".join(
        f'<section class="_a6-g"><h2 id="x" class="_2ph_ _a6-h _a6-i">{name}</h2><div class="_2ph_ _a6-p"></div>'
        f'<footer class="_a6-o"><div class="_a72d">{day}</div></footer></section>'
        for name, day in entries
    )
    return f"<html><head><title>Your friends</title><style>a > b {{}}</style></head><body><h1>Friends</h1>{boxes}</body></html>"


def old_page(*entries):
    boxes = "".join(
        f'<div class="pam _3-95 _2pi0 _2lej uiBoxWhite noborder"><div class="_3-96 _2pio _2lek _2lel">{name}</div>'
        f'<div class="_3-96 _2let"></div><div class="_3-94 _2lem">{day}</div></div>'
        for name, day in entries
    )
    return f"<html><head><title>Friends</title></head><body>{boxes}</body></html>"


@pytest.mark.parametrize(
    ("name", "content", "source"),
    [
        ("your_friends.json", {"friends_v2": named("Zoë Łuczak", "Ben Okri")}, "Facebook friends"),
        ("friends.json", {"friends": named("Zoë Łuczak", "Ben Okri")}, "Facebook friends"),
        ("followers.json", {"followers_v2": named("Zoë Łuczak", "Ben Okri")}, "Facebook followers"),
        ("people_who_followed_you.json", {"followers_v3": named("Zoë Łuczak", "Ben Okri")}, "Facebook followers"),
        ("people_who_followed_you_1.json", named("Zoë Łuczak", "Ben Okri"), "Facebook followers"),
        ("renamed.json", {"friends_v2": named("Zoë Łuczak", "Ben Okri")}, "Facebook friends"),
    ],
)
def test_every_year(read, name, content, source):
    batch = read(json.dumps(content), name)
    assert (batch.source, batch.network, batch.skipped, batch.problems) == (source, Network.FACEBOOK, (), ())
    zoe, ben = batch.people
    assert (zoe.network, zoe.name, zoe.row, zoe.url, zoe.handle) == (Network.FACEBOOK, "Zoë Łuczak", 1, "", "")
    assert zoe.key == f"name:zoë łuczak;at:{DAY}"
    assert (zoe.followed_on, zoe.followed_known) == (date(2025, 1, 1), Knowledge.EXACT)
    assert ben.followed_on == date(2025, 1, 2)
    assert zoe.follows
    assert any("no addresses of profiles" in note for note in batch.notes)


@pytest.mark.parametrize("content", [listed("Zoë Łuczak"), [labelled("Zoë Łuczak")]], ids=["values", "labels"])
def test_bare_lists_of_followers(read, content):
    batch = read(json.dumps(content), "people_who_followed_you_1.json")
    assert [(p.name, p.key) for p in batch.people] == [("Zoë Łuczak", f"name:zoë łuczak;at:{DAY}")]


def test_equal_names_are_different_people(read):
    batch = read(json.dumps({"friends_v2": named("Ana Moreno", "Ana Moreno", "ANA MORENO")}), "your_friends.json")
    assert len({p.key for p in batch.people}) == 3
    again = read(json.dumps({"friends_v2": named("Ana Moreno") * 2}), "your_friends.json")
    assert len(again.people) == 1
    assert "row 1" in again.skipped[0].reason


def test_a_whole_download(read):
    files = {
        "facebook-will/connections/followers/people_who_followed_you_1.json": listed("Cleo Park"),
        "facebook-will/connections/followers/people_who_followed_you_2.json": listed("Dora Lind"),
        "facebook-will/connections/followers/who_you've_followed.json": {"following_v3": named("A Page")},
        "facebook-will/connections/friends/removed_friends.json": {"deleted_friends_v2": named("Removed One")},
        "facebook-will/connections/friends/received_friend_requests.json": {
            "received_requests_v2": named("Asks Nicely")
        },
        "facebook-will/connections/friends/your_friends.json": {
            "friends_v2": named("Ana Moreno", "Ben Okri", "Ben Okri", "Łucja Nowak")
        },
        "facebook-will/preferences/blocked_profiles.json": {
            "blocked_users_v2": named("Łucja Nowak", "Ben Okri", "Nobody Here")
        },
    }
    batch = read(zipped(files), "facebook-will-2026-11-20-Xy12.zip")
    assert batch.source == "Facebook friends and followers"
    assert [(p.row, p.name, p.do_not_write) for p in batch.people] == [
        (1, "Ana Moreno", False),
        (2, "Ben Okri", False),
        (3, "Ben Okri", False),
        (4, "Łucja Nowak", True),
        (5, "Cleo Park", False),
        (6, "Dora Lind", False),
    ]
    assert batch.whole == {Network.FACEBOOK}
    assert batch.exported_on == date(2026, 11, 20)
    notes = " ".join(batch.notes)
    assert "1 whom you blocked is marked" in notes
    assert "“Ben Okri”, and several people have that name" in notes
    assert "“Nobody Here”" in notes
    assert "asked to be your friend" in notes


def test_one_file_or_a_gap_is_not_the_whole_list(read):
    assert read(json.dumps({"friends_v2": named("Ana Moreno")}), "your_friends.json").whole == frozenset()
    files = {
        "connections/friends/your_friends.json": {"friends_v2": named("Ana Moreno")},
        "connections/followers/people_who_followed_you_2.json": listed("Dora Lind"),
    }
    assert read(zipped(files), "facebook.zip").whole == frozenset()


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("who_you've_followed.json", {"following_v3": named("A Page")}, "whom and what you follow"),
        ("removed_friends.json", {"deleted_friends_v2": named("Gone")}, "not your friends"),
        ("received_friend_requests.json", {"received_requests_v2": named("Asks")}, "requests to be your friend"),
        ("x.json", {"blocked_users_v2": named("Blocked")}, "whom you blocked"),
    ],
)
def test_another_list_is_named(refused, name, content, what):
    told = refused(json.dumps(content), name)
    assert what in told.message
    assert "your_friends.json" in told.hint


def test_a_download_without_friends_says_what_to_order(refused):
    files = {"connections/followers/who_you've_followed.json": {"following_v3": named("A Page")}}
    told = refused(zipped(files), "facebook.zip")
    assert "neither your friends nor your followers" in told.message
    assert "All time" in told.hint


@pytest.mark.parametrize("page", [new_page, old_page])
@pytest.mark.parametrize("day", ["Jan 01, 2025 10:00:00 am", "1. Januar 2025, 10:00", "1 de enero de 2025, 10:00"])
def test_pages(read, page, day):
    batch = read(page(("Zo&euml; O&#039;Neil", day), ("Ben Okri", "1&#26376; 19")), "your_friends.html")
    zoe, ben = batch.people
    assert (zoe.name, zoe.followed_on, zoe.key) == ("Zoë O'Neil", date(2025, 1, 1), "name:zoë o'neil;on:2025-01-01")
    assert (ben.name, ben.followed_on, ben.key) == ("Ben Okri", None, "name:ben okri")
    assert any("One date could not be read" in note for note in batch.notes)


def test_a_page_cut_short_loses_its_last_entry(read):
    source = new_page(("Ana Moreno", "Jan 01, 2025 10:00:00 am"), ("Ben Okri", "Jan 02, 2025 10:00:00 am"))
    batch = read(source[: source.index("n Okri")], "your_friends.html")
    assert [person.name for person in batch.people] == ["Ana Moreno"]
    assert "cut short" in batch.problems[0].reason


def test_a_conversation_among_friends_is_no_list(refused):
    files = {
        "messages/inbox/friends_1/message_1.html": new_page(("Ana Moreno", "Jan 01, 2025 10:00:00 am")),
        "connections/friends/no-data.txt": "",
    }
    assert "Facebook" in refused(zipped(files), "facebook.zip").message


def test_an_e_mail_address_of_old_exports_is_kept(read):
    item = {"name": "Ana Moreno", "timestamp": DAY, "contact_info": "ana@example.com"}
    assert read(json.dumps({"friends": [item]}), "friends.json").people[0].email == "ana@example.com"


def test_odd_entries_are_left_out_with_a_reason(read):
    odd = [None, 3, {}, {"name": ""}, {"name": ["x"], "timestamp": DAY}, {"name": "Late", "timestamp": "later"}]
    batch = read(json.dumps({"friends_v2": [*odd, {"name": "Ana Moreno", "timestamp": 0}]}), "your_friends.json")
    assert [(p.name, p.followed_known) for p in batch.people] == [
        ("Late", Knowledge.FIRST_SEEN),
        ("Ana Moreno", Knowledge.FIRST_SEEN),
    ]
    assert [problem.row for problem in batch.skipped] == [1, 2, 3, 4, 5]
    assert "“later” is not a date" in batch.problems[0].reason


def test_a_file_cut_short_gives_what_is_left(read):
    source = json.dumps({"friends_v2": named(*(f"Person {number}" for number in range(40)))})
    batch = read(source[: len(source) // 2], "your_friends.json")
    assert 15 <= len(batch.people) <= 20
    assert "cut short" in batch.problems[0].reason


def test_an_answer_of_another_service_is_not_facebooks(refused):
    for content in (
        {"followers": [{"did": "did:plc:x", "handle": "ana", "name": "Ana", "timestamp": 1}]},
        {"friends": []},
    ):
        assert "Facebook" not in refused(json.dumps(content), "answer.json").message


def test_a_hundred_thousand_friends_are_read_in_two_seconds(saved):
    path = saved(
        json.dumps({"friends_v2": named(*(f"Zoë {number}" for number in range(100_000)), seconds=1)}), "f.json"
    )
    start = time.perf_counter()
    assert len(followers.read(path).people) == 100_000
    assert time.perf_counter() - start < 8  # four times what is promised, for slow machines


JUNK = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just([]) | st.just({"a": [None]})
)


@pytest.mark.parametrize(
    "content",
    [
        {"friends_v2": named("Ana Moreno", "Ben Okri"), "blocked_users_v2": named("Ana Moreno")},
        listed("Ana Moreno", "Ben Okri"),
        [labelled("Ana Moreno")],
    ],
    ids=["keyed", "values", "labels"],
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_happens_to_a_file_it_is_read_or_refused(saved, content, data):
    source = json.dumps(content)
    for _ in range(data.draw(st.integers(0, 3))):
        value = json.loads(source)
        place = value
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = data.draw(st.sampled_from(keys)) if keys else None
            if key is None:
                break
            if isinstance(place[key], dict | list) and data.draw(st.booleans()):
                place = place[key]
                continue
            place[key] = data.draw(JUNK)
            break
        source = json.dumps(value)
    if data.draw(st.booleans()):
        source = source[: data.draw(st.integers(0, len(source)))]
    with contextlib.suppress(Expected):
        batch = followers.read(saved(source, "people_who_followed_you_1.json"))
        assert isinstance(batch, Batch)
        assert all(person.name and person.key for person in batch.people)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_happens_to_a_page_it_is_read_or_refused(saved, data):
    source = new_page(("Ana Moreno", "Jan 01, 2025 10:00:00 am"), ("Ben Okri", "x"))
    at = data.draw(st.integers(0, len(source)))
    source = (
        source[:at]
        + data.draw(st.text("<>\"'=/& h2div#0\n", max_size=8))
        + source[at + data.draw(st.integers(0, 40)) :]
    )
    with contextlib.suppress(Expected):
        assert isinstance(followers.read(saved(source, "your_friends.html")), Batch)
