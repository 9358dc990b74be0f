"""How long a message is, in what each channel counts."""

import json
import os
import time
from datetime import date
from pathlib import Path

import pytest

from warmnote.channels import Channel, Channels, Length, Unit
from warmnote.model import Expected, Identity, Network

CHANNELS = Channels.load()
FAMILY = "👨‍👩‍👧‍👦"


def used(channel: str, text: str) -> int:
    return CHANNELS.get(channel).measure(text).used


@pytest.mark.parametrize(
    ("channel", "unit", "limit"),
    [
        ("x-post", Unit.X_WEIGHTED, 280),
        ("x-message", Unit.UTF16, 10_000),
        ("bluesky-message", Unit.GRAPHEMES, 1_000),
        ("bluesky-post", Unit.GRAPHEMES, 300),
        ("mastodon-post", Unit.GRAPHEMES, 500),
        ("mastodon-direct", Unit.GRAPHEMES, 500),
        ("linkedin-note", Unit.UTF16, 200),
        ("linkedin-note-premium", Unit.UTF16, 300),
        ("linkedin-message", Unit.UTF16, 8_000),
        ("linkedin-inmail", Unit.UTF16, 1_900),
        ("instagram-message", Unit.BYTES, 1_000),
        ("messenger", Unit.UTF16, 2_000),
        ("threads-post", Unit.EMOJI_BYTES, 500),
        ("whatsapp", Unit.CODE_POINTS, 4_096),
        ("telegram", Unit.UTF16, 4_096),
        ("sms", Unit.SEPTETS, 160),
        ("email", Unit.CODE_POINTS, None),
    ],
)
def test_limits_stand_in_the_data_with_their_day(channel: str, unit: Unit, limit: int | None) -> None:
    found = CHANNELS.get(channel)
    assert (found.unit, found.limit) == (unit, limit)
    assert found.checked >= date(2026, 8, 1)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (
            "Hello",
            {"x-post": 5, "bluesky-message": 5, "linkedin-message": 5, "instagram-message": 5, "threads-post": 5},
        ),
        ("café", {"x-post": 4, "bluesky-message": 4, "instagram-message": 5, "threads-post": 4}),
        ("cafe\u0301", {"x-post": 4, "bluesky-message": 4, "linkedin-message": 5, "instagram-message": 6}),
        ("🙂", {"x-post": 2, "bluesky-message": 1, "linkedin-message": 2, "instagram-message": 4, "threads-post": 4}),
        (FAMILY, {"x-post": 2, "bluesky-message": 1, "telegram": 11, "whatsapp": 7, "threads-post": 25}),
        ("🇫🇮", {"x-post": 2, "bluesky-message": 1, "telegram": 4, "threads-post": 8}),
        ("2️⃣", {"x-post": 2, "bluesky-message": 1}),
        ("© 2026", {"x-post": 6, "threads-post": 6}),
        ("窯元", {"x-post": 4, "bluesky-message": 2, "instagram-message": 6}),
        ("\r\n", {"bluesky-message": 1, "x-post": 2}),
        ("\ud800 alone", {"x-post": 8, "bluesky-message": 7, "instagram-message": 9, "telegram": 7}),
    ],
)
def test_each_channel_counts_in_its_own_unit(text: str, counts: dict[str, int]) -> None:
    assert {channel: used(channel, text) for channel in counts} == counts


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("See https://example.com/a/very/long/road?to=the#kiln.", 4 + 23 + 1),
        ("See example.com/kiln today", 4 + 23 + 6),
        ("I fire at night.It holds the heat", 33),  # a missing space is no address
        ("write to ana@example.com", 24),
        ("my shop.is small", 16),
    ],
)
def test_a_web_address_counts_23_on_x(text: str, length: int) -> None:
    assert used("x-post", text) == length


def test_mastodon_counts_addresses_as_23_and_mentions_without_their_server() -> None:
    assert used("mastodon-direct", "@ana@pottery.example hello") == len("@ana hello")
    assert used("mastodon-post", "read https://example.org/" + "x" * 200) == 5 + 23
    assert used("mastodon-post", "ana@example.org") == 15


def test_over_is_counted_from_the_limit() -> None:
    note = CHANNELS.get("linkedin-note")
    assert note.measure("x" * 200) == Length(200, 200)
    assert note.measure("x" * 203).over == 3


def test_bluesky_minds_bytes_too() -> None:
    length = CHANNELS.get("bluesky-post").measure(FAMILY * 150)
    assert (length.used, length.limit) == (150, 300)
    assert length.over == 150 * 25 - 3_000
    assert "bytes" in length.note


