"""The tables of a goal: its band, its indicators with the years' actuals and marks, what is below.

The figures are worked by hand from the rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from kpireport.document.blocks import Bar, Clip, Paragraph, Row, Sparkline, Table
from kpireport.document.columns import Column, side_by_side
from kpireport.document.goal_bands import compose_result_band
from kpireport.document.kpi_columns import result_columns
from kpireport.document.kpi_tables import compose_result_table
from kpireport.document.reviews import Review
from kpireport.document.styles import SpanStyle, TextStyle
from kpireport.document.table_cells import value_cell
from kpireport.domain.actuals import Override, PlanComment
from kpireport.domain.settings import Orientation
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import SCHEMES
from tests.review_reports import (
    FIGURES,
    PLAN,
    actuals_of,
    cell_text,
    chapter,
    plan_rows,
    read_plan,
    row_text,
    shown,
    small_document,
    small_review,
)
from tests.said import said

FIRST, MIDDLE, LAST = 2020, 2021, 2022


def table_of(review: Review, goal: int = 0) -> Table:
    found = review.catalogue.goals[goal]
    (table,) = compose_result_table(review, found, found.plans)
    return table


def kpi_rows(year: int, goal: int = 0) -> list[str]:
    table = table_of(small_review(year), goal)
    return [row_text(row) for row in (*table.header_rows, *table.rows)]


def rows_named(review: Review, *names: str, goal: int = 0) -> list[str]:
    rows = map(row_text, table_of(review, goal).rows)
    return [row for row in rows if any(name in row.split(" | ") for name in names)]


def test_the_kpi_table_of_the_first_year():
    assert kpi_rows(FIRST) == [
        "戦略計画 | 重要業績評価指標",
        "指標 | 現状値 / 令和元年度末 | 令和２年度 / 実績 | 目標値 / 令和4年度末 | 進捗率 | 評価",
        (
            "計画１ / 居場所 | 受入率 | 97.2％ | 97.9％ | 100％ | 25.0％ / 棒0.25｜0.333"
            " | △（やや遅れ）"
        ),
        (
            "保育所 | 165所（定員14,760人） | 171所（定員15,093人） | 181所（定員15,660人）"
            " | 37.5％ / 棒0.375｜0.333 / 定員⏎37.0％ | ○（順調）"
        ),
        "認定率⏎（年度末） | 20.5％ | 21.0％ | 21.9％以下 | 達成率 / 104.3％ / 棒1→ | ◎（達成）",
        "就労者数 | 年間226人 | 年間190人 | 年間200人 | 達成率 / 95.0％ / 棒0.95 | △（やや遅れ）",
        "病床の確保",
        "東病院 | 342床 | 342床 | 457床※令和5年度 | 0.0％ / 棒0｜0.25 | ×（遅れ）",
        "西病院 | 400床 | 390床 | 490床（90床増） | −11.1％ / 棒0｜0.333← | ×（遅れ）",
        "計画２ / 端末 | 端末の配備 | 検証 | 仕様の検討（準備） | 全校配備 | ― | △（やや遅れ）",
        "黒板の配備 | 未着手 | 配備（一部） | ― | ×（遅れ）",
    ]


def test_the_kpi_table_of_the_last_year():
    rows = kpi_rows(LAST)
    assert rows[1] == (
        "指標 | 現状値 / 令和元年度末 | 令和２年度 / 実績 | 令和３年度 / 実績 | 令和４年度 / 実績"
        " | 目標値 / 令和4年度末 | 推移 / 進捗率 | 評価"
    )
    assert rows[2:] == [
        (
            "計画１ / 居場所 | 受入率 | 97.2％ | 97.9％ | 98.6％ | 99.9％ | 100％"
            f" | 推移4 / 96.4％ / 棒0.964｜1 | {before('△△')} / △（やや遅れ）"
        ),
        (
            "保育所 | 165所（定員14,760人） | 171所（定員15,093人） | 176所 | 181所（定員15,600人）"
            f" | 181所（定員15,660人） | 推移4 / 100.0％ / 棒1｜1 / 定員⏎93.3％ | {before('○○')}"
            " / ◎（達成）"
        ),
        (
            "認定率⏎（年度末） | 20.5％ | 21.0％ | 20.9％ | 22.0％ | 21.9％以下"
            f" | 推移4 / 達成率 / 99.5％ / 棒0.995 | {before('◎◎')} / △（やや遅れ）"
        ),
        (
            "就労者数 | 年間226人 | 年間190人 | 年間179人 | 年間210人 | 年間200人"
            f" | 推移4 / 達成率 / 105.0％ / 棒1→ | {before('△×')} / ◎（達成）"
        ),
        "病床の確保",
        (
            "東病院 | 342床 | 342床 | 342床 | 400床 | 457床※令和5年度"
            f" | 推移4 / 50.4％ / 棒0.504｜0.75 | {before('×○')} / △（やや遅れ）"
        ),
        (
            "西病院 | 400床 | 390床 | 445床 | 520床 | 490床（90床増）"
            f" | 推移4 / 133.3％ / 棒1｜1→ | {before('×△')} / ◎（達成）"
        ),
        (
            "計画２ / 端末 | 端末の配備 | 検証 | 仕様の検討（準備） | 40校に配備（実施中）"
            f" | 全校に配備（達成） | 全校配備 | ― | {before('△○')} / ◎（達成）"
        ),
        (
            "黒板の配備 | 未着手 | 業者の選定（準備） | 未報告 | 配備（一部） | ―"
            f" | {before('×△')} / …（未報告）"
        ),
    ]


def before(marks: str) -> str:
    """The small marks of the years before, with what is said for them."""
    words = dict(
        zip("◎○△×―…", ["達成", "順調", "やや遅れ", "遅れ", "対象外", "未報告"], strict=True)
    )
    years = ("令和２年度", "令和３年度")
    return "".join(
        f"{mark}（{year}は{words[mark]}、）" for mark, year in zip(marks, years, strict=False)
    )


def test_directions_new_things_and_a_plan_without_indicators():
    assert kpi_rows(MIDDLE, goal=1)[2:] == [
        (
            "計画３ / 窓口 | 窓口の移転 | ― | ― | １か所 | ３か所移転 | 33.3％ / 棒0.333｜0.667"
            f" | {before('―')} / ×（遅れ）"
        ),
        (
            "相談件数 | 6,402件 | 6,402件 | 6,500件 | 現状値から増加 | 推移3 / ―"
            f" | {before('△')} / ◎（達成）"
        ),
        (
            "犯罪件数 | 1,200件 | 1,300件 | 1,200件 | 現状値から減少 | 推移3 / ―"
            f" | {before('△')} / △（やや遅れ）"
        ),
        f"閲覧数 | ― | 10,000件 | 12,000件 | 前年度実績から増加 | ― | {before('―')} / ◎（達成）",
        f"加入率 | ― | 5％ | 未報告 | 20％ | ― | {before('△')} / …（未報告）",
        "今後の方向 / 広げます。",
        "計画４ / 検討中 | ― | ― | ― | ― | ― | ― | ―",
    ]


@pytest.mark.parametrize("year", [FIRST, MIDDLE, LAST])
def test_cells_fill_the_kpi_table(year: int):
    review = small_review(year)
    for goal in review.catalogue.goals:
        (table,) = compose_result_table(review, goal, goal.plans)
        columns = len(table.columns)
        assert columns == len(result_columns(review).all)
        covered: set[tuple[int, int]] = set()
        for number, row in enumerate((*table.header_rows, *table.rows)):
            column = 0
            for each in row.cells:
                while (number, column) in covered:
                    column += 1
                covered |= {
                    (number + down, column + right)
                    for down in range(each.rowspan)
                    for right in range(each.colspan)
                }
        rows = len(table.header_rows) + len(table.rows)
        assert covered == {(r, c) for r in range(rows) for c in range(columns)}


def test_a_rate_short_of_its_target_is_never_shown_as_full():
    figures = {**FIGURES, "share": ("97.9％", "98.6％", "99.9996％")}
    review = small_review(LAST, actuals=actuals_of(LAST, figures))
    (row,) = rows_named(review, "受入率")
    assert "| 99.9996％ | 100％ | 推移4 / 99.9％ / 棒1｜1 | " in row


def bars_of(review: Review) -> list[Bar]:
    return [
        content
        for row in table_of(review).rows
        for cell in row.cells
        for content in cell.content
        if isinstance(content, Bar)
    ]


def test_bars_are_as_long_as_the_rates_within_their_frame():
    assert bars_of(small_review(LAST)) == [
        Bar(Decimal("0.964"), Decimal(1)),
        Bar(Decimal(1), Decimal(1)),
        Bar(Decimal("0.995")),  # of what is kept nothing is expected of a year
        Bar(Decimal(1), clipped=Clip.BEYOND),
        Bar(Decimal("0.504"), Decimal("0.75")),  # due a year later: 3 of 4 years
        Bar(Decimal(1), Decimal(1), Clip.BEYOND),
    ]


def test_a_rate_below_nothing_is_an_empty_bar_that_is_clipped():
    figures = {**FIGURES, "share": ("97.1％",), "two": ("100所",), "bed-a": ("342床",)}
    found = bars_of(small_review(FIRST, actuals=actuals_of(FIRST, figures, ())))
    third = Decimal("0.333")
    assert found[:2] == [Bar(Decimal(0), third, Clip.BELOW)] * 2
    assert found[4] == Bar(Decimal(0), Decimal("0.25"))  # at the baseline: nothing, but not less


def test_a_rate_below_minus_a_hundred_is_no_number():
    figures = {**FIGURES, "two": ("100所",)}
    (row,) = rows_named(small_review(FIRST, actuals=actuals_of(FIRST, figures, ())), "保育所")
    assert "| 悪化 / 棒0｜0.333← |" in row


def test_the_years_mark_is_large_and_those_before_it_are_small():
    for row in table_of(small_review(LAST)).rows:
        styles = [each.style for each in row.cells[-1].content if isinstance(each, Paragraph)]
        if row_text(row) != "病床の確保":
            assert styles == [TextStyle.DENSE_VALUE, TextStyle.DENSE_MARK]
    first = [row.cells[-1].content for row in table_of(small_review(FIRST)).rows]
    assert {len(content) for content in first} == {1}  # no year before it


def test_marks_of_earlier_years_are_spoken_with_their_years():
    row = table_of(small_review(LAST)).rows[0]
    earlier, mark = row.cells[-1].content
    assert isinstance(earlier, Paragraph)
    assert isinstance(mark, Paragraph)
    assert [(span.text, span.spoken) for span in (*earlier.spans, *mark.spans)] == [
        ("△", "令和２年度はやや遅れ、"),
        ("△", "令和３年度はやや遅れ、"),
        ("△", "やや遅れ"),
    ]


def test_a_sparkline_from_three_values_on():
    def found(year: int, goal: int = 0) -> list[int]:
        rows = [row for row in table_of(small_review(year), goal).rows if len(row.cells) > 4]
        contents = (row.cells[-2].content for row in rows)
        found = ([len(e.values) for e in each if isinstance(e, Sparkline)] for each in contents)
        return [sum(each) for each in found]

    assert set(found(FIRST)) == {0}
    # of 窓口の移転 there is a single number, of 閲覧数 there are two, of 加入率 one
    assert found(MIDDLE, 1) == [0, 3, 3, 0, 0, 0]  # the last is the plan without indicators
    # 閲覧数 has no baseline: a gap and three numbers; 窓口の移転 and 加入率 have two
    assert found(LAST, 1) == [0, 4, 4, 4, 0, 0]


def test_a_sparkline_is_the_course_with_its_limit():
    (row,) = (r for r in table_of(small_review(LAST), 1).rows if "閲覧数" in row_text(r))
    assert row.cells[-2].content[0] == Sparkline(
        (None, Decimal(10000), Decimal(12000), Decimal(11000))
    )
    (row,) = (r for r in table_of(small_review(LAST)).rows if "認定率" in row_text(r))
    assert row.cells[-2].content[0] == Sparkline(
        tuple(map(Decimal, ("20.5", "21.0", "20.9", "22.0"))), Decimal("21.9")
    )


def test_the_caption_counts_the_marks_against_last_years():
    def captions(year: int, scheme: str = "linear") -> list[str]:
        blocks = small_document(year, review=small_review(year, scheme)).blocks()
        found = (b.caption for b in blocks if isinstance(b, Table) and b.caption)
        return [each.text.partition("の実績　")[2] for each in found if "の実績　" in each.text]

    assert captions(FIRST) == ["8指標：◎1 ○1 △3 ×3", "5指標：△3 ―2"]
    assert captions(MIDDLE) == [
        "8指標（前年度→今年度）：◎1→1 ○1→3 △3→3 ×3→1",
        "5指標（前年度→今年度）：◎0→2 △3→1 ×0→1 ―2→0 …0→1",
    ]
    assert captions(MIDDLE, "nagayo")[0].startswith("8指標（前年度→今年度）：S")


def test_the_band_has_the_surveys_results_by_year():
    review = small_review(LAST)
    band = compose_result_band(review, review.catalogue.goals[0])
    assert [row_text(row) for row in band.rows] == [
        "基本目標 | 安心のまち",
        (
            "数値目標 / （令和6年度末） | 指標 | 現状値 | 令和２年度 | 令和３年度 | 令和４年度"
            " | 目標 | 推移 | 評価"
        ),
        (
            "満足度 | 62.1％ | 63.4％ | 調査なし | 62.1％ | 現状値から上昇 | 推移4"
            f" | {before('◎◎')} / △（やや遅れ）"
        ),
        "基本的な / 方向性 | 支えます。",
        "・ 増やす。",
    ]


def test_a_goal_without_numeric_targets_and_directions_has_its_title_alone():
    review = small_review(MIDDLE)
    band = compose_result_band(review, review.catalogue.goals[1])
    assert [row_text(row) for row in band.rows] == ["基本目標 | つながるまち"]


# --- footnotes -------------------------------------------------------------------


def explained(comments: Mapping[str, str], year: int = MIDDLE, **others: Any) -> Review:
    """A review in which departments explain these actuals of the year."""
    known = actuals_of(year)
    entries = tuple(
        replace(each, comment=comments.get(each.measure_id, ""))
        if each.fiscal_year == FiscalYear(year)
        else each
        for each in known.entries
    )
    return small_review(year, actuals=replace(known, entries=entries, **others))


def signs(row: Row) -> list[str]:
    return [
        span.text
        for cell in row.cells
        for content in cell.content
        if isinstance(content, Paragraph)
        for span in content.spans
        if span.style is SpanStyle.NOTE_MARK
    ]


def test_an_explained_actual_is_signed_and_its_note_stands_below_its_row():
    rows = [row_text(row) for row in table_of(explained({"calls": "窓口を分けました。"}), 1).rows]
    at = next(number for number, row in enumerate(rows) if row.startswith("相談件数"))
    assert "| 6,402件 | 6,500件＊１ | 現状値から増加 |" in rows[at]
    assert rows[at + 1] == "＊１　窓口を分けました。"
    assert rows[at + 2].startswith("犯罪件数")


def test_a_changed_mark_is_signed_and_its_note_says_what_it_was():
    rows = plan_rows(chapter(small_document(MIDDLE), "goal-g1"), "p1")
    at = next(number for number, row in enumerate(rows) if row.startswith("東病院"))
    assert rows[at].endswith("○（順調）＊１")
    assert rows[at + 1] == (
        "＊１　計算では「× 遅れ」。開院のときに一度に増えるため。（「○ 順調」に修正）"
    )


def test_the_signs_count_through_the_goal_in_the_order_of_the_page():
    """The actual's comes before the mark's in a row; the next goal begins at 1 again."""
    review = explained(
        {"two": "甲。", "bed-a": "乙。", "bed-b": "丙。", "tablets": "丁。", "crime": "戊。"}
    )
    first, second = (table_of(review, goal).rows for goal in (0, 1))
    assert [sign for row in first for sign in signs(row)] == [f"＊{n}" for n in "１２３４５"]
    (bed,) = (row for row in first if row_text(row).startswith("東病院"))
    assert signs(bed) == ["＊２", "＊３"]
    assert [sign for row in second for sign in signs(row)] == ["＊１"]
    notes = [row_text(row) for row in first if row_text(row).startswith("＊")]
    assert notes == [
        "＊１　甲。",
        "＊２　乙。 / ＊３　計算では「× 遅れ」。開院のときに一度に増えるため。（「○ 順調」に修正）",
        "＊４　丙。",
        "＊５　丁。",
    ]


def test_notes_on_rows_that_share_a_baseline_stand_below_all_of_them():
    review = explained({"tablets": "四十校です。", "boards": "選定中です。"})
    rows = table_of(review).rows[-4:]
    assert [row_text(row).split(" | ")[0] for row in rows] == [
        "計画２ / 端末",
        "黒板の配備",
        "＊２　四十校です。",
        "＊３　選定中です。",
    ]
    plan, _, baseline, *_ = rows[0].cells
    assert (plan.rowspan, baseline.rowspan) == (4, 2)


def test_a_row_and_its_note_are_kept_on_one_page():
    review = explained({"share": "甲。", "tablets": "四十校です。", "boards": "選定中です。"})
    rows = table_of(review).rows
    texts = [row_text(row) for row in rows]
    for number, text in enumerate(texts[1:], start=1):
        if text.startswith("＊"):
            assert rows[number - 1].keep_with_next, texts[number - 1]


def test_explanations_of_earlier_years_are_not_told_again():
    known = actuals_of(MIDDLE)
    entries = tuple(
        replace(each, comment="昨年のこと。") if each.fiscal_year == FiscalYear(FIRST) else each
        for each in known.entries
    )
    review = small_review(MIDDLE, actuals=replace(known, entries=entries))
    assert not any("昨年のこと" in line for line in shown(small_document(review=review).blocks()))


def test_a_mark_that_was_changed_in_an_earlier_year_has_no_sign():
    """犯罪件数 of 2020."""
    rows = table_of(small_review(MIDDLE), 1).rows
    assert [sign for row in rows for sign in signs(row)] == []


# --- comments --------------------------------------------------------------------


def comment_of(text: PlanComment, **options: Any) -> Row:
    review = small_review(MIDDLE, actuals=replace(actuals_of(MIDDLE), comments=(text,)), **options)
    goal = {"p1": 0, "p2": 0}.get(text.plan_id, 1)
    rows = plan_rows(chapter(small_document(review=review), f"goal-g{goal + 1}"), text.plan_id)
    (row,) = (row for row in table_of(review, goal).rows if row_text(row) == rows[-1])
    return row


YEAR = FiscalYear(MIDDLE)


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        (
            said("p2", YEAR, "甲。", "乙。", "丙。"),
            "主な取組 / 甲。 | 課題 / 乙。 | 今後の方向 / 丙。",
        ),
        (said("p2", YEAR, "甲。\n丁。", "乙。"), "主な取組 / 甲。 / 丁。 | 課題 / 乙。"),
        (said("p2", YEAR, "", "", "丙。"), "今後の方向 / 丙。"),
        (said("p4", YEAR, "", "乙。"), "課題 / 乙。"),
    ],
)
def test_what_the_department_says_is_the_last_row_of_its_plan(comment: PlanComment, expected: str):
    assert row_text(comment_of(comment)) == expected


@pytest.mark.parametrize("orientation", [Orientation.PORTRAIT, Orientation.LANDSCAPE])
def test_its_parts_fill_all_columns_in_about_equal_parts(orientation: Orientation):
    comment = said("p1", YEAR, "甲。", "乙。", "丙。")
    row = comment_of(comment, orientation=orientation)
    review = small_review(MIDDLE, orientation=orientation)
    widths, at = table_of(review).columns, 0
    shares = []
    for each in row.cells:
        shares.append(sum(widths[at : at + each.colspan]) / sum(widths))
        at += each.colspan
    assert at == len(widths)
    assert all(abs(share - 1 / 3) < 0.08 for share in shares), shares


@pytest.mark.parametrize(
    ("widths", "shares", "expected"),
    [
        ((10, 20, 30, 40), (1,), [4]),
        ((25, 25, 25, 25), (1, 1), [2, 2]),
        ((10, 20, 30, 40), (1, 1), [3, 1]),  # 60 is nearer to 50 than 30 is
        ((90, 4, 3, 3), (1, 1, 1), [1, 1, 2]),  # each has a column, whatever its width
        ((3, 3, 4, 90), (1, 1, 1), [2, 1, 1]),
        ((10, 10, 10), (1, 1, 1), [1, 1, 1]),
        ((12, 21, 11, 12, 12, 11, 12, 9), (1, 1, 1), [2, 3, 3]),
        ((10, 10, 10, 10, 10, 10), (5, 5, 2), [2, 3, 1]),  # 25 of 60 is between 20 and 30
        ((10, 10, 10, 10, 10, 10), (4, 2), [4, 2]),
    ],
)
def test_cells_side_by_side(widths: Sequence[int], shares: Sequence[int], expected: list[int]):
    columns: tuple[Column[None], ...] = tuple(
        Column(str(n), w, "", lambda _: None) for n, w in enumerate(widths)
    )
    cells = tuple(value_cell(str(n)) for n in range(len(shares)))
    found = list(side_by_side(columns, cells, shares))
    assert [each.colspan for each in found] == expected
    assert [cell_text(each) for each in found] == [str(n) for n in range(len(shares))]


def test_a_plan_without_a_comment_has_no_row_for_it():
    assert [
        row.split(" | ")[0] for row in plan_rows(chapter(small_document(MIDDLE), "goal-g1"), "p2")
    ] == [
        "計画２ / 端末",
        "黒板の配備",
    ]
    empty = replace(actuals_of(MIDDLE), comments=(said("p2", YEAR),))
    document = small_document(review=small_review(MIDDLE, actuals=empty))
    assert len(plan_rows(chapter(document, "goal-g1"), "p2")) == 2


def test_comments_are_the_reported_years():
    assert not any("増設しました" in line for line in shown(small_document(LAST).blocks()))
    rows = plan_rows(chapter(small_document(MIDDLE), "goal-g2"), "p3")
    assert rows[-1] == "今後の方向 / 広げます。"


def test_the_first_rows_of_a_plan_are_kept_together_and_its_last_with_the_comment():
    rows = table_of(small_review(MIDDLE)).rows
    kept = {row_text(row).split(" | ")[0]: row.keep_with_next for row in rows}
    assert (
        kept
        == {
            "計画１ / 居場所": True,
            "保育所": False,
            "認定率⏎（年度末）": False,
            "就労者数": False,
            "病床の確保": True,  # a group's name with its first row
            "東病院": True,  # and its note
            "＊１　計算では「× 遅れ」。開院のときに一度に増えるため。（「○ 順調」に修正）": True,
            "西病院": True,
            "主な取組 / 増設しました。 / 定員を増やしました。": False,
            "計画２ / 端末": True,
            "黒板の配備": True,  # with the charts below
        }
        or kept["黒板の配備"] is False
    )


# --- who is responsible ----------------------------------------------------------


def owned(**departments: list[str]) -> Mapping[str, Any]:
    """The plan with the departments of indicators of the first goal's second plan and others."""

    def of(entry: dict[str, Any]) -> dict[str, Any]:
        if "indicators" in entry:
            return {**entry, "indicators": [of(each) for each in entry["indicators"]]}
        found = departments.get(entry["id"].replace("-", "_"))
        return {**entry, "departments": found} if found else entry

    goals = [{**g, "plans": [of(plan) for plan in g["plans"]]} for g in PLAN["goals"]]
    return {**PLAN, "goals": goals}


