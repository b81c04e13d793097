"""Sheets of the plan's workbook that say nothing of the plan: how it is filled in, remarks.

Comes in: nothing, or problems. Goes out: a sheet for :mod:`kpireport.writers.xlsx`, which is
passed over when the workbook is read.
"""

from __future__ import annotations

from collections.abc import Iterable

from kpireport.errors import Problem
from kpireport.plan_books import columns as of
from kpireport.sources.cells import SheetCells, usable_text
from kpireport.writers.xlsx.book import Cell, CellLook, Row, Sheet

GUIDE, REMARKS = "使い方", "指摘"
ORIGINAL, LEFT, REPORT = "原本", "置けなかったもの", "読み取りの報告"
OF_READING = (ORIGINAL, LEFT, REPORT)
"""Names of the sheets of a workbook that was read from a document: what was read, and how."""

PASSED_OVER = (GUIDE, REMARKS, *OF_READING)
"""Names of the sheets that say nothing of the plan."""

_STEPS = (
    "シート「基本情報」の「内容」の列を書きます。",
    "シート「基本目標」「戦略計画」に、番号と名称を、印刷する順に書きます。",
    "シート「指標」に、1行に1つ、戦略計画・名称・現状値・目標値・所管課を、印刷するとおりに書きます。",
    "見出しの薄い列や、下のほかのシートは、要るときだけ書きます。",
    "保存して閉じ、計画のファイルに取り込みます。",
)
_NOTES = (
    "見出しの濃い列が、どの行にも書く列です。薄い列は、要るときだけ書きます。",
    "表の3行目の灰色の字は例です。消さなくてもかまいません。書くのは見出しの下の行からです。",
    "「記号」「目標の種類」「数量」は空けておきます。取り込むと、記号と、印刷の文字の読みが入ります。",
    "印刷の文字が二通りに読めるときは、どちらかを尋ねます（要確認）。",
    "列の順は変えてもかまいません。見出しとシートの名前は変えないでください。",
)


def guide_sheet() -> Sheet:
    """The sheet that says how the workbook is filled in."""
    rows = [_titled("計画のブック　使い方"), Row()]
    rows += [
        Row((Cell(f"{number}", CellLook.CENTRE), Cell(step)))
        for number, step in enumerate(_STEPS, 1)
    ]
    rows += [Row(), *(Row((Cell("・", CellLook.CENTRE), Cell(each))) for each in _NOTES), Row()]
    rows += [Row((Cell(), Cell("シート", CellLook.HEADER), Cell("書くもの", CellLook.HEADER)))]
    for sheet in of.SHEETS:
        when = "必ず書きます。" if sheet.is_needed else ""
        rows.append(
            Row((Cell(), Cell(sheet.name, CellLook.LABEL), Cell(f"{when}{sheet.explains}")))
        )
    return Sheet(GUIDE, (6, 60, 60), rows, landscape=True, header=GUIDE)


_OF_COPY = (
    "この写しにあるのは、表の文字と、自分で加えた列とシートの文字です。"
    "コメント、図、書式、表の上の書き込みは、元のブックに残っています。"
)


def remarks_sheet(problems: Iterable[Problem]) -> Sheet:
    """The sheet that lists what is wrong and what is asked, with the cells."""
    titles = ("番号", "場所", "どれ", "指摘", "直し方")
    note = "直すところと、選んでいただくところです。当のセルにも印が付いています。"
    rows = [
        _titled(REMARKS),
        *(Row((Cell(each, CellLook.NOTE, span=len(titles)),)) for each in (note, _OF_COPY)),
        Row(tuple(Cell(each, CellLook.HEADER) for each in titles)),
    ]
    for number, each in enumerate(problems, 1):
        texts = (each.place or "（ブック全体）", each.about, each.what, each.remedy)
        rows.append(Row((Cell(number, CellLook.NUMBER), *map(Cell, texts))))
    return Sheet(REMARKS, (6, 18, 30, 60, 60), rows, title_rows=4, header=REMARKS, filter_row=3)


def copied_sheet(cells: SheetCells) -> Sheet:
    """A sheet that says nothing of the plan, its texts where they stood."""
    last = max(cells.rows, default=0)
    width = max((column for row in cells.rows.values() for column in row), default=1)
    rows = [
        Row(
            tuple(
                Cell(usable_text(below.get(column)) or None) if below else Cell()
                for column in range(1, width + 1)
            )
        )
        for below in (cells.rows.get(number, {}) for number in range(1, last + 1))
    ]
    return Sheet(cells.name, (20,) * width, rows, header=cells.name)


def _titled(text: str) -> Row:
    return Row((Cell(text, CellLook.TITLE),))
