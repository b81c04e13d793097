"""Which column of a table is what: from the words of its header, and from its contents.

Comes in: the texts of a header, column by column from top to bottom, and what stands below
them. Goes out: each column's role, with its year, and why it was taken for that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpireport.domain.numerals import fold_width
from kpireport.domain.units import UNITS, canonical_unit
from kpireport.plan_documents.joining import lines_of, one_line
from kpireport.plan_documents.times import without_years, year_in, years_in
from kpireport.plan_documents.vocabulary import (
    LABELS_OF_PLACES,
    LEVELS,
    SERIES_OF_ACTUALS,
    SERIES_OF_TARGETS,
    TIMES_OF_PLACES,
    VALUES,
    Role,
    role_of_part,
    role_of_whole,
    squeezed,
)

_REMARKS = re.compile(r"[※＊*].*$|^[○●◎□■◆・]+")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_UNIT = re.compile(r"(?:単位[:：]?|^)([^():：]{1,6})$")
_DEPARTMENT = re.compile(r".{1,14}(?:課|室|部|局|係|センター|館|所|事務局|委員会|担当|グループ)")
_FIGURE = re.compile(r"[△▲約-]?[0-9][0-9,.]*.{0,8}|[-―－–—]|現状.*|.*(?:増加|減少|維持|向上)")


@dataclass(frozen=True, slots=True)
class Caption:
    """The header of a column: its texts from top to bottom, each once."""

    texts: tuple[str, ...]

    @property
    def shown(self) -> str:
        """It in a line."""
        return "　".join(map(one_line, self.texts))


@dataclass(frozen=True, slots=True)
class Assigned:
    """What a column was taken for.

    Attributes:
        index: the column, from 0.
        caption: its header.
        role: what it is.
        why: in words for staff.
        year: of its figures, if it has one.
        is_sure: nobody need look at it.
        unit: of its figures, as the header says it.
    """

    index: int
    caption: Caption
    role: Role
    why: str
    year: int | None = None
    is_sure: bool = True
    unit: str = ""


def words_in(text: str) -> str:
    """What a header says, without remarks, years and brackets; what is in brackets, if all is."""
    plain = squeezed(_REMARKS.sub("", without_years(one_line(text))))
    bare = _IN_BRACKETS.sub("", plain)
    return bare or "".join(_IN_BRACKETS.findall(plain))


def is_header_text(text: str) -> bool:
    """Whether a cell can be one of a header: words of a role, or a year and no more."""
    if not text.strip() or len(squeezed(text)) > 40:
        return False
    words = words_in(text)
    if not words:
        return bool(years_in(text))
    return bool(role_of_whole(words) or words in (*LABELS_OF_PLACES, *TIMES_OF_PLACES)) or bool(
        years_in(text) and role_of_part(words)
    )


def has_role(text: str) -> bool:
    """Whether a text is the word of a role by itself."""
    words = words_in(text)
    return bool(words) and len(words) <= 24 and role_of_whole(words) is not None


def is_of_figures(text: str) -> bool:
    """Whether it is the word of a column of figures, as every header of indicators has."""
    words = words_in(text)
    role = role_of_whole(words) or role_of_part(words) if words else None
    return role in (Role.BASELINE, Role.TARGET, Role.YEARLY, Role.ACTUAL)


# --- a column by itself --------------------------------------------------------------


def by_words(index: int, caption: Caption) -> Assigned | None:
    """What a column's header says that it is; ``None`` where it says nothing."""
    year = next(filter(None, map(_year, caption.texts[::-1])), None)
    unit = next(filter(None, map(_unit_in, caption.texts[::-1])), "")
    for find, is_sure in ((role_of_whole, True), (role_of_part, False)):
        is_time = False
        for text in caption.texts[::-1]:
            words = words_in(text)
            if not words or words in LABELS_OF_PLACES:
                continue
            role = find(words)
            if words in TIMES_OF_PLACES and text is not caption.texts[0]:
                is_time = True
                continue
            if role is None:
                if find is not role_of_whole:
                    continue
                break
            role = _time_of(role) if is_time else _within(role, caption)
            if role is not None:
                why = f"見出し「{one_line(text)}」から"
                return Assigned(index, caption, role, why, year, is_sure, unit)
    return None


def _year(text: str) -> int | None:
    return year_in(text) or (years_in(text)[-1] if years_in(text) else None)


def _time_of(role: Role) -> Role | None:
    return {Role.BASELINE: Role.BASELINE_TIME, Role.TARGET: Role.TARGET_TIME}.get(role)


def _within(role: Role, caption: Caption) -> Role:
    """The role of a header that stands below another: a target below 実績 is none of a plan."""
    words = [words_in(each) for each in caption.texts]
    above = {role_of_whole(each) for each in words[:-1] if each}
    if role is Role.TARGET and (Role.ACTUAL in above) and year_in(caption.shown) is None:
        return Role.TARGET
    return role


