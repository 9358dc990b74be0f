from datetime import date

import pytest

from warmnote.model import Knowledge, Network


def one(batch):
    (person,) = batch.people
    return person


@pytest.mark.parametrize(
    "header",
    [
        "First Name,Last Name,E-mail,City,Company,Job title,Bio",
        "Vorname;Nachname;E-Mail-Adresse;Ort;Firma;Berufsbezeichnung;Über mich",
        "Prénom;Nom;Adresse e-mail;Ville;Entreprise;Poste;À propos",
        "Nombre\tApellidos\tCorreo electrónico\tCiudad\tEmpresa\tPuesto\tDescripción",
        "Primeiro nome|Sobrenome|Endereço de e-mail|Cidade|Empresa|Cargo|Descrição",
        "FIRST_NAME,last_name,emailAddress,geo location,current-company,occupation,Biography",
    ],
)
def test_headers_in_five_languages(read, header):
    delimiter = next(mark for mark in ";\t|," if mark in header)
    row = delimiter.join(["Ana", "Moreno", "ana@example.com", "Porto", "Moreno Ceramics", "Owner", "Potter & runner"])
    ana = one(read(f"{header}\n{row}\n", "people.csv"))
    assert (ana.name, ana.network, ana.key) == ("Ana Moreno", Network.EMAIL, "ana@example.com")
    assert (ana.location, ana.company, ana.position, ana.bio) == (
        "Porto",
        "Moreno Ceramics",
        "Owner",
        "Potter & runner",
    )


@pytest.mark.parametrize(
    ("address", "network", "key"),
    [
        ("https://www.linkedin.com/in/anamoreno/", Network.LINKEDIN, "/in/anamoreno"),
        ("https://x.com/AnaMoreno", Network.X, "@anamoreno"),
        ("https://www.instagram.com/_u/Ana.Moreno", Network.INSTAGRAM, "ana.moreno"),
        ("https://www.threads.net/@ana", Network.THREADS, "ana"),
        ("https://www.tiktok.com/@Ana?lang=en", Network.TIKTOK, "ana"),
        ("https://github.com/ana", Network.GITHUB, "@ana"),
        ("https://bsky.app/profile/ana.example", Network.BLUESKY, "@ana.example"),
        ("https://social.example/@ana", Network.MASTODON, "ana@social.example"),
        ("https://www.facebook.com/profile.php?id=77", Network.FACEBOOK, "77"),
    ],
)
def test_the_network_is_told_by_the_address(read, address, network, key):
    batch = read(f"Name,Profile link\nAna Moreno,{address}\n", "people.csv")
    assert (one(batch).network, one(batch).key) == (network, key)
    assert batch.network is network


def test_each_row_has_its_own_network(read):
    batch = read("Name,URL\nA,https://x.com/a\nB,https://github.com/b\nC,https://github.com/c\nD,\n", "people.csv")
    assert [person.network for person in batch.people] == [Network.X, Network.GITHUB, Network.GITHUB, Network.OTHER]
    assert batch.network is Network.GITHUB


def test_a_date_column_in_one_order_for_all(read):
    batch = read("Handle;Network;Followed on\nana;x;03/04/2025\nwill;x;25/04/2025\neve;x;soon\n", "people.csv")
    assert [person.followed_on for person in batch.people] == [date(2025, 4, 3), date(2025, 4, 25), None]
    assert batch.people[0].followed_known is Knowledge.EXACT
    assert [(problem.row, problem.column) for problem in batch.problems] == [(4, "Followed on")]


def test_columns_nobody_knows_become_facts_when_they_hold_words(read):
    batch = read(
        "Name,Email,Loves,Score,Active,Link to file,Notes\n"
        'Ana,ana@example.com,"Pottery, trains",17,yes,https://files.example/1,"Met at the fair.\nLaughed a lot."\n',
        "fair.csv",
    )
    facts = one(batch).facts
    assert [(fact.kind, fact.text) for fact in facts] == [
        ("note", "Met at the fair.\nLaughed a lot."),
        ("loves", "Pottery, trains"),
    ]
    assert {fact.source for fact in facts} == {"fair.csv"}


def test_what_a_crm_knows_besides_was_not_shared_by_the_person(read):
    ana = one(
        read(
            "Record ID,First Name,Last Name,Email,Lifecycle Stage,Lead source,Home Street,Spouse\n"
            "7,Ana,Moreno,ana@example.com,lead,Trade fair,1 Kiln Lane,Will\n",
            "hubspot.csv",
        )
    )
    assert [(fact.kind, fact.text, fact.shared) for fact in ana.facts] == [("lead source", "Trade fair", False)]


def test_a_column_without_a_known_header_is_told_by_its_content(read):
    batch = read(
        "Person,Reach,Where\nAna,ana@example.com,linkedin.com/in/ana\nWill,w@b.example,linkedin.com/in/w\n", "x.csv"
    )
    assert [(person.key, person.email) for person in batch.people] == [
        ("/in/ana", "ana@example.com"),
        ("/in/w", "w@b.example"),
    ]


