"""What tables mean: columns, lines over pages, levels, values. Documents made by hand."""

from __future__ import annotations

from typing import Any, cast

import pytest

from kpireport.errors import CellError
from kpireport.plan_documents.captions import Caption, by_words
from kpireport.plan_documents.joining import name_of, value_of
from kpireport.plan_documents.levels import heading_of
from kpireport.plan_documents.tables import SourceDocument, SourceText
from kpireport.plan_documents.telling import read_told
from kpireport.plan_documents.times import years_in
from kpireport.plan_documents.understanding import understand
from tests.plan_documents.hand_made import doubts, goals, heading, objects, read, roles, rows, table

HEAD = ("施策", "指標", "現状値（令和３年度）", "目標値（令和８年度）", "担当課")
ROW = ("子育て支援", "保育所の定員", "350人", "420人", "保育課")


# --- columns -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("成果指標名", "指標"),
        ("重要業績評価指標\n（KPI）", "指標"),
        ("K P I", "指標"),
        ("指　標", "指標"),
        ("基準値", "現状値"),
        ("計画策定時\n（R3）", "現状値"),
        ("現　況　値", "現状値"),
        ("令和３年度\n（現状）", "現状値"),
        ("最終目標", "目標値"),
        ("めざそう値（R8）", "目標値"),
        ("数値目標", "目標値"),
        ("主管課", "所管課"),
        ("担当部署", "所管課"),
        ("№", "番号"),
        ("単位", "単位"),
        ("目標値の設定根拠", "設定根拠"),
        ("目標設定の考え方", "設定根拠"),
        ("指標の算出方法", "定義"),
        ("データの出典", "出典"),
        ("備　考", "備考"),
        ("望ましい方向", "方向性"),
        ("令和４年度実績", "実績値"),
        ("達成率", "実績値"),
        ("５ヵ年目標", "目標値"),
        ("後期目標（R11）", "目標値"),
        ("最終年（R13）", "目標値"),
        ("計画当初（R2）", "現状値"),
        ("期待する方向", "方向性"),
        ("担当グループ", "所管課"),
        ("市民の声", "欄"),
    ],
)
def test_a_header_tells_what_its_column_is(header: str, role: str) -> None:
    found = by_words(0, Caption((header,)))
    assert (found.role.value if found else "欄") == role


@pytest.mark.parametrize("header", ["指標（単位）", "目標値（年間）"])
def test_words_in_brackets_are_no_units(header: str) -> None:
    found = by_words(0, Caption((header,)))
    assert found is not None
    assert found.unit == ""


def test_what_is_planned_in_figures_is_no_level() -> None:
    understood = read(table(("指標", "現状", "計画"), ("人口", "10人", "12人")))
    assert rows(understood) == [("人口", "10人", "12人")]


def test_a_header_of_two_rows_tells_years_under_targets_and_actuals() -> None:
    understood = read(
        table(
            (
                ("指標", 2, 1),
                ("基準値\n(R2)", 2, 1),
                ("目標", 1, 3),
                None,
                None,
                ("実績", 1, 2),
                None,
            ),
            (None, None, "R3", "R4", "R5", "R3", "R4"),
            ("人口", "10人", "11人", "12人", "13人", "9人", "8人"),
        )
    )
    (row,) = objects(understood)
    assert row["target"]["text"] == "13人"
    assert row["yearly_targets"] == [
        {"fiscal_year": 2021, "text": "11人"},
        {"fiscal_year": 2022, "text": "12人"},
    ]
    assert [each.text for each in understood.left if each.kind == "実績値"] == [
        "人口｜実績　R3｜9人",
        "人口｜実績　R4｜8人",
    ]
    assert understood.raw["years"] == {"baseline": 2020, "target": 2023}


def test_columns_without_words_are_told_by_their_contents() -> None:
    understood = read(
        table(
            ("", "指標", "", "現状", "目標", "窓口", "ひとこと"),
            ("1", "人口", "人", "10", "12", "企画課", "増やす"),
            ("2", "世帯", "世帯", "4", "5", "市民課", "保つ"),
        )
    )
    assert roles(understood) == ["番号", "指標", "単位", "現状値", "目標値", "所管課", "欄"]
    first = objects(understood)[0]
    assert first["details"] == {"ひとこと": "増やす"}
    assert first["unit"] == "人"


def test_what_somebody_tells_of_columns_is_done() -> None:
    grid = table(("ねらい", "いま", "先の値"), ("人口", "10人", "12人"))
    assert rows(understand(SourceDocument((grid,)), "文書")) == []
    told = read(grid, columns=["表1:列1=指標,列2=現状値,列3=令和８年度の目標値"])
    assert [each.role.value for each in told.tables[0].columns][:2] == ["指標", "現状値"]
    by_header = read(table(HEAD, ROW), columns=["担当課=備考"])
    assert objects(by_header)[0]["remarks"] == "保育課"


