"""What is done for a Word file before its pages are known is what the writer then needs."""

from __future__ import annotations

from typing import Any

from kpireport.writers import charts
from kpireport.writers.breaks import find_breaks
from kpireport.writers.docx import ahead, write_docx
from tests.documents import document, kpi_table
from tests.review_reports import sample_document


def test_the_charts_are_those_that_the_writer_has_drawn() -> None:
    review = sample_document(2021)
    asked: list[tuple[Any, ...]] = []

    def draw(*chart: Any) -> charts.ChartImages:
        asked.append(chart)
        return charts.ChartImages(b"", b"")

    write_docx(review, draw=draw)
    assert list(ahead.drawn_charts(review)) == asked
    assert len(asked) > 5


def missed(name: str) -> int:
    """Write a table of indicators of that name; return how many texts' breaks had to be found."""
    before = find_breaks.cache_info().misses
    write_docx(document(kpi_table(("計画", 30), name=name)))
    return find_breaks.cache_info().misses - before


def test_lines_of_tables_are_broken_once() -> None:
    measured, unmeasured = "先に測っておいた指標、" * 9 + "{}", "測らずにおいた指標、" * 9 + "{}"
    ahead.measure_tables(document(kpi_table(("計画", 30), name=measured)))
    assert missed(measured) < 3
    assert missed(unmeasured) > 25
