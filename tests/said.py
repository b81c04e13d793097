"""What a department says of a plan in the usual columns, in short."""

from __future__ import annotations

from kpireport.domain.actuals import PlanComment
from kpireport.domain.years import FiscalYear


def said(
    plan_id: str,
    year: FiscalYear,
    initiatives: str = "",
    issues: str = "",
    outlook: str = "",
) -> PlanComment:
    """Return the comment: 主な取組, 課題, 今後の方向."""
    texts = {"initiatives": initiatives, "issues": issues, "outlook": outlook}
    return PlanComment.of(plan_id, year, texts)
