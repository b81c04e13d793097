"""Rolled-up marks in words: points, what a mark is made of, how marks are made (集計の説明).

Comes in: a rolled-up mark or the rules of a level. Goes out: final text, written from the
rules in use.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from kpireport.document.blocks import Span
from kpireport.document.mark_words import counted
from kpireport.document.reviews import Review
from kpireport.document.sources import SourceKind, source_of
from kpireport.domain.numerals import NumeralStyle, write_numerals
from kpireport.domain.places import comment_words
from kpireport.evaluation.rollup_choices import Chosen, CountedColumn
from kpireport.evaluation.rollups import (
    Band,
    By,
    LevelRules,
    PointsValue,
    Rolled,
    Source,
    Ties,
    Unreported,
    band_of,
)
from kpireport.evaluation.schemes import Mark, MarkLevel

_MEAN_PLACES, _SHARE_PLACES = 2, 1


def mark_name(mark: Mark) -> str:
    """Return how a sentence names a mark: ``「A 順調」``."""
    return f"「{mark.label}」"


def number_text(number: Fraction) -> str:
    """Write points exactly where they can be: ``12``, ``2.5``."""
    if number.denominator == 1:
        return str(number.numerator)
    return f"{_decimal(number, _MEAN_PLACES):f}".rstrip("0").rstrip(".")


def _decimal(number: Fraction, places: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=rounding)


def _rounded(number: Fraction, places: int, bands: tuple[Band, ...], scale: int = 1) -> str:
    """Write a value that bands look at: never rounded up into a higher band."""
    nearest = _decimal(number * scale, places)
    if bands and band_of(bands, Fraction(nearest) / scale) != band_of(bands, number):
        nearest = _decimal(number * scale, places, ROUND_FLOOR)
    return f"{nearest:f}"


def share_text(review: Review, share: Fraction) -> str:
    """Return ``75.0％``."""
    return review.numbers(f"{_rounded(share, _SHARE_PLACES, (), 100)}％")


def _rules(review: Review, rolled: Rolled) -> LevelRules:
    return next(each for each in review.rollup.rules.levels if each.level == rolled.level)


def points_text(review: Review, rolled: Rolled) -> str:
    """Return ``12点／15点`` or ``平均2.67点``; empty without points."""
    points = rolled.points
    if points is None:
        return ""
    rules = _rules(review, rolled)
    match rules.value:
        case PointsValue.MEAN:
            text = f"平均{_rounded(points.value, _MEAN_PLACES, rules.bands)}点"
        case PointsValue.SUM | PointsValue.SHARE:
            text = f"{number_text(points.total)}点／{number_text(points.most)}点"
        case _:
            assert_never(rules.value)
    return review.numbers(text)


def reason_spans(review: Review, rolled: Rolled) -> Iterator[Span]:
    """Yield what a mark is made of, what was left out, and why a person changed it."""
    text = _made_of(review, rolled)
    if rolled.override is None:
        yield Span(text)
        return
    if text:
        yield Span(f"{text}。")
    yield from override_spans(rolled)


def reason_text(review: Review, rolled: Rolled) -> str:
    """Return the same as plain text."""
    return "".join(each.text for each in reason_spans(review, rolled))


def override_spans(rolled: Rolled) -> Iterator[Span]:
    """Say from which mark a person changed a place's to which, and why: this may be edited."""
    if rolled.override is None or rolled.mark is None:
        return
    if rolled.computed:
        yield Span(f"求めた評価は{mark_name(rolled.computed)}。")
    source = source_of(SourceKind.OVERRIDE, rolled.place_id, rolled.fiscal_year)
    yield Span(rolled.override.reason, source=source)
    yield Span(f"（{mark_name(rolled.mark)}に修正）")


def _made_of(review: Review, rolled: Rolled) -> str:
    rules = _rules(review, rolled)
    style = review.numerals
    marks = "・".join(counted(each.mark.symbol, each.count, style) for each in rolled.counts)
    chosen = (_chosen_text(each, style) for each in rolled.chosen if each.total)
    text = "、".join(each for each in (marks, *chosen) if each)
    if rolled.points:
        points = f"＝{number_text(rolled.points.total)}点{_of_most(rules, rolled)}"
        text += write_numerals(points, style)
    left_out = "・".join(
        (
            *(counted(each.mark.word, f"{each.count}件", style) for each in rolled.left_out),
            *(text for each in rolled.chosen for text in _not_chosen(each, style)),
        )
    )
    if left_out:
        text = _besides(text, f"{left_out}を除く") if text else f"{left_out}のみ"
    if not text and rules.by is not By.GIVEN:
        text = "評価の対象がない"
    return text


def _chosen_text(chosen: Chosen, style: NumeralStyle) -> str:
    """Return ``「進捗状況」順調１・概ね順調２``."""
    words = "・".join(counted(word, count, style) for word, count in chosen.counts)
    return f"「{chosen.counted.column.title}」{words}"


def _not_chosen(chosen: Chosen, style: NumeralStyle) -> Iterator[str]:
    title = chosen.counted.column.title
    for count, why in ((chosen.missing, "未記入"), (chosen.unknown, "言葉の違うもの")):
        if count:
            yield counted(f"「{title}」の{why}", f"{count}件", style)


def _besides(text: str, more: str) -> str:
    """Return a text with more in the brackets at its end."""
    return f"{text[:-1]}、{more}）" if text.endswith("）") else f"{text}（{more}）"


