"""Contact cards: the letter of RFC 6350, and read back by Warmnote's own reader of cards."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmnote import exports
from warmnote.model import Exported, Fact, Identity, Message, MessageKind, Mine, Network, Person
from warmnote.notebook import Notebook

from .conftest import NOON
from .test_json import NASTY, fill


def cards(*people: Exported) -> bytes:
    out = io.BytesIO()
    exports.write_vcard(people, out, NOON)
    return out.getvalue()


def one(person: Person, *notes: str) -> Exported:
    return Exported(person, tuple(Message(MessageKind.NOTE, note, NOON) for note in notes), Mine())


def unfolded(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_a_card_holds_the_person(notebook: Notebook):
    fill(notebook)
    lines = unfolded(cards(*notebook.export()))
    ana = lines[: lines.index("END:VCARD") + 1]
    uid = ana.pop(3)
    assert re.fullmatch(r"UID:urn:uuid:[0-9a-f-]{36}", uid)
    assert ana == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual",
        "FN:Ana Moreno",
        "N:Moreno;Ana;;;",
        "ORG:Moreno Ceramics",
        "TITLE:Owner",
        "EMAIL;PREF=1:ana@example.com",
        "ADR:;;;Bilbo;;;",
        "PRONOUNS:she/her",
        "URL:https://example.social/@ana",
        "URL:https://github.com/anamoreno",
        'SOCIALPROFILE;SERVICE-TYPE=Mastodon;USERNAME="ana.m@example.social":https://example.social/@ana',
        'SOCIALPROFILE;SERVICE-TYPE=GitHub;USERNAME="anamoreno":https://github.com/anamoreno',
        "NOTE:Potter in Bilbao.\\nRuns a small studio.",
        "NOTE:likes tea",
        "NOTE:likes tea",
        "CATEGORIES:Conference,potters",
        "REV:20261123T120000Z",
        "END:VCARD",
    ]


def test_the_uid_is_the_same_in_every_export(notebook: Notebook):
    fill(notebook)
    assert cards(*notebook.export()) == cards(*notebook.export())


@settings(max_examples=100, deadline=None)
@given(
    st.builds(
        Person, st.just(1), NASTY, NASTY, company=NASTY, email=NASTY, tags=st.lists(NASTY, max_size=3).map(tuple),
        identities=st.lists(st.builds(Identity, st.sampled_from(Network), NASTY, NASTY, NASTY), max_size=2).map(tuple),
    ),
    NASTY | st.text("é漢👩", min_size=100, max_size=300),
)  # fmt: skip
def test_lines_are_folded_and_nothing_breaks_out_of_its_line(person: Person, note: str):
    data = cards(one(person, note))
    assert data.endswith(b"\r\n")
    lines = data.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        line.decode()  # no character is cut in two
    for line in unfolded(data)[:-1]:
        assert re.match(r"[A-Z]+[;:]", line)
    assert data.count(b"BEGIN:VCARD") >= 1
    assert unfolded(data)[-2] == "END:VCARD"


def test_read_back_they_are_the_same_people(read):
    person = Person(
        1, "Ana; Maria, Moreno\\y", "Potter,\nin Bilbao", company="Moreno; Sons, Ltd", position="Owner, potter", location="Bilbao",
        pronouns="she/her", email="ana@example.com", tags=("fair, Berlin", "potters"),
        identities=(
            Identity(Network.LINKEDIN, "/in/ana-moreno", "ana-moreno", "https://www.linkedin.com/in/ana-moreno"),
            Identity(Network.EMAIL, "ana@home.example"),
            Identity(Network.GITHUB, "@ana", "ana"),
        ),
        facts=(Fact("website", "https://moreno.example/a,b;c?d=1"),),
    )  # fmt: skip
    (back,) = read(cards(one(person, "likes tea; no sugar")), "people.vcf").people
    assert (back.name, back.company, back.position) == (person.name, person.company, person.position)
    assert (back.location, back.pronouns, back.email) == (person.location, person.pronouns, person.email)
    accounts = {(back.network, back.key)} | {(account.network, account.key) for account in back.accounts}
    assert {(Network.LINKEDIN, "/in/ana-moreno"), (Network.GITHUB, "@ana")} <= accounts
    assert {"ana@example.com", "ana@home.example"} <= {key.removeprefix("email:") for _, key in accounts}
    facts = {(fact.kind, fact.text) for fact in back.facts}
    assert {
        ("note", "Potter,\nin Bilbao"), ("note", "likes tea; no sugar"), ("website", "https://moreno.example/a,b;c?d=1"),
        ("label", "fair, Berlin"), ("label", "potters"),
    } <= facts  # fmt: skip


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ana Moreno", "N:Moreno;Ana;;;"),
        ("Ana", "N:;Ana;;;"),
        ("Ana María López, PhD", "N:López;Ana María;;;PhD"),
        ("Jörg Müller, Dipl.-Ing., MBA", "N:Müller;Jörg;;;Dipl.-Ing.\\, MBA"),
        ("Madonna, Esq", "N:;Madonna;;;Esq"),
        ("Rossi, Giulia", "N:Rossi;Giulia;;;"),
        ("Ana,", "N:;Ana\\,;;;"),
    ],
)
def test_the_parts_of_a_name(name: str, parts: str):
    assert parts in unfolded(cards(one(Person(1, name))))
