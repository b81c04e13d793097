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

from kpireport.domain.catalogue import ColumnName, YearKind
from kpireport.domain.levels import Shown
from kpireport.sources.asked_entries import (
    MOST_ANSWERS,
    MOST_COMMENTS,
    MOST_EVALUATORS,
    AnswerEntry,
    CommentEntry,
    EvaluatorEntry,
)
from kpireport.sources.fields import (
    Entry,
    Identifier,
    OptionalText,
    Text,
    Year,
    choices,
    named,
)
from kpireport.sources.formats import FileKind, newest
from kpireport.sources.layout_entries import LayoutColumn
from kpireport.sources.measure_entries import IndicatorEntry, NumericTargetEntry
from kpireport.sources.revision_entries import RevisionEntry

FORMAT = newest(FileKind.PLAN)
SCHEMA_FILE = "catalogue-1.schema.json"

_COLUMNS = {
    ColumnName.PLAN: "戦略計画の列",
    ColumnName.INDICATOR: "指標の列",
    ColumnName.BASELINE: "現状値の列",
    ColumnName.TARGET: "目標値の列",
}


_YEAR_KINDS = {
    YearKind.FISCAL: "年度（4月から3月まで）",
    YearKind.CALENDAR: "暦年（1月から12月まで）。「平成30年度」でなく「平成30年」と書く",
}

_OF_THOSE_WITHOUT = "所管課を書いていない指標の所管課。最初の課が主管課"

Column: TypeAlias = Annotated[ColumnName, Field(strict=False), choices(_COLUMNS)]


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
    label: OptionalText = Field("", title="番号", description="計画１ など。なければ書かない")
    title: Text = Field(title="名称", description="計画の名前")
    departments: list[Text] = Field([], title="所管課", description=_OF_THOSE_WITHOUT)
    indicators: list[RowEntry] = Field([], title="指標", description="印刷する順。なければ書かない")


class SectionEntry(Entry):
    """A part of a goal between it and its plans."""

    model_config = named(
        "中間の階層", "基本目標と戦略計画の間の階層の1つ。plans か sections を書く"
    )

    id: Identifier = Field(title="記号", description="変えない、使い回さない")
    label: OptionalText = Field("", title="番号", description="（１）、基本施策１ など")
    title: Text = Field(title="名称", description="印刷するとおりの文字")
    departments: list[Text] = Field([], title="所管課", description=_OF_THOSE_WITHOUT)
    sections: list[SectionEntry] | None = Field(
        None, title="中間の階層", description="もう1段あるとき。印刷する順"
    )
    plans: list[PlanEntry] | None = Field(None, title="戦略計画", description="印刷する順")


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
    numeral: OptionalText = Field("", title="番号", description="Ⅰ など。なければ書かない")
    title: Text = Field(title="名称", description="基本目標の文")
    numeric_targets: list[NumericTargetEntry] = Field(
        [], title="数値目標", description="印刷する順。なければ書かない"
    )
    directions: list[DirectionEntry] = Field(
        [], title="基本的な方向性", description="印刷する順。なければ書かない"
    )
    departments: list[Text] = Field([], title="所管課", description=_OF_THOSE_WITHOUT)
    sections: list[SectionEntry] | None = Field(
        None, title="中間の階層", description="levels に書いた階層。書けば plans はその中に書く"
    )
    plans: list[PlanEntry] | None = Field(None, title="戦略計画", description="印刷する順")


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
    numeric_targets: Text = Field(
        "数値目標", title="数値目標", description="数値目標がなければ書かない"
    )
    numeric_targets_note: OptionalText = Field("", title="数値目標の下の注")
    directions: Text = Field(
        "基本的な方向性", title="基本的な方向性", description="方向性がなければ書かない"
    )
    plan: Text = Field(title="戦略計画")
    indicators: Text = Field(title="重要業績評価指標")
    indicator: Text = Field(title="指標")
    baseline: Text = Field(title="現状値")
    baseline_note: OptionalText = Field("", title="現状値の下の注")
    target: Text = Field(title="目標値")
    target_note: OptionalText = Field("", title="目標値の下の注")
    indicator_noun: Text = Field(
        "指標", title="文の中の指標", description="文の中での指標の呼び方。書かなければ「指標」"
    )
    past: OptionalText = Field("", title="過去値", description="書かなければ「過去値」")
    past_note: OptionalText = Field("", title="過去値の下の注")


