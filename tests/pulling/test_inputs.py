"""What is written: the edited words, and not a byte more than they need."""

from __future__ import annotations

import csv
import io
import signal
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from kpireport.editing.cells import with_cells, with_fields
from kpireport.editing.toml_items import with_paragraphs
from kpireport.errors import CellError, OutputError
from kpireport.pulling import find_changes, write_changes
from kpireport.sources.csv_file import read_csv
from kpireport.sources.workbook import read_workbook, sheet_part
from tests import warm
from tests.pulling.edited import (
    COMMENTS,
    OVERRIDES,
    built,
    control,
    edited,
    pulled,
    rows,
    typed,
    with_part,
    write,
    write_into,
)
from tests.sources.workbooks import COMMENT_TITLES, OVERRIDE_TITLES, TITLES

# --- workbooks -------------------------------------------------------------------


def dressed(path: Path) -> None:
    """Give a workbook what a careless writer would lose."""
    book = openpyxl.load_workbook(path)
    sheet = book["計画コメント"]
    sheet["E2"].font = Font(bold=True)
    sheet["E2"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["E2"].comment = Comment("土地の担当は用地課", "甲")
    sheet.column_dimensions["E"].width = 55
    sheet.freeze_panes = "A2"
    validation = DataValidation(type="list", formula1='"2020,2021"')
    validation.add("C2:C9")
    sheet.add_data_validation(validation)
    other = book.create_sheet("メモ")
    other["A1"] = "=SUM(1,2)"
    book.save(path)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_workbook_changes_in_its_cell_alone(tmp_path: Path) -> None:
    report = write(tmp_path)
    path = report / "actuals.xlsx"
    dressed(path)
    before = path.read_bytes()

    done = pulled(report, typed("issues:p1:2021", "用地を探す。"), apply=True)
    assert done.written == (path,)
    old, new = parts(before), parts(path.read_bytes())
    assert list(old) == list(new)
    (name,) = [name for name in old if old[name] != new[name]]
    first = next(i for i in range(len(old[name])) if old[name][i] != new[name][i])
    assert old[name][:first] == new[name][:first]
    end = old[name].index(b"</c>", first)
    assert new[name].endswith(old[name][end:])

    sheet = openpyxl.load_workbook(path)["計画コメント"]
    assert (sheet["E2"].value, sheet["E2"].font.b) == ("用地を探す。", True)
    assert sheet["E2"].comment.text == "土地の担当は用地課"
    (backup,) = done.backups
    assert (backup.name, backup.read_bytes()) == ("actuals（書き戻し前）.xlsx", before)


def test_a_backup_that_a_killed_run_made_is_the_only_one(tmp_path: Path) -> None:
    report = write(tmp_path)
    left = report / "report（書き戻し前）.toml"
    left.write_bytes((report / "report.toml").read_bytes())
    (backup,) = pulled(report, typed("survey", "一。"), apply=True).backups
    assert backup == left
    assert len(list(report.glob("*書き戻し前*"))) == 1


def test_a_second_backup_keeps_the_first(tmp_path: Path) -> None:
    report = write(tmp_path)
    first = (report / "report.toml").read_bytes()
    assert pulled(report, typed("survey", "一。"), apply=True).backups
    second = (report / "report.toml").read_bytes()
    (report / "report.toml").write_bytes(first + "# メモ\n".encode())
    (backup,) = pulled(report, typed("survey", "二。"), apply=True).backups
    assert backup.name == "report（書き戻し前2）.toml"
    assert (report / "report（書き戻し前）.toml").read_bytes() == first != second


@pytest.mark.parametrize("text", ["=1+1", "+81", "-1", "@SUM(A1)", "_x0041_", "<&>\"'", " 前後 "])
def test_a_text_is_never_a_formula(tmp_path: Path, text: str) -> None:
    report = write(tmp_path)
    path = report / "actuals.xlsx"
    found = pulled(report, typed("issues:p1:2021", text), apply=True)
    assert [each.new for each in found.changes] == [text.strip()]
    cell = openpyxl.load_workbook(path)["計画コメント"]["E2"]
    assert cell.data_type in ("s", "inlineStr")
    (sheet,) = read_workbook(path, ["計画コメント"]).sheets
    assert sheet.rows[2][5] == text.strip()


def test_a_formulas_cell_is_left_alone(tmp_path: Path) -> None:
    report = write(tmp_path)
    path = report / "actuals.xlsx"
    part = sheet_part(path, "計画コメント")
    old = parts(path.read_bytes())[part]
    formula = '<c r="E2" t="str"><f>"土地が"&amp;"ない。"</f><v>土地がない。</v></c>'
    start = old.index(b'<c r="E2"')
    end = old.index(b"</c>", start) + 4
    path.write_bytes(with_part(path.read_bytes(), part, old[:start] + formula.encode() + old[end:]))
    (refusal,) = pulled(report, typed("issues:p1:2021", "新。"), apply=True).refusals
    assert "E2 は数式のセル" in refusal.what


def book_of(sheet: str, encoding: str = "utf-8") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("s.xml", sheet.encode(encoding))
    return made.getvalue()


STRING = '<{0}is><{0}t xml:space="preserve">新</{0}t></{0}is>'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<c t='s' s='3'><v>7</v></c>", f"<c s='3' t=\"inlineStr\">{STRING.format('')}</c>"),
        ('<c r="B1" s="2" />', f'<c r="B1" s="2" t="inlineStr">{STRING.format("")}</c>'),
        ('<x:c r="B1"/>', f'<x:c r="B1" t="inlineStr">{STRING.format("x:")}</x:c>'),
    ],
    ids=["without a reference", "empty", "prefixed"],
)
def test_cells_are_found_as_others_write_them(old: str, new: str) -> None:
    sheet = "<worksheet xmlns:x='u'><row><c/>{}<c/></row></worksheet>"
    made = with_cells(book_of(sheet.format(old)), "s.xml", {(1, 2): "新"})
    assert parts(made)["s.xml"].decode() == sheet.format(new)


