"""What surrounds the connections in LinkedIn's export: invitations, messages, the user's own profile."""

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from warmnote import followers
from warmnote.followers.linkedin.messages import plain
from warmnote.model import Fact, Message, MessageKind, Network

IN = "https://www.linkedin.com/in/"
ME = f"{IN}mia-lund"
CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    f"Ana,Moreno,{IN}anamoreno,ana@example.com,Moreno Ceramics,Owner,20 Nov 2026\n"
    f"Will,Brandt,{IN}wbrandt,,Brandt Optics,Sales lead,02 Feb 2024\n"
)
INVITED = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
TALKED = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,"
    "ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT\n"
)
PROFILE = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary\nMia,Lund,,,,Glass,\n"
SENT, RECEIVED = MessageKind.SENT, MessageKind.RECEIVED


def zipped(members: dict[str, str]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def asked(name: str, slug: str, message: str = "", at: str = "6/7/26, 9:41 AM") -> str:
    return f'{name},Mia Lund,"{at}",{message},INCOMING,{IN}{slug},{ME}\n'


def wrote(name: str, slug: str, message: str = "", at: str = "6/7/26, 9:41 AM") -> str:
    return f'Mia Lund,{name},"{at}",{message},OUTGOING,{ME},{IN}{slug}\n'


def said(conversation: str, to_me: bool, other: str, slug: str, at: str, words: str, rest: str = "INBOX,,No,No") -> str:
    them, me = f"{other},{IN}{slug}", f"Mia Lund,{ME}"
    first, second = (them, me) if to_me else (me, them)
    return f'{conversation},,{first},{second},{at} UTC,,"{words}",{rest}\n'


def by_key(batch):
    return {person.key: person for person in batch.people}


# Invitations


def test_whoever_asks_to_connect_is_a_follower_with_a_note(read):
    batch = read(INVITED + asked("Ana Moreno", "anamoreno", "Your kiln talk was lovely") + asked("Will", "wbrandt"))
    assert (batch.source, batch.network, batch.whole) == ("LinkedIn invitations", Network.LINKEDIN, frozenset())
    ana, will = batch.people
    assert (ana.row, ana.key, ana.name, ana.url) == (2, "/in/anamoreno", "Ana Moreno", f"{IN}anamoreno")
    assert (ana.follows, ana.only_known, ana.followed_on) == (True, False, None)
    assert ana.facts == (
        Fact("invitation", "Your kiln talk was lovely", "LinkedIn invitation", date(2026, 6, 7), shared=True),
    )
    assert (will.follows, will.facts, will.messages) == (True, (), ())
    assert "no Connections.csv" in " ".join(batch.notes)


def test_an_invitation_of_a_connection_joins_its_record(read):
    members = {"Connections.csv": CONNECTIONS, "Invitations.csv": INVITED + asked("Ana Moreno", "AnaMoreno/", "Hello")}
    batch = read(zipped(members), "Complete_LinkedInDataExport_11-21-2026.zip")
    assert (batch.source, batch.whole, batch.exported_on) == (
        "LinkedIn export",
        frozenset({Network.LINKEDIN}),
        date(2026, 11, 21),
    )
    assert [person.key for person in batch.people] == ["/in/anamoreno", "/in/wbrandt"]
    ana = batch.people[0]
    assert (ana.followed_on, ana.email, [fact.text for fact in ana.facts]) == (
        date(2026, 11, 20),
        "ana@example.com",
        ["Hello"],
    )


def test_two_invitations_of_one_person_are_one_record(read):
    rows = (
        asked("Ana", "ana", "First", "1/2/25, 8:00 AM") + asked("Ana", "ana", "Second") + asked("Ana", "ana", "First")
    )
    (ana,) = read(INVITED + rows).people
    assert [fact.text for fact in ana.facts] == ["First", "Second", "First"]
    assert {fact.on for fact in ana.facts} == {date(2025, 1, 2), date(2026, 6, 7)}


def test_ones_own_notes_are_sent_messages(read):
    rows = wrote("Ana Moreno", "anamoreno", "I liked your bowls", "6/17/26, 3:04 PM") + wrote("Will", "wbrandt")
    batch = read(zipped({"c.csv": CONNECTIONS, "i.csv": INVITED + rows}), "x.zip")
    ana, will = batch.people
    note = Message(SENT, "I liked your bowls", datetime(2026, 6, 17, 15, 4, tzinfo=UTC), "linkedin-note")
    assert (ana.messages, will.messages) == ((note,), ())


def test_a_note_to_somebody_who_is_no_connection_makes_nobody(read):
    (ana,) = read(INVITED + wrote("Ana", "ana", "Hello") + wrote("Will", "will")).people
    assert (ana.key, ana.follows, ana.only_known, len(ana.messages)) == ("/in/ana", False, True, 1)
    (both,) = read(INVITED + wrote("Ana", "ana", "Hello") + asked("Ana", "ana", "Hi")).people
    assert (both.follows, both.only_known, len(both.messages), len(both.facts)) == (True, False, 1, 1)


def test_without_addresses_a_name_is_enough_if_nobody_shares_it(read):
    old = "From,To,Sent At,Message,Direction\n"
    connections = CONNECTIONS + "".join(f"Kim,Lee,{IN}kim{n},,,,01 Feb 2024\n" for n in range(2))
    rows = 'Ana Moreno,Mia Lund,"6/7/18, 9:41 AM",Hello,INCOMING\nKim Lee,Mia Lund,"6/7/18, 9:41 AM",Hello,INCOMING\n'
    batch = read(zipped({"Connections.csv": connections, "Invitations.csv": old + rows}), "x.zip")
    assert [len(person.facts) for person in batch.people] == [1, 0, 0, 0]
    assert [(skip.row, skip.column) for skip in batch.skipped] == [(3, "Invitations.csv")]
    assert "several of your connections" in batch.skipped[0].reason
    alone = read(old + rows)
    assert [person.key for person in alone.people] == ["name:ana moreno", "name:kim lee"]


def test_connections_without_addresses_are_found_by_name(read):
    old = "First Name,Last Name,Email Address,Company,Position,Connected On\nAna,Moreno,,,,20 Nov 2022\n"
    batch = read(zipped({"c.csv": old, "i.csv": INVITED + asked("Ana Moreno", "anamoreno", "Hello")}), "x.zip")
    (ana,) = batch.people
    assert (ana.key, [fact.text for fact in ana.facts]) == ("name:ana moreno;on:2022-11-20", ["Hello"])


def test_what_is_wrong_with_an_invitation_is_said_with_its_row(read):
    rows = asked("Ana", "ana", "Hello", "soon") + ",Mia Lund,,,INCOMING,,\n" + f"Mia,Mia,,,SIDEWAYS,{IN}x,{IN}y\n"
    batch = read(INVITED + asked("Will", "will") + rows + f"Mia,Mia,,,OUTGOING,{ME},{ME}\n")
    assert [(person.name, [fact.on for fact in person.facts]) for person in batch.people] == [
        ("Will", []),
        ("Ana", [None]),
    ]
    assert [(skip.row, skip.reason) for skip in batch.skipped] == [
        (4, "no name and no address (a closed account)"),
        (5, "it does not say who invited whom"),
        (6, "this is your own account"),
    ]
    assert [(problem.row, problem.column) for problem in batch.problems] == [(3, "Sent At")]


def test_a_column_of_directions_that_is_lost_is_made_up_for_by_the_common_address(read):
    rows = (asked("Ana", "ana", "Hi") + asked("Will", "will") + wrote("Zoë", "zoe", "Hello")).replace("COMING", "")
    batch = read(INVITED + rows.replace("OUTGOING", ""))
    assert {person.key: person.follows for person in batch.people} == {
        "/in/ana": True,
        "/in/will": True,
        "/in/zoe": False,
    }


def test_invitations_as_a_spreadsheet_saves_them_again(read):
    rows = asked("Ana", "ana", "Grüße", "17/06/2026 15:04").replace('"', "")
    content = (INVITED + rows).replace(",", ";").replace("\n", "\r\n")
    (ana,) = read(content.encode("cp1252"), "Invitations (1).csv").people
    assert ana.facts == (Fact("invitation", "Grüße", "LinkedIn invitation", date(2026, 6, 17)),)


# Messages


def test_the_ends_of_a_talk_are_kept(read):
    rows = "".join(
        said("2-a", n % 2 == 0, "Ana Moreno", "anamoreno", f"2026-06-{n + 1:02} 09:41:00", f"Words {n}")
        for n in range(9)
    )
    members = {"Connections.csv": CONNECTIONS, "messages.csv": TALKED + rows, "Profile.csv": PROFILE}
    ana, will = read(zipped(members), "x.zip").people
    assert [(message.kind, message.text) for message in ana.messages] == [
        (RECEIVED, "Words 0"),
        (SENT, "Words 1"),
        (SENT, "Words 7"),
        (RECEIVED, "Words 8"),
    ]
    assert ana.messages[0].at == datetime(2026, 6, 1, 9, 41, tzinfo=UTC)
    assert {message.channel for message in ana.messages} == {"linkedin-message"}
    assert will.messages == ()


def test_the_order_of_messages_does_not_matter(read):
    rows = [said(f"2-{n % 3}", n % 2 == 0, "Ana", "ana", f"2026-06-{n + 1:02} 09:41:00", f"W{n}") for n in range(9)]
    rows += [said("2-z", True, "Will", "will", "2026-06-01 10:00:00", "Hello")]
    (ana, will), (second, first) = (read(TALKED + "".join(order)).people for order in (rows, rows[::-1]))
    assert (ana.messages, will.messages) == (first.messages, second.messages)
    assert [message.text for message in ana.messages] == ["W0", "W1", "W7", "W8"]


def test_messages_alone_add_to_people_who_are_known(read):
    rows = said("2-a", True, "Ana", "ana", "2026-06-01 10:00:00", "Hi") + said(
        "2-b", False, "Will", "will", "2026-06-02 10:00:00", "Hello"
    )
    batch = read(TALKED + rows, "messages.csv")
    assert (batch.source, batch.whole) == ("LinkedIn messages", frozenset())
    assert {person.key: (person.only_known, person.follows) for person in batch.people} == {
        "/in/ana": (True, False),
        "/in/will": (True, False),
    }
    assert "your notebook already" in " ".join(batch.notes)


def test_a_single_talk_does_not_show_which_side_is_the_user(read):
    row = said("2-a", True, "Ana", "ana", "2026-06-01 10:00:00", "Hi")
    batch = read(TALKED + row, "messages.csv")
    assert batch.people == ()
    assert "which side is you" in batch.notes[0]
    for others in ({"Profile.csv": PROFILE}, {"Invitations.csv": INVITED + asked("Will", "will")}):
        batch = read(zipped({"messages.csv": TALKED + row, **others}), "x.zip")
        assert [message.kind for message in by_key(batch)["/in/ana"].messages] == [RECEIVED]


def test_what_is_no_talk_is_left_out_and_counted(read):
    one = ("Ana", "ana", "2026-06-01 10:00:00")
    group = f'2-g,,Zoë,{IN}zoe,"Mia Lund, Kim Lee","{ME},{IN}kim",2026-06-01 10:00:00 UTC,,All of you,INBOX,,No,No\n'
    advert = (
        f'2-s,,Acme,,Mia Lund,{ME},2026-06-01 10:00:00 UTC,,"<p class=""spinmail-quill-editor"">Buy</p>",INBOX,,No,No\n'
    )
    closed = f"2-c,,LinkedIn Member,,Mia Lund,{ME},2026-06-01 10:00:00 UTC,,Hello,INBOX,,No,No\n"
    rows = [
        said("2-a", True, *one, "Kept"),
        said("2-b", True, "Will", "will", "2026-06-01 11:00:00", "Kept too"),
        said("2-a", False, *one, "Unsent", "INBOX,,Yes,No"),
        said("2-a", False, *one, "Unsent", "INBOX,,No,true"),
        said("2-p", True, "Rich", "rich", "2026-06-01 10:00:00", "A million for you", "SPAM,,No,No"),
        group,
        advert,
        closed,
        said("2-a", True, "Ana", "ana", "someday", "Undated"),
    ]
    batch = read(TALKED + "".join(rows), "messages.csv")
    assert {person.key: [message.text for message in person.messages] for person in batch.people} == {
        "/in/ana": ["Kept"],
        "/in/will": ["Kept too"],
    }
    assert (
        "Left out of the messages: 2 drafts, 1 message from the spam folder, 1 advertisement,"
        " 1 conversation of several people, 1 message without a date."
    ) in batch.notes


def test_the_shape_of_2018_tells_the_direction_and_no_address(read):
    rows = (
        'Ana Moreno,Mia Lund,"6/17/18, 3:04 PM",,Hello Mia,INCOMING,INBOX\n'
        'Mia Lund,Ana Moreno,"6/18/18, 9:00 AM",,Hello Ana,OUTGOING,INBOX\n'
        'Mia Lund,Nobody Known,"6/18/18, 9:00 AM",,Hello,OUTGOING,INBOX\n'
    )
    content = "From,To,Date,Subject,Content,Direction,Folder\n" + rows
    batch = read(zipped({"Connections.csv": CONNECTIONS, "Messages.csv": content}), "x.zip")
    assert [(message.kind, message.text, message.at.hour) for message in batch.people[0].messages] == [
        (RECEIVED, "Hello Mia", 15),
        (SENT, "Hello Ana", 9),
    ]
    assert len(batch.people) == 2
    assert "1 person without a profile address" in " ".join(batch.notes)


def test_the_shape_of_2022_without_addresses_is_read_by_name(read):
    header = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
    connections = CONNECTIONS + f'Kim,"Lee, PhD",{IN}kimlee,,,,01 Feb 2024\n'
    rows = (
        '1,,"Kim Lee, PhD",,Mia Lund,2022-06-01 10:00:00 UTC,,Hello,INBOX\n'
        '1,,Mia Lund,,"Kim Lee, PhD",2022-06-01 11:00:00 UTC,,Hi,INBOX\n'
        '2,,Mia Lund,,"Ana Moreno, Will Brandt",2022-06-01 12:00:00 UTC,,Both of you,INBOX\n'
        "3,,Mia Lund,,Will Brandt,2022-06-01 13:00:00 UTC,,Only you,INBOX\n"
    )
    members = {"Connections.csv": connections, "messages.csv": header + rows, "Profile.csv": PROFILE}
    ana, will, kim = read(zipped(members), "x.zip").people
    assert [message.text for message in kim.messages] == ["Hello", "Hi"]
    assert [message.text for message in will.messages] == ["Only you"]
    assert ana.messages == ()


def test_a_connection_with_the_users_own_name_gets_none_of_their_messages(read):
    header = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
    rows = "1,,Mia Lund,,Ana Moreno,2022-06-01 10:00:00 UTC,,Hello,INBOX\n"
    connections = CONNECTIONS + f"Mia,Lund,{IN}another-mia,,,,01 Feb 2024\n"
    members = {"Connections.csv": connections, "messages.csv": header + rows, "Profile.csv": PROFILE}
    found = by_key(read(zipped(members), "x.zip"))
    assert [message.kind for message in found["/in/anamoreno"].messages] == [SENT]
    assert found["/in/another-mia"].messages == ()


def test_a_name_written_to_means_the_account_that_answered_in_the_same_talk(read):
    header = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
    rows = "".join(
        f"{n},,Mia Lund,{ME},Kim Lee,2022-06-0{n} 10:00:00 UTC,,To {n},INBOX\n"
        f"{n},,Kim Lee,{IN}kim{n},Mia Lund,2022-06-0{n} 11:00:00 UTC,,From {n},INBOX\n"
        for n in (1, 2)
    )
    found = by_key(read(header + rows, "messages.csv"))
    assert {key: [message.text for message in person.messages] for key, person in found.items()} == {
        "/in/kim1": ["To 1", "From 1"],
        "/in/kim2": ["To 2", "From 2"],
    }


def test_a_note_that_became_the_first_message_is_there_once(read):
    rows = said("2-a", False, "Ana Moreno", "anamoreno", "2026-06-07 07:41:12", "I liked  your bowls")
    rows += said("2-a", True, "Ana Moreno", "anamoreno", "2026-06-08 07:41:12", "Thank you")
    members = {
        "Connections.csv": CONNECTIONS,
        "Invitations.csv": INVITED + wrote("Ana Moreno", "anamoreno", "I liked your bowls"),
        "messages.csv": TALKED + rows,
    }
    ana = read(zipped(members), "x.zip").people[0]
    assert [(message.channel, message.text) for message in ana.messages] == [
        ("linkedin-message", "I liked your bowls"),
        ("linkedin-message", "Thank you"),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Hello\nthere", "Hello\nthere"),
        ("1 < 2 and <3 you", "1 < 2 and <3 you"),
        ("a &amp; b", "a &amp; b"),
        (
            '<p class="x">Hi&nbsp;there!</p><p><br></p><p>Read <a href="https://e.example">more</a>.</p>',
            "Hi there!\n\nRead more.",
        ),
        ("<p>Second line, cut off <a href='foo", "Second line, cut off"),
        ("<ul><li>one</li><li>two &lt;b&gt;</li></ul>", "one\ntwo <b>"),
        ("\u202eHello", "Hello"),
    ],
)
def test_markup_becomes_plain_words(content, words):
    assert plain(content) == words


