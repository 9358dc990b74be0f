from datetime import date

import pytest

from warmnote import followers
from warmnote.model import Knowledge, Network

PREAMBLE = 'Notes:\n"Some addresses are missing, because members may hide them, and that is as it should be."\n\n'
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ANA = "Ana,Moreno,https://www.linkedin.com/in/anamoreno,ana@example.com,Moreno Ceramics,Owner,20 Nov 2026\n"
WILL = "Will,Brandt,https://www.linkedin.com/in/wbrandt,,Brandt Optics,Sales lead,02 Feb 2024"


def test_the_file_of_today(read):
    batch = read(PREAMBLE + HEADER + ANA + WILL)
    assert (batch.source, batch.network, batch.origin, batch.read_as) == (
        "LinkedIn connections",
        Network.LINKEDIN,
        "Connections.csv",
        "UTF-8",
    )
    ana, will = batch.people
    assert (ana.row, ana.key, ana.handle, ana.name) == (5, "/in/anamoreno", "anamoreno", "Ana Moreno")
    assert (ana.email, ana.company, ana.position) == ("ana@example.com", "Moreno Ceramics", "Owner")
    assert (ana.followed_on, ana.followed_known) == (date(2026, 11, 20), Knowledge.EXACT)
    assert (will.row, will.url, will.email) == (6, "https://www.linkedin.com/in/wbrandt", "")
    assert (batch.skipped, batch.problems, batch.notes) == ((), (), ())


