"""Spreadsheets: each sheet is read as the CSV that its program would have saved."""

import contextlib
import random
import zipfile
from datetime import date
from io import BytesIO

import pytest

from warmnote import followers
from warmnote.followers import Unmapped
from warmnote.model import Expected, Network

from .workbooks import ods, rows, xlsx

HEADER = ["Name", "E-mail", "Phone", "Age", "Connected On", "Notes"]


def test_the_first_sheet_with_people_is_read(read):
    batch = read(
        xlsx(
            {
                "Read me": rows([["Some", "notes"], ["for", "you"]]),
                "People": rows(
                    [
                        ["Our friends"],
                        [],
                        [*HEADER],
                        ["Ana Moreno", "ana@example.com", 34600123456, 41, (45000, 1), "likes, blue; “green”"],
                        ["Bob", "bob@example.com", 1.5, 7, (45001.5, 1), "two\nlines"],
                    ]
                ),
            }
        ),
        "friends.xlsx",
    )
    ana, bob = batch.people
    assert (ana.row, ana.name, ana.followed_on, bob.followed_on) == (
        4,
        "Ana Moreno",
        date(2023, 3, 15),
        date(2023, 3, 16),
    )
    assert [fact.text for fact in ana.facts] == ["likes, blue; “green”"]
    assert (batch.origin, batch.read_as) == ("friends.xlsx", "")
    assert "“People”" in batch.notes[0]


def test_whole_numbers_have_no_fraction_and_long_ones_no_false_digits(read):
    batch = read(
        xlsx(
            {"S": rows([["Screen Name", "ID", "Name", "Description"], ["ana", 1400000000000000001, "Ana", "Potter"]])}
        ),
        "x.xlsx",
    )
    (ana,) = batch.people
    assert (batch.source, ana.key) == ("X followers", "@ana")  # the spreadsheet has lost the number's last digits
    batch = read(
        xlsx({"S": rows([["Screen Name", "ID", "Name", "Description"], ["ana", 14, "Ana", "Potter"]])}), "x.xlsx"
    )
    assert batch.people[0].key == "14"


def test_a_spreadsheet_of_connections_is_read_as_connections(read):
    batch = read(
        xlsx(
            {
                "Connections": rows(
                    [
                        ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"],
                        ["Ana", "Moreno", "https://www.linkedin.com/in/ana", "", "Kiln", "Potter", (45000, 1)],
                    ]
                )
            }
        ),
        "Connections.xlsx",
    )
    (ana,) = batch.people
    assert (ana.network, ana.key, ana.followed_on) == (Network.LINKEDIN, "/in/ana", date(2023, 3, 15))


def test_opendocument(read):
    filler = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    batch = read(ods([["Name", "Email"], ["Ana", "ana@example.com"]], tail=filler), "friends.ods")
    assert [(person.row, person.name, person.follows) for person in batch.people] == [(2, "Ana", False)]


@pytest.mark.parametrize(
    ("content", "name", "what"),
    [
        (xlsx({"S": ""}), "a.xlsx", "nothing in the spreadsheet"),
        (xlsx({"S": rows([["Name"]])})[:-700], "a.xlsx", "cut off or damaged"),
        (
            xlsx({"S": '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>5</v></c></row>'}),
            "a.xlsx",
            "1,048,576 rows",
        ),
        (xlsx({"S": '<row r="1"><c r="A999999999999"><v>1</v></c></row>'}), "a.xlsx", "damaged"),
        (xlsx({"S": '<row r="9999999"><c><v>1</v></c></row>' + "<c><v>1</v></c>" * 9}), "a.xlsx", "9,999,999 rows"),
        (xlsx({"S": rows([["Name", "Email"]])}).replace(b"xl/workbook.xml", b"xl/workbook.bin"), "a.xlsb", "xlsb"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "a.xlsx",
            "password",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"), "a.xls", "damaged"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"),
            "a.doc",
            "older Excel, Word",
        ),
    ],
)
def test_what_cannot_be_read_is_said(refused, content, name, what):
    told = refused(content, name)
    assert what in told.message
    assert told.hint


def test_a_sheet_whose_end_is_missing_is_refused_and_does_not_hang(refused):
    whole = ods([["Name", "Email"], ["Ana", "ana@example.com"]])
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as archive, zipfile.ZipFile(buffer, "w") as changed:
        for name in archive.namelist():
            changed.writestr(name, archive.read(name).replace(b"</table:table>", b""))
    assert "damaged" in refused(buffer.getvalue(), "a.ods").message


def test_a_sheet_in_which_nobody_was_found_can_be_mapped(refused):
    told = refused(xlsx({"S": rows([["Alpha", "Beta"], ["Ana", "x"], ["Bob", "y"]])}), "a.xlsx")
    assert isinstance(told, Unmapped)
    assert (told.sheet.header, told.sheet.sample) == (("Alpha", "Beta"), (("Ana", "x"), ("Bob", "y")))


def test_a_scratched_spreadsheet_is_a_batch_or_expected(saved):
    whole = {
        "a.xlsx": xlsx({"P": rows([["Name", "Email"], ["Ana", "ana@example.com"], ["Bob", "bob@example.com"]])}),
        "a.ods": ods([["Name", "Email"], ["Ana", "ana@example.com"]]),
    }
    chance = random.Random(4)
    for name, data in whole.items():
        for _ in range(120):
            scratched = bytearray(data)
            for _ in range(chance.randrange(1, 6)):
                scratched[chance.randrange(len(scratched))] = chance.randrange(256)
            if chance.random() < 0.3:
                del scratched[chance.randrange(len(scratched)) :]
            with contextlib.suppress(Expected):
                followers.read(saved(bytes(scratched), name))
