"""One cell of 実績 against what its indicator measures: the value, or what is wrong.

Comes in: a cell's content and the indicator or numeric target. Goes out: a
:class:`~kpireport.domain.values.Value`: as the department wrote it, with the
catalogue's unit where it wrote a bare number. Whatever cannot be read with certainty
is a fault, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest

from kpireport.domain.catalogue import Measure, period_of, unit_of
from kpireport.domain.numerals import NumeralStyle, fold_width, write_numerals
from kpireport.domain.running_sums import SUM_WORDS
from kpireport.domain.steps import units_around
from kpireport.domain.surveys import NO_SURVEY, says_no_survey, says_nothing_here
from kpireport.domain.units import (
    MONEY,
    in_letters_of,
    per_time_left_out,
    same_unit,
    spelling_in,
    unit_written,
    with_unit,
)
from kpireport.domain.values import (
    NOTHING_TO_MEASURE,
    Quantity,
    Value,
    parse_value,
    scaled_quantity,
)
from kpireport.domain.years import FiscalYear
from kpireport.errors import CellError
from kpireport.messages import quoted
from kpireport.sources.actuals_examples import counted_example, in_words, state_example
from kpireport.sources.cells import (
    CalendarDay,
    Content,
    Number,
    round_half_up,
    text_of,
    write_number,
)
from kpireport.sources.fields import unlikely_date

_NOTHING = ("なし", "無し")
_PERCENT = "％"
_BEGINS_WITH_NUMBER = re.compile(
    r"(?:年間|延べ|のべ|約|[-+▲△])*[0-9]+(?![0-9]*(?:[かヶカケ箇]?年))"
)
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_WRITE_IN_COMMENT = "説明はコメントの列に書いてください。"


def no_survey_value(value: str, state: str, measure: Measure, year: FiscalYear) -> Value | None:
    """What says in the place of a value or a state that there is no survey in the year.

    In a year without a survey by the plan, any word for nothing says so.
    """
    is_planned = measure.survey is not None and not measure.survey.is_held_in(year)
    if is_planned and not state and says_nothing_here(value):
        return Value(value, is_no_survey=True)
    is_alone = not value or says_nothing_here(value)
    return Value(state, is_no_survey=True) if is_alone and says_no_survey(state) else None


def read_value(content: Content, measure: Measure, style: NumeralStyle) -> Value:
    """Read a cell that is not empty.

    Raises:
        CellError: the content is no actual of this measure.
    """
    value = _read(content, measure, style)
    if value.period and (unlikely := unlikely_date(value.text, value.period.last_day)):
        raise CellError(*unlikely)
    if value.qualifier and value.qualifier in fold_width(period_of(measure)):
        return replace(value, qualifier="")  # its values are always of that day
    return value


def _read(content: Content, measure: Measure, style: NumeralStyle) -> Value:
    if (
        isinstance(content, str)
        and says_no_survey(content)
        and not _BEGINS_WITH_NUMBER.match(fold_width(content).strip())
    ):
        return Value(content, is_no_survey=True)
    if measure.target.is_state:
        return _read_state(content, measure, style)
    if isinstance(content, Number) and not content.has_words:
        return _read_number(content, measure, style)
    if isinstance(content, CalendarDay):
        raise CellError(
            f"数の欄が日付（{text_of(content)}）になっています。",
            "セルの表示形式を「標準」にしてから、数を入れ直してください。",
        )
    return _read_text(text_of(content), measure, style)


def expected_quantities(measure: Measure) -> tuple[Quantity, ...]:
    """What the measure measures, with units; empty where the catalogue has no number.

    Of what adds up (累計) that is a year's own amount, though the target is a sum.
    """
    planned = measure.target.quantities or measure.baseline.quantities
    if not measure.is_cumulative:
        return planned
    return tuple(replace(each, prefix="") if each.prefix in SUM_WORDS else each for each in planned)


def written_quantity(quantity: Quantity) -> str:
    """A quantity as messages name it: ``年間1,648人``."""
    return f"{quantity.prefix}{quantity.scaled_value:,f}{quantity.scaled_unit}"


def as_asked(quantities: Sequence[Quantity]) -> str:
    """All numbers of a value as they are to be typed: ``20か所（定員1,400人）``."""
    first, *others = map(written_quantity, quantities)
    return f"{first}{''.join(f'（{each}）' for each in others)}"


def _read_state(content: Content, measure: Measure, style: NumeralStyle) -> Value:
    text = text_of(content, style)
    if isinstance(content, Number) and not content.is_percentage and not content.has_words:
        raise CellError(
            f"{quoted(text)}だけでは、どういう状態かわかりません。",
            in_words(state_example(measure), "言葉で書いてください。"),
        )
    return parse_value(text) if text not in _NOTHING else Value(text)


# --- numbers ---------------------------------------------------------------------


def _read_number(content: Number, measure: Measure, style: NumeralStyle) -> Value:
    """A number of Excel's own: the catalogue's unit is put to it."""
    expected = _first_expected(measure)
    if content.is_percentage:
        if expected is not None and not same_unit(expected.unit, _PERCENT):
            _refuse_unit(text_of(content), expected)
        expected = expected or Quantity(content.value, _PERCENT)
    if expected is None and (unit := unit_of(measure)):
        expected = scaled_quantity(content.value, unit)
    if expected is None:
        raise CellError(
            f"{quoted(text_of(content))}に単位がありません。",
            in_words(counted_example(measure), "単位まで書いてください。"),
        )
    if not content.is_percentage:
        _refuse_fraction(content.value, expected, measure)
    # in the unit that the sheet shows beside it: 3456 of 億円
    quantity = replace(expected.of_scaled(content.value), approximate=False)
    _refuse_impossible(quantity, measure)
    shown = _decimals_shown(content, measure)
    number = write_number(content.value, shown, NumeralStyle.HALF)
    text = write_numerals(f"{quantity.prefix}{number}{_in_plan_words(quantity, measure)}", style)
    text = _with_plan_sign(text, measure)
    if quantity.scale:
        return Value(text, (quantity,))
    if shown is not None and (printed := round_half_up(content.value, shown)) == content.value:
        quantity = replace(quantity, value=printed)  # 61.0 as printed, not 61
    return Value(text, (quantity,))


def _in_plan_words(quantity: Quantity, measure: Measure) -> str:
    """The unit as the plan spells it after its own numbers: カ所, with its scale."""
    spelt = spelling_in(quantity.unit, *_plan_texts(measure))
    return f"{quantity.scale}{in_letters_of(spelt, quantity.unit)}"


def _decimals_shown(content: Number, measure: Measure) -> int | None:
    """The decimals of the cell's format, or as many as tell the value from its target.

    99.96 shown as ``100.0%`` has not reached 100: it is printed as ``99.96％``.
    """
    if content.decimals is None:
        return None
    bounds = [each.value for each in _firsts(measure)]
    for decimals in range(content.decimals, 10):
        rounded = round_half_up(content.value, decimals)
        if all(_side(rounded, bound) == _side(content.value, bound) for bound in bounds):
            return decimals
    return None


def _side(value: Decimal, bound: Decimal) -> int:
    return (value > bound) - (value < bound)


def _refuse_fraction(value: Decimal, expected: Quantity, measure: Measure) -> None:
    """Refuse 0.999 where a percentage is due: it may be 0.999％ or 99.9％."""
    is_small = 0 < value <= 1
    if not (is_small and same_unit(expected.unit, _PERCENT)):
        return
    if any(each.value >= 2 for each in _firsts(measure)):
        percent = f"{(value * 100).normalize():f}"
        raise CellError(
            f"{value} が {percent}％ なのか {value}％ なのか決まりません。",
            f"「{percent}％」か「{value}％」のように、％を付けて書いてください。",
        )


# --- texts -----------------------------------------------------------------------


def _read_text(text: str, measure: Measure, style: NumeralStyle) -> Value:
    if text in NOTHING_TO_MEASURE:
        return Value(text)
    if text in _NOTHING:
        raise CellError(
            f"{quoted(text)}が、0 なのか、まだないのか決まりません。",
            in_words(_example(measure), "0 のことなら 0 を、まだないものは「―」を書いてください。"),
        )
    value = parse_value(text, units=units_around(measure))
    if value.is_none_yet:
        return value
    if not value.quantities:
        value = _listed(value, measure)
    if not expected_quantities(measure):
        unit = unit_of(measure)
        value = parse_value(with_unit(text, unit), units=units_around(measure))
    if not value.quantities and (several := _several_numbers(text, measure)):
        return several
    _refuse_words(value, measure)
    value = _with_expected(value, measure, style)
    for quantity in value.quantities[:1]:
        _refuse_impossible(quantity, measure)
    return replace(value, text=_in_plan_form(value, measure))


def _several_numbers(text: str, measure: Measure) -> Value | None:
    """Several numbers in one cell, written as the plan writes its own: ``94/107``."""
    expected, written = expected_quantities(measure), fold_width(text)
    for planned in _plan_texts(measure) if len(expected) > 1 else ():
        between = _NUMBER.split(fold_width(planned))
        pattern = f"({_NUMBER.pattern})".join(map(re.escape, between))
        if len(between) == len(expected) + 1 and (found := re.fullmatch(pattern, written)):
            numbers = [Decimal(each.replace(",", "")) for each in found.groups()]
            pairs = zip(expected, numbers, strict=True)
            return Value(text, tuple(model.of_scaled(number) for model, number in pairs))
    return None


_BETWEEN = re.compile(r"\s*[、\n]\s*")


def _listed(value: Value, measure: Measure) -> Value:
    """Several numbers in a row, as the plan has them in brackets: ``19か所、定員1,290人``."""
    expected = expected_quantities(measure)
    first, *others = _BETWEEN.split(value.text)
    if len(others) + 1 != len(expected) or not others:
        return value
    bracketed = f"{first}{''.join(f'（{each}）' for each in others)}"
    found = parse_value(bracketed, units=units_around(measure))
    is_whole = len(found.quantities) == len(expected) and all(
        each.prefix == model.prefix and same_unit(each.unit or model.unit, model.unit)
        for each, model in zip(found.quantities, expected, strict=True)
    )
    return replace(found, text=value.text) if is_whole else value


def _refuse_words(value: Value, measure: Measure) -> None:
    example = _example(measure)
    no_survey = f"調査のない年度は「{NO_SURVEY}」、" if "調査" in value.text else ""
    if not value.quantities:
        raise CellError(
            f"{quoted(value.text)}は、数として読めません。",
            in_words(example, "数と単位だけを書いてください。まだないものは「―」、")
            + f"{no_survey}報告できないときは空欄にして理由を書きます。{_WRITE_IN_COMMENT}",
        )
    if value.bound is not None:
        raise CellError(
            f"{quoted(value.text)}では、実績の数が決まりません（「{value.bound}」）。",
            in_words(example, "数そのものを書いてください。"),
        )


def _with_expected(value: Value, measure: Measure, style: NumeralStyle) -> Value:
    """Check each quantity against the catalogue's; put units and prefixes that were left out."""
    expected = expected_quantities(measure)
    if not expected:
        if not value.quantities[0].unit:
            raise CellError(
                f"{quoted(value.text)}に単位がありません。",
                in_words(counted_example(measure), "単位まで書いてください。"),
            )
        return value
    completed = tuple(
        quantity if model is None else _completed(quantity, model, value.text, measure)
        for quantity, model in zip_longest(value.quantities, expected[: len(value.quantities)])
    )
    text = value.text
    typed, first = value.quantities[0], completed[0]
    if not typed.unit:
        about = typed.approximate
        text = _text_with_unit(replace(first, approximate=about), value, measure, style)
    elif typed.unit in MONEY and not same_unit(typed.unit, first.unit):  # of another size
        text = _text_with_unit(first, value, measure, style)
    return replace(value, text=text, quantities=completed)


