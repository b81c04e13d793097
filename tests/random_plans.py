"""Random plans and reviews, drawn from the plan's own models: what a municipality may write.

Plans without indicators and goals without plans, sections, groups and shared baselines (row spans),
texts of many lines, notes and callouts or none, targets of every kind, up to eight years
of actuals with gaps, comments and overrides.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from hypothesis import strategies as st

from kpireport.document.blocks import Document
from kpireport.document.digest import compose_digest
from kpireport.document.plan import compose_plan
from kpireport.document.review import compose_review
from kpireport.document.reviews import Review
from kpireport.document.sheet_parts import Writable
from kpireport.document.sheets import compose_sheets
from kpireport.domain.actuals import Actual, Actuals, Override, PlanComment, ReportedState
from kpireport.domain.catalogue import (
    Baseline,
    Callout,
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
    NumericTarget,
    Plan,
    PlanYears,
    Section,
    Target,
)
from kpireport.domain.comment_columns import CommentColumn, Evaluator
from kpireport.domain.histories import History, in_force
from kpireport.domain.layouts import (
    ANSWERS,
    DETAIL_WORDS,
    NO_DETAILS,
    NO_LAYOUTS,
    Details,
    LayoutColumn,
    LayoutName,
    Layouts,
)
from kpireport.domain.levels import USUAL_LEVELS, Level, Levels, Shown
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.places import commented
from kpireport.domain.settings import ChartScope, Orientation, ReviewSettings, SheetOf
from kpireport.domain.target_kinds import HeldAgainst, TargetKind
from kpireport.domain.values import Quantity, Value, parse_value
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import SCHEMES, RollupRules, Scheme, evaluate, rollup_from_settings
from kpireport.evaluation.rollups import NO_RULES
from tests.documents import METADATA, TEXTS
from tests.random_revisions import revised
from tests.said import said

MOST_YEARS = 8
_Columns: TypeAlias = tuple[LayoutColumn, ...]

_WORDS = TEXTS.map(str.strip).filter(bool)
_LINES = st.lists(_WORDS, min_size=1, max_size=3).map("\n".join)
_LONG = st.builds(lambda text, times: f"{text}。" * times, _WORDS, st.integers(5, 60))
_PROSE = _LINES | _LONG
_NAMES = _LINES | _LONG.map(lambda text: text[:400])
_SHORT = st.text("計画指標目標値令和年度（）12１２%％", min_size=1, max_size=12)
_NUMBERS = st.decimals(0, 20000, places=1)
_DEPTHS = st.integers(0, 2)
_UNITS = st.sampled_from(["", "％", "か所", "人", "件"])


@st.composite
def _values(draw: st.DrawFn, unit: str) -> Value:
    number: Decimal = draw(_NUMBERS)
    return parse_value(f"{number:,}{unit}{draw(st.sampled_from(['', '（見込み）', chr(10)]))}")


@st.composite
def _baselines(draw: st.DrawFn, unit: str) -> Baseline:
    if draw(st.integers(0, 3)) == 0:
        return Baseline(draw(st.sampled_from(["―", "検討", "検証"])))
    value = draw(_values(unit))
    return Baseline(value.text, value.quantities)


@st.composite
def _targets(draw: st.DrawFn, unit: str) -> Target:
    kind: TargetKind = draw(st.sampled_from(TargetKind))
    deadline = draw(st.none() | st.integers(2018, 2030).map(FiscalYear))
    facts = kind.facts
    match facts.held_against:
        case HeldAgainst.WORDS:
            return Target(draw(_SHORT), kind, (), deadline)
        case HeldAgainst.NOTHING:
            return Target(draw(st.sampled_from(["―", "設定しない"])), kind, (), deadline)
        case HeldAgainst.BASELINE | HeldAgainst.PREVIOUS:
            text = "現状値から増加" if facts.upward else "現状値から減少"
            return Target(text, kind, (), deadline)
        case HeldAgainst.NUMBER:
            value = draw(_values(unit))
            return Target(value.text, kind, value.quantities or (Quantity(Decimal(1), unit),))


@st.composite
def _plans(draw: st.DrawFn, id_: str) -> Plan:
    """A plan of none to many rows: indicators, some sharing a baseline, and groups."""
    rows: list[Indicator | IndicatorGroup] = []
    for number in range(draw(st.sampled_from([0, 1, 2, 3, 5, 14]))):
        row_id = f"{id_}-{number}"
        if draw(st.integers(0, 4)) == 0:
            members = tuple(
                draw(_indicators(f"{row_id}-{each}")) for each in range(draw(st.integers(1, 4)))
            )
            rows.append(IndicatorGroup(row_id, draw(_NAMES), members))
            continue
        above = rows[-1] if rows else None
        rows.append(draw(_indicators(row_id, above if isinstance(above, Indicator) else None)))
    return Plan(id_, draw(_SHORT), draw(_NAMES), tuple(rows))


@st.composite
def _indicators(draw: st.DrawFn, id_: str, above: Indicator | None = None) -> Indicator:
    unit = draw(_UNITS)
    baseline = draw(_baselines(unit))
    if above is not None and draw(st.integers(0, 3)) == 0:
        shared = above.baseline
        baseline = Baseline(shared.text, shared.quantities, shared_with=above.id)
    departments = tuple(draw(st.lists(st.sampled_from(["企画課", "財政課"]), unique=True)))
    details = draw(st.just(NO_DETAILS) | _details())
    return Indicator(
        id_, draw(_NAMES), baseline, draw(_targets(unit)), departments, details=details
    )


def _details() -> st.SearchStrategy[Details]:
    text = st.just("") | _SHORT | _PROSE
    own = st.lists(text, min_size=1, max_size=1).map(lambda texts: (("委員会", *texts),))
    return st.builds(Details, **dict.fromkeys(map(str, DETAIL_WORDS), text), own=own)


@st.composite
def _layouts(draw: st.DrawFn, *, needed: tuple[str, ...], names: tuple[str, ...]) -> _Columns:
    """The needed columns and some of the others in any order, some with heading or width."""
    chosen = (*needed, *draw(st.lists(st.sampled_from(names), unique=True)))
    return tuple(
        LayoutColumn(
            name,
            draw(st.just("") | _SHORT),
            draw(st.none() | st.sampled_from([Decimal(1), Decimal("12.5"), Decimal(60)])),
            group=draw(st.sampled_from([None, None, "", "まとめ"])),
            is_by_year=name.startswith(ANSWERS) and draw(st.booleans()),
        )
        for name in draw(st.permutations(chosen))
    )


@st.composite
def _goals(draw: st.DrawFn, id_: str, numeral: str) -> Goal:
    numeric_targets = tuple(
        NumericTarget(
            f"{id_}-n{number}", draw(_NAMES), draw(_baselines("％")), draw(_targets("％"))
        )
        for number in range(draw(st.integers(0, 2)))
    )
    directions = draw(
        st.lists(
            st.builds(
                Direction,
                st.sampled_from(["", "①"]),
                st.just("") | _SHORT,
                st.lists(_PROSE, max_size=2).map(tuple),
                st.lists(_LINES, max_size=3).map(tuple),
            ),
            max_size=2,
        ).map(tuple)
    )
    plans = tuple(
        draw(_plans(f"{id_}-p{number}")) for number in range(draw(st.sampled_from([0, 1, 1, 2, 3])))
    )
    return Goal(id_, numeral, draw(_NAMES), numeric_targets, directions, plans)


@st.composite
def _introductions(draw: st.DrawFn) -> Introduction:
    marks = ["※１", "※２"][: draw(st.integers(0, 2))]
    paragraphs = tuple(f"{draw(_PROSE)}{mark}を述べる。" for mark in marks) or (draw(_PROSE),)
    points = (LabelledText("⑴", tuple(draw(st.lists(_WORDS, min_size=1, max_size=3)))),)
    notes = tuple(LabelledText(mark, (draw(_PROSE),)) for mark in marks)
    heading = draw(st.just("") | _SHORT)
    return Introduction("はじめに", heading, paragraphs, points[: draw(st.integers(0, 1))], notes)


def _how_to_read(draw: st.DrawFn, goals: tuple[Goal, ...]) -> HowToRead | None:
    goal = draw(st.sampled_from(goals)) if goals else None
    if goal is None or not goal.plans or draw(st.booleans()):
        return None
    columns = draw(st.lists(st.sampled_from(ColumnName), unique=True))
    callouts = zip("①②③④", columns, strict=False)
    return HowToRead(
        "【表の見方】",
        goal.id,
        (goal.plans[0].id,),
        tuple(Callout(mark, column, draw(_SHORT), draw(_PROSE)) for mark, column in callouts),
    )


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """A plan of none to four goals, as decided or with revisions."""
    levels = draw(st.just(USUAL_LEVELS) | _levels())
    goals = tuple(
        _in_sections(draw, draw(_goals(f"g{number}", numeral)), len(levels.sections))
        for number, numeral in enumerate("ⅠⅡⅢⅣ"[: draw(st.sampled_from([0, 1, 2, 3, 4]))])
    )
    first = draw(st.integers(2014, 2019))
    labels = [*draw(st.lists(_SHORT, min_size=8, max_size=8)), *draw(_optional_labels())]
    answers = draw(st.sampled_from([(), _ANSWERS]))
    catalogue = Catalogue(
        municipality="みどり市",
        issuer=draw(_SHORT),
        title=tuple(draw(st.lists(_WORDS, min_size=1, max_size=3))),
        issued="令和２年４月",
        years=PlanYears(*(FiscalYear(first + after) for after in (0, 3, 5))),
        labels=Labels(*(labels[index] for index in (0, 1, 8, 2, 3, 4, 5, 6, 9, 7, 10))),
        introduction=draw(st.none() | _introductions()),
        how_to_read=_how_to_read(draw, goals),
        goals=goals,
        layouts=draw(st.just(NO_LAYOUTS) | _both_layouts(levels, answers)),
        levels=levels,
        answers=answers,
    )
    if draw(st.booleans()):
        return catalogue
    unit = draw(_UNITS)
    return draw(
        revised(
            catalogue,
            indicators=_indicators,
            targets=_targets(unit),
            baselines=_baselines(unit),
            names=_NAMES,
        )
    )


@st.composite
def _levels(draw: st.DrawFn) -> Levels:
    """Up to two levels of sections, each shown in some way; plans as cells, for the callouts."""
    shown = st.sampled_from([Shown.HEADING, Shown.COLUMN])
    sections = tuple(
        Level(key, draw(_SHORT), draw(shown)) for key in ("policy", "field")[: draw(_DEPTHS)]
    )
    goal = Level("goal", draw(st.just("") | _SHORT), draw(st.sampled_from(Shown)))
    plan = Level("plan", draw(st.just("") | _SHORT), Shown.COLUMN)
    keys = [each.key for each in (goal, *sections, plan)]
    return Levels(goal, plan, sections, draw(st.sampled_from(keys)))


def _in_sections(draw: st.DrawFn, goal: Goal, depth: int) -> Goal:
    """The goal, its plans in so many levels of sections; some of these have one plan."""
    plans: list[Plan] = []
    above: tuple[Section, ...] = ()
    for plan in goal.plans:
        kept = draw(st.integers(0, depth)) if above else 0
        new = (
            Section(f"{plan.id}-s{at}", draw(st.just("") | _SHORT), draw(_NAMES))
            for at in range(kept, depth)
        )
        above = (*above[:kept], *new)
        plans.append(replace(plan, sections=above))
    return replace(goal, plans=tuple(plans))


_ANSWERS = (
    CommentColumn("way", "方向性", ("Ａ", "Ｂ"), explains=("広げる", ""), is_mark=True),
    CommentColumn("cost", "決算額", is_amount=True, unit="千円"),
    CommentColumn("note", "意見", by=Evaluator("board", "外部評価")),
)


def _both_layouts(levels: Levels, answers: tuple[CommentColumn, ...]) -> st.SearchStrategy[Layouts]:
    texts = (*DETAIL_WORDS, "past", "department", "details.委員会")
    twice = (LayoutName.YEARS,)  # has what the columns of actuals and of targets have
    left_out = (*texts, *twice, LayoutName.INDICATOR)
    every = tuple(each for each in LayoutName if each not in left_out)
    named = tuple(
        each.key for each in levels if each.shown is Shown.COLUMN and each.key != LayoutName.PLAN
    )
    return st.builds(
        Layouts,
        _layouts(needed=tuple(ColumnName), names=(*texts, *named)),  # what callouts may point at
        _layouts(
            needed=(LayoutName.INDICATOR,),
            names=(*every, *texts, *named, *(f"{ANSWERS}{each.key}" for each in answers)),
        ),
    )


def _optional_labels() -> st.SearchStrategy[list[str]]:
    return st.lists(st.just("") | _SHORT, min_size=3, max_size=3)


@st.composite
def plan_documents(draw: st.DrawFn) -> Document:
    """A plan edition."""
    label = draw(st.sampled_from(["", "資料３"]))
    catalogue = draw(catalogues())
    as_of = draw(st.none() | st.integers(1, MOST_YEARS))
    year = FiscalYear(catalogue.years.baseline.year + as_of) if as_of else None
    return compose_plan(catalogue, METADATA, council_label=label, as_of=year)


@st.composite
def reviews(draw: st.DrawFn) -> tuple[Review, ReviewSettings]:
    """What a review of up to :data:`MOST_YEARS` years is composed of, by any of the schemes."""
    catalogue = draw(catalogues())
    year = FiscalYear(catalogue.years.baseline.year + draw(st.integers(1, MOST_YEARS)))
    scheme = draw(st.sampled_from(list(SCHEMES.values())))
    marks = [mark.symbol for mark in scheme.marks]
    actuals = Actuals(
        tuple(draw(_entries(catalogue, year))),
        tuple(draw(_comments(catalogue, year))),
        tuple(draw(_overrides(catalogue, year, marks))),
    )
    evaluation = evaluate(catalogue, actuals, year, scheme)
    ids = [each.id for each in in_force(catalogue, year).indicators()]
    said = st.just(()) | st.lists(_PROSE, min_size=1, max_size=3).map(tuple)
    settings = ReviewSettings(
        year,
        Path("actuals.xlsx"),
        is_draft=draw(st.booleans()),
        is_sample=draw(st.booleans()),
        issued=draw(st.sampled_from(["", "令和５年９月"])),
        introduction=tuple(draw(st.lists(_PROSE, max_size=2))),
        survey=tuple(draw(st.lists(_PROSE, max_size=2))),
        contact=draw(st.just("") | _SHORT),
        orientation=draw(st.sampled_from(Orientation)),
        results=draw(said),
        problems=draw(said),
        charts=draw(st.sampled_from(ChartScope)),
        main_charts=tuple(draw(st.lists(st.sampled_from(ids), max_size=6)) if ids else ()),
        shows_departments=draw(st.booleans()),
        lists_all_years=draw(st.booleans()),
        lists_reasons=draw(st.booleans()),
    )
    review = Review.of(
        catalogue,
        actuals,
        evaluation,
        draw(st.sampled_from(NumeralStyle)),
        settings.orientation,
        charts=settings.charts,
        main_charts=settings.main_charts,
        shows_departments=settings.shows_departments,
        rollup=draw(_rollups(catalogue, scheme)),
    )
    return review, settings


@st.composite
def _rollups(draw: st.DrawFn, catalogue: Catalogue, scheme: Scheme) -> RollupRules:
    """Marks of any of the plan's levels; none where the scheme gives none to make them of."""
    keys = [each.key for each in catalogue.levels]
    of = draw(st.lists(st.sampled_from(keys), min_size=1, unique=True))
    if not scheme.has_rules or draw(st.booleans()):
        return NO_RULES
    rollup = {"of": of, "by": draw(st.sampled_from(["majority", "worst"]))}
    return rollup_from_settings({"rollup": rollup}, scheme, catalogue)


