"""Whether the columns that a catalogue lays out can be printed (layout).

Comes in: the readable parts of the file. Goes out: problems in the log, each at its
column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from kpireport.domain.catalogue import ColumnName
from kpireport.domain.layouts import (
    ANSWERS,
    COLUMN_WORDS,
    FURTHER,
    OF_REVIEWS,
    OWN,
    WITH_FORMER,
    LayoutName,
)
from kpireport.domain.levels import GOAL, PLAN, Shown
from kpireport.findings import Findings
from kpireport.messages import did_you_mean, quoted, which_key
from kpireport.sources.catalogue_parts import LaidOut, Parts, Placed
from kpireport.sources.layout_entries import LayoutColumnEntry
from kpireport.sources.layout_year_checks import PlanTime, check_years
from kpireport.sources.measure_entries import IndicatorEntry, MeasureEntry
from kpireport.sources.revision_entries import AdditionEntry, SplitEntry

_OF_PLAN = "layout.plan"


def check_layout(parts: Parts, log: Findings) -> None:
    """Log every column that cannot be printed, or that another makes needless."""
    known = _own_names(parts), _levels(parts), _words(parts)
    time, answers = _time_of(parts), {f"{ANSWERS}{each.entry.key}" for each in parts.answers}
    for layout in parts.layouts:
        is_plan = layout.place == _OF_PLAN
        for column in layout.columns:
            _check_name(column, known, log, is_plan=is_plan)
            _check_answer(column, answers, log, is_plan=is_plan)
            _check_former(column, log)
        _check_twice(layout.columns, log)
        _check_widths(layout.columns, log)
        _check_indicator(layout, log)
        check_years(layout.columns, time, log)
    _check_callouts(parts, known[1], log)


def _own_names(parts: Parts) -> frozenset[str] | None:
    """The names of the plan's own texts; ``None`` where not every row can be read."""
    entries = [each.entry for each in chain(*parts.indicator_lists)]
    if any(entry is None for entry in entries):
        return None
    rows = chain((each for each in entries if each is not None), _brought(parts))
    return frozenset(
        f"{OWN}{key}" for row in rows if isinstance(row, IndicatorEntry) for key in row.details
    )


def _levels(parts: Parts) -> Mapping[str, Shown]:
    """How each level is shown, by the name of its column."""
    return {
        each.entry.key: each.entry.show
        or (Shown.CHAPTER if each.entry.key == GOAL else Shown.COLUMN)
        for each in parts.levels or ()
    }


def _words(parts: Parts) -> Mapping[str, str]:
    """What is printed above the columns, by their names: staff may write that instead."""
    labels = parts.labels
    of_labels = (
        {
            LayoutName.PLAN: labels.plan,
            LayoutName.INDICATOR: labels.indicator,
            LayoutName.BASELINE: labels.baseline,
            LayoutName.TARGET: labels.target,
        }
        if labels
        else {}
    )
    of_levels = {each.entry.key: each.entry.name or "" for each in parts.levels or ()}
    usual = {**COLUMN_WORDS, **of_labels}
    return {**{str(each): usual.get(each, "") for each in LayoutName}, **of_levels}


def _time_of(parts: Parts) -> PlanTime:
    """The years of the plan, and of the targets that any of its rows has before its own."""
    entries = [each.entry for each in chain(*parts.indicator_lists)]
    rows = [each for each in (*entries, *_brought(parts)) if isinstance(each, MeasureEntry)]
    ends = [each.target.deadline for each in rows if each.target.deadline is not None]
    years = parts.years
    return PlanTime(
        first=years.baseline + 1 if years else None,
        last=max(years.target, years.numeric_targets_due, *ends) if years else None,
        has_targets=any(each is None for each in entries)
        or any(each.yearly_targets for each in rows)
        or bool(parts.revisions),
    )


def _brought(parts: Parts) -> Iterator[MeasureEntry]:
    """Yield the rows that revisions bring."""
    for change in chain(*(revision.changes for revision in parts.revisions)):
        match change.entry:
            case AdditionEntry(indicator=entry):
                yield entry
            case SplitEntry(into=entries):
                yield from entries
            case _:
                pass


