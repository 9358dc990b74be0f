"""Contact cards as phones, mail programs and address books write them."""

import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from warmnote import followers
from warmnote.model import Batch, Fact, Identity, Incoming, Network

SHARED = Path(os.environ.get("WARMNOTE_SHARED", Path(__file__).parents[3] / ".." / "shared"))


def card(*lines: str, version: str = "3.0", end: str = "\r\n") -> str:
    return end.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def one(batch: Batch) -> Incoming:
    assert len(batch.people) == 1
    return batch.people[0]


def facts(person: Incoming, kind: str) -> list[str]:
    return [fact.text for fact in person.facts if fact.kind == kind]


def test_googles_card(read):
    ana = one(
        read(
            card(
                "FN:Mrs. Ana María Moreno",
                "N:Moreno;Ana;María;Mrs.;",
                "NICKNAME:Anita",
                "EMAIL;TYPE=INTERNET;TYPE=HOME:ana@home.example",
                "EMAIL;TYPE=INTERNET;TYPE=WORK;TYPE=PREF:Ana@Kiln.example",
                "TEL;TYPE=CELL:+34 600 000 000",
                "ADR;TYPE=HOME:;;Calle 1;Bilbao;Bizkaia;48001;Spain",
                "ORG:Kiln & Co;Glazes",
                "TITLE:Potter",
                "BDAY:1980-02-03",
                "item1.URL:http\\://www.linkedin.com/in/ana-moreno",
                "item1.X-ABLabel:PROFILE",
                "item2.URL;TYPE=WORK:https\\://kiln.example",
                "NOTE:Likes blue\\, green\\nand the s",
                " ea",
                "CATEGORIES:Pottery club,myContacts",
            ),
            "contacts.vcf",
        )
    )
    assert (ana.row, ana.network, ana.key, ana.email) == (1, Network.EMAIL, "ana@kiln.example", "Ana@Kiln.example")
    assert (ana.name, ana.company, ana.position) == ("Mrs. Ana María Moreno", "Kiln & Co", "Potter")
    assert (ana.location, ana.follows, ana.followed_on) == ("Bilbao, Spain", False, None)
    assert ana.accounts == (
        Identity(Network.EMAIL, "ana@home.example"),
        Identity(Network.LINKEDIN, "/in/ana-moreno", "ana-moreno", "https://www.linkedin.com/in/ana-moreno"),
    )
    assert facts(ana, "note") == ["Likes blue, green\nand the sea"]
    assert facts(ana, "birthday") == ["3 February"]
    assert facts(ana, "label") == ["Pottery club"]
    assert facts(ana, "website") == ["https://kiln.example"]
    assert {fact.kind for fact in ana.facts if not fact.shared} == {"note", "birthday", "label"}
    assert "600" not in repr(ana)


