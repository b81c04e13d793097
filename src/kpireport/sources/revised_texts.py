"""Revisions of what stands beside a row's cells: its years' targets, the texts of its columns.

Comes in: a row as it was and a change of it. Goes out: problems in the log; the row's items as
they are after it.
"""

from __future__ import annotations

from kpireport.domain.layouts import DETAIL_WORDS, OWN, LayoutName
from kpireport.findings import Findings
from kpireport.messages import did_you_mean, quoted, western_year
from kpireport.sources.measure_entries import (
    IndicatorEntry,
    MeasureEntry,
    PastEntry,
    YearlyTargetEntry,
)
from kpireport.sources.revision_entries import (
    DetailChangeEntry,
    RevisionHead,
    YearlyTargetChangeEntry,
)

_CHANGED = (*(each for each in DETAIL_WORDS if each != LayoutName.UNIT), LayoutName.PAST)
_SAME = "改めた後のものを書くか、この変更を消してください。"


def check_changed_years(
    place: str,
    row: MeasureEntry,
    change: YearlyTargetChangeEntry,
    head: RevisionHead | None,
    log: Findings,
) -> None:
    """Log targets of years that are over by then, or that are what they were.

    Args:
        place: of the list.
        row: as it was.
        change: of it.
        head: of the revision; ``None`` where it is faulty.
        log: where to.
    """
    known = {each.fiscal_year: each for each in row.yearly_targets}
    for index, each in enumerate(change.yearly_targets):
        if known.get(each.fiscal_year) == each:
            year = western_year(each.fiscal_year)
            log.add(f"{place}[{index}]", f"{year}の目標値が、いまのものと同じです。", _SAME)
        if head and each.fiscal_year < head.from_:
            log.add(
                f"{place}[{index}].fiscal_year",
                f"{western_year(each.fiscal_year)}が、適用年度の{western_year(head.from_)}より"
                "前です。",
                "適用年度から後の年度の目標値だけを書いてください。",
            )


def with_years(row: MeasureEntry, change: YearlyTargetChangeEntry) -> list[YearlyTargetEntry]:
    """The targets of all years, those that are changed in the place of the others."""
    by_year = {each.fiscal_year: each for each in (*row.yearly_targets, *change.yearly_targets)}
    return [by_year[year] for year in sorted(by_year)]


def check_changed_texts(
    place: str, row: IndicatorEntry, change: DetailChangeEntry, log: Findings
) -> None:
    """Log columns that there are not, a unit, and texts that are what they were."""
    for name, text in change.texts.items():
        at = f"{place}.{name}"
        if name == LayoutName.UNIT:
            log.add(
                at,
                "単位は、改定では変えられません。",
                "数えるものが変わるなら、指標を終了（end）にして、"
                "新しい指標を追加（add）してください。",
            )
        elif name not in _CHANGED and not name.startswith(OWN):
            log.add(at, f"{quoted(name)}という欄はありません。", did_you_mean(name, _CHANGED))
        elif _text(row, name) == text:
            log.add(at, "いまのものと同じです。", _SAME)


def with_texts(row: IndicatorEntry, change: DetailChangeEntry) -> dict[str, object]:
    """The row's items that a change of its texts leaves otherwise."""
    known: dict[str, object] = {
        name: text for name, text in change.texts.items() if name in _CHANGED
    }
    if LayoutName.PAST in known:
        known[LayoutName.PAST] = [PastEntry(label="", text=change.texts[LayoutName.PAST])]
    own = {
        name.removeprefix(OWN): text for name, text in change.texts.items() if name.startswith(OWN)
    }
    return {**known, "details": {**row.details, **own}}


def _text(row: IndicatorEntry, name: str) -> object:
    if name.startswith(OWN):
        return row.details.get(name.removeprefix(OWN), "")
    if name == LayoutName.PAST:
        return next((each.text for each in row.past if not each.label), "")
    return getattr(row, name)
