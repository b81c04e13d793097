"""The rules of judgement in use, as tables and the words below them (評価の基準).

Comes in: a review. Goes out: blocks of 表の見方, and of the digest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from math import ceil

from kpireport.document.blocks import Block, Cell, HeaderScope, Paragraph, Span, Table
from kpireport.document.captions import table_caption
from kpireport.document.columns import Column, compose_table, rows_of
from kpireport.document.ems import natural_width
from kpireport.document.kpi_columns import RATE, result_columns
from kpireport.document.plan_kinds import PlanKinds
from kpireport.document.reviews import Review
from kpireport.document.scheme_rules import (
    MarkRules,
    SchemeRules,
    describe_rates,
    describe_scheme,
    scheme_title,
)
from kpireport.document.scheme_terms import ALL_RATES, Rates
from kpireport.document.styles import CellStyle, TextStyle
from kpireport.document.table_cells import NOTHING, header_cell, text_cell
from kpireport.document.texts import bullets, paragraph
from kpireport.document.year_columns import YEARLY_RATE
from kpireport.evaluation.reasons import RateKind
from kpireport.evaluation.schemes import Scheme

_MARK_WIDTH = 14  # of 100, the least
_PER_EM = 2.2  # of 100, that an em of a mark's word takes


def compose_rule_tables(review: Review, shown: Rates) -> Iterator[Block]:
    """Yield the rules of the year, then those of classes, earlier years and further marks.

    Args:
        review: the facts and judgements.
        shown: the rates that the document shows.
    """
    others = (*other_rules(review, shown), *further_rules(review, shown))
    rules = rules_of(review, shown)
    yield compose_rules_table(rules)
    yield from map(compose_rules_table, others)
    terms = dict.fromkeys(chain(rules.terms, *(each.terms for each in others)))
    notes = dict.fromkeys(chain(rules.notes, *(each.notes for each in others)))
    for texts in (tuple(terms), (*notes, *_earlier_words(review))):
        if texts:
            yield bullets("・", texts, TextStyle.BAND_ITEM)


def _earlier_words(review: Review) -> Iterator[str]:
    """Say which years were judged otherwise."""
    criteria = review.evaluation.criteria
    shown = [each for each in criteria.earlier if each.until >= review.years[0]] if criteria else []
    for each in shown:
        yield (
            f"{review.year_name(each.until)}までの評価は、その{review.words.year}の基準"
            f"（{scheme_title(each.criteria.scheme, review.words)}）によるものです。"
        )


def compose_meanings(review: Review, who: str, shown: Rates) -> Iterator[Block]:
    """Yield who chooses the marks and what each is called, then how rates are computed."""
    own = review.evaluation.scheme.own_marks
    are_words = all(mark.label == mark.symbol for mark in own)
    among = f"、{''.join(f'「{mark.symbol}」' for mark in own)}の中から" if are_words else ""
    yield paragraph(f"評価は、{who}が{among}付けたものです。", TextStyle.BODY)
    explained = [each for each in review.marks if not (are_words and each in own)]
    if explained:
        labels = [mark.label.replace(" ", "　", 1) for mark in explained]
        yield bullets("・", labels, TextStyle.BAND_ITEM)
    if shown:
        terms = describe_rates(review.numerals, review.words, _kinds(review))
        yield bullets("・", terms, TextStyle.BAND_ITEM)


def _kinds(review: Review) -> PlanKinds:
    return PlanKinds.of(review.catalogue.measures(), review.evaluation)


def rates_shown(review: Review) -> Rates:
    """Return the rates that stand in the columns of the review's tables."""
    keys = {each.key for each in result_columns(review).all}
    if RATE in keys and not review.scheme.shows_achievement:
        return ALL_RATES  # 達成率 stands in for 進捗率 where there is none
    has_any = RATE in keys or any(each.startswith(YEARLY_RATE) for each in keys)
    return frozenset({RateKind.ACHIEVEMENT} if has_any else ())


def rates_in_sheets(review: Review) -> Rates:
    """Return the rates of indicators' sheets: both, or none where the review's tables have none."""
    return ALL_RATES if review.scheme.has_rates and rates_shown(review) else frozenset()


def rules_of(review: Review, shown: Rates) -> SchemeRules:
    """Return the rules of judgement in use, in the plan's words."""
    return _described(review, review.evaluation.scheme, shown)


def other_rules(review: Review, shown: Rates) -> Iterator[SchemeRules]:
    """Yield the rules of classes of indicators (区分), then those of earlier years."""
    criteria = review.evaluation.criteria
    if criteria is None:
        return
    labels = {each.key: each.label for each in review.catalogue.categories}
    for key, scheme in criteria.categories.items():
        yield _described(review, scheme, shown, f"区分「{labels.get(key, key)}」")
    for each in criteria.earlier:
        if each.until >= review.years[0] and each.criteria.scheme.has_rules:
            until = f"{review.year_name(each.until)}まで"
            yield _described(review, each.criteria.scheme, shown, until)


def further_rules(review: Review, shown: Rates) -> tuple[SchemeRules, ...]:
    """Return the rules of the marks beside the first."""
    return tuple(
        _described(review, each.evaluation.scheme, shown, each.title)
        for each in review.evaluation.further
    )


def _described(review: Review, scheme: Scheme, shown: Rates, of: str = "") -> SchemeRules:
    rules = describe_scheme(scheme, review.numerals, review.words, _kinds(review), shown)
    is_same = scheme.title == review.evaluation.scheme.title
    title = of if of and is_same else f"{of}：{rules.title}" if of else rules.title
    return replace(rules, title=title, of=of)


def compose_rules_table(rules: SchemeRules) -> Table:
    """Return the table of a scheme's rules."""
    columns: tuple[Column[MarkRules], ...] = (
        Column("mark", _mark_width(rules), "評価", _rule_head),
        *(_task_column(number, rules) for number in range(len(rules.tasks))),
    )
    return compose_table(
        columns,
        rows_of(columns, rules.marks),
        "評価の基準",
        description="評価の記号ごとの、目標の種類に応じた条件",
        caption=table_caption(
            f"rules-{rules.of}" if rules.of else "rules", f"評価の記号ごとの条件（{rules.title}）"
        ),
    )


def _mark_width(rules: SchemeRules) -> int:
    """Return a width that has room on one line for each mark with its word."""
    longest = max(natural_width(f"{rule.mark.symbol}　{rule.mark.word}") for rule in rules.marks)
    return max(_MARK_WIDTH, min(2 * _MARK_WIDTH, ceil(_PER_EM * longest)))


def _task_column(number: int, rules: SchemeRules) -> Column[MarkRules]:
    return Column(
        f"task-{number}",
        86 // len(rules.tasks),
        header_cell(rules.tasks[number]),
        lambda rule: text_cell(rule.conditions[number] or NOTHING),
    )


def _rule_head(rule: MarkRules) -> Cell:
    symbol = Span(f"{rule.mark.symbol}　", spoken=rule.mark.word)
    content = (Paragraph((symbol, Span(rule.mark.word)), TextStyle.DENSE_TEXT),)
    return Cell(content, CellStyle.DENSE, scope=HeaderScope.ROW)
