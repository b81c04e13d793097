"""Numbers as text for the document: quantities, percentages, rates.

Comes in: exact decimals. Goes out: final text with grouping, the rounding of the
rules and the numerals of public documents (:mod:`kpireport.domain.numerals`), as it
stands in the table's cells, the charts and the reasons of judgements. Only what is
generated comes through here; printed values of the plan are verbatim.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache, lru_cache

from babel import Locale
from babel.numbers import NumberPattern, parse_pattern

from kpireport.domain.numerals import NumeralStyle, write_numerals
from kpireport.domain.values import Quantity

_LOCALE = Locale("ja", "JP")

# U+2212: a minus sign joins its number in line breaking and is read aloud as one,
# which the hyphen that CLDR gives for Japanese does and is not.
_MINUS = "−"

_TENTH = Decimal("0.1")
_FULL = Decimal(100)
_JUST_BELOW_FULL = Decimal("99.9")

# Wide enough for any number that is read or divided here, so that rounding is only
# ever the rounding asked for.
_ROUNDING = Context(prec=60, rounding=ROUND_HALF_UP)


def format_number(value: Decimal, style: NumeralStyle = NumeralStyle.MIXED) -> str:
    """Write a number as exactly as it is, grouped: ``６``, ``14,760``, ``99.90``, ``−5``."""
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    number = _grouped(value.copy_abs(), places)
    # Asking for less than nought, not for the sign bit: −0.04 rounds to −0.0, which is 0.0.
    return write_numerals(f"{_MINUS}{number}" if value < 0 else number, style)


@lru_cache(4096)  # a document's numbers are written many times
def _grouped(value: Decimal, places: int) -> str:
    """Write a number that is not below nought; ``places`` tells 99.90 from 99.9, which is equal."""
    with localcontext(_ROUNDING):  # Babel quantizes in the ambient context
        return str(_pattern(places).apply(value, _LOCALE, decimal_quantization=False))


def format_quantity(quantity: Quantity, style: NumeralStyle = NumeralStyle.MIXED) -> str:
    """Write a quantity with all it carries: ``年間約1,648人``, ``3,456億円``, ``99.9％``."""
    about = "約" if quantity.approximate else ""
    prefix = write_numerals(quantity.prefix, style)
    number = format_number(quantity.scaled_value, style)
    return f"{prefix}{about}{number}{quantity.scaled_unit}"


def format_percentage(percentage: Decimal, style: NumeralStyle = NumeralStyle.MIXED) -> str:
    """Write a percentage (66.666… is ``66.7％``) with one decimal, rounded half up."""
    rounded = percentage.quantize(_TENTH, context=_ROUNDING)
    return f"{format_number(rounded, style)}％"


def format_rate(rate: Decimal, style: NumeralStyle = NumeralStyle.MIXED) -> str:
    """Write a rate (達成率・進捗率; 1 is the target) as a percentage with one decimal.

    Rounded half up, except that a rate below 1 never displays as ``100.0％``: a value
    short of its target must not look as if it had reached it. Rates below 0 and above
    1 are written as they are.

    >>> format_rate(Decimal(2) / 3), format_rate(Decimal("0.9999"))
    ('66.7％', '99.9％')
    """
    percentage = rate.scaleb(2, context=_ROUNDING)
    if percentage < _FULL:
        rounded = percentage.quantize(_TENTH, context=_ROUNDING)
        percentage = min(rounded, _JUST_BELOW_FULL)
    return format_percentage(percentage, style)


@cache
def _pattern(places: int) -> NumberPattern:
    """The grouped pattern with a fixed number of decimals (Unicode TR35, part 3)."""
    return parse_pattern("#,##0" + ("." + "0" * places if places else ""))
