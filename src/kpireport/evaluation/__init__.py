"""Progress (進捗) and judgement (評価) of a plan's rows: pure functions, schemes as data.

Comes in: the catalogue, the departments' actuals, the report's year and a scheme. Goes
out: an :class:`Evaluation` with a mark, its reason and the exact rates for every row and
year, a :class:`Summary` of a year, and a :class:`Rollup` of what plans and goals come to.
Nothing here is text of the document: that is :mod:`kpireport.document.judgements`.
"""

from kpireport.evaluation.criteria import Criteria
from kpireport.evaluation.criteria_settings import criteria_from_settings
from kpireport.evaluation.judgements import Evaluation, FurtherRates, Judgement
from kpireport.evaluation.judging import evaluate, judge_measure
from kpireport.evaluation.marks_of_people import VALUES_ONLY, scheme_of_people
from kpireport.evaluation.presets import LINEAR, SCHEMES
from kpireport.evaluation.rollup_settings import rollup_from_settings
from kpireport.evaluation.rollups import NO_ROLLUP, Rollup, RollupRules, roll_up
from kpireport.evaluation.scheme_settings import scheme_from_settings
from kpireport.evaluation.schemes import Mark, MarkLevel, Scheme, Task
from kpireport.evaluation.summaries import (
    ChangedMarks,
    MarkChange,
    MarkCounts,
    Summary,
    YearCounts,
    summarize,
)

__all__ = [
    "LINEAR",
    "NO_ROLLUP",
    "SCHEMES",
    "VALUES_ONLY",
    "ChangedMarks",
    "Criteria",
    "Evaluation",
    "FurtherRates",
    "Judgement",
    "Mark",
    "MarkChange",
    "MarkCounts",
    "MarkLevel",
    "Rollup",
    "RollupRules",
    "Scheme",
    "Summary",
    "Task",
    "YearCounts",
    "criteria_from_settings",
    "evaluate",
    "judge_measure",
    "roll_up",
    "rollup_from_settings",
    "scheme_from_settings",
    "scheme_of_people",
    "summarize",
]
