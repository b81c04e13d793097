"""Problems of the plan's file, told at the cells of its workbook.

Comes in: what the checks of ``catalogue.json`` found, at paths of JSON. Goes out: the same at
the cells that the items were made of, in the words of the workbook.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from kpireport.errors import Problem
from kpireport.messages import PathStep, about, path_text
from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import PlanColumn
from kpireport.plan_books.growing import Grown, Origin
from kpireport.plan_books.rows import Object
from kpireport.plan_books.wording import in_words_of_columns, in_words_of_the_book
from kpireport.sources.cells import parse_cell_name
from kpireport.sources.json_file import Json

_MISSING = re.compile("項目「([^」]+)」(?:（[^）]*）)?がありません。")
_BLANK = "文字がありません。"
_LAST_STEP = re.compile(r"(?:\[[^\[\]]*\]|\.?[^.\[\]]+)$")
_PATH = re.compile(
    r"(?:goals|revisions|levels|categories|evaluators|comments|answers|layout)(?:\[[0-9]+\]|\.\w+)+"
)
_TWICE = re.compile(r" (\S+![A-Z]+[0-9]+) でも使われています。")


class Places:
    """The cells of the workbook, by the paths of JSON that are made of them."""

    def __init__(self, grown: Grown) -> None:
        """Learn the cells of all objects."""
        self._known: dict[str, tuple[Origin, PlanColumn | None]] = {}
        for steps, entry in _walk(grown.raw):
            origin = grown.origins.get(id(entry))
            if origin is not None:
                self._learn(steps, origin)

    def _learn(self, steps: tuple[PathStep, ...], origin: Origin) -> None:
        if steps:
            self._known.setdefault(path_text(steps), (origin, None))
        for column in origin.columns:
            for end in range(len(column.path), 0, -1):
                path = path_text((*steps, *column.path[:end]))
                self._known.setdefault(path, (origin, column))

    def find(self, path: str) -> tuple[Origin, PlanColumn | None] | None:
        """The row and column that a path is made of; those of what it is in, failing that."""
        while path:
            if path in self._known:
                return self._known[path]
            path = _LAST_STEP.sub("", path)
        return None

    def named(self, cell: str) -> str:
        """What the row is about whose id stands in a cell."""
        rows = (origin.row for origin, _ in self._known.values())
        found = next((row for row in rows if row.place(of.ID) == cell), None)
        return about(found.text(of.NAME), found.text(of.ID)) if found else ""

    def cell(self, path: str) -> str:
        """The cell as a message names it; the path itself where it is a place already."""
        found = self.find(path)
        if found is None:
            return path
        origin, column = found
        return origin.row.place(column.title if column else "")


def _walk(value: Json) -> Iterator[tuple[tuple[PathStep, ...], Object]]:
    waiting: list[tuple[tuple[PathStep, ...], Json]] = [((), value)]
    while waiting:
        steps, item = waiting.pop()
        if isinstance(item, dict):
            yield steps, item
            waiting += [((*steps, key), each) for key, each in item.items()]
        elif isinstance(item, list):
            waiting += [((*steps, index), each) for index, each in enumerate(item)]


def at_cells(
    problems: Iterable[Problem], places: Places, told: Collection[str]
) -> Iterator[Problem]:
    """Yield the problems of the plan's file as those of its workbook.

    Args:
        problems: as the file's checks found them.
        places: the workbook's cells.
        told: cells that something is said of already; what the file's checks make of them is
            not told a second time.
    """
    for problem in problems:
        told_at = _at_cell(problem, places)
        if of.BASICS.name in told and "!" not in told_at.place:
            continue  # without the sheet there is no cell for what it lacks
        if told_at.place not in told:
            yield told_at
            if first := _TWICE.search(told_at.what):
                what = told_at.what.replace(first[1], told_at.place)
                yield replace(told_at, place=first[1], what=what, about=places.named(first[1]))


def _at_cell(problem: Problem, places: Places) -> Problem:
    lacking = _MISSING.search(problem.what)
    path = problem.place
    if lacking:
        path = f"{path}.{lacking[1]}" if path else lacking[1]
    place, column = path, None
    if found := places.find(path):
        origin, column = found
        place = origin.row.place(column.title if column else "")
    if lacking and lacking[1] in _ROWS_BELOW and not column:
        sheet, title = _ROWS_BELOW[lacking[1]]
        what = f"この下に、シート「{sheet.name}」の行がありません。"
        remedy = f"シート「{sheet.name}」の「{title}」に、この名称を書いた行を加えてください。"
    elif column and (lacking or problem.what == _BLANK):
        what, remedy = f"「{column.title}」が書いてありません。", _to_fill_in(column)
    elif found and found[0].sheet is of.LAYOUT:
        # before other items of the same names are meant
        what, remedy = (
            in_words_of_the_book(in_words_of_columns(each))
            for each in (problem.what, problem.remedy)
        )
    else:
        what, remedy = (
            in_words_of_the_book(_placed(each, places)) for each in (problem.what, problem.remedy)
        )
    if found and found[0].sheet in _MEASURED:
        what, remedy = (_of_measures(each, path) for each in (what, remedy))
    return replace(problem, place=place, what=what, remedy=remedy)


_MEASURED = (of.INDICATORS, of.TARGETS, of.BROUGHT)


def _of_measures(text: str, path: str) -> str:
    """The text in the titles that sheets of measures have."""
    cell = next((each for each in of.QUANTITY_TITLES if f".{each}" in path), "target")
    text = text.replace("「数量」の列", f"「{of.QUANTITY_TITLES[cell]}」")
    return text.replace("「種類」", f"「{of.KIND}」")


def _placed(text: str, places: Places) -> str:
    """The text, paths of JSON in it as cells."""
    return _PATH.sub(lambda match: places.cell(match[0]), text)


def _to_fill_in(column: PlanColumn) -> str:
    if column.title in (of.BASELINE, of.TARGET):
        return "計画に印刷するとおりに書いてください。値がなければ ― と書きます。"
    example = f"（例：{column.example}）" if column.example else ""
    if column.title == of.KIND:
        return "一覧から選んでください。"
    return f"「{column.title}」の欄に書いてください{example}。"


_ROWS_BELOW = {"plans": (of.PLANS, of.ABOVE), "indicators": (of.INDICATORS, of.PLAN)}
"""Which sheet has the rows that an object lacks, and which of its columns names it."""
_SHEETS = {sheet.name: index for index, sheet in enumerate(of.SHEETS)}


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems in the order of the workbook: of the file, then by sheets, rows and columns."""

    def key(problem: Problem) -> tuple[int, int, int]:
        sheet, _, name = problem.place.partition("!")
        row, column = parse_cell_name(name.partition(":")[0]) or (
            int(re.sub("[^0-9]", "", name) or 0),
            0,
        )
        return _SHEETS.get(sheet, -1 if not sheet else len(_SHEETS)), row, column

    return sorted(problems, key=key)
