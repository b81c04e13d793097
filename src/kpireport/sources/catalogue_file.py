"""The shape of ``catalogue.json``, format 1.

The models say which items the file has, of which type, and what each is for;
the JSON schema that editors use for completion is made from them. What the
items mean together is :mod:`kpireport.sources.catalogue_checks`'s matter.
Titles and descriptions are in Japanese: planning-section staff read them in
their editor.
"""

from __future__ import annotations

import json
from typing import Annotated, TypeAlias

from pydantic import Discriminator, Field, Tag, WithJsonSchema

from kpireport.domain.catalogue import ColumnName, TargetKind
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

FORMAT = 1
SCHEMA_FILE = "catalogue-1.schema.json"

_KINDS = {
    TargetKind.AT_LEAST: "目標値以上にする（例：６か所 → ８か所）",
    TargetKind.AT_MOST: "目標値以下にする（例：21.9％以下）",
    TargetKind.KEEP_AT_LEAST: "現状値は目標値を上回っているが、目標値以上を保つ",
    TargetKind.ABOVE_BASELINE: "現状値から増やす・上げる（例：現状値から増加）",
    TargetKind.BELOW_BASELINE: "現状値から減らす・下げる（例：現状値から減少）",
    TargetKind.ABOVE_PREVIOUS: "前年度の実績から増やす（例：前年度実績から増加）",
    TargetKind.BELOW_PREVIOUS: "前年度の実績から減らす（例：前年度実績から減少）",
    TargetKind.STATE: "数でなく状態（例：検討 → 運用開始、充実、増員）",
    TargetKind.NEW_COUNT: "0から数える新しいものの数（例：― → ８か所、検討 → ７か所）",
}
_COLUMNS = {
    ColumnName.PLAN: "戦略計画の列",
    ColumnName.INDICATOR: "指標の列",
    ColumnName.BASELINE: "現状値の列",
    ColumnName.TARGET: "目標値の列",
}


Kind: TypeAlias = Annotated[TargetKind, Field(strict=False), choices(_KINDS)]
Column: TypeAlias = Annotated[ColumnName, Field(strict=False), choices(_COLUMNS)]


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


class NumericTargetEntry(MeasureEntry):
    """数値目標."""

    model_config = named("数値目標", "基本目標における数値目標の1つ")


class IndicatorEntry(MeasureEntry):
    """指標."""

    model_config = named("指標", "重要業績評価指標（KPI）の1行")


class IndicatorGroupEntry(Entry):
    """指標のまとまり."""

    model_config = named("指標のまとまり", "値のない見出しの行と、その下の行")

    id: Identifier = Field(title="記号", description="変えない、使い回さない")
    name: Text = Field(title="名称", description="見出しの行の文字")
    indicators: list[IndicatorEntry] = Field(title="指標", description="見出しの下の行")


def _row_model(value: object) -> str:
    """Which of the two kinds a row is: only a group has rows of its own."""
    has_rows = "indicators" in value if isinstance(value, dict) else hasattr(value, "indicators")
    return IndicatorGroupEntry.__name__ if has_rows else IndicatorEntry.__name__


RowEntry: TypeAlias = Annotated[
    Annotated[IndicatorEntry, Tag(IndicatorEntry.__name__)]
    | Annotated[IndicatorGroupEntry, Tag(IndicatorGroupEntry.__name__)],
    Discriminator(_row_model),
]


class PlanEntry(Entry):
    """戦略計画."""

    model_config = named("戦略計画", "指標の表で、いくつかの行にわたる計画の1つ")

    id: Identifier = Field(title="記号", description="変えない、使い回さない")
    label: Text = Field(title="番号", description="計画１ など")
    title: Text = Field(title="名称", description="計画の名前")
    indicators: list[RowEntry] = Field(title="指標", description="印刷する順")


class DirectionEntry(Entry):
    """基本的な方向性."""

    model_config = named("基本的な方向性", "文章と箇条書き。部分が1つなら番号と題は書かない")

    label: OptionalText = Field("", title="番号", description="① など")
    title: OptionalText = Field("", title="題", description="部分の題")
    paragraphs: list[Text] = Field([], title="文章", description="段落ごと。字下げは書かない")
    items: list[Text] = Field([], title="箇条書き", description="行頭の ・ は書かない")


