"""Whether the columns that a catalogue lays out can be printed (layout).

Comes in: the readable parts of the file. Goes out: problems in the log, each at its
column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from kpireport.domain.catalogue import ColumnName
from kpireport.domain.layouts import ANSWERS, FURTHER, OF_REVIEWS, OWN, WITH_FORMER, LayoutName
from kpireport.domain.levels import GOAL, PLAN, Shown
from kpireport.findings import Findings
from kpireport.messages import did_you_mean, quoted
from kpireport.sources.catalogue_parts import Parts
from kpireport.sources.layout_entries import LayoutColumnEntry
from kpireport.sources.layout_year_checks import PlanTime, check_years
from kpireport.sources.measure_entries import IndicatorEntry, MeasureEntry
from kpireport.sources.revision_entries import AdditionEntry, SplitEntry


def check_layout(parts: Parts, log: Findings) -> None:
    """Log every column that cannot be printed, or that another makes needless."""
    own, shown, layout = _own_names(parts), _levels(parts), parts.layout
    time, answers = _time_of(parts), {f"{ANSWERS}{each.entry.key}" for each in parts.answers}
    editions = (("plan", layout.plan), ("review", layout.review)) if layout else ()
    for edition, columns in editions:
        if columns is not None:
            place = f"layout.{edition}"
            for index, column in enumerate(columns):
                _check_name(f"{place}[{index}]", column, edition, (own, shown), log)
                _check_answer(f"{place}[{index}]", column, edition, answers, log)
                _check_former(f"{place}[{index}]", column, log)
            _check_twice(place, columns, log)
            _check_widths(place, columns, log)
            _check_indicator(place, columns, log)
            check_years(place, columns, time, log)
    _check_callouts(parts, shown, log)


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
    place: str,
    column: LayoutColumnEntry,
    edition: str,
    known: tuple[frozenset[str] | None, Mapping[str, Shown]],
    log: Findings,
) -> None:
    name, (own, shown) = column.column, known
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
    elif name.startswith(FURTHER) and edition == "review":
        pass  # which there are, the report's settings say
    elif not name.startswith(ANSWERS) and name not in set(LayoutName):
        near = _near(name, (*shown, *(own or ())))
        log.add(place, f"{quoted(name)}という列はありません。", near)
    elif edition == "plan" and name in OF_REVIEWS:
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
    place: str, column: LayoutColumnEntry, edition: str, answers: Collection[str], log: Findings
) -> None:
    """Check a column of what each indicator is asked."""
    name = column.column
    if not name.startswith(ANSWERS):
        return
    if name not in answers:
        remedy = did_you_mean(name, answers) if answers else "answers に欄を書いてください。"
        log.add(place, f"answers に{quoted(name.removeprefix(ANSWERS))}の欄がありません。", remedy)
    elif edition == "plan":
        log.add(
            place,
            f"計画版に{quoted(name)}の列は置けません。",
            "この列を消してください。指標と年度ごとの欄があるのは、実績版（review）だけです。",
        )


def _check_former(place: str, column: LayoutColumnEntry, log: Findings) -> None:
    """Check that what was revised is asked of a column that may be revised."""
    if column.former and column.column not in WITH_FORMER:
        log.add(
            f"{place}.former",
            f"{quoted(column.column)}の列には、改定前の値はありません。",
            f"former を消してください。書けるのは {'、'.join(map(quoted, WITH_FORMER))} の列です。",
        )


def _own_like(name: str, own: frozenset[str]) -> str:
    """Name the plan's own columns that may be meant, if there are any."""
    return did_you_mean(name, own) if own else ""


def _near(name: str, own: Iterable[str]) -> str:
    return did_you_mean(name, {*map(str, LayoutName), *own})


def _check_twice(place: str, columns: list[LayoutColumnEntry], log: Findings) -> None:
    first: dict[str, int] = {}
    for index, column in enumerate(columns):
        if column.column in first:
            log.add(
                f"{place}[{index}]",
                f"{quoted(column.column)}の列は {place}[{first[column.column]}] にもあります。",
                "どちらか一方を消してください。",
            )
        first.setdefault(column.column, index)


def _check_widths(place: str, columns: list[LayoutColumnEntry], log: Findings) -> None:
    for index, column in enumerate(columns):
        if column.width is not None and column.width <= 0:
            log.add(
                f"{place}[{index}].width",
                f"幅が {column.width:f} では、列を印刷できません。",
                "0より大きい割合を書くか、width を消して中身に合わせてください。",
            )


def _check_indicator(place: str, columns: list[LayoutColumnEntry], log: Findings) -> None:
    if all(each.column != LayoutName.INDICATOR for each in columns):
        log.add(
            place,
            f"指標の名称の列（{quoted(LayoutName.INDICATOR)}）がありません。",
            f"{quoted(LayoutName.INDICATOR)}を書き足してください。",
        )


def _check_callouts(parts: Parts, shown: Mapping[str, Shown], log: Findings) -> None:
    """Check that the sample of the plan edition has the columns that are pointed at."""
    columns = parts.layout.plan if parts.layout else None
    if parts.how_to_read is None:
        return
    names, where = {*map(str, ColumnName)}, "layout.plan"
    if columns is not None:
        names = {each.column for each in columns if each.column in set(LayoutName)}
    elif shown.get(PLAN) is Shown.HEADING:
        names, where = names - {PLAN}, "levels"
    for index, callout in enumerate(parts.how_to_read.callouts):
        if callout.column not in names:
            log.add(
                f"how_to_read.callouts[{index}].column",
                f"計画版の表に{quoted(callout.column)}の列がありません（{where}）。",
                did_you_mean(callout.column, names),
            )
