"""The first sheet of a department's workbook: what it is, by when, how, and what not to do.

Comes in: what the department is asked for, the deadline, whom to ask. Goes out: the sheet
as data. Nothing on it is read back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kpireport.collection.assignments import Assignment
from kpireport.collection.forms import (
    ABOUT,
    BASELINE,
    COVER,
    ELSEWHERE,
    TARGET,
    UNIT,
    VALUES,
    WORDS,
)
from kpireport.collection.questions import NO_UNIT
from kpireport.domain.catalogue import period_of
from kpireport.domain.numerals import NumeralStyle, write_numerals
from kpireport.domain.surveys import NO_SURVEY
from kpireport.domain.wording import USUAL_WORDS, Words
from kpireport.domain.years import FiscalYear, format_date, format_fiscal_year
from kpireport.quickly import dataclass
from kpireport.sources.actuals_forms import COMMENT, REASON, STATE
from kpireport.writers.xlsx.book import Cell, CellLook, Row, Sheet

_OTHER_PERIODS = (
    f"。シート「{VALUES}」の「{ABOUT}」に期間のある指標（暦年など）は、その期間の値を書きます。"
)
_WEEKDAYS = "月火水木金土日"
_WIDTHS = (18.0, 76.0)

_STEPS = (
    f"シート「{VALUES}」を開き、太い枠の欄に書きます。欄を選ぶと、書き方と例が出ます。",
    (
        f"「{UNIT}」が右に示されている指標は、数だけを書きます（８か所なら 8、62.1％なら 62.1）。"
        f"「{NO_UNIT}」とある指標も、数だけです。"
        f"「{UNIT}」の示されていない指標は、例のとおりに単位や言葉まで書きます。"
    ),
    f"目標が状態の指標（「運用開始」など）は、どこまで進んだかを言葉で書き、「{STATE}」を選びます。",
    (
        f"まだないものは「―」と書きます。年度末の数がまだ出ないなど、報告できないときは、空欄のまま"
        f"「{REASON}」に書きます（例：集計中。７月に確定）。隔年の調査などで、調査のない年度は、"
        f"「{REASON}」に「{NO_SURVEY}」と書きます。"
    ),
    f"前の年度から大きく変わったときは、そのわけを「{COMMENT}」に書いてください。",
    f"シート「{WORDS}」を開き、戦略計画ごとに書きます。文のまま報告書に載ります。",
    "書き終えたら上書き保存して、返してください。",
)
_RETURN = (
    (
        "このブックを、Excelブック（.xlsx）のまま、メールに付けるなどして照会先へ返してください。"
        "ファイルの名前は変えてもかまいません。"
    ),
    "後で直すときは、直したブックをもう一度返し、差し替えであることを伝えてください。",
)
_DO_NOT = (
    "行や列を削除したり、並べ替えたり、シートの名前を変えたりしないでください。",
    (
        f"計画の内容（指標、{TARGET}、{BASELINE}、前の年度の実績）に誤りがあれば、直さずに照会先へ"
        "知らせてください。シートの保護を解除して直しても、報告書には反映されません。"
    ),
    (
        "ほかの表から写すときは「値の貼り付け」にしてください。そのまま貼り付けると、欄の枠や選択肢が"
        "消えます。"
    ),
    "PDFや別の形式に変えて返さないでください。読み取れません。",
)


@dataclass(frozen=True, slots=True)
class Request:
    """What the cover says beside the department's own matters.

    ``title`` is the plan's, ``words`` are what it calls its parts, and what is commented on;
    ``notice`` says that the
    figures are invented, where they are.
    """

    municipality: str
    title: str
    fiscal_year: FiscalYear
    deadline: dt.date | None
    contact: str
    style: NumeralStyle
    header: str
    notice: str = ""
    words: Words = USUAL_WORDS


def cover_sheet(assignment: Assignment, request: Request) -> Sheet:
    """Compose the cover of one department's workbook."""
    return Sheet(
        name=COVER,
        widths=_WIDTHS,
        rows=tuple(_rows(assignment, request)),
        is_locked=True,
        landscape=False,
        one_page=True,
        header=request.header,
    )


