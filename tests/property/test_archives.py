"""Whatever happens to an export of LinkedIn or X, reading it gives people or a reason; and order changes nothing."""

import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from warmnote import followers
from warmnote.followers import moments
from warmnote.followers.x.elements import Elements
from warmnote.model import Batch, Expected, MessageKind

ME = "https://www.linkedin.com/in/mia-lund"
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | st.just("9" * 30),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["follower", "id", "x"]), inner, max_size=3)
    ),
    max_leaves=4,
)


def archive() -> dict[str, Any]:
    numbers = ["1432874569021935616", "98765432", "1203000000000001936"]
    said = {
        "senderId": numbers[0],
        "recipientId": "42",
        "createdAt": "2026-06-01T10:00:00.000Z",
        "text": "Hi",
        "urls": [],
    }
    mention = {"id_str": numbers[0], "screen_name": "ana", "name": "Ana"}
    return {
        "follower": [{"follower": {"accountId": one, "userLink": f"https://x.com/i/user/{one}"}} for one in numbers],
        "account": [{"account": {"accountId": "42", "username": "mia"}}],
        "block": [{"blocking": {"accountId": numbers[1]}}],
        "tweets": [
            {"tweet": {"id_str": "7", "entities": {"user_mentions": [mention]}, "in_reply_to_user_id_str": "9"}}
        ],
        "direct_messages": [
            {"dmConversation": {"conversationId": f"42-{numbers[0]}", "messages": [{"messageCreate": said}]}}
        ],
        "manifest": {
            "userInfo": {"accountId": "42"},
            "archiveInfo": {"generationDate": "2026-11-20T05:46:38.082Z", "isPartialArchive": False},
            "dataTypes": {"follower": {"files": [{"fileName": "data/follower.js", "count": "3"}]}},
        },
    }


EXPORT = {
    "Connections.csv": "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ana,Moreno,https://www.linkedin.com/in/ana,ana@b.example,Kiln,Owner,20 Nov 2026\n"
    "Will,Brandt,https://www.linkedin.com/in/will,,,,02 Feb 2024\n",
    "Invitations.csv": "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    f'Zoë,Mia Lund,"6/7/26, 9:41 AM",Hello,INCOMING,https://www.linkedin.com/in/zoe,{ME}\n'
    f'Mia Lund,Ana Moreno,"6/8/26, 9:41 AM","Hi, you",OUTGOING,{ME},https://www.linkedin.com/in/ana\n',
    "messages.csv": "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
    f'1,,Ana Moreno,https://www.linkedin.com/in/ana,Mia Lund,{ME},2026-06-09 09:41:00 UTC,,"<p>Hi</p>\nyou",INBOX\n'
    f"2,,Mia Lund,{ME},Will Brandt,https://www.linkedin.com/in/will,2026-06-10 09:41:00 UTC,,Hello,INBOX\n",
    "Profile.csv": "First Name,Last Name,Maiden Name,Headline\nMia,Lund,,Glass\n",
}


def read(members: dict[str, bytes]) -> Batch | None:
    """What a zip of these files gives; of one file alone, what that gives."""
    with tempfile.TemporaryDirectory() as folder:
        if len(members) == 1:
            ((name, data),) = members.items()
            path = Path(folder) / name
        else:
            path, buffer = Path(folder) / "export.zip", io.BytesIO()
            with zipfile.ZipFile(buffer, "w") as archived:
                for name, content in members.items():
                    archived.writestr(f"data/{name}", content)
            data = buffer.getvalue()
        path.write_bytes(data)
        try:
            batch = followers.read(path)
        except Expected:
            return None
    assert_sound(batch)
    return batch


def assert_sound(batch: Batch) -> None:
    keys = [(person.network, person.key) for person in batch.people]
    assert len(keys) == len(set(keys))
    for person in batch.people:
        assert person.name
        assert person.key
        assert person.row >= 1
        assert not (person.follows and person.only_known)
        assert not person.url or person.url.startswith("https://")
        for value in (person.name, person.handle, *(fact.text for fact in person.facts)):
            value.encode("utf-8")
        assert sum(message.kind is MessageKind.RECEIVED for message in person.messages) <= 2
        for message in person.messages:
            assert message.text.strip()
            assert message.at.tzinfo is not None
    for problem in (*batch.skipped, *batch.problems):
        assert problem.reason
        assert problem.row is None or problem.row >= 1


