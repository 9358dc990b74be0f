import contextlib
import json
import random
import time
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmnote import followers
from warmnote.model import Batch, Expected, Knowledge, Network

DAY = int(datetime(2025, 1, 1, 23, 59, 59, tzinfo=UTC).timestamp())
FOLDER = "connections/followers_and_following/"


def entry(user, seconds=DAY):
    return {
        "title": "",
        "media_list_data": [],
        "string_list_data": [{"href": f"https://www.instagram.com/{user}", "value": user, "timestamp": seconds}],
    }


def titled(user, seconds=DAY):
    """As following and blocked are written since 2025: no value, and `_u` in the address."""
    return {"title": user, "string_list_data": [{"href": f"https://www.instagram.com/_u/{user}", "timestamp": seconds}]}


def labelled(user, name="Ana", seconds=DAY, labels=("URL", "Name", "Benutzername")):
    values = (f"https://www.instagram.com/{user}", name, user)
    pairs = [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)]
    return {"timestamp": seconds, "media": [], "label_values": pairs, "fbid": "17841400000000000"}


def thread(user, name="", seconds=DAY):
    inner = {"href": f"https://www.threads.com/{user}", "value": user, "timestamp": seconds}
    return {"title": name, "string_list_data": [inner]}


def keyed(key, *users, make=entry):
    return {f"relationships_{key}": [make(user) for user in users]}


def mangled(value):
    return value.encode().decode("latin-1")


def zipped(files):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, str | bytes) else json.dumps(content))
    return buffer.getvalue()


def page(*blocks, title="Followers"):
    style = "<style>" + "div a { color: #123 } /* <a href='https://www.instagram.com/not.me'> */\n" * 900 + "</style>"
    boxes = "".join(f'<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder">{block}</div>' for block in blocks)
    return f"<!DOCTYPE html><html><head><title>{title}</title>{style}</head><body><h1>{title}</h1>{boxes}</body></html>"


def linked(user, day):
    return (
        f'<div><div><a target="_blank" href="https://www.instagram.com/{user}">{user}</a></div><div>{day}</div></div>'
    )


def headed(user, day):
    href = f"https://www.instagram.com/_u/{user}"
    return f'<h2 class="_a6-h">{user}</h2><div><a href="{href}">{href}</a></div><div>{day}</div>'


@pytest.fixture
def read_zip(read):
    return lambda files, name="instagram-will-2026-11-20-AbCd12.zip": read(zipped(files), name)


def handles(batch):
    return [person.handle for person in batch.people]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("connections.json", {"close_friends": {"x": "2019-01-01T10:00:00"}, "following": {"y": "2019-05-01T10:00:00"},
                              "followers": {"Ana.M": "2025-01-01T23:59:59", "ben_": "2025-01-01T10:00:00"}}),
        ("followers.json", keyed("followers", "Ana.M", "ben_")),
        ("followers_1.json", [entry("Ana.M"), entry("ben_")]),
        ("followers_1.json", [titled("Ana.M"), titled("ben_")]),
        ("followers_1.json", [labelled("Ana.M"), labelled("ben_", "")]),
        ("followers_1.json", keyed("followers", "Ana.M", "ben_", make=labelled)),
        ("followers_1.json", [entry("Ana.M", DAY * 1000), entry("ben_", str(DAY))]),
        ("my list.json", [entry("Ana.M"), entry("ben_")]),
        ("whatever.txt", keyed("followers", "Ana.M", "ben_", make=titled)),
    ],
    ids=["2020", "2021", "2023", "titled", "labelled", "labelled with a key", "other times", "renamed", "with a key"],
)  # fmt: skip
def test_every_year(read, name, content):
    batch = read(json.dumps(content), name)
    assert (batch.source, batch.network, batch.skipped, batch.problems) == ("Instagram followers", "instagram", (), ())
    ana, ben = batch.people
    assert (ana.network, ana.key, ana.handle, ana.row) == (Network.INSTAGRAM, "ana.m", "Ana.M", 1)
    assert ana.url == "https://www.instagram.com/Ana.M"
    assert (ana.followed_on, ana.followed_known) == (date(2025, 1, 1), Knowledge.EXACT)
    assert ana.follows
    assert not ana.only_known
    assert (ben.key, ben.row, ben.name) == ("ben_", 2, "ben_")
    assert batch.whole == {Network.INSTAGRAM}