def review_documents() -> st.SearchStrategy[Document]:
    """A review edition."""
    return reviews().map(lambda drawn: compose_review(*drawn, METADATA))


def digest_documents() -> st.SearchStrategy[Document]:
    """The digest of a review edition."""
    return reviews().map(lambda drawn: compose_digest(*drawn, METADATA))


@st.composite
def sheet_documents(draw: st.DrawFn) -> Document:
    """The evaluation sheets of a review."""
    review, settings = draw(reviews())
    writable = draw(st.none() | st.just(Writable(frozenset(), takes_comments=True)))
    return compose_sheets(
        review, settings, METADATA, draw(st.sampled_from(SheetOf)), writable=writable
    )


@st.composite
def _entries(draw: st.DrawFn, catalogue: Catalogue, year: FiscalYear) -> list[Actual]:
    """Actuals of most measures and years; some are missing, some have a reason for it."""
    entries, history = [], History(catalogue)
    for id_ in history.ids():
        for each in range(catalogue.years.baseline.year + 1, year.year + 1):
            measure = history.find(id_, FiscalYear(each))
            if measure is None:
                continue
            quantities = (*measure.baseline.quantities, *measure.target.quantities)
            unit = quantities[0].unit if quantities else "件"
            match draw(st.integers(0, 5)):
                case 0:
                    continue
                case 1:
                    reason = draw(_LINES)
                    entries.append(Actual(measure.id, FiscalYear(each), reason=reason))
                case _:
                    state = measure.target.is_state
                    entries.append(
                        Actual(
                            measure.id,
                            FiscalYear(each),
                            draw(_values(unit)) if not state else None,
                            draw(st.sampled_from(ReportedState)) if state else None,
                            comment=draw(st.just("") | _WORDS),
                        ).answering(draw(_answers()) if catalogue.answers else {})
                    )
    return entries


def _answers() -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(
        {
            "way": st.sampled_from(["", "Ａ", "Ｂ"]),
            "cost": st.sampled_from(["", "―", "5", "12,345", "−0.5"]),
            "note": st.just("") | _PROSE,
        }
    )


@st.composite
def _comments(draw: st.DrawFn, catalogue: Catalogue, year: FiscalYear) -> list[PlanComment]:
    texts = st.just("") | _PROSE
    return [
        said(place.id, year, draw(texts), draw(texts), draw(texts))
        for place in commented(in_force(catalogue, year))
        if draw(st.booleans())
    ]


@st.composite
def _overrides(
    draw: st.DrawFn, catalogue: Catalogue, year: FiscalYear, marks: list[str]
) -> list[Override]:
    return [
        Override(measure.id, year, draw(st.sampled_from(marks)), draw(_PROSE))
        for measure in in_force(catalogue, year).measures()
        if draw(st.integers(0, 7)) == 0
    ]
