"""What the parts of a catalogue mean together: ids, references, years, rows.

Comes in: the readable parts of the file. Goes out: problems in the log. What a
single row's texts and numbers say is :mod:`kpireport.sources.measure_checks`'s
matter.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from kpireport.domain.catalogue import Labels
from kpireport.domain.wording import Words
from kpireport.findings import Findings
from kpireport.messages import did_you_mean, quoted, western_year
from kpireport.sources.asked_checks import check_asked
from kpireport.sources.catalogue_parts import Parts, PlacedMeasure
from kpireport.sources.category_checks import check_categories
from kpireport.sources.fields import YEAR_EXAMPLE
from kpireport.sources.layout_checks import check_layout
from kpireport.sources.level_checks import check_levels
from kpireport.sources.measure_checks import Frame, check_measure
from kpireport.sources.measure_entries import in_its_unit
from kpireport.sources.repeated import refuse_twice
from kpireport.sources.revision_checks import check_revisions, revised_cells


def check_meaning(parts: Parts, log: Findings) -> None:
    """Log everything in the parts that contradicts itself or points nowhere."""
    remedy = "後から加えたほうに、どこにも使ったことのない記号を付けてください。"
    refuse_twice(parts.ids, "記号", remedy, log)
    _check_years(parts, log)
    _check_how_to_read(parts, log)
    years, units = parts.years, _units(parts)
    baseline = years.baseline if years else None
    is_calendar = years is not None and years.are_calendar
    frame = Frame(baseline, years.numeric_targets_due if years else None, units, is_calendar)
    _check_numeric_targets(parts.numeric_targets, frame, log)
    frame = replace(frame, target_year=years.target if years else None)
    for indicators in parts.indicator_lists:
        _check_indicators(indicators, frame, log)
    check_revisions(parts, units, log)
    check_levels(parts, log)
    check_layout(parts, log)
    check_categories(parts, log)
    check_asked(parts, _plan_word(parts), log)


def _plan_word(parts: Parts) -> str:
    """What the plan calls a plan; empty where that cannot be read."""
    return Words.of_labels(Labels(**parts.labels.model_dump())).plan if parts.labels else ""


def _units(parts: Parts) -> frozenset[str]:
    """The units that the file states: beside the common ones, its texts may use them."""
    measures = chain(parts.numeric_targets, *parts.indicator_lists)
    entries = [in_its_unit(measure.entry) for measure in measures if measure.entry is not None]
    cells = chain(
        *((entry.baseline, entry.target) for entry in entries), revised_cells(parts.revisions)
    )
    return frozenset(
        quantity.unit for cell in cells for quantity in cell.quantities if quantity.unit
    )


def _check_years(parts: Parts, log: Findings) -> None:
    years = parts.years
    if years is None:
        return
    for name, year in (("target", years.target), ("numeric_target", years.numeric_target)):
        if year is not None and year <= years.baseline:
            log.add(
                f"years.{name}",
                f"目標の{western_year(year)}が、現状値の{western_year(years.baseline)}より"
                "後ではありません。",
                YEAR_EXAMPLE,
            )


def _check_how_to_read(parts: Parts, log: Findings) -> None:
    sample = parts.how_to_read
    if sample is None or parts.goal_ids is None:
        return
    if sample.goal not in parts.goal_ids:
        log.add(
            "how_to_read.goal",
            f"記号が{quoted(sample.goal)}の基本目標はありません。",
            did_you_mean(sample.goal, parts.goal_ids),
        )
    plans = parts.plan_ids.get(sample.goal)
    for index, plan in enumerate(sample.plans):
        if plans is not None and plan not in plans:
            log.add(
                f"how_to_read.plans[{index}]",
                f"基本目標{quoted(sample.goal)}に、記号が{quoted(plan)}の戦略計画はありません。",
                did_you_mean(plan, plans),
            )


def _check_numeric_targets(
    measures: tuple[PlacedMeasure, ...], frame: Frame, log: Findings
) -> None:
    for measure in measures:
        if measure.entry is None:
            continue
        check_measure(measure.place, measure.entry, frame, log)
        if measure.entry.baseline.shared_with is not None:
            log.add(
                f"{measure.place}.baseline.shared_with",
                "数値目標には、上の行とつながる欄がありません。",
                "この項目を消してください。",
            )


def _check_indicators(indicators: tuple[PlacedMeasure, ...], frame: Frame, log: Findings) -> None:
    for measure in indicators:
        if measure.entry is not None:
            check_measure(measure.place, measure.entry, frame, log)
    for above, measure in zip((None, *indicators), indicators, strict=False):
        _check_shared_baseline(above, measure, log)


def _check_shared_baseline(
    above: PlacedMeasure | None, measure: PlacedMeasure, log: Findings
) -> None:
    """Check that a cell spanning two rows names the row directly above and says the same."""
    if measure.entry is None or measure.entry.baseline.shared_with is None:
        return
    place = f"{measure.place}.baseline"
    shared_with = measure.entry.baseline.shared_with
    if above is None or above.id != shared_with:
        log.add(
            f"{place}.shared_with",
            f"{quoted(shared_with)}はすぐ上の行の記号ではありません。",
            f"{quoted(above.id)}と書いてください。"
            if above and above.id
            else "すぐ上に行がないので、この項目を消してください。",
        )
    elif above.entry is not None and above.entry.baseline.text != measure.entry.baseline.text:
        log.add(
            f"{place}.text",
            f"つながっている上の行の現状値{quoted(above.entry.baseline.text)}と違います。",
            "同じ文字にしてください。印刷するのは1つの欄です。",
        )