@pytest.mark.parametrize(
    "labels", [("URL", "Name", "Nutzername"), ("URL", "Nom", "Nom d’utilisateur"), ("a", "b", "c")]
)
def test_labels_in_any_language(read, labels):
    item = labelled("ana.m", "Ana", labels=tuple(mangled(label) for label in labels))
    item["label_values"] = item["label_values"][1:]
    assert handles(read(json.dumps([item]), "followers_1.json")) == ["ana.m"]


def test_a_day_among_the_labels_is_no_account(read):
    item = labelled("ana.m")
    item["label_values"] = [{"label": "Nutzername", "value": "ana.m"}, {"label": "Datum", "value": "01.01.2025"}]
    assert handles(read(json.dumps([item]), "followers_1.json")) == ["ana.m"]
    item["label_values"] = [{"label": "?", "value": "ana.m"}, {"label": "??", "value": "01.01.2025"}]
    assert handles(read(json.dumps([item]), "followers_1.json")) == ["ana.m"]


def test_a_whole_download(read_zip):
    batch = read_zip(
        {
            "instagram-will/your_instagram_activity/likes/liked_posts.json": {"likes_media_likes": [entry("liked")]},
            f"instagram-will/{FOLDER}following.json": keyed("following", "only.following", "ana.m", make=titled),
            f"instagram-will/{FOLDER}blocked_profiles.json": keyed("blocked_users", "troll", "Ana.M", make=titled),
            f"instagram-will/{FOLDER}restricted_profiles.json": [labelled("noisy")],
            f"instagram-will/{FOLDER}close_friends.json": keyed("close_friends", "close"),
            f"instagram-will/{FOLDER}recently_unfollowed_profiles.json": keyed("unfollowed_users", "gone"),
            f"instagram-will/{FOLDER}follow_requests_you've_received.json": keyed("follow_requests_received", "asks"),
            f"instagram-will/{FOLDER}pending_follow_requests.json": keyed("follow_requests_sent", "asked"),
            f"instagram-will/{FOLDER}followers_2.json": [entry("cleo")],
            f"instagram-will/{FOLDER}followers_1.json": [entry("ana.m"), entry("ben_")],
            "instagram-will/personal_information/personal_information.json": {"profile_user": [{"title": "will"}]},
        }
    )
    assert [(p.handle, p.row, p.do_not_write, p.follows, p.only_known) for p in batch.people] == [
        ("ana.m", 1, True, True, False),
        ("ben_", 2, False, True, False),
        ("cleo", 3, False, True, False),
        ("troll", 4, True, False, True),
        ("noisy", 5, True, False, True),
    ]
    assert batch.whole == {Network.INSTAGRAM}
    assert batch.exported_on == date(2026, 11, 20)
    notes = " ".join(batch.notes)
    assert "no bios" in notes
    assert "3 that you blocked or restricted" in notes
    assert "1 person has asked to follow you" in notes


def test_threads_is_a_network_of_its_own(read_zip):
    batch = read_zip(
        {
            f"{FOLDER}followers_1.json": [entry("ana.m"), entry("ben_")],
            "your_instagram_activity/threads/followers.json": {
                "text_post_app_text_post_app_followers": [thread("ana.m", mangled("Ána Moreno 🌱")), thread("dora")]
            },
            "your_instagram_activity/threads/blocked_profiles.json": {
                "text_post_app_text_post_app_blocked_users": [titled("dora"), titled("ben_")]
            },
        }
    )
    assert batch.source == "Instagram and Threads followers"
    assert batch.whole == {Network.INSTAGRAM, Network.THREADS}
    assert [(p.network.value, p.key, p.name, p.do_not_write, p.only_known) for p in batch.people] == [
        ("instagram", "ana.m", "ana.m", False, False),
        ("instagram", "ben_", "ben_", False, False),
        ("threads", "ana.m", "Ána Moreno 🌱", False, False),
        ("threads", "dora", "dora", True, False),
        ("threads", "ben_", "", True, True),
    ]
    assert batch.people[2].url == "https://www.threads.com/@ana.m"


