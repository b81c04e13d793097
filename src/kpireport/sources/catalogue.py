"""Reading the plan: ``catalogue.json`` to :class:`~kpireport.domain.catalogue.Catalogue`.

Comes in: the path of the file. Goes out: frozen facts that every later stage
can trust, or one error that lists all that is wrong with the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

from kpireport.domain.calendar_years import of_calendar_years
from kpireport.domain.catalogue import (
    Callout,
    Catalogue,
    Category,
    Direction,
    Goal,
    HowToRead,
    Indicator,
    IndicatorGroup,
    Introduction,
    LabelledText,
    Labels,
    Measure,
    NumericTarget,
    Plan,
    PlanYears,
    Section,
    YearKind,
)
from kpireport.domain.comment_columns import USUAL_COMMENTS
from kpireport.domain.layouts import NO_LAYOUTS, LayoutColumn, Layouts, YearShow, YearsShown
from kpireport.domain.levels import GOAL, USUAL_LEVELS, Level, Levels, Shown
from kpireport.domain.wording import CALENDAR_WORDS
from kpireport.domain.years import FiscalYear
from kpireport.findings import Findings
from kpireport.quickly import dataclass
from kpireport.sources.asked_entries import asked_columns, evaluators_of
from kpireport.sources.catalogue_checks import check_meaning
from kpireport.sources.catalogue_file import (
    CatalogueFile,
    DirectionEntry,
    GoalEntry,
    HowToReadEntry,
    IndicatorGroupEntry,
    IntroductionEntry,
    LabelledTextEntry,
    LayoutEntry,
    LevelEntry,
    PlanEntry,
    SectionEntry,
    YearsEntry,
)
from kpireport.sources.catalogue_names import name_place
from kpireport.sources.catalogue_parts import readable_parts
from kpireport.sources.formats import FileKind, fault_of_version
from kpireport.sources.json_file import Json, parse_json
from kpireport.sources.layout_entries import LayoutColumnEntry
from kpireport.sources.measure_entries import (
    IndicatorEntry,
)
from kpireport.sources.measures_from_entries import measure_of
from kpireport.sources.plan_years import says_calendar_years
from kpireport.sources.revisions import revision_of
from kpireport.sources.text_file import read_text
from kpireport.sources.validation import validate

_Measure = TypeVar("_Measure", bound=Measure)


@dataclass(frozen=True, slots=True)
class PlanFile:
    """The plan's file, found to fit together.

    Attributes:
        entries: its items.
        catalogue: the plan that they say.
        raw: the values that it is written with.
    """

    entries: CatalogueFile
    catalogue: Catalogue
    raw: Json


def load_catalogue(path: Path | str) -> Catalogue:
    """Read and check the plan.

    Args:
        path: ``catalogue.json``, UTF-8, format 1.

    Raises:
        InputError: with every problem of the file, each with its JSON path.
    """
    return read_plan(path).catalogue


def read_plan(path: Path | str) -> PlanFile:
    """Read and check the plan.

    Args:
        path: ``catalogue.json``, UTF-8, format 1.

    Raises:
        InputError: with every problem of the file, each with its JSON path.
    """
    text = read_text(Path(path), Findings(path))
    return _kept(text, str(path)) if len(text) <= _LONGEST_KEPT else _read(text, str(path))


def _read(text: str, path: str) -> PlanFile:
    log = Findings(path)
    raw = parse_json(text, log)
    _refuse_other_formats(raw, log)
    entries = checked(raw, log)
    return PlanFile(entries, catalogue_of(entries), raw)


_kept = lru_cache(maxsize=8)(_read)  # a year's actuals change every day, its plan does not
_LONGEST_KEPT = 2**22


def checked(raw: Json, log: Findings) -> CatalogueFile:
    """The values of a plan's file, fitted to their model and found to fit together.

    Raises:
        InputError: with every problem, each at its JSON path.
    """
    log.naming = partial(name_place, raw)
    if says_calendar_years(raw):
        said = log.wording
        log.wording = lambda text: CALENDAR_WORDS.dated(said(text))
    file = validate(CatalogueFile, raw, log)
    check_meaning(readable_parts(raw if file is None else file), log)
    return log.settled(file)


def _refuse_other_formats(raw: Json, log: Findings) -> None:
    """Stop at a file of another format: its items would only be misread."""
    number = raw.get("format") if isinstance(raw, dict) else None
    if (
        isinstance(number, int)
        and not isinstance(number, bool)
        and (fault := fault_of_version(FileKind.PLAN, number))
    ):
        log.fail("format", *fault)


def catalogue_of(entry: CatalogueFile) -> Catalogue:
    """The plan of a file that was found to fit together."""
    plan = _as_written(entry)
    return of_calendar_years(plan) if entry.years.kind is YearKind.CALENDAR else plan


def _as_written(entry: CatalogueFile) -> Catalogue:
    evaluators = evaluators_of(entry.evaluators or ())
    return Catalogue(
        municipality=entry.municipality,
        issuer=entry.cover.issuer,
        title=tuple(entry.cover.title),
        issued=entry.cover.issued,
        years=_years(entry.years),
        labels=Labels(**entry.labels.model_dump()),
        introduction=_introduction(entry.introduction) if entry.introduction else None,
        how_to_read=_how_to_read(entry.how_to_read) if entry.how_to_read else None,
        goals=tuple(_goal(goal) for goal in entry.goals),
        revisions=tuple(revision_of(each) for each in entry.revisions),
        layouts=_layouts(entry.layout) if entry.layout else NO_LAYOUTS,
        comments=USUAL_COMMENTS
        if entry.comments is None
        else asked_columns(entry.comments, evaluators),
        answers=asked_columns(entry.answers or (), evaluators),
        levels=_levels(entry.levels, entry.comments_of),
        categories=tuple(Category(each.key, each.label) for each in entry.categories),
    )


def _layouts(entry: LayoutEntry) -> Layouts:
    return Layouts(plan=_columns(entry.plan), review=_columns(entry.review))


def _levels(entries: list[LevelEntry] | None, comments_of: str) -> Levels:
    if not entries:
        return replace(USUAL_LEVELS, comments_of=comments_of)
    goal, *sections, plan = (_level(each) for each in entries)
    return Levels(goal, plan, tuple(sections), comments_of)


def _level(entry: LevelEntry) -> Level:
    usual = Shown.CHAPTER if entry.key == GOAL else Shown.COLUMN
    return Level(entry.key, entry.name, entry.show or usual, entry.page)


def _columns(entries: list[LayoutColumnEntry] | None) -> tuple[LayoutColumn, ...]:
    return tuple(
        LayoutColumn(
            each.column,
            each.header,
            each.width,
            _shown(each),
            each.group,
            each.by_year,
            each.former,
        )
        for each in entries or ()
    )


def _shown(entry: LayoutColumnEntry) -> YearsShown:
    return YearsShown(
        of=tuple(entry.of or ()),
        show=entry.show or YearShow.SIDE_BY_SIDE,
        years=tuple(map(FiscalYear, entry.years or ())),
        last=entry.last,
        to_come=entry.to_come,
        words=tuple(entry.words.items()),
    )


def _years(entry: YearsEntry) -> PlanYears:
    return PlanYears(
        baseline=FiscalYear(entry.baseline),
        target=FiscalYear(entry.target),
        numeric_target=FiscalYear(entry.numeric_targets_due),
    )


def _introduction(entry: IntroductionEntry) -> Introduction:
    return Introduction(
        title=entry.title,
        heading=entry.heading,
        paragraphs=tuple(entry.paragraphs),
        points=tuple(_labelled_text(point) for point in entry.points),
        notes=tuple(_labelled_text(note) for note in entry.notes),
    )


def _labelled_text(entry: LabelledTextEntry) -> LabelledText:
    return LabelledText(label=entry.label, lines=tuple(entry.lines))


def _how_to_read(entry: HowToReadEntry) -> HowToRead:
    return HowToRead(
        title=entry.title,
        goal_id=entry.goal,
        plan_ids=tuple(entry.plans),
        callouts=tuple(
            Callout(mark=each.mark, column=each.column, label=each.label, text=each.text)
            for each in entry.callouts
        ),
    )


def _goal(entry: GoalEntry) -> Goal:
    asked = tuple(entry.departments)
    targets = (measure_of(NumericTarget, each) for each in entry.numeric_targets)
    return Goal(
        id=entry.id,
        numeral=entry.numeral,
        title=entry.title,
        numeric_targets=tuple(_asked_of(each, asked) for each in targets),
        directions=tuple(_direction(each) for each in entry.directions),
        plans=tuple(_plans(entry, (), asked)),
        departments=asked,
    )


def _plans(
    entry: GoalEntry | SectionEntry, sections: tuple[Section, ...], asked: tuple[str, ...]
) -> Iterator[Plan]:
    """Yield the plans in a goal or section; ``asked`` are the departments that it names."""
    for plan in entry.plans or ():
        yield _plan(plan, sections, asked)
    for each in entry.sections or ():
        own = tuple(each.departments)
        section = Section(each.id, each.label, each.title, own)
        yield from _plans(each, (*sections, section), own or asked)


def _asked_of(measure: _Measure, departments: tuple[str, ...]) -> _Measure:
    """The measure with its own departments, else with those of what it stands in."""
    return measure if measure.departments else replace(measure, departments=departments)


def _direction(entry: DirectionEntry) -> Direction:
    return Direction(
        label=entry.label,
        title=entry.title,
        paragraphs=tuple(entry.paragraphs),
        items=tuple(entry.items),
    )


def _plan(entry: PlanEntry, sections: tuple[Section, ...], asked: tuple[str, ...]) -> Plan:
    own = tuple(entry.departments)
    return Plan(
        id=entry.id,
        label=entry.label,
        title=entry.title,
        rows=tuple(_row(row, own or asked) for row in entry.indicators),
        sections=sections,
        departments=own,
    )


def _row(
    entry: IndicatorEntry | IndicatorGroupEntry, asked: tuple[str, ...]
) -> Indicator | IndicatorGroup:
    if isinstance(entry, IndicatorEntry):
        return _asked_of(measure_of(Indicator, entry), asked)
    indicators = (measure_of(Indicator, each) for each in entry.indicators)
    return IndicatorGroup(
        id=entry.id,
        name=entry.name,
        indicators=tuple(_asked_of(each, asked) for each in indicators),
    )