def _unit_in(text: str) -> str:
    for inner in _IN_BRACKETS.findall(fold_width(one_line(text))):
        match = _UNIT.search(inner.strip())
        if match and ("単位" in inner or is_unit(match[1])):
            return match[1].strip()
    return ""


def is_unit(text: str) -> bool:
    """Whether a text is a unit and no more: ``人``, ``％``, ``人/年``."""
    plain = fold_width(text).strip()
    known = {fold_width(each) for each in UNITS}
    return bool(plain) and all(
        fold_width(canonical_unit(each)) in known or each in ("年", "回", "万円", "億円", "千人")
        for each in re.split(r"[/・]", plain)
    )


# --- a column by its contents --------------------------------------------------------


def by_contents(index: int, caption: Caption, texts: Sequence[str]) -> Assigned | None:
    """What a column's contents say that it is; ``None`` where they leave it open."""
    filled = [one_line(each) for each in texts if each.strip()]
    if not filled:
        return None
    for role, words, is_one in (
        (Role.UNIT, "単位", is_unit),
        (Role.SERIES, "目標と実績の別", _is_series),
        (Role.DEPARTMENTS, "課の名前", is_department),
        (Role.NUMBER, "番号", _is_number),
    ):
        if all(map(is_one, filled)) and _is_plausible(role, filled):
            return Assigned(index, caption, role, f"中身から（{words}）", is_sure=False)
    return None


def _is_plausible(role: Role, filled: Sequence[str]) -> bool:
    """Whether contents that would do are not there by chance."""
    if role is Role.NUMBER:
        numbers = [re.sub(r"[^0-9]", "", fold_width(each)) for each in filled]
        return len(set(filled)) == len(filled) and numbers == sorted(numbers, key=int)
    if role is Role.SERIES:
        return len(set(map(squeezed, filled))) > 1
    return True


def _is_series(text: str) -> bool:
    return bool(re.fullmatch(f"{SERIES_OF_TARGETS}|{SERIES_OF_ACTUALS}", squeezed(text)))


def is_department(text: str) -> bool:
    """Whether a text is the name of departments, one or more."""
    parts = [each for each in re.split(r"[、，,・/／\s]|(?<=課)(?=.)", text) if each.strip()]
    return bool(parts) and all(_DEPARTMENT.fullmatch(each.strip()) for each in parts)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"(?:no\.?)?[(]?[0-9]{1,3}(?:-[0-9]{1,3})*[)]?|[①-⑳]", squeezed(text)))


def is_figure(text: str) -> bool:
    """Whether a text looks like a printed value."""
    return bool(_FIGURE.fullmatch(squeezed(text)))


# --- all columns of a table ----------------------------------------------------------


def assign(captions: Sequence[Caption], contents: Sequence[Sequence[str]]) -> tuple[Assigned, ...]:
    """What each column is.

    Args:
        captions: the columns' headers.
        contents: what stands below each.
    """
    columns = [
        by_words(index, caption)
        or by_contents(index, caption, contents[index])
        or _unknown(index, caption, contents[index])
        for index, caption in enumerate(captions)
    ]
    columns = [_checked_series(each, contents[each.index]) for each in columns]
    for settle in (_years_alone, _indicators, _targets, _baselines, _levels, _once):
        columns = settle(columns, contents)
    return tuple(columns)


def _unknown(index: int, caption: Caption, texts: Sequence[str]) -> Assigned:
    year = _year(caption.texts[-1]) if caption.texts else None
    if year is not None and not words_in(caption.texts[-1]):
        return Assigned(index, caption, Role.DETAIL, "年度だけの見出し", year, is_sure=False)
    if not any(each.strip() for each in texts):
        return Assigned(index, caption, Role.LEFT, "空の列")
    return Assigned(index, caption, Role.DETAIL, "知らない見出しなので、欄にしました", year)


_Columns = list[Assigned]
_Contents = Sequence[Sequence[str]]


def _checked_series(column: Assigned, texts: Sequence[str]) -> Assigned:
    """区分 is whether a row has targets or actuals only where its cells say so."""
    if column.role is not Role.SERIES:
        return column
    filled = [each for each in texts if each.strip()]
    if filled and all(map(_is_series, filled)):
        return column
    return replace(column, role=Role.DETAIL, why="知らない見出しなので、欄にしました")


def _years_alone(columns: _Columns, contents: _Contents) -> _Columns:
    """Columns that say no more than a year: targets by year, where rows are 目標 and 実績."""
    has_series = any(each.role is Role.SERIES for each in columns)
    has_target = any(each.role is Role.TARGET for each in columns)
    settled = []
    for each in columns:
        if each.role is Role.DETAIL and each.why == "年度だけの見出し":
            if has_series:
                each = replace(each, role=Role.YEARLY, why="目標の行の年度から")
            elif not has_target:
                why = "年度だけの見出しで、目標値の列がほかにないので、目標値としました"
                each = replace(each, role=Role.TARGET, why=why)
            else:
                each = replace(each, why="年度だけの見出しなので、欄にしました")
        settled.append(each)
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
        if before:
            return _swap(
                columns, before[-1].index, Role.INDICATOR, "値の列の左にあるので、指標としました"
            )
        return columns
    best = max(found, key=lambda each: (each.is_sure, _weight(contents[each.index])))
    for each in found:
        if each is best:
            continue
        numbers = [one_line(t) for t in contents[each.index] if t.strip()]
        if numbers and all(map(_is_number, numbers)):
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
    return sum(map(len, filled)) if not all(map(_is_number, filled)) else 0


