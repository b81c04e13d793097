"""What is possible, but deserves a second look: the reported year against what came before.

Comes in: the merged actuals. Goes out: warnings, each for one measure, which the
report's settings can accept by its id once somebody has asked the department.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from itertools import pairwise

from kpireport.domain.actuals import Actual, ReportedState
from kpireport.domain.catalogue import Measure
from kpireport.domain.numerals import fold_width
from kpireport.domain.running_sums import SUM_WORDS
from kpireport.domain.steps import units_around
from kpireport.domain.units import same_unit, unit_written
from kpireport.domain.values import NOTHING_TO_MEASURE, Quantity, Value, parse_value
from kpireport.domain.years import format_fiscal_year, parse_period
from kpireport.messages import quoted
from kpireport.quickly import dataclass
from kpireport.sources.actuals_forms import COMMENT, REASON, VALUE
from kpireport.sources.actuals_rows import Found
from kpireport.sources.actuals_scope import Scope
from kpireport.sources.actuals_values import written_quantity
from kpireport.sources.cells import round_half_up
from kpireport.sources.copied_values import RowAbove, find_copies

_LARGEST_CHANGE = Decimal("0.5")
_POWERS, _NEAR = (10, 100, 1000), Decimal("0.2")
# Whoever writes one of these has not done the thing yet; 予定どおり実施 is done.
_NOT_DONE = re.compile(
    r"(?:予定|中止|延期)(?=$|[）)、。\n])|(?:検討|準備|調整|作成)中|未(?:実施|着手|定)"
)
_FULL_WIDTH_SIGN = {ord("+"): "＋", ord("-"): "－"}
_ASK = "所管課に確かめてください。"
_SAY_WHY = (
    f"理由を{quoted(COMMENT)}の列に書いてください。"
    f"報告できないだけなら、実績を空欄にして{quoted(REASON)}を書きます。"
)

_FEWEST_OF_A_RISE = 2  # years before: fewer may well rise by themselves

# Counted afresh each year, or a state of affairs that goes up and down.
_NOT_CUMULATIVE = {"人", "回", "％", "人日", "人泊", "泊", "円", "千円", "百万円", "位"}


@dataclass(frozen=True, slots=True)
class _Row:
    """An actual of the reported year, what it is about, and what was reported before.

    ``past`` has the measure's earlier actuals, the latest first; ``above`` is what stands in
    the row above, if that is a number.
    """

    actual: Actual
    measure: Measure
    past: tuple[Actual, ...]
    scope: Scope
    above: RowAbove | None


def suspicions(
    found: Collection[Found[Actual]], scope: Scope
) -> Iterator[tuple[Found[Actual], str, str]]:
    """Yield what looks odd in the reported year: the actual, what is odd, what to do."""
    past: dict[str, list[Actual]] = {}
    for each in sorted(found, key=lambda each: each.fact.fiscal_year, reverse=True):
        if each.fact.fiscal_year < scope.last_year:
            past.setdefault(each.fact.measure_id, []).append(each.fact)
    above: Found[Actual] | None = None
    for new in found:
        if new.fact.fiscal_year != scope.last_year:
            continue
        id_ = new.fact.measure_id
        neighbour = _number_in(above, scope) if above and above.file == new.file else None
        row = _Row(new.fact, scope.measures[id_], _past(id_, past, scope), scope, neighbour)
        above = new
        if new.fact.no_survey_words:
            if what := _odd_survey(row):
                yield new, what, _ASK
            continue
        for what, remedy in _odd_state(row) if row.measure.target.is_state else _odd_value(row):
            yield new, what, remedy
        if not row.measure.target.is_state and (what := _respelled(new)):
            yield new, what, _ASK


def _past(id_: str, by_measure: Mapping[str, list[Actual]], scope: Scope) -> tuple[Actual, ...]:
    """The measure's earlier actuals; a part of a split one goes on with the whole's."""
    past: list[Actual] = []
    at: str | None = id_
    while at is not None:
        past += by_measure.get(at, ())
        at = scope.history.continued.get(at)
    return tuple(past)


def _number_in(above: Found[Actual], scope: Scope) -> RowAbove | None:
    value = above.fact.value
    if value is None or not value.quantities:
        return None
    return RowAbove(value.quantities[0], scope.measures[above.fact.measure_id])


def _respelled(new: Found[Actual]) -> str:
    """What is printed in the plan's words and not as it was typed: 人 for 名, 億円 for 百万円."""
    content, value = new.record.content(VALUE), new.fact.value
    if value is None or not value.quantities or not isinstance(content, str):
        return ""
    unit = value.quantities[0].unit
    typed, printed = parse_value(content, units=(unit,)), unit_written(unit, value.text)
    if not typed.quantities or not typed.quantities[0].unit or not printed:
        return ""
    if fold_width(unit_written(unit, content)) == fold_width(printed):
        return ""
    return f"{quoted(content.strip())}は、計画の書き方に合わせて{quoted(value.text)}とします。"


