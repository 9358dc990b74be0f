import json
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from warmnote import followers
from warmnote.followers import container
from warmnote.followers.x.elements import Elements
from warmnote.model import Fact, Link, MessageKind, Network

ME, ANA, WILL, ZOE = "42", "1432874569021935616", "98765432", "1203000000000001936"
SENT, RECEIVED = MessageKind.SENT, MessageKind.RECEIVED


def js(name: str, value: object, part: int = 0, indent: int | None = 2) -> str:
    return f"window.YTD.{name}.part{part} = {json.dumps(value, indent=indent)}"


def follower(number: str) -> dict[str, object]:
    return {"follower": {"accountId": number, "userLink": f"https://twitter.com/intent/user?user_id={number}"}}


def post(number: int, *mentions: tuple[str, str, str], reply: tuple[str, str] | None = None) -> dict[str, object]:
    found: dict[str, object] = {
        "id_str": str(1600000000000000000 + number),
        "full_text": 'A {post} with "user_mentions" : [ in it',
        "entities": {
            "user_mentions": [
                {"id_str": one, "screen_name": handle, "name": name, "indices": ["0", "4"]}
                for one, handle, name in mentions
            ]
        },
    }
    if reply:
        found |= {"in_reply_to_user_id_str": reply[0], "in_reply_to_screen_name": reply[1]}
    return {"tweet": found}


def talk(other: str, *messages: tuple[str, str, str], name: str = "") -> dict[str, object]:
    said = [
        {"messageCreate": {"senderId": by, "recipientId": ME if by == other else other, "createdAt": at, "text": words}}
        for by, at, words in messages
    ]
    return {"dmConversation": {"conversationId": name or f"{ME}-{other}", "messages": said}}


def manifest(**more: object) -> str:
    info = {"generationDate": "2026-11-20T05:46:38.082Z", "isPartialArchive": False} | more.pop("info", {})
    value = {"userInfo": {"accountId": ME, "userName": "mia"}, "archiveInfo": info, **more}
    return f"window.__THAR_CONFIG = {json.dumps(value)};"


def zipped(members: dict[str, str | bytes], folder: str = "data/") -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(folder + name, content)
    return buffer.getvalue()


FOLLOWERS = js("follower", [follower(ANA), follower(WILL), follower(ZOE)])
ACCOUNT = js("account", [{"account": {"accountId": ME, "username": "mia"}}])


def test_a_single_list_of_followers(read):
    batch = read(FOLLOWERS, "follower.js")
    assert (batch.source, batch.network, batch.origin, batch.whole) == (
        "X followers",
        Network.X,
        "follower.js",
        frozenset({Network.X}),
    )
    assert [(person.row, person.key, person.name) for person in batch.people] == [
        (1, ANA, "X user …5616"),
        (2, WILL, "X user …5432"),
        (3, ZOE, "X user …1936"),
    ]
    assert {(person.follows, person.followed_on, person.handle) for person in batch.people} == {(True, None, "")}
    assert batch.people[0].url == f"https://x.com/i/user/{ANA}"
    assert (batch.skipped, batch.problems) == ((), ())
    assert "newest first" in batch.notes[0]


@pytest.mark.parametrize(
    "content",
    [
        FOLLOWERS.encode("utf-8-sig"),
        (FOLLOWERS + ";\n").encode(),
        FOLLOWERS.replace("\n", "\r\n").encode("utf-16"),
        js("follower", [follower(one) for one in (ANA, WILL, ZOE)], indent=None).replace(" = ", "=").encode(),
        FOLLOWERS.partition("= ")[2].encode(),
    ],
)
def test_every_way_the_list_is_saved(read, content):
    assert [person.key for person in read(content, "x.txt").people] == [ANA, WILL, ZOE]


def test_an_archive_with_parts_of_the_list_in_a_folder_of_its_own(read):
    names = ["follower.js", *(f"follower-part{n}.js" for n in range(1, 11))]
    parts = {name: js("follower", [follower(str(100 + n))], n) for n, name in enumerate(names)}
    batch = read(zipped({**parts, "account.js": ACCOUNT}, "twitter-2026-11-01-ab12/data/"), "download.zip")
    assert [(person.row, person.key) for person in batch.people] == [(n + 1, str(100 + n)) for n in range(11)]
    assert (batch.whole, batch.exported_on) == ({Network.X}, date(2026, 11, 1))


