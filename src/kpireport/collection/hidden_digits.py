"""A cell that shows fewer digits than it holds: the number that it holds is what counts.

Comes in: an answer that was read as its cell shows it. Goes out: the same with every digit,
and a notice of what the department saw. What only a calculation leaves (61.538461538 shown
as 61.5) is nobody's choice of digits: that is asked.
"""

from __future__ import annotations

from dataclasses import replace

from kpireport.domain.actuals import Actual
from kpireport.domain.catalogue import Measure
from kpireport.domain.numerals import NumeralStyle
from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.messages import quoted
from kpireport.sources.actuals_forms import VALUE
from kpireport.sources.actuals_rows import Found
from kpireport.sources.actuals_values import read_value
from kpireport.sources.cells import Number, round_half_up, text_of

_MOST_DECIMALS = 4  # that anybody types; a quotient has a dozen


def with_all_digits(
    found: Found[Actual], measure: Measure, style: NumeralStyle, log: Findings
) -> Found[Actual]:
    """Return the answer with the number that its cell holds; what it shows else is noted.

    Args:
        found: the answer.
        measure: what it is about.
        style: the numerals of text that is generated from bare numbers.
        log: where a notice goes, or the question.
    """
    content = found.record.content(VALUE)
    if found.fact.value is None or not isinstance(content, Number) or _shows_all(content):
        return found
    log = log.about(found.about, measure.id, found.fact.department)
    seen, whole = text_of(content), replace(content, decimals=None)
    place, held = found.record.place(VALUE), text_of(whole)
    if not _can_be_typed(content):
        log.add(
            place,
            f"セルに見えるのは{quoted(seen)}ですが、入っている数は{quoted(held)}です。"
            "どの桁までを報告するのか、決まりません。",
            f"報告する桁までの数を、式を使わずに打ち直してください（見えるとおりでよければ{quoted(seen)}）。",
        )
        return found
    try:
        value = read_value(whole, measure, style)
    except CellError as error:
        log.fault(place, error)
        return found
    log.about(found.about).warn(
        place,
        f"セルに見えるのは{quoted(seen)}ですが、入っている数は{quoted(held)}です。"
        f"実績は{quoted(value.text)}とします。",
        f"{quoted(seen)}と報告するつもりだったのなら、その数を打ち直して、送り直してもらってください。",
    )
    return replace(found, fact=replace(found.fact, value=value))


def _shows_all(content: Number) -> bool:
    if content.decimals is None:
        return True
    return round_half_up(content.value, content.decimals) == content.value


def _can_be_typed(content: Number) -> bool:
    return round_half_up(content.value, _MOST_DECIMALS) == content.value