def _check_name(
    column: Placed[LayoutColumnEntry],
    known: tuple[frozenset[str] | None, Mapping[str, Shown], Mapping[str, str]],
    log: Findings,
    *,
    is_plan: bool,
) -> None:
    name, place, (own, shown, words) = column.entry.column, column.place, known
    if name.startswith(OWN):
        if own is not None and name not in own:
            key = quoted(name.removeprefix(OWN))
            log.add(
                place,
                f"details に{key}のある指標がありません。",
                f"指標の details に{key}を書くか、この列を消してください。{_own_like(name, own)}",
            )
    elif name in shown or name == GOAL:
        _check_level(place, name, shown.get(name, Shown.CHAPTER), log)
    elif name.startswith(FURTHER) and not is_plan:
        pass  # which there are, the report's settings say
    elif not name.startswith(ANSWERS) and name not in set(LayoutName):
        near = which_key(name, {**words, **dict.fromkeys(own or (), "")})
        log.add(place, f"{quoted(name)}という列はありません。", near)
    elif is_plan and name in OF_REVIEWS:
        log.add(
            place,
            f"計画版に{quoted(name)}の列は置けません。",
            "この列を消してください。実績、進捗率、評価があるのは、実績版（review）だけです。",
        )


def _check_level(place: str, name: str, shown: Shown, log: Findings) -> None:
    """Refuse the column of a level that is said to be shown otherwise."""
    if shown is not Shown.COLUMN:
        how = "章" if shown is Shown.CHAPTER else "見出しの行"
        log.add(
            place,
            f"階層{quoted(name)}は{how}にする（{quoted(shown)}）ので、列に置けません。",
            f"この列を消すか、levels の{quoted(name)}の show を{quoted(Shown.COLUMN)}に"
            "してください。",
        )


def _check_answer(
    column: Placed[LayoutColumnEntry], answers: Collection[str], log: Findings, *, is_plan: bool
) -> None:
    """Check a column of what each indicator is asked."""
    name, place = column.entry.column, column.place
    if not name.startswith(ANSWERS):
        return
    if name not in answers:
        remedy = did_you_mean(name, answers) if answers else "answers に欄を書いてください。"
        log.add(place, f"answers に{quoted(name.removeprefix(ANSWERS))}の欄がありません。", remedy)
    elif is_plan:
        log.add(
            place,
            f"計画版に{quoted(name)}の列は置けません。",
            "この列を消してください。指標と年度ごとの欄があるのは、実績版（review）だけです。",
        )


def _check_former(column: Placed[LayoutColumnEntry], log: Findings) -> None:
    """Check that what was revised is asked of a column that may be revised."""
    if column.entry.former and column.entry.column not in WITH_FORMER:
        log.add(
            f"{column.place}.former",
            f"{quoted(column.entry.column)}の列には、改定前の値はありません。",
            f"former を消してください。書けるのは {'、'.join(map(quoted, WITH_FORMER))} の列です。",
        )


def _own_like(name: str, own: frozenset[str]) -> str:
    """Name the plan's own columns that may be meant, if there are any."""
    return did_you_mean(name, own) if own else ""


def _check_twice(columns: Iterable[Placed[LayoutColumnEntry]], log: Findings) -> None:
    first: dict[str, str] = {}
    for column in columns:
        name = column.entry.column
        if name in first:
            log.add(
                column.place,
                f"{quoted(name)}の列は {first[name]} にもあります。",
                "どちらか一方を消してください。",
            )
        first.setdefault(name, column.place)


def _check_widths(columns: Iterable[Placed[LayoutColumnEntry]], log: Findings) -> None:
    for column in columns:
        width = column.entry.width
        if width is not None and width <= 0:
            log.add(
                f"{column.place}.width",
                f"幅が {width:f} では、列を印刷できません。",
                "0より大きい割合を書くか、width を消して中身に合わせてください。",
            )


def _check_indicator(layout: LaidOut, log: Findings) -> None:
    names = {each.entry.column for each in layout.columns}
    if layout.is_whole and LayoutName.INDICATOR not in names:
        log.add(
            layout.place,
            f"指標の名称の列（{quoted(LayoutName.INDICATOR)}）がありません。",
            f"{quoted(LayoutName.INDICATOR)}を書き足してください。",
        )


def _check_callouts(parts: Parts, shown: Mapping[str, Shown], log: Findings) -> None:
    """Check that the sample of the plan edition has the columns that are pointed at."""
    layout = next((each for each in parts.layouts if each.place == _OF_PLAN), None)
    if parts.how_to_read is None or (layout and not layout.is_whole):
        return
    names, where = {*map(str, ColumnName)}, _OF_PLAN
    if layout:
        columns = {each.entry.column for each in layout.columns}
        names = columns & set(LayoutName)
    elif shown.get(PLAN) is Shown.HEADING:
        names, where = names - {PLAN}, "levels"
    for index, callout in enumerate(parts.how_to_read.callouts):
        if callout.column not in names:
            log.add(
                f"how_to_read.callouts[{index}].column",
                f"計画版の表に{quoted(callout.column)}の列がありません（{where}）。",
                did_you_mean(callout.column, names),
            )
