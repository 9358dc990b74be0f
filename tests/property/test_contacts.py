"""Contact cards and tables of contacts, shuffled, scratched and cut off: a batch or `Expected`, and nothing else."""

import tempfile
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from warmnote import followers
from warmnote.followers import Mapping, Role, Unmapped, try_out
from warmnote.model import Batch, Expected, Network

CARDS = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Moreno;Ana;;;\r\nFN:Ana Moreno\r\nitem1.EMAIL;type=INTERNET;type=pref:ana@b.example\r\n"
    b"EMAIL:home@b.example\r\nADR;type=HOME:;;Calle 1;Bilbao;;48001;Spain\r\nNOTE:Blue\\, green\\nand\r\n  more\r\n"
    b"X-SOCIALPROFILE;type=twitter;x-user=ana:http://twitter.com/ana\r\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-02-03\r\nEND:VCARD\r\n"
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91=C3=A1;=C3=89va;;;\r\n"
    b"NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=\r\ntwo\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:Helper\r\nEND:VCARD\r\n"
    b"PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRg\r\nABAQEASABIAAD2w==\r\n\r\nEMAIL;INTERNET:eva@b.example\r\nEND:VCARD\r\n"
    b'BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:individual\r\nFN:Zo\xc3\xab\r\nEMAIL;TYPE="a,b";PREF=1:z@b.example\r\nEND:VCARD\r\n'
)
TABLE = (
    b"First Name,Last Name,Nickname,Labels,E-mail 1 - Label,E-mail 1 - Value,Birthday,Notes,Address 1 - City\n"
    b'Ana,Moreno,Anita,Pottery ::: * myContacts,* Home,a@b.example ::: * c@b.example,--02-03,"likes\nblue",Bilbao\n'
    b"Bob,Ray,,,,bob@b.example,3/2/1980,,\n\nTotal,,,,,,,,\n"
)
PIECES = st.sampled_from(
    [b"\n", b"\r", b"\r\n ", b"=\r\n", b":", b";", b"\\", b'"', b",", b"\0", b"\xff", b"\xc3", b"END:VCARD\r\n", b"BEGIN:VCARD\r\n",
     b"AGENT:\r\n", b";ENCODING=QUOTED-PRINTABLE:", b";ENCODING=BASE64:", b";CHARSET=utf-7:", b";CHARSET=idna:", b"EMAIL:", b"N:;", b"@",
     b"BDAY:99999999\r\n", b"KIND:group\r\n", b"KEY:\r\nAAAA\r\n", b"=C3=", b"\xe2\x80\xa8", b"item1.", b"TYPE=", b"--", b"::: ", b"* "]
)  # fmt: skip


@st.composite
def scratched(draw: st.DrawFn, whole: bytes) -> bytes:
    """`whole` with pieces put in, taken out or cut off."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, len(data)))
        gone = draw(st.sampled_from([0, 0, 1, 7, 60]))
        data[at : at + gone] = draw(PIECES)
    return bytes(data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data)


def read(data: bytes, name: str, mapping: Mapping | None = None) -> Batch | Expected:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            return followers.read(path, mapping=mapping)
        except Expected as told:
            return told


def assert_sound(batch: Batch) -> None:
    keys = [(person.network, person.key) for person in batch.people]
    assert len(keys) == len(set(keys))
    for person in batch.people:
        assert person.name
        assert person.key
        assert (person.network, person.key) not in {(one.network, one.key) for one in person.accounts}
        for value in (
            person.name,
            person.company,
            person.location,
            person.email,
            *(fact.text for fact in person.facts),
        ):
            value.encode("utf-8")
            assert "\0" not in value
        assert all("\n" not in value for value in (person.name, person.company, person.location, person.email))
    rows = [person.row for person in batch.people]
    assert rows == sorted(rows)


@given(scratched(CARDS))
@example(b"BEGIN:VCARD")
@example(b"BEGIN:VCARD\r\nEND:VCARD")
@example(b"BEGIN:VCARD\nFN;CHARSET=utf-7;ENCODING=QUOTED-PRINTABLE:+=2B-\nEND:VCARD\n")
def test_cards(data: bytes) -> None:
    found = read(data, "contacts.vcf")
    if isinstance(found, Batch):
        assert_sound(found)


@given(scratched(TABLE))
def test_tables(data: bytes) -> None:
    found = read(data, "contacts.csv")
    if isinstance(found, Batch):
        assert_sound(found)
    elif isinstance(found, Unmapped):
        try_out(found.sheet, found.sheet.guessed)


@given(
    scratched(TABLE),
    st.lists(st.none() | st.sampled_from(Role), max_size=12),
    st.lists(st.none() | st.sampled_from(Network), max_size=12),
    st.booleans(),
)
def test_tables_as_anybody_might_explain_them(
    data: bytes, roles: list[Role | None], networks: list[Network | None], follows: bool
) -> None:
    mapping = Mapping(tuple(roles), tuple(networks), follows)
    assert Mapping.from_text(mapping.to_text()) == mapping
    found = read(data, "contacts.csv", mapping)
    if isinstance(found, Batch):
        assert_sound(found)
