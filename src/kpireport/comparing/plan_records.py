"""The records of a plan: cover, years, labels, words, goals, plans and what measures them.

Comes in: a catalogue. Goes out: its records in printed order, every text of it in one fact.
Facts are called what the plan calls its columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kpireport.comparing.records import Fact, Record
from kpireport.document.numbers import format_quantity
from kpireport.domain.catalogue import (
    Baseline,
    Catalogue,
    ColumnName,
    Direction,
    Goal,
    HowToRead,
    Indicator,
    IndicatorGroup,
    Introduction,
    LabelledText,
    Labels,
    Measure,
    Plan,
    Target,
)
from kpireport.domain.comment_columns import CommentColumn
from kpireport.domain.layouts import (
    DETAIL_WORDS,
    NO_LAYOUTS,
    OWN,
    Details,
    LayoutColumn,
    LayoutName,
    YearShow,
    column_word,
)
from kpireport.domain.levels import GOAL, PLAN, USUAL_LEVELS, Shown
from kpireport.domain.names import labelled
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.places import Place, named_levels, place_of
from kpireport.domain.surveys import Survey
from kpireport.domain.values import Quantity
from kpireport.domain.wording import Words
from kpireport.domain.years import format_fiscal_year
from kpireport.quickly import dataclass

COVER, YEARS, LABELS = "表紙", "計画の年度", "表の見出し"

_LABELS = {
    "goal": "基本目標の見出し",
    "numeric_targets": "数値目標の見出し",
    "numeric_targets_note": "数値目標の見出しの注",
    "directions": "基本的な方向性の見出し",
    "plan": "戦略計画の見出し",
    "indicators": "指標全体の見出し",
    "indicator": "指標の見出し",
    "baseline": "現状値の見出し",
    "baseline_note": "現状値の見出しの注",
    "target": "目標値の見出し",
    "target_note": "目標値の見出しの注",
    "indicator_noun": "文の中での指標の呼び方",
    "past": "過去値の見出し",
    "past_note": "過去値の見出しの注",
}


def plan_records(catalogue: Catalogue) -> tuple[Record, ...]:
    """Return the records of a plan in printed order."""
    return (
        *_front(catalogue),
        *(record for goal in catalogue.goals for record in _Goal(catalogue, goal).records()),
    )


def measure_key(id_: str) -> str:
    """Return the key of an indicator's or a numeric target's record."""
    return f"measure:{id_}"


def place_key(place: Place) -> str:
    """Return the key of a goal's, section's or plan's record."""
    is_known = place.level.key in (GOAL, PLAN)
    return f"{place.level.key if is_known else 'section'}:{place.id}"


# --- before the goals ------------------------------------------------------------


def _front(catalogue: Catalogue) -> Iterator[Record]:
    years = catalogue.years
    yield _fixed(
        COVER,
        Fact("municipality", "自治体の名前", catalogue.municipality),
        Fact("issuer", "発行者", catalogue.issuer),
        Fact("title", "表題", "\n".join(catalogue.title)),
        Fact("issued", "日付", catalogue.issued),
    )
    words = Words.of(catalogue)
    title = words.dated(YEARS)
    yield Record(
        YEARS,
        title,
        (title,),
        facts=(
            Fact("baseline", f"{words.baseline}の{words.year}", format_fiscal_year(years.baseline)),
            Fact("target", f"{words.target}の{words.year}", format_fiscal_year(years.target)),
            Fact(
                "numeric_target",
                f"{words.numeric_targets}の{words.year}",
                format_fiscal_year(years.numeric_target),
            ),
        ),
    )
    labels = ((key, item, getattr(catalogue.labels, key)) for key, item in _LABELS.items())
    columns = (
        Fact("comments", "所管課のコメントの欄", _columns(catalogue.comments)),
        Fact("answers", "指標の欄", _columns(catalogue.answers)),
        Fact("categories", "区分", "、".join(each.label for each in catalogue.categories)),
    )
    yield _fixed(LABELS, *(Fact(*each) for each in labels), *columns)
    layouts = catalogue.layouts
    if layouts != NO_LAYOUTS:
        yield _fixed(
            "表の列",
            Fact("plan", "計画版の列", _columns_text(layouts.plan, words)),
            Fact("review", "実績版の列", _columns_text(layouts.review, words)),
        )
    if catalogue.levels != USUAL_LEVELS:
        yield _fixed("階層", *_level_facts(catalogue))
    if catalogue.introduction is not None:
        yield _introduction(catalogue.introduction)
    if catalogue.how_to_read is not None:
        yield _how_to_read(catalogue.how_to_read, words)