def test_linkedin_is_doubtful_from_3000_and_full_at_8000() -> None:
    linkedin = CHANNELS.get("linkedin-message")
    assert linkedin.measure("x" * 3_000).note == ""
    assert "3,000" in linkedin.measure("x" * 3_001).note
    assert linkedin.measure("x" * 3_001).over == 0
    assert linkedin.measure("x" * 8_001).over == 1


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("x" * 160, Length(160, 160, 1, 0, "")),
        ("x" * 161, Length(161, 160, 2, 1, "")),
        ("x" * 306, Length(306, 160, 2, 146, "")),
        ("x" * 307, Length(307, 160, 3, 147, "")),
        ("5 € [net]", Length(12, 160, 1, 0, "")),
        ("x" * 152 + "€" + "x" * 152, Length(306, 160, 3, 146, "")),  # the euro sign is not cut in half
        ("é à ñ", Length(5, 160, 1, 0, "")),
        ("“hello”", Length(7, 70, 1, 0, "The curly quote “ makes this a 70-character SMS.")),
        ("façade", Length(6, 70, 1, 0, "The letter ç makes this a 70-character SMS.")),
        ("😀" * 35, Length(70, 70, 1, 0, "The emoji 😀 makes this a 70-character SMS.")),
        ("😀" * 36, Length(72, 70, 2, 2, "The emoji 😀 makes this a 70-character SMS.")),
        ("ж" * 71, Length(71, 70, 2, 1, "The letter ж makes this a 70-character SMS.")),
        ("a\u200bb", Length(3, 70, 1, 0, "The character zero width space makes this a 70-character SMS.")),
    ],
)
def test_sms_says_how_many_parts_and_which_character_is_to_blame(text: str, length: Length) -> None:
    assert CHANNELS.get("sms").measure(text) == length


def test_e_mail_has_no_limit() -> None:
    assert CHANNELS.get("email").measure("x" * 100_000) == Length(100_000, None)


def test_own_channels_come_first_and_nobody_is_out_of_reach() -> None:
    bluesky = CHANNELS.for_network(Network.BLUESKY)
    assert [channel.id for channel in bluesky[:2]] == ["bluesky-message", "bluesky-post"]
    assert CHANNELS.get("email") in bluesky
    for network in Network:
        assert CHANNELS.for_network(network), network


@pytest.mark.parametrize(
    ("channel", "identity", "address"),
    [
        ("bluesky-message", Identity(Network.BLUESKY, "did:1", "@ana.example"), "https://bsky.app/profile/ana.example"),
        ("x-message", Identity(Network.X, "1", "a/b?c"), "https://x.com/a%2Fb%3Fc"),
        (
            "linkedin-message",
            Identity(Network.LINKEDIN, "1", "", "https://example.com/in/ana"),
            "https://example.com/in/ana",
        ),
        ("x-message", Identity(Network.BLUESKY, "did:1", "ana", "https://example.org/ana"), "https://example.org/ana"),
        ("email", Identity(Network.X, "1", "ana", "file:///etc/hosts"), ""),
    ],
)
def test_only_https_pages_are_opened(channel: str, identity: Identity, address: str) -> None:
    assert CHANNELS.get(channel).address(identity) == address


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("channel = 3 =", "cannot be read"),
        ("", "cannot be read"),
        ('[[channel]]\nid = "a"\nlabel = "A"\nnetwork = "moon"\nunit = "utf16"\nchecked = 2026-11-01', "channel a"),
        (
            '[[channel]]\nid = "a"\nlabel = "A"\nnetwork = "x"\nunit = "utf16"\nchecked = 2026-11-01\nlimit = 0',
            "above zero",
        ),
        (
            '[[channel]]\nid = "a"\nlabel = "A"\nnetwork = "x"\nunit = "utf16"\nchecked = 2026-11-01\nlimmit = 5',
            "limmit",
        ),
        ('[[channel]]\nid = "a"\nlabel = "A"\nnetwork = "x"\nunit = "utf16"\nchecked = 2026-11-01\n' * 2, "twice"),
    ],
)
def test_a_faulty_list_says_what_is_wrong(tmp_path: Path, toml: str, says: str) -> None:
    path = tmp_path / "channels.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(Expected, match=says):
        Channels.load(path)


@pytest.mark.parametrize(
    "hostile", ["a." * 20_000, "a-" * 20_000, "a" * 40_000, "http://" * 6_000, "@a@" * 13_000, "😀‍" * 10_000]
)
def test_no_text_makes_counting_crawl(hostile: str) -> None:
    for channel in CHANNELS:
        start = time.perf_counter()
        channel.measure(hostile)
        assert time.perf_counter() - start < 2, channel.id


def test_agrees_with_the_conformance_cases_of_x() -> None:
    shared = Path(os.environ.get("WARMNOTE_SHARED", Path(__file__).parents[3] / "shared"))
    path = shared / "samples" / "x" / "twitter-text" / "weighted_v3_cases.json"
    if not path.exists():
        pytest.skip(f"the conformance cases are not at {path}")
    cases = [case for group in json.loads(path.read_text(encoding="utf-8")).values() for case in group]
    post = CHANNELS.get("x-post")
    failed = [
        case["description"] for case in cases if post.measure(case["text"]).used != case["expected"]["weightedLength"]
    ]
    assert len(failed) <= 1, failed  # one has a host name of Japanese letters that is too long only once encoded


def test_a_channel_can_follow_its_own_server() -> None:
    roomy = Channel("m", "Mastodon", Network.MASTODON, Unit.GRAPHEMES, date(2026, 11, 1), limit=5_000)
    assert roomy.measure("x" * 600).over == 0
