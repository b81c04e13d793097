"""What departments are told about what cannot be used, cell by cell, in whole sentences."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from kpireport.domain.years import FiscalYear
from kpireport.errors import InputError, Severity
from kpireport.sources.actuals import read_reports
from kpireport.sources.catalogue import load_catalogue
from tests.sources.catalogues import ROW, spoilt, write
from tests.sources.workbooks import YEAR, book, faults_in, load, plan, problems_of, row, save

COMMENT_TO = "説明はコメントの列に書いてください。"
WITH_UNIT = "「12,345件」「62.1％」のように、単位まで書いてください。"
ONLY_NUMBER = (
    "のように、数と単位だけを書いてください。まだないものは「―」、"
    f"報告できないときは空欄にして理由を書きます。{COMMENT_TO}"
)
STATES = "未着手、準備、実施中、達成 のどれかを選んでください。"
YEAR_EXAMPLE = "「令和３年度」か「2021」のように書いてください。"
INVISIBLE = "見えない文字です。その部分を消して、打ち直してください。"

# a row, and its only problem
ROWS: list[tuple[list[Any], str]] = [
    # ids, names, years
    (
        row("i9", 7),
        (
            "実績!A2: 記号が「i9」の指標は、計画にありません。"
            " → もしかして 「i3」、「i2」、「i1」 ですか。"
        ),
    ),
    (
        row("i9", 7, name="指標two"),
        "実績!A2: 記号が「i9」の指標は、計画にありません。 → この指標の記号は「two」です。",
    ),
    (
        row(None, 7, name="指標 i1"),
        "実績!A2: 記号がありません。 → この指標の記号は「i1」です。",
    ),
    (row(None, 7), "実績!A2: 記号がありません。 → 計画の記号を書いてください。"),
    (
        row("i1", 7, name="指標i2"),
        (
            "実績!B2: 記号は「i1」なのに、指標の名前は「i2」のものです。"
            " → 行がずれていないかを確かめ、記号か指標を直してください。"
        ),
    ),
    (row("i1", 7, year=None), f"実績!C2: 年度がありません。 → {YEAR_EXAMPLE}"),
    (
        row("i1", 7, year="令和３年"),
        f"実績!C2: 「令和３年」は年度として読めません。 → {YEAR_EXAMPLE}",
    ),
    (row("i1", 7, year=3), f"実績!C2: 「3」は年度として読めません。 → {YEAR_EXAMPLE}"),
    (
        row("i1", 7, year=dt.date(2021, 4, 1)),
        f"実績!C2: 「令和3年4月1日」は年度として読めません。 → {YEAR_EXAMPLE}",
    ),
    (
        row("i1", 7, year=2019),
        (
            "実績!C2: 令和元年度は、この報告の年度（令和２年度から令和３年度まで）にありません。"
            " → 年度を直すか、行を消してください。"
        ),
    ),
    (
        row("i1", 7, year="令和４年度"),
        (
            "実績!C2: 令和４年度は、この報告の年度（令和２年度から令和３年度まで）にありません。"
            " → 年度を直すか、行を消してください。"
        ),
    ),
    # numbers
    (
        row("i1", "7校"),
        (
            "実績!D2: 「7校」の単位が、計画の単位（か所）と違います。"
            " → 「か所」で数えた値を書いてください。"
        ),
    ),
    (
        row("i1", "拡大"),
        f"実績!D2: 「拡大」は、数として読めません。 → 「8か所」{ONLY_NUMBER}",
    ),
    (
        row("yearly", "1,65人"),
        f"実績!D2: 「1,65人」は、数として読めません。 → 「年間2,100人」{ONLY_NUMBER}",
    ),
    (
        row("i1", "現状値から増加"),
        f"実績!D2: 「現状値から増加」は、数として読めません。 → 「8か所」{ONLY_NUMBER}",
    ),
    (
        row("i1", "２か所増"),
        f"実績!D2: 「２か所増」は、数として読めません。 → 「8か所」{ONLY_NUMBER}",
    ),
    (
        row("i1", "７か所以上"),
        (
            "実績!D2: 「７か所以上」では、実績の数が決まりません（「以上」）。"
            " → 「8か所」のように、数そのものを書いてください。"
        ),
    ),
    (
        row("yearly", "延べ1,700人"),
        (
            "実績!D2: 「延べ1,700人」の「延べ」が、計画の「年間」と違います。"
            " → 年間の数を書いてください。"
        ),
    ),
    (
        row("two", "170所（利用15,000園）"),
        (
            "実績!D2: 「170所（利用15,000園）」は、数として読めません。"
            f" → 「181所（定員15,660人）」{ONLY_NUMBER}"
        ),
    ),
    (
        row("two", "170※令和４年３月末"),
        (
            "実績!D2: 「170※令和４年３月末」の初めの数に、計画の単位がありません。"
            " → 「所」を付けて書いてください。"
        ),
    ),
    (
        row("visits", 12345),
        f"実績!D2: 「12,345」に単位がありません。 → {WITH_UNIT}",
    ),
    (
        row("visits", "12345"),
        f"実績!D2: 「12345」に単位がありません。 → {WITH_UNIT}",
    ),
    (
        row("share", 6210),
        (
            "実績!D2: 6210％ は割合としてありえません。 → 62.1％ のことなら、そう書き直してください"
            "（Excelの％の書式のセルに 62.1 と貼り付けると 6210％ になります）。"
        ),
    ),
    (
        row("share", "６，２１０％"),
        (
            "実績!D2: 6210％ は割合としてありえません。 → 62.1％ のことなら、そう書き直してください"
            "（Excelの％の書式のセルに 62.1 と貼り付けると 6210％ になります）。"
        ),
    ),
    (
        row("share", 0.979),
        (
            "実績!D2: 0.979 が 97.9％ なのか 0.979％ なのか決まりません。"
            " → 「97.9％」か「0.979％」のように、％を付けて書いてください。"
        ),
    ),
    (
        row("share", "0.979"),
        (
            "実績!D2: 0.979 が 97.9％ なのか 0.979％ なのか決まりません。"
            " → 「97.9％」か「0.979％」のように、％を付けて書いてください。"
        ),
    ),
    (
        row("i1", dt.date(2021, 7, 8)),
        (
            "実績!D2: 数の欄が日付（令和3年7月8日）になっています。"
            " → セルの表示形式を「標準」にしてから、数を入れ直してください。"
        ),
    ),
    (
        row("i1", dt.time(7, 8)),
        (
            "実績!D2: 時刻になっています。"
            " → セルの表示形式を「標準」にし、数と単位を打ち直してください。"
        ),
    ),
    (
        row("i1", True),
        "実績!D2: TRUE は値として読めません。 → 文字か数で書いてください。",
    ),
    (
        row("i1", "#REF!"),
        "実績!D2: 数式がエラー（#REF!）になっています。 → 数式を直すか、値を入れてください。",
    ),
    (
        row("i1", "=6+1"),
        (
            "実績!D2: 数式の結果が保存されていません。"
            " → Excelで開いて保存し直すか、数式の代わりに値を入れてください。"
        ),
    ),
    # states and reasons
    (row("state", "試行"), f"実績!E2: 進捗状況がありません。 → {STATES}"),
    (
        row("state", "試行", state="順調"),
        f"実績!E2: 「順調」という進捗状況はありません。 → {STATES}",
    ),
    (
        row("state", 20, state="達成"),
        (
            "実績!D2: 「20」だけでは、どういう状態かわかりません。"
            " → 「検討」のように、言葉で書いてください。"
        ),
    ),
    (
        row("i1", 7, reason="集計中"),
        (
            "実績!F2: 実績があるのに、報告できない理由があります。"
            " → どちらかを消してください。実績の説明は「コメント」に書きます。"
        ),
    ),
    # texts
    (
        row("i1", 7, comment="あ" * 5000),
        (
            "実績!G2: 5,000字あります。この欄は2,000字までです。"
            " → 要点に絞り、詳しい資料は別に付けてください。"
        ),
    ),
    (
        row("i1", "７" * 201),
        (
            "実績!D2: 201字あります。この欄は200字までです。"
            " → 要点に絞り、詳しい資料は別に付けてください。"
        ),
    ),
    (
        row("i1", 7, comment="改ページ_x000C_の前後"),
        (
            "実績!G2: 「改ページ\\u000Cの前後」に、文書に使えない文字（\\u000C）があります。"
            f" → {INVISIBLE}"
        ),
    ),
]


@pytest.mark.parametrize(("cells", "problem"), ROWS, ids=range(len(ROWS)))
def test_a_fault_in_a_row(tmp_path: Path, cells: list[Any], problem: str):
    assert faults_in(tmp_path, cells) == [problem]


# a cell's number format makes it something else
FORMATTED: list[tuple[str, Any, str, str]] = [
    (
        "i1",
        0.07,
        "0%",
        (
            "実績!D2: 「7％」の単位が、計画の単位（か所）と違います。"
            " → 「か所」で数えた値を書いてください。"
        ),
    ),
    (
        "i1",
        7,
        '0"校"',
        (
            "実績!D2: 「7校」の単位が、計画の単位（か所）と違います。"
            " → 「か所」で数えた値を書いてください。"
        ),
    ),
    (
        "share",
        62.1,
        "0%",
        (
            "実績!D2: 6210％ は割合としてありえません。 → 62.1％ のことなら、そう書き直してください"
            "（Excelの％の書式のセルに 62.1 と貼り付けると 6210％ になります）。"
        ),
    ),
    (
        "yearly",
        1655,
        '#,##0,"千人"',
        (
            "実績!D2: 表示形式が千や百万を単位にしていて、見える数と入っている数が違います。"
            " → セルの表示形式を「標準」にし、数を確かめてください。"
        ),
    ),
]


@pytest.mark.parametrize(("id_", "value", "number_format", "problem"), FORMATTED)
def test_a_fault_that_the_number_format_shows(
    tmp_path: Path, id_: str, value: Any, number_format: str, problem: str
):
    workbook = book([row(id_, value)])
    workbook["実績"]["D2"].number_format = number_format
    assert problems_of(save(workbook, tmp_path)) == [problem]


def test_all_problems_of_all_files_are_reported_together(tmp_path: Path):
    now = save(
        book(
            [row("i9", "x"), row("i1", "7校", year="？", comment="あ" * 2001), row("i2", "拡大")],
            [["p9", None, 2021, "あ", None, None]],
            [["i1", None, 2021, None, "理由。"]],
        ),
        tmp_path / "2021",
    )
    before = save(book([row("i1", "=1+1", year=2020)]), tmp_path / "2020")
    with pytest.raises(InputError) as caught:
        load(now, before)
    assert [(each.file, each.place) for each in caught.value.problems] == [
        (str(now), "実績!A2"),
        (str(now), "実績!C3"),
        (str(now), "実績!G3"),
        (str(now), "実績!D4"),
        (str(now), "計画コメント!A2"),
        (str(now), "評価の修正!D2"),
        (str(before), "実績!D2"),
    ]


# --- comments and overrides ------------------------------------------------------


def test_a_fault_in_a_comment(tmp_path: Path):
    rows: list[list[Any]] = [
        ["p9", None, 2021, "取組。", None, None],
        [None, "計画の名", 2021, "取組。", None, None],
        ["p1", None, 2025, "取組。", None, None],
        ["p2", None, 2021, "あ" * 2001, None, None],
        ["p3", "空の行", 2021, None, " ", None],
    ]
    assert problems_of(save(book(comments=rows), tmp_path)) == [
        (
            "計画コメント!A2: 記号が「p9」の計画は、計画にありません。"
            " → もしかして 「p2」、「p1」 ですか。"
        ),
        "計画コメント!A3: 記号がありません。 → 計画の記号を書いてください。",
        (
            "計画コメント!C4: 令和７年度は、この報告の年度（令和２年度から令和３年度まで）に"
            "ありません。 → 年度を直すか、行を消してください。"
        ),
        (
            "計画コメント!D5: 2,001字あります。この欄は2,000字までです。"
            " → 要点に絞り、詳しい資料は別に付けてください。"
        ),
    ]


def test_a_fault_in_an_override(tmp_path: Path):
    rows = [
        ["i9", None, 2021, "○", "理由。"],
        ["i1", None, 2021, "○", None],
        ["i2", None, 2021, None, "理由。"],
        ["i3", None, 2021, "秀", "理由。"],
        ["share", None, 2021, "○", "理由。"],
    ]
    path = save(book(overrides=rows), tmp_path)
    assert problems_of(path, knows_mark="○".__eq__) == [
        (
            "評価の修正!A2: 記号が「i9」の指標は、計画にありません。"
            " → もしかして 「i3」、「i2」、「i1」 ですか。"
        ),
        "評価の修正!E3: 評価を修正する理由がありません。 → 資料編に載せる理由を書いてください。",
        "評価の修正!D4: 評価がありません。 → 修正後の評価を書いてください。",
        (
            "評価の修正!D5: 「秀」という評価は、この報告の評価の基準にありません。"
            " → 基準にある記号（◎など）か言葉（達成など）を書いてください。"
        ),
    ]


# --- the same thing twice --------------------------------------------------------

ONE_ONLY = "正しいほうを1つだけ残してください。"


def test_an_indicator_twice_in_one_sheet(tmp_path: Path):
    assert faults_in(tmp_path, row("i1", 7), row("i1", "７か所"), row("i2", 7), row("i2", 8)) == [
        f"実績!D3: 「i1」の令和３年度が、実績!D2 にもあります。 → {ONE_ONLY}",
        f"実績!D5: 「i2」の令和３年度が「８か所」ですが、実績!D4 では「７か所」です。 → {ONE_ONLY}",
    ]


def test_an_indicator_with_different_values_in_two_reports(tmp_path: Path):
    now = save(
        book([row("i1", 7, year=2020), row("state", state="準備", year=2020)]), tmp_path / "b"
    )
    before = save(
        book([row("i1", 6, year=2020), row("state", state="達成", year=2020)]), tmp_path / "a"
    )
    with pytest.raises(InputError) as caught:
        load(now, before)
    assert [(each.file, each.place, each.what) for each in caught.value.problems] == [
        (
            str(before),
            "実績!D2",
            f"「i1」の令和２年度が「６か所」ですが、{now} の 実績!D2 では「７か所」です。",
        ),
        (
            str(before),
            "実績!D3",
            f"「state」の令和２年度が「達成」ですが、{now} の 実績!D3 では「準備」です。",
        ),
    ]


def test_a_comment_and_an_override_twice(tmp_path: Path):
    comments = [["p1", None, 2021, text, None, None] for text in ("甲。", "乙。")]
    overrides = [["i1", None, 2021, mark, "理由。"] for mark in ("○", "△")]
    assert problems_of(save(book((), comments, overrides), tmp_path)) == [
        (
            "計画コメント!A3: 「p1」の令和３年度がコメントですが、"
            f"計画コメント!A2 ではコメントです。 → {ONE_ONLY}"
        ),
        (
            "評価の修正!D3: 「i1」の令和３年度が「△」ですが、評価の修正!D2 では「○」です。"
            f" → {ONE_ONLY}"
        ),
    ]


# --- sheets and titles -----------------------------------------------------------


def test_a_sheet_is_missing(tmp_path: Path):
    workbook = book([row("i9", 7)])
    workbook["計画コメント"].title = "計画コメント（案）"
    workbook.remove(workbook["評価の修正"])
    assert problems_of(save(workbook, tmp_path)) == [
        (
            ": シート「計画コメント」がありません。"
            " → シート「計画コメント（案）」の名前を「計画コメント」に直してください。"
        ),
        (
            ": シート「評価の修正」がありません。"
            " → シートを加え、見出し（記号、指標、年度、評価、修正の理由）を書いてください。"
            "見出しの下は空でかまいません。"
        ),
        (
            "実績!A2: 記号が「i9」の指標は、計画にありません。"
            " → もしかして 「i3」、「i2」、「i1」 ですか。"
        ),
    ]


def test_a_title_is_missing_misspelt_or_twice(tmp_path: Path):
    workbook = book()
    workbook["実績"]["C1"] = "西暦"
    workbook["実績"]["D1"] = "実蹟"
    workbook["計画コメント"]["F1"] = "課題"
    assert problems_of(save(workbook, tmp_path)) == [
        (
            "実績!1行目: 見出し「年度」の列がありません。"
            " → 見出し「年度」の列を加えてください。列の順は問いません。"
        ),
        "実績!1行目: 見出し「実績」の列がありません。 → 「実蹟」を「実績」に直してください。",
        (
            "計画コメント!F1: 見出し「課題」の列が2つ以上あります（E列とF列）。"
            " → 1つだけ残し、ほかの列の見出しを変えるか、列を削除してください。"
        ),
        (
            "計画コメント!1行目: 見出し「今後の方向」の列がありません。"
            " → 見出し「今後の方向」の列を加えてください。列の順は問いません。"
        ),
    ]


def test_a_sheet_without_titles(tmp_path: Path):
    workbook = book()
    workbook["実績"].delete_rows(1)
    assert problems_of(save(workbook, tmp_path)) == [
        (
            "実績: 見出しの行が見つかりません。"
            " → 表の最初の行に、見出し（記号、年度、実績）を書いてください。"
        )
    ]


def test_merged_cells_in_the_table(tmp_path: Path):
    workbook = book([row("i1", 7), row("i2", 7)])
    sheet = workbook["実績"]
    sheet.merge_cells("H2:H3")
    sheet.merge_cells("J2:K3")  # beside the table
    assert problems_of(save(workbook, tmp_path)) == [
        (
            "実績!H2:H3: セルが結合されています。どの行の値か決まりません。"
            " → 結合を解除し、それぞれの行に値を書いてください。"
        )
    ]


def test_merged_cells_above_the_table_do_no_harm(tmp_path: Path):
    workbook = book([row("i1", 7)])
    sheet = workbook["実績"]
    sheet.insert_rows(1)
    sheet["A1"] = "令和３年度　実績報告"
    sheet.merge_cells("A1:H1")
    assert problems_of(save(workbook, tmp_path)) == []


def test_what_is_hidden_is_used_and_named(tmp_path: Path):
    workbook = book([row("i1", 7), row("i2", 7), row("i3", 1), row("new", 1)])
    sheet = workbook["実績"]
    for hidden in (2, 3, 5, 9):  # row 9 is empty
        sheet.row_dimensions[hidden].hidden = True
    for column in "BF":
        sheet.column_dimensions[column].hidden = True
    workbook["計画コメント"].sheet_state = "hidden"
    actuals, warnings = load(save(workbook, tmp_path))
    assert len(actuals.entries) == 4
    assert [f"{each.place}: {each.what} → {each.remedy}" for each in warnings] == [
        (
            "実績!2～3、5行目: 非表示の行に値があります。値は使います。"
            " → 再表示するかフィルターを解除して、値を確かめてください。"
        ),
        "実績!B、F列: 非表示の列があります。値は使います。 → 再表示して、値を確かめてください。",
        (
            "計画コメント: シートが非表示です。値は使います。"
            " → 再表示して、古いものが残っていないかを確かめてください。"
        ),
    ]


# --- settings that do not fit the plan -------------------------------------------


def test_the_reported_year_is_none_of_the_plan(tmp_path: Path):
    path = save(book(), tmp_path)
    assert problems_of(path, year=FiscalYear(2025)) == [
        (
            "review.fiscal_year: 令和７年度（2025）は、計画の年度ではありません。"
            " → 令和２年度（2020）から令和６年度（2024）までの西暦を書いてください。"
        )
    ]


def test_an_unknown_id_is_accepted(tmp_path: Path):
    assert problems_of(save(book(), tmp_path), accepted=["i9"]) == [
        (
            "review.accept: 記号が「i9」の指標は、計画にありません。"
            " → もしかして 「i3」、「i2」、「i1」 ですか。"
        )
    ]


# --- possible, but odd -----------------------------------------------------------

# last year's value, this year's, what is odd
ODD: list[tuple[str, Any, Any, str]] = [
    ("i1", 8, 13, "令和２年度の8か所から13か所に、＋63％ 変わっています。"),
    ("yearly", 1700, 800, "令和２年度の年間1,700人から年間800人に、－53％ 変わっています。"),
    ("i1", 8, 7, "積み重ねる数のはずが、令和２年度の8か所から7か所に減っています。"),
    ("new", 2, 1, "積み重ねる数のはずが、令和２年度の2か所から1か所に減っています。"),
    ("new", 1, 4, "令和２年度の1か所から4か所に、＋300％ 変わっています。"),
    ("share", 98, 105, "105％ は100％を超えています。"),
    ("i1", 7, 7.5, "7.5か所 に端数があります。計画の値はどれも整数です。"),
    ("i1", 7, "―", "令和２年度が「７か所」なのに、まだない（―）とあります。"),
    ("new", 1, "―", "令和２年度が「１か所」なのに、まだない（―）とあります。"),
    ("visits", "10,000件", "12,000人", "単位が、令和２年度（10,000件）と違います（12,000人）。"),
]


@pytest.mark.parametrize(("id_", "before", "now", "what"), ODD)
def test_a_suspicious_value(tmp_path: Path, id_: str, before: Any, now: Any, what: str):
    path = save(book([row(id_, before, year=2020), row(id_, now)]), tmp_path)
    _, warnings = load(path)
    assert [(each.place, each.what) for each in warnings] == [("実績!D3", what)]
    assert warnings[0].severity is Severity.WARNING
    assert warnings[0].remedy == "所管課に確かめてください。"
    assert warnings[0].settled_by == id_
    assert load(path, accepted=[id_])[1] == ()


# last year's value and this year's, nothing odd
USUAL: list[tuple[str, Any, Any]] = [
    ("i1", 6, 9),
    ("i1", 8, 4.0 * 2),
    ("yearly", 1700, 1600),
    ("share", 99.0, 98.0),
    ("new", 1, 3),
    ("new", 0, 2),
    ("new", "―", 2),
    ("visits", "10,000件", "12,000件"),
]


@pytest.mark.parametrize(("id_", "before", "now"), USUAL)
def test_a_usual_value(tmp_path: Path, id_: str, before: Any, now: Any):
    path = save(book([row(id_, before, year=2020), row(id_, now)]), tmp_path)
    assert load(path)[1] == ()


def test_in_the_first_year_the_value_is_held_against_the_baseline(tmp_path: Path):
    path = save(book([row("i1", 16, year=2020)]), tmp_path)
    _, warnings = load(path, year=FiscalYear(2020))
    assert [each.what for each in warnings] == [
        "現状値（令和元年度）の6か所から16か所に、＋167％ 変わっています。"
    ]


def test_a_state_that_goes_back(tmp_path: Path):
    path = save(book([row("state", state="達成", year=2020), row("state", state="準備")]), tmp_path)
    _, warnings = load(path)
    assert [each.what for each in warnings] == [
        "進捗状況が、令和２年度の「達成」から「準備」に戻っています。"
    ]


def test_another_action_than_the_targets(tmp_path: Path):
    _, warnings = load(save(book([row("new", "２か所選定")]), tmp_path))
    assert [each.what for each in warnings] == [
        "「２か所選定」は、目標「３か所移転」の「移転」した数ではないので、評価の対象になりません。"
    ]


def test_a_state_beside_a_number_and_another_name(tmp_path: Path):
    _, warnings = load(save(book([row("i1", 7, state="達成", name="前の名前")]), tmp_path))
    assert [(each.place, each.what) for each in warnings] == [
        ("実績!B2", "指標の名前が、計画の「指標i1」と違います。"),
        ("実績!E2", "数で報告する指標なので、進捗状況は使いません。"),
    ]


def test_warnings_come_with_the_errors_and_apart_from_them(tmp_path: Path):
    path = save(book([row("i1", 60), row("i2", "拡大"), row("i1", 6, year=2020)]), tmp_path)
    with pytest.raises(InputError) as caught:
        load(path)
    assert [each.severity for each in caught.value.problems] == [Severity.ERROR]
    assert [each.severity for each in caught.value.warnings] == [Severity.WARNING]


# --- against the last year that was reported -------------------------------------


def told_of(folder: Path, *rows: list[Any], **options: Any) -> list[str]:
    """What is warned of in a workbook of these rows of 実績."""
    _, warnings = load(save(book(rows), folder), **options)
    return [each.what for each in warnings]


def test_a_year_without_a_report_is_passed_over(tmp_path: Path):
    rows = [
        row("i1", 8, year=2020),
        row("i1", reason="集計中", year=2021),
        row("i1", 13, year=2022),
    ]
    assert told_of(tmp_path, *rows, year=FiscalYear(2022)) == [
        "令和２年度の8か所から13か所に、＋63％ 変わっています。"
    ]


def test_a_year_without_an_entry_is_passed_over(tmp_path: Path):
    rows = [row("new", 2, year=2020), row("new", 1, year=2022)]
    assert told_of(tmp_path, *rows, year=FiscalYear(2022)) == [
        "積み重ねる数のはずが、令和２年度の2か所から1か所に減っています。"
    ]


def test_the_last_of_several_known_years_is_compared(tmp_path: Path):
    rows = [row("i1", 16, year=2021), row("i1", 8, year=2020), row("i1", 15, year=2022)]
    assert told_of(tmp_path, *rows, year=FiscalYear(2022)) == [
        "積み重ねる数のはずが、令和３年度の16か所から15か所に減っています。"
    ]


def test_where_nothing_was_reported_the_baseline_is_compared(tmp_path: Path):
    assert told_of(tmp_path, row("yearly", 800)) == [
        "現状値（令和元年度）の年間1,648人から年間800人に、－51％ 変わっています。"
    ]
    assert told_of(tmp_path, row("new", 3)) == []  # counted from 0


def test_a_state_that_goes_back_over_a_gap(tmp_path: Path):
    rows = [row("state", state="実施中", year=2020), row("state", state="準備", year=2022)]
    assert told_of(tmp_path, *rows, year=FiscalYear(2022)) == [
        "進捗状況が、令和２年度の「実施中」から「準備」に戻っています。"
    ]


# --- what is lacking -------------------------------------------------------------


@pytest.mark.parametrize("value", ["170所", 170, "170"])
def test_the_second_number_of_the_plan_is_missed(tmp_path: Path, value: Any):
    assert told_of(tmp_path, row("two", value)) == [
        "「170所」に、計画の値「定員15,660人」に当たる定員がありません。"
    ]


def test_both_numbers_of_the_plan_are_there(tmp_path: Path):
    assert told_of(tmp_path, row("two", "170所（定員15,000人）")) == []


@pytest.mark.parametrize("word", ["対象外", "該当なし"])
def test_not_applicable_wants_a_reason(tmp_path: Path, word: str):
    (warning,) = load(save(book([row("share", word)]), tmp_path))[1]
    assert warning.what == f"実績が「{word}」ですが、その理由がありません。評価は行いません。"
    assert warning.remedy.startswith("理由を「コメント」の列に書いてください。")
    assert told_of(tmp_path, row("share", word, comment="調査がなかったため。")) == []
    assert told_of(tmp_path, row("share", word), accepted=["share"]) == []


@pytest.mark.parametrize(
    ("year", "state", "words"),
    [
        (2021, "実施中", None),
        (2022, "実施中", "期限の年度ですが（目標「運用開始」、令和４年度）、"),
        (2023, "実施中", "期限の年度を過ぎましたが（目標「運用開始」、令和４年度）、"),
        (2022, "達成", None),
        (2022, "準備", None),  # its mark says enough
    ],
)
def test_still_under_way_when_it_is_due(tmp_path: Path, year: int, state: str, words: str | None):
    cells = row("state", state=state, year=year)
    expected = [f"{words}進捗状況が「実施中」のままです。"] if words else []
    assert told_of(tmp_path, cells, year=FiscalYear(year)) == expected
    assert told_of(tmp_path, cells, year=FiscalYear(year), accepted=["state"]) == []


def test_everything_odd_about_an_indicator_can_be_accepted(tmp_path: Path):
    cells = row("i1", 70, state="達成", name="前の名前")
    _, warnings = load(save(book([cells]), tmp_path))
    assert len(warnings) == 3
    assert {each.settled_by for each in warnings} == {"i1"}
    assert told_of(tmp_path, cells, accepted=["i1"]) == []


# --- who and what it is about ----------------------------------------------------


def about_of(folder: Path, **sheets: list[list[Any]]) -> list[str]:
    with pytest.raises(InputError) as caught:
        load(save(book(**sheets), folder))
    return [each.about for each in caught.value.problems]


def test_a_problem_of_a_cell_names_the_indicator_and_its_department(tmp_path: Path):
    assert about_of(
        tmp_path,
        actuals=[
            row("i1", "7校", department="保育課"),
            row("i2", "拡大"),
            row("i9", 7, name="名前だけ"),
            row("i9", 7),
            row("i3", 1, year="？"),
        ],
        comments=[["p1", None, 2025, "取組。", None, None]],
        overrides=[["share", None, 2021, "○", None]],
    ) == [
        "指標i1、記号 i1、所管課 保育課",
        "指標i2、記号 i2",
        "名前だけ",
        "",
        "指標i3、記号 i3",
        "計画の名、記号 p1",
        "指標share、記号 share",
    ]


def test_a_repeated_row_names_its_indicator(tmp_path: Path):
    assert about_of(tmp_path, actuals=[row("i1", 7, department="保育課"), row("i1", 8)]) == [
        "指標i1、記号 i1、所管課 保育課"
    ]


def test_an_override_names_the_department_that_reported(tmp_path: Path):
    assert about_of(
        tmp_path,
        actuals=[row("share", "98％", department="保育課")],
        overrides=[["share", None, 2021, "○", None]],
    ) == ["指標share、記号 share、所管課 保育課"]


def test_the_plans_lead_department_is_named_where_the_row_has_none(tmp_path: Path):
    data = spoilt((f"{ROW}.departments", ["保育課", "学務課"]))
    catalogue = load_catalogue(write(tmp_path, data))
    read = read_reports(save(book([row("i1", "7校")]), tmp_path), catalogue, YEAR)
    assert [each.about for each in read.findings.errors] == ["指標i1、記号 i1、所管課 保育課"]


# --- impossible years ------------------------------------------------------------


@pytest.mark.parametrize(("year", "shown"), [(1850, "1850"), ("令和99年度", "令和99年度")])
def test_an_impossible_year_of_a_row(tmp_path: Path, year: Any, shown: str):
    assert faults_in(tmp_path, row("i1", 7, year=year)) == [
        f"実績!C2: 「{shown}」は年度としてありえません。 → {YEAR_EXAMPLE}"
    ]


@pytest.mark.parametrize("id_", ["share", "state"])
def test_an_impossible_time_in_a_value(tmp_path: Path, id_: str):
    text = "97.2％（令和99年４月１日現在）"
    state = "準備" if id_ == "state" else None
    assert faults_in(tmp_path, row(id_, text, state=state)) == [
        (
            f"実績!D2: 「{text}」は2117年のことで、ありえない年です。"
            " → 年を確かめてください。使えるのは 1947年から 2100年までです。"
        )
    ]


# --- what a final edition lacks, beside other faults -----------------------------


def unreported_of(folder: Path, rows: list[list[Any]], **options: Any) -> str:
    read = read_reports(save(book(rows), folder), plan(), YEAR, **options)
    return "".join(each.what for each in read.unreported)


def test_what_was_meant_to_be_reported_is_not_called_unreported_too(tmp_path: Path):
    missing = unreported_of(
        tmp_path,
        [
            row("i1", "7校"),  # cannot be read
            row("i2", 7, year="？"),
            row("i9", 7, name="指標i3"),
            row("share", "？", year=2020),  # another year's fault
        ],
    )
    assert "（share 指標share、two 指標two、" in missing
    assert not re.search("指標i[123]", missing)


def test_without_the_sheet_or_a_year_of_the_plan_nothing_is_called_unreported(tmp_path: Path):
    workbook = book([row("i1", 7)])
    workbook["実績"].title = "別の表"
    read = read_reports(save(workbook, tmp_path), plan(), YEAR)
    assert read.findings.errors
    assert read.unreported == ()
    other = read_reports(save(book([row("i1", 7)]), tmp_path), plan(), FiscalYear(2030))
    assert other.findings.errors
    assert other.unreported == ()


# --- units with a scale ----------------------------------------------------------


@pytest.mark.parametrize("written", [1450, "1,450", "１，４５０"])
def test_a_bare_number_is_read_in_the_unit_that_the_sheet_shows(tmp_path: Path, written: Any):
    quantities = [{"value": 2000, "unit": "万円"}]
    target = {"text": "2,000万円", "kind": "at_least", "quantities": quantities}
    baseline = {"text": "1,200万円", "quantities": [{"value": 1200, "unit": "万円"}]}
    data = spoilt((f"{ROW}.target", target), (f"{ROW}.baseline", baseline))
    catalogue = load_catalogue(write(tmp_path, data))
    read = read_reports(save(book([row("i1", written)]), tmp_path), catalogue, YEAR)
    assert read.findings.errors == ()
    value = read.actuals.entries[0].value
    assert value is not None
    assert value.text == "1,450万円"
    assert value.quantities[0].value == 14_500_000


def test_with_its_unit_it_is_read(tmp_path: Path):
    quantities = [{"value": 2000, "unit": "万円"}]
    target = {"text": "2,000万円", "kind": "at_least", "quantities": quantities}
    baseline = {"text": "1,200万円", "quantities": [{"value": 1200, "unit": "万円"}]}
    data = spoilt((f"{ROW}.target", target), (f"{ROW}.baseline", baseline))
    catalogue = load_catalogue(write(tmp_path, data))
    for written in ("1,450万円", "14,500,000円"):
        read = read_reports(save(book([row("i1", written)]), tmp_path), catalogue, YEAR)
        assert read.findings.errors == ()
        (entry,) = read.actuals.entries
        assert entry.value is not None
        assert entry.value.quantities[0].value == 14_500_000


@pytest.mark.parametrize(("separator", "name"), [("\t", "タブ"), (";", "セミコロン（;）")])
def test_columns_parted_by_other_signs_are_told(tmp_path: Path, separator: str, name: str):
    path = tmp_path / "実績.csv"
    rows = ("記号", "指標", "年度", "実績"), ("i1", "指標i1", "2021", "7")
    path.write_text("\n".join(map(separator.join, rows)), "utf-8")
    (problem,) = problems_of(path)
    assert problem.startswith(f": 列が、コンマではなく{name}で区切られています。")


def test_rows_of_a_year_that_the_report_cannot_have_are_one_fault(tmp_path: Path):
    rows = [row("i1", 7, year=2022), row("i2", "七", year=2022), row("state", year=2022)]
    words = [["p1", None, 2022, "配った。", None, None], ["p1", None, 2022, None, "ない。", None]]
    assert problems_of(save(book([*rows, row("i3", 1)], words), tmp_path)) == [
        (
            "実績!C2: 令和４年度のものです（2行）。この報告書は令和３年度のものなので、使いません。"
            " → 年度を直すか、行を消してください。"
        ),
        (
            "計画コメント!C2: どの行も、令和４年度のものです（2行）。"
            "この報告書は令和３年度のものなので、使いません。"
            " → 別の年度のファイルでないかを確かめてください。この報告書の年度のほうが誤りなら、"
            "設定の fiscal_year（いまは 令和３年度（2021））を直します。"
        ),
    ]


def test_a_report_of_a_year_before_the_plan_is_told_as_that_alone(tmp_path: Path):
    rows = [row("i1", 7), row("i2", 7), row("i3", 1)]
    (fault,) = problems_of(save(book(rows), tmp_path), year=FiscalYear(2015))
    assert fault.startswith("review.fiscal_year: 平成27年度（2015）は、計画の年度ではありません。")
