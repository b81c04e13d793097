"""The shape of what is measured in ``catalogue.json``: indicators, numeric targets, values.

The decided plan (:mod:`kpireport.sources.catalogue_file`) and its revisions
(:mod:`kpireport.sources.revision_entries`) are written with the same entries.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BeforeValidator, Field

from kpireport.domain.layouts import DETAIL_WORDS, LayoutName
from kpireport.domain.target_kinds import TargetKind
from kpireport.domain.units import stated_unit
from kpireport.sources.fields import (
    Entry,
    Identifier,
    Number,
    OptionalText,
    Text,
    Year,
    choices,
    named,
)


def _described(kind: TargetKind) -> str:
    facts = kind.facts
    return f"{facts.meaning}（例：{facts.example}）" if facts.example else facts.meaning


Kind: TypeAlias = Annotated[
    TargetKind,
    Field(strict=False),
    choices({kind: _described(kind) for kind in TargetKind}),
]


class QuantityEntry(Entry):
    """A number of a value cell with its unit."""

    model_config = named("数量", "値の欄の数と単位")

    value: Number = Field(title="数", description="半角の数字。コンマと単位は付けない")
    unit: OptionalText = Field(
        "", title="単位", description="か所、人、億円、％ など。割 は ％ に直す（６割 → 60）"
    )
    prefix: OptionalText = Field(
        "", title="前置き", description="年間、定員、人口10万人あたり など"
    )
    approximate: bool = Field(default=False, title="おおよそ", description="約・程度 の付く数")


class BaselineEntry(Entry):
    """現状値."""

    model_config = named("現状値", "計画を定めたときの値")

    text: Text = Field(title="印字", description="印刷するとおりの文字。欄の中の改行は \\n")
    quantities: list[QuantityEntry] = Field(
        [], title="数量", description="印字にある数。1つ目で評価し、2つ目からは参考"
    )
    as_of: Text | None = Field(None, title="時点", description="原則と異なる時点。印字のまま")
    shared_with: Identifier | None = Field(
        None, title="上の行と共通", description="欄が上の行とつながっているとき、その行の記号"
    )
    year: Year | None = Field(
        None,
        title="年度",
        description="進み具合を数え始める年度（西暦）が、計画の現状値の年度と違うときに書く",
    )
    first_known: bool = Field(
        default=False,
        title="最初の実績を起点とする",
        description="現状値がなく（―）、最初に分かった実績から進み具合を数えるもの",
    )


class StepEntry(Entry):
    """現状値からの増減."""

    model_config = named(
        "現状値からの増減",
        "目標が現状値からの増減で書かれていて（1,000歩増加、10％減）、印字だけでは決まらないとき",
    )

    value: Number = Field(title="数", description="減らすときは負の数（-10）")
    unit: OptionalText = Field(
        "", title="単位", description="％ は現状値に対する割合、ポイント は割合の差"
    )


class TargetEntry(Entry):
    """目標値."""

    model_config = named("目標値", "目指す値または状態")

    text: Text = Field(title="印字", description="印刷するとおりの文字。欄の中の改行は \\n")
    kind: Kind = Field(title="種類", description="目標が何を求めているか")
    quantities: list[QuantityEntry] = Field(
        [], title="数量", description="印字にある数。1つ目で評価し、2つ目からは参考"
    )
    deadline: Year | None = Field(
        None, title="期限", description="原則と異なる期限の年度（西暦）。令和4年度なら 2022"
    )
    step: StepEntry | None = None


class YearlyTargetEntry(Entry):
    """年度ごとの目標値."""

    model_config = named("年度ごとの目標値", "目標値の年度より前の年度の目標値")

    fiscal_year: Year = Field(title="年度", description="西暦。令和２年度なら 2020")
    text: Text = Field(title="印字", description="印刷するとおりの文字。定めない年度は ―")
    quantities: list[QuantityEntry] = Field(
        [], title="数量", description="印字から読めるときは書かなくてよい"
    )


class SurveyEntry(Entry):
    """調査を行う年度."""

    model_config = named(
        "調査を行う年度", "毎年度は調査をしないもの。years か、from と every の、どちらかで書く"
    )

    years: list[Year] = Field([], title="調査の年度", description="西暦。令和４年度なら 2022")
    first: Year | None = Field(
        None, alias="from", title="初めの調査の年度", description="西暦。every と一緒に書く"
    )
    every: int | None = Field(None, title="何年ごと", description="２年に１度なら 2", ge=2, le=20)


class PastEntry(Entry):
    """過去値."""

    model_config = named("過去値", "現状値よりも前の値。いくつかあれば、それぞれに見出しを付ける")

    label: OptionalText = Field("", title="見出し", description="平成22年度 など。列の見出しになる")
    text: OptionalText = Field(title="印字", description="印刷するとおりの文字")


def _spelled_out(value: object) -> object:
    if isinstance(value, str):
        return [{"text": value}] if value else []
    return value


Pasts: TypeAlias = Annotated[list[PastEntry], BeforeValidator(_spelled_out)]


class MeasureEntry(Entry):
    """What an indicator and a numeric target have in common."""

    id: Identifier = Field(
        title="記号", description="この行を何年も指し続ける記号。変えない、使い回さない"
    )
    name: Text = Field(title="名称", description="印刷するとおりの文字。欄の中の改行は \\n")
    baseline: BaselineEntry
    target: TargetEntry
    departments: list[Text] = Field(
        [], title="所管課", description="実績を報告する課。2つ以上なら、最初の課が主管課"
    )
    survey: SurveyEntry | None = None
    yearly_targets: list[YearlyTargetEntry] = Field(
        [],
        title="年度ごとの目標値",
        description="目標値の年度より前の年度の目標値。年度ごと、または途中の年度だけ。古い順",
    )
    category: OptionalText = Field(
        "", title="区分", description="分けて数える区分（categories）の名"
    )
    cumulative: bool = Field(
        default=False,
        title="累計で評価",
        description="各年度だけの値を報告し、現状値の年度より後の合計を目標値と比べるもの",
    )


class NumericTargetEntry(MeasureEntry):
    """数値目標."""

    model_config = named("数値目標", "基本目標における数値目標の1つ")


def _beside(name: LayoutName, what: str = "印刷するとおりの文字") -> Any:  # noqa: ANN401
    """Return the field of a text beside an indicator, called as its column is."""
    return Field("", title=DETAIL_WORDS[name], description=what)


class IndicatorEntry(MeasureEntry):
    """指標."""

    model_config = named("指標", "重要業績評価指標（KPI）の1行")

    number: OptionalText = _beside(LayoutName.NUMBER)
    unit: OptionalText = _beside(
        LayoutName.UNIT,
        "単位だけの列の文字。単位のない数は、この単位で読む。－ や なし は単位がないこと",
    )
    period: OptionalText = _beside(
        LayoutName.PERIOD,
        "値が年度のものでないとき。暦年、9月30日現在、累計 など。名称の後に印刷する",
    )
    direction: OptionalText = _beside(LayoutName.DIRECTION, "増加を目指す、↑ など")
    definition: OptionalText = _beside(LayoutName.DEFINITION)
    basis: OptionalText = _beside(LayoutName.BASIS, "目標値を定めた理由")
    source: OptionalText = _beside(LayoutName.SOURCE, "資料や調査の名前")
    remarks: OptionalText = _beside(LayoutName.REMARKS)
    past: Pasts = Field(
        [],
        title="過去値",
        description="現状値よりも前の値。１つなら、印刷するとおりの文字だけを書いてもよい",
    )
    details: dict[Text, OptionalText] = Field(
        {}, title="その他の欄", description="計画に独自の欄。名前と、印刷するとおりの文字"
    )


def unit_of(entry: MeasureEntry) -> str:
    """The unit that an indicator states for itself; empty for none (－)."""
    return stated_unit(entry.unit) if isinstance(entry, IndicatorEntry) else ""


_Cell = TypeVar("_Cell", BaselineEntry, TargetEntry, YearlyTargetEntry)


def counted_in(cell: _Cell, unit: str) -> _Cell:
    """The cell, its numbers without a unit in that of its indicator."""
    if not unit or all(each.unit for each in cell.quantities):
        return cell
    first, *others = cell.quantities
    counted = [first if first.unit else first.model_copy(update={"unit": unit}), *others]
    return cell.model_copy(update={"quantities": counted})


_Entry = TypeVar("_Entry", bound=MeasureEntry)


def in_its_unit(entry: _Entry) -> _Entry:
    """The row, the numbers of its cells in the unit that it states."""
    unit = unit_of(entry)
    cells = {
        "baseline": counted_in(entry.baseline, unit),
        "target": counted_in(entry.target, unit),
    }
    return entry.model_copy(update=cells) if unit else entry
