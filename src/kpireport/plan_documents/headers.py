"""Which column of a table is what, beside one another.

Comes in: the headers of a table's columns and what stands below them. Goes out: each column's
role: of the columns that could be the target, say, one is; the others are kept as what they
can be, or as texts under their own headers. None is dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kpireport.plan_documents.captions import (
    Assigned,
    Caption,
    by_contents,
    by_words,
    is_figure,
    is_number,
    is_plain_figure,
    is_series,
    is_unit,
    words_in,
    year_of,
)
from kpireport.plan_documents.joining import one_line
from kpireport.plan_documents.times import years_in
from kpireport.plan_documents.vocabulary import LEVELS, TIMES_OF_PLACES, VALUES, Role

_ONLY_A_YEAR = "年度だけの見出し"
_UNKNOWN = "知らない見出しなので、欄にしました"


def assign(captions: Sequence[Caption], contents: Sequence[Sequence[str]]) -> tuple[Assigned, ...]:
    """What each column is.

    Args:
        captions: the columns' headers.
        contents: what stands below each.
    """
    columns = [
        by_words(index, caption)
        or _year_alone(index, caption)
        or by_contents(index, caption, contents[index])
        or _unknown(index, caption, contents[index])
        for index, caption in enumerate(captions)
    ]
    columns = [_checked_series(each, contents[each.index]) for each in columns]
    columns = [_checked_level(each, contents[each.index]) for each in columns]
    columns = [_checked_time(each, contents[each.index]) for each in _times(columns)]
    columns = _indicators(_years_alone(columns), contents)
    columns = _targets(_goals_called_targets(columns, contents))
    return tuple(_twins(_once(_levels(_baselines(columns, contents), contents))))


def _year_alone(index: int, caption: Caption) -> Assigned | None:
    year = year_of(caption.texts[-1]) if caption.texts else None
    if year is None or words_in(caption.texts[-1]):
        return None
    return Assigned(
        index, caption, Role.DETAIL, _ONLY_A_YEAR, year, is_sure=False, is_year_alone=True
    )


def _unknown(index: int, caption: Caption, texts: Sequence[str]) -> Assigned:
    if not any(each.strip() for each in texts):
        return Assigned(index, caption, Role.LEFT, "空の列")
    year = year_of(caption.texts[-1]) if caption.texts else None
    return Assigned(index, caption, Role.DETAIL, _UNKNOWN, year)


_Columns = list[Assigned]
_Contents = Sequence[Sequence[str]]


def _checked_series(column: Assigned, texts: Sequence[str]) -> Assigned:
    """区分 is whether a row has targets or actuals only where its cells say so."""
    if column.role is not Role.SERIES:
        return column
    filled = [each for each in texts if each.strip()]
    if filled and all(map(is_series, filled)):
        return column
    return replace(column, role=Role.DETAIL, why=_UNKNOWN)


def _checked_level(column: Assigned, texts: Sequence[str]) -> Assigned:
    """計画 and 増減目標 above figures are what is planned, no level."""
    if column.role not in LEVELS or not any(each.strip() for each in texts):
        return column
    figures = [each for each in texts if each.strip() and not is_number(each)]
    if not figures or not all(map(is_plain_figure, figures)):
        return column
    return replace(
        column, role=Role.TARGET, why=f"{column.why}（数があるので、目標値）", is_sure=False
    )


def _times(columns: _Columns) -> _Columns:
    """年度 behind a column of figures is the time of those."""
    times = {Role.BASELINE: Role.BASELINE_TIME, Role.TARGET: Role.TARGET_TIME}
    for before, each in pairwise(columns):
        is_time = (
            words_in(each.caption.texts[-1]) in TIMES_OF_PLACES if each.caption.texts else False
        )
        if each.role is Role.DETAIL and is_time and before.role in times:
            why = "左の列の値の時点です"
            columns = _swap(columns, each.index, times[before.role], why, is_sure=True)
    return columns


def _checked_time(column: Assigned, texts: Sequence[str]) -> Assigned:
    """基準年度 above figures has the values of that year."""
    roles = {Role.BASELINE_TIME: Role.BASELINE, Role.TARGET_TIME: Role.TARGET}
    filled = [each for each in texts if each.strip()]
    if column.role not in roles or column.year is None or not filled:
        return column
    if any(years_in(each) for each in filled) or not all(map(is_figure, filled)):
        return column
    return replace(column, role=roles[column.role], is_sure=False)


def _goals_called_targets(columns: _Columns, contents: _Contents) -> _Columns:
    """目標 left of the indicators, without figures, is what they stand in."""
    names = _of(columns, Role.INDICATOR)
    for each in _of(columns, Role.TARGET):
        if names and each.index < names[0].index and not _has_figures(contents[each.index]):
            why = "指標の左にあり、数がないので、施策としました"
            columns = _swap(columns, each.index, Role.PLAN, why)
    return columns


def _twins(columns: _Columns) -> _Columns:
    """Texts of columns with the same header are told apart by their number."""
    seen: Counter[tuple[str, ...]] = Counter()
    numbered = []
    for each in columns:
        is_text = each.role is Role.DETAIL
        numbered.append(replace(each, twin=seen[each.caption.texts]) if is_text else each)
        seen[each.caption.texts] += is_text
    return numbered


def _years_alone(columns: _Columns) -> _Columns:
    """Columns that say no more than a year: targets by year, where rows are 目標 and 実績."""
    has_series = any(each.role is Role.SERIES for each in columns)
    has_target = any(each.role is Role.TARGET for each in columns)
    settled = []
    for each in columns:
        if not each.is_year_alone:
            settled.append(each)
        elif has_series:
            settled.append(replace(each, role=Role.YEARLY, why="目標の行の年度から"))
        elif not has_target:
            why = f"{_ONLY_A_YEAR}で、目標値の列がほかにないので、目標値としました"
            settled.append(replace(each, role=Role.TARGET, why=why))
        else:
            settled.append(replace(each, why=f"{_ONLY_A_YEAR}なので、欄にしました"))
    return settled


def _of(columns: _Columns, *roles: Role) -> _Columns:
    return [each for each in columns if each.role in roles]


def _swap(
    columns: _Columns, index: int, role: Role, why: str, *, is_sure: bool = False
) -> _Columns:
    return [
        replace(each, role=role, why=why, is_sure=is_sure) if each.index == index else each
        for each in columns
    ]


def _indicators(columns: _Columns, contents: _Contents) -> _Columns:
    """One column is the indicators' names."""
    found = _of(columns, Role.INDICATOR)
    if not found:
        targets = [each for each in _of(columns, Role.TARGET) if each.year is None]
        texts = [each for each in targets if not _has_figures(contents[each.index])]
        if len(_of(columns, Role.TARGET)) > 1 and texts:
            return _swap(columns, texts[0].index, Role.INDICATOR, "中身から（指標の名称）")
        figures = [each.index for each in _of(columns, *VALUES)]
        before = [
            each
            for each in columns
            if figures
            and each.index < min(figures)
            and each.role in (Role.DETAIL, *LEVELS)
            and len({one_line(t) for t in contents[each.index] if t.strip()}) > 0
        ]
        plain = [each for each in before if not _has_sentences(contents[each.index])]
        if before:
            return _swap(
                columns,
                (plain or before)[-1].index,
                Role.INDICATOR,
                "値の列の左にあるので、指標としました",
            )
        return columns
    best = max(found, key=lambda each: (each.is_sure, _weight(contents[each.index])))
    for each in found:
        if each is best:
            continue
        numbers = [one_line(t) for t in contents[each.index] if t.strip()]
        if numbers and all(map(is_number, numbers)):
            columns = _swap(columns, each.index, Role.NUMBER, "中身から（番号）", is_sure=True)
        elif numbers and all(map(is_unit, numbers)):
            columns = _swap(columns, each.index, Role.UNIT, "中身から（単位）", is_sure=True)
        else:
            columns = _swap(
                columns, each.index, Role.DETAIL, "指標の列がほかにあるので、欄にしました"
            )
    return columns


