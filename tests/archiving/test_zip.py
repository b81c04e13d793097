"""Archives as zip files: the same ones, damaged ones, hostile ones."""

from __future__ import annotations

import os
import stat
import tracemalloc
from contextlib import nullcontext
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

import pytest

from kpireport.archives import container
from kpireport.archives.manifest import MANIFEST
from kpireport.archiving import ArchiveFindingKind, verify
from kpireport.errors import InputError
from tests.archiving.archives import ACTUALS, WORD, flipped, small_archive, told


def pack(folder: Path, files: dict[str, bytes], method: int = ZIP_STORED) -> Path:
    path = folder / "保存.zip"
    with ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("wrapper", ["", "令和３年度/"])
def test_a_folder_packed_by_another_program_is_sound(wrapper: str, tmp_path: Path) -> None:
    files = {wrapper + name: content for name, content in small_archive().items()}
    found = verify(pack(tmp_path, files, ZIP_DEFLATED), rebuild=False)
    assert found.is_sound
    assert found.has_other_container


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_names_as_macos_and_windows_write_them_are_read(encoding: str, tmp_path: Path) -> None:
    class Unmarked(ZipInfo):
        def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
            return self.filename.encode(encoding), self.flag_bits & ~0x800

    path = tmp_path / "保存.zip"
    with ZipFile(path, "w") as archive:
        for name, content in small_archive().items():
            archive.writestr(Unmarked(name), content)
    assert "お読みください.txt".encode(encoding) in path.read_bytes()
    assert verify(path, rebuild=False).is_sound


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
def test_a_byte_of_an_entry_names_the_file(method: int, tmp_path: Path) -> None:
    path = pack(tmp_path, small_archive(), method)
    with ZipFile(path) as archive:
        entry = archive.getinfo(WORD)
    middle = entry.header_offset + 30 + entry.compress_size // 2
    path.write_bytes(flipped(path.read_bytes(), middle))
    found = verify(path)
    assert told(list(found.findings)) == [(ArchiveFindingKind.CHANGED, WORD)]
    assert "壊れていて取り出せません。" in found.findings[0].what


def test_a_damaged_list_in_a_zip_leaves_the_other(tmp_path: Path) -> None:
    path = pack(tmp_path, small_archive())
    data = path.read_bytes()
    path.write_bytes(flipped(data, data.index(b'"seal"')))
    assert told(list(verify(path).findings)) == [(ArchiveFindingKind.MANIFEST, MANIFEST)]


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "/etc/passwd",
        "inputs/../../x",
        "C:/x",
        "a\\b",
        "a//b",
        "./a",
        "a\x01",
        ACTUALS,
    ],
    ids=ascii,
)
def test_a_name_that_is_unsafe_or_there_twice_is_refused(name: str, tmp_path: Path) -> None:
    path = pack(tmp_path, small_archive())
    warned = pytest.warns(UserWarning, match="Duplicate") if name == ACTUALS else nullcontext()
    with warned, ZipFile(path, "a") as archive:
        archive.writestr(name, b"x")
    with pytest.raises(InputError, match="安全でないか重なった"):
        verify(path)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_link_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path, small_archive())
    with ZipFile(path, "a") as archive:
        link = ZipInfo("link")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(InputError, match="リンク"):
        verify(path)


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = small_archive()
    room = sum(map(len, files.values())) + 2**20
    monkeypatch.setattr(container, "_LARGEST", room)
    path = pack(tmp_path, files | {"bomb": bytes(2**26)}, ZIP_DEFLATED)
    assert path.stat().st_size < room
    with pytest.raises(InputError, match="大きすぎます"):
        verify(path)


def test_a_bomb_that_lies_about_its_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "_LARGEST", 2**22)
    path = pack(tmp_path, {MANIFEST: b"{}", "bomb": bytes(2**26)}, ZIP_DEFLATED)
    data = path.read_bytes()
    size = (2**26).to_bytes(4, "little")
    path.write_bytes(data.replace(size, (2**10).to_bytes(4, "little")))
    found = verify(path)  # it unpacks to no more than it says, with another checksum
    assert (ArchiveFindingKind.MANIFEST, MANIFEST) in told(list(found.findings))


def test_what_is_declared_too_large_is_not_unpacked(tmp_path: Path) -> None:
    path = pack(tmp_path, {MANIFEST: b"{}", "bomb": bytes(300 * 2**20)}, ZIP_DEFLATED)
    tracemalloc.start()
    with pytest.raises(InputError, match="大きすぎます"):
        verify(path)
    assert tracemalloc.get_traced_memory()[1] < 16 * 2**20
    tracemalloc.stop()


def test_other_compressions_are_damage(tmp_path: Path) -> None:
    files = small_archive()
    path = pack(tmp_path, {name: files[name] for name in files if name != WORD})
    with ZipFile(path, "a") as archive:
        archive.writestr(WORD, files[WORD], ZIP_LZMA)
    found = verify(path, rebuild=False)
    assert told(list(found.findings)) == [(ArchiveFindingKind.CHANGED, WORD)]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "保存.zip")
    with pytest.raises(InputError, match="ふつうのファイルではない"):
        verify(tmp_path / "保存.zip")


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    path = pack(tmp_path, {f"f{number}": b"" for number in range(1001)})
    with pytest.raises(InputError, match="大きすぎます"):
        verify(path)


def test_a_password_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path, {MANIFEST: b"{}"})
    data = bytearray(path.read_bytes())
    data[6] |= 1  # general purpose bit 0 of the local header, and of the central directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(InputError, match="パスワード"):
        verify(path)


def test_half_a_zip_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path, small_archive())
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(InputError, match="読める ZIP"):
        verify(path)
