"""表の見方 of the review: a sample of the wider table, and the rules of judgement in use.

Comes in: a review. Goes out: the chapter's blocks; the rules are written from the
scheme that judged, so that they cannot go stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product
from typing import assert_never

from kpireport.document.answer_columns import first_answer_key
from kpireport.document.blocks import (
    Block,
    Heading,
    ItemList,
    ListItem,
    SampleCallout,
    SamplePage,
)
from kpireport.document.changes import NO_CHANGES
from kpireport.document.chart_words import compose_chart_words
from kpireport.document.choice_words import compose_choice_words, section_id, section_title
from kpireport.document.columns import position
from kpireport.document.corrections import NO_CORRECTIONS
from kpireport.document.coverage import has_periods
from kpireport.document.headings import heading_of
from kpireport.document.kpi_columns import MARK, RATE, result_columns
from kpireport.document.kpi_tables import compose_result_table
from kpireport.document.review_cells import due_next, rate_name
from kpireport.document.reviews import NOT_REPORTED, NOT_YET, OVERRIDDEN, Review
from kpireport.document.rolled import compose_rollup_rules
from kpireport.document.samples import cut_to_sample, numeral_of_sample
from kpireport.document.scheme_tables import (
    compose_meanings,
    compose_rule_tables,
    compose_rules_table,
    further_rules,
    rates_shown,
)
from kpireport.document.scheme_terms import Rates
from kpireport.document.styles import HeadingStyle, TextStyle
from kpireport.document.texts import quoted, section, with_references
from kpireport.document.year_columns import (
    first_actual_key,
    targets_stand_apart,
    years_of_targets,
)
from kpireport.domain.catalogue import ColumnName
from kpireport.domain.layouts import LayoutName
from kpireport.domain.running_sums import SUM
from kpireport.domain.surveys import NO_SURVEY
from kpireport.domain.values import NOTHING_TO_MEASURE
from kpireport.evaluation.schemes import ByPeople, ByRules, NoMarks
from kpireport.quickly import dataclass

_SAMPLE_ROWS = 3

_WITHOUT_PROGRESS = "進捗率のないものは達成率を、率のないものは「―」を表示しています。"
_WITHOUT_RATE = "率のないものは「―」を表示しています。"
_BARS = "棒の縦線は年度の目安で、棒に収まらない率は矢印で示しています。"
_BARS_ALONE = "棒に収まらない率は矢印で示しています。"

RULES, MEANINGS = "評価の基準", "評価の記号"
"""What tells of the marks: when each is given, or what each is called."""

_NUMBERS, _LETTERS = "①②③④⑤⑥⑦⑧⑨⑩", "ＡＢＣＤＥＦＧＨＩＪ"  # of the callouts


def compose_rules(review: Review) -> tuple[Block, ...]:
    """Return the chapter 表の見方; nothing where there is nothing to be told."""
    said = (
        *_compose_sample(review),
        *compose_chart_words(review),
        *compose_marking(review, rates_shown(review)),
        *compose_rollup_rules(review),
        *compose_choice_words(review),
    )
    return (Heading("how-to-read", 1, "表の見方", HeadingStyle.CHAPTER), *said) if said else ()


def compose_marking(review: Review, shown: Rates) -> tuple[Block, ...]:
    """Return where the marks come from; nothing where there are none.

    Args:
        review: the facts and judgements.
        shown: the rates that the document shows.
    """
    match review.scheme.marking:
        case ByRules():
            return (section("rules", RULES), *compose_rule_tables(review, shown))
        case ByPeople(who=who):
            further = further_rules(review, shown)
            return (
                section("rules", MEANINGS),
                *compose_meanings(review, who, shown),
                *map(compose_rules_table, further),
            )
        case NoMarks():
            return ()
        case _:
            assert_never(review.scheme.marking)


def _compose_sample(review: Review) -> Iterator[Block]:
    """Yield a piece of the first plan's table with callouts, and what these point at."""
    goal = next((goal for goal in review.catalogue.goals if any(p.rows for p in goal.plans)), None)
    if goal is None:
        return
    first = next(plan for plan in goal.plans if plan.rows)
    short = replace(first, rows=first.rows[:_SAMPLE_ROWS])
    goal = cut_to_sample(replace(goal, plans=(short,)), (first.id,))
    unmarked = replace(
        review, changes=NO_CHANGES, corrections=NO_CORRECTIONS
    )  # the notes of the marks are elsewhere
    columns = result_columns(review).all
    shown = {each.key for each in columns}
    known = (each for each in _callouts(review) if each.column in shown)
    pointed_at = sorted(known, key=lambda each: position(columns, each.column))
    callouts = tuple(islice(pointed_at, len(_NUMBERS)))
    marks = _marks(review, len(callouts))
    pointed = "、".join(f"{mark}は{each.name}" for mark, each in zip(marks, callouts, strict=True))
    yield SamplePage(
        numeral=numeral_of_sample(review.catalogue, goal),
        tables=compose_result_table(unmarked, goal, goal.plans, is_sample=True),
        callouts=tuple(
            SampleCallout(mark, position(columns, each.column))
            for mark, each in zip(marks, callouts, strict=True)
        ),
        alternative_text=f"「{goal.title}」の表の一部を縮小した見本。"
        + (f"{pointed}を指す。" if pointed else ""),
    )
    if not callouts:
        return
    style = TextStyle.CALLOUT
    targets = {"資料編": "appendix"}
    if review.marks:
        targets |= {RULES: "rules", MEANINGS: "rules"}
    marks_beside = (each for each in review.catalogue.answers if each.is_mark)
    targets |= {section_title(each): section_id(each) for each in marks_beside}
    yield ItemList(
        tuple(
            ListItem(mark, (with_references(f"{each.name}：{each.text}", targets, style),))
            for mark, each in zip(marks, callouts, strict=True)
        ),
        style,
    )


