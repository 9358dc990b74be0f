import os
import stat
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from warmnote import followers
from warmnote.followers import container
from warmnote.model import Expected

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ANA = "Ana,Moreno,https://www.linkedin.com/in/anamoreno,,,,20 Nov 2026\n"
WILL = "Will,Brandt,https://www.linkedin.com/in/wbrandt,,,,02 Feb 2024\n"


def zipped(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "name", ["Connections.csv", "CONNECTIONS.CSV", "Basic_Export/Connections.csv", "a\\b\\connections.csv", "liste.csv"]
)
def test_connections_are_found_in_a_zip(read, name):
    batch = read(zipped({"Profile.csv": "First Name\nx\n", name: HEADER + ANA}), "renamed by somebody.dat")
    assert [person.key for person in batch.people] == ["/in/anamoreno"]
    assert batch.origin == "renamed by somebody.dat"


def test_macos_leftovers_and_names_that_lead_outside_are_ignored(read, refused):
    members = {
        "__MACOSX/Connections.csv": HEADER + WILL,
        "._Connections.csv": b"\0\5\x16\7",
        "../Connections.csv": HEADER + WILL,
    }
    members |= {"/etc/Connections.csv": HEADER + WILL, "C:/Connections.csv": HEADER + WILL}
    assert "holds no files" in refused(zipped(members), "x.zip").message
    batch = read(zipped({**members, "export/Connections.csv": HEADER + ANA}), "x.zip")
    assert [person.name for person in batch.people] == ["Ana Moreno"]


def test_the_day_of_the_export_is_in_the_zips_name(read):
    batch = read(zipped({"Connections.csv": HEADER + ANA}), "Basic_LinkedInDataExport_11-21-2026.zip")
    assert batch.exported_on.isoformat() == "2026-11-21"
    assert read(zipped({"Connections.csv": HEADER}), "Basic_LinkedInDataExport_21-11-2026.zip").exported_on is None


def test_a_folder_is_read_like_its_zip(saved):
    path = saved(HEADER + ANA, "export/inner/Connections.csv")
    saved("First Name\n", "export/inner/Profile.csv")
    saved(HEADER + WILL, "export/__MACOSX/Connections.csv")
    for folder in (path.parent, path.parents[1]):
        assert [person.name for person in followers.read(folder).people] == ["Ana Moreno"]


def test_of_several_exports_the_outermost_is_read_and_the_rest_named(saved):
    path = saved(HEADER + ANA, "all/Connections.csv")
    saved(HEADER + WILL, "all/old/Connections.csv")
    batch = followers.read(path.parent)
    assert [person.name for person in batch.people] == ["Ana Moreno"]
    assert "old/Connections.csv" in " ".join(batch.notes)


def test_an_export_without_connections_says_what_it_has(refused):
    told = refused(
        zipped({"Profile.csv": "a,b\n", "Invitations.csv": "a,b\n"}), "Basic_LinkedInDataExport_11-21-2026.zip"
    )
    assert "no Connections.csv" in told.message
    assert "Invitations.csv, Profile.csv" in told.message


def test_a_zip_with_one_other_file_of_the_export_names_it(refused):
    content = "Organization,Followed On\nMoreno Ceramics,20 Nov 2026\n"
    assert "Company Follows" in refused(zipped({"Company Follows.csv": content}), "x.zip").message


def test_nothing_is_unpacked(read, tmp_path):
    read(zipped({"Connections.csv": HEADER + ANA}), "x.zip")
    assert [item.name for item in tmp_path.iterdir()] == ["x.zip"]


@pytest.mark.parametrize("kept", [0.98, 0.6, 0.2])
def test_a_zip_that_is_cut_off(refused, kept):
    whole = zipped({"Connections.csv": HEADER + ANA * 50}, zipfile.ZIP_STORED)
    told = refused(whole[: int(len(whole) * kept)], "x.zip")
    assert "cut off or damaged" in told.message
    assert "Download it again" in told.hint


def test_a_damaged_member_of_a_zip(refused):
    whole = bytearray(zipped({"Connections.csv": HEADER + ANA * 50}, zipfile.ZIP_STORED))
    whole[200] ^= 1
    assert "damaged" in refused(bytes(whole), "x.zip").message


def test_a_zip_with_a_password(refused):
    whole = bytearray(zipped({"Connections.csv": HEADER + ANA}))
    whole[6] |= 1  # the flag in the local header and, below, in the directory
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    told = refused(bytes(whole), "x.zip")
    assert "password" in told.message


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_cannot_be_unpacked_in_steps_are_refused(refused, method):
    assert "packed in a way" in refused(zipped({"Connections.csv": HEADER + ANA}, method), "x.zip").message


