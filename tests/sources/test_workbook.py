"""Files that claim to be workbooks or CSV: what programs put in them, and what is refused."""

from __future__ import annotations

import re
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from kpireport.errors import InputError
from kpireport.sources.cells import CalendarDay, Number
from kpireport.sources.workbook import MOST_ROWS, read_workbook
from tests.sources.workbooks import actual_of, book, load, problems_of, row, save

SEND_AGAIN = "Excelで開けるかを確かめ、保存し直すか、もう一度送ってもらってください。"
SAVE_AS = "Excelで開き、「名前を付けて保存」で「Excelブック（*.xlsx）」を選んで保存してください。"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def repacked(path: Path, **parts: bytes | None) -> Path:
    """The workbook with parts replaced (``sheet1=b"…"``) or taken away (``None``)."""
    with zipfile.ZipFile(path) as old:
        content = {name: old.read(name) for name in old.namelist()}
    for name, data in parts.items():
        full = next(each for each in content if Path(each).name.split(".")[0] == name)
        if data is None:
            del content[full]
        else:
            content[full] = data
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in content.items():
            new.writestr(name, data)
    return path


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


SHEET = "xl/worksheets/sheet1.xml"


def changed(path: Path, old: str, new: str) -> Path:
    """The workbook with its first sheet's XML changed."""
    xml = part(path, SHEET).decode()
    assert old in xml
    return repacked(path, sheet1=xml.replace(old, new).encode())


# --- what Excel and others write -------------------------------------------------


def with_shared_string(path: Path, cell: str, item: str) -> Path:
    """The workbook with one text in the table of shared strings, as Excel keeps all of them."""
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", f"<sst>{item}</sst>")
    relationships = part(path, "xl/_rels/workbook.xml.rels").decode()
    entry = '<Relationship Type="x/sharedStrings" Target="/xl/sharedStrings.xml" Id="s1"/>'
    xml = re.sub(
        rf'<c r="{cell}".*?</c>', f'<c r="{cell}" t="s"><v>0</v></c>', part(path, SHEET).decode()
    )
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    content["xl/_rels/workbook.xml.rels"] = relationships.replace(
        "</Relationships>", f"{entry}</Relationships>"
    ).encode()
    content[SHEET] = xml.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def test_shared_strings_without_the_readings_of_their_kanji(tmp_path: Path):
    path = save(book([row("i1", 7, comment="x")]), tmp_path)
    item = (
        "<si><r><t>漢</t></r><r><rPr><b/></rPr><t>字</t></r>"
        '<rPh sb="0" eb="2"><t>カンジ</t></rPh><phoneticPr fontId="1"/></si>'
    )
    with_shared_string(path, "G2", item)
    assert load(path)[0].entries[0].comment == "漢字"


def test_strings_within_cells_and_results_of_formulas(tmp_path: Path):
    path = save(book([row("i1", 5), row("i2", 6), row("i3", 7)]), tmp_path)
    changed(
        path, '<c r="D2" t="n"><v>5</v></c>', '<c r="D2" t="inlineStr"><is><t>５か所</t></is></c>'
    )
    changed(path, '<c r="D3" t="n"><v>6</v></c>', '<c r="D3"><f>5+1</f><v>6</v></c>')
    changed(path, '<c r="D4" t="n"><v>7</v></c>', '<c r="D4" t="str"><f>"７"</f><v>７か所</v></c>')
    texts = [each.value.text for each in load(path)[0].entries if each.value]
    assert texts == ["５か所", "６か所", "７か所"]


def test_a_formula_whose_result_is_empty_text_is_an_empty_cell(tmp_path: Path):
    path = save(book([row("i1", 5, reason="集計中")]), tmp_path)
    changed(path, '<c r="D2" t="n"><v>5</v></c>', '<c r="D2" t="str"><f>""</f><v></v></c>')
    assert load(path)[0].entries[0].value is None


