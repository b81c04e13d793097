"""How indicators stand, counted and in words: the key of the marks, a goal's line of counts.

Comes in: a review. Goes out: texts and charts of counts, the year's against the year before.
"""

from __future__ import annotations

from collections.abc import Iterable

from kpireport.document.charts import BarSeries, StackedBarChart
from kpireport.document.mark_words import brief_name, counted
from kpireport.document.reviews import Review
from kpireport.domain.catalogue import Goal
from kpireport.domain.layouts import LayoutName
from kpireport.domain.numerals import NumeralStyle
from kpireport.evaluation import Mark, MarkChange, MarkCounts, MarkLevel, YearCounts


def key_of_marks_and_bars(review: Review) -> str:
    """Return what they mean, in one line for the foot of the pages that have both."""
    bars = f"　｜ 棒の縦線は{review.words.pace}" if _has_bars(review) else ""
    return f"{key_of_marks(review)}{bars}"


def _has_bars(review: Review) -> bool:
    """Whether the goals' tables have bars of rates: where rules have them, and the layout too."""
    layout = review.catalogue.layouts.review
    has_column = not layout or any(each.name == LayoutName.RATE for each in layout)
    return review.scheme.has_pace and has_column


def key_of_marks(review: Review) -> str:
    """Return what the marks mean, in one line; nothing of those that say it themselves."""
    return "　".join(mark.label for mark in review.marks if mark.label != mark.symbol)


def counts_of(goal: Goal, year: YearCounts | None) -> MarkCounts | None:
    """Return the counts of a goal's indicators in a year, ``None`` where it was not in the plan."""
    return year.of_goal.get(goal.id) if year else None


def goal_counts(review: Review, goal: Goal) -> str:
    """Return how a goal's indicators stand: ``18指標（前年度→今年度）：◎4→11 ○7→2``."""
    now, before = (counts_of(goal, each) for each in (review.summary.now, review.summary.before))
    return _counted(review, now, before) if now else ""


def all_counts(review: Review) -> str:
    """Return how all indicators stand, in the same words."""
    before = review.summary.before
    return _counted(review, review.summary.now.overall, before.overall if before else None)


def _counted(review: Review, now: MarkCounts, before: MarkCounts | None) -> str:
    total = f"{now.total}{review.words.indicator}"
    if not review.marks:
        return review.numbers(total)
    parts: list[str] = []
    for number, each in enumerate(now.counts):
        earlier = before.counts[number].count if before else 0
        if each.count or earlier:
            count = f"{f'{earlier}→' if before else ''}{each.count}"
            parts.append(counted(each.mark.symbol, count, NumeralStyle.HALF))
    way = f"（前{review.words.year}→今{review.words.year}）" if before else ""
    return f"{total}{way}：{' '.join(parts)}"


def marks_chart(
    review: Review,
    bars: Iterable[tuple[str, MarkCounts]],
    remarks: Iterable[str],
) -> StackedBarChart:
    """Return bars of 100 % of the marks, each as named, with a remark at its end."""
    named = tuple(bars)
    return StackedBarChart(
        title="",  # its caption says it
        unit=review.words.indicator,
        bars=tuple(name for name, _ in named),
        series=tuple(
            BarSeries(mark.label, tuple(counts.of(mark) for _, counts in named))
            for mark in review.marks
        ),
        are_shares=True,
        remarks=tuple(remarks),
    )


def way_of(review: Review, change: MarkChange) -> str:
    """Return from which mark to which: ``× 遅れ → ◎ 達成``."""
    ends = (each.mark for each in (change.before, change.after))
    return " → ".join(brief_name(each, review.marks) for each in ends)


def best_marks(review: Review) -> tuple[Mark, ...]:
    """Return the marks of what reached its target, or of what comes next where none is for that."""
    scheme = review.scheme
    best = scheme.of_level(MarkLevel.REACHED) or scheme.of_level(MarkLevel.ON_TRACK)
    tells_apart = scheme.has_rules or len(best) < len(scheme.own_marks)
    return best if tells_apart else best[:1]  # people need not say what their marks amount to


def count_best(review: Review, counts: MarkCounts) -> int:
    """Return how many stand at the best marks."""
    marks = best_marks(review)
    return sum(each.count for each in counts.counts if each.mark in marks)
