"""Progress (進捗) and judgement (評価) of a plan's rows: pure functions, schemes as data.

Comes in: the catalogue, the departments' actuals, the report's year and a scheme. Goes
out: an :class:`Evaluation` with a mark, its reason and the exact rates for every row and
year, a :class:`Summary` of a year, and a :class:`Rollup` of what plans and goals come to.
Nothing here is text of the document: that is :mod:`kpireport.document.judgements`.

Each name is loaded when it is first used: a plan without marks waits for no judging.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpireport.lazily import finding, homes

_HOMES = homes(
    __name__,
    {
        "criteria": "Criteria",
        "criteria_settings": "criteria_from_settings",
        "judgements": "Evaluation FurtherRates Judgement",
        "judging": "evaluate judge_measure",
        "marks_of_people": "VALUES_ONLY scheme_of_people",
        "presets": "LINEAR SCHEMES",
        "rollup_settings": "rollup_from_settings",
        "rollups": "NO_ROLLUP Rollup RollupRules roll_up",
        "scheme_settings": "scheme_from_settings",
        "schemes": "Mark MarkLevel Scheme Task",
        "summaries": "ChangedMarks MarkChange MarkCounts Summary YearCounts summarize",
    },
)
__all__ = list(_HOMES)

if TYPE_CHECKING:  # the same once more, for what reads code without running it
    from kpireport.evaluation.criteria import Criteria as Criteria
    from kpireport.evaluation.criteria_settings import (
        criteria_from_settings as criteria_from_settings,
    )
    from kpireport.evaluation.judgements import Evaluation as Evaluation
    from kpireport.evaluation.judgements import FurtherRates as FurtherRates
    from kpireport.evaluation.judgements import Judgement as Judgement
    from kpireport.evaluation.judging import evaluate as evaluate
    from kpireport.evaluation.judging import judge_measure as judge_measure
    from kpireport.evaluation.marks_of_people import VALUES_ONLY as VALUES_ONLY
    from kpireport.evaluation.marks_of_people import scheme_of_people as scheme_of_people
    from kpireport.evaluation.presets import LINEAR as LINEAR
    from kpireport.evaluation.presets import SCHEMES as SCHEMES
    from kpireport.evaluation.rollup_settings import rollup_from_settings as rollup_from_settings
    from kpireport.evaluation.rollups import NO_ROLLUP as NO_ROLLUP
    from kpireport.evaluation.rollups import Rollup as Rollup
    from kpireport.evaluation.rollups import RollupRules as RollupRules
    from kpireport.evaluation.rollups import roll_up as roll_up
    from kpireport.evaluation.scheme_settings import scheme_from_settings as scheme_from_settings
    from kpireport.evaluation.schemes import Mark as Mark
    from kpireport.evaluation.schemes import MarkLevel as MarkLevel
    from kpireport.evaluation.schemes import Scheme as Scheme
    from kpireport.evaluation.schemes import Task as Task
    from kpireport.evaluation.summaries import ChangedMarks as ChangedMarks
    from kpireport.evaluation.summaries import MarkChange as MarkChange
    from kpireport.evaluation.summaries import MarkCounts as MarkCounts
    from kpireport.evaluation.summaries import Summary as Summary
    from kpireport.evaluation.summaries import YearCounts as YearCounts
    from kpireport.evaluation.summaries import summarize as summarize

__getattr__ = finding(__name__, _HOMES)
