"""実績: all indicators and years in one grid, typed into in place; comments on plans.

What is typed goes into the report's workbook cell by cell, after the same checks as when the
workbook is read (:mod:`kpireport.collection.typed`). While somebody types, that one row is
read and judged. Each cell goes with what it said when the page was made: who has written there
meanwhile is told, and not overwritten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from starlette.responses import Response

from kpireport.collection import TypedRow, ValueBook
from kpireport.collection.csv_book import is_csv, move_csv_to_book
from kpireport.collection.own_book import make_own_book
from kpireport.errors import InputError, KpiReportError
from kpireport.files import is_open
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources.actuals_forms import COMMENTS, OVERRIDES
from kpireport.sources.settings import is_there
from kpireport.workbench.asking import Asked, Posted, UnknownAddressError, address
from kpireport.workbench.pages.answers import KEPT_REMEDY, check_not_kept
from kpireport.workbench.standing import Standing, State, standing_of, steps_page
from kpireport.workbench.value_grid import (
    SHEETS,
    Former,
    GridRow,
    Head,
    RowView,
    ValueGrid,
    Wanted,
    name_in_form,
)

_ROWS_ON_A_PAGE = 100
_SEEN = "seen:"
_MEND = "直すところがあるので、まだ保存していません。"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid: what rows stand in, with what is said of it and its mark, or a row."""

    head: Head | None = None
    comment: RowView | None = None
    rolled: RowView | None = None
    view: RowView | None = None


def values(asked: Asked) -> Response:
    """Show the grid, or what of it is looked for."""
    standing = standing_of(asked.name, asked.folder)
    title = standing.title
    if csv := _csv(asked):
        return asked.page(
            "values_missing.html", name=asked.name, heading=f"{title}の実績", csv=csv.name
        )
    if _lacks_book(asked):
        return asked.page("values_missing.html", name=asked.name, heading=f"{title}の実績", csv="")
    grid = asked.desk.shelf.values(asked.folder)
    wanted = Wanted(
        asked.query("q").strip(),
        asked.query("goal"),
        asked.query("department"),
        asked.query("open") == "1",
    )
    found = [each for each in grid.rows if wanted.has(each, grid.open)]
    pages = max(1, ceil(len(found) / _ROWS_ON_A_PAGE))
    page = min(pages, _number(asked.query("page")))
    first = (page - 1) * _ROWS_ON_A_PAGE
    return asked.page(
        "values.html",
        name=asked.name,
        heading=f"{title}の実績",
        grid=grid,
        lines=tuple(_lines(grid, found[first : first + _ROWS_ON_A_PAGE])),
        wanted=wanted,
        count=sum(1 for each in found if each.id),
        total=sum(1 for each in grid.rows if each.id),
        page=page,
        pages=pages,
        is_open=is_open(grid.book.path),
        kept=_kept_words(standing),
        query=_query(wanted, page),
        queries=[_query(wanted, number + 1) for number in range(pages)],
    )


def edit(asked: Asked) -> Response:
    """Show all that is typed in for one indicator: of the report's year, or one before it."""
    grid = _grid(asked)
    row = _row(asked, grid)
    return _form(asked, grid, grid.view(row, is_brief=False), status=200)


def check(posted: Posted) -> Response:
    """Tell what is typed in a row is read as, and the mark to come."""
    grid = _grid(posted)
    row = _row(posted, grid)
    typed = tuple(_typed(posted, row.id, grid.sheets))
    view = grid.view(row, typed, is_brief=False)
    sent = tuple(each for each in view.fields if each.name in posted.fields)
    return posted.page("values_checked.html", view=replace(view, fields=sent))


def save(posted: Posted) -> Response:
    """Write what is typed in a row."""
    grid = _grid(posted)
    row = _row(posted, grid)
    typed = tuple(_typed(posted, row.id, grid.sheets))
    is_brief = posted.is_part
    grid, failed = _written(posted, typed)
    if failed is None:
        saved = _saved(grid.view(row, is_brief=False), typed)
        if posted.is_part:
            shown = grid.view(row, is_brief=is_brief)
            return _row_part(posted, grid, replace(shown, told=saved.told, former=saved.former))
        if past := grid.past_year:
            posted.desk.note(f"{row.id} {row.name}の{past}の実績を{saved.told}")
            return posted.go(address("reports", posted.name, "values", row.id))
        posted.desk.note(f"{row.id} {row.name}を{saved.told}")
        return posted.go(_back(posted, f"row-{row.id}"))
    view = grid.view(row, typed, is_brief=is_brief)
    if posted.is_part:
        return _row_part(posted, grid, _told(posted, view, failed), status=422)
    return _form(posted, grid, _told(posted, view, failed), status=422)


