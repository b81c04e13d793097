"""One cell of 実績 against what its indicator measures: the value, or what is wrong.

Comes in: a cell's content and the indicator or numeric target. Goes out: a
:class:`~kpireport.domain.values.Value`: as the department wrote it, with the
catalogue's unit where it wrote a bare number. Whatever cannot be read with certainty
is a fault, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest

from kpireport.domain.catalogue import Measure, TargetKind
from kpireport.domain.numerals import NumeralStyle, write_numerals
from kpireport.domain.values import Quantity, Value, parse_value, same_unit
from kpireport.errors import CellError
from kpireport.messages import quoted
from kpireport.sources.cells import (
    CalendarDay,
    Content,
    Number,
    round_half_up,
    text_of,
    write_number,
)
from kpireport.sources.fields import unlikely_date

NOT_APPLICABLE = ("対象外", "該当なし", "非該当")
"""Words that may stand where a number is due: there is nothing to measure."""

_PERCENT = "％"
_WRITE_IN_COMMENT = "説明はコメントの列に書いてください。"


def read_value(content: Content, measure: Measure, style: NumeralStyle) -> Value:
    """Read a cell that is not empty.

    Raises:
        CellError: the content is no actual of this measure.
    """
    value = _read(content, measure, style)
    if value.period and (unlikely := unlikely_date(value.text, value.period.last_day)):
        raise CellError(*unlikely)
    return value


def _read(content: Content, measure: Measure, style: NumeralStyle) -> Value:
    if measure.target.kind is TargetKind.STATE:
        return _read_state(content, style)
    if isinstance(content, Number) and not content.suffix:
        return _read_number(content, measure, style)
    if isinstance(content, CalendarDay):
        raise CellError(
            f"数の欄が日付（{text_of(content)}）になっています。",
            "セルの表示形式を「標準」にしてから、数を入れ直してください。",
        )
    return _read_text(text_of(content), measure, style)


def expected_quantities(measure: Measure) -> tuple[Quantity, ...]:
    """What the measure measures, with units; empty where the catalogue has no number."""
    return measure.target.quantities or measure.baseline.quantities


def written_quantity(quantity: Quantity) -> str:
    """A quantity as messages name it: ``年間1,648人``."""
    return f"{quantity.prefix}{quantity.scaled_value:,f}{quantity.scaled_unit}"


def _read_state(content: Content, style: NumeralStyle) -> Value:
    text = text_of(content, style)
    if isinstance(content, Number) and not content.is_percentage and not content.suffix:
        raise CellError(
            f"{quoted(text)}だけでは、どういう状態かわかりません。",
            "「45人に増員」のように、言葉で書いてください。",
        )
    return parse_value(text)


# --- numbers ---------------------------------------------------------------------


def _read_number(content: Number, measure: Measure, style: NumeralStyle) -> Value:
    """A number of Excel's own: the catalogue's unit is put to it."""
    expected = _first_expected(measure)
    if content.is_percentage:
        if expected is not None and not same_unit(expected.unit, _PERCENT):
            _refuse_unit(text_of(content), expected)
        expected = expected or Quantity(content.value, _PERCENT)
    if expected is None:
        raise CellError(
            f"{quoted(text_of(content))}に単位がありません。",
            "「12,345件」のように、単位まで書いてください。",
        )
    if not content.is_percentage:
        _refuse_unscaled(content.value, expected)
        _refuse_fraction(content.value, expected, measure)
    quantity = replace(expected, value=content.value, approximate=False, scale="")
    _refuse_impossible(quantity, measure)
    shown = _decimals_shown(content, measure)
    number = write_number(content.value, shown, NumeralStyle.HALF)
    text = write_numerals(f"{quantity.prefix}{number}{quantity.unit}", style)
    if shown is not None and (printed := round_half_up(content.value, shown)) == content.value:
        quantity = replace(quantity, value=printed)  # 61.0 as printed, not 61
    return Value(text, (quantity,))


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


def _refuse_unscaled(value: Decimal, expected: Quantity) -> None:
    """Refuse 1,450 where the plan counts in 万円: it may be 1,450万円 or 1,450円."""
    if expected.scale:
        number = f"{value:,f}"
        scaled, plain = f"{number}{expected.scaled_unit}", f"{number}{expected.unit}"
        raise CellError(
            f"{number} が {scaled} なのか {plain} なのか決まりません。",
            f"「{scaled}」か「{plain}」のように、単位まで書いてください。",
        )


# --- texts -----------------------------------------------------------------------


def _read_text(text: str, measure: Measure, style: NumeralStyle) -> Value:
    if text in NOT_APPLICABLE:
        return Value(text)
    value = parse_value(text, units=units_of(measure))
    if value.is_none_yet:
        return value
    _refuse_words(value, measure)
    value = _with_expected(value, measure, style)
    for quantity in value.quantities[:1]:
        _refuse_impossible(quantity, measure)
    return value


def _refuse_words(value: Value, measure: Measure) -> None:
    example = _example(measure)
    if not value.quantities:
        raise CellError(
            f"{quoted(value.text)}は、数として読めません。",
            f"「{example}」のように数と単位だけを書いてください。まだないものは「―」、"
            f"報告できないときは空欄にして理由を書きます。{_WRITE_IN_COMMENT}",
        )
    if value.bound is not None:
        raise CellError(
            f"{quoted(value.text)}では、実績の数が決まりません（「{value.bound}」）。",
            f"「{example}」のように、数そのものを書いてください。",
        )


def _with_expected(value: Value, measure: Measure, style: NumeralStyle) -> Value:
    """Check each quantity against the catalogue's; put units and prefixes that were left out."""
    expected = expected_quantities(measure)
    if not expected:
        if not value.quantities[0].unit:
            raise CellError(
                f"{quoted(value.text)}に単位がありません。",
                "「12,345件」のように、単位まで書いてください。",
            )
        return value
    completed = tuple(
        quantity if model is None else _completed(quantity, model, value.text, measure)
        for quantity, model in zip_longest(value.quantities, expected[: len(value.quantities)])
    )
    text = value.text
    if not value.quantities[0].unit:
        bare = replace(value.quantities[0], unit=completed[0].unit, prefix=completed[0].prefix)
        text = _text_with_unit(bare, value, style)
    return replace(value, text=text, quantities=completed)


