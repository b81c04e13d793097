"""Files made to do harm: refused or neutralised, told plainly, bounded in time and memory."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from kpireport.cli import main
from kpireport.collection.expected import open_report
from kpireport.collection.inbox import MOST_FILES
from kpireport.collection.receiving import receive
from kpireport.errors import InputError
from kpireport.reports import Report
from kpireport.sources import workbook
from kpireport.sources.workbook import read_workbook
from tests.collection.answering import HOIKU, KYOIKU, asked, edited, told, warned, with_part

BOTH: dict[str, dict[str, Any]] = {
    "share": {"実績": 98.6},
    "two": {"実績": "176所（定員15,300人）"},
}
SHEET = "xl/worksheets/sheet2.xml"
BIDI = "\u202e"


def spoilt(path: Path, name: str, xml: bytes) -> None:
    """Put something else in the place of a part, compressed."""
    with zipfile.ZipFile(path) as old:
        content = {each: old.read(each) for each in old.namelist()}
    content[name] = xml
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for each, data in content.items():
            new.writestr(each, data)


def test_a_zip_bomb_is_refused_and_the_others_taken(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, BOTH)
    spoilt(case.answer(KYOIKU, {}), SHEET, b"<worksheet>" + b" " * (200 * 2**20) + b"</worksheet>")
    tracemalloc.start()
    collected = case.collect()
    assert tracemalloc.get_traced_memory()[1] < 64 * 2**20
    tracemalloc.stop()
    assert told(collected) == ["教育課.xlsx: : ブックの中身が大きすぎます（64 MB を超えます）。"]
    assert case.text("share") == "98.6％"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "docProps/custom.xml", "xl/styles.xml"])
@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><x>&b;</x>',
    ],
)
def test_entities_are_refused(tmp_path: Path, part: str, declaration: bytes):
    case = asked(tmp_path)
    spoilt(case.answer(HOIKU, BOTH), part, declaration)
    assert "DOCTYPE" in told(case.collect())[0]


def test_many_empty_formatted_rows_are_passed_over(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, BOTH)
    with zipfile.ZipFile(path) as old:
        xml = old.read(SHEET)
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(10, 200_000))
    spoilt(path, SHEET, xml.replace(b"</sheetData>", rows + b"</sheetData>"))
    collected = case.collect()
    assert told(collected) == []
    assert case.text("share") == "98.6％"


def test_millions_of_empty_cells_are_refused_with_what_to_delete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(workbook, "_MOST_CELLS", 20_000)  # as many as that take some seconds
    case = asked(tmp_path)
    cells = b'<c s="1"/>' * 30_000
    spoilt(case.answer(HOIKU, BOTH), SHEET, b"<x><row>" + cells + b"</row></x>")
    collected = case.collect()
    assert "シート「実績」のセルが多すぎます" in told(collected)[0]
    assert "使っていない行・列を削除して" in collected.errors[0].remedy


FLOODS = {
    SHEET: [
        b'<mergeCell ref="XAA1:XFD1"/>' * 300_000,
        b'<col hidden="1" min="1" max="16383"/>' * 300_000,
        b'<row hidden="1"/>' * 300_000,
    ],
    "xl/workbook.xml": [b"<sheet/>" * 300_000],
    "xl/styles.xml": [b"<cellXfs>" + b"<xf/>" * 300_000 + b"</cellXfs>"],
    "docProps/custom.xml": [b"<lpwstr>x</lpwstr>" * 300_000],
}


@pytest.mark.parametrize(
    ("part", "number"), [(part, number) for part in FLOODS for number in range(len(FLOODS[part]))]
)
def test_floods_of_other_elements_are_refused_or_passed_over(
    tmp_path: Path, part: str, number: int
):
    case = asked(tmp_path)
    spoilt(case.answer(HOIKU, BOTH), part, b"<x>" + FLOODS[part][number] + b"</x>")
    (result,) = case.collect().files
    assert result.taken == (0 if result.problems else len(BOTH))  # refused in words, or no harm


def test_macros_and_links_are_data_that_nobody_runs(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, BOTH)
    data = with_part(path.read_bytes(), "xl/vbaProject.bin", lambda _: b"vba")
    data = with_part(data, "xl/externalLinks/externalLink1.xml", lambda _: b"<x/>")
    path.unlink()
    (case.inbox / "保育課.xlsm").write_bytes(data)
    collected = case.collect()
    assert collected.is_complete
    assert [each.partition("。")[0] for each in warned(collected)] == [
        "保育課.xlsm: : マクロのあるブックです",
        "保育課.xlsm: : ほかのファイルを参照しているブックです",
    ]


def test_names_with_paths_inside_the_package_lead_nowhere(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, BOTH)
    for name in ("../../../../evil.xml", "/etc/evil", "..\\..\\evil"):
        path.write_bytes(with_part(path.read_bytes(), name, lambda _: b"x"))
    before = {each for each in tmp_path.rglob("*") if "received" not in str(each)}
    assert case.collect().is_complete
    assert {each for each in tmp_path.rglob("*") if "received" not in str(each)} == before


def test_a_relationship_cannot_lead_out_of_the_package(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, BOTH)
    path.write_bytes(
        with_part(
            path.read_bytes(),
            "xl/_rels/workbook.xml.rels",
            lambda xml: xml.replace(b"/xl/worksheets/sheet2.xml", b"../../../../etc/passwd"),
        )
    )
    assert "がありません" in told(case.collect())[0]


def test_a_sheet_name_of_300_characters_and_names_with_paths(tmp_path: Path):
    case = asked(tmp_path)

    def edit(book: Workbook) -> None:
        book.create_sheet("x")

    path = edited(case.answer(HOIKU, BOTH), edit)
    name = ("../" + "長" * 297).encode()
    path.write_bytes(
        with_part(
            path.read_bytes(),
            "xl/workbook.xml",
            lambda xml: xml.replace(b'name="x"', b'name="' + name + b'"'),
        )
    )
    (warning,) = warned(case.collect())
    assert "…」は、読みません" in warning
    assert len(warning) < 100


def test_file_names_are_printed_safely(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    case = asked(tmp_path)
    path = case.answer(HOIKU, {"share": {"実績": "98人"}})
    try:
        path.rename(case.inbox / f"改\n行{BIDI}\x1b[31m赤.xlsx")
    except OSError:
        pytest.skip("this system takes no such names")
    assert main(["collect", str(case.report)]) == 2
    printed = capsys.readouterr().out
    assert not {BIDI, "\x1b"} & set(printed)
    assert "改\\n行\\u202E\\u001B[31m赤.xlsx" in printed
    (copy,) = (case.report / "received").glob("*赤*")
    assert copy.name.isprintable()


def test_a_name_that_is_no_text_is_printed_safely(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    case = asked(tmp_path)
    try:
        (case.inbox / "\udcff.xlsx").write_bytes(b"x")
    except (OSError, UnicodeError):
        pytest.skip("this system takes no such names")
    assert main(["collect", str(case.report)]) == 2
    assert "\\uDCFF.xlsx" in capsys.readouterr().out


def test_a_good_sheet_with_such_a_name_is_taken_and_kept(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, BOTH)
    try:
        path.rename(case.inbox / "\udcff\u202e..\\..:*.xlsx")
    except (OSError, UnicodeError):
        pytest.skip("this system takes no such names")
    assert case.collect().is_complete
    (copy,) = (case.report / "received").glob("*-*.xlsx")
    assert copy.name.isprintable()
    assert not set('\\/:*?"<>|') & set(copy.name)
    assert case.collect().written == ()


def test_a_refused_file_is_not_held_in_memory(tmp_path: Path):
    case = asked(tmp_path)
    path = case.inbox / "大きい.xlsx"
    Workbook().save(path)
    path.write_bytes(with_part(path.read_bytes(), "x", lambda _: b"x" * 5_000_000))
    received = receive([path], case.inbox, open_report(Report.open(case.report)).expected)
    assert received.returned[0].original.size > 5_000_000
    assert received.returned[0].original.data == b""


def test_words_of_a_workbook_are_printed_safely(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": f"98{BIDI}人"}})
    assert main(["collect", str(case.report)]) == 2
    assert BIDI not in capsys.readouterr().out


def test_control_characters_in_a_cell_are_refused_with_the_cell(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, {"share": {"コメント": "MARK"}})
    with zipfile.ZipFile(path) as old:
        xml = old.read(SHEET)
    spoilt(path, SHEET, xml.replace(b"MARK", b"_x0007_"))
    assert "文書に使えない文字（\\u0007）" in told(case.collect())[0]


@pytest.mark.parametrize("text", ["=1+1", "+81", "-1人減", "@SUM(A1)", "<&>\"'", "＝１"])
def test_texts_are_never_formulas_in_what_is_written(tmp_path: Path, text: str):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": 98.6, "コメント": text}, "p1": {"課題": text}})
    assert case.collect().is_complete
    fact = case.fact("share")
    assert fact is not None
    assert fact.comment == text
    assert case.comment("p1")[1] == text
    for path in (case.workbook, case.report / "received" / "受付簿.xlsx"):
        cells = [cell for sheet in load_workbook(path) for row in sheet for cell in row]
        assert text in [cell.value for cell in cells]
        assert "f" not in {cell.data_type for cell in cells}
    assert not read_workbook(case.workbook, ["実績"]).sheets[0].formulas


def test_ten_thousand_files_are_a_mistake(tmp_path: Path):
    case = asked(tmp_path)
    for number in range(MOST_FILES + 1):
        (case.inbox / f"{number}.xlsx").touch()
    with pytest.raises(InputError, match="ファイルが多すぎます"):
        case.collect()


def test_folders_in_folders_have_an_end(tmp_path: Path):
    case = asked(tmp_path)
    deep = case.inbox
    for _ in range(30):
        deep = deep / "中"
    deep.mkdir(parents=True)
    (deep / "x.xlsx").touch()
    assert "フォルダーの重なりが深すぎます" in told(case.collect())[0]


def test_a_huge_file_is_not_read(tmp_path: Path):
    case = asked(tmp_path)
    with (case.inbox / "大.xlsx").open("wb") as stream:
        stream.truncate(2**40)
    assert "ファイルが大きすぎます" in told(case.collect())[0]


def test_a_package_of_very_many_parts_is_refused(tmp_path: Path):
    case = asked(tmp_path)
    with zipfile.ZipFile(case.inbox / "x.xlsx", "w") as package:
        for number in range(20_000):
            package.writestr(f"a{number}", b"")
    assert "ブックの中の部品が多すぎます" in told(case.collect())[0]


def test_one_file_does_not_flood_the_screen(tmp_path: Path):
    case = asked(tmp_path)

    def edit(book: Workbook) -> None:
        sheet = book["実績"]
        for row in range(10, 510):
            sheet.cell(row, 1).value = f"x{row}"
            sheet.cell(row, 6).value = 7

    edited(case.answer(HOIKU, BOTH), edit)
    faults = told(case.collect())
    assert len(faults) == 31
    assert faults[-1].endswith("このファイルには、ほかにも970件あります。")


def test_forty_workbooks_are_taken_at_once(tmp_path: Path):
    case = asked(tmp_path)
    for number in range(40):
        case.answer(HOIKU, {"share": {"実績": 98.6}}, f"{number}/a.xlsx")
        edited(
            case.inbox / f"{number}/a.xlsx",
            lambda book, number=number: setattr(book.properties, "title", str(number)),  # type: ignore[misc]
        )
    assert case.collect().is_complete