class GoalEntry(Entry):
    """基本目標."""

    model_config = named("基本目標", "文書の1つの章")

    id: Identifier = Field(title="記号", description="変えない、使い回さない")
    numeral: Text = Field(title="番号", description="Ⅰ など")
    title: Text = Field(title="名称", description="基本目標の文")
    numeric_targets: list[NumericTargetEntry] = Field(title="数値目標", description="印刷する順")
    directions: list[DirectionEntry] = Field(title="基本的な方向性", description="印刷する順")
    plans: list[PlanEntry] = Field(title="戦略計画", description="印刷する順")


class LabelledTextEntry(Entry):
    """番号の付いた文."""

    model_config = named("番号の付いた文", "⑴ や ※１ と、その行")

    label: Text = Field(title="番号", description="⑴、※１ など")
    lines: list[Text] = Field(title="行", description="行ごと", min_length=1)


class IntroductionEntry(Entry):
    """はじめに."""

    model_config = named("はじめに", "前書きの章")

    title: Text = Field(title="章の題", description="はじめに など")
    heading: OptionalText = Field("", title="見出し", description="【…】の見出し")
    paragraphs: list[Text] = Field([], title="文章", description="段落ごと。字下げは書かない")
    points: list[LabelledTextEntry] = Field([], title="番号の付いた項", description="⑴ など")
    notes: list[LabelledTextEntry] = Field([], title="注", description="※１ など")


class CalloutEntry(Entry):
    """引き出しの説明."""

    model_config = named("引き出しの説明", "見本に付ける ① などの印と説明")

    mark: Text = Field(title="印", description="① など")
    column: Column = Field(title="列", description="印を付ける列")
    label: Text = Field(title="題", description="「現状値」欄 など")
    text: Text = Field(title="説明", description="説明の文")


class HowToReadEntry(Entry):
    """表の見方."""

    model_config = named("表の見方", "縮小した見本と、その説明")

    title: Text = Field(title="章の題", description="【表の見方】 など")
    goal: Identifier = Field(title="基本目標", description="見本にする基本目標の記号")
    plans: list[Identifier] = Field(title="戦略計画", description="見本に載せる計画の記号")
    callouts: list[CalloutEntry] = Field([], title="説明", description="印刷する順")


class LabelsEntry(Entry):
    """表の見出し."""

    model_config = named("表の見出し", "表に印刷する言葉。均等割付の空白は書かない")

    goal: Text = Field(title="基本目標")
    numeric_targets: Text = Field(title="数値目標")
    numeric_targets_note: OptionalText = Field("", title="数値目標の下の注")
    directions: Text = Field(title="基本的な方向性")
    plan: Text = Field(title="戦略計画")
    indicators: Text = Field(title="重要業績評価指標")
    indicator: Text = Field(title="指標")
    baseline: Text = Field(title="現状値")
    baseline_note: OptionalText = Field("", title="現状値の下の注")
    target: Text = Field(title="目標値")
    target_note: OptionalText = Field("", title="目標値の下の注")


class CoverEntry(Entry):
    """表紙."""

    model_config = named("表紙", "計画の表紙に印刷する言葉")

    issued: Text = Field(title="日付", description="印刷するとおりの文字")
    issuer: Text = Field(title="発行者", description="均等割付の空白は書かない")
    title: list[Text] = Field(title="題名", description="行ごと", min_length=1)


class YearsEntry(Entry):
    """年度."""

    model_config = named("年度", "計画の基となる年度（西暦）。平成30年度なら 2018")

    baseline: Year = Field(title="現状値の年度")
    target: Year = Field(title="目標値の年度")
    numeric_target: Year = Field(title="数値目標の年度")


class CatalogueFile(Entry):
    """catalogue.json."""

    model_config = named("計画（catalogue.json）", "定めた計画のすべて：目標、計画、指標、値")

    schema_: OptionalText = Field("", alias="$schema", title="書式", description="編集ソフトが使う")
    format: Annotated[int, WithJsonSchema({"const": FORMAT})] = Field(
        title="書式の版", description="いまは 1"
    )
    municipality: Text = Field(title="自治体名", description="練馬区 など")
    cover: CoverEntry
    years: YearsEntry
    labels: LabelsEntry
    introduction: IntroductionEntry | None = None
    how_to_read: HowToReadEntry | None = None
    goals: list[GoalEntry] = Field(title="基本目標", description="印刷する順")


def catalogue_schema() -> str:
    """The JSON schema (draft 2020-12) of ``catalogue.json``, as the text of its file."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **CatalogueFile.model_json_schema(by_alias=True),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
