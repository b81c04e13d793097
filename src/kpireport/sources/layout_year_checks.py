"""Whether the years that a layout's columns show can be printed.

Comes in: the columns of one edition. Goes out: problems in the log, each at its column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpireport.domain.layouts import ANSWERS, BY_YEAR, LayoutName, YearPart, YearShow
from kpireport.findings import Findings
from kpireport.messages import quoted, western_year
from kpireport.quickly import dataclass
from kpireport.sources.catalogue_parts import Placed
from kpireport.sources.layout_entries import LayoutColumnEntry

_BOTH = "years と、それとは別の列の、どちらか一方だけを書いてください。"


@dataclass(frozen=True, slots=True)
class PlanTime:
    """The years of the plan's actuals, ``None`` where unreadable; whether any have targets."""

    first: int | None
    last: int | None
    has_targets: bool


def check_years(
    columns: Sequence[Placed[LayoutColumnEntry]], time: PlanTime, log: Findings
) -> None:
    """Log what in the columns of years cannot be printed, or contradicts itself.

    Args:
        columns: those of one edition.
        time: of the plan.
        log: where to.
    """
    for at, column in ((each.place, each.entry) for each in columns):
        for name in _misplaced(column):
            log.add(
                f"{at}.{name}",
                f"{quoted(column.column)}の列には書けません。",
                f"この項目を消すか、{_where(name)}の列に書いてください。",
            )
        _check_choice(at, column, time, log)
        if column.column == LayoutName.YEARLY_TARGETS and not time.has_targets:
            log.add(
                at,
                "年度ごとの目標値のある指標がありません。",
                "指標に yearly_targets を書くか、この列を消してください。",
            )
    _check_apart(columns, log)


def _misplaced(column: LayoutColumnEntry) -> Iterator[str]:
    """Yield the items that the column can make nothing of."""
    given = {
        "years": column.years is not None,
        "last": column.last is not None,
        "of": column.of is not None,
        "show": column.show is not None,
        "to_come": column.to_come,
        "words": bool(column.words),
        "by_year": column.by_year,
    }
    if column.column.startswith(ANSWERS):
        of_answers = {"by_year", "years", "last"} if column.by_year else set[str]()
        yield from (name for name, is_given in given.items() if is_given and name not in of_answers)
        return
    if column.column == LayoutName.YEARS:
        if column.by_year:
            yield "by_year"
        if column.header and column.show is not YearShow.TWO_LINES:
            yield "header"
        return
    has_years = column.column in {*BY_YEAR, LayoutName.EARLIER_MARKS}
    allowed = ("years", "last") if has_years else ()
    yield from (name for name, is_given in given.items() if is_given and name not in allowed)


def _where(name: str) -> str:
    if name == "header":
        return "two_lines の years"
    if name == "by_year":
        return "answers. "
    return "、".join(map(str, BY_YEAR)) if name in ("years", "last") else "years "


def _check_choice(place: str, column: LayoutColumnEntry, time: PlanTime, log: Findings) -> None:
    """Check which years are chosen, and what of them."""
    if column.years and column.last is not None:
        log.add(
            f"{place}.last",
            "示す年度が years と last の両方に書いてあります。",
            "どちらか一方だけにしてください。",
        )
    seen: set[int] = set()
    for index, year in enumerate(column.years or ()):
        at = f"{place}.years[{index}]"
        if year in seen:
            log.add(at, f"{western_year(year)}が２つあります。", "一方を消してください。")
        elif _is_outside(year, time):
            log.add(
                at,
                f"{western_year(year)}は、この計画の年度ではありません。",
                f"{western_year(time.first or year)}から{western_year(time.last or year)}までの"
                "年度を書いてください。",
            )
        seen.add(year)
    parts = column.of or []
    if len(set(parts)) < len(parts):
        log.add(f"{place}.of", "同じものが２つあります。", "一方を消してください。")
    if column.show is YearShow.TWO_LINES and column.of is not None and len(parts) == 1:
        log.add(
            f"{place}.show",
            "１つだけでは、行に分けられません。",
            'of に "target" と "actual" のように２つ以上を書くか、show を消してください。',
        )


def _is_outside(year: int, time: PlanTime) -> bool:
    if time.first is None or time.last is None:
        return False
    return not time.first <= year <= time.last


def _check_apart(columns: Sequence[Placed[LayoutColumnEntry]], log: Findings) -> None:
    """Check that nothing of a year stands in two columns."""
    shown = next((each.entry for each in columns if each.entry.column == LayoutName.YEARS), None)
    if shown is None:
        return
    parts = shown.of or [YearPart.TARGET, YearPart.ACTUAL]
    others = {LayoutName.ACTUALS: YearPart.ACTUAL, LayoutName.YEARLY_TARGETS: YearPart.TARGET}
    for column in columns:
        name_here = column.entry.column
        if any(name_here == name and part in parts for name, part in others.items()):
            log.add(
                column.place,
                f"{quoted(name_here)}の列の中身は、years の列にもあります。",
                _BOTH,
            )