def _of_most(rules: LevelRules, rolled: Rolled) -> str:
    points = rolled.points
    if points is None:
        return ""
    match rules.value:
        case PointsValue.MEAN:
            return f"（平均{_rounded(points.value, _MEAN_PLACES, rules.bands)}点）"
        case PointsValue.SUM:
            return f"（満点{number_text(points.most)}点）"
        case PointsValue.SHARE:
            share = _rounded(points.value, _SHARE_PLACES, rules.bands, 100)
            return f"（満点{number_text(points.most)}点の{share}％）"
        case _:
            assert_never(rules.value)


# --- how marks are made ----------------------------------------------------------


def rule_words(review: Review, rules: LevelRules, names: Sequence[str], plan: str) -> Iterator[str]:
    """Yield how the marks of a level are made, or those of several that are made alike.

    Args:
        review: whose they are.
        rules: of the level, or of one of them.
        names: what the levels are called.
        plan: what plans are called.
    """
    name = "・".join(names)
    inside = f"その{name}にある" if len(names) == 1 else "それぞれにある"
    of = _source_word(review, rules.source, plan)
    match rules.by:
        case By.GIVEN:
            yield f"{name}の評価は、所管課が付けたものです。"
            return
        case By.MAJORITY:
            worse = "低い" if rules.ties is Ties.WORSE else "高い"
            yield (
                f"{name}の評価は、{inside}{of}の評価のうち、最も多いものです。"
                f"同じ数のものがあるときは、{worse}ほうの評価とします。"
            )
        case By.WORST:
            yield f"{name}の評価は、{inside}{of}の評価のうち、最も低いものです。"
        case By.POINTS:
            counted_too = [_counted_words(review, each) for each in rules.also]
            taken = "と、".join((*([f"{of}の評価"] if rules.points else ()), *counted_too))
            way = _way_words(rules)
            yield f"{name}の評価は、{inside}{taken}を点数に置き換え、{way}で決めます。"
            if rules.points:
                yield _points_words(rules, of, review.numerals)
            yield from (_word_points(each, review.numerals) for each in rules.also)
            yield _bands_words(rules, name, review.numerals)
        case _:
            assert_never(rules.by)
    if rules.points or not rules.also:
        yield _left_out_words(review, rules, of)


def _source_word(review: Review, source: Source, plan: str) -> str:
    """Return what those are called whose marks are taken."""
    match source:
        case Source.INDICATORS:
            return review.words.indicator
        case Source.NUMERIC_TARGETS:
            return review.words.numeric_targets
        case Source.PLANS:
            return plan
        case _:
            assert_never(source)


def _way_words(rules: LevelRules) -> str:
    match rules.value:
        case PointsValue.MEAN:
            return "点数の平均"
        case PointsValue.SUM:
            return "点数の合計"
        case PointsValue.SHARE:
            return "点数の合計の、満点に対する割合"
        case _:
            assert_never(rules.value)


def _counted_words(review: Review, each: CountedColumn) -> str:
    """Return whose choices count too: ``施策の「進捗状況」（所管課が選んだもの）``."""
    noun = comment_words(review.catalogue).plan if each.level else review.words.indicator
    column = each.column
    who = column.by.name if column.by else "所管課"
    return f"{noun}の「{column.label}」（{who}が選んだもの）"


def _word_points(each: CountedColumn, style: NumeralStyle) -> str:
    points = "、".join(
        f"{word} {write_numerals(f'{number_text(each.points[word])}点', style)}"
        for word in each.column.choices
    )
    title = f"「{each.column.title}」"
    return f"{title}の点数：{points}。{title}が未記入のものは、数に入れません。"


def _points_words(rules: LevelRules, of: str, style: NumeralStyle) -> str:
    points = "、".join(
        f"{mark.label} {write_numerals(f'{number_text(rules.points[mark.key])}点', style)}"
        for mark in rules.marks
    )
    return f"{of}の点数：{points}。"


def _bands_words(rules: LevelRules, name: str, style: NumeralStyle) -> str:
    """Return the marks of the bands, with both their ends."""
    is_share = rules.value is PointsValue.SHARE

    def least(band: Band) -> str:
        if band.least is None:
            return ""
        return f"{number_text(band.least * 100)}％" if is_share else f"{number_text(band.least)}点"

    told = []
    uppers: list[Band | None] = [None, *(upper for upper, _ in pairwise(rules.bands))]
    for upper, band in zip(uppers, rules.bands, strict=True):
        below = f"{least(upper)}未満" if upper else ""
        above = f"{least(band)}以上" if band.least is not None else ""
        told.append(f"{band.mark.label} {write_numerals(f'{above}{below}', style) or 'すべて'}")
    return f"{name}の評価：{'、'.join(told)}。"


def _left_out_words(review: Review, rules: LevelRules, of: str) -> str:
    if rules.source is Source.PLANS:
        return f"評価のない{of}は、数に入れません。"
    words = [
        each.word
        for each in review.scheme.marks
        if not each.level.is_judgement
        and not (each.level is MarkLevel.UNREPORTED and rules.unreported is Unreported.WORST)
        and (each.level is MarkLevel.UNREPORTED or each in review.marks or review.scheme.has_rules)
    ]
    text = f"{'、'.join(words)}の{of}は、数に入れません。" if words else ""
    if rules.unreported is Unreported.WORST:
        text += f"未報告の{of}は、{mark_name(rules.worst)}として数えます。"
    return text