def test_apples_card(read):
    batch = read(
        card(
            "PRODID:-//Apple Inc.//macOS 14.5//EN",
            "N:Moreno;Ana;;;",
            "FN:Ana Moreno",
            "item1.EMAIL;type=INTERNET;type=pref:ana@kiln.example",
            "item1.X-ABLabel:_$!<Other>!$_",
            "item2.ADR;type=HOME;type=pref:;;Street4\\nFloor 8;Porto;;12345;Portugal",
            "item2.X-ABADR:pt",
            "X-SOCIALPROFILE;type=twitter:http://twitter.com/anamoreno",
            "X-SOCIALPROFILE;type=instagram;x-user=ana.pots:x-apple:ana.pots",
            "IMPP;X-SERVICE-TYPE=Skype;type=HOME:skype:ana.m",
            "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29",
            "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/4QBYRXhpZgAATU0AKgAA",
            " AAgAAgESAAMAAAABAAEAAIdpAAQAAAABAAAAJgAAAAAAA6ABAAMAAAABAAEAAKACAAQAAAABAA",
        )
        + card("N:;;;;", "FN:Acme Inc.", "ORG:Acme Inc.;", "X-ABShowAs:COMPANY")
        + card("FN:Friends", "X-ADDRESSBOOKSERVER-KIND:group", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:A"),
        "contacts.vcf",
    )
    ana = one(batch)
    assert (ana.location, facts(ana, "birthday")) == ("Porto, Portugal", ["29 February"])
    assert [(account.network, account.key) for account in ana.accounts] == [
        (Network.X, "@anamoreno"),
        (Network.INSTAGRAM, "ana.pots"),
    ]
    assert [(skip.row, skip.reason) for skip in batch.skipped] == [
        (2, "an organisation, not a person"),
        (3, "a list of contacts, not a person"),
    ]


def test_outlooks_card_in_its_own_code_page(read):
    batch = read(
        card(
            "N;LANGUAGE=de:Müller;Jürgen;;Herr",
            "FN:Jürgen Müller",
            "ORG:Töpferei Süd;Einkauf",
            "NOTE;ENCODING=QUOTED-PRINTABLE:Erste Zeile=0D=0A=",
            "zweite Zeile=20=",
            "und mehr",
            "ADR;WORK;PREF:;;Straße 1;München;;80331;Deutschland",
            "URL;WORK:http://www.sued.example",
            "ROLE:Töpfer",
            "BDAY:19800322",
            "EMAIL;PREF;INTERNET:jm@example.de",
            "PHOTO;TYPE=JPEG;ENCODING=BASE64:",
            " /9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJ",
            "",
            'X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://example.com"></card>',
            version="2.1",
        ).encode("cp1252"),
        "JM.vcf",
    )
    person = one(batch)
    assert batch.read_as == "Windows-1252"
    assert (person.name, person.company, person.location) == ("Jürgen Müller", "Töpferei Süd", "München, Deutschland")
    assert (person.position, facts(person, "birthday")) == ("Töpfer", ["22 March"])
    assert facts(person, "note") == ["Erste Zeile\nzweite Zeile und mehr"]


def test_androids_cards(read):
    batch = read(
        card(
            "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91=C3=A1;=C3=89va;;;",
            "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=89va=20=",
            "=C3=91=C3=A1",
            "TEL;CELL;PREF:123456789",
            "EMAIL;HOME:eva@example.com",
            "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRg",
            "ABAQEASABIAAD2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJ",
            "AAAA",
            "",
            version="2.1",
        )
        + card("N:;;;;", "FN:", "TEL;CELL:*100#", version="2.1")
        + card("EMAIL;PREF:only@example.com", version="2.1")
        + card(version="2.1"),
        "contacts.vcf",
    )
    eva, only = batch.people
    assert (eva.name, eva.email) == ("Éva Ñá", "eva@example.com")
    assert (only.name, only.key) == ("only@example.com", "only@example.com")
    assert [skip.reason for skip in batch.skipped] == [
        "only a telephone number, no name and no address",
        "an empty card",
    ]


def test_the_fourth_version(read):
    batch = read(
        card(
            "KIND:individual",
            "FN;PREF=1:Zoë Ní Bhriain",
            "EMAIL;PREF=2:second@example.ie",
            'EMAIL;TYPE="work,voice";PREF=1:first@example.ie',
            "TEL;VALUE=uri;TYPE=home:tel:+353-1-555",
            'ADR;LABEL="Main St 1: top\\nDublin":;;Main St 1;Dublin;;D01;Ireland',
            "SOCIALPROFILE;SERVICE-TYPE=Mastodon:https://mastodon.example/@zoe",
            "PRONOUNS;LANG=en:she/her",
            "BDAY:--0203",
            "INTEREST;LEVEL=high:glazes",
            "PHOTO:data:image/jpeg;base64,MIICajCCAdOgAwIBAgIC",
            version="4.0",
        )
        + card("KIND:group", "FN:The team", "MEMBER:mailto:a@b.example", version="4.0")
        + card("KIND:org", "FN:Acme", "EMAIL:info@acme.example", version="4.0"),
        "contacts.vcf",
    )
    zoe = one(batch)
    assert batch.source == "Contact cards (vCard 4.0)"
    assert (zoe.email, zoe.location, zoe.pronouns) == ("first@example.ie", "Dublin, Ireland", "she/her")
    assert [account.key for account in zoe.accounts] == ["second@example.ie", "zoe@mastodon.example"]
    assert (facts(zoe, "birthday"), facts(zoe, "interest")) == (["3 February"], ["glazes"])
    assert len(batch.skipped) == 2


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:M=C3=BCller;J=C3=BCrgen",), "Jürgen Müller"),
        (("N;CHARSET=ISO-8859-2;ENCODING=QUOTED-PRINTABLE:=A3uk;Jan",), "Jan Łuk"),
        (("FN;ENCODING=QUOTED-PRINTABLE:J=FCrg",), "Jürg"),
        (("N:Doe;John;Richter,James;Mr.;Sr.",), "John Richter James Doe"),
        (("FN;CHARSET=nobody-knows:Ana",), "Ana"),
        (("fn:ana moreno",), "ana moreno"),
        (("FN:", "N:;;;;", "NICKNAME:Anita"), "Anita"),
        (("FN:Moreno\\, Ana\\;x",), "Moreno, Ana;x"),
        (("FN;ENCODING=BASE64:QW5h",), "Ana"),
    ],
)
def test_names_in_every_dress(read, lines, name):
    assert one(read(card(*lines, "EMAIL:a@example.com", version="2.1"), "a.vcf")).name == name