@pytest.mark.parametrize("text", ["列1", "列1=", "列1=ほげ", "=指標"])
def test_words_that_tell_nothing_of_columns_are_refused(text: str) -> None:
    with pytest.raises(CellError):
        read_told([text])


# --- lines over rows and pages -----------------------------------------------------------


def test_a_plan_reaches_over_rows_and_over_pages() -> None:
    understood = read(
        table(
            HEAD,
            (("子育て支援", 2, 1), "定員", "1人", "2人", "保育課"),
            (None, "園", "3園", "4園", "保育課"),
            page=1,
        ),
        SourceText("- 2 -", page=2),
        table(HEAD, ("子育て支援（続き）", "組", "5組", "6組", "保育課"), page=2),
        table(("", "班", "7班", "8班", "保育課"), page=3),
    )
    assert rows(understood) == [
        ("定員", "1人", "2人"),
        ("園", "3園", "4園"),
        ("組", "5組", "6組"),
        ("班", "7班", "8班"),
    ]
    assert understood.count("plans") == 1


def test_a_row_that_a_page_cuts_is_one_row_and_marked() -> None:
    understood = read(
        table(HEAD, ("子育て支援", "保育所などの", "350人", "420人", "保育課"), page=1),
        table(HEAD, ("", "", "", "（見込み）", ""), ("", "園", "3園", "4園", "保育課"), page=2),
    )
    assert rows(understood) == [("保育所などの", "350人", "420人（見込み）"), ("園", "3園", "4園")]
    assert "ページの境で切れた行" in doubts(understood)


def test_a_cell_of_two_rows_is_shared() -> None:
    understood = read(
        table(
            HEAD,
            (("学び", 2, 1), "電子黒板", ("検証", 2, 1), "全校配備", ("教育課", 2, 1)),
            (None, "パソコン", None, "一部配備", None),
        )
    )
    first, second = objects(understood)
    assert second["baseline"] == {"text": "検証", "shared_with": first["id"]}
    assert second["departments"] == ["教育課"]


def test_a_heading_row_has_its_rows_with_bullets() -> None:
    understood = read(
        table(
            HEAD,
            (("医療", 4, 1), "病床の確保", "", "", ""),
            (None, "・中央病院", "1床", "2床", "医療課"),
            (None, "・東病院", "3床", "4床", "医療課"),
            (None, "受診率", "5％", "6％", "医療課"),
        )
    )
    group, other = objects(understood, "plans")[0]["indicators"]
    assert [each["name"] for each in group["indicators"]] == ["・中央病院", "・東病院"]
    assert other["name"] == "受診率"


def test_actuals_below_targets_are_left_beside() -> None:
    understood = read(
        table(
            ("指標", "区分", "R3", "R4"),
            (("人口", 2, 1), "目標", "11人", "12人"),
            (None, "実績", "9人", "8人"),
        )
    )
    assert rows(understood) == [("人口", "", "12人")]
    assert [each.text for each in understood.left if each.kind == "実績値"] == [
        "人口｜R3｜9人",
        "人口｜R4｜8人",
    ]


# --- levels ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label", "title"),
    [
        ("基本目標１　子どもが育つまち", "基本目標１", "子どもが育つまち"),
        ("基本目標２人の流れをつくる", "基本目標２", "人の流れをつくる"),
        ("Ⅰ　子どもたちの笑顔", "Ⅰ", "子どもたちの笑顔"),
        ("計画１\n子育てのかたちを\n選択できる", "計画１", "子育てのかたちを選択できる"),
        ("第１章　人を育てる", "第１章", "人を育てる"),
        ("１－１　防災の推進", "１－１", "防災の推進"),
        ("施策⑴地域産業の強化", "施策⑴", "地域産業の強化"),
        ("(1) 健康づくり（続き）", "(1)", "健康づくり"),
        ("計画10年の歩み", "", "計画10年の歩み"),
        ("子育ての支援", "", "子育ての支援"),
    ],
)
def test_labels_and_titles_are_parted(text: str, label: str, title: str) -> None:
    found = heading_of(text)
    assert (found.label, found.title) == (label, title)


def test_headings_are_goals_sections_and_plans() -> None:
    head = ("指標", "現状値", "目標値")
    understood = read(
        heading("みどり市総合計画"),
        heading("基本目標１　元気なまち", 2),
        heading("基本施策１　健康", 3),
        heading("施策１　健診", 4),
        table(head, ("受診率", "1％", "2％")),
        heading("基本目標２　学ぶまち", 2),
        heading("基本施策２　学校", 3),
        heading("施策２　授業", 4),
        table(head, ("理解度", "3％", "4％")),
    )
    found = goals(understood)
    assert [(each["numeral"], each["title"]) for each in found] == [
        ("１", "元気なまち"),
        ("２", "学ぶまち"),
    ]
    (section,) = found[1]["sections"]
    assert (section["label"], section["plans"][0]["title"]) == ("基本施策２", "授業")
    assert [each["key"] for each in cast("list[dict[str, Any]]", understood.raw["levels"])] == [
        "goal",
        "section",
        "plan",
    ]


