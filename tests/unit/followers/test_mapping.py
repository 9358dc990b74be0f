"""Tables whose columns the user explains."""

from datetime import date

import pytest

from warmnote import followers
from warmnote.followers import Mapping, Remembered, Role, Sheet, Unmapped, try_out
from warmnote.followers.mapping import digest
from warmnote.model import Expected, Fact, Knowledge, Network

UNKNOWN = "Alpha,Beta,Gamma,Delta\nAna Moreno,ana.pots,Kiln,Likes blue\nBob Ray,bob_ray,Works,\n,,,\nCleo,,Oven,\n"
EXPLAINED = Mapping((Role.NAME, Role.HANDLE, Role.COMPANY, None), (None, Network.INSTAGRAM, None, None), follows=True)


@pytest.fixture
def unmapped(refused):
    def find(content: str | bytes, name: str = "list.csv") -> Sheet:
        told = refused(content, name)
        assert isinstance(told, Unmapped)
        return told.sheet

    return find


def test_a_table_in_which_nobody_is_found_is_shown(unmapped, saved):
    sheet = unmapped(UNKNOWN)
    assert sheet.header == ("Alpha", "Beta", "Gamma", "Delta")
    assert sheet.sample[0] == ("Ana Moreno", "ana.pots", "Kiln", "Likes blue")
    assert len(sheet.sample) == 3
    assert sheet.guessed == Mapping((None,) * 4, (None,) * 4, follows=False)
    assert followers.sheet(saved(UNKNOWN, "list.csv")) == sheet


def test_prose_and_a_single_line_are_no_table(refused):
    for content in ("Dear Will,\n\nthe kiln is warm.\n", "Alpha,Beta\n", "just words"):
        assert not isinstance(refused(content, "letter.txt"), Unmapped)


def test_reading_as_the_user_said(saved):
    batch = followers.read(saved(UNKNOWN, "list.csv"), mapping=EXPLAINED)
    ana, bob, cleo = batch.people
    assert (ana.row, ana.network, ana.key, ana.name, ana.company) == (
        2,
        Network.INSTAGRAM,
        "ana.pots",
        "Ana Moreno",
        "Kiln",
    )
    assert ana.facts == (Fact("delta", "Likes blue", "list.csv", shared=False),)
    assert (bob.row, cleo.row, cleo.network, cleo.follows) == (3, 5, Network.OTHER, True)
    assert (batch.source, batch.whole) == (followers.GENERIC, frozenset())


def test_people_who_do_not_follow_are_an_address_book(saved):
    mapping = Mapping((Role.NAME, Role.HANDLE, Role.COMPANY, None), (None, Network.X, None, None))
    ana, *_ = followers.read(saved(UNKNOWN, "list.csv"), mapping=mapping).people
    assert (ana.follows, ana.network, ana.key, ana.followed_known) == (
        False,
        Network.X,
        "@ana.pots",
        Knowledge.FIRST_SEEN,
    )


def test_the_sample_shows_what_becomes_of_each_row(unmapped):
    sheet = unmapped(UNKNOWN)
    assert try_out(sheet, sheet.guessed) == (None, None, None)
    ana, bob, cleo = try_out(sheet, EXPLAINED)
    assert (ana.name, bob.handle, cleo.company) == ("Ana Moreno", "bob_ray", "Oven")
    (nobody, *_) = try_out(sheet, Mapping((Role.LEFT_OUT,) * 4))
    assert nobody is None


def test_the_same_header_is_read_the_same_way_the_next_time(saved, unmapped):
    known = {unmapped(UNKNOWN).digest: Remembered(EXPLAINED, date(2026, 5, 3))}
    later = saved(" alpha ,BETA,Gamma,Delta\nZoë,zoe,Glaze,\n", "later.csv")
    batch = followers.read(later, recall=known.get)
    assert [(person.network, person.key) for person in batch.people] == [(Network.INSTAGRAM, "zoe")]
    assert "Read as you told Warmnote on 3 May." in batch.notes
    with pytest.raises(Expected):
        followers.read(saved("Alpha,Gamma\nZoë,Glaze\n", "other.csv"), recall=known.get)


def test_what_the_user_said_goes_before_a_guess(saved):
    path = saved("Name,Email,Nickname\nAna,ana@example.org,ana.pots\n", "list.csv")
    sheet = followers.sheet(path)
    assert sheet is not None
    assert sheet.guessed.roles == (Role.NAME, Role.EMAIL, Role.NICKNAME)
    mapping = Mapping((Role.NAME, Role.LEFT_OUT, Role.HANDLE), (None, None, Network.TIKTOK), follows=True)
    (ana,) = followers.read(path, recall={sheet.digest: Remembered(mapping, date(2026, 5, 3))}.get).people
    assert (ana.network, ana.key, ana.email) == (Network.TIKTOK, "ana.pots", "")


def test_a_table_without_a_header_can_be_explained_and_is_not_remembered(saved):
    path = saved("Ana Moreno,ana@example.org,Kiln\nBob Ray,bob@example.org,Works\n", "list.csv")
    sheet = followers.sheet(path)
    assert sheet is not None
    assert (sheet.header, sheet.digest) == (("Column 1", "Column 2", "Column 3"), "")
    ana, bob = followers.read(path, mapping=Mapping((Role.NAME, Role.EMAIL, Role.COMPANY))).people
    assert (ana.row, ana.company, bob.company) == (1, "Kiln", "Works")


def test_a_mapping_survives_being_kept():
    assert Mapping.from_text(EXPLAINED.to_text()) == EXPLAINED
    for broken in ("", "{", "[]", "{}", '{"roles": ["king"], "networks": [], "follows": true}', '{"roles": 1}'):
        assert Mapping.from_text(broken) is None


def test_headers_are_told_apart_whatever_their_dress():
    assert digest([" Name", "E-Mail "]) == digest(["name", "e-mail"])
    assert digest(["Name", "Email"]) != digest(["Email", "Name"])
    assert digest(["", " "]) == ""
    assert digest(["ab", "c"]) != digest(["a", "bc"])


def test_a_mapping_that_is_shorter_or_longer_than_the_table(saved):
    path = saved(UNKNOWN, "list.csv")
    assert followers.read(path, mapping=Mapping((Role.NAME,))).people[0].name == "Ana Moreno"
    long = Mapping((Role.NAME, *[None] * 9))
    assert followers.read(path, mapping=long).people[0].name == "Ana Moreno"


def test_dates_and_ambiguous_birthdays(saved):
    path = saved("Who,When\nAna,03/02/2024\nBob,25/02/2024\n", "list.csv")
    mapping = Mapping((Role.NAME, Role.FOLLOWED), follows=True)
    assert [person.followed_on for person in followers.read(path, mapping=mapping).people] == [
        date(2024, 2, 3),
        date(2024, 2, 25),
    ]
