"""A LinkedIn export by keys alone: chosen, looked at, imported, imported again, undone."""

from pathlib import Path

CONNECTIONS = '''Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Åse,Nygård,https://www.linkedin.com/in/ase-nygard-test,,Fjord Verft,Shipwright,20 Nov 2026
"Tom ""Tam""",O'Neil,https://www.linkedin.com/in/tam-oneil-test,tam@example.com,"Glue, Wood & Co.",Luthier,19 Nov 2026
陈,美玲,https://www.linkedin.com/in/%E9%99%88-test,,茶馆,Tea master,18 Nov 2026
,,,,,,17 Nov 2026
'''


def import_by_keys(warmnote, path: Path) -> None:
    """Ctrl+I, the name of the file, Enter; then Enter on what the preview offers first."""
    windows = len(warmnote.windows())
    warmnote.key("ctrl+i")
    warmnote.wait(lambda: len(warmnote.windows()) > windows, "the dialog for a file")
    warmnote.focus()
    warmnote.type(str(path))
    warmnote.settle()
    warmnote.key("Return")
    warmnote.wait(lambda: len(warmnote.windows()) == windows, "the dialog gone")
    warmnote.settle()
    warmnote.focus()


def test_linkedin_connections_come_in_once_and_go_as_a_whole(warmnote, tmp_path):
    file = tmp_path / "Connections.csv"
    file.write_text(CONNECTIONS, "utf-8")
    warmnote.start()

    import_by_keys(warmnote, file)
    assert warmnote.people() == 0, "nothing is written before the preview was seen"
    warmnote.key("Return")
    warmnote.wait(lambda: warmnote.people() == 3, "three people")
    assert {row[0] for row in warmnote.ask("select name from people")} == {"Åse Nygård", 'Tom "Tam" O\'Neil', "陈 美玲"}

    before = warmnote.fingerprint()
    import_by_keys(warmnote, file)
    warmnote.key("Return")
    assert warmnote.fingerprint() == before

    # Nothing in it is new, so there was nothing for Enter to press. Cancel leads to the earlier imports.
    assert warmnote.ask("select count(*) from imports") == [(1,)]
    warmnote.key("Tab", "space")
    warmnote.key("Tab", "Tab", "Tab", "Tab", "space")  # the network, the handle, Look for followers, Undo
    warmnote.wait(lambda: warmnote.people() == 0, "nobody")
    assert warmnote.ask("select count(*) from identities") == [(0,)]
    warmnote.quit()
    assert warmnote.ask("pragma integrity_check") == [("ok",)]


def test_a_wrong_file_is_told_and_changes_nothing(warmnote, tmp_path):
    picture = tmp_path / "holiday.csv"
    picture.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 8)
    warmnote.start()
    import_by_keys(warmnote, picture)
    warmnote.key("Return")
    assert warmnote.people() == 0
    warmnote.focus()
    warmnote.key("Escape")
    warmnote.focus()
    warmnote.key("alt+2")
    warmnote.quit()
