import pytest

from warmnote.followers import text


@pytest.mark.parametrize(
    ("data", "expected", "name"),
    [
        ("Zoë".encode(), "Zoë", "UTF-8"),
        ("Zoë".encode("utf-8-sig"), "Zoë", "UTF-8"),
        ("Zoë".encode("utf-16"), "Zoë", "UTF-16"),
        ("Zoë, Ana".encode("utf-16-le"), "Zoë, Ana", "UTF-16"),
        ("Zoë, Ana".encode("utf-16-be"), "Zoë, Ana", "UTF-16"),
        ("Zoë".encode("utf-32"), "Zoë", "UTF-32"),
        ("Zoë €".encode("cp1252"), "Zoë €", "Windows-1252"),
        (b"", "", "UTF-8"),
    ],
)
def test_the_ladder(data, expected, name):
    assert text.decode(data) == (expected, name, 0)


def test_utf_8_that_is_cut_off_stays_utf_8():
    assert text.decode("Zoë, José, Ć".encode()[:-1]) == ("Zoë, José, ", "UTF-8", 0)


def test_utf_8_with_one_bad_byte_stays_utf_8():
    assert text.decode("Zoë José Łukasz Ćiro Ünal ".encode() + b"\xff!") == (
        "Zoë José Łukasz Ćiro Ünal \ufffd!",
        "UTF-8",
        1,
    )


def test_bytes_that_windows_1252_has_not_are_counted():
    assert text.decode(b"Zo\xeb \x81") == ("Zoë \ufffd", "Windows-1252", 1)


@pytest.mark.parametrize(
    "bad", ["\x00", "\x07", "\x1f", "\x7f", "\x9b", "\u202e", "\u2066", "\ufeff", "\uffff", "\ud800"]
)
def test_what_no_text_should_hold_is_gone(bad):
    assert text.decode(f"a{bad}b".encode("utf-8", "surrogatepass"))[0].strip("\ufffdíïð¿½\xa0€") in (
        "ab",
        "a\ufffd\ufffd\ufffdb",
        "aí\xa0€b",
    )
    assert text.clean(f"a{bad}b") == "ab"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  a \t b\u2028c\x0bd\x85e\nf ", "a b c d e f"),
        ("'=1+1", "=1+1"),
        ("'+49 1", "+49 1"),
        ("'tHooft", "'tHooft"),
        ('="0017"', "0017"),
        ("=", "="),
        ("", ""),
    ],
)
def test_a_value_for_one_line(value, expected):
    assert text.line(value) == expected


def test_a_value_of_paragraphs():
    assert text.paragraphs("  Runner. \r\n\r\n\r\n\r\nPotter\u2028 too\x0b. ") == "Runner.\n\nPotter\ntoo\n."
    assert text.paragraphs("'-- just me --") == "-- just me --"


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ("Account address\na@b\n", ","),
        ("a;b,c;d\n1;2,3;4\n", ";"),
        ("Name;Notes\nAna;potter, runner\nWill;sailor, cook\n", ";"),
        ("a\tb\n1,5\t2\n", "\t"),
        ("a|b|c\n1|2|3\n", "|"),
        ('Notes:\n"A long, long, long sentence."\n\na;b;c\n1;2;3\n', ";"),
        ("", ","),
    ],
)
def test_the_delimiter(content, delimiter):
    assert text.table(content.encode()).delimiter == delimiter


def test_a_letter_of_many_lines_stays_in_its_cell():
    body = "Dear Ana,\nyes, no, perhaps\nbread, milk, eggs\nWill"
    table = text.table(f'from,to,body\nWill,Ana,"{body}"\nAna,Will,short\n'.encode())
    assert [cells[2] for cells in table.records] == ["body", body, "short"]
    assert table.mended == ()


def test_a_table_that_was_saved_as_one_column():
    table = text.table(b'"Name,Email,Company"\r\n"Ana,ana@example.com,""Kiln, Ltd"""\r\n"Will,w@b.example,Mill"\r\n')
    assert table.records == [
        ["Name", "Email", "Company"],
        ["Ana", "ana@example.com", "Kiln, Ltd"],
        ["Will", "w@b.example", "Mill"],
    ]
    assert text.table(b'Name\n"Moreno, Ana"\n"Brandt, Will"\n').records == [["Name"], ["Moreno, Ana"], ["Brandt, Will"]]


def test_a_column_of_texts_with_line_breaks_is_left_alone():
    assert text.table(b'Bio\n"Potter,\nrunner, cook"\n').records == [["Bio"], ["Potter,\nrunner, cook"]]


def test_a_cell_of_a_megabyte():
    assert len(text.table(b'a,b\n"' + b"x" * 2**20 + b'",1\n').records[1][0]) == 2**20


def test_the_beginning_of_a_file_drops_the_record_that_is_cut():
    assert text.table(b"a,b\n1,2\n3,", partial=True).records == [["a", "b"], ["1", "2"]]