def test_other_encodings_and_missing_cells_are_refused() -> None:
    sheet = '<?xml version="1.0" encoding="utf-16"?><worksheet><row><c/></row></worksheet>'
    with pytest.raises(CellError, match="UTF-8ではありません"):
        with_cells(book_of(sheet, "utf-16"), "s.xml", {(1, 1): "新"})
    with pytest.raises(CellError, match="セルB1がありません"):
        with_cells(book_of("<worksheet><row><c/></row></worksheet>"), "s.xml", {(1, 2): "新"})


# --- CSV -------------------------------------------------------------------------


def write_csv(report: Path, encoding: str, newline: str) -> None:
    """Put CSV files in the place of the workbook."""
    folder = report / "csv"
    folder.mkdir()
    for name, titles, lines in (
        ("実績", TITLES, rows()),
        ("計画コメント", COMMENT_TITLES, COMMENTS),
        ("評価の修正", OVERRIDE_TITLES, OVERRIDES),
    ):
        made = io.StringIO(newline="")
        csv.writer(made, lineterminator=newline).writerows([titles, *lines])
        (folder / f"{name}.csv").write_bytes(made.getvalue().encode(encoding))
    settings = report / "report.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("fiscal", 'actuals = "csv"\nfiscal'), encoding="utf-8")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp932"])
@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_csv_keeps_its_encoding_mark_and_line_ends(
    tmp_path: Path, encoding: str, newline: str
) -> None:
    report = write(tmp_path)
    write_csv(report, encoding, newline)
    path = report / "csv" / "計画コメント.csv"
    before = path.read_bytes()
    new = '新しい、"課題", 二つ。'
    done = pulled(report, typed("issues:p1:2021", new), apply=True)
    assert done.written == (path,)
    assert [each.place for each in done.changes] == ["計画コメント!E2"]
    quoted = '"新しい、""課題"", 二つ。"'
    plain = encoding.removesuffix("-sig")
    assert path.read_bytes() == before.replace("土地がない。".encode(plain), quoted.encode(plain))
    assert done.backups[0].read_bytes() == before


def test_csv_says_which_character_it_lacks(tmp_path: Path) -> None:
    report = write(tmp_path)
    write_csv(report, "cp932", "\r\n")
    (refusal,) = pulled(report, typed("issues:p1:2021", "土𠮷"), apply=True).refusals
    assert "Shift_JIS）にない文字「𠮷」" in refusal.what


def test_csv_warns_of_what_excel_takes_for_a_formula(tmp_path: Path) -> None:
    report = write(tmp_path)
    write_csv(report, "utf-8-sig", "\r\n")
    found = pulled(report, typed("issues:p1:2021", "=1+1"))
    assert [each.new for each in found.changes] == ["=1+1"]
    assert ["数式" in each.what for each in found.notes] == [True]