def test_a_bomb_is_refused_before_it_is_unpacked(refused):
    told = refused(zipped({"Connections.csv": HEADER.encode() + b" " * (64 * 2**20)}), "x.zip")
    assert "far more than a list of followers" in told.message


def test_a_size_that_the_zip_lies_about_is_not_believed(refused):
    whole = bytearray(zipped({"Connections.csv": HEADER + ANA * 2_000}))
    at = whole.index(b"PK\x01\x02") + 24
    whole[at : at + 4] = (100).to_bytes(4, "little")
    assert refused(bytes(whole), "x.zip").message


def test_the_number_of_files_is_capped(refused, monkeypatch):
    monkeypatch.setattr(container, "_COUNT_CAP", 3)
    assert "more than Warmnote opens" in refused(zipped({f"{n}.txt": "x" for n in range(4)}), "x.zip").message


def test_what_is_read_in_all_is_capped(refused, monkeypatch):
    monkeypatch.setattr(container, "_TOTAL_CAP", 1_000)
    members = {"Connections.csv": HEADER + ANA * 100}
    assert "far more than" in refused(zipped(members, zipfile.ZIP_STORED), "x.zip").message


def test_a_file_is_capped(refused, monkeypatch):
    monkeypatch.setattr(container, "_ENTRY_CAP", 1_000)
    assert "far more than" in refused(HEADER + ANA * 100).message


def test_a_zip_inside_a_zip_is_named(refused):
    told = refused(zipped({"export.zip": zipped({"Connections.csv": HEADER})}), "x.zip")
    assert "another zip" in told.message


@pytest.mark.parametrize("name", ["gone.csv", "gone/deeper.csv"])
def test_a_missing_file(tmp_path, name):
    with pytest.raises(Expected, match="not there any more"):
        followers.read(tmp_path / name)


def test_a_locked_file(saved, monkeypatch):
    path = saved(HEADER + ANA)

    def locked(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(Expected, match="another program holds it") as caught:
        followers.read(path)
    assert "Excel" in caught.value.hint


def test_a_system_that_fails(saved, monkeypatch):
    path = saved(HEADER + ANA)

    def failing(*_args: object, **_more: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", failing)
    with pytest.raises(Expected, match="Input/output error"):
        followers.read(path)


def test_a_path_that_no_system_can_have():
    with pytest.raises(Expected):
        followers.read(Path("a\0b.csv"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders and no surrogates in names")
def test_oddities_of_file_systems(tmp_path):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(Expected, match="not a file"):
        followers.read(pipe)
    odd = tmp_path / os.fsdecode(b"caf\xe9.csv")
    odd.write_text(HEADER + ANA)
    assert followers.read(odd).origin == "caf?.csv"
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(followers.read(tmp_path).people) == 1


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="only where modes bind")
def test_a_closed_folder_inside_does_not_spoil_the_rest(saved):
    path = saved(HEADER + ANA, "all/Connections.csv")
    closed = path.parent / "closed"
    closed.mkdir()
    closed.chmod(0)
    try:
        assert len(followers.read(path.parent).people) == 1
    finally:
        closed.chmod(stat.S_IRWXU)


def test_another_files_damage_does_not_spoil_a_zip(read):
    whole = bytearray(
        zipped({"a.csv": "Name,Email\nAna,ana@example.com\n", "Connections.csv": HEADER + ANA}, zipfile.ZIP_STORED)
    )
    whole[whole.index(b"Ana,ana")] ^= 1
    assert read(bytes(whole), "x.zip").people[0].name == "Ana Moreno"


def test_progress_and_stopping(saved):
    path = saved(HEADER + "".join(f"P{n},Q,https://www.linkedin.com/in/p{n},,,,\n" for n in range(5_000)))
    told: list[tuple[int, int]] = []
    followers.read(path, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (5_001, 5_001)
    assert told == sorted(told)
    assert len(told) == 4
    with pytest.raises(followers.Cancelled) as caught:
        followers.read(path, cancelled=lambda: len(told) > 3)
    assert isinstance(caught.value, Expected)
    asked: list[int] = []
    with pytest.raises(followers.Cancelled):
        followers.read(path, progress=lambda done, _: asked.append(done), cancelled=lambda: bool(asked))
    assert asked == [1]