def test_cells_without_their_names(tmp_path: Path):
    path = save(book([row("i1", 7)]), tmp_path)
    xml = part(path, SHEET).decode()
    for column in "ABCDEFGH":
        for number in "12":
            xml = xml.replace(f' r="{column}{number}"', "")
    xml = xml.replace('<row r="1">', "<row>").replace('<row r="2">', "<row>")
    repacked(path, sheet1=xml.encode())
    # B2 is empty and left out, and nothing says so any more: what follows moves up
    assert [problem.split(":")[0] for problem in problems_of(path)] == ["実績!C2", "実績!B2"]


def test_elements_with_a_prefix_and_of_the_strict_variant(tmp_path: Path):
    path = save(book([row("i1", 7)]), tmp_path)
    xml = part(path, SHEET).decode()
    transitional = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    assert transitional in xml
    xml = xml.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    xml = xml.replace("<x:?xml", "<?xml")
    strict = 'xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"'
    repacked(path, sheet1=xml.replace(transitional, strict).encode())
    assert len(load(path)[0].entries) == 1


@pytest.mark.parametrize(
    ("serial", "text"),
    [("44287", "令和３年４月１日"), ("1", "明治33年１月１日"), ("61", "明治33年３月１日")],
)
def test_days_are_counted_as_excel_does(tmp_path: Path, serial: str, text: str):
    workbook = book([row("state", 0, state="達成")])
    workbook["実績"]["D2"].number_format = "yyyy/m/d"
    path = save(workbook, tmp_path)
    changed(path, "<v>0</v></c>", f"<v>{serial}</v></c>")
    value = load(path)[0].entries[0].value
    assert value is not None
    assert value.text == text


def test_days_counted_from_1904(tmp_path: Path):
    workbook = book([row("state", 42825, state="達成")])
    workbook.epoch = CALENDAR_MAC_1904
    workbook["実績"]["D2"].number_format = "yyyy/m/d"
    value = load(save(workbook, tmp_path))[0].entries[0].value
    assert value is not None
    assert value.text == "令和３年４月１日"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("[$-411]ge.m.d", "令和３年４月１日"),
        ("m/d/yy h:mm", "令和３年４月１日"),
        ('[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@', "令和３年４月１日"),
        ("mmm-yy", "令和３年４月"),
    ],
)
def test_formats_of_days(tmp_path: Path, code: str, text: str):
    actual = actual_of(tmp_path, "state", 44287, state="達成", number_format=code)
    assert actual.value is not None
    assert actual.value.text == text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('"約"#,##0"人"', "約1,655人"),
        ("#,##0;[Red]-#,##0", "年間1,655人"),
        ("0.00E+00", "年間1,655人"),
        ("# ?/?", "年間1,655人"),
        ("G/標準", "年間1,655人"),
        ('G/標準"人"', "1,655人"),
        ("#,##0.0_);(#,##0.0)", "年間1,655.0人"),
    ],
)
def test_formats_of_numbers(tmp_path: Path, code: str, text: str):
    actual = actual_of(tmp_path, "yearly", 1655, number_format=code)
    assert actual.value is not None
    assert actual.value.text == text


# --- other files, and files that are broken --------------------------------------


def refused(path: Path) -> str:
    (problem,) = problems_of(path)
    assert problem.startswith(": ")
    return problem.removeprefix(": ")


def written(folder: Path, data: bytes, name: str = "actuals.xlsx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def archive(folder: Path, **parts: bytes) -> Path:
    path = folder / "actuals.xlsx"
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name.replace("__", "/"), data)
    return path


OTHERS = [
    (b"", f"ファイルが空です。 → {SEND_AGAIN}"),
    (b"<html><table>", f"Excelのブック（.xlsx）ではありません。 → {SAVE_AS}"),
    ("記号,年度,実績\n".encode(), f"Excelのブック（.xlsx）ではありません。 → {SAVE_AS}"),
    (
        OLE + b"\0" * 512 + "Workbook".encode("utf-16-le"),
        f"古い形式（.xls）のブックです。拡張子を変えても読めません。 → {SAVE_AS}",
    ),
    (
        OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"),
        (
            "パスワードで保護されています。 → Excelで開き、「ファイル」→「情報」→「ブックの保護」→"
            "「パスワードを使用して暗号化」でパスワードを消して、保存し直してください。"
        ),
    ),
    (b"PK\x03\x04" + b"x" * 100, f"ファイルが壊れています。 → {SEND_AGAIN}"),
]