def test_threads_alone(read):
    content = {"text_post_app_text_post_app_followers": [thread("ana.m")]}
    batch = read(json.dumps(content), "followers.json")
    assert (batch.source, batch.network, batch.whole) == ("Threads followers", "threads", {Network.THREADS})


def test_an_unpacked_folder_and_odd_names(tmp_path):
    folder = tmp_path / "export" / "Instagram-Will" / "Connections" / "Followers and Following"
    folder.mkdir(parents=True)
    (folder / "Followers 1.JSON").write_text(json.dumps([entry("ana.m")]), encoding="utf-8")
    (folder / "followers_2 (1).json").write_text(json.dumps([entry("ben_")]), encoding="utf-8")
    batch = followers.read(tmp_path / "export")
    assert handles(batch) == ["ana.m", "ben_"]
    assert batch.whole == {Network.INSTAGRAM}


def test_a_part_alone_is_not_the_whole_list(read, read_zip):
    assert read(json.dumps([entry("ana.m")]), "followers_2.json").whole == frozenset()
    gap = read_zip({f"{FOLDER}followers_1.json": [entry("ana.m")], f"{FOLDER}followers_3.json": [entry("ben_")]})
    assert gap.whole == frozenset()
    assert any("followers_2" in note for note in gap.notes)
    full = json.dumps([entry(f"u{number}") for number in range(10_000)])
    assert read(full, "followers_1.json").whole == frozenset()  # there is likely to be a second one


def test_an_empty_list_says_nothing_about_absence(read_zip, read):
    batch = read_zip({f"{FOLDER}followers_1.json": []})
    assert (batch.people, batch.whole) == ((), frozenset())
    assert "is empty" in batch.notes[0]
    assert read("[]", "followers_1.json").people == ()


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("following.json", keyed("following", "ana.m", make=titled), "the accounts that you follow"),
        ("following.json", {"text_post_app_text_post_app_following": [thread("ana.m")]}, "Threads"),
        ("close_friends.json", keyed("close_friends", "ana.m"), "another list"),
        ("requests.json", keyed("follow_requests_received", "ana.m"), "requests to follow you"),
        ("list.json", [titled("ana.m")], "nothing in it says whose"),
        ("list.json", [labelled("ana.m")], "nothing in it says whose"),
    ],
)
def test_another_list_is_named(refused, name, content, what):
    told = refused(json.dumps(content), name)
    assert what in told.message
    assert name in told.message
    assert "followers" in told.hint


def test_a_download_without_followers_says_what_to_order(refused):
    told = refused(zipped({f"{FOLDER}following.json": keyed("following", "ana.m", make=titled)}), "instagram-will.zip")
    assert "not in it" in told.message
    assert "All time" in told.hint


def test_blocked_alone_only_marks(read):
    batch = read(json.dumps(keyed("blocked_users", "troll", make=titled)), "blocked_profiles.json")
    assert [(p.key, p.do_not_write, p.only_known, p.follows) for p in batch.people] == [("troll", True, True, False)]
    assert batch.whole == frozenset()


def test_the_same_account_twice_keeps_the_earlier_day(read):
    content = [entry("ana.m", DAY), entry("ben_"), entry("ANA.M", DAY - 10 * 86_400), entry("ana.m", 0)]
    for order in (content, content[::-1]):
        batch = read(json.dumps(order), "followers_1.json")
        assert {p.key: p.followed_on for p in batch.people}["ana.m"] == date(2024, 12, 22)
        assert len(batch.skipped) == 2
        assert "the same account as in row 1" in batch.skipped[0].reason


def test_odd_entries_are_left_out_with_a_reason(read):
    odd = [None, 7, "ana.m", {}, {"string_list_data": [None]}, {"string_list_data": "x"}, entry("two words"), entry("")]
    odd += [entry("__deleted__abc"), {"string_list_data": [{"value": ["x"], "href": {"y": 1}}]}, [], True]
    batch = read(json.dumps([entry("first"), *odd, entry("last")]), "followers_1.json")
    assert handles(batch) == ["first", "ana.m", "last"]
    assert len(batch.skipped) == len(odd) - 1
    reasons = {problem.row: problem.reason for problem in batch.skipped}
    assert reasons[8] == "“two words” is not the name of an account"
    assert reasons[10] == "an account that was deleted"
    assert [p.row for p in batch.people] == [1, 4, 14]


