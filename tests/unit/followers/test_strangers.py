import zipfile
from io import BytesIO

import pytest


def zipped(*names: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "[]")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b"  \r\n\n ", "blank space"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
        (b"GIF89a\1\0", "picture"),
        (b"RIFF\1\0\0\0WEBPVP8 ", "picture"),
        (b"\0\0\0\x18ftypheic", "picture"),
        (b"\0\0\0\x18ftypmp42", "film"),
        (b"ID3\x03\0\0", "sound"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "older Excel"),
        (b"SQLite format 3\0", "database"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "archive that is not a zip"),
        (b"\x1f\x8b\x08\0", "archive that is not a zip"),
        (b"MZ\x90\0\3\0", "program"),
        (b"{\\rtf1\\ansi Ana}", "text document"),
        (b'window.YTD.like.part0 = [ {\n"like" : {} } ]', "X archive"),
        (b'{"likes_media_likes":[{"string_list_data":[{"href":"https://www.instagram.com/p/1"}]}]}', "Instagram"),
        (b'{"text_post_app_media_likes":[{"string_list_data":[]}]}', "Threads"),
        (b'{"following_v3":[{"name":"Ana","timestamp":1}]}', "Facebook"),
        (b'{"Your Activity":{"Like List":{"ItemFavoriteList":[]}}}', "TikTok"),
        (b'{"cursor":"3k","followers":[]}', "JSON"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
        (b"From: ana@example.com\nTo: will@example.com\n\nHello", "e-mail message"),
    ],
)
def test_a_wrong_file_is_named(refused, content, what):
    told = refused(content, "followers.csv")
    assert what in told.message
    assert "followers.csv" in told.message
    assert told.hint


@pytest.mark.parametrize(
    ("names", "what"),
    [
        (("xl/workbook.xml", "[Content_Types].xml"), "damaged"),
        (("word/document.xml",), "Office document"),
        (("Index/Document.iwa",), "Numbers"),
        (("mimetype", "content.xml", "META-INF/manifest.xml"), "OpenDocument"),
        (("Your archive.html", "data/manifest.js", "data/follower.js"), "download from X"),
        (("twitter-2026/data/following.js",), "download from X"),
        (("connections/followers_and_following/close_friends.json",), "Instagram"),
        (("instagram-ana/your_instagram_activity/likes/liked_posts.json",), "Instagram"),
        (("your_instagram_activity/threads/liked_threads.json",), "Instagram"),
        (("connections/friends/removed_friends.json",), "Facebook"),
        (("user_data_tiktok.json",), "TikTok"),
        (("outbox.json", "actor.json"), "Mastodon"),
        (("contacts.vcf",), "no list of people"),
        (("readme.md", "picture.raw"), "no list of people"),
        (("a.csv",), "no list of people"),
    ],
)
def test_a_wrong_zip_is_named(refused, names, what):
    told = refused(zipped(*names), "download.zip")
    assert what in told.message
    assert "download.zip" in told.message
    assert told.hint


def test_no_message_promises_a_day_or_shouts(refused):
    for content in (b"%PDF-", b'{"following_v3":[]}', b"just some words"):
        told = str(refused(content, "x.csv"))
        assert "soon" not in told
        assert "!" not in told


def test_a_csv_that_begins_like_a_program_is_still_read(read):
    assert read("MZ,Name,Email\n1,Ana,ana@example.com\n", "x.csv").people[0].name == "Ana"


def test_prose_is_not_called_a_table(refused):
    prose = "Dear Will,\n\nthe kiln is warm, and the glaze, at last, is blue.\nCome and see it.\n"
    assert "not a table of people" in refused(prose, "letter.txt").message