@pytest.mark.parametrize("preamble", [PREAMBLE, ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_way_a_spreadsheet_saves_it(read, preamble, encoding, newline, delimiter):
    rows = HEADER + 'Zoë,Müller,https://www.linkedin.com/in/zoe-m,,"Brot & Söhne",Bäckerin,07 Jun 2026\n'
    content = preamble + rows.replace(",", delimiter)
    batch = read(content.replace("\n", newline).encode(encoding))
    (zoe,) = batch.people
    assert (zoe.name, zoe.company, zoe.position) == ("Zoë Müller", "Brot & Söhne", "Bäckerin")
    assert (zoe.followed_on, zoe.row) == (date(2026, 6, 7), 5 if preamble else 2)
    assert batch.problems == ()


def test_the_shape_of_2018_is_known_by_e_mail_else_by_name_and_day(read):
    batch = read(
        "First Name,Last Name,Email Address,Company,Position,Connected On\n"
        'Ana,Moreno,Ana@Example.com,Moreno Ceramics,Owner,"6/17/18, 3:04 PM"\n'
        'Will,Brandt,,Brandt Optics,Sales lead,"6/16/18, 9:41 AM"\n'
    )
    assert [person.key for person in batch.people] == ["email:ana@example.com", "name:will brandt;on:2018-06-16"]
    assert [person.followed_on for person in batch.people] == [date(2018, 6, 17), date(2018, 6, 16)]
    assert "no profile addresses" in " ".join(batch.notes)


def test_an_export_with_addresses_finds_the_people_of_one_without(read):
    old = read(
        "First Name,Last Name,Email Address,Company,Position,Connected On\n"
        "Ana,Moreno,ana@example.com,,,20 Nov 2026\nWill,Brandt,,,,02 Feb 2024\n"
    )
    new = read(PREAMBLE + HEADER + ANA + WILL)
    for before, now in zip(old.people, new.people, strict=True):
        assert before.key in followers.earlier_keys(now)
        assert now.key not in followers.earlier_keys(now)


def test_the_shape_of_2020_keeps_websites_and_no_street(read):
    batch = read(
        "First Name,Last Name,Email Address,Company,Position,Connected On,Address,Websites,Instant Messengers\n"
        "Ana,Moreno,,Moreno Ceramics,Owner,20 Nov 2020,1 Kiln Lane,https://clay.example,SKYPE: ana\n"
    )
    (ana,) = batch.people
    assert [(fact.kind, fact.text) for fact in ana.facts] == [("website", "https://clay.example")]
    assert ana.location == ""


OUTLOOK_LIKE = (
    '"Title","First Name","Middle Name","Last Name","Suffix","E-mail Address","E-mail 2 Address","E-mail 3 Address",'
    '"Business Street","Company","Department","Job Title"\n'
    '"","Ana","M.","Moreno","","ana@example.com","","","","Moreno Ceramics","","Owner"\n'
    '"","Will","","Brandt","","","","","","Brandt Optics","","Sales lead"\n'
)


def test_the_shape_of_2016_copies_outlook(read):
    batch = read(OUTLOOK_LIKE, "export.csv")
    assert batch.network is Network.LINKEDIN
    assert [(person.name, person.key, person.position) for person in batch.people] == [
        ("Ana M. Moreno", "email:ana@example.com", "Owner"),
        ("Will Brandt", "name:will brandt", "Sales lead"),
    ]


def test_outlooks_own_file_is_not_taken_for_linkedins(read):
    content = (
        '"Title","First Name","Middle Name","Last Name","Suffix","Company","Department","Job Title","Business Street",'
        '"E-mail Address","E-mail Type","E-mail Display Name"\n'
        '"Dr.","Ana","","Moreno","","Moreno Ceramics","","Owner","1 Kiln Lane","ana@example.com","SMTP","Ana Moreno"\n'
    )
    batch = read(content, "contacts.csv")
    assert (batch.source, batch.network) == ("Outlook contacts", Network.EMAIL)
    (ana,) = batch.people
    assert (ana.name, ana.key, ana.position, ana.company) == (
        "Ana Moreno",
        "ana@example.com",
        "Owner",
        "Moreno Ceramics",
    )
    assert read(content, "linkedin_connections_export_microsoft_outlook.csv").network is Network.LINKEDIN


def test_hidden_members_are_counted_and_not_created(read):
    batch = read(PREAMBLE + HEADER + ",,,,,,07 Jun 2026\n" + ANA + ",,,,,,\n,,,,Acme,Owner,07 Jun 2026\n")
    assert [person.name for person in batch.people] == ["Ana Moreno"]
    assert [(skip.row, skip.reason) for skip in batch.skipped] == [
        (5, "no name, only a date (a closed account)"),
        (8, "no name and no address"),
    ]


def test_a_date_that_is_none_leaves_the_person(read):
    batch = read(HEADER + ANA.replace("20 Nov 2026", "31 Feb 2024"))
    (ana,) = batch.people
    assert (ana.followed_on, ana.followed_known) == (None, Knowledge.FIRST_SEEN)
    (problem,) = batch.problems
    assert (problem.row, problem.column) == (2, "Connected On")
    assert problem.reason == "“31 Feb 2024” is not a date; the person is kept without one"


def test_an_address_written_in_many_ways_is_one_key(read):
    addresses = [
        "https://www.linkedin.com/in/zo%C3%AB-m",
        "http://de.linkedin.com/in/ZO%C3%8B-M/",
        "linkedin.com/in/zoë-m?trk=contact",
        "https://www.linkedin.com/in/zoe%CC%88-m/de#top",
    ]
    batch = read(HEADER + "".join(f"Zoë,{number},{url},,,,\n" for number, url in enumerate(addresses)))
    assert [person.key for person in batch.people] == ["/in/zoë-m"]
    assert [(skip.row, skip.reason) for skip in batch.skipped] == [
        (row, "the same person as in row 2") for row in (3, 4, 5)
    ]


def test_a_name_and_a_day_that_occur_twice_are_said_to_be_undistinguished(read):
    batch = read("First Name,Last Name,Connected On\n" + "Ana,Moreno,07 Jun 2026\n" * 2)
    assert len(batch.people) == 1
    assert batch.skipped[0].reason == "the same name as row 2, and nothing that tells the two apart"


def test_a_member_without_a_name_is_shown_by_handle(read):
    batch = read(HEADER + ",,https://www.linkedin.com/in/anamoreno,,,,07 Jun 2026\n")
    assert batch.people[0].name == "anamoreno"
    assert "no name" in batch.problems[0].reason


@pytest.mark.parametrize(
    ("row", "column"),
    [("Ana,Moreno,https://example.com/x,,,,\n", "URL"), ("Ana,Moreno,,not a mail,,,\n", "Email Address")],
)
def test_a_wrong_address_is_a_problem_and_the_person_is_kept(read, row, column):
    batch = read(HEADER + row)
    assert len(batch.people) == 1
    assert [problem.column for problem in batch.problems] == [column]


def test_a_preamble_that_a_spreadsheet_has_widened(read):
    empty = ";" * 6
    batch = read(f'Notes:{empty}\r\n"A sentence; and more"{empty}\r\n{empty}\r\n{(HEADER + ANA).replace(",", ";")}')
    assert [(person.row, person.key) for person in batch.people] == [(5, "/in/anamoreno")]
    assert batch.problems == ()


def test_names_keep_credentials_and_emoji(read):
    batch = read(HEADER + 'Ana 🚀,"Smith, PhD",,a@b.example,,,\n')
    assert batch.people[0].name == "Ana 🚀 Smith, PhD"


def test_a_dropped_delimiter_is_a_problem_of_its_row(read):
    batch = read(HEADER + ANA + "Will,Brandt,https://www.linkedin.com/in/wbrandt,,Brandt, Inc,Lead,02 Feb 2024\n")
    assert [person.key for person in batch.people] == ["/in/anamoreno", "/in/wbrandt"]
    assert any("8 cells where the header has 7" in problem.reason for problem in batch.problems)


def test_a_quotation_mark_that_is_never_closed_costs_nobody(read):
    rows = [f"P{n},Q,https://www.linkedin.com/in/p{n},,Acme {n},Owner,07 Jun 2026\n" for n in range(30)]
    rows[3] = rows[3].replace("P3,", '"P3,')
    rows[20] = rows[20].replace("Acme 20", '"Acme, 20"')
    batch = read(PREAMBLE + HEADER + "".join(rows))
    assert [person.key for person in batch.people] == [f"/in/p{n}" for n in range(30)]
    assert [(problem.row, "never closed" in problem.reason) for problem in batch.problems] == [(8, True)]
    assert batch.people[20].company == "Acme, 20"


def test_row_numbers_are_those_of_a_spreadsheet(read):
    batch = read(PREAMBLE + HEADER + '\n"Ana\nMaria",M,,a@b.example,,,\n\nWill,B,,w@b.example,,,x\n')
    assert [(person.row, person.name) for person in batch.people] == [(6, "Ana Maria M"), (8, "Will B")]
    assert batch.problems[0].row == 8


def test_traps_inside_cells(read):
    batch = read(HEADER + "An\u0000a\u0007,Mo\u2028reno,,a@b.example,'=Acme,\u202eOwner,07 Jun 2026\n")
    (ana,) = batch.people
    assert (ana.name, ana.company, ana.position) == ("Ana Mo reno", "=Acme", "Owner")


def test_ambiguous_dates_are_read_in_one_order_and_noted(read):
    rows = "".join(f"P{n},Q,,p{n}@b.example,,,{day}\n" for n, day in enumerate(["6/7/18", "5/6/18", "4/3/18"]))
    batch = read(HEADER + rows)
    assert batch.people[0].followed_on == date(2018, 6, 7)
    assert "month, day, year" in batch.notes[0]
    settled = read(HEADER + rows + "Z,Q,,z@b.example,,,25/1/18\n")
    assert settled.people[0].followed_on == date(2018, 7, 6)
    assert settled.notes == ()


def test_a_header_and_nobody_below(read):
    batch = read(PREAMBLE + HEADER)
    assert batch.people == ()
    assert batch.notes == ("The file has a header and no people below it.",)


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry", "Profile"),
        ("Organization,Followed On", "Company Follows"),
        ("Date,FullName,Status", "Member_Follows"),
    ],
)
def test_another_file_of_the_export_is_named(refused, header, named):
    told = refused(f"{header}\n{','.join('x' for _ in header.split(','))}\n", "something.csv")
    assert named in told.message
    assert "Connections" in told.message
    assert "Connections.csv" in told.hint


def test_a_table_that_merely_has_some_of_those_columns_is_read(read):
    batch = read("Date,Full Name,Status,E-mail\n2024-01-01,Ana Moreno,open,ana@example.com\n", "crm.csv")
    assert batch.people[0].name == "Ana Moreno"


def test_a_shorter_day_in_the_last_row_of_a_file_that_ends_is_no_break(read):
    rows = [f"P{number},Moreno,https://www.linkedin.com/in/p{number},,,,{day}" for number, day in enumerate(
        ["17-Jun-26", "16-Jun-26", "15-Jun-26", "14-Jun-26", "7-Jun-26"]
    )]  # fmt: skip
    batch = read(HEADER + "\n".join(rows) + "\n")
    assert len(batch.people) == 5
    assert not batch.skipped
