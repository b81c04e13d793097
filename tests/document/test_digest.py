"""The digest (概要版): it stands alone, on two pages at most, and says what the review says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kpireport.document.blocks import (
    Block,
    CellBlock,
    Document,
    FigureGrid,
    Heading,
    ItemList,
    Note,
    PageBreak,
    Paragraph,
    Span,
    Table,
)
from kpireport.document.digest import compose_digest
from kpireport.document.reviews import Review
from kpireport.domain.settings import ReviewSettings
from kpireport.domain.years import FiscalYear
from kpireport.reports import Report
from kpireport.writers.pdf import lay_out
from tests.documents import ROOT
from tests.review_reports import (
    DRAFT_NOTICE,
    FIGURES,
    METADATA,
    SAMPLE_NOTICE,
    SAMPLE_YEARS,
    actuals_of,
    chapter,
    row_text,
    shown,
    small_document,
    small_review,
)

FIRST, MIDDLE, LAST = 2020, 2021, 2022
# all that is reached in the last year
REACHED = {
    **FIGURES,
    "survey": ("63.4％", "", "64.0％"),
    "share": ("97.9％", "98.6％", "100％"),
    "most": ("21.0％", "20.9％", "21.0％"),
    "two": ("171所", "176所", "181所"),
    "bed-a": ("342床", "342床", "457床"),
    "bed-b": ("390床", "445床", "490床"),
    "boards": ("未着手：", "準備：業者の選定", "達成：配備"),
    "new": ("―", "１か所", "３か所"),
    "calls": ("6,402件", "6,500件", "6,600件"),
    "visits": ("10,000件", "12,000件", "13,000件"),
    "fresh": ("5％", "10％", "20％"),
}


def digest(year: int, *, review: Review | None = None, **words: Any) -> Document:
    settings = ReviewSettings(FiscalYear(year), Path("actuals.xlsx"), **words)
    return compose_digest(review or small_review(year), settings, METADATA)


def blocks(document: Document) -> tuple[Block, ...]:
    (section,) = document.sections
    return section.blocks


def spans(parts: tuple[Block | CellBlock, ...]) -> Iterator[Span]:
    """All runs of text, however deep."""
    for part in parts:
        match part:
            case Paragraph():
                yield from part.spans
            case ItemList():
                for item in part.items:
                    yield from spans(item.content)
            case Note():
                yield from spans(part.content)
            case Table():
                for row in (*part.header_rows, *part.rows):
                    for cell in row.cells:
                        yield from spans(cell.content)
            case _:
                pass


def late_table(document: Document) -> Table:
    return next(
        each
        for each in blocks(document)
        if isinstance(each, Table) and each.caption and each.caption.id == "table-late"
    )


def test_a_masthead_stands_in_the_place_of_a_cover():
    found = shown(blocks(digest(MIDDLE, issued="令和４年９月")))
    assert found[:3] == [
        "みどり市⏎総合計画",
        "# 令和３年度の結果（概要版）",
        "令和４年９月　みどり市",
    ]
    assert shown(blocks(digest(MIDDLE)))[2] == "みどり市"
    assert shown(blocks(digest(MIDDLE, title=("一年の", "あゆみ"))))[0] == "一年の⏎あゆみ"


def test_it_is_called_a_digest_in_the_catalogues_too():
    assert digest(MIDDLE).metadata.title == f"{METADATA.title}（概要版）"


@pytest.mark.parametrize("year", [FIRST, MIDDLE, LAST])
def test_it_says_what_the_page_of_the_review_says(year: int):
    words: dict[str, Any] = {"results": ("増やした。",), "problems": ("土地がない。",)}
    page = shown(chapter(small_document(year, **words), "glance"))[1:]
    worst = next((at for at, line in enumerate(page) if line.startswith("= 遅れの大きい")), None)
    own = page[:worst]  # the digest has a table of what is behind
    assert shown(blocks(digest(year, **words)))[3 : 3 + len(own)] == own


@pytest.mark.parametrize("year", [FIRST, MIDDLE, LAST])
def test_it_refers_to_nothing_that_it_has_not_got(year: int):
    document = digest(year, contact="企画課")
    found = tuple(spans(blocks(document)))
    ids = {each.id for each in document.headings()}
    assert not any(each.is_page for each in found)
    assert {each.target for each in found} <= ids | {None}


def test_the_worst_is_on_a_page_of_its_own():
    document = digest(MIDDLE)
    late = small_review(MIDDLE).summary.late
    table = late_table(document)
    assert row_text(table.header_rows[0]).split(" | ") == [
        *(
            "指標",
            "目標値",
            "実績",
            "目標まで",
            "評価",
            "理由",
        )  # no department is named
    ]
    assert len(table.rows) == min(8, len(late))
    assert small_review(MIDDLE).names[late[0].measure_id] in row_text(table.rows[0])
    assert any(isinstance(each, PageBreak) for each in blocks(document))


def test_of_many_it_says_how_many_there_are():
    report = Report.open(ROOT / "reports" / "2021")
    assert report.review is not None
    late = len(report.review.summary.late)
    assert late > 8
    table = late_table(Report(report.settings.digest, report.folder).document)
    assert len(table.rows) == 8
    assert row_text(table.header_rows[0]).endswith(" | 所管課")
    assert table.caption is not None
    assert table.caption.text.endswith(f"（{late}件のうち、遅れの大きい８件）")


def test_where_nothing_is_behind_one_page_says_all():
    review = small_review(LAST, actuals=actuals_of(LAST, REACHED, ()))
    assert not review.summary.late
    found = blocks(digest(LAST, review=review, contact="企画課"))
    assert not any(isinstance(each, PageBreak) for each in found)
    assert [each.text for each in found if isinstance(each, Heading)] == [
        "令和４年度の結果（概要版）"
    ]
    assert shown(found)[-1] == "問い合わせ先　企画課"


def test_the_rules_are_those_in_use():
    found = shown(blocks(digest(MIDDLE)))
    for mark in small_review(MIDDLE).evaluation.scheme.marks:
        assert any(line.startswith(f"・ {mark.label}：") for line in found)


def test_notices_and_the_key_of_marks_are_on_every_page():
    (section,) = digest(MIDDLE, is_draft=True, is_sample=True).sections
    assert section.notices == (DRAFT_NOTICE, SAMPLE_NOTICE)
    assert section.foot == "　".join(
        mark.label for mark in small_review(MIDDLE).evaluation.scheme.marks
    )


@pytest.mark.parametrize("year", SAMPLE_YEARS)
def test_the_samples_digests_have_two_pages(year: int):
    report = Report.open(ROOT / "reports" / str(year))
    document = Report(report.settings.digest, report.folder).document
    assert len(lay_out(document).pages) == 2
    assert sum(isinstance(each, FigureGrid) for each in blocks(document)) == 2