def _has_figures(texts: Sequence[str]) -> bool:
    filled = [each for each in texts if each.strip()]
    return sum(is_figure(each) for each in filled) * 2 > len(filled)


def _targets(columns: _Columns, contents: _Contents) -> _Columns:
    """One column is the target; those of other years are targets by year."""
    has_series = any(each.role is Role.SERIES for each in columns)
    targets = _of(columns, Role.TARGET)
    if has_series and not targets:
        yearly = [each for each in _of(columns, Role.YEARLY) if each.year]
        if yearly:
            last = max(yearly, key=lambda each: each.year or 0)
            return _swap(columns, last.index, Role.TARGET, "目標の行の、最後の年度から")
        return columns
    if not targets:
        yearly = [each for each in _of(columns, Role.YEARLY) if each.year]
        if yearly:
            last = max(yearly, key=lambda each: each.year or 0)
            return _swap(columns, last.index, Role.TARGET, "年度ごとの目標値の、最後の年度から")
        return columns
    if len(targets) > 1:
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
                columns = _swap(
                    columns, each.index, Role.DETAIL, "目標値の列がほかにあるので、欄にしました"
                )
    for each in _of(columns, Role.YEARLY):
        if each.year is None:
            columns = _swap(columns, each.index, Role.DETAIL, "年度が読めないので、欄にしました")
    return columns


def _baselines(columns: _Columns, contents: _Contents) -> _Columns:
    """One column is the baseline: the latest; earlier ones are past values."""
    found = _of(columns, Role.BASELINE)
    if len(found) > 1:
        best = max(found, key=lambda each: (each.year or 0, each.is_sure, -each.index))
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
    past = _of(columns, Role.PAST)
    if not found and len(past) == 1:
        why = f"{past[0].why}（現状値の列がほかにないので、現状値としました）"
        return _swap(columns, past[0].index, Role.BASELINE, why)
    if not found:
        actuals = [each for each in _of(columns, Role.ACTUAL) if _has_figures(contents[each.index])]
        has_series = any(each.role is Role.SERIES for each in columns)
        if len(actuals) == 1 and not has_series:
            why = "現状値の列がなく、実績値の列が１つなので、現状値としました"
            return _swap(columns, actuals[0].index, Role.BASELINE, why)
    return columns


def _levels(columns: _Columns, contents: _Contents) -> _Columns:
    """Columns of levels stand left of the indicators, from outside in."""
    names = _of(columns, Role.INDICATOR)
    levels = _of(columns, *LEVELS)
    if not names or not levels:
        return columns
    left = [each for each in levels if each.index < names[0].index]
    for each in levels:
        if each not in left and left:
            columns = _swap(columns, each.index, Role.DETAIL, "指標の右にあるので、欄にしました")
    if len(left) == 1 and left[0].role is Role.SECTION:
        return _swap(columns, left[0].index, Role.PLAN, left[0].why, is_sure=True)
    if len(left) == 1 and left[0].role is Role.SECTION:
        return _swap(columns, left[0].index, Role.PLAN, left[0].why, is_sure=True)
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
        elif place == 0 and left[-1].role is Role.PLAN and each.role is Role.SECTION:
            role = Role.SECTION
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


def _once(columns: _Columns, contents: _Contents) -> _Columns:
    """What there is one of is one column; a further one is kept as a text of its own."""
    seen: set[Role] = set()
    for each in list(columns):
        if each.role in seen and each.role not in _MANY:
            columns = _swap(
                columns, each.index, Role.DETAIL, "同じ役の列がほかにあるので、欄にしました"
            )
        seen.add(each.role)
    return columns


def heading_lines(text: str) -> tuple[str, str]:
    """A header's word and the remark below or behind it, as printed: 目標値, （令和３年度末）."""
    joined = one_line(text)
    lines = lines_of(text)
    if lines and role_of_whole(words_in(lines[0])) and not years_in(lines[0]):
        first = lines[0]
    else:
        match = re.match(r"[^（(【\[0-9０-９※]+", joined)
        first = match[0].strip() if match else joined
        if years_in(first) or not role_of_whole(words_in(first)):
            return joined, ""
    rest = (
        joined.removeprefix(first) if joined.startswith(first) else one_line("\n".join(lines[1:]))
    )
    first_bare = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", first)
    return first_bare, rest.strip()