def _marks(review: Review, count: int) -> str:
    """Return the callouts' marks: letters where the scheme's own are circled numbers."""
    symbols = {mark.symbol for mark in review.evaluation.scheme.marks}
    numbers = _NUMBERS[:count]
    return numbers if symbols.isdisjoint(numbers) else _LETTERS[:count]


@dataclass(frozen=True, slots=True)
class _Callout:
    """What is said of a column of the sample, which is found by its key."""

    column: str
    name: str
    text: str


def _callouts(review: Review) -> Iterator[_Callout]:
    """Yield what is said of the columns, from left to right."""
    labels = review.catalogue.labels
    how = review.catalogue.how_to_read
    known = {each.column: each.text for each in how.callouts} if how else {}
    baseline = f"計画を定めたときの値です{_in_brackets(labels.baseline_note)}。"
    target = f"計画で目指す値です{_in_brackets(labels.target_note)}。"
    yield _Callout(
        ColumnName.BASELINE,
        _named(review, LayoutName.BASELINE, labels.baseline),
        known.get(ColumnName.BASELINE, baseline) + _first_words(review) + _later_words(review),
    )
    yield _Callout(
        first_actual_key(result_columns(review).all),
        _named(review, LayoutName.ACTUALS, "実績"),
        f"各{review.words.year}末の実績を、所管課の報告のとおり表示しています。「{NOT_REPORTED}」は報告がないものです。"
        + _inapplicable_words(review)
        + _period_words(review)
        + _yearly_words(review)
        + _shown_words(review)
        + _sum_words(review)
        + _survey_words(review)
        + _absent_words(review)
        + review.continued_words()
        + f"「{OVERRIDDEN}」と番号の付いたものの説明は、その行の下に示しています。",
    )
    yield _Callout(
        ColumnName.TARGET,
        _named(review, LayoutName.TARGET, labels.target),
        known.get(ColumnName.TARGET, target)
        + _unset_words(review)
        + _next_words(review)
        + _change_words(review),
    )
    if review.scheme.has_rates:
        bars = review.words.dated(_BARS) if review.scheme.has_pace else _BARS_ALONE
        rate = _named(review, LayoutName.RATE, rate_name(review))
        yield _Callout(RATE, rate, f"{_rate_words(review)}{bars}")
    if review.marks:
        mark = _named(review, LayoutName.MARK, "評価")
        yield _Callout(MARK, mark, "".join(_mark_words(review)))
    for column in review.catalogue.answers:
        if column.is_mark:
            key = first_answer_key(review, column, result_columns(review).all)
            words = f"次の「{section_title(column)}」のとおりです。"
            yield _Callout(key, f"「{column.label}」欄", words)


def _named(review: Review, name: LayoutName, usual: str) -> str:
    """Return what a column is called: as the layout heads it, or as usual."""
    return f"「{heading_of(review, name, usual)}」欄"


def _mark_words(review: Review) -> Iterator[str]:
    has_rules = review.scheme.has_rules
    yield f"次の「{RULES}」による評価です。" if has_rules else f"次の「{MEANINGS}」のとおりです。"
    if len(review.years) > 1:
        layout = {each.name for each in review.catalogue.columns.review}
        if LayoutName.EARLIER_MARKS not in layout:
            yield f"上の小さな記号は、前の{review.words.year}までの評価です。"
    if has_rules:
        yield (
            f"「{OVERRIDDEN}」と番号の付いたものは、評価を修正したもので、"
            "理由をその行の下に示しています。"
        )


def _period_words(review: Review) -> str:
    if not has_periods(review):
        return ""
    return f"期間の示された{review.words.indicator}の実績は、その期間のものです。"


def _yearly_words(review: Review) -> str:
    """Say what stands above the actuals of years with targets of their own, if any has."""
    is_apart = targets_stand_apart(review.catalogue.columns.review)
    if is_apart or not any(map(review.has_yearly_targets, review.years)):
        return ""
    return f"実績の上の「目標」は、その{review.words.year}の目標値です。"


