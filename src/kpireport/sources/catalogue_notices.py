"""What looks forgotten in a plan that can be used all the same.

Comes in: the plan's file as it was read. Goes out: warnings, each at its
place in the file. Everything here is allowed, for the decided plan is printed as it
is; but a plan without indicators, or ※２ without its note, is mostly a slip of the hand
that copied it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from kpireport.domain.catalogue import Catalogue, Goal, IndicatorGroup, Introduction, Plan
from kpireport.domain.names import in_one_line
from kpireport.domain.numerals import fold_width
from kpireport.domain.places import Place, place_of
from kpireport.domain.units import same_unit
from kpireport.findings import Findings
from kpireport.messages import PathStep, path_text, quoted
from kpireport.sources.catalogue import PlanFile
from kpireport.sources.catalogue_names import name_place
from kpireport.sources.characters import strings_of
from kpireport.sources.department_names import asked_about, spelt_in_two_ways
from kpireport.sources.printed_quantities import written

_Notice: TypeAlias = tuple[str, str, str]
_Steps: TypeAlias = tuple[PathStep, ...]
"""A place, what is there, and what to do."""

_MARK = "※"
_NUMBERED_MARK = re.compile(f"{_MARK}[0-9０-９]+")
_IF_MEANT = "計画のとおりなら、このままでかまいません。"


def note_forgotten(plan: PlanFile, log: Findings) -> None:
    """Note what looks forgotten in the plan's file."""
    texts = tuple(strings_of(plan.raw))
    found = (
        *_empty_parts(plan.catalogue),
        *_blank_lines(texts),
        *_unmatched_marks(texts),
        *_two_spellings(texts),
        *_other_units(plan),
        *_without_departments(plan),
    )
    for place, what, remedy in found:
        log.about(name_place(plan.raw, place)).warn(place, what, f"{remedy}{_IF_MEANT}")


# --- parts without content -------------------------------------------------------


def _empty_parts(catalogue: Catalogue) -> Iterator[_Notice]:
    if not catalogue.goals:
        yield "goals", "基本目標が1つもありません。", "基本目標を書き足してください。"
    if catalogue.introduction is not None:
        yield from _empty_introduction(catalogue.introduction)
    if catalogue.how_to_read is not None and not catalogue.how_to_read.plan_ids:
        yield "how_to_read.plans", "表の見方の見本に、戦略計画がありません。", _ADD
    for index, goal in enumerate(catalogue.goals):
        yield from _empty_in_goal(f"goals[{index}]", goal, catalogue.goals)
        place, has_rows = place_of(catalogue.levels, goal), any(catalogue.indicators())
        yield from _empty_plans(f"goals[{index}]", place, expects_rows=has_rows)


_ADD = "書き忘れでないかを確かめてください。"


def _empty_introduction(introduction: Introduction) -> Iterator[_Notice]:
    if not (introduction.paragraphs or introduction.points):
        yield "introduction", "前書きの章に、文章も項もありません。", _ADD


def _empty_in_goal(place: str, goal: Goal, goals: Sequence[Goal]) -> Iterator[_Notice]:
    """A goal's empty parts: of those that a goal may do without, what the others have."""
    if not goal.plans:
        yield f"{place}.plans", "戦略計画のない基本目標です。", _ADD
    if not goal.numeric_targets and any(each.numeric_targets for each in goals):
        yield f"{place}.numeric_targets", "ほかの基本目標にある数値目標がありません。", _ADD
    if not goal.directions and any(each.directions for each in goals):
        yield f"{place}.directions", "ほかの基本目標にある基本的な方向性がありません。", _ADD
    for index, direction in enumerate(goal.directions):
        if not (direction.paragraphs or direction.items):
            yield f"{place}.directions[{index}]", "文章も箇条書きもありません。", _ADD


def _empty_plans(path: str, place: Place, *, expects_rows: bool) -> Iterator[_Notice]:
    """Yield the plans and groups without indicators that stand in a goal or section."""
    for index, each in enumerate(place.below):
        if not isinstance(each.unit, Plan):
            inner = f"{path}.sections[{index}]"
            yield from _empty_plans(inner, each, expects_rows=expects_rows)
            continue
        rows = f"{path}.plans[{index}].indicators"
        if not each.unit.rows and expects_rows:
            yield rows, "指標のない戦略計画です。", _ADD
        for number, row in enumerate(each.unit.rows):
            if isinstance(row, IndicatorGroup) and not row.indicators:
                yield f"{rows}[{number}].indicators", "見出しの下に指標がありません。", _ADD


