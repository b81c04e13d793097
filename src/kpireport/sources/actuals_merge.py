"""The same year from several reports: one fact each, or a contradiction.

Comes in: what the sheets of this year's and earlier reports say. Goes out: each
measure's year once. An earlier report may have left a value open (集計中) that a later
one gives; two different values are an error, for nobody can say which one holds.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from kpireport.domain.actuals import Actual, Override, PlanComment
from kpireport.domain.numerals import fold_width
from kpireport.domain.years import format_fiscal_year
from kpireport.findings import Findings
from kpireport.messages import quoted
from kpireport.sources.actuals_rows import Found

_Fact = TypeVar("_Fact", Actual, PlanComment, Override)


def merge_actuals(found: Iterable[Found[Actual]], findings: Findings) -> list[Found[Actual]]:
    """Each measure's year once; a reported value comes before one that was left open."""
    return _merge(
        found,
        key=lambda actual: (actual.measure_id, actual.fiscal_year),
        meaning=_meaning,
        shown=_shown,
        findings=findings,
    )


def merge_comments(
    found: Iterable[Found[PlanComment]], findings: Findings
) -> list[Found[PlanComment]]:
    """Each plan's year once."""
    return _merge(
        found,
        key=lambda comment: (comment.plan_id, comment.fiscal_year),
        meaning=lambda comment: comment,
        shown=lambda _: "コメント",
        findings=findings,
    )


def merge_overrides(found: Iterable[Found[Override]], findings: Findings) -> list[Found[Override]]:
    """Each overridden judgement once."""
    return _merge(
        found,
        key=lambda override: (override.measure_id, override.fiscal_year),
        meaning=lambda override: override,
        shown=lambda override: quoted(override.mark),
        findings=findings,
    )


def _merge(
    found: Iterable[Found[_Fact]],
    *,
    key: Callable[[_Fact], Hashable],
    meaning: Callable[[_Fact], Hashable],
    shown: Callable[[_Fact], str],
    findings: Findings,
) -> list[Found[_Fact]]:
    """Keep the first of each key; ``meaning`` is ``None`` for what leaves the matter open."""
    kept: dict[Hashable, Found[_Fact]] = {}
    for new in found:
        first = kept.setdefault(key(new.fact), new)
        if first is new:
            continue
        same_file = first.file == new.file
        meant, now = meaning(first.fact), meaning(new.fact)
        if same_file or (meant is not None and now is not None and meant != now):
            _note_repetition(first, new, shown, is_same=meant == now, findings=findings)
        elif meant is None and now is not None:
            kept[key(new.fact)] = new
    return list(kept.values())


def _note_repetition(
    first: Found[_Fact],
    new: Found[_Fact],
    shown: Callable[[_Fact], str],
    *,
    is_same: bool,
    findings: Findings,
) -> None:
    id_ = first.fact.plan_id if isinstance(first.fact, PlanComment) else first.fact.measure_id
    year = format_fiscal_year(new.fact.fiscal_year)
    where = first.place if first.file == new.file else f"{first.file} の {first.place}"
    if is_same:
        what = f"{quoted(id_)}の{year}が、{where} にもあります。"
    else:
        what = (
            f"{quoted(id_)}の{year}が{shown(new.fact)}ですが、{where} では{shown(first.fact)}です。"
        )
    log = findings.of(new.file).about(new.about, *_of_whom(new.fact))
    log.add(new.place, what, "正しいほうを1つだけ残してください。")


def _of_whom(fact: Actual | PlanComment | Override) -> tuple[str, str]:
    """The indicator's id and the department, as far as the fact has them."""
    if isinstance(fact, PlanComment):
        return "", ""
    return fact.measure_id, fact.department if isinstance(fact, Actual) else ""


def _meaning(actual: Actual) -> Hashable:
    """What was reported, spelling aside; ``None`` if nothing was."""
    if not actual.is_reported:
        return None
    value = actual.value
    if value is None:
        return (actual.state,)
    if value.quantities:
        return tuple((each.value, each.unit, each.prefix) for each in value.quantities)
    return (actual.state, "".join(fold_width(value.text).split()))


def _shown(actual: Actual) -> str:
    if actual.value is not None:
        return quoted(actual.value.text)
    return quoted(str(actual.state)) if actual.state else "未報告"