def save_comment(posted: Posted) -> Response:
    """Write what is typed of a plan."""
    grid, head = _grid_and_head(posted)
    if not head.place:
        raise UnknownAddressError
    typed = next(iter(_typed(posted, head.place, (COMMENTS,))), None)
    grid, failed = _written(posted, (typed,) if typed else ())
    if failed is None:
        view = replace(grid.comment(head), told="保存しました。")
    else:
        view = _told(posted, grid.comment(head, typed), failed)
    return _head_answer(posted, head, view, "コメント")


def check_mark(posted: Posted) -> Response:
    """Tell the mark of a plan or goal with what is typed to set it otherwise."""
    grid, head = _grid_and_head(posted)
    view = grid.rolled(head, _typed_mark(posted, head))
    if view is None:
        raise UnknownAddressError
    return posted.page("values_checked.html", view=view)


def save_mark(posted: Posted) -> Response:
    """Write what sets the mark of a plan or goal otherwise."""
    grid, head = _grid_and_head(posted)
    if grid.rolled(head) is None:
        raise UnknownAddressError
    typed = _typed_mark(posted, head)
    grid, failed = _written(posted, (typed,) if typed else ())
    view = grid.rolled(head) if failed is None else grid.rolled(head, typed)
    assert view is not None  # noqa: S101 -- it had a mark before
    told = _told(posted, view, failed) if failed else replace(view, told="保存しました。")
    return _head_answer(posted, head, told, "評価の修正")


def _grid_and_head(posted: Posted) -> tuple[ValueGrid, Head]:
    grid = posted.desk.shelf.values(posted.folder)
    head = grid.head(str(posted.request.path_params["id"]))
    if head is None:
        raise UnknownAddressError
    return grid, head


def _typed_mark(posted: Posted, head: Head) -> TypedRow | None:
    return next(iter(_typed(posted, head.id, (OVERRIDES.name,))), None)


def _head_answer(posted: Posted, head: Head, view: RowView, what: str) -> Response:
    """The part of a goal or plan after something of it was typed; without scripts, a page."""
    status = 422 if view.is_failed else 200
    query, is_mark = posted.field("back"), what != "コメント"
    values = {"name": posted.name, "head": head, "view": view, "query": query, "is_mark": is_mark}
    if posted.is_part:
        return posted.page("values_said.html", status=status, **values)
    if view.is_failed:
        return posted.page("values_head.html", status=status, what=what, **values)
    posted.desk.note(f"{head.title}の{what}を保存しました。")
    return posted.go(_back(posted, f"head-{head.id}"))


def begin(posted: Posted) -> Response:
    """Make the workbook, where there is none yet."""
    check_not_kept(posted)
    with posted.desk.writing:
        if make_own_book(Report.open(posted.folder)):
            posted.desk.note("空の実績のブックを作りました。")
    return posted.go(steps_page(posted.name, "values"))


def to_book(posted: Posted) -> Response:
    """Put CSV into a workbook."""
    with posted.desk.writing:
        check_not_kept(posted)
        book = move_csv_to_book(posted.folder)
    posted.desk.note(f"CSV の内容を {book.name} に移しました。CSV はそのまま残しています。")
    return posted.go(steps_page(posted.name, "values"))


# --- what is shown ---------------------------------------------------------------


def _csv(asked: Asked) -> Path | None:
    """The CSV that a review is read from; ``None`` where it is a workbook."""
    review = Report.open(asked.folder).settings.review
    return review.actuals if review and is_csv(review.actuals) else None


def _kept_words(standing: Standing) -> str:
    """What is told where nothing can be typed; empty where it can."""
    if standing.state is not State.KEPT:
        return ""
    return f"{standing.title}は保存してあるので、ここでは書き換えられません。{KEPT_REMEDY}"


def _lacks_book(asked: Asked) -> bool:
    """Whether the workbook of a review is not there yet, and could be made."""
    review = Report.open(asked.folder).settings.review
    return (
        review is not None
        and review.actuals.suffix.lower() == ".xlsx"
        and not is_there(review.actuals)
    )


def _lines(grid: ValueGrid, rows: list[GridRow]) -> Iterator[Line]:
    """Yield the rows, each below what it stands in, as far as the row above does not."""
    above: tuple[Head, ...] = ()
    for row in rows:
        for depth, head in enumerate(row.heads):
            if above[: depth + 1] != row.heads[: depth + 1]:
                yield Line(head, grid.comment(head) if head.place else None, grid.rolled(head))
        above = row.heads
        if row.id:
            yield Line(view=grid.view(row, is_brief=True))


