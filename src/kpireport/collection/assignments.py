"""Which department reports what for a year: the rows of its workbook, in printed order.

Comes in: the plan, the actuals that there are, the year. Goes out: an assignment per
department. The lead (主管課) of an indicator fills it in; the others only see it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpireport.domain.actuals import Actuals
from kpireport.domain.catalogue import Catalogue, Goal, IndicatorGroup, Measure, Plan
from kpireport.domain.comment_columns import of_departments
from kpireport.domain.names import labelled
from kpireport.domain.places import Place, commented
from kpireport.domain.reporting import departments_by_measure, due
from kpireport.domain.years import FiscalYear
from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """One measure in a department's workbook, and who fills it in.

    ``heading`` is the name of the rows that it belongs to (病床の確保), empty for none.
    ``is_surveyed`` tells whether there is a value to be asked for: not in a year without a
    survey by the plan.
    """

    measure: Measure
    lead: str
    heading: str = ""
    is_surveyed: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one name: a plan's, or the numeric targets of a goal."""

    title: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class AskedPlace:
    """A plan, section or goal that a department is to comment on.

    ``others`` are asked, too. ``is_named`` where it names the department itself.
    """

    place: Place
    others: tuple[str, ...] = ()
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """All that one department is asked for; ``led`` is that and what is not due this year."""

    department: str
    groups: tuple[Group, ...]
    plans: tuple[AskedPlace, ...]
    led: tuple[Measure, ...] = ()

    def measures(self) -> Iterator[Measure]:
        """Yield what the department fills in."""
        for group in self.groups:
            for each in group.asked:
                if each.lead == self.department and each.is_surveyed:
                    yield each.measure


@dataclass(frozen=True, slots=True)
class Assignments:
    """Those of all departments, and the measures that are nobody's."""

    by_department: Mapping[str, Assignment]
    unassigned: tuple[Measure, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """The departments that have something to fill in."""
        return tuple(
            name
            for name, each in self.by_department.items()
            if any(each.measures()) or any(plan.is_named for plan in each.plans)
        )

    @property
    def only_sharing(self) -> tuple[str, ...]:
        """The departments that work on what others report, and report nothing themselves."""
        asked = {*self.asked}
        return tuple(name for name in self.by_department if name not in asked)


def assignments(catalogue: Catalogue, actuals: Actuals, fiscal_year: FiscalYear) -> Assignments:
    """Assign what is due in a year, departments in the order of their first measure."""
    departments = departments_by_measure(catalogue, actuals)
    wanted = frozenset(due(actuals, catalogue, fiscal_year))
    shown = wanted | {each.id for each in catalogue.measures() if each.survey}
    groups: dict[str, list[Group]] = {}
    unassigned: list[Measure] = []
    for title, listed in _groups(catalogue):
        asked: dict[str, list[Asked]] = {}
        for measure, heading in listed:
            if measure.id not in shown:
                continue
            involved = dict.fromkeys(departments[measure.id])
            if not involved:
                unassigned.append(measure)
            for department in involved:
                lead = next(iter(involved))
                each = Asked(measure, lead, heading, is_surveyed=measure.id in wanted)
                asked.setdefault(department, []).append(each)
        for department, its in asked.items():
            groups.setdefault(department, []).append(Group(title, tuple(its)))
    plans = _plans(catalogue, departments)
    led: dict[str, list[Measure]] = {}
    for measure in catalogue.measures():
        for lead in departments[measure.id][:1]:
            led.setdefault(lead, []).append(measure)
    return Assignments(
        {
            department: Assignment(
                department,
                tuple(groups.get(department, ())),
                tuple(plans.get(department, ())),
                tuple(led.get(department, ())),
            )
            for department in dict.fromkeys((*groups, *plans))
        },
        tuple(unassigned),
    )


def _groups(catalogue: Catalogue) -> Iterator[tuple[str, list[tuple[Measure, str]]]]:
    """The plan's measures under their titles, each with its heading."""
    for goal in catalogue.goals:
        yield goal_title(catalogue, goal), [(each, "") for each in goal.numeric_targets]
        for plan in goal.plans:
            yield place_title(plan), list(_indicators(plan))


def _indicators(plan: Plan) -> Iterator[tuple[Measure, str]]:
    for row in plan.rows:
        if isinstance(row, IndicatorGroup):
            yield from ((each, row.name) for each in row.indicators)
        else:
            yield row, ""


def goal_title(catalogue: Catalogue, goal: Goal) -> str:
    """The name over a goal's numeric targets: ``基本目標Ⅰ　…（数値目標）``."""
    labels = catalogue.labels
    return f"{labels.called(goal.numeral)}　{goal.title}（{_word(labels.numeric_targets)}）"


def place_title(place: Place | Plan) -> str:
    """The name over a plan's indicators: ``計画１　…``."""
    return _word(labelled(place.label, place.title))


def _word(text: str) -> str:
    return "".join(text.split("\n"))


def _plans(
    catalogue: Catalogue, departments: Mapping[str, tuple[str, ...]]
) -> dict[str, list[AskedPlace]]:
    """What is commented on, by the lead that it names, else by those of its indicators."""
    plans: dict[str, list[AskedPlace]] = {}
    for place in commented(catalogue) if of_departments(catalogue.comments) else ():
        named = place.unit.departments[:1]
        leads = dict.fromkeys(
            named or (lead for each in place.indicators() for lead in departments[each.id][:1])
        )
        for department in leads:
            others = tuple(each for each in leads if each != department)
            asked = AskedPlace(place, others, is_named=bool(named))
            plans.setdefault(department, []).append(asked)
    return plans
