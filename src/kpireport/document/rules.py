"""表の見方 of the review: a sample of the wider table, and the rules of judgement in use.

Comes in: a review. Goes out: the chapter's blocks; the rules are written from the
scheme that judged, so that they cannot go stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kpireport.document.blocks import (
    Block,
    Cell,
    CellStyle,
    HeaderScope,
    Heading,
    HeadingStyle,
    ItemList,
    ListItem,
    PageBreak,
    Paragraph,
    Row,
    SampleCallout,
    SamplePage,
    Span,
    Table,
    TableStyle,
    TextStyle,
)
from kpireport.document.captions import captions_of, refer_to
from kpireport.document.changes import NO_CHANGES
from kpireport.document.charts import LimitKind
from kpireport.document.judgements import MarkRules, SchemeRules, describe_scheme
from kpireport.document.limits import limit_kind
from kpireport.document.overview import section, table_caption
from kpireport.document.results import compose_result_table, header_cell, text_cell
from kpireport.document.reviews import NOT_REPORTED, NOT_YET, OVERRIDDEN, Review
from kpireport.document.samples import cut_to_sample
from kpireport.document.texts import bullets, with_references
from kpireport.document.trends import compose_chart
from kpireport.domain.years import axis_label

_SAMPLE_ROWS = 5

_WITHOUT_PROGRESS = "進捗率のないものは達成率を、率のないものは「―」を表示しています。"

_NUMBERS, _LETTERS = "①②③④⑤", "ＡＢＣＤＥ"  # of the callouts


def compose_rules(review: Review) -> tuple[Block, ...]:
    """Return the chapter 表の見方."""
    rules = describe_scheme(review.evaluation.scheme, review.numerals, review.words)
    table = _compose_rules_table(rules)
    return (
        Heading("how-to-read", 1, "表の見方", HeadingStyle.CHAPTER),
        *_compose_sample(review),
        section("charts", "図の見方"),
        bullets("・", tuple(_chart_words(review)), TextStyle.BAND_ITEM),
        PageBreak(),
        section("rules", "評価の基準"),
        _about_rules(rules, table),
        table,
        bullets("・", rules.terms, TextStyle.BAND_ITEM),
        bullets("・", rules.notes, TextStyle.BAND_ITEM),
    )


def _chart_words(review: Review) -> Iterator[str]:
    """Say how the charts are read, as they are drawn."""
    words = review.words
    first, last = review.catalogue.years.baseline, review.years[-1]
    yield (
        f"白い点は{words.baseline}、黒い点は各年度の実績です。"
        f"{axis_label(first)}は{review.year_name(first)}、"
        f"{axis_label(last)}は{review.year_name(last)}です。"
    )
    yield f"破線は{words.target}、点線は{words.baseline}で、矢印は目指す向きを示します。"
    yield review.numbers("縦の軸の下に波の印があるものは、0からの目盛りの一部を省いています。")
    if any(limit_kind(each) is LimitKind.AT_MOST for each in review.catalogue.measures()):
        yield f"斜線の帯は、{words.target}を満たさない側を示します。"
    yield from _step_words(review)
    if words_of_parts := review.continued_words():
        yield words_of_parts
    yield f"数値のない年度には、「―」か「{NOT_REPORTED}」を示しています。"


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
        "それぞれの年度に適用されていた値を示します。"
    )


def _compose_sample(review: Review) -> Iterator[Block]:
    """Yield a piece of the first plan's table with callouts, and what these point at."""
    goal = next((goal for goal in review.catalogue.goals if any(p.rows for p in goal.plans)), None)
    if goal is None:
        return
    first = next(plan for plan in goal.plans if plan.rows)
    short = replace(first, rows=first.rows[:_SAMPLE_ROWS])
    goal = cut_to_sample(replace(goal, plans=(short,)), (first.id,))
    unmarked = replace(review, changes=NO_CHANGES)  # the notes of the marks are elsewhere
    callouts = tuple(_callouts(review))
    yield SamplePage(
        numeral=goal.numeral,
        tables=compose_result_table(unmarked, goal, goal.plans),
        callouts=tuple(SampleCallout(mark, column) for mark, column, _, _ in callouts),
        alternative_text=f"「{goal.title}」の表の一部を縮小した見本。"
        + "、".join(f"{mark}は{name}" for mark, _, name, _ in callouts)
        + "を指す。",
    )
    style = TextStyle.CALLOUT
    targets = {"評価の基準": "rules", "資料編": "appendix"}
    yield ItemList(
        tuple(
            ListItem(mark, (with_references(f"{name}：{text}", targets, style),))
            for mark, _, name, text in callouts
        ),
        style,
    )