def test_line_breaks_and_attachments(read):
    rows = said("2-a", True, "Ana", "ana", "2026-06-01 10:00:00", "Dear Mia,\n\n\n\nhello") + said(
        "2-b", True, "Will", "will", "2026-06-01 10:00:00", "", "INBOX,https://x.example/file,No,No"
    )
    found = by_key(read(TALKED + rows, "messages.csv"))
    assert found["/in/ana"].messages[0].text == "Dear Mia,\n\nhello"
    assert found["/in/will"].messages[0].text == "(an attachment)"


# The export as a whole


def test_a_complete_export_with_two_hundred_files(read):
    folder = "Complete_LinkedInDataExport_11-21-2026.zip/"
    members = {f"{folder}Jobs/Saved Jobs_{n}.csv": "Title,Company\nPotter,Kiln\n" for n in range(220)}
    members |= {
        f"{folder}guide_messages.csv": TALKED + said("9", True, "Coach", "coach", "2026-06-01 10:00:00", "Try this"),
        f"{folder}messages.csv": TALKED + said("1", True, "Ana Moreno", "anamoreno", "2026-06-01 10:00:00", "Hello"),
        f"{folder}Invitations.csv": INVITED + asked("Zoë", "zoe", "Hi"),
        f"{folder}Profile.csv": PROFILE,
        f"{folder}Connections.csv": CONNECTIONS,
        f"{folder}ImportedContacts.csv": "FirstName,LastName,Emails\nNo,Body,no@example.com\n",
    }
    batch = read(zipped(members), "renamed.zip")
    assert [person.key for person in batch.people] == ["/in/anamoreno", "/in/wbrandt", "/in/zoe"]
    assert batch.people[0].messages[0].text == "Hello"
    assert batch.whole == {Network.LINKEDIN}