def _rows(assignment: Assignment, request: Request) -> Iterator[Row]:
    year = format_fiscal_year(request.fiscal_year, request.style)
    yield Row((Cell(f"{year}　実績の報告のお願い", CellLook.TITLE),))
    if request.notice:
        yield Row((Cell(request.notice, CellLook.ALERT, span=2),))
    yield _note(
        f"{request.municipality}「{request.title}」の{year}の実績を、このブックに書いて返してください。"
    )
    yield Row()
    own = request.words.put_into
    for label, text in _facts(assignment, request):
        yield _fact(label, text)
    yield from _section("書き方", _numbered(tuple(map(own, _STEPS)), request.style))
    yield Row()
    yield _heading("欄の見分け方")
    yield from _legend(request.words)
    yield from _section("返し方", _RETURN)
    yield from _section("しないでください", tuple(map(own, _DO_NOT)))


def _facts(assignment: Assignment, request: Request) -> Iterator[tuple[str, str]]:
    style = request.style
    first, last = request.fiscal_year.first_day, request.fiscal_year.last_day
    has_others = any(map(period_of, assignment.measures()))
    yield (
        f"報告する{request.fiscal_year.word}",
        (
            f"{format_fiscal_year(request.fiscal_year, style)}"
            f"（{format_date(first, style)}から{format_date(last, style)}まで）"
            + (_OTHER_PERIODS if has_others else "")
        ),
    )
    yield "所管課", assignment.department
    yield "報告するもの", write_numerals(request.words.put_into(_amount(assignment)), style)
    yield "回答期限", deadline_text(request.deadline, style) or "別にお知らせします。"
    yield "照会先", request.contact or "このブックをお送りした担当"


def _amount(assignment: Assignment) -> str:
    indicators = sum(1 for _ in assignment.measures())
    parts = [
        f"{VALUES}{indicators}件" if indicators else "",
        f"{WORDS}（戦略計画ごと）{len(assignment.plans)}件" if assignment.plans else "",
    ]
    return "、".join(filter(None, parts))


def deadline_text(deadline: dt.date | None, style: NumeralStyle) -> str:
    """A day with its weekday, ``令和４年５月13日（金）``; empty for none."""
    if deadline is None:
        return ""
    return f"{format_date(deadline, style)}（{_WEEKDAYS[deadline.weekday()]}）"


def _legend(words: Words) -> Iterator[Row]:
    yield _entry(Cell("8", CellLook.EXAMPLE), "太い枠で、うすく色の付いた欄。ここだけに書きます。")
    yield _entry(
        Cell("13校", CellLook.TEXT), f"計画の内容と、前の{words.year}までの実績。書き換えません。"
    )
    yield _entry(
        Cell(None, CellLook.UNUSED),
        f"斜線（灰色）の欄。使いません。「〇〇課{ELSEWHERE}」とある行は、その課が書きます。",
    )
    yield _entry(
        Cell("p01-01", CellLook.MUTED), "小さい灰色の字。集計に使う記号などです。書き換えません。"
    )


def _section(title: str, lines: tuple[str, ...]) -> Iterator[Row]:
    yield Row()
    yield _heading(title)
    for line in lines:
        yield _note(line)


def _numbered(lines: tuple[str, ...], style: NumeralStyle) -> tuple[str, ...]:
    numbered = enumerate(lines, start=1)
    return tuple(f"{write_numerals(str(number), style)}．{line}" for number, line in numbered)


def _heading(text: str) -> Row:
    return Row((Cell(text, CellLook.GROUP), Cell(None, CellLook.GROUP)))


def _note(text: str) -> Row:
    return Row((Cell(text, CellLook.NOTE, span=len(_WIDTHS)),))


def _fact(label: str, text: str) -> Row:
    return Row((Cell(label, CellLook.LABEL), Cell(text, CellLook.TEXT)))


def _entry(example: Cell, text: str) -> Row:
    return Row((example, Cell(text, CellLook.TEXT)))
