"""Any bytes to any reader give a batch or `Expected`; what a spreadsheet writes in any dress reads the same."""

import csv
import io
import tempfile
import zipfile
from datetime import date
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from warmnote import accounts, followers
from warmnote.followers import dates, text
from warmnote.model import Batch, Expected

HEADERS = [
    b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n",
    b"First Name,Last Name,Email Address,Company,Position,Connected On\n",
    b"Name;E-Mail;Bio;Notes;Something\n",
    b"id,screen_name,name,description\n",
    b"Account address\n",
    b"",
]
BEGINNINGS = [
    b"",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b'Notes:\n"x"\n\n',
    b"sep=;\n",
    b"%PDF-",
    b"{",
]
CELL = st.text(st.characters(codec="utf-8"), max_size=12)
PIECES = st.sampled_from(
    [b",", b";", b'"', b"\n", b"\r", b"\t", b"\0", b"a@b.example", b"07 Jun 2026", b"6/7/18", b"\xe2\x80\xa8", b"\xff", b"Ana",
     b"https://www.linkedin.com/in/%e5%ae%89", b"https://x.com/", b"'=", b"1.4E+18"]
)  # fmt: skip
CONTENT = st.binary(max_size=300) | st.lists(PIECES, max_size=60).map(b"".join)


def read(data: bytes, name: str = "Connections.csv") -> Batch | None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            return followers.read(path)
        except Expected as told:
            refusal = told
    assert refusal.message
    assert str(refusal).encode("utf-8")
    return None


def assert_sound(batch: Batch) -> None:
    keys = [(person.network, person.key) for person in batch.people]
    assert len(keys) == len(set(keys))
    for person in batch.people:
        assert person.name
        assert person.key
        assert person.row >= 1
        for value in (
            person.name,
            person.key,
            person.handle,
            person.company,
            person.position,
            person.email,
            person.url,
        ):
            assert value == text.clean(value)
            assert "\n" not in value
            value.encode("utf-8")
        assert person.url == "" or person.url.startswith("https://")
    for problem in (*batch.skipped, *batch.problems):
        assert problem.reason
        assert problem.row is None or problem.row >= 1


@given(st.sampled_from(BEGINNINGS), st.sampled_from(HEADERS), CONTENT)
@example(b"", b"Account address\n", b'"\n\t')
def test_any_bytes_give_a_batch_or_a_reason(beginning: bytes, header: bytes, content: bytes) -> None:
    batch = read(beginning + header + content)
    if batch is not None:
        assert_sound(batch)


@given(
    st.lists(
        st.tuples(st.sampled_from(["Connections.csv", "a/b.csv", "data/follower.js", "x.bin"]), CONTENT), max_size=3
    ),
    st.data(),
)
def test_any_damage_to_a_zip_gives_a_batch_or_a_reason(members: list[tuple[str, bytes]], data: st.DataObject) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(members):
            archive.writestr(f"{number}/{name}", HEADERS[0] + content)
    whole = bytearray(buffer.getvalue())
    for _ in range(data.draw(st.integers(0, 4))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    batch = read(bytes(whole[: data.draw(st.integers(4, len(whole)))]), "export.zip")
    if batch is not None:
        assert_sound(batch)


@given(
    st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    st.booleans(),
)
def test_what_a_spreadsheet_writes_is_read_back(
    rows: list[tuple[str, str, str]], delimiter: str, newline: str, encoding: str, preamble: bool
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL)
    if preamble:
        writer.writerows([["Notes:"], ["Something long, with commas; and more"], [""]])
    writer.writerow(["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"])
    for number, (first, company, position) in enumerate(rows):
        address = f"https://www.linkedin.com/in/p{number}"
        writer.writerow([first, "Q", address, f"p{number}@b.example", company, position, "07 Jun 2026"])
    batch = read(out.getvalue().encode(encoding))
    assert batch is not None
    assert [person.row for person in batch.people] == list(
        range(5 if preamble else 2, len(rows) + (5 if preamble else 2))
    )
    for number, (person, (first, company, position)) in enumerate(zip(batch.people, rows, strict=True)):
        assert person.name == f"{text.line(text.clean(first))} Q".strip()
        assert (person.company, person.position) == (text.line(text.clean(company)), text.line(text.clean(position)))
        assert (person.key, person.email, person.followed_on) == (
            f"/in/p{number}",
            f"p{number}@b.example",
            date(2026, 6, 7),
        )


@given(
    st.permutations(["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On", "Extra"])
)
def test_the_order_of_columns_does_not_matter(header: list[str]) -> None:
    row = {
        "First Name": "Ana",
        "Last Name": "Moreno",
        "URL": "https://www.linkedin.com/in/ana",
        "Email Address": "ana@b.example",
        "Company": "Kiln",
        "Position": "Owner",
        "Connected On": "07 Jun 2026",
        "Extra": "x",
    }
    batch = read(f"{','.join(header)}\n{','.join(row[name] for name in header)}\n".encode())
    assert batch is not None
    (ana,) = batch.people
    assert (ana.name, ana.key, ana.email, ana.company) == ("Ana Moreno", "/in/ana", "ana@b.example", "Kiln")
    assert (ana.position, ana.followed_on) == ("Owner", date(2026, 6, 7))


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[day.month - 1]
    assert dates.read(f"{day.day:02} {month} {day.year}") == day
    assert dates.read(f"{day.day}-{month}-{day.year % 100:02}") == day
    assert dates.read(day.isoformat()) == day
    assert dates.read(f"{day.day:02}/{day.month:02}/{day.year}", day_first=True) == day
    assert dates.read(f"{day.month}/{day.day}/{day.year}, 3:04 PM", day_first=False) == day


@given(st.text(max_size=60))
@example("٠٧ Jun 2026")
@example("1²/1/2020")
@example("9999999999999")
def test_any_text_is_a_day_an_account_or_nothing(value: str) -> None:
    assert dates.read(value) is None or isinstance(dates.read(value), date)
    account = accounts.profile(value)
    assert account is None or (account.key and account.url.startswith("https://"))


@given(st.binary(max_size=200))
def test_decoding_is_clean_and_settles(data: bytes) -> None:
    decoded, _, _ = text.decode(data)
    assert text.clean(decoded) == decoded
    assert text.line(decoded) == " ".join(text.line(decoded).split())
    assert text.decode(decoded.encode("utf-8-sig"))[0] == decoded