def test_a_display_name_as_value_gives_way_to_the_address(read):
    item = {"string_list_data": [{"value": mangled("Ána Moreno"), "href": "https://www.instagram.com/ana.m?igsh=1"}]}
    person = read(json.dumps([item]), "followers_1.json").people[0]
    assert (person.handle, person.name) == ("ana.m", "Ána Moreno")


@pytest.mark.parametrize(
    ("value", "known", "told"),
    [
        (0, Knowledge.FIRST_SEEN, 0),
        (None, Knowledge.FIRST_SEEN, 0),
        (-62_169_984_000, Knowledge.FIRST_SEEN, 0),
        (10**30, Knowledge.FIRST_SEEN, 1),
        ("a while ago", Knowledge.FIRST_SEEN, 1),
        ({"x": 1}, Knowledge.FIRST_SEEN, 1),
        ("2025-01-01T23:59:59", Knowledge.EXACT, 0),
    ],
    ids=str,
)
def test_odd_times(read, value, known, told):
    batch = read(json.dumps([entry("ana.m", value)]), "followers_1.json")
    assert batch.people[0].followed_known is known
    assert len(batch.problems) == told


@pytest.mark.parametrize(
    "day",
    [
        "Jan 01, 2025 10:00 am",
        "Jan 1, 2025, 10:00 AM",
        "01.01.2025 10:00",
        "1. Januar 2025 um 10:00",
        "01. Jan. 2025, 10:00",
        "1 janv. 2025 à 10:00",
        "1 de enero de 2025 10:00",
        "ene 01, 2025 10:00 am",
        "1 de jan. de 2025, 10:00",
        "gen 01, 2025 10:00",
        "2025-01-01 10:00",
    ],
)
def test_pages_in_six_languages(read, day):
    batch = read(page(linked("Ana.M", day), linked("ben_", "some day &amp; hour")), "followers_1.html")
    ana, ben = batch.people
    assert (ana.key, ana.handle, ana.followed_on) == ("ana.m", "Ana.M", date(2025, 1, 1))
    assert (ben.key, ben.followed_on, ben.followed_known) == ("ben_", None, Knowledge.FIRST_SEEN)
    assert batch.problems == ()
    assert any("One date could not be read" in note for note in batch.notes)


def test_a_download_of_pages(read_zip):
    batch = read_zip(
        {
            f"{FOLDER}followers_1.html": page(
                linked("ana.m", "Jan 01, 2025 10:00 am"), headed("ben_", "Jan 02, 2025 1:00 pm")
            ),
            f"{FOLDER}following.html": page(headed("only.following", "Jan 01, 2025 10:00 am"), title="Following"),
            f"{FOLDER}blocked_profiles.html": page(headed("ben_", "Jan 01, 2025 10:00 am"), title="Blocked"),
            "your_instagram_activity/threads/followers.html": page(
                '<h2>Ana</h2><a href="https://www.threads.com/@ana.m">ana.m</a><div>Jan 01, 2025 10:00 am</div>'
            ),
        }
    )
    assert [(p.network.value, p.key, p.do_not_write) for p in batch.people] == [
        ("instagram", "ana.m", False),
        ("instagram", "ben_", True),
        ("threads", "ana.m", False),
    ]
    assert batch.people[1].followed_on == date(2025, 1, 2)
    assert batch.people[2].name == "Ana"


@pytest.mark.parametrize(
    ("title", "what"),
    [("Following", "that you follow"), ("Enge Freunde (Anfragen)", "another list"), ("", "says whose")],
)
def test_a_page_of_another_list_is_named(refused, title, what):
    assert what in refused(page(headed("ana.m", "Jan 01, 2025"), title=title), "page.html").message


def test_a_renamed_page_is_known_by_its_heading(read):
    batch = read(page(linked("ana.m", "1. Januar 2025"), title="Follower:innen"), "liste.htm")
    assert handles(batch) == ["ana.m"]