def test_a_band_says_title_targets_and_directions() -> None:
    understood = read(
        table(
            ("基本目標", "笑顔のまち"),
            ("数値目標\n（令和８年度末）", "満足度\n：　62.1％から上昇\n出生数　100人 → 120人"),
            (
                "基本的な\n方向性",
                "子育てを支えます。\n・相談の場をつくる。\n・預かりの場をつくる。",
            ),
        ),
        table(HEAD, ROW),
    )
    (goal,) = goals(understood)
    assert goal["title"] == "笑顔のまち"
    targets = goal["numeric_targets"]
    assert [(each["name"], each["target"]["text"]) for each in targets] == [
        ("満足度", "62.1％から上昇"),
        ("出生数", "120人"),
    ]
    assert targets[1]["baseline"]["text"] == "100人"
    assert goal["directions"] == [
        {
            "paragraphs": ["子育てを支えます。"],
            "items": ["相談の場をつくる。", "預かりの場をつくる。"],
        }
    ]
    labels = cast("dict[str, Any]", understood.raw["labels"])
    assert labels["numeric_targets_note"] == "（令和８年度末）"


def test_a_table_below_numeric_targets_is_the_goals() -> None:
    head = ("指標", "現状値", "目標値")
    understood = read(
        heading("基本目標１　元気なまち"),
        SourceText("【数値目標】"),
        table(head, ("人口", "10人", "12人")),
        heading("施策１　健診", 2),
        table(("重要業績評価指標（KPI）", "現状値", "目標値"), ("受診率", "1％", "2％")),
    )
    assert [each["name"] for each in objects(understood, "numeric_targets")] == ["人口"]
    assert rows(understood) == [("受診率", "1％", "2％")]


def test_a_form_for_one_indicator_is_a_row() -> None:
    understood = read(
        table(
            ("施策名", ("健康", 1, 3), None, None),
            ("指標名", ("受診率", 1, 3), None, None),
            ("単位", "％", "担当課", "健康課"),
            ("現状値（R3）", "1", "目標値（R8）", "2"),
        )
    )
    (row,) = objects(understood)
    assert rows(understood) == [("受診率", "1", "2")]
    assert (row["unit"], row["departments"]) == ("％", ["健康課"])


def test_what_cannot_be_placed_is_left_with_its_place() -> None:
    understood = read(
        heading("参考資料"),
        SourceText("この表は毎年見直します。"),
        table(("年", "できごと"), ("令和元年", "開始")),
        table(HEAD, ROW),
    )
    said = {each.text: each.place for each in understood.left}
    assert said["この表は毎年見直します。"] == "文2"
    assert said["令和元年｜開始"] == "表1 2行目"


# --- values ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("165所\n（定員14,760人）", "165所（定員14,760人）"),
        ("モデル校での\n活用状況の検証", "モデル校での活用状況の検証"),
        ("対象年齢拡大\n定員拡大", "対象年齢拡大\n定員拡大"),
        ("・相談の場\n・預かりの場", "・相談の場\n・預かりの場"),
        ("1,234\n人", "1,234人"),
        ("457床\n※令和4年度", "457床※令和4年度"),
    ],
)
def test_lines_of_a_value_are_joined_where_they_were_full(text: str, value: str) -> None:
    assert value_of(text, 20)[0] == value


def test_names_are_joined_without_a_space_but_between_latin_words() -> None:
    assert name_of("保育所の\n定員") == "保育所の定員"
    assert name_of("Smart City\nIndex") == "Smart City Index"


def test_a_unit_of_a_header_or_above_the_table_is_the_rows() -> None:
    head = ("指標", "現状値（単位：％）", "目標値（単位：％）")
    (row,) = objects(read(table(head, ("受診率", "1", "2"))))
    assert row["unit"] == "％"
    understood = read(
        SourceText("（単位：人）"), table(("指標", "現状値", "目標値"), ("人口", "1", "2"))
    )
    (row,) = objects(understood)
    assert row["unit"] == "人"
    assert "単位「人」" in doubts(understood)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("令和３年度末", (2021,)),
        ("H27", (2015,)),
        ("R元", (2019,)),
        ("2024年度（R6）", (2024,)),
        ("令和８（2026）年度", (2026,)),
        ("R4～R8", (2022, 2026)),
        ("1,234人", ()),
        ("KPI", ()),
    ],
)
def test_years_of_headers(text: str, years: tuple[int, ...]) -> None:
    assert years_in(text) == years