def _completed(quantity: Quantity, model: Quantity, text: str, measure: Measure) -> Quantity:
    """The quantity with what was left out, in the plan's unit where only its size differs."""
    if quantity.prefix and model.prefix and quantity.prefix != model.prefix:
        raise CellError(
            f"{quoted(text)}の{quoted(quantity.prefix)}が、計画の{quoted(model.prefix)}と違います。",
            f"{model.prefix}の数を書いてください。",
        )
    prefix = quantity.prefix or model.prefix
    if not quantity.unit:
        if not quantity.scale:
            _refuse_fraction(quantity.value, model, measure)
            quantity = replace(model.of_scaled(quantity.value), approximate=quantity.approximate)
        return replace(quantity, unit=model.unit, prefix=prefix)
    counted = per_time_left_out(model.unit)
    if same_unit(quantity.unit, model.unit) or same_unit(quantity.unit, counted):
        return replace(quantity, unit=model.unit, prefix=prefix)
    if quantity.unit not in MONEY or model.unit not in MONEY:
        _refuse_unit(text, model)
    exact = quantity.value * MONEY[quantity.unit] / MONEY[model.unit]
    value = Decimal(f"{exact.normalize():f}")
    # 万 of 1億7,500万円 is one of 円: of 百万円 it would be 0.0175万百万円
    return replace(quantity, value=value, unit=model.unit, prefix=prefix, scale=model.scale)