# --- texts -----------------------------------------------------------------------


def _blank_lines(texts: Sequence[tuple[_Steps, str]]) -> Iterator[_Notice]:
    for steps, text in texts:
        has_lines = "\n" in text and text.strip()
        if has_lines and any(not line.strip() for line in text.split("\n")):
            yield (
                path_text(steps),
                f"文字の中に空の行があります：{quoted(text)}",
                "余分な改行（\\n）を消してください。",
            )


def _unmatched_marks(texts: Sequence[tuple[_Steps, str]]) -> Iterator[_Notice]:
    """Yield each ※１ that has no note, and each note that no text refers to.

    A mark at the start of a text or line begins a note (※１　説明); elsewhere it refers.
    """
    notes: dict[str, tuple[_Steps, str]] = {}
    references: dict[str, tuple[_Steps, str]] = {}
    for steps, text in texts:
        for line in text.split("\n") if _MARK in text else ():
            for match in _NUMBERED_MARK.finditer(line.strip()):
                found = references if match.start() else notes
                found.setdefault(fold_width(match[0]), (steps, match[0]))  # ※１ is ※1
    for key, (steps, mark) in references.items():
        if key not in notes:
            remedy = "シート「はじめに」に、書き方「注」の行を加えるか、印を消してください。"
            yield path_text(steps), f"{quoted(mark)}の注がありません。", remedy
    for key, (steps, mark) in notes.items():
        if key not in references:
            remedy = "説明する言葉の後に印を付けるか、注を消してください。"
            yield path_text(steps), f"注{quoted(mark)}の印が、どの文にもありません。", remedy


def _two_spellings(texts: Sequence[tuple[_Steps, str]]) -> Iterator[_Notice]:
    """Yield each department whose name may be another's in another spelling."""
    places: dict[str, _Steps] = {}
    for steps, text in texts:
        if steps[0] == "goals" and steps[-2:-1] == ("departments",):
            places.setdefault(text, steps)
    for one, other in spelt_in_two_ways(places):
        yield (
            path_text(places[other]),
            f"{asked_about(other, one)}別々の所管課として扱います。",
            "同じ部署なら、書き方を揃えてください。",
        )


# --- numbers ---------------------------------------------------------------------


def _other_units(plan: PlanFile) -> Iterator[_Notice]:
    """Yield each target that counts something else than its baseline, as a decided plan may."""
    places: dict[str, _Steps] = {}
    for each in plan.catalogue.measures():
        if each.target.kind.facts.counts_from_zero or each.is_cumulative:
            continue  # counted from 0: the baseline's number, if any, counts something else
        both = zip(each.baseline.quantities, each.target.quantities, strict=False)
        for index, (before, after) in enumerate(both):
            if same_unit(before.unit, after.unit) and before.prefix == after.prefix:
                continue
            places = places or _places_by_id(plan)
            yield (
                path_text((*places[each.id], "target", "quantities", index)),
                (
                    f"単位が違います：現状値は{quoted(written(before))}、"
                    f"目標値は{quoted(written(after))}。進捗率は出さず、目標値と比べます。"
                ),
                (
                    "写し誤りなら、「現状値の数量」と「目標値の数量」を、同じ単位と前置きにしてください。"
                    "印字にない前置きも書けます。"
                ),
            )


# --- departments that are lacking ------------------------------------------------

_MOST_NAMED = 5


def _without_departments(plan: PlanFile) -> Iterator[_Notice]:
    """Yield what nobody is asked for, in a plan that has departments: once, with all names."""
    lacking = [each for each in plan.catalogue.measures() if not each.departments]
    if not lacking or len(lacking) == sum(1 for _ in plan.catalogue.measures()):
        return
    names = "".join(quoted(in_one_line(each.name)) for each in lacking[:_MOST_NAMED])
    more = f"ほか{len(lacking) - _MOST_NAMED}件" if len(lacking) > _MOST_NAMED else ""
    yield (
        path_text(_places_by_id(plan)[lacking[0].id]),
        (
            f"所管課のないものが{len(lacking)}件あります（{names}{more}）。どの課にも、実績を書くブックが"
            "配られません。"
        ),
        "「所管課」を書いてください。",
    )


def _places_by_id(plan: PlanFile) -> dict[str, _Steps]:
    return {
        text: steps[:-1]
        for steps, text in strings_of(plan.raw)
        if (steps[0], steps[-1]) == ("goals", "id")
    }
