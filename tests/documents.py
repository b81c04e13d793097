"""Documents for tests: the real plan, hand-made ones, and random ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from hypothesis import strategies as st

from kpireport.document.blocks import (
    TO_PAGE,
    Bar,
    Block,
    Cell,
    CellBlock,
    Clip,
    Document,
    DocumentMetadata,
    HeaderScope,
    Heading,
    ItemList,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Span,
    Sparkline,
    Table,
)
from kpireport.document.plan import compose_plan
from kpireport.document.styles import CellStyle, HeadingStyle, TableStyle, TextStyle
from kpireport.document.table_cells import AMPLE, header_cell
from kpireport.document.texts import bullets, paragraph
from kpireport.domain.catalogue import Catalogue
from kpireport.sources.catalogue import load_catalogue
from kpireport.writers.widths import page_targets

ROOT = Path(__file__).resolve().parents[1]
METADATA = DocumentMetadata("題名<&>", "発行者", "主題", ("鍵１", "鍵２"), dt.date(2019, 7, 1))


@cache
def real_catalogue() -> Catalogue:
    return load_catalogue(ROOT / "catalogue.json")


@cache
def real_plan() -> Document:
    return compose_plan(real_catalogue(), METADATA)


def document(*blocks: Block) -> Document:
    return Document(METADATA, (Section((heading("h", "章"), *blocks)),))


def numbered(document: Document, pages: Mapping[str, str]) -> Document:
    """Return the document with the ``pages`` of its targets where it shows them, as printed."""
    return cast("Document", _numbered(document, pages))


def _numbered(value: Any, pages: Mapping[str, str]) -> Any:
    if isinstance(value, Span):
        is_known = value.is_page and value.target
        if not is_known:
            return value
        targets = page_targets(value.target or "", value.until, pages)
        return replace(value, text=TO_PAGE.join(pages[each] for each in targets))
    if isinstance(value, tuple):
        return tuple(_numbered(each, pages) for each in value)
    if isinstance(value, Document | Section | Table | Row | Cell | Paragraph | ItemList | ListItem):
        own = {each.name: getattr(value, each.name) for each in fields(value)}
        return replace(value, **{name: _numbered(each, pages) for name, each in own.items()})
    return value


def heading(identifier: str, text: str, level: int = 1) -> Heading:
    return Heading(identifier, level, text, HeadingStyle.PLAIN)


def kpi_table(*plans: tuple[str, int], name: str = "指標{}", lines: int = 1) -> Table:
    """Return a KPI table of plans, each a title and a number of rows."""
    rows = [row for title, count in plans for row in _plan_rows(title, count, name, lines)]
    head = Row((header_cell("戦略計画", look=AMPLE), header_cell("指標", look=AMPLE)))
    return Table(TableStyle.KPI, (20, 80), (head,), tuple(rows), "表", "説明")


def _plan_rows(title: str, count: int, name: str, lines: int) -> list[Row]:
    plan = Cell(
        (paragraph(title, TextStyle.TABLE_TEXT),),
        CellStyle.PLAN,
        rowspan=count,
        scope=HeaderScope.ROW,
        continued=(paragraph(f"{title}（続き）", TextStyle.TABLE_TEXT),),
    )
    rows = []
    for number in range(count):
        text = "\n".join([name.format(f"{title}-{number}"), *["二行目"] * (lines - 1)])
        cell = Cell((paragraph(text, TextStyle.TABLE_TEXT),), CellStyle.TEXT)
        rows.append(Row((plan, cell) if number == 0 else (cell,)))
    return rows


# --- random documents -------------------------------------------------------------

_NOTES = (TextStyle.NOTE, TextStyle.TABLE_NOTE)

_CHARACTERS = st.sampled_from(
    [*"子育て区民の意識調査、。「」（）ー・ぁょ％0123456789,AKPI<>&$ 　②※"]
)
TEXTS = st.text(_CHARACTERS, min_size=1, max_size=120)
_TABLE_STYLES = st.sampled_from(
    [TextStyle.TABLE_TEXT, TextStyle.TABLE_VALUE, TextStyle.BAND_PROSE, TextStyle.TABLE_HEADER]
)


_SHARES = st.decimals(-1, 2, places=2)
_SMALL_PICTURES = st.builds(
    Bar, _SHARES, st.none() | _SHARES, st.none() | st.sampled_from(Clip)
) | st.builds(Sparkline, st.lists(st.none() | _SHARES, max_size=6).map(tuple), st.none() | _SHARES)


@st.composite
def cells(draw: st.DrawFn, scope: HeaderScope | None = None) -> Cell:
    texts = draw(st.lists(TEXTS, min_size=1, max_size=3))
    content: tuple[CellBlock, ...] = tuple(paragraph(text, draw(_TABLE_STYLES)) for text in texts)
    if draw(st.booleans()):
        content = (*content, bullets("・", texts, TextStyle.BAND_ITEM))
    if draw(st.booleans()):
        content = (*content, draw(_SMALL_PICTURES))
    style = draw(st.sampled_from(CellStyle))
    continued = (paragraph(f"{texts[0]}（続き）", TextStyle.TABLE_TEXT),)
    return Cell(content, style, scope=scope, continued=draw(st.sampled_from([(), continued])))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of 2–4 columns whose first column spans random groups of rows."""
    columns = draw(st.integers(2, 4))
    head = Row(tuple(draw(cells(HeaderScope.COLUMN)) for _ in range(columns)))
    rows: list[Row] = []
    for span in draw(st.lists(st.integers(1, 12), min_size=1, max_size=6)):
        first = replace(draw(cells(HeaderScope.ROW)), rowspan=span)
        for index in range(span):
            rest = tuple(draw(cells()) for _ in range(columns - 1))
            keep = draw(st.booleans()) and index < span - 1
            rows.append(Row((first, *rest) if index == 0 else rest, keep_with_next=keep))
    proportions = tuple(draw(st.integers(10, 40)) for _ in range(columns))
    return Table(TableStyle.KPI, proportions, (head,), tuple(rows), "表", draw(TEXTS))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Chapters of prose, lists, notes with references, and tables."""
    blocks: list[Block] = []
    for number in range(draw(st.integers(1, 3))):
        note = f"note-{number}"
        blocks.append(heading(f"h{number}", draw(TEXTS)))
        mark = Span("※１", target=note)
        blocks.append(Paragraph((Span(draw(TEXTS)), mark), TextStyle.BODY))
        item = ListItem("⑴", (paragraph(draw(TEXTS), TextStyle.LIST_ITEM),))
        blocks.append(ItemList((item,) * draw(st.integers(1, 3)), TextStyle.LIST_ITEM))
        blocks.append(draw(tables()))
        blocks.append(Note(note, "※１", (paragraph(draw(TEXTS), draw(st.sampled_from(_NOTES))),)))
        if draw(st.booleans()):
            blocks.append(PageBreak())
    landscape = draw(st.booleans())
    return Document(METADATA, (Section(tuple(blocks), landscape=landscape),))