def _text_with_unit(quantity: Quantity, value: Value, measure: Measure, style: NumeralStyle) -> str:
    """A number in the catalogue's unit, as generated text; what stands after it is kept."""
    if len(value.quantities) > 1 or value.change or value.period:
        typed = value.quantities[0]
        unit = _in_plan_words(
            replace(quantity, scale="" if typed.scale else quantity.scale), measure
        )
        text = with_unit(value.text, unit)
        if unit and text == value.text:
            raise CellError(
                f"{quoted(value.text)}の初めの数に、計画の単位がありません。",
                f"「{quantity.scaled_unit}」を付けて書いてください。",
            )
        return text if typed.prefix else f"{quantity.prefix}{text}"
    about = "約" if quantity.approximate else ""
    number = f"{quantity.scaled_value:,f}".replace("-", "−")
    bracket = _NOTE.search(value.text) if value.qualifier else None
    note = bracket[0] if bracket else ""
    unit = _in_plan_words(quantity, measure)
    return write_numerals(f"{quantity.prefix}{about}{number}{unit}", style) + note


_NOTE = re.compile(r"\s*[（(※].*$", re.DOTALL)
_SIGN = re.compile(r"^[-‐‑−－▲△]\s*(?=[0-9０-９])")


def _in_plan_form(value: Value, measure: Measure) -> str:
    """A number's text with the unit and the sign as the plan writes them: ``９人`` of ``９名``."""
    text, unit = value.text, value.quantities[0].unit
    typed = unit_written(unit, text)
    planned = next(filter(None, (unit_written(unit, each) for each in _plan_texts(measure))), "")
    if typed and planned and _differ(typed, planned):
        text = re.sub(rf"(?<=[0-9０-９千万億兆])(\s*){re.escape(typed)}", planned, text)
    return _with_plan_sign(text, measure)


