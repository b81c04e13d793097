"""The values of hand-written files: texts, ids, numbers, years, choices, sections.

The types are pydantic's annotated ones; each refuses what no document or no
later stage can use, in words for staff. Nothing is converted on the way but
numbers, which become exact ``Decimal``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)

from kpireport.domain.numerals import fold_width
from kpireport.domain.years import parse_date
from kpireport.messages import UNPRINTABLE, describe, printable, quoted
from kpireport.sources.validation import fault

# 昭和22年, when the Local Autonomy Act (地方自治法) made municipalities what they are. The
# farthest that their plans look is the population visions' 2060, or 50 years from now.
# What lies outside is a slip: 1850 for 1950, 令和99年 for 令和９年.
FIRST_YEAR, LAST_YEAR = 1947, 2100
YEAR_EXAMPLE = "西暦の数字で書いてください。平成30年度は 2018、令和３年度は 2021 です。"
DATE_EXAMPLE = "2019-07-01 か「令和元年７月１日」のように、日まで書いてください。"
_YEAR_RANGE = f"{FIRST_YEAR} から {LAST_YEAR} までの"

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_LARGEST = Decimal(10) ** 15
_LONGEST_TEXT = 30_000  # characters: ten pages without a break
_LONGEST_LABEL = 20  # of what stands at the top of a narrow cell
_FINEST = Decimal("0.000001")


def _check_characters(text: str) -> str:
    if len(text) > _LONGEST_TEXT:
        raise fault(
            f"文字が多すぎます（{len(text):,}字）。", f"{_LONGEST_TEXT:,}字までにしてください。"
        )
    bad = UNPRINTABLE.search(text)
    if bad:
        raise fault(
            f"{quoted(text)}に、文書に使えない文字（{printable(bad[0])}）があります。",
            "その文字を消してください。改行は \\n と書きます。",
        )
    return text


def _check_not_blank(text: str) -> str:
    if not text.strip():
        raise fault("文字がありません。", "印刷するとおりの文字を書いてください。")
    return text


def _check_comment_label(text: str) -> str:
    if "\n" in text:
        raise fault("行が二つ以上あります。", "１行で書いてください。")
    if len(text) > _LONGEST_LABEL:
        raise fault(f"長すぎます（{len(text)}字）。", f"{_LONGEST_LABEL}字までにしてください。")
    return text.strip()


def _check_identifier(text: str) -> str:
    if not _IDENTIFIER.fullmatch(text):
        narrow = fold_width(text).strip()
        hint = f"半角で{quoted(narrow)}と書いてください。" if _IDENTIFIER.fullmatch(narrow) else ""
        raise fault(
            f"{quoted(text)}は記号として使えません。",
            hint or "半角の英数字と - _ だけで、40字以内にしてください（例：p01-01）。",
        )
    return text


def _read_number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise fault(
            f"数でなければなりません（いまは{describe(value)}）。",
            "引用符、コンマ、単位を付けずに、半角の数字で書いてください。",
        )
    number = Decimal(value)
    if not number.copy_abs() < _LARGEST:
        raise fault("数が大きすぎます。", "けた数を確かめてください。")
    rounded = number.quantize(_FINEST)
    if rounded != number:
        raise fault("小数点以下のけた数が多すぎます。", "小数第6位までにしてください。")
    # without an exponent: 1E+3 is how JSON may write it, never how a document does
    return Decimal(f"{rounded.normalize():f}")


def _read_year(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise fault(f"年度の西暦でなければなりません（いまは{describe(value)}）。", YEAR_EXAMPLE)
    if not is_likely_year(value):
        raise fault(f"{describe(value)}は年度としてありえません。", f"{_YEAR_RANGE}{YEAR_EXAMPLE}")
    return value


def _read_day(value: object) -> dt.date:
    day = _day(value)
    if unlikely := unlikely_date(str(value), day):
        raise fault(*unlikely)
    return day


def _day(value: object) -> dt.date:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value  # TOML has dates
    if not isinstance(value, str):
        raise fault(f"日付ではありません（いまは{describe(value)}）。", DATE_EXAMPLE)
    try:
        return parse_date(value)
    except ValueError:
        raise fault(f"{quoted(value)}は日付として読めません。", DATE_EXAMPLE) from None


def is_likely_year(year: int) -> bool:
    """Whether a plan or report of a municipality can speak of a year."""
    return FIRST_YEAR <= year <= LAST_YEAR


def unlikely_date(written: str, day: dt.date) -> tuple[str, str] | None:
    """What is wrong with a date that no plan or report can mean, and how to mend it."""
    if is_likely_year(day.year):
        return None
    return (
        f"{quoted(written)}は{day.year}年のことで、ありえない年です。",
        f"年を確かめてください。使えるのは {FIRST_YEAR}年から {LAST_YEAR}年までです。",
    )


def choices(described: Mapping[StrEnum, str]) -> WithJsonSchema:
    """The schema of a choice, each value with what it means."""
    return WithJsonSchema(
        {"oneOf": [{"const": str(each), "description": text} for each, text in described.items()]}
    )


OptionalText: TypeAlias = Annotated[str, AfterValidator(_check_characters)]
Text: TypeAlias = Annotated[
    OptionalText, AfterValidator(_check_not_blank), Field(json_schema_extra={"minLength": 1})
]
CommentLabel: TypeAlias = Annotated[Text, AfterValidator(_check_comment_label)]
Identifier: TypeAlias = Annotated[
    str,
    AfterValidator(_check_identifier),
    Field(json_schema_extra={"pattern": f"^{_IDENTIFIER.pattern}$"}),
]
Number: TypeAlias = Annotated[
    Decimal, BeforeValidator(_read_number), WithJsonSchema({"type": "number"})
]
Year: TypeAlias = Annotated[
    int,
    BeforeValidator(_read_year),
    WithJsonSchema({"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}),
]
Day: TypeAlias = Annotated[dt.date, BeforeValidator(_read_day), WithJsonSchema({"type": "string"})]


def named(title: str, description: str) -> ConfigDict:
    """The configuration of an entry with what an editor shows about it."""
    return ConfigDict(title=title, json_schema_extra={"description": description})


class Entry(BaseModel):
    """Base of the file's entries: nothing unknown, nothing converted, nothing changed.

    What checks an entry is built when it is first needed, once for a file with all that is in it.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)
