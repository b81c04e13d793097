"""Corrected and late values: marked in the rows, noted below each, listed in the appendix."""

from __future__ import annotations

import re
from dataclasses import replace

from kpireport.document.blocks import Table
from kpireport.document.corrections import notes_id
from kpireport.document.goal_bands import compose_result_band
from kpireport.document.kpi_tables import compose_result_table
from kpireport.document.rules import compose_rules
from kpireport.document.styles import SpanStyle
from kpireport.document.texts import row_id
from kpireport.domain.actuals import Actuals
from kpireport.domain.years import FiscalYear
from tests.review_reports import (
    FIGURES,
    actuals_of,
    chapter,
    part,
    row_text,
    shown,
    small_document,
    small_review,
)

MIDDLE = 2021


def _corrected() -> Actuals:
    """In 2020 the rate was another, 病床 had a reason, the survey had no entry at all."""
    was = {
        **FIGURES,
        "survey": ("", ""),
        "share": ("97.5％", ""),
        "bed-a": ("!集計中", ""),
    }
    return replace(actuals_of(MIDDLE), before=actuals_of(MIDDLE - 1, was))


def test_the_values_are_marked_in_the_order_of_the_rows():
    review = small_review(MIDDLE, actuals=_corrected())
    goal = review.catalogue.goals[0]
    [table] = compose_result_table(review, goal, goal.plans)
    marked = [text for row in table.rows if "訂" in (text := row_text(row))]
    said = ["97.9％ / 訂２", "訂２　令和２年度の実績を", "342床 / 訂３", "訂３　令和２年度の実績を"]
    assert [text in row for text, row in zip(said, marked, strict=True)] == [True] * 4


def test_the_notes_say_what_last_years_document_said():
    review = small_review(MIDDLE, actuals=_corrected())
    lines = shown(chapter(small_document(MIDDLE, review=review), "goal-g1"))
    notes = re.findall("訂.　.*?。.*?。", "\n".join(lines))
    assert notes == [
        "訂１　令和２年度の実績を追加。前年度の報告書では調査なし。",
        "訂２　令和２年度の実績を訂正。前年度の報告書では「97.5％」。",
        "訂３　令和２年度の実績を追加。前年度の報告書では未報告（集計中）。",
    ]


def test_a_note_stands_below_the_row_that_it_is_about_and_stays_with_it():
    review = small_review(MIDDLE, actuals=_corrected())
    goal = review.catalogue.goals[0]
    [table] = compose_result_table(review, goal, goal.plans)
    for rows, id_ in ((table.rows, "share"), (compose_result_band(review, goal).rows, "survey")):
        at = next(number for number, row in enumerate(rows) if row.id == row_id(id_))
        assert rows[at + 1].id == notes_id(id_)
        assert rows[at].keep_with_next


def test_every_mark_leads_to_its_note():
    review = small_review(MIDDLE, actuals=_corrected())
    [span] = review.correction_marks("share", FiscalYear(2020))
    assert span.style is SpanStyle.NOTE_MARK
    document = small_document(MIDDLE, review=review, lists_all_years=True)
    ids = [row.id for each in document.blocks() if isinstance(each, Table) for row in each.rows]
    assert ids.count(span.target or "") == 1
    assert review.correction_marks("share", FiscalYear(MIDDLE)) == ()


def test_the_appendix_lists_them_all():
    review = small_review(MIDDLE, actuals=_corrected())
    document = small_document(MIDDLE, review=review, lists_all_years=True)
    lines = shown(part(chapter(document, "appendix"), "appendix-2"))
    assert lines[1:] == [
        "= 番号 | 戦略計画 | 指標 | 年度 | 前年度の報告書 | 本書 | 区分",
        "訂１ | 数値目標（Ⅰ） | 満足度 | 令和２年度 | 調査なし | 63.4％ | 追加",
        "訂２ | 計画１ | 受入率 | 令和２年度 | 97.5％ | 97.9％ | 訂正",
        "訂３ | 計画１ | 病床の確保　東病院 | 令和２年度 | 未報告（集計中） | 342床 | 追加",
    ]
    years = shown(part(chapter(document, "appendix"), "appendix-4"))
    assert any("97.9％［△（やや遅れ）］訂２" in each for each in years)


def test_the_sample_of_the_table_has_no_marks():
    review = small_review(MIDDLE, actuals=_corrected())
    assert "訂" not in "".join(shown(compose_rules(review)))
    assert "訂" not in "".join(shown(chapter(small_document(MIDDLE), "appendix")))


def test_final_values_are_said_to_be_so():
    was = {**FIGURES, "share": ("97.5％（速報値）", "")}
    actuals = replace(actuals_of(MIDDLE), before=actuals_of(MIDDLE - 1, was))
    review = small_review(MIDDLE, actuals=actuals)
    document = small_document(MIDDLE, review=review)
    text = "\n".join(shown(chapter(document, "goal-g1")))
    assert "の実績を確定。前年度の報告書では「97.5％（速報値）」。" in text
    assert "前年度の報告書の後に追加、確定または訂正した実績" in "\n".join(shown(document.blocks()))


def test_values_that_are_not_final_are_counted_and_listed():
    figures = {**FIGURES, "share": ("97.9％", "98.6％（見込み）")}
    review = small_review(MIDDLE, actuals=actuals_of(MIDDLE, figures))
    document = small_document(MIDDLE, review=review)
    text = "\n".join(shown(document.blocks()))
    assert "見込み・速報値による評価　１件" in text
    assert "評価のうち１指標は、見込みや速報値によるもので、確定した値ではありません。" in text
    assert "98.6％（見込み）" in "\n".join(shown(chapter(document, "goal-g1")))
    plain = "\n".join(shown(small_document(MIDDLE).blocks()))
    assert "見込み" not in plain