def test_names_come_from_mentions_and_replies_and_the_latest_wins(read):
    posts = [
        post(5, (ANA, "ana_new", "Ana &amp; Co 🚀"), ("7", "stranger", "Stranger")),
        post(3, (ANA, "ana_old", "Ana"), (WILL, "will", "Will Brandt")),
        post(9, reply=(WILL, "will_now")),
        post(4, (ZOE, "", "")),
        post(8, (ZOE, "not a handle", "")),
        {"in_reply_to_user_id_str": ZOE, "in_reply_to_screen_name": "zoe"},  # as the first archives had it
    ]
    for order in (posts, posts[::-1]):
        members = {
            "follower.js": FOLLOWERS,
            "tweets.js": js("tweets", order[:2]),
            "tweets-part1.js": js("tweets", order[2:], 1),
        }
        batch = read(zipped(members), "x.zip")
        assert [(person.name, person.handle) for person in batch.people] == [
            ("Ana & Co 🚀", "ana_new"),
            ("Will Brandt", "will_now"),
            ("zoe", "zoe"),
        ]
        assert "Your own posts name 3 of 3." in batch.notes


def test_the_ends_of_each_talk_are_kept(read):
    messages = [(ANA if n % 2 else ME, f"2026-06-0{n + 1}T10:00:00.000Z", f"Words {n}") for n in range(8)]
    stranger = talk("77", ("77", "2026-06-01T10:00:00.000Z", "Hi &lt;3"))
    for order in (messages, messages[::-1]):
        members = {
            "follower.js": FOLLOWERS,
            "account.js": ACCOUNT,
            "direct-messages.js": js("direct_messages", [talk(ANA, *order), stranger]),
        }
        ana, will, _, other = read(zipped(members), "x.zip").people
        assert [(message.kind, message.text) for message in ana.messages] == [
            (SENT, "Words 0"),
            (RECEIVED, "Words 1"),
            (SENT, "Words 6"),
            (RECEIVED, "Words 7"),
        ]
        assert ana.messages[0].at == datetime(2026, 6, 1, 10, tzinfo=UTC)
        assert {message.channel for message in ana.messages} == {"x-message"}
        assert will.messages == ()
        assert (other.key, other.only_known, other.follows, other.messages[0].text) == ("77", True, False, "Hi <3")


def test_a_shortened_link_is_shown_as_it_leads_and_a_picture_is_named(read):
    first = talk(ANA, (ANA, "2026-06-01T10:00:00.000Z", "Look: https://t.co/x"))
    said = first["dmConversation"]["messages"]
    said[0]["messageCreate"]["urls"] = [
        {"url": "https://t.co/x", "expanded": "https://clay.example", "display": "clay"}
    ]
    second = talk(WILL, (WILL, "2026-06-01T10:00:00.000Z", ""))
    second["dmConversation"]["messages"][0]["messageCreate"]["mediaUrls"] = ["https://ton.example/1"]
    members = {"follower.js": FOLLOWERS, "direct-messages.js": js("direct_messages", [first, second])}
    ana, will, _ = read(zipped(members), "x.zip").people  # the owner is who has a part in both
    assert (ana.messages[0].text, will.messages[0].text) == ("Look: https://clay.example", "(a picture)")


def test_talks_of_several_are_left_out_and_an_unknown_side_is_said(read):
    group = talk(ANA, (ANA, "2026-06-01T10:00:00.000Z", "All"), (WILL, "2026-06-01T10:00:00.000Z", "Hi"), name="1599")
    members = {"follower.js": FOLLOWERS, "account.js": ACCOUNT, "direct-messages.js": js("direct_messages", [group])}
    batch = read(zipped(members), "x.zip")
    assert not any(person.messages for person in batch.people)
    assert "1 conversation of several people" in " ".join(batch.notes)
    alone = talk(ANA, (ANA, "2026-06-01T10:00:00.000Z", "Hi"))
    batch = read(zipped({"follower.js": FOLLOWERS, "direct-messages.js": js("direct_messages", [alone])}), "x.zip")
    assert "which account is yours" in " ".join(batch.notes)