_SHOWN = {Shown.CHAPTER: "章", Shown.HEADING: "見出しの行", Shown.COLUMN: "列"}


def _level_facts(catalogue: Catalogue) -> Iterator[Fact]:
    """Yield what the levels are called, how they are shown, and which is commented on."""
    names = {key: _line(name) for key, name in named_levels(catalogue).items()}
    shown = "、".join(f"{names[each.key]}（{_SHOWN[each.shown]}）" for each in catalogue.levels)
    yield Fact("levels", "階層", shown)
    yield Fact("comments_of", "コメントを書く階層", names[catalogue.levels.comments_of])


def _columns_text(columns: Iterable[LayoutColumn], words: Words) -> str:
    """Return the columns from left to right, each with its heading and its width if it has them."""
    return "、".join(
        column_word(each.name)
        + (f"「{_line(each.header)}」" if each.header else "")
        + (f"（{each.width:f}）" if each.width is not None else "")
        + (f"（{shown}）" if (shown := _shown_text(each, words)) else "")
        + (f"［{each.group}］" if each.group is not None else "")
        + (f"・{words.year}ごと" if each.is_by_year else "")
        + ("・改定前の値も" if each.has_former else "")
        for each in columns
    )


def _shown_text(column: LayoutColumn, words: Words) -> str:
    """Return which years a column shows and how, as far as that is stated."""
    shown = column.shown
    ways = {YearShow.SIDE_BY_SIDE: "列に並べる", YearShow.TWO_LINES: "行に分ける"}
    said = [
        "・".join(map(shown.word, column.parts)) if column.name == LayoutName.YEARS else "",
        ways[shown.show] if column.name == LayoutName.YEARS else "",
        "・".join(map(format_fiscal_year, shown.years)),
        f"最近の{shown.last}{words.year}分" if shown.last else "",
        f"これからの{words.year}も" if shown.to_come else "",
    ]
    return "、".join(filter(None, said))


def _columns(columns: Iterable[CommentColumn]) -> str:
    """Return what is asked of a plan or an indicator, a line each: ``方針（継続、中止）``."""
    return "\n".join(f"{each.title}{_asked(each)}" for each in columns)


def _asked(column: CommentColumn) -> str:
    """Return what there is to choose, with what it means, or what an amount counts."""
    means = column.explains or [""] * len(column.choices)
    words = [
        f"{word}：{_line(said)}" if said else word
        for word, said in zip(column.choices, means, strict=True)
    ]
    if column.is_amount:
        words.append(column.unit or "数")
    if column.is_mark:
        words.append("評価として数える")
    if column.by and column.by.is_asked:
        words.append("所管課が書く")
    if column.is_of_targets:
        words.append("数値目標にも尋ねる")
    words.extend(f"{word}は以前の{former}" for former, word in column.former)
    return f"（{'、'.join(words)}）" if words else ""


def _fixed(place: str, *facts: Fact, kind: str = "") -> Record:
    return Record(place, kind or place, (place,), facts=facts)


def _introduction(words: Introduction) -> Record:
    return _fixed(
        "はじめに",
        Fact("title", "題名", words.title),
        Fact("heading", "見出し", words.heading),
        Fact("paragraphs", "本文", "\n".join(words.paragraphs)),
        *_labelled("point", "項目", words.points),
        *_labelled("note", "注", words.notes),
    )


def _labelled(key: str, item: str, texts: Sequence[LabelledText]) -> Iterator[Fact]:
    yield Fact(f"{key}s", f"{item}の番号", "、".join(each.label for each in texts))
    for number, each in enumerate(texts):
        yield Fact(f"{key}:{number}", f"{item}{each.label}", "\n".join(each.lines))


