"""What is no indicator of its own in tables as they are printed is told apart, and kept."""

from __future__ import annotations

from dataclasses import replace

from kpireport.plan_documents.tables import SourceText
from kpireport.plan_documents.understanding import Understood
from tests.plan_documents.hand_made import doubts, heading, objects, read, rows, table
from tests.plan_documents.tables_as_printed import (
    headings_inside,
    lines,
    list_behind,
    other_tables,
    several_in_a_cell,
    targets_above_actuals,
    three_header_rows,
    upright_band,
    years_alone,
)

HEAD = ("施策", "指標", "現状値（R3）", "目標値（R8）")


def left(understood: Understood, kind: str) -> list[tuple[str, str]]:
    """What was not placed of a kind, and why."""
    return [(each.text, each.why) for each in understood.left if each.kind == kind]


# --- what is no indicator --------------------------------------------------------------------


def test_actuals_below_targets_are_kept_apart() -> None:
    said = [text for text, why in left(targets_above_actuals(), "実績値") if why == "実績の行です"]
    assert said == [
        "口座振替率｜R4｜39.8",
        "口座振替率｜R5｜41.5",
        "職員数｜R4｜321",
        "職員数｜R5｜319",
    ]


def test_totals_are_kept_apart() -> None:
    assert ("合計｜令和8年度｜3,860", "合計の行です") in left(years_alone(), "実績値")


def test_tables_of_other_things_are_kept_apart_whole() -> None:
    texts = [text for text, _ in left(other_tables(), "表の行")]
    assert len(texts) == 20
    for text in ("山田　太郎｜商工会｜会長", "計画の推進｜→｜→", "KPI｜重要業績評価指標のこと"):
        assert text in texts


def test_money_by_year_is_no_indicator_whatever_its_columns_are_called() -> None:
    understood = read(
        heading("基本目標１　元気なまち"),
        table(("指標", "現状値（R3）", "目標値（R8）"), ("人口", "10人", "12人")),
        SourceText("事業費の見込み（単位：千円）"),
        table(("事業名", "担当課", "R4", "R5"), ("道路整備", "土木課", "12,000", "13,000")),
    )
    assert rows(understood) == [("人口", "10人", "12人")]
    assert ("道路整備｜土木課｜12,000｜13,000") in [text for text, _ in left(understood, "表の行")]


# --- indicators that are said twice ---------------------------------------------------------


def test_a_list_of_all_indicators_doubles_none_and_adds_what_it_alone_says() -> None:
    understood = list_behind()
    first = objects(understood)[0]
    assert first["departments"] == ["商工課"]
    assert "同じ指標の表（表3 2行目）にだけある項目を加えました" in doubts(understood)
    assert understood.went["表3 2行目"] == (first["id"],)


def test_a_list_with_other_values_is_asked_about() -> None:
    head = ("KPI", "基準値", "目標値（R6）")
    understood = read(
        heading("施策１　企業の支援"),
        table(head, ("創業件数", "12件", "20件")),
        heading("指標一覧"),
        table(head, ("創業件数", "12件", "30件")),
    )
    assert rows(understood) == [("創業件数", "12件", "20件"), ("創業件数", "12件", "30件")]
    assert "同じ名称の指標が表1 2行目にもあり、値が違います" in doubts(understood)


def test_an_indicator_of_two_plans_is_two() -> None:
    head = ("KPI", "基準値", "目標値（R6）")
    understood = read(
        heading("施策１　企業の支援"),
        table(head, ("創業件数", "12件", "20件")),
        heading("施策２　移住の支援"),
        table(head, ("創業件数", "12件", "20件")),
    )
    assert len(rows(understood)) == 2


def test_numbers_that_nothing_parts_from_names_are_labels_where_they_count_up() -> None:
    understood = read(
        table(
            HEAD,
            ("１安全・安心", "防災士", "1人", "2人"),
            ("２健康", "受診率", "3％", "4％"),
        )
    )
    assert [*lines(understood)] == ["文書 > １ 安全・安心", "文書 > ２ 健康"]
    counted = read(
        table(HEAD, ("３世代同居", "件数", "1件", "2件"), ("２次救急", "病院", "3院", "4院"))
    )
    assert [*lines(counted)] == ["文書 > ３世代同居", "文書 > ２次救急"]


# --- rows and cells ---------------------------------------------------------------------------


def test_actuals_above_targets_are_the_other_way_about() -> None:
    understood = read(
        table(
            ("指標", "R4\n（上段：実績　下段：目標）", "R5"),
            (("職員数", 2, 1), "321", "319"),
            (None, "320", "318"),
        )
    )
    assert lines(understood) == {"文書 > 文書": ["職員数｜｜2022:320｜318"]}
    assert [text for text, _ in left(understood, "実績値")] == [
        "職員数｜R4（上段：実績　下段：目標）｜321",
        "職員数｜R5｜319",
    ]