def test_whoever_is_blocked_is_not_written_to(read):
    blocked = [{"blocking": {"accountId": one, "userLink": ""}} for one in (WILL, "66")]
    members = {
        "follower.js": FOLLOWERS,
        "block.js": js("block", blocked),
        "mute.js": js("mute", [{"muting": {"accountId": ANA}}]),
        "following.js": js("following", [{"following": {"accountId": "55"}}]),
    }
    batch = read(zipped(members), "x.zip")
    assert {person.key: (person.do_not_write, person.only_known) for person in batch.people} == {
        ANA: (False, False),
        WILL: (True, False),
        ZOE: (False, False),
        "66": (True, True),
    }


def test_the_archives_own_account_is_nobody_to_write_to(read):
    batch = read(zipped({"follower.js": js("follower", [follower(ME), follower(ANA)]), "account.js": ACCOUNT}), "x.zip")
    assert [person.key for person in batch.people] == [ANA]
    assert batch.skipped[0].reason == "this is your own account"


def test_the_manifest_tells_the_day_and_what_is_missing(read):
    listed = {
        "follower": {"files": [{"fileName": "data/follower.js", "globalName": "YTD.follower.part0", "count": "3"}]}
    }
    batch = read(zipped({"follower.js": FOLLOWERS, "manifest.js": manifest(dataTypes=listed)}), "x.zip")
    assert (batch.exported_on, batch.whole) == (date(2026, 11, 20), {Network.X})

    listed["follower"]["files"].append({"fileName": "data/follower-part1.js", "count": "2"})
    batch = read(zipped({"follower.js": FOLLOWERS, "manifest.js": manifest(dataTypes=listed)}), "x.zip")
    assert (len(batch.people), batch.whole) == (3, frozenset())
    assert "lacks follower-part1.js" in " ".join(batch.notes)

    listed["follower"]["files"] = [{"fileName": "data/follower.js", "count": "5"}]
    batch = read(zipped({"follower.js": FOLLOWERS, "manifest.js": manifest(dataTypes=listed)}), "x.zip")
    assert batch.whole == frozenset()
    assert "should hold 5 followers and holds 3" in " ".join(batch.notes)

    partial = manifest(info={"isPartialArchive": True})
    batch = read(zipped({"follower.js": FOLLOWERS, "manifest.js": partial}), "x.zip")
    assert batch.whole == frozenset()
    assert "in several zips" in " ".join(batch.notes)


def test_a_part_that_is_missing_without_a_manifest(read):
    members = {"follower.js": FOLLOWERS, "follower-part2.js": js("follower", [follower("5")], 2)}
    batch = read(zipped(members), "x.zip")
    assert (len(batch.people), batch.whole) == (4, frozenset())
    assert "follower-part1.js" in " ".join(batch.notes)
    alone = read(members["follower-part2.js"], "follower-part2.js")
    assert (len(alone.people), alone.whole) == (1, frozenset())


def test_entries_that_are_wrong_are_skipped_with_their_number(read):
    link = "https://twitter.com/intent/user?user_id="
    entries = [
        follower(ANA),
        follower(ANA),
        {"follower": {"accountId": "1.43287E+18", "userLink": link + WILL}},
        {"follower": {"accountId": "1.43287E+18"}},
        {"follower": {"accountId": int(ZOE)}},
        {"follower": {"accountId": 1.5, "userLink": None}},
        {"follower": ["x"]},
        None,
        7,
        "x",
        [[]],
        {"follower": {"accountId": "0"}},
        {"follower": {"accountId": "9" * 40, "userLink": link + "9" * 40}},
    ]
    batch = read(js("follower", entries), "follower.js")
    assert [(person.row, person.key) for person in batch.people] == [(1, ANA), (3, WILL), (5, ZOE)]
    assert batch.skipped[0].reason == "the same person as in row 1"
    assert [skip.row for skip in batch.skipped] == [2, 4, 6, 7, 8, 9, 10, 11, 12, 13]


