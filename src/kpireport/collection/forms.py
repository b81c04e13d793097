"""What a department's workbook looks like: what is handed out, and what is read back.

The sheets for filling in have the columns of the report's own forms
(:mod:`kpireport.sources.actuals_forms`), so that the same reader reads both; between them
stand columns for the eye: what the plan says and what was reported before. They are locked,
and compared on the way back. Rows for groups (a plan's name) have no id, nor have those
that another department fills in.
"""

from __future__ import annotations

from kpireport.domain.catalogue import Indicator, Measure
from kpireport.domain.layouts import DETAIL_WORDS, NO_DETAILS, LayoutName
from kpireport.domain.names import in_one_line
from kpireport.domain.wording import Words
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.sources.actuals_forms import ACTUALS, COMMENTS, PLAN, VALUE, YEAR, plan_title

COVER = "はじめにお読みください"
VALUES, WORDS = ACTUALS.name, COMMENTS  # the sheets' names: 実績, 計画コメント

BASELINE, TARGET, UNIT = "現状値", "目標値", "単位"
ABOUT = "期間・備考など"  # what the plan says besides of how an indicator is counted
NO_SURVEY_THIS_YEAR = "今年度は調査なし"  # of what is not asked for in the year
ELSEWHERE = "が記入"  # of what stands where another department fills in: 保育課が記入

# custom document properties of a handed-out workbook: they outlive a new file name
FORM_PROPERTY, FORM_VERSION = "kpireport-form", "1"
YEAR_PROPERTY = "kpireport-fiscal-year"  # 2021
DEPARTMENT_PROPERTY = "kpireport-department"  # 保育課
PLAN_PROPERTY = "kpireport-plan"  # what the plan said of its measures, as a sum


def shown_title(title: str, words: Words) -> str:
    """A column's title as the plan's departments know it: ``基準値`` for 現状値."""
    if title == PLAN:
        return plan_title(words.plan)
    return words.put_into(title) if title in (BASELINE, TARGET, YEAR) else title


def asked_target(measure: Measure, year: FiscalYear) -> str:
    """What stands in 目標値: the year's own target before the last one, or that alone."""
    own = measure.yearly_target(year)
    return f"{own.text}\n（最終 {measure.target.text}）" if own else measure.target.text


def said_besides(measure: Measure) -> str:
    """What stands in 期間・備考など, line by line; empty where the plan says nothing of it."""
    details = measure.details if isinstance(measure, Indicator) else NO_DETAILS
    named = (LayoutName.PERIOD, LayoutName.DEFINITION, LayoutName.REMARKS)
    told = ((DETAIL_WORDS[name], in_one_line(details.text(name))) for name in named)
    return "\n".join(f"{word}：{text}" for word, text in told if text)


def earlier_title(year: FiscalYear, title: str = VALUE) -> str:
    """The title of a column with what was reported before: ``令和２年度の主な取組``."""
    return f"{format_fiscal_year(year)}の{title}"