def test_a_second_row_of_figures_is_never_joined_to_the_first() -> None:
    understood = read(
        table(
            HEAD,
            (("窓口", 2, 1), ("職員数", 2, 1), "320", "315"),
            (None, None, "321", "316"),
        )
    )
    assert rows(understood) == [("職員数", "320", "315")]
    assert ("職員数｜目標値（R8）｜316", "１つの指標の２段目の値です") in left(understood, "実績値")
    assert "２段目の値です（表1 3行目）" in doubts(understood)


def test_rows_that_say_whose_their_figures_are_are_each_a_row() -> None:
    understood = read(
        table(
            ("指標", "性別", "現状値（R3）", "目標値（R8）"),
            (("喫煙率", 2, 1), "男性", "28.1％", "20％"),
            (None, "女性", "8.2％", "5％"),
        )
    )
    assert lines(understood) == {
        "文書 > 文書": ["喫煙率｜28.1％｜20％｜性別=男性", "喫煙率｜8.2％｜5％｜性別=女性"]
    }
    assert "上の行と同じ名称の" in doubts(understood)


def test_ditto_marks_and_cells_that_were_parted_are_asked_about() -> None:
    assert "「〃」などの印を、上の行の「市民意識調査、人権課」と読みました" in doubts(
        headings_inside()
    )
    assert doubts(several_in_a_cell()).count("いくつかの指標を分けました") == 5


def test_lines_of_one_indicator_are_not_parted() -> None:
    understood = read(table(HEAD, ("子育て", "保育所の\n定員", "350人\n（R3）", "420人\n（R8）")))
    assert rows(understood) == [("保育所の定員", "350人（R3）", "420人（R8）")]


def test_two_columns_of_remarks_are_both_kept() -> None:
    understood = read(
        table((*HEAD, "備考", "注記"), ("子育て", "定員", "1人", "2人", "速報", "再掲"))
    )
    assert objects(understood)[0]["remarks"] == "速報\n再掲"


def test_what_somebody_says_is_not_to_be_placed_is_kept_apart() -> None:
    understood = read(
        table((*HEAD, "頁"), ("子育て", "定員", "1人", "2人", "12")), columns=["頁=置かない"]
    )
    assert left(understood, "列") == [("定員｜頁｜12", "置かないと指定された列です")]


def test_rows_of_a_table_that_somebody_has_to_look_at_are_asked_about() -> None:
    guessed = replace(table(HEAD, ("子育て", "定員", "1人", "2人")), doubts=("罫線がありません。",))
    assert "罫線がありません。" in doubts(read(guessed))


# --- nothing is dropped --------------------------------------------------------------------------


def test_a_cell_that_came_into_nothing_is_kept_apart() -> None:
    understood = read(
        table(
            ("区分", "指標", "R4", "R5", "備考"),
            ("計画", ("職員数", 2, 1), "320", "318", ""),
            ("実績", None, "321", "", "年度末の数"),
        )
    )
    assert ("年度末の数", "どの欄にも置けませんでした") in left(understood, "セル")


def test_what_came_into_something_is_not_kept_apart_as_well() -> None:
    for read_table in (three_header_rows, headings_inside, several_in_a_cell, upright_band):
        assert left(read_table(), "セル") == []


def test_a_text_of_the_cover_that_comes_again_is_kept_apart() -> None:
    understood = read(
        heading("みどり市総合計画"),
        SourceText("令和６年３月"),
        heading("施策１　健診"),
        table(("指標", "現状値", "目標値"), ("受診率", "1％", "2％")),
        SourceText("令和６年３月"),
    )
    assert [(each.place, each.text) for each in understood.left] == [("文4", "令和６年３月")]


def test_the_example_in_how_to_read_is_kept_apart_with_what_points_at_it() -> None:
    understood = read(
        heading("表の見方"),
        SourceText("目標値は、計画の最後の年度の値です。"),
        table(("指標", "現状値", "目標値"), ("例の指標", "1％", "2％")),
        SourceText("▲現状値は、策定した時の値です。"),
        heading("施策１　健診"),
        table(("指標", "現状値", "目標値"), ("受診率", "1％", "2％")),
    )
    assert [each.text for each in understood.left] == [
        "表の見方",
        "目標値は、計画の最後の年度の値です。",
        "指標｜現状値｜目標値",
        "例の指標｜1％｜2％",
        "▲現状値は、策定した時の値です。",
    ]
    assert rows(understood) == [("受診率", "1％", "2％")]
