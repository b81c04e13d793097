"""The cells of a report's sheets as what their columns are: words, choices, amounts.

Comes in: a row and its form. Goes out: texts by their fact's field; faults in the findings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from kpireport.domain.catalogue import Measure
from kpireport.domain.numerals import fold_width
from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.messages import UNPRINTABLE, printable, quoted
from kpireport.sources.actuals_forms import InputColumn, InputForm, InputKind
from kpireport.sources.actuals_scope import plain_name
from kpireport.sources.cells import Number, text_of
from kpireport.sources.titled_tables import Record

_AMOUNT = re.compile(
    r"(?P<sign>[-△▲]?)(?P<number>[0-9]{1,3}(,[0-9]{3})+|[0-9]+)(?P<rest>\.[0-9]+)?"
)
_NO_AMOUNT = ("―", "-", "ー", "－", "なし")
_MOST_DIGITS = 15  # that Excel keeps of a number
_RENAMED = "計画で言葉を改めたのなら、計画のファイルのその選択肢に former（以前の言葉）を書きます。"


def read_words(record: Record, form: InputForm, log: Findings) -> dict[str, str]:
    """The texts of the inputs that are taken as they are written, by their fact's field."""
    return {
        each.field: read_text(record, each.title, each.longest, log)
        for each in form.inputs
        if each.kind is InputKind.WORDS and not each.answer
    }


def _listed_alone(_column: InputColumn, _text: str) -> str:
    return ""


def read_choices(
    record: Record,
    columns: Iterable[InputColumn],
    log: Findings,
    find: Callable[[InputColumn, str], str] = _listed_alone,
    *,
    is_settled: bool,
) -> dict[str, str]:
    """What was chosen in the columns that are choices, by their fact's field.

    Args:
        record: the row.
        columns: those of its form.
        log: is told what is none of the choices.
        find: the choice that is meant by what is not written as it is listed; empty for none.
        is_settled: whether it may have been chosen among other words: in an earlier year.
    """
    return {
        each.field: _choice(record, each, log, find, is_settled=is_settled)
        for each in columns
        if each.kind is InputKind.CHOICE
    }


def read_answers(
    record: Record, form: InputForm, measure: Measure | None, log: Findings, *, is_settled: bool
) -> dict[str, str]:
    """What else a measure is asked, by the columns' keys; empty for what nobody answered.

    What is settled is as of :func:`read_choices`.
    """
    said = {}
    for column in form.inputs:
        if not column.answer or (measure and not column.is_asked_of(measure)):
            continue
        match column.kind:
            case InputKind.CHOICE:
                said[column.answer] = _choice(record, column, log, is_settled=is_settled)
            case InputKind.AMOUNT:
                said[column.answer] = _amount(record, column, log)
            case _:
                said[column.answer] = read_text(record, column.title, column.longest, log)
    return said


def refuse_answers(record: Record, form: InputForm, measure: Measure, log: Findings) -> None:
    """Tell of answers in a row of which nothing is asked beside its value."""
    for column in form.inputs:
        if not column.is_asked_of(measure) and record.is_filled(column.title):
            log.warn(
                record.place(column.title),
                f"数値目標の行なので、{column.title}は使いません。",
                f"{column.title}の欄を空にしてください。",
            )


def _choice(
    record: Record,
    column: InputColumn,
    log: Findings,
    find: Callable[[InputColumn, str], str] = _listed_alone,
    *,
    is_settled: bool,
) -> str:
    text = read_text(record, column.title, column.longest, log)
    written = plain_name(text)
    words = (*((each, each) for each in column.choices), *column.former)
    choice = next((today for each, today in words if plain_name(each) == written), "")
    choice = choice or find(column, text)
    if written and not choice and is_settled:
        return text
    if written and not choice:
        listed = "、".join(map(quoted, column.choices))
        log.add(
            record.place(column.title),
            f"{quoted(record.shown(column.title))}は、{quoted(column.title)}の選択肢にありません。",
            f"{listed}のどれかを選んでください。{_RENAMED if column.is_required else ''}",
        )
    return choice


def _amount(record: Record, column: InputColumn, log: Findings) -> str:
    """An amount as it is written everywhere: ``12,345``, ``―`` where there is none."""
    content = record.content(column.title)
    if isinstance(content, Number) and not content.is_percentage and not content.has_words:
        return _written(content.value)
    text = read_text(record, column.title, column.longest, log)
    plain = re.sub(r"\s", "", fold_width(text))
    number = plain.removesuffix(re.sub(r"\s", "", fold_width(column.unit)))
    if not plain or text in _NO_AMOUNT or plain in _NO_AMOUNT:
        return "―" if plain else ""
    found = _AMOUNT.fullmatch(number)
    if found and len(re.sub("[^0-9]", "", number)) <= _MOST_DIGITS:
        digits = found["number"].replace(",", "") + (found["rest"] or "")
        return _written(Decimal(f"{'-' if found['sign'] else ''}{digits}"))
    unit = f"（単位は{column.unit}です）" if column.unit else ""
    log.add(
        record.place(column.title),
        f"{quoted(text)}は、{column.title}の数として読めません。",
        f"数だけを、12,345 のように書いてください{unit}。ないときは、空欄か「―」とします。",
    )
    return ""


def _written(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return f"{value.to_integral_value() if whole else value.normalize():,f}".replace("-", "−")


def amount_of(text: str) -> Decimal | None:
    """The number of an amount as it is written everywhere; ``None`` of none."""
    try:
        return Decimal(text.replace(",", "").replace("−", "-"))
    except ArithmeticError:
        return None


def read_text(record: Record, title: str, longest: int, log: Findings) -> str:
    """The text of a cell; ``""`` where it is unusable, which is noted."""
    try:
        text = text_of(record.content(title))
    except CellError as error:
        log.fault(record.place(title), error)
        return ""
    bad = UNPRINTABLE.search(text)
    if bad:
        log.add(
            record.place(title),
            f"{quoted(text)}に、文書に使えない文字（{printable(bad[0])}）があります。",
            "見えない文字です。その部分を消して、打ち直してください。",
        )
        return ""
    if len(text) > longest:
        log.add(
            record.place(title),
            f"{len(text):,}字あります。この欄は{longest:,}字までです。",
            "要点に絞り、詳しい資料は別に付けてください。",
        )
        return ""
    return text
