"""The review built by the command: what is refused, what is warned of, what is written."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pdfplumber
import pytest
from openpyxl import load_workbook

from kpireport.cli import main
from tests.reports import files_in
from tests.review_reports import (
    DRAFT_NOTICE,
    FIGURES,
    OUTPUTS,
    PLAN,
    SAMPLE_NOTICE,
    small_rows,
    write_review,
)
from tests.sources.test_workbook import OLE, big_book
from tests.sources.workbooks import TITLES
from tests.test_files import without_privileges
from tests.writers.docx.charts import read_charts
from tests.writers.docx.reader import parts, text

WARNINGS = "確かめていただきたいところが"
LAST_YEARS = {name: f"去年の{name}".encode() for name in OUTPUTS}


def with_last_outputs(report: Path) -> Path:
    """Put files where the build writes; a refused one must leave them alone."""
    (report / "out").mkdir(exist_ok=True)
    for name, data in LAST_YEARS.items():
        (report / name).write_bytes(data)
    return report


def assert_refused(report: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Build, which must say all the words, end with status 2 and change no file."""
    before = files_in(report)
    assert main(["build", str(report)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("入力に直すところが")
    assert "Traceback" not in printed.err
    for each in words:
        assert each in printed.err, printed.err
    errors, _, warnings = printed.err.partition(WARNINGS)
    assert errors.rstrip("\n").count("\n\n") == errors.count("  → ")  # each with its remedy
    listed = warnings.partition("\n\nこのままでよいものは、")[0]
    assert listed.rstrip("\n").count("\n\n") == listed.count("  → ")
    assert files_in(report) == before
    assert LAST_YEARS.items() <= files_in(report).items()
    assert_checked(report, capsys, errors)
    return printed.err


def assert_checked(report: Path, capsys: pytest.CaptureFixture[str], errors: str) -> None:
    """Check, which must list the same errors; what is not reported is on the board instead."""
    refused = [each for each in errors.rstrip("\n").split("\n\n")[1:] if "の未報告が" not in each]
    assert main(["check", str(report)]) == (2 if refused else 1)
    printed = capsys.readouterr()
    said = printed.err.partition(WARNINGS)[0].rstrip("\n").split("\n\n")[1:]
    assert said == refused
    assert ("--reminders" in printed.out) >= ("の未報告が" in errors)


def word_text(data: bytes) -> str:
    roots = parts(data)
    return "\n".join(text(root) for name, root in roots.items() if name.startswith("word/"))


# --- what is not reported --------------------------------------------------------


def unreported_rows() -> list[list[Any]]:
    """The last year's rows, three of them without a value or a reason."""
    figures = {**FIGURES, "calls": ("6,402件", "6,500件", ""), "two": ("171所", "176所", "")}
    return small_rows(2022, figures, boards="学務課", calls="相談課", keep="学務課", two="相談課")


def test_a_final_build_lists_what_is_not_reported_by_department(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = with_last_outputs(
        write_review(tmp_path, 2022, rows=unreported_rows(), review='accept = ["fresh"]')
    )
    said = assert_refused(report, capsys)
    workbook = report / "actuals.xlsx"
    remedy = (
        "  → 実績を書くか、報告できないときは「報告できない理由」を書いてください。"
        "設定で draft = true とすれば、未報告のまま案を作れます。"
    )
    assert said == (
        "入力に直すところが2か所あります。\n\n"
        f"{workbook}: 実績\n"
        f"  相談課：令和４年度の未報告が2件あります（two 保育所、calls 相談件数）。\n{remedy}\n\n"
        f"{workbook}: 実績\n"
        f"  学務課：令和４年度の未報告が1件あります（boards 黒板の配備）。\n{remedy}\n"
    )


def test_what_is_suspicious_is_told_with_what_is_not_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = unreported_rows()
    next(each for each in rows if each[0] == "bed-a" and each[2] == 2022)[3] = "300床"
    report = with_last_outputs(write_review(tmp_path, 2022, rows=rows))
    said = assert_refused(report, capsys, "令和３年度の342床から300床に減っています。")
    errors, _, warnings = said.partition("\n\n" + WARNINGS)
    assert errors.startswith("入力に直すところが2か所あります。")
    assert warnings.startswith("1か所あります。\n\n")
    assert "作り" not in warnings
    assert "342床" not in errors


def test_a_draft_shows_what_is_not_reported_and_is_stamped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review = 'draft = true\nsample = true\naccept = ["fresh"]'
    report = write_review(tmp_path, 2022, rows=unreported_rows(), review=review)
    assert main(["build", str(report)]) == 0
    assert capsys.readouterr().err == ""
    with pdfplumber.open(report / OUTPUTS[1]) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    assert all(DRAFT_NOTICE in page and SAMPLE_NOTICE in page for page in pages)
    assert sum("未報告" in page for page in pages) > 2
    word = word_text((report / OUTPUTS[0]).read_bytes())
    assert DRAFT_NOTICE in word
    assert "未報告" in word


def test_word_draws_the_charts_where_the_settings_ask_for_it(tmp_path: Path) -> None:
    built = {}
    for kind in ("image", "native"):
        report = write_review(tmp_path / kind, 2021)
        settings = report / "report.toml"
        written = settings.read_text(encoding="utf-8")
        settings.write_text(f'{written}\n[docx]\ncharts = "{kind}"\n', encoding="utf-8")
        assert main(["build", str(report)]) == 0
        built[kind] = [(report / name).read_bytes() for name in OUTPUTS]
    (image, image_pdf), (native, native_pdf) = built["image"], built["native"]
    assert native_pdf == image_pdf, "the PDF's charts are drawn in any case"
    assert len(read_charts(native)) > 3
    assert read_charts(image) == []
    assert all(chart.alternative_text for chart in read_charts(native))


def test_with_reasons_the_build_is_final(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = unreported_rows()
    rows += [
        [id_, None, 2022, None, None, f"{id_}を集計中のため", None, "学務課"]
        for id_ in ("two", "calls", "boards")
    ]
    report = write_review(tmp_path, 2022, rows=rows, review='accept = ["fresh"]')
    assert main(["build", str(report)]) == 0
    assert capsys.readouterr().err == ""
    for name in OUTPUTS:
        data = (report / name).read_bytes()
        if name.endswith("docx"):
            found = word_text(data)
        else:
            with pdfplumber.open(io.BytesIO(data)) as pdf:
                found = "".join(page.extract_text() for page in pdf.pages)
        assert DRAFT_NOTICE not in found
        assert SAMPLE_NOTICE not in found
        assert "callsを集計中のため" in found.replace("\n", "")


# --- warnings --------------------------------------------------------------------

ODD_ROWS = [
    *small_rows(2020, {**FIGURES, "two": ("260所（定員20,000人）",), "bed-b": ("390床",)}),
]
ODD = {
    "two": "現状値（令和元年度）の165所から260所に、＋58％ 変わっています。",
    "bed-b": "積み重ねる数のはずが、現状値（令和元年度）の400床から390床に減っています。",
    "calls": "現状値と同じ数です（6,402件）。写したままかもしれません。",
}


@pytest.mark.parametrize("accepted", [(), ("two",), ("two", "bed-b", "calls")], ids=len)
def test_a_final_build_lists_what_is_suspicious_and_not_accepted(
    accepted: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = ", ".join(f'"{each}"' for each in accepted)
    review = f"accept = [{listed}]"
    report = write_review(tmp_path, 2020, rows=ODD_ROWS, review=review)
    for command in ("check", "build"):
        assert main([command, str(report)]) == 0
        said = capsys.readouterr().err
        assert {id_ for id_, words in ODD.items() if words in said} == ODD.keys() - set(accepted)
        in_plan = 3 if command == "check" else 0  # a goal and a plan with empty parts
        left = len(ODD) - len(accepted) + in_plan
        assert said.startswith(f"{WARNINGS}{left}か所") == bool(left)
        assert ("報告書は作りました。" in said) == (command == "build" and bool(left))
    assert files_in(report).keys() >= set(OUTPUTS)


def test_hidden_rows_are_used_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = write_review(tmp_path)
    change(report, lambda book: setattr(book["実績"].row_dimensions[3], "hidden", True))
    assert main(["check", str(report)]) == 0
    said = capsys.readouterr().err
    assert f"{report / 'actuals.xlsx'}: 実績!3行目\n  非表示の行に値があります。" in said


# --- bad input -------------------------------------------------------------------


def change(report: Path, edit: Callable[[Any], object]) -> None:
    """Edit the report's workbook as Excel would."""
    path = report / "actuals.xlsx"
    workbook = load_workbook(path)
    edit(workbook)
    workbook.save(path)


def put(cell: str, value: object, sheet: str = "実績") -> Callable[[Any], object]:
    def edit(workbook: Any) -> None:
        workbook[sheet][cell] = value

    return edit


def append(*cells: object, sheet: str = "実績") -> Callable[[Any], object]:
    return lambda workbook: workbook[sheet].append(list(cells))


def put_percentage(workbook: Any) -> None:
    workbook["実績"]["D4"] = 62.1
    workbook["実績"]["D4"].number_format = "0%"


# rows 2 and 3 are 満足度 and 受入率 of 2020, 4 受入率 of 2021, 5 保育所 of 2020
FAULTS: dict[str, tuple[Callable[[Any], object], str, str]] = {
    "unknown id": (put("A2", "nobody"), "実績!A2", "記号が「nobody」の指標は、計画にありません。"),
    "unknown plan": (
        append("p9", None, 2021, "取組。", sheet="計画コメント"),
        "計画コメント!A2",
        "記号が「p9」の戦略計画は、計画にありません。",
    ),
    "twice": (
        append("share", None, 2021, "98.6％"),
        "実績!D29",
        "「share」の令和３年度が、実績!D4 にもあります。",
    ),
    "twice, differing": (
        append("share", None, 2021, "98.7％"),
        "実績!D29",
        "「share」の令和３年度が「98.7％」ですが、実績!D4 では「98.6％」です。",
    ),
    "another unit": (
        put("D5", "171校"),
        "実績!D5",
        "「171校」の単位が、計画の単位（所）と違います。",
    ),
    "a year outside the plan": (
        put("C3", 2018),
        "実績!C3",
        "平成30年度は、この報告の年度（令和２年度から令和３年度まで）にありません。",
    ),
    "a year after the report's": (
        put("C4", "令和４年度"),
        "実績!C4",
        "令和４年度は、この報告の年度（令和２年度から令和３年度まで）にありません。",
    ),
    "text for a number": (put("D5", "増設"), "実績!D5", "「増設」は、数として読めません。"),
    "6210 %": (put_percentage, "実績!D4", "6210％ は割合としてありえません。"),
    "no sheet": (
        lambda workbook: workbook.remove(workbook["評価の修正"]),
        "",
        "シート「評価の修正」がありません。",
    ),
    "merged cells": (
        lambda workbook: workbook["実績"].merge_cells("D2:D3"),
        "実績!D2:D3",
        "セルが結合されています。",
    ),
    "a formula without its value": (
        put("D5", "=170+1"),
        "実績!D5",
        "数式の結果が保存されていません。",
    ),
    "5,000 characters": (
        append("p1", None, 2021, "あ" * 5000, sheet="計画コメント"),
        "計画コメント!D2",
        "5,000字あります。この欄は2,000字までです。",
    ),
    "an override without its reason": (
        append("two", None, 2021, "○", None, sheet="評価の修正"),
        "評価の修正!E2",
        "評価を修正する理由がありません。",
    ),
    "a mark of another scheme": (
        append("two", None, 2021, "S", "理由。", sheet="評価の修正"),
        "評価の修正!D2",
        "「S」という評価は、この報告の評価の基準にありません。",
    ),
    "a state that there is not": (
        put("E18", "順調"),
        "実績!E18",
        "「順調」という進捗状況はありません。",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_cell_is_refused_at_its_place(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit, place, what = FAULTS[name]
    report = with_last_outputs(write_review(tmp_path))
    change(report, edit)
    where = str(report / "actuals.xlsx") + (f": {place}" if place else "")
    said = assert_refused(report, capsys, what)
    assert re.search(rf"^{re.escape(where)}(（.+）)?\n  {re.escape(what)}", said, re.MULTILINE)


FILES: dict[str, tuple[bytes, str]] = {
    "an .xls renamed": (
        OLE + b"\0" * 512 + "Workbook".encode("utf-16-le"),
        "古い形式（.xls）のブックです。",
    ),
    "a password": (OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), "パスワード"),
    "nothing": (b"", "空"),
    "text": ("記号,年度,実績\n".encode(), "Excelのブック（.xlsx）ではありません。"),
    "half a file": (b"PK\x03\x04" + b"\0" * 100, ""),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_used_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, what = FILES[name]
    report = with_last_outputs(write_review(tmp_path))
    path = report / "actuals.xlsx"
    path.write_bytes(data)
    assert_refused(report, capsys, f"{path}\n", what)


def test_200_000_rows_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = with_last_outputs(write_review(tmp_path))
    big_book(report, 200_000)
    assert_refused(report, capsys, str(report / "actuals.xlsx"), "行が多すぎます")


def test_no_actuals_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = with_last_outputs(write_review(tmp_path))
    (report / "actuals.xlsx").unlink()
    assert_refused(report, capsys, str(report / "actuals.xlsx"))


def test_all_faults_of_all_files_are_in_one_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = write_review(tmp_path, 2020)
    change(earlier, put("A2", "before"))
    report = with_last_outputs(write_review(tmp_path, rows=small_rows(2021)[4:]))
    edits = [edit for name, (edit, *_) in FAULTS.items() if name in ("no sheet", "unknown id")]
    for edit in edits:
        change(report, edit)
    change(report, put("D3", "増設"))
    said = assert_refused(
        report,
        capsys,
        f"{report / 'actuals.xlsx'}: 実績!A2\n",
        f"{report / 'actuals.xlsx'}: 実績!D3（認定率（年度末）、記号 most、所管課 企画課）\n",
        "シート「評価の修正」がありません。",
        f"{earlier / 'actuals.xlsx'}: 実績!A2\n",
    )
    assert "企画課：令和３年度の未報告が2件あります（share 受入率、two 保育所）。" in said
    assert said.startswith("入力に直すところが5か所あります。")


SETTINGS_FAULTS = [
    ({"review": 'accept = ["nobody"]'}, "記号が「nobody」の指標は、計画にありません。"),
    (
        {"review": 'main_charts = ["share", "nobody"]'},
        "記号が「nobody」の指標は、令和３年度（2021）の計画にありません。",
    ),
    (
        {"review": 'main_charts = ["survey"]'},
        "「survey」は数値目標の記号です。ここには指標の記号を書きます。",
    ),
    (
        {"review": 'main_charts = ["share", "two", "most", "keep", "bed-a"]'},
        "「Ⅰ　安心のまち」の指標の記号が5個あります（share、two、most、keep、bed-a）。",
    ),
    ({"evaluation": 'scheme = "tokyo"'}, "tokyo"),
    ({"evaluation": "[evaluation.thresholds.approach]\nbehind = 0.6"}, "0.6"),
    ({"review": 'orientation = "横"'}, "文字列「横」は選べません。"),
    ({"year": 2030}, "令和12年度（2030）は、計画の年度ではありません。"),
    ({"year": 2019}, "令和元年度（2019）は、計画の年度ではありません。"),
]


@pytest.mark.parametrize(("options", "what"), SETTINGS_FAULTS, ids=[w for _, w in SETTINGS_FAULTS])
def test_a_fault_of_the_settings_is_refused(
    options: dict[str, Any], what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = with_last_outputs(write_review(tmp_path, **{"rows": [], **options}))
    assert_refused(report, capsys, "report.toml: ", what)


def test_the_command_itself_ends_without_a_traceback(tmp_path: Path) -> None:
    report = with_last_outputs(write_review(tmp_path))
    change(report, put("D5", "171校"))
    before = files_in(report)
    done = subprocess.run(
        [sys.executable, "-m", "kpireport", "build", report], capture_output=True, check=False
    )
    printed = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"{report / 'actuals.xlsx'}: 実績!D5（保育所、記号 two、" in printed
    assert "Traceback" not in printed
    assert files_in(report) == before


# --- other ways to hand actuals in -----------------------------------------------


def test_csv_makes_the_same_files_as_the_workbook(tmp_path: Path) -> None:
    rows = small_rows(2021)
    report = write_review(tmp_path / "a", rows=rows)
    other = write_review(tmp_path / "b", rows=[], review='actuals = "実績.csv"')
    lines = [TITLES, *(["" if cell is None else str(cell) for cell in row] for row in rows)]
    csv = "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    (other / "実績.csv").write_bytes(csv.encode("cp932"))
    for each in (report, other):
        assert main(["build", "--quiet", str(each)]) == 0
    assert all((report / name).read_bytes() == (other / name).read_bytes() for name in OUTPUTS)


def test_earlier_years_may_come_from_the_earlier_report(tmp_path: Path) -> None:
    whole = write_review(tmp_path / "a")
    parted = write_review(tmp_path / "b", rows=[row for row in small_rows(2021) if row[2] == 2021])
    write_review(tmp_path / "b", 2020)
    for each in (whole, parted):
        assert main(["build", "--quiet", str(each)]) == 0
    assert all((whole / name).read_bytes() == (parted / name).read_bytes() for name in OUTPUTS)


# --- everything in one report ----------------------------------------------------


def test_the_faults_of_all_stages_are_in_one_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row for row in small_rows(2021) if (row[0], row[2]) != ("crime", 2021)]
    evaluation = 'scheme = "tokyo"'
    report = with_last_outputs(
        write_review(tmp_path, rows=rows, evaluation=evaluation, review='accept = ["p9"]')
    )
    change(report, put("D5", "171校"))
    said = assert_refused(
        report,
        capsys,
        f"{report / 'report.toml'}: evaluation.scheme\n",
        f"{report / 'report.toml'}: review.accept\n",
        f"{report / 'actuals.xlsx'}: 実績!D5（保育所、記号 two、所管課 企画課）\n",
        "企画課：令和３年度の未報告が1件あります（crime 犯罪件数）。",
    )
    assert said.startswith("入力に直すところが4か所あります。")


def test_what_is_unreported_does_not_hide_what_cannot_be_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row for row in small_rows(2021) if (row[0], row[2]) != ("crime", 2021)]
    report = with_last_outputs(write_review(tmp_path, rows=rows, review='contact = "𠮷野課"'))
    change(report, append("p1", None, 2021, "絵文字😀", sheet="計画コメント"))
    said = assert_refused(
        report,
        capsys,
        "企画課：令和３年度の未報告が1件あります（crime 犯罪件数）。",
        f"{report / 'report.toml'}: review.contact\n  書体にない文字があります: 「𠮷」",
        f"{report / 'actuals.xlsx'}: 計画コメント!D",
        "「😀」（U+1F600）",
    )
    assert said.startswith("入力に直すところが3か所あります。")


def test_a_fault_in_the_plan_does_not_hide_one_in_the_evaluation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = {**PLAN, "municipality": 5}
    report = with_last_outputs(write_review(tmp_path, plan=plan, evaluation='scheme = "tokyo"'))
    said = assert_refused(report, capsys, "evaluation.scheme", "municipality")
    assert said.startswith("入力に直すところが2か所あります。")


def test_a_wrong_path_names_the_setting_that_holds_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = with_last_outputs(write_review(tmp_path, review='earlier = ["../2019/実績.xlsx"]'))
    missing = tmp_path / "2019" / "実績.xlsx"
    assert_refused(
        report,
        capsys,
        f"{report / 'report.toml'}: review.earlier\n  実績のファイルがありません（{missing}）。",
    )
    (tmp_path / "catalogue.json").unlink()
    assert_refused(
        report,
        capsys,
        f"{report / 'report.toml'}: catalogue\n"
        f"  計画のファイルがありません（{tmp_path / 'catalogue.json'}）。\n"
        "  → catalogue に書いた場所とファイル名のつづりを確かめてください。",
    )


@pytest.mark.parametrize("name", ["髙", "﨑"])
def test_the_fonts_draw_the_common_variants_of_names(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write_review(tmp_path, review=f'contact = "{name}野課"')
    assert main(["check", str(report)]) == 0
    assert "書体" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", "report.toml", "actuals.xlsx", "../catalogue.json", ".."])
def test_what_may_not_be_read_is_told_in_japanese(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with TemporaryDirectory() as folder:  # every user may look into it; pytest's own are private
        Path(folder).chmod(0o755)
        report = write_review(Path(folder) / "reports")
        assert main(["check", str(report)]) == 0  # everything is loaded while it may be
        capsys.readouterr()
        path = (report / name).resolve()
        mode = path.stat().st_mode
        path.chmod(0)
        try:
            with without_privileges():
                assert main(["check", str(report)]) == 2
        finally:
            path.chmod(mode)
    said = capsys.readouterr().err
    assert said.startswith("入力に直すところが1か所あります。")
    assert not re.search("Errno|[Pp]ermission|denied", said)


def test_a_draft_becomes_final_by_an_option_and_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write_review(tmp_path, review="draft = true  # まだ")
    settings = report / "report.toml"
    before = settings.read_text(encoding="utf-8")
    assert main(["build", str(report), "--final"]) == 0
    assert f"draft を書き換えました: {settings}" in capsys.readouterr().out
    assert settings.read_text(encoding="utf-8") == before.replace("draft = true", "draft = false")
    assert "作成中" not in word_text((report / OUTPUTS[0]).read_bytes())
    final = files_in(report)
    assert main(["build", str(report), "--final"]) == 0
    assert files_in(report) == final

    assert main(["build", str(report), "--draft"]) == 0
    assert settings.read_text(encoding="utf-8") == before
    assert "作成中" in word_text((report / OUTPUTS[0]).read_bytes())


def test_a_draft_that_lacks_something_does_not_become_final(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write_review(tmp_path, 2022, rows=unreported_rows(), review="draft = true")
    before = files_in(report)
    assert main(["build", str(report), "--final"]) == 2
    assert "の未報告が" in capsys.readouterr().err
    assert main(["build", str(report), "--final", "--draft"]) == 2
    assert "どちらか一方" in capsys.readouterr().err
    assert files_in(report) == before