@pytest.mark.parametrize(("data", "problem"), OTHERS, ids=range(len(OTHERS)))
def test_another_kind_of_file(tmp_path: Path, data: bytes, problem: str):
    assert refused(written(tmp_path, data)) == problem


def test_no_file(tmp_path: Path):
    path = tmp_path / "none.xlsx"
    problem = (
        f"review.actuals: 実績のファイルがありません（{path}）。"
        " → actuals に書いた場所とファイル名のつづりを確かめてください。"
        "場所は、report.toml のあるフォルダーから見て書きます。"
    )
    assert problems_of(path) == [problem]


def test_other_packages(tmp_path: Path):
    text = archive(tmp_path, mimetype=b"application/vnd.oasis.opendocument.spreadsheet")
    assert refused(text) == f"Excelのブック（.xlsx）ではありません。 → {SAVE_AS}"
    binary = archive(tmp_path, **{"xl__workbook.bin": b""})
    assert refused(binary) == f"バイナリブック（.xlsb）です。 → {SAVE_AS}"


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_file_cut_off(tmp_path: Path, kept: float):
    path = save(book([row("i1", 7)]), tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    assert refused(path) == f"ファイルが壊れています。 → {SEND_AGAIN}"


def test_every_damaged_byte_is_read_or_refused(tmp_path: Path):
    path = save(book([row("i1", 7)]), tmp_path)
    data = path.read_bytes()
    for position in range(0, len(data), 97):
        path.write_bytes(data[:position] + bytes([data[position] ^ 0x55]) + data[position + 1 :])
        problems_of(path)  # fails on anything but an InputError


@pytest.mark.parametrize("name", ["sheet1", "workbook", "styles"])
def test_parts_that_are_no_xml(tmp_path: Path, name: str):
    path = repacked(save(book([row("i1", 7)]), tmp_path), **{name: b"<a><b></a>"})
    assert refused(path).startswith("ファイルが壊れています（xl/")


def test_a_part_is_missing(tmp_path: Path):
    path = repacked(save(book([row("i1", 7)]), tmp_path), sheet1=None)
    assert refused(path) == f"ブックの中の {SHEET} がありません。 → {SEND_AGAIN}"


def test_a_string_is_missing(tmp_path: Path):
    path = save(book([row("i1", 7, comment="x")]), tmp_path)
    assert problems_of(with_shared_string(path, "G2", "")) == [
        "実績!G2: 文字が失われています。 → 書き直して、保存し直してください。"
    ]


# --- files made to do harm -------------------------------------------------------

DOCTYPE = "ファイルに、ブックには使われない宣言（DOCTYPE）があります。"


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://example.com/x.dtd">',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
@pytest.mark.parametrize("name", ["sheet1", "sharedStrings", "workbook"])
def test_entities(tmp_path: Path, name: str, declaration: str):
    path = save(book([row("i1", 7, comment="x")]), tmp_path)
    with_shared_string(path, "G2", "<si><t>x</t></si>")
    repacked(path, **{name: f"{declaration}<x>&e;</x>".encode()})
    assert refused(path) == f"{DOCTYPE} → {SAVE_AS}"


def test_a_small_file_with_a_huge_part(tmp_path: Path):
    path = save(book([row("i1", 7)]), tmp_path)
    repacked(path, sheet1=b"<worksheet>" + b" " * (200 * 2**20) + b"</worksheet>")
    assert path.stat().st_size < 2**20
    tracemalloc.start()
    problem = refused(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert problem == (
        "ブックの中身が大きすぎます（64 MB を超えます）。"
        " → 表の下や右の使っていない行・列を削除して、保存し直してください。"
    )
    assert peak < 16 * 2**20


def test_a_large_file(tmp_path: Path):
    path = written(tmp_path, b"PK" + b"\0" * (20 * 2**20))
    assert refused(path).startswith("ファイルが大きすぎます（20 MB を超えます）。")


def big_book(folder: Path, rows: int) -> Path:
    path = save(book([row("i1", 7, comment="順調")]), folder)
    xml = part(path, SHEET).decode()
    first = re.search(r'<row r="2".*?</row>', xml)
    assert first is not None
    more = (first[0].replace('2"', f'{number}"') for number in range(3, rows + 2))
    return repacked(path, sheet1=xml.replace(first[0], first[0] + "".join(more)).encode())


def test_200_000_rows(tmp_path: Path):
    path = big_book(tmp_path, 200_000)
    problem = refused(path)
    assert problem == (
        f"シート「実績」の行が多すぎます（{MOST_ROWS:,}行を超えます）。"
        " → 関係のない行を削除するか、表のシートだけを残してください。"
    )


def test_thousands_of_unknown_ids_are_told(tmp_path: Path):
    problems = problems_of(save(book([row(f"x{number}", 7) for number in range(5000)]), tmp_path))
    assert len(problems) == 5000
    assert problems[-1].endswith("計画のファイルにある記号を書いてください。")


# --- CSV -------------------------------------------------------------------------

CSV_FAULTS: list[tuple[bytes, str]] = [
    (
        "記号,年度,実績\n".encode("utf-16"),
        "文字コードがUTF-16か、CSVではないファイルです。",
    ),
    (b"\x81\xff\xfe,\x80", "文字コードがUTF-8でもShift_JISでもありません。"),
    (b"PK\x03\x04", "CSVではなく、Excelのブックです。"),
    (OLE, "CSVではなく、Excelのブックです。"),
    ('記号,年度,実績\ni1,2021,"７か所\n'.encode(), "2行目のあたりが、CSVとして読めません。"),
    (b"i1,2021,7\n" * (MOST_ROWS + 1), f"行が多すぎます（{MOST_ROWS:,}行を超えます）。"),
]


@pytest.mark.parametrize(("data", "what"), CSV_FAULTS, ids=range(len(CSV_FAULTS)))
def test_a_csv_file_that_cannot_be_read(tmp_path: Path, data: bytes, what: str):
    assert refused(written(tmp_path, data, "actuals.csv")).startswith(what)


def test_a_fault_in_a_csv_file_names_the_cell(tmp_path: Path):
    text = "記号,年度,実績\ni1,2021,７か所\n\ni2,2021,７校\n"
    assert problems_of(written(tmp_path, text.encode("cp932"), "actuals.csv")) == [
        (
            "C4: 「７校」の単位が、計画の単位（か所）と違います。"
            " → 「か所」で数えた値を書いてください。"
        )
    ]


def test_a_fault_in_a_folder_of_csv_files_names_the_sheet(tmp_path: Path):
    written(
        tmp_path, "記号,年度,主な取組,課題,今後の方向\np9,2021,あ,,\n".encode(), "計画コメント.csv"
    )
    written(tmp_path, b"PK\x03\x04", "評価の修正.csv")
    with pytest.raises(InputError) as caught:
        load(tmp_path)
    assert [(each.place, each.what) for each in caught.value.problems] == [
        ("実績.csv", "ファイルがありません。"),
        ("評価の修正.csv", "CSVではなく、Excelのブックです。"),
        ("計画コメント!A2", "記号が「p9」の計画は、計画にありません。"),
    ]


# --- beside another reader -------------------------------------------------------


def test_the_samples_read_the_same_as_by_openpyxl(tmp_path: Path):
    path = Path(__file__).parents[2] / "reports/2021/actuals.xlsx"
    names = ("実績", "計画コメント", "評価の修正")
    ours = {sheet.name: sheet for sheet in read_workbook(path, names).sheets}
    theirs = load_workbook(path)
    for name in names:
        cells = [cell for each in theirs[name] for cell in each if cell.value is not None]
        assert sum(map(len, ours[name].rows.values())) == len(cells)
        for cell in cells:
            content = ours[name].rows[cell.row][cell.column]
            if isinstance(cell.value, str):
                assert content == cell.value
            elif isinstance(content, Number):
                percent = 100 if content.is_percentage else 1
                assert float(content.value) == pytest.approx(cell.value * percent, rel=1e-12)
            else:
                assert isinstance(content, CalendarDay)
                assert content.day == cell.value.date()