def first_cells(plan: Mapping[str, Any], **options: Any) -> list[str]:
    """What names the rows of the second plan of the first goal."""
    review = small_review(MIDDLE, plan=read_plan(plan), **options)
    blocks = chapter(small_document(review=review), "goal-g1")
    rows = [row.split(" | ") for row in plan_rows(blocks, "p2")]
    return [*rows[0][:2], *(row[0] for row in rows[1:])]


def test_a_plans_department_is_said_once_where_all_of_its_indicators_have_it():
    plan = owned(tablets=["学務課", "企画課"], boards=["学務課", "企画課"])
    assert first_cells(plan) == ["計画２ / 端末〔学務課、企画課〕", "端末の配備", "黒板の配備"]


def test_where_they_differ_each_indicator_says_its_own():
    assert first_cells(owned(tablets=["学務課"], boards=["教育課"])) == [
        "計画２ / 端末",
        "端末の配備〔学務課〕",
        "黒板の配備〔教育課〕",
    ]
    assert first_cells(owned(tablets=["学務課"])) == [
        "計画２ / 端末",
        "端末の配備〔学務課〕",
        "黒板の配備",
    ]


def test_the_order_of_departments_tells_who_leads():
    plan = owned(tablets=["学務課", "企画課"], boards=["企画課", "学務課"])
    assert first_cells(plan)[1:] == ["端末の配備〔学務課、企画課〕", "黒板の配備〔企画課、学務課〕"]