def _odd_survey(row: _Row) -> str:
    """What is odd about a year without a survey: that the plan has one."""
    survey, year = row.measure.survey, row.actual.fiscal_year
    if survey is None or not survey.is_held_in(year):
        return ""
    words = quoted(row.actual.no_survey_words)
    return f"{words}とありますが、計画では、{format_fiscal_year(year)}に調査を行います。"


# --- states ----------------------------------------------------------------------


def _odd_state(row: _Row) -> Iterator[tuple[str, str]]:
    state = row.actual.state
    if state is None:
        return
    states = list(ReportedState)
    before = next((each for each in row.past if each.state), None)
    if before and before.state and states.index(state) < states.index(before.state):
        year = format_fiscal_year(before.fiscal_year)
        yield f"進捗状況が、{year}の{quoted(before.state)}から{quoted(state)}に戻っています。", _ASK
    if state is ReportedState.DONE and (word := _not_done_yet(row)):
        yield f"進捗状況が{quoted(state)}ですが、実績に{quoted(word)}とあります。", _ASK
    due = row.scope.due[row.actual.measure_id]
    if state is ReportedState.UNDERWAY and row.actual.fiscal_year >= due:
        when = "期限の年度ですが" if row.actual.fiscal_year == due else "期限の年度を過ぎましたが"
        target = f"目標{quoted(row.measure.target.text)}、{format_fiscal_year(due)}"
        yield (
            f"{when}（{target}）、進捗状況が{quoted(state)}のままです。",
            f"目標の状態になっていれば{quoted(ReportedState.DONE)}とします。{_ASK}",
        )


def _not_done_yet(row: _Row) -> str | None:
    """A word by which the actual says that it is not done, unless the target has it too."""
    text = row.actual.value.text if row.actual.value else ""
    found = (match[0] for match in _NOT_DONE.finditer(text))
    return next((word for word in found if word not in row.measure.target.text), None)


# --- values ----------------------------------------------------------------------


def _odd_value(row: _Row) -> Iterator[tuple[str, str]]:
    value = row.actual.value
    if value is None:
        return
    if value.text in NOTHING_TO_MEASURE and not row.actual.comment:
        yield (
            f"実績が{quoted(value.text)}ですが、その理由がありません。評価は行いません。",
            _SAY_WHY,
        )
    if value.is_none_yet and (known := _known_before(row)):
        yield f"{known}なのに、まだない（{value.text}）とあります。", _ASK
    if _is_of_earlier_year(value, row):
        year = format_fiscal_year(row.actual.fiscal_year)
        yield f"{quoted(value.text)}は、{year}より前の値です。", _ASK
    if row.measure.is_cumulative and (what := _like_a_sum(row, value)):
        yield what, f"累計で評価する指標なので、実績には、その年度だけの値を書きます。{_ASK}"
    if value.quantities:
        for what in _odd_number(row, value, value.quantities[0]):
            yield what, _ASK


