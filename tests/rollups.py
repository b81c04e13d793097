"""Rolled-up marks for tests: settings of the small plan, and its review with them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kpireport.document.reviews import Review
from kpireport.domain.actuals import Override, PlanComment
from kpireport.domain.catalogue import Catalogue
from kpireport.evaluation import LINEAR, RollupRules, rollup_from_settings
from tests.review_reports import OVERRIDES, actuals_of, small_plan, small_review

ABC = """
marks = [
  { symbol = "A", word = "よい", level = "reached" },
  { symbol = "B", word = "注意", level = "behind" },
  { symbol = "C", word = "問題", level = "late" },
]
"""
SHARES = f"""
of = ["plan", "goal"]
by = "points"
points = {{ reached = 3, on_track = 2, behind = 1, late = 0 }}
as_share = true
bands = [
  {{ from = 80, mark = "A" }},
  {{ from = 55, mark = "B" }},
  {{ mark = "C" }},
]
share_of = ["A", "B"]
{ABC}
"""
GIVEN = f'of = ["plan"]\nby = "given"\n{ABC}'


def rules(rollup: str, plan: Catalogue | None = None) -> RollupRules:
    """The rules that settings ask for, of the small plan and the usual scheme."""
    return rollup_from_settings({"rollup": tomllib.loads(rollup)}, LINEAR, plan or small_plan())


def rolled_review(
    rollup: str = SHARES,
    year: int = 2021,
    *,
    overrides: Sequence[Override] = (),
    comments: Sequence[PlanComment] = (),
    **more: Any,
) -> Review:
    """The small plan's review with rolled-up marks."""
    known = actuals_of(year, overrides=(*OVERRIDES, *overrides))
    known = replace(known, comments=(*known.comments, *comments))
    return small_review(year, actuals=known, rollup=rules(rollup), **more)


def evaluation_table(rollup: str) -> str:
    """The same as it stands in a report's settings, below ``[evaluation]``."""
    return f"[evaluation.rollup]\n{rollup}"