def test_of_two_exports_in_a_folder_the_later_is_read_with_its_own_invitations(saved):
    for day, slug in (("11-21-2025", "old"), ("02-03-2026", "new")):
        folder = f"all/Basic_LinkedInDataExport_{day}"
        saved(CONNECTIONS.replace("anamoreno", slug), f"{folder}/Connections.csv")
        path = saved(INVITED + asked("Zoë", f"zoe-{slug}"), f"{folder}/Invitations.csv")
    batch = followers.read(path.parents[1])
    assert [person.key for person in batch.people] == ["/in/new", "/in/wbrandt", "/in/zoe-new"]
    assert "11-21-2025/Connections.csv" in " ".join(batch.notes)


def test_problems_of_the_further_files_name_them(read):
    members = {
        "Connections.csv": CONNECTIONS + f"Zoë,M,{IN}zoe,not a mail,,,20 Nov 2026\n",
        "Invitations.csv": INVITED + asked("Ana", "ana", "Hi", "soon") + "?,,,,,,\n",
    }
    batch = read(zipped(members), "x.zip")
    assert [(one.row, one.column) for one in batch.problems] == [(4, "Email Address"), (2, "Invitations.csv, Sent At")]
    assert [(one.row, one.column) for one in batch.skipped] == [(3, "Invitations.csv, Direction")]