class CategoryEntry(Entry):
    """区分."""

    model_config = named("区分", "分けて数える指標の区分。客観・主観、活動・成果など")

    key: Identifier = Field(title="名", description="指標の category に書く名")
    label: Text = Field(title="呼び名", description="印刷する言葉")


class CoverEntry(Entry):
    """表紙."""

    model_config = named("表紙", "計画の表紙に印刷する言葉")

    issued: Text = Field(title="日付", description="印刷するとおりの文字")
    issuer: Text = Field(title="発行者", description="均等割付の空白は書かない")
    title: list[Text] = Field(title="題名", description="行ごと", min_length=1)


class YearsEntry(Entry):
    """年度."""

    model_config = named("年度", "計画の基となる年度（西暦）。平成30年度なら 2018")

    kind: Annotated[YearKind, Field(strict=False), choices(_YEAR_KINDS)] = Field(
        YearKind.FISCAL, title="年の種類", description="書かなければ fiscal"
    )
    baseline: Year = Field(title="現状値の年度")
    target: Year = Field(title="目標値の年度")
    numeric_target: Year | None = Field(
        None, title="数値目標の年度", description="書かなければ、目標値の年度と同じ"
    )

    @property
    def are_calendar(self) -> bool:
        """Whether they are calendar years."""
        return self.kind is YearKind.CALENDAR

    @property
    def numeric_targets_due(self) -> int:
        """The year that numeric targets are due in unless they have their own."""
        return self.target if self.numeric_target is None else self.numeric_target


class LayoutEntry(Entry):
    """表の列の並び."""

    model_config = named("表の列の並び", "指標の表の列。左から順に。書かなければ決まった列になる")

    plan: list[LayoutColumn] | None = Field(None, title="計画版", description="計画版の表の列")
    review: list[LayoutColumn] | None = Field(None, title="実績版", description="実績版の表の列")


_SHOWN = {
    Shown.CHAPTER: "章にする（goal だけ）",
    Shown.HEADING: "表を横切る見出しの行にする",
    Shown.COLUMN: "行の左に立つ列にする",
}


class LevelEntry(Entry):
    """階層."""

    model_config = named("階層", "指標の上の階層の1つ。初めが goal、終わりが plan")

    key: Identifier = Field(title="名", description="goal、plan、またはその間の階層の名")
    name: OptionalText = Field(
        "", title="呼び名", description="列の見出し。goal と plan は、書かなければ labels の言葉"
    )
    show: Annotated[Shown, Field(strict=False), choices(_SHOWN)] | None = Field(
        None, title="示し方", description="書かなければ、goal は章、ほかは列"
    )
    page: bool | None = Field(
        None,
        title="章ごとに頁を改める",
        description="goal だけ。書かなければ、指標の数で決まる",
    )


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
    layout: LayoutEntry | None = None
    goals: list[GoalEntry] = Field(title="基本目標", description="印刷する順")
    evaluators: list[EvaluatorEntry] | None = Field(
        None,
        title="評価者",
        description="印刷する順。所管課だけが書くなら、書かない",
        min_length=1,
        max_length=MOST_EVALUATORS,
    )
    comments: list[CommentEntry] | None = Field(
        None,
        title="計画のコメントの欄",
        description="並べる順。書かなければ、主な取組、課題、今後の方向。[] なら、尋ねない",
        max_length=MOST_COMMENTS,
    )
    answers: list[AnswerEntry] | None = Field(
        None,
        title="指標の欄",
        description="指標と年度ごとに、実績のほかに書くもの。並べる順",
        min_length=1,
        max_length=MOST_ANSWERS,
    )
    levels: list[LevelEntry] | None = Field(
        None,
        title="階層",
        description="外から順に。書かなければ、基本目標の章と戦略計画の列",
        min_length=2,
    )
    categories: list[CategoryEntry] = Field(
        [], title="区分", description="分けて数える指標の区分。並べる順"
    )
    comments_of: Text = Field(
        "plan", title="コメントを書く階層", description="goal、plan、または間の階層の名"
    )
    revisions: list[RevisionEntry] = Field(
        [], title="改定", description="決定の後に改めたもの。古い順。決定した計画は書き換えない"
    )


def catalogue_schema() -> str:
    """The JSON schema (draft 2020-12) of ``catalogue.json``, as the text of its file."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **CatalogueFile.model_json_schema(by_alias=True),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