def _differ(typed: str, planned: str) -> bool:
    """Whether two spellings are other words, not the same letters in another width."""
    return fold_width(typed) != fold_width(planned)


def _with_plan_sign(text: str, measure: Measure) -> str:
    """A negative number with the sign of the plan's own numbers; − where it has none."""
    signs = (each.strip()[:1] for each in _plan_texts(measure) if _SIGN.match(each.strip()))
    return _SIGN.sub(next(signs, "−"), text)


def _plan_texts(measure: Measure) -> tuple[str, str]:
    return measure.baseline.text, measure.target.text


# --- what cannot be --------------------------------------------------------------


def _refuse_impossible(quantity: Quantity, measure: Measure) -> None:
    known = [each.value for each in _firsts(measure)]
    written = f"{quantity.value:f}{quantity.unit}"
    if same_unit(quantity.unit, _PERCENT):
        most = 2 * max(Decimal(100), *known) if known else Decimal(200)
        if quantity.value > most:
            raise CellError(
                f"{written} は割合としてありえません。", _percentage_meant(quantity.value, known)
            )


def _percentage_meant(value: Decimal, known: Sequence[Decimal]) -> str:
    """What to write for a percentage that cannot be: ten or a hundred times what the plan knows.

    A point that was forgotten (732 of 73.2) makes it ten times as much, Excel's format a hundred.
    """
    near = max((each for each in known if each > 0), default=Decimal(0))
    if near and abs(value / 10 - near) < abs(value / 100 - near):
        return f"{value / 10:f}％ のことなら、そう書き直してください。"
    return (
        f"{value / 100:f}％ のことなら、そう書き直してください"
        "（Excelの％の書式のセルに 62.1 と貼り付けると 6210％ になります）。"
    )


def _refuse_unit(text: str, expected: Quantity) -> None:
    raise CellError(
        f"{quoted(text)}の単位が、計画の単位（{expected.scaled_unit}）と違います。",
        f"「{expected.scaled_unit}」で数えた値を書いてください。",
    )


def _first_expected(measure: Measure) -> Quantity | None:
    expected = expected_quantities(measure)
    return expected[0] if expected else None


def _firsts(measure: Measure) -> list[Quantity]:
    """The deciding numbers of the catalogue: baseline's and target's, if they have any."""
    return [
        quantities[0]
        for quantities in (measure.baseline.quantities, measure.target.quantities)
        if quantities
    ]


def _example(measure: Measure) -> str:
    expected = expected_quantities(measure)
    if not expected:
        return counted_example(measure)
    return as_asked(expected)