def test_a_renamed_page_in_a_download_is_known_by_its_folder(read_zip):
    files = {
        f"{FOLDER}a.html": page(linked("ana.m", "Jan 01, 2025"), title="Seguidores"),
        "your_instagram_activity/messages/inbox/followers_1/message_1.html": page(
            linked("not.me", "x"), title="Followers"
        ),
    }
    assert handles(read_zip(files)) == ["ana.m"]


def test_json_is_taken_where_both_are_there(read_zip):
    files = {
        f"{FOLDER}followers_1.html": page(linked("from.page", "Jan 01, 2025")),
        f"{FOLDER}followers_1.json": [entry("from.json")],
    }
    assert handles(read_zip(files)) == ["from.json"]


def test_a_file_cut_short_gives_what_is_left(read, refused, read_zip):
    source = json.dumps([entry(f"user{number}") for number in range(50)], indent=1)
    batch = read(source[: len(source) // 2], "followers_1.json")
    assert 20 <= len(batch.people) <= 25
    assert batch.whole == frozenset()
    assert "cut short" in batch.problems[0].reason
    assert "Download it again" in batch.problems[0].reason
    assert "cut short" in refused(source[:60], "followers_1.json").message
    both = read_zip({f"{FOLDER}followers_1.json": [entry("ana.m")], f"{FOLDER}followers_2.json": "[{]"})
    assert handles(both) == ["ana.m"]
    assert both.whole == frozenset()


def test_a_page_cut_short_is_not_the_whole_list(read):
    source = page(linked("ana.m", "Jan 01, 2025"), linked("ben_", "Jan 02, 2025"))
    batch = read(source[: source.index("Jan 02") + 5], "followers_1.html")
    assert [(p.key, p.followed_on) for p in batch.people] == [("ana.m", date(2025, 1, 1)), ("ben_", None)]
    assert batch.whole == frozenset()
    assert "cut short" in batch.problems[0].reason
    assert read(source, "followers_1.html").whole == {Network.INSTAGRAM}


def test_a_damaged_part_in_a_download_is_told(read):
    files = {f"{FOLDER}followers_{part}.json": [entry(f"user{part}{n}") for n in range(50)] for part in (1, 2)}
    content = bytearray(zipped(files))
    at = content.index(b"followers_2.json") + len("followers_2.json") + 20
    content[at : at + 40] = b"\xff" * 40
    batch = read(bytes(content), "instagram.zip")
    assert len(batch.people) == 50
    assert "followers_2.json" in batch.problems[0].reason
    assert batch.whole == frozenset()


def test_the_order_of_files_and_entries_plays_no_part(read_zip):
    users = [f"user{number}" for number in range(40)]
    files = {
        f"{FOLDER}followers_1.json": [entry(user) for user in users[:25]],
        f"{FOLDER}followers_2.json": [entry(user) for user in users[25:]],
        f"{FOLDER}blocked_profiles.json": keyed("blocked_users", "user3", make=titled),
    }
    expected = {(p.key, p.followed_on, p.do_not_write) for p in read_zip(files).people}
    shuffler = random.Random(7)
    for content in list(files.values())[:2]:
        shuffler.shuffle(content)
    turned = read_zip(dict(reversed(files.items())))
    assert {(p.key, p.followed_on, p.do_not_write) for p in turned.people} == expected


def test_a_hundred_thousand_followers_are_read_in_two_seconds(saved):
    files = {
        f"{FOLDER}followers_{part + 1}.json": [entry(f"user.{part}.{number}") for number in range(10_000)]
        for part in range(10)
    }
    path = saved(zipped(files), "instagram.zip")
    start = time.perf_counter()
    batch = followers.read(path)
    assert len(batch.people) == 100_000
    assert batch.whole == {Network.INSTAGRAM}
    assert time.perf_counter() - start < 8  # four times what is promised, for slow machines


def test_a_thousand_files_are_no_burden(saved):
    files = {f"{FOLDER}followers_{part}.json": [entry(f"user{part}")] for part in range(1, 501)}
    files |= {f"messages/inbox/x{part}/message_1.json": {"messages": []} for part in range(500)}
    batch = followers.read(saved(zipped(files), "instagram.zip"))
    assert len(batch.people) == 500
    assert batch.whole == {Network.INSTAGRAM}


def test_progress_and_stopping(saved):
    path = saved(json.dumps([entry(f"user{number}") for number in range(5_000)]), "followers_1.json")
    told = []
    followers.read(path, progress=lambda done, total: told.append((done, total)))
    assert told[0] == (0, 5_000)
    assert told[-1] == (5_000, 5_000)
    with pytest.raises(followers.Cancelled):
        followers.read(path, cancelled=lambda: True)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def _places(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _places(inner, (*path, key))


def _put(value, path, junk):
    if not path:
        return junk
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = _put(copy[path[0]], path[1:], junk)
    return copy


@pytest.mark.parametrize(
    "content",
    [
        [entry("ana.m"), titled("ben_"), labelled("cleo")],
        keyed("followers", "ana.m", "ben_"),
        {"followers": {"ana.m": "2019-05-01T10:00:00"}, "following": {"ben_": "2019-05-01T10:00:00"}},
        {"text_post_app_text_post_app_followers": [thread("ana.m", "Ana")]},
        keyed("blocked_users", "troll", make=titled),
    ],
    ids=["bare", "keyed", "2020", "threads", "blocked"],
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_happens_to_a_file_it_is_read_or_refused(saved, content, data):
    for _ in range(data.draw(st.integers(0, 3))):
        content = _put(content, data.draw(st.sampled_from(list(_places(content)))), data.draw(JUNK))
    source = json.dumps(content)
    source = source[: data.draw(st.integers(0, len(source)))] if data.draw(st.booleans()) else source
    try:
        batch = followers.read(saved(source, "followers_1.json"))
    except Expected:
        return
    assert isinstance(batch, Batch)
    for person in batch.people:
        assert person.key
        assert person.handle or person.name
        assert person.row > 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_happens_to_a_page_it_is_read_or_refused(saved, data):
    source = page(linked("ana.m", "Jan 01, 2025"), headed("ben_", "soon"))[-700:]
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(source)))
        source = (
            source[:at]
            + data.draw(st.text("<>\"'=/& ahdiv#0\n", max_size=6))
            + source[at + data.draw(st.integers(0, 9)) :]
        )
    with contextlib.suppress(Expected):
        assert isinstance(followers.read(saved(f"<html>{source}", "followers_1.html")), Batch)


@pytest.mark.parametrize(
    "source",
    [
        '[{"string_list_data":' * 50_000,
        '{"relationships_followers":' + "[" * 100_000 + "]" * 100_000 + "}",
        '[{"string_list_data":[{"href":"https://www.instagram.com/a","value":"'
        + "a" * 10_000_000
        + '","timestamp":1}]}]',
        '[{"string_list_data":[{"href":"https://www.instagram.com/a","value":"a","timestamp":' + "9" * 5_000 + "}]}]",
        '[{"string_list_data":[{"href":"https://www.instagram.com/a","value":"a","timestamp":NaN}]}]',
        '[{"string_list_data":[{"href":"https://www.instagram.com/a","value":"\\ud800a","timestamp":1e400}]}]',
        "<html>" + "<a" * 500_000,
        "<html>" + "<style>" * 200_000,
        "<html>" + '<a href="https://www.instagram.com/a">' * 50_000,
    ],
    ids=["deep", "deep inside", "long", "digits", "nan", "surrogate", "tags", "styles", "links"],
)
def test_hostile_files_end_soon(saved, source):
    start = time.perf_counter()
    name = "followers_1.html" if source.startswith("<") else "followers_1.json"
    with contextlib.suppress(Expected):
        assert isinstance(followers.read(saved(source, name)), Batch)
    assert time.perf_counter() - start < 10


def test_the_title_of_a_page_is_nobodys_name(read):
    batch = read(page(linked("ana.m", "Jan 01, 2025 10:00 am"), title="Seguidores"), "followers_1.html")
    assert [(person.key, person.name) for person in batch.people] == [("ana.m", "ana.m")]


def test_nor_is_a_heading_that_repeats_the_title(read):
    source = page(linked("ana.m", "Jan 01, 2025 10:00 am"), title="Seguidores")
    batch = read(source.replace("h1>", "h2>"), "followers_1.html")
    assert [(person.key, person.name) for person in batch.people] == [("ana.m", "ana.m")]