def _weight(texts: Sequence[str]) -> int:
    filled = [one_line(each) for each in texts if each.strip()]
    return sum(map(len, filled)) if not all(map(is_number, filled)) else 0


def _has_sentences(texts: Sequence[str]) -> bool:
    return any(each.strip().endswith("。") for each in texts)


def _has_figures(texts: Sequence[str]) -> bool:
    filled = [each for each in texts if each.strip()]
    return sum(is_figure(each) for each in filled) * 2 > len(filled)


def _targets(columns: _Columns) -> _Columns:
    """One column is the target; those of other years are targets by year."""
    targets = _of(columns, Role.TARGET)
    if not targets:
        yearly = [each for each in _of(columns, Role.YEARLY) if each.year]
        if not yearly:
            return columns
        last = max(yearly, key=lambda each: each.year or 0)
        return _swap(columns, last.index, Role.TARGET, f"{last.why}（最後の年度）")
    if len(targets) > 1:
        columns = _one_target(columns, _beside(columns, targets))
    for each in _of(columns, Role.YEARLY):
        if each.year is None:
            columns = _swap(columns, each.index, Role.DETAIL, "年度が読めないので、欄にしました")
    return columns


def _beside(columns: _Columns, found: _Columns) -> _Columns:
    """Those right of the indicators' names first: left of them are those of goals."""
    names = _of(columns, Role.INDICATOR)
    return sorted(found, key=lambda each: bool(names) and each.index < names[0].index)


