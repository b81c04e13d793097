"""Marks of plans, of what they stand in and of goals, from the marks of indicators (集計).

Comes in: the judgements, the plan's history and rules that are data. Goes out: a
:class:`Rollup`: for each place and year its mark, what it was made of, what was left out.
Every year is rolled up by the plan that was in force in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from kpireport.domain.actuals import Actuals, Override
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.comment_columns import CommentColumn
from kpireport.domain.histories import History
from kpireport.domain.levels import PLAN
from kpireport.domain.places import Place, all_places
from kpireport.domain.years import FiscalYear
from kpireport.evaluation.judgements import Evaluation
from kpireport.evaluation.rollup_choices import Chosen, CountedColumn, chosen_in
from kpireport.evaluation.schemes import LEVELS, Mark, MarkLevel, find_mark
from kpireport.evaluation.summaries import MarkCount, MarkCounts
from kpireport.quickly import dataclass

GIVEN_KEY, GIVEN_LABEL = "rolled-mark", "評価"
"""The key and title of the column in which people give a place's mark, where they do."""


class By(StrEnum):
    """What makes a place's mark."""

    POINTS = "points"  # points for each mark, bands of points
    MAJORITY = "majority"  # the most frequent mark
    WORST = "worst"
    GIVEN = "given"  # people choose it


class Source(StrEnum):
    """Whose marks a place's is made of."""

    INDICATORS = "indicators"
    NUMERIC_TARGETS = "numeric_targets"  # of goals alone
    PLANS = "plans"


class PointsValue(StrEnum):
    """What the bands look at."""

    MEAN = "mean"
    SUM = "sum"
    SHARE = "share"  # the points per cent of the most that were possible


class Ties(StrEnum):
    """Which of marks that are equally frequent stands."""

    WORSE = "worse"
    BETTER = "better"


class Unreported(StrEnum):
    """What becomes of what was not reported."""

    LEFT_OUT = "left_out"
    WORST = "worst"  # it counts as the worst mark


@dataclass(frozen=True, slots=True)
class Band:
    """A mark, and the least value that it is given for; ``None`` for all that is below."""

    least: Fraction | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class LevelRules:
    """How the marks of one level's places are made.

    Attributes:
        level: the level's key.
        by: what makes them.
        source: whose marks they are made of.
        marks: the marks that these can have, best first.
        points: of each of them, by its key; of points alone.
        value: what the bands look at.
        bands: the highest first; of points alone.
        ties: which of equally frequent marks stands.
        unreported: what becomes of what was not reported.
        also: what people chose that counts too, with its points; of points alone.
    """

    level: str
    by: By
    source: Source
    marks: tuple[Mark, ...]
    points: Mapping[str, Fraction] = field(default_factory=dict)
    value: PointsValue = PointsValue.MEAN
    bands: tuple[Band, ...] = ()
    ties: Ties = Ties.WORSE
    unreported: Unreported = Unreported.LEFT_OUT
    also: tuple[CountedColumn, ...] = ()

    @property
    def worst(self) -> Mark:
        """The worst mark that counts: that of the fewest points, where there are points."""
        if self.by is By.POINTS:
            return min(reversed(self.marks), key=lambda mark: self.points[mark.key])
        return max(self.marks, key=lambda mark: _rank(mark, self.marks))

    def known(self, mark: Mark) -> Mark | None:
        """The mark of these rules that a mark is; an earlier year's scheme may have others."""
        alike = (each for each in self.marks if each.key == mark.key and each.looks_like(mark))
        return next(alike, None)


