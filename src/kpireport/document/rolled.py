"""Marks of plans, of what they stand in and of goals, in print (戦略計画ごとの評価).

Comes in: a review that rolls marks up. Goes out: what stands below a name, the chapter with
all marks, what they are made of and who changed them, and how they are made, in words from
the rules in use. Of a review that rolls nothing up nothing goes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kpireport.document.blocks import (
    Block,
    Cell,
    Heading,
    Paragraph,
    Span,
    Table,
)
from kpireport.document.captions import table_caption
from kpireport.document.columns import REST, Column, compose_table, rows_of
from kpireport.document.mark_words import apart_from_dash, counted, together
from kpireport.document.review_cells import count_cell
from kpireport.document.reviews import OVERRIDDEN, Review
from kpireport.document.rolled_words import (
    mark_name,
    points_text,
    reason_spans,
    rule_words,
    share_text,
)
from kpireport.document.styles import CellStyle, HeadingStyle, TextStyle
from kpireport.document.table_cells import NOTHING, name_cell, text_cell, value_cell
from kpireport.document.texts import bullets, one_line, paragraph, section
from kpireport.domain.levels import GOAL, PLAN
from kpireport.domain.places import Place, named_levels, places_at
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import Mark, MarkCounts
from kpireport.evaluation.rollups import LevelRules, Rolled
from kpireport.quickly import dataclass

_ALL_YEARS, _WIDEST_YEAR = 24, 9  # proportions of the years' columns
_COUNTS = 70


def level_names(review: Review) -> dict[str, str]:
    """Return the levels that have marks with what they are called, the outermost first."""
    keys = review.rollup.rules.keys
    named = named_levels(review.catalogue).items()
    return {key: one_line(name) or key for key, name in named if key in keys}


def rolled_of(review: Review, place_id: str) -> Rolled | None:
    """Return the year's mark of a goal, section or plan; ``None`` where it has none."""
    return review.rollup.get(place_id, review.evaluation.fiscal_year)


def mark_spans(rolled: Rolled) -> tuple[Span, ...]:
    """Return a mark as a symbol that is spoken as its word; one set by hand is marked."""
    if rolled.mark is None:
        return (Span(NOTHING),)
    symbol = Span(rolled.mark.symbol, spoken=rolled.mark.word)
    changed = (Span(OVERRIDDEN, spoken="修正"),) if rolled.override else ()
    return apart_from_dash(symbol, *changed)


def _marked(rolled: Rolled) -> tuple[Span, ...]:
    return (Span("評価 "), *mark_spans(rolled))


def mark_text(review: Review, place_id: str) -> str:
    """Return ``評価A`` alone; empty of a place that has no mark."""
    rolled = rolled_of(review, place_id)
    return f"評価{''.join(each.text for each in mark_spans(rolled))}" if rolled else ""


def with_rolled(review: Review | None, cell: Cell, place: Place) -> Cell:
    """Return the cell of a place's name, its mark below and the points below that."""
    rolled = rolled_of(review, place.id) if review else None
    if review is None or rolled is None:
        return cell
    points = points_text(review, rolled)
    below = (paragraph(points, TextStyle.DENSE_TEXT),) if points else ()
    mark = Paragraph(_marked(rolled), TextStyle.DENSE_LABEL)
    return replace(cell, content=(*cell.content, mark, *below))


def with_rolled_beside(review: Review, cell: Cell, place: Place) -> Cell:
    """Return the cell of a place's name in a row across: ``評価 A（12点／15点）`` behind it."""
    rolled, (*before, name) = rolled_of(review, place.id), cell.content
    if rolled is None or not isinstance(name, Paragraph):
        return cell
    points = points_text(review, rolled)
    more = (Span("　"), *_marked(rolled), *((Span(f"（{points}）"),) if points else ()))
    return replace(cell, content=(*before, replace(name, spans=(*name.spans, *more))))


# --- the chapter -----------------------------------------------------------------


def compose_rolled(review: Review) -> tuple[Block, ...]:
    """Return the chapter of the rolled-up marks; nothing where there are none."""
    names = level_names(review)
    if not names:
        return ()
    title = f"{'・'.join(names.values())}ごとの評価"
    blocks: list[Block] = [Heading("rolled", 1, title, HeadingStyle.CHAPTER)]
    for key, name in names.items():
        if len(names) > 1:
            blocks.append(section(f"rolled-{key}", f"{name}ごとの評価"))
        blocks.extend(_compose_level(review, key, name))
    return tuple(blocks)


def _compose_level(review: Review, key: str, name: str) -> Iterator[Block]:
    places = tuple(places_at(review.catalogue, key))
    if not places:
        return
    yield paragraph(rolled_sentence(review, key, name), TextStyle.BODY)
    if len(places) > 1:
        yield _counts_table(review, key, name)
    yield _marks_table(review, key, name, places)


def rolled_brief(review: Review) -> str:
    """Return how the places of the innermost level stand, in a line: ``A８・B６…``."""
    year, names = review.evaluation.fiscal_year, level_names(review)
    if not names:
        return ""
    *_, (key, name) = names.items()
    counts = review.rollup.counts(key, year)
    if not counts.total:
        return ""
    told = "・".join(
        counted(each.mark.symbol, each.count, review.numerals) for each in counts.counts
    )
    upper = f"、{_upper_words(review, counts)}" if review.rollup.rules.upper else ""
    total = review.numbers(f"（計{counts.total}件{upper}）")
    return f"{name}ごとの評価は、{told}です{total}。"