@pytest.mark.parametrize(
    "text",
    ['a,b\n"c\nd",e\n', '\r\n"x ""y""",z', "a\r\n\r\nb,c,\r\n", '"",,"1"\n', "一,二"],
)
def test_every_field_is_found_where_the_reader_has_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(text.encode())
    for row, cells in read_csv(path).rows.items():
        for column in cells:
            path.write_bytes(with_fields(text.encode(), {(row, column): '新,"し"\nい'}))
            changed = {each: dict(line) for each, line in read_csv(path).rows.items()}
            assert changed[row].pop(column) == '新,"し"\nい'
            path.write_bytes(text.encode())
            rest = {each: dict(line) for each, line in read_csv(path).rows.items()}
            del rest[row][column]
            assert changed == rest


# --- settings --------------------------------------------------------------------

TOML = """\
# 設定
edition = "review" # 版

[review]
survey = [
  "一。", # 最初
  "二。",
  "三。",
]
contact = '企画課'  # 問い合わせ先

[output]
name = "実績"
"""


@pytest.mark.parametrize(
    ("paragraphs", "changes"),
    [
        (["一。", "弐。", "三。"], {'"二。"': '"弐。"'}),
        (["一。", "二。"], {'  "三。",\n': ""}),
        (['"壱"\\', "二\n行", "三。"], {'"一。"': '"\\"壱\\"\\\\"', '"二。"': '"二\\n行"'}),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_settings_keep_their_comments_and_layout(
    paragraphs: list[str], changes: dict[str, str], newline: str
) -> None:
    expected = TOML
    for old, new in changes.items():
        expected = expected.replace(old, new)
    made = with_paragraphs(TOML.replace("\n", newline).encode(), {"survey": paragraphs})
    assert made.decode() == expected.replace("\n", newline)


def test_settings_take_more_paragraphs_and_a_new_list() -> None:
    made = with_paragraphs(
        b"\xef\xbb\xbf" + TOML.encode(),
        {"survey": ["一。", "二。", "三。", "四。"], "introduction": ["はじめ。"]},
    ).decode("utf-8-sig")
    assert '  "一。", # 最初\n  "二。",\n  "三。",\n' in made
    assert '"四。"' in made
    assert made.startswith('# 設定\nedition = "review" # 版\n')
    assert made.endswith('[output]\nname = "実績"\n')


# --- all or nothing --------------------------------------------------------------


def both(root: Any) -> None:
    write_into(control(root, "issues:p1:2021"), "用地を探す。")
    write_into(control(root, "survey"), "新しい説明。")


def test_a_file_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    report = write(tmp_path)
    word = tmp_path / "直した.docx"
    word.write_bytes(edited(both))
    found = find_changes(word, report)
    settings = report / "report.toml"
    settings.write_bytes(settings.read_bytes() + b"\n# new\n")
    before = {path: path.read_bytes() for path in report.iterdir()}
    with pytest.raises(OutputError, match="ほかの人が書き換えました"):
        write_changes(found)
    assert {path: path.read_bytes() for path in report.iterdir()} == before


_KILLED = """
import os, signal, sys
from pathlib import Path
from kpireport.pulling import pull
replace = Path.replace
done = []
def counted(self, target):
    if len(done) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    done.append(target)
    return replace(self, target)
Path.replace = counted
pull(sys.argv[1], sys.argv[2], apply=True)
"""


@pytest.mark.parametrize("renames", [0, 2, 3])
def test_a_killed_pull_leaves_whole_files_and_can_be_repeated(tmp_path: Path, renames: int) -> None:
    report = write(tmp_path)
    word = tmp_path / "直した.docx"
    word.write_bytes(edited(both))
    names = ("actuals.xlsx", "report.toml")
    old = {name: (report / name).read_bytes() for name in names}
    assert warm.run("-c", _KILLED, word, report, str(renames)) == -signal.SIGKILL
    now = {name: (report / name).read_bytes() for name in names}
    assert sum(now[name] != old[name] for name in names) == max(0, renames - 2)

    done = pulled(report, word.read_bytes(), apply=True)
    assert len(done.written) == 2 - max(0, renames - 2)
    again = pulled(report, word.read_bytes())
    assert (again.changes, again.refusals) == ((), ())


def test_an_unedited_file_touches_nothing(tmp_path: Path) -> None:
    report = write(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in report.iterdir()}
    pulled(report, built(), apply=True)
    after = {path: path.stat().st_mtime_ns for path in report.iterdir() if path.is_file()}
    assert after == before
