"""Packages made to do harm: refused at once, in bounded space, whoever's they are."""

from __future__ import annotations

import io
import os
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kpireport.errors import CellError, InputError
from kpireport.sources.package_kinds import EDITED_WORD, WORKBOOK
from kpireport.sources.packages import Package, open_package
from kpireport.sources.word_file import read_word_file
from kpireport.sources.workbook import read_workbook
from kpireport.sources.workbook_parts import Silent
from tests.sources.workbooks import book, row, save

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(method: int = zipfile.ZIP_DEFLATED, **parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr("_rels/.rels", relations(("officeDocument", "part.xml")))
        for name, content in parts.items():
            archive.writestr(f"{name}.xml", content)
    return made.getvalue()


def relations(*targets: tuple[str, str]) -> bytes:
    each = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{RELATIONS}">{each}</Relationships>'.encode()


@contextmanager
def opened(content: bytes) -> Iterator[Package]:
    with open_package(packed(part=content), EDITED_WORD) as package:
        yield package


def refused(content: bytes) -> set[str]:
    """What is said of a part, streamed and as a tree."""
    with opened(content) as package:
        with pytest.raises(CellError) as streamed:
            package.parse("part.xml", Silent())
        with pytest.raises(CellError) as whole:
            package.root("part.xml")
    return {streamed.value.what, whole.value.what}


DAMAGED = {"ファイルが壊れています（part.xml）。"}


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b'<?xml version="1.0" encoding="shift_jis"?><a/>',
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        "<a/>".encode("utf-32"),
        "<a/>".encode("cp037"),
        b"<a>" * 100_000,
        b"<a>" * 300 + b"</a>" * 300,
        b"",
    ],
    ids=["unknown", "multi-byte", "utf-7", "utf-32", "ebcdic", "open", "deep", "empty"],
)
def test_what_no_program_writes_is_refused_as_damage(content: bytes) -> None:
    assert refused(content) == DAMAGED


def test_utf_16_is_read() -> None:
    with opened('<?xml version="1.0" encoding="UTF-16"?><a>字</a>'.encode("utf-16")) as package:
        assert package.root("part.xml").text == "字"
        package.parse("part.xml", Silent())


@pytest.mark.parametrize(
    "content",
    [
        b'<a b="' + b"x" * (30 * 2**20) + b'"/>',
        b"<a><!--" + b"x" * (30 * 2**20) + b"--></a>",
    ],
    ids=["attribute", "comment"],
)
def test_endless_tags_take_no_time(content: bytes) -> None:
    with opened(content) as package:
        begun = time.process_time()
        with pytest.raises(CellError, match="長すぎる要素"):
            package.parse("part.xml", Silent())
        with pytest.raises(CellError, match="壊れています"):
            package.root("part.xml")
        assert time.process_time() - begun < 30


def test_a_tree_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpireport.sources.packages._MOST_ELEMENTS", 1_000)
    with (
        opened(b"<a>" + b"<b/>" * 1_001 + b"</a>") as package,
        pytest.raises(CellError, match="要素が"),
    ):
        package.root("part.xml")
    with opened(b"<a>" + b"<b></b>" * 900 + b"</a>") as package:
        assert len(package.root("part.xml")) == 900


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_other_compressions_are_refused_unread(method: int) -> None:
    damaged = bytearray(packed(method, part=b"<a/>"))
    damaged[40:44] = b"\xff\xff\xff\xff"
    with (
        pytest.raises(CellError, match="読めない圧縮か暗号"),
        open_package(bytes(damaged), WORKBOOK) as package,
    ):
        package.main_part()


def test_two_parts_of_one_name_are_refused() -> None:
    made = io.BytesIO(packed(part=b"<a/>"))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("Part.xml", b"<b/>")
    with pytest.raises(CellError, match="同じ名前の部品"), open_package(made.getvalue(), WORKBOOK):
        pass