def test_a_list_without_any_header(read):
    batch = read("Ana Moreno,ana@example.com\nWill Brandt,will@example.com\n", "list.txt")
    assert [(person.row, person.name, person.key) for person in batch.people] == [
        (1, "Ana Moreno", "ana@example.com"),
        (2, "Will Brandt", "will@example.com"),
    ]
    links = read("https://github.com/ana\nhttps://x.com/will\n", "links.txt")
    assert [person.name for person in links.people] == ["ana", "will"]


def test_a_network_named_by_the_header(read):
    batch = read("Name,Twitter handle,Instagram\nAna,@AnaM,\nWill,,will.b\n", "people.csv")
    assert [(person.network, person.key, person.handle) for person in batch.people] == [
        (Network.X, "@anam", "AnaM"),
        (Network.INSTAGRAM, "will.b", "will.b"),
    ]


def test_the_same_handle_twice_keeps_the_first(read):
    batch = read("Instagram,Bio\nana,first\nANA,second\n", "people.csv")
    assert one(batch).bio == "first"
    assert [(skip.row, skip.reason) for skip in batch.skipped] == [(3, "the same person as in row 2")]


def test_equal_names_at_different_companies_are_two_people(read):
    batch = read("Name,Company\nAna Moreno,Kiln\nAna Moreno,Mill\nana  moreno,KILN\n", "people.csv")
    assert [person.row for person in batch.people] == [2, 3]
    assert [skip.row for skip in batch.skipped] == [4]


@pytest.mark.parametrize(
    ("header", "row", "source", "name", "email"),
    [
        (
            "First Name,Middle Name,Last Name,Organization Name,Organization Title,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value",
            "Ana,,Moreno,Kiln,Owner,* myContacts,* Work,old@example.com ::: * ana@example.com,1",
            "Google contacts",
            "Ana Moreno",
            "ana@example.com",
        ),
        (
            "Name,Given Name,Additional Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Organization 1 - Name,Organization 1 - Title",
            "Ana M. Moreno,Ana,M.,Moreno,* myContacts,*,ana@example.com,Kiln,Owner",
            "Google contacts",
            "Ana M. Moreno",
            "ana@example.com",
        ),
        (
            "First Name,Middle Name,Last Name,Title,Suffix,Initials,Web Page,Gender,Birthday,E-mail Address,E-mail 2 Address,Mobile Phone,Company,Job Title,Categories",
            "Ana,,Moreno,Dr.,,AM,,,,ana@example.com,,,Kiln,Owner,",
            "Outlook contacts",
            "Ana Moreno",
            "ana@example.com",
        ),
        (
            "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Organization,Job Title,Web Page 1,Birth Year",
            "Ana,Moreno,Ana Moreno,,ana@example.com,,Kiln,Owner,,",
            "Thunderbird address book",
            "Ana Moreno",
            "ana@example.com",
        ),
        (
            "Record ID,First Name,Last Name,Email,Phone Number,Job Title,Company Name,Contact owner,Lifecycle Stage,Create Date",
            "77,Ana,Moreno,ana@example.com,,Owner,Kiln,Bob,lead,2024-01-01",
            "HubSpot contacts",
            "Ana Moreno",
            "ana@example.com",
        ),
        (
            "Person - Name,Person - Email,Person - Phone,Organization - Name,Person - Job title,Person - ID",
            "Ana Moreno,ana@example.com,,Kiln,Owner,7",
            "Pipedrive people",
            "Ana Moreno",
            "ana@example.com",
        ),
        (
            "Id,AccountId,FirstName,LastName,Title,Email,MailingCity,Account Name",
            "003,001,Ana,Moreno,Owner,ana@example.com,Porto,Kiln",
            "Salesforce contacts",
            "Ana Moreno",
            "ana@example.com",
        ),
    ],
)
def test_address_books_and_crms(read, header, row, source, name, email):
    batch = read(f"{header}\n{row}\n", "contacts.csv")
    ana = one(batch)
    assert (batch.source, ana.name, ana.email, ana.key) == (source, name, email, email)
    assert (ana.company, ana.position) == ("Kiln", "Owner")
    assert ana.facts == ()
    assert batch.problems == ()


