"""An indicator's course over the years, as a chart and as small as a line of text.

Comes in: a review and a measure. Goes out: a line chart, a sparkline; an indicator without
numbers has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kpireport.document.blocks import Sparkline
from kpireport.document.charts import AIMS, ChartPoint, LineChart
from kpireport.document.limits import bounds_of, first_in, forms_of, limit_of, on_axis
from kpireport.document.numbers import format_number
from kpireport.document.reviews import NOT_REPORTED, Review
from kpireport.domain.catalogue import Baseline, Measure, as_spelt
from kpireport.domain.running_sums import SUM
from kpireport.domain.surveys import NO_SURVEY
from kpireport.domain.units import in_letters_of
from kpireport.domain.values import Quantity
from kpireport.domain.years import FiscalYear
from kpireport.evaluation.reasons import Nothing, says_nothing
from kpireport.quickly import quickly_made

_PADDED_PLACES = 1  # 64 beside 63.4 is written 64.0
LEAST_POINTS = 3
"""Of a course: two values say all that a line between them would."""


def may_have_courses(review: Review) -> bool:
    """Whether there are years enough, with that of the baselines, for any course."""
    return len(review.years) + 1 >= LEAST_POINTS


def has_course(review: Review, measure: Measure) -> bool:
    """Whether a measure has a course: where it has none, its numbers say all that a line would."""
    return _telling_course(review, measure) is not None


def compose_course(review: Review, measure: Measure) -> LineChart | None:
    """Return the chart of a measure, or ``None`` where a line would add nothing to the numbers."""
    return compose_chart(review, measure) if has_course(review, measure) else None


def compose_sparkline(review: Review, measure: Measure) -> Sparkline | None:
    """Return a measure's course for its row, or ``None`` where it has none to show."""
    course = _telling_course(review, measure)
    if course is None:
        return None
    limit = on_axis(course.bounds[-1], course.scale)
    return Sparkline(course.values, limit.value if limit else None)


def course_values(review: Review, measure: Measure) -> tuple[Decimal, ...]:
    """Return the numbers of a measure's course, earliest first; none where it has none."""
    course = _telling_course(review, measure)
    return tuple(each for each in course.values if each is not None) if course else ()


def compose_chart(review: Review, measure: Measure) -> LineChart | None:
    """Return the chart of a measure, or ``None`` if no year has a number."""
    return review.once(_compose_chart, measure)


@quickly_made
@dataclass(frozen=True, slots=True)
class _Course:
    """The numbers of a chart, which are all that a sparkline and the choice of charts need.

    Attributes:
        unit: what they count.
        scale: 億 where all were written so, and the axis counts so; else empty.
        years: those with actuals.
        points: the year and the number of every point, that of the baseline first.
        values: the points' numbers as they are printed, with as many decimals each.
        bounds: what each point is held against.
        aims: what was asked for by the end of each point's year by itself.
    """

    unit: str
    scale: str
    years: tuple[FiscalYear, ...]
    points: tuple[tuple[FiscalYear, Quantity | None], ...]
    values: tuple[Decimal | None, ...]
    bounds: tuple[Quantity | None, ...]
    aims: tuple[Quantity | None, ...]


def _telling_course(review: Review, measure: Measure) -> _Course | None:
    """Return a course that has points enough for a line to add anything to the numbers."""
    course = _course(review, measure) if may_have_courses(review) else None
    if course is None or sum(each is not None for each in course.values) < LEAST_POINTS:
        return None
    return course


def _course(review: Review, measure: Measure) -> _Course | None:
    return review.once(_find_course, measure)


def _find_course(review: Review, measure: Measure) -> _Course | None:
    unit = unit_of(review, measure)
    if unit is None:
        return None
    years = tuple(year for year in review.years if review.history.id_in(measure.id, year))
    quantities = [(year, _charted(review, measure, year, unit)) for year in years]
    if all(quantity is None for _, quantity in quantities):
        return None
    start, baseline = _start(review, measure, years[0])
    before = () if measure.is_cumulative else baseline.quantities  # a year's amount is no sum
    measured = [(start, first_in(before, unit)), *quantities]
    bounds = bounds_of(review, measure, years, unit)
    aims = (None, *(_aim(review, measure, year, unit) for year in years))
    numbers = (*bounds, *aims, *(found for _, found in measured))
    scales = {each.scale for each in numbers if each}
    scale = scales.pop() if len(scales) == 1 else ""
    points = tuple((year, on_axis(quantity, scale)) for year, quantity in measured)
    places = min(_PADDED_PLACES, max(_places(quantity) for _, quantity in points))
    values = tuple(_padded(quantity, places) for _, quantity in points)
    return _Course(unit, scale, years, points, values, tuple(bounds), aims)