def _shown_words(review: Review) -> str:
    """Say that earlier years are not shown, where there are more than stand side by side."""
    if review.catalogue.layouts.review or len(review.years) == len(review.shown_years):
        return ""
    return review.numbers(
        f"表には、最近の{len(review.shown_years)}{review.words.year}を示しています。"
    )


def _sum_words(review: Review) -> str:
    """Say what stands below the actuals of rows that add up, where there are any."""
    if not any(each.is_cumulative for each in review.catalogue.measures()):
        return ""
    return (
        f"「（{SUM}…）」のあるものは、各{review.words.year}だけの値の下に、計画の始まりからの{SUM}を示し、"
        f"{SUM}を{review.words.target}と比べて評価しています。"
    )


def _unset_words(review: Review) -> str:
    """Say what becomes of rows without a target, where there are any."""
    if not any(each.target.is_none for each in review.catalogue.measures()):
        return ""
    return f"{review.words.target}を定めていないものは、実績だけを示し、評価の対象外とします。"


def _next_words(review: Review) -> str:
    """Say what stands below targets where one of an earlier year is to come, if any is."""
    beside, plan = years_of_targets(review), review.catalogue
    is_said = any(due_next(review, each, beside) for each in plan.indicators())
    if not (is_said or any(map(review.next_target_text, plan.numeric_targets()))):
        return ""
    return f"括弧の中は、次に定めのある{review.words.year}の目標値です。"


def _rate_words(review: Review) -> str:
    """Say what the rate is, of which target where that is not the row's own, and where none is."""
    is_achievement = review.scheme.shows_achievement
    way = "に対する実績の割合です。" if is_achievement else "に向けた進み具合です。"
    without = _WITHOUT_RATE if is_achievement else _WITHOUT_PROGRESS
    whole = f"{review.words.target}{way}"
    if not review.is_held_against_years:
        return f"{whole}{without}"
    year = review.words.year
    years = (
        f"{year}ごとの目標値があるものは、その{year}（なければ次に定めのある{year}）の目標値{way}"
    )
    return f"{whole}{years}{without}"


def _survey_words(review: Review) -> str:
    """Say what stands in the years without a survey, and how these are judged, if any is."""
    if not review.has_years_without_survey:
        return ""
    year = review.words.year
    if not review.scheme.has_rules:
        return f"「{NO_SURVEY}」は、その{year}に調査のないもので、直近の調査の実績を添えています。"
    return (
        f"「{NO_SURVEY}」は、その{year}に調査のないもので、直近の調査の実績を、その調査の{year}の評価の"
        f"まま示しています（期限の{year}からは、目標そのものと比べます）。"
    )


def _inapplicable_words(review: Review) -> str:
    """Say what is meant where nothing was to be measured, in the words that were reported."""
    shown = product(review.measures, review.shown_years)
    entries = (review.actuals.find(id_, year) for id_, year in shown)
    texts = (each.value.text for each in entries if each and each.value)
    found = dict.fromkeys(text for text in texts if text in NOTHING_TO_MEASURE)
    words = "".join(map(quoted, found))
    return f"{words}は、その{review.words.year}に測るものがないものです。" if words else ""


def _absent_words(review: Review) -> str:
    """Say what stands in the years in which an indicator was not in the plan, if any was not."""
    begun = any(review.history.begun_by(each.id) for each in review.catalogue.measures())
    return f"計画に加わる前の{review.words.year}は「{NOT_YET}」としています。" if begun else ""


def _first_words(review: Review) -> str:
    """Say what the first actuals in brackets are, where any serves as a baseline."""
    if not any(map(review.first_known_text, review.catalogue.measures())):
        return ""
    return (
        f"計画の{review.words.year}に{review.words.baseline}のないものは、括弧の中の最初の実績を起点とし、"
        f"次の{review.words.year}から、それと比べています。"
    )


def _later_words(review: Review) -> str:
    """Say of when baselines are that are not the plan's, where there are any."""
    own = [each.id for each in review.catalogue.measures() if each.baseline.year is not None]
    if not any(review.changes.brings_baseline(each) for each in own):
        return ""
    year = review.words.year
    before = f"加わる前の{year}末などの値"
    return f"計画に後から加わったものは、{before}で、その{year}を表の下に示しています。"


def _change_words(review: Review) -> str:
    """Say what the marks of changes are, where there are any, and what stands where."""
    if not review.changes:
        return ""
    return (
        f"「{review.changes.sign}」と番号の付いたものは、計画の改定で変わったもので、変わる前の値などを"
        "表の下に、理由を「資料編」に示しています。"
    )


def _in_brackets(note: str) -> str:
    """Return the note below a column's name in brackets, whether it has its own or not."""
    return f"（{note.strip('（）()')}）" if note else ""
