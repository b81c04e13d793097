"""The same year from several reports: one fact each, or a contradiction.

Comes in: what the sheets of this year's and earlier reports say. Goes out: each
measure's year once. An earlier report may have left a value open (集計中) that a later
one gives, and a later year's report may correct what an earlier one said. Two different
values in reports of one year are an error, for nobody can say which one holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from kpireport.domain.actuals import Actual, Override, PlanComment
from kpireport.domain.corrections import meaning_of
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.findings import Findings
from kpireport.messages import quoted
from kpireport.sources.actuals_rows import Found

_Fact = TypeVar("_Fact", Actual, PlanComment, Override)


def merge_actuals(found: Collection[Found[Actual]], findings: Findings) -> list[Found[Actual]]:
    """Each measure's year once; a reported value comes before one that was left open.

    What a report says of an earlier year than its own, corrects an earlier report.
    """
    reported: dict[str, FiscalYear] = {}
    for each in found:
        year = each.fact.fiscal_year
        reported[each.file] = max(year, reported.get(each.file, year))
    merged = _merge(
        found,
        key=lambda actual: (actual.measure_id, actual.fiscal_year),
        meaning=meaning_of,
        shown=shown,
        findings=findings,
        reported=reported,
    )
    return _with_all_answers(merged, found, reported)


def _with_all_answers(
    merged: Iterable[Found[Actual]],
    found: Iterable[Found[Actual]],
    reported: Mapping[str, FiscalYear],
) -> list[Found[Actual]]:
    """Each with the answers of all reports: who corrects a value need not repeat what else is so.

    Of two answers to one question the later report's holds.
    """
    answers: dict[tuple[str, FiscalYear], dict[str, str]] = {}
    for each in sorted(found, key=lambda each: reported[each.file]):
        key = (each.fact.measure_id, each.fact.fiscal_year)
        answers.setdefault(key, {}).update(each.fact.answers)
    return [
        replace(each, fact=each.fact.answering(said)) if said != dict(each.fact.answers) else each
        for each in merged
        for said in (answers[each.fact.measure_id, each.fact.fiscal_year],)
    ]


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
    reported: Mapping[str, FiscalYear] | None = None,
) -> list[Found[_Fact]]:
    """Keep the first of each key; ``meaning`` is ``None`` for what leaves the matter open.

    ``reported`` is the year of each file's report: of two that are known, the later one holds.
    """
    reported = reported or {}
    kept: dict[Hashable, Found[_Fact]] = {}
    for new in found:
        first = kept.setdefault(key(new.fact), new)
        if first is new:
            continue
        same_file = first.file == new.file
        meant, now = meaning(first.fact), meaning(new.fact)
        is_known = meant is not None and now is not None
        is_later = _is_later(first, new, reported) and not same_file
        if is_known and meant != now and is_later:
            kept[key(new.fact)] = max(first, new, key=lambda each: reported[each.file])
        elif same_file or (is_known and meant != now):
            _note_repetition(first, new, shown, is_same=meant == now, findings=findings)
        elif meant is None and now is not None:
            kept[key(new.fact)] = new
    return list(kept.values())


def _is_later(one: Found[_Fact], other: Found[_Fact], reported: Mapping[str, FiscalYear]) -> bool:
    """Whether one of two reports is a later year's than the other."""
    years = {reported[each.file] for each in (one, other) if each.file in reported}
    return len(years) > 1


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


def shown(actual: Actual) -> str:
    """What was reported, as messages quote it."""
    if actual.value is not None:
        return quoted(actual.value.text)
    return quoted(str(actual.state)) if actual.state else "未報告"
