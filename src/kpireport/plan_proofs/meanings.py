"""What a row of a plan means, in sentences: what is asked for, from where, by when.

Comes in: a measure of the plan. Goes out: what a person who hears it can say yes or no to:
``現状値350人から420人以上に増やす。期限　令和10年度末。``
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from kpireport.document.numbers import format_quantity
from kpireport.domain.catalogue import Baseline, Catalogue, Measure, Target, as_spelt
from kpireport.domain.names import in_one_line
from kpireport.domain.target_kinds import TargetKind
from kpireport.domain.values import Quantity
from kpireport.domain.wording import Words
from kpireport.domain.years import format_fiscal_year, format_fiscal_year_end

_LEVELS = ("％", "ポイント", "点", "位", "度", "偏差値")


class Meanings:
    """Says what the rows of a plan mean, in the plan's own words."""

    def __init__(self, plan: Catalogue) -> None:
        """Learn the plan's words and years."""
        self._words, self._years = Words.of(plan), plan.years
        self._names = {each.id: each.name for each in plan.measures()}

    def of(self, measure: Measure) -> str:
        """The sentences of a measure."""
        return "".join(self._sentences(measure))

    def _sentences(self, measure: Measure) -> Iterator[str]:
        baseline, target = measure.baseline, measure.target
        quantities = [_spelt(cell.quantities, measure) for cell in (baseline, target)]
        was, aim = (each[0] if each else "" for each in quantities)
        texts = target.text, baseline.text
        yield self._say(_asked(baseline, target), was, aim, _step(target), *texts)
        further = [
            self._say(f"{word}{{0}}", "、".join(each[1:]))
            for word, each in zip(("現状値", "目標値"), quantities, strict=True)
            if each[1:]
        ]
        if further:
            yield f"ほかの数　{'、'.join(further)}。"
        if measure.is_cumulative:
            yield self._say("各年度の数を足した累計で評価する。")
        if not target.is_none:
            due = format_fiscal_year_end(self._years.due(measure))
            yield f"期限　{due}{'（この行だけの期限）' if target.deadline else ''}。"
        yield from self._of_baseline(baseline)
        yield from self._of_years(measure)

    def _of_baseline(self, baseline: Baseline) -> Iterator[str]:
        if baseline.as_of:
            yield self._say("現状値は{0}の値。", baseline.as_of)
        if baseline.year:
            yield self._say("現状値は{0}の値として数える。", format_fiscal_year(baseline.year))
        if baseline.is_first_known:
            yield self._say("最初に報告された実績を現状値の代わりにする。")
        if baseline.shared_with:
            name = in_one_line(self._names.get(baseline.shared_with, baseline.shared_with))
            yield self._say("現状値の欄は「{0}」の行と共通。", name)

    def _of_years(self, measure: Measure) -> Iterator[str]:
        if measure.yearly_targets:
            said = "、".join(
                f"{format_fiscal_year(each.fiscal_year)} {in_one_line(each.text)}"
                for each in measure.yearly_targets
            )
            yield self._say("途中の年度の目標値　{0}。", said)

    def _say(self, sentence: str, *texts: str) -> str:
        """A sentence of ours in the plan's words, with texts that stay as they are."""
        return self._words.put_into(sentence).format(*map(in_one_line, texts))


def _spelt(quantities: tuple[Quantity, ...], measure: Measure) -> tuple[str, ...]:
    """The quantities of a cell, their units as the row spells them."""
    return tuple(
        format_quantity(replace(each, unit=as_spelt(each.unit, measure))) for each in quantities
    )


def _step(target: Target) -> str:
    return format_quantity(target.step) if target.step else ""


def _asked(baseline: Baseline, target: Target) -> str:
    """What is asked for: {0} is the baseline's number, {1} the target's, {2} the step.

    {3} and {4} are the printed texts of the target and of the baseline.
    """
    start = "現状値{0}" if baseline.quantities else "現状値"
    step = "{2}" if target.step else ""
    match target.kind:
        case TargetKind.AT_LEAST | TargetKind.AT_MOST:
            return _toward(baseline, target)
        case TargetKind.KEEP_AT_LEAST:
            return f"{start}は目標値を上回っているが、{{1}}以上を保つ。"
        case TargetKind.ABOVE_BASELINE:
            return f"{start}から{step}{_rise(baseline)}。"
        case TargetKind.BELOW_BASELINE:
            return f"{start}から{step}{_fall(baseline)}。"
        case TargetKind.ABOVE_PREVIOUS:
            return f"毎年度、前年度の実績から{step}{_rise(baseline)}。"
        case TargetKind.BELOW_PREVIOUS:
            return f"毎年度、前年度の実績から{step}{_fall(baseline)}。"
        case TargetKind.STATE:
            return _state(baseline, target)
        case TargetKind.NEW_COUNT:
            return "現状値は数えず、0から数えて{1}にする。"
        case TargetKind.NONE:
            return "目標を定めない（実績を示すだけで、評価しない）。"
        case _:
            assert_never(target.kind)


def _state(baseline: Baseline, target: Target) -> str:
    if baseline.text.strip() == target.text.strip():
        return "「{3}」の状態を保つ（数では測らない）。"
    if not re.search(r"\w", baseline.text):  # ― says that there is nothing yet
        return "「{3}」の状態にする（数では測らない）。"
    return "「{4}」から「{3}」の状態にする（数では測らない）。"


def _toward(baseline: Baseline, target: Target) -> str:
    """Of a number that is to be reached; told as a way only from a like number before it."""
    upward = target.kind.facts.upward
    start, aim = _first(baseline), _first(target)
    # hardly anything goes below nought: there the plan's own word says whether it may
    says_side = upward or aim is None or aim.value or "以下" in target.text
    side = "以上" if upward else "以下" if says_side else ""
    if start is None or aim is None:
        return f"{{1}}{side}にする。"
    if (start.unit, start.prefix) != (aim.unit, aim.prefix):
        return f"{{1}}{side}にする（現状値は{{0}}）。"
    if start.value == aim.value:
        return f"現状値{{0}}と同じ{{1}}{side}にする。"
    if (start.value > aim.value) is upward:
        past = "上回って" if upward else "下回って"
        return f"{{1}}{side}にする（現状値{{0}}は、すでに目標値を{past}いる）。"
    return f"現状値{{0}}から{{1}}{side}に{_rise(baseline) if upward else _fall(baseline)}。"


def _first(cell: Baseline | Target) -> Quantity | None:
    return cell.quantities[0] if cell.quantities else None


def _rise(baseline: Baseline) -> str:
    return "上げる" if _is_level(baseline) else "増やす"


def _fall(baseline: Baseline) -> str:
    return "下げる" if _is_level(baseline) else "減らす"


def _is_level(baseline: Baseline) -> bool:
    """Whether it is no amount: a share goes up, it does not become more."""
    first = _first(baseline)
    return first is not None and first.unit in _LEVELS
