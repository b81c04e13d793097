"""Whether the number is certain that a target as a step from the baseline asks for (増減).

Comes in: an indicator or numeric target. Goes out: problems in the log.
"""

from __future__ import annotations

import re

from kpireport.domain.steps import Step, asked_by, step_in, units_of_step
from kpireport.domain.target_kinds import HeldAgainst
from kpireport.domain.values import Quantity, scaled_quantity
from kpireport.findings import Findings
from kpireport.messages import quoted
from kpireport.sources.measure_entries import BaselineEntry, MeasureEntry, TargetEntry
from kpireport.sources.printed_quantities import written

_TREND = re.compile("(?:(?P<up>増加|上昇|向上)|減少|低下|縮小)(?:傾向)?(?:へ|に|とする|を目指す)?")


def is_step(entry: TargetEntry) -> bool:
    """Whether a target without a number of its own asks for a step from the baseline."""
    return entry.step is not None or bool(step_in(entry.text, units_of_step(entry.text)))


def check_step(place: str, entry: MeasureEntry, units: frozenset[str], log: Findings) -> None:
    """Log what leaves open what a step asks for, and what contradicts it.

    Args:
        place: of the target.
        entry: the row, its numbers in the unit that it states.
        units: all that the file uses.
        log: where to.
    """
    target = entry.target
    step = _stated(target) or step_in(target.text, (*units, *units_of_step(target.text)))
    facts = target.kind.facts
    _check_trend(place, target, log)
    if facts.held_against is not HeldAgainst.NUMBER:
        if target.step is not None:
            log.add(
                f"{place}.step",
                f"数を求めない目標（{target.kind}）なのに、増減の数があります。",
                'この項目を消すか、"kind" を "at_least" か "at_most" に直してください。',
            )
        return
    if step is None:
        return
    if facts.upward is not (step.amount.value > 0) and not facts.keeps:
        log.add(
            f"{place}.kind",
            f"{quoted(target.text)}と種類（{target.kind}）が食い違っています。",
            f'"kind" を "{"at_least" if step.amount.value > 0 else "at_most"}" に'
            "直すか、印字か step の誤りを直してください。",
        )
    is_known = bool(target.quantities)
    asked = check_base(place, target.text, step, entry.baseline, log, is_known=is_known)
    stated = target.quantities[0] if target.quantities else None
    if asked and stated and scaled_quantity(stated.value, stated.unit).value != asked.value:
        log.add(
            f"{place}.quantities[0]",
            f"{quoted(target.text)}は{quoted(written(asked))}ですが、"
            f"数量は{quoted(written(stated))}です。",
            "quantities を消す（現状値から計算します）か、印字か現状値の誤りを直してください。",
        )


def _stated(target: TargetEntry) -> Step | None:
    if target.step is None:
        return None
    return Step(scaled_quantity(target.step.value, target.step.unit), is_stated=True)


def check_base(
    place: str,
    text: str,
    step: Step,
    baseline: BaselineEntry,
    log: Findings,
    *,
    is_known: bool = False,
) -> Quantity | None:
    """Log that a step from a baseline leaves open what is asked for; return what it asks for.

    Args:
        place: of the target.
        text: the target's.
        step: as it is read or stated.
        baseline: what it is a step from.
        log: where to.
        is_known: whether the number is stated anyway.
    """
    first = baseline.quantities[0] if baseline.quantities else None
    if first is None:
        if not is_known and not baseline.first_known:
            log.add(
                place,
                f"現状値{quoted(baseline.text)}に数量がないので、{quoted(text)}の目標の数が決まりません。",
                "現状値の quantities か、目標の quantities に数と単位を書いてください。"
                '最初の実績から数えるなら、現状値に "first_known": true と書きます。',
            )
        return None
    base = scaled_quantity(first.value, first.unit)
    asked = asked_by(step, base)
    if asked is None and not is_known:
        log.add(place, *_why_open(text, step, base))
    return asked


def _why_open(text: str, step: Step, base: Quantity) -> tuple[str, str]:
    if base.unit == "％" and step.amount.unit == "％":
        size = abs(step.amount.value)
        sign = "-" if step.amount.value < 0 else ""
        what = f"{size}％が、{size}ポイントなのか、現状値の{size}％なのか決まりません。"
        points = f'"step": {{"value": {sign}{size}, "unit": "ポイント"}}'
        return f"{quoted(text)}の{what}", f'{points} か、"unit": "％" と書いてください。'
    units = f"現状値は{quoted(written(base))}、{quoted(text)}は{quoted(_size(step.amount))}"
    remedy = "同じ単位にするか、目標の quantities に数と単位を書いてください。"
    return f"単位が違います：{units}。", remedy


def _size(amount: Quantity) -> str:
    return f"{abs(amount.scaled_value):,f}{amount.scaled_unit}"


def _check_trend(place: str, target: TargetEntry, log: Findings) -> None:
    """Check that a trend in words (増加傾向へ) goes the way that the kind does."""
    match = _TREND.fullmatch(target.text.strip())
    facts = target.kind.facts
    against = (HeldAgainst.BASELINE, HeldAgainst.PREVIOUS)
    if match and facts.held_against in against and facts.upward is not bool(match["up"]):
        log.add(
            f"{place}.kind",
            f"{quoted(target.text)}と種類（{target.kind}）が食い違っています。",
            "種類（kind）か、印字のほうの誤りを直してください。",
        )