def _how_to_read(sample: HowToRead, words: Words) -> Record:
    facts = [
        Fact("title", "題名", sample.title),
        Fact("goal", f"見本にする{words.goal}の記号", sample.goal_id),
        Fact("plans", f"見本にする{words.plan}の記号", "\n".join(sample.plan_ids)),
        Fact("marks", "説明の符号", "、".join(each.mark for each in sample.callouts)),
    ]
    for number, each in enumerate(sample.callouts):
        facts += [
            Fact(f"label:{number}", f"説明{each.mark}の見出し", each.label),
            Fact(f"text:{number}", f"説明{each.mark}", each.text),
            Fact(f"column:{number}", f"説明{each.mark}の欄", words.put_into(_COLUMNS[each.column])),
        ]
    return _fixed("表の見方", *facts)


_COLUMNS = {
    ColumnName.PLAN: "戦略計画",
    ColumnName.INDICATOR: "指標",
    ColumnName.BASELINE: "現状値",
    ColumnName.TARGET: "目標値",
}


# --- goals -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Goal:
    """A goal, and the plan's own names of things."""

    catalogue: Catalogue
    goal: Goal

    @property
    def key(self) -> str:
        return place_key(place_of(self.catalogue.levels, self.goal))

    @property
    def place(self) -> tuple[str, ...]:
        called = self.catalogue.labels.called(self.goal.numeral)
        return (labelled(called, _line(self.goal.title)),)

    def _label(self, name: str) -> str:
        return _line(getattr(self.catalogue.labels, name))

    def records(self) -> Iterator[Record]:
        """Yield the goal and all that is in it."""
        goal = self.goal
        yield Record(
            self.key,
            self._label("goal"),
            self.place,
            "goals",
            id=goal.id,
            facts=(
                Fact("numeral", "番号", goal.numeral),
                Fact("title", "題名", goal.title),
                departments_fact(goal.departments),
                *self._directions(goal.directions),
            ),
        )
        for target in goal.numeric_targets:
            place = (*self.place, self._label("numeric_targets"))
            yield self._measure(target, place, f"{self.key}:targets")
        for each in place_of(self.catalogue.levels, goal).below:
            yield from self._place(each, self.place, self.key)

    def _directions(self, directions: Sequence[Direction]) -> Iterator[Fact]:
        word = self._label("directions")
        for number, each in enumerate(directions):
            item = f"{word}{each.label}"
            yield Fact(f"direction:{number}:label", f"{word}の番号", each.label)
            yield Fact(f"direction:{number}:title", f"{item}の題名", each.title)
            yield Fact(f"direction:{number}:paragraphs", item, "\n".join(each.paragraphs))
            yield Fact(f"direction:{number}:items", f"{item}の箇条書き", "\n".join(each.items))

    def _place(self, found: Place, outer: tuple[str, ...], parent: str) -> Iterator[Record]:
        """Yield a section or plan and all that is in it."""
        key, place = place_key(found), (*outer, _line(found.head))
        kind = _line(named_levels(self.catalogue)[found.level.key])
        facts = (
            Fact("label", "番号", found.label),
            Fact("title", "題名", found.title),
            departments_fact(found.unit.departments),
        )
        yield Record(key, kind, place, parent, id=found.id, facts=facts)
        for each in found.below:
            yield from self._place(each, place, key)
        if isinstance(found.unit, Plan):
            yield from self._rows(found.unit, place, key)

    def _rows(self, plan: Plan, place: tuple[str, ...], key: str) -> Iterator[Record]:
        for row in plan.rows:
            if not isinstance(row, IndicatorGroup):
                yield self._measure(row, place, key)
                continue
            group = f"group:{row.id}"
            heading = Fact("name", f"{self._label('indicator')}のまとまりの名前", row.name)
            kind = f"{self._label('indicator')}のまとまり"
            name = _line(row.name)
            yield Record(group, kind, place, key, row.id, name, (heading,))
            for indicator in row.indicators:
                yield self._measure(indicator, (*place, name), group)

    def _measure(self, measure: Measure, place: tuple[str, ...], parent: str) -> Record:
        is_indicator = isinstance(measure, Indicator)
        kind = self._label("indicator" if is_indicator else "numeric_targets")
        facts = (
            Fact("name", f"{kind}の名前", measure.name),
            *measure_facts(measure, self.catalogue),
        )
        name = _line(measure.name)
        return Record(measure_key(measure.id), kind, place, parent, measure.id, name, facts)