def _one_target(columns: _Columns, targets: _Columns) -> _Columns:
    plain = [each for each in targets if each.year is None]
    final = [each for each in targets if "最終" in each.caption.shown]
    best = (final or plain or [max(targets, key=lambda each: each.year or 0)])[0]
    for each in targets:
        if each is best:
            continue
        if each.year is not None and each.year != best.year:
            why = f"{each.why}（年度ごとの目標値）"
            columns = _swap(columns, each.index, Role.YEARLY, why, is_sure=each.is_sure)
        else:
            why = "目標値の列がほかにあるので、欄にしました"
            columns = _swap(columns, each.index, Role.DETAIL, why)
    return columns


def _baselines(columns: _Columns, contents: _Contents) -> _Columns:
    """One column is the baseline: the latest; earlier ones are past values."""
    found = _of(columns, Role.BASELINE)
    if len(found) > 1:
        found = _beside(columns, found)
        best = max(found, key=lambda each: (each.year or 0, each.is_sure, -found.index(each)))
        for each in found:
            if each is best:
                continue
            if each.year is not None and best.year is not None and each.year < best.year:
                columns = _swap(
                    columns, each.index, Role.PAST, f"{each.why}（前の年度）", is_sure=True
                )
            else:
                columns = _swap(
                    columns, each.index, Role.DETAIL, "現状値の列がほかにあるので、欄にしました"
                )
                columns = _swap(columns, best.index, best.role, best.why)
    past = _of(columns, Role.PAST)
    if not found and len(past) == 1:
        why = f"{past[0].why}（現状値の列がほかにないので、現状値としました）"
        return _swap(columns, past[0].index, Role.BASELINE, why)
    return columns if found else _baseline_of_actuals(columns, contents)


def _baseline_of_actuals(columns: _Columns, contents: _Contents) -> _Columns:
    """Where nothing is the baseline, the latest actual before all targets is."""
    actuals = [each for each in _of(columns, Role.ACTUAL) if _has_figures(contents[each.index])]
    if not actuals or _of(columns, Role.SERIES):
        return columns
    aimed = [each.year for each in _of(columns, Role.TARGET, Role.YEARLY) if each.year]
    years = [each.year for each in actuals if each.year]
    if len(actuals) > 1 and (len(years) < len(actuals) or max(years) >= min(aimed, default=0)):
        return columns
    last = max(actuals, key=lambda each: each.year or 0)
    for each in actuals:
        role = Role.BASELINE if each is last else Role.PAST
        why = f"{each.why}（現状値の列がほかにないので、{role.value}としました）"
        columns = _swap(columns, each.index, role, why)
    return columns


def _levels(columns: _Columns, contents: _Contents) -> _Columns:
    """Columns of levels stand left of the indicators, from outside in."""
    names = _of(columns, Role.INDICATOR)
    levels = _of(columns, *LEVELS)
    if not names or not levels:
        return columns
    left = [each for each in levels if each.index < names[0].index]
    for each in levels:
        if each not in left and (left or _has_sentences(contents[each.index])):
            columns = _swap(columns, each.index, Role.DETAIL, "指標の右にあるので、欄にしました")
    if len(left) == 1 and left[0].role is Role.SECTION:
        return _swap(columns, left[0].index, Role.PLAN, left[0].why, is_sure=left[0].is_sure)
    if len(left) > 1:
        return _nested(columns, left)
    return columns


def _nested(columns: _Columns, left: _Columns) -> _Columns:
    """Several levels: the innermost is the plan; the outermost the goal, if it says so."""
    for place, each in enumerate(left):
        role = Role.SECTION
        if each is left[-1]:
            role = Role.PLAN
        elif place == 0 and (
            each.role is Role.GOAL or (len(left) > 2 and each.role is not Role.PLAN)
        ):
            role = Role.GOAL
        if role is not each.role:
            columns = _swap(
                columns, each.index, role, f"{each.why}（並びから）", is_sure=each.is_sure
            )
    return columns


_MANY = (
    *LEVELS[1:2],
    Role.ACTUAL,
    Role.YEARLY,
    Role.PAST,
    Role.DETAIL,
    Role.LEFT,
    Role.DEPARTMENTS,
    Role.REMARKS,
)


def _once(columns: _Columns) -> _Columns:
    """What there is one of is one column; a further one is kept as a text of its own."""
    seen: set[Role] = set()
    for each in list(columns):
        if each.role in seen and each.role not in _MANY:
            columns = _swap(
                columns, each.index, Role.DETAIL, "同じ役の列がほかにあるので、欄にしました"
            )
        seen.add(each.role)
    return columns