def test_nobody_is_named_where_the_settings_do_not_ask_or_the_plan_does_not_say():
    plan = owned(tablets=["学務課"], boards=["学務課"])
    names = ["計画２ / 端末", "端末の配備", "黒板の配備"]
    assert first_cells(plan, shows_departments=False) == names
    assert first_cells(PLAN) == names


# --- contents and running heads --------------------------------------------------


def test_the_contents_list_every_plan_with_its_marks():
    document = small_document(MIDDLE)
    listed = [(each.text, each.status) for each in document.headings() if each.id[:5] == "plan-"]
    assert listed == [
        ("計画１　居場所", "◎１ ○２ △２ ×１"),
        ("計画２　端末", "○１ △１"),
        ("計画３　窓口", "◎２ △１ ×１ …１"),
        ("計画４　検討中", ""),
    ]
    headed = [
        (row.headings[0].id, row_text(row).split(" | ")[0])
        for block in document.blocks()
        for row in (block.rows if isinstance(block, Table) else ())
        if row.headings
    ]
    assert headed == [
        ("plan-p1", "計画１ / 居場所"),
        ("plan-p2", "計画２ / 端末"),
        ("plan-p3", "計画３ / 窓口"),
        ("plan-p4", "計画４ / 検討中"),
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_page_has_the_key_of_the_marks_and_its_goal(scheme: str):
    document = small_document(MIDDLE, review=small_review(MIDDLE, scheme))
    cover, *sections = document.sections
    key = "　".join(mark.label for mark in SCHEMES[scheme].marks)
    assert (cover.head, cover.foot) == ("", "")
    bars = f"{key}　｜ 棒の縦線は年度の目安" if SCHEMES[scheme].has_pace else key
    assert [section.foot for section in sections] == [key, key, bars, bars, key]
    assert [section.head for section in sections] == [
        *("", "", "Ⅰ　安心のまち", "Ⅱ　つながるまち", ""),
    ]


def test_an_override_may_take_a_mark_by_its_word():
    known = actuals_of(MIDDLE, overrides=(Override("keep", YEAR, "順調", "理由。"),))
    (row,) = rows_named(small_review(MIDDLE, actuals=known), "就労者数")
    assert row.endswith("○（順調）＊１")