def _completed(quantity: Quantity, model: Quantity, text: str, measure: Measure) -> Quantity:
    if quantity.unit and not same_unit(quantity.unit, model.unit):
        _refuse_unit(text, model)
    if quantity.prefix and model.prefix and quantity.prefix != model.prefix:
        raise CellError(
            f"{quoted(text)}の{quoted(quantity.prefix)}が、計画の{quoted(model.prefix)}と違います。",
            f"{model.prefix}の数を書いてください。",
        )
    if not quantity.unit:
        if not quantity.scale:
            _refuse_unscaled(quantity.value, model)
        _refuse_fraction(quantity.value, model, measure)
    return replace(quantity, unit=model.unit, prefix=quantity.prefix or model.prefix)


def _text_with_unit(quantity: Quantity, value: Value, style: NumeralStyle) -> str:
    """A bare number with the catalogue's unit, as generated text."""
    if len(value.quantities) > 1 or value.change or value.period:
        raise CellError(
            f"{quoted(value.text)}の初めの数に単位がありません。",
            f"「{quantity.unit}」を付けて書いてください。",
        )
    about = "約" if quantity.approximate else ""
    return write_numerals(f"{quantity.prefix}{about}{quantity.value:,f}{quantity.unit}", style)


# --- what cannot be --------------------------------------------------------------


def _refuse_impossible(quantity: Quantity, measure: Measure) -> None:
    known = [each.value for each in _firsts(measure)]
    written = f"{quantity.value:f}{quantity.unit}"
    if quantity.value < 0 and all(value >= 0 for value in known):
        raise CellError(f"{written} は負の数です。", "0以上の数を書いてください。")
    if same_unit(quantity.unit, _PERCENT):
        most = 2 * max(Decimal(100), *known) if known else Decimal(200)
        if quantity.value > most:
            raise CellError(
                f"{written} は割合としてありえません。",
                f"{quantity.value / 100:f}％ のことなら、そう書き直してください"
                "（Excelの％の書式のセルに 62.1 と貼り付けると 6210％ になります）。",
            )


def _refuse_unit(text: str, expected: Quantity) -> None:
    raise CellError(
        f"{quoted(text)}の単位が、計画の単位（{expected.unit}）と違います。",
        f"「{expected.unit}」で数えた値を書いてください。",
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


def units_of(measure: Measure) -> Iterable[str]:
    """The units that the catalogue itself uses for the measure."""
    both = (*measure.baseline.quantities, *measure.target.quantities)
    return {each.unit for each in both if each.unit}


def _example(measure: Measure) -> str:
    expected = _first_expected(measure)
    if expected is None:
        return "12,345件"
    return f"{expected.prefix}{expected.value:,f}{expected.unit}"
