"""The departments' yearly actuals (実績): what was reported, for which year, by whom.

Frozen facts. A measure is an indicator or a numeric target of the catalogue, by its
id. Not reported (no entry, or one without value and state), no survey in the year
(``調査なし``), none yet (``―``) and a reported zero are four different things.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from enum import StrEnum
from typing import Self

from kpireport.domain.surveys import NO_SURVEY, says_no_survey, says_nothing_here
from kpireport.domain.values import Value
from kpireport.domain.years import FiscalYear
from kpireport.quickly import dataclass


class ReportedState(StrEnum):
    """How far a thing is whose target is a state (進捗状況)."""

    NOT_STARTED = "未着手"
    PREPARING = "準備"
    UNDERWAY = "実施中"
    DONE = "達成"


@dataclass(frozen=True, slots=True)
class Actual:
    """One measure's actual of one fiscal year.

    Attributes:
        measure_id: the indicator's or numeric target's id.
        fiscal_year: the year that is reported.
        value: the cell as written and what it means; ``None`` where it was left empty.
        state: the reported state, for targets that are states.
        reason: why nothing is reported, empty where something is.
        comment: the department's words on this measure.
        department: who reported it, empty where not said.
        mark: the mark (評価) that was chosen, as written; for reports whose marks people choose.
        answers: what else the plan asks of an indicator each year, by its columns' keys; only
            those that say something.
    """

    measure_id: str
    fiscal_year: FiscalYear
    value: Value | None = None
    state: ReportedState | None = None
    reason: str = ""
    comment: str = ""
    department: str = ""
    mark: str = ""
    answers: tuple[tuple[str, str], ...] = ()

    def answer(self, key: str) -> str:
        """What is answered in a column; empty for nothing."""
        return dict(self.answers).get(key, "")

    def answering(self, texts: Mapping[str, str]) -> Self:
        """Return the actual with these answers in their columns, by key."""
        if not texts:
            return self
        said = {**dict(self.answers), **texts}
        return replace(self, answers=tuple(sorted(each for each in said.items() if each[1])))

    @property
    def is_reported(self) -> bool:
        """Whether there is an actual; a reason alone is none, nor is 調査なし."""
        is_value = self.value is not None and not self.value.is_no_survey
        return is_value or self.state is not None

    @property
    def no_survey_words(self) -> str:
        """What says that there is no survey in the year; empty where nothing does."""
        if self.is_reported:
            return ""
        if self.value is not None:
            return self.reason or self.value.text
        return next(filter(says_no_survey, (self.reason, self.comment)), "")

    @property
    def no_survey_reason(self) -> str:
        """Why there is no survey, as far as more is said than that there is none."""
        words = self.reason or (self.value.text if self.value else "")
        return "" if words == NO_SURVEY or says_nothing_here(words) else words


@dataclass(frozen=True, slots=True)
class PlanComment:
    """A department's comment on a plan: what it says, by its columns' keys.

    Only those columns are in ``texts`` that say something.
    """

    plan_id: str
    fiscal_year: FiscalYear
    texts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, plan_id: str, fiscal_year: FiscalYear, texts: Mapping[str, str]) -> Self:
        """Return the comment that says these texts, by their columns' keys."""
        return cls(plan_id, fiscal_year, tuple(sorted(each for each in texts.items() if each[1])))

    def text(self, key: str) -> str:
        """Return what is said in a column; empty for nothing."""
        return dict(self.texts).get(key, "")

    def saying(self, texts: Mapping[str, str]) -> Self:
        """Return the comment with these texts in their columns, by key."""
        return self.of(self.plan_id, self.fiscal_year, {**dict(self.texts), **texts})


@dataclass(frozen=True, slots=True)
class Override:
    """A judgement that a person set instead of the computed one, with the reason."""

    measure_id: str
    fiscal_year: FiscalYear
    mark: str
    reason: str


@dataclass(frozen=True, slots=True)
class Actuals:
    """All actuals up to and including the reported year, found by measure and year.

    A plan has one comment a year at most. ``continued`` has the parts of split indicators
    that go on with the whole's actuals, each with the whole's id, earlier splits first: what
    was reported of the whole is found under the part's id too. ``before`` is what last year's
    report knew, where there was one.
    """

    entries: tuple[Actual, ...] = ()
    comments: tuple[PlanComment, ...] = ()
    overrides: tuple[Override, ...] = ()
    continued: tuple[tuple[str, str], ...] = ()
    before: Actuals | None = None
    _by_measure: dict[tuple[str, int], Actual] = field(  # by the years' numbers, which hash fast
        init=False, repr=False, compare=False, default_factory=dict
    )
    _by_plan: dict[tuple[str, int], PlanComment] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        self._by_measure.update(
            ((each.measure_id, each.fiscal_year.year), each) for each in self.entries
        )
        self._continue()
        self._by_plan.update({(it.plan_id, it.fiscal_year.year): it for it in self.comments})

    def _continue(self) -> None:
        wholes = {whole for _, whole in self.continued}
        series: dict[str, list[Actual]] = {whole: [] for whole in wholes}
        for entry in self.entries if wholes else ():
            if entry.measure_id in wholes:
                series[entry.measure_id].append(entry)
        for part, whole in self.continued:
            for entry in series[whole]:
                self._by_measure.setdefault((part, entry.fiscal_year.year), entry)
            if part in wholes:
                series[part] = [*series[whole], *series[part]]

    def continuing(self, continued: Mapping[str, str]) -> Actuals:
        """Return the same actuals, the whole's found under the part's id too.

        Args:
            continued: the whole's id by the part's, earlier splits first.
        """
        pairs = tuple(continued.items())
        return self if pairs == self.continued else replace(self, continued=pairs)

    @property
    def first_year(self) -> FiscalYear | None:
        """The first year that anything is said of; ``None`` where nothing is."""
        entries = (each.fiscal_year for each in self.entries)
        comments = (each.fiscal_year for each in self.comments)
        overrides = (each.fiscal_year for each in self.overrides)
        return min((*entries, *comments, *overrides), default=None)

    def find_comment(self, plan_id: str, fiscal_year: FiscalYear) -> PlanComment | None:
        """Return what was said of a plan in a year, if anything was."""
        return self._by_plan.get((plan_id, fiscal_year.year))

    def find(self, measure_id: str, fiscal_year: FiscalYear) -> Actual | None:
        """Return the entry of a measure and year, if there is one."""
        return self._by_measure.get((measure_id, fiscal_year.year))
