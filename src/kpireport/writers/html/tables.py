"""Tables → tables, whose cells name their headers, and where they are scrolled on a phone.

Comes in: a table block. Goes out: elements. A cell's headers follow from ``scope`` where no
header spans rows or columns; elsewhere each cell names them (``headers``), as in the PDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from lxml import html

from kpireport.document.blocks import Cell, HeaderScope, Row, Table
from kpireport.quickly import dataclass
from kpireport.writers.html.elements import (
    Content,
    Names,
    classes,
    fill,
    make,
    on_lines,
    scrolled,
)
from kpireport.writers.html.texts import TextMaker
from kpireport.writers.table_headers import HeadedCell, HeaderFinder
from kpireport.writers.theme import Theme

_FITTING_COLUMNS = 4  # that a phone has room for
_SHORT = 6  # rows, that stand on one page in print
_LEAST_COLUMN = 5.0  # rem, of a table that has more

_SCOPES = {HeaderScope.ROW: "row", HeaderScope.COLUMN: "col", HeaderScope.BOTH: "col"}


@dataclass(frozen=True, slots=True)
class TableMaker:
    """Makes the elements of one table.

    ``width`` is that of the text, in points; ``name`` begins the ids of what has none of its
    own; ``names`` are those of the page's regions.
    """

    table: Table
    theme: Theme
    texts: TextMaker
    width: float
    name: str
    names: Names

    def make(self) -> html.HtmlElement:
        """Return the table, scrolled where it is wider than a phone."""
        described = f"{self.name}-about"
        table = make("table", *on_lines(self._parts()), aria_describedby=described)
        table.set("class", classes(_look(self.table), self._width_class()))
        about = make("p", self.table.description, id=described, hidden="hidden")
        if self.least_width:
            whole = scrolled(table, self.names.unique(_name(self.table)))
        else:
            whole = make("div", table)
        whole.append(about)
        if len(self.table.rows) <= _SHORT:
            whole.set("class", classes(whole.get("class"), "short"))
        return whole

    def picture(self, marks: Sequence[html.HtmlElement] = ()) -> html.HtmlElement:
        """Return the table as a picture shows it, below ``marks``: no cell heads another."""
        finder = HeaderFinder(self.name, len(self.table.columns))
        rows = [make("tr", *marks)] if marks else []
        for part in (self.table.header_rows, self.table.rows):
            cells = groupby(finder.find(part, ""), key=lambda each: each.row)
            rows += [make("tr", *map(self._shown, group)) for _, group in cells]
        return make("table", self._columns(), *rows, class_=classes(_look(self.table)))

    def _shown(self, headed: HeadedCell) -> html.HtmlElement:
        style, content = self.texts.content(headed.cell.content, self._room(headed))
        element = make("td", *content, class_=_classes(headed.cell, style))
        return _spanning(element, headed.cell)

    @property
    def least_width(self) -> int:
        """The least width in rem that the table can be read in; 0 where a phone has room."""
        columns = len(self.table.columns)
        if columns <= _FITTING_COLUMNS:
            return 0
        return int(min(columns * _LEAST_COLUMN, self.width / self.theme.screen.text_size))

    def _width_class(self) -> str:
        return f"w{self.least_width}" if self.least_width else ""

    def _caption(self) -> html.HtmlElement:
        """Return what the table is called: to be seen where it is printed, else to be heard."""
        caption = self.table.caption
        if caption is not None:
            # within an element of its own, which stays where it is while the table is scrolled
            printed = make("span", caption.printed)
            return make("caption", printed, id=caption.id, class_="caption")
        return make("caption", self.table.title, class_="unseen")

    def _parts(self) -> Iterator[html.HtmlElement]:
        finder = HeaderFinder(self.name, len(self.table.columns))
        head = finder.find(self.table.header_rows, "h")
        body = finder.find(self.table.rows, "b")
        is_named = any(_heads_beyond(each.cell) for each in (*head, *body))
        yield self._caption()
        yield self._columns()
        if self.table.header_rows:
            rows = self._rows(self.table.header_rows, head, is_named=is_named)
            yield make("thead", *on_lines(rows))
        yield make("tbody", *on_lines(self._rows(self.table.rows, body, is_named=is_named)))

    def _columns(self) -> html.HtmlElement:
        total = sum(self.table.columns)
        shares = (round(100 * part / total) for part in self.table.columns)
        return make("colgroup", *(make("col", class_=f"c{share}") for share in shares))

    def _rows(
        self, rows: Sequence[Row], cells: Iterable[HeadedCell], *, is_named: bool
    ) -> Iterator[html.HtmlElement]:
        by_row = {at: list(group) for at, group in groupby(cells, key=lambda each: each.row)}
        for at, row in enumerate(rows):
            anchors = [*(heading.id for heading in row.headings), row.id]
            last, *above = [each for each in reversed(anchors) if each] or [""]
            line = make("tr", id=last)
            for headed in by_row.get(at, []):
                # a row has one id: the others stand where its first cell begins
                begin = [make("span", id=each) for each in reversed(above)]
                line.append(self._cell(headed, row.id, begin, is_named=is_named))
                above = []
            yield line

    def _cell(
        self, headed: HeadedCell, row_id: str, begin: Sequence[Content], *, is_named: bool
    ) -> html.HtmlElement:
        cell = headed.cell
        style, content = self.texts.content(cell.content, self._room(headed))
        identifier = headed.id if is_named else ""
        if row_id and not cell.scope:
            identifier = f"{row_id}.{headed.column}"
        element = make(
            "th" if cell.scope else "td",
            class_=_classes(cell, style),
            id=identifier,
            scope=_SCOPES[cell.scope] if cell.scope else None,
            headers=" ".join(headed.headers) if is_named else None,
        )
        fill(element, (*begin, *content))
        return _spanning(element, cell)

    def _room(self, headed: HeadedCell) -> float:
        """Return how wide a cell is inside where the table is as wide as in print, in points."""
        columns = self.table.columns
        own = sum(columns[headed.column : headed.column + headed.cell.colspan])
        padding = self.theme.cell[headed.cell.style].padding_x
        return self.width * own / sum(columns) - 2 * padding


def _heads_beyond(cell: Cell) -> bool:
    """Tell whether a header heads more than the row or the column that it begins in."""
    return bool(cell.scope) and (
        cell.scope is HeaderScope.BOTH or cell.colspan > 1 or cell.rowspan > 1
    )


def _spanning(element: html.HtmlElement, cell: Cell) -> html.HtmlElement:
    if cell.colspan > 1:
        element.set("colspan", str(cell.colspan))
    if cell.rowspan > 1:
        element.set("rowspan", str(cell.rowspan))
    return element


def _name(table: Table) -> str:
    return table.caption.printed if table.caption else table.title


def _look(table: Table) -> str:
    return f"table-{table.style}"


def _classes(cell: Cell, style: str) -> str:
    """Return the classes of a cell: its own is told from that of its text by its name."""
    return " ".join(filter(None, (classes(f"cell-{cell.style}"), style)))