def test_encodings(read):
    text = card("FN:Zoë", "EMAIL:z@example.com")
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"):
        assert one(read(text.encode(encoding), "z.vcf")).name == "Zoë", encoding


def test_cards_of_two_encodings_in_one_file(read):
    old = card("FN:Jürg", "EMAIL:j@example.com", version="2.1").encode("cp1252")
    batch = read(card("FN:Zoë", "EMAIL:z@example.com").encode() + old, "all.vcf")
    assert [person.name for person in batch.people] == ["Zoë", "Jürg"]
    assert batch.source == "Contact cards (vCard 2.1 and 3.0)"


def test_line_ends_of_every_kind(read):
    for end in ("\n", "\r\n", "\r"):
        assert one(read(card("FN:Ana", "NOTE:one", " two", "EMAIL:a@example.com", end=end), "a.vcf")).name == "Ana"


def test_a_card_inside_a_card_belongs_to_it(read):
    inner = card("N:Helper;Little", "EMAIL:helper@example.com", version="2.1").replace("\r\n", "\n").rstrip("\n")
    batch = read(
        card("N:Boss;Big", "AGENT:", inner, "EMAIL:boss@example.com", version="2.1", end="\n")
        + card("FN:Next", "EMAIL:next@example.com"),
        "a.vcf",
    )
    assert [(person.row, person.name, person.email) for person in batch.people] == [
        (1, "Big Boss", "boss@example.com"),
        (2, "Next", "next@example.com"),
    ]


def test_a_note_with_bare_line_breaks(read):
    text = card("FN:Bob", "NOTE:line one", "line two, no colon", "EMAIL:bob@example.com", end="\n")
    bob = one(read(text, "a.vcf"))
    assert facts(bob, "note") == ["line one\nline two, no colon"]
    assert bob.email == "bob@example.com"


def test_a_file_that_was_cut_off(read):
    whole = card("FN:Ana", "EMAIL:ana@example.com", end="\n")
    batch = read(whole + "BEGIN:VCARD\nVERSION:3.0\nFN:Will\nEMAIL:will@exa", "a.vcf")
    assert one(batch).name == "Ana"
    (skip,) = batch.skipped
    assert (skip.row, skip.reason) == (2, "the card that begins in line 6 has no end; it was left out")
    assert "cut off" in batch.notes[0]


def test_a_card_without_an_end_is_read_as_far_as_it_goes(read):
    batch = read(
        "BEGIN:VCARD\nFN:Ana\nEMAIL:ana@example.com\n" + card("FN:Will", "EMAIL:will@example.com", end="\n"), "a.vcf"
    )
    assert [person.name for person in batch.people] == ["Ana", "Will"]
    assert [(problem.row, "line 1" in problem.reason) for problem in batch.problems] == [(1, True)]


def test_the_same_person_twice_is_one_with_what_both_cards_know(read):
    batch = read(
        card("FN:Ana Moreno", "EMAIL:ana@example.com")
        + card("FN:Ana M. Moreno", "EMAIL:ANA@example.com", "EMAIL:more@example.com", "ORG:Kiln", "NOTE:blue"),
        "a.vcf",
    )
    ana = one(batch)
    assert (ana.name, ana.company, facts(ana, "note")) == ("Ana Moreno", "Kiln", ["blue"])
    assert ana.accounts == (Identity(Network.EMAIL, "more@example.com"),)
    assert [skip.row for skip in batch.skipped] == [2]


def test_two_people_with_one_address_stay_two(read):
    batch = read(
        card("FN:Ana Moreno", "EMAIL:family@example.com")
        + card("FN:Ben Lima", "EMAIL:family@example.com", "EMAIL:ben@example.com")
        + card("FN:Cleo Ray", "EMAIL:family@example.com"),
        "a.vcf",
    )
    ana, ben, cleo = batch.people
    assert [person.key for person in (ana, ben, cleo)] == ["family@example.com", "ben@example.com", "name:cleo ray"]
    assert (ben.email, cleo.email) == ("ben@example.com", "")
    assert Fact("e-mail", "family@example.com", shared=False) in cleo.facts
    assert all(not person.accounts for person in (ana, ben, cleo))
    assert [problem.row for problem in batch.problems] == [2, 3]