def _compose_chart(review: Review, measure: Measure) -> LineChart | None:
    course = _course(review, measure)
    if course is None:
        return None
    unit, scale = course.unit, course.scale
    gaps = ("", *(_gap_text(review, measure, year) for year in course.years))
    points = tuple(
        _point(review, year, quantity, value, gap)
        for (year, quantity), value, gap in zip(course.points, course.values, gaps, strict=True)
    )
    spelt = in_letters_of(as_spelt(unit, measure), unit)
    forms = forms_of(review, measure, course.years)
    limit = limit_of(review, forms, course.bounds, scale=scale, unit=spelt)
    levels = tuple(found.value if (found := on_axis(aim, scale)) else None for aim in course.aims)
    values = [each for each in (*levels, *course.values) if each is not None]
    if limit is not None:
        values.extend(step.value for step in limit.steps(len(points)))
    return LineChart(
        title=_title(review, measure),
        unit=f"{scale}{spelt}",
        points=points,
        limit=limit,
        is_count=unit != "％" and all(value == value.to_integral_value() for value in values),
        minus=review.words.minus,
        aims=levels if any(each is not None for each in levels) else (),
        aims_word=review.words.dated(AIMS),
    )


def _title(review: Review, measure: Measure) -> str:
    """Return the name, and that its sums are shown where it does not say so itself."""
    name = review.names[measure.id]
    return f"{name}（{SUM}）" if measure.is_cumulative and SUM not in name else name


def _start(review: Review, measure: Measure, first: FiscalYear) -> tuple[FiscalYear, Baseline]:
    """Return the year and the baseline that the line begins with.

    A baseline that was measured anew, among the years with actuals, is no beginning: the
    first one is.
    """
    planned = review.catalogue.years.baseline
    baseline = measure.baseline
    if baseline.year is not None and baseline.year >= first:
        baseline = forms_of(review, measure, (first,))[-1].baseline
    return baseline.year or planned, baseline


def unit_of(review: Review, measure: Measure) -> str | None:
    """Return the unit that the measure is counted in: the target's, the baseline's, or reported."""
    reported = (
        quantity
        for year in review.years
        if (entry := review.actuals.find(measure.id, year)) and entry.value
        for quantity in entry.value.quantities[:1]
    )
    if measure.target.is_state:
        return None
    known = (*measure.target.quantities[:1], *measure.baseline.quantities[:1], *reported)
    return known[0].unit if known else None


def reported_quantity(
    review: Review, measure: Measure, year: FiscalYear, unit: str
) -> Quantity | None:
    """Return a year's number; none where it counts another thing than the target does."""
    entry = review.actuals.find(measure.id, year)
    reason = review.evaluation.find(measure.id, year).reason
    if says_nothing(reason, Nothing.OTHER_ACTION):
        return None
    return first_in(entry.value.quantities, unit) if entry and entry.value else None


def _charted(review: Review, measure: Measure, year: FiscalYear, unit: str) -> Quantity | None:
    """Return a year's number as it is held against the target: the sum of what adds up."""
    if not measure.is_cumulative:
        return reported_quantity(review, measure, year, unit)
    total = review.running_sum(measure.id, year)
    return first_in((total,), unit) if total else None


def _aim(review: Review, measure: Measure, year: FiscalYear, unit: str) -> Quantity | None:
    """Return what a year was to reach by itself, before the year that the target is due in."""
    form = review.history.find(review.history.id_in(measure.id, year) or measure.id, year)
    yearly = form.yearly_target(year) if form else None
    return first_in(yearly.quantities, unit) if yearly else None


def _places(quantity: Quantity | None) -> int:
    """Return how many decimals a quantity was written with."""
    exponent = quantity.value.as_tuple().exponent if quantity else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _gap_text(review: Review, measure: Measure, year: FiscalYear) -> str:
    """Return what stands in a year without a number: a word, or nothing more than the gap."""
    if review.is_without_survey(measure.id, year):
        return NO_SURVEY
    entry = review.actuals.find(measure.id, year)
    return "" if entry is not None and entry.is_reported else NOT_REPORTED


def _padded(quantity: Quantity | None, places: int) -> Decimal | None:
    """Return the number of a point, with ``places`` decimals at least unless it is 約."""
    if quantity is None or quantity.approximate or _places(quantity) >= places:
        return quantity.value if quantity else None
    return quantity.value.quantize(Decimal(1).scaleb(-places))


def _point(
    review: Review,
    year: FiscalYear,
    quantity: Quantity | None,
    value: Decimal | None,
    gap: str,
) -> ChartPoint:
    """Return a point of the chart: the value as it is printed, with 約 where it is about so."""
    text = gap
    if value is not None:
        about = "約" if quantity and quantity.approximate else ""
        text = f"{about}{review.words.signed(format_number(value, review.numerals))}"
    return ChartPoint(review.words.axis_label(year), value, text, review.year_name(year))
