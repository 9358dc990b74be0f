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

FANS = [{"Date": "2024-03-01 23:59:59", "UserName": "Ana.M"}, {"Date": "2024-03-02 09:15:00", "UserName": "ben_22"}]
FOLLOWS = [{"Date": "2024-05-01 08:15:00", "UserName": "only.followed"}]
LISTS = {"Follower": {"FansList": FANS}, "Following": {"Following": FOLLOWS}}


def blocks(*users, labels=("Date", "Username"), end="\n", day="2024-03-01 23:59:59 UTC"):
    return end.join(f"{labels[0]}: {day}{end}{labels[1]}: {user}{end}" for user in users)


def zipped(files):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, str | bytes) else json.dumps(content))
    return buffer.getvalue()


def handles(batch):
    return [person.handle for person in batch.people]


@pytest.mark.parametrize(
    "content",
    [
        {"Comment": {"Comments": {"CommentsList": None}}, "Profile And Settings": LISTS},
        {"Your Activity": LISTS, "Profile And Settings": {"Follower": None}},
        {"Activity": {"Follower List": {"FansList": FANS}, "Following List": {"Following": FOLLOWS}}},
        {"profile and settings": {"follower": {"fanslist": FANS}}},
        {"Profile And Settings": {"Follower": {"FansList": None}}, "Activity": {"Follower List": {"FansList": FANS}}},
        {"Profile": {"Followers": FANS}, "App Settings": {}},
        {"Somewhere": {"Else": {"FansList": FANS}}},
    ],
    ids=["2025", "2024", "2020", "other case", "null first", "profile", "elsewhere"],
)
@pytest.mark.parametrize("name", ["user_data_tiktok.json", "x.json"])
def test_every_year(read, name, content):
    batch = read(json.dumps(content), name)
    assert (batch.source, batch.network, batch.skipped, batch.problems) == ("TikTok followers", Network.TIKTOK, (), ())
    ana, ben = batch.people
    assert (ana.network, ana.key, ana.handle, ana.name, ana.row) == (Network.TIKTOK, "ana.m", "Ana.M", "Ana.M", 1)
    assert ana.url == "https://www.tiktok.com/@Ana.M"
    assert (ana.followed_on, ana.followed_known) == (date(2024, 3, 1), Knowledge.EXACT)
    assert (ben.key, ben.row) == ("ben_22", 2)
    assert batch.whole == {Network.TIKTOK}
    assert any("no bios" in note for note in batch.notes)


def test_other_spellings_of_the_fields(read):
    fans = [
        {"date": "2024-03-01T23:59:59Z", "username": "@ana.m"},
        {"Date": 1_709_251_200, "uniqueId": "ben_22"},
        {"User Name": "cleo", "Date": ""},
        "dora",
    ]
    batch = read(json.dumps({"Your Activity": {"Follower": {"FansList": fans}}}), "user_data.json")
    assert handles(batch) == ["ana.m", "ben_22", "cleo", "dora"]
    assert [p.followed_on for p in batch.people] == [date(2024, 3, 1), date(2024, 3, 1), None, None]
    assert batch.problems == ()


def test_a_download_with_years_of_messages_before_the_followers(read):
    chat = {"Direct Message": {"ChatHistory": {"x": [{"Content": "y" * 200_000}]}}, "Z": LISTS}
    assert handles(read(json.dumps(chat), "renamed.json")) == ["Ana.M", "ben_22"]
    assert handles(read(zipped({"TikTok/user_data_tiktok.json": chat}), "t.zip")) == ["Ana.M", "ben_22"]


def test_whoever_is_blocked_is_marked(read):
    blocked = {"BlockList": [{"Date": "2024-05-05 01:01:01", "UserName": "ANA.m"}, {"UserName": "troll"}, None]}
    for section in ("Block List", "Block"):
        batch = read(json.dumps({"Profile And Settings": {**LISTS, section: blocked}}), "user_data_tiktok.json")
        assert [(p.key, p.do_not_write, p.only_known, p.follows) for p in batch.people] == [
            ("ana.m", True, False, True),
            ("ben_22", False, False, True),
            ("troll", True, True, False),
        ]
        assert any("2 that you blocked are marked" in note for note in batch.notes)


