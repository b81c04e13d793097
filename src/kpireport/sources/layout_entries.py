"""The shape of a table's columns in ``catalogue.json`` (layout)."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from kpireport.domain.layouts import YEAR_WORDS, LayoutName, YearPart, YearShow
from kpireport.sources.fields import Entry, Number, OptionalText, Text, Year, choices, named

_NAMES_OF_COLUMNS = "、".join(each for each in LayoutName if each is not LayoutName.PLAN)
_SHOWS = {
    YearShow.SIDE_BY_SIDE: "年度の下に、列を並べる",
    YearShow.TWO_LINES: "１つの指標を、目標の行と実績の行に分ける",
}
Part: TypeAlias = Annotated[YearPart, Field(strict=False), choices(YEAR_WORDS)]
Show: TypeAlias = Annotated[YearShow, Field(strict=False), choices(_SHOWS)]


class LayoutColumnEntry(Entry):
    """表の列."""

    model_config = named("表の列", "列の名前だけを書いてもよい")

    column: Text = Field(
        title="列",
        description=f"階層の名（plan など）、{_NAMES_OF_COLUMNS}、details.（欄の名前）、"
        "answers.（指標の欄の名）、further.（2つ目の評価の key）",
    )
    header: OptionalText = Field(
        "", title="見出し", description="書かなければ決まった見出し。\n の後は小さな注"
    )
    width: Number | None = Field(
        None,
        title="幅",
        description="割合。書かなければ中身に合わせる。年度ごとの列では、全ての年度で",
    )
    group: OptionalText | None = Field(
        None,
        title="まとめの見出し",
        description="隣と同じ言葉なら、上に渡す。どれかに書くと、ほかの列の上には何も置かない",
    )
    by_year: bool = Field(
        default=False,
        title="年度ごとの列",
        description="answers. の列だけ。実績のある年度ごとの列にする",
    )
    former: bool = Field(
        default=False,
        title="改定前の値も示す",
        description="baseline と target の列だけ。改定した値の下に、改定前の値を示す",
    )
    of: list[Part] | None = Field(
        None,
        title="年度ごとに示すもの",
        description="years の列だけ。書かなければ、目標と実績",
        min_length=1,
    )
    show: Show | None = Field(
        None, title="年度ごとの示し方", description="years の列だけ。書かなければ side_by_side"
    )
    years: list[Year] | None = Field(
        None,
        title="示す年度",
        description="西暦。年度ごとの列だけ。書かなければ全て。実績のある列は報告の年度も示す",
        min_length=1,
    )
    last: int | None = Field(
        None, title="最近の何年度分", description="年度ごとの列だけ。years とは一緒に書かない", ge=1
    )
    to_come: bool = Field(
        default=False,
        title="これからの年度も示す",
        description="years の列だけ。計画の最後の年度まで示す",
    )
    words: dict[Part, Text] = Field(
        {}, title="呼び方", description="years の列だけ。目標を「見込量」と呼ぶときなど"
    )


def _spelled_out(value: object) -> object:
    return {"column": value} if isinstance(value, str) else value


LayoutColumn: TypeAlias = Annotated[LayoutColumnEntry, BeforeValidator(_spelled_out)]