@pytest.mark.parametrize("cut", [2, 40, 100, 200])
def test_a_list_that_breaks_off_keeps_what_is_complete(read, cut):
    content = js("follower", [follower(str(1000 + n)) for n in range(50)])
    batch = read(content[:-cut], "follower.js")
    assert len(batch.people) == content[:-cut].count("\n  }") >= 48
    assert batch.whole == frozenset()
    assert "breaks off after" in " ".join(batch.notes)


def test_what_cannot_be_read_at_all_is_said(refused, read):
    assert "cut short or damaged" in refused('window.YTD.follower.part0 = [ { "follower" : {', "follower.js").message
    assert "cut short or damaged" in refused("window.YTD.follower.part0 = " + "[" * 100_000, "follower.js").message
    members = {"follower.js": FOLLOWERS, "tweets.js": js("tweets", [post(1, (ANA, "ana", "Ana"))])[:-40]}
    batch = read(zipped(members), "x.zip")
    assert batch.whole == {Network.X}  # the list itself is complete
    assert "“tweets.js” breaks off after 0 entries" in " ".join(batch.notes)


def test_an_empty_list_is_not_taken_for_a_list_of_nobody(read):
    batch = read("window.YTD.follower.part0 = [ ]", "follower.js")
    assert (batch.people, batch.whole) == ((), frozenset())
    assert batch.notes == ("The list of followers is empty.",)


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("following", [{"following": {"accountId": "5"}}], "whom you follow"),
        ("tweets", [post(1)], "your posts"),
        ("direct_messages", [talk(ANA)], "your messages"),
        ("account", [{"account": {}}], "your own account"),
        ("block", [], "whom you blocked"),
        ("ad_impressions", [], "part of an X archive"),
    ],
)
def test_another_file_of_the_archive_is_named(refused, name, value, what):
    told = refused(js(name, value), "something.js")
    assert what in told.message
    assert "follower.js" in told.hint


def test_an_archive_without_followers_says_what_it_holds(refused):
    told = refused(zipped({"tweets.js": js("tweets", []), "account.js": ACCOUNT, "manifest.js": manifest()}), "x.zip")
    assert "no follower.js" in told.message
    assert "account.js, manifest.js, tweets.js" in told.message
    assert told.hint


def test_the_archives_of_before_2018_hold_no_followers(refused):
    members = {
        "tweets.csv": "tweet_id,timestamp,text,name\n1,2012-01-01,Hello,x\n",
        "data/js/tweets/2012_01.js": "Grailbird.data.tweets_2012_01 = [ ]",
        "data/js/user_details.js": "var user_details = {}",
    }
    assert "until 2018" in refused(zipped(members, ""), "x.zip").message
    assert "until 2018" in refused("Grailbird.data.tweets_2012_01 = [ {} ]", "2012_01.js").message


def test_of_two_archives_the_later_is_read(saved):
    for day, one in (("2026-11-01", ANA), ("2025-01-01", WILL)):
        path = saved(js("follower", [follower(one)]), f"all/twitter-{day}-ab/data/follower.js")
    batch = followers.read(path.parents[2])
    assert [person.key for person in batch.people] == [ANA]
    assert "twitter-2025-01-01-ab/data" in " ".join(batch.notes)


def test_long_posts_are_read_in_pieces(read, monkeypatch):
    monkeypatch.setattr(container.Container, "read", None)
    posts = [post(n, (ANA, f"ana{n}", "Ana " + "x" * 400)) for n in range(5_000)]
    batch = read(zipped({"follower.js": FOLLOWERS, "tweets.js": js("tweets", posts)}), "x.zip")
    assert batch.people[0].handle == "ana4999"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_elements_do_not_depend_on_where_the_pieces_end(size, monkeypatch):
    monkeypatch.setattr("warmnote.followers.x.elements._PIECE", 40)
    values = [{"a": 'é🚀\\"]}', "b": [1, -2.5e3, True, None]}, [], 12345, "x", {"c": {"d": " " * 90}}]
    content = js("x", values).encode()
    elements = Elements(content[start : start + size] for start in range(0, len(content), size))
    assert list(elements) == values
    assert not elements.broken