def test_connections_that_break_off_are_not_the_whole_list(read):
    rows = "".join(f"P{n},Q,{IN}p{n},,Acme,Owner,{n + 10} Jun 2026\n" for n in range(9))
    whole = CONNECTIONS.split("\n", 1)[0] + "\n" + rows
    assert read(whole).whole == read(whole.rstrip("\n")).whole == {Network.LINKEDIN}
    for cut, people in ((2, 8), (5, 8), (13, 8), (30, 8)):  # in the year, in the date, before it, in the address
        batch = read(whole[: -1 - cut])
        assert (len(batch.people), batch.whole) == (people, frozenset())
        assert batch.skipped[-1].reason == "the file breaks off in this row"
        assert "breaks off in row 10" in batch.notes[-1]


def test_messages_and_invitations_that_break_off_keep_what_is_complete(read):
    rows = asked("Ana", "ana", "Hi") + asked("Will", "will")
    batch = read((INVITED + rows)[:-70])
    assert [person.key for person in batch.people] == ["/in/ana"]
    assert [skip.row for skip in batch.skipped] == [3]
    talk = [
        said("2-a", True, "Ana", "ana", "2026-06-01 10:00:00", "One, two\nthree"),
        said("2-b", True, "Will", "will", "2026-06-05 10:00:00", "Kept"),
        said("2-b", True, "Will", "will", "2026-06-06 10:00:00", "Long\nwords"),
    ]
    batch = read((TALKED + "".join(talk))[:-25], "messages.csv")
    assert [message.text for person in batch.people for message in person.messages] == ["One, two\nthree", "Kept"]
    assert "breaks off in row 4" in " ".join(batch.notes)
