"""Judgements (評価): a mark, its reason and the rates, per row and year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from kpireport.domain.actuals import Override
from kpireport.domain.values import Quantity
from kpireport.domain.years import FiscalYear
from kpireport.evaluation.courses import Standing
from kpireport.evaluation.criteria import Criteria
from kpireport.evaluation.reasons import Reason
from kpireport.evaluation.schemes import Mark, Scheme, Task
from kpireport.quickly import quickly_made


@dataclass(frozen=True, slots=True)
class FurtherRates:
    """The rates of a quantity after the first (``定員15,660人``): shown, not judged.

    ``actual`` is ``None`` where only the first quantity was reported.
    """

    target: Quantity
    actual: Quantity | None
    achievement_rate: Fraction | None
    progress_rate: Fraction | None


@quickly_made
@dataclass(frozen=True, slots=True)
class Judgement:
    """The judgement of one indicator or numeric target in one fiscal year.

    Attributes:
        measure_id: the indicator's or numeric target's id.
        fiscal_year: the year that is judged.
        task: what the target asks.
        mark: the mark that stands: the computed one, or the one a person set.
        computed: the mark that the scheme gives.
        reason: why the scheme gives it.
        due: the year that the row is due in: its own deadline, or the plan's year.
        standing: where the actual stands on its course; ``None`` where there are no figures.
        expected: 年度の目安 of the year, 0 to 1; ``None`` where no movement is asked for.
        further: the rates of the quantities after the first.
        override: who set ``mark`` instead and why, in the department's words.
    """

    measure_id: str
    fiscal_year: FiscalYear
    task: Task
    mark: Mark
    computed: Mark
    reason: Reason
    due: FiscalYear
    standing: Standing | None = None
    expected: Fraction | None = None
    further: tuple[FurtherRates, ...] = ()
    override: Override | None = None

    @property
    def is_overridden(self) -> bool:
        """Whether a person set the mark."""
        return self.override is not None

    @property
    def achievement_rate(self) -> Fraction | None:
        """達成率, 1 is the target; ``None`` where there is none."""
        return self.standing.achievement_rate if self.standing else None

    @property
    def progress_rate(self) -> Fraction | None:
        """進捗率, 0 the baseline and 1 the target.

        ``None`` where the target asks for no movement or there is no baseline to count from.
        """
        return self.standing.progress_rate if self.standing else None

    @property
    def is_due(self) -> bool:
        """Whether the year is that of the deadline, or later."""
        return self.fiscal_year >= self.due

    @property
    def rate(self) -> Fraction | None:
        """進捗率, or 達成率 where that serves instead."""
        return self.achievement_rate if self.progress_rate is None else self.progress_rate


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All judgements of a report, found by measure and year.

    Attributes:
        scheme: the way of judging.
        fiscal_year: the report's year.
        years: the years judged, earliest first; the last is the report's.
        judgements: of all rows in printed order, the years of each together; a year in which
            a row was not in force has none. What was ended before the report's year comes
            last.
        continued: by the id of a part of a split row, the id of the whole that it goes on
            with, earlier splits first; the whole's judgements are found under the part's too.
        criteria: all that was judged by, where that is more than the scheme.
        further: the judgements that give marks beside the first.
    """

    scheme: Scheme
    fiscal_year: FiscalYear
    years: tuple[FiscalYear, ...]
    judgements: tuple[Judgement, ...]
    continued: Mapping[str, str] = field(default_factory=dict)
    criteria: Criteria | None = None
    further: tuple[FurtherEvaluation, ...] = ()
    _by_measure: dict[tuple[str, int], Judgement] = field(  # by the years' numbers
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        self._by_measure.update(
            ((each.measure_id, each.fiscal_year.year), each) for each in self.judgements
        )
        for part, whole in self.continued.items():
            for year in self.years:
                if judgement := self.get(whole, year):
                    self._by_measure.setdefault((part, year.year), judgement)

    def scheme_in(self, year: FiscalYear) -> Scheme:
        """The way of judging in a year."""
        return self.criteria.in_year(year).scheme if self.criteria else self.scheme

    def has_marks_of(self, year: FiscalYear, other: FiscalYear) -> bool:
        """Whether two years were judged with the same marks, so that they can be counted."""
        return self.scheme_in(year).marks == self.scheme_in(other).marks

    def find(self, measure_id: str, fiscal_year: FiscalYear | None = None) -> Judgement:
        """The judgement of a row in a year, the report's unless another is named.

        Raises:
            KeyError: no such row was in force in the year, or it is not among ``years``.
        """
        return self._by_measure[measure_id, (fiscal_year or self.fiscal_year).year]

    def get(self, measure_id: str, fiscal_year: FiscalYear) -> Judgement | None:
        """The judgement of a row in a year, ``None`` where the row was not in force."""
        return self._by_measure.get((measure_id, fiscal_year.year))

    def overridden(self) -> Iterator[Judgement]:
        """The judgements that a person changed, in printed order."""
        return (each for each in self.judgements if each.is_overridden)


@dataclass(frozen=True, slots=True)
class FurtherEvaluation:
    """All judgements of a mark beside the first: its key in layouts, its name for readers."""

    key: str
    title: str
    evaluation: Evaluation
