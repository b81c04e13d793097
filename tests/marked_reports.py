"""Reports without rules for tests: marks that people chose, and values alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from kpireport.document.reviews import Review
from kpireport.domain.actuals import Actuals
from kpireport.evaluation import Scheme, scheme_from_settings
from tests.review_reports import actuals_of, small_review, write_review

NONE = 'scheme = "none"'
MARKS = """\
scheme = "given"
marks = [
  { symbol = "A", word = "順調", level = "on_track" },
  { symbol = "B", word = "やや遅れ", level = "behind" },
  { symbol = "C", word = "遅れ", level = "late" },
]
"""
CHOICES = ("A 順調", "B やや遅れ", "C 遅れ", "― 対象外")
CHOSEN = {"share": "A", "two": "B", "most": "C", "keep": "A", "survey": "B"}
"""The marks of the year by measure's id; what else is reported has none."""


def people(*marks: tuple[str, str, str], **settings: Any) -> Scheme:
    """The scheme of marks of a symbol, a word and a level each."""
    keys = ("symbol", "word", "level")
    listed = [dict(zip(keys, each, strict=True)) for each in marks]
    return scheme_from_settings({"scheme": "given", "marks": listed, **settings})


ABC = people(("A", "順調", "on_track"), ("B", "やや遅れ", "behind"), ("C", "遅れ", "late"))


def chosen(marks: Mapping[str, str], year: int = 2021, before: str = "") -> Actuals:
    """The small plan's actuals with marks of the year; ``before`` is everyone's until then."""
    known = actuals_of(year)
    entries = tuple(
        replace(
            each,
            mark=marks.get(each.measure_id, "") if each.fiscal_year.year == year else before,
        )
        for each in known.entries
    )
    return replace(known, entries=entries)


def marked_review(marks: Mapping[str, str] = CHOSEN, scheme: Scheme = ABC, **more: Any) -> Review:
    """The small plan's review with marks that people chose."""
    return small_review(scheme=scheme, actuals=chosen(marks, before="B"), **more)


def with_marks(report: Path, marks: Mapping[str, object], year: int = 2021) -> Path:
    """Add the column 評価 to a report's workbook, filled by measure's id."""
    path = report / "actuals.xlsx"
    book = load_workbook(path)
    sheet = book["実績"]
    column = sheet.max_column + 1
    sheet.cell(1, column, "評価")
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, 3).value == year and sheet.cell(row, 1).value in marks:
            sheet.cell(row, column, marks[sheet.cell(row, 1).value])
    book.save(path)
    return report


def write_marked(folder: Path, marks: Mapping[str, object] = CHOSEN, **more: Any) -> Path:
    """Write a report folder whose marks people chose."""
    return with_marks(write_review(folder, evaluation=MARKS, **more), marks)
