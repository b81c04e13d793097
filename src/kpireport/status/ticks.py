"""A board's workbook on its way back: what people ticked in it as confirmed (確認済).

Comes in: the workbook. Goes out: its ticked rows, each with the id that is to be accepted,
what it says, and a remark; what cannot be read is a problem.
"""

from __future__ import annotations

from pathlib import Path

from kpireport.domain.names import in_one_line
from kpireport.domain.numerals import fold_width
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.messages import quoted, shortened
from kpireport.quickly import dataclass
from kpireport.sources.tick_words import Sign, sign_in
from kpireport.sources.titled_tables import Column, Form, find_table
from kpireport.sources.workbook import read_workbook
from kpireport.status.words import BOARD_PROPERTY, CONFIRMED, PROBLEMS, REMARK

_ID, _WHAT = "記号", "内容"
_FORM = Form(
    PROBLEMS,
    (
        Column(_ID),
        Column(_WHAT),
        Column(CONFIRMED, ("このとおりでよい", "確認")),
        Column(REMARK, ("メモ", "備考"), is_required=False),
    ),
)


@dataclass(frozen=True, slots=True)
class Tick:
    """A row that somebody ticked: its place in the workbook, its id and words, a remark."""

    place: str
    id: str
    what: str
    remark: str


def read_ticks(path: Path, year: FiscalYear, log: Findings) -> tuple[Tick, ...]:
    """Read the ticked rows of a board; faults are noted."""
    log = log.of(path)
    try:
        book = read_workbook(path, [PROBLEMS])
    except CellError as error:
        log.fault("", error)
        return ()
    written = book.properties.get(BOARD_PROPERTY)
    if written is None or not book.sheets:
        log.add(
            "",
            "報告の状況のブックではありません。",
            f"報告の状況のブックを作り、シート「{PROBLEMS}」に印を付けて指定してください。",
        )
        return ()
    if written != str(year.year):
        log.add(
            "",
            f"{shortened(written)}{year.word}の状況のブックです。この報告書は{format_fiscal_year(year)}のものです。",
            f"この{year.word}の状況のブックを作ってください。",
        )
        return ()
    table = find_table(_FORM, book.sheets[0], log)
    ticks = []
    for record in table.records() if table else ():
        sign = sign_in(record.shown(CONFIRMED))
        if sign in (Sign.NO, Sign.NOT_YET):
            continue
        if sign is Sign.UNCLEAR:
            log.add(
                record.place(CONFIRMED),
                f"{quoted(record.shown(CONFIRMED))}は、確認済みの印として読めません。",
                f"このとおりでよければ「○」を付け、言葉は「{REMARK}」に書いてください。",
            )
            continue
        id_ = fold_width(record.shown(_ID).replace(",", ""))
        remark = in_one_line(record.shown(REMARK))
        ticks.append(Tick(record.place(CONFIRMED), id_, record.shown(_WHAT), remark))
    return tuple(ticks)
