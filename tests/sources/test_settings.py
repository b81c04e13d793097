"""report.toml: what it may say, and what it is told when it says something else."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.settings import (
    ChartKind,
    Edition,
    OutputFormat,
    Settings,
    WordSettings,
)
from kpireport.errors import InputError
from kpireport.sources.settings import load_settings

ROOT = Path(__file__).parents[2]

SMALLEST = """
edition = "plan"
catalogue = "../catalogue.json"
date = 2020-04-01
[output]
name = "計画"
"""


def write(folder: Path, text: str) -> Path:
    report = folder / "report"
    report.mkdir()
    (report / "report.toml").write_text(text, encoding="utf-8")
    return report


def problems_of(report: Path) -> list[str]:
    """What is wrong with the settings: ``place: what → remedy``."""
    with pytest.raises(InputError) as caught:
        load_settings(report)
    return [f"{each.place}: {each.what} → {each.remedy}" for each in caught.value.problems]


def test_the_plan_editions_settings_are_read():
    settings = load_settings(ROOT / "reports/plan")
    assert settings.edition is Edition.PLAN
    assert settings.catalogue == ROOT / "catalogue.json"
    assert settings.date == dt.date(2019, 7, 1)
    assert settings.outputs == {
        OutputFormat.DOCX: ROOT / "reports/plan/out/plan.docx",
        OutputFormat.PDF: ROOT / "reports/plan/out/plan.pdf",
    }
    assert settings.author == "練馬区"


def test_what_is_left_out_has_its_usual_value(tmp_path: Path):
    report = write(tmp_path, SMALLEST)
    assert load_settings(report) == Settings(
        edition=Edition.PLAN,
        catalogue=tmp_path / "catalogue.json",
        output_dir=report / "out",
        output_name="計画",
        formats=(OutputFormat.DOCX, OutputFormat.PDF),
        date=dt.date(2020, 4, 1),
        numerals=NumeralStyle.MIXED,
    )


def test_everything_can_be_set(tmp_path: Path):
    text = """
        edition = "plan"
        catalogue = "/srv/計画/catalogue.json"
        date = "令和元年７月１日"
        numerals = "half"
        [output]
        folder = "../出力"
        name = "みどり市計画"
        formats = ["pdf"]
        [cover]
        council_label = "資料３"
        committee = "区政改革推進会議"
        [metadata]
        author = "企画課"
        subject = "計画"
        keywords = ["KPI", "総合戦略"]
        [docx]
        template = "../様式.docx"
        embed_fonts = true
        charts = "native"
    """
    assert load_settings(write(tmp_path, text)) == Settings(
        edition=Edition.PLAN,
        catalogue=Path("/srv/計画/catalogue.json"),
        output_dir=tmp_path / "出力",
        output_name="みどり市計画",
        formats=(OutputFormat.PDF,),
        date=dt.date(2019, 7, 1),
        numerals=NumeralStyle.HALF,
        council_label="資料３",
        committee="区政改革推進会議",
        author="企画課",
        subject="計画",
        keywords=("KPI", "総合戦略"),
        word=WordSettings(
            template=tmp_path / "様式.docx", embed_fonts=True, charts=ChartKind.NATIVE
        ),
    )


def test_a_relative_folder_gives_relative_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write(tmp_path, SMALLEST)
    monkeypatch.chdir(tmp_path)
    assert load_settings("report").catalogue == Path("catalogue.json")


DAY = "2019-07-01 か「令和元年７月１日」のように、日まで書いてください。"
FILE_NAME = "前後に空白や . のない、80字までの名前にしてください。"
VALUES = [
    (
        'edition = "plan"',
        "",
        ": 項目「edition」がありません。",
        "「edition」を書き足してください。使えるのは「plan」、「review」、「sheets」です。",
    ),
    (
        '"plan"',
        '"実績版"',
        "edition: 文字列「実績版」は選べません。",
        "使えるのは 「plan」、「review」、「sheets」 です。",
    ),
    ('"plan"', '"plam"', "edition: 文字列「plam」は選べません。", "もしかして 「plan」 ですか。"),
    (
        "edition",
        "edtion = 1\nedition",
        ": 「edtion」という項目はありません。",
        "もしかして 「edition」、「evaluation」、「collection」 ですか。",
    ),
    (
        "name =",
        "naem = 1\nname =",
        "output: 「naem」という項目はありません。",
        "もしかして 「name」 ですか。",
    ),
    ("2020-04-01", '"令和２年４月"', "date: 「令和２年４月」は日付として読めません。", DAY),
    ("2020-04-01", '"昭和70年４月１日"', "date: 「昭和70年４月１日」は日付として読めません。", DAY),
    (
        "2020-04-01",
        "2020-04-01T09:00:00",
        "date: 日付ではありません（いまは2020-04-01 09:00:00）。",
        DAY,
    ),
    ("2020-04-01", "20200401", "date: 日付ではありません（いまは20200401）。", DAY),
    ('"計画"', '""', "output.name: 文字がありません。", "印刷するとおりの文字を書いてください。"),
    ('"計画"', '"CON"', "output.name: 「CON」はファイル名に使えません。", FILE_NAME),
    ('"計画"', '"計画 "', "output.name: 「計画 」はファイル名に使えません。", FILE_NAME),
    ('"計画"', '"計画."', "output.name: 「計画.」はファイル名に使えません。", FILE_NAME),
    (
        '"計画"',
        '"out/計画"',
        "output.name: 「out/計画」に、ファイル名に使えない文字「/」があります。",
        "その文字を使わない名前にしてください。フォルダーは folder に書きます。",
    ),
    (
        '"計画"',
        '"計画"\nformats = []',
        "output.formats: 中身がありません。",
        "1つ以上書いてください。",
    ),
    (
        '"計画"',
        '"計画"\nformats = ["pdf", "word"]',
        "output.formats[1]: 文字列「word」は選べません。",
        "使えるのは 「docx」、「html」、「pdf」、「xlsx」 です。",
    ),
    (
        '"計画"',
        '"計画"\n[docx]\ncharts = "画像"',
        "docx.charts: 文字列「画像」は選べません。",
        "使えるのは 「image」、「native」 です。",
    ),
    (
        '"計画"',
        '"計画"\n[docx]\ncharts = "nativ"',
        "docx.charts: 文字列「nativ」は選べません。",
        "もしかして 「native」 ですか。",
    ),
    (
        '"計画"',
        '"計画"\n[docx]\ncharts = true',
        "docx.charts: trueは選べません。",
        "使えるのは 「image」、「native」 です。",
    ),
    (
        '"計画"',
        '"計画"\n[docx]\nchart = "image"',
        "docx: 「chart」という項目はありません。",
        "もしかして 「charts」 ですか。",
    ),
    (
        '"計画"',
        '"計画"\nformats = ["pdf", "pdf"]',
        "output.formats: 同じ種類が2回書かれています。",
        "それぞれ1回だけ書いてください。",
    ),
    (
        '"計画"',
        '"計画"\nformats = ["docx", "xlsx"]',
        'output.formats: "xlsx"（指標ごとのデータ）は計画版（plan）にはありません。',
        'formats から "xlsx" を消してください。',
    ),
    (
        '"計画"',
        '"計画"\n[metadata]\nkeywords = "KPI"',
        "metadata.keywords: 配列でなければなりません（いまは文字列「KPI」）。",
        "[ ] で囲み、コンマで区切って書いてください。",
    ),
    (
        '"計画"',
        '"計画"\n[metadata]\nauthor = 1.5',
        "metadata.author: 文字列でなければなりません（いまは1.5）。",
        '半角の " で囲んで書いてください。',
    ),
]


@pytest.mark.parametrize(("old", "new", "what", "remedy"), VALUES, ids=range(len(VALUES)))
def test_a_fault_in_a_value(tmp_path: Path, old: str, new: str, what: str, remedy: str):
    assert old in SMALLEST
    report = write(tmp_path, SMALLEST.replace(old, new, 1))
    assert problems_of(report) == [f"{what} → {remedy}"]


def test_all_problems_are_reported_together(tmp_path: Path):
    report = write(tmp_path, 'edition = "x"\ncatalogue = 5\ndate = 1\nfoo = 1\n')
    assert [problem.split(": ")[0] for problem in problems_of(report)] == [
        "edition",
        "catalogue",
        "date",
        "",
        "",
    ]


SYNTAX = [
    ('a = "練馬', "1行目", "引用符かかっこが閉じていません。"),
    ('a = "練\n馬"', "1行目", "文字列が閉じていないか、使えない文字があります。"),
    ("a = 練馬", "1行目", "「練馬」は、このままでは読めません。"),
    ("a : 1", "1行目", "= がありません。"),
    ("a = 1 b = 2", "1行目", "1行に2つ以上のことが書かれています。"),
    ("a = 1\na = 2", "2行目", "同じ項目か同じ [見出し] が2回書かれています。"),
    ("[a]\n[a]", "2行目", "同じ項目か同じ [見出し] が2回書かれています。"),
    ("a = [1,\n2", "2行目", "引用符かかっこが閉じていません。"),
    (r'a = "..\..\catalogue.json"', "1行目", "\\ の使い方が誤っています。"),
    (r'a = "C:\Users"', "1行目", "\\ の使い方が誤っています。"),
    ("a = 2019-7-1", "1行目", "日付の書き方が誤っています。"),
    ("a = 2019-02-30", "1行目", "日付が暦にありません。"),
    ("= 1", "1行目", "項目として読めません。"),
    ("あ = 1", "1行目", "項目として読めません。"),
    ("a = " + "9" * 5000, "1行目", "設定として読めません。"),
    ("a = 1e9999999999999999999", "", "設定として読めません。"),
    ("a = " + "[" * 100_000, "", "設定として読めません。"),
]


@pytest.mark.parametrize(("text", "place", "what"), SYNTAX, ids=range(len(SYNTAX)))
def test_a_fault_in_the_syntax(tmp_path: Path, text: str, place: str, what: str):
    (problem,) = problems_of(write(tmp_path, text))
    assert problem.startswith(place)
    assert f": {what} → " in problem


def test_a_folder_without_settings(tmp_path: Path):
    with pytest.raises(InputError) as caught:
        load_settings(tmp_path)
    (problem,) = caught.value.problems
    assert problem.file == str(tmp_path / "report.toml")
    assert problem.what == "ファイルがありません。"


def test_a_folder_above_reports_names_some_of_them(tmp_path: Path):
    for name in ("archive/2018", "reports/2019", "reports/2020", "reports/2021", "plan", "x/y/z"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "report.toml").touch()
    shown = "、".join(str(tmp_path / each) for each in ("plan", "reports/2019", "reports/2020"))
    assert problems_of(tmp_path) == [
        (
            ": ファイルがありません。報告書のフォルダーは、この中にあります。"
            f" → 報告書のフォルダーを指定してください（{shown}など）。"
        )
    ]
    assert problems_of(tmp_path / "reports/2022")[0].startswith(": ファイルがありません。 → ")
    shutil.rmtree(tmp_path / "reports")
    assert problems_of(tmp_path)[0].endswith(f"（{tmp_path / 'plan'}）。")


def test_a_file_instead_of_a_folder(tmp_path: Path):
    report = write(tmp_path, SMALLEST)
    assert problems_of(report / "report.toml") == [
        ": フォルダーではなくファイルです。 → report.toml のあるフォルダーを指定してください。"
    ]


# --- what is meant by a value without quotes -------------------------------------

MEANT = [
    ("draft = no", "「no」は、はい・いいえとして読めません。", "draft = false と、"),
    ("draft = はい # 案", "「はい」は、はい・いいえとして読めません。", "draft = true と、"),
    ("draft = True", "「True」は、はい・いいえとして読めません。", "draft = true と、"),
    (
        "fiscal_year = 令和３年度",
        "「令和３年度」は、このままでは読めません。",
        "年度は西暦の数字で、fiscal_year = 2021 と書いてください。",
    ),
    (
        "fiscal_year = 2021年度",
        "「2021年度」は、このままでは読めません。",
        "年度は西暦の数字で、fiscal_year = 2021 と書いてください。",
    ),
    (
        "title = 令和３年度",
        "「令和３年度」は、このままでは読めません。",
        (
            "年度は西暦の数字で、title = 2021 と書いてください。"
            '文であれば、半角の " で囲んで "令和３年度" とします。'
        ),
    ),
    (
        "date = 令和元年７月１日",
        "「令和元年７月１日」は、このままでは読めません。",
        '文字は半角の " で囲んで、date = "令和元年７月１日" と書いてください。',
    ),
    (
        "name = “実績”",
        "「“実績”」は、このままでは読めません。",
        '文字は半角の " で囲んで、name = "実績" と書いてください。',
    ),
    ("date = 2019/7/1", "日付の書き方が誤っています。", "date = 2019-07-01 のように"),
]


@pytest.mark.parametrize(("line", "what", "remedy"), MEANT, ids=[each[0] for each in MEANT])
def test_a_value_without_quotes_is_shown_as_it_has_to_be(
    tmp_path: Path, line: str, what: str, remedy: str
):
    (problem,) = problems_of(write(tmp_path, f"# 設定\n\n{line}\n"))
    assert problem.startswith("3行目")
    assert f": {what} → {remedy}" in problem


# --- names of the results, years, and what the system says -----------------------


@pytest.mark.parametrize("name", ["計画.docx", "計画.pdf", "計画.PDF", "計画.html", "計画"])
def test_an_extension_in_the_name_is_not_doubled(tmp_path: Path, name: str):
    settings = load_settings(write(tmp_path, SMALLEST.replace('"計画"', f'"{name}"')))
    assert [path.name for path in settings.outputs.values()] == ["計画.docx", "計画.pdf"]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("計画.docx.pdf", "「計画.docx」はファイル名に使えません。"),
        (".docx", "名前がありません。"),
    ],
)
def test_a_name_that_is_no_more_than_extensions(tmp_path: Path, name: str, what: str):
    assert problems_of(write(tmp_path, SMALLEST.replace('"計画"', f'"{name}"'))) == [
        (
            f"output.name: {what} → "
            "「.docx」「.pdf」「.html」「.xlsx」を付けない名前を書いてください。"
            "作る種類は formats に書きます。"
        )
    ]


def test_the_digest_stands_beside_the_report(tmp_path: Path):
    settings = load_settings(write(tmp_path, SMALLEST))
    assert [path.name for path in settings.digest.outputs.values()] == [
        "計画-digest.docx",
        "計画-digest.pdf",
    ]
    data_alone = replace(settings, formats=(OutputFormat.XLSX,)).digest
    assert data_alone.formats == (OutputFormat.DOCX, OutputFormat.PDF)
    for_the_web = replace(settings, formats=(OutputFormat.XLSX, OutputFormat.HTML)).digest
    assert [path.name for path in for_the_web.outputs.values()] == ["計画-digest.html"]


def test_an_archive_has_the_documents_and_what_else_is_asked_for(tmp_path: Path):
    settings = load_settings(write(tmp_path, SMALLEST))
    assert settings.kept_formats == (OutputFormat.DOCX, OutputFormat.PDF)
    asked = replace(settings, formats=(OutputFormat.XLSX, OutputFormat.HTML))
    assert asked.kept_formats == tuple(OutputFormat)


@pytest.mark.parametrize(
    ("written", "shown", "year"),
    [
        ("1850-01-01", "1850-01-01", 1850),
        ('"令和99年４月１日"', "令和99年４月１日", 2117),
        ('"明治30年４月１日"', "明治30年４月１日", 1897),
    ],
)
def test_a_date_that_no_report_can_have(tmp_path: Path, written: str, shown: str, year: int):
    assert problems_of(write(tmp_path, SMALLEST.replace("2020-04-01", written))) == [
        (
            f"date: 「{shown}」は{year}年のことで、ありえない年です。"
            " → 年を確かめてください。使えるのは 1947年から 2100年までです。"
        )
    ]


@pytest.mark.parametrize("day", [dt.date(1947, 1, 1), dt.date(2100, 12, 31)])
def test_the_first_and_the_last_date(tmp_path: Path, day: dt.date):
    report = write(tmp_path, SMALLEST.replace("2020-04-01", day.isoformat()))
    assert load_settings(report).date == day


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied"), "ファイルを読む権限がないか、"),
        (FileNotFoundError(2, "No such file"), "ファイルがありません。"),
        (NotADirectoryError(20, "Not a directory"), "ファイルがありません。"),
        (IsADirectoryError(21, "Is a directory"), "ファイルではなくフォルダーです。"),
        (OSError(36, "File name too long"), "ファイルかフォルダーの名前が長すぎます。"),
        (OSError(5, "Input/output error"), "ファイルを読めません（システムのエラー番号 5）。"),
    ],
    ids=str,
)
def test_what_the_system_says_is_told_in_japanese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str
):
    report = write(tmp_path, SMALLEST)

    def refuse(_path: Path, _mode: str) -> bytes:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    (problem,) = problems_of(report)
    assert problem.startswith(f": {words}")
    assert str(error.strerror) not in problem
    assert "Errno" not in problem