def _callouts(review: Review) -> Iterator[tuple[str, int, str, str]]:
    """Yield each callout's mark, column, name and explanation.

    Where the scheme's own marks are circled numbers, the callouts are letters.
    """
    labels, years = review.catalogue.labels, len(review.years)
    how = review.catalogue.how_to_read
    known = {each.column.value: each.text for each in how.callouts} if how else {}
    baseline = f"計画を定めたときの値です{_in_brackets(labels.baseline_note)}。"
    target = f"計画で目指す値です{_in_brackets(labels.target_note)}。"
    symbols = {mark.symbol for mark in review.evaluation.scheme.marks}
    marks = iter(_NUMBERS if symbols.isdisjoint(_NUMBERS) else _LETTERS)
    yield (
        next(marks),
        2,
        f"「{labels.baseline}」欄",
        known.get("baseline", baseline) + _later_words(review),
    )
    yield (
        next(marks),
        3,
        "「実績」欄",
        f"各年度末の実績を、所管課の報告のとおり表示しています。「{NOT_REPORTED}」は報告がないものです。"
        + _absent_words(review)
        + review.continued_words(),
    )
    target = known.get("target", target) + _change_words(review)
    yield next(marks), 3 + years, f"「{labels.target}」欄", target
    yield (
        next(marks),
        4 + years,
        "「進捗率」欄",
        f"{review.words.target}に向けた進み具合です。{_WITHOUT_PROGRESS}",
    )
    yield (
        next(marks),
        5 + years,
        "「評価」欄",
        f"次の「評価の基準」による評価です。「{OVERRIDDEN}」は、評価を修正したもので、理由は「資料編」にあります。",
    )


def _absent_words(review: Review) -> str:
    """Say what stands in the years in which an indicator was not in the plan, if any was not."""
    begun = any(review.history.begun_by(each.id) for each in review.catalogue.measures())
    return f"計画に加わる前の年度は「{NOT_YET}」としています。" if begun else ""


def _later_words(review: Review) -> str:
    """Say of when baselines are that are not the plan's, where there are any."""
    if all(each.baseline.year is None for each in review.catalogue.measures()):
        return ""
    return (
        "計画に後から加わったものは、加わる前の年度末などの値で、その年度を表の下に示しています。"
    )


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


def _about_rules(rules: SchemeRules, table: Table) -> Paragraph:
    where = tuple(refer_to(caption.id) for caption in captions_of(table))
    spans = (Span("評価の基準は、"), *where, Span(f"のとおりです（{rules.title}）。"))
    return Paragraph(spans, TextStyle.BODY)


def _compose_rules_table(rules: SchemeRules) -> Table:
    return Table(
        style=TableStyle.SUMMARY,
        columns=(14, *([86 // len(rules.tasks)] * len(rules.tasks))),
        header_rows=(Row((header_cell("評価"), *map(header_cell, rules.tasks))),),
        rows=tuple(_rule_row(each) for each in rules.marks),
        title="評価の基準",
        description="評価の記号ごとの、目標の種類に応じた条件",
        caption=table_caption("rules", "評価の記号ごとの条件"),
    )


def _rule_row(rule: MarkRules) -> Row:
    symbol = Span(f"{rule.mark.symbol}　", spoken=rule.mark.word)
    content = (Paragraph((symbol, Span(rule.mark.word)), TextStyle.DENSE_TEXT),)
    head = Cell(content, CellStyle.DENSE, scope=HeaderScope.ROW)
    return Row((head, *(text_cell(text or "―") for text in rule.conditions)))