def _like_a_sum(row: _Row, value: Value) -> str:
    """What looks as if the years before were added already; empty where nothing does."""
    if any(each.prefix in SUM_WORDS for each in value.quantities[:1]):
        return f"{quoted(value.text)}は、累計のようです。"
    values = [value, *(each.value for each in row.past if each.value)]  # the latest first
    series = [each.quantities[0].value for each in values if each.quantities]
    if len(series) <= _FEWEST_OF_A_RISE or not value.quantities:
        return ""
    if any(later <= before for later, before in pairwise(series)):
        return ""
    numbers = "、".join(f"{each:,f}" for each in reversed(series))
    return f"値が毎年増えていて（{numbers}）、累計のようです。"


def _known_before(row: _Row) -> str | None:
    """What there was of a thing: the last actual, or the value at the start."""
    for actual in row.past:
        if actual.value and actual.value.quantities:
            return f"{format_fiscal_year(actual.fiscal_year)}が{quoted(actual.value.text)}"
    baseline = row.measure.baseline
    return f"現状値が{quoted(baseline.text)}" if baseline.quantities else None


def _is_of_earlier_year(value: Value, row: _Row) -> bool:
    """Whether a value says of itself that it is old; the plan's own may lag behind its year."""
    survey = row.measure.survey
    if value.period is None or (survey and not survey.is_held_in(row.actual.fiscal_year)):
        return False
    lag, is_calendar = 0, row.actual.fiscal_year.is_calendar
    with suppress(ValueError):  # most baselines do not say when they were measured
        measured = parse_period(row.measure.baseline.as_of or "").year(is_calendar=is_calendar)
        lag = max(0, row.scope.baseline_year.year - measured.year)
    year = value.period.year(is_calendar=is_calendar)
    return year.year < row.actual.fiscal_year.year - lag


def _odd_number(row: _Row, value: Value, quantity: Quantity) -> Iterator[str]:
    measure = row.measure
    action = parse_value(measure.target.text, units=units_around(measure)).action
    if value.action and action and value.action != action:
        yield (
            f"{quoted(value.text)}は、目標{quoted(measure.target.text)}の{quoted(action)}した数では"
            "ないので、評価の対象になりません。"
        )
    yield from _lacking(value, measure)
    yield from _odd_quantity(quantity, measure)
    if earlier := _earlier(row, quantity):
        yield from _odd_change(quantity, *earlier, measure)
    elif _is_far_beyond(quantity, measure):
        yield f"{written_quantity(quantity)} は、目標{quoted(measure.target.text)}の10倍以上です。"
    yield from find_copies(quantity, measure, row.past, row.above)


def _lacking(value: Value, measure: Measure) -> Iterator[str]:
    """A second number that the plan has (定員) and the actual has not."""
    planned = max(measure.target.quantities, measure.baseline.quantities, key=len)
    for quantity in planned[len(value.quantities) :]:
        name = quantity.prefix or f"{quantity.unit}の数"
        yield (
            f"{quoted(value.text)}に、計画の値{quoted(written_quantity(quantity))}に当たる{name}がありません。"
        )


def _odd_quantity(quantity: Quantity, measure: Measure) -> Iterator[str]:
    known = [
        each.value
        for quantities in (measure.baseline.quantities, measure.target.quantities)
        for each in quantities[:1]
    ]
    if quantity.value < 0 and known and all(value >= 0 for value in known):
        yield f"{written_quantity(quantity)} は負の数です。計画の値はどれも0以上です。"
    if same_unit(quantity.unit, "％"):
        if quantity.value > 100 and all(value <= 100 for value in known):
            yield f"{written_quantity(quantity)} は100％を超えています。"
    elif known and _is_whole(*known) and not _is_whole(quantity.value):
        yield f"{written_quantity(quantity)} に端数があります。計画の値はどれも整数です。"


