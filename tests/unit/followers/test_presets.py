"""The tables of address books, customer lists and mailing tools, in the languages that they are exported in."""

import csv
import io

import pytest

from warmnote.model import Batch, Identity, Incoming, Network


def table(row: dict[str, str], *, delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(row), delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerow(row)
    return out.getvalue()


def one(batch: Batch) -> Incoming:
    assert len(batch.people) == 1
    return batch.people[0]


GERMAN = {
    "Anrede": "Herr", "Vorname": "Jürgen", "Weitere Vornamen": "", "Nachname": "Müller", "Suffix": "", "Firma": "Töpferei Süd",
    "Abteilung": "Glasur", "Position": "Inhaber", "Straße geschäftlich": "Weg 1", "Ort geschäftlich": "München",
    "Region geschäftlich": "Bayern", "Postleitzahl geschäftlich": "80331", "Land/Region geschäftlich": "Deutschland",
    "Straße privat": "", "Ort privat": "Dachau", "Land/Region privat": "", "Telefon geschäftlich": "+49 89 1",
    "Mobiltelefon": "0170", "E-Mail-Adresse": "jm@example.org", "E-Mail-Typ": "SMTP",
    "E-Mail: Angezeigter Name": "Jürgen Müller (jm@example.org)", "E-Mail 2: Adresse": "zwei@example.org",
    "E-Mail 2: Typ": "SMTP", "Geburtstag": "3.2.1980", "Geschlecht": "Keine Angabe", "Initialen": "J.M.", "Jahrestag": "0.0.00",
    "Kategorien": "Kunden", "Notizen": "Mag Blau", "Priorität": "Normal", "Privat": "Aus", "Sprache": "", "Vertraulichkeit": "Normal",
    "Webseite": "http://sued.example",
}  # fmt: skip
FRENCH = {
    "Titre": "", "Prénom": "Zoé", "Deuxième prénom": "", "Nom": "Lévy", "Suffixe": "", "Société": "Atelier", "Service": "",
    "Fonction": "Potière", "Rue (bureau)": "1 rue", "Ville (bureau)": "Lyon", "Dép/Région (bureau)": "Rhône",
    "Code postal (bureau)": "69000", "Pays/Région (bureau)": "France", "Ville (domicile)": "Paris", "Tél. mobile": "06",
    "Adresse de messagerie": "zoe@example.org", "Type de messagerie": "SMTP", "Nom complet de l'adresse de messagerie": "Zoé",
    "Adresse de messagerie 2": "deux@example.org", "Anniversaire": "03/02/1980", "Catégories": "", "Notes": "Aime le bleu",
    "Page Web": "", "Priorité": "Normale", "Privé": "Faux",
}  # fmt: skip
SPANISH = {
    "Título": "", "Nombre": "José", "Segundo nombre": "Luis", "Apellidos": "Núñez", "Sufijo": "", "Organización": "Horno",
    "Departamento": "", "Puesto": "Alfarero", "Calle del trabajo": "", "Ciudad de trabajo": "Bilbao",
    "Provincia o estado de trabajo": "Bizkaia", "País o región del trabajo": "España", "Teléfono del trabajo": "1",
    "Dirección de correo electrónico": "jl@example.org", "Tipo de correo electrónico": "SMTP",
    "Nombre de pantalla de correo electrónico": "José", "Dirección de correo electrónico 2": "dos@example.org",
    "Cumpleaños": "3/2/1980", "Aniversario": "0/0/00", "Notas": "", "Prioridad": "Normal",
}  # fmt: skip
PORTUGUESE = {
    "Título": "", "Nome": "João", "Segundo Nome": "", "Sobrenome": "Gonçalves", "Sufixo": "", "Empresa": "Forno",
    "Cargo": "Oleiro", "Cidade do Endereço Comercial": "Porto", "Estado do Endereço Comercial": "Norte",
    "País/Região do Endereço Comercial": "Portugal", "Endereço de Email": "joao@example.org", "Tipo de Email": "SMTP",
    "Nome para Exibição do Email": "João", "Endereço de Email 2": "dois@example.org",
}  # fmt: skip
ITALIAN = {
    "Titolo": "", "Nome": "Niccolò", "Secondo nome": "", "Cognome": "Rossi", "Società": "Forno", "Posizione": "Vasaio",
    "Via (uff.)": "Via 1", "Città (uff.)": "Faenza", "Provincia (uff.)": "RA", "CAP (uff.)": "48018", "Paese (uff.)": "Italia",
    "Indirizzo posta elettronica": "n@example.org", "Tipo posta elettronica": "SMTP",
    "Nome visualizzato posta elettronica": "Niccolò", "Indirizzo posta elettronica 2": "due@example.org",
}  # fmt: skip
DUTCH = {
    "Titel": "", "Voornaam": "Jan", "Middelste naam": "", "Achternaam": "de Vries", "Bedrijf": "Oven", "Functie": "Pottenbakker",
    "Werkadres, straat": "Weg 1", "Werkadres, plaats": "Delft", "Werkadres, provincie": "ZH", "Werkadres, postcode": "2611",
    "Land/regio (werk)": "Nederland", "Huisadres, plaats": "Leiden", "Mobiele telefoon": "06", "E-mailadres": "jan@example.org",
    "E-mailtype": "SMTP", "E-mail, weergegeven naam": "Jan", "E-mailadres 2": "twee@example.org", "Privé": "Onwaar",
}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "name", "location", "position", "emails", "kinds"),
    [
        (GERMAN, "Jürgen Müller", "München, Deutschland", "Inhaber", ["jm", "zwei"],
         {"note": "Mag Blau", "birthday": "3 February", "label": "Kunden", "website": "http://sued.example", "abteilung": "Glasur"}),
        (FRENCH, "Zoé Lévy", "Lyon, France", "Potière", ["zoe", "deux"], {"note": "Aime le bleu", "birthday": "3 February"}),
        (SPANISH, "José Luis Núñez", "Bilbao, España", "Alfarero", ["jl", "dos"], {"birthday": "3 February"}),
        (PORTUGUESE, "João Gonçalves", "Porto, Portugal", "Oleiro", ["joao", "dois"], {}),
        (ITALIAN, "Niccolò Rossi", "Faenza, Italia", "Vasaio", ["n", "due"], {}),
        (DUTCH, "Jan de Vries", "Delft, Nederland", "Pottenbakker", ["jan", "twee"], {}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_outlook_in_its_languages(read, row, name, location, position, emails, kinds, delimiter):
    batch = read(table(row, delimiter=delimiter).encode("cp1252"), "contacts.csv")
    person = one(batch)
    assert (batch.source, batch.whole, person.follows) == ("Outlook contacts", frozenset(), False)
    assert (person.name, person.location, person.position) == (name, location, position)
    assert (person.key, person.email) == (f"{emails[0]}@example.org",) * 2
    assert person.accounts == (Identity(Network.EMAIL, f"{emails[1]}@example.org"),)
    assert {fact.kind: fact.text for fact in person.facts} == kinds


def test_google_with_several_values_in_a_cell(read):
    ana = one(
        read(
            table(
                {
                    "First Name": "Ana", "Middle Name": "", "Last Name": "Moreno", "Nickname": "Anita", "File As": "",
                    "Organization Name": "Kiln", "Organization Title": "Potter", "Birthday": "--02-03", "Notes": "Likes blue",
                    "Labels": "Pottery ::: * myContacts", "E-mail 1 - Label": "* Work",
                    "E-mail 1 - Value": "second@example.org ::: * ana@example.org", "E-mail 2 - Label": "", "E-mail 2 - Value": "third@example.org",
                    "Phone 1 - Value": "1", "Address 1 - City": "Bilbao", "Address 1 - Region": "Bizkaia",
                    "Address 1 - Country": "Spain", "Website 1 - Label": "PROFILE",
                    "Website 1 - Value": "https://www.linkedin.com/in/ana-moreno ::: https://kiln.example",
                }
            ),
            "contacts.csv",
        )
    )  # fmt: skip
    assert (ana.email, ana.location, ana.company, ana.position) == (
        "ana@example.org",
        "Bilbao, Spain",
        "Kiln",
        "Potter",
    )
    assert [account.key for account in ana.accounts] == ["second@example.org", "third@example.org", "/in/ana-moreno"]
    assert {fact.kind: fact.text for fact in ana.facts} == {
        "note": "Likes blue",
        "nickname": "Anita",
        "birthday": "3 February",
        "website": "https://kiln.example",
        "label": "Pottery",
    }
    assert not any(fact.shared for fact in ana.facts if fact.kind in ("note", "birthday", "label"))


@pytest.mark.parametrize(
    ("row", "source", "extra"),
    [
        ({"Record ID": "1", "First Name": "Ana", "Last Name": "Moreno", "Email": "ana@example.org", "Contact owner": "Bob",
          "Lead Status": "New", "Lifecycle Stage": "Lead", "Company name": "Kiln", "Favourite clay": "Red stoneware"},
         "HubSpot contacts", {"lead status": "New", "favourite clay": "Red stoneware"}),
        ({"Datensatz-ID": "1", "Vorname": "Ana", "Nachname": "Moreno", "E-Mail": "ana@example.org", "Unternehmensname": "",
          "Unternehmen": "Kiln"}, "HubSpot contacts", {}),
        ({"Person - Name": "Ana Moreno", "Person - Label": "Hot", "Person - Organization": "Kiln",
          "Person - Email - Work": "ana@example.org", "Person - Phone - Work": "1", "Person - Owner": "Bob", "Person - ID": "7"},
         "Pipedrive people", {"label": "Hot"}),
        ({"First Name": "Ana", "Last Name": "Moreno", "Account Name": "Kiln", "Mailing City": "Bilbao",
          "Email": "ana@example.org", "Account Owner": "Bob"}, "Salesforce contacts", {}),
        ({"Record Id": "z1", "Contact Owner": "Bob", "First Name": "Ana", "Last Name": "Moreno", "Account Name": "Kiln",
          "Email": "ana@example.org", "Lead Source": "Fair"}, "Zoho contacts", {"lead source": "Fair"}),
        ({"EMAIL": "ana@example.org", "FIRSTNAME": "Ana", "LASTNAME": "Moreno", "SMS": "34", "COMPANY": "Kiln"},
         "Brevo contacts", {}),
        ({"Email Address": "ana@example.org", "First Name": "Ana", "Last Name": "Moreno", "Company": "Kiln", "MEMBER_RATING": "2",
          "OPTIN_TIME": "", "LEID": "1", "EUID": "a", "TAGS": '"VIP","Fair"'}, "Mailchimp audience", {"label": "Fair"}),
        ({"id": "l:1", "created_time": "2024-01-01T10:00:00", "ad_id": "ag:1", "form_id": "f:1", "is_organic": "false",
          "full_name": "Ana Moreno", "email": "ana@example.org", "phone_number": "p:+34", "company_name": "Kiln"},
         "Facebook leads", {}),
        ({"First name": "Ana", "Last name": "Moreno", "Email (work)": "ana@example.org", "Phone (mobile)": "1", "Company": "Kiln"},
         "Table of people", {}),
    ],
)  # fmt: skip
def test_customer_lists_and_mailing_tools(read, row, source, extra):
    batch = read(table(row), "export.csv")
    ana = one(batch)
    assert (batch.source, ana.name, ana.key, ana.company) == (source, "Ana Moreno", "ana@example.org", "Kiln")
    assert not ana.follows
    assert {fact.kind: fact.text for fact in ana.facts} == extra
    assert not any(fact.shared for fact in ana.facts)


def test_follower_lists_are_whole_and_address_books_are_not(read):
    followers = read("Account address\nana@mastodon.example\n", "followers.csv")
    assert (followers.whole, followers.people[0].follows) == (frozenset({Network.MASTODON}), True)
    handles = read("Name,Instagram\nAna,ana.pots\n", "list.csv")
    assert (handles.whole, handles.people[0].follows) == (frozenset(), True)


def test_a_follower_with_several_accounts(read):
    ana = one(read("Name,Instagram,X,Email,Email 2\nAna,ana.pots,@ana,ana@example.org,two@example.org\n", "list.csv"))
    assert (ana.network, ana.key, ana.email) == (Network.INSTAGRAM, "ana.pots", "ana@example.org")
    assert [(account.network, account.key) for account in ana.accounts] == [
        (Network.X, "@ana"),
        (Network.EMAIL, "two@example.org"),
    ]


def test_what_stands_below_a_table_is_no_person(read):
    batch = read(
        '"First Name","Last Name","Account Name","Email"\n"Ana","Moreno","Kiln","ana@example.org"\n\n'
        '"Copyright (c) 2026 example.com"\n"Generated By:  Bob 2/3/2026"\n"Kiln"\n',
        "report.csv",
    )
    assert one(batch).name == "Ana Moreno"
    assert [skip.row for skip in batch.skipped] == [4, 5, 6]
    batch = read("Name,Email,Spent\nAna,ana@example.org,2\nTotal,,2\n", "sums.csv")
    assert one(batch).name == "Ana"
    assert [(skip.row, "Total" in skip.reason) for skip in batch.skipped] == [(3, True)]


def test_somebody_with_only_a_name_at_the_end_is_a_person(read):
    batch = read("Name,Email,City\nAna,ana@example.org,Porto\nWill Lima,,\n", "list.csv")
    assert [person.name for person in batch.people] == ["Ana", "Will Lima"]


def test_several_addresses_in_one_cell(read):
    ana = one(read('Name;E-Mail\nAna;"a@example.org, b@example.org"\n', "list.csv"))
    assert (ana.email, [account.key for account in ana.accounts]) == ("a@example.org", ["b@example.org"])


def test_names_that_only_their_content_tells(read):
    ana = one(read("Guest,Reach\nAna Moreno,ana@example.org\n", "fair.csv"))
    assert ana.name == "Ana Moreno"


def test_a_birthday_in_three_columns(read):
    row = {
        "First Name": "Ana", "Last Name": "Moreno", "Display Name": "Ana Moreno", "Primary Email": "ana@example.com",
        "Secondary Email": "", "Birth Year": "1980", "Birth Month": "2", "Birth Day": "3",
    }  # fmt: skip
    ana = one(read(table(row), "people.csv"))
    assert [(fact.text, fact.shared) for fact in ana.facts if fact.kind == "birthday"] == [("3 February", False)]
    unknown = one(read(table({**row, "Birth Month": "", "Birth Day": ""}), "people.csv"))
    assert not unknown.facts


def test_a_follower_whose_address_holds_the_handle_has_one_account(read):
    row = {
        "ID": "1432870000000000123", "Screen Name": "anam", "Profile Name": "Ana", "Location": "Porto",
        "URL": "https://x.com/anam",
    }  # fmt: skip
    ana = one(read(table(row), "followers.csv"))
    assert (ana.network, ana.key, ana.accounts) == (Network.X, "1432870000000000123", ())


FOLLOWERS = "id,screen_name,name,description\n1,ana,Ana,Potter\n2,bo,Bo,\n"


@pytest.mark.parametrize("rest", ["3", "3,cy,C", '3,cy,Cy,"Likes', '3,cy,"Cy\nof'])
@pytest.mark.parametrize("before", [FOLLOWERS, FOLLOWERS[: FOLLOWERS.index("\n") + 1]])
def test_a_table_that_breaks_off(read, before, rest):
    batch = read(before + rest, "followers.csv")
    assert len(batch.people) == before.count("\n") - 1 + (rest.count(",") == 3)
    if rest.count(",") < 3:
        row = before.count("\n") + 1
        assert (batch.skipped[-1].row, batch.skipped[-1].reason) == (row, "the file breaks off in this row")
        assert f"“followers.csv” breaks off in row {row}" in " ".join(batch.notes)
        assert not batch.whole


def test_a_short_last_row_with_a_line_break_is_a_person(read):
    assert [person.name for person in read(FOLLOWERS + "3,cy,Cy\n", "followers.csv").people] == ["Ana", "Bo", "Cy"]


def test_a_last_row_without_a_line_break_is_minded(read):
    batch = read(FOLLOWERS.rstrip(), "followers.csv")
    assert len(batch.people) == 2
    assert batch.notes == ("The last row has no line break behind it. If the file was cut off there, export it again.",)
    assert not read(FOLLOWERS, "followers.csv").notes


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("Förnamn,Efternamn,E-postadress,Företag,Anteckningar", "Åsa,Öst,asa@example.com,Ugn,te", "Åsa Öst"),
        ("Imię,Nazwisko,Adres e-mail,Firma,Notatki", "Łucja,Żak,asa@example.com,Ugn,te", "Łucja Żak"),
        ("Vezetéknév,Keresztnév,E-mail cím,Cég,Megjegyzés", "Nagy,Éva,asa@example.com,Ugn,te", "Éva Nagy"),
        ("Имя,Фамилия,Электронная почта,Компания,Заметки", "Ольга,Иванова,asa@example.com,Ugn,te", "Ольга Иванова"),
        ("姓,名,メールアドレス,会社名,メモ", "山田,太郎,asa@example.com,Ugn,te", "太郎 山田"),
    ],
)
def test_headers_of_further_languages(read, header, row, name):
    found = one(read(f"{header}\n{row}\n", "people.csv"))
    assert (found.name, found.email, found.company) == (name, "asa@example.com", "Ugn")
    assert [(fact.kind, fact.text) for fact in found.facts] == [("note", "te")]


def test_thunderbird_in_german(read):
    row = {
        "Vorname": "Jörg", "Nachname": "Müller", "Anzeigename": "Jörg Müller", "Primäre E-Mail-Adresse": "jm@example.com",
        "Sekundäre E-Mail-Adresse": "zwei@example.com", "Arbeitstitel": "Töpfer", "Organisation": "Ofen", "Geburtsjahr": "1980",
        "Geburtsmonat": "2", "Geburtstag": "3",
    }  # fmt: skip
    found = one(read(table(row), "people.csv"))
    assert (found.email, found.position, found.company) == ("jm@example.com", "Töpfer", "Ofen")
    assert found.accounts == (Identity(Network.EMAIL, "zwei@example.com"),)
    assert [fact.text for fact in found.facts if fact.kind == "birthday"] == ["3 February"]
