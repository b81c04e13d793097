"""What the notes below the tables say of a change of the plan.

Comes in: a change as it was applied. Goes out: the note's sentences: what was changed, by
which revision and since when, and of when the values are that stand in its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from kpireport.document.texts import quoted
from kpireport.domain.catalogue import (
    Goal,
    Indicator,
    Measure,
    Plan,
    Section,
    Target,
    YearlyTarget,
)
from kpireport.domain.histories import Applied, Place
from kpireport.domain.layouts import LayoutName, detail_word
from kpireport.domain.names import in_one_line
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.plan_trees import Item
from kpireport.domain.revisions import (
    Addition,
    BaselineChange,
    CategoryChange,
    DepartmentChange,
    DetailChange,
    Ending,
    Move,
    Renaming,
    Split,
    TargetChange,
    YearlyTargetChange,
)
from kpireport.domain.wording import Words
from kpireport.domain.years import FiscalYear

if TYPE_CHECKING:
    from kpireport.document.changes import Changes


def note_text(each: Applied, changes: Changes) -> str:
    """Say what was changed, by what, since when; and of when a new row's baseline is."""
    revision, words, numerals = each.revision, changes.words, changes.numerals
    last_year = revision.first_year.previous
    if isinstance(each.change, Ending):  # it is told by its last year, the others by their first
        until = words.year_name(last_year, numerals)
        return f"{quoted(name_of(each))}を{until}をもって終了（{revision.title}）。"
    since = words.year_name(revision.first_year, numerals)
    about_baselines = "".join(_about_baselines(each, last_year, words, numerals))
    return f"{_said(each, changes)}（{revision.title}、{since}から）。{about_baselines}"


def actuals_text(each: Applied, changes: Changes) -> str:
    """Say that the part that goes on has the actuals of what was split for the years before."""
    if not isinstance(each.change, Split):
        return ""
    until = changes.words.year_name(each.revision.first_year.previous, changes.numerals)
    names = (quoted(part.name) for part in each.change.parts if part.id == each.change.continues)
    return "".join(f"{name}の{until}までの実績は、分割前の値です。" for name in names)


def _about_baselines(
    each: Applied, last_year: FiscalYear, words: Words, numerals: NumeralStyle
) -> Iterator[str]:
    """Yield of when the baselines of new rows are."""
    match each.change:
        case Addition(indicator=indicator):
            if year := _year_of_baseline(indicator, last_year):
                yield f"{words.baseline}は、{words.year_name(year, numerals)}末の値です。"
        case Split(parts=parts, continues=continues):
            for part in parts:
                year = _year_of_baseline(part, last_year)
                if part.id != continues and year:
                    of_year = words.year_name(year, numerals)
                    yield f"{quoted(part.name)}の{words.baseline}は、{of_year}末の値です。"
        case _:
            return


def _year_of_baseline(added: Indicator, last_year: FiscalYear) -> FiscalYear | None:
    """Return the year of a new row's baseline; none where there is no value, or it says when."""
    baseline = added.baseline
    if not baseline.quantities or baseline.as_of is not None:
        return None
    return baseline.year or last_year


def _said(each: Applied, changes: Changes) -> str:  # noqa: C901 a flat list
    """What a note says of a change that the tables show."""
    words = changes.words
    match each.change:
        case TargetChange(target=target):
            return "、".join(_said_of_target(each.before, target, changes))
        case YearlyTargetChange(yearly_targets=targets):
            pairs = yearly_texts(each.before, targets, changes)
            return "、".join(f"{year}の目標を{quoted(old)}から変更" for year, old, _ in pairs)
        case DetailChange(texts=texts):
            return f"{'と'.join(detail_name(name) for name, _ in texts)}を変更"
        case BaselineChange():
            return f"{words.baseline}を{quoted(baseline_text(each.before))}から訂正"
        case CategoryChange():
            return f"区分を{quoted(category_text(each.before, changes))}から変更"
        case Addition():
            return f"{quoted(name_of(each))}を追加"
        case Split(parts=parts):
            names = "と".join(quoted(part.name) for part in parts)
            return f"{quoted(name_of(each))}を{names}に分割"
        case Renaming():
            return f"名称を{quoted(name_of(each))}から変更"
        case Move():
            plan, new_plan = each.place.plan, each.new_place.plan
            is_elsewhere = plan is not None and new_plan is not None and plan.id != new_plan.id
            return f"{place_text(each.place, changes)}から移動" if is_elsewhere else "移動"
        case Ending():
            return f"{quoted(name_of(each))}を終了"
        case DepartmentChange():
            return "所管課を変更"
        case _:
            assert_never(each.change)


def _said_of_target(before: Item | None, target: Target, changes: Changes) -> Iterator[str]:
    """Yield what was changed of a target: what is asked for, by when."""
    word, was = changes.words.target, target_text(before)
    old, new = deadlines(before, target, changes)
    if was != target.text or not new:
        yield f"{word}を{quoted(was)}から変更"
    if new:
        yield f"{word}の期限を{old}から{new}に変更"


def place_text(place: Place, changes: Changes) -> str:
    """What the plan of a row is called where plans of several goals are spoken of."""
    return changes.places.get(place.plan.id, place.plan.short) if place.plan else ""


def category_text(item: Item | None, changes: Changes) -> str:
    """What the class of a row is called; ― where it is of none."""
    key = item.category if isinstance(item, Measure) else ""
    return changes.categories.get(key, key) or "―"


def name_of(each: Applied) -> str:
    """What a change is about, on one line, by the name that it had before."""
    item = each.change.indicator if isinstance(each.change, Addition) else each.before
    match item:
        case None:
            return ""
        case Goal() | Section() | Plan():
            return in_one_line(item.title)
        case _:
            return in_one_line(item.name)


def deadlines(before: Item | None, after: Target, changes: Changes) -> tuple[str, str]:
    """When a target was due and when it is, where that was changed; else empty."""
    years, words, numerals = changes.years, changes.words, changes.numerals
    if not isinstance(before, Measure) or years is None:
        return "", ""
    old, new = years.due(before), years.due(replace(before, target=after))
    if old == new:
        return "", ""
    return f"{words.year_name(old, numerals)}末", f"{words.year_name(new, numerals)}末"


def yearly_texts(
    before: Item | None, after: Iterable[YearlyTarget], changes: Changes
) -> Iterator[tuple[str, str, str]]:
    """Yield each year whose target was changed, what it was and what it is."""
    for each in after:
        was = before.yearly_target(each.fiscal_year) if isinstance(before, Measure) else None
        year = changes.words.year_name(each.fiscal_year, changes.numerals)
        yield year, was.text if was else "―", each.text


def detail_name(name: str) -> str:
    """What a column of texts is called."""
    return "過去値" if name == LayoutName.PAST else detail_word(name)


def detail_text(item: Item | None, name: str) -> str:
    """A text beside a row as it was printed; empty where it has none."""
    return item.details.text(name) if isinstance(item, Indicator) else ""


def target_text(item: Item | None) -> str:
    """A row's target as it was printed; empty where it has none."""
    return item.target.text if isinstance(item, Measure) else ""


def baseline_text(item: Item | None) -> str:
    """A row's baseline as it was printed; empty where it has none."""
    return item.baseline.text if isinstance(item, Measure) else ""
