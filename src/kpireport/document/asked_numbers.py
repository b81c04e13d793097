"""The number that a target asks for whose text names a step from the baseline alone.

Comes in: a measure. Goes out: what stands below the target's own words: ``（8,000歩）``.
"""

from __future__ import annotations

from dataclasses import replace

from kpireport.document.numbers import format_quantity
from kpireport.domain.catalogue import Measure
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.steps import step_in, units_around
from kpireport.domain.units import spelling_in


def asked_text(measure: Measure, style: NumeralStyle) -> str:
    """Return the number in brackets; empty where the target's text has it itself."""
    target = measure.target
    if not target.quantities or not _is_step(measure):
        return ""
    (asked, *_) = target.quantities
    unit = spelling_in(asked.unit, measure.baseline.text)
    return f"（{format_quantity(replace(asked, unit=unit), style)}）"


def _is_step(measure: Measure) -> bool:
    target = measure.target
    return target.step is not None or step_in(target.text, units_around(measure)) is not None
