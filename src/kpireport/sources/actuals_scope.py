"""What the rows of a report's sheets may speak of: ids, names and years of the plan.

Comes in: the plan, the year that is reported. Goes out: a :class:`Scope`, which each row
is held against.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import field

from kpireport.domain.catalogue import Catalogue, IndicatorGroup, Measure
from kpireport.domain.histories import History
from kpireport.domain.numerals import NumeralStyle, fold_width
from kpireport.domain.places import all_places, comment_words, commented
from kpireport.domain.wording import USUAL_WORDS
from kpireport.domain.years import FiscalYear
from kpireport.messages import did_you_mean
from kpireport.quickly import dataclass
from kpireport.sources.actuals_forms import InputForm, actuals_form, comment_form
from kpireport.sources.department_names import known_spelling

_MOST_SUGGESTIONS = 20  # searching the nearest of thousands of ids takes its time


@dataclass(frozen=True, slots=True)
class RolledInputs:
    """What people may set of the marks of plans, and of what these stand in (集計).

    Attributes:
        levels: the keys of the levels whose marks are computed.
        find: the mark that they wrote, as it is listed; empty for none of them.
        given: the key of the comments' column in which they give marks; empty for none.
    """

    levels: Collection[str] = ()
    find: Callable[[str], str] = str
    given: str = ""


NOT_ROLLED = RolledInputs()
"""Where only indicators have marks."""


@dataclass(frozen=True, slots=True)
class MarkInputs:
    """What people give of a report's marks (評価).

    Attributes:
        choices: the marks that they choose among, as they are listed; nothing where they
            choose none.
        find: the mark that they wrote, as it is listed; empty for none of them.
        has_overrides: whether marks are computed, so that a person may set another.
        rolled: what they may set of the marks of plans and goals.
    """

    choices: tuple[str, ...] = ()
    find: Callable[[str], str] = str
    has_overrides: bool = True
    rolled: RolledInputs = NOT_ROLLED


COMPUTED = MarkInputs()
"""Where marks are computed."""


@dataclass(slots=True)
class Scope:
    """What rows may speak of: the catalogue's ids, and the years that have actuals.

    Attributes:
        history: what each of them was in which year.
        measures: indicators and numeric targets by id: those of all years, as they are in
            the reported year, or as they were before they were ended.
        headings: ids of rows that have no values of their own.
        plans: the titles of the plans, or of what else is commented on, by id.
        places: the names of plans and of what these stand in, by id, whose mark may be set.
        baseline_year: the year of the values at the start.
        last_year: the year that is reported.
        due: the fiscal years that the measures' targets are due in, by id.
        knows_mark: whether an override may set a mark.
        marks: what of the marks people give.
        commented: what the plan calls a thing that is commented on.
        style: the numerals of text that is generated from bare numbers.
        departments: who reported the measures in the rows read up to now, for messages.
        told_years: years of whose rows in a file and sheet a fault was told already.
    """

    history: History
    measures: Mapping[str, Measure]
    headings: Collection[str]
    plans: Mapping[str, str]
    baseline_year: FiscalYear
    last_year: FiscalYear
    due: Mapping[str, FiscalYear]
    knows_mark: Callable[[str], bool]
    style: NumeralStyle = NumeralStyle.MIXED
    marks: MarkInputs = COMPUTED
    places: Mapping[str, str] = field(default_factory=dict)
    commented: str = USUAL_WORDS.plan
    departments: dict[str, str] = field(default_factory=dict)
    told_years: set[tuple[str, str, FiscalYear]] = field(default_factory=set)
    _names: dict[str, list[str]] = field(default_factory=dict)
    _spellings: dict[str, str] = field(default_factory=dict)
    _suggestions: int = 0

    def __post_init__(self) -> None:
        for id_ in self.measures:
            for name in {plain_name(form.name) for form in self.history.forms(id_)}:
                self._names.setdefault(name, []).append(id_)
            for form in self.history.forms(id_):
                self._spellings |= {each: each for each in form.departments}

    @property
    def actuals(self) -> InputForm:
        """The sheet of the actuals, with what else this plan asks of its indicators."""
        return actuals_form(self.history.decided.answers)

    @property
    def comments(self) -> InputForm:
        """The sheet of the plans' comments, as this plan has it."""
        return comment_form(self.history.decided.comments)

    def forms(self, *, is_own: bool) -> tuple[InputForm, InputForm]:
        """The sheets of actuals and comments; an earlier report may have been asked otherwise."""
        if is_own:
            return self.actuals, self.comments
        answers = self.history.decided.answers
        return actuals_form(answers, are_needed=False), self.comments.optional()

    @property
    def first_year(self) -> FiscalYear:
        """The first year that can have been reported."""
        return self.baseline_year.next

    def ids_named(self, name: str) -> list[str]:
        """The measures that bear a name; differences of width and spaces do not count."""
        return self._names.get(plain_name(name), [])

    def department(self, written: str) -> str:
        """A department's name as the plan spells it, or as the first row did."""
        if written and written not in self._spellings:
            known = dict.fromkeys(self._spellings.values())
            self._spellings[written] = known_spelling(written, known)
        return self._spellings.get(written, written)

    def suggest(self, id_: str, valid: Iterable[str]) -> str:
        """How to mend an unknown id."""
        self._suggestions += 1
        if self._suggestions > _MOST_SUGGESTIONS:
            return "計画のファイルにある記号を書いてください。"
        return did_you_mean(id_, valid)


def scope_of(
    plan: Catalogue | History,
    last_year: FiscalYear,
    knows_mark: Callable[[str], bool],
    style: NumeralStyle = NumeralStyle.MIXED,
    *,
    marks: MarkInputs = COMPUTED,
) -> Scope:
    """The scope of a report on ``last_year``."""
    history = History.of(plan)
    catalogue = history.decided
    now = history.in_force(last_year)
    years = catalogue.years
    measures = {
        id_: history.last_form(id_, last_year) or history.forms(id_)[0] for id_ in history.ids()
    }
    return Scope(
        history=history,
        measures=measures,
        headings={*_headings(catalogue), *_headings(now)},
        plans={each.id: each.title for known in (catalogue, now) for each in commented(known)},
        baseline_year=years.baseline,
        last_year=last_year,
        due={id_: years.due(each) for id_, each in measures.items()},
        knows_mark=knows_mark,
        style=style,
        marks=marks,
        places={
            each.id: each.title
            for plan in (catalogue, now)
            for each in all_places(plan)
            if each.level.key in marks.rolled.levels
        },
        commented=comment_words(catalogue).plan,
    )


def _headings(catalogue: Catalogue) -> Iterator[str]:
    for plan in catalogue.plans():
        yield from (row.id for row in plan.rows if isinstance(row, IndicatorGroup))


def plain_name(name: str) -> str:
    """A name for comparison: without white space, in one width."""
    return re.sub(r"\s", "", fold_width(name))
