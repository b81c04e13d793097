"""What revisions changed, as the tables mark it and the notes below them say it.

Comes in: the plan's history and a year. Goes out: for every cell that shows what was
changed, its marks; for every goal, the notes that they refer to. A change's number is the
same everywhere: in the marks, in the notes, and in the list of all changes
(:mod:`kpireport.document.revisions`). They are counted as a reader meets them, goal by goal
and row by row; what was ended follows what is marked in its goal's tables.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile
from typing import Self, assert_never

from kpireport.document.blocks import Note, Paragraph, Span
from kpireport.document.change_words import actuals_text, note_text
from kpireport.document.place_labels import place_labels
from kpireport.document.styles import SpanStyle, TextStyle
from kpireport.document.texts import paragraph
from kpireport.domain.catalogue import (
    Catalogue,
    Goal,
    Indicator,
    IndicatorGroup,
    Measure,
    PlanYears,
)
from kpireport.domain.histories import Applied, History
from kpireport.domain.layouts import LayoutName
from kpireport.domain.numerals import NumeralStyle, write_numerals
from kpireport.domain.revisions import (
    Addition,
    BaselineChange,
    CategoryChange,
    Change,
    DepartmentChange,
    DetailChange,
    Ending,
    Move,
    Renaming,
    Revision,
    Split,
    TargetChange,
    YearlyTargetChange,
)
from kpireport.domain.wording import Words
from kpireport.domain.years import FiscalYear, format_date

_NUMBERED = re.compile("※[0-9０-９]")
_MARK, _OTHER_MARK = "※", "注"
_BETWEEN_MARKS = "・"  # 注１・注６


class Spot(StrEnum):
    """A cell that can show a change, of those that every row has."""

    NAME = "name"
    BASELINE = "baseline"
    TARGET = "target"


def spot_in(year: FiscalYear) -> str:
    """Return the cell that shows the target of a year before the target's own."""
    return f"{Spot.TARGET}-{year.year}"


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes that are in force in a year.

    Attributes:
        applied: all of them, earliest first.
        goals: of the plan that is in force, in whose tables the marks are counted.
        words: what the plan calls its columns.
        numerals: how generated numbers are written.
        sign: what the marks begin with: ``※``, or ``注`` in a plan that has ``※１`` itself.
        years: those of the plan, in which targets without a deadline of their own are due.
        places: what its plans and sections are called in tables of all goals, by id.
        categories: what its classes of indicators are called, by key.
        spots: the cells of its tables that can show a change, in the order of the columns.
    """

    applied: tuple[Applied, ...] = ()
    goals: tuple[Goal, ...] = ()
    words: Words = field(default_factory=Words)
    numerals: NumeralStyle = NumeralStyle.MIXED
    sign: str = _MARK
    years: PlanYears | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    spots: tuple[str, ...] = tuple(Spot)
    _marks: dict[tuple[str, str], list[Applied]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _endings: dict[str, list[Applied]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _ended: dict[str, Applied] = field(init=False, repr=False, compare=False, default_factory=dict)
    _numbers: dict[int, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    @classmethod
    def of(
        cls,
        history: History,
        year: FiscalYear,
        numerals: NumeralStyle,
        spots: tuple[str, ...] = tuple(Spot),
        *,
        on: dt.date | None = None,
    ) -> Self:
        """The changes of a plan that are in force in a year, and what its tables show of them.

        ``on`` is the day of the document, which names no era that began later.
        """
        decided = history.decided
        applied = history.changes_by(year)
        is_marked = applied and _has_numbered_marks(decided)
        sign = _OTHER_MARK if is_marked else _MARK
        goals = history.in_force(year).goals if applied else ()
        return cls(
            applied,
            goals,
            Words.of(decided, on),
            numerals,
            sign,
            decided.years,
            place_labels(decided) if applied else {},
            {each.key: each.label for each in decided.categories},
            spots,
        )

    def __post_init__(self) -> None:
        for each in self.applied:
            if isinstance(each.change, Ending | Split):
                self._endings.setdefault(each.place.goal_id, []).append(each)
                self._ended.update(dict.fromkeys(each.gone, each))
            for spot in self._spots(each):
                self._marks.setdefault(spot, []).append(each)
        met = (each.number for goal in self.goals for each in self._of_goal(goal))
        others = (each.number for each in self.applied)  # that no table shows
        keys = dict.fromkeys((*met, *others))
        self._numbers.update({key: number for number, key in enumerate(keys, start=1)})

    def __bool__(self) -> bool:
        return bool(self.applied)

    def revisions(self) -> tuple[Revision, ...]:
        """The revisions that the changes are of, earliest first."""
        return tuple({each.revision.id: each.revision for each in self.applied}.values())

    def last_revised(self) -> str:
        """The day of the last revision; empty where there is none."""
        return "".join(format_date(last.decided, self.numerals) for last in self.revisions()[-1:])

    def brings_baseline(self, id_: str) -> bool:
        """Whether a row's baseline came by a revision, whose note tells of when it is."""
        return any(id_ in _with_new_baselines(each.change) for each in self.applied)

    def label(self, applied: Applied) -> str:
        """The mark of a change: ``※１``."""
        return write_numerals(f"{self.sign}{self._number(applied)}", self.numerals)

    def _number(self, applied: Applied) -> int:
        return self._numbers[applied.number]

    def in_order(self, applied: Iterable[Applied]) -> list[Applied]:
        """Changes in the order of their marks."""
        return sorted(applied, key=self._number)

    def marked(self, text: str, style: TextStyle, id_: str, spot: str) -> Paragraph:
        """A cell's text with the marks of what was changed in it."""
        return self._with_marks(text, style, self._marks.get((id_, spot), ()))

    def former(self, id_: str, spot: str) -> Measure | None:
        """A row as it was decided first, where what a cell shows of it was revised since."""
        changed = (each for each in self.applied if (id_, spot) in self._spots(each))
        first = next(changed, None)
        return first.before if first and isinstance(first.before, Measure) else None

    def marked_as_ended(self, text: str, style: TextStyle, id_: str) -> Paragraph:
        """The name of what is no longer in the plan, with the mark of what ended it."""
        ending = self._ended.get(id_)
        return self._with_marks(text, style, (ending,) if ending else ())

    def is_split(self, id_: str) -> bool:
        """Whether a row is no longer in the plan because it was split."""
        ending = self._ended.get(id_)
        return ending is not None and isinstance(ending.change, Split)

    def _with_marks(self, text: str, style: TextStyle, marks: Sequence[Applied]) -> Paragraph:
        plain = paragraph(text, style)
        if not marks:
            return plain
        spans: list[Span] = list(plain.spans)
        for number, each in enumerate(self.in_order(marks)):
            if number:
                spans.append(Span(_BETWEEN_MARKS, SpanStyle.NOTE_MARK))
            spans.append(Span(self.label(each), SpanStyle.NOTE_MARK, target=_note_id(each)))
        return Paragraph(tuple(spans), style)

    def notes(self, goal: Goal, *, on_actuals: bool = False) -> tuple[Note, ...]:
        """The notes on all marks in a goal's tables, and on what was ended there.

        ``on_actuals`` adds what is to be said of actuals, where the tables have them. What is
        marked in an earlier goal too, as the parts of a row that was split are where one was
        moved since, is noted again below this one: by another id, for marks refer to the first.
        """
        earlier = takewhile(lambda each: each.id != goal.id, self.goals)
        noted = {each.number for other in earlier for each in self._of_goal(other)}
        found = {each.number: each for each in self._of_goal(goal)}
        return tuple(
            Note(
                f"{_note_id(each)}-{goal.id}" if each.number in noted else _note_id(each),
                self.label(each),
                (paragraph(self._note_text(each, on_actuals=on_actuals), TextStyle.TABLE_NOTE),),
            )
            for each in self.in_order(found.values())
        )

    def all_notes(self, *, on_actuals: bool = False) -> tuple[Note, ...]:
        """The notes on all marks of all goals, each once: for what all goals stand in."""
        found: dict[str, Note] = {}
        for goal in self.goals:
            for note in self.notes(goal, on_actuals=on_actuals):
                found.setdefault(note.label, note)
        return tuple(found.values())

    def _of_goal(self, goal: Goal) -> Iterator[Applied]:
        """Yield what is marked in a goal's tables as it is met there, then what was ended."""
        for id_ in _ids(goal) if self.applied else ():
            for spot in self.spots:
                yield from self._marks.get((id_, spot), ())
        yield from self._endings.get(goal.id, ())

    def _note_text(self, each: Applied, *, on_actuals: bool) -> str:
        text = note_text(each, self)
        return text + actuals_text(each, self) if on_actuals else text

    def _spots(  # noqa: C901 a flat list
        self, each: Applied
    ) -> Iterator[tuple[str, str]]:
        """Yield the cells that show a change; what has no cell of its own is told by another."""
        match each.change:
            case TargetChange(id=id_):
                yield id_, Spot.TARGET
            case YearlyTargetChange(id=id_, yearly_targets=targets):
                wanted = [spot_in(target.fiscal_year) for target in targets]
                yield from self._shown(each, id_, wanted, Spot.TARGET)
            case DetailChange(id=id_, texts=texts):
                yield from self._shown(each, id_, [name for name, _ in texts], Spot.NAME)
            case CategoryChange(id=id_):
                yield from self._shown(each, id_, [LayoutName.CATEGORY], Spot.NAME)
            case BaselineChange(id=id_):
                yield id_, Spot.BASELINE
            case Addition(indicator=indicator):
                yield indicator.id, Spot.NAME
            case Split(parts=parts):
                yield from ((part.id, Spot.NAME) for part in parts)
            case Renaming(id=id_):
                yield id_, Spot.NAME
            case Move(id=id_):
                if each.place != each.new_place:
                    yield id_, Spot.NAME
            case DepartmentChange(id=id_):
                yield from self._shown(each, id_, [LayoutName.DEPARTMENT], Spot.NAME)
            case Ending():
                return  # there is no cell
            case _:
                assert_never(each.change)

    def _shown(
        self, each: Applied, id_: str, wanted: Iterable[str], otherwise: Spot
    ) -> Iterator[tuple[str, str]]:
        """Yield the wanted cells; in the place of those that there are not, another."""
        spots = self.spots if isinstance(each.before, Indicator) else ()
        found = (spot if spot in spots else otherwise for spot in wanted)
        yield from ((id_, spot) for spot in dict.fromkeys(found))


