"""Whether a report's criteria and its plan speak of the same: classes of indicators, marks.

Comes in: criteria and a plan that could be read. Goes out: problems, each in its file.
"""

from __future__ import annotations

from kpireport.domain.catalogue import Catalogue
from kpireport.domain.layouts import FURTHER
from kpireport.evaluation.criteria import Criteria
from kpireport.findings import Findings
from kpireport.messages import did_you_mean, quoted


def check_criteria(
    criteria: Criteria, plan: Catalogue, settings: Findings, catalogue: Findings
) -> None:
    """Note the classes that the plan does not have, and columns of marks that there are not."""
    _check_categories(criteria, plan, settings)
    keys = [each.key for each in criteria.further]
    for index, column in enumerate(plan.layouts.review):
        key = column.name.removeprefix(FURTHER)
        if column.name.startswith(FURTHER) and key not in keys:
            remedy = did_you_mean(key, keys) if keys else ""
            catalogue.add(
                f"layout.review[{index}]",
                f"設定の [[evaluation.further]] に、key が{quoted(key)}のものがありません。",
                remedy or "[[evaluation.further]] に書くか、この列を消してください。",
            )


def _check_categories(criteria: Criteria, plan: Catalogue, log: Findings) -> None:
    known = [each.key for each in plan.categories]
    places = [("evaluation", criteria)]
    places += [
        (f"evaluation.earlier（{each.until.year}まで）", each.criteria) for each in criteria.earlier
    ]
    places += [(f"evaluation.further（{each.key}）", each.criteria) for each in criteria.further]
    for place, each in places:
        for key in each.categories:
            if key not in known:
                log.add(
                    f"{place}.category.{key}",
                    f"計画に{quoted(key)}という区分がありません。",
                    did_you_mean(key, known)
                    if known
                    else "計画のファイルの categories に区分を書くか、この表を消してください。",
                )