def measure_facts(measure: Measure, plan: Catalogue) -> Iterator[Fact]:
    """Yield what the plan says of what is measured, but for its name."""
    labels = plan.labels
    yield from baseline_facts(measure.baseline, plan)
    yield from target_facts(measure.target, labels)
    for each in measure.yearly_targets:
        year = format_fiscal_year(each.fiscal_year)
        key, item = f"target:{each.fiscal_year.year}", f"{year}の{_line(labels.target)}"
        yield Fact(key, item, each.text)
        yield Fact(f"{key}:quantities", f"{item}の数量", _quantities(each.quantities))
    yield Fact("cumulative", "累計で評価", "する" if measure.is_cumulative else "")
    yield Fact("category", "区分", category_label(measure.category, plan))
    yield departments_fact(measure.departments)
    if isinstance(measure, Indicator):
        yield from _detail_facts(measure.details, labels)
    yield Fact("survey", f"調査を行う{plan.years.target.word}", _survey_words(measure.survey))


def category_label(key: str, plan: Catalogue) -> str:
    """What a plan calls a category; as it is where the plan does not say."""
    return next((each.label for each in plan.categories if each.key == key), key)


def _detail_facts(details: Details, labels: Labels) -> Iterator[Fact]:
    """Yield the texts beside an indicator."""
    for name, word in DETAIL_WORDS.items():
        yield Fact(f"detail:{name}", word, details.text(name))
    yield Fact("detail:past", _line(labels.past_word), details.past)
    yield from (Fact(f"detail:past:{label}", label, text) for label, text in details.pasts)
    yield from (Fact(f"detail:{OWN}{key}", key, text) for key, text in details.own)


def _survey_words(survey: Survey | None) -> str:
    if survey is None:
        return ""
    if survey.first is None:
        return "、".join(map(format_fiscal_year, survey.years))
    return f"{format_fiscal_year(survey.first)}から{survey.every}年ごと"


def departments_fact(departments: Sequence[str]) -> Fact:
    """Return which departments work on something, the lead first."""
    return Fact("departments", "所管課", "、".join(departments))


def baseline_facts(baseline: Baseline, plan: Catalogue) -> Iterator[Fact]:
    """Yield what a baseline says."""
    item = _line(plan.labels.baseline)
    year = format_fiscal_year(baseline.year) if baseline.year else ""
    yield Fact("baseline", item, baseline.text)
    yield Fact("baseline:quantities", f"{item}の数量", _quantities(baseline.quantities))
    yield Fact("baseline:as_of", f"{item}の時点", baseline.as_of or "")
    yield Fact("baseline:shared", f"{item}の欄を共にする指標", baseline.shared_with or "")
    yield Fact("baseline:year", f"{item}の{plan.years.target.word}", year)
    first = "最初の実績" if baseline.is_first_known else ""
    yield Fact("baseline:first", f"{item}の代わり", first)


def target_facts(target: Target, labels: Labels) -> Iterator[Fact]:
    """Yield what a target says."""
    item = _line(labels.target)
    deadline = format_fiscal_year(target.deadline) if target.deadline else ""
    yield Fact("target", item, target.text)
    yield Fact("target:kind", f"{item}の種類", target.kind.facts.in_short)
    yield Fact("target:quantities", f"{item}の数量", _quantities(target.quantities))
    step = _quantities((target.step,)) if target.step else ""
    yield Fact("target:step", f"{_line(labels.baseline)}からの増減", step)
    yield Fact("target:deadline", f"{item}の期限", deadline)


def _quantities(quantities: Iterable[Quantity]) -> str:
    return "、".join(format_quantity(each, NumeralStyle.HALF) for each in quantities)


def _line(text: str) -> str:
    return text.replace("\n", "")