def _earlier(row: _Row, quantity: Quantity) -> tuple[Quantity, str] | None:
    """What to compare with, and its name: the last known actual, else what was at the start."""
    for actual in row.past:
        if actual.measure_id != row.measure.id:
            break  # of the whole, which is more than its part
        if actual.value and actual.value.quantities:
            return actual.value.quantities[0], format_fiscal_year(actual.fiscal_year)
    baseline = row.measure.baseline
    if row.measure.target.kind.facts.counts_from_zero or not baseline.quantities:
        return None
    start = baseline.quantities[0]
    if not same_unit(start.unit, quantity.unit) or start.prefix != quantity.prefix:
        return None
    year = baseline.year or row.scope.baseline_year
    return start, f"現状値（{baseline.as_of or format_fiscal_year(year)}）"


def _odd_change(
    quantity: Quantity, earlier: Quantity, name: str, measure: Measure
) -> Iterator[str]:
    if not same_unit(quantity.unit, earlier.unit):
        yield (
            f"単位が、{name}（{written_quantity(earlier)}）と違います（{written_quantity(quantity)}）。"
        )
        return
    change = quantity.value - earlier.value
    is_leap = abs(change) > _LARGEST_CHANGE * abs(earlier.value)
    slip = _slip(quantity.value / earlier.value) if earlier.value else ""
    is_asked_for = not slip and _is_on_its_way(quantity, earlier, measure)
    if earlier.value and is_leap and not is_asked_for and not _is_planned(quantity, measure):
        percent = f"{round_half_up(change * 100 / earlier.value, 0):+f}".translate(_FULL_WIDTH_SIGN)
        yield (
            f"{name}の{written_quantity(earlier)}から{written_quantity(quantity)}に、"
            f"{percent}％ 変わっています。{slip}"
        )
    elif change < 0 and _is_cumulative(quantity, measure):
        yield (
            f"積み重ねる数のはずが、{name}の{written_quantity(earlier)}から"
            f"{written_quantity(quantity)}に減っています。"
        )


def _slip(ratio: Decimal) -> str:
    """What a change by a power of ten suggests; empty for others."""
    for power in _POWERS:
        if abs(ratio / power - 1) <= _NEAR:
            return f"およそ{power}倍なので、桁や単位の誤りかもしれません。"
        if abs(ratio * power - 1) <= _NEAR:
            return f"およそ{power}分の１なので、桁や単位の誤りかもしれません。"
    return ""


def _is_far_beyond(quantity: Quantity, measure: Measure) -> bool:
    """Whether a number is ten times its target, where there is nothing else to hold it against."""
    targets = measure.target.quantities[:1]
    return measure.target.kind.facts.may_pile_up and any(
        0 < 10 * each.value <= quantity.value and same_unit(each.unit, quantity.unit)
        for each in targets
    )


def _is_planned(quantity: Quantity, measure: Measure) -> bool:
    """Whether a new thing comes into being as planned: from 1 to 3 of 7 is no leap."""
    target = measure.target
    return target.kind.facts.counts_from_zero and quantity.value <= target.quantities[0].value


def _is_on_its_way(quantity: Quantity, earlier: Quantity, measure: Measure) -> bool:
    """Whether a number lies between the one before and its target, or on it: from 7 to 0 of 0."""
    if measure.is_cumulative:  # a year's own amount, and the target is a sum
        return False
    return any(
        same_unit(aim.unit, quantity.unit)
        and min(earlier.value, aim.value) <= quantity.value <= max(earlier.value, aim.value)
        for aim in measure.target.quantities[:1]
    )


def _is_cumulative(quantity: Quantity, measure: Measure) -> bool:
    """Whether a count can be expected not to fall: places, facilities, beds, projects."""
    return (
        measure.target.kind.facts.may_pile_up
        and not measure.is_cumulative
        and quantity.unit not in _NOT_CUMULATIVE
        and "/" not in quantity.unit  # 人/年 is counted afresh
        and not quantity.prefix
        and _is_whole(quantity.value, *(each.value for each in _planned(measure)))
    )


def _planned(measure: Measure) -> Iterator[Quantity]:
    """The deciding numbers of baseline and target; an index (0.482) piles nothing up."""
    for quantities in (measure.baseline.quantities, measure.target.quantities):
        yield from quantities[:1]


def _is_whole(*values: Decimal) -> bool:
    return all(value == value.to_integral_value() for value in values)