@pytest.mark.parametrize(
    ("file", "labels"),
    [
        ("Follower.txt", ("Date", "Username")),
        ("Follower List.txt", ("Date", "UserName")),
        ("Volger.txt", ("Datum", "Gebruikersnaam")),
        ("Follower.txt", ("Datum", "Nutzername")),
        ("Abonnés.txt", ("Date", "Nom d’utilisateur")),
        ("seguidores.txt", ("Fecha", "Usuario")),
        ("Takipçiler.txt", ("Tarih", "???")),
        ("list.txt", ("Date", "Username")),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_text_files_in_any_language(read, file, labels, end):
    batch = read(blocks("Ana.M", "ben_22", labels=labels, end=end), file)
    assert [(p.key, p.followed_on) for p in batch.people] == [
        ("ana.m", date(2024, 3, 1)),
        ("ben_22", date(2024, 3, 1)),
    ]
    assert batch.whole == {Network.TIKTOK}


def test_a_download_of_text_files(read):
    files = {
        "TikTok_Data_17/Profiel/Blokkeringslijst.txt": blocks("ben_22"),
        "TikTok_Data_17/Profiel/Volgend.txt": blocks("only.followed"),
        "TikTok_Data_17/Profiel/Volger.txt": blocks("Ana.M", "ben_22").encode("utf-16"),
        "TikTok_Data_17/Profiel/Zoekopdrachten.txt": blocks("cats", labels=("Datum", "Zoekterm")),
        "TikTok_Data_17/Kijkgeschiedenis.txt": blocks("https://www.tiktokv.com/1", labels=("Datum", "Link")),
    }
    batch = read(zipped(files), "TikTok.zip")
    assert [(p.key, p.do_not_write) for p in batch.people] == [("ana.m", False), ("ben_22", True)]


def test_the_lines_of_a_block_in_either_order_and_without_gaps(read):
    turned = "Username: ana.m\nDate: 2024-03-01 10:00:00 UTC\n\nUsername: ben_22\nDate: 2024-03-02 10:00:00 UTC\n"
    packed = "Date: 2024-03-01 10:00:00 UTC\nUsername: ana.m\nDate: 2024-03-02 10:00:00 UTC\nUsername: ben_22"
    for content in (turned, packed):
        batch = read(content, "Follower.txt")
        assert [(p.key, p.followed_on) for p in batch.people] == [
            ("ana.m", date(2024, 3, 1)),
            ("ben_22", date(2024, 3, 2)),
        ]


def test_text_files_whose_names_say_nothing(refused, read):
    files = {"TikTok Data/a.txt": blocks("ana.m"), "TikTok Data/b.txt": blocks("ben_22")}
    told = refused(zipped(files), "t.zip")
    assert "“a.txt”, “b.txt”" in told.message
    assert told.hint
    assert handles(read(zipped({**files, "TikTok Data/Follower.txt": blocks("cleo")}), "t.zip")) == ["cleo"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("user_data_tiktok.json", {"Profile And Settings": {"Following": {"Following": FOLLOWS}}}),
        ("user_data_tiktok.json", {"Your Activity": {"Watch History": {"VideoList": []}}}),
        ("Following.txt", blocks("only.followed")),
        ("Volgend.txt", blocks("only.followed", labels=("Datum", "Gebruikersnaam"))),
    ],
)
def test_another_list_says_what_to_choose(refused, name, content):
    told = refused(content if isinstance(content, str) else json.dumps(content), name)
    assert "TikTok" in told.message
    assert "followers" in told.hint


def test_an_empty_list_says_nothing_about_absence(read):
    for fans in (None, []):
        batch = read(json.dumps({"Your Activity": {"Follower": {"FansList": fans}}}), "user_data.json")
        assert (batch.people, batch.whole) == ((), frozenset())
        assert "is empty" in batch.notes[0]


def test_odd_entries_are_left_out_with_a_reason(read):
    odd = [None, {}, {"UserName": None, "Date": "2024-01-01"}, {"UserName": 5}, {"UserName": "two words"}, []]
    odd += [{"UserName": "late", "Date": "later"}, {"UserName": "never", "Date": {"x": 1}}]
    batch = read(json.dumps({"Your Activity": {"Follower": {"FansList": [*odd, *FANS, FANS[0]]}}}), "user_data.json")
    assert handles(batch) == ["late", "never", "Ana.M", "ben_22"]
    assert [problem.row for problem in batch.skipped] == [1, 2, 3, 4, 5, 6, 11]
    assert "“two words” is not the name of an account" in [problem.reason for problem in batch.skipped]
    assert "row 9" in batch.skipped[-1].reason
    assert [problem.row for problem in batch.problems] == [7, 8]


def test_the_same_account_twice_keeps_the_earlier_day(read):
    fans = [
        {"Date": f"2024-0{month}-01 08:00:00", "UserName": user} for month, user in ((3, "ana"), (2, "ANA"), (4, "ana"))
    ]
    batch = read(json.dumps({"Your Activity": {"Follower": {"FansList": fans}}}), "user_data.json")
    assert [(p.key, p.followed_on, p.row) for p in batch.people] == [("ana", date(2024, 2, 1), 1)]


def test_a_file_cut_short_gives_what_is_left(read, refused):
    fans = [{"Date": "2024-03-01 08:15:00", "UserName": f"user{number}"} for number in range(50)]
    source = json.dumps({"Comment": {}, "Profile And Settings": {"Follower": {"FansList": fans}}})
    batch = read(source[: len(source) // 2], "user_data_tiktok.json")
    assert 20 <= len(batch.people) <= 25
    assert batch.whole == frozenset()
    assert "cut short" in batch.problems[0].reason
    assert "before the list of your followers" in refused(source[:60], "user_data_tiktok.json").message


def test_a_text_file_cut_short_is_not_the_whole_list(read):
    source = blocks("ana.m", "ben_22")
    batch = read(source[:-4], "Follower.txt")
    assert handles(batch) == ["ana.m", "ben"]
    assert batch.whole == frozenset()
    assert [(problem.row, problem.reason) for problem in batch.problems] == [
        (2, "the file ends within this entry; the name may be cut short")
    ]
    dateless = read(source[: source.rindex("Username")], "Follower.txt")
    assert handles(dateless) == ["ana.m"]
    assert len(dateless.skipped) == 1


def test_text_files_help_out_where_the_json_is_damaged(read):
    files = {
        "TikTok_Data/user_data_tiktok.json": '{"Your Activity": {"Follower": ',
        "TikTok_Data/Follower.txt": blocks("ana.m"),
    }
    batch = read(zipped(files), "t.zip")
    assert handles(batch) == ["ana.m"]
    assert "cut short" in batch.problems[0].reason


def test_a_hundred_thousand_followers_are_read_in_two_seconds(saved):
    fans = [{"Date": "2024-03-01 08:15:00", "UserName": f"user{number}"} for number in range(100_000)]
    paths = [
        saved(json.dumps({"Your Activity": {"Follower": {"FansList": fans}}}), "user_data.json"),
        saved(blocks(*(fan["UserName"] for fan in fans)), "Follower.txt"),
    ]
    for path in paths:
        start = time.perf_counter()
        assert len(followers.read(path).people) == 100_000
        assert time.perf_counter() - start < 8  # four times what is promised, for slow machines


JUNK = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just([]) | st.just({"a": [None]})
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_happens_to_a_file_it_is_read_or_refused(saved, data):
    source = json.dumps({"Profile And Settings": {**LISTS, "Block": {"BlockList": FANS[:1]}}, "Your Activity": LISTS})
    for _ in range(data.draw(st.integers(0, 3))):
        value = json.loads(source)
        place = value
        while keys := list(place) if isinstance(place, dict) else list(range(len(place))):
            key = data.draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and data.draw(st.integers(0, 3)):
                place = place[key]
                continue
            place[key] = data.draw(JUNK)
            break
        source = json.dumps(value)
    if data.draw(st.booleans()):
        source = source[: data.draw(st.integers(0, len(source)))]
    with contextlib.suppress(Expected):
        batch = followers.read(saved(source, "user_data_tiktok.json"))
        assert isinstance(batch, Batch)
        assert all(person.handle and person.key for person in batch.people)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_happens_to_a_text_file_it_is_read_or_refused(saved, data):
    source = blocks("ana.m", "ben_22", "cleo")
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(source)))
        source = source[:at] + data.draw(st.text(max_size=5)) + source[at + data.draw(st.integers(0, 30)) :]
    content = source.encode("utf-8", "surrogatepass")
    with contextlib.suppress(Expected):
        assert isinstance(followers.read(saved(content, "Follower.txt")), Batch)


@pytest.mark.parametrize(
    "source",
    [
        '{"Your Activity":' * 60_000,
        '{"Your Activity":{"FansList":' + "[" * 100_000 + "]" * 100_000 + "}}",
        '{"Your Activity":{"FansList":[{"UserName":"' + "a" * 10_000_000 + '","Date":1}]}}',
        '{"Your Activity":{"FansList":[{"UserName":"a","Date":' + "9" * 5_000 + "}]}}",
        '{"Your Activity":{"FansList":[{"UserName":"a","Date":NaN}]}}',
        "Date: 2024-01-01 10:00:00 UTC\n" * 100_000,
        "Username: " + "a:" * 1_000_000,
    ],
    ids=["deep", "deep inside", "long", "digits", "nan", "dates only", "colons"],
)
def test_hostile_files_end_soon(saved, source):
    start = time.perf_counter()
    with contextlib.suppress(Expected):
        assert isinstance(
            followers.read(saved(source, "Follower.txt" if source[0] != "{" else "user_data.json")), Batch
        )
    assert time.perf_counter() - start < 10
