"""図の見方: how the charts of an edition are read.

Comes in: a review. Goes out: what is said of the lines, marks and axes that are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.document.blocks import Block, Heading
from kpireport.document.charts import AIMS, LimitKind
from kpireport.document.indicator_charts import (
    LEAST_POINTS,
    compose_chart,
    has_course,
    may_have_courses,
)
from kpireport.document.kpi_columns import RATE, TREND, result_columns
from kpireport.document.limits import limit_kind
from kpireport.document.main_charts import charts_beside
from kpireport.document.reviews import NOT_REPORTED, Review
from kpireport.document.styles import HeadingStyle, TextStyle
from kpireport.document.texts import bullets
from kpireport.domain.settings import ChartScope
from kpireport.domain.surveys import NO_SURVEY


def compose_chart_words(review: Review) -> tuple[Block, ...]:
    """Return how the charts are read, once there may be any; the contents lead to 表の見方."""
    words = tuple(_chart_words(review)) if may_have_courses(review) else ()
    if not words:
        return ()
    # a part of 表の見方, which the contents tell of: no section as 評価の基準 is
    heading = Heading("charts", 2, "図の見方", HeadingStyle.SUBSECTION, is_listed=False)
    return (heading, bullets("・", words, TextStyle.BAND_ITEM))


def _chart_words(review: Review) -> Iterator[str]:
    """Say how the charts are read, as they are drawn; nothing of what there is none of."""
    words = review.words
    has_rows = any(review.catalogue.indicators())
    if review.charts is not ChartScope.NONE and _has_lines(review):
        yield from _choice_words(review)
        yield from line_words(review)
    if words_of_parts := review.continued_words():
        yield words_of_parts
    shown = result_columns(review)
    has_courses = has_rows and (shown.has(RATE) or shown.has(TREND))
    if not (has_courses or any(review.catalogue.numeric_targets())):
        return
    yield (
        f"表の中の小さな折れ線は、{words.baseline}から{review.year_name()}までの推移です。"
        f"破線は{words.target}または{words.baseline}で、上下の幅は折れ線ごとに違います。"
    )
    yield review.numbers(
        f"{words.baseline}と合わせて{LEAST_POINTS}{review.words.year}分の数値がそろわないものは、"
        "推移の図を示しません。"
    )


def _has_lines(review: Review) -> bool:
    """Whether any chart of an indicator is to be shown."""
    is_all = review.charts is ChartScope.ALL
    shown = review.catalogue.measures() if is_all else review.catalogue.indicators()
    return any(has_course(review, each) for each in shown)


def _choice_words(review: Review) -> Iterator[str]:
    """Say by which rule the charts are chosen, if by one."""
    words = review.words
    if review.charts is ChartScope.MAIN and not review.main_charts:
        judged = (
            f"前{review.words.year}から評価が変わったもの、遅れているもの、" if review.marks else ""
        )
        order = "ものの順に" if judged else "ものから順に"
        yield review.numbers(
            f"{words.goal}ごとの図は、{words.indicator}のうち、{judged}値の変化が大きい{order}、"
            f"{charts_beside(review)}つまで選んでいます。"
        )


def line_words(review: Review) -> Iterator[str]:
    """Say how lines over the years are read."""
    words = review.words
    first, last = review.catalogue.years.baseline, review.years[-1]
    yield (
        f"白い点は{words.baseline}、黒い点は各{review.words.year}の実績です。"
        f"{words.axis_label(first)}は{review.year_name(first)}、"
        f"{words.axis_label(last)}は{review.year_name(last)}です。"
    )
    yield f"破線は{words.target}、点線は{words.baseline}で、矢印は目指す向きを示します。"
    aimed = (each for each in review.catalogue.measures() if each.yearly_targets)
    charted = (compose_chart(review, each) for each in aimed)
    if any(each and each.aims for each in charted):
        yield f"ひし形は、{review.words.dated(AIMS)}です。"
    yield review.numbers("縦の軸の下に波の印があるものは、0からの目盛りの一部を省いています。")
    if any(limit_kind(each) is LimitKind.AT_MOST for each in review.catalogue.measures()):
        yield f"斜線の帯は、{words.target}を満たさない側を示します。"
    yield from _step_words(review)
    words_of_gap = f"「―」か「{NOT_REPORTED}」を示しています。"
    if review.has_years_without_survey:
        words_of_gap = f"「―」、「{NOT_REPORTED}」か「{NO_SURVEY}」を示しています。"
    yield f"数値のない{review.words.year}には、{words_of_gap}"


def _step_words(review: Review) -> Iterator[str]:
    """Say why a line has a step, where one has."""
    if not review.changes:
        return
    charts = (compose_chart(review, each) for each in review.catalogue.measures())
    limits = (each.limit for each in charts if each and each.limit and each.limit.earlier)
    are_directions = {each.kind in (LimitKind.ABOVE, LimitKind.BELOW) for each in limits}
    if not are_directions:
        return
    lines = {False: ("破線", review.words.target), True: ("点線", review.words.baseline)}
    found = [lines[each] for each in sorted(are_directions)]
    yield (
        f"{'や'.join(line for line, _ in found)}に段があるものは、計画の改定で"
        f"{'や'.join(word for _, word in found)}が変わったもので、"
        f"それぞれの{review.words.year}に適用されていた値を示します。"
    )