@dataclass(frozen=True, slots=True)
class RollupRules:
    """How a report's marks are rolled up.

    Attributes:
        levels: the rules of each level, plans first.
        marks: the marks that places can have, best first.
        upper: those whose share is told.
    """

    levels: tuple[LevelRules, ...] = ()
    marks: tuple[Mark, ...] = ()
    upper: tuple[Mark, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the levels that have marks."""
        return frozenset(each.level for each in self.levels)

    @property
    def computed(self) -> frozenset[str]:
        """The keys of the levels whose marks a person may set otherwise."""
        return frozenset(each.level for each in self.levels if each.by is not By.GIVEN)

    def asking(self, catalogue: Catalogue) -> Catalogue:
        """The plan with the column in which people give the marks of places, where they do."""
        if all(each.by is not By.GIVEN for each in self.levels):
            return catalogue
        labels = tuple(each.label for each in self.marks)
        column = CommentColumn(GIVEN_KEY, GIVEN_LABEL, labels, is_required=False)
        return replace(catalogue, comments=(column, *catalogue.comments))

    def find_mark(self, written: str) -> Mark | None:
        """The mark that a person wrote."""
        return find_mark(self.marks, written)

    def rank(self, mark: Mark) -> tuple[int, int]:
        """Where a mark stands, best first."""
        return _rank(mark, self.marks)


NO_RULES = RollupRules()
"""Nothing is rolled up."""


@dataclass(frozen=True, slots=True)
class Points:
    """What the points of a place come to.

    Attributes:
        value: what the bands look at; a share is a ratio.
        total: the sum.
        most: the greatest sum that was possible.
    """

    value: Fraction
    total: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class Rolled:
    """The mark of one place in one year.

    Attributes:
        place_id: the plan's, section's or goal's id.
        level: the key of its level.
        fiscal_year: the year.
        mark: the mark that stands; ``None`` where there is nothing to make one of.
        computed: the mark by the rules.
        counts: what it was made of.
        left_out: what was not taken, by its mark.
        points: what the points came to; of points alone.
        override: who set ``mark`` instead, and why.
        chosen: what people chose that counts too, one for each column.
    """

    place_id: str
    level: str
    fiscal_year: FiscalYear
    mark: Mark | None
    computed: Mark | None
    counts: tuple[MarkCount, ...] = ()
    left_out: tuple[MarkCount, ...] = ()
    points: Points | None = None
    override: Override | None = None
    chosen: tuple[Chosen, ...] = ()


@dataclass(frozen=True, slots=True)
class Rollup:
    """All rolled-up marks of a report."""

    rules: RollupRules = NO_RULES
    found: tuple[Rolled, ...] = ()
    _by_place: dict[tuple[str, FiscalYear], Rolled] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        self._by_place.update({(each.place_id, each.fiscal_year): each for each in self.found})

    def __bool__(self) -> bool:
        """Whether anything is rolled up."""
        return bool(self.rules.levels)

    def get(self, place_id: str, year: FiscalYear) -> Rolled | None:
        """The mark of a place in a year, ``None`` where it has none or was not in the plan."""
        return self._by_place.get((place_id, year))

    def at(self, level: str, year: FiscalYear) -> tuple[Rolled, ...]:
        """The marks of a level's places in a year, in printed order."""
        return tuple(
            each for each in self.found if each.level == level and each.fiscal_year == year
        )

    def counts(self, level: str, year: FiscalYear) -> MarkCounts:
        """How many of a level's places stand at each mark; those without one are not counted."""
        counted = Counter(each.mark.key for each in self.at(level, year) if each.mark)
        return MarkCounts(tuple(MarkCount(mark, counted[mark.key]) for mark in self.rules.marks))

    def overridden(self, year: FiscalYear) -> tuple[Rolled, ...]:
        """Those of a year that a person changed."""
        return tuple(each for each in self.found if each.override and each.fiscal_year == year)


NO_ROLLUP = Rollup()
"""Of a report that rolls nothing up."""


def roll_up(
    rules: RollupRules, history: History, evaluation: Evaluation, actuals: Actuals
) -> Rollup:
    """Roll up all years.

    Args:
        rules: the report's.
        history: the plan through the years.
        evaluation: the judgements.
        actuals: what people gave and set otherwise.
    """
    return Rollup(
        rules,
        tuple(
            each
            for year in (evaluation.years if rules.levels else ())
            for each in _of_year(rules, history, evaluation, actuals, year)
        ),
    )


def _of_year(
    rules: RollupRules,
    history: History,
    evaluation: Evaluation,
    actuals: Actuals,
    year: FiscalYear,
) -> Iterator[Rolled]:
    overrides = {each.measure_id: each for each in actuals.overrides if each.fiscal_year == year}
    places = tuple(all_places(history.in_force(year)))
    by_plan: dict[str, Rolled] = {}
    for own in rules.levels:  # plans come first: goals may be made of theirs
        for place in places:
            if place.level.key != own.level:
                continue
            if own.by is By.GIVEN:
                comment = actuals.find_comment(place.id, year)
                mark = rules.find_mark(comment.text(GIVEN_KEY) if comment else "")
                rolled = Rolled(place.id, own.level, year, mark, mark)
            else:
                marks = _marks_in(own, place, evaluation, by_plan, year)
                chosen = tuple(chosen_in(each, place, year, actuals) for each in own.also)
                rolled = _roll(own, place, year, marks, chosen)
            rolled = _overridden(rolled, overrides.get(place.id), rules)
            if own.level == PLAN:
                by_plan[place.id] = rolled
            yield rolled


def _overridden(rolled: Rolled, override: Override | None, rules: RollupRules) -> Rolled:
    mark = rules.find_mark(override.mark) if override else None
    return replace(rolled, mark=mark, override=override) if mark else rolled


def _marks_in(
    own: LevelRules,
    place: Place,
    evaluation: Evaluation,
    by_plan: Mapping[str, Rolled],
    year: FiscalYear,
) -> list[Mark]:
    """The marks that a place's is made of; of plans without one there is none."""
    match own.source:
        case Source.PLANS:
            plans = (by_plan[plan.id].mark for plan in place.plans)
            return [mark for mark in plans if mark]
        case Source.INDICATORS:
            found = (evaluation.get(each.id, year) for each in place.indicators())
            return [each.mark for each in found if each]
        case Source.NUMERIC_TARGETS:
            targets = place.goal.numeric_targets
            judged = (evaluation.get(each.id, year) for each in targets)
            return [each.mark for each in judged if each]
        case _:
            assert_never(own.source)


def _roll(
    own: LevelRules,
    place: Place,
    year: FiscalYear,
    marks: Iterable[Mark],
    chosen: tuple[Chosen, ...],
) -> Rolled:
    taken, left_out = Counter[Mark](), Counter[Mark]()
    is_known = not any(each.unknown for each in chosen)
    for mark in marks:
        if mark.level is MarkLevel.UNREPORTED and own.unreported is Unreported.WORST:
            taken[own.worst] += 1
        elif not mark.level.is_judgement:
            left_out[mark] += 1
        elif found := own.known(mark):
            taken[found] += 1
        else:  # judged by other marks: what is left would be no whole
            left_out[mark] += 1
            is_known = False
    can_be = is_known and bool(taken or any(each.total for each in chosen))
    points = _points(own, taken, chosen) if own.by is By.POINTS and can_be else None
    made = _mark(own, taken, points) if can_be else None
    counts = tuple(MarkCount(each, taken[each]) for each in own.marks if taken[each])
    rest = tuple(MarkCount(each, count) for each, count in left_out.items())
    return Rolled(place.id, own.level, year, made, made, counts, rest, points, chosen=chosen)


def _mark(own: LevelRules, taken: Counter[Mark], points: Points | None) -> Mark | None:
    def rank(mark: Mark) -> tuple[int, int]:
        return _rank(mark, own.marks)

    match own.by:
        case By.POINTS:
            return band_of(own.bands, points.value) if points else None
        case By.MAJORITY:
            most = max(taken.values())
            frequent = [mark for mark, count in taken.items() if count == most]
            return (max if own.ties is Ties.WORSE else min)(frequent, key=rank)
        case By.WORST:
            return max(taken, key=rank)
        case By.GIVEN:
            return None
        case _:
            assert_never(own.by)


def _points(own: LevelRules, taken: Counter[Mark], chosen: tuple[Chosen, ...]) -> Points:
    total = sum((own.points[mark.key] * count for mark, count in taken.items()), Fraction(0))
    total += sum(each.points for each in chosen)
    most = max(own.points.values(), default=Fraction(0)) * taken.total()
    most += sum(each.most for each in chosen)
    match own.value:
        case PointsValue.MEAN:
            value = total / (taken.total() + sum(each.total for each in chosen))
        case PointsValue.SUM:
            value = total
        case PointsValue.SHARE:
            value = total / most
        case _:
            assert_never(own.value)
    return Points(value, total, most)


def band_of(bands: Iterable[Band], value: Fraction) -> Mark | None:
    """The mark of the first band that a value is in, the highest first."""
    return next((each.mark for each in bands if each.least is None or value >= each.least), None)


def _rank(mark: Mark, marks: tuple[Mark, ...]) -> tuple[int, int]:
    return LEVELS.index(mark.level), marks.index(mark)