def test_without_an_address_a_profile_then_the_name_is_the_key(read):
    batch = read(
        card("FN:Ana", "URL:https://x.com/ana", "TEL:1")
        + card("FN:Ben Lima", "ORG:Kiln", "TEL:2")
        + card("FN:Ben Lima", "ORG:Works", "TEL:3")
        + card("FN:Ben Lima", "ORG:Kiln", "TEL:4")
        + card("FN:+34 600 1", "TEL:5")
        + card("ORG:Acme", "TEL:6"),
        "a.vcf",
    )
    assert [(person.network, person.key) for person in batch.people] == [
        (Network.X, "@ana"),
        (Network.OTHER, "name:ben lima;at:kiln"),
        (Network.OTHER, "name:ben lima;at:works"),
    ]
    assert [skip.row for skip in batch.skipped] == [4, 5, 6]


def test_what_is_no_address_is_a_problem(read):
    batch = read(card("FN:Ana", "EMAIL:/o=exchange/cn=ana", "EMAIL:Ana <ana@example.com>"), "a.vcf")
    assert one(batch).email == "ana@example.com"
    assert [(problem.row, problem.column) for problem in batch.problems] == [(1, "e-mail")]


def test_cards_in_a_zip_count_on_and_stand_once(saved):
    buffer = BytesIO()
    ana, ben = card("FN:Ana", "EMAIL:ana@example.com"), card("FN:Ben", "EMAIL:ben@example.com")
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("Takeout/Contacts/All Contacts/All Contacts.vcf", ana + ben)
        archive.writestr("Takeout/Contacts/My Contacts/My Contacts.vcf", ana + card())
        archive.writestr("Takeout/archive_browser.html", "<html></html>")
    batch = followers.read(saved(buffer.getvalue(), "takeout.zip"))
    assert [(person.row, person.name) for person in batch.people] == [(1, "Ana"), (2, "Ben")]
    assert [skip.row for skip in batch.skipped] == [4]
    assert "My Contacts.vcf" in batch.skipped[0].reason
    assert any("1 of the cards stands in more than one" in note for note in batch.notes)


def test_a_card_with_an_enormous_picture_costs_little(read):
    picture = "\r\n ".join(["A" * 74] * 20_000)
    ana = one(read(card("FN:Ana", f"PHOTO;ENCODING=b:{picture}", "EMAIL:a@example.com"), "a.vcf"))
    assert ana.email == "a@example.com"


def test_the_samples(request):
    folder = SHARED / "samples" / "vcard"
    if not folder.is_dir():
        pytest.skip("no shared samples here")
    counts = {path.name: len(followers.read(path).people) for path in sorted(folder.glob("*.vcf"))}
    assert counts == {
        "John_Doe_ANDROID.vcf": 6,
        "John_Doe_GMAIL.vcf": 1,
        "John_Doe_IPHONE.vcf": 1,
        "John_Doe_MS_OUTLOOK.vcf": 1,
        "gmail-list.vcf": 3,
    }
    (john,) = followers.read(folder / "John_Doe_MS_OUTLOOK.vcf").people
    assert (john.email, john.company, john.location) == ("john.doe@ibm.cm", "IBM", "Albaney, United States of America")


def test_letters_in_two_because_bytes_were_folded(read):
    data = card("FN:Jörg Klein", "EMAIL:jk@example.com", "NOTE:20 € a month").encode()
    for letter in ("ö", "€"):
        first, rest = letter.encode()[:1], letter.encode()[1:]
        data = data.replace(first + rest, first + b"\r\n " + rest)
    batch = read(data, "contacts.vcf")
    assert (one(batch).name, batch.read_as) == ("Jörg Klein", "UTF-8")
    assert facts(one(batch), "note") == ["20 € a month"]


def test_several_addresses_in_one_property(read):
    batch = read(card("FN:Ana", "EMAIL;TYPE=work:ana@example.com, a.m@example.com"), "contacts.vcf")
    assert one(batch).email == "ana@example.com"
    assert one(batch).accounts == (Identity(Network.EMAIL, "a.m@example.com"),)
    assert not batch.problems


@pytest.mark.parametrize("rest", ["B", "BEGIN:", "BEGIN:VCAR", "BEGIN:VCARD"])
def test_a_file_cut_off_where_a_card_begins(read, rest):
    batch = read(card("FN:Ana", "EMAIL:ana@example.com") + rest, "contacts.vcf")
    assert one(batch).name == "Ana"
    assert [problem.row for problem in batch.skipped] == [2]
    assert "cut off" in " ".join(batch.notes)


def test_a_letter_that_no_encoding_knows_is_told(read):
    data = (card("FN:Ana", "EMAIL:ana@example.com") + card("FN:Bo", "EMAIL:bo@example.com", "NOTE:x@")).encode()
    batch = read(data.replace(b"x@", b"\x9d\xe4"), "contacts.vcf")
    assert [person.row for person in batch.people] == [1, 2]
    assert "One character could not be read and became “\ufffd”." in batch.notes