def _grid(asked: Asked) -> ValueGrid:
    """The values of the report's year, or of the year before it that the address names.

    Raises:
        UnknownAddressError: it names none of them.
    """
    grid = asked.desk.shelf.values(asked.folder)
    named = asked.request.path_params.get("year")
    if named is None:
        return grid
    year = next((each for each in grid.past if str(each.year) == named), None)
    if year is None:
        raise UnknownAddressError
    return ValueGrid(ValueBook(grid.book.report, year))


def _row(asked: Asked, grid: ValueGrid) -> GridRow:
    row = grid.find(str(asked.request.path_params["id"]))
    if row is None:
        raise UnknownAddressError
    return row


def _form(asked: Asked, grid: ValueGrid, view: RowView, *, status: int) -> Response:
    query = asked.field("back") if isinstance(asked, Posted) else asked.request.url.query
    return asked.page(
        "values_edit.html",
        status=status,
        name=asked.name,
        grid=grid,
        view=view,
        query=query,
        kept=_kept_words(standing_of(asked.name, asked.folder)),
    )


def _row_part(posted: Posted, grid: ValueGrid, view: RowView, status: int = 200) -> Response:
    return posted.page(
        "values_row.html",
        status=status,
        name=posted.name,
        grid=grid,
        view=view,
        query=posted.field("back"),
    )


# --- what is typed ---------------------------------------------------------------


def _typed(posted: Posted, id_: str, sheets: tuple[str, ...]) -> Iterator[TypedRow]:
    """Yield what a form has for sheets of the workbook."""
    for letter, sheet in SHEETS.items():
        if sheet in sheets and (texts := _texts(posted, f"{letter}:")):
            yield TypedRow(sheet, id_, texts, _texts(posted, f"{_SEEN}{letter}:"))


def _texts(posted: Posted, prefix: str) -> dict[str, str]:
    names = (each for each in posted.fields if each.startswith(prefix))
    return {name.removeprefix(prefix): posted.field(name) for name in names}


def _written(
    posted: Posted, typed: tuple[TypedRow, ...]
) -> tuple[ValueGrid, KpiReportError | None]:
    """Write, and return the values as they are then; with why, where that cannot be."""
    shelf, folder = posted.desk.shelf, posted.folder
    with posted.desk.writing:
        grid = _grid(posted)
        try:
            check_not_kept(posted)
            book = grid.book.write(typed)
        except KpiReportError as error:
            return grid, error
        if book is grid.book:
            return grid, None
        if book.is_earlier:
            shelf.wrote(folder, ValueBook(book.report))
            return ValueGrid(book), None
        return shelf.wrote(folder, book), None


def _saved(view: RowView, typed: tuple[TypedRow, ...]) -> RowView:
    """Return a row with what was another before it was saved, so that it can be taken back."""
    seen = {
        name_in_form(each.sheet, title): text for each in typed for title, text in each.seen.items()
    }
    former = tuple(
        Former(each, seen[each.name])
        for each in view.fields
        if each.name in seen and seen[each.name] != each.seen
    )
    changes = "、".join(each.words for each in former)
    told = f"保存しました（{changes}）。" if changes else "保存しました。"
    return replace(view, told=told, former=former)


def _told(posted: Posted, view: RowView, error: KpiReportError) -> RowView:
    """Return a row with why it was not written, beside what its fields tell."""
    if not isinstance(error, InputError):
        words = posted.desk.workplace.said(str(error))
        return replace(view, told=words, is_failed=True)
    told = {problem for each in view.fields for problem in each.problems} | {*view.others}
    more = tuple(each for each in error.problems if each not in told)
    return replace(view, told=_MEND, is_failed=True, others=(*view.others, *more))


def _back(posted: Posted, anchor: str) -> str:
    query = urlencode(parse_qsl(posted.field("back")))
    to = address("reports", posted.name, "values")
    return f"{to}{f'?{query}' if query else ''}#{anchor}"


def _query(wanted: Wanted, page: int) -> str:
    said = {
        "q": wanted.words,
        "goal": wanted.goal,
        "department": wanted.department,
        "open": "1" if wanted.is_open else "",
        "page": str(page) if page > 1 else "",
    }
    return urlencode({name: text for name, text in said.items() if text})


def _number(text: str) -> int:
    """A page's number; the first for what is none."""
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