def test_a_zip_of_a_million_names_is_not_opened() -> None:
    entry = b"PK\x01\x02" + bytes(42)
    tracemalloc.start()
    with (
        pytest.raises(CellError, match="部品が多すぎます"),
        open_package(packed() + entry * 400_000, WORKBOOK),
    ):
        pass
    assert tracemalloc.get_traced_memory()[1] < 60 * 2**20
    tracemalloc.stop()


def test_targets_are_resolved_and_names_are_the_same_in_any_case() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("_rels/.rels", relations(("officeDocument", "/XL/./Workbook.xml")))
        archive.writestr("xl/workbook.xml", b"<a/>")
        archive.writestr(
            "xl/_rels/WORKBOOK.xml.rels",
            relations(("styles", "Styles.xml"), ("theme", "../x/theme.xml"), ("none", "../../y")),
        )
        archive.writestr("xl/styles.xml", b"<a/>")
    with open_package(made.getvalue(), WORKBOOK) as package:
        main = package.main_part()
        assert main == "xl/workbook.xml"
        assert package.all_related(main) == {
            "r0": "xl/styles.xml",
            "r1": "x/theme.xml",
            "r2": "y",
        }
        assert package.related(main, "styles") == "xl/styles.xml"
        assert package.root("XL/STYLES.XML").tag == "a"
        assert "Xl/Styles.xml" in package


def test_a_workbook_whose_parts_differ_in_case_is_read(tmp_path: Path) -> None:
    """Some programs write SharedStrings.xml and refer to sharedStrings.xml."""
    path = save(book([row("i1", 7, comment="順調")]), tmp_path)
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            name = entry.filename.replace("sheet1", "Sheet1").replace("styles", "Styles")
            new.writestr(name, old.read(entry))
    found = read_workbook(made.getvalue(), ["実績"])
    assert found.sheets == read_workbook(path, ["実績"]).sheets
    assert found.parts["実績"] == "xl/worksheets/Sheet1.xml"


# --- paths and attributes --------------------------------------------------------


@pytest.mark.parametrize("read", [lambda path: read_workbook(path, ()), read_word_file])
def test_a_pipe_and_a_device_are_not_waited_for(tmp_path: Path, read: Any) -> None:
    pipe = tmp_path / "a.xlsx"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises((CellError, InputError), match="ふつうのファイルではありません"):
            read(path)


def _sheet(cells: str) -> bytes:
    return f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode()


LONG = "9" * 5_000


@pytest.mark.parametrize(
    "cells",
    [
        f'<row r="{LONG}"><c t="s"><v>{LONG}</v></c></row>',
        f'<row r="1"><c r="A1" s="{LONG}"><v>1</v></c></row>',
        f'<row r="1"><c r="A{LONG}"><v>{LONG}</v></c></row>',
        '<row r="1"><c r="A1"><v>1e29</v></c></row>',
    ],
)
def test_numbers_of_thousands_of_digits_are_none(tmp_path: Path, cells: str) -> None:
    path = save(book([row("i1", 7)]), tmp_path)
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            is_sheet = entry.filename.endswith("sheet1.xml")
            new.writestr(entry.filename, _sheet(cells) if is_sheet else old.read(entry))
    assert read_workbook(made.getvalue(), ["実績"]).sheets


def test_a_text_longer_than_a_cell_is_none(tmp_path: Path) -> None:
    from kpireport.sources.cells import Unusable

    cell = f'<row r="1"><c r="A1" t="str"><v>{"（" * 40_000}</v></c></row>'
    path = save(book([row("i1", 7)]), tmp_path)
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            is_sheet = entry.filename.endswith("sheet1.xml")
            new.writestr(entry.filename, _sheet(cell) if is_sheet else old.read(entry))
    (sheet,) = read_workbook(made.getvalue(), ["実績"]).sheets
    assert isinstance(sheet.rows[1][1], Unusable)


def test_what_was_read_from_a_file_is_bounded_as_the_file_is() -> None:
    data = packed(part=b"<a/>")
    small = replace(WORKBOOK, largest_file=len(data))
    with open_package(data, small) as package:
        assert "part.xml" in package
    refused = pytest.raises(CellError, match="大きすぎます")
    with refused, open_package(data, replace(small, largest_file=len(data) - 1)):
        pass