NO_CHANGES = Changes()
"""Of a plan as it was decided."""


def _with_new_baselines(change: Change) -> tuple[str, ...]:
    match change:
        case Addition(indicator=added):
            return (added.id,)
        case Split(parts=parts):
            return tuple(each.id for each in parts)
        case BaselineChange(id=id_):
            return (id_,)
        case (
            TargetChange()
            | YearlyTargetChange()
            | DetailChange()
            | CategoryChange()
            | Ending()
            | Renaming()
            | Move()
            | DepartmentChange()
        ):
            return ()
        case _:
            assert_never(change)


def _note_id(applied: Applied) -> str:
    return f"change-{applied.number}"


def _ids(goal: Goal) -> Iterator[str]:
    """Yield the ids of all that stands in a goal's tables."""
    yield from (each.id for each in goal.numeric_targets)
    for plan in goal.plans:
        yield from (each.id for each in plan.sections)
        yield plan.id
        for row in plan.rows:
            yield row.id
            if isinstance(row, IndicatorGroup):
                yield from (each.id for each in row.indicators)


def _has_numbered_marks(catalogue: Catalogue) -> bool:
    """Whether a plan has notes of its own that are numbered alike (``※１``)."""
    introduction = catalogue.introduction
    texts = [note.label for note in introduction.notes] if introduction else []
    for each in catalogue.measures():
        texts += (each.name, each.baseline.text, each.target.text)
    return any(_NUMBERED.search(text) for text in texts)