# Lists of profiles in JSON


def profile(**more: object) -> dict[str, object]:
    return {
        "id": ANA,
        "screen_name": "AnaMoreno",
        "name": "Ana Moreno",
        "description": "Potter.\nGlaze & salt.",
        "followers_count": 12,
        "location": "Faro",
        "website": "https://github.com/anamoreno",
        "followed_by": True,
        "created_at": "2009-01-01 10:00:00 +00:00",
    } | more


def test_an_exporters_json(read):
    batch = read(json.dumps([profile(), profile(id=WILL, screen_name="will", name="", website=None)]), "followers.json")
    ana, will = batch.people
    assert (batch.source, batch.network, batch.whole) == ("X followers", Network.X, frozenset())
    assert (ana.key, ana.handle, ana.name, ana.bio, ana.location) == (
        ANA,
        "AnaMoreno",
        "Ana Moreno",
        "Potter.\nGlaze & salt.",
        "Faro",
    )
    assert (ana.url, ana.followed_on) == (f"https://x.com/i/user/{ANA}", None)
    assert ana.facts == (Fact("website", "https://github.com/anamoreno", "X profile"),)
    assert ana.links == (Link(Network.GITHUB, "@anamoreno"),)
    assert (will.name, will.facts, will.links) == ("will", (), ())


def test_a_json_list_updates_the_person_of_an_archive(read):
    (archived,) = read(js("follower", [follower(ANA)]), "follower.js").people
    (exported,) = read(json.dumps([profile()]), "followers.json").people
    assert archived.key == exported.key
    assert followers.earlier_keys(exported) == ("@anamoreno",)


def test_those_who_do_not_follow_are_left_out(read, refused):
    entries = [profile(), profile(id=WILL, followed_by=False), profile(id=ZOE, followed_by="NO"), {}, None]
    batch = read(json.dumps(entries), "x.json")
    assert [person.key for person in batch.people] == [ANA]
    assert [skip.row for skip in batch.skipped] == [2, 3, 4, 5]
    told = refused(json.dumps(entries[1:3]), "x.json")
    assert "Nobody" in told.message
    assert told.hint


def test_a_number_that_a_spreadsheet_has_ruined_falls_back_on_the_handle(read):
    batch = read(json.dumps([profile(id=1.43287e18), profile(id="1.43E+18", screen_name="will")]), "x.json")
    assert [person.key for person in batch.people] == ["@anamoreno", "@will"]
    assert [problem.row for problem in batch.problems] == [2]


@pytest.mark.parametrize(
    ("content", "people"),
    [
        (f"ID,Screen Name,Profile Name,Description,Created At,URL\n{ANA},AnaMoreno,Ana Moreno,Potter,2009-01-01,https://x.com/AnaMoreno\n",
         [(ANA, "Ana Moreno", "Potter")]),
        (f"id,screen_name,name,description\n{ANA},AnaMoreno,Ana Moreno,Potter\n", [(ANA, "Ana Moreno", "Potter")]),
        (f"ID,NAME,USER,FOLLOWED,FOLLOWERS,FOLLOWING,LISTED\n{ANA},Ana Moreno,AnaMoreno,1,2,3,4\n", [(ANA, "Ana Moreno", "")]),
        (f"username,userId,name,bio,location,websiteUrl,followersCount\nAnaMoreno,{ANA},Ana Moreno,Potter,Faro,,1\n",
         [(ANA, "Ana Moreno", "Potter")]),
        (f"id,name,username,bio,location,url,join_date\n{ANA},Ana Moreno,anamoreno,Potter,Faro,,2009\n",
         [(ANA, "Ana Moreno", "Potter")]),
        ("id,screen_name,name,description\n1.43287E+18,AnaMoreno,Ana Moreno,Potter\n", [("@anamoreno", "Ana Moreno", "Potter")]),
    ],
)  # fmt: skip
def test_the_tables_of_tools_give_the_same_people(read, content, people):
    batch = read("\ufeff" + content, "followers.csv")
    assert [(person.key, person.name, person.bio) for person in batch.people] == people
    assert batch.network is Network.X
    assert batch.people[0].followed_on is None
