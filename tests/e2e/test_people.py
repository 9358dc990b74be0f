"""People by keys alone: two that are one, columns that need a word, and somebody else who writes beside the window."""

import subprocess
import sys

from warmnote.model import Batch, Incoming, Network


def choose(warmnote, path) -> None:
    """Ctrl+I, the name of the file, Enter."""
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


def names(warmnote) -> list[str]:
    return [row[0] for row in warmnote.ask("select name from people order by name")]


def test_columns_are_told_once_and_known_the_next_time(warmnote, tmp_path):
    file = tmp_path / "fair.csv"
    file.write_text("Kunde;Firma;Insta\nAna Moreno;Kiln;@ana.pots\nBo Ray;Works;@bo.ray\n", "utf-8")
    warmnote.start()
    choose(warmnote, file)
    # The keyboard is on the meaning of the first column, and "Name" is the first that is offered.
    warmnote.key("Home", "ctrl+Return")
    warmnote.key("Return")
    warmnote.wait(lambda: warmnote.people() == 2, "two people")
    assert names(warmnote) == ["Ana Moreno", "Bo Ray"]

    file.write_text("Kunde;Firma;Insta\nAna Moreno;Kiln;@ana.pots\nCy Lund;Yard;@cy.lund\n", "utf-8")
    choose(warmnote, file)
    warmnote.key("Return")
    warmnote.wait(lambda: warmnote.people() == 3, "one more")
    assert names(warmnote) == ["Ana Moreno", "Bo Ray", "Cy Lund"]
    warmnote.quit()


def test_two_who_are_one_are_merged_and_taken_apart_by_keys(warmnote, prepared):
    for network, key in ((Network.LINKEDIN, "/in/rosalind"), (Network.BLUESKY, "did:plc:rosalind")):
        person = Incoming(1, network, key, name="Rosalind Achterberg", company="Clay Works", location="Ghent")
        prepared.import_batch(Batch(network.label, network, "list", (person,)))
    prepared.close()
    assert warmnote.people() == 2
    before = warmnote.fingerprint()
    warmnote.start()
    warmnote.key("ctrl+shift+p")
    warmnote.focus()
    warmnote.type("the same person")
    warmnote.settle()
    warmnote.key("Return")
    warmnote.focus()
    warmnote.key("m")
    warmnote.wait(lambda: warmnote.people() == 1, "one person")
    assert warmnote.ask("select count(*) from identities") == [(2,)]
    warmnote.key("z")
    warmnote.wait(lambda: warmnote.people() == 2, "two people again")
    assert warmnote.fingerprint() == before
    warmnote.quit()


def test_what_the_command_line_brings_in_beside_the_window_is_there(warmnote, prepared, tmp_path):
    prepared.add_person("Hilde Moe")
    prepared.close()
    file = tmp_path / "cards.vcf"
    file.write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zelda Quist\r\nEMAIL:zelda@example.org\r\nEND:VCARD\r\n", "utf-8")
    warmnote.start()
    command = [sys.executable, "-m", "warmnote", "import", str(file), "--data-dir", str(warmnote.folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert warmnote.people() == 2
    # Found by name, opened, and written to: in the window that was open all the while.
    warmnote.key("ctrl+k")
    warmnote.type("zelda")
    warmnote.settle()
    warmnote.key("Return", "ctrl+j")
    warmnote.type("Hi Zelda, how is the loom?")
    warmnote.wait(lambda: warmnote.draft("Zelda Quist") == "Hi Zelda, how is the loom?", "the letter on the disk")
    warmnote.quit()