def rolled_sentence(review: Review, key: str, name: str) -> str:
    """Return how a level's places stand: ``戦略計画23件の評価は、A５件、B18件です。…``."""
    year = review.evaluation.fiscal_year
    found, counts = review.rollup.at(key, year), review.rollup.counts(key, year)
    told = [f"{mark_name(each.mark)}が{each.count}件" for each in counts.counts if each.count]
    without = len(found) - counts.total
    if without:
        told.append(f"評価のないもの（{NOTHING}）が{without}件")
    text = f"{name}{len(found)}件の評価は、{'、'.join(told)}です。"
    if review.rollup.rules.upper and counts.total:
        text += f"{_upper_words(review, counts)}です{f'（{NOTHING}を除く）' if without else ''}。"
    if changed := sum(1 for each in found if each.override):
        text += f"人が改めた評価（{OVERRIDDEN}）は{changed}件です。"
    return review.numbers(text)


def _upper_words(review: Review, counts: MarkCounts) -> str:
    upper = review.rollup.rules.upper
    return f"{together(upper)}は{share_text(review, counts.share(upper))}"


@dataclass(frozen=True, slots=True)
class _Counted:
    """A row: a year, how many stand where, and how many have no mark."""

    year: FiscalYear
    counts: MarkCounts
    without: int


def _counts_table(review: Review, key: str, name: str) -> Table:
    rows = []
    for year in review.years:
        counts = review.rollup.counts(key, year)
        rows.append(_Counted(year, counts, len(review.rollup.at(key, year)) - counts.total))
    columns = tuple(_counts_columns(review, rows))
    title = f"{name}の評価の数"
    caption = table_caption(f"rolled-{key}-counts", title)
    return compose_table(columns, rows_of(columns, rows), title, caption=caption)


def _counts_columns(review: Review, rows: Iterable[_Counted]) -> Iterator[Column[_Counted]]:
    marks, upper = review.rollup.rules.marks, review.rollup.rules.upper
    has_without = any(each.without for each in rows)
    width = _COUNTS // (len(marks) + has_without + 1 + bool(upper))

    def number(count: int) -> Cell:
        return count_cell(review, count)

    def of_mark(mark: Mark) -> Column[_Counted]:
        return Column(
            f"mark-{mark.key}", width, mark.label, lambda each: number(each.counts.of(mark))
        )

    yield Column(
        "year", REST, review.words.year, lambda each: name_cell(review.year_name(each.year))
    )
    yield from map(of_mark, marks)
    if has_without:
        yield Column("without", width, f"{NOTHING}\n評価なし", lambda each: number(each.without))
    yield Column("total", width, "計", lambda each: number(each.counts.total + each.without))
    if upper:

        def share(each: _Counted) -> Cell:
            if not each.counts.total:
                return value_cell(NOTHING)
            return value_cell(share_text(review, each.counts.share(upper)))

        yield Column("share", width, together(upper), share)


def _marks_table(review: Review, key: str, name: str, places: Iterable[Place]) -> Table:
    columns = tuple(_marks_columns(review, key, name))
    title = f"{name}ごとの評価"
    caption = table_caption(f"rolled-{key}", f"{title}と、その内訳")
    return compose_table(columns, rows_of(columns, places), title, caption=caption)


def _marks_columns(review: Review, key: str, name: str) -> Iterator[Column[Place]]:
    if key != GOAL:
        goal = one_line(review.catalogue.labels.goal)
        yield Column("goal", 8, goal, lambda each: value_cell(each.goal.short))
    yield Column("name", REST, name, _name_cell)
    for year in review.years:
        yield _year_column(review, year)
    if review.rollup.rules.computed:
        yield Column("reason", 36, "内訳", lambda each: _reason_cell(review, each))


def _name_cell(place: Place) -> Cell:
    return name_cell(one_line(place.head))


def _year_column(review: Review, year: FiscalYear) -> Column[Place]:
    def cell(place: Place) -> Cell:
        rolled = review.rollup.get(place.id, year)
        spans = mark_spans(rolled) if rolled else (Span(NOTHING),)
        return Cell((Paragraph(spans, TextStyle.DENSE_VALUE),), CellStyle.DENSE)

    width = min(_WIDEST_YEAR, _ALL_YEARS // len(review.years))
    return Column(
        f"mark-{year.year}",
        width,
        review.year_name(year),
        cell,
        called=f"各{review.words.year}の評価",
    )


def _reason_cell(review: Review, place: Place) -> Cell:
    rolled = rolled_of(review, place.id)
    if rolled is None:
        return text_cell(NOTHING)
    spans = tuple(reason_spans(review, rolled))
    return Cell((Paragraph(spans, TextStyle.DENSE_TEXT),), CellStyle.DENSE)


# --- how they are made -----------------------------------------------------------


def _alike(review: Review, names: dict[str, str]) -> list[tuple[LevelRules, list[str]]]:
    """Return the rules, the outermost level's first, each once with the levels that have it."""
    found: list[tuple[LevelRules, list[str]]] = []
    for rules in reversed(review.rollup.rules.levels):
        name = names[rules.level]
        known = (called for other, called in found if replace(other, level=rules.level) == rules)
        called = next(known, None)
        if called is None:
            found.append((rules, [name]))
        else:
            called.append(name)
    return found


def compose_rollup_rules(review: Review) -> tuple[Block, ...]:
    """Return how the marks are made; nothing where there are none."""
    names = level_names(review)
    if not names:
        return ()
    words = [
        text
        for rules, called in _alike(review, names)
        for text in rule_words(review, rules, called, names.get(PLAN, ""))
    ]
    words = list(dict.fromkeys(words))  # what several levels have in common is said once
    if any(each.override for each in review.rollup.found):
        words.append(f"「{OVERRIDDEN}」の付いたものは、求めた評価を人が改めたものです。")
    title = f"{'・'.join(names.values())}の評価の求め方"
    return (section("rolled-rules", title), bullets("・", words, TextStyle.BAND_ITEM))