def replaced(value: Any, path: list[int], new: Any) -> Any:
    """`value` with another at a place that the numbers lead to."""
    if not path or not isinstance(value, dict | list) or not value:
        return new
    copied = value.copy()
    keys = list(copied) if isinstance(copied, dict) else range(len(copied))
    key = keys[path[0] % len(keys)]
    copied[key] = replaced(copied[key], path[1:], new)
    return copied


def scripts(parts: dict[str, Any]) -> dict[str, bytes]:
    return {
        f"{name}.js": (f"window.YTD.{name}.part0 = " if name != "manifest" else "window.__THAR_CONFIG = ").encode()
        + json.dumps(value, indent=1).encode()
        for name, value in parts.items()
    }


@given(st.lists(st.tuples(st.lists(st.integers(0, 40), min_size=1, max_size=9), ANY), max_size=3))
def test_wrong_types_anywhere_in_an_x_archive(changes: list[tuple[list[int], Any]]) -> None:
    parts = archive()
    for path, new in changes:
        parts = replaced(parts, path, new)
    read(scripts(parts))


@given(st.data())
def test_any_damage_to_the_files_of_an_x_archive(data: st.DataObject) -> None:
    members = scripts(archive())
    for name in data.draw(st.lists(st.sampled_from(sorted(members)), max_size=3)):
        members[name] = damaged(members[name], data)
    read(members)
    read({"follower.js": damaged(members["follower.js"], data)})


@given(st.data())
def test_any_damage_to_the_files_of_a_linkedin_export(data: st.DataObject) -> None:
    members = {name: content.encode() for name, content in EXPORT.items()}
    for name in data.draw(st.lists(st.sampled_from(sorted(members)), max_size=3)):
        members[name] = damaged(members[name], data)
    read(members)
    one = data.draw(st.sampled_from(sorted(members)))
    read({one: members[one]})


def damaged(content: bytes, data: st.DataObject) -> bytes:
    pieces = st.sampled_from(
        [b'"', b",", b"\n", b"{", b"]", b"\\", b"\0", b"\xff", b"\xe2\x80\xa8", b"9" * 25, b"=", b""]
    )
    for _ in range(data.draw(st.integers(0, 3))):
        start = data.draw(st.integers(0, len(content)))
        content = content[:start] + data.draw(pieces) + content[start + data.draw(st.integers(0, 9)) :]
    return content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content


@given(st.permutations(range(6)), st.permutations(range(6)))
def test_the_order_of_rows_changes_no_talk(first: list[int], second: list[int]) -> None:
    header, _, _ = EXPORT["messages.csv"].partition("\n")
    rows = [
        f"{n % 3},,{('Mia Lund', f'P{n % 3}')[n % 2]},{(ME, f'https://www.linkedin.com/in/p{n % 3}')[n % 2]},"
        f"{(f'P{n % 3}', 'Mia Lund')[n % 2]},{(f'https://www.linkedin.com/in/p{n % 3}', ME)[n % 2]},"
        f"2026-06-{n // 2 + 1:02} 10:00:00 UTC,,Words {n},INBOX\n"
        for n in range(6)
    ]
    talks = [
        {person.key: person.messages for person in batch.people}
        for order in (first, second)
        if (batch := read({"messages.csv": (header + "\n" + "".join(rows[n] for n in order)).encode()}))
    ]
    assert talks[0] == talks[1]
    assert len(talks[0]) == 3


@given(st.lists(ANY, max_size=6), st.integers(1, 40), st.sampled_from([None, 2]))
@settings(max_examples=50)
def test_a_list_cut_anywhere_gives_its_beginning(values: list[Any], size: int, indent: int | None) -> None:
    content = json.dumps(values, indent=indent).encode()
    for cut in (len(content), len(content) // 2):
        elements = Elements(content[start : min(start + size, cut)] for start in range(0, cut, size))
        found = list(elements)
        assert elements.broken is (cut < len(content))
        if cut == len(content):
            assert found == values
        else:  # a number that is cut may be another number
            assert found[:-1] == values[: max(len(found) - 1, 0)]


@given(
    st.text(max_size=40)
    | st.datetimes().map(str)
    | st.from_regex(r"\d{1,2}/\d{1,2}/\d{2}, \d{1,2}:\d{2} [AP]M [+-]\d{4}")
)
def test_any_text_is_a_moment_or_none(value: str) -> None:
    found = moments.read(value)
    assert found is None or found.utcoffset() is not None