def test_a_linkedin_address_in_an_address_book_is_a_further_account(read):
    ana = one(
        read(
            "First Name,Last Name,Display Name,Primary Email,Web Page 1\n"
            "Ana,Moreno,Ana Moreno,ana@example.com,https://www.linkedin.com/in/anamoreno\n",
            "contacts.csv",
        )
    )
    assert (ana.network, ana.key, ana.follows) == (Network.EMAIL, "ana@example.com", False)
    assert [(account.network, account.key) for account in ana.accounts] == [(Network.LINKEDIN, "/in/anamoreno")]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("ID,Screen Name,Profile Name,Description,Followers,Location,Website,Created At,URL", "{},ana,Ana,Potter,1,Porto,,2011,https://x.com/ana"),
        ("id,screen_name,name,description,location,created_at", "{},ana,Ana,Potter,Porto,2011"),
        ("ID,NAME,USER,FOLLOWED,FOLLOWERS,FOLLOWING,LISTED,BIO,LOCATION", "{},Ana,ana,x,1,2,3,Potter,Porto"),
        ("username,userId,name,bio,location,websiteUrl,followersCount", "ana,{},Ana,Potter,Porto,,7"),
        ("id,name,username,bio,location,url,join_date", "{},Ana,ana,Potter,Porto,,2011-01-01"),
    ],
)  # fmt: skip
def test_lists_of_x_followers(read, header, row):
    batch = read(f"{header}\n{row.format('1432871234567890123')}\n", "export.csv")
    ana = one(batch)
    assert (batch.source, ana.network, ana.key) == ("X followers", Network.X, "1432871234567890123")
    assert (ana.name, ana.handle, ana.bio, ana.location) == ("Ana", "ana", "Potter", "Porto")
    assert ana.followed_on is None  # the day the account was made is not the day of the follow
    ruined = read(f"{header}\n{row.format('1.43287E+18')}\n", "export.csv")
    assert one(ruined).key == "@ana"
    assert "1.4E+18" in ruined.notes[0]


def test_the_one_column_list_that_fediverse_servers_export(read):
    batch = read("Account address\nana@social.example\nWill@Other.Example\n", "followers.csv")
    assert (batch.source, batch.network) == ("Mastodon followers", Network.MASTODON)
    assert [(person.key, person.url) for person in batch.people] == [
        ("ana@social.example", "https://social.example/@ana"),
        ("will@other.example", "https://other.example/@Will"),
    ]


def test_the_list_of_those_whom_the_user_follows_is_refused(refused):
    told = refused(
        "Account address,Show boosts,Notify on new posts,Languages\na@b.example,true,false,\n", "following.csv"
    )
    assert "whom you follow" in told.message


def test_bluesky_handles_and_dids(read):
    batch = read("did,handle,displayName\ndid:plc:aa2,ana.example,Ana\n", "followers.csv")
    assert (batch.network, one(batch).key, one(batch).handle) == (Network.BLUESKY, "did:plc:aa2", "ana.example")
    assert one(read("Handle\nana.bsky.social\n", "f.csv")).network is Network.BLUESKY


def test_a_family_name_that_is_called_name(read):
    assert one(read("Vorname;Name;E-Mail\nAna;Moreno;ana@example.com\n", "x.csv")).name == "Ana Moreno"


def test_excels_line_that_names_the_delimiter(read):
    ana = one(read("sep=;\nName;Email\nAna, the potter;ana@example.com\n", "x.csv"))
    assert (ana.name, ana.row) == ("Ana, the potter", 2)


def test_rows_without_anything_are_skipped_or_passed_over(read):
    batch = read("Name,Email,City\n,,\n,,Porto\nAna,broken,\n", "x.csv")
    assert [(skip.row, skip.reason) for skip in batch.skipped] == [(3, "no name and no address")]
    assert [(problem.row, problem.column) for problem in batch.problems] == [(4, "Email")]


def test_several_lists_in_one_folder_are_named(saved, refused):
    from warmnote import followers
    from warmnote.model import Expected

    path = saved("Name,Email\nAna,ana@example.com\n", "folder/one.csv")
    assert len(followers.read(path.parent).people) == 1
    saved("Name,Email\nWill,will@example.com\n", "folder/two.csv")
    with pytest.raises(Expected, match=r"one\.csv.*two\.csv"):
        followers.read(path.parent)


def test_a_table_of_something_else_names_its_columns(refused):
    told = refused("Product,Price,Stock\nKiln,100,2\n", "stock.csv")
    assert "“Product”, “Price”, “Stock”" in told.message
    assert "names with an e-mail address, a handle, a profile address or a company" in told.message
    assert told.hint
    assert "“Name”, “Price”" in refused("Name,Price\nKiln,100\n", "stock.csv").message


def test_a_telephone_list_is_a_list_of_people(read):
    ana = one(read("Name,Phone\nAna Moreno,+351 1\n", "phones.csv"))
    assert (ana.name, ana.network, ana.facts) == ("Ana Moreno", Network.OTHER, ())


def test_long_cells_are_cut_and_marked(read):
    ana = one(read(f'Name,Email,Bio\n"{"A" * 9_000}",ana@example.com,"{"b" * 90_000}"\n', "x.csv"))
    assert (len(ana.name), ana.name[-1]) == (500, "…")
    assert (len(ana.bio), ana.bio[-1]) == (20_000, "…")
